# What orders, staff, activity logs and calls tell: estimators of customers and people.
people-customers-few = The records hold { $customers } customers with { $repeats } repeat orders: below { $least } customers with 20 repeat orders between them the default stays.
people-share-few = It rests on { $cases } cases: below { $least } the default stays.
people-no-correlation = No evidence that those who order more often order more or less at a time; the default stays.
people-customers-split = Orders of one customer on one day were counted as one: more of them share a day than follow on the next one, so bills were split.
people-customers-first-seen = No deal tells who was a customer before the records begin, so the first order of each in the records is taken for its first one; rates of ordering are then rather too high than too low.
people-customers-regular = Orders come more regularly than at random (coefficient of variation of the intervals { $cv }).
people-customers-no-season = The season of orders cannot be told apart from growth in { $months ->
    [one] { $months } month
   *[other] { $months } months
 }: two years are needed. A forecast that runs into a high season comes out too low.
people-customers-frequency = The frequency of repeat orders is not that of the fitted law: trust the forecast of the total more than that of the single customer.
people-method-pareto = Pareto/NBD, maximum likelihood
people-method-drop = BG/NBD, maximum likelihood
people-method-stay = NBD, maximum likelihood
people-method-ratio = ratio of means
people-method-correlation = correlation of normal scores
people-method-season = ratio to the mean of a year, shrunk
people-check-repeats = customers by number of repeat orders
people-stay-exponential = exponential law, censored
people-stay-piecewise = piecewise constant hazard, censored
people-stay-lognormal = lognormal law, censored
people-stay-weibull = Weibull law, censored
people-method-kaplan-meier = Kaplan–Meier
people-method-rate = leavers over time
people-tenure-employed-only = The list of staff holds { $people } people and nobody who left: it is length-biased (who stays long is in it more often), so how long people stay cannot be told from it; the default stays. Add those who left, with the day.
people-tenure-few = The list of staff holds { $people } people, { $leavers } of whom left: below { $least } people or { $left } leavers the default stays.
people-tenure-short = Nobody in the records can be seen to stay { $months } months or not.
people-tenure-law = Of the laws of staying the { $law } describes the { $people } people best, { $leavers } of whom left.
people-tenure-delayed = People hired before { $day } count from the tenure that they had then: those who had left by then are not in the list.
people-tenure-misfit = The fitted law does not give the share that is still there after 6 or 12 months: prefer the curve.
people-tenure-roles-alike = No evidence that people of one role leave sooner than those of another: one rate for all.
people-tenure-roles-differ = People of some roles leave sooner than those of others (likelihood-ratio test, 5 %).
people-check-stay = share still there after so many months
people-method-mean = mean
people-method-within-variance = variance of logarithms within customers
