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
