"""Transition: what it costs to get to a structure from today's people.

Start reading at `answer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import BASELINE, REPLICATIONS, Asked, Kind, Mistake

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    if scenario.experiment.begin != "mature":
        text = f"a run that begins {scenario.experiment.begin!r} has the way from today's people in its figures already"
        yield Mistake("", text, allow="a scenario with `begin: mature`")


TRANSITION = Kind(
    name="transition",
    options=(
        replace(BASELINE, help="The structure of today, one of those compared."),
        replace(REPLICATIONS, shown="20, or the scenario's where those are fewer"),
    ),
    without=("measure",),
    check=_check,
    show="study.transition.show:SHOWING",
    finding="transition",
    function="study.transition.answer:transitions",
    says="""Say what it costs to get to each structure from today's people.

    Simulates the same years begun with today's people in their new roles and begun in place; the page of a comparison
    has it too.
    """,
    asks="What it costs to get there.",
)
