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
estimator-conditional-incidence = conditional incidence given stage and time in it
estimator-few-amounts = Only { $count ->
    [one] one won deal has
   *[other] { $count } won deals have
 } an amount; below { $least } the default stays.
estimator-lognormal = lognormal law
estimator-heaped = amounts as they are, with their frequencies
estimator-no-drift = No drift beyond chance over a year or more: none is assumed.
estimator-few-weeks = { $leads } leads in { $weeks } weeks; below { $least } weeks the default stays.
estimator-no-times = Leads are recorded without the time of the day; hours are taken as even.
estimator-short-for-trend = Less than a year of records: no trend is assumed.
estimator-rhythm = factors given the counts of the weeks
estimator-drifting-level = drifting level with bursts
estimator-quasi-poisson = quasi-Poisson regression
