in-the-range = в диапазоне: { $reason }
not-a-dotted-path = это не путь из имён через точку
name-unprintable = в имени { $text } есть знак, который нельзя напечатать
text-unprintable = в тексте { $text } есть знак, который нельзя напечатать
allowed-printable = печатные знаки
sense-season = двенадцать коэффициентов в среднем дают { $mean } вместо 1: сумма за год не сойдётся
sense-win = из квалифицированных лидов канала { $name } с интересом к { $product } выигрывают { $chance }; этапы вместе требуют слишком многого
sense-night = лиды приходят днём и ночью и ждут в среднем { $mean } мин: { $lost } уходят до открытия офиса, что бы ни делал отдел
sense-late-twice = поздний ответ учтён дважды: лиды уходят в среднем через { $mean } ч, а оставшиеся покупают реже (speed_to_lead); поставьте одно из двух в null или never либо подберите оба вместе
sense-accelerator = ступеням, акселератору и порогу комиссии нужен план или `quota` каждого человека с `attainment_of: person`; их нет, и комиссия от выполнения не зависит
sense-commission-nothing = комиссия платится ({ $path }) с продукта, который ничего не приносит (маржа { $margin })
sense-commission-margin = платится { $share } выручки, а валовая маржа { $name } — { $margin }
sense-nobody-paid = в этой структуре никому ничего не платят
sense-payroll = полный штат при выполненном плане стоит { $payroll } в год, на { $more } { $dearer ->
    [yes] больше
   *[no] меньше
 }, чем «{ $first }» ({ $base }): сравнение идёт не при равном фонде оплаты
sense-collect = просроченным платежам нужно напоминание (`collect`), а его никто не шлёт: деньги не придут никогда
sense-serve = клиенты просят об обслуживании (`serve`), а никто не отвечает: они уходят быстрее
sense-process-idle = в процесс { $name } не приходит ни один лид: каналы, которые в него ведут, всё время выключены
sense-prospect = время бережётся для поиска клиентов, а исходящего канала нет
sense-list = список кончается: у людей { $path } есть время больше чем на { $most } попыток в месяц, которые он допускает
sense-unread = это никто не читает, пока `{ $other }` рядом — 0 или не задано; задайте его или уберите это
sense-draws = строк разыгранных вводных { $rows }, а повторов { $years }: строки берутся по нескольку раз, каждый раз с другим годом
sense-history-before = дни с { $first } по { $last } начинаются раньше прогона, с { $start } по { $end }: `check` проигрывает их с { $first }, с людьми, клиентами и открытыми лидами на { $start } и без изменений по датам; `compare` не может сверить с ними свои годы
sense-history-after = дни с { $first } по { $last } кончаются позже прогона, с { $start } по { $end }: `check` продлевает прогон до их конца; `compare` не может сверить с ними свои годы
sense-silent = { $share } потерянных здесь молчат, а срока у их лидов нет: их никто не закроет, и они останутся открытыми навсегда; дайте `expires`
set-dotted = `set` принимает пути через точку, а не блоки один в другом
allowed-set-dotted = например `{ $dotted }: ...`
after-change = после этого изменения `{ $path }` не годится: { $message }
move-same = они и так в этой роли
move-nobody = никого не переводят
allowed-one = не меньше 1
allowed-most = не больше { $left }
move-support = { $support } — вспомогательная роль, а { $other } нет; из одной в другую не переводят: закройте место здесь и откройте там (`headcount`)
move-outside = люди другой фирмы не становятся нашими от изменения, и наши чужими тоже
printed-by-leads = печатный итог нельзя проверить: часть строк считается по лидам или сделкам
printed-by-seats = печатный итог нельзя проверить: часть строк считается по местам, а их число меняется
printed-differs = печатный итог { $printed_total }, а строки дают { $rows } (разница { $difference }); берутся строки
line-outside = строка { $name } ничего не тратит с { $begin } по { $end }, а моделируется именно это время
result-no-month = такого месяца в прогоне нет; допустимо: с { $names } по { $names2 }
results-many = { $given } { $given ->
     [one] результат
     [few] результата
    *[many] результатов
 } на месяц из { $weeks } { $weeks ->
     [one] недели
     [few] недель
    *[many] недель
 }
results-few = результат есть за { $given } из { $weeks } { $weeks ->
     [one] недели
     [few] недель
    *[many] недель
 }, а у более позднего месяца он уже есть
budget-forgotten = ни одна строка не планирует расходы: { $listed } в год (по формуле); они всё равно учтены. Планирует их строка с `covers: { $most }`
plan-attainment = решает выполнение плана, а плана в сценарии нет
allowed-plan-or-measure = блок `plan` или другой показатель
weights-zero = у всех продуктов вес 0, так что эти лиды не хотят ничего
allowed-weight = хотя бы один вес больше 0
attempt-no-time = попытка, которая не занимает времени, находила бы лидов без конца
allowed-working-above-0 = рабочее время больше 0
thinks-for-ever = клиент, который думает вечно, не дойдёт до следующего этапа
allowed-finite-time = конечное время
no-for-ever = клиент, который вечно думает об отказе, никогда его не выскажет
allowed-finite-or-silent = конечное время; долю тех, кто не отказывает вслух, задаёт `silent`
never-tried-again = кому не дозвонились сразу, тому не позвонят больше никогда, и лид не закроется
nobody-to-remind = на этом этапе никто не молчит, и напоминать некому
allowed-remind = null, либо рядом `silent` больше 0
nothing-expires = на этом этапе нечему истекать: клиенты отвечают сразу
allowed-expires = «никогда» (never), либо рядом `silent`, `thinking_lost` или `thinking` больше 0
no-interval = события без промежутка между ними никогда бы не кончились
allowed-mean-or-never = среднее больше 0 или «никогда» (never)
distributor-no-customers = дистрибьютор продаёт сам; { $channel } не приводит наших клиентов
first-day-channel = клиенты и лиды первого дня приходят из канала, а дистрибьюторы их не приводят
allowed-no-distributor = канал, который не дистрибьютор
sold-once = { $product } покупают один раз, так что клиентов у него нет
all-sold-once = в первый день есть клиенты, а каждый продукт покупают один раз
allowed-zero-or-repeat = 0 или продукт с `repeat: true`
tenure-for-ever = никто не работает в фирме вечно
must-come = это должно когда-нибудь наступить
line-ends-early = строка кончается раньше, чем начинается, { $start }
allowed-later-date = более поздняя дата
batch-no-interval = поиск начинается только в заданные даты (политика `batch`), а промежутка между ними нет
allowed-time-above-0 = время больше 0, не «никогда»
role-of = роль { $role } в { $name }: { $error }
allowed-fewer-leavers = меньше ранних уходов или меньше текучесть
tenure-trial = закон `{ $kind }` взят из записей, и испытательный срок уже в нём; не прошедшие его учлись бы дважды
allowed-weibull = закон `weibull` или `failure: 0` в `onboarding.probation`
allowed-no-trial = 0 или закон `weibull`
allowed-less-turnover = меньшая текучесть или другой закон
pods-uneven = { $headcount } { $headcount ->
     [one] место
     [few] места
    *[many] мест
 } нельзя поделить поровну между { $pods } { $pods ->
     [one] командой
     [few] командами
    *[many] командами
 }
allowed-multiple = число, кратное { $pods }
protected-too-long = каждый день берегутся { $kept } ч, а рабочий день — { $day } ч
allowed-hours-together = вместе не больше { $day } ч
staff-too-many = у { $role } названо мест: { $rows }, а в роли их { $headcount }
shifts-too-many = в сменах мест: { $people }, а в роли их { $headcount }
allowed-headcount = `headcount` не меньше { $rows } или меньше таких мест
seat-blank = имя из одних пробелов никого не отличает
seat-twice = место { $name } уже есть
allowed-own-name = имя, которого нет у других мест структуры; безымянные зовутся роль-1, роль-2
hired-later = кто нанят после { $first }, того в этот день ещё нет
allowed-hired = { $first } или раньше; более поздний наём — изменение, которое увеличивает `headcount`
repetitions-of-none = { $role } не занимается `{ $activity }`
repetitions-in-ramp = у `{ $activity }` есть разгон: он идёт по стажу, а не по повторениям
allowed-hired-in-ramp = без повторений; как далеко разгон, говорит `hired`
week-too-long = { $hours_per_week } ч в неделю больше, чем неделя календаря, { $week } ч
allowed-week = не больше { $week } ч, или длиннее `calendar.hours`; сверхурочной работы модель не знает
ramp-empty = в разгоне нет ни одного месяца
allowed-one-proficiency = хотя бы одно умение
ramp-zero = месяцы с 0 % стоят только в начале разгона, до первого месяца выше нуля
allowed-ramp = например [0, 0, 0.5, 1]; для дней совсем без работы есть `people.onboarding.training_days`
no-stages = у `{ $activity }` нет этапов, они есть только у `sell`
allowed-no-stages = без `stages`
no-such-deal = нет сделки от { $deal_from } и меньше { $deal_below }
allowed-more-than = больше { $deal_from }
nobody-prospects = в канале { $name } никто не ищет клиентов
allowed-role-with = роль с работой `{ $activity }`
nobody-qualify = никто не отвечает на лиды и не квалифицирует их
nobody-sell = ни одна роль не ведёт этап { $stage }
nobody-paperwork = никто не оформляет документы сделок
nobody-serve = никто не выполняет заказы клиентов
no-structure = нет структуры { $name }
no-role-in-structure = в структуре нет роли { $role }
search-not-counted = сколько людей в роли { $role } — не вопрос поиска: он только о тех, кто продаёт и обслуживает
options-same-title = у двух вариантов одно название
allowed-another-title = другое название
search-counts = эту роль поиск считает сам
allowed-search-range = диапазон в `roles` поиска
with-option = с этим вариантом `{ $path }` не годится: { $message }
hires-free = люди уходят, а искать других ничего не стоит: текучесть покажется дешевле, чем она есть
reserve-idle = на замену уходящим держат на { $kept } больше, чем мест у { $name }, но из этой роли никто не уходит
never-leaving = из этой роли никто никогда не уходит, а { $leaving } покидают; у собственной роли нет текучести, если не дать её самой или people.turnover.per_year
level-unread = `own_level` не читается: каждая роль с этим законом сама говорит, сколько людей уходит (`turnover_per_year`)
nobody-leads = здесь никто не руководит, а у { $first } руководитель есть: без него наставничество считается данным, и притом даром
head-overloaded = { $people } { $people ->
     [one] человек
     [few] человека
    *[many] человек
 } в { $kinds } { $kinds ->
     [one] роли
     [few] ролях
    *[many] ролях
 } просят { $asked } ч в неделю, не считая новичков, а есть { $given } ч: каждому достаётся { $each } наставничества
before-first-day = это раньше первого дня: действует с первого дня, будто так было всегда
after-last-day = это наступает после последнего дня прогона ({ $months } { $months ->
    [one] месяц
    [few] месяца
   *[many] месяцев
 }), то есть никогда
some-after-last-day = { $late } из { $changes } изменений наступают после последнего дня прогона ({ $months } { $months ->
    [one] месяц
    [few] месяца
   *[many] месяцев
 }), то есть никогда
forgotten-commission = комиссия { $amount }
forgotten-bonus = премии { $amount }
forgotten-vacation-pay = отпускные { $amount }
forgotten-contributions = страховые взносы { $amount }
forgotten-recruiting = подбор { $amount }
forgotten-training = обучение новичков { $amount }
forgotten-crm = подписка на CRM { $amount }
forgotten-channel-cost = реклама и другие расходы каналов { $amount }
sense-nobody-in-role = в этой роли{ $when } никого нет, а её ждут { $hours } ч работы в месяц
sense-load-high = спрос намного выше мощности: загрузка { $load } ({ $asked } из { $hours } эффективных часов в месяц)
sense-load-low = спрос намного ниже мощности: загрузка { $load } ({ $asked } из { $hours } эффективных часов в месяц)
sense-from = {" "}с { $since }
sense-from-to = {" "}с { $since } по { $until }
sense-unreached = поиск клиентов идёт раньше, чем { $listed }, и не имеет конца{ $when }: то, что стоит после него, никогда не начнут. Поставьте `prospect` последним или берегите время на остальное (`due`, `protected`)
sense-unanswered-shifts = { $who }: на новых лидов больше никто не отвечает, а{ $when } в { $share } рабочих часов никого из них нет на месте, впервые с { $since }
sense-unanswered = { $who }: { $hours } ч в неделю отработаны{ $when } с утра, а на новых лидов больше никто не отвечает: с { $since }, в { $share } рабочих часов, на месте никого нет
move-too-many = у { $role } в { $structure } тогда { $positions } { $positions ->
    [one] место
    [few] места
   *[many] мест
 }
move-too-many-counted = у { $role } в { $structure } тогда { $positions } { $positions ->
    [one] место
    [few] места
   *[many] мест
 }; места переходят вместе с людьми, так что оставьте headcount ключу `move`
no-role-in = в { $structure } нет роли { $role }
no-role-in-every = в { $structure } нет роли { $role }; на верхнем уровне она нужна каждой структуре, иначе запишите изменение в сами структуры
no-product = нет продукта { $name }
no-process = нет процесса { $name }
process-default = { $name } – это процесс из `market.stages` и ключей рядом
process-by-product = ни один лид канала не идёт по процессу { $name }: у всех его продуктов назван свой процесс
allowed-process-here = без `process` у канала, или продукт канала без своего процесса
distributor-no-process = { $name } — дистрибьютор, его заказы не проходят процессов продажи
distributor-no-stages = { $name } — дистрибьютор, его заказы не проходят этапов
allowed-no-process = без `process`
process-unused = ни один канал и ни один продукт не идёт по процессу { $name }
allowed-use-process = `process: { $name }` у канала или продукта, или без этого процесса
allowed-other-name = другое имя
stage-in-two = у процесса { $other } тоже есть этап { $stage }; имена различают этапы всех процессов
stage-of-another = { $stage } – этап процесса { $process }, по которому эти лиды не идут
empty-processes = с пустым списком процессов делать нечего
allowed-processes = хотя бы один процесс, или без `processes` для всех
nobody-for-process = ни одна роль не работает на процесс { $name }
allowed-role-of-process = роль без `processes` или с `{ $name }` среди них
class-process = процесс { $process }
no-channel = нет канала { $name }
no-stage = нет этапа { $name }
no-owner = ни в одной структуре нет роли или места { $name }
last-order-before-deal = тогда это ещё не был клиент: первая сделка была { $age } назад
last-order-of-none = у клиента без заказов последний — сама первая сделка, { $age } назад
expired-already = к этому сроку лид после { $stage } уже закрыт: он истекает через { $most }
empty-stages = с пустым списком этапов делать нечего
empty-channels = с пустым списком каналов делать нечего
empty-products = с пустым списком продуктов делать нечего
allowed-stages = хотя бы один этап, или без `stages` для всех
allowed-channels = хотя бы один канал, или без `channels` для всех
allowed-products = хотя бы один продукт, или без `products` для всех
allowed-role-without-overflow = роль с работой `{ $activity }` без `overflow`
nobody-but-overflow = , разве что сверх своего (overflow)
for = ; речь о: { $what }
for-and = {" "}и { $what }
for-more = ; речь о: { $what } и ещё { $more } { $more ->
    [one] таком
    [few] таких
   *[many] таких
 }
class-channel = канал { $channel }
class-product = продукт { $product }
class-size = сделки от { $low } и меньше { $high }
class-size-from = сделки от { $low }
class-size-below = сделки меньше { $high }
class-size-any = сделки любого размера
sense-weekdays = семь коэффициентов в среднем дают { $mean } вместо 1: сумма за неделю не сойдётся
sense-hours = двадцать четыре коэффициента в среднем дают { $mean } вместо 1: сумма за день не сойдётся
