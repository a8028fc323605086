"""Errands: the work that people do for customers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simpy.events import Event

from simulation.department.jobs import Job
from simulation.department.office import Alarm
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH

if TYPE_CHECKING:
    from simulation.department.customer import Customer
    from simulation.department.customers import Customers
    from simulation.department.person import Person


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

    def done(self, person: Person, now: float) -> None:
        """The errand is run; nothing comes of it when the customer left meanwhile."""
        if self.customer.left(now):
            self.result = "customer has left"
        else:
            self.follow(person, now)

    def follow(self, person: Person, now: float) -> None:
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

    def follow(self, person: Person, now: float) -> None:
        """The customer is content."""
        self.hold(person, now)
        self.customer.served(self.ready, now)

    def hold(self, person: Person, now: float) -> None:
        """Whoever served holds the customer, as well as its proficiency can."""
        customer = self.customer
        skill = person.skills[self.customers.activity_of[self.step]]
        customer.held(1.0 if skill is None else skill.hold, now)
        if not self.covered:
            customer.holder = person
        if self.customers.notes_hands:
            customer.hands.append(person)


class Order(Request):
    """An order: `luck` is its size relative to the mean, `number` counts the customer's orders from 1."""

    number = 0
    row = -1  # its row among the orders

    def follow(self, person: Person, now: float) -> None:
        """Worked; the customer is content when it is shipped."""
        self.hold(person, now)
        self.customers.ordered(self.customer, person.place.number, self.luck, self.number, self.ready, self.row)


class CareCall(Errand):
    """A contact that nobody asked for: whoever has time makes it, and the next one an interval later."""

    works: Iterator[float]  # work of this one and the coming ones, by its law
    law: Distribution | None = None

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
        if customers.spec.care is None or (not mine and customer.pod.desks[customer.cls][self.step] is None):
            self._again(MONTH)
        else:
            super().lay()

    def hours(self, now: float) -> float:
        """The call, if such calls are still made; reading oneself in is left to those who serve."""
        if self.customer.left(now):
            return -1.0
        care = self.customers.spec.care
        if care is None:
            self._again(MONTH)
            return -1.0
        if self.law is not care.work and self.law != care.work:
            self.works = self.customers.care_works(self.customer, care.work)
        self.law = care.work
        return next(self.works)

    def follow(self, person: Person, now: float) -> None:
        """The customer is cared for until the next contact would be wanted."""
        customers, customer = self.customers, self.customer
        care = customers.spec.care
        if care is not None:
            customer.cared(care, now)
        if customers.notes_hands:
            customer.hands.append(person)
        following = CareCall(customers, customer, self.step, 0.0)
        following.law, following.works = self.law, self.works
        following._again(customers.care_interval(customer))

    def _again(self, wait: float) -> None:
        """Fall due after so many hours."""
        env = self.customers.env
        env.at(env._now + wait, Alarm(env, self.falls_due))


class Proposal(Errand):
    """An upsell: `luck` is compared with its log-odds."""

    def follow(self, person: Person, now: float) -> None:
        """The customer buys more from now on, or declines."""
        customers, customer = self.customers, self.customer
        skill = person.skills[customers.activity_of[self.step]]
        odds = customers.upsell_odds[customer.channel] + (0.0 if skill is None else skill.shift)
        if self.luck < odds:
            customer.size *= 1.0 + customers.spec.upsell.uplift * (1.0 if skill is None else skill.growth)
            self.result = "bought more"
        else:
            self.result = "declined"
