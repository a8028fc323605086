"""Customers after the first deal: orders, requests, upsells, care, papers, payments, and leaving.

`Customers` is what happens to all of them; an `Errand` is work for one of them; `AfterSale` is what follows a sale. A
deal is won when it is closed; an order is shipped, and booked, when its papers are done. Until then the customer waits,
and the payment's delay begins after the papers.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from itertools import count
from math import exp, inf, nan
from typing import NamedTuple, Protocol

from simpy.events import Event

from simulation.department.blueprint import Blueprint, Pod
from simulation.department.customer import CONTACTS, Customer, CustomerTerms
from simulation.department.lead_table import LeadTable
from simulation.department.office import Alarm, Office, Year
from simulation.department.plan.market import laws_of
from simulation.department.record import DEAL, DISTRIBUTOR, ORDER
from simulation.department.rules import Version
from simulation.department.work import Desk, Job, Worker, line_up
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.world import Stock
from simulation.world.stock import Of, Series, Upset
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH


class Sale(NamedTuple):
    """A sale, in the order of SaleColumns; when it is paid is known later. -1: none."""

    time: float
    kind: int  # index into SALE_KINDS
    lead: int
    customer: int
    channel: int
    product: int
    place: int
    revenue: float
    margin: float


@dataclass(slots=True)
class PlacedOrder:
    """An order of a customer as it goes on, in the order of OrderColumns."""

    placed: float
    worth: float
    customer: int  # row
    worked: float = nan
    billed: float = nan


class WorkedOrder(NamedTuple):
    """An order that is worked and waits for its papers: by whom, for how much, the customer's how manieth."""

    place: int
    revenue: float
    number: int
    since: float  # when it was placed
    row: int  # among the orders


class Buyer(NamedTuple):
    """Who has bought: whose luck it is (a stock of leads and the row), and where work for the sale waits."""

    stock: Stock
    i: int
    pod: Pod
    cls: int
    holder: Worker | None

    @classmethod
    def of(cls, customer: Customer) -> Buyer:
        """A customer as it is held now."""
        return cls(customer.stock, customer.i, customer.pod, customer.cls, customer.holder)


class Old(NamedTuple):
    """A customer who is there on the first day: whose luck it is, where and what it buys."""

    table: LeadTable
    i: int
    pod: Pod
    product: int
    cls: int
    size: float


class Firsts(NamedTuple):
    """When its first order and proposal come, hours, and the first contact of care, as a share of the interval."""

    order: float
    review: float
    care: float  # NaN: nobody asks


class WonLead(Protocol):
    """A lead that is won, as far as customers are concerned."""

    table: LeadTable
    i: int
    row: int
    pod: Pod
    cls: int
    product: int
    size: float
    owner: Worker | None
    hands: tuple[Worker, ...]  # who has worked on it; noted where people may leave


class Habits:
    """What customers of one process do, and what holds for them; an intervention may change it."""

    def __init__(self, customers: Customers, process: int) -> None:
        self.customers = customers
        self.process = process
        self.terms = CustomerTerms()

    def adopt(self, scenario: Scenario, version: Version = ()) -> None:
        """From now on as the scenario has it; `version` names the change."""
        market, number = scenario.market, self.process
        self.spec = market.buyers(market.sold[number])
        self.laws = scenario.once(
            ("laws of customers", number, version), lambda: laws_of(scenario, market.sold[number], version)
        )
        buying = self.customers.blueprint.plan.under(scenario).buying
        self.order_size, growth = float(buying.order_size[number]), float(buying.growth[number])
        self.growth = [growth + product.trend for product in market.products.values()]
        self.uplift, self.upsell_odds = float(buying.uplift[number]), buying.upsell_odds[number].tolist()
        self.late_share = float(buying.late_share[number])
        self.after_reminder = float(buying.after_reminder[number])
        terms = self.terms
        terms.prices, terms.churn = buying.price.tolist(), buying.churn[number].tolist()
        terms.tolerance, terms.late_churn = float(buying.tolerance[number]), float(buying.late_churn[number])
        terms.cared = (float(buying.cared[number, 0]), float(buying.cared[number, 1]))
        self.after_sale = AfterSale(self, scenario)

    def numbers(self, stock: Stock, what: int) -> Series:
        """Numbers of a stream of customers through the law that is in force."""
        return stock.drawn(what, self.laws[what])


class Customers:
    """What happens after the first deal. `paid` holds the time at which each of the `sales` is paid."""

    def __init__(
        self,
        env: Year,
        office: Office,
        scenario: Scenario,
        blueprint: Blueprint,
    ) -> None:
        self.env = env
        self.office = office
        self.blueprint = blueprint
        self.steps = blueprint.steps
        self.activity_of = blueprint.steps.activity
        self.customers: list[Customer] = []
        self.notes_hands = False  # whether it is noted who has contact with a customer
        self.losses = 1.0  # factor on what is lost in hand-offs (tools)
        self.cares = False  # whether any role ever calls customers who asked for nothing
        self.sales: list[Sale] = []
        self.paid: list[float] = []
        self.orders: list[PlacedOrder] = []
        self.habits = [Habits(self, number) for number in range(len(scenario.market.sold))]
        self._adopt(scenario)

    def _adopt(self, scenario: Scenario, version: Version = ()) -> None:
        """What holds for customers and products."""
        plan = self.blueprint.plan.under(scenario)
        buying, self.hand_off = plan.buying, plan.selling.hand_off(1)
        self._repeats = buying.repeat.tolist()
        self.margins, self.volumes = buying.margin.tolist(), buying.volume.tolist()
        self._orders_factor = float(buying.orders)
        for habits in self.habits:
            habits.adopt(scenario, version)

    def adopt(self, scenario: Scenario, version: Version) -> None:
        """From now on customers and products are as the scenario has them; `version` names the change."""
        now = self.env.now
        for customer in self.customers:
            customer.pause(now)
        self._adopt(scenario, version)
        for customer in self.customers:
            customer.resume()

    # --- becoming a customer ----------------------------------------------------------------------------------

    def won(self, lead: WonLead, person: Worker, now: float) -> None:
        """A lead has bought: book the deal, its papers and its payment; a repeat product makes a customer."""
        table, product = lead.table, lead.product
        habits, customer = self.habits[table.process[product]], None
        if self._repeats[product]:
            customer = Customer(habits.terms, table, lead.i, lead.pod, product, lead.cls, lead.size, now)
            customer.lead = lead.row
            customer.row = len(self.customers)
            self.customers.append(customer)
            self.hold(customer, person)
            for hand in lead.hands:
                self.touch(customer, hand)
        row = -1 if customer is None else customer.row
        sale = self.sell(DEAL, lead.row, row, table.channel, product, person.place.number, lead.size)
        if not habits.after_sale.nothing_follows[product]:
            buyer = Buyer(table.stock, lead.i, lead.pod, lead.cls, lead.owner or person)
            habits.after_sale.of_deal(sale, product, buyer, customer)
        if customer is not None:
            self._take_over(customer, now)

    def old(self, buyer: Old, firsts: Firsts, holder: Worker | None, handed_over: bool) -> None:
        """Let a customer of the first day begin, in the hands of whoever has served it so far where that is told."""
        terms = self.habits[buyer.table.process[buyer.product]].terms
        customer = Customer(terms, *buyer, self.env.now)
        customer.initial = True
        customer.row = len(self.customers)
        customer.first_order, customer.first_review, customer.first_care = firsts
        self.customers.append(customer)
        if holder is not None:
            self.hold(customer, holder)
            customer.pod = self.blueprint.pods[holder.crew.pod]
        self._begin(customer, handed_over)

    def _begin(self, customer: Customer, handed_over: bool) -> None:
        """Let a first-day customer live: in familiar hands, or handed over to those who serve it now."""
        desk = (
            customer.pod.desks[customer.cls][self.steps.order] or customer.pod.desks[customer.cls][self.steps.request]
        )
        if customer.holder is None and desk is not None and desk.assigned:
            self.hold(customer, desk.next_in_turn())
        if self.notes_hands:
            self._familiar(customer, desk)
        if handed_over and not self._survives_hand_off(customer, self.env.now):
            return
        self._live(customer)

    def _familiar(self, customer: Customer, desk: Desk | None) -> None:
        """Whose contacts a first-day customer had: its holder's, or those of all who serve, in turn."""
        if customer.holder is not None:
            customer.hands.extend([customer.holder] * (CONTACTS - 1))
            self.touch(customer, customer.holder)
        elif desk is not None:
            people = [person for reader in desk.readers if reader.rule is None for person in reader.crew.people]
            if people:
                for n in range(CONTACTS):
                    self.touch(customer, people[(customer.i + n) % len(people)])

    def hand_over(self, customer: Customer, now: float, gone: bool) -> None:
        """The holder has another role now, or is gone: somebody else serves, unless the holder still does."""
        holder = customer.holder
        assert holder is not None
        duties = holder.crew.duty_of[customer.cls]
        if not gone and max(duties[self.steps.order], duties[self.steps.request]) >= 0:
            return
        if self._survives_hand_off(customer, now):
            self.hold(customer, self.new_holder(customer))

    def hold(self, customer: Customer, person: Worker | None) -> None:
        """A customer is somebody's own from now on, which is noted where people may leave; or nobody's."""
        customer.holder = person
        if self.notes_hands and person is not None:
            person.customers.add(customer.row)

    def touch(self, customer: Customer, person: Worker) -> None:
        """Somebody has contact with a customer; only where that is noted."""
        customer.hands.append(person)
        person.customers.add(customer.row)

    def new_holder(self, customer: Customer) -> Worker | None:
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
            self.hold(customer, desk.next_in_turn() if desk.assigned else None)
        self._live(customer)

    def _survives_hand_off(self, customer: Customer, now: float) -> bool:
        terms = self.hand_off
        if terms.loss > 0:
            luck = customer.stock.upset(Upset.CUSTOMER_HAND_OFF, customer.i, customer.hand_offs)
            customer.hand_offs += 1
            if terms.loses(luck, self.losses):
                customer.leave(now, "hand_off")
                return False
        customer.extra += terms.extra_work
        customer.available_from = now + terms.delay
        return True

    def _live(self, customer: Customer) -> None:
        spec, env = self.habits[customer.process].spec, self.env
        if not (spec.order_every.is_constant and spec.order_every.mean == inf):
            env.rhythm(self._ordering(customer))
        if spec.requests_per_month > 0:
            env.rhythm(self._requesting(customer))
        if not (spec.upsell.every.is_constant and spec.upsell.every.mean == inf):
            env.rhythm(self._reviewing(customer))
        if self.cares:
            self._first_care(customer)

    # --- care -------------------------------------------------------------------------------------------------

    def _first_care(self, customer: Customer) -> None:
        """The first contact that nobody asked for: at any time for old customers, a whole interval after the deal."""
        wait = self.care_interval(customer)
        if customer.initial:
            wait *= customer.first_care
        call = CareCall(self, customer, self.steps.care, 0.0)
        self.env.at(self.env._now + wait, Alarm(self.env, call.falls_due))

    def care_interval(self, customer: Customer) -> float:
        """Hours from one such contact to the next that whoever looks after the customer seeks.

        As long as nobody makes any, hours until it is looked at again.
        """
        care = self.habits[customer.process].spec.care
        if care is None:
            return MONTH
        holder, step = customer.holder, self.steps.care
        if holder is not None and holder.crew.duty_of[customer.cls][step] >= 0:
            role: Role | None = holder.crew.role
        else:
            desk = customer.pod.desks[customer.cls][step]
            role = None if desk is None else desk.readers[0].crew.role
        return MONTH / care.rate(None if role is None else role.care_per_month)

    # --- a customer's life ------------------------------------------------------------------------------------

    def _ordering(self, customer: Customer) -> Generator[float, None, None]:
        habits, env, step = self.habits[customer.process], self.env, self.steps.order
        spec, stock, i = habits.spec, customer.stock, customer.i
        gap, work, noise = (habits.numbers(stock, what).at for what in (Of.ORDER_GAP, Of.ORDER_WORK, Of.ORDER_SIZE))
        nobody_needed = spec.order_work.is_constant and spec.order_work.mean == 0
        late = 1 if customer.initial else 0  # the first of one who was there before is under way already
        for n in count():
            yield (customer.first_order if n < late else gap(i, n - late)) / (self._orders_factor * customer.rate)
            if customer.left(env._now):
                return
            size = noise(i, n)
            row = len(self.orders)
            self.orders.append(PlacedOrder(env._now, self.order_size(customer, env._now) * size, customer.row))
            if nobody_needed:
                self.ordered(customer, -1, size, n + 1, env._now, row)
            else:
                order = Order(self, customer, step, work(i, n), size)
                order.number = n + 1
                order.row = row
                self._send(order, customer)

    def _requesting(self, customer: Customer) -> Generator[float, None, None]:
        habits, env, step = self.habits[customer.process], self.env, self.steps.request
        stock, i = customer.stock, customer.i
        gap, work = habits.numbers(stock, Of.REQUEST_GAP).at, habits.numbers(stock, Of.REQUEST_WORK).at
        for n in count():
            yield gap(i, n)
            if customer.left(env._now):
                return
            self._send(Request(self, customer, step, work(i, n)), customer)

    def _reviewing(self, customer: Customer) -> Generator[float, None, None]:
        habits, env, step = self.habits[customer.process], self.env, self.steps.upsell
        stock, i = customer.stock, customer.i
        gap, work = habits.numbers(stock, Of.UPSELL_GAP).at, habits.numbers(stock, Of.UPSELL_WORK).at
        luck = habits.numbers(stock, Of.UPSELL_DECISION).at
        late = 1 if customer.initial else 0
        for n in count():
            yield customer.first_review if n < late else gap(i, n - late)
            if customer.left(env._now):
                return
            self._send(Proposal(self, customer, step, work(i, n), luck(i, n)), customer)

    def _send(self, errand: Errand, customer: Customer) -> None:
        """Let a customer's errand wait, from the end of a hand-off on, with whoever does it."""
        if errand.matters:
            customer.waits(errand.ready)
        if customer.available_from > self.env._now:
            self.env.at(customer.available_from, Alarm(self.env, errand.falls_due))
        else:
            self.lay(errand, customer.pod, customer.cls, customer.holder)

    def lay(self, errand: Job, pod: Pod, cls: int, holder: Worker | None) -> None:
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

    def ordered(self, customer: Customer, place: int, noise: float, number: int, since: float, row: int) -> None:
        """An order that came at `since` is worked: with its papers it is shipped, booked and paid."""
        revenue = self.order_size(customer, self.env._now) * noise
        order = self.orders[row]
        order.worked, order.worth = self.env._now, revenue
        self.habits[customer.process].after_sale.of_order(customer, WorkedOrder(place, revenue, number, since, row))

    def order_size(self, customer: Customer, now: float) -> float:
        """Expected revenue of one order of the customer at a time."""
        product, habits = customer.product, self.habits[customer.process]
        size = customer.size * habits.order_size * self.volumes[product]
        if habits.terms.prices[product] != customer.price:
            size *= habits.terms.prices[product] / customer.price
        if customer.cared_until > now and customer.content and habits.spec.care is not None:
            size *= 1.0 + habits.spec.care.order_size
        if customer.dents:
            size *= customer.undented(now)
        growth = habits.growth[product]
        return size * exp(growth * (now - customer.since)) if growth else size

    def distributed(self, stock: Stock, i: int, channel: int, product: int, size: float, discount: float) -> None:
        """An order of a distributor: nobody works on it; the discount is given away."""
        now = self.env._now
        size *= self.volumes[product]
        margin = size * (self.margins[product] - discount)
        self.sales.append(Sale(now, DISTRIBUTOR, -1, -1, channel, product, -1, size * (1 - discount), margin))
        self.paid.append(now)

    def sell(self, kind: int, lead: int, customer: int, channel: int, product: int, place: int, revenue: float) -> int:
        """Write a sale down; its row."""
        now = self.env._now
        margin = revenue * self.margins[product]
        self.sales.append(Sale(now, kind, lead, customer, channel, product, place, revenue, margin))
        self.paid.append(now)
        return len(self.paid) - 1

    def sales_since(self, row: int) -> list[Sale]:
        """Sales from a row on."""
        return self.sales[row:]

    def bought_since(self, row: int) -> tuple[bool, float]:
        """Whether a customer was there on the first day, and since when it is one."""
        customer = self.customers[row]
        return customer.initial, customer.since

    def close_month(self, edge: float) -> int:
        """Customers who are there at a month's end; those who left unnoticed are let go at their time."""
        return sum(1 for customer in self.customers if not customer.left(edge))


class Errand(Job):
    """Work for a customer: at the pace of who does it, and void once the customer has left."""

    matters = False  # whether the customer grows unhappy when it waits
    result = "done"

    def __init__(self, customers: Customers, customer: Customer, step: int, work: float, luck: float = 0.0) -> None:
        self.customers = customers
        self.customer = customer
        self.step = step
        self.ready = customers.env._now
        self.work = work
        self.luck = luck

    def falls_due(self, _: Event) -> None:
        """The hand-off is over: now somebody can run it."""
        self.customers.lay(self, self.customer.pod, self.customer.cls, self.customer.holder)

    def lay(self) -> None:
        """Wait again with whoever holds the customer."""
        self.customers.lay(self, self.customer.pod, self.customer.cls, self.customer.holder)

    def hours(self, now: float) -> float:
        """The work; nothing when the customer has left meanwhile."""
        customer = self.customer
        if customer.left(now):
            return -1.0
        hours = self.work
        if customer.extra:
            hours += customer.extra
            customer.extra = 0.0
        return hours

    def done(self, person: Worker, now: float) -> None:
        """The errand is run; nothing comes of it when the customer left meanwhile."""
        if self.customer.left(now):
            self.result = "customer has left"
        else:
            self.follow(person, now)

    def follow(self, person: Worker, now: float) -> None:
        """What follows when it is run."""

    def case(self) -> str:
        """The customer's lead."""
        return self.customer.stock.uid(self.customer.i)

    def outcome(self) -> str:
        """How it ended, for the event log."""
        return self.result


class Request(Errand):
    """A request for service."""

    matters = True

    def follow(self, person: Worker, now: float) -> None:
        """The customer is content."""
        self.hold(person, now)
        self.customer.served(self.ready, now)

    def hold(self, person: Worker, now: float) -> None:
        """Whoever served holds the customer, as well as its proficiency can."""
        customer = self.customer
        skill = person.skills[self.customers.activity_of[self.step]]
        customer.held(1.0 if skill is None else skill.hold, now)
        if not self.covered:
            customer.holder = person
        if self.customers.notes_hands:
            customer.hands.append(person)
            person.customers.add(customer.row)


class Order(Request):
    """An order: `luck` is its size relative to the mean, `number` counts the customer's orders from 1."""

    number = 0
    row = -1  # its row among the orders

    def follow(self, person: Worker, now: float) -> None:
        """Worked; the customer is content when it is shipped."""
        self.hold(person, now)
        self.customers.ordered(self.customer, person.place.number, self.luck, self.number, self.ready, self.row)


class CareCall(Errand):
    """A contact that nobody asked for: whoever has time makes it, and the next one an interval later."""

    law: Distribution | None = None
    works: Series  # by that law
    number = 0  # contacts so far by that law

    def falls_due(self, _: Event) -> None:
        """It would not be too soon now."""
        if self.customer.left(self.customers.env._now):
            return
        self.ready = self.customers.env._now
        self.lay()

    def lay(self) -> None:
        """Wait with whoever looks after the customer; as long as nobody makes such calls, see again later."""
        customers, customer = self.customers, self.customer
        holder = customer.holder
        if holder is not None and holder.gone:
            holder = holder.stand_in
        mine = holder is not None and holder.crew.duty_of[customer.cls][self.step] >= 0
        if customers.habits[customer.process].spec.care is None or (
            not mine and customer.pod.desks[customer.cls][self.step] is None
        ):
            self._again(MONTH)
        else:
            super().lay()

    def hours(self, now: float) -> float:
        """The call, if such calls are still made; reading oneself in is left to those who serve."""
        if self.customer.left(now):
            return -1.0
        habits = self.customers.habits[self.customer.process]
        care = habits.spec.care
        if care is None:
            self._again(MONTH)
            return -1.0
        if self.law is not care.work and self.law != care.work:
            self.works = habits.numbers(self.customer.stock, Of.CARE_WORK)
            self.number = 0
        self.law = care.work
        self.number += 1
        return self.works.at(self.customer.i, self.number - 1)

    def follow(self, person: Worker, now: float) -> None:
        """The customer is cared for until the next contact would be wanted."""
        customers, customer = self.customers, self.customer
        care = customers.habits[customer.process].spec.care
        if care is not None:
            customer.cared(care, now)
        if customers.notes_hands:
            customer.hands.append(person)
            person.customers.add(customer.row)
        following = CareCall(customers, customer, self.step, 0.0)
        following.law, following.works, following.number = self.law, self.works, self.number
        following._again(customers.care_interval(customer))

    def _again(self, wait: float) -> None:
        """Fall due after so many hours."""
        env = self.customers.env
        env.at(env._now + wait, Alarm(env, self.falls_due))


class Proposal(Errand):
    """An upsell: `luck` is compared with its log-odds."""

    def follow(self, person: Worker, now: float) -> None:
        """The customer buys more from now on, or declines."""
        customers, customer = self.customers, self.customer
        skill = person.skills[customers.activity_of[self.step]]
        habits = customers.habits[customer.process]
        odds = habits.upsell_odds[customer.channel] + (0.0 if skill is None else skill.shift)
        if self.luck < odds:
            customer.size *= 1.0 + habits.uplift * (1.0 if skill is None else skill.growth)
            self.result = "bought more"
        else:
            self.result = "declined"


class AfterSale:
    """Sends papers and settles payments. Luck is numbered by sale: 0 is the first deal, n the n-th order."""

    def __init__(self, habits: Habits, scenario: Scenario) -> None:
        payment = habits.spec.payment
        self.habits = habits
        self.customers = habits.customers
        self.delay = payment.delay
        self.late = habits.late_share
        self.reminder = payment.reminder_work
        self.paperwork = [product.paperwork for product in scenario.market.products.values()]
        self.paid_at_once = self.late == 0 and payment.delay.is_constant and payment.delay.mean == 0
        # by product: no papers, and paid at the moment of the deal
        self.nothing_follows = [self.paid_at_once and law.is_constant and law.mean == 0 for law in self.paperwork]

    def of_deal(self, sale: int, product: int, buyer: Buyer, customer: Customer | None) -> None:
        """Papers and payment of a deal that is booked as row `sale`; a customer waits for the papers."""
        work = self._papers(product, buyer, 0)
        if work > 0:
            self.customers.paid[sale] = inf  # until they are done
            papers = DealPapers(self, work, buyer, sale, customer)
            if customer is not None:
                customer.waits(papers.ready)
            papers.lay()
        else:
            self.pay(sale, buyer, 0)

    def of_order(self, customer: Customer, order: WorkedOrder) -> None:
        """Papers of a worked order; without papers it is shipped at once."""
        buyer = Buyer.of(customer)
        work = self._papers(customer.product, buyer, order.number)
        if work > 0:
            OrderPapers(self, work, buyer, customer, order).lay()
        else:
            self.ship(customer, order)

    def ship(self, customer: Customer, order: WorkedOrder) -> None:
        """An order is shipped: book it; the customer waits for it no longer."""
        customers = self.customers
        customers.orders[order.row].billed = customers.env._now
        sale = customers.sell(
            ORDER, customer.lead, customer.row, customer.channel, customer.product, order.place, order.revenue
        )
        customer.served(order.since, customers.env._now)
        self.pay(sale, Buyer.of(customer), order.number)
        if customer.drop_out > 0:
            luck = self.habits.numbers(customer.stock, Of.DROP_OUT).at(customer.i, order.number - 1)
            if luck < customer.drop_out and not customer.left(customers.env._now):
                customer.leave(customers.env._now, "churn")

    def pay(self, sale: int, buyer: Buyer, number: int) -> None:
        """Settle when the money of a sale comes; a late payer has to be reminded."""
        customers, delay = self.customers, self.delay
        if self.paid_at_once:
            customers.paid[sale] = customers.env._now
            return
        due = customers.env._now + (delay.mean if delay.is_constant else self._number(buyer, Of.PAYMENT, number))
        customers.paid[sale] = due
        if self.late > 0 and self._number(buyer, Of.LATE, number) < self.late:
            customers.paid[sale] = inf
            if due < inf:
                law = self.reminder
                work = law.mean if law.is_constant else self._number(buyer, Of.REMINDER, number)
                customers.env.at(due, Alarm(customers.env, Reminder(self, work, buyer, sale).falls_due))

    def _papers(self, product: int, buyer: Buyer, number: int) -> float:
        law = self.paperwork[product]
        return law.mean if law.is_constant else self._number(buyer, Of.PAPERWORK + product, number)

    def _number(self, buyer: Buyer, what: int, sale: int) -> float:
        return self.habits.numbers(buyer.stock, what).of_sale(buyer.i, sale)


class SaleWork(Job):
    """Work that follows a sale, at the pace of who does it."""

    def __init__(self, after: AfterSale, step: int, work: float, buyer: Buyer) -> None:
        self.after = after
        self.step = step
        self.ready = after.customers.env._now
        self.work = work
        self.buyer = buyer

    def hours(self, now: float) -> float:
        """The work."""
        return self.work

    def lay(self) -> None:
        """Wait, or wait again, with whoever held the customer at the sale."""
        buyer = self.buyer
        self.after.customers.lay(self, buyer.pod, buyer.cls, buyer.holder)

    def case(self) -> str:
        """The customer's lead."""
        return self.buyer.stock.uid(self.buyer.i)


class DealPapers(SaleWork):
    """Papers of a first deal."""

    def __init__(self, after: AfterSale, work: float, buyer: Buyer, sale: int, customer: Customer | None) -> None:
        super().__init__(after, after.customers.steps.paperwork, work, buyer)
        self.sale = sale
        self.customer = customer

    def done(self, person: Worker, now: float) -> None:
        """Shipped: the customer waits no longer, and will pay."""
        if self.customer is not None:
            self.customer.served(self.ready, now)
        self.after.pay(self.sale, self.buyer, 0)


class OrderPapers(SaleWork):
    """Papers of an order; the order is cancelled when the customer leaves before they are done."""

    def __init__(self, after: AfterSale, work: float, buyer: Buyer, customer: Customer, order: WorkedOrder) -> None:
        super().__init__(after, after.customers.steps.paperwork, work, buyer)
        self.laid = self.ready
        self.ready = order.since  # so that an order is finished before a younger one is begun when both are late
        self.customer = customer
        self.order = order

    def hours(self, now: float) -> float:
        """Nothing to do once the customer has left."""
        return -1.0 if self.customer.left(now) else self.work

    def done(self, person: Worker, now: float) -> None:
        """Shipped, unless the customer left meanwhile."""
        if not self.customer.left(now):
            self.after.ship(self.customer, self.order)


class Reminder(SaleWork):
    """A reminder of a payment that is late."""

    def __init__(self, after: AfterSale, work: float, buyer: Buyer, sale: int) -> None:
        super().__init__(after, after.customers.steps.collect, work, buyer)
        self.sale = sale

    def falls_due(self, _: Event) -> None:
        """The payment is due: now somebody can remind."""
        self.ready = self.after.customers.env._now
        self.lay()

    def done(self, person: Worker, now: float) -> None:
        """A reminder brings the money after a while."""
        self.after.customers.paid[self.sale] = now + self.after.habits.after_reminder
