"""Who does what: which role takes which work, read from the duties of a structure.

A class is a combination of channel, product and size band; the edges of the bands are the `deal_from` and
`deal_below` of the duties. Overflow duties are help, not first duty: ``matches`` leaves it to the caller to
tell them apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from simulation.scenario.market import DEFAULT, Market
from simulation.scenario.people import Activity
from simulation.scenario.structures import Duty, Role, Structure
from simulation.texts import worded


@dataclass(frozen=True)
class LeadClass:
    """Leads or customers of one channel and product whose deal size lies in [low, high), money."""

    channel: str
    product: str
    low: float = 0.0
    high: float = math.inf
    process: str = DEFAULT


def size_bands(structure: Structure) -> tuple[tuple[float, float], ...]:
    """The bands of deal sizes, (low, high), that the structure's duties tell apart."""
    edges = {
        edge
        for role in structure.roles.values()
        for duty in role.activities
        for edge in (duty.deal_from, duty.deal_below)
        if edge is not None and edge > 0
    }
    cuts = [0.0, *sorted(edges), math.inf]
    return tuple(zip(cuts[:-1], cuts[1:], strict=True))


def product_shares(market: Market, channel: str) -> dict[str, float]:
    """Shares of the products that a channel's leads ask for; they add to one.

    Products that nobody asks for are left out. Raises ValueError when every weight is zero.
    """
    weights = market.channels[channel].products or dict.fromkeys(market.products, 1.0)
    total = math.fsum(weights.values())
    if total <= 0:
        raise ValueError(worded("channel-weights-zero", channel=repr(channel)))
    return {name: weights[name] / total for name in market.products if weights.get(name, 0.0) > 0}


def classes_of(market: Market, structure: Structure, channel: str) -> Iterator[LeadClass]:
    """The classes of a channel's leads, whether or not a lead of a size band ever comes."""
    for product in product_shares(market, channel):
        for low, high in size_bands(structure):
            yield LeadClass(channel, product, low, high, market.process_of(channel, product))


def matches(duty: Duty, activity: Activity, lead: LeadClass, stage: str | None = None) -> bool:
    """Whether the duty covers an activity (`sell`: a stage of it) for a class."""
    if duty.activity != activity:
        return False
    if activity == "sell" and duty.stages is not None and stage not in duty.stages:
        return False
    if duty.channels is not None and lead.channel not in duty.channels:
        return False
    if duty.products is not None and lead.product not in duty.products:
        return False
    if duty.deal_from is not None and lead.low < duty.deal_from:
        return False
    return duty.deal_below is None or lead.high <= duty.deal_below


def serves(role: Role, lead: LeadClass) -> bool:
    """Whether a role works for leads and customers of a class's process."""
    return role.processes is None or lead.process in role.processes


def first_duty(role: Role, activity: Activity, lead: LeadClass, stage: str | None = None) -> Duty | None:
    """The role's first duty that covers the work without being mere overflow, or None."""
    if not serves(role, lead):
        return None
    for duty in role.activities:
        if duty.overflow is None and matches(duty, activity, lead, stage):
            return duty
    return None


def helps(role: Role, activity: Activity, lead: LeadClass, stage: str | None = None) -> bool:
    """Whether the role does the work at all, were it only as overflow."""
    return serves(role, lead) and any(matches(duty, activity, lead, stage) for duty in role.activities)


def _filters(duty: Duty, role: Role) -> tuple[object, ...]:
    return role.processes, duty.stages, duty.channels, duty.products, duty.deal_from, duty.deal_below


def takers(structure: Structure, activity: Activity, lead: LeadClass, stage: str | None = None) -> dict[str, float]:
    """The roles that take new work of a class, with the share that each takes; empty when nobody does it.

    The first role listed takes it all where whoever is free takes it (`new_work: shared` in all of them). Roles share
    it by heads where some of them have new work given out in turn, or where their duties have different filters that
    overlap. Roles without people
    take nothing while another one has some; overflow counts only where nobody has the work as a first duty.
    """
    roles = structure.roles
    able = {name: duty for name in roles if (duty := first_duty(roles[name], activity, lead, stage))}
    if not able:
        able = {
            name: duty
            for name, role in roles.items()
            for duty in reversed(role.activities)
            if serves(role, lead) and matches(duty, activity, lead, stage)
        }
    staffed = {name: duty for name, duty in able.items() if roles[name].headcount > 0} or able
    if not staffed:
        return {}
    first = next(iter(staffed))
    if not any(roles[name].new_work == "assigned" for name in staffed):
        filters = {name: _filters(duty, roles[name]) for name, duty in staffed.items()}
        staffed = {name: duty for name, duty in staffed.items() if name == first or filters[name] != filters[first]}
    heads = sum(roles[name].headcount for name in staffed)
    return {name: roles[name].headcount / heads if heads else 1 / len(staffed) for name in staffed}


def beside(structure: Structure, name: str) -> dict[str, tuple[str, ...]]:
    """Other roles with people that may do just the same work of an activity, by activity; none where nobody may."""
    own = structure.roles[name]
    mine = {duty.activity: _filters(duty, own) for duty in reversed(own.activities) if duty.overflow is None}
    others = {
        other: {duty.activity: _filters(duty, role) for duty in reversed(role.activities)}
        for other, role in structure.roles.items()
        if other != name and role.headcount
    }
    found = {
        activity: tuple(other for other, does in others.items() if does.get(activity) == filters)
        for activity, filters in mine.items()
    }
    return {activity: roles for activity, roles in found.items() if roles}


def prospects(role: Role, channel: str, market: Market) -> bool:
    """Whether the role makes attempts at an outbound channel."""
    return any(duty_prospects(role, duty, channel, market) for duty in role.activities)


def duty_prospects(role: Role, duty: Duty, channel: str, market: Market) -> bool:
    """Whether a duty of a role is attempts at an outbound channel, which brings leads of the role's processes."""
    if duty.activity != "prospect" or not (duty.channels is None or channel in duty.channels):
        return False
    if role.processes is None:
        return True
    return any(market.process_of(channel, product) in role.processes for product in product_shares(market, channel))


def shares_at(market: Market, channel: str, stage: int) -> dict[str, float]:
    """Share of each product among a channel's leads at a stage (its number among all): of those that come there."""
    name = next(name for name in reversed(market.sold) if market.stages_before(name) <= stage)
    shares = {p: s for p, s in product_shares(market, channel).items() if market.process_of(channel, p) == name}
    return {product: share / sum(shares.values()) for product, share in shares.items()}


def owners(structure: Structure) -> dict[str, tuple[int, ...]]:
    """Numbers of the working seats by the names that an owner may have: of the role, and of each of its seats."""
    found: dict[str, tuple[int, ...]] = {}
    first = 0
    for name, role in structure.roles.items():
        if not role.support:
            seats = tuple(range(first, first + role.headcount))
            named = [row.name for row in structure.staff if row.role == name]
            names = [*named, *(f"{name}-{k}" for k in range(len(named) + 1, len(seats) + 1))]
            found |= {name: seats} | {each: (seat,) for each, seat in zip(names, seats, strict=False)}
            first += role.headcount
    return found
