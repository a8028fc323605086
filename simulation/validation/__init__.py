"""Held against theory: scenarios that reduce to known systems, and the formulas they must reproduce.

Stands beside the report: may use everything that a notebook may (`simulation.load`, `replicate_one`, `measures`) and is
used by nothing but the tests and `python -m simulation.validation`, which writes `docs/validation.md`. Start reading at
`checks` (what a check is), then `queues`, `orders`, `people`, `flows` and `customers` (the known systems), `formulas`
(theory) and `scenarios/` (the same systems as a user would write them). `calls` counts which functions a run enters.
"""

from simulation.validation.checks import Check, Result, System, run
from simulation.validation.registry import SYSTEMS

__all__ = ["SYSTEMS", "Check", "Result", "System", "run"]
