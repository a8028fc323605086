# Что говорит каждое исследование: названия того, что меняют, и механизмов.
variable-path = { $path }
variable-specialisation = сила обучения
variable-inbound = входящие лиды
variable-turnover = текучесть
variable-team = размер команды
