# Насколько надёжен выбор, когда не точны и вводные, и сколько стоит их узнать.
uncertainty-progress = неточных вводных: { $inputs }, точек: { $points }
uncertainty-verdict = Случай и неточность вводных ({ $inputs }) вместе: уверенность, что в этой фирме «{ $best }» действительно лучше { $structures ->
    [2] структуры «{ $rival }»
   *[other] всех остальных
 } по показателю «{ $measure }», — { $sure }.
uncertainty-open = Случай и неточность вводных ({ $inputs }) вместе оставляют выбор открытым: лучшее среднее по показателю «{ $measure }» у структуры «{ $best }», но уверенность, что в этой фирме она действительно лучше { $structures ->
    [2] структуры «{ $rival }»
   *[other] всех остальных
 }, — только { $sure }.
uncertainty-difference = В среднем по диапазонам разница («{ $best }» минус «{ $rival }») — { $difference } (интервал { $level }: от { $low } до { $high }{ $structures ->
    [2] {""}
   *[other] , с поправкой на то, что эти две выбраны среди всех пар структур
 }); «{ $best }» лучше в { $years } отдельных лет.
uncertainty-doubt = Из сомнений о разнице за один год { $chance } — случай (каким выдастся год, ± { $luck }), { $ignorance } — незнание вводных (± { $inputs }; эта доля — от { $low } до { $high }). Случай за несколько лет сглаживается, незнание — нет.
uncertainty-measure = { $count ->
    [one] До выбора измерьте: { $names }.
   *[other] До выбора измерьте, в таком порядке: { $names }.
 } Столько в среднем даёт точное знание { $months ->
    [one] за { $months } месяц
    [12] за год
    [few] за { $months } месяца
   *[other] за { $months } месяцев
 }.
uncertainty-one = { $name } (ценность { $worth }; ошибка в выборе реже на { $fall } п. п.)
uncertainty-one-worth = { $name } (ценность { $worth })
uncertainty-all = Знать до выбора точно все вводные стоило бы { $worth } { $months ->
    [one] за { $months } месяц
    [12] за год
    [few] за { $months } месяца
   *[other] за { $months } месяцев
 }.
uncertainty-nothing = Ради этого выбора ни одну вводную измерять не обязательно: ценность каждой неотличима от нуля. Знать точно все сразу стоило бы { $worth } (не больше { $high }) { $months ->
    [one] за { $months } месяц
    [12] за год
    [few] за { $months } месяца
   *[other] за { $months } месяцев
 }.
uncertainty-how = Выборка: точек — { $points }, вводных — { $inputs } (латинский гиперкуб; треугольные распределения по диапазонам с вершиной в значении сценария), своих лет в каждой точке — { $years }, одних и тех же для всех структур.
uncertainty-how-drawn = Выборка: строк таблицы сценария, в которой вводные ({ $inputs }) разыграны вместе, — { $points }; у каждой — свои годы ({ $years }), одни и те же для всех структур.
uncertainty-left-out = { $count ->
    [one] Не учтена { $count } точка
    [few] Не учтены { $count } точки
   *[other] Не учтено { $count } точек
 }: год там не удался или не дал значения.
uncertainty-title = Насколько надёжен выбор, если неточны и вводные
uncertainty-inputs = Сколько стоит узнать вводную
uncertainty-column-range = диапазон
uncertainty-column-worth = ценность знания
uncertainty-column-fall = ошибка в выборе реже на, п. п.
uncertainty-column-explains = доля незнания
uncertainty-column-shown = отличима от нуля
uncertainty-yes = да
uncertainty-no = нет
uncertainty-inputs-note = Ценность — средний выигрыш показателя, если знать вводную точно до выбора, с интервалом { $level }. Доля незнания — то, что вводная объясняет сама по себе. Ради этого выбора измерять стоит только вводные, отличимые от нуля при проверке всех вместе.
uncertainty-chart-law = Разница, какой её сделали бы одни вводные («{ $best }» минус «{ $rival }»): точек выборки — { $points } (пунктир — среднее)
uncertainty-chart-axis = Разница: { $measure }
uncertainty-chart-points = точек
uncertainty-chart-better = «{ $structure }» лучше
    в { $share } точек
uncertainty-chart-doubt = Сомнения о разнице за год
uncertainty-chart-chance = случай { $share }
uncertainty-chart-ignorance = незнание вводных { $share }
uncertainty-chart-worth = Сколько стоит узнать вводную до выбора; интервалы { $level } (полые — неотличимо от нуля)
uncertainty-chart-worth-axis = Выигрыш показателя: { $measure }
uncertainty-chart-worth-all = все вводные: { $worth }
uncertainty-alt-law = Гистограмма разницы по выборке вводных
uncertainty-alt-worth = Столбцы: сколько стоит узнать каждую вводную
