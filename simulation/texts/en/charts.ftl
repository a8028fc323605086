# Words of the charts.
chart-measure = { $measure }: mean, { $level } interval, and each year
chart-years = number of years
chart-less = { $one } less { $other }, the same year under each
chart-better-in = { $structure } better
    in { $share } of the years
chart-difference-in = Difference: { $measure }
chart-dashed = (dashed: mean, grey: its { $level } interval)
chart-possible-years = { $title }: { $years ->
    [one] one possible year
   *[other] { $years } possible years
 } of { $months ->
    [one] one month
   *[other] { $months } months
 }
chart-funnel = The leads of the period along the funnel: how many get past each stage (share of those that came to it)
chart-of-decided = { $share } of those decided; { $open } open
chart-step-leads = leads
chart-step-answered = answered
chart-step-qualified = qualified
chart-step-past = past { $stage }
chart-step-won-leads = won
chart-lost = Why leads are lost
chart-nothing-lost = No lead was lost.
chart-leads-of-the-period = leads of the period, mean of the years
chart-middle-year = middle year
chart-best-year = best year
chart-worst-year = worst year
chart-band-nine = of nine years in ten
chart-band-all = of all years
chart-good-year = one in twenty
    is better
chart-bad-year = one in twenty
    is worse
chart-plan = plan
chart-plan-met = { $structure }: the plan is met in { $share } of the years
chart-revenue-so-far = Revenue so far
chart-profit-so-far = Profit so far
chart-deals-so-far = First deals so far
chart-cash = Cash at the end of each month: mean, and the band { $band }
chart-cash-paid-back = Cash at each month's end: mean, band { $band }; the dot: capital paid back
chart-cash-axis = Cash
chart-customers = Customers at the end of each month: mean, and the band { $band }
chart-customers-axis = Customers
chart-a-month = a month
chart-won-and-lost = Customers won (up) and lost (down) a month
chart-utilisation = Share of the time present at work: mean, and the band { $band }
chart-utilisation-axis = At work
chart-waiting = Work that waits at the end of the month: mean, and the band { $band }
chart-waiting-axis = Pieces of work waiting
chart-revenue = revenue
chart-profit = profit
chart-loss = loss
chart-other-costs = all other accounts
chart-mean-of-years = mean of the years
chart-waterfall = { $structure }: from revenue to profit
chart-all-costs = all costs
chart-fixed-costs = fixed costs
chart-revenue-and-costs = revenue and costs
chart-break-even-at = break-even { $revenue }
chart-break-even = { $title }: break-even; a dot is { $years ->
    [one] the one possible year
   *[other] one of { $years } possible years
 }, the band { $band }
chart-people = people
chart-positions = positions
chart-employed = people employed, mean
chart-all-years = all years
chart-share-of-years = { $share } of the years
chart-ramped = ramped: 90 % of a practised colleague
chart-newcomers = newcomers a month
chart-leavers = leavers a month
chart-staffing = { $title }: staffing, { $years ->
    [one] one possible year
   *[other] { $years } possible years
 }
chart-no-channels = Nobody was won through a channel.
chart-never = never
chart-acquisition-cost = Cost of a buyer
chart-lifetime-value = Lifetime value
chart-payback-months = Pay-back time
chart-acquisition-cost-axis = a buyer
chart-lifetime-value-axis = a buyer
chart-payback-months-axis = months
chart-overview = What each structure costs and brings: means with their intervals
chart-weak-link = { $structure }: what one more person, or one more point of conversion, adds to profit; mean and joint { $level } interval (hollow: not told from nothing)
chart-no-links = There is no role and no stage to add to.
chart-adds-to-profit = added to the profit of the period
chart-plan-funnel = { $title }, { $structure }: what the plan takes, and what the present people make
chart-no-leads-planned = The plan takes no leads.
chart-plan-needed = the plan needs
chart-plan-present = present people make at best
chart-plan-axis = number a year (logarithmic)
chart-no-years = No possible year was finished.
chart-no-customers = There are no customers who order again.
chart-no-break-even = no break-even: nothing is left of a sale
chart-no-leads-came = No lead came.
chart-no-sales = Nothing was sold.
chart-undefined = Undefined in every month: nobody was there.
