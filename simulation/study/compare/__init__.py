"""Compare: which structure is better, the question that all others vary.

`analysis.comparison` answers about structures as they are drawn; `at_best` finds each one's best way to work and holds
the best against the best; `firmness` puts the answer to what-ifs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simulation.study.kind import PRECISION, REPLICATIONS, Asked, Kind, Mistake, Option, narrow, tried
from simulation.texts import say

if TYPE_CHECKING:
    from simulation.analysis.comparison import Comparison
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab


SEARCH = Option(
    "search",
    Literal["none", "quick", "full"],
    "option-search",
    shown="shown-quick-where-it-is",
    variable="SALES_SIM_SEARCH",
)
"""How deep each structure's best is looked for after the comparison; `searching` does it."""


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    yield from tried("precision", lambda: narrow(asked))


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> Comparison:
    """The comparison; it may be partial, where it was stopped, or have no year at all."""
    from simulation.analysis.comparison import compare

    return lab.whole(
        say("progress-compare"),
        compare,
        scenario,
        **asked.shared,
        replications=asked.replications,
        precision=narrow(asked),
    )


COMPARE = Kind(
    name="compare",
    options=(PRECISION, replace(REPLICATIONS, experiment=True), SEARCH),
    check=_check,
    answer=_answer,
    show="study.compare.show:SHOWING",
    finding="comparison",
    function="analysis.comparison:compare",
    asks="Which structure is better.",
    plan_met=False,
)
