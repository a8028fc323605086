"""Arrivals: rates as asked for, and a lead that never changes whatever else does."""

import numpy as np
import pytest
from scipy import stats

from simulation.department import simulate
from simulation.scenario.scenario import Scenario
from simulation.world import World
from simulation.world.arrivals import strip_edges
from simulation.written.readers import MONTH
from tests.scripted import small

SITE = "market.channels.site"
OFFICE = {"calendar": {"week": ["mon", "tue", "wed", "thu", "fri"], "hours": "09:00-18:00"}}
ROLES = {"seller": {"headcount": 2, "activities": ["qualify", "sell", "serve", "prospect"]}}
# channels with everything that moves the rate
WILD = {
    "plain": {},
    "seasonal": {"seasonality": [0.2, 1.8] * 6},
    "growing": {"trend_per_year": 0.9},
    "shrinking": {"trend_per_year": -0.6},
    "overdispersed": {"overdispersion": 0.6},
    "in the office's hours": {"arrival_hours": "working hours"},
    "by weekday and hour": {
        "arrivals": {"weekdays": [1.5, 1, 1, 1, 1.5, 0.5, 0.5], "hours": [0] * 12 + [2] * 12, "holidays": 0.3}
    },
    "in bursts": {"bursts": {"cv": 0.6, "memory": 0.5, "common": 0.4}},
    "all": {
        "seasonality": [0.2, 1.8] * 6,
        "trend_per_year": 0.9,
        "overdispersion": 0.6,
        "arrival_hours": "working hours",
    },
}
PER_LEAD = ("patience", "fit", "late", "stage.sale.work", "stage.sale.decision", "deal", "customer.leave")
SERIES = ("customer.order.gap", "customer.order.size", "customer.request.gap")


def site(rate: float, months: int = 12, extra: dict | None = None, changes: dict | None = None) -> Scenario:
    return small(
        {
            SITE: {"kind": "inbound", "leads_per_month": rate} | (extra or {}),
            "experiment.months": months,
            **(changes or {}),
        },
        roles=ROLES,
    )


def leads(world: World, channel: str = "site") -> dict[str, tuple[float, ...]]:
    """Everything that is known of each lead of a channel, by its name."""
    stock = world.leads(channel)
    columns = [stock.column(name, variant="as drawn") for name in PER_LEAD]
    out = {}
    for i, at in enumerate(stock.arrivals):
        own = [column[i] for column in columns]
        own += [number for name in SERIES for block in (0, 1) for number in stock.series(name, i, block)]
        out[stock.uid(i)] = (at, *own)
    return out


@pytest.mark.parametrize("kind", WILD)
@pytest.mark.parametrize("replication", [0, 1])
def test_raising_a_rate_only_adds_leads(kind, replication):
    found = [leads(World(site(rate, extra=WILD[kind], changes=OFFICE), replication)) for rate in (3, 12, 13, 90)]
    for fewer, more in zip(found, found[1:], strict=False):
        assert len(fewer) < len(more)
        assert {uid: more[uid] for uid in fewer} == fewer


@pytest.mark.parametrize("kind", WILD)
@pytest.mark.parametrize("calendar", [{}, OFFICE], ids=["around the clock", "office"])
def test_a_later_end_adds_leads_and_changes_none(kind, calendar):
    found = [leads(World(site(30, months, WILD[kind], calendar), 4)) for months in (2, 12, 31)]
    for shorter, longer in zip(found, found[1:], strict=False):
        assert len(shorter) < len(longer)
        assert {uid: longer[uid] for uid in shorter} == shorter


def test_a_longer_warm_up_leaves_the_number_of_the_streams_as_it_was():
    # the start moves to the front, so that it is the hours since the start that are kept
    plain = leads(World(site(30), 0))
    warm = leads(World(site(30, changes={"experiment.warm_up": 3}), 0))
    assert {uid: warm[uid] for uid in plain if uid in warm} == {uid: plain[uid] for uid in plain if uid in warm}
    assert len(warm) > len(plain)


CHANGES = {
    "a channel": {"market.channels.more": {"kind": "inbound", "leads_per_month": 50}},
    "a channel before the others": {
        "market.channels": {
            "more": {"kind": "partner", "leads_per_month": 50},
            "site": {"kind": "inbound", "leads_per_month": 30},
            "calls": {"kind": "outbound"},
        }
    },
    "another rate": {"market.channels.calls.find_probability": 0.5},
    "a product": {"market.products.other": {"deal": {"exponential": 7}, "gross_margin": 0.1}},
    "a stage": {"market.stages": [{"name": "sale", "work": "1 h"}, {"name": "then", "work": {"exponential": "2 h"}}]},
    "talents": {"people.talent": {"sd": 0.4}, "people.absence": {"sick_days": 20}},
    "customers and pipeline": {
        "market.products.thing.repeat": True,
        "market.initial": {"customers": 9, "pipeline": 9},
    },
    "a calendar": OFFICE,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_elsewhere_changes_no_lead(change):
    calls = {"market.channels.calls": {"kind": "outbound"}}
    plain = World(site(30, changes=calls), 2)
    other = World(site(30, changes=calls | CHANGES[change]), 2)
    assert leads(plain) == leads(other)
    for channel in ("calls",):
        for world in (plain, other):
            world.leads(channel).ensure(40)
        assert [plain.leads(channel).column(name)[:40] for name in PER_LEAD] == [
            other.leads(channel).column(name)[:40] for name in PER_LEAD
        ]


def test_roles_and_structures_change_no_number():
    few = {"plain": {"roles": ROLES}}
    many = {
        "other": {"roles": {"a": {"headcount": 6, "activities": ["sell"]}, **ROLES}, "pods": 2},
        "plain": {"roles": ROLES},
    }
    spec = {SITE: {"kind": "inbound", "leads_per_month": 30}, "experiment.months": 12}
    one, other = World(small(spec, structures=few), 0), World(small(spec, structures=many), 0)
    # what a structure has made of the year leaves no trace in it
    simulate(other.scenario, "other", other)
    assert leads(one) == leads(other)
    assert one.crowd.talent(5).tolist() == other.crowd.talent(5).tolist()


def test_a_channel_that_is_switched_off_brings_nothing():
    assert len(World(site(30, extra={"active": False}), 0).leads("site")) == 0


def test_leads_come_in_order_within_the_horizon_and_with_names_of_their_own():
    world = World(site(200, extra=WILD["all"], changes=OFFICE), 0)
    stock = world.leads("site")
    times = np.array(stock.arrivals)
    assert np.all(np.diff(times) >= 0)
    assert times[0] >= 0
    assert times[-1] < world.end
    assert len({stock.uid(i) for i in range(len(stock))}) == len(stock)
    assert all(stock.uid(i).startswith("site/") for i in range(len(stock)))


def counts(scenario: Scenario, replications: int) -> np.ndarray:
    """Leads by replication and month."""
    rows = []
    for replication in range(replications):
        world = World(scenario, replication)
        rows.append(np.histogram(world.leads("site").arrivals, bins=world.month_edges)[0])
    return np.array(rows)


def hours_in_months(scenario: Scenario) -> np.ndarray:
    return np.diff(World(scenario, 0).month_edges)


@pytest.mark.parametrize("rate", [5, 45])
def test_leads_come_as_a_poisson_process(rate):
    n = 120
    found = counts(site(rate), n)
    totals = found.sum(axis=1)
    expected = rate * hours_in_months(site(rate)).sum() / MONTH
    assert totals.mean() == pytest.approx(expected, abs=4 * (expected / n) ** 0.5)
    # the variance of a Poisson count is its mean; its estimate has the relative error sqrt(2 / (n - 1))
    assert totals.var(ddof=1) == pytest.approx(expected, rel=4 * (2 / (n - 1)) ** 0.5)
    world = World(site(rate, months=120), 0)
    gaps = np.diff(world.leads("site").arrivals)
    assert stats.kstest(gaps / (MONTH / rate), "expon").pvalue > 1e-3


def test_months_follow_the_seasonality_and_the_trend():
    n = 100
    season = [0.5, 1.5, 1, 1, 1, 1, 1, 1, 1, 1, 0.25, 1.75]
    scenario = site(60, extra={"seasonality": season, "trend_per_year": 0.5})
    edges = np.array(World(scenario, 0).month_edges)
    # integral of the rate over each month
    rate = 60 / MONTH * 8766 / np.log(1.5)
    expected = np.array(season) * rate * np.diff(1.5 ** (edges / 8766))
    found = counts(scenario, n).mean(axis=0)
    assert np.abs(found - expected).max() < 4.5 * (expected.max() / n) ** 0.5
    assert found[10] < 0.3 * found[11]


def test_overdispersion_adds_the_variance_of_its_gamma_factor():
    n, cv = 200, 0.8
    scenario = site(60, extra={"overdispersion": cv})
    mean = 60 * hours_in_months(scenario) / MONTH
    found = counts(scenario, n)
    variance = mean + (cv * mean) ** 2
    assert np.abs(found.mean(axis=0) - mean).max() < 4.5 * (variance.max() / n) ** 0.5
    standard = ((found - mean) ** 2 / variance).mean()
    # the fourth moment of a gamma with this cv is 3 + 6 cv^2 variances
    assert standard == pytest.approx(1, abs=4 * ((2 + 6 * cv**2) / found.size) ** 0.5)


def test_arrivals_in_working_hours_keep_to_them_and_to_the_monthly_total():
    n = 60
    scenario = site(50, extra={"arrival_hours": "working hours"}, changes=OFFICE)
    total = 0
    for replication in range(n):
        world = World(scenario, replication)
        times = world.leads("site").arrivals
        assert all(world.calendar.is_open(at) for at in times)
        total += len(times)
    expected = 50 * World(scenario, 0).end / MONTH
    assert total / n == pytest.approx(expected, rel=0.02, abs=4 * (expected / n) ** 0.5)


def test_the_strips_do_not_depend_on_the_rate():
    assert strip_edges(0) == [0, 8]
    assert strip_edges(8) == [0, 8]
    assert strip_edges(9) == [0, 8, 16]
    assert strip_edges(100) == [0, 8, 16, 32, 64, 128]


def distributor(**changes: object) -> Scenario:
    spec = {"kind": "distributor", "orders_per_month": 60, "exits_per_year": 0, **changes}
    return small({"market.channels.dealer": spec, "experiment.months": 12})


def orders(scenario: Scenario, replications: int, edges: list[float]) -> np.ndarray:
    rows = [
        np.histogram(World(scenario, replication).leads("dealer").arrivals, bins=edges)[0]
        for replication in range(replications)
    ]
    return np.mean(rows, axis=0)


def test_a_distributor_grows_in_a_straight_line_to_its_full_volume():
    n, edges = 60, [0, 2191.5, 4383.0, 8760.0]
    found = orders(distributor(ramp="6 months"), n, edges)
    full = 60 / MONTH
    expected = [full * 2191.5 * 0.25, full * 2191.5 * 0.75, full * (8760 - 4383)]
    assert found == pytest.approx(expected, abs=4 * (max(expected) / n) ** 0.5)


def test_a_distributor_walks_away_at_an_exponential_time_and_orders_no_more():
    n = 400
    scenario = distributor(exits_per_year=2)
    worlds = [World(scenario, replication) for replication in range(n)]
    times = np.array([world.distributor_exit("dealer") for world in worlds])
    assert stats.kstest(times / 8766 * 2, "expon").pvalue > 1e-3
    for world, left in zip(worlds[:40], times[:40], strict=True):
        stay = World(distributor(), world.replication).leads("dealer").arrivals
        assert world.leads("dealer").arrivals == [at for at in stay if at < left]


def test_a_distributor_with_no_hazard_stays():
    assert World(distributor(), 0).distributor_exit("dealer") == float("inf")
