"""Who is there on the first day: customers of the base and the open pipeline, the same under every structure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from math import inf

import numpy as np

from simulation.department.blueprint import Blueprint
from simulation.department.customers import Customers
from simulation.department.lead_table import LeadTable, LeadTables
from simulation.department.leads import DECLINED, EXPIRED, Held, LeadFlow
from simulation.department.person import Person
from simulation.department.plan.people import working_seats
from simulation.department.workforce import Workforce
from simulation.expected import initial_channel, initial_product, open_at_age, pipeline_in_vain, pipeline_occupancy
from simulation.scenario.customers import Initial, OpenLead
from simulation.scenario.duties import owners
from simulation.scenario.market import Stage
from simulation.scenario.scenario import Scenario
from simulation.world import Stock
from simulation.world.residual import residual, still
from simulation.world.streams import Floats
from simulation.written.distributions import Distribution
from simulation.written.laws import mean_open
from simulation.written.readers import YEAR


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
        if initial.customers:
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
        orders = self._residual(table.stock, spec.order_every, "first.order")
        reviews = self._residual(table.stock, spec.upsell.every, "first.upsell")
        cares = table.stock.column("customer.first.care") if self._customers.cares else None
        for i in range(count):
            size = table.deal[product][i] * market.initial.customer_size
            cls = self._blueprint.class_of(table.channel, product, size)
            customer = self._customers.there(table, i, pods[i % len(pods)], product, cls, size)
            customer.first_order, customer.first_review = float(orders[i]), float(reviews[i])
            if cares is not None:
                customer.first_care = cares[i]
            holder = known[i] if known else None
            if holder is not None:
                self._customers.hold(customer, holder)
                customer.pod = pods[holder.crew.pod]
            self._customers.begin(customer, bool(known) and holder is None)

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
        steps = self._steps
        now = {
            person.employee.seat.luck: person
            for person in self._workforce.people
            if any(row[steps.order] >= 0 or row[steps.request] >= 0 for row in person.crew.duty_of)
        }
        return [now.get(before[i % len(before)]) for i in range(count)] if before else []

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
        for i in range(count):
            group = int(stage_of[i]) - len(market.sale)
            if group < 0:
                self._flow.resume(table, i, int(stage_of[i]), float(waits[i]))
            else:
                self._in_vain(table, i, *divmod(group, 3))

    def _listed(self, initial: Initial) -> None:
        """Open leads as a list has them; a role's are those of its people in turn."""
        structures, experiment = self._scenario.structures, self._scenario.experiment
        own = known = self._blueprint.plan.structure
        if experiment.begin == "today":
            known = experiment.today or next(iter(structures))
        here = {person.employee.seat.luck: person for person in self._workforce.people}
        turns = {
            owner: cycle([here[seat] for seat in seats if seat in here])
            for owner, seats in owners(structures[known]).items()
        }
        for channel in dict.fromkeys(row.channel for row in initial.rows):
            rows, table = initial.listed(channel), self._tables.of(channel, "pipeline")
            for i, (stage, group, left) in enumerate(self._given_open(channel, table, rows)):
                row = rows[i]
                holder = next(turns.get(row.owner, iter(())), None)
                held = Held(holder, handed=known != own and bool(row.owner))
                if group == 0:
                    self._flow.resume(table, i, stage, left, held)
                    continue
                reason = (
                    DECLINED
                    if group == 2 and row.age + left < self._scenario.market.sale[stage - 1].expires
                    else EXPIRED
                )
                self._flow.resume_in_vain(table, i, stage - 1, reason, left, row.age if group == 3 else None, held)

    def _given_open(
        self, channel: str, table: LeadTable, rows: tuple[OpenLead, ...]
    ) -> Iterator[tuple[int, int, float]]:
        """Stage, group and hours still to take of each lead, drawn given that it is open at its age.

        The group is the row of `open_at_age`; whoever should not be open any more is due.
        """
        market, stock = self._scenario.market, table.stock
        number_of = {stage.name: number for number, stage in enumerate(market.sale)}
        stage = np.array([number_of[row.stage] for row in rows])
        age = np.array([row.age for row in rows])
        product = np.full(len(rows), table.product) if table.products is None else np.array(table.products)
        which, where = (np.array(stock.column(f"pipeline.{name}")) for name in ("which", "where"))
        group, left = np.zeros(len(rows), np.int64), np.zeros(len(rows))
        for number, asked in sorted({*zip(stage.tolist(), product.tolist(), strict=True)}):
            mine, name = np.flatnonzero((stage == number) & (product == asked)), list(market.products)[asked]
            weights = open_at_age(market, channel, name, number, age[mine]).cumsum(axis=0)
            mine, weights = mine[weights[-1] > 0], weights[:, weights[-1] > 0]
            if not len(mine):
                continue
            spec, ages, luck = self._before(channel, name, number), age[mine], where[mine]
            no = spec.lost_law(last=False)
            group[mine] = np.minimum((which[mine] * weights[-1] >= weights).sum(axis=0), 3)
            left[mine] = spec.expires - ages
            for law, its, limit in ((spec.thinking, 0, spec.expires), (no, 2, inf)):
                told = group[mine] == its
                if law is not None and told.any():
                    hours = still(law, ages[told], luck[told], limit)
                    left[mine[told]] = np.minimum(hours, left[mine[told]])
        return zip(stage.tolist(), group.tolist(), left.tolist(), strict=True)

    def _before(self, channel: str, product: str, number: int) -> Stage:
        """The stage before one, whose number among all it is, as the leads of a channel for a product meet it."""
        market = self._scenario.market
        return market.way(channel, product).stages[
            number - market.stages_before(market.process_of(channel, product)) - 1
        ]

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
