# Страница для собственника.
page-name = Отдел продаж: какая структура зарабатывает больше
page-contents = Содержание
page-caution = Внимание:
page-table = Таблица
page-mean = среднее
page-interval = интервал { $level }
page-years = лет в пользу
page-interval-note = Под каждым средним стоит его интервал: где лежало бы среднее, если сыграть все возможные годы. Отдельный год может отклониться сильнее.

page-verdict = Вывод
page-no-comparison = Просчитана одна структура: сравнивать её не с чем.
page-hangs-on = Вывод держится на этих допущениях:
page-hangs-on-too = А также на этих:
page-no-history = Прошлый год вашей компании не задан, поэтому модель с ним не сверена. Внесите его в сценарий в блок «history» и выполните «check».
page-own-year = Ваш прошлый год ({ $title }): { $text }
page-simulated = Под каждой структурой { $years ->
    [one] сыгран { $years } возможный год
    [few] сыграны { $years } возможных года
   *[many] сыграно { $years } возможных лет
 } по { $months } мес. с { $start }; { $begin }. Интервалы верны с вероятностью { $level }.
page-begin-mature = во всех структурах люди уже освоили свои роли
page-begin-today = люди и клиенты в начале такие, как сегодня
page-begin-new = в начале никто ещё ничего не освоил

page-structures = Структуры рядом
page-structures-table = Кто в них работает, чего они стоят и что приносят
page-who = Люди
page-payroll-planned = Фонд оплаты труда полного года, план
page-plan-met = Лет, в которые план выполнен: { $target }, { $measure }
page-of-revenue = выручка
page-of-profit = прибыль
page-of-deals = первые сделки
page-budget-kept = Лет, в которые расходы не выше бюджета
page-less = «{ $one }» минус «{ $other }»
page-differences-note = Одни и те же возможные годы при обеих структурах. «Лет в пользу» — доля лет, в которые первая структура оказалась лучше. Интервалы решающего показателя и прибыли верны одновременно для всех пар.

page-why = Почему
page-funnel = Лиды по воронке
page-lost = Где теряются лиды
page-lost-note = Лиды периода по причине, по которой они ушли.
page-load = Кто простаивает, а кто перегружен
page-load-planned = плановая загрузка
page-load-demand = занят спросом
page-load-prospecting = поиском клиентов
page-load-all = занят всего
page-load-word = одним словом
page-load-note = Плановая загрузка: ожидаемая работа к имеющемуся времени при опытных людях и без потерь от ожидания. Остальное — доли рабочего времени в сыгранных годах.
page-idle = большую часть времени свободен
page-full = перегружен
page-busy = занят
page-turns-on = От чего зависит результат:
page-hand-offs = Чего стоят передачи между ролями
page-lost-in-hand-offs = Лиды, потерянные при передаче
page-hand-offs-cost = Валовая прибыль, которую принесли бы эти лиды
page-hand-offs-note = Оценка: потерянные лиды, умноженные на долю выигранных среди квалифицированных и на среднюю валовую прибыль первой сделки. Время самой передачи входит в загрузку.
page-turnover = Кто приходит и уходит и чего это стоит
page-turnover-note = Увольнение, подбор и обучение оплачены; вакансии, неопытность и ушедшие клиенты — оценки по средней марже.
page-weak-link = Слабое звено: что прибавит прибыли ещё одна единица
page-weak-link-note = Каждая строка просчитана заново на тех же годах. Интервалы верны одновременно для всех строк структуры.
page-one-more = ещё один человек: { $name }
page-one-point = ещё один пункт конверсии: { $name }
page-adds = прибавка

page-transition = Чего стоит переход
page-transition-lead = Все цифры выше — для людей, которые уже освоили свои роли. На пути от структуры «{ $today }» люди начинают в новом деле с нуля, а клиенты переходят из рук в руки:
page-transition-cost = «{ $structure }»: { $cost } прибыли за { $months } мес. ({ $interval }) по сравнению с той же структурой, которая уже сложилась. По сравнению с тем, чтобы ничего не менять, само время перехода даёт { $ahead }. (Просчитано заново: { $years ->
    [one] { $years } год
    [few] { $years } года
   *[many] { $years } лет
 }.)
page-transition-people = Люди и роли: «{ $structure }»
page-now = сейчас
page-then = станет
page-ramp = месяцев до полной отдачи
page-transition-note = Реорганизацию по шагам, её расходы и временный спад можно просчитать: см. «interventions» в справочнике сценария и сценарий «reorganisation».
page-transition-inside = Во всех структурах люди и клиенты в начале такие, как сегодня, поэтому путь к структуре уже учтён во всех цифрах.
page-transition-none = Сценарий не говорит, от каких людей начинается путь; при «begin: mature» и двух структурах здесь просчитывается переход от одной к другой.

page-months = Месяц за месяцем

page-risk = Риск
page-risk-profit = Прибыль возможного года
page-risk-difference = Один и тот же год при обеих структурах: насколько лучше
page-quantile = { $share } лет ниже
page-quantile-middle = средний год
page-loss = Лет с убытком
page-cash-low = Наименьший остаток денег в плохом году (хуже бывает раз в десять лет)
page-risk-plan = План: в скольких годах он выполнен
page-risk-plan-note = С интервалом каждой доли. Худшая десятая: раз в десять лет отставание ещё больше.
page-target = { $name }: { $target }
page-target-whole = весь план
page-behind = Отставание в худшей десятой лет
page-left = Осталось на год: { $name }
page-left-after = Осталось после первого квартала: { $name }
page-a-quarter = { $amount } на квартал

page-control = Контрольный лист и бюджет
page-2q1d = Контрольный лист 2Q1D: количество, качество, направление
page-2q1d-note = Направление: вторая половина срока к первой. По месяцам: control_2q1d.csv и книга Excel.
page-function-prospecting = Поиск клиентов
page-function-conversion = Конверсия лидов
page-function-base = Развитие базы
page-quantity-prospecting = Найдено лидов
page-quantity-conversion = Первых сделок
page-quantity-base = Заказов
page-per-person-prospecting = Найдено лидов на человека в месяц
page-per-person-conversion = Первых сделок на человека в месяц
page-per-person-base = Заказов на человека в месяц
page-quality-prospecting = Качество: находок на попытку
page-quality-conversion = Качество: сделок из лидов
page-quality-base = Качество: клиентов сохранено за месяц
page-direction = Направление
page-budget = Бюджет и сыгранные годы
page-budget-note = Под каждым средним — доля лет, в которые потрачено больше плана строки. План — первой структуры. Капитальные расходы учтены в момент оплаты.
page-planned = план
page-over = { $share } лет выше
page-all-lines = Все строки
page-table-capital = Капитальные
page-table-direct = Прямые
page-table-indirect = Косвенные
page-table-other = Прочие
page-table-roles = Оплата ролей
page-table-not-in-the-budget = Потрачено, но в бюджете строки нет
page-table-all = Всего
page-break-even = Безубыточность
page-break-even-note = По формуле из среднего года: постоянные расходы к доле маржи; месяцы — по сыгранным годам: средний год, а под ним девять лет из десяти.
page-fixed = Постоянные расходы
page-margin-ratio = Доля маржи после переменных расходов
page-break-even-revenue = Выручка, при которой прибыль равна нулю
page-break-even-units = То же в продажах
page-safety = Средняя выручка выше неё на
page-break-even-month = Месяц, в который средний год её достигает
page-profit-month = Прибыль окончательно выше нуля с месяца
page-profit-share = Лет, которые заканчиваются с прибылью
page-paid-back = Капитальные расходы окупаются в месяце
page-never-paid = Лет, в которые они не окупаются
page-never = никогда
page-channels = Покупатели по каналам
page-channels-note = Привлечение: расходы канала и работы с его лидами на одного покупателя; пожизненная ценность: маржа, которую приносит покупатель; окупаемость: месяцев, пока одно не покроет другое.
page-acquisition-cost = Стоимость привлечения покупателя
page-lifetime-value = Пожизненная ценность покупателя
page-payback-months = Окупаемость, месяцев
page-steady = Насколько ровна выручка и как она растёт
page-steady-note = «По случайности» — столько дают независимые продажи такого размера в совершенно одинаковые месяцы. Малый отдел колеблется так, что бы он ни делал.
page-growth-product = Рост за счёт продукта: { $name }
page-growth-channel = Рост за счёт канала: { $name }
page-growth-new-customers = Рост за счёт новых клиентов
page-growth-old-customers = Рост за счёт прежних клиентов

page-inputs = Допущения
page-inputs-lead = Вывод не лучше этих данных. Сначала стоят цифры с источником или диапазоном; остальное — суждение: значения программы по умолчанию или сказанное в сценарии без источника.
page-inputs-sourced = { $name }: цифры с источником или диапазоном
page-inputs-others = { $name }: все остальные значения
page-input-value = значение
page-input-unit = единица
page-input-range = диапазон
page-input-source = источник
page-judgement = суждение ({ $where })
page-reproduce = Чтобы получить тот же результат: { $command } (seed { $seed }, { $years ->
    [one] { $years } повторение
    [few] { $years } повторения
   *[many] { $years } повторений
 }, версия { $version }, { $date }).
