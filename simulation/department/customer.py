"""One customer, and the time at which it leaves."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf, log, nan

from simulation.department.blueprint import Pod
from simulation.department.lead_table import LeadTable
from simulation.department.work import Worker
from simulation.mechanisms.care import Care

CONTACTS = 12  # contacts that a customer remembers: about a year of them


@dataclass(slots=True)
class CustomerTerms:
    """What holds for all customers; by product where there are several. An intervention may change it."""

    prices: list[float] = field(default_factory=list)
    churn: list[float] = field(default_factory=list)  # own hazard of leaving, per hour
    late_churn: float = 0.0  # hazard more of somebody who waits beyond the tolerance, per hour
    tolerance: float = inf  # hours
    cared: tuple[float, float] = (1.0, 1.0)
    # factor on the own hazard after a contact that nobody asked for: one too many, and one that was welcome


class Customer:
    """A customer: what it buys, who holds it, and how close it is to leaving.

    It leaves when its accumulated hazard reaches a unit-exponential threshold. The hazard is its own one, plus the one
    of being unhappy while any order or request waits beyond the tolerance; it is constant between events, so the time
    of leaving is exact although it is looked for only when something happens.
    """

    __slots__ = (
        "_at",
        "_hold",
        "_last_care",
        "_lasting",
        "_leaves",
        "_spent",
        "_terms",
        "_threshold",
        "_unhappy",
        "_waiting",
        "available_from",
        "cared_until",
        "channel",
        "cls",
        "content",
        "dents",
        "departures",
        "drop_out",
        "extra",
        "first_care",
        "first_order",
        "first_review",
        "hand_offs",
        "hands",
        "holder",
        "i",
        "initial",
        "lead",
        "pod",
        "price",
        "process",
        "product",
        "rate",
        "reason",
        "row",
        "since",
        "size",
        "stock",
        "until",
    )

    def __init__(
        self,
        terms: CustomerTerms,
        table: LeadTable,
        i: int,
        pod: Pod,
        product: int,
        cls: int,
        size: float,
        since: float,
    ) -> None:
        self._terms = terms
        self.stock = table.stock
        self.i = i
        self.pod = pod
        self.channel = table.channel
        self.product = product
        self.process = table.process[product]
        self.cls = cls
        self.size = size
        self.price = terms.prices[product]  # at which it has this size
        self.since = since
        self.until = nan
        self.reason = ""
        self.initial = False
        self.lead = -1  # row of its lead in the record
        self.row = -1  # its own row in the record
        self.holder: Worker | None = None
        self.hands: deque[Worker] = deque(maxlen=CONTACTS)  # whose the last contacts were; noted where people may leave
        self.hand_offs = 0  # between roles
        self.departures = 0  # how often somebody left who had contacts with it
        self.dents: tuple[tuple[float, float, float], ...] = ()  # fall of the orders: depth, since, until
        self.extra = 0.0  # working hours for the next server to read himself in
        self.available_from = since  # end of a hand-off
        self.first_order = nan  # hours to the first order and upsell of one who was there on the first day
        self.first_review = nan
        self.first_care = nan  # share of the interval to the first contact that nobody asked for
        self.cared_until = -inf  # end of what the last contact does that nobody asked for
        self.content = True  # whether that contact was pleasant, and not one too many
        self._last_care = -inf
        self.rate = 1.0  # factor on how often it orders, beside other customers
        self.drop_out = 0.0  # probability that it leaves after an order
        self._lasting = 1.0  # divides its own hazard, beside other customers
        frailty = table.frailty[product]
        if frailty is not None:
            self.rate, self.drop_out = frailty.rate(i), frailty.drop_out(i)
            self._lasting = 1.0 / frailty.churn(i)
        self._hold = self._lasting  # divides the own hazard: that, and the proficiency of whoever served last
        self._waiting: list[float] = []  # since when each order or request waits
        self._unhappy = inf  # when the longest wait passes the tolerance
        self._threshold = -log(table.leave[i])
        self._spent = 0.0
        self._at = since
        self._leaves = inf  # when it leaves if it stays happy
        self._look_ahead()

    def waits(self, since: float) -> None:
        """An order or request begins to wait."""
        if not self._waiting:
            self._unhappy = since + self._terms.tolerance
        self._waiting.append(since)

    def served(self, since: float, now: float) -> None:
        """What has waited since then is done. Nothing happens when nobody waited for it (orders that need no work)."""
        waiting = self._waiting
        if since not in waiting:
            return
        waiting.remove(since)
        if self._unhappy < now:
            self._spend(now)
            self._look_ahead()
        self._unhappy = min(waiting) + self._terms.tolerance if waiting else inf

    def held(self, hold: float, now: float) -> None:
        """Somebody has served whose proficiency divides the own hazard by `hold`."""
        hold *= self._lasting
        if hold != self._hold:
            self._spend(now)
            self._hold = hold
            self._look_ahead()

    def cared(self, care: Care, now: float) -> None:
        """A contact that nobody asked for: it does good until the next one is wanted, or harm where it is too many."""
        self._spend(now)
        self.content = care.is_welcome(now - self._last_care)
        self._last_care = now
        if self.content or care.harm > 0:
            self.cared_until = now + care.lasts
        else:
            self.content = True  # it brings nothing and spoils nothing
        self._look_ahead()

    def left(self, now: float) -> bool:
        """Whether the customer has left by now; sets the exact time when it has."""
        if now < self._leaves and now <= self._unhappy:
            return False
        if self.until == self.until:
            return self.until <= now
        self._spend(now)
        self._look_ahead()
        return self.until == self.until

    def pause(self, now: float) -> None:
        """Account for the hazards until now, before they change."""
        if not self.left(now):
            self._spend(now)

    def resume(self) -> None:
        """Go on with changed hazards."""
        self._look_ahead()

    def dent(self, depth: float, now: float, hours: float) -> None:
        """Order less from now on, and as before again after so many hours (linear)."""
        self.dents += ((depth, now, now + hours),)

    def undented(self, now: float) -> float:
        """Factor on the orders after what leavers took with them."""
        self.dents = tuple(dent for dent in self.dents if dent[2] > now)
        factor = 1.0
        for depth, since, until in self.dents:
            factor *= 1.0 - depth * (until - now) / (until - since)
        return factor

    def leave(self, at: float, reason: str) -> None:
        """The customer leaves."""
        self.until = at
        self.reason = reason
        self._leaves = -inf

    def _look_ahead(self) -> None:
        if self.until != self.until:
            own = self._terms.churn[self.product] / self._hold
            rest, at = self._threshold - self._spent, self._at
            if self.cared_until > at:
                cared = own * self._terms.cared[self.content]
                spent = cared * (self.cared_until - at)
                if spent < rest:
                    rest, at = rest - spent, self.cared_until
                else:
                    own = cared
            self._leaves = at + rest / own if own > 0 else inf

    def _spend(self, now: float) -> None:
        """Accumulate the hazard until now: the own one, and from the end of the tolerance on the unhappy one too."""
        if self.until == self.until:  # gone; what waited for it may still be served
            return
        own = self._terms.churn[self.product] / self._hold
        happy_until = min(now, max(self._at, self._unhappy))
        if self.cared_until > self._at:
            self._spend_cared(own, happy_until, now)
        elif not self._passes(own, self._at, happy_until):
            self._passes(own + self._terms.late_churn, happy_until, now)
        self._at = now

    def _spend_cared(self, own: float, happy_until: float, now: float) -> None:
        """The same where a contact still has its effect: until that ends the own hazard is another one."""
        begin, late = self._at, self._terms.late_churn
        cared_until = min(now, self.cared_until)
        first, second = (cared_until, happy_until) if cared_until < happy_until else (happy_until, cared_until)
        for end in (first, second, now):
            if end <= begin:
                continue
            hazard = own * self._terms.cared[self.content] if begin < self.cared_until else own
            if self._passes(hazard + (late if begin >= happy_until else 0.0), begin, end):
                return
            begin = end

    def _passes(self, hazard: float, begin: float, end: float) -> bool:
        spent = self._spent + hazard * (end - begin)
        if spent < self._threshold:
            self._spent = spent
            return False
        self.leave(begin + (self._threshold - self._spent) / hazard, "churn")
        return True
