# Где меняется лучшая структура.
threshold-looking = порог: { $what }
threshold-looking-near = порог: { $what }, около { $value }
threshold-minutes = { $value } мин
threshold-nothing = Ни один год не дал значения показателя «{ $measure }», поэтому сказать ничего нельзя.
threshold-below = По показателю «{ $measure }» лучше «{ $before }», пока «{ $what }» меньше { $value } (интервал { $level } — от { $low } до { $high }); если больше, лучше «{ $after }».
threshold-above = По показателю «{ $measure }» лучше «{ $after }», пока «{ $what }» больше { $value } (интервал { $level } — от { $low } до { $high }); если меньше, лучше «{ $before }».
threshold-number = По показателю «{ $measure }» лучшая структура меняется между { $one } и { $two } («{ $what }»): до этого лучше «{ $before }», дальше — «{ $after }» ({ $exact ->
    [yes] установлено с уверенностью { $level }
   *[no] интервал { $level } — между { $low } и { $high }
 }).
threshold-several = По показателю «{ $measure }» число смен лучшей структуры от { $low } до { $high } («{ $what }») — { $count }.
threshold-change = При { $value } (интервал { $level } — от { $low } до { $high }; «{ $what }») вместо структуры «{ $before }» лучшей становится «{ $after }».
threshold-open-high = По показателю «{ $measure }» лучше «{ $winner }», пока «{ $what }» меньше { $low }; от { $low } до { $high } нельзя сказать, какая из двух лучше.
threshold-open-low = По показателю «{ $measure }» лучше «{ $winner }», пока «{ $what }» больше { $high }; от { $low } до { $high } нельзя сказать, какая из двух лучше.
threshold-doubt = По показателю «{ $measure }» ниже { $low } и выше { $high } («{ $what }») лучше «{ $winner }»; между ними нельзя сказать, какая из двух лучше.
threshold-open = От { $low } до { $high } («{ $what }») по показателю «{ $measure }» нельзя сказать, какая из двух лучше.
threshold-none = По показателю «{ $measure }» во всём диапазоне от { $low } до { $high } («{ $what }») лучше «{ $winner }»: порога внутри нет (уверенность { $sure }).
threshold-flat = По показателю «{ $measure }» «{ $first }» и «{ $second }» нельзя различить нигде в диапазоне от { $low } до { $high } («{ $what }»).
threshold-tied = По показателю «{ $measure }» «{ $first }» и «{ $second }» дают одно и то же в каждом году при любом значении от { $low } до { $high } («{ $what }»).
threshold-now = В сценарии { $value }: здесь лучше «{ $winner }».
threshold-now-open = В сценарии { $value }: здесь нельзя сказать, какая лучше.
threshold-outside = Значение самого сценария, { $value }, лежит вне диапазона.
threshold-ends = Неясность доходит до края диапазона: её снимет более широкий диапазон или больше повторений.
threshold-bends = Разница изгибается сильнее, чем кривая через просмотренные значения; интервал на столько же шире.
threshold-wide = Около { $count } повторений сузили бы интервал до { $share } диапазона в каждую сторону.
threshold-rests = В основе — до { $years ->
    [one] { $years } возможного года, одного и того же
   *[other] { $years } возможных лет, одних и тех же
 } при каждом из просмотренных значений (их { $points }).
threshold-failed = { $years ->
    [one] { $years } год не дал значения и не учтён.
    [few] { $years } года не дали значения и не учтены.
   *[other] { $years } лет не дали значения и не учтены.
 }
threshold-title = Где меняется ответ
threshold-chart = { $what }: «{ $other }» против «{ $base }»
threshold-chart-axis = { $measure }: «{ $other }» минус «{ $base }»
threshold-better = лучше «{ $winner }»
threshold-open-here = неясно
threshold-legend-curve = средняя разница, интервал { $level } при каждом значении
threshold-legend-root = порог, интервал { $level }
threshold-legend-doubt = нельзя различить
threshold-legend-now = значение в сценарии
threshold-alt = «{ $other }» минус «{ $base }» по показателю «{ $measure }» в зависимости от величины «{ $what }», с нулевой линией и порогом.
threshold-table = Разница при просмотренных значениях
threshold-column-value = Значение
threshold-column-difference = Разница{ $unit } (интервал { $level })
threshold-column-years = Лет
threshold-column-better = Лучше
threshold-how-to-read = Как читать: строка — одно значение и разница только при нём. «Лучше» говорит больше, чем сама строка: это сказано по кривой через все значения, по отрезкам диапазона. Поэтому структура может быть названа и там, где интервал самой строки захватывает ноль, а «неясно» значит, что значение лежит там, где структуры меняются местами.
