"""Explain: the difference between two structures divided among the mechanisms of the model.

Start reading at `answer`; `shapley` has the players and divides, `finding` is what comes out.
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
    from simulation.study.finding import Finding
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
            help="Possible years to replay; at the most so many with --precision.",
            shown="until the intervals are a quarter of the largest bar, at most 64",
            least=2,
        ),
        replace(
            PRECISION,
            help="Go on until the intervals of the bars are so narrow: half-width as a share of the largest bar (20%) "
            "or an amount (200k). --replications is then the most that may be taken.",
            metavar="20%",
        ),
        Option(
            "measurements",
            bool,
            "Say which inputs to measure first; that samples their ranges, which takes as long again.",
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
    says="""Say why one structure earns more than another.

    Divides the difference among the mechanisms of the model (pooling, specialisation, hand-offs, …): each part with
    its interval, all of them together exactly the difference.
    """,
    asks="Why one is ahead.",
    pair=True,
    plan_met=False,
    beside=_beside,
)
