"""What looks wrong in how people come, leave and are led, and in what changes during the run; part of ``checks``."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from simulation.mechanisms.coaching import head_hours, share
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import positions
from simulation.scenario.structures import Role, Structure, recruiting_of, tenure_form, turnover_per_year
from simulation.scenario.timeline import changes
from simulation.texts import Digits, Percent, worded

Oddity = tuple[str, str]
"""Dotted path, what looks wrong."""

OVERLOADED = 1.2
"""Hours asked of the heads over hours that they can give, from which it is told."""


def oddities(scenario: Scenario) -> Iterator[Oddity]:
    """What looks wrong, in the order of the scenario."""
    yield from _free_hires(scenario)
    yield from _idle_reserve(scenario)
    yield from _never_leaving(scenario)
    yield from _level_unread(scenario)
    yield from _led(scenario)
    for name, structure in scenario.structures.items():
        yield from _head(scenario, structure, f"structures.{name}")
    yield from _outside(scenario)


def _staff(scenario: Scenario) -> Iterator[tuple[str, Role]]:
    """The roles with own people in them, support roles too, with their paths."""
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            if spec.headcount > 0 and not spec.outsourced:
                yield f"structures.{name}.roles.{role}", spec


def _free_hires(scenario: Scenario) -> Iterator[Oddity]:
    told = set()
    for path, role in _staff(scenario):
        own = role.recruiting is not None
        where = f"{path}.recruiting.cost" if own else "people.recruiting.cost"
        leave = turnover_per_year(scenario.people, role) > 0
        if leave and recruiting_of(scenario.people, role).cost == 0 and where not in told:
            told.add(where)
            yield where, worded("hires-free")


def _idle_reserve(scenario: Scenario) -> Iterator[Oddity]:
    """People kept in reserve where nobody ever leaves."""
    told = set()
    for path, role in _staff(scenario):
        where = f"{path}.recruiting.policy" if role.recruiting is not None else "people.recruiting.policy"
        kept = recruiting_of(scenario.people, role).spare
        if kept > 0 and turnover_per_year(scenario.people, role) == 0 and where not in told:
            told.add(where)
            name = path.rpartition(".")[2]
            yield where, worded("reserve-idle", kept=kept, name=repr(name))


def _never_leaving(scenario: Scenario) -> Iterator[Oddity]:
    """Roles that have no turnover because nobody gave it, beside roles that have one."""
    working = [(path, role) for path, role in _staff(scenario) if not role.support and not role.stays]
    leaving = next((path for path, role in working if turnover_per_year(scenario.people, role) > 0), None)
    if leaving is None:
        return
    for path, role in working:
        if role.turnover_per_year is None and turnover_per_year(scenario.people, role) == 0:
            yield f"{path}.turnover_per_year", worded("never-leaving", leaving=leaving)


def _level_unread(scenario: Scenario) -> Iterator[Oddity]:
    """Laws that state how many leave where every role that they are for says it too."""
    forms = {"people.turnover.law": scenario.people.turnover.law}
    asked: set[str] = set()
    for path, role in _staff(scenario):
        where = "people.turnover.law" if role.turnover_law is None else f"{path}.turnover_law"
        forms[where] = tenure_form(scenario.people, role)
        if role.turnover_per_year is None:
            asked.add(where)
    for where, form in forms.items():
        if form.per_year is not None and where not in asked:
            yield where, worded("level-unread")


def _led(scenario: Scenario) -> Iterator[Oddity]:
    """Structures without a head beside those with one."""
    led = {name: _has_head(structure) for name, structure in scenario.structures.items()}
    first = next((name for name, head in led.items() if head), None)
    for name, head in led.items():
        if first is not None and not head:
            message = worded("nobody-leads", first=repr(first))
            yield f"structures.{name}.roles", message


def _has_head(structure: Structure) -> bool:
    return any(role.leads is not None and role.headcount > 0 for role in structure.roles.values())


def _head(scenario: Scenario, structure: Structure, path: str) -> Iterator[Oddity]:
    """A head with more people to lead than time: coaching and coordination; newcomers come on top."""
    roles = {name: role for name, role in structure.roles.items() if role.headcount > 0}
    heads = {name: role.leads for name, role in roles.items() if role.leads is not None}
    if not heads:
        return
    name, first = next(iter(heads.items()))
    led = [(other, 0.0) for other, role in roles.items() if role.is_led for _ in range(role.headcount)]
    given = [
        head.hours * each.share
        for other, head in heads.items()
        for each in positions(scenario.calendar, structure, other).up_to(roles[other].headcount)
    ]
    hours = head_hours(given, led, first)
    if OVERLOADED < hours.load < inf:
        kinds = len({role for role, _ in led})
        message = worded(
            "head-overloaded",
            people=len(led),
            kinds=kinds,
            asked=Digits(f"{hours.asked:.3g}"),
            given=Digits(f"{hours.given:.3g}"),
            each=Percent(share(hours.load)),
        )
        yield f"{path}.roles.{name}.headcount", message


def _outside(scenario: Scenario) -> Iterator[Oddity]:
    """Changes before the first day or after the last; one finding for each intervention."""
    experiment = scenario.experiment
    end = experiment.month_edges[-1]
    late: dict[str, list[bool]] = {}
    early: dict[str, None] = {}
    for name in scenario.structures:
        seen: dict[str, list[bool]] = {}
        for change in changes(scenario, name):
            path = change.path.partition(".changes.")[0]
            seen.setdefault(path, []).append(change.at >= end)
            if change.at < 0:
                early[path] = None
        late |= seen
    for path in early:
        yield f"{path}.at", worded("before-first-day")
    for path, each in late.items():
        if any(each):
            told = "after-last-day" if len(each) == 1 else "some-after-last-day"
            few = {} if len(each) == 1 else {"late": sum(each), "changes": len(each)}
            yield f"{path}.at", worded(told, months=experiment.months, **few)
