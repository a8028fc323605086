"""What may be asked of the horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.study.kind import Asked, Kind, unchecked

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.horizon.finding import Horizon
    from simulation.study.lab import Lab


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> Horizon:
    from simulation.study.horizon.answer import horizon

    return horizon(scenario, **asked.shared, replications=asked.replications, lab=lab)


HORIZON = Kind(
    name="horizon",
    options=(),
    check=unchecked,
    answer=_answer,
    show="study.horizon.show",
    finding="horizon",
    function="study.horizon.answer:horizon",
    asks="Whether another horizon would change the winner.",
    plan_met=False,
)
