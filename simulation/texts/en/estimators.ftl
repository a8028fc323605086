# What the estimators of calibration say.
estimator-few-deals = Only { $count ->
    [one] one deal is
   *[other] { $count } deals are
 } closed with a date; below { $least } the default stays.
estimator-few-cases = Only { $count ->
    [one] one case
   *[other] { $count } cases
 }; below { $least } the default stays.
estimator-late-entry = Closings are recorded from { $day } on; deals from before are counted from then.
estimator-aalen-johansen = Aalen–Johansen
estimator-mixture = mixture of competing risks
