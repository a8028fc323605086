# Words of the charts of replayed years.
chart-response = How soon leads are answered: share answered within a time
chart-response-axis = time since the lead came (wall clock)
chart-answered-axis = share of the leads
chart-no-leads = No lead came by itself.
chart-5-min = 5 min
chart-15-min = 15 min
chart-1-hour = 1 h
chart-4-hours = 4 h
chart-1-day = 1 day
chart-3-days = 3 days
chart-1-week = 1 week
chart-gantt = { $structure }: who did what, possible year { $year }
chart-more-people = ({ $count ->
    [one] one more person is not shown
   *[other] { $count } more people are not shown
 })
chart-nobody-works = Nobody works in this month.
chart-office-days = office days, { $month }
chart-work-prospect = prospecting
chart-work-qualify = first contact
chart-work-sell = selling
chart-work-serve = serving customers
chart-work-papers = papers, payments
chart-work-inside = coaching, training
chart-diagram = { $structure }: who hands work to whom
chart-busy = busy { $share }
chart-flow = { $number } a month
    { $queue } waiting
