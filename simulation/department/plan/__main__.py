"""`python -m simulation.department.plan`: every column of the plan, with its axes, kind, unit and meaning."""

from simulation.department.plan.plan import TABLES
from simulation.department.plan.table import index

print(index(TABLES))
