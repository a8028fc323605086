"""What people do: the department at work in one possible year, as a discrete-event simulation in SimPy.

May use `scenario` and `world`; knows no YAML, no statistics, no files and almost no money. Nothing here may ask what
a structure is called. Start reading at `department.simulate`, then `person` (how a person finds work), `leads` and
`customers` (what the work leads to).
"""

from simulation.department.department import Department, simulate
from simulation.department.record import Record

__all__ = ["Department", "Record", "simulate"]
