"""The closed form against calculation by hand: around the clock, everybody of proficiency 1, nobody ever away."""

import math
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from simulation.department import simulate
from simulation.expected import (
    budgeted_pay,
    budgeted_payroll,
    customer_months,
    expected_customer_margin,
    lead_value,
    pipeline_occupancy,
    pipeline_value,
    practice,
    workload,
)
from simulation.expected.customers import mean_grown, mean_level
from simulation.expected.office_time import OfficeTime
from simulation.expected.output import output
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.world import World
from simulation.written.odds import shifted
from simulation.written.readers import MONTH

SCENARIOS = Path(__file__).parents[3] / "scenarios"

HAND = """
version: 1
calendar: {around_the_clock: true}
experiment: {start: 2026-01-01, months: 12}
market:
  channels:
    site: {kind: inbound, leads_per_month: 100, fit: 0.5, patience: never}
  products:
    service: {deal: 1000, gross_margin: 0.4, questions: 0, paperwork: 30 min}
  qualification: {work: 30 min, true_positive: 0.8, false_positive: 0.1}
  speed_to_lead: null
  stages:
    - {name: talk, work: 1 h, conversion: 0.5, patience: never}
    - {name: close, work: 2 h, conversion: 0.5, patience: never}
  customers:
    order_every: {exponential: 1 month}
    order_size: 0.5
    order_work: 15 min
    requests_per_month: 2
    request_work: 30 min
    churn_per_year: 0
    payment: {late_share: 0.1, reminder_work: 6 min}
people:
  talent: {sd: 0}
  absence: {vacation_days: 0, sick_days: 0}
  switching: 0
  availability: 1
  learning: {LEARNING}
hand_off: {lead: {loss: 0, extra_work: 0, delay: 0}, customer: {loss: 0, extra_work: 0, delay: 0}}
structures:
  universal:
    roles:
      manager: {headcount: 2, activities: [serve, collect, qualify, sell, paperwork], ownership: personal}
  line:
    roles:
      hunter: {headcount: 1, activities: [qualify]}
      closer: {headcount: 1, activities: [sell, paperwork]}
      farmer: {headcount: 2, activities: [serve, collect, paperwork]}
""".replace(
    "LEARNING",
    ", ".join(
        f"{activity}: {{start: 1, mastery: 1}}"
        for activity in ("prospect", "qualify", "sell", "serve", "upsell", "collect", "paperwork")
    ),
)
MONTHS = 365 / 30.4375  # of 730.5 h in the horizon
MEAN_CUSTOMERS = 10 * MONTHS / 2
"""Ten deals a month, nobody leaves: the base grows from zero to 10 x months."""


def hand(**changes: object) -> Scenario:
    """The scenario by hand with values at dotted paths (`__` for a dot) laid upon it."""
    return load_text(HAND, overrides={path.replace("__", "."): value for path, value in changes.items()})


CALLS: dict[str, object] = {"kind": "outbound", "attempt": "6 min", "find_probability": 0.1}


def with_calls(**changes: object) -> Scenario:
    """Hunters who answer 100 leads (50 h) and prospect in the rest of their 730.5 h a month."""
    activities = ["qualify", "prospect"]
    base = {"market__channels__calls": CALLS, "structures__line__roles__hunter__activities": activities}
    own = {"structures__universal": None}
    return hand(**(base | own | changes))


# --- the way of a lead ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("structure", ["universal", "line"])
def test_leads_thin_out_as_the_product_of_the_funnel(structure: str) -> None:
    flows = workload(hand(), structure)
    site = flows.channels["site"]
    assert (site.leads, site.answered) == (pytest.approx(100), pytest.approx(100))
    assert site.qualified_fit == pytest.approx(50 * 0.8)
    assert site.qualified == pytest.approx(50 * 0.8 + 50 * 0.1)
    assert flows.reach == pytest.approx([45, 22.5])  # the unfit go along to the last stage
    assert flows.deals == pytest.approx(40 / 4)  # and never buy
    assert flows.new_revenue == pytest.approx(10_000)
    assert flows.new_margin == pytest.approx(4_000)


def test_hours_of_a_conveyor_stand_with_the_role_that_works_them() -> None:
    roles = workload(hand(), "line").roles
    orders, requests = MEAN_CUSTOMERS, 2 * MEAN_CUSTOMERS
    assert roles["hunter"].hours == pytest.approx({"qualify": 50})
    assert roles["closer"].hours == pytest.approx({"sell": 45 * 1 + 22.5 * 2, "paperwork": 10 * 0.5})
    assert roles["farmer"].hours == pytest.approx(
        {
            "serve": orders * 0.25 + requests * 0.5,
            "collect": (10 + orders) * 0.1 * 0.1,  # closers do not collect: their deals' reminders go to farmers
            "paperwork": orders * 0.5,
        }
    )
    assert roles["hunter"].load == pytest.approx(50 / 730.5)
    assert roles["farmer"].capacity == pytest.approx(2 * 730.5)


def test_a_universal_carries_the_sum_of_what_the_conveyor_splits() -> None:
    whole, parts = workload(hand(), "universal"), workload(hand(), "line")
    assert whole.roles["manager"].demand == pytest.approx(sum(role.demand for role in parts.roles.values()))
    assert whole.revenue == pytest.approx(parts.revenue)


def test_customers_and_their_orders_follow_from_deals() -> None:
    flows = workload(hand(), "line")
    assert flows.customers == pytest.approx(MEAN_CUSTOMERS)
    assert flows.orders == pytest.approx(MEAN_CUSTOMERS)
    assert flows.requests == pytest.approx(2 * MEAN_CUSTOMERS)
    assert flows.order_revenue == pytest.approx(MEAN_CUSTOMERS * 500)
    assert flows.paperwork == pytest.approx(10 + MEAN_CUSTOMERS)
    assert flows.reminders == pytest.approx(0.1 * (10 + MEAN_CUSTOMERS))


def test_a_product_that_is_sold_once_leaves_no_customer() -> None:
    flows = workload(hand(market__products__service__repeat=False), "line")
    assert (flows.customers, flows.orders, flows.order_revenue) == (0, 0, 0)
    assert flows.roles["farmer"].hours == pytest.approx({"serve": 0, "collect": 10 * 0.01, "paperwork": 0})


def test_customers_of_the_first_day_run_off() -> None:
    silent = {"market__channels__site__active": False, "market__customers__churn_per_year": 1.2}
    flows = workload(hand(**silent, market__initial={"customers": 100, "customer_size": 2}), "line")
    mean = 100 * -math.expm1(-0.1 * MONTHS) / (0.1 * MONTHS)
    assert flows.customers == pytest.approx(mean)
    assert flows.order_revenue == pytest.approx(mean * 1000)
    assert flows.deals == 0


@pytest.mark.parametrize("decay", [-0.2, 0.0, 1e-12, 0.3])
def test_the_mean_of_a_base_is_its_integral(decay: float) -> None:
    begin, length, initial, inflow = 2.0, 5.0, 7.0, 3.0
    at = begin + length * (np.arange(20_000) + 0.5) / 20_000
    grown = inflow * (at if abs(decay) < 1e-9 else -np.expm1(-decay * at) / decay)
    expected = float((initial * np.exp(-decay * at) + grown).mean())
    assert mean_level(initial, inflow, decay, begin, length) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("decay", [-0.2, 0.0, 1e-12, 0.3])
@pytest.mark.parametrize("force", [-0.1, 0.0, 0.05])
def test_the_mean_of_a_base_whose_orders_grow_with_the_time_is_its_integral(decay: float, force: float) -> None:
    begin, length, initial, inflow = 2.0, 5.0, 7.0, 3.0
    at = begin + length * (np.arange(20_000) + 0.5) / 20_000
    grown = inflow * (at if abs(decay) < 1e-9 else -np.expm1(-decay * at) / decay)
    expected = float((np.exp(force * at) * (initial * np.exp(-decay * at) + grown)).mean())
    assert mean_grown((initial, inflow, decay), force, begin, length) == pytest.approx(expected, rel=1e-6)


TREND: dict[str, object] = {
    "market__products__service__deal_trend_per_year": 0.3,
    "market__initial": {"customers": 100},
    "market__customers__churn_per_year": 0.3,
    "market__customers__growth_per_year": 0.1,
    "market__channels__dealer": {"kind": "distributor", "orders_per_month": 30, "exits_per_year": 0},
    "structures__line": None,
    "structures__universal__roles__manager__headcount": 4,
    "experiment__months": 24,
}


@pytest.mark.parametrize("many", [5, pytest.param(12, marks=pytest.mark.slow)])
@pytest.mark.parametrize("warm_up", [0, 6])
def test_with_a_trend_the_closed_form_brings_what_simulated_years_bring(warm_up: int, many: int) -> None:
    """Deals, orders and a distributor's orders, in a department in which hardly anybody waits."""
    scenario = hand(**TREND, experiment__warm_up=warm_up)
    flows = workload(scenario, "universal")
    plain = workload(scenario.replace({"market.products.service.deal_trend_per_year": 0}), "universal")
    years = []
    for replication in range(many):
        record = simulate(scenario, "universal", World(scenario, replication))
        sales, months = record.sales, (record.end - record.begin) / MONTH
        counted = sales.time >= record.begin
        years.append([sales.revenue[counted & (sales.kind == kind)].sum() / months for kind in (0, 1, 2)])
    found, error = np.mean(years, axis=0), np.std(years, axis=0, ddof=1) / len(years) ** 0.5
    expected, before = (
        np.array([each.new_revenue, each.order_revenue, each.distributor_revenue]) for each in (flows, plain)
    )
    assert (abs(found - expected) < t.isf(0.006, many - 1) * error).all() and (
        error < 0.03 * (12 / many) ** 0.5 * found
    ).all()
    assert (expected > 1.2 * before).all()


def test_where_more_comes_late_in_the_year_deals_are_larger() -> None:
    """All leads of the year come in December, when sizes have doubled but for half a month."""
    season: dict[str, object] = {"market__channels__site__seasonality": [0] * 11 + [12]}
    late = workload(hand(**season, market__products__service__deal_trend_per_year=1), "line")
    assert late.new_revenue / late.deals == pytest.approx(1000 * 2 ** (349.5 / 365.25), rel=1e-3)


def test_growth_and_upsells_enlarge_orders_and_not_the_number_of_customers() -> None:
    upsell = {"every": "2 months", "probability": 0.5, "uplift": 0.2, "work": "1 h"}
    fixed: dict[str, object] = {
        "market__channels__site__active": False,
        "market__initial": {"customers": 10},
        "market__customers__growth_per_year": 0.6,
        "market__customers__upsell": upsell,
        "structures__line__roles__farmer__activities": ["serve", "collect", "upsell", "paperwork"],
    }
    flows = workload(hand(**fixed), "line")
    rate = math.log(1.6) / 12 + 0.5 * 0.5 * 0.2  # a month
    assert flows.customers == pytest.approx(10)
    assert flows.order_revenue == pytest.approx(10 * 500 * math.expm1(rate * MONTHS) / (rate * MONTHS))
    assert flows.upsells == pytest.approx(5)
    assert flows.roles["farmer"].hours["upsell"] == pytest.approx(5)


# --- what changes the odds --------------------------------------------------------------------------------------


def test_quality_price_and_questions_change_conversion() -> None:
    changes: dict[str, object] = {
        "market__channels__site__quality": 0.4,
        "market__products__service__price": 1.1,
        "market__products__service__price_response": -0.05,
        "market__products__service__questions": 2,
        "market__stages__0__question": 0.2,
        "market__material__effect": 0.5,
    }
    flows = workload(hand(**changes), "line")
    first = 0.9**2 / (1 + math.exp(-0.4))
    last = 1 / (1 + math.exp(-(0.4 - 0.05 * 10)))
    assert flows.deals == pytest.approx(40 * first * last)
    assert flows.new_revenue == pytest.approx(flows.deals * 1100)
    assert flows.new_margin == pytest.approx(flows.deals * (1100 - 600))  # costs stay


def test_old_customers_order_less_and_leave_sooner_where_it_is_dearer() -> None:
    price = "market__products__service__"
    changes: dict[str, object] = {
        f"{price}price": 1.1,
        f"{price}price_response": -0.05,
        f"{price}price_orders": -2,
        f"{price}price_churn": 0.02,
        "market__customers__churn_per_year": 0.6,
        "market__initial__customers": 20,
        "market__channels__site__leads_per_month": 0,
    }
    flows = workload(hand(**changes), "line")
    hazard = 0.05 * math.exp(0.2)  # a month
    held = 20 * -math.expm1(-hazard * MONTHS) / (hazard * MONTHS)
    assert flows.customers == pytest.approx(held)
    per_order = flows.order_revenue / flows.orders
    assert per_order == pytest.approx(500 * 1.1 * 1.1**-2)
    assert flows.order_margin / flows.order_revenue == pytest.approx(1 - 0.6 / 1.1)
    months = -math.expm1(-(hazard + 0.2 / 12) * 24) / (hazard + 0.2 / 12)
    assert customer_months(hand(**changes), "service") == pytest.approx(months)


def test_certain_and_impossible_conversions_are_not_shifted() -> None:
    assert [shifted(p, 2.0) for p in (0.0, 1.0)] == [0.0, 1.0]
    assert shifted(0.5, math.log(3)) == pytest.approx(0.75)


def test_a_hand_off_loses_leads_and_information_and_makes_work() -> None:
    changes: dict[str, object] = {
        "hand_off__lead": {"loss": 0.2, "extra_work": "15 min", "information": 0.3, "delay": 0},
        "hand_off__customer": {"loss": 0.1, "extra_work": "30 min", "delay": 0},
    }
    flows = workload(hand(**changes), "line")
    passed = 1 / (1 + math.exp(0.3))
    assert flows.reach == pytest.approx([45 * 0.8, 45 * 0.8 * passed])
    assert flows.deals == pytest.approx(40 * 0.8 * passed**2)
    assert flows.roles["closer"].hours["sell"] == pytest.approx(36 * (1 + 0.25) + 36 * passed * 2)
    kept = flows.deals * 0.9
    assert flows.customers == pytest.approx(kept * MONTHS / 2)
    assert flows.roles["farmer"].hours["serve"] == pytest.approx(kept * 0.5 + kept * MONTHS / 2 * 1.25)
    whole = workload(hand(**changes), "universal")  # nobody hands anything on
    assert (whole.deals, whole.customers) == (pytest.approx(10), pytest.approx(MEAN_CUSTOMERS))


def test_a_hand_off_of_a_structure_stands_for_the_scenarios() -> None:
    own = {"lead": {"loss": 0.5, "delay": 0}, "customer": {"loss": 0}}
    assert workload(hand(structures__line__hand_off=own), "line").deals == pytest.approx(5)


def test_loyalty_changes_orders_and_churn() -> None:
    changes: dict[str, object] = {
        "market__customers__churn_per_year": 1.2,
        "market__channels__site__active": False,
        "market__initial": {"customers": 10},
        "structures__line__loyalty": {"orders": 1.5, "churn": 0},
    }
    flows = workload(hand(**changes), "line")
    assert (flows.customers, flows.orders) == (pytest.approx(10), pytest.approx(15))


# --- channels ---------------------------------------------------------------------------------------------------


def test_the_rate_of_arrivals_follows_season_and_trend_over_the_horizon() -> None:
    season = [2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0]
    half = {"experiment__months": 6, "market__channels__site__seasonality": season}
    assert workload(hand(**half), "line").channels["site"].leads == pytest.approx(200)
    growing = workload(hand(market__channels__site__trend_per_year=0.5), "line").channels["site"].leads
    year = MONTHS / 12
    force = math.log(1.5)
    assert growing == pytest.approx(100 * math.expm1(force * year) / (force * year), rel=1e-5)
    later = workload(hand(market__channels__site__trend_per_year=0.5, experiment__warm_up=12), "line")
    assert later.channels["site"].leads == pytest.approx(growing * 1.5 ** (365 / 365.25), rel=1e-5)


def test_a_partners_share_and_a_distributors_discount_are_given_away() -> None:
    partner = {"kind": "partner", "leads_per_month": 100, "fit": 0.5, "patience": "never", "share_of_margin": 0.25}
    flows = workload(hand(market__channels={"site": partner}), "line")
    assert flows.given_away == pytest.approx(0.25 * flows.margin)
    shops = {"kind": "distributor", "orders_per_month": 10, "discount": 0.1, "exits_per_year": 0.5}
    flows = workload(hand(market__channels__shops=shops), "line")
    year = MONTHS / 12
    orders = 10 * -math.expm1(-0.5 * year) / (0.5 * year)
    assert flows.distributor_revenue == pytest.approx(orders * 900, rel=1e-5)
    assert flows.distributor_margin == pytest.approx(orders * 300, rel=1e-5)
    assert flows.channels["shops"].leads == 0


def test_prospecting_takes_the_time_that_is_left() -> None:
    flows = workload(with_calls(), "line")
    hunter, calls = flows.roles["hunter"], flows.channels["calls"]
    # an hour is ten attempts, one find, half an hour of qualifying it: 1.5 h for each hour of prospecting
    hours = (730.5 - 50) / 1.5
    assert hunter.hours == pytest.approx({"qualify": 50 + hours / 2, "prospect": hours})
    assert calls.leads == pytest.approx(hours)
    assert calls.attempts == pytest.approx(10 * hours)
    assert hunter.load_with_prospecting == pytest.approx(1)
    assert hunter.load == pytest.approx((50 + hours / 2) / 730.5)


def test_protected_time_is_for_prospecting_even_when_the_rest_is_short() -> None:
    kept: dict[str, object] = {
        "market__channels__site__leads_per_month": 1400,  # 700 h of qualifying
        "structures__line__roles__hunter__protected": {"prospect": "6 h"},
    }
    flows = workload(with_calls(**kept), "line")
    assert flows.roles["hunter"].hours["prospect"] == pytest.approx(730.5 / 4)
    assert flows.roles["hunter"].load_with_prospecting > 1
    kept["structures__line__roles__hunter__protected"] = {}
    assert workload(with_calls(**kept), "line").channels["calls"].leads == pytest.approx((730.5 - 700) / 1.5)


def test_a_list_of_contacts_runs_dry() -> None:
    short = CALLS | {"contacts": {"size": 600, "refresh_per_month": 100}}
    flows = workload(with_calls(market__channels__calls=short), "line")
    assert flows.channels["calls"].attempts == pytest.approx((600 + 100 * (MONTHS - 1)) / MONTHS)
    assert flows.roles["hunter"].load_with_prospecting < 1


def test_what_a_universal_finds_comes_back_as_its_own_work() -> None:
    order = ["serve", "collect", "qualify", "sell", "paperwork", "prospect"]
    changes: dict[str, object] = {
        "structures__line": None,
        "structures__universal__roles__manager__activities": order,
        "market__channels__calls": CALLS,
    }
    flows = workload(hand(**changes), "universal")
    manager = flows.roles["manager"]
    assert manager.load_with_prospecting == pytest.approx(1)
    won = 0.8 / 4  # all finds are fit, 0.8 of them pass
    per_find = 0.5 + 0.8 * 1 + 0.4 * 2 + won * (0.5 + 0.01 + MONTHS / 2 * (0.25 + 2 * 0.5 + 0.5 + 0.01))
    alone = workload(hand(), "universal").roles["manager"].demand
    assert flows.channels["calls"].leads == pytest.approx((2 * 730.5 - alone) / (1 + per_find), rel=1e-6)


# --- who takes what ---------------------------------------------------------------------------------------------


def add_role(activities: list[Any], headcount: int = 1, **more: object) -> dict[str, object]:
    return {"structures__line__roles__other": {"headcount": headcount, "activities": activities, **more}}


def test_of_several_roles_the_first_listed_has_the_work() -> None:
    roles = workload(hand(**add_role(["qualify"])), "line").roles
    assert (roles["hunter"].pieces["qualify"], roles["other"].pieces["qualify"]) == (pytest.approx(100), 0)


def test_a_role_without_people_leaves_its_work_to_another() -> None:
    roles = workload(hand(**add_role(["qualify"]), structures__line__roles__hunter__headcount=0), "line").roles
    assert (roles["hunter"].pieces["qualify"], roles["other"].pieces["qualify"]) == (0, pytest.approx(100))


def test_roles_whose_filters_overlap_share_by_heads() -> None:
    only_site = {"activity": "qualify", "channels": ["site"]}
    roles = workload(hand(**add_role([only_site], headcount=3)), "line").roles
    assert roles["hunter"].pieces["qualify"] == pytest.approx(25)
    assert roles["other"].pieces["qualify"] == pytest.approx(75)


def test_work_that_is_given_out_in_turn_is_shared_by_heads() -> None:
    changes = add_role(["qualify"], headcount=3, new_work="assigned")
    changes["structures__line__roles__hunter__new_work"] = "assigned"
    assert workload(hand(**changes), "line").roles["other"].pieces["qualify"] == pytest.approx(75)


def test_overflow_is_help_and_no_work_of_its_own() -> None:
    roles = workload(hand(**add_role([{"activity": "qualify", "overflow": {"queue": 1}}])), "line").roles
    assert roles["hunter"].pieces["qualify"] == pytest.approx(100)


def test_a_size_band_goes_to_the_role_for_it_with_its_money() -> None:
    large = {"activity": "sell", "deal_from": 1500}
    changes: dict[str, object] = {
        "market__products__service__deal": {"uniform": {"low": 0, "high": 2000}},
        "structures__line__roles__closer__activities": [{"activity": "sell", "deal_below": 1500}, "paperwork"],
        **add_role([large]),
    }
    flows = workload(hand(**changes), "line")
    assert flows.roles["other"].pieces["sell"] == pytest.approx(0.25 * 67.5)
    assert flows.paid_on["other"]["revenue"]["deals"] == pytest.approx(0.25 * 10 * 1750)
    assert flows.new_revenue == pytest.approx(10_000)


def test_nobody_to_do_the_work_is_an_infinite_load() -> None:
    assert workload(hand(structures__line__roles__closer__headcount=0), "line").roles["closer"].load == math.inf


# --- capacity and practice --------------------------------------------------------------------------------------


def test_capacity_is_calendar_times_availability_times_presence_times_heads() -> None:
    changes: dict[str, object] = {
        "calendar": {"around_the_clock": False, "country": None},
        "people__availability": 0.85,
        "people__absence": {"vacation_days": 36.525, "sick_days": 36.525},
    }
    capacity = workload(hand(**changes), "line").roles["farmer"].capacity
    days = 261  # Mondays to Fridays of 2026, eight hours each
    assert capacity == pytest.approx(2 * days * 8 / MONTHS * 0.85 * 0.9 * 0.9)


def test_meetings_take_time_of_those_who_are_there() -> None:
    activities = ["meet", "qualify"]
    changes: dict[str, object] = {
        "structures__line__roles__hunter__activities": activities,
        "structures__line__roles__hunter__meetings": "3 h",
        "people__absence__vacation_days": 36.525,
    }
    hunter = workload(hand(**changes), "line").roles["hunter"]
    assert hunter.hours["meet"] == pytest.approx(3 * 730.5 / 168 * 0.9)


def test_switching_counts_changes_of_activity_in_any_order() -> None:
    roles = workload(hand(people__switching="6 min"), "line").roles
    pieces = 67.5 + 10
    changed = 1 - (67.5 / pieces) ** 2 - (10 / pieces) ** 2
    assert roles["closer"].switching == pytest.approx(0.1 * pieces * changed)
    assert roles["hunter"].switching == pytest.approx(0)


def test_who_prospects_in_between_changes_twice_for_each_piece_that_finds_nothing_else_waiting() -> None:
    alone = with_calls(people__switching="6 min", people__switching_groups=[])
    hunter = workload(alone, "line").roles["hunter"]
    pieces = hunter.pieces["qualify"]
    busy = pieces * 0.5 / 730.5
    assert hunter.switching == pytest.approx(0.1 * pieces * (1 - busy) * 2)
    assert hunter.load_with_prospecting == pytest.approx(1)


def test_changes_within_a_group_of_activities_cost_nothing() -> None:
    hunter = workload(with_calls(people__switching="6 min"), "line").roles["hunter"]
    assert hunter.pieces["qualify"] > 100  # those of the site and the finds
    assert hunter.switching == 0  # who finds leads sorts them too
    roles = workload(hand(people__switching="6 min"), "line").roles
    assert roles["farmer"].switching == 0  # whoever serves writes the papers and reminds of payments
    assert roles["closer"].switching > 0  # but papers are no selling
    manager = workload(hand(people__switching="6 min"), "universal").roles["manager"]
    find, sell = manager.pieces["qualify"], manager.pieces["sell"]
    care = sum(manager.pieces[activity] for activity in ("serve", "collect", "paperwork"))
    pieces = find + sell + care
    changed = 1 - sum((group / pieces) ** 2 for group in (find, sell, care))
    assert manager.switching == pytest.approx(0.1 * pieces * changed)


def test_whoever_prospects_in_between_does_not_change_for_another_piece_of_finding() -> None:
    activities = ["qualify", "sell", "prospect"]
    both = with_calls(people__switching="6 min", structures__line__roles__hunter__activities=activities)
    hunter = workload(both, "line").roles["hunter"]
    find, sell = hunter.pieces["qualify"], hunter.pieces["sell"]
    pieces = find + sell
    busy = (hunter.hours["qualify"] + hunter.hours["sell"]) / 730.5
    mixed = 1 - (find / pieces) ** 2 - (sell / pieces) ** 2
    assert hunter.switching == pytest.approx(0.1 * (pieces * busy * mixed + sell * (1 - busy) * 2))


def test_practice_is_pieces_of_work_a_month_of_one_person() -> None:
    monthly = practice(with_calls(), "line")
    assert monthly["hunter"]["prospect"] == pytest.approx(10 * (730.5 - 50) / 1.5)
    assert practice(hand(), "line")["farmer"]["serve"] == pytest.approx(3 * MEAN_CUSTOMERS / 2)
    assert practice(hand(), "line")["closer"] == pytest.approx({"sell": 67.5, "paperwork": 10})


def test_where_time_is_short_the_last_of_the_order_is_not_practised() -> None:
    flows = workload(hand(market__channels__site__leads_per_month=1000), "line")
    closer = flows.roles["closer"]  # 900 h of selling alone, of 730.5
    assert closer.done == pytest.approx({"sell": 675 * 730.5 / 900, "paperwork": 0})
    assert closer.load == pytest.approx(950 / 730.5)


def test_practised_people_are_as_good_as_their_repetitions_make_them() -> None:
    changes: dict[str, object] = {
        "people__tenure": "10 months",
        "people__learning__qualify": {"start": 0.5, "mastery": 1.5, "half_life": 1600},
    }
    flows = workload(hand(**changes), "line")
    p = 0.5 + 1 - 2 ** (-100 * (10 + MONTHS / 2) / 1600)  # in the middle of the horizon
    assert flows.roles["hunter"].proficiency["qualify"] == pytest.approx(p)
    assert flows.roles["hunter"].hours["qualify"] == pytest.approx(50 / p)
    right = 0.8 / 0.2 * p, 0.9 / 0.1 * p  # odds of a right decision, sharpened by ln p
    assert flows.channels["site"].qualified_fit == pytest.approx(50 * right[0] / (1 + right[0]))
    unfit = flows.channels["site"].qualified - flows.channels["site"].qualified_fit
    assert unfit == pytest.approx(50 / (1 + right[1]))


def test_proficiency_raises_conversion_deal_size_and_retention() -> None:
    def curve(p: float, **effects: float) -> dict[str, object]:
        return {"start": p, "mastery": p, "effects": {"speed": 0, **effects}}

    changes: dict[str, object] = {
        "people__learning__sell": curve(1.5, conversion=2, deal_size=3),
        "people__learning__serve": curve(1.2, retention=4),
        "market__customers__churn_per_year": 1.2,
    }
    flows = workload(hand(**changes), "line")
    odds = 1.5**2
    assert flows.deals == pytest.approx(40 * (odds / (1 + odds)) ** 2)
    assert flows.new_revenue == pytest.approx(flows.deals * 1000 * 1.5**3)
    churn = 0.1 / 1.2**4
    assert flows.customers == pytest.approx(mean_level(0, flows.deals, churn, 0, MONTHS))
    assert flows.order_revenue == pytest.approx(flows.customers * 500 * 1.5**3)


def test_an_explicit_ramp_goes_by_months_of_tenure() -> None:
    ramp = {"qualify": [0.25, 0.5, 0.75, 1.25]}
    flows = workload(hand(structures__line__roles__hunter__ramp=ramp, people__tenure="1 year"), "line")
    assert flows.roles["hunter"].proficiency["qualify"] == pytest.approx(1.25)


# --- office hours -----------------------------------------------------------------------------------------------


def test_leads_that_come_at_night_wait_for_the_doors() -> None:
    open_half: dict[str, object] = {
        "calendar": {
            "around_the_clock": False,
            "week": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "hours": "00:00-12:00",
            "lunch": None,
        },
        "market__channels__site__patience": "6 h",
    }
    assert workload(hand(**open_half), "line").channels["site"].answered == pytest.approx(75, abs=0.1)
    in_hours = workload(hand(**open_half, market__channels__site__arrival_hours="working hours"), "line")
    assert in_hours.channels["site"].answered == pytest.approx(100)


def test_a_lead_waits_out_the_delay_of_a_hand_off() -> None:
    scenario = hand()
    office = OfficeTime(scenario.calendar, scenario.experiment.start, 12, 0)
    patience = hand(market__channels__site__patience={"exponential": "10 h"}).market.channels["site"].patience
    assert office.still_there(patience, 10.0, in_office=True) == pytest.approx(math.exp(-1), abs=0.002)
    assert office.still_there(patience, 0.0, in_office=True) == 1


def test_leads_leave_between_stages_while_a_hand_off_takes_its_time() -> None:
    changes: dict[str, object] = {
        "market__stages__0__patience": {"exponential": "10 h"},
        "hand_off__lead__delay": "10 h",
    }
    stays = workload(hand(**changes), "line").reach[0] / 45
    assert stays == pytest.approx(math.exp(-1), abs=0.002)
    assert workload(hand(**changes), "universal").reach[0] == pytest.approx(45)  # nobody hands anything on
    thinks = workload(hand(**changes, market__stages__1__patience="5 h"), "line")
    assert thinks.reach[1] == pytest.approx(thinks.reach[0] / 2)  # the same closer goes on at once


def test_the_patience_of_a_first_contact_is_the_channels_and_not_the_stages() -> None:
    night: dict[str, object] = {
        "calendar": {"around_the_clock": False, "hours": "00:00-12:00", "lunch": None},
        "market__qualification": None,
        "market__stages__0__patience": 0,
        "market__channels__site__patience": "never",
    }
    assert workload(hand(**night), "universal").reach[0] == pytest.approx(100)
    night["market__stages__0__thinking"] = "5 h"
    night["market__stages__1__patience"] = 0
    open_share = workload(hand(**night), "universal").reach[1] / 50
    assert open_share == pytest.approx(261 * 12 / (365 * 24), abs=0.001)


# --- the end of the year ----------------------------------------------------------------------------------------


def test_the_pipeline_is_spread_as_a_steady_flow_would_be() -> None:
    changes: dict[str, object] = {"market__stages__0__thinking": "3 days"}
    share = pipeline_occupancy(hand(**changes))
    assert share == pytest.approx(np.array([1 * 1, 0.5 * 4]) / 3)  # a day for the work of each stage


def test_a_lead_is_worth_its_chance_times_what_it_brings() -> None:
    scenario = hand(market__customers__churn_per_year=0.6, market__channels__site__share_of_margin=0.5)
    fit = 40 / 45
    assert pipeline_value(scenario) == pytest.approx([fit / 4, fit / 2])
    months = -math.expm1(-0.8 / 12 * 24) / (0.8 / 12)
    assert customer_months(scenario) == pytest.approx(months)
    customer = 0.5 * 200 * months  # half the margin of 500 a month
    assert expected_customer_margin(scenario, "site", "service") == pytest.approx(customer)
    assert expected_customer_margin(scenario, "site", "service", 1000) == pytest.approx(2 * customer)
    assert lead_value(scenario) == pytest.approx(np.array([fit / 4, fit / 2]) * (0.5 * 400 + customer))
    once = hand(market__products__service__repeat=False)
    assert expected_customer_margin(once, "site", "service") == 0


def test_the_mean_lead_weighs_channels_by_their_qualified_leads() -> None:
    good = {"kind": "inbound", "leads_per_month": 45, "patience": "never", "quality": 50}
    scenario = hand(market__channels__friends=good, market__qualification=None)
    alone = pipeline_value(scenario, "friends")
    assert alone == pytest.approx([1, 1])
    site = pipeline_value(scenario, "site")
    assert pipeline_value(scenario) == pytest.approx((45 * alone + 100 * site) / 145)


# --- payroll ----------------------------------------------------------------------------------------------------


def paid(**changes: object) -> Scenario:
    pays: dict[str, object] = {
        "structures__line__roles__hunter__pay": {"base": 100, "per_lead": 10},
        "structures__line__roles__closer__pay": {"base": 50, "commission": {"share": 0.1, "on": "deals"}},
        "structures__line__roles__farmer__pay": {"base": 20, "commission": {"share": 0.5, "of": "margin"}},
        "structures__line__roles__head": {"headcount": 1, "support": True, "pay": {"base": 200}},
        "budget__contributions": 0.3,
    }
    return hand(**(pays | changes))


def test_payroll_is_full_staffing_with_commission_on_the_flows_and_contributions() -> None:
    pay = budgeted_pay(paid(), "line")
    assert pay["head"].total == pytest.approx(1.3 * 12 * 200)
    assert pay["hunter"].total == pytest.approx(12 * (1.3 * 100 + 45 * 10))  # another firm's invoice for leads
    assert pay["closer"].total == pytest.approx(1.3 * 12 * (50 + 0.1 * 10_000))
    assert pay["farmer"].commission == pytest.approx(12 * 0.5 * MEAN_CUSTOMERS * 200)
    assert budgeted_payroll(paid(), "line") == pytest.approx(sum(each.total for each in pay.values()))


def test_a_plan_out_of_all_reach_leaves_the_payroll_of_what_is_sold() -> None:
    """A million times the year's deals is nobody's target, and a commission on it nobody's pay."""
    year = 12 * workload(paid(), "line").deals
    within, beyond = (
        budgeted_pay(paid(plan={"measure": "deals", "target": factor * year}), "line")["closer"].commission
        for factor in (2, 1e12)
    )
    plain = budgeted_pay(paid(), "line")["closer"].commission
    assert within == pytest.approx(2 * plain)
    assert beyond == pytest.approx(plain)


def test_with_a_plan_commission_is_paid_on_the_plan() -> None:
    plan = {"measure": "deals", "target": 240}
    assert budgeted_pay(paid(plan=plan), "line")["closer"].commission == pytest.approx(2 * 12 * 1000)
    flows = workload(paid(), "line")
    plan = {"measure": "revenue", "target": 6 * flows.revenue}
    assert budgeted_pay(paid(plan=plan), "line")["closer"].commission == pytest.approx(6 * 1000)


def test_with_a_plan_in_profit_the_flows_are_those_that_just_make_it() -> None:
    costs: dict[str, object] = {
        "market__channels__site__cost": {"fixed_per_month": 300, "per_lead": 2},
        "budget__direct": {
            "lines": [
                {"name": "rent", "price": 70},
                {"name": "pay", "price": 1e6, "payroll": True},
                {"name": "launch", "price": 900, "when": "once"},
                {"name": "phone", "price": 5, "per": "seat"},
            ]
        },
        "budget__capital": {"lines": [{"name": "desk", "price": 300, "per": "seat", "when": "once"}]},
        "plan": {"measure": "profit", "target": 10_000},
    }
    scenario = paid(**costs)
    flows, pay = workload(scenario, "line"), budgeted_pay(scenario, "line")
    factor = pay["closer"].commission / (12 * 0.1 * flows.new_revenue)
    fixed = 12 * (300 + 70 + 5 * 5) + 900 + 5 * 300 / 3
    profit = 12 * factor * (flows.margin - 200) - fixed - sum(each.total for each in pay.values())
    assert profit == pytest.approx(10_000)


def test_a_threshold_above_the_plan_is_missed_only_where_there_is_a_plan() -> None:
    hard = {"share": 0.1, "on": "deals", "threshold": 1.1}
    change = {"structures__line__roles__closer__pay__commission": hard}
    plan = {"measure": "deals", "target": 240}
    assert budgeted_pay(paid(**change), "line")["closer"].commission > 0
    assert budgeted_pay(paid(**change, plan=plan), "line")["closer"].commission == 0


# --- as a whole -------------------------------------------------------------------------------------------------


def test_an_unknown_structure_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        workload(hand(), "circle")


def test_the_closed_form_takes_milliseconds() -> None:
    scenario = with_calls()
    workload(scenario, "line")  # the calendar is built once
    begin = time.perf_counter()
    for _ in range(5):
        workload(scenario, "line")
    assert (time.perf_counter() - begin) / 5 < 0.1


def test_more_leads_than_can_be_worked_do_not_make_people_unpractised() -> None:
    """Who has too much to do works all day: clients of sales that nobody had time for take no time either."""
    ten = load(SCENARIOS / "department_of_ten.yaml")

    def practised(times: float) -> dict[str, float]:
        more = ten.replace({"market.channels.site.leads_per_month": 120 * times})
        return practice(more, "universal")["universal"]

    full = practised(2)
    for times in (4, 10, 40):
        now = practised(times)
        for activity in ("serve", "qualify", "sell", "paperwork"):
            assert now[activity] == pytest.approx(full[activity], rel=0.05), (times, activity)


def test_whoever_sorts_leads_and_sells_to_them_sells_to_all_that_were_sorted() -> None:
    """Capacity for half of the leads: half are sorted, and those are sold to, all of them."""
    flows = workload(hand(), "line")
    seller = replace(
        flows.roles["closer"],
        capacity=100.0,
        switching=0.0,
        order=("qualify", "sell"),
        due=frozenset({"sell"}),
        beside={},
        hours={"qualify": 60.0, "sell": 140.0},
        pieces={"qualify": 60.0, "sell": 70.0},
    )
    made = output(replace(flows, roles={"seller": seller}))
    assert made.done["qualify"] == pytest.approx(0.5)
    assert made.done["sell"] == pytest.approx(1.0)
    assert made.made["seller"] == pytest.approx({"qualify": 30.0, "sell": 35.0})


def test_changes_between_kinds_of_work_take_their_share_of_the_time_and_no_more() -> None:
    load = workload(hand(), "line").roles["closer"]
    busy = replace(
        load, capacity=100.0, switching=100.0, hours={"sell": 300.0}, pieces={"sell": 300.0}, due=frozenset()
    )
    assert busy.done["sell"] == pytest.approx(75.0)
