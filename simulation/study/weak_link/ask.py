"""What may be asked of the weak link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.study.kind import Asked, Kind, unchecked

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab
    from simulation.study.weak_link.finding import WeakLinks


def _agree(scenario: Scenario, asked: Asked) -> None:
    """One structure is enough: nothing is compared with another one."""
    from simulation.analysis.cases import cases_of

    cases_of({"": scenario}, asked.structures)


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> WeakLinks:
    from simulation.study.weak_link.answer import weak_links

    return weak_links(scenario, structures=asked.structures, replications=asked.replications, lab=lab)


WEAK_LINK = Kind(
    name="weak_link",
    options=(),
    without=("baseline", "measure", "level"),
    check=unchecked,
    answer=_answer,
    show="study.weak_link.show",
    finding="weak_link",
    function="study.weak_link.answer:weak_links",
    asks="Where one more adds most.",
    agree=_agree,
)
