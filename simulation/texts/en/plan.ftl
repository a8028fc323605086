# The plan: what a target takes.

plan-heading = { $title }: plan of { $target } of { $measure } a year
plan-target = Target
plan-quarter = quarter
plan-month = month
plan-week = week { $number }
plan-in = { $name }, { $unit }
plan-weeks-in = weeks in { $unit }
plan-of = { $result } of { $target }
plan-weeks-note = Weeks are those of the month, from its first day on.
plan-so-far = So far { $brought } of { $planned } planned for { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
 }{ $attained }.
plan-attained = {" "}({ $share })
plan-left-over = { $weeks ->
    [one] The week
   *[other] The { $weeks } weeks
 } left of { $month } have { $rest } to bring, { $share } against the plan.
plan-left = { $weeks ->
    [one] The week
   *[other] The { $weeks } weeks
 } left of { $month } have { $rest } to bring.
plan-coming = The months after it: { $amount }.
plan-funnel = What it takes
plan-needed-a-year = needed a year
plan-a-month = a month
plan-at-best = at best a year
plan-step-target = target
plan-step-brought = of it orders of the present base
plan-step-attempts = attempts (calls)
plan-step-found = leads to be found by prospecting
plan-step-leads = leads
plan-step-answered = first contacts
plan-step-qualified = qualified leads
plan-step-stage = leads at the stage '{ $stage }'
plan-step-deals = first deals
plan-step-orders = orders and upsells
plan-step-meetings = meetings with clients
plan-step-inside = meetings inside the department
plan-people = People
plan-hours = hours a month
plan-a-person = of a position
plan-effective = effective
plan-needed = needed
plan-present = present
plan-part = part of the target
plan-per-person = { $part }, { $each } a person
plan-payroll = Payroll of the people needed: { $payroll } a year, budget { $budget }.
plan-possible = The plan can be met, if nobody waits and nothing varies; `compare` says how probable it is.
plan-short = Short: { $what }.
plan-note = At best: what the people and leads that are there make when nobody waits and nobody leaves. Effective: what turnover and ramp leave of a position.
plan-short-leads = leads: { $deals } more deals a year need about { $leads } more leads a month, and nobody finds any (no outbound channel with people)
plan-short-position = people: { $role } has { $hours } h of work a month and no position
plan-short-hours = hours of { $role }: { $hours } h a month need { $needed } positions ({ $effective } of a position's work is left after turnover and ramp), there are { $there }
plan-there-on-average = { $positions } on average over the run
plan-short-order = order of work: { $role } never comes to { $activities }, since prospecting comes before and has no end
plan-short-payroll = payroll: the people needed cost { $share } more than the budget plans
