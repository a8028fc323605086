"""Customers after the first deal: orders, requests, upsells, payments, papers, and leaving."""

from __future__ import annotations

from collections.abc import Generator
from math import exp, inf
from typing import TYPE_CHECKING, Any

import numpy as np
from simpy import Environment
from simpy.events import Event

from simulation.department.customer import Customer, Errand
from simulation.department.lead_table import logit
from simulation.scenario.distributions import Distribution
from simulation.world import Stock
from simulation.world.stock import Draws
from simulation.world.streams import Floats

if TYPE_CHECKING:
    from simulation.department.blueprint import Blueprint, Pod
    from simulation.department.leads import Lead
    from simulation.department.office import Office
    from simulation.department.person import Person
    from simulation.scenario.people import Handover
    from simulation.scenario.scenario import Scenario
    from simulation.scenario.structures import Structure

MONTH = 730.5
YEAR = 8766.0
DEAL, ORDER, DISTRIBUTOR = 0, 1, 2
Sale = tuple[float, int, "Lead | None", "Customer | None", int, int, int, float, float]


class Customers:
    """What happens after the first deal. `sales` collects one row per sale, `payments` the time each is paid."""

    def __init__(
        self,
        env: Environment,
        office: Office,
        scenario: Scenario,
        structure: Structure,
        blueprint: Blueprint,
        hand_off: Handover,
    ) -> None:
        self.env = env
        self.office = office
        self.spec = scenario.market.customers
        self.scenario = scenario
        self.blueprint = blueprint
        self.steps = blueprint.steps
        self.activity_of = blueprint.steps.activity
        self.availability = scenario.people.availability
        self.hand_off = hand_off
        self.customers: list[Customer] = []
        self.sales: list[Sale] = []
        self.paid: list[float] = []
        self._channels = list(scenario.market.channels.values())
        self._products = list(scenario.market.products.values())
        self.paperwork = [product.paperwork for product in self._products]
        self.margins = [1 - (1 - p.gross_margin) / p.price for p in self._products]
        loyalty = structure.loyalty
        self._orders_factor = 1.0 if loyalty is None else loyalty.orders
        self.churn = self.spec.churn_per_year / YEAR * (1.0 if loyalty is None else loyalty.churn)
        self.late_churn = self.spec.late_churn_per_month / MONTH
        self._growth = self.spec.growth_per_year / YEAR
        cv = self.spec.order_cv
        self._order_noise = Distribution.lognormal(mean=1.0, cv=cv) if cv > 0 else Distribution.constant(1.0)
        self._requests = (
            Distribution.exponential(MONTH / self.spec.requests_per_month) if self.spec.requests_per_month > 0 else None
        )
        self.upsell_odds = [logit(self.spec.upsell.probability) + channel.upsell for channel in self._channels]

    # --- becoming a customer ----------------------------------------------------------------------------------

    def won(self, lead: Lead, person: Person, now: float) -> None:
        """A lead has bought: book the deal, its papers and its payment; a repeat product makes a customer."""
        table = lead.table
        customer = None
        if self._products[lead.product].repeat:
            customer = Customer(self, table.stock, lead.i, lead.pod, table.channel, lead.product, lead.cls, lead.size, now)
            customer.lead = lead
            customer.holder = person
            self.customers.append(customer)
        sale = self._sell(now, DEAL, lead, customer, table.channel, lead.product, person.seat, lead.size)
        papers = Papers(self, table.stock, lead.i, lead.pod, lead.cls, lead.owner or person, 0)
        papers.after_sale(sale, lead.product, now)
        if customer is not None:
            self._take_over(customer, now)

    def there(self, stock: Stock, i: int, pod: Pod, channel: int, product: int, cls: int, size: float) -> Customer:
        """A customer who is there on the first day."""
        customer = Customer(self, stock, i, pod, channel, product, cls, size, self.env.now)
        customer.initial = True
        self.customers.append(customer)
        return customer

    def begin(self, customer: Customer, handed_over: bool) -> None:
        """Let a first-day customer live: in familiar hands, or handed over to those who serve it now."""
        desk = customer.pod.desks[customer.cls][self.steps.order] or customer.pod.desks[customer.cls][self.steps.request]
        if customer.holder is None and desk is not None and desk.assigned:
            customer.holder = desk.next_in_turn()
        if handed_over and not self._survives_hand_off(customer, self.env.now):
            return
        self._live(customer)

    def _take_over(self, customer: Customer, now: float) -> None:
        """After the first deal the customer stays with the crew that won it, or is handed over to those who serve."""
        steps, holder = self.steps, customer.holder
        assert holder is not None
        served = holder.crew.duty_of[customer.cls]
        desks = customer.pod.desks[customer.cls]
        nobody = desks[steps.order] is None and desks[steps.request] is None
        if served[steps.order] < 0 and served[steps.request] < 0 and not nobody:
            if not self._survives_hand_off(customer, now):
                return
            desk = desks[steps.order] or desks[steps.request]
            assert desk is not None
            customer.holder = desk.next_in_turn() if desk.assigned else None
        self._live(customer)

    def _survives_hand_off(self, customer: Customer, now: float) -> bool:
        terms = self.hand_off
        if terms.loss > 0 and customer.stock.column("customer.hand_off")[customer.i] < terms.loss:
            customer.leave(now, "hand_off")
            return False
        customer.extra += terms.extra_work
        customer.available_from = now + terms.delay
        return True

    def _live(self, customer: Customer) -> None:
        spec, env = self.spec, self.env
        if not (spec.order_every.is_constant and spec.order_every.mean == inf):
            env.process(self._ordering(customer))
        if self._requests is not None:
            env.process(self._requesting(customer))
        if not (spec.upsell.every.is_constant and spec.upsell.every.mean == inf):
            env.process(self._reviewing(customer))

    # --- a customer's life ------------------------------------------------------------------------------------

    def draws(self, customer: Customer, name: str, law: Distribution) -> Draws:
        """A customer's own numbers of one series."""
        return Draws(customer.stock, f"customer.{name}", customer.i, law.quantile)

    def _ordering(self, customer: Customer) -> Generator[Event, Any, None]:
        spec, env, steps = self.spec, self.env, self.steps
        gaps = self.draws(customer, "order.gap", spec.order_every)
        works = self.draws(customer, "order.work", spec.order_work)
        noise = self.draws(customer, "order.size", self._order_noise)
        nobody_needed = spec.order_work.is_constant and spec.order_work.mean == 0
        number = 0
        while True:
            yield env.timeout(gaps.next() / self._orders_factor)
            now = env._now
            if customer.left(now):
                return
            size, work = noise.next(), works.next()
            number += 1
            if nobody_needed:
                self.ordered(customer, -1, size, now, number)
            else:
                self.send(Errand(self, customer, steps.order, work, now, size, number))

    def _requesting(self, customer: Customer) -> Generator[Event, Any, None]:
        assert self._requests is not None
        spec, env = self.spec, self.env
        gaps = self.draws(customer, "request.gap", self._requests)
        works = self.draws(customer, "request.work", spec.request_work)
        number = 0
        while True:
            yield env.timeout(gaps.next())
            now = env._now
            if customer.left(now):
                return
            number += 1
            self.send(Errand(self, customer, self.steps.request, works.next(), now, 0.0, number))

    def _reviewing(self, customer: Customer) -> Generator[Event, Any, None]:
        upsell, env = self.spec.upsell, self.env
        gaps = self.draws(customer, "upsell.gap", upsell.every)
        works = self.draws(customer, "upsell.work", upsell.work)
        luck = Draws(customer.stock, "customer.upsell.decision", customer.i, _logits)
        number = 0
        while True:
            yield env.timeout(gaps.next())
            now = env._now
            if customer.left(now):
                return
            number += 1
            self.send(Errand(self, customer, self.steps.upsell, works.next(), now, luck.next(), number))

    def send(self, errand: Errand) -> None:
        """Let an errand wait with whoever holds the customer, or at the desk of those who do it."""
        now = self.env._now
        customer = errand.customer
        wait = 0.0 if customer is None else customer.available_from - now
        if customer is not None and errand.matters:
            customer.waiting.append(errand.ready)
        if wait > 0:
            timer = self.env.timeout(wait, errand)
            assert timer.callbacks is not None
            timer.callbacks.append(lambda timer: self._lay(timer._value))
            return
        self._lay(errand)

    def _lay(self, errand: Errand) -> None:
        holder = errand.holder
        if holder is not None:
            crew = holder.crew
            duty = crew.duty_of[errand.cls][errand.step]
            if duty >= 0:
                if crew.personal:
                    holder.give(errand, duty)
                else:
                    crew.desks[duty].post(errand)
                return
        desk = errand.pod.desks[errand.cls][errand.step]
        if desk is None:
            return
        if desk.assigned:
            person = desk.next_in_turn()
            if person is not None:
                person.give(errand, person.crew.duty_of[errand.cls][errand.step])
            return
        desk.post(errand)

    # --- sales ------------------------------------------------------------------------------------------------

    def ordered(self, customer: Customer, seat: int, noise: float, now: float, number: int) -> None:
        """An order is served: book it, its papers and its payment."""
        revenue = self.order_size(customer, now) * noise
        sale = self._sell(now, ORDER, customer.lead, customer, customer.channel, customer.product, seat, revenue)
        papers = Papers(self, customer.stock, customer.i, customer.pod, customer.cls, customer.holder, number)
        papers.after_sale(sale, customer.product, now)

    def order_size(self, customer: Customer, now: float) -> float:
        """Expected revenue of one order of the customer at a time."""
        size = customer.size * self.spec.order_size
        return size * exp(self._growth * (now - customer.since)) if self._growth else size

    def distributed(self, stock: Stock, i: int, channel: int, product: int, size: float, discount: float) -> None:
        """An order of a distributor: nobody works on it; the discount is given away."""
        now = self.env._now
        margin = size * (self.margins[product] - discount)
        self.sales.append((now, DISTRIBUTOR, None, None, channel, product, -1, size * (1 - discount), margin))
        self.paid.append(now)

    def _sell(
        self,
        now: float,
        kind: int,
        lead: Lead | None,
        customer: Customer | None,
        channel: int,
        product: int,
        seat: int,
        revenue: float,
    ) -> int:
        self.sales.append((now, kind, lead, customer, channel, product, seat, revenue, revenue * self.margins[product]))
        self.paid.append(now)
        return len(self.sales) - 1

    def close_month(self, edge: float) -> int:
        """Customers who are there at a month's end; those who left unnoticed are let go at their time."""
        return sum(1 for customer in self.customers if not customer.left(edge))


class Papers:
    """What follows a sale: paperwork and payment. `number` is 0 for the first deal and n for the n-th order."""

    def __init__(
        self, customers: Customers, stock: Stock, i: int, pod: Pod, cls: int, holder: Person | None, number: int
    ) -> None:
        self._customers = customers
        self._stock = stock
        self._i = i
        self._place = (pod, cls, holder)
        self._number = number

    def _value(self, name: str, law: Distribution) -> float:
        if law.is_constant:
            return law.mean
        if self._number == 0:
            return self._stock.column(f"deal.{name}", law.quantile)[self._i]
        return Draws(self._stock, f"customer.{name}", self._i, law.quantile).at(self._number)

    def after_sale(self, sale: int, product: int, now: float) -> None:
        """Send the papers to be done and settle when the money comes."""
        customers = self._customers
        work = self._value("paperwork", customers.paperwork[product])
        if work > 0:
            customers.send(self._errand(customers.steps.paperwork, work, now))
        payment = customers.spec.payment
        due = now + self._value("payment", payment.delay)
        customers.paid[sale] = due
        if payment.late_share > 0 and self._value("late", _UNIFORM) < payment.late_share:
            customers.paid[sale] = inf
            if due < inf:
                customers.env.process(self._remind(sale, due))

    def _remind(self, sale: int, due: float) -> Generator[Event, Any, None]:
        customers = self._customers
        payment = customers.spec.payment
        yield customers.env.timeout(due - customers.env.now)
        errand = self._errand(
            customers.steps.collect, self._value("reminder", payment.reminder_work), customers.env.now
        )
        errand.sale = sale
        customers.send(errand)

    def _errand(self, step: int, work: float, now: float) -> Errand:
        errand = Errand(self._customers, None, step, work, now, 0.0, 0)
        errand.pod, errand.cls, errand.holder = self._place
        errand.of = self._stock.uid(self._i)
        return errand


_UNIFORM = Distribution.uniform(low=0.0, high=1.0)


def _logits(u: Floats) -> Floats:
    return np.asarray(np.log(u) - np.log1p(-u))
