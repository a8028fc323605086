"""Customers after the first deal: orders, requests, upsells, payments, papers, and leaving."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain, count
from math import exp, inf, nan
from typing import TYPE_CHECKING

from simulation.department.after_sale import DEAL, AfterSale
from simulation.department.customer import CONTACTS, Customer
from simulation.department.errands import CareCall, Errand, Order, Proposal, Request
from simulation.department.jobs import line_up
from simulation.department.lead_table import Version, logit, logits
from simulation.department.office import Alarm, Year
from simulation.expected.odds import bounded
from simulation.world import Stock
from simulation.world.stock import numbers
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH, YEAR, yearly_force

if TYPE_CHECKING:
    from simulation.department.blueprint import Blueprint, Pod
    from simulation.department.crew import Desk
    from simulation.department.jobs import Job
    from simulation.department.lead import Lead
    from simulation.department.office import Office
    from simulation.department.person import Person
    from simulation.scenario.people import Handover
    from simulation.scenario.scenario import Scenario
    from simulation.scenario.structures import Role, Structure

DISTRIBUTOR = 2  # kind of sale
WORKED, WORTH = 1, 3  # places among the numbers of an order, as in OrderColumns
SALE_WIDTH = 9  # numbers of a sale, in the order of SaleColumns without `paid`


class Customers:
    """What happens after the first deal. `sales` holds SALE_WIDTH numbers per sale, `paid` the time each is paid."""

    def __init__(
        self,
        env: Year,
        office: Office,
        scenario: Scenario,
        structure: Structure,
        blueprint: Blueprint,
        hand_off: Handover,
    ) -> None:
        self.env = env
        self.office = office
        self.blueprint = blueprint
        self.steps = blueprint.steps
        self.activity_of = blueprint.steps.activity
        self.hand_off = hand_off
        self.customers: list[Customer] = []
        self.notes_hands = False  # whether it is noted who has contact with a customer
        self.losses = 1.0  # factor on what is lost in hand-offs (tools)
        self.cares = False  # whether any role ever calls customers who asked for nothing
        self.sales: list[tuple[float, ...]] = []
        self.paid: list[float] = []
        self.orders: list[list[float]] = []  # see OrderColumns
        self._version: Version = ()
        self._terms(scenario, structure)
        cv = self.spec.order_cv
        self._order_noise = Distribution.lognormal(mean=1.0, cv=cv) if cv > 0 else Distribution.constant(1.0)
        self._requests = (
            Distribution.exponential(MONTH / self.spec.requests_per_month) if self.spec.requests_per_month > 0 else None
        )
        self._after_sale = AfterSale(self)

    def _terms(self, scenario: Scenario, structure: Structure) -> None:
        """What holds for customers and products."""
        self.scenario = scenario
        self.spec = scenario.market.customers
        self._channels = list(scenario.market.channels.values())
        self._products = list(scenario.market.products.values())
        self.tolerance = self.spec.tolerance
        self.margins = [1 - (1 - p.gross_margin) / p.price for p in self._products]
        loyalty = structure.loyalty
        self._orders_factor = 1.0 if loyalty is None else loyalty.orders
        churn = self.spec.churn_per_year / YEAR * (1.0 if loyalty is None else loyalty.churn)
        self.churn = [churn * product.leaving for product in self._products]
        self.volumes = [product.volume for product in self._products]
        self.prices = [product.price for product in self._products]
        self.late_churn = self.spec.late_churn_per_month / MONTH
        care = self.spec.care
        # factor on the own hazard after a contact that nobody asked for: one too many, and one that was welcome
        self.cared = (1.0, 1.0) if care is None else (1.0 + care.harm, 1.0 - care.churn)
        self._growth = yearly_force(self.spec.growth_per_year) / YEAR
        self.upsell_odds = [logit(self.spec.upsell.probability) + bounded(channel.upsell) for channel in self._channels]

    def adopt(self, scenario: Scenario, structure: Structure, version: Version) -> None:
        """From now on customers and products are as the scenario has them; `version` names the change."""
        now = self.env.now
        for customer in self.customers:
            customer.pause(now)
        self._version = version
        self._terms(scenario, structure)
        self._after_sale = AfterSale(self, version)
        for customer in self.customers:
            customer.resume()

    # --- becoming a customer ----------------------------------------------------------------------------------

    def won(self, lead: Lead, person: Person, now: float) -> None:
        """A lead has bought: book the deal, its papers and its payment; a repeat product makes a customer."""
        table = lead.table
        customer = None
        if self._products[lead.product].repeat:
            customer = Customer(
                self, table.stock, lead.i, lead.pod, table.channel, lead.product, lead.cls, lead.size, now
            )
            customer.lead = lead.row
            customer.holder = person
            customer.hands.extend(lead.hands)
            customer.row = len(self.customers)
            self.customers.append(customer)
        row = -1 if customer is None else customer.row
        sale = self.sell(DEAL, lead.row, row, table.channel, lead.product, person.place.number, lead.size)
        place = (lead.pod, lead.cls, lead.owner or person)
        self._after_sale.of_deal(sale, lead.product, (table.stock, lead.i), place, customer)
        if customer is not None:
            self._take_over(customer, now)

    def there(self, stock: Stock, i: int, pod: Pod, channel: int, product: int, cls: int, size: float) -> Customer:
        """A customer who is there on the first day."""
        customer = Customer(self, stock, i, pod, channel, product, cls, size, self.env.now)
        customer.initial = True
        customer.row = len(self.customers)
        self.customers.append(customer)
        return customer

    def begin(self, customer: Customer, handed_over: bool) -> None:
        """Let a first-day customer live: in familiar hands, or handed over to those who serve it now."""
        desk = (
            customer.pod.desks[customer.cls][self.steps.order] or customer.pod.desks[customer.cls][self.steps.request]
        )
        if customer.holder is None and desk is not None and desk.assigned:
            customer.holder = desk.next_in_turn()
        if self.notes_hands:
            self._familiar(customer, desk)
        if handed_over and not self._survives_hand_off(customer, self.env.now):
            return
        self._live(customer)

    def _familiar(self, customer: Customer, desk: Desk | None) -> None:
        """Whose contacts a first-day customer had: its holder's, or those of all who serve, in turn."""
        if customer.holder is not None:
            customer.hands.extend([customer.holder] * CONTACTS)
        elif desk is not None:
            people = [person for crew, _, rule in desk.readers if rule is None for person in crew.people]
            if people:
                customer.hands.extend(people[(customer.i + n) % len(people)] for n in range(CONTACTS))

    def hand_over(self, customer: Customer, now: float, gone: bool) -> None:
        """The holder has another role now, or is gone: somebody else serves, unless the holder still does."""
        holder = customer.holder
        assert holder is not None
        duties = holder.crew.duty_of[customer.cls]
        if not gone and max(duties[self.steps.order], duties[self.steps.request]) >= 0:
            return
        if self._survives_hand_off(customer, now):
            customer.holder = self.new_holder(customer)

    def new_holder(self, customer: Customer) -> Person | None:
        """Whose customer it becomes among those who serve; nobody's in particular where they share the work."""
        desks = customer.pod.desks[customer.cls]
        desk = desks[self.steps.order] or desks[self.steps.request]
        return desk.next_in_turn() if desk is not None and desk.assigned else None

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
        if terms.loss > 0:
            name = "customer.hand_off" if customer.hand_offs == 0 else f"customer.hand_off.{customer.hand_offs}"
            customer.hand_offs += 1
            if customer.stock.column(name)[customer.i] < terms.loss * self.losses:
                customer.leave(now, "hand_off")
                return False
        customer.extra += terms.extra_work
        customer.available_from = now + terms.delay
        return True

    def _live(self, customer: Customer) -> None:
        spec, env = self.spec, self.env
        if not (spec.order_every.is_constant and spec.order_every.mean == inf):
            env.start(self._ordering(customer))
        if self._requests is not None:
            env.start(self._requesting(customer))
        if not (spec.upsell.every.is_constant and spec.upsell.every.mean == inf):
            env.start(self._reviewing(customer))
        if self.cares:
            self._first_care(customer)

    # --- care -------------------------------------------------------------------------------------------------

    def _first_care(self, customer: Customer) -> None:
        """The first contact that nobody asked for: at any time for old customers, a whole interval after the deal."""
        wait = self.care_interval(customer)
        if customer.initial:
            wait *= customer.stock.column("customer.first.care")[customer.i]
        call = CareCall(self, customer, self.steps.care, 0.0)
        self.env.at(self.env._now + wait, Alarm(self.env, call.falls_due))

    def care_works(self, customer: Customer, law: Distribution) -> Iterator[float]:
        """Work of a customer's contacts that nobody asked for."""
        return numbers(customer.stock, "customer.care.work", customer.i, law.quantile, self._version)

    def care_interval(self, customer: Customer) -> float:
        """Hours from one such contact to the next that whoever looks after the customer seeks.

        As long as nobody makes any, hours until it is looked at again.
        """
        care = self.spec.care
        if care is None:
            return MONTH
        holder, step = customer.holder, self.steps.care
        if holder is not None and holder.crew.duty_of[customer.cls][step] >= 0:
            role: Role | None = holder.crew.role
        else:
            desk = customer.pod.desks[customer.cls][step]
            role = None if desk is None else desk.readers[0][0].role
        rate = None if role is None else role.care_per_month
        return MONTH / (care.most_per_month if rate is None else rate)

    # --- a customer's life ------------------------------------------------------------------------------------

    def _draws(self, customer: Customer, name: str, law: Distribution) -> Iterator[float]:
        """A customer's own numbers of one series."""
        return numbers(customer.stock, f"customer.{name}", customer.i, law.quantile)

    def _ordering(self, customer: Customer) -> Generator[float, None, None]:
        spec, env, step = self.spec, self.env, self.steps.order
        gaps = self._draws(customer, "order.gap", spec.order_every)
        works = self._draws(customer, "order.work", spec.order_work)
        noise = self._draws(customer, "order.size", self._order_noise)
        nobody_needed = spec.order_work.is_constant and spec.order_work.mean == 0
        if customer.initial:
            gaps = chain((customer.first_order,), gaps)
        for number in count(1):
            yield next(gaps) / self._orders_factor
            if customer.left(env._now):
                return
            size = next(noise)
            row = len(self.orders)
            self.orders.append([env._now, nan, nan, self.order_size(customer, env._now) * size, customer.row])
            if nobody_needed:
                self.ordered(customer, -1, size, number, env._now, row)
            else:
                order = Order(self, customer, step, next(works), size)
                order.number = number
                order.row = row
                self._send(order, customer)

    def _requesting(self, customer: Customer) -> Generator[float, None, None]:
        assert self._requests is not None
        spec, env, step = self.spec, self.env, self.steps.request
        gaps = self._draws(customer, "request.gap", self._requests)
        works = self._draws(customer, "request.work", spec.request_work)
        while True:
            yield next(gaps)
            if customer.left(env._now):
                return
            self._send(Request(self, customer, step, next(works)), customer)

    def _reviewing(self, customer: Customer) -> Generator[float, None, None]:
        upsell, env, step = self.spec.upsell, self.env, self.steps.upsell
        gaps = self._draws(customer, "upsell.gap", upsell.every)
        works = self._draws(customer, "upsell.work", upsell.work)
        luck = numbers(customer.stock, "customer.upsell.decision", customer.i, logits)
        if customer.initial:
            gaps = chain((customer.first_review,), gaps)
        while True:
            yield next(gaps)
            if customer.left(env._now):
                return
            self._send(Proposal(self, customer, step, next(works), next(luck)), customer)

    def _send(self, errand: Errand, customer: Customer) -> None:
        """Let a customer's errand wait, from the end of a hand-off on, with whoever does it."""
        if errand.matters:
            customer.waits(errand.ready)
        if customer.available_from > self.env._now:
            self.env.at(customer.available_from, Alarm(self.env, errand.falls_due))
        else:
            self.lay(errand, customer.pod, customer.cls, customer.holder)

    def lay(self, errand: Job, pod: Pod, cls: int, holder: Person | None) -> None:
        """Let an errand wait with whoever holds the customer, or at the desk of those who do it."""
        if holder is not None and holder.gone:
            holder = holder.stand_in
        if holder is not None:
            crew = holder.crew
            duty = crew.duty_of[cls][errand.step]
            if duty >= 0 and duty not in holder.cannot:
                if crew.personal:
                    holder.give(errand, duty)
                else:
                    crew.desks[duty].post(errand)
                return
        desk = pod.desks[cls][errand.step]
        if desk is None:
            return
        if desk.assigned:
            person = desk.next_in_turn()
            if person is not None:
                person.give(errand, person.crew.duty_of[cls][errand.step])
            else:
                line_up(desk.queue, errand, desk.newest)  # nobody sits here: it waits for somebody to come
            return
        desk.post(errand)

    # --- sales ------------------------------------------------------------------------------------------------

    def ordered(self, customer: Customer, seat: int, noise: float, number: int, since: float, row: int) -> None:
        """An order that came at `since` is worked: with its papers it is shipped, booked and paid."""
        revenue = self.order_size(customer, self.env._now) * noise
        order = self.orders[row]
        order[WORKED], order[WORTH] = self.env._now, revenue
        self._after_sale.of_order(customer, seat, revenue, number, since, row)

    def order_size(self, customer: Customer, now: float) -> float:
        """Expected revenue of one order of the customer at a time."""
        product = customer.product
        size = customer.size * self.spec.order_size * self.volumes[product]
        if self.prices[product] != customer.price:
            size *= self.prices[product] / customer.price
        if customer.cared_until > now and customer.content and self.spec.care is not None:
            size *= 1.0 + self.spec.care.order_size
        if customer.dents:
            size *= customer.undented(now)
        return size * exp(self._growth * (now - customer.since)) if self._growth else size

    def distributed(self, stock: Stock, i: int, channel: int, product: int, size: float, discount: float) -> None:
        """An order of a distributor: nobody works on it; the discount is given away."""
        now = self.env._now
        size *= self.volumes[product]
        margin = size * (self.margins[product] - discount)
        self.sales.append((now, DISTRIBUTOR, -1, -1, channel, product, -1, size * (1 - discount), margin))
        self.paid.append(now)

    def sell(self, kind: int, lead: int, customer: int, channel: int, product: int, seat: int, revenue: float) -> int:
        """Write a sale down; its row."""
        now = self.env._now
        margin = revenue * self.margins[product]
        self.sales.append((now, kind, lead, customer, channel, product, seat, revenue, margin))
        self.paid.append(now)
        return len(self.paid) - 1

    def close_month(self, edge: float) -> int:
        """Customers who are there at a month's end; those who left unnoticed are let go at their time."""
        return sum(1 for customer in self.customers if not customer.left(edge))
