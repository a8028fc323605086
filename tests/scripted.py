"""Tiny departments whose year can be worked out by hand: a neutral base scenario, and a World that does as it is told.

`small` writes a scenario (everything neutral, one seller, one stage of one hour, around the clock), `live` runs it in
a World whose arrivals, finds, absences and luck are given. Luck that is not given is the median, 0.5.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import yaml

from simulation.department import Record, simulate
from simulation.scenario.channels import Outbound
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.world import Stock, Streams, World
from simulation.world.people import Crowd

NEVER_FOUND = 10**9

BASE = yaml.safe_load("""
version: 1
title: small
calendar: {around_the_clock: true}
experiment: {start: 2026-01-01, months: 1, begin: new, seed: 1}
market:
  channels:
    site: {kind: inbound, leads_per_month: 0, patience: never}
  products:
    thing: {deal: 100, gross_margin: 0.5, repeat: false}
  qualification: null
  speed_to_lead: null
  stages:
    - {name: sale, work: 1 h}
  customers:
    order_every: never
    order_cv: 0
    order_work: 0 h
    requests_per_month: 0
    request_work: 0 h
    churn_per_year: 0
    late_churn_per_month: 0
people:
  talent: {sd: 0}
  absence: {vacation_days: 0, sick_days: 0}
  switching: 0 h
  availability: 1
  tenure: 0 h
hand_off:
  lead: {loss: 0, delay: 0 h, extra_work: 0 h}
  customer: {loss: 0, delay: 0 h, extra_work: 0 h}
""")
NO_EFFECT = {"speed": 1, "conversion": 0, "deal_size": 0, "filter": 0, "retention": 0, "growth": 0}
BASE["people"]["learning"] = {
    activity: {"start": 1, "mastery": 1, "half_life": 100, "effects": NO_EFFECT} for activity in ACTIVITIES
}

# talents that are given to `live` count only where people may differ
UNEQUAL = {"people.talent": {"sd": 1}}
SELLER = {"seller": {"headcount": 1, "activities": ["sell"]}}


def small(
    changes: Mapping[str, Any] | None = None,
    roles: Mapping[str, Any] | None = None,
    structures: Mapping[str, Any] | None = None,
) -> Scenario:
    """The base scenario with the values at dotted paths replaced and the structure `plain` made of `roles`.

    `structures` gives several structures instead.
    """
    tree = copy.deepcopy(BASE)
    tree["structures"] = structures or {"plain": {"roles": roles or SELLER}}
    for path, value in (changes or {}).items():
        *parents, last = path.split(".")
        place = tree
        for part in parents:
            place = place.setdefault(part, {})
        place[last] = value
    return load_text(yaml.dump(tree, sort_keys=False))


class ScriptedStreams(Streams):
    """Streams whose numbers are given by the end of their name; the median where nothing is given.

    A name alone stands for the page of ordinal 0, `NAME.1` for that of ordinal 1 (or of the ordinals 16 ... 31).
    """

    keyed = False

    def __init__(self, luck: Mapping[str, Any]) -> None:
        super().__init__(0, 0)
        self._luck = luck

    def uniforms(self, name: str, count: int, page: int = 0, first: int = 0) -> np.ndarray:
        out = np.full(first + count, 0.5)
        names = (f"/{name}.{page}", f"/{name}") if page == 0 else (f"/{name}.{page}",)
        for end, given in self._luck.items():
            if any(each.endswith("/" + end) for each in names):
                values = np.atleast_1d(np.asarray(given, dtype=float))
                if np.ndim(given) == 0:
                    out[:] = given
                else:
                    out[: min(len(out), len(values))] = values[: len(out)]
        return out[first:]


class ScriptedCrowd(Crowd):
    """People with given absences, by seat, and given talents, by seat and activity."""

    def __init__(self, streams: Streams, scenario: Scenario, absences: Mapping[int, Any], talent: Any) -> None:
        super().__init__(streams, scenario.people)
        self._absences = absences
        self._talent = talent

    def absences(self, seat: int, end: float, hire: int = 0, since: float = 0.0) -> list[tuple[float, float]]:
        return [spell for spell in self._absences.get(seat, []) if since <= spell[0] < end]

    def talent(self, seats: int, hire: int = 0) -> np.ndarray:
        if self._talent is None:
            return super().talent(seats, hire)
        return np.asarray(self._talent, dtype=float) * np.ones((seats, len(ACTIVITIES)))


class ScriptedWorld(World):
    """A World with given arrivals by channel, attempts by find, absences, luck."""

    def __init__(
        self,
        scenario: Scenario,
        arrivals: Mapping[str, Sequence[float]],
        luck: Mapping[str, Any] | None = None,
        absences: Mapping[int, Any] | None = None,
        attempts: Sequence[int] = (),
        talent: Any = None,
        exits: float = float("inf"),
    ) -> None:
        super().__init__(scenario, 0)
        self.streams = ScriptedStreams(luck or {})
        self.crowd = ScriptedCrowd(self.streams, scenario, absences or {}, talent)
        self._arrivals = arrivals
        self._needed = attempts
        self._exits = exits

    def leads(self, channel: str, specs: Any = None) -> Stock:
        key = (channel, "")
        if key not in self._stocks:
            times = list(self._arrivals.get(channel, ()))
            count = len(times)
            strip = "found" if isinstance(self.scenario.market.channels[channel], Outbound) else "0"
            self._stocks[key] = Stock(
                self.streams, channel, [strip], np.zeros(count, np.int64), np.arange(count), times
            )
        return self._stocks[key]

    def attempts_to_find(self, channel: str, find: int, probability: float | None = None) -> int:
        return self._needed[find] if find < len(self._needed) else NEVER_FOUND

    def distributor_exit(self, channel: str, specs: Any = None) -> float:
        return self._exits


def live(
    scenario: Scenario,
    arrivals: Sequence[float] | Mapping[str, Sequence[float]] = (),
    structure: str | None = None,
    **fate: Any,
) -> Record:
    """The record, with events, of a structure (the first) in a scripted World; a plain list arrives at `site`."""
    by_channel = arrivals if isinstance(arrivals, Mapping) else {"site": arrivals}
    world = ScriptedWorld(scenario, by_channel, **fate)
    return simulate(scenario, structure or next(iter(scenario.structures)), world, events=True)


def worked(record: Record, activity: str | None = None, person: str | None = None) -> list[tuple[str, float, float]]:
    """(person, start, end) of the pieces of work in the event log, in the order of their start."""
    rows = [
        (row[2], row[4], row[5]) for row in record.events if activity in (None, row[1]) and person in (None, row[2])
    ]
    return sorted(rows, key=lambda row: (row[1], row[2]))


def spans(record: Record, activity: str | None = None, person: str | None = None) -> list[tuple[float, float]]:
    """(start, end) of the pieces of work in the event log, in the order of their start."""
    return [(start, end) for _, start, end in worked(record, activity, person)]


def hours(record: Record, activity: str) -> float:
    """Hours that the whole department worked at an activity."""
    return float(record.busy[:, ACTIVITIES.index(activity)].sum())
