# What failed or was stopped after the numbers were written.
left-out = { $what } left out: { $why }
left-out-disk = { $said }
left-out-error = { $said }
left-out-interrupted = interrupted
left-out-chart = chart { $name }
left-out-charts = charts of { $name }
left-out-part = the part "{ $part }"
left-out-table = table { $name }
left-out-finding = finding { $kind }
left-out-verdict = verdict
left-out-weak-link = weak link of { $structure }
left-out-way = the way from today to { $structure }
left-out-uncertain = the ranges of the inputs
left-out-drawn = page, charts and workbook
left-out-at-best = each structure at its best
