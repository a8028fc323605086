"""Explain: the difference between two structures divided among the mechanisms of the model.

Start reading at `answer`; `players` are the reasons, `shapley` divides, `finding` is what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import PRECISION, REPLICATIONS, TWO, Asked, Kind, Mistake, Option, narrow, tried

if TYPE_CHECKING:
    from simulation.analysis.precision import Precision
    from simulation.scenario.scenario import Scenario
    from simulation.study.explain.finding import Explanation
    from simulation.study.kind import Finding
    from simulation.study.lab import Lab


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    yield from tried("precision", lambda: _narrow(asked))


def _narrow(asked: Asked) -> Precision | None:
    from simulation.study.explain.answer import MOST

    return narrow(asked, MOST)


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> Explanation:
    from simulation.study.explain.answer import explain

    wanted = _narrow(asked)
    return explain(
        scenario,
        **asked.shared,
        replications=asked.replications if wanted is None else None,
        precision=wanted,
        measurements=asked.measurements,
        lab=lab,
    )


def _beside(found: Explanation) -> Sequence[Finding]:
    return () if found.measurements is None else (found.measurements,)


EXPLAIN = Kind(
    name="explain",
    options=(
        TWO,
        replace(
            REPLICATIONS,
            help="option-explain-replications",
            shown="shown-until-the-intervals-are-a-quarter-of-the",
            least=2,
        ),
        replace(PRECISION, help="option-explain-precision", metavar="20%"),
        Option(
            "measurements",
            bool,
            "option-explain-measurements",
            True,
            flag="--measurements/--no-measurements",
            shown=True,
        ),
    ),
    check=_check,
    answer=_answer,
    show="study.explain.show:SHOWING",
    finding="explanation",
    function="study.explain.answer:explain",
    asks="Why one is ahead.",
    pair=True,
    plan_met=False,
    beside=_beside,
)
