"""Pay-back: when one structure has earned what it cost more than another.

Start reading at `answer`; `analysis.payback` finds the month.
"""
