# Что говорят оценки при калибровке.
estimator-few-deals = { $count ->
    [one] Закрыта с датой только { $count } сделка
    [few] Закрыты с датой только { $count } сделки
   *[other] Закрыто с датой только { $count } сделок
 }; пока их меньше { $least }, остаётся значение по умолчанию.
estimator-few-cases = { $count ->
    [one] Всего { $count } случай
    [few] Всего { $count } случая
   *[other] Всего { $count } случаев
 }; пока их меньше { $least }, остаётся значение по умолчанию.
estimator-late-entry = Закрытия записаны с { $day }; более ранние сделки считаются с этого дня.
estimator-aalen-johansen = Аален – Йохансен
estimator-mixture = смесь конкурирующих рисков
estimator-conditional-incidence = условная доля исходов по этапу и времени на нём
estimator-few-amounts = { $count ->
    [one] Сумма есть только у { $count } выигранной сделки
   *[other] Сумма есть только у { $count } выигранных сделок
 }; пока их меньше { $least }, остаётся значение по умолчанию.
estimator-lognormal = логнормальный закон
estimator-heaped = суммы как есть, с их частотами
estimator-no-drift = За год и более не видно изменения сверх случайного: его нет.
estimator-few-weeks = Заявок: { $leads }, недель: { $weeks }; пока недель меньше { $least }, остаётся значение по умолчанию.
estimator-no-times = Заявки записаны без времени суток; часы считаются равными.
estimator-short-for-trend = Записей меньше чем за год: изменение со временем не предполагается.
estimator-rhythm = множители при известном числе заявок за неделю
estimator-drifting-level = меняющийся уровень со всплесками
estimator-quasi-poisson = квазипуассоновская регрессия
estimator-change = точки перелома недельных рядов
estimator-regime-stable = Записи одного режима: ничто не изменилось сверх случайного.
estimator-regime-untold = Изменилось ли что-нибудь, сказать нельзя: записей мало или они коротки.
estimator-regime-conversion = конверсия
estimator-regime-arrivals = число заявок
estimator-regime-clocks = время до выигрыша сделки
estimator-regime-amounts = размер сделок
estimator-regime-all = всего
estimator-regime-drifting = Записи меняются постепенно: { $what } ({ $of }), от начала до конца на { $percent } %.
estimator-regime-broken = В записях перелом, { $day }: { $what } ({ $of }), изменение на { $percent } %.
estimator-log-of-work = журнал работ
estimator-no-bursts = Ни у каких двух каналов нет всплесков сверх случайных.
