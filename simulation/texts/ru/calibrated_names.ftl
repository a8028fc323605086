calibration-name-within = { $stage }, { $channel }
calibration-name-whole = весь путь
calibration-name-all = все
calibration-name-regime = самая сильная перемена { $what ->
    [conversion] конверсии
    [arrivals] числа лидов
    [clocks] времени на этапах
    [amounts] размеров сделок
   *[other] { $what }
 }, раз
calibration-name-clock = { $of }: { $what ->
    [yes] время до перехода дальше
   *[no] время до отказа
 }{ $kind ->
    [cv] , разброс
    [at-once] , доля сразу
   *[mean] , среднее
 }
calibration-name-stage = { $of }: { $what ->
    [share] доля идущих дальше
    [silent] доля потерянных, которые об этом молчат
    [expires] возраст, в котором на сделку машут рукой
   *[unanswered] доля потерянных без ответа
 }
calibration-name-waiting = { $of }: ожидание продавца, среднее
calibration-name-common = доля всплесков, общая для всех каналов
calibration-name-bursts = лиды, { $of }: { $what ->
    [memory] сколько от удачной недели остаётся на следующую
   *[cv] разброс недель
 }
calibration-name-weekday = лиды, { $of }: { $number ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
 } к среднему дню
calibration-name-hour = лиды, { $of }: с { $number }:00 к среднему часу
calibration-name-month = лиды, { $of }: { $number }-й месяц к среднему
calibration-name-arrivals = лиды, { $of }: { $what ->
    [leads-per-month] в месяц
    [holidays] в праздники к другим дням
   *[trend-per-year] рост за год
 }
calibration-name-open = открытые сделки
calibration-name-ahead = открытые сделки: { $what ->
    [wins] выиграно за недель: { $number }
   *[left] ещё открыто через недель: { $number }
 }
calibration-name-amount = сделка: { $what ->
    [mean] средний размер
    [cv] разброс размеров
    [heaped] доля круглых размеров
    [drift] рост размеров за год
   *[lost-to-won] размер проигранных к выигранным
 }
calibration-name-amount-channel = сделка, { $of }: размер к среднему
calibration-name-presence = { $what ->
    [names] сколько людей встречается
    [heads] людей на работе, полных ставок
   *[days-per-week] рабочих дней в неделе
 }
calibration-name-office = { $what ->
    [begin] рабочий день начинается в
   *[end] рабочий день кончается в
 }
calibration-name-heads = { $of }: людей на работе, полных ставок
calibration-name-sellers = продавцы: { $what ->
    [log-odds-sd] разброс логарифма шансов сделки
    [talent-sd] разброс таланта
   *[ramp] как растут новички
 }
calibration-name-ramp = продавцы: логарифм шансов на шаге { $number } первого года
calibration-name-orders-month = заказы: { $number }-й месяц к среднему
calibration-name-stay = доля тех, кто остаётся { $number } мес.
calibration-name-leaving = уходит людей за год
calibration-name-leaving-role = { $of }: уходит людей за год
calibration-name-load = насколько люди заняты
calibration-name-load-role = { $of }: насколько заняты
calibration-name-week-of = часов в неделю: { $role }, { $of }
calibration-name-week = часов в неделю: { $of }
calibration-name-pieces = время одной работы
calibration-name-work = { $of }: { $what ->
    [hours] время одной работы
    [cv] его разброс
   *[people-sd] насколько в нём различаются люди
 }
calibration-name-attempts = звонки: { $what ->
    [probability] доля дозвонов
    [most] попыток, пока не бросят
    [calls-per-month] в месяц, всех вместе
    [calls-per-day] на человека в день
   *[find-probability] доля, которая находит лида
 }
calibration-name-reached = звонки: доля дозвонов на попытке { $number }
calibration-name-customers-orders-per-year = заказов клиента за год
calibration-name-customers-order-every-cv = разброс времени между заказами
calibration-name-customers-order-rate-cv = насколько клиенты различаются частотой заказов
calibration-name-customers-churn-per-year = уходит клиентов за год
calibration-name-customers-churn-cv = насколько клиенты различаются тем, как уходят
calibration-name-customers-drop-out-probability = доля клиентов, уходящих после заказа
calibration-name-customers-drop-out-cv = насколько клиенты различаются уходом после заказа
calibration-name-customers-order-cv = разброс размеров заказов
calibration-name-customers-order-mean = средний размер заказа
calibration-name-customers-order-size = размер следующих заказов к первому
calibration-name-customers-size-rate-correlation = связь частоты и размера заказов
calibration-unit-hours = ч
calibration-unit-share = доля
calibration-unit-a-year = в год
calibration-unit-hours-a-week = ч в неделю
calibration-quantity-h = { $number } ч
calibration-quantity-min = { $number } мин
calibration-quantity-days = { $number } дн.
calibration-name-division = { $of }: доля роли { $role }
calibration-name-attempts-channel = звонки: доля приносящих лида своего канала
calibration-unit-days = дн.
calibration-name-worked = { $stage } (только клиент)
