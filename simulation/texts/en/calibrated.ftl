calibration-title = As the records show it
calibration-head = Made from the records { $files }, { $since } to { $until }. `python run.py compare scenario.yaml` runs it as it is.
calibration-head-judged = A figure with a range and a source that names a file was estimated, its range holds with 90 %. What is marked as judgement no record tells: put your own figure there.
calibration-source = { $files }, { NUMBER($cases, useGrouping: 1) } cases, { $since }…{ $until }, { $method }
calibration-kept = default: { $why }
calibration-method-counted = counted
calibration-method-median = median
calibration-owner = the owner's figure
calibration-judged-margin = judgement: no record of sales has it, ask your books
calibration-judged-pay = judgement: a seller costs a share of the margin that he brings; put your own figure
calibration-judged-work = judgement: about as much work on a deal as default stages have; no log of work was given
calibration-note-qualification = nobody is sorted out beforehand: shares of the stages hold everybody who is lost
calibration-note-speed = what a late answer costs is in the shares of the first stage
calibration-note-pipeline = { NUMBER($count, useGrouping: 1) } { $count ->
    [one] deal was
   *[other] deals were
 } open on the first day; each row names the stage that follows and the time in the stage before
calibration-note-customers = { NUMBER($count, useGrouping: 1) } { $count ->
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
 } ({ $weeks } weeks each): the wins were missed by { $missed } on average, and simpler rules did as well. Trust neither the level nor the direction: the past that was recorded does not tell the future here.
calibration-covered = Of { $weeks } weeks { $share } came within the interval that should hold 90 %.
calibration-baseline-last-weeks = Against 'as in the last eight weeks' it saves { $saved } of the error of a forecast,
calibration-baseline-by-age = against 'each lead converts as its age says' { $saved }.
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
caution-trust-level = { $known ->
    [yes] Held against its own past, what was estimated from these records missed the wins by { $missed } on average: trust the level.
   *[no] Held against its own past, what was estimated from these records came out right: trust the level.
 }
caution-trust-direction = { $known ->
    [yes] Held against its own past, what was estimated from these records missed the wins by { $missed } on average: trust the direction, not the level.
   *[no] Held against its own past, what was estimated from these records missed by much: trust the direction, not the level.
 }
caution-trust-neither = { $known ->
    [yes] Held against its own past, what was estimated from these records missed the wins by { $missed } on average and did no better than simple rules: trust neither the level nor the direction.
   *[no] Held against its own past, what was estimated from these records did no better than simple rules: trust neither the level nor the direction.
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
calibration-read = { NUMBER($deals, useGrouping: 1) } deals were read from { $files }, { NUMBER($open, useGrouping: 1) } of them open; { $since } to { $until }.
calibration-left-out = { NUMBER($count, useGrouping: 1) } rows were left out; the reasons stand in calibration.json.
