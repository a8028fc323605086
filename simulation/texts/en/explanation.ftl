# Why: the mechanisms, their parts of a difference, and what decides.
mechanism-pooling = shared or personal queues
mechanism-pooling-means = Neutral: one queue in every role, whoever is free takes the next. The part: what personal queues and pods cost.
mechanism-specialisation = specialisation
mechanism-specialisation-means = Neutral: repetitions change nothing, a beginner is worth as much as a master. That newcomers are slow at first is in it: it comes from the same learning.
mechanism-switching = switching between activities
mechanism-switching-means = Neutral: a change of activity takes no time.
mechanism-hand-off = hand-offs
mechanism-hand-off-means = Neutral: passing a lead or a customer on takes no time, loses nothing and makes no work.
mechanism-filter = mistakes in qualification
mechanism-filter-means = Neutral: whoever qualifies sorts without a mistake. The part: unfit leads that pass and good ones that are dropped.
mechanism-drift = who gets round to cold calls
mechanism-drift-means = Neutral: nobody looks for clients, so outbound channels are off. The part: what one structure gains over the other by finding clients itself.
mechanism-paperwork = paperwork
mechanism-paperwork-means = Neutral: no papers. The part: selling time that papers take.
mechanism-turnover = turnover and hiring
mechanism-turnover-means = Neutral: nobody leaves, and seats are filled at once and for nothing. The part: empty seats, searches, training, failed trial times.
mechanism-ramp = ramp of newcomers by months
mechanism-ramp-means = Neutral: the ramps that roles state by months are flat. A slow start that comes from learning belongs to specialisation.
mechanism-departure = what leavers take along
mechanism-departure-means = Neutral: whoever leaves takes no client and no lead along, and others go on with the work at once.
mechanism-absence = vacations and sickness
mechanism-absence-means = Neutral: nobody is ever away.
mechanism-payroll = pay and management
mechanism-payroll-means = Neutral: nobody is paid, nobody leads. The part: commissions, severance and the head's coaching; the number of people stays.
mechanism-response = losses by waiting
mechanism-response-means = Neutral: neither leads nor customers leave because they wait.
mechanism-other = other rules
mechanism-other-means = Neutral: no differences in talent, no unanswered questions, no proposals to customers, no late payment, no meetings, the whole day free for work, nothing changes during the run.
mechanism-left = what is left
mechanism-left-means = With every mechanism neutral: queueing, rounding of small teams, idle specialists, numbers of people.
mechanism-whole = whole difference
mechanism-whole-means = As the structures are written.

explain-ahead = { $best } is ahead of { $rival } by { $difference } of { $measure } ({ $level } interval { $interval }, { $years } possible years).
explain-not-told = { $best } is ahead of { $rival } by { $difference } of { $measure }, but { $years } possible years cannot tell the two apart ({ $level } interval { $interval }); what the difference consists of can be clearer than the difference itself.
explain-part = { $name } ({ $part })
explain-plus = +{ $amount }
explain-minus = −{ $amount }
explain-for = What puts { $name } ahead: { $parts }.
explain-against = What holds { $name } back: { $parts }.
explain-none-told = No mechanism by itself can be told from zero with { $years } possible years.
explain-rest = { $count ->
    [one] Its part cannot be told from zero: { $names }.
   *[other] Their parts cannot be told from zero: { $names }.
 }
explain-left = With every mechanism neutral a difference for { $name } of { $part } ({ $interval }) would be left: queueing, rounding of small teams, idle specialists.
explain-left-not-told = With every mechanism neutral no difference would be left that can be told from zero ({ $interval }).
explain-idle = At work in neither structure, so exactly zero: { $names }.
explain-measure-perhaps = None by itself is shown to be worth it; the nearest to it: { $names }.
explain-no-measurements = What to measure first is not known: { $reason }

explanation-title = Why: what the difference consists of
explanation-chart = From { $first } to { $second }: what the difference in { $measure } consists of
explanation-alt = A waterfall from the mean of { $first } to that of { $second }; each step is the part of a mechanism, as in the table below.
explanation-note = Both structures play the same possible years, with their people as written, while mechanisms are switched between as written and neutral. A part is what a mechanism adds to the difference on average over all orders of switching (Shapley value). The intervals ({ $level }) hold for all bars together; the bars add up to the whole difference.
explanation-caption = A filled bar can be told from zero, a hollow one cannot. The thin line is the interval of the part; intervals hold together for all bars.
explanation-table = Parts of the difference, { $second } less { $first }
explanation-mechanism = Mechanism
explanation-part-of = part
explanation-told = told from zero
explanation-yes = yes
explanation-no = no
explanation-means = what it means
explanation-effort = { $years } possible years, { $runs } runs ({ $simulated } of them simulated now){ $reached ->
    [no] ; the intervals are not yet as narrow as asked for, more replications would narrow them
   *[other] {""}
 }
explanation-more = adds to { $name }
explanation-less = takes from { $name }
explanation-unclear = hollow: not told from zero
explanation-interval = interval of the part
explanation-joint = joint { $level } interval
