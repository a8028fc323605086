# Слова на рисунках.
chart-measure = { $measure }: среднее, интервал { $level } и каждый год
chart-years = число лет
chart-less = «{ $one }» минус «{ $other }», один и тот же год при обеих
chart-better-in = «{ $structure }» лучше
    в { $share } лет
chart-difference-in = Разница: { $measure }
chart-dashed = (пунктир — среднее, серое — его интервал { $level })
chart-possible-years = { $title }: { $years ->
    [one] { $years } возможный год
    [few] { $years } возможных года
   *[many] { $years } возможных лет
 } по { $months } мес.
chart-funnel = Лиды периода по воронке: сколько проходит каждый этап (доля от дошедших до него)
chart-of-decided = { $share } решённых; ещё открыто { $open }
chart-step-leads = лиды
chart-step-answered = получили ответ
chart-step-qualified = квалифицированы
chart-step-past = прошли { $stage }
chart-step-won-leads = сделки
chart-lost = Почему теряются лиды
chart-nothing-lost = Ни один лид не потерян.
chart-leads-of-the-period = лидов за период, среднее по годам
chart-middle-year = медианный год
chart-best-year = лучший год
chart-worst-year = худший год
chart-band-nine = девяти лет из десяти
chart-band-all = всех лет
chart-good-year = лучше бывает
    раз в 20 лет
chart-bad-year = хуже бывает
    раз в 20 лет
chart-plan = план
chart-plan-met = «{ $structure }»: план выполнен в { $share } лет
chart-revenue-so-far = Выручка нарастающим итогом
chart-profit-so-far = Прибыль нарастающим итогом
chart-deals-so-far = Первые сделки нарастающим итогом
chart-cash = Деньги на конец месяца: среднее и полоса { $band }
chart-cash-paid-back = Деньги на конец месяца: среднее, полоса { $band }; точка — капитал окупился
chart-cash-axis = Деньги
chart-customers = Клиенты на конец месяца: среднее и полоса { $band }
chart-customers-axis = Клиенты
chart-a-month = в месяц
chart-won-and-lost = Клиенты: пришли (вверх) и ушли (вниз) за месяц
chart-utilisation = Загрузка (доля времени за делом): среднее и полоса { $band }
chart-utilisation-axis = Загрузка
chart-waiting = Работа, которая ждёт в конце месяца: среднее и полоса { $band }
chart-waiting-axis = Ждёт, единиц
chart-revenue = выручка
chart-profit = прибыль
chart-loss = убыток
chart-other-costs = все прочие счета
chart-mean-of-years = среднее по годам
chart-waterfall = «{ $structure }»: от выручки к прибыли
chart-all-costs = все расходы
chart-fixed-costs = постоянные расходы
chart-revenue-and-costs = выручка и расходы
chart-break-even-at = безубыточность { $revenue }
chart-break-even = { $title }: безубыточность; точка — один возможный год (всего { $years }), полоса { $band }
chart-people = человек
chart-positions = позиции
chart-employed = работают, среднее
chart-all-years = все годы
chart-share-of-years = { $share } лет
chart-ramped = на полной отдаче: 90 % опытного коллеги
chart-newcomers = пришли за месяц
chart-leavers = ушли за месяц
chart-staffing = { $title }: штат, { $years ->
    [one] { $years } возможный год
    [few] { $years } возможных года
   *[many] { $years } возможных лет
 }
chart-no-channels = Ни один покупатель не пришёл через канал.
chart-never = никогда
chart-acquisition-cost = Стоимость привлечения
chart-lifetime-value = Ценность за всю жизнь
chart-payback-months = Срок окупаемости
chart-acquisition-cost-axis = на покупателя
chart-lifetime-value-axis = на покупателя
chart-payback-months-axis = месяцев
chart-overview = Чего стоит и что приносит каждая структура: средние с интервалами
chart-weak-link = «{ $structure }»: что добавит к прибыли ещё один человек или ещё один пункт конверсии; среднее и общий интервал { $level } (пустой знак — от нуля не отличить)
chart-no-links = Нет ни роли, ни этапа, к которым можно добавить.
chart-adds-to-profit = прибавка к прибыли за период
chart-plan-funnel = { $title }, «{ $structure }»: что нужно для плана и что могут нынешние люди
chart-no-leads-planned = Для плана не нужно лидов.
chart-plan-needed = нужно для плана
chart-plan-present = нынешние люди, в лучшем случае
chart-plan-axis = количество в год (логарифмическая шкала)
chart-no-years = Ни один возможный год не досчитан.
chart-no-customers = Клиентов, которые заказывают повторно, нет.
chart-no-break-even = безубыточности нет: с продажи ничего не остаётся
chart-no-leads-came = Лидов не было.
chart-no-sales = Продаж не было.
chart-undefined = Не определено ни в одном месяце: никого не было на месте.
