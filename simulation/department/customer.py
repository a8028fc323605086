"""One customer, and the errands that people run for it."""

from __future__ import annotations

from math import log, nan
from typing import TYPE_CHECKING

from simulation.department.jobs import Job

if TYPE_CHECKING:
    from simulation.department.blueprint import Pod
    from simulation.department.customers import Customers
    from simulation.department.leads import Lead
    from simulation.department.person import Person
    from simulation.world import Stock


class Customer:
    """A customer: what it buys, who holds it, and how close it is to leaving.

    It leaves when its accumulated hazard reaches a unit-exponential threshold. The hazard is its own one, plus the one
    of being unhappy while any order or request waits beyond the tolerance; it is constant between events, so the time
    of leaving is exact although it is looked for only when something happens.
    """

    __slots__ = (
        "_at",
        "_hazard",
        "_spent",
        "_threshold",
        "available_from",
        "channel",
        "cls",
        "customers",
        "extra",
        "hold",
        "holder",
        "i",
        "initial",
        "lead",
        "pod",
        "product",
        "reason",
        "since",
        "size",
        "stock",
        "until",
        "waiting",
    )

    def __init__(
        self,
        customers: Customers,
        stock: Stock,
        i: int,
        pod: Pod,
        channel: int,
        product: int,
        cls: int,
        size: float,
        since: float,
    ) -> None:
        self.customers = customers
        self.stock = stock
        self.i = i
        self.pod = pod
        self.channel = channel
        self.product = product
        self.cls = cls
        self.size = size
        self.since = since
        self.until = nan
        self.reason = ""
        self.initial = False
        self.lead: Lead | None = None
        self.holder: Person | None = None
        self.extra = 0.0  # working hours for the next server to read himself in
        self.available_from = since  # end of a hand-off
        self.hold = 1.0  # divides the hazard: proficiency of whoever served last
        self.waiting: list[float] = []  # since when each order or request waits
        self._threshold = -log(stock.column("customer.leave")[i])
        self._spent = 0.0
        self._at = since

    def left(self, now: float) -> bool:
        """Whether the customer has left by now; sets the exact time when it has."""
        if self.until == self.until:
            return self.until <= now
        customers = self.customers
        own = customers.churn / self.hold
        at = self._at
        if self.waiting and customers.late_churn > 0:
            unhappy = max(at, min(self.waiting) + customers.spec.tolerance)
            if unhappy < now:
                if self._passes(own, at, unhappy) or self._passes(own + customers.late_churn, unhappy, now):
                    return True
                self._at = now
                return False
        if self._passes(own, at, now):
            return True
        self._at = now
        return False

    def _passes(self, hazard: float, begin: float, end: float) -> bool:
        spent = self._spent + hazard * (end - begin)
        if spent < self._threshold:
            self._spent = spent
            return False
        self.leave(begin + (self._threshold - self._spent) / hazard, "churn")
        return True

    def leave(self, at: float, reason: str) -> None:
        """The customer leaves."""
        self.until = at
        self.reason = reason


class Errand(Job):
    """Work for a customer (an order, a request, an upsell), or after a sale (papers, a reminder)."""

    of: str = ""
    sale: int = -1
    cls: int = 0
    holder: Person | None = None
    result: str = "done"

    def __init__(
        self, customers: Customers, customer: Customer | None, step: int, work: float, now: float, luck: float, number: int
    ) -> None:
        self.customers = customers
        self.customer = customer
        self.step = step
        self.work = work
        self.ready = now
        self.luck = luck
        self.number = number
        if customer is not None:
            self.pod: Pod = customer.pod
            self.cls = customer.cls
            self.holder = customer.holder

    @property
    def matters(self) -> bool:
        """Whether the customer grows unhappy when it waits: orders and requests."""
        return self.step in (self.customers.steps.order, self.customers.steps.request)

    def hours(self, person: Person, now: float) -> float:
        """Work at this person's pace; nothing when the customer has left meanwhile."""
        customers, customer = self.customers, self.customer
        hours = self.work
        if customer is not None:
            if customer.left(now):
                return -1.0
            if customer.extra:
                hours += customer.extra
                customer.extra = 0.0
        skill = person.skills[customers.activity_of[self.step]]
        return hours / (customers.availability if skill is None else skill.pace)

    def done(self, person: Person, now: float) -> None:
        """The errand is run."""
        customers, customer = self.customers, self.customer
        steps = customers.steps
        if customer is None:
            if self.step == steps.collect:
                customers.paid[self.sale] = now + customers.spec.payment.after_reminder
            return
        if customer.left(now):
            self.result = "customer has left"
            return
        skill = person.skills[customers.activity_of[self.step]]
        if self.matters:
            customer.waiting.remove(self.ready)
            if skill is not None:
                customer.hold = skill.hold
            if not self.covered:
                customer.holder = person
        if self.step == steps.order:
            customers.ordered(customer, person.seat, self.luck, now, self.number)
        elif self.step == steps.upsell:
            odds = customers.upsell_odds[customer.channel] + (0.0 if skill is None else skill.shift)
            if self.luck < odds:
                growth = 1.0 if skill is None else skill.growth
                customer.size *= 1.0 + customers.spec.upsell.uplift * growth
                self.result = "bought more"
            else:
                self.result = "declined"

    def case(self) -> str:
        """The customer's lead."""
        return self.of if self.customer is None else self.customer.stock.uid(self.customer.i)

    def outcome(self) -> str:
        """How it ended, for the event log."""
        return self.result


