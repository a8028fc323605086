# What every study says: names of what is varied, and of mechanisms.
variable-path = { $path }
variable-specialisation = strength of learning
variable-inbound = inbound leads
    .many = yes
variable-turnover = turnover of people
variable-team = size of the team
