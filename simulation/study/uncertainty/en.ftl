# How sure a choice is when inputs are uncertain, and what it is worth to know them.
uncertainty-progress = { $inputs } uncertain inputs at { $points } points
uncertainty-verdict = Chance and the ranges of { $inputs } uncertain inputs together: it is { $sure } sure that { $best } really is better by { $measure } than { $structures ->
    [2] { $rival }
   *[other] any other
 } in this firm.
uncertainty-open = Chance and the ranges of { $inputs } uncertain inputs together leave the choice open: { $best } has the best mean by { $measure }, but it is only { $sure } sure that it really is better than { $structures ->
    [2] { $rival }
   *[other] any other
 } in this firm.
uncertainty-difference = On average over the ranges the difference ({ $best } less { $rival }) is { $difference } ({ $level } interval { $low } to { $high }{ $structures ->
    [2] {""}
   *[other] , which allows for the two having been picked among all pairs of structures
 }); { $best } does better in { $years } of the single years.
uncertainty-doubt = Of the doubt about a single year’s difference { $chance } is chance (the luck of the year, ± { $luck }) and { $ignorance } is ignorance of the inputs (± { $inputs }; its share lies between { $low } and { $high }). Chance evens out over the years, ignorance does not.
uncertainty-measure = { $count ->
    [one] Measure this before you choose: { $names }.
   *[other] Measure these before you choose, in this order: { $names }.
 } That is what exact knowledge of it brings, on average, over { $months ->
    [one] a month
    [12] a year
   *[other] { $months } months
 }.
uncertainty-one = { $name } (worth { $worth }; a wrong choice gets rarer by { $fall } percentage points)
uncertainty-one-worth = { $name } (worth { $worth })
uncertainty-all = To know every input exactly before choosing would be worth { $worth } over { $months ->
    [one] a month
    [12] a year
   *[other] { $months } months
 }.
uncertainty-nothing = There is no single input that must be measured for this choice: what each is worth cannot be told from nothing. To know all of them exactly would be worth { $worth } (at most { $high }) over { $months ->
    [one] a month
    [12] a year
   *[other] { $months } months
 }.
uncertainty-how = Sampled: { $points } points of { $inputs } inputs (Latin hypercube; triangular laws over the ranges, their peaks at the scenario’s values), with { $years } years of its own at each point, the same for every structure.
uncertainty-how-drawn = Sampled: { $points } rows of the scenario’s table of { $inputs } inputs drawn together, with { $years } years of its own for each row, the same for every structure.
uncertainty-left-out = { $count ->
    [one] { $count } point is left out
   *[other] { $count } points are left out
 }: a year failed there, or had no value.
uncertainty-title = How sure, when the inputs are uncertain too
uncertainty-inputs = What it is worth to know an input
uncertainty-column-range = range
uncertainty-column-worth = worth of knowing it
uncertainty-column-fall = wrong choice rarer by, points
uncertainty-column-explains = share of the ignorance
uncertainty-column-shown = told from nothing
uncertainty-yes = yes
uncertainty-no = no
uncertainty-inputs-note = Worth: mean gain in the measure if the input were known exactly before the choice, with its { $level } interval. The share of the ignorance is what the input explains by itself. Only inputs told from nothing, all inputs tested together, should be measured for this choice.
uncertainty-chart-law = The difference as the inputs alone would make it ({ $best } less { $rival }): { $points } sampled points (dashed: their mean)
uncertainty-chart-axis = Difference: { $measure }
uncertainty-chart-points = points
uncertainty-chart-better = { $structure } better
    at { $share } of the points
uncertainty-chart-doubt = Doubt about a year’s difference
uncertainty-chart-chance = chance { $share }
uncertainty-chart-ignorance = ignorance of inputs { $share }
uncertainty-chart-worth = What it is worth to know an input before choosing; { $level } intervals (hollow: not told from nothing)
uncertainty-chart-worth-axis = Gain in the measure: { $measure }
uncertainty-chart-worth-all = all inputs: { $worth }
uncertainty-alt-law = Histogram of the difference over the sampled inputs
uncertainty-alt-worth = Bars of what it is worth to know each input
