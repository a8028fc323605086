"""Held against theory: scenarios that reduce to known systems, and the formulas they must reproduce.

Stands beside the report: may use everything that a notebook may (`simulation.load`, `replicate_one`, `measures`) and is
used by nothing but the tests and `python -m simulation.validation`, which writes `docs/validation.md`. Start reading at
`checks` (what a check is), then `queues`, `orders`, `people`, `flows` and `customers` (the known systems), `formulas`
(theory) and `scenarios/` (the same systems as a user would write them); `SYSTEMS` has all of them. `calls` counts which
functions a run enters. `recovery` holds estimators against exports of which the truth is known (docs/recovery.md).
"""

from simulation.validation.checks import Check, Result, System, run
from simulation.validation.customers import CUSTOMERS
from simulation.validation.flows import FLOWS
from simulation.validation.orders import ORDERS
from simulation.validation.people import INTERVENTIONS, PEOPLE
from simulation.validation.queues import QUEUES
from simulation.validation.staffing import STAFFING

__all__ = ["GROUPS", "SYSTEMS", "Check", "Result", "System", "run"]

GROUPS: dict[str, tuple[System, ...]] = {
    "Waiting": QUEUES,
    "Several kinds of work": ORDERS,
    "People's time": PEOPLE,
    "Leads": FLOWS,
    "Customers and revenue": CUSTOMERS,
    "People who come, learn and leave": STAFFING,
    "Changes on a date": INTERVENTIONS,
}
"""The systems under the headings of the table."""

SYSTEMS: dict[str, System] = {system.name: system for group in GROUPS.values() for system in group}
"""The systems by name."""
