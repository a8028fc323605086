"""History: how well today's structure reproduces the firm's own last year.

`ask` says what may be asked, `finding` what comes out; `analysis.history` answers.
"""
