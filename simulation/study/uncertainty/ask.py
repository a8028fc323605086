"""What may be asked of a choice under uncertain inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.study.kind import INPUTS, Asked, Kind, Mistake, Option, inputs_tried

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab
    from simulation.study.uncertainty.finding import Uncertainty


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    yield from inputs_tried(scenario, asked)


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> Uncertainty:
    from simulation.study.uncertainty.answer import uncertainty

    return uncertainty(scenario, **asked.shared, inputs=asked.inputs, samples=asked.samples, lab=lab)


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
    answer=_answer,
    show="report.findings.uncertainty",
    finding="uncertainty",
    function="study.uncertainty.answer:uncertainty",
    asks="How sure it is over the ranges of the inputs.",
)
