# Help of the commands, and what is wrong with a command line.
option-structures = Only this structure (may be given several times).
option-two = One of the two structures (give it twice); the first is the baseline where the scenario's is neither.
shown-both-where-there-are-two = both, where there are two
option-baseline = The structure that the others are compared with, one of those compared.
shown-the-scenario-s-else-the-first-named = the scenario's, else the first named
option-measure = The measure that decides.
shown-the-scenario-s = the scenario's
shown-quick-where-it-is = quick, where it takes little time
option-level = How sure a winner has to be.
option-replications = Possible years to replay.
option-seed = Seed of all luck.
option-months = Months to simulate.
option-precision = Go on until intervals are so narrow: half-width as a share of the mean (2%) or an amount (50k). --replications is then the most that may be taken.
option-inputs = Only this input, with this range (may be given several times); a dotted path or a dial (specialisation, inbound, turnover, team).
shown-all-that-have-a-range = all that have a range
option-jobs = Replications at a time; results do not depend on it.
shown-all-cores = all cores
option-backend = joblib backend: loky, threading, dask, ray.
option-cluster = Play replications on a Dask cluster: tcp://HOST:PORT, or local:4 for four workers here.
option-store = Where finished replications are kept and taken from.
shown-sales-sim-store-else-the-user-s-cache = SALES_SIM_STORE, else the user's cache
option-no-store = Take nothing from a store and keep nothing.
option-out = Write the results to this folder.
option-lang = Language of all that is shown and written.
shown-the-scenario-s-locale = the scenario's locale
option-quiet = No progress, no tables; warnings and mistakes only.
option-precision-of = A measure whose intervals have to be narrow (may be given several times).
shown-the-measure-that-decides = the measure that decides
option-events = Keep every piece of work too: events.csv in the folder.
option-weak-link = Simulate again with one more person in each role and one more point of conversion at each stage, and say what adds most profit.
option-charts = Write each chart as PNG and SVG too, into the folder.
option-details = Print all tables, not only the screen with the answer.
option-search = Look for each structure's best (split and rules of work) and compare the best: none, quick or full.
option-replay = Replay the possible year of this number alone, such as one that failed.
option-uncertain = Sample the ranges of the inputs too: how sure the choice is with chance and ignorance together, how much of the doubt each is, and what to measure first.
option-samples = Points at which --uncertain samples the inputs, two years at each.
shown-200-or-eight-an-input-where-that-is-more = 200, or eight an input where that is more
option-prune = Throw away what older versions of the program made, which is never used again.
option-older-than = With --prune: what is older than this too, such as 90days.
option-everything = With --prune: all of it.
command-optimise = Find the best split of each structure and compare the best with the best.

    Searches all headcounts of those who sell and serve, and the alternatives that the scenario lists under `search`.
option-optimise-payroll = Any number of people whose budgeted payroll is at most so much a year, such as 5.5mln.
shown-that-of-the-baseline-within-3 = that of the baseline, within 3 %
option-optimise-heads = Exactly so many people who sell and serve.
shown-those-of-the-same-payroll = those of the same payroll
option-optimise-constraints = What the mean of a measure must keep, such as 'plan_met>=80%' (may be given several times).
option-optimise-level = Probability that all searches choose right.
option-optimise-indifference = The smallest difference that matters, in the unit of the measure.
shown-2-of-the-baseline-s-payroll-or-of-the-me = 2 % of the baseline's payroll, or of the measure
option-optimise-baseline = The structure whose payroll is kept.
option-optimise-replications = Most replications of a split in the search.
shown-no-cap = no cap
option-optimise-fresh = Fresh years in which the best are compared with the best.
command-compare = Compare the structures of a scenario, or of several.

    Replays the same possible years under each structure and says which one is better, how sure that is, and
    what to doubt.
command-explain = Say why one structure earns more than another.

    Divides the difference among the mechanisms of the model (pooling, specialisation, hand-offs, …): each part with
    its interval, all of them together exactly the difference.
option-explain-replications = Possible years to replay; at the most so many with --precision.
shown-until-the-intervals-are-a-quarter-of-the = until the intervals are a quarter of the largest bar, at most 64
option-explain-precision = Go on until the intervals of the bars are so narrow: half-width as a share of the largest bar (20%) or an amount (200k). --replications is then the most that may be taken.
option-explain-measurements = Say which inputs to measure first; that samples their ranges, which takes as long again.
command-sweep = See how the answer moves with values of the scenario.

    Compares the structures at each point in the same possible years, and says who wins where and how sure that is.
command-map = Map which structure wins over two values of the scenario.

    Replays the same possible years in each cell, more of them where the winner is open, and says where the border runs.
option-sweep-vary = What to vary, from a to b in n values, or PATH=a,b,c; a dotted path of the scenario or a dial (specialisation, inbound, turnover, team). Several make a design of all.
option-sweep-design = Every combination of the values, or --points spread over the ranges: Latin hypercube, Sobol' sequence.
option-sweep-points = Points of lhs or sobol (of sobol rounded up to a power of two).
shown-ten-a-variable = ten a variable
option-map-x = What varies along the map, and its values.
option-map-y = What varies upwards, and its values.
option-map-resplit = In each cell give every structure its best split of the same people first.
option-map-replications = Possible years of a cell at most; cells whose winner is clear earlier get fewer.
command-check = Hold simulated years against your own last year.

    Says which numbers of `history` the scenario reproduces and, for the others, which inputs to look at first.
option-check-structure = The structure that you had last year.
shown-experiment-today-else-the-first = experiment.today, else the first
command-horizon = Say whether a longer or shorter run would change the winner.

    Adds up what each structure brings month by month, and says where the first year, the last months or what is there
    at the end name another winner than the whole run.
command-payback = Say when one structure has earned what it cost more than another.

    A CRM, an administrator, a reorganisation: adds up the difference of two structures month by month, in the same
    years, and says from which month on it stays above zero.
option-payback-baseline = The structure without what is to pay back.
option-payback-measure = What is added up, month by month.
option-payback-level = Level of the intervals.
command-sensitivity = Say which uncertain inputs the answer hangs on.

    Moves the inputs inside of their ranges and says how far the difference between two structures follows, and whether
    the winner changes.
option-sensitivity-method = tornado: each input alone at both ends of its range; morris: effects all over the ranges; sobol: shares of the variance.
option-sensitivity-top = Inputs that a tornado measures with all replications, or that sobol varies; chosen by a first look.
shown-12-tornado-8-sobol = 12 tornado, 8 sobol
option-sensitivity-points = Ways through the ranges (morris), base points (sobol, a power of two).
shown-10-morris-64-sobol = 10 morris, 64 sobol
option-sensitivity-replications = Possible years of each point; of a tornado, of the inputs that move most (others have ten at most).
shown-40-tornado-4-morris-2-sobol = 40 tornado, 4 morris, 2 sobol
command-threshold = Find the value at which the better of two structures changes.

    Replays the same possible years at several values and says from where on the other structure is better, with an
    interval, or that the answer does not change inside the range.
option-threshold-of = What is varied: a dotted path of the scenario or a dial (specialisation, inbound, turnover, team); the range is that of the scenario or the facts unless given. May be given several times.
option-threshold-level = Level of the interval.
option-threshold-precision = Go on until the interval reaches so far on either side of the threshold, as a share of the range.
option-threshold-replications = Possible years to replay at each value, at the most.
command-transition = Say what it costs to get to each structure from today's people.

    Simulates the same years begun with today's people in their new roles and begun in place; the page of a comparison
    has it too.
option-transition-baseline = The structure of today, one of those compared.
shown-20-or-the-scenario-s-where-those-are-few = 20, or the scenario's where those are fewer
command-uncertainty = Say how sure a choice is when the inputs are uncertain too.

    Samples the ranges of the inputs together with chance, says how much of the doubt each is, and what to measure
    first; `compare --uncertain` says it beside the comparison.
option-uncertainty-samples = Points at which the inputs are sampled, two years at each.
command-weak-link = Say where one more person, or one more point of conversion, adds most profit.

    Simulates each structure again with one more person in each role and one more point at each stage, in the same
    years; `compare --weak-link` says it beside the comparison.
option-check-quiet = No progress and no tables: the verdict only.
command-run = Simulate the structures of a scenario.

    Prints what happened under each structure, mean and interval.
command-study = Answer the questions of a study file.

    The file says which scenario, what to vary and what to report, so that the same study can be done again later; what was simulated before is taken from the store.
command-plan = What the plan takes, step by step, without simulating.

    The year's target by quarter, month and week, and from it deals, leads, calls, hours, people and payroll; what is short.
command-store = Show what the store of finished replications holds, and prune it.

    Whatever is thrown away is simulated again when it is asked for.
command-validate = Check scenario files: schema and sense.

    Spelling, units, ranges; a stage that no role works, demand far above capacity.
command-show = Print a scenario with nothing left to resolve.

    Every value with its unit and where it comes from: file and line, preset, or default.
command-diff = Print what differs between two scenarios.
command-new = Write a commented starter scenario, or one made from your own numbers.

    A file that exists is never overwritten.
command-convert =
    Write a scenario in another form: YAML, or a workbook to fill in.

    Nothing that was written is lost; what a file extends stands in it. A file that exists is never
    overwritten.
command-schema = Print the JSON Schema of scenario files, for editors.
command-reference = Print the reference page of scenario files.

    Each key with its unit, its default and where the default comes from.
command-measures = Print the reference page of measures.

    Each name with its unit and what exactly is counted.
program = Simulates a sales department under different structures and says which one earns more, and how sure that is.
program-epilog = Start with one of these: app (the page in the browser) or compare scenarios/department_of_ten.yaml (an answer here)
option-version = Print the version.
option-help = Show this message and exit.
option-lang-here = Language of messages and help; of results too where the command shows any.
shown-locale = the locale of the terminal
argument-scenario = A scenario file (YAML).
argument-scenario-history = A scenario file (YAML) with `history`.
argument-more = More scenarios, whose structures join.
argument-study = A study file (YAML), such as scenarios/studies/*.yaml.
argument-files = Scenario files (YAML).
argument-first = A scenario file.
argument-target = The file to write: .xlsx or .yaml.
argument-second = Another one.
argument-file = The file to write.
argument-answers = With --numbers: a YAML file with the answers, instead of questions.
option-to-file = Write to this file instead of printing.
option-under = Only what stands under this path, such as market.channels.
option-yaml = Print the resolved scenario as YAML.
option-numbers = Ask for twelve numbers of last year and make the scenario from them.
option-xlsx = Write a workbook to fill in, in the language of --lang.
option-closed-form = With --numbers: do not simulate; the formulas give your numbers, in which nobody waits.
option-numbers-jobs = With --numbers: replications at a time.
option-plan-structure = Only this structure; repeat for more.
option-plan-target = Another target of the year, such as 50mln, or the name of a further target.
option-plan-out = Write plan-STRUCTURE.png into this folder.
shown-the-study-s-own = the study's own
help-usage = Usage:
help-options = {"["}OPTIONS]
help-Arguments = Arguments
help-Options = Options
help-Commands = Commands
help-default = default: { $default }
help-required = required
help-env-var = env var: { $var }
help-dynamic = (dynamic)
help-Aborted = Aborted!
help-Missing-command = Missing command.
help-No-such-command = No such command { $name }.
wrong-try = Try '{ $command } { $option }' for help.
wrong-error = Error: { $what }
wrong-near = { $what }. Did you mean { $why }?
wrong-value = Invalid value for { $what }: { $why }
wrong-missing-argument = Missing argument { $what }.
wrong-missing-option = Missing option { $what }.
wrong-no-option = No such option: { $what }
wrong-possible = (Possible options: { $what })
wrong-needs-value = Option { $what } requires an argument.
wrong-no-value = Option { $what } does not take a value.
wrong-extra = Got unexpected extra argument ({ $what })
wrong-extras = Got unexpected extra arguments ({ $what })
wrong-integer = { $what } is not a valid integer.
wrong-number = { $what } is not a valid float.
wrong-range = { $what } is not in the range { $why }.
wrong-valid-number = Input should be a valid number, unable to parse string as a number
wrong-valid-integer = Input should be a valid integer, unable to parse string as an integer
wrong-at-least = Input should be greater than or equal to { $what }
wrong-at-most = Input should be less than or equal to { $what }
