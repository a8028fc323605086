"""Errands: the work that people do for customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy.events import Event

from simulation.department.jobs import Job

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

    def follow(self, person: Person, now: float) -> None:
        """Worked; the customer is content when it is shipped."""
        self.hold(person, now)
        self.customers.ordered(self.customer, person.place.number, self.luck, self.number, self.ready)


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
