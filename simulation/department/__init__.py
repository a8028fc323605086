"""What people do: the department at work in one possible year, as a discrete-event simulation in SimPy.

May use `scenario` and `world`; knows no YAML, no statistics, no files and almost no money. Nothing here may ask what
a structure is called. Start reading at `year.run`, then `order` (what begins with the year), `department` (the parts),
`plan` (its tables), `person` (how a person finds work), `leads` and `customers` (what the work leads to).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.record import Record
    from simulation.department.year import run, simulate

__all__ = ["Department", "Record", "run", "simulate"]

_HOMES = {"Department": "department", "Record": "record", "run": "year", "simulate": "year"}


def __getattr__(name: str) -> Any:
    """A name, from the module that it lives in: whoever only reads records loads nobody who makes them (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
