"""What deals and customers bring a month in closed form: papers, orders, requests, upsells, reminders."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from simulation.expected.kinds import Kind, kinds, listed_kinds
from simulation.expected.odds import per_month
from simulation.expected.office_time import OfficeTime
from simulation.expected.proficiency import Masteries
from simulation.expected.tally import Tally
from simulation.mechanisms.care import Care
from simulation.scenario.customers import Customers
from simulation.scenario.duties import LeadClass, first_duty, takers
from simulation.scenario.market import Product
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.written.odds import bounded
from simulation.written.readers import MONTH, yearly_force

MOST_GROWTH = 150.0
"""Most that the exponent of growth in the closed form may be: beyond it no amount means anything."""

_STEPS = 256


def mean_level(initial: float, inflow: float, decay: float, begin: float, length: float) -> float:
    """Mean over [begin, begin + length] of the level N with N' = inflow - decay * N and N(0) = initial.

    The M/G/infinity base with a constant hazard: N(t) = initial e^(-ct) + inflow (1 - e^(-ct)) / c. A
    negative decay is growth.
    """
    if abs(decay) * (begin + length) < 1e-7:
        return initial + inflow * (begin + length / 2)
    left = (
        math.exp(bounded(-decay * begin, MOST_GROWTH))
        * -math.expm1(bounded(-decay * length, MOST_GROWTH))
        / (decay * length)
    )
    return initial * left + inflow * (1 - left) / decay


def mean_grown(level: tuple[float, float, float], force: float, begin: float, length: float) -> float:
    """Mean over the same time of exp(force * t) times the level of (initial, inflow, decay)."""
    initial, inflow, decay = level
    if force == 0:
        return mean_level(initial, inflow, decay, begin, length)
    if abs(decay) * (begin + length) < 1e-7:
        times = begin + length * (np.arange(_STEPS) + 0.5) / _STEPS
        return float(np.mean(np.exp(force * times) * (initial + inflow * times)))
    within = mean_level(1.0, 0.0, decay - force, begin, length)
    return initial * within + inflow * (mean_level(1.0, 0.0, -force, begin, length) - within) / decay


def level_at(initial: float, inflow: float, decay: float, time: float) -> float:
    """The same level at a time."""
    if abs(decay) * time < 1e-7:
        return initial + inflow * time
    left = math.exp(-decay * time)
    return initial * left + inflow * (1 - left) / decay


def mean_young(inflow: float, decay: float, force: float, begin: float, length: float, months: float) -> float:
    """Mean over [begin, begin + length] of exp(force * t) times what is left of the inflow of the last `months`.

    The inflow began at time 0; all of it decays with its age: exp(force * t) * inflow * (1 - e^(-ca)) / c with
    a = min(t, months).
    """
    times = begin + length * (np.arange(_STEPS) + 0.5) / _STEPS
    ages = np.minimum(times, months)
    exponent = np.clip(-decay * ages, -MOST_GROWTH, MOST_GROWTH)
    left = ages if abs(decay) * (begin + length) < 1e-7 else -np.expm1(exponent) / decay
    return inflow * float(np.mean(np.exp(np.clip(force * times, -MOST_GROWTH, MOST_GROWTH)) * left))


def _margin_share(product: Product) -> float:
    """Gross margin of its revenue at the price that is asked."""
    return 1 - (1 - product.gross_margin) / product.price


class CustomerLoad:
    """Flows that follow from deals and from the customers there on the first day, for one structure."""

    def __init__(
        self,
        scenario: Scenario,
        structure: Structure,
        masteries: Masteries,
        time: OfficeTime,
        cared: Mapping[str, float] | None = None,
    ) -> None:
        """`cared`: share of the contacts sought with customers that each role finds time for; none where not given."""
        self._market = scenario.market
        self._cared = cared or {}
        self._listed: dict[LeadClass, tuple[Kind, ...]] = {}
        self._structure = structure
        self._masteries = masteries
        self._terms = scenario.passing(structure).customer
        self._since = time.since
        self._begin, self._length = (time.begin - time.since) / MONTH, (time.end - time.begin) / MONTH

    def _spec(self, lead: LeadClass) -> Customers:
        return self._market.way(lead.channel, lead.product).customers

    def of_deals(self, lead: LeadClass, closer: str, size: float, grown: float = 1.0) -> Tally:
        """What one deal a month of a mean size (money), closed by a role, brings a month on average.

        `grown`: by how much deals have grown since the start of the run; what is held is of the sizes of then.
        """
        tally = Tally()
        self._sale(tally, lead, closer, 1.0, size, "deals")
        size /= grown
        product = self._market.products[lead.product]
        if not product.repeat:
            return tally
        if first_duty(self._structure.roles[closer], "serve", lead):
            self._base(tally, lead, closer, 0.0, 1.0, size)
            return tally
        servers = takers(self._structure, "serve", lead)
        if not servers:
            self._base(tally, lead, closer, 0.0, 1.0, size)
        for role, share in servers.items():
            stay = share * (1 - self._terms.loss)
            tally[("customers_lost_in_hand_off",)] += share * self._terms.loss
            pace = self._masteries(role, "serve").pace
            tally.work(role, "serve", 0.0, stay * self._terms.extra_work / pace)
            self._base(tally, lead, role, 0.0, stay, size)
        return tally

    def of_base(self, lead: LeadClass, size: float) -> Tally:
        """What one customer of the first day, of a mean deal size (money), brings a month on average."""
        return self.of_held(lead, "", size)

    def of_held(self, lead: LeadClass, server: str, size: float, kind: int | None = None) -> Tally:
        """The same of one that a role serves at first; those whom nobody serves any more go to who takes them.

        `kind`: number of its kind; None: of all kinds, as they are on the first day.
        """
        tally, roles = Tally(), self._structure.roles
        stays = server in roles and roles[server].headcount > 0 and first_duty(roles[server], "serve", lead)
        servers = {server: 1.0} if stays else takers(self._structure, "serve", lead) or {"": 1.0}
        for role, share in servers.items():
            self._base(tally, lead, role, share, 0.0, size, kind)
        return tally

    def _base(
        self,
        tally: Tally,
        lead: LeadClass,
        server: str,
        initial: float,
        inflow: float,
        size: float,
        only: int | None = None,
    ) -> None:
        """Customers held by a role: so many on the first day, so many coming a month; `only`: of one kind alone."""
        spec, roles = self._spec(lead), self._structure.roles
        loyalty = self._structure.loyalty
        hold = self._masteries(server, "serve").hold
        carers = self._carers(lead, server)
        product = self._market.products[lead.product]
        churn = spec.churn_per_year / 12 * product.leaving * (1.0 if loyalty is None else loyalty.churn) / hold
        larger = product.volume
        if spec.care is not None and carers:
            covered = self._covered(carers, spec.care)
            churn *= 1.0 - spec.care.churn * covered
            larger *= 1.0 + spec.care.order_size * covered
        growth = yearly_force(spec.growth_per_year) / 12 + self._upsells(lead, server)
        trend = product.trend * MONTH
        grown = math.exp(product.trend * self._since)
        serves = server in roles and first_duty(roles[server], "serve", lead) is not None
        pace = self._masteries(server, "serve").pace
        needs_nobody = spec.order_work.mean == 0
        rate = per_month(spec.order_every) * (1.0 if loyalty is None else loyalty.orders)
        end = self._begin + self._length
        count = ordering = ordered = 0.0  # customers; the same by how often they order, and by what they order
        young, paid_for = 0.0, roles[server].pay.commission.repeat_months if server in roles else None
        factor = self._market.initial.customer_size if initial and only is None else 1.0
        for number, kind in enumerate(self._kinds(lead, factor)):
            if only is not None and number != only:
                continue
            there, coming = initial * (kind.there if only is None else 1.0), inflow * kind.weight
            leaving = churn * kind.churn
            if kind.drop_out and (serves or needs_nobody):
                leaving += rate * kind.rate * kind.drop_out
            here = mean_level(there, coming, leaving, self._begin, self._length)
            count += here
            ordering += kind.rate * here
            sized = mean_grown((there, coming, leaving - growth), trend, self._begin, self._length) * grown
            ordered += kind.rate * kind.size * sized
            if paid_for is not None:
                since, decay = self._begin + self._since / MONTH, leaving - growth
                recent = mean_young(coming, decay, trend, since, self._length, paid_for)
                young += kind.rate * kind.size * recent
            left = size / product.price * level_at(there, coming, leaving - growth, end)
            tally[("held", lead, server, number)] += level_at(there, coming, leaving, end)
            tally[("held_volume", lead, server, number)] += left
        orders = rate * ordering
        tally[("customers", lead.channel, lead.product)] += count

        tally[("orders",)] += orders
        tally[("requests",)] += spec.requests_per_month * count
        if serves and not needs_nobody:
            tally.work(server, "serve", orders, orders * spec.order_work.mean / pace)
        if serves and spec.requests_per_month > 0:
            requests = spec.requests_per_month * count
            tally.work(server, "serve", requests, requests * spec.request_work.mean / pace)
        if serves or needs_nobody:
            worth = ordered / ordering if ordering else 1.0
            payee = "" if needs_nobody else server
            mean = size * spec.order_size * larger
            self._sale(tally, lead, server, orders, mean * worth, "orders", payee)
            if paid_for is not None:
                tally[("revenue_by", payee, "young")] += rate * young * mean
                tally[("margin_by", payee, "young")] += rate * young * mean * _margin_share(product)
        self._upsell_work(tally, lead, server, count)
        if spec.care is not None:
            for role, share in carers.items():
                calls = share * count * spec.care.rate(roles[role].care_per_month)
                tally.work(role, "care", calls, calls * spec.care.work.mean / self._masteries(role, "care").pace)

    def _kinds(self, lead: LeadClass, factor: float) -> tuple[Kind, ...]:
        """The kinds of customers of a class; those of a list are kinds of their own, of whom no more come."""
        found = kinds(self._market, lead, factor)
        if not self._market.initial.buyers:
            return found
        if lead not in self._listed:
            self._listed[lead] = listed_kinds(self._market, lead)
        return (*(kind._replace(there=0.0) for kind in found), *self._listed[lead])

    def _carers(self, lead: LeadClass, server: str) -> dict[str, float]:
        """Who calls customers that asked for nothing, with their shares."""
        return {name: share for name, share in self._doers(lead, server, "care").items() if name in self._cared}

    def _covered(self, carers: Mapping[str, float], care: Care) -> float:
        """Share of the time that a customer is cared for, by contacts at regular intervals."""
        roles = self._structure.roles
        rate = sum(share * self._cared[name] * care.rate(roles[name].care_per_month) for name, share in carers.items())
        return care.covered(rate)

    def _sale(
        self,
        tally: Tally,
        lead: LeadClass,
        holder: str,
        sales: float,
        size: float,
        kind: str,
        payee: str | None = None,
    ) -> None:
        """So many sales a month of a kind ('deals', 'orders'): money, papers, reminders."""
        product, channel = self._market.products[lead.product], self._market.channels[lead.channel]
        payment = self._spec(lead).payment
        revenue = sales * size
        margin = revenue * _margin_share(product)
        tally[("revenue", kind)] += revenue
        tally[("margin", kind)] += margin
        tally[("given_away",)] += revenue * channel.share_of_revenue + margin * channel.share_of_margin
        by = holder if payee is None else payee
        tally[("revenue_by", by, kind)] += revenue
        tally[("margin_by", by, kind)] += margin
        if product.paperwork.mean > 0:
            tally[("papers",)] += sales
            self._stays(tally, lead, holder, "paperwork", sales, product.paperwork.mean)
        if payment.late_share > 0:
            reminders = sales * payment.late_share
            tally[("reminders",)] += reminders
            self._stays(tally, lead, holder, "collect", reminders, payment.reminder_work.mean)

    def _stays(
        self, tally: Tally, lead: LeadClass, holder: str, activity: Activity, pieces: float, work: float
    ) -> None:
        """Work for the role that holds the customer where it does such work, else for those who do."""
        for role, share in self._doers(lead, holder, activity).items():
            pace = self._masteries(role, activity).pace
            tally.work(role, activity, share * pieces, share * pieces * work / pace)

    def _doers(self, lead: LeadClass, holder: str, activity: Activity) -> dict[str, float]:
        roles = self._structure.roles
        if holder in roles and first_duty(roles[holder], activity, lead):
            return {holder: 1.0}
        return takers(self._structure, activity, lead)

    def _upsells(self, lead: LeadClass, server: str) -> float:
        """Growth of one customer's orders by upsells, a month (continuous)."""
        spec = self._spec(lead).upsell
        rate = per_month(spec.every)
        if rate == 0:
            return 0.0
        shift = self._market.channels[lead.channel].upsell
        growth = 0.0
        for role, share in self._doers(lead, server, "upsell").items():
            skill = self._masteries(role, "upsell")
            growth += spec.growth(share, shift + skill.odds, skill.growth)
        return rate * growth

    def _upsell_work(self, tally: Tally, lead: LeadClass, server: str, count: float) -> None:
        spec = self._spec(lead).upsell
        proposals = per_month(spec.every) * count
        if proposals == 0:
            return
        doers = self._doers(lead, server, "upsell")
        tally[("upsells",)] += proposals if doers else 0.0
        self._stays(tally, lead, server, "upsell", proposals, spec.work.mean)
