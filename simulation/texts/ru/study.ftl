# Что говорит каждое исследование: названия того, что меняют, и механизмов.
variable-path = { $path }
variable-specialisation = сила обучения
variable-inbound = входящие лиды
variable-turnover = текучесть
variable-team = размер команды
variable-lead-loss = потери лидов при передаче
variable-lead-delay = задержка при передаче
variable-lead-work = время вникнуть после передачи
variable-customer-loss = потери клиентов при передаче
variable-switching = потери времени на переключение
variable-availability = доля дня, свободная для работы
variable-customers-taken = клиенты, уходящие с уволившимся
variable-leads-taken = открытые лиды, потерянные с уволившимся
variable-churn = уход клиентов самих по себе
variable-talent = различия в таланте
variable-contributions = страховые взносы
comparison-title = Сравнение
