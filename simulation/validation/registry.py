"""All known systems by name, in the order of the table."""

from __future__ import annotations

from simulation.validation.checks import System
from simulation.validation.customers import CUSTOMERS
from simulation.validation.flows import FLOWS
from simulation.validation.interventions import INTERVENTIONS
from simulation.validation.orders import ORDERS
from simulation.validation.people import PEOPLE
from simulation.validation.queues import QUEUES
from simulation.validation.staffing import STAFFING

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
