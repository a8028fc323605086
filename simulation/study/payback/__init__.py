"""Pay-back: when one structure has earned what it cost more than another.

Start reading at `answer`; `analysis.break_even` finds the month.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simulation.study.kind import BASELINE, LEVEL, MEASURE, TWO, Asked, Kind

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def _agree(scenario: Scenario, asked: Asked) -> None:
    """The measure is a column of the months, not the one that decides."""
    from simulation.study.terms import terms

    terms(scenario, asked.structures, asked.baseline, level=asked.level, pair=True)


PAYBACK = Kind(
    name="payback",
    options=(
        TWO,
        replace(BASELINE, help="option-payback-baseline"),
        replace(
            MEASURE,
            type=Literal["cash", "profit"],
            help="option-payback-measure",
            default="cash",
            metavar=None,
            shown=True,
        ),
        replace(LEVEL, help="option-payback-level"),
    ),
    show="study.payback.show:SHOWING",
    finding="payback",
    function="study.payback.answer:paid_back",
    asks="When it pays back.",
    pair=True,
    agree=_agree,
)
