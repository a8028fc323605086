# Where the better structure changes.
threshold-looking = threshold of { $what }
threshold-looking-near = threshold of { $what }, near { $value }
threshold-minutes = { $value } min
threshold-nothing = No year gave a value of { $measure }, so nothing can be said.
threshold-below = By { $measure }, { $before } is better as long as { $what } { $many ->
    [yes] stay
   *[no] stays
 } below { $value } ({ $level } interval: { $low } to { $high }); above that, { $after } is.
threshold-above = By { $measure }, { $after } is better as long as { $what } { $many ->
    [yes] stay
   *[no] stays
 } above { $value } ({ $level } interval: { $low } to { $high }); below that, { $before } is.
threshold-number = By { $measure }, the better structure changes between { $one } and { $two } of { $what }, from { $before } to { $after } ({ $exact ->
    [yes] told with { $level }
   *[no] { $level } interval: between { $low } and { $high }
 }).
threshold-several = By { $measure }, the better structure changes { $count } times between { $low } and { $high } of { $what }.
threshold-change = At { $value } ({ $level } interval: { $low } to { $high }) of { $what } it changes from { $before } to { $after }.
threshold-open-high = By { $measure }, { $winner } is better as long as { $what } { $many ->
    [yes] stay
   *[no] stays
 } below { $low }; from there to { $high } it cannot be told which of the two is better.
threshold-open-low = By { $measure }, { $winner } is better as long as { $what } { $many ->
    [yes] stay
   *[no] stays
 } above { $high }; from { $low } to there it cannot be told which of the two is better.
threshold-doubt = By { $measure }, { $winner } is better below { $low } and above { $high } of { $what }; in between it cannot be told which of the two is better.
threshold-open = From { $low } to { $high } of { $what } it cannot be told by { $measure } which of the two is better.
threshold-none = By { $measure }, { $winner } is better in the whole range of { $what }, from { $low } to { $high }: there is no threshold inside ({ $sure } sure).
threshold-flat = By { $measure }, { $first } and { $second } cannot be told apart anywhere in the range of { $what }, from { $low } to { $high }.
threshold-tied = By { $measure }, { $first } and { $second } come out the same in every year, whatever { $what } is from { $low } to { $high }.
threshold-now = The scenario has { $value }, where { $winner } is better.
threshold-now-open = The scenario has { $value }, where it cannot be told which is better.
threshold-outside = The scenario's own value, { $value }, lies outside of the range.
threshold-ends = The doubt reaches the end of the range: a wider range or more replications would tell.
threshold-bends = The difference bends more than the curve through the values looked at; the interval is wider by that.
threshold-wide = About { $count } replications would narrow the interval to { $share } of the range on either side.
threshold-rests = This rests on up to { $years } possible years, the same at each of { $points } values looked at.
threshold-failed = { $years ->
    [one] { $years } year gave no value and is left out.
   *[other] { $years } years gave no value and are left out.
 }
threshold-title = Where the answer changes
threshold-chart = { $what }: { $other } against { $base }
threshold-chart-axis = { $measure }: { $other } less { $base }
threshold-better = { $winner } is better
threshold-open-here = open
threshold-legend-curve = mean difference, { $level } interval at each value
threshold-legend-root = threshold, { $level } interval
threshold-legend-doubt = cannot be told
threshold-legend-now = the scenario's value
threshold-alt = { $other } less { $base } by { $measure } against { $what }, with the zero line and the threshold.
threshold-table = The difference at the values looked at
threshold-column-value = Value
threshold-column-difference = Difference{ $unit } ({ $level } interval)
threshold-column-years = Years
threshold-column-better = Better
threshold-how-to-read = How to read it: each row is one value and the difference there alone. 'Better' says more than the row does: it is told from the curve through all values, stretch by stretch of the range, so a structure can be named in a row whose own interval holds zero, and 'open' means that the value lies where the two change places.
