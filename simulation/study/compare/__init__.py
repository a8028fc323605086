"""Compare: which structure is better, the question that all others vary.

`ask` says what may be asked; `analysis.comparison` answers.
"""
