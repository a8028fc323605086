xlsx-firm = Firm
xlsx-market = Market
xlsx-people = People
xlsx-structures = Structures
xlsx-money = Plan and budget
xlsx-later = Changes and tables
xlsx-label = what
xlsx-value = value
xlsx-unit = unit
xlsx-check = look here
xlsx-default = if empty
xlsx-allowed = allowed
xlsx-low = from
xlsx-high = to
xlsx-source = where it comes from
xlsx-note = note
xlsx-yes = yes
xlsx-no = no
xlsx-none = none
xlsx-choices = One of these:
xlsx-preset = preset that it builds on
xlsx-whole = the scenario as a whole
xlsx-of-law = { $above }: { $parameter } ({ $law })
xlsx-new-channel = one more channel
xlsx-new-stage = one more stage of the sale
xlsx-new-structure = one more structure
xlsx-new-one = new
xlsx-check-empty = needed, but empty
xlsx-check-outside = outside what is allowed
xlsx-check-turned = the range is turned round
xlsx-check-sheet = Check
xlsx-check-sheet-name = sheet
xlsx-check-count = cells that need a look
xlsx-how =
    Change the yellow cells; leave the others as they are.
    Folded rows (the plus sign at the left) hold what may be written besides, with its default.
    An empty cell means: as by default. Times carry their unit (30 min, 2 working days), shares a percent sign.
    'from' and 'to' say how far a figure may be otherwise; the calculation can run over that range.
    The hidden column `key` says where a value belongs; to add a row copy one and change its key.
workbook-broken = this is no workbook that can be read (.xlsx or .ods)
workbook-too-large = the workbook holds more than { $largest } MB unpacked
workbook-no-form = no sheet of this workbook holds the form of a scenario; `new --xlsx FILE` or `convert FILE.yaml FILE.xlsx` writes one
workbook-no-key = { $key } in the column `key` is no place in a scenario
workbook-not-read = the cell cannot be read
workbook-twice = `{ $key }` stands in two rows
workbook-no-heads = the hidden second row of the sheet is gone, by which it is read; take it from a new form
workbook-no-column = the hidden column { $column } is gone, by which the sheet is read; take it from a new form
workbook-row-without-key = the value { $value } has no key in the hidden column key and would change nothing; copy another row and change its key, and keep notes on a sheet of their own
