calibration-name-within = { $stage }, { $channel }
calibration-name-whole = the whole way
calibration-name-all = all
calibration-name-regime = strongest change of { $what ->
    [conversion] the conversion
    [arrivals] the number of leads
    [clocks] the time in stages
    [amounts] the sizes of deals
   *[other] { $what }
 }, times
calibration-name-clock = { $of }: { $what ->
    [yes] time until it goes on
   *[no] time until it is lost
 }{ $kind ->
    [cv] , spread
    [at-once] , share at once
   *[mean] , mean
 }
calibration-name-stage = { $of }: { $what ->
    [share] share that goes on
    [silent] share of the lost who never say so
    [expires] age at which it is given up
   *[unanswered] share lost unanswered
 }
calibration-name-waiting = { $of }: wait for the seller, mean
calibration-name-common = share of the bursts that all channels have together
calibration-name-bursts = leads, { $of }: { $what ->
    [memory] how much of a good week lasts into the next
   *[cv] spread of the weeks
 }
calibration-name-weekday = leads, { $of }: { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
 } against the mean day
calibration-name-hour = leads, { $of }: from { $number }:00 on against the mean hour
calibration-name-month = leads, { $of }: month { $number } against the mean month
calibration-name-arrivals = leads, { $of }: { $what ->
    [leads-per-month] a month
    [holidays] on holidays against other days
   *[trend-per-year] trend a year
 }
calibration-name-open = open deals
calibration-name-ahead = open deals: { $what ->
    [wins] won within { $number } weeks
   *[left] still open after { $number } weeks
 }
calibration-name-amount = deal: { $what ->
    [mean] mean size
    [cv] spread of the sizes
    [heaped] share of round sizes
    [drift] drift of the sizes a year
   *[lost-to-won] size of the lost against the won
 }
calibration-name-amount-channel = deal, { $of }: size against the mean
calibration-name-presence = { $what ->
    [names] people who appear
    [heads] people at work, in full seats
   *[days-per-week] working days a week
 }
calibration-name-office = { $what ->
    [begin] working day begins at
   *[end] working day ends at
 }
calibration-name-heads = { $of }: people at work, in full seats
calibration-name-sellers = sellers: { $what ->
    [log-odds-sd] spread of the log-odds of a deal
    [talent-sd] spread of talent
   *[ramp] how newcomers grow
 }
calibration-name-ramp = sellers: log-odds in step { $number } of the first year
calibration-name-orders-month = orders: month { $number } against the mean month
calibration-name-stay = people who stay { $number } months
calibration-name-leaving = people who leave, a year
calibration-name-leaving-role = { $of }: people who leave, a year
calibration-name-load = how busy people are
calibration-name-load-role = { $of }: how busy they are
calibration-name-week-of = hours a week: { $role }, { $of }
calibration-name-week = hours a week: { $of }
calibration-name-pieces = time of a piece of work
calibration-name-work = { $of }: { $what ->
    [hours] time of a piece of work
    [cv] its spread
   *[people-sd] how much people differ in it
 }
calibration-name-attempts = calls: { $what ->
    [probability] share that reaches somebody
    [most] tries before it is given up
    [calls-per-month] a month, of all
    [calls-per-day] a person and day
   *[find-probability] share that finds a lead
 }
calibration-name-reached = calls: share reached at try { $number }
calibration-name-customers-orders-per-year = orders of a customer, a year
calibration-name-customers-order-every-cv = spread of the time between orders
calibration-name-customers-order-rate-cv = how much customers differ in their orders
calibration-name-customers-churn-per-year = customers who leave, a year
calibration-name-customers-churn-cv = how much customers differ in leaving
calibration-name-customers-drop-out-probability = share of customers who leave after an order
calibration-name-customers-drop-out-cv = how much customers differ in leaving after an order
calibration-name-customers-order-cv = spread of the sizes of orders
calibration-name-customers-order-mean = mean size of an order
calibration-name-customers-order-size = size of later orders against the first
calibration-name-customers-size-rate-correlation = whether those who order often order large
calibration-unit-hours = hours
calibration-unit-share = share
calibration-unit-a-year = a year
calibration-unit-hours-a-week = hours a week
calibration-quantity-h = { $number } h
calibration-quantity-min = { $number } min
calibration-quantity-days = { $number } days
calibration-name-division = { $of }: share of { $role }
calibration-name-attempts-channel = calls: share that brings a lead of their channel
calibration-unit-days = days
calibration-name-worked = { $stage } (the customer's part)
