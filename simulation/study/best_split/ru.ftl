# Лучшее деление: численность словами, что исключено, что выбрано и насколько это надёжно.
people-of-role = { $count } × { $role }
people-hunter = { $count ->
    [one] { $count } хантер
    [few] { $count } хантера
   *[other] { $count } хантеров
 }
people-closer = { $count ->
    [one] { $count } клоузер
    [few] { $count } клоузера
   *[other] { $count } клоузеров
 }
people-farmer = { $count ->
    [one] { $count } фермер
    [few] { $count } фермера
   *[other] { $count } фермеров
 }
people-closer-farmer = { $count ->
    [one] { $count } клоузер-фермер
    [few] { $count } клоузера-фермера
   *[other] { $count } клоузеров-фермеров
 }
people-universal-manager = { $count ->
    [one] { $count } универсальный менеджер
    [few] { $count } универсальных менеджера
   *[other] { $count } универсальных менеджеров
 }
split-people = { $people }
split-with = { $split } ({ $options })
amount = { $amount }
ruled-nobody = работу роли «{ $role }» никто не делает
ruled-overload = { $people }: работы в { $times } раза больше, чем времени, что бы ни менялось вокруг
constraint-plan-least = план выполнен не менее чем в { $amount } лет
constraint-plan-most = план выполнен не более чем в { $amount } лет
constraint-least = { $measure } не меньше { $amount }
constraint-most = { $measure } не больше { $amount }
constraint-points = { $count ->
    [one] { $count } процентный пункт
    [few] { $count } процентных пункта
   *[other] { $count } процентных пунктов
 }
split-ahead = «{ $one }» ({ $split }) опережает «{ $other }» ({ $rival }), каждая в лучшем делении: { $measure }, разница { $difference } ({ $interval }), новых лет: { $years }.
split-not-apart = «{ $one }» ({ $split }) и «{ $other }» ({ $rival }), каждая в лучшем делении, неразличимы, новых лет: { $years }. Первая впереди на { $difference } ({ $interval }), показатель: { $measure }; никакое разумное число лет их не различит.
split-not-apart-yet = «{ $one }» ({ $split }) и «{ $other }» ({ $rival }), каждая в лучшем делении, неразличимы, новых лет: { $years }. Первая впереди на { $difference } ({ $interval }), показатель: { $measure }; чтобы их различить, нужно лет: около { $needed }.
split-winner = { $structure }: лучшее деление — { $split }; { $measure } { $mean } ({ $interval }), новых лет: { $years }.
split-cap = { $structure }: поиск остановлен на пределе повторений ({ $cap }), осталось делений: { $left }; за выбор ручаться нельзя.
split-none = { $structure }: ни одно деление не выполняет условие: { $limits }.
split-none-nearest = { $structure }: ни одно деление не выполняет условие: { $limits }. Ближе всех { $split }; { $measure } { $mean }.
split-none-nearest-plan = { $structure }: ни одно деление не выполняет условие: { $limits }. Ближе всех { $split }; { $measure } { $mean }, план выполнен в { $met } лет.
split-only-without = { $structure }: без условия «{ $limit }» лучшим было бы { $split }.
split-cost-nothing = { $structure }: условие «{ $limit }» ничего не стоит: без него лучшее деление то же.
split-cost = { $structure }: условие «{ $limit }» стоит { $cost } ({ $interval }), показатель: { $measure }; без него лучшим было бы { $split }.
split-ruled-out = { $structure }: делений, исключённых без моделирования: { $out } из { $count }; например, { $split } — { $reason }.
split-alike = { $structure }: { $count ->
    [one] ещё { $count } деление не хуже
    [few] ещё { $count } деления не хуже
   *[other] ещё { $count } делений не хуже
 }, насколько это известно (неотличимо от лучшего или отстаёт не более чем на { $zone }): { $splits }.
split-alike-more = { $structure }: { $count ->
    [one] ещё { $count } деление не хуже
    [few] ещё { $count } деления не хуже
   *[other] ещё { $count } делений не хуже
 }, насколько это известно (неотличимо от лучшего или отстаёт не более чем на { $zone }): { $splits } и ещё { $more }.
split-sizes = { $structure }: подходящая численность — { $sizes }.
size-one = { $role } { $low }
size-range = { $role } { $low }–{ $high }
split-alone = { $structure }: ни одно другое деление не подходит к нему ближе чем на { $zone }.
split-as-written = { $structure }: деление из файла ({ $split }) отстаёт от лучшего на { $difference } ({ $interval }), показатель: { $measure }.
split-as-written-alike = { $structure }: деление из файла ({ $split }) неотличимо от лучшего: отстаёт на { $difference } ({ $interval }), показатель: { $measure }.
split-as-written-best = { $structure }: это и есть деление из файла.
split-sure = { $searches ->
    [one] С вероятностью не менее { $level } поиск выбрал верно
   *[other] С вероятностью не менее { $level } все поиски выбрали верно
 }, если лучшее деление опережает остальные хотя бы на { $zone }; более близкое может быть принято за него.
split-limit-tolerance = Если деление отстоит от границы условия «{ $limit }» не более чем на { $tolerance }, его могут признать и выполняющим условие, и нарушающим.
split-effort = Поиск занял прогонов года: { $used }; если моделировать каждое деление столько же раз, сколько самое частое, понадобилось бы { $brute } — в { $times } раза больше.
split-effort-all = Поиск занял прогонов года: { $used }.
split-failed = Лет, закончившихся сбоем и исключённых для всех: { $failed }.
best-split-title = Лучшее деление
best-split-heads = Лучшее деление { $count ->
    [one] { $count } человека, который продаёт или обслуживает
   *[other] { $count } человек, которые продают или обслуживают
 }; показатель: { $measure }.
best-split-payroll = Лучшая команда при плановом фонде оплаты не более { $payroll } в год; показатель: { $measure }.
best-split-same = Лучшее деление при том же плановом фонде оплаты, что в структуре «{ $baseline }» (в пределах 3 %); показатель: { $measure }.
best-split-limited = { $asked } Обязательно: { $limits }.
split-split = Деление
split-behind = Отстаёт от лучшего
split-plan-met = План выполнен
split-payroll = Плановый фонд оплаты
split-years = Лет
split-state = Что с ним стало
split-verdict = Вывод
split-is-best = лучшее
split-is-good = не хуже, насколько известно
split-is-behind = отстаёт
split-state-selected = выбрано
split-state-open = на пределе повторений ещё не отсеяно
split-state-beaten = уступило другому
split-state-breaks = нарушает условие: { $limit }
split-state-ruled-out = исключено: { $reason }
split-fresh-table = Лучшие деления и их ближайшие соперники в новых годах
split-fresh-note = Новых лет, которых не видел ни один поиск: { $years }. В тех годах, в которых лучшее из многих найдено, оно выглядит лучше, чем есть. Отставание от лучшего дано с совместными интервалами { $level } внутри структуры.
split-search-table = Все деления, участвовавшие в поиске
split-search-note = Поиск тратит повторения там, где они решают, поэтому у большинства делений их мало, и средние мало о чём говорят.
frontier-sizes = Лучшее для каждой численности, новые годы
splits-alt = Насколько каждое деление отстаёт от лучшего, с интервалом
splits-caption = Разница с лучшим делением в те же годы. Закрашено: не хуже лучшего, насколько известно. Цветные отметки — новые годы ({ $years }), серые — годы поиска.
frontier-alt = Показатель и плановый фонд оплаты лучшего деления каждой численности
frontier-caption = Лучшее деление каждой численности, новых лет: { $years }; проценты — доля лет, в которых план выполнен.
chart-splits = { $title }: насколько другие деления отстают от лучшего в те же годы
chart-splits-left-out = { $structure } (не показано: прочих — { $more }, исключено — { $out })
chart-splits-best = лучшее деление
chart-splits-good = не хуже (новых лет: { $years })
chart-splits-worse = отстаёт (новых лет: { $years })
chart-splits-searched = отстаёт (в годы поиска)
chart-splits-zone = не далее { $zone } от лучшего
chart-budgeted-payroll = Плановый фонд оплаты в год
chart-frontier = Лучшее деление каждой численности (новых лет: { $years })
chart-frontier-plan = Лучшее деление каждой численности и доля лет, в которых план выполнен (новых лет: { $years })
title-closers-help-the-hunters = клоузеры помогают хантерам
title-each-role-keeps-to-its-own-work = каждая роль делает только своё
chart-splits-axis = { $measure } за вычетом лучшего деления
chart-splits-nothing = Сравнивать нечего: по одному делению, или ни одно не выполняет условий
