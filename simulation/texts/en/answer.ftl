# The page: the answer first, then five sections, then the appendix.
answer-drawn-alone = Compared as drawn: nobody looked for each one's best split and order of work, and that may turn it (`--search quick` looks).
answer-drawn-same = As drawn { $best } is ahead of { $rival } too, by { $difference }.
answer-drawn-turned = As drawn it is the other way round: { $rival } is ahead of { $best } by { $difference }.
answer-drawn-open = As drawn { $best } and { $rival } are { $difference } apart on average, which may be chance.
answer-drawn-unknown = As drawn { $best } cannot be compared.
answer-next-measure = Next: measure what the answer hangs on most, and keep { $baseline } until then.
page-answer = The answer
page-measure-unknown = What to measure first was not asked here: `compare --search quick` names it.
page-same-years = The same years: each dot is one possible year
page-alt-same-years = Chart: by how much { $best } is better or worse than { $rival } in each of the same possible years.
page-alone-brings = { $structure } brings { $mean } in the mean year ({ $measure }); one year in ten stays below { $low }, one in ten is above { $high }.
page-alone-brings-few = { $structure } brings { $mean } in the mean year ({ $measure }); the worst of the years brings { $low }, the best { $high }.
page-alone-brings-one = { $structure } brings { $mean } ({ $measure }) in the one year that was played.
page-alone-plan = The plan is met in { $share } of the years.
page-alone-next = To learn whether another structure would earn more, describe it and run `compare`.
page-firm = How firm the answer is
page-what-if = What if
page-what-if-difference = { $best } less { $rival }
page-what-if-note = Below zero { $rival } is ahead. The same years in each, { $years } of them.
page-no-firm = The what-ifs were not asked: run `compare --search quick`.
page-all-what-ifs = All what-ifs
page-costs = What the structures lose as they are drawn
page-way-none = { $structure } is there already: nobody changes roles. The way to the other one, for comparison:
page-way = The way there
page-good-bad = How good and how bad a year may be
page-appendix = Appendix
page-appendix-lead = Everything else, folded: open what you want to see.
page-appendix-best = Where nothing else is said, figures and charts show each structure at its best.
page-more = In the appendix:
page-statistics = The statistics behind the answer
page-as-drawn = The structures as they are drawn
page-about = What the scenario says of itself
page-glossary = Glossary
page-scenario-inside = The scenario is inside this file: the program opens the page itself (`python run.py compare report.html`).
page-other-findings = Further findings
page-left-for-appendix = { $count ->
    [one] one more stands in the appendix
   *[other] { $count } more stand in the appendix
 }
page-scrolls = Table, can be moved sideways: { $title }
chart-same-years = { $one } less { $other }: a dot for each possible year
chart-better-years = { $structure } better:
    { $count } of { $years } years
page-without-scenario = no scenario is in this page; the program opens pages that it has written itself
page-with-scenarios = this page holds { $count ->
    [one] one scenario
   *[other] { $count } scenarios
 }; open one of them: { $names }
page-measure-two-files = What to measure first is not asked of structures from two files: `sensitivity` names it for one file.
page-firm-two-files = What-ifs are asked of structures in one file, and these two stand in two files. Describe both in one file to ask them.
