"""The blueprint: a structure turned into tables. Which crew does which step for which class of leads, at which desk.

A class is a combination of channel, product and size band; size bands come from the duties' `deal_from` and
`deal_below`. This is the only place that reads a structure's roles and duties; the dynamics follow the tables.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import inf

from simulation.department.office import Office
from simulation.department.steps import Steps
from simulation.department.work import Crew, Desk, Reader
from simulation.scenario.duties import LeadClass, matches, size_bands
from simulation.scenario.people import ACTIVITIES, Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Duty, Overflow, Role, Structure


class Pod:
    """One pod's tables: `desks[class][step]` is where new work of the class waits, None where nobody does it."""

    def __init__(self, number: int, crews: list[Crew], desks: list[list[Desk | None]]) -> None:
        self.number = number
        self.crews = crews
        self.desks = desks

    def all_desks(self) -> list[Desk]:
        """Every desk of the pod once: the crews' own, and those that several read."""
        own = {id(desk): desk for crew in self.crews for desk in crew.desks}
        return list((own | {id(desk): desk for row in self.desks for desk in row if desk is not None}).values())


class Blueprint:
    """All tables of a structure, with empty crews that the department fills with people."""

    def __init__(
        self, scenario: Scenario, structure: Structure, steps: Steps, office: Office, mentors: bool = False
    ) -> None:
        """`mentors`: newcomers may come, and each role has to find time for them."""
        self.steps = steps
        self.channels = tuple(scenario.market.channels)
        self.products = tuple(scenario.market.products)
        self.stages = tuple(stage.name for stage in scenario.market.stages)
        self._qualified = scenario.market.qualification is not None
        self._office = office
        self._mentors = mentors
        self.pods = [Pod(number, self._crews(number, structure), []) for number in range(structure.pods)]
        self.draw(structure)

    def draw(self, structure: Structure) -> None:
        """Make all tables, or make them anew when the duties of a structure have changed; crews stay the same."""
        self._roles = tuple(structure.roles.values())
        bands = size_bands(structure)
        self.bands = [low for low, _ in bands][1:]  # edges between the bands
        self._classes = [
            LeadClass(channel, product, low, high)
            for channel in self.channels
            for product in self.products
            for low, high in bands
        ]
        for pod in self.pods:
            self._tables(pod, structure)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self._classes)

    def class_of(self, channel: int, product: int, size: float) -> int:
        """Class of a lead or customer."""
        band = bisect_right(self.bands, size) if self.bands else 0
        return (channel * len(self.products) + product) * (len(self.bands) + 1) + band

    def _crews(self, pod: int, structure: Structure) -> list[Crew]:
        return [
            Crew(index, name, role, pod, role.activities)
            for index, (name, role) in enumerate(structure.roles.items())
            if not role.support
        ]

    def _duties(self, role: Role) -> tuple[Duty, ...]:
        """The role's order of preference; hours for newcomers come first where it does not say otherwise."""
        duties = tuple(part for duty in role.activities for part in self._parts(duty, role))
        if not self._mentors or any(duty.activity == "coach" for duty in duties):
            return duties
        return (Duty(activity="coach"), *duties)

    def _parts(self, duty: Duty, role: Role) -> tuple[Duty, ...]:
        """A duty to sell in two where its first stage, which takes in new leads, follows other rules than the rest."""
        if duty.activity != "sell":
            return (duty,)
        covered, entry = self._stages_of(duty), self._entry_of(role)
        ruled = (
            role.due.get("qualify", inf) != role.due.get("sell", inf)
            or ("qualify" in role.newest_first) != ("sell" in role.newest_first)
            or role.most_open is not None
        )
        new = {entry} if ruled else set()
        taken_over = self._taken_over_by(role) - new
        parts = (
            tuple(stage for stage in covered if stage in new),
            tuple(stage for stage in covered if stage in taken_over),
            tuple(stage for stage in covered if stage not in new | taken_over),
        )
        if covered in parts:
            return (duty,)
        return tuple(duty.model_copy(update={"stages": part}) for part in parts if part)

    def _entry_of(self, role: Role) -> str | None:
        """The stage at which new leads come to a role: the first that it sells at, unless it sorts them before.

        A lead that was handed over is new to whoever takes it: under overload it is better not begun than left halfway.
        """
        if self._qualified and any(d.activity == "qualify" and d.overflow is None for d in role.activities):
            return None
        sold = {stage for d in role.activities if d.activity == "sell" for stage in self._stages_of(d)}
        return next((stage for stage in self.stages if stage in sold), None)

    def _taken_over_by(self, role: Role) -> set[str]:
        """Stages, where open leads are limited, at which a role takes over leads that others have in hand before."""
        if role.most_open is None:
            return set()
        roles = [(other, self._steps_of(other)) for other in self._roles]
        sold = self._steps_of(role)
        steps = ("qualify", *self.stages) if self._qualified else self.stages
        return {
            stage
            for before, stage in pairwise(steps)
            if stage in sold and any(before in does and stage not in does for other, does in roles if other is not role)
        }

    def _steps_of(self, role: Role) -> set[str]:
        """What a role does with leads as its own work: stages, and `qualify`."""
        own = [duty for duty in role.activities if duty.overflow is None]
        sold = {stage for duty in own if duty.activity == "sell" for stage in self._stages_of(duty)}
        return sold | {"qualify" for duty in own if duty.activity == "qualify"}

    def _rules(self, crew: Crew, role: Role) -> None:
        """Due times, what is taken first, and which duties take in new leads."""
        entry = self._entry_of(role)
        activities = [self._ruled_as(duty, entry) for duty in crew.duties]
        crew.due = [role.due.get(activity, inf) for activity in activities]
        crew.newest = frozenset(n for n, activity in enumerate(activities) if activity in role.newest_first)
        prospects = [n for n, duty in enumerate(crew.duties) if duty.activity == "prospect"]
        first = min(prospects, default=len(crew.duties))
        crew.due_after_prospecting = frozenset(n for n, hours in enumerate(crew.due) if hours < inf and n > first)
        names = [ACTIVITIES[number] for number in self.steps.activity]
        if entry is not None:
            names[1 + self.stages.index(entry)] = "qualify"
        crew.due_by_step = [role.due.get(name, inf) for name in names]
        entries: set[int] = set()
        if role.most_open is not None:
            entries = {n for n, duty in enumerate(crew.duties) if duty.activity == "qualify"}
            new = {entry} | self._taken_over_by(role)
            entries |= {n for n, d in enumerate(crew.duties) if d.activity == "sell" and new & {*self._stages_of(d)}}
        crew.entries = frozenset(entries)
        crew.protects = any(hours > 0 for hours in role.protected.values())

    def _ruled_as(self, duty: Duty, entry: str | None) -> Activity:
        """The activity whose rules a duty follows: taking in new leads those of `qualify`."""
        if duty.activity == "sell" and entry is not None and self._stages_of(duty) == (entry,):
            return "qualify"
        return duty.activity

    def _stages_of(self, duty: Duty) -> tuple[str, ...]:
        return tuple(stage for stage in self.stages if duty.stages is None or stage in duty.stages)

    def _tables(self, pod: Pod, structure: Structure) -> None:
        crews, office = pod.crews, self._office
        for crew in crews:
            role = structure.roles[crew.name]
            crew.role = role
            crew.personal = role.ownership == "personal"
            crew.duties = self._duties(role)
            self._rules(crew, role)
            crew.desks = [Desk(office) for _ in crew.duties]
            for duty, desk in enumerate(crew.desks):
                desk.newest = duty in crew.newest
                desk.readers.append(Reader(crew, duty, None))
            crew.duty_of = [
                [self._duty(crew.duties, cls, step) for step in range(len(self.steps))] for cls in range(self.classes)
            ]
        shared: dict[tuple[tuple[int, int], ...], Desk] = {}
        pod.desks = [
            [self._desk(crews, cls, step, shared, office) for step in range(len(self.steps))]
            for cls in range(self.classes)
        ]
        for desk in [desk for crew in crews for desk in crew.desks] + list(shared.values()):
            desk.calls = any(_may_be_called(reader.crew, reader.rule) for reader in desk.readers)

    def _desk(
        self, crews: list[Crew], cls: int, step: int, shared: dict[tuple[tuple[int, int], ...], Desk], office: Office
    ) -> Desk | None:
        """Where new work of a class and step waits: at the only crew's own desk, or at one that several read."""
        first = [(crew, crew.duty_of[cls][step]) for crew in crews if crew.duty_of[cls][step] >= 0]
        help_: list[Reader] = []
        for crew in crews:
            for duty, spec in enumerate(crew.duties):
                if spec.overflow is not None and crew.duty_of[cls][step] < 0 and self._matches(spec, cls, step):
                    help_.append(Reader(crew, duty, spec.overflow))
                    break
        if not first and not help_:
            return None
        # a role without positions has no say in how new work is given out
        staffed = [crew for crew, _ in first if crew.role.headcount > 0] or [crew for crew, _ in first]
        assigned = bool(first) and all(crew.role.new_work == "assigned" for crew in staffed)
        if len(first) == 1 and not help_:
            desk = first[0][0].desks[first[0][1]]
            desk.assigned = desk.assigned or assigned
            return desk
        key = tuple((crew.number, duty) for crew, duty in first) + ((-1, -1),)
        key += tuple((reader.crew.number, reader.duty) for reader in help_)
        if key not in shared:
            desk = shared[key] = Desk(office)
            desk.readers = [Reader(crew, duty, None) for crew, duty in first] + help_
            desk.assigned = assigned
            reader = desk.readers[0]
            desk.newest = reader.duty in reader.crew.newest
        return shared[key]

    def _duty(self, duties: tuple[Duty, ...], cls: int, step: int) -> int:
        for number, duty in enumerate(duties):
            if duty.overflow is None and self._matches(duty, cls, step):
                return number
        return -1

    def _matches(self, duty: Duty, cls: int, step: int) -> bool:
        stage = self.stages[step - 1] if 1 <= step <= self.steps.stages else None
        return matches(duty, ACTIVITIES[self.steps.activity[step]], self._classes[cls], stage)


def _may_be_called(crew: Crew, rule: Overflow | None) -> bool:
    return rule is not None or any(duty.activity == "prospect" for duty in crew.duties)


def never_used(desk: Desk, crew: Crew) -> bool:
    """Whether nothing ever waits at a desk: all new work is given out, and nobody covers for anybody."""
    return desk.assigned and crew.personal and crew.role.cover == 0 and crew.role.most_open is None


def desks_read_by(pod: Pod, crew: Crew, duty: int) -> list[tuple[Desk, Overflow | None]]:
    """The desks at which a crew looks for work of a duty: its own first, then those it shares or helps at."""
    found: dict[Desk, Overflow | None] = {}
    if crew.duties[duty].overflow is None:
        found[crew.desks[duty]] = None
    for row in pod.desks:
        for desk in row:
            if desk is not None:
                for reader in desk.readers:
                    if reader.crew is crew and reader.duty == duty:
                        found.setdefault(desk, reader.rule)
    return list(found.items())
