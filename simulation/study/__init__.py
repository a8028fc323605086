"""What to decide: the best split, the value at which the answer flips, what the answer hangs on, and why.

Each question is a module that asks a `lab.Lab` for measures of many scenarios and structures in the same possible
years, and gives back a finding: plain values, tables, and sentences that can be said in each language. Nothing here
prints, draws or writes files. Start reading at `lab`, then `terms` (who is compared with whom, by what and how
sure) and `variation` (how a value is varied).
"""
