# The owner's page.
app-name = Sales department
app-skip = To the content
app-language = Language
app-language-en = English
app-language-ru = Русский
app-parts = Parts of the page
app-page-describe = Describe and see
app-page-ask = Ask
app-page-compare = Compare
app-page-take = Take away
app-refused-host = This address is not served here. Open the address that the program printed.
app-refused-method = This is not done here.
app-refused-site = Another page has asked for this, not yours.
app-refused-token = Open the address that the program printed: it has the key in it.
app-refused-size = This is too large: 20 MB at the most.
app-refused-slow = This took too long to arrive.
app-gone = This page is not kept any more
app-gone-why = The program was started anew, or there were many newer ones. A file that you have saved opens again.
app-begin-anew = Begin anew

app-start = Which sales department earns you more?
app-start-lead = Describe yours, move what you are not sure of, and see the same possible years under each way to build it.
app-start-firms = Begin from a firm like yours
app-start-file = Begin from a file
app-start-file-which = A scenario (.yaml), a filled-in form (.xlsx) or a page that was taken away (.html)
app-start-file-open = Open the file
app-cannot-open = This cannot be opened:
app-firm-starter = A small department
app-firm-starter-about = Eight sellers, one channel and cold calls: little to read, all to change.
app-firm-department-of-ten = Department of ten
app-firm-department-of-ten-about = Business to business, a service with repeat orders; eight managers, or hunters, closers and farmers.
app-firm-it-integrator = IT integrator
app-firm-it-integrator-about = Large projects, long sales, few deals.
app-firm-wholesale = Wholesale
app-firm-wholesale-about = Many orders of the same clients, small margins.
app-firm-retail = Retail
app-firm-retail-about = Many small purchases, a loyalty programme.
app-firm-one-off-sales = One-off sales
app-firm-one-off-sales-about = Who has bought does not come back.
app-firm-counter-and-contracts = Counter and contracts
app-firm-counter-and-contracts-about = Two ways of selling under one roof.
app-no-firm = There is no such firm here.

app-see = What follows
app-years = The same years under each structure
app-years-come = The first years are being played …
app-years-of = { $years } of { $total } years.
app-years-failed = { $years } years could not be played.
app-grey = Grey until one is told apart from the other.
app-alone = One structure alone: add another one to compare it with.
app-better-in = { $who } better: { $years ->
    [one] { $years } year
   *[other] { $years } years
  }
app-picture = Each dot is a possible year of { $years }. { $other } does better in { $better }, { $baseline } in { $worse }.
app-next-measure = Next: under “Ask”, see what to measure first.
app-numbers = At once, without waiting and chance
app-numbers-note = In closed form: what can be expected if nobody had to wait. The years show what waiting and chance make of it.
app-revenue = Revenue a year
app-plan = Of the plan
app-break-even = Breaks even at, a month
app-payroll = Pay a year
app-never = never
app-load-over = too much
app-load-idle = has time
app-flips = Where the answer flips
app-flips-come = Looked for once all years are there.
app-flips-nothing = Nothing that was tried turns the answer.
app-flip-at = { $what }: { $away } away from the other answer (now { $now }, from about { $at } on { $rival } is ahead).
app-flip-none = { $what }: { $best } stays ahead from { $low } to { $high }.
app-points = { $points ->
    [one] { $points } point
   *[other] { $points } points
  }
app-last-year = As last year?
app-last-year-comes = Looked at once all years are there.

app-undo = Undo
app-redo = Redo
app-again = Recalculate
app-changes-none = Nothing changed yet.
app-changes-all = All { $count } changes
app-change = { $what }: { $was } → { $now }
app-change-title = { $was } → { $now }
app-change-added = Added: { $what }
app-change-dropped = Removed: { $what }
app-change-variant = Went on from “{ $name }”
app-no-room = There is no room for one more.
app-no-field = There is no such figure here.
app-no-number = This is no number.
app-too-long = This is too long.

app-section-people = People and structures
app-section-channels = Where leads come from
app-section-process = The way of a sale
app-section-clients = Clients
app-section-money = Money
app-section-plan = Plan
app-more-people = Turnover, hiring, absence
app-more-channels = More about the channels
app-more-process = More about stages and hand-offs
app-more-clients = More about clients
app-more-money = Commission, bonus, budget lines
app-more-plan = More about the run
app-add = Add
app-add-structure = One more way to build it
app-add-inbound = Add a channel that brings leads
app-add-outbound = Add cold calls
app-new-inbound = New channel
app-new-outbound = New cold calls
app-drop = Remove { $what }
app-more = One { $what } more
app-fewer = One { $what } fewer
app-slider = Slider: { $what }
app-ranged = may lie anywhere here
app-line = { $name }
app-badge-typed = typed
app-badge-records = from records
app-badge-file = from the file
app-badge-default = default
app-source-typed = typed on the page
app-unit-elapsed = on the calendar
app-unit-working = of work
app-unit-per-month = a month
app-unit-per-year = a year
app-unit-share-a-year = a year
app-unit-log-odds = shift in log-odds
app-short-min = min
app-short-h = h
app-short-day = { $amount ->
    [one] day
   *[other] days
  }
app-short-month = { $amount ->
    [one] month
   *[other] months
  }

app-help-leads-per-month = How many people or firms write, call or come by themselves.
app-help-find-probability = Of a hundred attempts, how many find somebody to talk to.
app-help-fit = Of all leads, those who could buy from you at all.
app-help-fixed-per-month = Advertising, subscriptions, agency.
app-help-loss = What is lost when work passes from one person to the next.
app-help-conversion = Of those who get here, how many go on.
app-help-customers = Active clients on the first day.
app-help-pipeline = Open leads on the first day.
app-help-order-every = How long a client waits between two orders.
app-help-order-size = An order as a part of a first deal.
app-help-churn-per-year = Clients who leave of themselves, 0.4 a year is about one in three.
app-help-deal = Mean size of a first deal.
app-help-gross-margin = What is left of the price after the goods or work sold.
app-help-base = Base pay of one person, gross.
app-help-price = A line of the budget.
app-help-target = What the year has to bring.
app-help-months = How long the run is.
app-help-replications = The more, the surer; a hundred is usual.
app-help-turnover-per-year = People who leave a year as a part of the positions.
app-help-work = How long it takes a practised person.
app-help-delay = How long work lies before the next person takes it up.
app-help-switching = Time lost at each change of the kind of work.
app-help-quality = Above 0: these leads buy more easily than others.
app-help-deal-size = Deals from here against the mean deal.
app-help-headcount = Positions in the role.

app-ask-lead = These questions take from half a minute to some minutes. You can go on describing meanwhile; one more question may wait.
app-ask-start = Ask
app-ask-of = Of which figure
app-ask-optimise = How many of each?
app-ask-optimise-about = The best split of the same money for each structure.
app-ask-threshold = From which value on is the other one better?
app-ask-threshold-about = The value at which the answer flips, with how exactly it is known.
app-ask-explain = Why is one ahead?
app-ask-explain-about = The difference in money, reason by reason.
app-ask-sensitivity = What to measure first?
app-ask-sensitivity-about = The figures that move the difference most between the ends of their ranges.
app-ask-check = Does last year come out?
app-ask-check-about = Your own last year, number by number, against simulated ones.
app-jobs-full = One question is being answered and one waits. Call one off, or wait.
app-job-waits = Waits for the question before it.
app-job-begins = Begins …
app-job-stopped = Called off.
app-job-failed = This could not be answered.
app-job-older = Of the department before your last change.
app-job-stop = Call off
app-left-seconds = About { $seconds } s left of this step.
app-left-minutes = About { $minutes } min left of this step.

app-compare-lead = Save up to { $most } variants and see them side by side, in the same years.
app-take-lead = What you can take along or send.

command-app = Open the owner's page: describe a department, move its figures, see what follows.
argument-app-scenario = A scenario file (YAML) to begin with; without one the page offers firms to begin from.
option-app-port = Port of this machine.
shown-any-free = any free one
option-app-browser = Open the browser.
option-app-host = Address to listen on; another one than 127.0.0.1 needs --public-url and a secret (docs/owner.md).
option-app-public = Address under which a proxy shows the page, such as https://sales.firm.example.
app-no-port = --port { $port }: { $why }
app-public-url = --public-url { $url }: has to be an address without a path, such as https://sales.firm.example
app-needs-token = others could open this: set { $variable } to a secret of at least { $letters } letters first (docs/owner.md)
app-needs-public = --host: another address than 127.0.0.1 needs --public-url too, the only name that will be answered
app-began = The page: { $address } (Ctrl-C ends it)

app-start-short = Begin from your own numbers
app-start-short-go = Fill in the short form
app-short = Your department in numbers
app-short-lead = Last year, of the whole department, as well as you know it. Everything can be changed afterwards.
app-short-note = What nobody was asked is derived from these numbers or taken as usual; the page says which. It takes some seconds.
app-short-wrong = Some numbers cannot be taken as they are; each says why.
app-short-needed = This is needed.
app-short-go = Make the department
app-short-who = Who
app-short-sales = What you sold
app-short-leads = Leads
app-short-clients = Clients
app-short-money = Money
app-short-time = Time and people
app-short-title = Name of the department
app-short-built = How it is built today
app-short-built-universal = Universal managers
app-short-built-functional = Hunters, closers, farmers
app-short-built-hybrid = Hunters, and closers who farm
app-short-universal = Universal managers
app-short-hunter = Hunters
app-short-closer = Closers
app-short-farmer = Farmers
app-short-closer-farmer = Closers who farm
app-short-head = Heads
app-short-revenue = Revenue of the year
app-short-deals = First deals with new clients
app-short-average-deal = Mean first deal
app-short-orders = Orders of clients who had bought before
app-short-gross-margin = Gross margin
app-short-leads-a-month = Leads a month that come by themselves
app-short-calls-per-day = Cold calls a working day
app-short-leads-found-per-month = Leads a month found by calling
app-short-qualified-per-quarter = Leads worth selling to, a quarter
app-short-proposals-per-quarter = Proposals a quarter
app-short-customers-start = Clients at the start of the year
app-short-customers-end = Clients at its end
app-short-customers-lost = Clients lost in the year
app-short-base-pay = Base pay of a seller a month
app-short-commission = Commission, of the revenue
app-short-advertising = Advertising a month
app-short-rent = Rent a month
app-short-rent-line = rent
app-short-days-to-deal = Days from the first talk to the payment
app-short-leavers-in-two-years = Sellers who left in two years
app-short-days-to-hire = Days to find somebody
app-short-months-until-plan = Months until a newcomer makes the plan

app-variant-name = Save the department as it is now, as
app-variant-save = Save
app-variant-suggested = Variant { $number }
app-variant-now = As it is now
app-variant-best = Best structure in it
app-variant-differs = What differs
app-variant-same = Nothing differs.
app-variant-open = Go on from “{ $name }”
app-variant-drop = Forget “{ $name }”
app-variants-none = Nothing is saved yet. Save what you have, change something, and see both here.
app-variants-come = The years are being played …
app-variants-stale = Being played anew …
app-against = Against “{ $name }”, in the same years
app-against-line = { $amount } against what you saved as “{ $name }”{ $sure ->
    [yes] , sure
    [same] , the same in every year
   *[no] , not sure yet
  }.
app-sure-yes = sure
app-sure-no = not sure
app-sure-same = the same in every year

app-take-page = The page to be sent
app-take-page-about = One file: the report, the department in it (this program opens it again), and two sliders that move without the program. Opens on a phone, offline.
app-take-copy = A copy without pay
app-take-copy-about = The answer and the figures without pay and budget, also where a title names an amount; the department is not inside.
app-take-book = Workbook
app-take-book-about = All tables as a spreadsheet.
app-take-charts = Charts
app-take-charts-about = As pictures in one packed file.
app-take-scenario = The department as text
app-take-scenario-about = YAML, for this program and for people.
app-take-form = The department as a form
app-take-form-about = A workbook to fill in, which this program opens again.
app-take-axis-x = First slider
app-take-axis-y = Second slider
app-take-make = Make it
app-take-download = Download
app-file-copy = without-pay
app-file-book = tables
app-file-charts = charts
app-game = Move two figures yourself
app-game-lead = { $years } possible years were played at each pair of values; everything else stays as described.
app-game-ahead = { $best } is ahead of { $rival } by { $amount }.
app-game-means = Mean of the years
app-copy-note = A copy without pay and budget; people are numbered. The department itself is not inside, so no program can open it again; an amount of pay in a title is left out (…). Profit is in it, and says something of costs.
app-copy-people = Who works there
app-copy-position = { $role } { $number }
app-copy-figures = What was assumed
app-title = Name
app-title-department = Name of the department
app-checks = { $count ->
    [one] Look at this
   *[other] Look at these { $count }
  }

app-start-records = Begin from exports of your CRM
app-start-records-which = Deals, their history, orders, staff, calls: as many files as there are (.csv, .xlsx, .ods, .html)
app-page-records = From records
app-records-lead = Each column is taken for something; put right what is wrong, then let the department be made of it.
app-records-privacy = The files stay on this machine and are deleted when the program ends. Names of people and clients are not shown; they become numbers.
app-ask-records = What the files hold
app-ask-records-fit = A department from the records
app-records-rows = { $rows } rows
app-records-missing = Not found yet: { $what }
app-records-column = Column
app-records-means = Means
app-records-samples = For example
app-records-fate = What becomes of it
app-fate-kept = kept
app-fate-number = a number in its place
app-fate-dropped = not read
app-records-margin = Gross margin, which no CRM has
app-records-pay = Base pay of a seller a month
app-records-as-of = The records end before (empty: after the last event)
app-records-again = Look again
app-records-fit = Make the department
app-records-back = Back to the columns
app-records-go-on = Go on with this department
app-records-left = Rows that were left out
app-records-unknown = What the records cannot tell, and how to measure it
app-records-day = { $typed } is no day; write it as 2026-03-31

app-next-best = This is as you have drawn them. Next: under “Ask”, see each at its best before you build or keep anything.
app-ask-best = Which is better, each at its best?
app-ask-best-about = The best split and the best rules of work of each structure, the best against the best. Takes a minute or more.
