"""A sales department under different structures, simulated: which one earns more, and how sure that is.

The public face. A notebook needs no more than this::

    import simulation

    scenario = simulation.load("my.yaml")
    comparison = simulation.compare(scenario, replications=200)
    print(comparison.verdict.text)
    comparison.differences("profit")
    simulation.plot.funnel(comparison)

From comparing to deciding::

    with simulation.open_store("years.sqlite") as store:
        lab = simulation.Lab(store=store)
        best = simulation.optimise(scenario, heads=8, lab=lab)
        flips = simulation.threshold(scenario, "hand_off.lead.loss=5%:60%", lab=lab)
    print(*flips.sentences)
    simulation.charts(flips)

The way of the data is scenario -> world -> department -> (finance) -> analysis -> store -> study -> report -> cli; each
package imports only from those before it. Names are loaded at their first use, so that importing this package costs
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.version import __version__

if TYPE_CHECKING:
    from simulation.analysis.break_even import Payback, payback
    from simulation.analysis.cases import Runs, replicate_one, run_replications
    from simulation.analysis.catalogue import MEASURES, Measure, describe
    from simulation.analysis.comparison import Comparison, Result, compare, simulate
    from simulation.analysis.measures import measures, monthly
    from simulation.analysis.precision import Precision
    from simulation.analysis.unknown import TermsError, UnknownName
    from simulation.analysis.verdict import Verdict
    from simulation.calibration.backtest import Backtest, backtest
    from simulation.calibration.calibrate import Calibration, calibrate
    from simulation.calibration.exporting.export import export_crm
    from simulation.department.record import Record
    from simulation.finance.booking import book
    from simulation.finance.ledger import Ledger
    from simulation.report import plot
    from simulation.report.findings import charts
    from simulation.report.notebook import html
    from simulation.report.page.write import findings_page, page
    from simulation.scenario.scenario import Scenario
    from simulation.sense.loader import load, load_text
    from simulation.store.database import Store, open_store
    from simulation.store.opening import StoreError
    from simulation.study.best_split.answer import optimise
    from simulation.study.cluster import cluster
    from simulation.study.explain.answer import explain
    from simulation.study.field.sweep import sweep
    from simulation.study.field.winner_map import winner_map
    from simulation.study.file import carry_out, load_study
    from simulation.study.kind import Finding
    from simulation.study.lab import Case, Lab
    from simulation.study.sensitivity.answer import sensitivity
    from simulation.study.threshold.answer import threshold
    from simulation.study.uncertainty.answer import uncertainty
    from simulation.study.variation import parse_range
    from simulation.world import World
    from simulation.written.errors import ScenarioError

__all__ = [
    "MEASURES",
    "Backtest",
    "Calibration",
    "Case",
    "Comparison",
    "Finding",
    "Lab",
    "Ledger",
    "Measure",
    "Payback",
    "Precision",
    "Record",
    "Result",
    "Runs",
    "Scenario",
    "ScenarioError",
    "Store",
    "StoreError",
    "TermsError",
    "UnknownName",
    "Verdict",
    "World",
    "__version__",
    "backtest",
    "book",
    "calibrate",
    "carry_out",
    "charts",
    "cluster",
    "compare",
    "describe",
    "explain",
    "export_crm",
    "findings_page",
    "html",
    "load",
    "load_study",
    "load_text",
    "measures",
    "monthly",
    "open_store",
    "optimise",
    "page",
    "parse_range",
    "payback",
    "plot",
    "replicate_one",
    "run_replications",
    "sensitivity",
    "simulate",
    "sweep",
    "threshold",
    "uncertainty",
    "winner_map",
]

_HOMES = {  # but for the functions of the kinds of study, which `simulation.study.kinds` lists
    "MEASURES": "analysis.catalogue",
    "Backtest": "calibration.backtest",
    "Calibration": "calibration.calibrate",
    "Case": "study.lab",
    "Comparison": "analysis.comparison",
    "Finding": "study.kind",
    "Lab": "study.lab",
    "Ledger": "finance.ledger",
    "Measure": "analysis.catalogue",
    "Payback": "analysis.break_even",
    "Precision": "analysis.precision",
    "Record": "department.record",
    "Result": "analysis.comparison",
    "Runs": "analysis.cases",
    "Scenario": "scenario.scenario",
    "ScenarioError": "written.errors",
    "Store": "store.database",
    "StoreError": "store.opening",
    "TermsError": "analysis.unknown",
    "UnknownName": "analysis.unknown",
    "Verdict": "analysis.verdict",
    "World": "world",
    "backtest": "calibration.backtest",
    "book": "finance.booking",
    "calibrate": "calibration.calibrate",
    "carry_out": "study.file",
    "charts": "report.findings",
    "cluster": "study.cluster",
    "describe": "analysis.catalogue",
    "export_crm": "calibration.exporting.export",
    "findings_page": "report.page.write",
    "html": "report.notebook",
    "load": "sense.loader",
    "load_study": "study.file",
    "load_text": "sense.loader",
    "measures": "analysis.measures",
    "monthly": "analysis.measures",
    "open_store": "store.database",
    "page": "report.page.write",
    "parse_range": "study.variation",
    "payback": "analysis.break_even",
    "plot": "report.plot",
    "replicate_one": "analysis.cases",
    "run_replications": "analysis.cases",
    "simulate": "analysis.comparison",
}


_MODULES = ("plot",)
"""Names that stand for a package of their own."""


def __getattr__(name: str) -> Any:
    """A public name, from the module that it lives in (PEP 562)."""
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _HOMES:
        home = import_module(f"{__name__}.{_HOMES[name]}")
        value = home if name in _MODULES else getattr(home, name)
    else:
        value = _of_a_kind(name)
    globals()[name] = value
    return value


def _of_a_kind(name: str) -> Any:
    """The function of a kind of study."""
    from simulation.study.kinds import KINDS

    for kind in KINDS:
        if kind.public == name:
            return kind.python()
    from simulation.written.spelling import nearest

    near = nearest(name, __dir__())
    hint = f"; did you mean {near!r}?" if near else ""
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}", name=name, obj=None)


def __dir__() -> list[str]:
    """The public names, and nothing else."""
    from simulation.study.kinds import KINDS

    return sorted({*__all__, *(kind.public for kind in KINDS)})
