"""Hand-made records of a run, for tests of what is computed from them. Times are hours since the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.department.record import (
    LOST,
    OPEN,
    REASONS,
    SALE_KINDS,
    WON,
    CustomerColumns,
    LeadColumns,
    Record,
    SaleColumns,
)
from simulation.scenario.loader import load_text
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.world import World

DAY = 24.0
STATES = {"open": OPEN, "won": WON, "lost": LOST}

BASE = """
version: 1
title: Hand-made
experiment: {start: 2026-01-01, months: 12, replications: 4, seed: 1}
calendar: {around_the_clock: true}
market:
  channels:
    site: {kind: inbound, leads_per_month: 10}
    calls: {kind: outbound}
    dealer: {kind: distributor, orders_per_month: 1, discount: 20 %}
  products:
    crm: {deal: 1000, gross_margin: 40 %}
    audit: {deal: 500, gross_margin: 50 %, repeat: false}
structures:
  pair:
    roles:
      seller: {headcount: 2, activities: [qualify, sell, serve, prospect], pay: {base: 100}}
      clerk: {headcount: 1, support: true, pay: {base: 50}}
"""


def scenario(extra: Mapping[str, Any] | None = None, text: str = BASE) -> Scenario:
    """The small scenario of these tests, with values at dotted paths replaced."""
    return load_text(text, "hand-made.yaml", dict(extra or {}))


def record(
    made_for: Scenario,
    structure: str = "pair",
    *,
    leads: Sequence[Mapping[str, Any]] = (),
    sales: Sequence[Mapping[str, Any]] = (),
    customers: Sequence[Mapping[str, Any]] = (),
    replication: int = 0,
    **columns: Any,
) -> Record:
    """A record of a structure; rows as mappings, what is left out has a harmless value.

    Leads: arrived, state ('open'), reason, closed, answered, qualified, channel, product (by name), stage,
    size, initial, found, hand_offs. Sales: time, kind ('deal'), revenue, margin, paid, seat, channel,
    product. Customers: since, until, initial, order_size, channel, product. `columns` replaces busy,
    repetitions, waited, present, attempts, waiting, customers_at, qualified_by or distributor_exits.
    """
    world = World(made_for, replication)
    edges = np.array(world.month_edges[made_for.experiment.warm_up :])
    months = len(edges) - 1
    channels, products = tuple(made_for.market.channels), tuple(made_for.market.products)
    roles = made_for.structures[structure].roles
    working = [n for n, role in enumerate(roles.values()) if not role.support for _ in range(role.headcount)]
    support = [n for n, role in enumerate(roles.values()) if role.support for _ in range(role.headcount)]
    seats = len(working) + len(support)

    def column(rows: Sequence[Mapping[str, Any]], name: str, default: Any, kind: type) -> Any:
        return np.array([row.get(name, default) for row in rows], dtype=kind)

    def index(rows: Sequence[Mapping[str, Any]], name: str, names: Sequence[str]) -> Any:
        return np.array([names.index(row.get(name, names[0])) for row in rows], dtype=np.int64)

    made: dict[str, Any] = {
        "busy": np.zeros((seats, len(ACTIVITIES), months)),
        "repetitions": np.zeros((seats, len(ACTIVITIES), months)),
        "waited": np.zeros((seats, len(ACTIVITIES), months)),
        "present": np.full((seats, months), 100.0),
        "attempts": np.zeros((len(channels), months)),
        "waiting": np.zeros((len(ACTIVITIES), months)),
        "customers_at": np.zeros(months),
        "qualified_by": np.zeros((len(roles), months)),
        "distributor_exits": np.full(len(channels), np.nan),
    }
    return Record(
        structure=structure,
        replication=replication,
        begin=float(edges[0]),
        end=float(edges[-1]),
        month_edges=edges,
        channels=channels,
        products=products,
        stages=tuple(stage.name for stage in made_for.market.stages),
        roles=tuple(roles),
        activities=ACTIVITIES,
        seat_role=np.array(working + support, dtype=np.int64),
        leads=LeadColumns(
            uid=[f"lead/{n}" for n in range(len(leads))],
            channel=index(leads, "channel", channels),
            product=index(leads, "product", products),
            arrived=column(leads, "arrived", 0.0, float),
            initial=column(leads, "initial", False, bool),
            found=column(leads, "found", False, bool),
            fit=column(leads, "fit", True, bool),
            answered=column(leads, "answered", np.nan, float),
            qualified=column(leads, "qualified", np.nan, float),
            stage=column(leads, "stage", 0, int),
            state=np.array([STATES[row.get("state", "open")] for row in leads], dtype=np.int64),
            reason=index(leads, "reason", REASONS),
            closed=column(leads, "closed", np.nan, float),
            size=column(leads, "size", 1000.0, float),
            hand_offs=column(leads, "hand_offs", 0, int),
        ),
        sales=SaleColumns(
            time=column(sales, "time", 0.0, float),
            kind=index(sales, "kind", SALE_KINDS),
            lead=column(sales, "lead", -1, int),
            customer=column(sales, "customer", -1, int),
            channel=index(sales, "channel", channels),
            product=index(sales, "product", products),
            seat=column(sales, "seat", -1, int),
            revenue=column(sales, "revenue", 1000.0, float),
            margin=column(sales, "margin", 400.0, float),
            paid=np.array([row.get("paid", row.get("time", 0.0)) for row in sales], dtype=float),
        ),
        customers=CustomerColumns(
            uid=[f"customer/{n}" for n in range(len(customers))],
            channel=index(customers, "channel", channels),
            product=index(customers, "product", products),
            initial=column(customers, "initial", False, bool),
            since=column(customers, "since", 0.0, float),
            until=column(customers, "until", np.nan, float),
            reason=["" if np.isnan(row.get("until", np.nan)) else "churn" for row in customers],
            order_size=column(customers, "order_size", 1000.0, float),
        ),
        activities_done=0,
        **(made | columns),
    )


def engine(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """A stand-in for the simulation: a few deals whose sizes depend on the year, and more of them by structure.

    The n-th structure of the scenario sells n per cent more, in every year.
    """
    luck = world.streams.uniforms("fake", 12)
    better = 1 + 0.01 * list(made_for.structures).index(structure)
    sizes = [1000 * float(u) * better for u in luck[: made_for.experiment.months]]
    sales = [{"time": (30 * m + 1) * DAY, "revenue": size, "margin": 0.4 * size} for m, size in enumerate(sizes)]
    made = record(made_for, structure, sales=sales, replication=world.replication)
    if events:
        made.events.append(("deal/0", "sell", "seller-1", "seller", 9.0, 10.5, "won"))
    return made


def failing_engine(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """The same, but replication 2 breaks under the last structure."""
    if world.replication == 2 and structure == list(made_for.structures)[-1]:
        raise ZeroDivisionError("nobody is left")
    return engine(made_for, structure, world, events)
