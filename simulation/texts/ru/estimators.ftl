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
