"""What customers do, as tables: laws of their numbers, prices and hazards, under one scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log
from typing import NamedTuple

import numpy as np

from simulation.department.plan.table import Flags, Floats, column
from simulation.department.rules import Version
from simulation.mechanisms.hand_off import Handover
from simulation.mechanisms.prospecting import ContactList
from simulation.mechanisms.response import SpeedToLead
from simulation.scenario.channels import Outbound
from simulation.scenario.customers import Customers
from simulation.scenario.market import DEFAULT
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.world.stock import Law, Of
from simulation.written.distributions import Distribution
from simulation.written.inverse import log_odds
from simulation.written.odds import bounded
from simulation.written.readers import MONTH, YEAR, yearly_force


def logit(p: float) -> float:
    """Log-odds of a probability; infinite at 0 and 1."""
    if p <= 0.0:
        return -np.inf
    return np.inf if p >= 1.0 else log(p / (1.0 - p))


def logits(u: Floats) -> Floats:
    """Log-odds of uniforms in (0, 1)."""
    return log_odds()(u)


def laws_of(scenario: Scenario, process: str = DEFAULT, version: Version = ()) -> list[Law]:
    """Laws of the numbers of a process's customers, by stream.

    `version` names the market. Those without it never change in a run.
    """
    spec = scenario.market.buyers(process)
    named: Version = () if process == DEFAULT else (process,)
    if named:
        version = (*named, *version)
    noise = Distribution.lognormal(mean=1.0, cv=spec.order_cv) if spec.order_cv > 0 else Distribution.constant(1.0)
    often = spec.requests_per_month
    as_they_are = Distribution.uniform(0.0, 1.0)
    requests = Distribution.exponential(MONTH / often) if often > 0 else Distribution.constant(inf)
    laws = {
        Of.ORDER_GAP: Law.of(spec.order_every, named),
        Of.ORDER_WORK: Law.of(spec.order_work, named),
        Of.ORDER_SIZE: Law.of(noise, named),
        Of.REQUEST_GAP: Law.of(requests, named),
        Of.REQUEST_WORK: Law.of(spec.request_work, named),
        Of.UPSELL_GAP: Law.of(spec.upsell.every, named),
        Of.UPSELL_WORK: Law.of(spec.upsell.work, named),
        Of.UPSELL_DECISION: Law(logits, one_by_one=lambda: log_odds().one, law=log_odds()),
        Of.CARE_WORK: Law.of(spec.care.work if spec.care else Distribution.constant(0.0), version),
        Of.PAYMENT: Law.of(spec.payment.delay, version),
        Of.LATE: Law(_as_they_are, law=as_they_are),
        Of.REMINDER: Law.of(spec.payment.reminder_work, version),
        Of.DROP_OUT: Law(_as_they_are, law=as_they_are),
    }
    return [laws[what] for what in Of if what < Of.PAPERWORK] + [
        Law.of(product.paperwork, version) for product in scenario.market.products.values()
    ]


def _as_they_are(u: Floats) -> Floats:
    return u


@dataclass(frozen=True)
class Buying:
    """What customers are worth, and how they are lost."""

    price: Floats = column("product", "price, relative to the scenario's first one")
    margin: Floats = column("product", "gross margin", "share of revenue")
    volume: Floats = column("product", "size of an order, relative to the scenario's first one")
    repeat: Flags = column("product", "whether a deal makes a customer who orders again")
    churn: Floats = column("process product", "own hazard of leaving", "per hour")
    late_churn: Floats = column("process", "hazard more of somebody who waits beyond the tolerance", "per hour")
    tolerance: Floats = column("process", "how long customers wait in peace", "hours")
    cared: Floats = column("process contact", "factor on the own hazard after a contact: one too many, a welcome one")
    order_size: Floats = column("process", "first order, relative to the deal")
    orders: Floats = column("", "factor on the frequency of orders (loyalty)")
    growth: Floats = column("process", "growth of orders by themselves, continuous", "per hour")
    upsell_odds: Floats = column("process channel", "odds of an upsell at proficiency 1", "log-odds")
    uplift: Floats = column("process", "growth of orders after an upsell", "share")
    late_share: Floats = column("process", "payments that come only after a reminder", "share")
    after_reminder: Floats = column("process", "from a reminder to the payment", "hours")

    @classmethod
    def of(cls, scenario: Scenario, structure: Structure) -> Buying:
        """What holds in a structure."""
        market, loyalty = scenario.market, structure.loyalty
        specs, products = [market.buyers(name) for name in market.sold], market.products.values()
        stays = 1.0 if loyalty is None else loyalty.churn

        def each(value: Callable[[Customers], object]) -> Floats:
            return np.array([value(spec) for spec in specs], float)

        return cls(
            price=np.array([p.price for p in products], float),
            margin=np.array([1 - (1 - p.gross_margin) / p.price for p in products], float),
            volume=np.array([p.volume for p in products], float),
            repeat=np.array([p.repeat for p in products], bool),
            churn=each(lambda spec: [spec.churn_per_year / YEAR * stays * p.leaving for p in products]),
            late_churn=each(lambda spec: spec.late_churn_per_month / MONTH),
            tolerance=each(lambda spec: spec.tolerance),
            cared=each(lambda spec: (1.0, 1.0) if spec.care is None else spec.care.hazards),
            order_size=each(lambda spec: spec.order_size),
            orders=np.array(1.0 if loyalty is None else loyalty.orders, float),
            growth=each(lambda spec: yearly_force(spec.growth_per_year) / YEAR),
            upsell_odds=each(
                lambda spec: [logit(spec.upsell.probability) + bounded(c.upsell) for c in market.channels.values()]
            ),
            uplift=each(lambda spec: spec.upsell.uplift),
            late_share=each(lambda spec: spec.payment.late_share),
            after_reminder=each(lambda spec: spec.payment.after_reminder),
        )


@dataclass(frozen=True)
class Selling:
    """What holds for leads and for prospecting. `kind` of a hand-off: 0 leads, 1 customers."""

    floor: Floats = column("process", "conversion that is left however late the answer", "share")
    tau: Floats = column(
        "process", "decay of the conversion above it with the response time; inf: none", "working hours"
    )
    loss: Floats = column("kind", "probability that it is lost in a hand-off")
    extra_work: Floats = column("kind", "work for the receiver to read himself in", "working hours")
    information: Floats = column("kind", "fall of every later conversion", "log-odds")
    delay: Floats = column("kind", "from the end of one role's work until the next can begin", "hours")
    attempt: Floats = column("channel", "work of one attempt at pace 1; NaN: no outbound channel", "working hours")
    chance: Floats = column("channel", "probability that an attempt finds a lead")
    contacts: Floats = column("channel", "contacts on the list; inf: no list", "contacts")
    refresh: Floats = column("channel", "contacts that are added", "contacts a month")

    @classmethod
    def of(cls, scenario: Scenario, structure: Structure) -> Selling:
        """What holds in a structure."""
        market = scenario.market
        speeds, hand_off = [market.process(name).speed_to_lead for name in market.sold], scenario.passing(structure)
        calls = [c if isinstance(c, Outbound) else None for c in market.channels.values()]
        lists = [None if c is None else c.contacts for c in calls]

        def each(name: str) -> Floats:
            return np.array([float(getattr(kind, name)) for kind in (hand_off.lead, hand_off.customer)])

        return cls(
            floor=np.array([1.0 if speed is None else speed.floor for speed in speeds]),
            tau=np.array([inf if speed is None else speed.tau for speed in speeds]),
            loss=each("loss"),
            extra_work=each("extra_work"),
            information=each("information"),
            delay=each("delay"),
            attempt=np.array([np.nan if c is None else c.attempt for c in calls], float),
            chance=np.array([0.0 if c is None else c.find_probability for c in calls], float),
            contacts=np.array([inf if known is None else known.size for known in lists], float),
            refresh=np.array([0.0 if known is None else known.refresh_per_month for known in lists], float),
        )

    def speeds(self) -> list[SpeedToLead | None]:
        """How conversion falls with the response time, by process; None where it does not."""
        return [
            None if floor >= 1 else SpeedToLead.model_construct(floor=floor, tau=tau)
            for floor, tau in zip(self.floor.tolist(), self.tau.tolist(), strict=True)
        ]

    def outbound(self, channel: int) -> Calling:
        """An outbound channel by its number."""
        contacts = None
        if self.contacts[channel] < inf:
            size, refresh = int(self.contacts[channel]), float(self.refresh[channel])
            contacts = ContactList.model_construct(size=size, refresh_per_month=refresh)
        return Calling(float(self.attempt[channel]), float(self.chance[channel]), contacts)

    def hand_off(self, kind: int) -> Handover:
        """What a hand-off costs."""
        return Handover.model_construct(
            loss=float(self.loss[kind]),
            extra_work=float(self.extra_work[kind]),
            information=float(self.information[kind]),
            delay=float(self.delay[kind]),
        )


class Calling(NamedTuple):
    """A row of `Selling`: an outbound channel."""

    attempt: float
    find_probability: float
    contacts: ContactList | None
