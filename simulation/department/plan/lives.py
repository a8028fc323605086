"""What lives ask, as tables: who stays and who goes, how positions are filled, who leads whom, who earns what.

A row becomes the block of its mechanism again, whose rules the lives follow (`Leaving.departure`,
`Filling.onboarding`); those blocks hold what the table has and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, nan
from typing import Any, NamedTuple

import numpy as np

from simulation.department.plan.table import Flags, Floats, Ints, column, padded
from simulation.expected import budgeted_pay, practised, steady
from simulation.mechanisms.coaching import Coaching, Leading
from simulation.mechanisms.departure import Departure
from simulation.mechanisms.hiring import Recruiting
from simulation.mechanisms.onboarding import Onboarding
from simulation.mechanisms.probation import Probation
from simulation.mechanisms.tenure_law import Lognormal, Stepwise, TenureLaw, Weibull
from simulation.mechanisms.turnover import Turnover
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure, onboarding_of, recruiting_of, tenures_of
from simulation.scenario.timeline import peopled
from simulation.world import World
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH

NOBODY_LEAVES, WEIBULL, LOGNORMAL, STEPWISE = range(4)
"""By which law the people of a role stay."""
PRESSURES = ("overload", "overload_from", "usual_overload", "missed_earnings", "usual_missed", "contagion", "notice")
MEETS = ("meet", "coach")
"""Activities in which a trial time sees no talent."""


@dataclass(frozen=True)
class Staying:
    """By which law the people of each role stay, and what presses on it, under one scenario."""

    law: Ints = column("role", "0: nobody leaves, 1: Weibull, 2: lognormal, 3: a hazard for each piece of the tenure")
    mean: Floats = column("role", "scale of a Weibull law, mean of a lognormal one; NaN: none", "hours")
    shape: Floats = column("role", "shape of a Weibull law, variation (cv) of a lognormal one; NaN: none")
    ends: Floats = column("role end", "tenure at which each piece but the last ends; NaN: no such piece", "hours")
    hazards: Floats = column("role piece", "hazard of each piece; NaN: no such piece", "per hour")
    overload: Floats = column("", "rise of the hazard of somebody who is fully loaded, as a share of it")
    overload_from: Floats = column("", "load from which it is overload", "share")
    usual_overload: Floats = column("", "mean overload where the hazard is as stated", "share")
    missed_earnings: Floats = column("", "rise of the hazard per share of the on-target pay that is missed")
    usual_missed: Floats = column("", "missed where the hazard is as stated", "share")
    contagion: Floats = column("", "rise of the hazard per share of the colleagues who went")
    notice: Floats = column("", "from giving notice to leaving", "hours")

    @classmethod
    def of(cls, scenario: Scenario, structure: Structure) -> Staying:
        """Those of a structure's roles."""
        laws = [tenures_of(scenario.people, role) for role in structure.roles.values()]
        rows = [_parameters(law) for law in laws]
        steps = [law if isinstance(law, Stepwise) else None for law in laws]
        turnover = scenario.people.turnover
        return cls(
            law=np.array([kind for kind, _, _ in rows], np.int64),
            mean=np.array([mean for _, mean, _ in rows], float),
            shape=np.array([shape for _, _, shape in rows], float),
            ends=padded([list(step.ends) if step else [] for step in steps], nan, float),
            hazards=padded([list(step.hazards) if step else [] for step in steps], nan, float),
            **{name: np.array(getattr(turnover, name), float) for name in PRESSURES},
        )

    @cached_property
    def laws(self) -> list[TenureLaw | None]:
        """The law of each role; None where nobody leaves."""
        return [self._law(role) for role in range(len(self.law))]

    def _law(self, role: int) -> TenureLaw | None:
        kind, mean, shape = int(self.law[role]), float(self.mean[role]), float(self.shape[role])
        if kind == STEPWISE:
            ends, hazards = (row[~np.isnan(row)].tolist() for row in (self.ends[role], self.hazards[role]))
            return Stepwise(tuple(ends), tuple(hazards))
        if kind == NOBODY_LEAVES:
            return None
        return Weibull(shape, mean) if kind == WEIBULL else Lognormal(mean, shape)

    @cached_property
    def turnover(self) -> Turnover:
        """What presses on the hazard."""
        row: dict[str, Any] = {name: float(getattr(self, name)) for name in PRESSURES}
        return Turnover.model_construct(None, **row)


def _parameters(law: TenureLaw | None) -> tuple[int, float, float]:
    """Kind, mean or scale, and shape or variation of a law."""
    if law is None:
        return NOBODY_LEAVES, nan, nan
    if isinstance(law, Weibull):
        return WEIBULL, law.scale, law.shape
    if isinstance(law, Lognormal):
        return LOGNORMAL, law.mean, law.cv
    return STEPWISE, nan, nan


TAKEN = ("reassign_after", "leads_lost", "customers_lost", "colleague_saves", "orders_fall", "orders_recover")


@dataclass(frozen=True)
class Leaving:
    """What a leaver takes along, and who gets the rest, under one scenario."""

    reassign_after: Floats = column("", "from leaving until the work is given to others", "hours")
    leads_lost: Floats = column("", "probability that an open lead is lost, all of whose contacts were the leaver's")
    customers_lost: Floats = column("", "the same of a customer when a newcomer takes over")
    colleague_saves: Floats = column("", "part of that loss that a colleague saves", "share")
    orders_fall: Floats = column("", "fall of the orders of such a customer who stays", "share")
    orders_recover: Floats = column("", "time in which they recover, linear", "hours")
    to_successor: Flags = column("", "whether the work waits for the newcomer in the same position")

    @classmethod
    def of(cls, scenario: Scenario) -> Leaving:
        """Those of a scenario's people."""
        departure = scenario.people.departure
        return cls(
            **{name: np.array(getattr(departure, name), float) for name in TAKEN},
            to_successor=np.array(departure.clients_to == "successor"),
        )

    @cached_property
    def departure(self) -> Departure:
        """The rules by which work is lost and handed over."""
        row: dict[str, Any] = {name: float(getattr(self, name)) for name in TAKEN}
        return Departure.model_construct(None, clients_to="successor" if self.to_successor else "colleagues", **row)


@dataclass(frozen=True)
class Filling:
    """How positions of each role are filled and how newcomers begin, under one scenario."""

    headcount: Ints = column("role", "positions")
    spare: Ints = column("role", "people kept above them where there are any")
    every: Floats = column("role", "interval between the dates at which searches begin; 0: at once", "hours")
    training: Floats = column("role", "training without production, working days")
    mentor: Floats = column("role", "a colleague's time a week for somebody on trial", "working hours")
    head: Floats = column("role", "the head's time a week for somebody on trial", "working hours")
    trial: Floats = column("role", "trial time", "months")
    failure: Floats = column("role", "probability of failing it")
    insight: Floats = column("role", "correlation of its verdict with talent in what the role does")
    tested: Flags = column("role activity", "whether that verdict sees talent in the activity")

    @classmethod
    def of(cls, scenario: Scenario, structure: Structure) -> Filling:
        """Those of a structure's roles."""
        roles, people = structure.roles.values(), scenario.people
        begins = [onboarding_of(people, role) for role in roles]
        filled = [recruiting_of(people, role) for role in roles]
        done = [{duty.activity for duty in role.activities if duty.activity not in MEETS} for role in roles]
        return cls(
            headcount=np.array([role.headcount for role in roles], np.int64),
            spare=np.array([each.spare for each in filled], np.int64),
            every=np.array([each.every if each.policy == "batch" else 0.0 for each in filled], float),
            training=np.array([each.training_days for each in begins], float),
            mentor=np.array([each.mentor for each in begins], float),
            head=np.array([each.head for each in begins], float),
            trial=np.array([each.probation.months for each in begins], float),
            failure=np.array([each.probation.failure for each in begins], float),
            insight=np.array([each.probation.insight for each in begins], float),
            tested=np.array([[activity in each for activity in ACTIVITIES] for each in done], bool),
        )

    @cached_property
    def recruiting(self) -> list[Recruiting]:
        """When searches begin, by role."""
        return [
            Recruiting.model_construct(policy="batch" if every > 0 else "react", every=every)
            for every in self.every.tolist()
        ]

    @cached_property
    def onboarding(self) -> list[Onboarding]:
        """How newcomers begin, by role."""
        rows = (self.training, self.mentor, self.head, self.trial, self.failure, self.insight)
        return [
            Onboarding.model_construct(
                training_days=training,
                mentor=mentor,
                head=head,
                probation=Probation.model_construct(months=trial, failure=failure, insight=insight),
            )
            for training, mentor, head, trial, failure, insight in zip(*(row.tolist() for row in rows), strict=True)
        ]

    @cached_property
    def done(self) -> list[list[str]]:
        """Activities in which the trial time sees talent, by role."""
        return [[a for a, tested in zip(ACTIVITIES, row, strict=True) if tested] for row in self.tested.tolist()]


@dataclass(frozen=True)
class Newcomers:
    """What comes of the n-th hire of each seat (1 or more) in each role, under one scenario."""

    search: Floats = column("seat role", "from its begin to the first day; inf: nobody is found", "hours")
    fails: Flags = column("seat role", "whether the hire does not pass the trial time")

    @classmethod
    def of(cls, laws: Sequence[Distribution], filling: Filling, world: World, hire: int, seats: int) -> Newcomers:
        """Those of the first seats; `laws` of the time that a search takes, by role."""
        crowd = world.crowd
        trials = [(begin.probation, done) for begin, done in zip(filling.onboarding, filling.done, strict=True)]
        return cls(
            search=np.array([[crowd.recruiting_time(seat, hire, law) for law in laws] for seat in range(seats)]),
            fails=np.array([[crowd.fails_probation(seat, hire, *trial) for trial in trials] for seat in range(seats)]),
        )


@dataclass(frozen=True)
class Heads:
    """Who leads, who is led and who meets, under one scenario."""

    span: Floats = column("role", "people whom one head can lead in full; NaN: leads nobody")
    coaching: Floats = column("role", "a head's time a week for each; NaN: leads nobody", "working hours")
    coordination: Floats = column("role", "time a week for each kind of role beyond the first; NaN", "working hours")
    led: Flags = column("role", "whether a head gives time to its people")
    meetings: Floats = column("role", "meetings of each person a week", "working hours")
    learning: Floats = column("", "learning lost when nobody is coached", "share")
    conversion: Floats = column("", "fall of every conversion when nobody is coached", "log-odds")

    @classmethod
    def of(cls, scenario: Scenario, structure: Structure) -> Heads:
        """Those of a structure's roles."""
        roles, spec = structure.roles.values(), scenario.people.coaching

        def each(name: str) -> Floats:
            return np.array([nan if role.leads is None else getattr(role.leads, name) for role in roles], float)

        return cls(
            span=each("span"),
            coaching=each("coaching"),
            coordination=each("coordination"),
            led=np.array([role.is_led for role in roles], bool),
            meetings=np.array([role.meetings for role in roles], float),
            learning=np.array(spec.learning, float),
            conversion=np.array(spec.conversion, float),
        )

    @cached_property
    def leads(self) -> list[Leading | None]:
        """How each role leads the others; None: it leads nobody."""
        rows = zip(self.span.tolist(), self.coaching.tolist(), self.coordination.tolist(), strict=True)
        return [
            None if span != span else Leading.model_construct(span=span, coaching=hours, coordination=more)
            for span, hours, more in rows
        ]

    @cached_property
    def coach(self) -> Coaching:
        """What is lost without coaching."""
        return Coaching.model_construct(learning=float(self.learning), conversion=float(self.conversion))


class Variable(NamedTuple):
    """What somebody gets of a sale, and at least and at most of all of them."""

    share: float
    of_margin: bool
    on_deals: bool
    on_orders: bool
    orders_for: float
    draw: float
    cap: float


@dataclass(frozen=True)
class Earning:
    """What people of each role get of what they sell, as far as it tells whether they miss it, under one scenario."""

    share: Floats = column("role", "commission", "share")
    of_margin: Flags = column("role", "whether it is of the margin, else of the revenue")
    on_deals: Flags = column("role", "whether first deals count")
    on_orders: Flags = column("role", "whether orders count")
    orders_for: Floats = column("role", "time after the first deal in which orders count; infinite: all", "hours")
    draw: Floats = column("role", "least commission a month", "money")
    cap: Floats = column("role", "most commission a month; infinite: none", "money")

    @classmethod
    def of(cls, structure: Structure) -> Earning:
        """Those of a structure's roles."""
        rules = [role.pay.commission for role in structure.roles.values()]
        return cls(
            share=np.array([rule.share for rule in rules], float),
            of_margin=np.array([rule.of != "revenue" for rule in rules], bool),
            on_deals=np.array([rule.on != "orders" for rule in rules], bool),
            on_orders=np.array([rule.on != "deals" for rule in rules], bool),
            orders_for=np.array([inf if r.repeat_months is None else r.repeat_months * MONTH for r in rules], float),
            draw=np.array([rule.draw for rule in rules], float),
            cap=np.array([inf if rule.cap is None else rule.cap for rule in rules], float),
        )

    @cached_property
    def rules(self) -> list[Variable]:
        """What each role gets."""
        rows = (getattr(self, name) for name in Variable._fields)
        return [Variable(*row) for row in zip(*(each.tolist() for each in rows), strict=True)]


@dataclass(frozen=True)
class OnTarget:
    """Pay of somebody of each role who reaches what is planned, as the run began."""

    base: Floats = column("role", "base pay a month", "money")
    whole: Floats = column("role", "base pay and commission a month", "money")
    factor: Floats = column("role", "what attainment makes of the commission then")

    @classmethod
    def of(cls, scenario: Scenario, name: str) -> OnTarget:
        """Those of a structure's roles."""
        paid, base, whole, factor = budgeted_pay(scenario, name), [], [], []
        for role, spec in scenario.structures[name].roles.items():
            pay = paid.get(role)
            commission = 0.0 if pay is None or pay.positions == 0 else pay.commission / pay.positions / 12
            base.append(spec.pay.base)
            whole.append(spec.pay.base + commission)
            factor.append(1.0 if pay is None else pay.factor)
        return cls(base=np.array(base, float), whole=np.array(whole, float), factor=np.array(factor, float))

    @cached_property
    def rows(self) -> list[tuple[float, float, float]]:
        """All three, by role."""
        return list(zip(self.base.tolist(), self.whole.tolist(), self.factor.tolist(), strict=True))


@dataclass(frozen=True)
class Standards:
    """What a practised colleague of each working role is in each of its tasks, as it first has people.

    A role without work in the closed form (nobody sits in it yet) shares its time equally among its activities.
    """

    activity: Ints = column("role task", "index into ACTIVITIES; -1: no more tasks")
    weight: Floats = column("role task", "part of the role's working hours", "share")
    level: Floats = column("role task", "proficiency of the practised colleague")

    @classmethod
    def of(cls, scenario: Scenario, name: str) -> Standards:
        """Those of a structure's roles; nothing for roles whose work is not simulated."""
        rows: list[list[tuple[int, float, float]]] = []
        for role, spec in scenario.structures[name].roles.items():
            rows.append([])
            if spec.support:
                continue
            then = peopled(scenario, name, role)
            plan = steady(then, name)
            levels = practised(then, name, plan)[role]
            hours = {activity: plan.roles[role].hours.get(activity, 0.0) for activity in levels}
            if not any(hours.values()):
                hours = dict.fromkeys(levels, 1.0)
            total = sum(hours.values())
            rows[-1] += [
                (ACTIVITIES.index(activity), value / total, levels[activity])
                for activity, value in hours.items()
                if value > 0
            ]
        return cls(
            activity=padded([[a for a, _, _ in row] for row in rows], -1, np.int64),
            weight=padded([[weight for _, weight, _ in row] for row in rows], 0.0, float),
            level=padded([[level for _, _, level in row] for row in rows], nan, float),
        )

    @cached_property
    def tasks(self) -> list[list[tuple[int, float, float]]]:
        """Activity, part of the hours and proficiency of each task, by role."""
        rows = zip(self.activity.tolist(), self.weight.tolist(), self.level.tolist(), strict=True)
        return [[task for task in zip(*columns, strict=True) if task[0] >= 0] for columns in rows]
