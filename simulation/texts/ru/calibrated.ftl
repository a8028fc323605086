calibration-title = Как показывают записи
calibration-head = Составлено по записям { $files }, с { $since } по { $until }. `python run.py compare scenario.yaml` считает это как есть.
calibration-head-judged = Число с диапазоном и источником, где назван файл, оценено; диапазон верен на 90 %. Что помечено как оценка автора, записи не говорят: впишите своё.
calibration-source = { $files }, случаев: { NUMBER($cases, useGrouping: 1) }, { $since }…{ $until }, { $method }
calibration-kept = по умолчанию: { $why }
calibration-method-counted = подсчитано
calibration-method-median = медиана
calibration-owner = число владельца
calibration-judged-margin = оценка автора: в записях продаж этого нет, спросите бухгалтерию
calibration-judged-pay = оценка автора: продавец стоит доли маржи, которую приносит; впишите своё число
calibration-judged-work = оценка автора: работы на сделку примерно столько, сколько в этапах по умолчанию; журнала работ не было
calibration-note-qualification = заранее никого не отсеивают: доли этапов уже учитывают всех потерянных
calibration-note-speed = цена позднего ответа уже в доле первого этапа
calibration-note-pipeline = { $count ->
    [one] в первый день открыта { NUMBER($count, useGrouping: 1) } сделка
    [few] в первый день открыты { NUMBER($count, useGrouping: 1) } сделки
   *[other] в первый день открыто { NUMBER($count, useGrouping: 1) } сделок
 }; в строке назван следующий этап и время в том, что перед ним
calibration-note-customers = { $count ->
    [one] { NUMBER($count, useGrouping: 1) } клиент покупал
    [few] { NUMBER($count, useGrouping: 1) } клиента покупали
   *[other] { NUMBER($count, useGrouping: 1) } клиентов покупали
 } до первого дня
calibration-note-draws = { $rows } совместных вариантов всех оценённых чисел: повтор r берёт строку r
calibration-note-now = как работают сейчас: кто взял лида, тот его и ведёт
calibration-note-other = те же люди, поделённые по этапам
calibration-trust-level = Проверено на собственном прошлом, { $dates ->
    [one] { $dates } дата
    [few] { $dates } даты
   *[other] { $dates } дат
 } (по { $weeks } нед.): в сделках модель ошиблась в среднем на { $missed }, недели попали туда, где ожидались. Уровню можно верить.
calibration-trust-direction = Проверено на собственном прошлом, { $dates ->
    [one] { $dates } дата
    [few] { $dates } даты
   *[other] { $dates } дат
 } (по { $weeks } нед.): в сделках модель ошиблась в среднем на { $missed }. Верьте направлению, а не уровню.
calibration-trust-neither = Проверено на собственном прошлом, { $dates ->
    [one] { $dates } дата
    [few] { $dates } даты
   *[other] { $dates } дат
 } (по { $weeks } нед.): в сделках модель ошиблась в среднем на { $missed }, и простые правила не хуже. Не верьте ни уровню, ни направлению: записанное прошлое здесь не говорит о будущем.
calibration-covered = Из недель ({ $weeks }) в интервал, который должен накрывать 90 %, попало { $share }.
calibration-baseline-last-weeks = Против правила «как в последние восемь недель» ошибка прогноза меньше на { $saved },
calibration-baseline-by-age = против правила «каждый лид закрывается по своему возрасту» на { $saved }.
calibration-progress-split = проверка на прошлом, { $day }
calibration-progress-read = чтение
calibration-progress-fit = оценка
calibration-progress-pilot = годы модели против записей
calibration-progress-worth = сколько стоит знать больше
calibration-horizon = --horizon: { $horizon } — не число недель; можно от 1w до 52w, например 8w
calibration-splits = --splits: { $splits } меньше одного
calibration-short = записи слишком коротки для проверки на прошлом: с { $since } по { $until }; нужно { $weeks } нед. после даты и { $least } до неё
calibration-split-left-out = { $day } пропущено: { $why }
