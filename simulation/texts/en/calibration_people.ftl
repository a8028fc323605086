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
people-method-gamma-gamma = gamma–gamma, maximum likelihood
people-method-ratio = ratio of means
people-method-correlation = correlation of normal scores
people-method-season = ratio to the mean of a year, shrunk
people-check-repeats = customers by number of repeat orders
