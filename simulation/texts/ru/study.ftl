# Что говорит каждое исследование: названия того, что меняют, и механизмов.
variable-path = { $path }
variable-specialisation = сила обучения
variable-inbound = входящие лиды
variable-turnover = текучесть
variable-team = размер команды
comparison-title = Сравнение
transition-title = Чего стоит переход
transition-progress = переход к структуре «{ $structure }»
