"""The kinds of study. A new kind is a folder of this package and a line here."""

from __future__ import annotations

from simulation.study.best_split import BEST_SPLIT
from simulation.study.compare import COMPARE
from simulation.study.explain import EXPLAIN
from simulation.study.field import MAP, SWEEP
from simulation.study.history import HISTORY
from simulation.study.horizon import HORIZON
from simulation.study.kind import Kind
from simulation.study.payback import PAYBACK
from simulation.study.sensitivity import SENSITIVITY
from simulation.study.threshold import THRESHOLD
from simulation.study.transition import TRANSITION
from simulation.study.uncertainty import UNCERTAINTY
from simulation.study.weak_link import WEAK_LINK

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
