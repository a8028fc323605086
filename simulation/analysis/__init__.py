"""What it means: measures of a run, replications of possible years, intervals, comparison and verdict.

May use everything to its left (`scenario`, `world`, `department`, `finance`); knows no SimPy and no files,
prints nothing. Start reading at `comparison.compare`, then `replications.run_replications` (many runs),
`comparison` (who is compared with whom), `measures.measures` (one run, the list stands in `catalogue`), `intervals` and
`verdict`.
"""
