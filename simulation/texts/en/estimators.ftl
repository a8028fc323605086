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
estimator-change = change points of weekly series
estimator-regime-stable = The records are of one regime: nothing has changed beyond chance.
estimator-regime-untold = Whether anything has changed cannot be told: the records are too few or too short.
estimator-regime-conversion = conversion
estimator-regime-arrivals = the number of leads
estimator-regime-clocks = the days to a win
estimator-regime-amounts = the size of deals
estimator-regime-all = all together
estimator-regime-drifting = The records drift: { $what } ({ $of }) changes by { $percent } % from the beginning to the end.
estimator-regime-broken = The records are broken on { $day }: { $what } ({ $of }) changes by { $percent } %.
estimator-log-of-work = log of work
estimator-no-bursts = No bursts beyond chance in two channels.
