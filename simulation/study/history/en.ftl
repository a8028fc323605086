# The firm's own last year against simulated ones.
history-title = Your own last year against simulated ones

history-heading = { $span ->
    [days] { $title }: your days against simulated ones
   *[year] { $title }: your year against simulated ones
 }
history-years = { $structure }, { $years ->
    [one] 1 year
   *[other] { $years } years
 } of twelve months.
history-years-from = { $structure }, { $years ->
    [one] 1 year
   *[other] { $years } years
 } of twelve months from { $clients } clients.
history-days = { $structure }, { $first } to { $last }, played { $years ->
    [one] once
   *[other] { $years } times
 }, from { $clients ->
    [one] 1 client
   *[other] { $clients } clients
 }.
history-number-column = { $span ->
    [days] Number of these days
   *[year] Number of a year
 }
history-month-column = Revenue by month
history-yours = yours
history-simulated = simulated
history-nine-of-ten = { $span ->
    [days] nine of ten runs
   *[year] nine of ten years
 }
history-ratio = simulated/yours
history-fit = fits
history-yes = yes
history-no = no
history-far = far
history-note = { $span ->
    [days] Nine of ten simulated runs lie in the range; your days are one run and need not equal the mean. 'no' lies outside, 'far' where no run of this model would come. Numbers follow from those above them: begin at the top.
   *[year] Nine of ten simulated years lie in the range; your year is one year and need not equal the mean. 'no' lies outside, 'far' where no year of this model would come. Numbers follow from those above them: begin at the top.
 }
history-your-year = { $span ->
    [days] Your days:
   *[year] Your year:
 }
history-own-year = { $span ->
    [days] Your own days, { $title }: { $text }
   *[year] Your own year, { $title }: { $text }
 }
history-begins-apart = { $span ->
    [days] (These runs begin with { $begin } clients, yours with { $own }; `check` begins alike.)
   *[year] (These years begin with { $begin } clients, yours with { $own }; `check` begins alike.)
 }

history-title-leads = Leads a month from { $of }
history-title-all-calls = all calls
history-title-calls-per-month = Calls a month
history-title-qualified = Leads worth selling to
history-title-deals = First deals
history-title-deals-first-day = First deals from leads open before
history-title-deals-new = First deals from new leads
history-title-lost = Leads lost
history-title-lost-first-day = Leads lost that were open before
history-title-lost-new = New leads lost
history-title-open = Leads open at the end
history-title-open-first-day = Leads open all the time
history-title-open-new = New leads open at the end
history-qualification = qualification
history-title-conversion = Past { $stage }, of those decided
history-title-conversion-of = Past { $stage }, { $of }
history-title-average-deal = Average first deal
history-title-cycle-days = Days from lead to deal
history-title-cycle-p50 = Days from lead to deal, half
history-title-cycle-p90 = Days from lead to deal, nine of ten
history-title-customers-won = Clients gained
history-title-customers-lost = Clients lost
history-title-customers-end = Clients at the end
history-title-leavers = Leavers
history-title-months-until-plan = Months until a newcomer is up
history-title-orders = Repeat orders
history-title-revenue = Revenue
history-title-gross-margin = Gross margin
history-title-average-order = Average repeat order
history-month-1 = January
history-month-2 = February
history-month-3 = March
history-month-4 = April
history-month-5 = May
history-month-6 = June
history-month-7 = July
history-month-8 = August
history-month-9 = September
history-month-10 = October
history-month-11 = November
history-month-12 = December

history-advice = { $title }: simulated { $ours }, you had { $theirs }. Look at: { $looked }.
history-advice-follows = { $title }: simulated { $ours }, you had { $theirs }. It follows from { $follows }: begin there; then { $looked }.
history-nothing-drives = nothing in the scenario drives it
history-season = The season: only { $inside } of 12 months fit. Look at: { $looked }.
history-mean = mean { $value }
history-look = { $path } ({ $values })
history-look-raise = raise { $path } ({ $values })
history-look-lower = lower { $path } ({ $values })
history-never = { $span ->
    [days] { $title }: never happened in the simulated runs, you had { $given }.
   *[year] { $title }: never happened in the simulated years, you had { $given }.
 }
history-remark-begin = { $span ->
    [days] The simulated runs begin with { $begin } clients, yours began with { $own }; `check` lets them begin alike.
   *[year] The simulated years begin with { $begin } clients, yours began with { $own }; `check` lets them begin alike.
 }
history-remark-changes = { $span ->
    [days] What changes during the run (`interventions`) is in the simulated runs, and may not have been in yours.
   *[year] What changes during the run (`interventions`) is in the simulated years, and may not have been in yours.
 }
history-remark-moved = The run begins on { $first }, before the scenario does: with the people, customers and open leads of { $start }, and without what changes on dates.
history-remark-few = { $span ->
    [days] { $years } simulated runs are too few for a range of nine in ten: it is that of all of them.
   *[year] { $years } simulated years are too few for a range of nine in ten: it is that of all of them.
 }
history-remark-calls = Leads that calls find are not told apart by channel; give those of { $names } too, and they are checked together.
