# The verdict, what it hangs on, and what must be known before it is believed.
term = { $name }
sure-at-least = at least { $share }
verdict-no-value = No year gave a value of { $measure }, so nothing can be said.
verdict-alone = { $best } stands alone: there is nothing to compare it with.
verdict-interval = joint { $level } interval { $low } to { $high }
interval-alone = The interval of the difference is that of its mean over { $years } possible years, the first of seed { $seed }, for this difference alone; `compare` over the same years has the same one in its table of differences, its verdict a wider one that holds for several differences together, and other years give others.
interval-joint = The interval in the verdict is that of the mean over { $years } possible years, the first of seed { $seed }, and holds for { $count } differences together (pairs of structures times measures), so it is wider than that of a difference alone in the table; `sensitivity` and `explain` have the latter, over as many years as they play.
verdict-best = { $best } is best by { $measure }: { $first } against { $second } under { $rival }, a difference of { $difference } ({ $interval }).
verdict-sure = It is { $sure } sure that its mean is the best one.
verdict-tied = { $best } and { $rival } come out the same in every year: { $first } against { $second }.
verdict-years = { $best } did better than { $rival } in { $share } of the years{ $tied ->
    [yes] , and the same in { $equal }.
   *[no] .
}
verdict-given = All this is given these inputs; how uncertain the inputs are is not in it.
drawn-not-told = The inputs of each year are drawn from { $rows } rows, so that ignorance of them is in the intervals; how much of the doubt it is can be told from { $years } replications on, or by `uncertainty`.
drawn-doubt = { $structure }: of the doubt about a single year’s { $measure } { $chance } is chance (the luck of the year, ± { $luck }) and { $ignorance } is ignorance of the drawn inputs (± { $inputs }; its share lies between { $low } and { $high }).
verdict-hangs-on = It hangs on what the structures are assumed to differ in: { $assumptions }.
verdict-not-told-apart = { $names } cannot be told apart with { $years } replications. { $best } is ahead by { $measure }, { $first } against { $second } under { $rival } (difference: { $interval }).
verdict-one-year = { $names } cannot be told apart with { $years ->
    [one] { $years } replication
   *[other] { $years } replications
 }: one year says nothing about the spread. { $best } is ahead by { $measure }, { $first } against { $second } under { $rival }.
verdict-sure-ahead = It is { $sure } sure that the mean of the one ahead is the best one
verdict-open = Which of them has the best mean is open
verdict-never-told = { $sure }; the difference is so small that no sensible number of replications would tell.
verdict-years-needed = { $sure }; about { $count } replications would be needed (with so many, a difference of this size is told in four cases out of five).

of-a-structure = { $structure }: { $what }
own-hand-offs = has its own figures for hand-offs
own-loyalty = has a loyalty programme
own-learning = { $role } has its own learning curve for { $activities }
own-ramp = { $role } has its own ramp for { $activities }
own-cover = colleagues cover an absent { $role } at { $share } efficiency

share-of = { $share } of { $name }
share-of-leads = { $share } of the leads
share-of-customers = { $share } of the customers
assumed-hand-off = a hand-off between roles loses { $losses } ({ $who })
assumed-learning = whoever does an activity more often does it better (learning by repetitions)
assumed-figure = { $what }: { $said }
assumed-figure-sourced = { $what }: { $said } (source: { $sources })
assumed-turnover = turnover a year
assumed-staying = law of staying
staying-weibull = Weibull
staying-lognormal = lognormal
staying-piecewise = by pieces of the tenure
staying-table = table of shares who stay
assumed-search = time to find somebody
assumed-hire = cost of a hire
assumed-hiring = hiring
assumed-training = training
assumed-trial = failing the trial time
assumed-course = cost of training
hiring-react = when somebody gives notice
hiring-buffer = ahead
hiring-batch = on fixed dates
role-figure = { $role } { $figure }
role-of-figure = { $role } of { $structure } { $figure }
some-days = { $days } days
some-never = never
some-working-days = { $days } working days
on-a-date = { $date } { $what }
more-until = { $count } more until { $date }
assumed-changes = { $structure } changes during the run: { $changes }
people-move = { $count } from { $role } to { $to }
crm-roll-out = roll-out of a CRM
some-changes = { $changes }
no-setting = a change of no setting

regime-no-activities = { $structure }: nobody has activities, so nothing is done.
regime-unknown = { $structure }: no replication finished, so the load is not known.
regime-no-people = has work but no people
regime-spends = spends { $share } of its time on demanded work
regime = { $structure }: the busiest role, { $role }, { $has }; { $meaning }.
regime-shares = Share of time on prospecting: { $shares }.
regime-waiting = waiting decides: there is time for all the work, and it matters how soon somebody is free to begin
regime-both = waiting and output both decide: work queues up, so an earlier start and faster work both count
regime-output = output decides: work is left undone, so it matters most how fast people work
regime-prospecting = waiting and output both decide: nobody is overloaded, but every hour freed goes into prospecting and brings leads
regime-unreached = { $structure }: some of the work is never done, whatever the load, since prospecting comes before it and has no end ({ $roles }): { $works }.
work-prospect = prospecting
work-qualify = first contacts
work-sell = stages of sales
work-serve = orders and requests
work-upsell = proposals to customers
work-collect = reminders of payment
work-paperwork = papers
work-care = calls that nobody asked for
work-meet = meetings
work-coach = coaching of newcomers
work-train = training
work-before = { $first } before { $then }

caution-unreached = { $structure }: { $role } never comes to what stands after prospecting, which has no end: { $works }. Nobody does this work.
caution-unanswered-shifts = { $structure }: in { $share } of the open hours nobody is there to answer new leads ({ $roles }), first from { $time } on.
caution-unanswered = { $structure }: in { $share } of the open hours nobody is there to answer new leads ({ $roles }: a part of the week, gone by { $time }).
caution-uneven = { $structure }: by the plan { $busy } has { $high } of its time to work and { $idle } { $low }{ $move ->
    [yes] {" "}— move one person from { $idle } to { $busy }.
   *[no] {""}: the people do not fit the work.
 }
caution-split = The split of { $structure } is not its best: with { $best } instead of { $own } the same payroll brings more by the closed form, and as it is the structure is { $behind } of gross margin behind. `optimise` looks for the best split.
caution-order = Not the same order of work: { $structure } takes { $orders }{ $more ->
    [yes] {" "}and more
   *[no] {""}
 }; { $baseline } the other way round. The order can be changed on Monday and may decide the comparison.
caution-due = Not the same rules of work: { $structure } and { $baseline } differ in due times, in what is taken newest first or in protected time for { $works }.
caution-ownership = Not the same ownership: in { $one } it waits for its owner, in { $other } any colleague takes it: { $works }.
caution-new-work = Not the same way to give out new work: in { $one } it is given out in turn, in { $other } whoever is free takes it: { $works }.
caution-vacancy = Positions of { $structure } were vacant { $share } of the time: those who were there carried the others' work, while the planned load counts every position as filled.
caution-unbilled = { $all ->
    [yes] Hardly anything that clients of { $structure } order is billed
   *[no] Orders worth { $share } of the revenue of { $structure } are not billed at the end
}: { $whole ->
    [yes] they
   *[no] most of them
} { $activity ->
    [paperwork] wait for their papers
   *[serve] wait to be served
}, so far { $days ->
    [one] { $days } day
   *[other] { $days } days
} on average. Its figures are those of a department that does not get its work done.
caution-end-value = The value of customers and pipeline at the end changes the winner: by { $measure } it is { $here }, by { $other } it is { $there }{ $sure ->
    [yes] {""}
   *[no] {" "}(though the two cannot be told apart by it)
 }.
caution-horizon = The horizon changes the winner: by { $measure } of the first { $year } months it is { $early }{ $sure ->
    [yes] {""}
   *[no] {" "}(though the two cannot be told apart by then)
 }, over { $months } months it is { $winner }.
caution-horizon-hint = A longer horizon may change the winner: over { $months } months { $winner } is ahead by { $measure }, but in the last { $tail } months { $late } is. Simulate { $longer } months to see.
caution-partial = Stopped early: only the { $finished } finished of { $requested } replications count.
caution-failures = { $failed } of { $requested } replications failed and are left out for every structure (number { $numbers }).
caution-few = Only { $years ->
    [one] { $years } replication
   *[other] { $years } replications
 }: the intervals rest on a poorly known spread between years.
share-more = { $share } more
share-less = { $share } less
just-more = more
caution-payroll = Not the same payroll: { $structure } is budgeted { $payroll } a year, { $more } than { $baseline } with { $base } (fully staffed, plan just met). A fair comparison stays within { $tolerance }.
caution-commission = Not the same commission: { $structure } pays { $rules }; { $baseline } pays { $others }.
rate-of-revenue = { $share } of revenue
rate-of-margin = { $share } of margin
rate-nothing = nothing
one-or-other = { $one } or { $other }
rate-on-deals = { $rate } on first deals
rate-on-orders = { $rate } on orders
support-positions = { $count ->
    [one] { $count } support position
   *[other] { $count } support positions
 }
caution-support = Not the same support: { $structure } has { $count } beside those who sell and serve, { $baseline } has { $others }.
caution-head = Not the same leading: { $one } has a head whose hours are limited, { $other } has none, and there all coaching is taken as given.
caution-market = Not the same market or calendar: { $file } and { $other } differ there, so the structures are not all that differs.
caution-money = Not the same budget, plan or currency: { $file } and { $other } differ there, so the structures are not all that differs.
caution-people = Not the same people or hand-offs: { $file } and { $other } differ there, so the structures are not all that differs.
caution-experiment = Not the same horizon, start or valuation: { $file } and { $other } differ there, so the structures are not all that differs.
caution-unpaired = Not the same years: { $names } ran with another seed, start or horizon than { $baseline }, so they are compared as independent samples, with wider intervals and no share of years.

share-interval = { $share } ({ $low } to { $high })
budget-over = { $share } of { $years } years spend more than the budget.
budget-missing = { $share } of { $years } years spend more than the budget; { $missing } of what is spent stands in no line: { $names }.

history-revenue = { $amount } of revenue a year
history-revenue-days = { $amount } of revenue
history-number = { $amount } ({ $title })
history-more = {" "}({ $share } more)
history-less = {" "}({ $share } less)
history-inside = { $span ->
    [days] nine of ten simulated runs lie between { $low } and { $high }, yours among them
   *[year] nine of ten simulated years lie between { $low } and { $high }, yours among them
 }
history-outside = { $span ->
    [days] nine of ten simulated runs lie between { $low } and { $high }, yours not among them
   *[year] nine of ten simulated years lie between { $low } and { $high }, yours not among them
 }
history-headline = The model gives { $what }, you had { $theirs }{ $more }; { $range }.
history-numbers = { $span ->
    [days] { $inside } of { $count } numbers lie where nine of ten simulated runs do.
   *[year] { $inside } of { $count } numbers lie where nine of ten simulated years do.
 }
history-number-lies = { $span ->
    [days] the number lies where nine of ten simulated runs do.
   *[year] the number lies where nine of ten simulated years do.
 }
history-number-lies-not = { $span ->
    [days] the number does not lie where nine of ten simulated runs do.
   *[year] the number does not lie where nine of ten simulated years do.
 }
history-alone = { $span ->
    [days] The only number does not lie where nine of ten simulated runs do; one number alone does not say that the model is wrong for your days.
   *[year] The only number does not lie where nine of ten simulated years do; one number alone does not say that the model is wrong for your year.
 }
history-fits = { $span ->
    [days] The model fits your days: { $numbers }
   *[year] The model fits your year: { $numbers }
 }
history-by-chance = Of { $count } right numbers, up to { $chance } may miss by chance.
history-fits-not = { $span ->
    [days] The model does not fit your days: { $numbers } Out of reach: { $worst }.
   *[year] The model does not fit your year: { $numbers } Out of reach: { $worst }.
 }

precision-none = After { $years } replications no year gave a value, so nothing can be said about precision.
precision-share = { $share } of the mean
precision-reached = { $years ->
    [one] { $years } replication was
   *[other] { $years } replications were
 } enough: the widest interval is ± { $half } (asked for: ± { $wanted }).
precision-missed = After { $years } replications the widest interval is still ± { $half } (asked for: ± { $wanted }).
precision-unpaired = Structures simulated in years of their own would have taken about { $count } ({ $times } times as many): the same years for all is what saves them.

# The answer in plain words.
plain-nothing = Nothing was compared.
plain-best = { $best } is ahead of { $rival } by { $difference } of { $measure }: { $first } against { $second }.
plain-ahead = { $best } is ahead of { $rival } by { $difference } of { $measure } ({ $first } against { $second }), which may be chance.
plain-level = { $names } come out about the same by { $measure }: { $first } against { $second }.
plain-tied = { $best } and { $rival } come out the same in every year: { $first } of { $measure }.
plain-sure-yes = Sure enough to act, if these inputs are right: yes. { $best } brings between { $low } and { $high } more.
plain-sure-same = It makes no difference: at most ± { $stake }.
plain-sure-measure = Sure enough to act: not yet. { $best } may bring up to { $high } more, { $rival } up to { $low }.
plain-sure-tied = It makes no difference: { $years } years, and not one of them differs.
plain-sure-one = Sure enough to act: no, one year says nothing of the others.
plain-years = { $best } does better in { $count } of { $years } years.
plain-unpaired = They were not played in the same years.
plain-next-more = Simulate more than one structure and more than one year.
plain-next-build = Next: build { $best } ({ $people }) in place of { $baseline }; before that look at what turns the answer.
plain-next-keep = Next: stay with { $best }.
plain-next-same = Next: choose by what you like better; { $baseline } can stay as it is.
plain-next-measure = Next: measure what the answer hangs on most: `compare --uncertain` names it.
plain-people = { $count } × { $role }
plain-next-any = Next: choose by what you like better among { $names }; { $baseline } is behind them.

caution-bare = The budget has no line of costs, so what stands here is the margin after pay, advertising and hiring, not the profit: rent, software, telephones, accounting and whatever else the firm pays are missing (`budget` in the scenario).
caution-proportion = { $structure } { $what }. No firm is like that: look at the inputs (price, margin, conversion, plan) before anything else.
proportion-plan = brings { $times } times its plan
proportion-profit = keeps { $share } of its revenue as profit
proportion-always = meets its plan in every one of { $years } years
