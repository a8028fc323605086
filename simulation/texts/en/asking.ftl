cluster-no-dask = Dask is not installed; pip install 'sales-department-simulator[cluster]'
cluster-lost = { $address }: the cluster was lost: { $error }
cluster-no-answer = { $address }: no cluster answers: { $reason }
cluster-stranger = { $address }: what listens there is no Dask scheduler
cluster-no-scheduler = { $address }: no Dask scheduler answers: { $error }
cluster-no-worker = { $address }: the cluster has no worker
cluster-cannot-load = { $address }: a worker cannot load this program: { $error }
study-no-scenario = there is no scenario { $scenario } beside this file
nothing-asked = nothing is asked
allowed-questions = one or more of { $questions }
heads-few = { $people } people cannot fill { $filled } roles
input-no-range = { $name } has no range; give one in the scenario ({"{"}value: …, range: [low, high]{"}"}) or { $name }=low:high
both-set = { $owners } and { $name } both set { $path }; vary one of them
one-value = { $text } has one value only; allowed: PATH=low:high
no-input = no input is named
nothing-after = { $error }; nothing was asked after it
no-replication = a comparison needs a replication, not { $years }
no-number = { $name } is not a number, so it cannot be varied
no-value = { $name } has no value in the scenario, so there is none to vary; write one there first
specialisation-below = specialisation: { $strength } is below 0; allowed: 0 (nobody learns) and more
range-points = { $text }: { $parts } is no number of points; allowed: 2 to { $most_points }
indifference-needed = { $name } is 0 in the first years, so say what difference matters: indifference
split-none-works = no split of { $name } can work: { $reason }
progress-left = { $title }: { $left } of { $kept } splits left
progress-fresh = { $title }: fresh years
progress-best = the best compared
progress-sizes = { $title }: the best of each size
heads-and-payroll = heads and payroll contradict each other
allowed-one-of-them = one of them
options-clash = the options of { $name } do not go together: { $error }
split-too-dear = no split of { $name } costs at most { $asked } a year; the cheapest one costs { $cheapest }
split-no-payroll = no split of { $name } has the budgeted payroll of { $baseline } ({ $base } a year, within 3 %); say how many people it is about (--heads) or how much they may cost (--payroll)
limit-never-sure = { $text }: the plan is met in more than 0 % and less than 100 % of the years, never surely
heads-and-payroll-both = so many people and so much payroll contradict each other; allowed: one of them
heads-none = { $heads } people cannot be split; allowed: 1 and more
payroll-nobody = a payroll of { $payroll } pays nobody; allowed: money above 0
level-none = a level of { $level } is none; allowed: above 0 and below 1
cap-none = a cap of { $replications } replications is none; allowed: 2 to { $fresh_from }
fresh-none = { $fresh } fresh years compare nothing; allowed: 2 and more
indifference-none = an indifference zone of { $zone } is none; allowed: above 0
select-nothing = there is nothing to select from
select-indifference = the indifference zone is above 0, not { $indifference }
level-between = a level is above 0 and below 1, not { $level }
select-first = at least 2 replications before the first look and 1 between two, not { $first } and { $step }
select-cap = a cap of { $most } replications is below the { $first } before the first look
select-tolerance = the tolerance of a limit is above 0, not { $tolerance }
progress-explain = { $first } against { $second }, { $players } mechanisms
explain-no-value = no year gave a value of { $name } under all settings
nothing-varied = nothing is varied
allowed-ranges = PATH=low:high:points, one or more
points-of-grid = --points is for --design lhs or sobol; a grid has the values of its ranges (PATH=a:b:n)
precision-of-share = a precision of { $plan_met } cannot be asked for; allowed: another measure
same-axes = --x and --y both vary { $name }
varied-twice = { $twice } is varied twice
no-design = there is no design { $name }
grid-points = a grid has the points of its ranges (PATH=low:high:points); a number of points is for lhs, sobol
design-few = a design has at least 2 points, not { $count }
design-many = that makes { $count } points; allowed: up to { $most_points }
precision-of-share-or = a precision of { $plan_met } cannot be asked for; allowed: another measure, or replications
top-few = { $top } inputs at the top are too few; allowed: 1 and more
top-of-morris = morris varies all inputs; top is for tornado and sobol
tornado-points = a tornado has no points: every input is taken at both ends of its range
sobol-power = { $base } points of sobol are no power of two; allowed: 16, 32, 64, …
no-method = there is no method { $name }
no-search = there is no search { $name }
no-lang = there is no language { $name }
no-chart = there is no chart { $name }
no-backend = there is no backend { $name }
point-no-value = at a point inside of the ranges no year has a value of the measure
years-no-value = fewer than two years have a value of the measure under both structures
threshold-no-range = { $text } has no range; give one here ({ $text }=low:high) or in the scenario ({"{"}value: …, range: [low, high]{"}"})
threshold-ends-equal = { $name }: a range has two different ends, such as { $name }=low:high
threshold-few = a threshold needs { $least } replications and more, not { $replications }
threshold-precision = a precision is a share of the range, above 0 and below 1, not { $share }
precision-out = { $precision } is out of bounds
roots-need = a search for roots needs low < high, at least 3 replications and 2 values
progress-way = way there
every-year-failed-today = every year failed that begins with the people of { $baseline }
begun-today = a run that begins { $begin } has the way from today's people in its figures already
allowed-mature = a scenario with `begin: mature`
samples-few = { $samples } samples are too few; allowed: { $fewest } and more
years-each = { $years_each } year at each point cannot be divided between chance and ignorance; 2 or more
points-no-value = only { $sum } of { $samples } points have a value of { $decides } in every year
progress-weak-link = weak link
every-year-failed-at = every year failed with { $path } = { $value }
needs-two = a comparison needs two structures; here is only { $names }
just-two = two structures are compared here, not { $cases }; name two of { $names }
not-compared = { $asked } is not among the structures that are compared
measure-needs-plan = { $name } needs a plan, and the scenario has none
no-scenario = there is no scenario to compare
two-structures = { $name } may be two structures; give the scenarios names without colons
history-no-year = no simulated year to hold the history against: { $first }
history-none = there is no last year to hold the simulation against
allowed-history = a `history` block, such as {"{"}revenue: 28 mln, deals: 120{"}"}; `new --numbers` writes one
replications-none = at least one replication is needed, not { $total }
replication-whole = replications are numbered from 0 on, and there is no { $replication }
seed-whole = a seed is a whole number from 0 to 2**63 - 1, not { $seed }
no-scenario-at = no scenario at { $point }: { $what }
no-variable = a scenario has no { $name }; allowed: a dotted path of a number (`show` lists them), or one of { $dials }
no-path = a scenario has no { $name }
range-no-values = { $text } names no values; allowed: PATH=low:high:points, such as hand_off.lead.loss=5%:40%:8, or PATH=a,b,c
range-parts = { $text } has { $parts } parts; allowed: PATH=low:high:points, such as hand_off.lead.loss=5%:40%:8, or PATH=a,b,c
range-ends = { $text }: the low end must lie below the high end; allowed: PATH=low:high:points, such as hand_off.lead.loss=5%:40%:8, or PATH=a,b,c
cluster-no-address = { $address } is no cluster; allowed: tcp://HOST:PORT of a Dask scheduler, or local:WORKERS
cluster-silent = no answer
cluster-other-part = { $address }: this is a { $found } of Dask; name its scheduler
other-model = a worker has another version of this program, of Python or numpy, or another kind of machine
no-limit = { $text } is no limit; allowed: MEASURE, one of >=, <=, > and <, and a limit, such as plan_met>=80% or payroll<=6mln
select-undefined = the measure is undefined, or the years fail, in too many years
allowed-range-share = a share of the range such as 5%, above 0 and below 100%
few-tornado-years = { $wanted } replications of a tornado are too few; allowed: { $least } and more
few-morris-points = { $wanted } points of morris are too few; allowed: { $least } and more
few-morris-years = { $wanted } replications of morris are too few; allowed: { $least } and more
few-sobol-points = { $wanted } points of sobol are too few; allowed: { $least } and more
few-sobol-years = { $wanted } replications of sobol are too few; allowed: { $least } and more
split-no-heads = { $name } has no split of { $heads } people; it has { $roles } { $roles ->
    [one] role
   *[other] roles
 } to fill
split-no-heads-within = { $name } has no split of { $heads } people within the ranges of `search`; it has { $roles } { $roles ->
    [one] role
   *[other] roles
 } to fill
splits-many = there are { $splits } splits and more, and at most { $most } are searched; allowed: fewer --heads, or narrower ranges of roles under `search`
splits-many-payroll = there are { $splits } splits and more, and at most { $most } are searched; allowed: a smaller --payroll, or narrower ranges of roles under `search`
question-none = a question is exactly one of { $names }; here is none
question-several = a question is exactly one of { $names }; here is { $found }
history-none-finished = none was finished
allowed-precision = a share of the mean such as 2%, or an amount such as 50k, above 0
no-measure = there is no measure { $name }
progress-compare = comparison
progress-payback = pay-back
progress-horizon = horizon
progress-pilot = pilot
precision-not-positive = { $text } is not above 0
key-StudyFile-version = version of the format of studies
key-StudyFile-scenario = the file of the scenario
key-StudyFile-questions = the questions
