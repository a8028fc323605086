"""What deals tell: shares and clocks of stages, arrivals, the open pipeline, amounts, and whether it is one regime.

One file a subject, each with `estimate(records, resampling) -> Estimate`; what they rest on stands in `resampled`
(weights of the bootstrap), `spells` (records as spells of risk), `incidence` (Aalen–Johansen), `laws` and `mixture`
(laws of the clocks, fitted), `shrinkage` (small channels). Times are elapsed hours throughout. `stages.estimate` comes
first: `pipeline`, `regime` and `checks` take what it found.
"""
