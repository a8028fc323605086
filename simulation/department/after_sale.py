"""What follows a sale: papers, then payment, and a reminder when it is late.

A deal is won when it is closed; an order is shipped, and booked, when its papers are done. Until then the customer
waits, and the payment's delay begins after the papers.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from simpy.events import Event

from simulation.department.jobs import Job
from simulation.department.lead_table import Version
from simulation.department.office import Alarm
from simulation.world.stock import BLOCK
from simulation.written.distributions import Distribution

if TYPE_CHECKING:
    from simulation.department.blueprint import Pod
    from simulation.department.customer import Customer
    from simulation.department.customers import Customers
    from simulation.department.person import Person
    from simulation.world import Stock

    Sold = tuple[Stock, int]  # whose luck it is: the stock of leads and the row
    Place = tuple[Pod, int, Person | None]  # pod, class and who holds the customer

DEAL, ORDER = 0, 1  # kinds of sale
BILLED = 2  # place of that time among the numbers of an order, as in OrderColumns
_UNIFORM = Distribution.uniform(low=0.0, high=1.0)


class AfterSale:
    """Sends papers and settles payments. Luck is numbered by sale: 0 is the first deal, n the n-th order."""

    def __init__(self, customers: Customers, version: Version = ()) -> None:
        payment = customers.spec.payment
        self.customers = customers
        self._version = version
        self._delay = payment.delay
        self._late = payment.late_share
        self._reminder = payment.reminder_work
        self._paperwork = [product.paperwork for product in customers.scenario.market.products.values()]
        self._paid_at_once = self._late == 0 and payment.delay.is_constant and payment.delay.mean == 0

    def of_deal(self, sale: int, product: int, sold: Sold, place: Place, customer: Customer | None) -> None:
        """Papers and payment of a deal that is booked as row `sale`; a customer waits for the papers."""
        work = self._papers(product, sold, 0)
        if work > 0:
            self.customers.paid[sale] = inf  # until they are done
            papers = DealPapers(self, work, sold, place, sale, customer)
            if customer is not None:
                customer.waits(papers.ready)
            self.customers.lay(papers, *place)
        else:
            self.pay(sale, sold, place, 0)

    def of_order(self, customer: Customer, seat: int, revenue: float, number: int, since: float, row: int) -> None:
        """Papers of a worked order; without papers it is shipped at once."""
        sold = (customer.stock, customer.i)
        place = (customer.pod, customer.cls, customer.holder)
        work = self._papers(customer.product, sold, number)
        if work > 0:
            self.customers.lay(
                OrderPapers(self, work, sold, place, customer, seat, revenue, number, since, row), *place
            )
        else:
            self.ship(customer, seat, revenue, number, since, row)

    def ship(self, customer: Customer, seat: int, revenue: float, number: int, since: float, row: int) -> None:
        """An order is shipped: book it; the customer waits for it no longer."""
        customers = self.customers
        customers.orders[row][BILLED] = customers.env._now
        sale = customers.sell(ORDER, customer.lead, customer.row, customer.channel, customer.product, seat, revenue)
        customer.served(since, customers.env._now)
        self.pay(sale, (customer.stock, customer.i), (customer.pod, customer.cls, customer.holder), number)

    def pay(self, sale: int, sold: Sold, place: Place, number: int) -> None:
        """Settle when the money of a sale comes; a late payer has to be reminded."""
        customers, delay = self.customers, self._delay
        if self._paid_at_once:
            customers.paid[sale] = customers.env._now
            return
        due = customers.env._now + (
            delay.mean if delay.is_constant else _luck(sold, "payment", delay, number, self._version)
        )
        customers.paid[sale] = due
        if self._late > 0 and _luck(sold, "late", _UNIFORM, number) < self._late:
            customers.paid[sale] = inf
            if due < inf:
                law = self._reminder
                work = law.mean if law.is_constant else _luck(sold, "reminder", law, number, self._version)
                customers.env.at(due, Alarm(customers.env, Reminder(self, work, sold, place, sale).falls_due))

    def _papers(self, product: int, sold: Sold, number: int) -> float:
        law = self._paperwork[product]
        return law.mean if law.is_constant else _luck(sold, "paperwork", law, number, (product, self._version))


def _luck(sold: Sold, name: str, law: Distribution, number: int, variant: Version = ()) -> float:
    stock, i = sold
    if number == 0:
        return stock.column(f"deal.{name}", law.quantile, variant)[i]
    block, place = divmod(number, BLOCK)
    return stock.row(f"customer.{name}", i, block, law.quantile, variant)[place]


class SaleWork(Job):
    """Work that follows a sale, at the pace of who does it."""

    def __init__(self, after: AfterSale, step: int, work: float, sold: Sold, place: Place) -> None:
        self.after = after
        self.step = step
        self.ready = after.customers.env._now
        self.work = work
        self.sold = sold
        self.place = place

    def hours(self, now: float) -> float:
        """The work."""
        return self.work

    def lay(self) -> None:
        """Wait again with whoever holds the customer."""
        self.after.customers.lay(self, *self.place)

    def case(self) -> str:
        """The customer's lead."""
        return self.sold[0].uid(self.sold[1])


class DealPapers(SaleWork):
    """Papers of a first deal."""

    def __init__(
        self, after: AfterSale, work: float, sold: Sold, place: Place, sale: int, customer: Customer | None
    ) -> None:
        super().__init__(after, after.customers.steps.paperwork, work, sold, place)
        self.sale = sale
        self.customer = customer

    def done(self, person: Person, now: float) -> None:
        """Shipped: the customer waits no longer, and will pay."""
        if self.customer is not None:
            self.customer.served(self.ready, now)
        self.after.pay(self.sale, self.sold, self.place, 0)


class OrderPapers(SaleWork):
    """Papers of an order; the order is cancelled when the customer leaves before they are done."""

    def __init__(
        self,
        after: AfterSale,
        work: float,
        sold: Sold,
        place: Place,
        customer: Customer,
        seat: int,
        revenue: float,
        number: int,
        since: float,
        row: int,
    ) -> None:
        super().__init__(after, after.customers.steps.paperwork, work, sold, place)
        self.laid = self.ready
        self.ready = since  # so that an order is finished before a younger one is begun when both are late
        self.customer = customer
        self.order = (seat, revenue, number, since, row)

    def hours(self, now: float) -> float:
        """Nothing to do once the customer has left."""
        return -1.0 if self.customer.left(now) else self.work

    def done(self, person: Person, now: float) -> None:
        """Shipped, unless the customer left meanwhile."""
        if not self.customer.left(now):
            self.after.ship(self.customer, *self.order)


class Reminder(SaleWork):
    """A reminder of a payment that is late."""

    def __init__(self, after: AfterSale, work: float, sold: Sold, place: Place, sale: int) -> None:
        super().__init__(after, after.customers.steps.collect, work, sold, place)
        self.sale = sale

    def falls_due(self, _: Event) -> None:
        """The payment is due: now somebody can remind."""
        self.ready = self.after.customers.env._now
        self.after.customers.lay(self, *self.place)

    def done(self, person: Person, now: float) -> None:
        """A reminder brings the money after a while."""
        customers = self.after.customers
        customers.paid[self.sale] = now + customers.spec.payment.after_reminder
