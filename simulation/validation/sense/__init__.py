"""Held against sense: what a sales director would expect of any department, whatever its figures.

Theory knows a few simple systems to the digit; common sense knows a little about all of them: one more seller never
costs more than his pay, whoever has customers bills their orders, half the work never hurts. Every expectation is
checked on every scenario that ships and on departments drawn at random, in the same possible years with and without
what is changed. `python -m simulation.validation.sense > docs/sense.md` writes the page, `tests/sense` runs the same.

Start reading at `checks` (what a check is), then `expectations` (the list), `changes` (what is changed), `departments`
(of what), `years` (what is read from a simulated year), and `page` (all of them).
"""

from simulation.validation.sense.checks import Check, Finding, held
from simulation.validation.sense.departments import Department, drawn, shipped
from simulation.validation.sense.expectations import expectations
from simulation.validation.sense.years import Laboratory, Years

__all__ = ["Check", "Department", "Finding", "Laboratory", "Years", "drawn", "expectations", "held", "shipped"]
