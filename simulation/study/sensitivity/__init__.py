"""Sensitivity: what the difference between two structures hangs on.

Start reading at `answer`, which has three methods: `tornado`, `morris` and `sobol`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simulation.study.kind import INPUTS, REPLICATIONS, TWO, Asked, Kind, Mistake, Option, Size, inputs_tried
from simulation.texts import phrase_of

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    wrong = list(inputs_tried(scenario, asked, pair=True))
    yield from wrong
    if wrong:
        return
    try:
        _runs(scenario, asked)
    except ValueError as error:
        yield Mistake("", phrase_of(error))


def _runs(scenario: Scenario, asked: Asked) -> tuple[int, int]:
    """Points and years of each."""
    from simulation.study.question import asked as question
    from simulation.study.sensitivity.answer import runs_of

    inputs = question(scenario, **asked.shared, inputs=asked.inputs).inputs
    return runs_of(asked.method, len(inputs), asked.replications, asked.points, asked.top)


def _size(scenario: Scenario, asked: Asked) -> Size:
    points, years = _runs(scenario, asked)
    return Size(points, 2, years, "fewer-inputs")


SENSITIVITY = Kind(
    name="sensitivity",
    options=(
        Option("method", Literal["tornado", "morris", "sobol"], "option-sensitivity-method", "tornado", shown=True),
        INPUTS,
        Option("top", int, "option-sensitivity-top", shown="shown-12-tornado-8-sobol", least=1, most=1_000),
        Option("points", int, "option-sensitivity-points", shown="shown-10-morris-64-sobol", least=4, most=65_536),
        TWO,
        replace(REPLICATIONS, help="option-sensitivity-replications", shown="shown-40-tornado-4-morris-2-sobol"),
    ),
    check=_check,
    show="study.sensitivity.show:SHOWING",
    finding="sensitivity",
    function="study.sensitivity.answer:sensitivity",
    asks="What the answer hangs on.",
    pair=True,
    size=_size,
)
