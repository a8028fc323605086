# Книга Excel.

book-comparison = Сравнение
book-remark = { $years ->
    [one] { $years } возможный год
    [few] { $years } возможных года
   *[many] { $years } возможных лет
 } по { $months } мес., seed { $seed }; средние с интервалом { $level }; деньги в { $currency }
book-measure = Показатель
book-unit = единица
book-low = от
book-high = до
book-end-low = { $name }: от
book-end-high = { $name }: до
book-also = { $name }: доля лет
book-statement-sheet = ОПУ { $structure }
book-statement = «{ $structure }»: прибыли и убытки и деньги по месяцам
book-statement-remark = Средние; возможных лет { $years }; { $currency }; расходы ниже нуля; итоги — формулы
book-account = Счёт
book-total = Всего
book-gross-margin = Валовая прибыль
book-payroll = Оплата труда
book-costs = Расходы
book-profit = Прибыль
book-cash = Деньги
book-cash-of-the-month = Деньги за месяц
book-cash-so-far = Деньги с начала
book-profit-of-the-month = Прибыль за месяц
book-chart = Прибыль за месяц и деньги с начала
book-budget-sheet = Бюджет { $structure }
book-budget = «{ $structure }»: бюджет и сыгранные годы
book-budget-table = Раздел
book-budget-line = Строка
book-budget-planned = план
book-budget-simulated = в сыгранных годах
book-budget-sd = стандартное отклонение
book-budget-variance = дисперсия
book-budget-over-by = выше на
book-budget-years-over = лет выше
book-all = Всего
book-plan = План
book-staffing = Люди
book-staffing-title = Люди по месяцам
book-staffing-remark = Средние по годам; на полной отдаче: 90 % опытного коллеги и больше
book-structure = Структура
book-staff-positions = Мест
book-staff-headcount = Людей в штате
book-staff-ramped = На полной отдаче
book-staff-effective-headcount = Людей с учётом отдачи
book-staff-hires = Новички
book-staff-leavers = Ушли
book-control = Контроль 2Q1D
book-control-title = Контрольный лист: количество, качество, направление
book-control-remark = Средние по годам; направление: к прошлому месяцу
book-function = Функция
book-month = Месяц
book-quantity = количество
book-per-person = на человека
book-quality = качество
book-direction = направление
book-whole-time = весь срок
book-assumptions = Допущения
book-assumptions-remark = Каждое значение сценария: чему равно, насколько может отличаться и откуда взято
book-scenario = Сценарий
book-value-of = Что
book-value = значение
book-source = источник
book-stands-in = где стоит
