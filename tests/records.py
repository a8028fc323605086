"""Hand-made records of a run, for tests of what is computed from them. Times are hours since the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import (
    EXPECTED,
    LEAVING,
    LOST,
    OPEN,
    REASONS,
    SALE_KINDS,
    WON,
    CustomerColumns,
    LeadColumns,
    OrderColumns,
    Record,
    SaleColumns,
    StaffColumns,
    VacancyColumns,
)
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
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
    orders: Sequence[Mapping[str, Any]] = (),
    staff: Sequence[Mapping[str, Any]] | None = None,
    vacancies: Sequence[Mapping[str, Any]] = (),
    replication: int = 0,
    **columns: Any,
) -> Record:
    """A record of a structure; rows as mappings, what is left out has a harmless value.

    Leads: arrived, state ('open'), reason, closed, answered, qualified, channel, product (by name), stage,
    size, initial, found, hand_offs. Sales: time, kind ('deal'), revenue, margin, paid, seat, channel,
    product. Customers: since, until, reason ('churn' where it left), initial, order_size, channel, product.
    Orders: placed, worked, billed, worth, customer (row).
    Staff: place, hire, hired, begin, end, reason, notice, trained, proficient, short, named; one spell of the whole
    time at each place when None. Vacancies: seat, role (by name), opened, searched, filled. `columns` replaces any
    array; staffed, training, ramped and effective follow from the staff, everybody trained fully proficient.
    """
    world = World(made_for, replication)
    edges = np.array(world.month_edges[made_for.experiment.warm_up :])
    months = len(edges) - 1
    channels, products = tuple(made_for.market.channels), tuple(made_for.market.products)
    roles = made_for.structures[structure].roles
    working = [n for n, role in enumerate(roles.values()) if not role.support for _ in range(role.headcount)]
    support = [n for n, role in enumerate(roles.values()) if role.support for _ in range(role.headcount)]
    seat_role = np.array(working + support, dtype=np.int64)
    seats = len(seat_role)

    def column(rows: Sequence[Mapping[str, Any]], name: str, default: Any, kind: type) -> Any:
        return np.array([row.get(name, default) for row in rows], dtype=kind)

    def index(rows: Sequence[Mapping[str, Any]], name: str, names: Sequence[str]) -> Any:
        return np.array([names.index(row.get(name, names[0])) for row in rows], dtype=np.int64)

    people = _staff(staff, seat_role)
    heads = np.array([float(role.headcount) for role in roles.values()])
    staffed = _mean_number(people.role, people.begin, people.end, edges, len(roles))
    training = _mean_number(people.role, people.begin, people.trained, edges, len(roles))
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
        "positions": np.repeat(heads[:, None], months, axis=1),
        "staffed": staffed,
        "training": training,
        "ramped": staffed - training,
        "effective": staffed - training,
        "overdue": np.zeros((len(roles), len(ACTIVITIES), months)),
        "overdue_end": np.zeros((len(roles), len(ACTIVITIES))),
        "expected": np.zeros((len(roles), len(EXPECTED))),
        "head_load": np.full(months, np.nan),
        "coached": np.ones(months),
        "adoption": np.zeros(months),
        "crm_failed": False,
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
        seat_role=seat_role,
        seats=np.arange(seats),
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
            entered=_entered(leads, made_for),
            state=np.array([STATES[row.get("state", "open")] for row in leads], dtype=np.int64),
            reason=index(leads, "reason", REASONS),
            in_vain=column(leads, "in_vain", False, bool),
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
            reason=["" if np.isnan(row.get("until", np.nan)) else row.get("reason", "churn") for row in customers],
            order_size=column(customers, "order_size", 1000.0, float),
        ),
        orders=OrderColumns(
            placed=column(orders, "placed", 0.0, float),
            worked=column(orders, "worked", np.nan, float),
            billed=column(orders, "billed", np.nan, float),
            worth=column(orders, "worth", 1000.0, float),
            customer=column(orders, "customer", 0, int),
        ),
        activities_done=0,
        staff=people,
        vacancies=VacancyColumns(
            seat=column(vacancies, "seat", 0, int),
            role=index(vacancies, "role", tuple(roles)),
            opened=column(vacancies, "opened", 0.0, float),
            searched=np.array([row.get("searched", row.get("opened", 0.0)) for row in vacancies], dtype=float),
            filled=column(vacancies, "filled", np.nan, float),
        ),
        **(made | columns),
    )


def _entered(rows: Sequence[Mapping[str, Any]], made_for: Scenario) -> NDArray[np.float64]:
    """When each lead came into qualification and each stage: `entered`, else all of them when it arrived."""
    market = made_for.market
    found = np.full((len(rows), len(market.stages) + 1), np.nan)
    for row, times in zip(rows, found, strict=True):
        first = 0 if market.qualification is not None and not row.get("initial", False) else 1
        given = row.get("entered", [row.get("arrived", 0.0)] * (2 - first + row.get("stage", 0)))
        times[first : first + len(given)] = given[: len(times) - first]
    return found


def _staff(rows: Sequence[Mapping[str, Any]] | None, seat_role: NDArray[np.int64]) -> StaffColumns:
    """Spells: who is there on the first day came a year before and is proficient, who is hired starts afresh."""
    rows = [{"place": place} for place in range(len(seat_role))] if rows is None else rows
    place = np.array([row.get("place", 0) for row in rows], dtype=np.int64)
    hire = np.array([row.get("hire", 0) for row in rows], dtype=np.int64)
    begin = np.array([row.get("begin", 0.0) for row in rows], dtype=float)

    def times(name: str, default: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([row.get(name, value) for row, value in zip(rows, default, strict=True)], dtype=float)

    nothing = np.full(len(rows), np.nan)
    return StaffColumns(
        seat=place,
        hire=hire,
        place=place,
        role=seat_role[place],
        hired=times("hired", np.where(hire > 0, begin, begin - 365 * DAY)),
        begin=begin,
        end=times("end", nothing),
        reason=np.array([LEAVING.index(row.get("reason", "")) for row in rows], dtype=np.int64),
        notice=times("notice", nothing),
        trained=times("trained", begin),
        proficient=times("proficient", np.where(hire > 0, np.nan, begin)),
        short=times("short", np.zeros(len(rows))),
        named=np.array([row.get("named", -1) for row in rows], dtype=np.int64),
        share=times("share", np.ones(len(rows))),
    )


def _mean_number(
    role: NDArray[np.int64],
    begin: NDArray[np.float64],
    end: NDArray[np.float64],
    edges: NDArray[np.float64],
    roles: int,
) -> NDArray[np.float64]:
    """Mean number of people in [begin, end) by role and month; no end: they are still there."""
    until = np.where(np.isnan(end), np.inf, end)[:, None]
    inside = np.maximum(np.minimum(edges[1:], until) - np.maximum(edges[:-1], begin[:, None]), 0.0) / np.diff(edges)
    table = np.zeros((roles, len(edges) - 1))
    np.add.at(table, role, inside)
    return table


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
        made.events.append(("deal/0", "sell", "seller-1", "seller", 9.0, 10.5, "won", 0.0))
    return made


def failing_engine(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """The same, but replication 2 breaks under the last structure."""
    if world.replication == 2 and structure == list(made_for.structures)[-1]:
        raise ZeroDivisionError("nobody is left")
    return engine(made_for, structure, world, events)
