"""Uncertainty: how sure a choice is when the inputs are uncertain too, and what to measure first.

Start reading at `answer`; `worth` divides the doubt between chance and ignorance and says what an input is worth.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from simulation.study.kind import INPUTS, Asked, Kind, Mistake, Option, Size, inputs_tried, tried

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    if scenario.inputs is None:
        yield from inputs_tried(scenario, asked)
    else:
        from simulation.study.question import chosen, drawn_inputs

        yield from tried("inputs", partial(chosen, scenario, asked.inputs or (), drawn_inputs(scenario)))


def _size(scenario: Scenario, asked: Asked) -> Size:
    from simulation.study.terms import terms
    from simulation.study.uncertainty.answer import YEARS_EACH, points_of

    names = terms(scenario, **asked.shared).structures
    return Size(points_of(scenario, names, asked.inputs, asked.samples), len(names), YEARS_EACH, "fewer-samples")


UNCERTAINTY = Kind(
    name="uncertainty",
    options=(
        Option(
            "samples",
            int,
            "option-uncertainty-samples",
            shown="shown-200-or-eight-an-input-where-that-is-more",
            least=20,
            most=100_000,
        ),
        INPUTS,
    ),
    without=("replications",),
    check=_check,
    show="study.uncertainty.show:SHOWING",
    finding="uncertainty",
    function="study.uncertainty.answer:uncertainty",
    asks="How sure it is over the ranges of the inputs.",
    size=_size,
)
