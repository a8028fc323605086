calibration-title = As the records show it
calibration-head = Made from the records { $files }, { $since } to { $until }. `python run.py compare scenario.yaml` runs it as it is.
calibration-head-judged = A figure with a range and a source that names a file was estimated, its range holds with 90 %. What is marked as judgement no record tells: put your own figure there.
calibration-source = { $files }, { $cases } cases, { $since }…{ $until }, { $method }
calibration-kept = default: { $why }
calibration-method-counted = counted
calibration-method-median = median
calibration-owner = the owner's figure
calibration-judged-margin = judgement: no record of sales has it, ask your books
calibration-judged-pay = judgement: a seller costs a share of the margin that he brings; put your own figure
calibration-judged-work = judgement: about as much work on a deal as default stages have; no log of work was given
calibration-note-qualification = nobody is sorted out beforehand: shares of the stages hold everybody who is lost
calibration-note-speed = what a late answer costs is in the shares of the first stage
calibration-note-pipeline = { $count } { $count ->
    [one] deal was
   *[other] deals were
 } open on the first day; each row names the stage that follows and the time in the stage before
calibration-note-customers = { $count } { $count ->
    [one] customer has
   *[other] customers have
 } bought before the first day
calibration-note-draws = { $rows } joint draws of all estimated figures: replication r takes row r
calibration-note-now = as they work now: whoever takes a lead keeps it
calibration-note-other = the same people divided by stages
calibration-trust-level = Held against its own past at { $dates ->
    [one] one earlier date
   *[other] { $dates } earlier dates
 } ({ $weeks } weeks each): the wins were missed by { $missed } on average, the weeks fell where they were expected. Trust the level.
calibration-trust-direction = Held against its own past at { $dates ->
    [one] one earlier date
   *[other] { $dates } earlier dates
 } ({ $weeks } weeks each): the wins were missed by { $missed } on average. Trust the direction, not the level.
calibration-trust-neither = Held against its own past at { $dates ->
    [one] one earlier date
   *[other] { $dates } earlier dates
 } ({ $weeks } weeks each): the wins were missed by { $missed } on average{ $rules ->
    [yes] , and simpler rules did as well. Trust neither the level nor the direction: the past that was recorded does not tell the future here.
   *[no] . Trust neither the level nor the direction.
 }
calibration-few-wins = So few deals are won in these weeks that even a true forecast would miss them by { $chance } on average; { $near } are asked for. A longer --horizon tells more.
calibration-covered = Of { $weeks } weeks { $share } came within the interval that should hold 90 %.
calibration-baseline-last-weeks = The error of a forecast is { $saved } { $worse ->
    [yes] larger
   *[no] smaller
 } than that of 'as in the last eight weeks',
calibration-baseline-by-age = and { $saved } { $worse ->
    [yes] larger
   *[no] smaller
 } than that of 'each lead converts as its age says'.
calibration-progress-split = back-test, { $day }
calibration-progress-read = reading
calibration-progress-fit = estimating
calibration-progress-pilot = simulating years against the records
calibration-progress-worth = asking what knowing more is worth
calibration-horizon = --horizon: { $horizon } is no number of weeks; allowed: 1w to 52w, such as 8w
calibration-splits = --splits: { $splits } is less than one
calibration-short = the records are too short for a back-test: from { $since } to { $until }; { $weeks } weeks after a date and { $least } before it are needed
calibration-split-left-out = { $day } was left out: { $why }
caution-trust-untested = The inputs were estimated from records, and no forecast from them was held against what came (`python run.py backtest` does): nobody knows yet how far the level may be trusted.
caution-undivided = The records know no stages, so nothing is known of how the work could be divided: whoever comes second below has next to nothing to do. Take no verdict about a division from them; add the history of stages.
caution-trust-level = { $known ->
    [yes] Held against its own past, what was estimated from these records missed the wins by { $missed } on average: trust the level.
   *[no] Held against its own past, what was estimated from these records came out right: trust the level.
 }
caution-trust-direction = { $known ->
    [yes] Held against its own past, what was estimated from these records missed the wins by { $missed } on average: trust the direction, not the level.
   *[no] Held against its own past, what was estimated from these records missed by much: trust the direction, not the level.
 }
caution-trust-neither = { $known ->
    [yes] Held against its own past, what was estimated from these records missed the wins by { $missed } on average: trust neither the level nor the direction.
   *[no] Held against its own past, what was estimated from these records did not come out: trust neither the level nor the direction.
 }
doubt-more-records = Twice as many records would take away about { $share } of this doubt, all the records in the world { $most }.
unknown-hand-off-loss = how many leads are lost when one person hands them to another
unknown-hand-off-loss-how = For two weeks hand every second new lead to a colleague after the first talk, by the toss of a coin, and count how many of each kind are still talked to after a week.
unknown-hand-off-delay = how long a lead waits when it is handed over
unknown-hand-off-delay-how = For two weeks write down two times for each lead that is handed over: when it was given away and when the other one began.
unknown-learning = how much faster and better people become who do one thing only
unknown-learning-how = Let two people do nothing but first talks for two weeks, two others everything, and compare minutes a talk and leads that go on; the first week is practice.
unknown-switching = how much time a change from one kind of work to another costs
unknown-switching-how = For two weeks two people do one kind of work in the morning and another in the afternoon, two others mix them; compare pieces of work a day.
unknown-leaver = how many open leads go with somebody who leaves
unknown-leaver-how = Ring up the open leads of the last three leavers, thirty of them, and count how many still talk to you.
unknown-cover = how well colleagues look after the leads of somebody who is away
unknown-cover-how = Take the leads of everybody's next holiday, and compare how many go on with those of the weeks before and after.
unknown-answer = what a late first answer costs
unknown-answer-how = For two weeks answer half of the new leads within ten minutes, chosen by the toss of a coin, and compare how many go on.
calibration-extra = calibration needs packages that are not installed: { $missing }. Install them with: pip install 'sales-department-simulator[calibrate]'
calibration-broken = The department changed on { $day }: only what came after was fitted, and all ranges were widened. Whatever happened then may happen again.
calibration-read = { $deals } deals were read from { $files }, { $open } of them open; { $since } to { $until }.
calibration-left-out = { $count } rows were left out; the reasons stand in calibration.json.
calibration-column-figure = figure
calibration-column-value = value
calibration-column-range = nine of ten
calibration-column-cases = cases
calibration-column-method = way
calibration-figures = What the records tell
calibration-figures-words = Each figure has an interval that holds the truth nine times out of ten, from resampled leads, people and customers. A dash: the default stays, with the reason.
calibration-figures-note = The first of { $count } figures; calibration.json has all.
calibration-at-most = at most { $amount }
calibration-unknown = What no record tells
calibration-unknown-note = What knowing it is worth: the money by which the choice between the structures would be better over the horizon, if it were known, from simulated years over the judged ranges, the same years under each structure. Nothing: the same structure stays ahead wherever in its range it lies. Not asked: no number says it, or no years were simulated for it.
calibration-worth-unasked = not asked
calibration-worth-nothing = nothing: it does not turn the choice
calibration-column-judged = judged range
calibration-column-worth = worth of knowing
calibration-column-measure = how to measure it in two weeks
calibration-column-came = came
calibration-column-forecast = forecast
calibration-column-nine-of-ten = nine of ten
calibration-column-fits = fits
calibration-inside = inside
calibration-outside = outside
calibration-splits-table = Forecast and what came, date by date
calibration-figure-wins = won deals
calibration-figure-open-wins = of them open at the date
calibration-figure-new-wins = of them new since
calibration-figure-value = value of the won deals
calibration-figure-open-end = open at the end
calibration-figure-cycle-p50 = days to a deal, half within
calibration-figure-cycle-p90 = days to a deal, nine of ten within
calibration-figure-busy = busy hours
calibration-figure-weekly-wins = won deals of each week
calibration-figure-channel = won deals from { $channel }
calibration-rule-last-weeks = rule: as in the last eight weeks
calibration-rule-by-age = rule: each lead converts as its age says
calibration-saved = the forecast's error is { $saved } { $worse ->
    [yes] larger
   *[no] smaller
 }
calibration-scores = How good the forecasts were
calibration-scores-note = Error: continuous ranked probability score, in the unit of the figure, smaller is better. Off: mean forecast against the sum of what came. Then the share of cases inside of the intervals of 50, 80 and 90 %.
calibration-column-crps = error
calibration-column-bias = off
calibration-column-covered = inside of { $level }
calibration-left-out-table = Rows that were left out
calibration-column-reason = reason
calibration-column-rows = rows
calibration-column-lines = lines
calibration-chart-forecast = forecast, with 50 and 90 %
calibration-chart-came = came
calibration-chart-last-weeks = as in the last eight weeks
calibration-chart-week = week
calibration-chart-wins = won deals a week
calibration-chart-place = place of what came among the forecast years
calibration-chart-weeks = weeks
calibration-chart-places = Even where the forecast is right; high at both ends where it is too sure
calibration-alt-weeks = Won deals by week after each date: bands of 50 and 90 % of the forecast years, their mean, and dots for what came.
calibration-alt-places = Histogram of the places of what came among the forecast years, beside the even line that a right forecast has.
calibration-page-title = From records to a scenario
calibration-page-said = In short
calibration-backtest-title = Held against its own past
command-calibrate = Make a scenario from the records of a CRM, the books and a list of staff.
command-backtest = Hold forecasts from records against what came after earlier dates.
argument-records = Files of records: CSV, XLSX, XLS, ODS, XES, HTML tables.
option-as-of = Day on whose morning the records end (2026-03-31); the day after the last row when it is not given.
option-mapping = What columns mean: a mapping.yaml that an earlier calibration wrote, changed by hand.
option-margin = Gross margin as a share of the revenue (25 %), which no record of sales has.
option-pay = Base pay of a seller a month (60 k).
option-country = Country whose public holidays are days off: RU, US, DE.
option-no-worth = Do not simulate what knowing more is worth.
option-splits = Earlier dates at which everything is fitted again.
option-horizon = Weeks after each date, such as 8w.
option-years = Possible years at each date.
option-out-records = Write the results to this folder.
calibration-not-a-day = --as-of: { $given } is no date; allowed: a date such as 2026-03-31
calibration-load-judged = No log of work was given, so how busy people are is judged, within what the time in stages allows. A log of who did what from when to when would tell.
calibration-method-waiting = share of leads answered within a day, in simulated years
calibration-load-untold = how soon leads were answered hardly tells it
calibration-today = As they work now
calibration-note-today = as they work now, by who had the deals at each stage and the roles of the list of staff
calibration-note-universal = the same people at the same pay, each of whom does everything
calibration-too-few = default, too few records ({ $count })
calibration-alone = There are too few people to divide the work: the scenario has one structure, and `compare` wants a second one. Write the one you think of into it.
calibration-few = Caution: only { $count ->
    [one] one deal is
   *[other] { $count } deals are
 } closed with a date, and { $least } are needed to tell a share or a time. What becomes of a lead in each stage is therefore the program's default and not your department: how leads come, who is there and what is open is yours. Do not decide by the level of this scenario, and come back with more records.
calibration-remarks = Notes on the records
calibration-backtest-details = Date by date, and scores
calibration-topic-leads = Leads
calibration-topic-stages = Stages and open deals
calibration-topic-money = Amounts and customers
calibration-topic-people = People
calibration-topic-regime = Whether anything changed
calibration-column-stage = stage
calibration-column-goes-on = go on
calibration-column-yes = time until they do
calibration-way = { $way }, { $cases } cases
calibration-main-won = leads that become deals
calibration-main-cycle = from a lead to a deal, on average
calibration-main-size = size of a deal, on average
calibration-main-open = deals open now
calibration-main-ahead = of them won in 13 weeks
calibration-main-people = people at work, in full seats
calibration-main-load = how busy they are
calibration-main-orders = orders of a customer
calibration-method-stage-time = time in stages against simulated waits
calibration-load-bounded = judgement, as far as the time in stages allows it; no log of work was given
calibration-load-found = In { $stage } deals stay hardly longer than they wait and are worked on, so simulated years tell how busy people are: { $value } of their time ({ $least } to { $most }). If the customer thinks there too, it is less.
calibration-load-at-most = In { $stage } deals would wait longer than they stay if people were busy for more than { $most } of their time, so that is what they are at most; how much less, no time in a stage tells: { $least } to { $most } stand in the draws.
calibration-note-patience = next to nobody was lost because no one came, however long it took
