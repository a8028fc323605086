# The best split: headcounts in words, what is ruled out, what was chosen and how sure it is.
people-of-role = { $count } × { $role }
people-hunter = { $count ->
    [one] 1 hunter
   *[other] { $count } hunters
 }
people-closer = { $count ->
    [one] 1 closer
   *[other] { $count } closers
 }
people-farmer = { $count ->
    [one] 1 farmer
   *[other] { $count } farmers
 }
people-closer-farmer = { $count ->
    [one] 1 closer-farmer
   *[other] { $count } closer-farmers
 }
people-universal-manager = { $count ->
    [one] 1 universal manager
   *[other] { $count } universal managers
 }
split-people = { $people }
split-with = { $split } ({ $options })
amount = { $amount }
ruled-nobody = nobody does the work of the role { $role }
ruled-overload = { $people } would have { $times } times the work that they have time for, whatever else changes
constraint-plan-least = plan met in at least { $amount } of the years
constraint-plan-most = plan met in at most { $amount } of the years
constraint-least = { $measure } of at least { $amount }
constraint-most = { $measure } of at most { $amount }
constraint-points = { $count } percentage points
split-ahead = { $one } ({ $split }) is ahead of { $other } ({ $rival }), each in its best split: by { $difference } of { $measure } ({ $interval }) in { $years } fresh years.
split-not-apart = { $one } ({ $split }) and { $other } ({ $rival }), each in its best split, cannot be told apart in { $years } fresh years: the first is ahead by { $difference } of { $measure } ({ $interval }), and no reasonable number of years would tell.
split-not-apart-yet = { $one } ({ $split }) and { $other } ({ $rival }), each in its best split, cannot be told apart in { $years } fresh years: the first is ahead by { $difference } of { $measure } ({ $interval }); about { $needed } would be needed.
split-winner = { $structure }: the best split is { $split }, with { $measure } of { $mean } ({ $interval }) in { $years } fresh years.
split-cap = { $structure }: the search stopped at the cap of { $cap } replications with { $left ->
    [one] 1 split
   *[other] { $left } splits
 } left, so nothing is promised of its choice.
split-none = { $structure }: no split keeps the limit: { $limits }.
split-none-nearest = { $structure }: no split keeps the limit: { $limits }. Nearest comes { $split }, with { $measure } of { $mean }.
split-none-nearest-plan = { $structure }: no split keeps the limit: { $limits }. Nearest comes { $split }, with { $measure } of { $mean } and the plan met in { $met } of the years.
split-only-without = { $structure }: without the limit "{ $limit }" it would be { $split }.
split-cost-nothing = { $structure }: the limit "{ $limit }" costs nothing: the best split is the same without it.
split-cost = { $structure }: the limit "{ $limit }" costs { $cost } of { $measure } ({ $interval }): without it the best split would be { $split }.
split-ruled-out = { $structure }: { $out } of { $count } splits were ruled out before any simulation, such as { $split }: { $reason }.
split-alike = { $structure }: { $count ->
    [one] one other split is
   *[other] { $count } other splits are
 } as good for all that is known (not told apart from the best, or within { $zone } of it): { $splits }.
split-alike-more = { $structure }: { $count } other splits are as good for all that is known (not told apart from the best, or within { $zone } of it): { $splits }, and { $more } more.
split-sizes = { $structure }: good sizes are { $sizes }.
size-one = { $role } { $low }
size-range = { $role } { $low }–{ $high }
split-alone = { $structure }: no other split comes within { $zone } of it.
split-as-written = { $structure }: the split in the file ({ $split }) is behind the best by { $difference } of { $measure } ({ $interval }).
split-as-written-alike = { $structure }: the split in the file ({ $split }) cannot be told apart from the best: behind by { $difference } of { $measure } ({ $interval }).
split-as-written-best = { $structure }: this is the split in the file.
split-sure = { $searches ->
    [one] With a probability of at least { $level } the search chose right
   *[other] With a probability of at least { $level } all searches chose right
 }, wherever the best split is ahead of the others by { $zone } or more; a nearer one may be taken for it.
split-limit-tolerance = A split within { $tolerance } of the limit "{ $limit }" may be held to keep it or to break it.
split-effort = The search took { $used } runs of a year; simulating every split as often as the one simulated most would have taken { $brute }, { $times } times as many.
split-effort-all = The search took { $used } runs of a year.
split-failed = { $failed } of the years failed and are left out for all.
best-split-title = Best split
best-split-heads = The best split of { $count ->
    [one] one person
   *[other] { $count } people
 } who sell and serve, by { $measure }.
best-split-payroll = The best team for a budgeted payroll of at most { $payroll } a year, by { $measure }.
best-split-same = The best split at the budgeted payroll of { $baseline } (within 3 %), by { $measure }.
best-split-limited = { $asked } To be kept: { $limits }.
split-split = Split
split-behind = Behind the best
split-plan-met = Plan met
split-payroll = Budgeted payroll
split-years = Years
split-state = What became of it
split-verdict = Verdict
split-is-best = best
split-is-good = as good, for all that is known
split-is-behind = behind
split-state-selected = selected
split-state-open = still open at the cap
split-state-beaten = beaten by another one
split-state-breaks = breaks the limit: { $limit }
split-state-ruled-out = ruled out: { $reason }
split-fresh-table = The best splits and their nearest rivals in fresh years
split-fresh-note = { $years } years that no search has seen: the best of many splits looks better than it is in the years in which it was found. Differences from the best have joint { $level } intervals in each structure.
split-search-table = Every split of the search
split-search-note = The search gives replications where they matter, so that most splits have few and their means say little.
frontier-sizes = The best of each size, in fresh years
splits-alt = How far each split is behind the best one, with its interval
splits-caption = Differences from the best split in the same years. Filled: as good as the best for all that is known. Coloured marks come from { $years } fresh years, grey ones from the years of the search.
frontier-alt = The measure against the budgeted payroll for the best split of each size
frontier-caption = The best split of each size in { $years } fresh years; a percentage is the share of years that meet the plan.
chart-splits = { $title }: how far other splits are behind the best one in the same years
chart-splits-left-out = { $structure } (not drawn: { $more } others, { $out } ruled out)
chart-splits-best = the best split
chart-splits-good = as good ({ $years } fresh years)
chart-splits-worse = behind ({ $years } fresh years)
chart-splits-searched = behind (in the years of the search)
chart-splits-zone = within { $zone } of the best
chart-budgeted-payroll = Budgeted payroll a year
chart-frontier = The best split of each size ({ $years } fresh years)
chart-frontier-plan = The best split of each size, and how often it meets the plan ({ $years } fresh years)
chart-splits-axis = { $measure } less that of the best split
chart-splits-nothing = No splits to compare: one each, or none that keeps the limits
