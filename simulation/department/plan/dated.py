"""What has a date, as tables: changes, and the months with what is planned for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from simulation.department.plan.table import Flags, Floats, Ints, column
from simulation.mechanisms.interventions import AttritionSpike, Crm, Dip
from simulation.scenario.scenario import Scenario
from simulation.scenario.targets import month_targets
from simulation.scenario.timeline import DatedChange
from simulation.world import World

DIP = ("depth", "recovery", "exponent")
SPIKE = ("factor", "lasts")
CRM = ("ceiling", "midpoint", "spread", "failure", "paperwork", "answer", "service", "hand_off", "departure")


@dataclass(frozen=True)
class Changes:
    """What changes on dates, beside the scenario that is in force from then on."""

    at: Floats = column("change", "when, since the start; before it: on the first day", "hours")
    depth: Floats = column("change", "pace lost on the first day; NaN: none", "share")
    recovery: Floats = column("change", "time constant of its recovery; NaN: none", "hours")
    exponent: Floats = column("change", "how changes that are open at once add up; NaN: none")
    factor: Floats = column("change", "on everybody's hazard of leaving for a while; NaN: none")
    lasts: Floats = column("change", "how long; NaN: none", "hours")
    ceiling: Floats = column("change", "use of a new CRM in the end; NaN: none is rolled out", "share")
    midpoint: Floats = column("change", "time until half of it; NaN: none", "hours")
    spread: Floats = column("change", "scale of the logistic curve; NaN: none", "hours")
    failure: Floats = column("change", "probability that nobody ever uses it; NaN: none")
    paperwork: Floats = column("change", "work on papers saved at full use; NaN: none", "share")
    answer: Floats = column("change", "work of the first contact saved; NaN: none", "share")
    service: Floats = column("change", "work on orders and requests saved; NaN: none", "share")
    hand_off: Floats = column("change", "losses in hand-offs avoided; NaN: none", "share")
    departure: Floats = column("change", "losses with leavers avoided; NaN: none", "share")
    change: Ints = column("move", "of which change it is a part")
    source: Ints = column("move", "role that people leave")
    to: Ints = column("move", "role that they go to")
    people: Ints = column("move", "positions that change roles, with who sits there")

    @classmethod
    def of(cls, changes: Sequence[DatedChange], roles: Sequence[str]) -> Changes:
        """Those of a timeline; `roles` are the structure's."""

        def each(part: str, names: tuple[str, ...]) -> dict[str, Floats]:
            blocks = [getattr(change, part) for change in changes]
            return {
                name: np.array([nan if each is None else getattr(each, name) for each in blocks], float)
                for name in names
            }

        moves = [(number, move) for number, change in enumerate(changes) for move in change.moves]
        return cls(
            at=np.array([change.at for change in changes], float),
            **each("dip", DIP),
            **each("spike", SPIKE),
            **each("crm", CRM),
            change=np.array([number for number, _ in moves], np.int64),
            source=np.array([roles.index(move.role) for _, move in moves], np.int64),
            to=np.array([roles.index(move.to) for _, move in moves], np.int64),
            people=np.array([move.people for _, move in moves], np.int64),
        )

    def _row(self, number: int, names: tuple[str, ...]) -> dict[str, float] | None:
        row = {name: float(getattr(self, name)[number]) for name in names}
        return None if row[names[0]] != row[names[0]] else row

    def dip(self, number: int) -> Dip | None:
        """The pace that a change costs at first."""
        row = self._row(number, DIP)
        return None if row is None else Dip.model_construct(None, **row)

    def spike(self, number: int) -> AttritionSpike | None:
        """How much more likely people are to leave for a while."""
        row = self._row(number, SPIKE)
        return None if row is None else AttritionSpike.model_construct(None, **row)

    def crm(self, number: int) -> Crm | None:
        """The CRM that is rolled out."""
        row = self._row(number, CRM)
        return None if row is None else Crm.model_construct(None, **row)

    def moves(self, number: int) -> list[tuple[int, int, int]]:
        """Role that is left, role that is come to, and positions of each move of a change."""
        rows = zip(self.change.tolist(), self.source.tolist(), self.to.tolist(), self.people.tolist(), strict=True)
        return [(source, to, people) for change, source, to, people in rows if change == number]


@dataclass(frozen=True)
class Targets:
    """Months, and what is planned for each of those that are counted."""

    edges: Floats = column("edge", "begin of each month, those of the warm-up too, and the end of the last", "hours")
    warm_up: Ints = column("", "months that are not counted", "months")
    planned: Floats = column("counted", "target of the month, deals or money; none where nothing is planned")
    effort: Floats = column("", "by how much everybody works faster who has nothing of the plan", "share")
    deals: Flags = column("", "whether deals are planned, and not revenue")
    rolling: Flags = column("", "whether the year so far counts, and not the month alone")

    @classmethod
    def of(cls, scenario: Scenario, world: World) -> Targets:
        """Those of a scenario."""
        plan, warm_up = scenario.plan, scenario.experiment.warm_up
        edges = np.asarray(world.month_edges, float)
        return cls(
            edges=edges,
            warm_up=np.array(warm_up, np.int64),
            planned=np.zeros(0) if plan is None else month_targets(plan, world.start, edges[warm_up:]),
            effort=np.array(0.0 if plan is None else plan.effort, float),
            deals=np.array(plan is not None and plan.measure == "deals"),
            rolling=np.array(plan is not None and plan.rolling),
        )
