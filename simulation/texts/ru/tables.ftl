# Таблицы результата: заголовки, столбцы, примечания.

table-simulated = { $months } мес. с { $start }; { $years ->
    [one] { $years } повторение
    [few] { $years } повторения
   *[many] { $years } повторений
 } (начальное число { $seed }); { $begin }.
table-begin-mature = в каждой структуре люди уже освоили свои роли
table-begin-today = в каждой структуре люди и клиенты в начале такие, как сегодня
table-begin-new = в начале никто ещё ничего не освоил
table-means = Средние с интервалом { $level }.
table-year = { $title }: возможный год { $year } (начальное число { $seed })
table-sources = Исходные данные: цифр с источником — { $named }, с диапазоном — { $ranges }; команда `show` печатает каждое значение и откуда оно.

table-leads = Лиды
table-sales = Продажи
table-money = Деньги
table-people = Клиенты, воронка, люди
table-less = «{ $one }» минус «{ $other }», { $paired ->
    [yes] одни и те же годы
   *[other] у каждой свои годы
 }
table-together = вместе
table-all-together = все вместе
table-points = п. п.
table-load = Загрузка

table-moves = Кто приходит и уходит
table-turnover-cost = Цена текучести
table-leading = Руководство
table-tools = Инструменты
table-staff-title = Люди по ролям
table-staff = Люди
table-staff-positions = мест
table-staff-vacancy = пусто, %
table-staff-leavers = ушли
table-staff-ramp-share = осваиваются, %
table-staff-effective-headcount = людей с учётом отдачи
table-staff-ramp-months = освоение, мес.
table-staff-in-the-run = в прогоне
table-staff-note = Освоение: за сколько месяцев новичок доходит до 90 % отдачи опытного коллеги; сначала по формуле, затем при том темпе работы, который был в прогоне.
staff-coached = «{ $structure }»: у руководителя хватает времени на { $share } наставничества, о котором просят люди.
staff-changes = «{ $structure }», изменения: { $changes }.
staff-more-changes = { $shown }; и ещё { $more }
staff-administrator = «{ $structure }»: администраторы берут на себя { $hours } ч бумажной работы, которая иначе отняла бы время у клиентов; по тому, сколько приносит час с лидами и клиентами, это стоит { $worth }, а обходятся они в { $cost }. Один окупается начиная с числа коллег { $colleagues }{ $interval }, если не хватает именно времени.
staff-run-off = «{ $structure }»: никто не продаёт; прибыль растёт { $grows } и, если её откладывать, содержит отдел { $lasts }.
staff-or-more = { $months } и более
staff-months = { $months } мес.
staff-span = { $months } мес. ({ $interval }{ $spread })
staff-interval = интервал { $interval };{" "}
staff-spread = девять лет из десяти: от { $low } до { $high }
staff-extremes = лет сыграно { $years }, самый короткий срок { $low }, самый долгий { $high }
staff-move = { $people } чел. из { $before } в { $after }
staff-crm = CRM
staff-change = изменение
staff-payback = «{ $one }» против «{ $other }», в деньгах: { $text }

table-target-met = { $name }: цель и доля лет, в которые она выполнена
table-bad-tenth = Худшая десятая лет кончается на
table-worst-year = Худший год кончается на (худшая десятая видна от { $years } лет)
table-variation = Колебания
table-growth = Рост
table-of-product = { $title }: { $name }

# Сравнение на одном экране.
summary-difference = Разница
summary-interval = Средние; разница: «{ $one }» минус «{ $other }» в те же годы, с интервалом { $level } для каждой строки отдельно.
summary-others = { $count ->
    [one] Ещё { $count } структура
    [few] Ещё { $count } структуры
   *[other] Ещё { $count } структур
 } — в подробностях.
summary-cautions = { $count ->
    [one] { $count } предостережение
    [few] { $count } предостережения
   *[other] { $count } предостережений
 } — в подробностях.
summary-scenario = SCENARIO
summary-details = Все таблицы: compare { $file } --details. Почему так и что измерить: explain и sensitivity.
summary-page = Страница с графиками для всех: compare { $file } --out results пишет results/report.html.
summary-page-written = Страница с графиками для всех: { $page }
