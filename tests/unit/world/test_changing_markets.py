"""Channels that change on dates: leads are added or taken away, and nobody is renumbered."""

from math import inf
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulation.scenario.channels import Channel
from simulation.scenario.scenario import Scenario
from simulation.world import Stock, World
from simulation.world.rates import Rate, in_force
from simulation.written.readers import MONTH
from tests.scripted import small

OFFICE = {"calendar": {"week": ["mon", "tue", "wed", "thu", "fri"], "hours": "09:00-18:00"}}
SITE = {"kind": "inbound", "leads_per_month": 30}
DEALER = {"kind": "distributor", "orders_per_month": 60, "exits_per_year": 0}
CALLS = {"kind": "outbound", "find_probability": 0.05}
ROLES = {"seller": {"headcount": 1, "activities": ["sell", "prospect"]}}
JULY = 181 * 24.0
YEAR = 365 * 24.0
# what else moves the rate while something is changed
WILD: dict[str, dict[str, Any]] = {
    "plain": {},
    "seasonal": {"seasonality": [0.2, 1.8] * 6},
    "growing": {"trend_per_year": 0.9},
    "overdispersed": {"overdispersion": 0.6},
    "in the office's hours": {"arrival_hours": "working hours"},
    "all": {
        "seasonality": [0.2, 1.8] * 6,
        "trend_per_year": -0.6,
        "overdispersion": 0.6,
        "arrival_hours": "working hours",
    },
}
ATTRIBUTES = ("patience", "fit", "deal", "stage.sale.work", "stage.sale.decision")
Leads = dict[str, tuple[float, ...]]


def market(site: dict[str, Any] | None = None, dealer: dict[str, Any] | None = None) -> Scenario:
    channels = {"site": SITE | (site or {}), "dealer": DEALER | (dealer or {}), "calls": CALLS}
    return small({"market.channels": channels, "experiment.months": 12} | OFFICE, roles=ROLES)


def changed(scenario: Scenario, channel: str = "site", **values: Any) -> Channel:
    """The channel's specification with values replaced."""
    return scenario.replace(
        {f"market.channels.{channel}.{key}": value for key, value in values.items()}
    ).market.channels[channel]


def known(stock: Stock) -> Leads:
    """Everything that is known of each lead, by its name."""
    columns = [stock.column(name, variant="as drawn") for name in ATTRIBUTES]
    out = {}
    for i, at in enumerate(stock.arrivals):
        series = stock.series("customer.order.gap", i, 0).tolist()
        out[stock.uid(i)] = (at, *(column[i] for column in columns), *series)
    assert len(out) == len(stock)
    return out


def within(leads: Leads, begin: float, end: float = inf) -> Leads:
    return {uid: lead for uid, lead in leads.items() if begin <= lead[0] < end}


@pytest.mark.parametrize("kind", WILD)
@pytest.mark.parametrize("rate", [3, 90], ids=["lowered", "raised"])
def test_a_new_rate_leaves_all_leads_before_the_date_and_those_in_common(kind, rate):
    scenario = market(WILD[kind])
    own = scenario.market.channels["site"]
    world = World(scenario, 1)
    before, after = (
        known(world.leads("site")),
        known(world.leads("site", ((-inf, own), (JULY, changed(scenario, leads_per_month=rate))))),
    )
    fewer, more = (after, before) if rate < 30 else (before, after)
    assert within(before, -inf, JULY) == within(after, -inf, JULY)
    assert 0 < len(within(fewer, JULY)) < len(within(more, JULY))
    assert {uid: more[uid] for uid in fewer} == fewer


@pytest.mark.parametrize("kind", WILD)
def test_switching_a_channel_off_removes_exactly_the_leads_after_the_date(kind):
    scenario = market(WILD[kind])
    own = scenario.market.channels["site"]
    world = World(scenario, 0)
    stays = known(world.leads("site"))
    off = known(world.leads("site", ((-inf, own), (JULY, changed(scenario, active=False)))))
    assert off == within(stays, -inf, JULY)
    assert 0 < len(off) < len(stays)


@pytest.mark.parametrize("kind", WILD)
def test_a_channel_that_is_switched_off_and_on_again_brings_the_leads_it_would_have_brought(kind):
    scenario = market(WILD[kind])
    own, off = scenario.market.channels["site"], changed(scenario, active=False)
    world = World(scenario, 0)
    stays = known(world.leads("site"))
    again = known(world.leads("site", ((-inf, own), (2000.0, off), (5000.0, own))))
    assert again == within(stays, -inf, 2000.0) | within(stays, 5000.0)
    assert len(again) < len(stays)


@pytest.mark.parametrize("kind", WILD)
def test_a_channel_that_opens_on_a_date_brings_what_it_would_have_brought_anyway(kind):
    scenario = market(WILD[kind] | {"active": False})
    world = World(scenario, 2)
    assert len(world.leads("site")) == 0
    opened = known(
        world.leads("site", ((-inf, scenario.market.channels["site"]), (JULY, changed(scenario, active=True))))
    )
    always = known(World(market(WILD[kind]), 2).leads("site"))
    assert opened == within(always, JULY)
    assert opened


@pytest.mark.parametrize("seed", [*range(7), 8])  # the market of 7 brings 22 leads on average, too few to count on
def test_between_its_dates_a_channel_is_as_if_it_had_always_been_so(seed):
    chance = np.random.default_rng(seed)
    scenario = market(WILD["all"])
    specs: list[tuple[float, Channel]] = []
    for begin in (-inf, *np.sort(chance.uniform(0, YEAR, 4)).tolist()):
        values = {
            "leads_per_month": float(chance.choice([0, 5, 30, 70, 200])),
            "seasonality": [float(each) for each in chance.dirichlet([3] * 12) * 12],
            "overdispersion": float(chance.choice([0, 0.3, 0.9])),
            "active": bool(chance.random() < 0.8),
        }
        specs.append((begin, changed(scenario, **values)))
    world = World(scenario, seed)
    expected: Leads = {}
    for (begin, spec), end in zip(specs, [*(begin for begin, _ in specs[1:]), inf], strict=True):
        expected |= within(known(world.leads("site", ((-inf, spec),))), begin, end)
    found = known(world.leads("site", tuple(specs)))
    assert found == expected
    assert len(found) > 20


def test_what_does_not_move_the_rate_moves_no_lead():
    scenario = market(WILD["all"])
    world = World(scenario, 0)
    dearer = changed(scenario, quality=0.5, patience="3 days", fit=0.5, share_of_revenue=0.1)
    plain = world.leads("site")
    stock = world.leads("site", ((-inf, scenario.market.channels["site"]), (JULY, dearer)))
    assert stock is not plain  # its columns may be made of other laws
    assert known(stock) == known(plain)


def test_a_new_rate_on_a_date_brings_as_many_leads_as_it_says():
    scenario = market()
    own, more = scenario.market.channels["site"], changed(scenario, leads_per_month=75)
    n = 100
    found = np.array(
        [
            np.histogram(World(scenario, r).leads("site", ((-inf, own), (JULY, more))).arrivals, [0, JULY, YEAR])[0]
            for r in range(n)
        ]
    ).mean(axis=0)
    expected = np.array([30 * JULY, 75 * (YEAR - JULY)]) / MONTH
    assert np.abs(found - expected).max() < 4 * (expected.max() / n) ** 0.5


def test_a_new_trend_goes_on_from_where_the_old_one_has_led():
    scenario = market({"trend_per_year": 0.8})
    own, flat = scenario.market.channels["site"], changed(scenario, trend_per_year=0)
    world = World(scenario, 0)
    rate = Rate(world.streams, "site", ((-inf, own), (JULY, flat)), world.start, world.end)
    at_the_change = 30 * 1.8 ** (JULY / 8766)
    assert rate(np.array([0.0, JULY - 1e-6, JULY, YEAR - 1])) == pytest.approx([30, *[at_the_change] * 3])
    assert rate.peak == pytest.approx(at_the_change)


def test_the_peak_is_never_exceeded():
    scenario = market(WILD["all"])
    rising = changed(scenario, trend_per_year=2.0, leads_per_month=45)
    specs = ((-inf, scenario.market.channels["site"]), (JULY, rising), (JULY + 999, changed(scenario, active=False)))
    for replication in range(20):
        world = World(scenario, replication)
        rate = Rate(world.streams, "site", specs, world.start, world.end)
        assert rate(np.linspace(0, world.end - 1, 4000)).max() <= rate.peak


def test_structures_with_the_same_market_share_their_leads():
    scenario = market()
    world = World(scenario, 0)
    own = scenario.market.channels["site"]
    more, same = changed(scenario, leads_per_month=50), changed(scenario, leads_per_month=50)
    assert more is not same
    assert world.leads("site", ((-inf, own), (JULY, more))) is world.leads("site", ((-inf, own), (JULY, same)))
    assert world.leads("site", ((-inf, own), (JULY, more))) is not world.leads("site", ((-inf, own), (JULY + 1, more)))


def test_a_market_that_does_not_change_is_the_scenarios_own():
    scenario = market()
    world = World(scenario, 0)
    own, other = scenario.market.channels["site"], changed(scenario, leads_per_month=90)
    plain = world.leads("site")
    assert world.leads("site", ((-inf, own),)) is plain
    assert world.leads("site", ((-inf, own), (JULY, own))) is plain
    assert world.leads("site", ((-inf, own), (world.end, other))) is plain  # too late to matter
    assert world.leads("site", ((-inf, other), (-50.0, own))) is plain  # over before the start


def test_what_is_in_force_keeps_only_what_has_an_effect():
    scenario = market()
    a, b, c = (changed(scenario, leads_per_month=rate) for rate in (1, 2, 3))
    assert in_force(((-inf, a), (0.0, b), (10.0, c)), 100) == ((-inf, b), (10.0, c))
    assert in_force(((-inf, a), (10.0, b), (20.0, b), (30.0, a)), 100) == ((-inf, a), (10.0, b), (30.0, a))
    assert in_force(((-inf, a), (10.0, b), (10.0, a), (20.0, c)), 100) == ((-inf, a), (20.0, c))
    assert in_force(((-inf, a), (10.0, b), (99.0, c)), 99) == ((-inf, a), (10.0, b))


def test_neither_its_kind_nor_its_hours_of_arrival_can_change_during_a_run():
    scenario = market()
    own = scenario.market.channels["site"]
    world = World(scenario, 0)
    for other in (changed(scenario, arrival_hours="working hours"), scenario.market.channels["dealer"]):
        with pytest.raises(ValueError, match="'site': its kind and its arrival_hours"):
            world.leads("site", ((-inf, own), (JULY, other)))


def test_finds_are_the_same_whatever_changes_in_their_channel():
    scenario = market()
    world = World(scenario, 0)
    own = scenario.market.channels["calls"]
    other = changed(scenario, "calls", find_probability=0.5, active=False)
    assert world.leads("calls", ((-inf, own), (JULY, other))) is world.leads("calls")


def orders(scenario: Scenario, specs: tuple[tuple[float, Channel], ...], edges: list[float], n: int = 60) -> np.ndarray:
    """Mean number of a distributor's orders between the edges."""
    return np.mean(
        [np.histogram(World(scenario, r).leads("dealer", specs).arrivals, bins=edges)[0] for r in range(n)], axis=0
    )


def test_a_distributors_volume_grows_from_the_date_it_joins():
    scenario = market(dealer={"active": False, "ramp": "3 months"})
    specs = ((-inf, scenario.market.channels["dealer"]), (JULY, changed(scenario, "dealer", active=True)))
    ramp, full = 3 * MONTH, 60 / MONTH
    edges = [0.0, JULY, JULY + ramp / 2, JULY + ramp, YEAR]
    expected = [0.0, full * ramp / 8, full * ramp * 3 / 8, full * (YEAR - JULY - ramp)]
    assert orders(scenario, specs, edges) == pytest.approx(expected, abs=4 * (max(expected) / 60) ** 0.5)
    assert orders(scenario, specs, edges)[0] == 0


def test_a_distributors_ramp_does_not_begin_again_after_a_pause():
    scenario = market(dealer={"ramp": "4 months"})
    own, paused = scenario.market.channels["dealer"], changed(scenario, "dealer", active=False)
    world = World(scenario, 0)
    stays = known(world.leads("dealer"))
    again = known(world.leads("dealer", ((-inf, own), (1000.0, paused), (2000.0, own))))
    assert again == within(stays, -inf, 1000.0) | within(stays, 2000.0)


def test_a_distributor_that_is_dropped_orders_no_more():
    scenario = market(dealer={"exits_per_year": 1})
    own, dropped = scenario.market.channels["dealer"], changed(scenario, "dealer", active=False)
    for replication in range(10):
        world = World(scenario, replication)
        left = world.distributor_exit("dealer")
        found = known(world.leads("dealer", ((-inf, own), (JULY, dropped))))
        stays = known(World(market(), replication).leads("dealer"))
        assert found == within(stays, -inf, min(JULY, left))


def test_a_distributor_with_another_hazard_from_a_date_walks_away_by_the_integral_of_the_hazard():
    scenario = market(dealer={"exits_per_year": 0.5})
    own, wild = scenario.market.channels["dealer"], changed(scenario, "dealer", exits_per_year=4)
    specs = ((-inf, own), (JULY, wild))
    worlds = [World(scenario, replication) for replication in range(300)]
    plain = np.array([world.distributor_exit("dealer") for world in worlds])
    found = np.array([world.distributor_exit("dealer", specs) for world in worlds])
    early = plain < JULY
    assert 0 < early.sum() < 300
    assert np.array_equal(found[early], plain[early])
    assert found[~early] == pytest.approx(JULY + (plain[~early] - JULY) / 8)
    hazard = np.where(found < JULY, 0.5 * found, 0.5 * JULY + 4 * (found - JULY)) / 8766
    assert stats.kstest(hazard, "expon").pvalue > 1e-3


def test_a_distributor_that_can_walk_away_only_until_a_date_may_stay_for_ever():
    scenario = market(dealer={"exits_per_year": 1})
    specs = ((-inf, scenario.market.channels["dealer"]), (JULY, changed(scenario, "dealer", exits_per_year=0)))
    found = [World(scenario, replication).distributor_exit("dealer", specs) for replication in range(300)]
    assert all(left < JULY or left == inf for left in found)
    stay = np.exp(-JULY / 8766)
    assert np.mean([left == inf for left in found]) == pytest.approx(stay, abs=4 * (stay * (1 - stay) / 300) ** 0.5)


def test_another_change_does_not_move_the_day_a_distributor_leaves():
    scenario = market(dealer={"exits_per_year": 0.7})
    own = scenario.market.channels["dealer"]
    specs = ((-inf, own), (1000.0, changed(scenario, "dealer", discount=0.3)), (5000.0, own))
    for replication in range(50):
        world = World(scenario, replication)
        assert world.distributor_exit("dealer", specs) == world.distributor_exit("dealer")


def test_the_luck_of_a_crm_is_uniform_and_its_own_for_each_roll_out():
    scenario = market()
    found = [[World(scenario, replication).crm_luck(ordinal) for ordinal in range(2)] for replication in range(400)]
    assert stats.kstest(np.ravel(found), "uniform").pvalue > 1e-3
    assert np.abs(np.corrcoef(np.transpose(found))[0, 1]) < 4 / 400**0.5
    world = World(scenario, 7)
    assert [world.crm_luck(1), world.crm_luck(0)] == found[7][::-1]
