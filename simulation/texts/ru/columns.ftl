# Столбцы файлов с результатами: единица, затем что это.

column-weeks-structure = текст: структура
column-weeks-replication = число: возможный год
column-weeks-week = дата: первый день недели; недели начинаются с понедельника, первую и последнюю может урезать период
column-weeks-days = дни: сколько дней недели учтено
column-weeks-leads = число: лиды, пришедшие за неделю (сами или найденные)
column-weeks-leads-found = число: из них найдены обзвоном
column-weeks-answered = число: из них с первым контактом до конца периода
column-weeks-lost-unanswered = число: из них никто не ответил вовремя
column-weeks-qualified = число: из них прошли квалификацию до конца периода
column-weeks-won-leads = число: из них стали сделкой до конца периода
column-weeks-open-leads = число: из них открыты на конец периода
column-weeks-deals = число: первые сделки, закрытые за неделю, когда бы ни пришёл лид
column-weeks-deals-first-day = число: из этих сделок те, чей лид был открыт в первый учтённый день
column-weeks-deals-new = число: из этих сделок те, чей лид пришёл позже
column-weeks-lost-first-day = число: лиды первого дня, потерянные за неделю
column-weeks-lost-new = число: лиды, пришедшие позже и потерянные за неделю
column-weeks-open-first-day = число: лиды первого дня, открытые на конец недели
column-weeks-open-new = число: лиды, пришедшие позже и открытые на конец недели
column-weeks-orders = число: повторные заказы, обслуженные за неделю
column-weeks-distributor-orders = число: заказы дистрибьюторов за неделю
column-weeks-revenue = деньги: выручка от продаж недели, после скидок
column-weeks-new-revenue = деньги: выручка первых сделок
column-weeks-gross-margin = деньги: выручка за вычетом себестоимости
column-weeks-customers-won = число: клиенты повторных продуктов, появившиеся за неделю
column-weeks-customers-lost = число: клиенты, ушедшие за неделю
column-weeks-customers-end = число: клиенты на конец недели
column-weeks-leavers = число: люди, ушедшие из фирмы за неделю
column-weeks-hires = число: люди, пришедшие за неделю
column-weeks-ordered-revenue = деньги: стоимость заказов, сделанных за неделю
column-weeks-unbilled-revenue = деньги: стоимость заказов, ждущих счёта на конец недели

column-funnel-structure = текст: структура
column-funnel-replication = число: возможный год
column-funnel-channel = текст: канал лидов
column-funnel-product = текст: продукт, о котором они спрашивают
column-funnel-process = текст: процесс, по которому они идут
column-funnel-stage = текст: этап; «qualify» — квалификация
column-funnel-part = текст: «first_day» — лиды, открытые в первый учтённый день; «new» — пришедшие позже
column-funnel-entered = число: лиды, вошедшие в этап за период или бывшие в нём в первый день = passed + won + lost + open
column-funnel-passed = число: из них перешли на следующий этап
column-funnel-won = число: из них стали сделкой (на последнем этапе)
column-funnel-lost = число: из них потеряны на этом этапе
column-funnel-open = число: из них остаются на этапе в конце периода
column-funnel-silent = число: из оставшихся те, что уже потеряны, но клиенты этого ещё не сказали
column-funnel-days-p50 = календарные дни: время на этапе, за которое его покинула половина (Каплан — Мейер; для лидов первого дня — с этого дня); пусто, если столько ухода не видно
column-funnel-days-p90 = календарные дни: то же для девяти из десяти
