"""Who is there when: a structure's people over the dated timeline, and what they have practised by then.

Every position is filled (nobody leaves by himself), except that a new one has to be looked for first and a newcomer is
trained first. People of one kind are ranks: so many people each, told apart by when they were hired.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from simulation.expected.office_time import Floats, office_time
from simulation.expected.proficiency import Masteries, learning_of, tenures
from simulation.expected.result import Monthly
from simulation.expected.steady import practice
from simulation.mechanisms.ramp import mean
from simulation.mechanisms.specialisation import Mastery, mastery_of
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import Terms, known_terms
from simulation.scenario.structures import Role, Structure, onboarding_of, recruiting_of
from simulation.scenario.timeline import Timeline, timeline
from simulation.written.readers import MONTH

Moves = Counter[tuple[str, str]]
"""People by the role that they leave and the one that they go to."""
SEARCHES = 8
"""Ranks of newcomers by how long they were looked for."""


@dataclass(frozen=True)
class Ranks:
    """People of one role.

    Attributes:
        people: how many each rank stands for, shape (ranks,).
        hired: when they were hired, hours since the start of the run; below 0 for those who were there before.
        works_from: when they begin to work, hours.
        made: repetitions that each of them has made, by activity.
    """

    people: Floats = field(default_factory=lambda: np.empty(0))
    hired: Floats = field(default_factory=lambda: np.empty(0))
    works_from: Floats = field(default_factory=lambda: np.empty(0))
    made: Mapping[str, Floats] = field(default_factory=dict)

    def of(self, activity: str) -> Floats:
        """Repetitions of an activity."""
        return self.made.get(activity, np.zeros(len(self.people)))

    def with_(self, other: Ranks) -> Ranks:
        """These and others."""
        return Ranks(
            np.concatenate([self.people, other.people]),
            np.concatenate([self.hired, other.hired]),
            np.concatenate([self.works_from, other.works_from]),
            {a: np.concatenate([self.of(a), other.of(a)]) for a in {**self.made, **other.made}},
        )

    def parted(self, people: float, latest: bool) -> tuple[Ranks, Ranks]:
        """So many people, those hired last or first, and the others."""
        order = np.argsort(-self.hired if latest else self.hired, kind="stable")
        before = np.cumsum(self.people[order]) - self.people[order]
        taken = np.zeros(len(self.people))
        taken[order] = np.clip(people - before, 0.0, self.people[order])
        return self._some(taken), self._some(self.people - taken)

    def _some(self, people: Floats) -> Ranks:
        kept = people > 1e-9
        return Ranks(
            people[kept], self.hired[kept], self.works_from[kept], {a: made[kept] for a, made in self.made.items()}
        )


class Staff:
    """The people of a structure, moved forward through the run by whoever asks."""

    def __init__(self, scenario: Scenario, structure: str) -> None:
        """Who is there on the first day of a scenario; `experiment.begin` says what they have practised."""
        self._name = structure
        self._of: dict[str, Ranks] = {}
        spec = scenario.structures[structure]
        known, missing = _first_day(scenario, structure)
        named = _named(scenario, structure)
        for name, role in _working(spec).items():
            ranks = Ranks()
            for (source, now), count in known.items():
                if now == name:
                    alike = count - sum(1 for each in named if each[:2] == (source, now))
                    ranks = ranks.with_(_there(scenario, structure, alike, source)) if alike else ranks
            for source, now, terms in named:
                if now == name:
                    ranks = ranks.with_(_known(scenario, structure, source, terms))
            self._of[name] = ranks.with_(_newcomers(scenario, role, missing.get(name, 0), 0.0))

    def change(self, scenario: Scenario, moves: Moves, at: float) -> dict[str, float]:
        """Positions are opened and closed, then people change roles, so that a scenario is in force from a time on.

        Returns:
            Share of a role's people who are not in it any more, where some are.
        """
        gone: dict[str, float] = {}
        roles = _working(scenario.structures[self._name])
        for name, role in roles.items():
            more = _more(role, name, moves, float(self._of[name].people.sum()))
            if more > 1e-9:
                self._of[name] = self._of[name].with_(_newcomers(scenario, role, more, at))
            elif more < -1e-9:
                gone[name] = -more / float(self._of[name].people.sum())
                _, self._of[name] = self._of[name].parted(-more, latest=True)
        for (source, to), people in moves.items():
            if source in roles and to in roles:
                before = float(self._of[source].people.sum())
                if before > 0:
                    gone[source] = 1 - (1 - gone.get(source, 0.0)) * max(0.0, 1 - people / before)
                moved, self._of[source] = self._of[source].parted(people, latest=False)
                self._of[to] = self._of[to].with_(moved)
        return gone

    def at_work(self, role: str, begin: float, end: float) -> float:
        """People of a role at work between two times, mean."""
        ranks = self._of[role]
        return float(ranks.people @ _hours(ranks, begin, end)) / (end - begin)

    def masteries(self, scenario: Scenario, monthly: Monthly, begin: float, end: float) -> Masteries:
        """What the people of each role are worth between two times, mean, at a pace of repetitions a month."""
        found: dict[tuple[str, Activity], Mastery] = {}
        for name, role in _working(scenario.structures[self._name]).items():
            ranks = self._of[name]
            weight = ranks.people * _hours(ranks, begin, end)
            if not weight.sum() > 0:
                continue
            for activity in {duty.activity for duty in role.activities}:
                rate = monthly.get(name, {}).get(activity, 0.0)
                level = _level(scenario, role, activity, ranks, rate, (begin, end))
                curve = learning_of(scenario.people, role, activity)
                found[(name, activity)] = mastery_of(float(weight @ level / weight.sum()), curve.effects)
        return Masteries(found)

    def advance(self, monthly: Monthly, begin: float, end: float) -> None:
        """Everybody practises between two times."""
        for name, ranks in self._of.items():
            months = _hours(ranks, begin, end) / MONTH
            made = dict(ranks.made)
            for activity, rate in monthly.get(name, {}).items():
                made[activity] = ranks.of(activity) + rate * months
            self._of[name] = replace(ranks, made=made)


def is_practised(scenario: Scenario, structure: str) -> bool:
    """Whether everybody who is there on the first day has practised the structure over his tenure."""
    begin = scenario.experiment.begin
    if any(terms.known for terms in known_terms(scenario, structure)):
        return False
    return begin == "mature" or (begin == "today" and _as_today(scenario, structure))


def opened(scenario: Scenario, structure: str) -> list[tuple[float, str, int]]:
    """Positions that are opened, support roles too: hours since the start of the run, role, how many.

    Those of the first day that nobody of today's structure comes to are opened then.
    """
    found = [(0.0, name, count) for name, count in _first_day(scenario, structure)[1].items()]
    line = timeline(scenario, structure)
    before = scenario.structures[structure].roles
    for at, now in zip(line.begins[1:], line.scenarios[1:], strict=True):
        roles = now.structures[structure].roles
        moves = moves_at(line, at)
        more = {name: _more(role, name, moves, before[name].headcount) for name, role in roles.items()}
        found += [(at, name, round(count)) for name, count in more.items() if count > 0]
        before = roles
    return found


def moves_at(line: Timeline, at: float) -> Moves:
    """People who change roles at a time: how many by the role that they leave and the one that they go to."""
    moves: Moves = Counter()
    for change in line.changes:
        if change.at == at:
            for move in change.moves:
                moves[(move.role, move.to)] += move.people
    return moves


def _more(role: Role, name: str, moves: Moves, before: float) -> float:
    """Positions of a role that are opened (below 0: closed) before people change roles."""
    gone = sum(n for (source, _), n in moves.items() if source == name)
    come = sum(n for (_, to), n in moves.items() if to == name)
    return role.headcount + gone - come - before


def _working(structure: Structure) -> dict[str, Role]:
    return {name: role for name, role in structure.roles.items() if not role.support}


def _today(scenario: Scenario) -> str:
    return scenario.experiment.today or next(iter(scenario.structures))


def _as_today(scenario: Scenario, structure: str) -> bool:
    """Whether a structure is today's on the first day, whatever it and its roles are called."""
    now, spec = scenario.structures[_today(scenario)], scenario.structures[structure]
    return now is spec or _nameless(now) == _nameless(spec)


def _nameless(structure: Structure) -> tuple[Structure, list[Role]]:
    whole = structure.model_copy(update={"title": "", "roles": {}, "interventions": ()})
    return whole, [role.model_copy(update={"title": ""}) for role in structure.roles.values()]


def _first_day(scenario: Scenario, structure: str) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """People by (role of the structure that they have practised, '' for none; role), and empty positions by role."""
    there = list(_sources(scenario, structure))
    known = Counter((source, name) for source, name, _ in there if source is not None)
    return known, Counter(name for source, name, _ in there if source is None)


def _sources(scenario: Scenario, structure: str) -> Iterator[tuple[str | None, str, Terms]]:
    """Of each position: the role that its person has practised ('' for none, None: nobody comes), role, terms."""
    spec, begin = scenario.structures[structure], scenario.experiment.begin
    before: list[str] = []
    if begin == "today":
        today = scenario.structures[_today(scenario)]
        before = [name for name, role in _working(today).items() for _ in range(role.headcount)]
    seats = [name for name, role in _working(spec).items() for _ in range(role.headcount)]
    for n, (name, terms) in enumerate(zip(seats, known_terms(scenario, structure), strict=True)):
        if begin != "today":
            yield name if begin == "mature" else "", name, terms
        elif n < len(before):
            yield before[n], name, terms
        else:
            yield None if terms.hired is None else "", name, terms


def _named(scenario: Scenario, structure: str) -> list[tuple[str, str, Terms]]:
    """Positions of whose people the date of hire or the repetitions are known."""
    sources = _sources(scenario, structure)
    return [(source, name, terms) for source, name, terms in sources if source is not None and terms.known]


def _known(scenario: Scenario, structure: str, source: str, terms: Terms) -> Ranks:
    """One person who is there on the first day, with what is known in place of what is drawn."""
    ranks = _there(scenario, structure, 1, source)
    if terms.hired is not None:
        months = 24.0 * (scenario.experiment.hour_zero - terms.hired).days / MONTH
        origin = _today(scenario) if scenario.experiment.begin == "today" else structure
        monthly = practice(scenario, origin).get(source, {}) if source else {}
        made = {activity: np.array([rate * months]) for activity, rate in monthly.items()}
        ranks = Ranks(np.ones(1), np.array([-months * MONTH]), np.zeros(1), made)
    stated = {activity: np.full(len(ranks.people), made) for activity, made in terms.repetitions.items()}
    return replace(ranks, made={**ranks.made, **stated})


def _there(scenario: Scenario, structure: str, count: int, source: str) -> Ranks:
    """People of the first day who have practised a role of the structure that they come from; '' for nothing."""
    if not source:
        return Ranks(np.array([float(count)]), np.zeros(1), np.zeros(1))
    origin = _today(scenario) if scenario.experiment.begin == "today" else structure
    tenure = tenures(scenario.people, 0.0)
    monthly = practice(scenario, origin).get(source, {})
    made = {activity: rate * tenure for activity, rate in monthly.items()}
    return Ranks(np.full(len(tenure), count / len(tenure)), -tenure * MONTH, np.zeros(len(tenure)), made)


def _newcomers(scenario: Scenario, role: Role, count: float, opened: float) -> Ranks:
    """People who are looked for from a time on, and are trained before they work."""
    if count <= 0:
        return Ranks()
    recruiting = recruiting_of(scenario.people, role)
    ranks = (np.arange(SEARCHES) + 0.5) / SEARCHES
    hired = np.maximum(opened, recruiting.search_from(opened) + np.asarray(recruiting.time.quantile(ranks)))
    time = office_time(scenario)
    training = onboarding_of(scenario.people, role).elapsed(time.days_per_month)
    return Ranks(np.full(SEARCHES, count / SEARCHES), hired, hired + training)


def _hours(ranks: Ranks, begin: float, end: float) -> Floats:
    """Hours between two times in which each rank is at work."""
    return np.asarray(np.maximum(0.0, end - np.maximum(ranks.works_from, begin)))


def _level(
    scenario: Scenario, role: Role, activity: Activity, ranks: Ranks, rate: float, between: tuple[float, float]
) -> Floats:
    """Mean proficiency of each rank over its time at work between two times; anything where it does not work."""
    begin, end = between
    since = np.minimum(np.maximum(ranks.works_from, begin), end)
    months = (end - since) / MONTH
    ramp = role.ramp.get(activity)
    if ramp:
        first = np.where(since < end, (since - ranks.hired) / MONTH, 0.0)  # nobody is hired at infinity here
        return mean(ramp, first, months)
    return learning_of(scenario.people, role, activity).mean_over(ranks.of(activity), rate, months)
