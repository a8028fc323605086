# How firm an answer is.
progress-what-ifs = what-ifs
firmness-all = { $ahead } stays ahead in all { $count } what-ifs.
firmness-turns = { $ahead } stays ahead in { $holds } of { $count } what-ifs; the answer turns if { $what_ifs }.
firmness-more = And in { $count } more.
firmness-turn = { $what } ({ $worth } the other way)
firmness-choice = in { $structure } { $policy }
firmness-input = { $name } is { $value }
firmness-horizon = one looks { $months } months ahead
firmness-end-value = customers and pipeline at the end count too
firmness-no-end-value = customers and pipeline at the end do not count
