# Tables of a result: headings, columns, remarks.

table-simulated = { $months ->
    [one] 1 month
   *[other] { $months } months
 } from { $start }, { $years ->
    [one] 1 replication
   *[other] { $years } replications
 } (seed { $seed }); { $begin }.
table-begin-mature = every structure already practised
table-begin-today = people and customers as they are today, put into each structure
table-begin-new = nobody has practised yet
table-means = Means with their { $level } interval.
table-year = { $title }: possible year { $year } (seed { $seed })
table-sources = Inputs: figures with a source: { $named }, with a range: { $ranges }; `show` prints every value and where it comes from.

table-leads = Leads
table-sales = Sales
table-money = Money
table-people = Customers, pipeline, people
table-less = { $one } less { $other }, { $paired ->
    [yes] in the same years
   *[other] in years of their own
 }
table-together = read together
table-all-together = all read together
table-points = % points
table-load = Load

table-moves = People who come and leave
table-turnover-cost = Cost of turnover
table-leading = Leading
table-tools = Tools
table-staff-title = People by role
table-staff = Staff
table-staff-positions = positions
table-staff-vacancy = empty, %
table-staff-leavers = leavers
table-staff-ramp-share = in ramp, %
table-staff-effective-headcount = effective people
table-staff-ramp-months = ramp, months
table-staff-in-the-run = in the run
table-staff-note = Ramp: months until a beginner does 90 % of what a practised colleague of the role does; planned in closed form, then at the pace of work that the run had.
staff-coached = { $structure }: the head has time for { $share } of the coaching that people ask for.
staff-changes = { $structure } changes: { $changes }.
staff-more-changes = { $shown }; and { $more } more
staff-administrator = { $structure }: administrators do { $hours } hours of papers that would else take time from clients; at what an hour with leads and customers earns that is worth { $worth }, and they cost { $cost }. One pays from { $colleagues } colleagues{ $interval } on, if it is time that is short.
staff-run-off = { $structure }: nobody sells; profit grows for { $grows } and, put by, carries the department for { $lasts }.
staff-or-more = { $months } or more
staff-months = { $months } months
staff-span = { $months } months ({ $interval }{ $spread })
staff-interval = interval { $interval };{" "}
staff-spread = nine years in ten: { $low } to { $high }
staff-extremes = of { $years } years the shortest { $low }, the longest { $high }
staff-move = { $people } from { $before } to { $after }
staff-crm = CRM
staff-change = a change
staff-payback = { $one } against { $other }, in cash: { $text }

table-target-met = { $name }: target, years that meet it
table-bad-tenth = Bad tenth of years ends at
table-worst-year = Worst year ends at (fewer than { $years } years tell no bad tenth)
table-variation = Variation
table-growth = Growth
table-of-product = { $title }: { $name }

# One screen of a comparison.
summary-difference = Difference
summary-interval = Means; difference: { $one } less { $other } in the same years, with its { $level } interval, each line for itself.
summary-others = { $count ->
    [one] { $count } structure more stands
   *[other] { $count } structures more stand
 } in the details.
summary-cautions = { $count ->
    [one] { $count } caution
   *[other] { $count } cautions
 }: read { $count ->
    [one] it
   *[other] them
 } in the details.
summary-scenario = SCENARIO
summary-details = All tables: compare { $file } --details. Why, and what to measure first: explain and sensitivity.
summary-page = A page with charts for everybody: compare { $file } --out results writes results/report.html.
summary-page-written = The page with charts for everybody: { $page }
