"""The plan: what the year of one structure may ask, drawn or sized beforehand, as arrays with a documented index.

`plan.Plan` is where to start reading; `table` says what a documented index is; `python -m simulation.department.plan`
prints every column with its axes, kind, unit and meaning. Tables of a scenario (`Plan.under`) are made once for all
replications; those of the World's luck are shared by all structures. May use the scenario and the World; knows nothing
of events or of people at work. The floor reads it: blueprint and arrangement the order of work, the office its hours,
skills their curves, customers and leads their terms.

Where a run asked for luck by name, by a law's quantile or of a generator that kept its place, and how it asks now:

* work, decisions, questions, thinking, patience, fit, late answers and deal sizes of leads: columns of `lead_table`,
  made on the first morning (again where the market changes on a date); `LeadTable.columns` has them as arrays;
* upsets of leads and customers (hand-offs, leavers), of which there is no last one: `Stock.upset` by stream, lead and
  ordinal, a column an ordinal;
* orders, requests, proposals, contacts, papers, payments and reminders of customers, of which there is no last one
  either: `Series.at` by lead and ordinal through the laws of `market.laws_of`, 16 ordinals at a time; of those who
  were there on the first day all at once (`Series.block`);
* attempts until a find: `World.attempts_to_find` by find, 64 at a time (`World.attempts`);
* threshold, talent, search, probation and absences of a hire: `Crowd` by seat and hire, kept for all structures;
  `people.Hires` and, what hangs on the role, `lives.Newcomers` have them as arrays;
* whether a CRM fails: `World.crm_luck` by the ordinal of the roll-out.

So during a run blocks are still drawn when they are first wanted, through objects that take integers: beforehand would
mean numbers of orders for every lead that never buys. Lives (careers, hiring, reviews, interventions) read `lives` and
`dated`: hazards and what presses on them, what leavers take along, how positions are filled, heads, earnings, changes
and targets; they ask the scenario in force for the order of work and the market only.
"""
