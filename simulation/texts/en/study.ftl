# What every study says: names of what is varied, and of mechanisms.
variable-path = { $path }
variable-specialisation = strength of learning
variable-inbound = inbound leads
variable-turnover = turnover of people
variable-team = size of the team
variable-lead-loss = leads lost in a hand-off
variable-lead-delay = delay of a hand-off
variable-lead-work = reading-in after a hand-off
variable-customer-loss = customers lost in a hand-off
variable-switching = time lost at a change of activity
variable-availability = share of the day free for work
variable-customers-taken = customers taken along by a leaver
variable-leads-taken = open leads lost with a leaver
variable-churn = customers leaving by themselves
variable-talent = differences in talent
variable-contributions = contributions on pay
comparison-title = The comparison
