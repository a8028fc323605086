"""What to decide: the best split, the value at which the answer flips, what the answer hangs on, and why.

A folder for each kind of study, listed in `kinds`: `ask` says what may be asked, `answer` asks a `lab.Lab` for measures
of many scenarios and structures in the same possible years, and gives back a finding: plain values, tables, and
sentences that can be said in each language. Nothing here prints, draws or writes files, but for a `show` beside a kind,
which is part of the report. Start reading at `kind`, then `lab`, `terms` (who is compared with whom, by what and how
sure) and `variation` (how a value is varied).
"""
