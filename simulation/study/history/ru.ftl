# Собственный прошлый год против просчитанных.
history-title = Ваш прошлый год против просчитанных

history-heading = { $span ->
    [days] { $title }: ваши дни и сыгранные
   *[year] { $title }: ваш год и сыгранные годы
 }
history-years = «{ $structure }», лет по двенадцать месяцев: { $years }.
history-years-from = «{ $structure }», лет по двенадцать месяцев: { $years }; клиентов в начале: { $clients }.
history-days = «{ $structure }», с { $first } по { $last }; сыграно раз: { $years }; клиентов в начале: { $clients }.
history-number-column = { $span ->
    [days] Число за эти дни
   *[year] Число за год
 }
history-month-column = Выручка по месяцам
history-yours = у вас
history-simulated = в сыгранных
history-nine-of-ten = { $span ->
    [days] девять раз из десяти
   *[year] девять лет из десяти
 }
history-ratio = сыгранное к вашему
history-fit = сходится
history-yes = да
history-no = нет
history-far = далеко
history-note = { $span ->
    [days] Девять раз из десяти сыгранное лежит в этих пределах; ваши дни — один раз, и он не обязан равняться среднему. «Нет» — вне пределов, «далеко» — куда эта модель не попала бы ни разу. Числа следуют из тех, что выше: начинайте сверху.
   *[year] Девять из десяти сыгранных лет лежат в этих пределах; ваш год — один год и не обязан равняться среднему. «Нет» — вне пределов, «далеко» — куда не попал бы ни один год этой модели. Числа следуют из тех, что выше: начинайте сверху.
 }
history-your-year = { $span ->
    [days] Ваши дни:
   *[year] Ваш год:
 }
history-own-year = { $span ->
    [days] Ваши прошлые дни, «{ $title }»: { $text }
   *[year] Ваш прошлый год, «{ $title }»: { $text }
 }
history-begins-apart = { $span ->
    [days] (В начале сыгранных дней клиентов { $begin }, у вас было { $own }; `check` начинает одинаково.)
   *[year] (В начале этих лет клиентов { $begin }, у вас было { $own }; `check` начинает одинаково.)
 }

history-title-leads = Лидов в месяц: { $of }
history-title-all-calls = все звонки
history-title-calls-per-month = Звонков в месяц
history-title-qualified = Лидов, которым стоит продавать
history-title-deals = Первых сделок
history-title-deals-first-day = Первых сделок из открытых ранее
history-title-deals-new = Первых сделок из новых лидов
history-title-lost = Лидов потеряно
history-title-lost-first-day = Потеряно из открытых ранее
history-title-lost-new = Потеряно новых лидов
history-title-open = Лидов открыто на конец
history-title-open-first-day = Открыты всё это время
history-title-open-new = Новых лидов открыто на конец
history-qualification = квалификацию
history-title-conversion = Прошли { $stage }, от решённых
history-title-conversion-of = Прошли { $stage }: { $of }
history-title-average-deal = Средняя первая сделка
history-title-cycle-days = Дней от лида до сделки
history-title-cycle-p50 = Дней от лида до сделки, половина
history-title-cycle-p90 = Дней от лида до сделки, девять из десяти
history-title-customers-won = Клиентов получено
history-title-customers-lost = Клиентов потеряно
history-title-customers-end = Клиентов на конец
history-title-leavers = Ушло людей
history-title-months-until-plan = Месяцев, пока новичок выйдет на план
history-title-orders = Повторных заказов
history-title-revenue = Выручка
history-title-gross-margin = Валовая прибыль, доля
history-title-average-order = Средний повторный заказ
history-month-1 = Январь
history-month-2 = Февраль
history-month-3 = Март
history-month-4 = Апрель
history-month-5 = Май
history-month-6 = Июнь
history-month-7 = Июль
history-month-8 = Август
history-month-9 = Сентябрь
history-month-10 = Октябрь
history-month-11 = Ноябрь
history-month-12 = Декабрь

history-advice = { $title }: в сыгранном { $ours }, у вас { $theirs }. Посмотрите: { $looked }.
history-advice-follows = { $title }: в сыгранном { $ours }, у вас { $theirs }. Это следует из: { $follows } — начните там; затем { $looked }.
history-nothing-drives = в сценарии этим ничто не управляет
history-season = Сезон: из 12 месяцев сходятся только { $inside }. Посмотрите: { $looked }.
history-mean = в среднем { $value }
history-look = { $path } ({ $values })
history-look-raise = поднять { $path } ({ $values })
history-look-lower = снизить { $path } ({ $values })
history-never = { $span ->
    [days] { $title }: в сыгранных днях не случилось ни разу, у вас { $given }.
   *[year] { $title }: в сыгранных годах не случилось ни разу, у вас { $given }.
 }
history-remark-begin = { $span ->
    [days] В начале сыгранных дней клиентов { $begin }, у вас было { $own }; `check` начинает одинаково.
   *[year] В начале сыгранных лет клиентов { $begin }, у вас было { $own }; `check` начинает одинаково.
 }
history-remark-changes = { $span ->
    [days] То, что меняется по ходу (`interventions`), в сыгранных днях есть, а в ваших могло и не быть.
   *[year] То, что меняется по ходу (`interventions`), в сыгранных годах есть, а в вашем могло и не быть.
 }
history-remark-moved = Прогон начинается { $first }, раньше сценария: с людьми, клиентами и открытыми лидами на { $start } и без изменений по датам.
history-remark-few = { $span ->
    [days] Сыграно раз: { $years } – слишком мало для пределов девяти из десяти, поэтому это пределы всех.
   *[year] Сыгранных лет { $years }: слишком мало для пределов девяти из десяти, поэтому это пределы всех.
 }
history-remark-calls = Лиды, найденные звонками, не различить по каналам; задайте и те, что даёт { $names }, — они будут проверены вместе.
