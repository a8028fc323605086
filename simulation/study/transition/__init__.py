"""Transition: what it costs to get to a structure from today's people.

Start reading at `answer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import BASELINE, REPLICATIONS, Asked, Kind, Mistake
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    if scenario.experiment.begin != "mature":
        text = worded("begun-today", begin=repr(scenario.experiment.begin))
        yield Mistake("", text, allow=worded("allowed-mature"))


TRANSITION = Kind(
    name="transition",
    options=(
        replace(BASELINE, help="option-transition-baseline"),
        replace(REPLICATIONS, shown="shown-20-or-the-scenario-s-where-those-are-few"),
    ),
    without=("measure",),
    check=_check,
    show="study.transition.show:SHOWING",
    finding="transition",
    function="study.transition.answer:transitions",
    asks="What it costs to get there.",
)
