"""The kinds of study. A new kind is a folder of this package and a line here."""

from __future__ import annotations

from simulation.study.best_split.ask import BEST_SPLIT
from simulation.study.compare.ask import COMPARE
from simulation.study.explain.ask import EXPLAIN
from simulation.study.field.ask import MAP, SWEEP
from simulation.study.history.ask import HISTORY
from simulation.study.horizon.ask import HORIZON
from simulation.study.kind import Kind
from simulation.study.payback.ask import PAYBACK
from simulation.study.sensitivity.ask import SENSITIVITY
from simulation.study.threshold.ask import THRESHOLD
from simulation.study.transition.ask import TRANSITION
from simulation.study.uncertainty.ask import UNCERTAINTY
from simulation.study.weak_link.ask import WEAK_LINK

KINDS: tuple[Kind, ...] = (
    COMPARE,
    BEST_SPLIT,
    SWEEP,
    MAP,
    THRESHOLD,
    SENSITIVITY,
    EXPLAIN,
    UNCERTAINTY,
    WEAK_LINK,
    TRANSITION,
    PAYBACK,
    HORIZON,
    HISTORY,
)
"""All of them, in the order in which commands and questions are listed."""


def kind_of(finding: str) -> Kind:
    """The kind whose findings are called so.

    Raises:
        KeyError: there is none.
    """
    for kind in KINDS:
        if kind.finding == finding:
            return kind
    raise KeyError(f"no kind of study finds a {finding!r}")
