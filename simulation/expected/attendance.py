"""The open hours in which nobody answers new leads: people who give a part of the week come first thing.

Each of them works the first hours of a day, the same share of every day (`department.presence`), so that whoever gives
most covers what all of them together cover.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario.market import Arrivals
from simulation.scenario.scenario import Scenario

_ROUNDING = 1e-6


@dataclass(frozen=True)
class Gap:
    """Open hours without anybody who answers.

    Attributes:
        roles: those who answer, by name.
        share: share of the open hours.
        since: hour of the day from which nobody answers.
        hours_per_week: what the longest of them gives.
    """

    roles: tuple[str, ...]
    share: float
    since: float
    hours_per_week: float


def unanswered(scenario: Scenario, structure: str) -> Gap | None:
    """The open hours in which nobody of a structure, as it stands in a scenario, answers new leads; None where none."""
    market = scenario.market
    if not any(isinstance(channel, Arrivals) and channel.active for channel in market.channels.values()):
        return None
    first = "sell" if market.qualification is None else "qualify"
    answer = {
        name: role
        for name, role in scenario.structures[structure].roles.items()
        if role.headcount and any(duty.activity == first for duty in role.activities)
    }
    given = [role.hours_per_week for role in answer.values() if role.hours_per_week is not None]
    if not answer or len(given) < len(answer):
        return None
    covered = scenario.calendar.share_of_week(max(given))
    if covered > 1 - _ROUNDING:
        return None
    left = covered * sum(close - begin for begin, close in scenario.calendar.shifts)
    since = scenario.calendar.shifts[0][0]
    for begin, close in scenario.calendar.shifts:
        since = begin + min(left, close - begin)
        left -= close - begin
        if left <= 0:
            break
    return Gap(tuple(answer), 1 - covered, since % 24, max(given))
