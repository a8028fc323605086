"""From records to a scenario: what a CRM, the books and a list of staff tell, with intervals, and what they cannot.

`records` holds the one shape into which every layout is read; `readers` read files into it, `exporting` writes what a
CRM would have recorded of a simulated year. `estimates` is the shape of what an estimator finds. It stands beside
`study`, simulates by the lab, and knows no drawing. Start with `records`.
"""
