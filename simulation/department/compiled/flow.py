"""Leads, customers and prospecting on the compiled floor: what lives ask of them, handed on to the kernel."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any

import numpy as np
from simpy import Environment
from simpy.events import ProcessGenerator

from simulation.department.blueprint import Blueprint
from simulation.department.compiled.luck import Luck
from simulation.department.compiled.order import order_for_kernel, real, whole
from simulation.department.compiled.people import _number
from simulation.department.customers import Customers, Firsts, Habits, Old, Sale
from simulation.department.lead_table import LeadTable
from simulation.department.leads import NOBODYS, Held, LeadFlow
from simulation.department.office import Office, Year
from simulation.department.plan.market import Calling, Selling
from simulation.department.plan.order_of_work import OrderOfWork
from simulation.department.prospecting import Caller, OutboundChannel
from simulation.department.rules import Version
from simulation.department.steps import PROSPECT
from simulation.department.work import Worker
from simulation.floor.choice import Kernel
from simulation.mechanisms.care import Care
from simulation.scenario.scenario import Scenario
from simulation.world import Stock
from simulation.written.distributions import Distribution


class CompiledBlueprint(Blueprint):
    """Crews, which the department fills with people; desks are the kernel's."""

    def __init__(self, *rest: Any, kernel: Kernel) -> None:
        self._kernel = kernel
        super().__init__(*rest)

    def draw(self, scenario: Scenario) -> None:
        """Make all desks, or make them anew when the duties of a structure have changed; crews stay the same."""
        order: OrderOfWork = self.plan.under(scenario).order
        self.bands = order.bands
        self.classes = len(order.desks.at)
        roles = scenario.structures[self.plan.structure].roles
        duties = order.duties
        for pod in self.pods:
            for n, crew in enumerate(pod.crews):
                crew.row = pod.number * len(pod.crews) + n
                crew.role = roles[crew.name]
                crew.duties = order.parts[n]
                crew.personal = bool(duties.personal[n])
                crew.duty_of = duties.does[n]
                crew.prospects = {
                    duty: np.flatnonzero(duties.prospects[n, duty]).tolist()
                    for duty in np.flatnonzero(duties.activity[n] == PROSPECT).tolist()
                }
        self._kernel.draw(order_for_kernel(order, [roles[crew.name] for crew in self.pods[0].crews]))


class CompiledChannel(OutboundChannel):
    """An outbound channel, which is a row of the kernel."""

    def __init__(self, name: str, spec: Calling, number: int, kernel: Kernel) -> None:
        self.name = name
        self.spec = spec
        self._number = number
        self._kernel = kernel
        left = inf if spec.contacts is None else float(spec.contacts.size)
        kernel.channel(number, spec.attempt, spec.find_probability, left)

    @property
    def attempts(self) -> int:  # type: ignore[override]
        """Attempts made."""
        return int(self._kernel.attempts(self._number))

    def adopt(self, spec: Calling, people: Iterable[Caller]) -> None:
        """From now on the channel is as `spec` says."""
        self.spec = spec
        rows = [_number(person) for person in people]
        self._kernel.adopt_channel(self._number, spec.attempt, spec.find_probability, rows)

    def refresh(self, env: Environment, edges: list[float]) -> ProcessGenerator:
        """Add the new contacts of each month, then let people look again."""
        for edge in edges:
            yield env.timeout(edge - env.now)
            contacts = self.spec.contacts
            assert contacts is not None
            self._kernel.set_contacts(self._number, contacts.refilled(self._kernel.contacts(self._number)))


class CompiledFlow(LeadFlow):
    """What happens to leads; the kernel knows how."""

    def __init__(self, scenario: Scenario, blueprint: Blueprint, kernel: Kernel, rows: dict[LeadTable, int]) -> None:
        market = scenario.market
        self._kernel, self._rows = kernel, rows
        self.notes_hands = self.limited = False
        ends = {market.stages_before(name) + len(market.process(name).stages) for name in market.sold}
        self.ends = [step in ends for step in range(1 + len(market.sale))]
        self.adopt(blueprint.plan.under(scenario).selling)

    def adopt(self, selling: Selling) -> None:
        """What the plan has holds from now on: decay with the response time, and what a hand-off costs."""
        decays = whole(selling.floor < 1)
        self._kernel.selling(real(selling.floor), real(selling.tau), decays, whole(self.ends))
        cost = selling.hand_off(0)
        self._kernel.lead_passing(cost.loss, cost.extra_work, cost.information, cost.delay, cost.is_free)

    @property
    def uncoached(self) -> float:
        """Log-odds of conversion lost for want of coaching."""
        return float(self._kernel.uncoached)

    @uncoached.setter
    def uncoached(self, value: float) -> None:
        self._kernel.uncoached = value

    @property
    def losses(self) -> float:
        """Factor on what is lost in hand-offs (tools)."""
        return float(self._kernel.lead_losses)

    @losses.setter
    def losses(self, value: float) -> None:
        self._kernel.lead_losses = value

    def arriving(self, table: LeadTable) -> None:
        """Let a channel's leads arrive by themselves, one after the other."""
        if table.stock.arrivals:
            self._kernel.arrivals(self._rows[table], table.stock.arrived)

    def resume(self, table: LeadTable, i: int, stage: int, wait: float, held: Held = NOBODYS) -> None:
        """A lead that is in the pipeline on the first day, due for a stage after `wait` hours of thinking."""
        self._kernel.resume(self._rows[table], i, stage, wait, _row(held.holder), held.handed)

    def resume_in_vain(
        self,
        table: LeadTable,
        i: int,
        stage: int,
        reason: int,
        left: float,
        silent: float | None,
        held: Held = NOBODYS,
    ) -> None:
        """A lead of the first day that a stage has lost, which shows after `left` hours; `silent` so many already."""
        since = np.nan if silent is None else silent
        self._kernel.resume_in_vain(self._rows[table], i, stage, reason, left, since, _row(held.holder), held.handed)

    def begun(self, people: Iterable[Worker]) -> list[tuple[Any, Worker | None, float]]:
        """Leads whose next step has been begun, who is at it (None: it was laid down and waits), and its hours."""
        kernel = self._kernel
        at_work = [(*kernel.begun_by(_number(person)), person) for person in people]
        rows: list[tuple[Any, Worker | None, float]] = [(lead, who, hours) for lead, hours, who in at_work if lead >= 0]
        laid = kernel.laid_down({lead for lead, _, _ in rows})
        return rows + [(lead, None, hours) for lead, hours in laid]

    def resize(self, lead: Any, hours: float, person: Worker | None) -> None:
        """The step that was begun took so many hours and now takes others."""
        self._kernel.resize(lead, hours, _row(person))

    def settle(self, end: float) -> None:
        """At the end: leads whose patience has ended unnoticed have left at their deadline."""
        self._kernel.settle(end)


class CompiledCustomers(Customers):
    """What happens after the first deal; the kernel knows how."""

    def __init__(
        self, env: Year, office: Office, scenario: Scenario, blueprint: Blueprint, kernel: Kernel, luck: Luck
    ) -> None:
        self.env = env
        self.office = office
        self.blueprint = blueprint
        self.notes_hands = self.cares = False
        self._kernel, self._luck = kernel, luck
        self._care_laws: list[Distribution] = []
        self.habits = [Habits(self, number) for number in range(len(scenario.market.sold))]
        self._adopt(scenario)

    def _adopt(self, scenario: Scenario, version: Version = ()) -> None:
        """What holds for customers and products."""
        kernel = self._kernel
        plan = self.blueprint.plan.under(scenario)
        buying = plan.buying
        self.hand_off = plan.selling.hand_off(1)
        self.margins, self.volumes = buying.margin.tolist(), buying.volume.tolist()
        kernel.buying(
            real(buying.price), real(buying.margin), real(buying.volume), whole(buying.repeat), float(buying.orders)
        )
        for number, habits in enumerate(self.habits):
            habits.adopt(scenario, version)
            self._habits(number, habits, real(buying.churn[number]))
        self._luck.laws = [habits.laws for habits in self.habits]
        kernel.other_laws()

    def _habits(self, number: int, habits: Habits, churn: object) -> None:
        spec, terms, after = habits.spec, habits.terms, habits.after_sale
        care = spec.care
        row = {
            "late_churn": terms.late_churn,
            "tolerance": terms.tolerance,
            "cared_too_often": terms.cared[0],
            "cared_welcome": terms.cared[1],
            "order_size": habits.order_size,
            "uplift": habits.uplift,
            "after_reminder": habits.after_reminder,
            "orders": not _never(spec.order_every),
            "unworked": spec.order_work.is_constant and spec.order_work.mean == 0,
            "requests": spec.requests_per_month > 0,
            "reviews": not _never(spec.upsell.every),
            "cares": care is not None,
            "care_law": -1 if care is None else self._care_law(care),
            "care_most": 1.0 if care is None else care.most_per_month,
            "care_lasts": 0.0 if care is None else care.lasts,
            "care_harm": 0.0 if care is None else care.harm,
            "care_size": 0.0 if care is None else care.order_size,
        }
        self._kernel.customer_habits(number, churn, real(habits.upsell_odds), real(habits.growth), row)
        late = {
            "late": after.late,
            "delay": after.delay.mean if after.delay.is_constant else 0.0,
            "reminder": after.reminder.mean if after.reminder.is_constant else 0.0,
            "delay_constant": after.delay.is_constant,
            "reminder_constant": after.reminder.is_constant,
            "paid_at_once": after.paid_at_once,
        }
        laws = after.paperwork
        self._kernel.after_sale(
            number,
            late,
            real([law.mean if law.is_constant else 0.0 for law in laws]),
            whole([law.is_constant for law in laws]),
            whole(after.nothing_follows),
        )

    def _care_law(self, care: Care) -> int:
        """The number of the law of a contact's work: equal ones have the same."""
        for number, law in enumerate(self._care_laws):
            if law == care.work:
                return number
        self._care_laws.append(care.work)
        return len(self._care_laws) - 1

    def adopt(self, scenario: Scenario, version: Version) -> None:
        """From now on customers and products are as the scenario has them; `version` names the change."""
        self._kernel.pause_customers()
        self._adopt(scenario, version)
        self._kernel.resume_customers()

    @property
    def hand_off(self) -> Any:
        """What a hand-off of customers costs."""
        return self._hand_off

    @hand_off.setter
    def hand_off(self, cost: Any) -> None:
        self._hand_off = cost
        self._kernel.customer_passing(cost.loss, cost.extra_work, cost.information, cost.delay, cost.is_free)

    @property
    def losses(self) -> float:
        """Factor on what is lost in hand-offs (tools)."""
        return float(self._kernel.customer_losses)

    @losses.setter
    def losses(self, value: float) -> None:
        self._kernel.customer_losses = value

    def old(self, buyer: Old, firsts: Firsts, holder: Worker | None, handed_over: bool) -> None:
        """Let a customer of the first day begin, in the hands of whoever has served it so far where that is told."""
        self._kernel.there(
            self._luck.rows[buyer.table],
            buyer.i,
            buyer.pod.number,
            buyer.product,
            buyer.cls,
            buyer.size,
            *firsts,
            _row(holder),
            handed_over,
        )

    def distributed(self, stock: Stock, i: int, channel: int, product: int, size: float, discount: float) -> None:
        """An order of a distributor: nobody works on it; the discount is given away."""
        self._kernel.distributed(channel, product, size, discount)

    def sales_since(self, row: int) -> list[Sale]:
        """Sales from a row on; of each what lives ask."""
        return [
            Sale(time, kind, -1, customer, -1, -1, place, revenue, margin)
            for time, kind, customer, place, revenue, margin in self._kernel.sales_since(row)
        ]

    def bought_since(self, row: int) -> tuple[bool, float]:
        """Whether a customer was there on the first day, and since when it is one."""
        initial, since = self._kernel.customer_since(row)
        return bool(initial), float(since)


def _never(law: Distribution) -> bool:
    return law.is_constant and law.mean == inf


def _row(person: Worker | None) -> int:
    return -1 if person is None else _number(person)
