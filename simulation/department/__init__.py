"""What people do: the department at work in one possible year, as a discrete-event simulation in SimPy.

May use `scenario` and `world`; knows no YAML, no statistics, no files and almost no money. Nothing here may ask what
a structure is called. Start reading at `year.run`, then `order` (what begins with the year), `department` (the parts),
`plan` (its tables), `person` (how a person finds work), `leads` and `customers` (what the work leads to).
"""

from simulation.department.department import Department
from simulation.department.record import Record
from simulation.department.year import run, simulate

__all__ = ["Department", "Record", "run", "simulate"]
