"""A sales department under different structures, simulated: which one earns more, and how sure that is.

The public face. A notebook needs no more than this::

    import simulation

    scenario = simulation.load("my.yaml")
    comparison = simulation.compare(scenario, replications=200)
    print(comparison.verdict.text)
    comparison.differences("profit")
    simulation.plot.funnel(comparison)

The way of the data is scenario -> world -> department -> (finance) -> analysis -> report -> cli; each package
imports only from those before it. Names are loaded at their first use, so that importing this package costs
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.version import __version__

if TYPE_CHECKING:
    from simulation.analysis.catalogue import MEASURES, Measure, describe
    from simulation.analysis.comparison import Comparison, Result, compare, simulate
    from simulation.analysis.measures import measures, monthly
    from simulation.analysis.payback import Payback, payback
    from simulation.analysis.replications import Runs, replicate_one, run_replications
    from simulation.analysis.verdict import Verdict
    from simulation.department.record import Record
    from simulation.finance.booking import book
    from simulation.finance.ledger import Ledger
    from simulation.report import plot
    from simulation.report.page.write import page
    from simulation.scenario.errors import ScenarioError
    from simulation.scenario.loader import load, load_text
    from simulation.scenario.scenario import Scenario
    from simulation.world import World

__all__ = [
    "MEASURES",
    "Comparison",
    "Ledger",
    "Measure",
    "Payback",
    "Record",
    "Result",
    "Runs",
    "Scenario",
    "ScenarioError",
    "Verdict",
    "World",
    "__version__",
    "book",
    "compare",
    "describe",
    "load",
    "load_text",
    "measures",
    "monthly",
    "page",
    "payback",
    "plot",
    "replicate_one",
    "run_replications",
    "simulate",
]

_HOMES = {
    "MEASURES": "analysis.catalogue",
    "Comparison": "analysis.comparison",
    "Ledger": "finance.ledger",
    "Measure": "analysis.catalogue",
    "Payback": "analysis.payback",
    "Record": "department.record",
    "Result": "analysis.comparison",
    "Runs": "analysis.replications",
    "Scenario": "scenario.scenario",
    "ScenarioError": "scenario.errors",
    "Verdict": "analysis.verdict",
    "World": "world",
    "book": "finance.booking",
    "compare": "analysis.comparison",
    "describe": "analysis.catalogue",
    "load": "scenario.loader",
    "load_text": "scenario.loader",
    "measures": "analysis.measures",
    "monthly": "analysis.measures",
    "page": "report.page.write",
    "payback": "analysis.payback",
    "plot": "report.plot",
    "replicate_one": "analysis.replications",
    "run_replications": "analysis.replications",
    "simulate": "analysis.comparison",
}


_MODULES = ("plot",)
"""Names that stand for a package of their own."""


def __getattr__(name: str) -> Any:
    """A public name, from the module that it lives in (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_HOMES[name]}")
    value = home if name in _MODULES else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
