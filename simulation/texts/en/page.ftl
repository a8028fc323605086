# The page for an owner.
page-name = Sales department: which structure earns more
page-contents = Contents
page-caution = Caution:
page-table = Table
page-mean = mean
page-interval = { $level } interval
page-years = years better
page-years-equal = years equal
page-mean-better = mean better: how sure
page-interval-note = Under each mean stands its interval: where the mean would lie if all possible years were played, not how far a single year may be off it.

page-verdict = Verdict
page-no-comparison = A single structure was simulated, so there is nothing to compare it with.
page-hangs-on = It hangs on these assumptions:
page-hangs-on-too = It also hangs on:
page-no-history = Your own last year was not given, so the model was not held against it. Put it into the scenario under `history` and run `check`.
page-own-year = Your own year ({ $title }): { $text }
page-simulated = { $years ->
    [one] One possible year
   *[other] { $years } possible years
 } of { $months } months from { $start } were played under each structure; { $begin }. Intervals hold with { $level }.
page-begin-mature = in all of them people have practised their roles already
page-begin-today = people and customers begin as they are today
page-begin-new = nobody has practised anything at the start

page-structures = The structures side by side
page-structures-table = Who is in them, what they cost, what they bring
page-who = People
page-payroll-planned = Payroll of a full year, as planned
page-plan-met = Years that meet the plan: { $target } of { $measure }
page-of-revenue = revenue
page-of-profit = profit
page-of-deals = first deals
page-budget-kept = Years that keep within the budget
page-less = { $one } less { $other }
page-differences-note = The same possible years under both. "Years better" is how often the first one did better in a year, with the interval of that share; "mean better" is how sure it is that its mean is the better one, which is another question. Intervals of the deciding measure and of profit hold together for all pairs.

page-why = Why
page-funnel = Leads along the funnel
page-lost = Where leads are lost
page-lost-note = Leads of the period, by the reason for which they left.
page-late = Late and unbilled work
page-late-note = Overdue: pieces of work past their due time that nobody has begun. Not billed: orders that wait to be served or for their papers.
page-load = Who is idle and who is overloaded
page-load-planned = planned load
page-load-demand = busy: demand
page-load-prospecting = busy: prospecting
page-load-all = busy: all
page-load-word = in a word
page-load-note = Planned load: expected work over the time there is, for practised people and when nobody is lost by waiting; an upper bound of what demand takes. The other columns are shares of the time present in the simulated years.
page-idle = free much of the time
page-full = overloaded
page-busy = busy
page-turns-on = What the result turns on:
page-hand-offs = What hand-offs cost
page-lost-in-hand-offs = Leads lost in hand-offs
page-hand-offs-cost = Gross margin that these leads would have brought
page-hand-offs-note = An estimate: leads lost, times the share of decided qualified leads that are won, times the mean margin of a first deal. The time that a hand-off takes is in the load.
page-turnover = Who comes and leaves, and what it costs
page-turnover-note = Separation, recruiting and training are paid; vacancy, skill and clients are estimates at average margin. The whole truth is a comparison with the same scenario at a turnover of 0.
page-weak-link = The weak link: what one more would add to profit
page-weak-link-note = Each line was simulated again, in the same years. The second interval holds for all lines of a structure together.
page-one-more = one more: { $name }
page-one-point = one more point of conversion: { $name }
page-adds = adds

page-transition = What it costs to get there
page-transition-lead = All figures above are for people who have practised their roles. On the way from "{ $today }" people begin in what is new to them, and clients change hands:
page-transition-cost = { $structure }: { $cost } of profit over { $months } months ({ $interval }) against the same structure already in place. Against staying as today the years of the change itself come to { $ahead }. ({ $years ->
    [one] One year
   *[other] { $years } years
 } simulated again.)
page-transition-people = People and roles: { $structure }
page-now = now
page-then = then
page-ramp = months until practised
page-transition-note = A reorganisation in steps, its costs and its dip in output can be simulated: see `interventions` in the scenario reference and the scenario `reorganisation`.
page-transition-inside = People and customers begin as they are today in every structure, so the way there is in all figures already.
page-transition-none = The scenario does not say from which people the structures begin; with `begin: mature` and two structures the way from one to the other is simulated here.

page-months = Month by month

page-risk = Risk
page-risk-profit = Profit of a possible year
page-risk-difference = The same year under both: how much better
page-quantile = { $share } of years stay below
page-quantile-middle = the middle year
page-extreme-low = the worst year: fewer than { $years } cannot tell
page-extreme-high = the best year: fewer than { $years } cannot tell
page-loss = Years with a loss
page-cash-low = Lowest cash balance in a bad year (one in ten is worse)
page-risk-plan = The plan: targets and years that meet them
page-risk-plan-note = With the interval of each share. The bad tenth: one year in ten ends still further behind.
page-target-whole = Whole
page-behind = A bad tenth of years ends behind by
page-behind-worst = The worst year ends behind by (fewer than { $years } years tell no bad tenth)
page-left = Left in the year, { $name }
page-left-after = Left after Q1, { $name }
page-a-quarter = { $amount } a quarter

page-control = Control sheet and budget
page-2q1d = Control sheet 2Q1D: quantity, quality, direction
page-2q1d-note = Direction: the second half of the run against the first. Per person: a month, over all whose role does the work. Month by month: control_2q1d.csv and the workbook.
page-function-prospecting = Prospecting
page-function-conversion = Lead conversion
page-function-base = Base development
page-quantity-prospecting = Leads found
page-quantity-conversion = First deals
page-quantity-base = Orders
page-per-person-prospecting = Leads found per person and month
page-per-person-conversion = First deals per person and month
page-per-person-base = Orders per person and month
page-quality-prospecting = Quality: finds of attempts
page-quality-conversion = Quality: deals of leads
page-quality-base = Quality: customers kept, a month
page-direction = Direction
page-budget = Budget against the simulated years
page-budget-note = Beside each mean stands the share of years that spend more than their own plan of the line. Planned is the first structure's. Capital counts when it is paid.
page-planned = planned
page-over = over { $share }
page-all-lines = All lines
page-table-capital = Capital
page-table-direct = Direct
page-table-indirect = Indirect
page-table-other = Other
page-table-roles = Pay of the roles
page-table-not-in-the-budget = Spent, but in no line of the budget
page-table-all = In all
page-break-even = Break-even
page-break-even-note = By formula from the mean year: fixed costs over the margin ratio; months as simulated, in brackets the interval of the middle year's.
page-fixed = Fixed costs
page-margin-ratio = Margin ratio after variable costs
page-break-even-revenue = Revenue at which profit is nothing
page-break-even-units = The same in sales
page-safety = Mean revenue lies above it by
page-break-even-month = Month in which revenue so far reaches it
page-profit-month = In profit for good from month: middle year, { $known ->
    [yes] 5 to 95 %
   *[other] earliest to latest
 }
page-profit-share = Years that end with a profit
page-paid-back = Capital paid back in month: middle year, { $known ->
    [yes] 5 to 95 %
   *[other] earliest to latest
 }
page-never-paid = Years in which it is not
page-never = never
page-channels = Leads and buyers by channel
page-channels-note = Acquisition: cost of the channel and of the work on its leads by each buyer won; lifetime value: margin that a buyer brings; pay-back: months until one covers the other.
page-processes = Leads, deals and customers by process
page-process-leads = Leads
page-process-win-rate = Win rate of decided leads
page-process-deals = Deals
page-process-revenue = Revenue
page-process-customers = Customers at the end
page-win-rate = Win rate of its leads (of those decided)
page-open-share = Leads still open
page-acquisition-cost = Cost of winning a buyer
page-lifetime-value = Lifetime value
page-payback-months = Pay-back, months
page-steady = How steady revenue is, and how it grows
page-steady-note = By chance alone: what independent sales of these sizes would give in months that are all alike; only what lies above it is season, growth or management.
page-growth-product = Growth by product: { $name }
page-growth-channel = Growth by channel: { $name }
page-growth-new-customers = Growth by new customers
page-growth-old-customers = Growth by old customers

page-inputs = Assumptions
page-inputs-lead = The verdict is no better than these inputs. Figures with a source or a range come first; all others are judgement: defaults of the program, or what the scenario says without a source.
page-inputs-sourced = { $name }: figures with a source or a range
page-inputs-others = { $name }: all other values
page-input-value = value
page-input-unit = unit
page-input-range = range
page-input-source = source
page-judgement = judgement ({ $where })
page-reproduce = To get the same result again: `{ $command }` (seed { $seed }, { $years ->
    [one] one possible year
   *[other] { $years } possible years
 }, version { $version }, { $date }).

# what the pictures show
alt-profit = Chart: profit of every possible year under each structure, and the differences in the same year.
alt-funnel = Chart: leads along the funnel of each structure.
alt-lost-leads = Chart: leads lost by reason under each structure; the figures stand in the table "Where leads are lost".
alt-workload = Chart: share of the time at work, and work waiting, by month.
alt-revenue-against-plan = Chart: "{ $structure }", the planned measure summed month by month, with the band of the possible years, against the plan.
alt-cash = Chart: cash at the end of each month under each structure.
alt-staffing = Chart: positions, people and ramped people by month.
alt-customers = Chart: customers at the end of each month, those won and those lost.
alt-break-even = Chart: costs and revenue against volume with every possible year; the figures stand in the table "Break-even".
alt-money-waterfall = Chart: "{ $structure }", from revenue through all costs to profit.
alt-channel-economics = Chart: cost of winning a buyer, its worth and pay-back by channel; the figures stand in the table "Leads and buyers by channel".
alt-response-times = Chart: share of leads answered within a time under each structure; figures stand in the table "Leads along the funnel".
alt-diagram = Diagram: "{ $structure }", its channels, roles and customers, what passes between them a month and how much waits.
alt-gantt = Chart: "{ $structure }", what every person did in the first month of one possible year.
alt-overview = Chart: revenue, margin, payroll, other costs and profit of each structure with intervals; the figures stand in the table below.
page-left-out = What could not be made
