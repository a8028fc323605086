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
