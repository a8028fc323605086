calibration-title = Как показывают записи
calibration-head = Составлено по записям { $files }, с { $since } по { $until }. `python run.py compare scenario.yaml` считает это как есть.
calibration-head-judged = Число с диапазоном и источником, где назван файл, оценено; диапазон верен на 90 %. Что помечено как оценка автора, записи не говорят: впишите своё.
calibration-source = { $files }, случаев: { $cases }, { $since }…{ $until }, { $method }
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
    [one] в первый день открыта { $count } сделка
    [few] в первый день открыты { $count } сделки
   *[other] в первый день открыто { $count } сделок
 }; в строке назван следующий этап и время в том, что перед ним
calibration-note-customers = { $count ->
    [one] { $count } клиент покупал
    [few] { $count } клиента покупали
   *[other] { $count } клиентов покупали
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
 } (по { $weeks } нед.): в сделках модель ошиблась в среднем на { $missed }{ $rules ->
    [yes] , и простые правила не хуже. Не верьте ни уровню, ни направлению: записанное прошлое здесь не говорит о будущем.
   *[no] . Не верьте ни уровню, ни направлению.
 }
calibration-few-wins = За эти недели выигрывают так мало сделок, что и верный прогноз ошибался бы в среднем на { $chance }, а требуется { $near }. Более длинный --horizon скажет больше.
calibration-covered = Из недель ({ $weeks }) в интервал, который должен накрывать 90 %, попало { $share }.
calibration-baseline-last-weeks = Ошибка прогноза на { $saved } { $worse ->
    [yes] больше
   *[no] меньше
 }, чем у правила «как в последние восемь недель»,
calibration-baseline-by-age = и на { $saved } { $worse ->
    [yes] больше
   *[no] меньше
 }, чем у правила «каждый лид закрывается по своему возрасту».
calibration-progress-split = проверка на прошлом, { $day }
calibration-progress-read = чтение
calibration-progress-fit = оценка
calibration-progress-pilot = годы модели против записей
calibration-progress-worth = сколько стоит знать больше
calibration-horizon = --horizon: { $horizon } — не число недель; можно от 1w до 52w, например 8w
calibration-splits = --splits: { $splits } меньше одного
calibration-short = записи слишком коротки для проверки на прошлом: с { $since } по { $until }; нужно { $weeks } нед. после даты и { $least } до неё
calibration-split-left-out = { $day } пропущено: { $why }
caution-trust-untested = Вводные оценены по записям, но ни один прогноз по ним не сверен с тем, что было (это делает `python run.py backtest`): насколько верить уровню, пока неизвестно.
caution-undivided = Записи не знают этапов, поэтому о разделении работы из них ничего не известно: второму в цепочке здесь почти нечего делать. Вывода о разделении из них не делайте; добавьте историю этапов.
caution-trust-level = { $known ->
    [yes] На собственном прошлом оценённое по этим записям ошиблось в сделках в среднем на { $missed }: уровню можно верить.
   *[no] На собственном прошлом оценённое по этим записям подтвердилось: уровню можно верить.
 }
caution-trust-direction = { $known ->
    [yes] На собственном прошлом оценённое по этим записям ошиблось в сделках в среднем на { $missed }: верьте направлению, а не уровню.
   *[no] На собственном прошлом оценённое по этим записям заметно ошиблось: верьте направлению, а не уровню.
 }
caution-trust-neither = { $known ->
    [yes] На собственном прошлом оценённое по этим записям ошиблось в сделках в среднем на { $missed }: не верьте ни уровню, ни направлению.
   *[no] На собственном прошлом оценённое по этим записям не подтвердилось: не верьте ни уровню, ни направлению.
 }
doubt-more-records = Вдвое больше записей сняли бы около { $share } этого сомнения, все записи на свете — { $most }.
unknown-hand-off-loss = сколько лидов теряется, когда один передаёт их другому
unknown-hand-off-loss-how = Две недели передавайте каждого второго нового лида коллеге после первого разговора, по жребию, и сосчитайте, с кем из тех и других через неделю ещё говорят.
unknown-hand-off-delay = сколько лид ждёт при передаче
unknown-hand-off-delay-how = Две недели записывайте у каждого переданного лида два времени: когда отдан и когда другой начал.
unknown-learning = насколько быстрее и лучше работают те, кто делает одно
unknown-learning-how = Пусть двое две недели ведут только первые разговоры, двое других — всё; сравните минуты на разговор и сколько лидов идёт дальше. Первая неделя — привыкание.
unknown-switching = сколько времени стоит переход от одной работы к другой
unknown-switching-how = Две недели двое делают утром одно, после обеда другое, двое других вперемешку; сравните, сколько дел выходит за день.
unknown-leaver = сколько открытых лидов уходит с уволившимся
unknown-leaver-how = Обзвоните открытых лидов трёх последних ушедших, человек тридцать, и сосчитайте, кто ещё разговаривает.
unknown-cover = насколько хорошо коллеги ведут лидов того, кого нет
unknown-cover-how = Возьмите лидов каждого, кто уйдёт в отпуск, и сравните, сколько из них идёт дальше, с неделями до и после.
unknown-answer = чего стоит поздний первый ответ
unknown-answer-how = Две недели отвечайте половине новых лидов, по жребию, за десять минут и сравните, сколько идёт дальше.
calibration-extra = для калибровки нужны пакеты, которых нет: { $missing }. Установите их: pip install 'sales-department-simulator[calibrate]'
calibration-broken = { $day } отдел изменился: оценено только то, что было после, и все диапазоны расширены. Что случилось тогда, может повториться.
calibration-read = Прочитано сделок: { $deals } ({ $files }), из них открыто { $open }; с { $since } по { $until }.
calibration-left-out = Строк пропущено: { $count }; причины — в calibration.json.
calibration-column-figure = число
calibration-column-value = значение
calibration-column-range = девять из десяти
calibration-column-cases = случаев
calibration-column-method = способ
calibration-figures = Что говорят записи
calibration-figures-words = У каждого числа есть интервал, который накрывает истину девять раз из десяти: по повторным выборкам лидов, людей и клиентов. Прочерк: остаётся значение по умолчанию, с причиной.
calibration-figures-note = Первые из чисел ({ $count }); все — в calibration.json.
calibration-at-most = не больше { $amount }
calibration-unknown = Чего записи не говорят
calibration-unknown-note = Сколько стоит знать: на сколько денег выбор структуры за горизонт был бы лучше, если бы это знали; по модельным годам во всём диапазоне оценки, одни и те же годы при каждой структуре. Ничего: впереди остаётся та же структура, где бы в диапазоне ни была правда. Не спрошено: этого не выразить числом или годы для этого не моделировались.
calibration-worth-unasked = не спрошено
calibration-worth-nothing = ничего: выбора не меняет
calibration-column-judged = диапазон (оценка)
calibration-column-worth = сколько стоит знать
calibration-column-measure = как измерить за две недели
calibration-column-came = было
calibration-column-forecast = прогноз
calibration-column-nine-of-ten = девять из десяти
calibration-column-fits = попало
calibration-inside = внутри
calibration-outside = вне
calibration-splits-table = Прогноз и что было, дата за датой
calibration-figure-wins = выиграно сделок
calibration-figure-open-wins = из них открыты на дату
calibration-figure-new-wins = из них новые
calibration-figure-value = сумма выигранных сделок
calibration-figure-open-end = открыто в конце
calibration-figure-cycle-p50 = дней до сделки, половина быстрее
calibration-figure-cycle-p90 = дней до сделки, девять из десяти быстрее
calibration-figure-busy = часов работы
calibration-figure-weekly-wins = выиграно сделок за неделю
calibration-figure-channel = выиграно сделок, канал «{ $channel }»
calibration-rule-last-weeks = правило: как в последние восемь недель
calibration-rule-by-age = правило: каждый лид закрывается по своему возрасту
calibration-saved = ошибка прогноза на { $saved } { $worse ->
    [yes] больше
   *[no] меньше
 }
calibration-scores = Насколько хороши были прогнозы
calibration-scores-note = Ошибка: непрерывная ранговая оценка вероятностей (CRPS) в единицах числа, меньше — лучше. Сдвиг: средний прогноз против суммы того, что было. Дальше доля случаев внутри интервалов 50, 80 и 90 %.
calibration-column-crps = ошибка
calibration-column-bias = сдвиг
calibration-column-covered = внутри { $level }
calibration-left-out-table = Пропущенные строки
calibration-column-reason = причина
calibration-column-rows = строк
calibration-column-lines = номера строк
calibration-chart-forecast = прогноз, 50 и 90 %
calibration-chart-came = было
calibration-chart-last-weeks = как в последние восемь недель
calibration-chart-week = неделя
calibration-chart-wins = выиграно сделок за неделю
calibration-chart-place = место того, что было, среди прогнозных лет
calibration-chart-weeks = недель
calibration-chart-places = Ровно там, где прогноз верен; высоко по краям, где он слишком уверен
calibration-alt-weeks = Выигранные сделки по неделям после каждой даты: полосы 50 и 90 % прогнозных лет, среднее и точки того, что было.
calibration-alt-places = Гистограмма мест того, что было, среди прогнозных лет рядом с ровной линией верного прогноза.
calibration-page-title = От записей к сценарию
calibration-page-said = Коротко
calibration-backtest-title = Сверено с собственным прошлым
command-calibrate = Составить сценарий по записям CRM, бухгалтерии и списку людей.
command-backtest = Сверить прогнозы по записям с тем, что было после прежних дат.
argument-records = Файлы записей: CSV, XLSX, XLS, ODS, XES, таблицы HTML.
option-as-of = День, утром которого записи кончаются (2026-03-31); если не дан — день после последней строки.
option-mapping = Что значат столбцы: mapping.yaml от прежней калибровки, поправленный руками.
option-margin = Валовая маржа, доля выручки (25 %): в записях продаж её нет.
option-pay = Оклад продавца в месяц (60 тыс.).
option-country = Страна, чьи праздники нерабочие: RU, US, DE.
option-no-worth = Не моделировать, сколько стоит знать больше.
option-splits = Прежние даты, на которые всё оценивается заново.
option-horizon = Недель после каждой даты, например 8w.
option-years = Возможных лет на каждую дату.
option-out-records = Записать результаты в эту папку.
calibration-not-a-day = --as-of: { $given } — не дата; можно дату вида 2026-03-31
calibration-load-judged = Журнала работ не было, поэтому занятость людей — оценка в пределах того, что допускает время на этапах. Журнал, кто что делал с какого по какое время, сказал бы точно.
calibration-method-waiting = доля лидов, которым ответили за сутки, по расчётным годам
calibration-load-untold = по тому, как скоро отвечали лидам, этого почти не видно
calibration-today = Как работают сейчас
calibration-note-today = как работают сейчас: по тому, у кого были сделки на каждом этапе, и ролям списка персонала
calibration-note-universal = те же люди с той же оплатой, каждый делает всё
calibration-too-few = по умолчанию, слишком мало записей ({ $count })
calibration-alone = Людей слишком мало, чтобы делить работу: в сценарии одна структура, а `compare` нужна вторая. Допишите ту, о которой думаете.
calibration-few = Осторожно: { $count ->
    [one] закрыта с датой только { $count } сделка
    [few] закрыты с датой только { $count } сделки
   *[other] закрыто с датой только { $count } сделок
 }, а чтобы оценить долю или время, нужно { $least }. Поэтому то, что происходит с лидом на каждом этапе, – значения программы по умолчанию, а не ваш отдел; как приходят лиды, кто работает и что открыто – ваше. Не решайте по уровню этого сценария и вернитесь, когда записей будет больше.
calibration-remarks = Замечания к записям
calibration-backtest-details = По датам и оценки прогноза
calibration-topic-leads = Лиды
calibration-topic-stages = Этапы и открытые сделки
calibration-topic-money = Суммы и клиенты
calibration-topic-people = Люди
calibration-topic-regime = Изменилось ли что-нибудь
calibration-column-stage = этап
calibration-column-goes-on = идут дальше
calibration-column-yes = время до перехода
calibration-way = { $way }, случаев: { $cases }
calibration-main-won = лидов становятся сделками
calibration-main-cycle = от лида до сделки, в среднем
calibration-main-size = сделка, в среднем
calibration-main-open = открытых сделок сейчас
calibration-main-ahead = из них выиграют за 13 недель
calibration-main-people = людей на работе, полных ставок
calibration-main-load = насколько они заняты
calibration-main-orders = заказов у клиента
calibration-method-stage-time = время на этапах против ожидания в смоделированных годах
calibration-load-bounded = оценка автора, насколько её допускает время на этапах; журнала работ не было
calibration-load-found = На этапе «{ $stage }» сделки стоят не многим дольше, чем ждут и обрабатываются, поэтому занятость видна по смоделированным годам: { $value } времени (от { $least } до { $most }). Если клиент и там думает, она меньше.
calibration-load-at-most = На этапе «{ $stage }» сделки ждали бы дольше, чем стоят, если бы люди были заняты больше чем { $most } времени, значит, больше не бывает; насколько меньше, время на этапах не говорит: в вариантах стоит от { $least } до { $most }.
calibration-note-patience = почти никто не потерян из-за того, что к нему не пришли, сколько бы он ни ждал
