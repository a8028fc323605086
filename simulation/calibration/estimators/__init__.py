"""What records tell: of deals, of customers, and of people; one file a subject, each with `estimate`.

Of deals: `stages` (shares and clocks), `arrivals`, `pipeline` (what open deals still bring), `amounts`, `regime` (one
regime or not) and `checks` (each fit beside what was seen). They rest on `resampled` (weights of the bootstrap),
`spells` (records as spells of risk), `waiting` (the seller's part and the customer's), `counting`, `incidence`
(Aalen–Johansen), `laws`, `mixture`, `competing` and `seen` (laws of the clocks, fitted), `shrinkage` (small channels),
`weekly` and `change` (weekly series). Of customers: `customers`. Of people: `work_times`, `presence`, `tenure`,
`sellers`, `attempts`, `load`.

An `estimate(records, resampling) -> Estimate` fits once to the records and once to each draw. Times are elapsed hours
throughout. `stages.estimate` comes first: `pipeline` and `checks` take what it found.
"""
