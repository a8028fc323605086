# What the answer hangs on: one input at a time, elementary effects, shares of the variance.
sensitivity-progress-tornado = { $inputs } inputs at both ends of their ranges, { $years } years
sensitivity-progress-morris = elementary effects of { $inputs } inputs, { $ways } ways
sensitivity-progress-sobol = shares of { $inputs } inputs, { $points } base points
sensitivity-most = The answer hangs most on { $name }: from { $from } to { $to } the difference ({ $other } less { $baseline }) goes from { $low } to { $high }.
sensitivity-then = Then on { $name }: from { $from } to { $to } it goes from { $low } to { $high }.
sensitivity-none = No input moves the difference by more than chance does with { $years } years.
sensitivity-flips = { $count ->
    [one] One input alone, inside of its range, changes the winner: { $names }.
   *[other] { $count } inputs, each alone and inside of its range, change the winner: { $names }.
 }
sensitivity-flip = { $name } (at { $value } { $ahead } is ahead by { $by })
sensitivity-no-flip = No single input inside of its range changes the winner: { $ahead } stays ahead at both ends of every range.
sensitivity-not-shown = No single input is shown to change the winner, but at { $count } of { $ends } ends of ranges it is open who is ahead, all ends read together.
sensitivity-stands = With the inputs as they stand the difference in { $measure } is { $difference } ({ $level } interval { $low } to { $high }, { $years } years).
sensitivity-stands-open = With the inputs as they stand it is open who is ahead: the difference in { $measure } is { $difference } ({ $level } interval { $low } to { $high }, { $years } years).
sensitivity-how-tornado = { $inputs } inputs, each alone at both ends of its range and all others as they stand, in the same years: { $screened } years for a first look at all, { $years } years for the { $top } that move the difference most.
sensitivity-how-tornado-all = { $inputs } inputs, each alone at both ends of its range and all others as they stand, in the same { $years } years.
sensitivity-morris = The answer hangs most on { $names }, on average all over the ranges. The effects of { $count } of { $inputs } inputs can be told from what chance makes.
sensitivity-sized = { $name } ({ $size })
sensitivity-morris-none = None of the { $inputs } inputs has an effect that can be told from what chance makes.
sensitivity-mixed = How much { $names } moves the difference depends on the other inputs, or bends inside of the range.
sensitivity-how-morris = Elementary effects (Morris) of { $inputs } inputs over { $ways } ways through the ranges, { $years } years at each point, the same along a way and others on other ways; an effect is scaled to the whole range, and what the luck of years adds to its size is taken off.
sensitivity-sobol = Over the ranges the difference varies by ± { $sd }. Of its variance come from: { $names }.
sensitivity-share = { $name } { $first } by itself ({ $total } with what it does together with others)
sensitivity-sobol-none = No input has a share of the variance that can be told from nothing.
sensitivity-together = By themselves the inputs make { $alone } of the variance; { $together } is what they do together, or cannot be told yet.
sensitivity-how-sobol = Sobol shares of { $inputs } inputs in the variance of the mean difference, from { $points } base points with { $years } years of its own at each; what the luck of years adds is taken off.
sensitivity-held = { $count ->
    [one] One more input, which moves
   *[other] { $count } more inputs, which move
 } the difference less in a first look, { $count ->
    [one] stays at its value
   *[other] stay at their values
 }.
sensitivity-title = What the answer hangs on
sensitivity-table = Difference ({ $other } less { $baseline }): { $measure }
sensitivity-column-range = range
sensitivity-column-low = at the low end
sensitivity-column-high = at the high end
sensitivity-column-years = years
sensitivity-column-flips = changes the winner
sensitivity-column-size = size of the effect
sensitivity-column-mu = mean effect
sensitivity-column-sigma = spread of the effect
sensitivity-column-floor = size by chance
sensitivity-column-first = by itself
sensitivity-column-total = with others
sensitivity-column-chance = share by chance
sensitivity-yes = yes
sensitivity-no = no
sensitivity-note-tornado = Intervals ({ $level }) hold for all ends of all inputs together.
sensitivity-note-effects = The size is given with the half-width of its { $level } interval; bold: told from chance. What chance alone makes stays below the size by chance with { $level }, all inputs together.
sensitivity-note-shares = Shares of the variance with their { $level } intervals; bold: told from chance. What chance alone makes stays below the share by chance with { $level }, all inputs together.
sensitivity-chart-tornado = What the answer hangs on: the difference ({ $other } less { $baseline }), one input at a time
sensitivity-chart-axis = Difference: { $measure }
sensitivity-chart-low = at the low end
sensitivity-chart-high = at the high end
sensitivity-chart-stands = inputs as they stand
sensitivity-chart-interval = joint { $level } interval
sensitivity-chart-flips = ★ the winner changes
sensitivity-chart-ahead = { $structure } ahead
sensitivity-chart-morris = Elementary effects on the difference ({ $other } less { $baseline })
sensitivity-chart-size = Mean size of the effect
sensitivity-chart-sigma = Spread of the effect
sensitivity-chart-equal = spread equals size; above it the effect depends on other inputs
sensitivity-chart-floor = what chance alone makes
sensitivity-chart-sobol = Shares of the inputs in the variance of the difference ({ $other } less { $baseline })
sensitivity-chart-first = by itself
sensitivity-chart-total = together with others
sensitivity-chart-share = Share of the variance
sensitivity-alt-tornado = Bars of the difference with each input at both ends of its range
sensitivity-alt-morris = Size of the effect of each input against its spread
sensitivity-alt-sobol = Bars of the share of each input in the variance
measure-plan-met = Plan met
