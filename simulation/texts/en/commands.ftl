error = error: { $what }
warning = warning: { $what }
interrupted = interrupted
interrupted-nothing = interrupted: nothing was written
interrupted-years = interrupted: { $years } of { $wanted } simulated years are reported
interrupted-replications = interrupted: { $done } of { $wanted } replications are reported
interrupted-none = interrupted: none of { $wanted } replications are reported
file-output = output
years-failed = { $failed } of { $wanted } simulated years failed; `run --structure` says why
too-many-runs = that is { $runs } runs ({ $points } points, { $structures } structures, { $years } replications); allowed: up to { $most }; { $fewer } make it smaller
too-many-runs-at-most = that is up to { $runs } runs ({ $points } points, { $structures } structures, up to { $years } replications); allowed: up to { $most }; { $fewer } make it smaller
long-study = up to { $runs } runs are to be simulated, about { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
 } here where the store has none of them; { $fewer } make it shorter
fewer-points = fewer points or fewer --replications
fewer-cells = fewer cells or fewer --replications
fewer-inputs = fewer --input, --points or fewer --replications
fewer-samples = fewer --samples or structures
every-failed = every replication failed, there is no result
every-failed-first = every replication failed; number { $number }, { $structure }: { $error }
runs-done = { $runs } runs in { $seconds } s, { $reused } more from the store
runs-simulated = { $runs } runs simulated, { $reused } taken from the store
runs-over-inputs = { $runs } runs over the inputs' ranges in { $seconds } s, { $reused } more from the store
runs-failed = { $failed } runs failed; the years that they belong to are left out
replications-done = { $years } { $years ->
    [one] replication
   *[other] replications
 } of { $structures } { $structures ->
    [one] structure
   *[other] structures
 } in { $seconds } s
replications-done-store = { $years } { $years ->
    [one] replication
   *[other] replications
 } of { $structures } { $structures ->
    [one] structure
   *[other] structures
 } in { $seconds } s, { $found } of { $runs } runs from the store
replication-failed = replication { $number } failed under { $structure }: { $error }
replication-error = replication { $number }, { $structure }: { $error }
replay-it = {"  "}replay it: { $command }
more-failed = { $more } more replications failed
out-no-folder = --out: { $folder } is not a folder
backend-all-at-once = it gives results only when all are there; loky and threading give them one by one
backend-alone = nothing has connected it; --cluster ADDRESS plays on a Dask cluster
backend-missing = a package that it needs is not installed
backend-unusable = { $given }: { $backend } cannot be used: { $why }
floor-unknown = { $variable }: there is no floor { $name }
floor-not-here = { $variable }: { $name } cannot be had: { $why }
floor-never-built = the compiled floor is not built here; `pip install -e .` in the program's folder builds it
floor-build-failed = the compiled floor could not be built when the program was installed ({ $why })
floor-outdated = the compiled floor was built from other sources than these; `pip install -e .` in the program's folder builds it anew
floor-objects-only = { $why }; years take many times as long without it, with the same results
wrote = wrote { $files }
wrote-to = wrote { $files } to { $folder }
wrote-starter = wrote { $file }; next: validate { $file }, then compare { $file }
wrote-yaml = wrote { $file }; next: validate { $file }, then compare { $file }
wrote-form-filled = wrote { $file }; change what you like in it, then compare { $file }
wrote-form = wrote { $file }; next: fill it in, then compare { $file }
xlsx-alone = a workbook is written with nothing of one's own in it: --xlsx goes without --numbers, answers and --closed-form
convert-ending = a scenario cannot be written as { $ending }
wrote-numbers = wrote { $file }; next: check { $file }, then compare { $file }
no-plan = the scenario has no plan; allowed: a `plan` block with a target, or --target AMOUNT
precision-of-alone = --precision-of needs --precision, such as --precision 2%
store-contradiction = --store and --no-store contradict each other
store-none = { $why }; finished replications are not kept
store-or-none = { $why } (or run with --no-store)
cluster-contradiction = --cluster and --backend contradict each other
cluster-lost-rest = --cluster: { $why }; what was finished is in the store, if there is one
events-no-folder = --events needs a folder to write them to: --out DIR
charts-no-folder = --charts needs a folder to write them to: --out DIR
prune-missing = { $option } says what to throw away; add --prune
store-pruned = threw away { $number } { $runs ->
    [one] run
   *[other] runs
 }
store-freed = , { $size } freed
store-off = { $variable } is { $off }: finished replications are not kept; --store FILE names a store
store-not-yet = there is no store yet; the first simulation makes { $path }
store-holds = { $path }: { $size }, { $number } { $runs ->
    [one] run
   *[other] runs
 }
store-what-a-run-is = A run is one possible year under one structure; variants differ in at least one value of the scenario.
store-old = { $number } of them were made by another version of the program; --prune throws them away.
store-older = older ({ $versions })
store-more = { $more } more
store-scenario = scenario
store-structure = structure
store-runs = runs
store-variants = variants
store-size = size
store-newest = newest
store-floor = floor
older-than-dates = --older-than: { $time } is longer than there are dates
question = question { $number } of { $all }: { $kind }
samples-alone = --samples is for --uncertain
uncertain-one-file = --uncertain samples the inputs of one scenario; give one file
progress-replications = replications
progress-ahead = { $what } (ahead: { $leader })
valid = { $file }: valid
valid-but = { $file }: valid, { $warnings } { $warnings ->
    [one] warning
   *[other] warnings
 }
nothing-under = { $file }: nothing stands under the path { $path }
nothing-differs = nothing differs
show-path = path
show-value = value
show-unit = unit
show-from = from
numbers-alone = answers and --closed-form belong to --numbers: new FILE --numbers [ANSWERS]
file-exists = { $file }: the file exists already and is left as it is
no-folder = { $file }: there is no folder { $folder }
matching = matching simulated years to your numbers, which takes about half a minute
matching-round = {"  "}round { $done } of { $total }
ask-begin = Your last year, of the whole department. Enter takes what stands in brackets.
ask-contradiction = That does not go together: { $what }.
ask-no-currency = { $typed } is not a currency; three letters such as RUB, EUR, USD
ask-amounts = { $amounts } amounts are neither one total nor twelve months; separate by ;
ask-no-channel = { $typed } is not a channel and its leads, such as site = 120
ask-channel-twice = the channel { $name } is there twice
show-elapsed-time = elapsed time
show-working-time = working time
show-share = share
show-per-month = per month
show-per-year = per year
show-share-a-year = share a year
show-log-odds = log-odds
show-as-by-default = as by default
show-none = none
show-longer = { $listed }, … ({ $count } values)
show-empirical = empirical, { $count } values, mean { $mean }
show-default = default
show-override = override
store-floor-compiled = compiled
store-floor-objects = Python
size-giga = { $size } GB
size-mega = { $size } MB
size-kilo = { $size } kB
size-bytes = { $size } bytes
