"""Parameter recovery: what estimators find in exports of which the truth is known, over many exports.

`kinds` are small scenarios, `population` what is true of their records by very many years followed to the end, `runs`
exports and what estimators find in them, `decision` whether the recovered scenario would be decided alike. `python -m
simulation.validation.recovery` prints the table: coverage of the intervals of 90 %, bias, and agreement.
"""
