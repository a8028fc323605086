"""What may be asked of the way from today's people to another structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import BASELINE, REPLICATIONS, Asked, Kind, Mistake
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab
    from simulation.study.transition.finding import Transitions


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    if scenario.experiment.begin != "mature":
        text = worded("begun-today", begin=repr(scenario.experiment.begin))
        yield Mistake("", text, allow=worded("allowed-mature"))


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> Transitions:
    from simulation.study.transition.answer import transitions

    return transitions(
        scenario,
        structures=asked.structures,
        baseline=asked.baseline,
        level=asked.level,
        replications=asked.replications,
        lab=lab,
    )


TRANSITION = Kind(
    name="transition",
    options=(
        replace(BASELINE, help="option-transition-baseline"),
        replace(REPLICATIONS, shown="shown-20-or-the-scenario-s-where-those-are-few"),
    ),
    without=("measure",),
    check=_check,
    answer=_answer,
    show="study.transition.show",
    finding="transition",
    function="study.transition.answer:transitions",
    asks="What it costs to get there.",
)
