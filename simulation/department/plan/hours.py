"""Working time, and what holds for everybody's work, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from weakref import WeakKeyDictionary

import numpy as np

from simulation.department.plan.table import Floats, Ints, column
from simulation.department.steps import Steps
from simulation.mechanisms.switching import group_of
from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.people import ACTIVITIES, People


@dataclass(frozen=True)
class Openings:
    """When an office is open, [opens, closes); the last interval begins at infinity, or around the clock never ends."""

    opens: Floats = column("interval", "begin, elapsed since the start", "hours")
    closes: Floats = column("interval", "end, elapsed since the start", "hours")
    before: Floats = column("interval", "working hours of all intervals before", "working hours")

    @classmethod
    def of(cls, calendar: WorkingCalendar) -> Openings:
        """Those of a calendar."""
        known = _KNOWN.get(calendar)
        if known is not None:
            return known
        lengths = [c - o if o < np.inf else 0.0 for o, c in zip(calendar.opens, calendar.closes, strict=True)]
        before = list(accumulate(lengths, initial=0.0))[:-1]
        made = _KNOWN[calendar] = cls(np.array(calendar.opens), np.array(calendar.closes), np.array(before))
        return made


_KNOWN: WeakKeyDictionary[WorkingCalendar, Openings] = WeakKeyDictionary()
"""A calendar never changes, and holds for all replications."""


@dataclass(frozen=True)
class Working:
    """What holds for everybody's work under one scenario."""

    availability: Floats = column("", "share of working time that is free for the activities", "share")
    switching: Floats = column("", "lost at a change from one group of activities to another", "working hours")
    group: Ints = column("activity", "group within which a change of activity costs nothing")
    activity: Ints = column("step", "activity of each step, index into ACTIVITIES")

    @classmethod
    def of(cls, people: People, steps: Steps) -> Working:
        """Those of a scenario's people."""
        return cls(
            availability=np.array(people.availability, float),
            switching=np.array(people.switching, float),
            group=np.array(group_of(people.switching_groups, ACTIVITIES), np.int64),
            activity=np.array(steps.activity, np.int64),
        )
