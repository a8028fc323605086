"""The order of work as tables: which crew does which step for which class of leads, at which desk, and what first.

This is the only place that reads a structure's roles and duties. Pods are alike: the tables are those of one, with the
working roles of the structure as its crews. A class is a combination of channel, product and size band; size bands come
from the duties' `deal_from` and `deal_below`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from simulation.department.plan.table import Flags, Floats, Ints, column, padded
from simulation.department.steps import ACTIVITY, Steps
from simulation.scenario.channels import Outbound
from simulation.scenario.duties import LeadClass, duty_prospects, matches, serves, size_bands
from simulation.scenario.people import ACTIVITIES, Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Duty, Role, Structure

OWN_TIME = ("meet", "coach")
"""Activities that are for no lead or customer."""
NO_GUARD, ROOM, HELP = range(3)
"""What guards a level: nothing; open leads in hand; a rule of overflow at a desk of others."""


@dataclass(frozen=True)
class Duties:
    """Crews and their duties. Rows of crews with fewer duties are filled up: activity -1, desk -1."""

    role: Ints = column("crew", "index of the role in the structure")
    count: Ints = column("crew", "number of duties")
    personal: Flags = column("crew", "whether leads and customers belong to one person")
    assigned: Flags = column("crew", "whether new work is given out in turn")
    cover: Floats = column("crew", "pace of colleagues who cover for an absent owner; 0: nobody does", "share")
    most_open: Floats = column("crew", "open leads that one person has in hand at most; inf: no limit", "leads")
    activity: Ints = column("crew duty", "index into ACTIVITIES, in the order of preference")
    due: Floats = column("crew duty", "due time from readiness; inf: none", "working hours")
    newest: Flags = column("crew duty", "whether the newest work is taken first")
    entry: Flags = column("crew duty", "whether it takes in new leads, where their number is limited")
    after_prospecting: Flags = column("crew duty", "whether it has a due time and prospecting comes before")
    desk: Ints = column("crew duty", "its own desk, where work waits that any colleague takes")
    prospects: Flags = column("crew duty channel", "whether it prospects at the channel")
    does: Ints = column("crew class step", "first duty that covers the step for the class; -1: not done by this crew")
    due_by_step: Floats = column("crew step", "due time as the event log counts it; inf: none", "working hours")
    protected: Ints = column("crew window", "activities that the first hours of the day are kept for; -1: none")
    protected_hours: Floats = column("crew window", "for how long, one after the other", "working hours")


@dataclass(frozen=True)
class Desks:
    """Desks: first each crew's own, by duty, then those that several crews read. Missing readers are -1."""

    at: Ints = column("class step", "desk of new work of the class; -1: nobody does the step")
    assigned: Flags = column("desk", "whether new work is not queued but given out in turn")
    newest: Flags = column("desk", "whether the first crew that reads it takes the newest first")
    calls: Flags = column("desk", "whether a reader helps by a rule, or prospects and may be called from it")
    crew: Ints = column("desk reader", "crew that takes work here")
    duty: Ints = column("desk reader", "under which of its duties")
    helps_from: Ints = column("desk reader", "helps while at least so many wait; -1: no helper", "pieces of work")
    helps_after: Floats = column("desk reader", "helps with work that has waited so long", "working hours")


@dataclass(frozen=True)
class Levels:
    """Where a person of a crew looks for work, in the order of preference. Missing levels have duty -1."""

    duty: Ints = column("crew level", "under which duty work is taken")
    guard: Ints = column("crew level", "0: none, 1: room for one more open lead, 2: a rule of overflow")
    own: Flags = column("crew level", "whether the person's own queue of the duty comes first")
    desk: Ints = column("crew level place", "desks that are read; -1: none, and none behind it")
    helps_from: Ints = column("crew level", "rule of overflow: pieces of work that wait; -1: no rule", "pieces of work")
    helps_after: Floats = column("crew level", "rule of overflow: how long it has waited", "working hours")


class OrderOfWork:
    """All tables of a structure, as it is under one scenario."""

    def __init__(self, scenario: Scenario, structure: Structure, steps: Steps, mentors: bool) -> None:
        """`mentors`: newcomers may come, and each role has to find time for them."""
        market = scenario.market
        self._steps = steps
        # stages of each process, its way through them with `qualify` where somebody qualifies, and all stages
        processes = {name: market.process(name) for name in market.sold}
        sold = {name: tuple(stage.name for stage in each.stages) for name, each in processes.items()}
        self._ways = {
            name: sold[name] if each.qualification is None else ("qualify", *sold[name])
            for name, each in processes.items()
        }
        self._stages = tuple(stage for stages in sold.values() for stage in stages)
        self._mentors = mentors
        self._all_roles = tuple(structure.roles.values())
        self.numbers = [n for n, role in enumerate(self._all_roles) if not role.support]
        roles = self._roles = [self._all_roles[n] for n in self.numbers]
        bands = size_bands(structure)
        self.bands = [low for low, _ in bands][1:]  # edges between the bands, money
        self._classes = [
            LeadClass(channel, product, low, high, market.process_of(channel, product))
            for channel in market.channels
            for product in market.products
            for low, high in bands
        ]
        self.parts = [self._duties(role) for role in roles]  # by crew
        self.duties = self._tables(scenario)
        self.desks = self._desks()
        self.levels = self._levels()

    # --- duties ------------------------------------------------------------------------------------------------

    def _duties(self, role: Role) -> tuple[Duty, ...]:
        """The role's order of preference; hours for newcomers come first where it does not say otherwise."""
        duties = tuple(part for duty in role.activities for part in self._parts(duty, role))
        if not self._mentors or any(duty.activity == "coach" for duty in duties):
            return duties
        return (Duty(activity="coach"), *duties)

    def _parts(self, duty: Duty, role: Role) -> tuple[Duty, ...]:
        """A duty to sell in parts where what takes in new leads follows other rules than the rest.

        Where open leads are limited there always is a rest, of no stage if need be: what needs no room waits there.
        """
        if duty.activity != "sell":
            return (duty,)
        covered, limited = self._stages_of(duty), role.most_open is not None
        ruled = (
            role.due.get("qualify", inf) != role.due.get("sell", inf)
            or ("qualify" in role.newest_first) != ("sell" in role.newest_first)
            or limited
        )
        new = self._entries_of(role) if ruled else set()
        taken_over = self._taken_over_by(role) - new
        parts = (
            tuple(stage for stage in covered if stage in new),
            tuple(stage for stage in covered if stage in taken_over),
            tuple(stage for stage in covered if stage not in new | taken_over),
        )
        if covered == parts[-1] or (covered in parts and not limited):
            return (duty,)
        rest = limited and duty.overflow is None
        return tuple(duty.model_copy(update={"stages": p}) for n, p in enumerate(parts) if p or (rest and n == 2))

    def _entries_of(self, role: Role) -> set[str]:
        """The stages at which new leads come to a role: of each process the first that it sells at.

        Not where it sorts them before.

        A lead that was handed over is new to whoever takes it: under overload it is better not begun than left halfway.
        """
        sorts = any(d.activity == "qualify" and d.overflow is None for d in role.activities)
        sold = {stage for d in role.activities if d.activity == "sell" for stage in self._stages_of(d)}
        ways = [way for name, way in self._ways.items() if role.processes is None or name in role.processes]
        firsts = [next((s for s in way if s in sold), None) for way in ways if not (sorts and way[0] == "qualify")]
        return {stage for stage in firsts if stage is not None}

    def _taken_over_by(self, role: Role) -> set[str]:
        """Stages, where open leads are limited, at which a role takes over leads that others have in hand before.

        Others who do the step before, were it only as help, and not this one for leads of the same class.
        """
        if role.most_open is None:
            return set()

        def works(who: Role, cls: int, step: int, helps: bool = False) -> bool:
            return any(
                (helps or duty.overflow is None) and self._matches(who, duty, cls, step) for duty in who.activities
            )

        return {
            self._stages[step - 1]
            for name, way in self._ways.items()
            for before, step in pairwise(0 if each == "qualify" else 1 + self._stages.index(each) for each in way)
            for cls, lead in enumerate(self._classes)
            if lead.process == name
            and works(role, cls, step)
            and any(
                works(other, cls, before, helps=True) and not works(other, cls, step)
                for other in self._all_roles
                if other is not role
            )
        }

    def _stages_of(self, duty: Duty) -> tuple[str, ...]:
        return tuple(stage for stage in self._stages if duty.stages is None or stage in duty.stages)

    def _ruled_as(self, duty: Duty, entries: set[str]) -> Activity:
        """The activity whose rules a duty follows: taking in new leads those of `qualify`."""
        if duty.activity == "sell" and (covered := self._stages_of(duty)) and entries.issuperset(covered):
            return "qualify"
        return duty.activity

    def _entries(self, role: Role, duties: tuple[Duty, ...]) -> list[bool]:
        """Which duties take in new leads, where their number is limited; whoever helps has none of the leads before."""
        if role.most_open is None:
            return [False] * len(duties)
        new = self._entries_of(role) | self._taken_over_by(role)
        return [
            duty.activity == "qualify"
            or (duty.activity == "sell" and (duty.overflow is not None or bool(new & {*self._stages_of(duty)})))
            for duty in duties
        ]

    def _due_by_step(self, role: Role) -> list[float]:
        names = [ACTIVITIES[number] for number in self._steps.activity]
        for entry in self._entries_of(role):
            names[1 + self._stages.index(entry)] = "qualify"
        return [role.due.get(name, inf) for name in names]

    def _does(self, role: Role, duties: tuple[Duty, ...], cls: int, step: int) -> int:
        for number, duty in enumerate(duties):
            if duty.overflow is None and self._matches(role, duty, cls, step):
                return number
        return -1

    def _matches(self, role: Role, duty: Duty, cls: int, step: int) -> bool:
        if duty.activity not in OWN_TIME and not serves(role, self._classes[cls]):
            return False
        stage = self._stages[step - 1] if 1 <= step <= self._steps.stages else None
        return matches(duty, ACTIVITIES[self._steps.activity[step]], self._classes[cls], stage)

    def _tables(self, scenario: Scenario) -> Duties:
        roles, parts = self._roles, self.parts
        ruled = [
            [self._ruled_as(duty, self._entries_of(role)) for duty in duties]
            for role, duties in zip(roles, parts, strict=True)
        ]
        due = [[role.due.get(a, inf) for a in names] for role, names in zip(roles, ruled, strict=True)]
        calls = [next((n for n, duty in enumerate(duties) if duty.activity == "prospect"), inf) for duties in parts]
        channels = scenario.market.channels.items()
        own = iter(range(sum(map(len, parts))))
        kept = [{ACTIVITY[a]: hours for a, hours in role.protected.items() if hours > 0} for role in roles]
        return Duties(
            role=np.array(self.numbers, np.int64),
            count=np.array([len(duties) for duties in parts], np.int64),
            personal=np.array([role.ownership == "personal" for role in roles], bool),
            assigned=np.array([role.new_work == "assigned" for role in roles], bool),
            cover=np.array([role.cover for role in roles], float),
            most_open=np.array([inf if role.most_open is None else role.most_open for role in roles], float),
            activity=padded([[ACTIVITY[duty.activity] for duty in duties] for duties in parts], -1, np.int64),
            due=padded(due, inf, float),
            newest=padded(
                [[a in role.newest_first for a in names] for role, names in zip(roles, ruled, strict=True)], False, bool
            ),
            entry=padded([self._entries(*each) for each in zip(roles, parts, strict=True)], False, bool),
            after_prospecting=padded(
                [[h < inf and n > c for n, h in enumerate(hours)] for c, hours in zip(calls, due, strict=True)],
                False,
                bool,
            ),
            desk=padded([[next(own) for _ in duties] for duties in parts], -1, np.int64),
            prospects=padded(
                [
                    [
                        [
                            isinstance(spec, Outbound)
                            and spec.active
                            and duty_prospects(role, duty, name, scenario.market)
                            for name, spec in channels
                        ]
                        for duty in duties
                    ]
                    for role, duties in zip(roles, parts, strict=True)
                ],
                False,
                bool,
                axes=3,
            ),
            does=padded(
                [
                    [
                        [self._does(role, duties, cls, step) for step in range(len(self._steps))]
                        for cls in range(len(self._classes))
                    ]
                    for role, duties in zip(roles, parts, strict=True)
                ],
                -1,
                np.int64,
                axes=3,
            ),
            due_by_step=padded([self._due_by_step(role) for role in roles], inf, float),
            protected=padded([list(hours) for hours in kept], -1, np.int64),
            protected_hours=padded([list(hours.values()) for hours in kept], 0.0, float),
        )

    # --- desks -------------------------------------------------------------------------------------------------

    def _desks(self) -> Desks:
        """Where new work waits: at the only crew's own desk, or at one that several read."""
        duties = self.duties
        does = duties.does.tolist()
        readers: list[tuple[tuple[int, int], ...]] = [
            ((crew, duty),) for crew, parts in enumerate(self.parts) for duty in range(len(parts))
        ]
        helpers: list[tuple[tuple[int, int], ...]] = [()] * len(readers)
        assigned = [False] * len(readers)
        known: dict[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]], int] = {}
        at = np.full((len(self._classes), len(self._steps)), -1, np.int64)
        for cls, step in np.ndindex(*at.shape):
            first = tuple((crew, by[cls][step]) for crew, by in enumerate(does) if by[cls][step] >= 0)
            help_ = tuple(self._helping(cls, step))
            if not first and not help_:
                continue
            # a role without positions has no say in how new work is given out
            crews = [crew for crew, _ in first]
            staffed = [crew for crew in crews if self._roles[crew].headcount > 0] or crews
            given_out = bool(first) and all(duties.assigned[crew] for crew in staffed)
            if len(first) == 1 and not help_:
                number = int(duties.desk[first[0]])
                assigned[number] = assigned[number] or given_out
            elif (first, help_) in known:
                number = known[first, help_]
            else:
                number = known[first, help_] = len(readers)
                readers.append(first)
                helpers.append(help_)
                assigned.append(given_out)
            at[cls, step] = number
        self._new_work = list(dict.fromkeys(desk for desk in at.reshape(-1).tolist() if desk >= 0))
        self._readers = everybody = [[*first, *help_] for first, help_ in zip(readers, helpers, strict=True)]
        rules: list[list[tuple[int, float] | None]] = [
            [*(None for _ in first), *(self._rule(*each) for each in help_)]
            for first, help_ in zip(readers, helpers, strict=True)
        ]
        prospects = duties.activity == ACTIVITY["prospect"]
        return Desks(
            at=at,
            assigned=np.array(assigned, bool),
            newest=np.array([bool(duties.newest[each[0]]) for each in everybody], bool),
            calls=np.array(
                [
                    bool(help_) or any(prospects[crew].any() for crew, _ in each)
                    for each, help_ in zip(everybody, helpers, strict=True)
                ],
                bool,
            ),
            crew=padded([[crew for crew, _ in each] for each in everybody], -1, np.int64),
            duty=padded([[duty for _, duty in each] for each in everybody], -1, np.int64),
            helps_from=padded([[-1 if r is None else r[0] for r in each] for each in rules], -1, np.int64),
            helps_after=padded([[0.0 if r is None else r[1] for r in each] for each in rules], 0.0, float),
        )

    def _helping(self, cls: int, step: int) -> list[tuple[int, int]]:
        """Crews that only help with a step, and under which duty."""
        found = []
        for crew, parts in enumerate(self.parts):
            for duty, spec in enumerate(parts):
                if spec.overflow is None or self.duties.does[crew, cls, step] >= 0:
                    continue
                if self._matches(self._roles[crew], spec, cls, step):
                    found.append((crew, duty))
                    break
        return found

    def _rule(self, crew: int, duty: int) -> tuple[int, float] | None:
        rule = self.parts[crew][duty].overflow
        return None if rule is None else (rule.queue, rule.wait)

    # --- levels ------------------------------------------------------------------------------------------------

    def _levels(self) -> Levels:
        rows = [
            [level for duty in range(len(parts)) for level in self._levels_of(crew, duty)]
            for crew, parts in enumerate(self.parts)
        ]

        def part(number: int, fill: float, kind: type) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
            found: np.ndarray[tuple[int, ...], np.dtype[np.generic]] = padded(
                [[row[number] for row in each] for each in rows], fill, kind
            )
            return found

        places = padded([[[*row[3], -1] for row in each] for each in rows], -1, np.int64, 3)
        return Levels(
            duty=part(0, -1, np.int64),  # type: ignore[arg-type]
            guard=part(1, NO_GUARD, np.int64),  # type: ignore[arg-type]
            own=part(2, False, bool),  # type: ignore[arg-type]
            desk=places,
            helps_from=part(4, -1, np.int64),  # type: ignore[arg-type]
            helps_after=part(5, 0.0, float),  # type: ignore[arg-type]
        )

    def _levels_of(self, crew: int, duty: int) -> list[tuple[int, int, bool, list[int], int, float]]:
        """The levels of one duty: desks of others, new leads, then what is its own and everybody's."""
        tables, desks = self.duties, self.desks
        activity = ACTIVITIES[tables.activity[crew, duty]]
        if activity == "prospect":
            return [(duty, NO_GUARD, False, [], -1, 0.0)]
        rule = self._rule(crew, duty)
        entry = bool(tables.entry[crew, duty])
        levels = []
        shared = []
        for desk in self._read_by(crew, duty):
            never = (
                desks.assigned[desk]
                and tables.personal[crew]
                and tables.cover[crew] == 0
                and tables.most_open[crew] == inf
            )
            if rule is None and (never or activity == "coach"):
                continue  # nothing ever waits here: all new work is given out, and nobody covers for anybody
            if rule is not None:
                levels.append((duty, HELP, False, [desk], *rule))
            elif entry:
                levels.append((duty, ROOM, False, [desk], -1, 0.0))
            else:
                shared.append(desk)
        own = bool(tables.personal[crew] or tables.assigned[crew] or activity in ("meet", "coach"))
        if own or shared:
            levels.append((duty, NO_GUARD, own, shared, -1, 0.0))
        return levels

    def _read_by(self, crew: int, duty: int) -> list[int]:
        """The desks at which a crew looks for work of a duty: its own first, then those it shares or helps at."""
        own = [] if self._rule(crew, duty) is not None else [int(self.duties.desk[crew, duty])]
        return own + [desk for desk in self._new_work if (crew, duty) in self._readers[desk] and desk not in own]
