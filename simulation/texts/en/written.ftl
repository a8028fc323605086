law-one = a distribution is one law with its parameters
law-unknown = { $law } is not a distribution
law-needs = { $law } needs { $needs }
law-no-parameter = { $law } has no parameter { $name }
law-needs-one = { $law } needs { $name }
not-a-list-of-values = { $value } is not a list of values
law-weights = { $weights } weights for { $values } values, or all of them 0
allowed-list-of-values = a list of at least one value
allowed-weights = one weight for each value, none below 0 and some above
not-a-text = { $word } is not a text
allowed-text = a text
range-not-two = the range { $ends } is not two values
range-kinds = the range { $ends } and the value { $value } are not numbers of one kind
range-order = the range { $ends } has its low end above its high end
range-without-value = the range { $ends } does not contain the value { $value }
law-takes = a distribution '{ $law }' takes { $parameters }
law-mean-no-number = the mean is not a number
law-finite = a distribution '{ $law }' needs finite values; write never without a law
law-negative-mean = a distribution '{ $law }' cannot have a negative mean
law-cv = cv (standard deviation over mean) must be between 0 and 100
law-shape = shape must be between 0.1 and 100
law-low-above-high = low is above high
law-mode = mode is not between low and high
no-entry = there is no entry { $index } in this list
allowed-index = an index from 0 to { $last }
by-preset = { $message } (by preset { $preset })
key-missing-meaning = the key `{ $key }` is missing ({ $meaning })
key-missing = the key `{ $key }` is missing
not-allowed-here = { $value } is not allowed here
nothing-after-colon = nothing stands after the colon
out-of-range = { $value } is out of range
another-form = { $value } has another form
not-a-date = { $value } is not a date
text-too-long = the text is longer than { $largest } MB
not-a-file-name = { $plain } is not the name of a file
allowed-file-name = one file name
allowed-table = the name of a CSV or Parquet file
allowed-table-of-rows = the name of a CSV or Parquet file: a name for every column, and each row in a line of its own with as many cells
extends-circle = extends goes in a circle: { $circle }
extends-chain = more than { $longest_chain } files extend one another
file-is-folder = this is a directory, not a file
file-not-regular = this is not a regular file
file-missing = there is no such file
table-cells = line { $line } has { $cells } cells, and there are { $columns } columns
table-broken-line = a row goes over several lines before line { $line }
table-column-twice = column { $name } is there twice
table-column-unnamed = a column has no name
table-column-unknown = a column of this name is not read: { $name }
table-column-missing = there is no column { $name }
table-no-pyarrow = Parquet is read by the package pyarrow, which is not installed; install it (the extra `parquet`) or write the table as CSV
file-forbidden = the file may not be read (permission denied)
file-unreadable = the file cannot be read: { $error }
file-too-large = the file is larger than { $largest } MB; a scenario is some hundred lines
file-binary = this is a binary file, not a text in UTF-8
file-not-utf8 = the file is not a text in UTF-8 (line { $line })
yaml-empty = the file is empty; a scenario begins with `version: 1`
yaml-no-mapping = a scenario is a mapping of keys to values, such as `version: 1`
yaml-character = the file holds a character that YAML does not allow
yaml-deep = the file is nested deeper than { $deepest } levels
yaml-invalid = this is not valid YAML: { $what }
yaml-many = the file holds more than { $most_nodes } values
yaml-many-expanded = the file holds more than { $most_nodes } values once its aliases are expanded
yaml-alias-circle = an alias refers to the block that it stands in
yaml-tag = the tag { $shown } is not allowed; write plain values
yaml-key-twice = the key `{ $key }` stands twice in the same block, first in line { $first }
yaml-merge = `<<` takes a mapping, such as `<<: *anchor`
yaml-key-no-word = a key must be a word, not a list or mapping
yaml-key-empty = a key is missing before the colon
said-allowed = ; allowed: { $allowed }
said-examples = ; for example { $examples }
said-nearest = ; did you mean { $name }?
not-a-number = { $value } is not a number
not-a-number-comma = { $value } is not a number that can be read in one way only (write 25 000 for thousands, 25.5 for a fraction)
yaml-not-a-date = { $value } is not a date; write it like 2026-05-04
yaml-key-dot = the key { $key } holds a dot, which separates the parts of a path
yaml-key-dot-only-set = the key { $key } holds a dot, which separates the parts of a path; only `set` takes such keys
unknown-key = unknown key `{ $key }`
unknown-key-comma = unknown key `{ $key }` (inside braces a comma ends a value; write 35 000)
empty-text = the text is empty
too-few-or-many = too few or too many values
too-few-or-many-given = too few or too many values ({ $given } given)
no-mapping-here = a mapping is not allowed here
no-list-here = a list is not allowed here
read-no-unit = { $value } has no unit
read-unknown-unit = { $value } has an unknown unit { $name }
read-not-a-duration = { $value } is not a duration
read-not-work = { $value } is not an amount of work
read-working-time = { $value } is working time, but this key is in elapsed time
read-calendar-day = { $value } is calendar time, but this key takes working time (say a working day)
read-calendar-time = { $value } is calendar time, but this key takes working time (say working hours or working days)
read-negative = { $value } is negative
read-too-long = { $value } is too long
read-other-currency = { $value } is in { $written }, but the scenario counts in { $own }
read-outside-share = { $value } is outside 0..1
read-not-a-rate = { $value } is not a rate
read-not-whole = { $value } is not whole
read-to-nothing = { $value } is a fall to nothing
read-too-much = { $value } is too much
read-not-positive = { $value } is not above zero
allowed-for-example = { $allowed }, for example { $examples }
allowed-range = two values, low and high, such as [0.05, 0.40]
allowed-range-each = two values, low and high, such as [0.05, 0.40]; each { $each }
allowed-elapsed = elapsed time in min, h, days, weeks, months or years, or never
allowed-elapsed-positive = elapsed time in min, h, days, weeks, months or years, or never, not below zero
allowed-working = working time in min, working hours or working days
allowed-working-positive = working time in min, working hours or working days, not below zero
allowed-due = working time in min, working hours or working days, or never
allowed-share = 0..1, or 0 %..100 %
allowed-share-between = a share between 0 and 1, or between 0 % and 100 %
allowed-money = an amount, also with k, mln or bn
allowed-money-read = an amount in the scenario's currency: a number, also with k, mln or bn, with or without the currency
allowed-amount = an amount not below zero, also with k, mln or bn
allowed-amount-read = an amount of money not below zero
allowed-per-month = a rate not below zero, per month or with its period
allowed-per-year = a rate not below zero, per year or with its period
allowed-rate-month = a rate not below zero: a number (per month), or a number with its period: a day, a week, a month, a quarter, a year
allowed-rate-year = a rate not below zero: a number (per year), or a number with its period: a day, a week, a month, a quarter, a year
allowed-count = a whole number not below zero
allowed-number = a number
allowed-positive = a number above zero
allowed-nonnegative = a number not below zero
allowed-proficiency = a number not below zero, or a percentage
allowed-proficiency-read = a proficiency of 0 or more (1 or 100 % is a practised person); 0 takes none of that work, and days without any work are `people.onboarding.training_days`
allowed-growth = growth a year, more than -100 %
allowed-growth-read = growth a year: more than -100 % (nothing would be left) and at most 1000
allowed-log-odds = a number (0 changes nothing)
allowed-truth = true, false
allowed-whole = a whole number
allowed-date = a date such as 2026-05-04
allowed-date-or = a date such as 2026-05-04, or { $other }
allowed-distribution = or a distribution of it, such as {"{"}lognormal: {"{"}mean: …, cv: 0.7{"}"}{"}"}
allowed-rows-or-file = a list, or {"{"}file: NAME{"}"}
allowed-mapping = a mapping of keys to values
allowed-names = a mapping of names to values
allowed-names-of = a mapping of names to values; names: { $names }
allowed-or-null = or null
allowed-list = a list
allowed-list-of = a list of { $values }
allowed-each = { $listed }, each: { $inner }
limit-above = above { $limit }
limit-least = at least { $limit }
limit-below = below { $limit }
limit-most = at most { $limit }
span-year = { $amount } { $amount ->
    [one] year
   *[other] years
}
span-month = { $amount } { $amount ->
    [one] month
   *[other] months
}
span-day = { $amount } { $amount ->
    [one] day
   *[other] days
}
span-h = { $amount } h
span-min = { $amount } min
span-working-hour = { $amount } working { $amount ->
    [one] hour
   *[other] hours
}
span-working-min = { $amount } working min
lengths = { $values } values
lengths-between = { $least } to { $most } values
lengths-least = at least { $least } { $least ->
    [one] value
   *[other] values
 }
lengths-most = at most { $most } values
place-preset = preset { $name }
sent-names-file = names another file, and in a file that was sent no other one is opened: put it all into one (`show --yaml`)
allowed-or-null-form = or 'none'
allowed-distribution-form = or a distribution, such as 'lognormal: mean …; coefficient of variation 0.7'
allowed-list-form = a list with semicolons
cell-empty = not filled in: { $meaning }
cell-empty-plain = not filled in
cell-beside = this cannot be stated here; leave the cell empty
span-week = { $amount } { $amount ->
    [one] week
   *[other] weeks
}
span-quarter = { $amount } { $amount ->
    [one] quarter
   *[other] quarters
}
span-working-day = { $amount } { $amount ->
    [one] working day
   *[other] working days
}
law-words-part = { $part } is no parameter of a distribution '{ $law }'
law-words-lack = the distribution '{ $law }' needs more parameters
path-labelled = { $path } ('{ $label }')
no-attribute = a { $kind } has no { $name }
no-attribute-near = a { $kind } has no { $name }; did you mean { $near }?
frozen-scenario = a scenario does not change: make another one with `{ $example }`
frozen-result = the { $name } of a { $kind } does not change: use scenario.replace(…) for another scenario, and compute anew
