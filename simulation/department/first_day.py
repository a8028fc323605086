"""Who is there on the first day: customers of the base and the open pipeline, the same under every structure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from math import inf, nan
from typing import NamedTuple

import numpy as np

from simulation.department.blueprint import Blueprint
from simulation.department.customers import Customers, Firsts, Old
from simulation.department.lead_table import LeadTable, LeadTables
from simulation.department.leads import DECLINED, EXPIRED, Held, LeadFlow
from simulation.department.person import Person
from simulation.department.plan.people import working_seats
from simulation.department.workforce import Workforce
from simulation.expected import (
    initial_channel,
    initial_product,
    lost_at_the_end,
    open_at_age,
    pipeline_in_vain,
    pipeline_occupancy,
)
from simulation.expected.old_customers import base_size, listed_customers
from simulation.scenario.customers import Initial, OpenLead
from simulation.scenario.duties import owners
from simulation.scenario.scenario import Scenario
from simulation.scenario.stages import Stage
from simulation.world import Stock
from simulation.world.residual import residual, still
from simulation.world.streams import Floats
from simulation.written.distributions import Distribution
from simulation.written.laws import mean_open
from simulation.written.readers import YEAR

_TAIL = 1e-6


class Going(NamedTuple):
    """How an open lead of a list goes on: due for its stage after so many hours, unless a stage has lost it."""

    stage: int
    left: float = 0.0
    lost: int = -1  # number of the stage that has lost it, which shows after these hours
    reason: int = 0
    since: float = 0.0  # hours since the work of that stage
    silent: bool = False


def _since(before: Stage, last: Stage, ages: Floats, luck: Floats, kind: int) -> tuple[Floats, Floats]:
    """Hours since the last stage was lost, of leads that came from the stage before at an age; what is left of luck."""
    ended = lost_at_the_end(before, last, ages)
    assert ended is not None
    reached = ended.weights[kind].cumsum(axis=1)
    place = luck * reached[:, -1]
    moment = np.minimum((place[:, None] >= reached).sum(axis=1), reached.shape[1] - 1)
    rows = np.arange(len(ages))
    weight = ended.weights[kind][rows, moment]
    return ages - ended.moments[moment], np.clip((place - reached[rows, moment] + weight) / weight, 0.0, 1.0)


def _until_order(law: Distribution, since: Floats, luck: Floats) -> Floats:
    """How long intervals between orders still take which have lasted so long; beyond the law's tail, as there."""
    if law.mean == inf:
        return np.full(len(since), inf)
    most = law.quantile(np.full(1, 1 - _TAIL))
    return still(law, np.minimum(since, most), luck)


class FirstDay:
    """Puts the initial customers and pipeline into a self._department."""

    def __init__(
        self,
        scenario: Scenario,
        tables: LeadTables,
        blueprint: Blueprint,
        workforce: Workforce,
        flow: LeadFlow,
        customers: Customers,
    ) -> None:
        self._scenario = scenario
        self._tables = tables
        self._blueprint = blueprint
        self._steps = blueprint.steps
        self._workforce = workforce
        self._flow = flow
        self._customers = customers

    def begin(self) -> None:
        """Customers begin to order, leads come back from thinking."""
        initial = self._scenario.market.initial
        if isinstance(initial.customers, tuple):
            self._listed_customers(initial.base)
        elif initial.customers:
            self._begin_customers(initial.customers)
        if isinstance(initial.pipeline, tuple):
            self._listed(initial)
        elif initial.pipeline:
            self._pipeline(initial.pipeline)

    def _channel(self) -> str:
        """The channel they came from; a distributor's only where there is no other."""
        market = self._scenario.market
        return initial_channel(market) or next(iter(market.channels))

    def _begin_customers(self, count: int) -> None:
        market = self._scenario.market
        name = initial_product(market)
        if not name:
            return
        product = list(market.products).index(name)
        channel = self._channel()
        table = self._tables.of(channel, "base")
        pods = self._blueprint.pods
        known = self._known(count)
        spec = market.way(channel, name).customers
        orders = self._residual(table.stock, spec.order_every, "first.order").tolist()
        reviews = self._residual(table.stock, spec.upsell.every, "first.upsell").tolist()
        cares = table.stock.column("customer.first.care") if self._customers.cares else None
        deals, size_of, class_of = table.deal[product][:count], market.initial.customer_size, self._blueprint.class_of
        old = self._customers.old
        for i, deal in enumerate(deals):
            size = deal * size_of
            cls = class_of(table.channel, product, size)
            buyer = Old(table, i, pods[i % len(pods)], product, cls, size)
            holder = known[i] if known else None
            firsts = Firsts(orders[i], reviews[i], nan if cares is None else cares[i])
            old(buyer, firsts, holder, bool(known) and holder is None)

    def _listed_customers(self, count: int) -> None:
        """Customers as a list has them, but for those who have left meanwhile."""
        market, pods, known, turn = self._scenario.market, self._blueprint.pods, self._known(count), 0
        owner_of, moved = self._owners()
        names = list(market.products)
        for channel in dict.fromkeys(channel for channel, _ in listed_customers(market)):
            table = self._tables.of(channel, "base")
            stock, rows = table.stock, table.buyers
            specs = {name: market.way(channel, name).customers for name, _ in rows}
            reviews = {n: self._residual(stock, spec.upsell.every, "first.upsell") for n, spec in specs.items()}
            luck = np.array(stock.column("first.order.where"))
            cares = stock.column("customer.first.care") if self._customers.cares else None
            waits = np.array([row.last_order for _, row in rows])
            for name, spec in specs.items():
                mine = np.array([each == name for each, _ in rows])
                frailty = table.frailty[names.index(name)]
                assert frailty is not None
                rates = np.array([frailty.rate(i) for i in np.flatnonzero(mine).tolist()])
                waits[mine] = _until_order(spec.order_every, waits[mine] * rates, luck[mine])
            for i, (name, row) in enumerate(rows):
                product, turn = names.index(name), turn + 1
                frailty = table.frailty[product]
                assert frailty is not None
                if not frailty.there(i):
                    continue
                size = base_size(market, channel, name, row)
                if size is None:
                    size = table.deal[product][i] * market.initial.customer_size
                cls = self._blueprint.class_of(table.channel, product, size)
                buyer = Old(table, i, pods[(turn - 1) % len(pods)], product, cls, size)
                firsts = Firsts(float(waits[i]), float(reviews[name][i]), nan if cares is None else cares[i])
                if row.owner:
                    owner, told = owner_of(row.owner), moved
                    holder = owner if owner and self._serves(owner, cls) else None
                else:
                    holder, told = known[turn - 1] if known else None, bool(known)
                self._customers.old(buyer, firsts, holder, told and holder is None)

    def _known(self, count: int) -> list[Person | None]:
        """Who has served each customer so far and does so from now on too (start `today` only; None: somebody else)."""
        scenario = self._scenario
        today = scenario.experiment.today or next(iter(scenario.structures))
        if scenario.experiment.begin != "today":
            return []
        before = [
            seat
            for seat, (_, role) in enumerate(working_seats(scenario.structures[today]))
            if any(duty.activity == "serve" for duty in role.activities)
        ]
        now = {
            person.employee.seat.luck: person
            for person in self._workforce.people
            if any(self._serves(person, cls) for cls in range(len(person.crew.duty_of)))
        }
        return [now.get(before[i % len(before)]) for i in range(count)] if before else []

    def _serves(self, person: Person, cls: int) -> bool:
        """Whether somebody serves orders or requests of customers of a class."""
        duties = person.crew.duty_of[cls]
        return max(duties[self._steps.order], duties[self._steps.request]) >= 0

    def _owners(self) -> tuple[Callable[[str], Person | None], bool]:
        """Who is meant by the owner of a list, a role's people in turn; whether they come from another structure."""
        structures, experiment = self._scenario.structures, self._scenario.experiment
        own = known = self._blueprint.plan.structure
        if experiment.begin == "today":
            known = experiment.today or next(iter(structures))
        here = {person.employee.seat.luck: person for person in self._workforce.people}
        turns = {
            owner: cycle([here[seat] for seat in seats if seat in here])
            for owner, seats in owners(structures[known]).items()
        }
        return lambda name: next(turns.get(name, iter(())), None), known != own

    def _pipeline(self, count: int) -> None:
        channel = self._channel()
        table = self._tables.of(channel, "pipeline")
        stock, market = table.stock, self._scenario.market
        asked = np.array(table.products if table.products is not None else [table.product] * count)
        stage_of, waits = np.zeros(count, np.int64), np.zeros(count)
        mixed = len(market.sold) > 1  # then a lead is at a stage of its own process
        for number, product in enumerate(market.products):
            mine = np.flatnonzero(asked == number)
            if not len(mine):
                continue
            of = product if mixed else None
            alive, vain = pipeline_occupancy(self._scenario, of), pipeline_in_vain(self._scenario, of)
            share = np.cumsum([*alive, *vain.flat] if vain.any() else alive)
            stages = np.searchsorted(share / share[-1], np.array(stock.column("pipeline.stage"))[mine], side="right")
            stage_of[mine] = np.minimum(stages, len(share) - 1)
            first = table.entry[number] - 1
            for stage, spec in enumerate(market.way(channel, product).stages[:-1], start=first + 1):
                if spec.thinking.mean > 0:
                    there = mine[stage_of[mine] == stage]
                    waits[there] = self._residual(stock, spec.thinking, "pipeline", spec.expires)[there]
        resume, last = self._flow.resume, len(market.sale)
        for i, (place, wait) in enumerate(zip(stage_of.tolist(), waits.tolist(), strict=True)):
            group = place - last
            if group < 0:
                resume(table, i, place, wait)
            else:
                self._in_vain(table, i, *divmod(group, 3))

    def _listed(self, initial: Initial) -> None:
        """Open leads as a list has them; a role's are those of its people in turn."""
        owner_of, moved = self._owners()
        for channel in dict.fromkeys(row.channel for row in initial.rows):
            rows, table = initial.listed(channel), self._tables.of(channel, "pipeline")
            for i, (row, lead) in enumerate(zip(rows, self._given_open(channel, table, rows), strict=True)):
                held = Held(owner_of(row.owner), handed=moved and bool(row.owner))
                if lead.lost < 0:
                    self._flow.resume(table, i, lead.stage, lead.left, held)
                else:
                    silent = lead.since if lead.silent else None
                    self._flow.resume_in_vain(table, i, lead.lost, lead.reason, lead.left, silent, held)

    def _given_open(self, channel: str, table: LeadTable, rows: tuple[OpenLead, ...]) -> list[Going]:
        """How each lead of a list goes on, drawn given that it was open when it was last seen.

        Whoever should not be open any more is due, as is who has answered since.
        """
        market, stock = self._scenario.market, table.stock
        number_of = {stage.name: number for number, stage in enumerate(market.sale)}
        stage = np.array([number_of[row.stage] for row in rows])
        age, unseen = np.array([row.seen for row in rows]), np.array([min(row.unseen, row.age) for row in rows])
        product = np.full(len(rows), table.product) if table.products is None else np.array(table.products)
        which, where = (np.array(stock.column(f"pipeline.{name}")) for name in ("which", "where"))
        found = [Going(int(number)) for number in stage]
        for number, asked in sorted({*zip(stage.tolist(), product.tolist(), strict=True)}):
            mine, name = np.flatnonzero((stage == number) & (product == asked)), list(market.products)[asked]
            weights = open_at_age(market, channel, name, number, age[mine]).cumsum(axis=0)
            mine, weights = mine[weights[-1] > 0], weights[:, weights[-1] > 0]
            if not len(mine):
                continue
            groups = np.minimum((which[mine] * weights[-1] >= weights).sum(axis=0), 5)
            before, last = self._around(channel, name, number)
            for group in np.unique(groups).tolist():
                of = mine[groups == group]
                ages, luck, spec, lost = age[of], where[of], before, number - 1
                if group >= 4:
                    spec, lost = last, number
                    ages, luck = _since(before, last, ages, luck, group - 4)
                hours, law = spec.expires - ages, spec.thinking if group == 0 else spec.lost_law(group >= 4)
                if group in (0, 2, 4) and law is not None:
                    hours = np.minimum(hours, still(law, ages, luck, spec.expires if group == 0 else inf))
                gone = unseen[of]
                rest = zip(of.tolist(), hours.tolist(), ages.tolist(), gone.tolist(), strict=True)
                for i, left, since, passed in rest:
                    told = group in (2, 4) and since + left < spec.expires
                    reason = DECLINED if told else EXPIRED
                    still_due = max(left - passed, 0.0)
                    silent = group in (3, 5)
                    found[i] = Going(number, still_due, lost if group else -1, reason, since + passed, silent)
        return found

    def _around(self, channel: str, product: str, number: int) -> tuple[Stage, Stage]:
        """The stage before one, whose number among all it is, and that one, as leads for a product meet them."""
        market = self._scenario.market
        own = number - market.stages_before(market.process_of(channel, product))
        stages = market.way(channel, product).stages
        return stages[own - 1], stages[own]

    def _in_vain(self, table: LeadTable, i: int, stage: int, group: int) -> None:
        """A lead that a stage has lost, which shows once its customer says so or it expires."""
        product = table.products[i] if table.products is not None else table.product
        market = self._scenario.market
        stages = market.way(self._channel(), list(market.products)[product]).stages
        number = 1 + stage - table.entry[product]
        spec = stages[number]
        which, where = (table.stock.column(f"pipeline.{name}")[i] for name in ("which", "where"))
        open_for = spec.expires
        law = spec.lost_law(number == len(stages) - 1)
        if group == 1 and law is not None:
            open_for = float(residual(law, np.array([which]), np.ones(1), spec.expires)[0])
        reason = DECLINED if group == 1 and open_for < spec.expires else EXPIRED
        age = (1 - where) * min(open_for, YEAR)
        self._flow.resume_in_vain(table, i, stage, reason, open_for - age, age if group == 2 else None)

    def _residual(self, stock: Stock, law: Distribution, name: str, limit: float = inf) -> Floats:
        """How long what is under way on the first day still takes, for each of a stock; nothing above the limit."""
        which, where = (np.array(stock.column(f"{name}.{each}")) for each in ("which", "where"))
        if law.is_constant or limit == inf or mean_open(law, limit, only=True) > 0:
            return residual(law, which, where, limit, only=limit < inf)
        return np.zeros(len(which))  # everybody expires: none of them is under way
