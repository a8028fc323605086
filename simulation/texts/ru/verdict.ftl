# Вывод, на чём он держится и что нужно знать, прежде чем ему верить.
term = { $name }
sure-at-least = не меньше { $share }
verdict-no-value = Ни один год не дал значения показателя «{ $measure }», поэтому сказать ничего нельзя.
verdict-alone = «{ $best }» — единственная структура: сравнивать её не с чем.
verdict-interval = совместный интервал { $level } — от { $low } до { $high }
verdict-best = Лучше всего по показателю «{ $measure }» структура «{ $best }»: { $first } против { $second } у структуры «{ $rival }», разница { $difference } ({ $interval }).
verdict-sure = Уверенность, что её среднее действительно лучшее: { $sure }.
verdict-tied = «{ $best }» и «{ $rival }» дают одно и то же в каждом году: { $first } и { $second }.
verdict-years = «{ $best }» лучше, чем «{ $rival }», в { $share } лет{ $tied ->
    [yes] , вровень в { $equal }.
   *[no] .
}
verdict-given = Всё это — при данных вводных; насколько неточны сами вводные, здесь не учтено.
drawn-not-told = Вводные каждого года берутся из таблицы (строк: { $rows }), поэтому их незнание входит в интервалы; какая это часть сомнений, видно с { $years } повторов или по команде `uncertainty`.
drawn-doubt = «{ $structure }»: из сомнений о показателе «{ $measure }» за один год { $chance } — случай (каким выдастся год, ± { $luck }), { $ignorance } — незнание разыгранных вводных (± { $inputs }; эта доля — от { $low } до { $high }).
verdict-hangs-on = Вывод держится на том, чем структуры различаются по допущению: { $assumptions }.
verdict-not-told-apart = Структуры { $names } нельзя различить: повторений — { $years }. Впереди по показателю «{ $measure }» структура «{ $best }»: { $first } против { $second } у структуры «{ $rival }» (разница: { $interval }).
verdict-one-year = Структуры { $names } нельзя различить: повторений — { $years }, а один год ничего не говорит о разбросе. Впереди по показателю «{ $measure }» структура «{ $best }»: { $first } против { $second } у структуры «{ $rival }».
verdict-sure-ahead = Уверенность, что среднее той, что впереди, действительно лучшее: { $sure }
verdict-open = У какой из них среднее лучше, остаётся открытым
verdict-never-told = { $sure }; разница так мала, что никакое разумное число повторений её не покажет.
verdict-years-needed = { $sure }; понадобится около { $count } повторений (тогда разница такого размера видна в четырёх случаях из пяти).

of-a-structure = «{ $structure }»: { $what }
own-hand-offs = свои цифры для передач между ролями
own-loyalty = есть программа лояльности
own-learning = у роли «{ $role }» своя кривая обучения: { $activities }
own-ramp = у роли «{ $role }» свой выход на полную отдачу: { $activities }
own-cover = коллеги замещают отсутствующего («{ $role }») с эффективностью { $share }

share-of = { $name } — { $share }
share-of-leads = { $share } лидов
share-of-customers = { $share } клиентов
assumed-hand-off = при передаче между ролями теряется { $losses } ({ $who })
assumed-learning = кто делает дело чаще, тот делает его лучше (обучение повторением)
assumed-figure = { $what }: { $said }
assumed-figure-sourced = { $what }: { $said } (источник: { $sources })
assumed-turnover = текучесть в год
assumed-staying = закон ухода
staying-weibull = Вейбулл
staying-lognormal = логнормальный
staying-piecewise = по участкам стажа
staying-table = таблица долей оставшихся
assumed-search = время на поиск человека
assumed-hire = стоимость найма
assumed-hiring = наём
assumed-training = обучение
assumed-trial = не проходят испытательный срок
assumed-course = стоимость обучения
hiring-react = когда кто-то подаёт заявление
hiring-buffer = заранее
hiring-batch = в назначенные даты
role-figure = { $role } { $figure }
role-of-figure = { $role } («{ $structure }») { $figure }
some-days = { $days } дн.
some-never = никогда
some-working-days = { $days } рабочих дн.
on-a-date = { $date } { $what }
more-until = ещё { $count } до { $date }
assumed-changes = «{ $structure }» меняется по ходу: { $changes }
people-move = { $count } из { $role } в { $to }
crm-roll-out = внедрение CRM
some-changes = { $changes }
no-setting = изменение без настроек

regime-no-activities = «{ $structure }»: никто ничем не занят, поэтому ничего не делается.
regime-unknown = «{ $structure }»: ни одно повторение не закончено, загрузка неизвестна.
regime-no-people = имеет работу, но не имеет людей
regime-spends = тратит { $share } времени на работу по спросу
regime = «{ $structure }»: самая занятая роль — { $role } — { $has }; { $meaning }.
regime-shares = Доля времени на поиск клиентов: { $shares }.
regime-waiting = решает ожидание: времени хватает на всю работу, важно, как скоро кто-то освободится
regime-both = решают и ожидание, и выработка: работа копится, поэтому важны и более ранний ответ, и скорость
regime-output = решает выработка: часть работы остаётся несделанной, важнее всего скорость
regime-prospecting = решают и ожидание, и выработка: никто не перегружен, но каждый свободный час идёт на поиск клиентов и приносит лиды
regime-unreached = «{ $structure }»: часть работы не делается при любой загрузке, потому что раньше неё стоит поиск клиентов, которому нет конца ({ $roles }): { $works }.
work-prospect = поиск клиентов
work-qualify = первые контакты
work-sell = этапы продажи
work-serve = заказы и обращения
work-upsell = предложения клиентам
work-collect = напоминания об оплате
work-paperwork = документы
work-care = звонки, о которых никто не просил
work-meet = совещания
work-coach = наставничество
work-train = обучение
work-before = { $first } раньше, чем { $then }

caution-unreached = «{ $structure }»: { $role } никогда не доходит до того, что стоит после поиска клиентов, которому нет конца: { $works }. Эту работу никто не делает.
caution-unanswered-shifts = «{ $structure }»: в { $share } рабочих часов некому ответить новым лидам: { $roles }, впервые с { $time }.
caution-unanswered = «{ $structure }»: в { $share } рабочих часов некому ответить новым лидам: { $roles } — неполная неделя, до { $time }.
caution-uneven = «{ $structure }»: по плану { $busy } — { $high } своего времени в работе, { $idle } — { $low }{ $move ->
    [yes] {" "}— переведите одного человека: { $idle } → { $busy }.
   *[no] {""}: люди не соответствуют работе.
 }
caution-split = Расстановка людей в структуре «{ $structure }» — не лучшая: сейчас это { $own }, а при том же фонде оплаты больше приносят { $best } (аналитический расчёт); структура отстаёт на { $behind } валовой маржи. Лучшую расстановку ищет «optimise».
caution-order = Порядок работы неодинаков: «{ $structure }» берёт { $orders }{ $more ->
    [yes] {" "}и так далее
   *[no] {""}
 }; «{ $baseline }» — наоборот. Порядок можно сменить в понедельник, и он может решить сравнение.
caution-due = Правила работы неодинаковы: «{ $structure }» и «{ $baseline }» различаются сроками, тем, что берётся с самого нового, или защищённым временем: { $works }.
caution-ownership = Закрепление неодинаково: в структуре «{ $one }» работа ждёт своего ответственного, в структуре «{ $other }» её берёт любой коллега: { $works }.
caution-new-work = Новая работа раздаётся неодинаково: в структуре «{ $one }» — по очереди, в структуре «{ $other }» её берёт тот, кто свободен: { $works }.
caution-vacancy = Места структуры «{ $structure }» пустовали { $share } времени: остальные несли чужую работу, а плановая загрузка считает все места занятыми.
caution-unbilled = { $all ->
    [yes] Почти ничего из того, что заказывают клиенты структуры «{ $structure }», не оформлено
   *[no] К концу срока у структуры «{ $structure }» не оформлены заказы на { $share } выручки
}: { $whole ->
    [yes] они
   *[no] большая их часть
} { $activity ->
    [paperwork] { $whole ->
        [yes] ждут документов
       *[no] ждёт документов
    }
   *[serve] { $whole ->
        [yes] ждут выполнения
       *[no] ждёт выполнения
    }
}, пока в среднем { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}. Её показатели — показатели отдела, который не успевает делать свою работу.
caution-end-value = Ценность клиентов и воронки на конец срока меняет победителя: по показателю «{ $measure }» это «{ $here }», по показателю «{ $other }» — «{ $there }»{ $sure ->
    [yes] {""}
   *[no] {" "}(хотя по нему их нельзя различить)
 }.
caution-horizon = Горизонт меняет победителя: по показателю «{ $measure }» за первые { $year } мес. это «{ $early }»{ $sure ->
    [yes] {""}
   *[no] {" "}(хотя к этому времени их нельзя различить)
 }, за { $months } мес. — «{ $winner }».
caution-horizon-hint = Более длинный горизонт может сменить победителя: за { $months } мес. по показателю «{ $measure }» впереди «{ $winner }», но в последние { $tail } мес. — «{ $late }». Просчитайте { $longer } мес., чтобы увидеть.
caution-partial = Остановлено раньше: учтены только законченные повторения, { $finished } из { $requested }.
caution-failures = Не удались { $failed } из { $requested } повторений; они исключены для всех структур (номера { $numbers }).
caution-few = Повторений всего { $years }: интервалы опираются на плохо известный разброс между годами.
share-more = на { $share } больше
share-less = на { $share } меньше
just-more = больше
caution-payroll = Фонд оплаты неодинаков: «{ $structure }» по плану { $payroll } в год, { $more }, чем «{ $baseline }» — { $base } (все места заняты, план ровно выполнен). Честное сравнение остаётся в пределах { $tolerance }.
caution-commission = Комиссия неодинакова: «{ $structure }» платит { $rules }; «{ $baseline }» платит { $others }.
rate-of-revenue = { $share } выручки
rate-of-margin = { $share } маржи
rate-nothing = ничего
one-or-other = { $one } или { $other }
rate-on-deals = { $rate } с первых сделок
rate-on-orders = { $rate } с заказов
support-positions = мест поддержки: { $count }
caution-support = Поддержка неодинакова: «{ $structure }» — { $count } помимо тех, кто продаёт и обслуживает, «{ $baseline }» — { $others }.
caution-head = Руководство неодинаково: в структуре «{ $one }» есть начальник с ограниченным временем, в структуре «{ $other }» его нет, и там разборы и обучение считаются полными.
caution-market = Рынок или календарь неодинаковы: { $file } и { $other } в этом различаются, поэтому различаются не только структуры.
caution-money = Бюджет, план или валюта неодинаковы: { $file } и { $other } в этом различаются, поэтому различаются не только структуры.
caution-people = Люди или передачи неодинаковы: { $file } и { $other } в этом различаются, поэтому различаются не только структуры.
caution-experiment = Горизонт, начало или оценка неодинаковы: { $file } и { $other } в этом различаются, поэтому различаются не только структуры.
caution-unpaired = Годы неодинаковы: { $names } просчитаны с другим seed, началом или горизонтом, чем «{ $baseline }», поэтому сравниваются как независимые выборки: интервалы шире, а доли лет нет.

share-interval = { $share } (от { $low } до { $high })
budget-over = В { $share } лет (всего их { $years }) потрачено больше бюджета.
budget-missing = В { $share } лет (всего их { $years }) потрачено больше бюджета; { $missing } потраченного не стоит ни в одной строке: { $names }.

history-revenue = { $amount } выручки в год
history-revenue-days = { $amount } выручки
history-number = { $amount } ({ $title })
history-more = {" "}(на { $share } больше)
history-less = {" "}(на { $share } меньше)
history-inside = { $span ->
    [days] девять раз из десяти сыгранное лежит между { $low } и { $high }, ваше число тоже
   *[year] девять из десяти сыгранных лет лежат между { $low } и { $high }, ваш среди них
 }
history-outside = { $span ->
    [days] девять раз из десяти сыгранное лежит между { $low } и { $high }, ваше число – нет
   *[year] девять из десяти сыгранных лет лежат между { $low } и { $high }, вашего среди них нет
 }
history-headline = Модель даёт { $what }, у вас было { $theirs }{ $more }; { $range }.
history-numbers = { $span ->
    [days] { $inside } из { $count } чисел лежат там же, где сыгранное в девяти случаях из десяти.
   *[year] { $inside } из { $count } чисел лежат там же, где девять из десяти сыгранных лет.
 }
history-number-lies = { $span ->
    [days] число лежит там же, где сыгранное в девяти случаях из десяти.
   *[year] число лежит там же, где девять из десяти сыгранных лет.
 }
history-number-lies-not = { $span ->
    [days] число не лежит там, где сыгранное в девяти случаях из десяти.
   *[year] число не лежит там, где девять из десяти сыгранных лет.
 }
history-alone = { $span ->
    [days] Единственное число не лежит там, где сыгранное в девяти случаях из десяти; одно число ещё не говорит, что модель не подходит к вашим дням.
   *[year] Единственное число не лежит там, где девять из десяти сыгранных лет; одно число ещё не говорит, что модель не подходит к вашему году.
 }
history-fits = { $span ->
    [days] Модель подходит к вашим дням: { $numbers }
   *[year] Модель подходит к вашему году: { $numbers }
 }
history-by-chance = Из { $count } верных чисел до { $chance } могут не совпасть случайно.
history-fits-not = { $span ->
    [days] Модель не подходит к вашим дням: { $numbers } Не достаёт: { $worst }.
   *[year] Модель не подходит к вашему году: { $numbers } Не достаёт: { $worst }.
 }

precision-none = После { $years } повторений ни один год не дал значения, поэтому о точности сказать нечего.
precision-share = { $share } от среднего
precision-reached = Хватило { $years ->
    [one] { $years } повторения
   *[other] { $years } повторений
 }: самый широкий интервал — ± { $half } (требовалось ± { $wanted }).
precision-missed = После { $years } повторений самый широкий интервал — всё ещё ± { $half } (требовалось ± { $wanted }).
precision-unpaired = Если бы каждая структура проживала свои собственные годы, понадобилось бы около { $count } повторений (в { $times } раза больше): их экономят одни и те же годы для всех.
