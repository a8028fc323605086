comparison-title = The comparison
# Each structure at its best.
progress-at-best = the best against the best
progress-worth = { $title }: what each change is worth
policy-order-clients = clients first
policy-order-deals = deals first
policy-order-papers = papers first
policy-due-none = no due times
policy-due-presets = work has due times
policy-newest-first-newest = the newest lead first
policy-newest-first-oldest = the oldest lead first
policy-ownership-personal = each keeps his own leads and clients
policy-ownership-team = leads and clients are shared
policy-cover-colleagues = colleagues cover whoever is away
policy-new-work-assigned = new leads are given out in turn
policy-new-work-shared = whoever is free takes the new lead
policy-protected-none = no hours are kept for prospecting
policy-protected-mornings = two hours each morning are kept for prospecting
policy-most-open-none = no limit of open leads in hand
policy-most-open-20 = at most 20 open leads in hand
policy-most-open-40 = at most 40 open leads in hand
policy-overflow-none = nobody helps other roles
policy-overflow-help = sellers help to answer when three new leads wait
at-best-already = { $structure } is at its best as it is drawn.
at-best-behind = { $structure } as drawn lies { $gain } behind its best: { $changes }.
at-best-more = And { $count ->
    [one] { $count } change
   *[other] { $count } changes
 } more.
at-best-change = { $what } ({ $worth })
at-best-parts = A change is worth what is lost without it alone, so the parts need not add up.
at-best-drawn = As drawn
at-best-time = the search for each structure's best takes about { $seconds } s; `--search none` leaves it out
at-best-too-long = the search for each structure's best would take about { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
 }, and is left out; `--search quick` makes it
at-best-verdict = Verdict, each at its best
at-best-row-drawn = as drawn
at-best-behind-title = What the drawing costs each structure
# How firm an answer is.
progress-what-ifs = what-ifs
firmness-all = { $ahead } stays ahead in all { $count } what-ifs.
firmness-turns = { $ahead } stays ahead in { $holds } of { $count } what-ifs; the answer turns if { $what_ifs }.
firmness-more = And in { $count } more.
firmness-turn = { $what } ({ $worth } the other way)
firmness-first = Measure first: { $inputs }.
firmness-moves = { $name } (its range moves the difference by { $worth })
firmness-choice = in { $structure } { $policy }
firmness-input = { $name } is { $value }
firmness-horizon = one looks { $months } months ahead
firmness-end-value = customers and pipeline at the end count too
firmness-no-end-value = customers and pipeline at the end do not count
at-best-next = For its best change in { $structure }: { $changes }.
