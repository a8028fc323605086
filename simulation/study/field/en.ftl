# Sweeps over one or several variables, and the map of the winner.
sweep-progress = sweep: { $done } of { $points } points
sweep-leader = { $structure } at { $count } of { $points } points
sweep-nothing = No year gave a value of { $measure }, so nothing can be said.
sweep-value = { $at }
sweep-range = { $low } to { $high }
sweep-flip = By { $measure }, { $before } is better up to { $low } and { $after } from { $high } ({ $variable }); they are equal at about { $zero }.
sweep-throughout = By { $measure }, { $best } is better at all { $points } values from { $low } to { $high } ({ $variable }).
sweep-partly = By { $measure }, { $best } is better at { $where } ({ $variable }); which is better is open at { $rest }.
sweep-open = By { $measure }, { $names } cannot be told apart anywhere from { $low } to { $high } ({ $variable }).
sweep-open-between = Where it is open, it is between { $names }.
sweep-ends = { $one } less { $other } by { $measure }: { $first } at { $low }, { $last } at { $high } ({ $variable }).
sweep-won = By { $measure }, { $best } is better at { $count } of { $points } points{ $where }.
sweep-won-open = At { $count } of { $points } points it is open which is better.
sweep-where = , mostly at { $parts }
sweep-where-low = low values of “{ $variable }”
sweep-where-high = high values of “{ $variable }”
sweep-mover = The difference changes most with “{ $variable }”: { $one } less { $other } is { $low } on average over the lower half of the range and { $high } over the upper half.
sweep-mover-next = Next comes “{ $variable }”: { $low } over the lower half, { $high } over the upper half.
sweep-certainty = “Better” means: with { $years ->
    [one] { $years } replication
   *[other] { $years } replications
 } at each { $points ->
    [one] point
   *[other] of { $points } points
 }, the { $level } interval of the difference leaves out zero{ $many ->
    [yes] {" "}for every pair of structures together
   *[no] {""}
 }. Each point is judged by itself: of points without a real difference, { $chance } are called all the same.
sweep-rounded = { $points } points stand for the { $asked } that were asked for: a Sobol' sequence is balanced in powers of two only.
sweep-failed = { $years ->
    [one] One year failed and is
   *[other] { $years } years failed and are
 } left out under every structure.

sweep-title = How the answer moves
sweep-less = { $one } less { $other }
sweep-one-title = { $measure }, as “{ $variable }” varies
sweep-one-caption = Above: the mean under each structure with its { $level } interval. Below: the difference from { $baseline }; a filled mark can be told from zero, a hollow one cannot.
sweep-panel-difference = difference from { $baseline }
sweep-marks = hollow mark: not told from zero
sweep-scatter-title = { $measure }: { $one } less { $other }, at each of { $points } points
sweep-scatter-caption = Each mark is a point of the design and stands once over each variable. Its shape and colour say who is ahead; a hollow one is not told apart. The line of dashes is the mean over fifths of the range.
sweep-more-points = Shown are { $shown } of { $points } points; the CSV file has all.
sweep-trend = mean over fifths of the range
sweep-not-told = not told apart
sweep-grid-title = What happens at each value
sweep-points-title = What happens at each point
sweep-header-winner = better
sweep-header-sure = sure
sweep-header-difference = { $one } less { $other }
sweep-open-cell = open
sweep-ahead = ahead: { $structure }
sweep-unit-note = Joint { $level } intervals below each difference; “sure” says how sure it is that the mean of the one ahead is the best.

map-progress = map: look { $look } of { $looks }, { $cells } open cells
map-progress-splits = best splits: { $done } of { $cells } cells
map-leader = { $structure } in { $count } of { $cells } cells
map-won = By { $measure }, { $best } wins in { $count } of { $points } cells{ $where }.
map-won-open = { $count ->
    [one] { $count } of { $points } cells is
   *[other] { $count } of { $points } cells are
 } open: which is better cannot be told there.
map-border = Where the one ahead changes along “{ $along }”, by “{ $across }”: { $rows }.
map-row = at { $at }: { $changes }
map-row-throughout = at { $at }: nowhere ({ $best } is ahead throughout)
map-change = { $before } up to about { $at }, then { $after }
map-split = { $split } in { $count ->
    [one] { $count } cell
   *[other] { $count } cells
 }
map-splits = { $structure } stands in each cell with its best split of the same people ({ $roles }): { $splits }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
 }.
map-certainty = A cell has a winner where the { $level } interval of the difference leaves out zero{ $joint ->
    [looks] , for all { $looks } looks at it together
    [pairs] , for all pairs of structures together
    [both] , for all { $looks } looks at it and all pairs of structures together
   *[no] {""}
 }. Each cell is judged by itself: of the { $named } named ones at most { $wrong } are wrong on average.
map-certainty-none = A cell has a winner where the { $level } interval of the difference leaves out zero{ $joint ->
    [looks] , for all { $looks } looks at it together
    [pairs] , for all pairs of structures together
    [both] , for all { $looks } looks at it and all pairs of structures together
   *[no] {""}
 }.
map-effort = It took { $runs } runs; the same number of years in every cell would have taken { $brute }.

map-title = Where which structure wins
map-caption = Colour and hatch: who is better; pale with a question mark: open, the colour of the one ahead. Thick line: no difference. Numbers: { $numbers }, { $unit }.
map-numbers-difference = { $one } less { $other }
map-numbers-lead = the best less the next
map-chart-title = { $title }: which structure is better by { $measure }
map-chart-numbers = Numbers: { $numbers }, { $unit }; below: how sure that the better one is better
map-legend-better = { $structure } is better
map-legend-open = open (pale: who is ahead)
map-legend-zero = no difference
map-table = The winner in each cell, and { $numbers } ({ $unit })
map-table-note = Rows: { $y }. Columns: { $x }. “?” marks open cells, with the one ahead.
map-table-corner = { $y } ↓ / { $x } →
map-borders-table = Where the one ahead changes, along “{ $x }”
map-borders-at = equal at about
map-borders-between = told apart on either side of
map-borders-change = change
map-borders-from-to = from { $before } to { $after }
map-splits-table = The best splits, by cell
precision-progress = precision: { $years } years of each
