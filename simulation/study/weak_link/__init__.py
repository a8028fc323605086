"""Weak link: where one more person, or one more point of conversion, adds most profit.

Start reading at `answer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.study.kind import Asked, Kind

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def _agree(scenario: Scenario, asked: Asked) -> None:
    """One structure is enough: nothing is compared with another one."""
    from simulation.analysis.cases import cases_of

    cases_of({"": scenario}, asked.structures)


WEAK_LINK = Kind(
    name="weak_link",
    options=(),
    without=("baseline", "measure", "level"),
    show="study.weak_link.show:SHOWING",
    finding="weak_link",
    function="study.weak_link.answer:weak_links",
    asks="Where one more adds most.",
    agree=_agree,
)
