# Перебор значений одной или нескольких величин и карта победителя.
sweep-progress = перебор: { $done } из { $points } точек
sweep-leader = «{ $structure }» в { $count } из { $points } точек
sweep-nothing = Ни один год не дал значения показателя «{ $measure }», поэтому сказать ничего нельзя.
sweep-value = { $at }
sweep-range = { $low } – { $high }
sweep-flip = По показателю «{ $measure }» до { $low } лучше «{ $before }», начиная с { $high } — «{ $after }» ({ $variable }); примерно при { $zero } они равны.
sweep-throughout = По показателю «{ $measure }» структура «{ $best }» лучше при всех { $points } значениях, от { $low } до { $high } ({ $variable }).
sweep-partly = По показателю «{ $measure }» структура «{ $best }» лучше при { $where } ({ $variable }); какая лучше при { $rest }, остаётся открытым.
sweep-open = По показателю «{ $measure }» структуры { $names } нельзя различить нигде от { $low } до { $high } ({ $variable }).
sweep-open-between = Где это открыто, выбор между { $names }.
sweep-ends = «{ $one }» минус «{ $other }» по показателю «{ $measure }»: { $first } при { $low }, { $last } при { $high } ({ $variable }).
sweep-won = По показателю «{ $measure }» структура «{ $best }» лучше в { $count } из { $points } точек{ $where }.
sweep-won-open = В { $count ->
    [one] { $count } точке из { $points }
   *[other] { $count } точках из { $points }
 } остаётся открытым, какая лучше.
sweep-where = , в основном там, где { $parts }
sweep-where-low = величина «{ $variable }» мала
sweep-where-high = величина «{ $variable }» велика
sweep-mover = Сильнее всего разница меняется с величиной «{ $variable }»: «{ $one }» минус «{ $other }» — в среднем { $low } в нижней половине диапазона и { $high } в верхней.
sweep-mover-next = Следующая по силе — «{ $variable }»: { $low } в нижней половине, { $high } в верхней.
sweep-certainty = «Лучше» значит: { $level } интервал разницы не содержит нуля{ $many ->
    [yes] {" "}для всех пар структур вместе
   *[no] {""}
 }; повторений в каждой точке — { $years }, точек — { $points }. Каждая точка оценивается сама по себе: из точек без настоящей разницы { $chance } всё равно будут названы.
sweep-rounded = Точек { $points } вместо заказанных { $asked }: последовательность Соболя равномерна только при числе точек, равном степени двойки.
sweep-failed = Не удалось лет: { $years }; они исключены для всех структур.

sweep-title = Как меняется ответ
sweep-less = «{ $one }» минус «{ $other }»
sweep-one-title = { $measure } при разных значениях величины «{ $variable }»
sweep-one-caption = Вверху: среднее каждой структуры с { $level } интервалом. Внизу: разница со структурой «{ $baseline }»; закрашенную метку можно отличить от нуля, пустую — нельзя.
sweep-panel-difference = разница со структурой «{ $baseline }»
sweep-marks = пустая метка: не отличить от нуля
sweep-scatter-title = { $measure }: «{ $one }» минус «{ $other }», точек — { $points }
sweep-scatter-caption = Каждая точка плана показана над каждой из величин. Форма и цвет — кто впереди; пустая метка — различить нельзя. Пунктир — среднее по пятым долям диапазона.
sweep-more-points = Показано { $shown } точек из { $points }; все они есть в файле CSV.
sweep-trend = среднее по пятым долям диапазона
sweep-not-told = нельзя различить
sweep-grid-title = Что получается при каждом значении
sweep-points-title = Что получается в каждой точке
sweep-header-winner = лучше
sweep-header-sure = уверенность
sweep-header-difference = «{ $one }» минус «{ $other }»
sweep-open-cell = открыто
sweep-ahead = впереди «{ $structure }»
sweep-unit-note = Под каждой разницей — совместный { $level } интервал; «уверенность» — насколько надёжно, что среднее той, что впереди, действительно лучшее.

map-progress = карта: проход { $look } из { $looks }, открытых клеток { $cells }
map-progress-splits = лучшие составы: { $done } из { $cells } клеток
map-leader = «{ $structure }» в { $count } из { $cells } клеток
map-won = По показателю «{ $measure }» структура «{ $best }» побеждает в { $count } из { $points } клеток{ $where }.
map-won-open = { $count ->
    [one] Открыта { $count } клетка
    [few] Открыты { $count } клетки
   *[other] Открыто { $count } клеток
 } из { $points }: какая структура лучше, там сказать нельзя.
map-border = Где вдоль величины «{ $along }» меняется та, что впереди, при разных значениях величины «{ $across }»: { $rows }.
map-row = при { $at }: { $changes }
map-row-throughout = при { $at }: нигде (везде впереди «{ $best }»)
map-change = примерно до { $at } — «{ $before }», дальше «{ $after }»
map-split = { $split } в { $count ->
    [one] { $count } клетке
   *[other] { $count } клетках
 }
map-splits = Структура «{ $structure }» в каждой клетке взята в лучшем составе из тех же людей ({ $roles }): { $splits }{ $more ->
    [0] {""}
   *[other] {" "}и другие составы (ещё { $more })
 }.
map-certainty = У клетки есть победитель там, где { $level } интервал разницы не содержит нуля{ $joint ->
    [looks] {" "}— для всех проверок клетки вместе (их до { $looks })
    [pairs] {" "}— для всех пар структур вместе
    [both] {" "}— для всех проверок клетки (их до { $looks }) и всех пар структур вместе
   *[no] {""}
 }. Каждая клетка оценивается сама по себе: из названных победителей ({ $named }) в среднем ошибочны не больше { $wrong }.
map-certainty-none = У клетки есть победитель там, где { $level } интервал разницы не содержит нуля{ $joint ->
    [looks] {" "}— для всех проверок клетки вместе (их до { $looks })
    [pairs] {" "}— для всех пар структур вместе
    [both] {" "}— для всех проверок клетки (их до { $looks }) и всех пар структур вместе
   *[no] {""}
 }.
map-effort = Понадобилось прогонов: { $runs }; с одинаковым числом лет в каждой клетке было бы { $brute }.

map-title = Где какая структура побеждает
map-caption = Цвет и штриховка — кто лучше; бледная клетка с вопросительным знаком — открыто, цвет той, что впереди. Толстая линия — разницы нет. Числа: { $numbers }, { $unit }.
map-numbers-difference = «{ $one }» минус «{ $other }»
map-numbers-lead = лучшая минус следующая
map-chart-title = { $title }: какая структура лучше по показателю «{ $measure }»
map-chart-numbers = Числа: { $numbers }, { $unit }; ниже — уверенность
map-legend-better = лучше «{ $structure }»
map-legend-open = открыто (бледно: кто впереди)
map-legend-zero = разницы нет
map-table = Победитель в каждой клетке и { $numbers } ({ $unit })
map-table-note = Строки: { $y }. Столбцы: { $x }. «?» — клетка открыта, названа та, что впереди.
map-table-corner = { $y } ↓ / { $x } →
map-borders-table = Где меняется та, что впереди, вдоль величины «{ $x }»
map-borders-at = равны примерно при
map-borders-between = различимы по обе стороны от
map-borders-change = смена
map-borders-from-to = с «{ $before }» на «{ $after }»
map-splits-table = Лучшие составы по клеткам
precision-progress = точность: по { $years } лет
