"""Weeks, parts and the funnel: worked by hand, and what adds up to what."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest

from simulation.analysis.comparison import Result, simulate
from simulation.analysis.counting import count
from simulation.analysis.measures import measures, monthly_columns
from simulation.analysis.periods import PARTS, counts, funnel_columns, funnel_keys, week_starts, weekly_columns
from simulation.department.year import simulate as year
from simulation.finance.booking import book
from simulation.sense.loader import load_text
from simulation.world import World
from tests import records
from tests.records import DAY

STAGED = """\
version: 1
title: Two stages
experiment: {start: 2026-01-07, months: 1, replications: 1}
calendar: {around_the_clock: true}
market:
  qualification: null
  channels: {site: {kind: inbound, leads_per_month: 10}, fair: {kind: inbound, leads_per_month: 5}}
  products: {crm: {deal: 1000, gross_margin: 40 %, repeat: false}}
  stages: [{name: talk, work: 1 h, conversion: 50 %}, {name: offer, work: 1 h, conversion: 50 %}]
structures: {pair: {roles: {seller: {headcount: 2, activities: [sell], pay: {base: 100}}}}}
"""
LEADS = [
    # three of the first day: won from the offer, lost in talk, still in the offer
    {"initial": True, "stage": 1, "state": "won", "closed": 4 * DAY, "entered": [np.nan, 0.0]},
    {"initial": True, "state": "lost", "reason": "declined", "closed": 2 * DAY, "entered": [0.0]},
    {"initial": True, "stage": 1, "entered": [np.nan, 0.0]},
    # new ones: won after 3 + 5 days, lost in the offer, lost in talk, still in talk; one of another channel
    {"arrived": 10 * DAY, "state": "won", "closed": 18 * DAY, "stage": 2, "entered": [10 * DAY, 13 * DAY]},
    {"arrived": DAY, "state": "lost", "reason": "declined", "closed": 9 * DAY, "stage": 1, "entered": [DAY, 2 * DAY]},
    {"arrived": 5 * DAY, "state": "lost", "reason": "waited", "closed": 7 * DAY, "entered": [5 * DAY]},
    {"arrived": 20 * DAY, "entered": [20 * DAY], "in_vain": True},
    {"arrived": 6 * DAY, "channel": "fair", "entered": [6 * DAY]},
]


@pytest.fixture(scope="module")
def result() -> Result:
    text = records.BASE.replace("months: 12", "months: 3, warm_up: 2").replace(
        "calls: {kind: outbound}", "calls: {kind: outbound, active: false}"
    )
    scenario = load_text(text.replace("  products:", "  initial: {customers: 20, pipeline: 30}\n  products:"))
    return simulate(scenario, replications=3, jobs=1)


def test_weeks_begin_on_mondays_and_are_cut_by_the_run() -> None:
    starts = week_starts(load_text(STAGED))  # 7 January 2026 is a Wednesday, 7 February a Saturday
    assert starts[:2] == [date(2026, 1, 7), date(2026, 1, 12)]
    assert starts[-2:] == [date(2026, 2, 2), date(2026, 2, 7)]
    assert len(starts) == 6


def test_a_moment_belongs_to_the_period_that_it_begins() -> None:
    times = np.array([0.0, 1.0, 1.5, 2.0, 3.0, -1.0, np.nan])
    assert count(times, np.array([0.0, 1.0, 2.0, 3.0])).tolist() == [1, 2, 1]


def test_a_week_by_hand() -> None:
    scenario = load_text(STAGED)
    weeks = weekly_columns(records.record(scenario, leads=LEADS), scenario)
    assert weeks["days"].tolist() == [5, 7, 7, 7, 5]
    assert weeks["leads"].tolist() == [1, 3, 0, 1, 0]
    assert weeks["deals_first_day"].tolist() == [1, 0, 0, 0, 0]
    assert weeks["deals_new"].tolist() == [0, 0, 1, 0, 0]
    assert weeks["lost_first_day"].tolist() == [1, 0, 0, 0, 0]
    assert weeks["lost_new"].tolist() == [0, 2, 0, 0, 0]
    assert weeks["open_first_day"].tolist() == [1, 1, 1, 1, 1]
    assert weeks["open_new"].tolist() == [1, 2, 1, 2, 2]


def test_a_week_by_process_adds_up_to_the_week() -> None:
    """Leads of the fair go through a process of their own: one of them is new and still there."""
    own = "  processes: {visit: {stages: [{name: look, work: 1 h}]}}\nstructures:"
    text = STAGED.replace("leads_per_month: 5", "leads_per_month: 5, process: visit").replace("structures:", own)
    scenario = load_text(text)
    leads = [row | {"entered": [np.nan, np.nan, 6 * DAY]} if "channel" in row else row for row in LEADS]
    weeks = weekly_columns(records.record(scenario, leads=leads), scenario)
    assert weeks["leads.visit"].tolist() == [0, 1, 0, 0, 0]
    assert weeks["open_new.visit"].tolist() == [0, 1, 1, 1, 1]
    assert weeks["lost_new.default"].tolist() == [0, 2, 0, 0, 0]
    for name in ("leads", *(f"{fate}_{part}" for fate in ("deals", "lost", "open") for part in PARTS)):
        assert np.array_equal(weeks[name], weeks[f"{name}.default"] + weeks[f"{name}.visit"])
    assert not [
        name
        for name in weekly_columns(records.record(load_text(STAGED), leads=LEADS), load_text(STAGED))
        if "." in name
    ]


def test_a_funnel_by_hand() -> None:
    scenario = load_text(STAGED)
    columns = funnel_columns(records.record(scenario, leads=LEADS), scenario)
    frame = pd.DataFrame(list(funnel_keys(scenario))).assign(**columns).set_index(["channel", "stage", "part"])
    flows = ["entered", "passed", "won", "lost", "open"]

    def row(*key: str) -> list[float]:
        return frame.loc[key, flows].tolist()

    assert row("site", "talk", "first_day") == [1, 0, 0, 1, 0]
    assert row("site", "offer", "first_day") == [2, 0, 1, 0, 1]
    assert row("site", "talk", "new") == [4, 2, 0, 1, 1]
    assert row("site", "offer", "new") == [2, 0, 1, 1, 0]
    assert row("fair", "talk", "new") == [1, 0, 0, 0, 1]
    assert frame["silent"].sum() == frame.loc[("site", "talk", "new"), "silent"] == 1  # lost, and has not said so
    # in talk: 3, 1 and 2 days, and one seen for 11 days: half have left after 2, nine of ten are not seen to
    assert frame.loc[("site", "talk", "new"), "days_p50"] == 2.0
    assert np.isnan(frame.loc[("site", "talk", "new"), "days_p90"])
    assert frame.loc[("site", "offer", "new"), ["days_p50", "days_p90"]].tolist() == [5.0, 7.0]


def test_a_span_takes_up_leads_where_they_are_when_it_begins() -> None:
    scenario = load_text(STAGED)
    span = (6 * DAY, 15 * DAY)
    columns = funnel_columns(records.record(scenario, leads=LEADS), scenario, span)
    frame = pd.DataFrame(list(funnel_keys(scenario))).assign(**columns)
    entered = frame.groupby(["stage", "part"])["entered"].sum()
    # in talk since day 5, in the offer since day 2 and since the first day; new: days 6 (fair) and 10
    assert entered.to_dict() == {
        ("talk", "first_day"): 1, ("offer", "first_day"): 2, ("talk", "new"): 2, ("offer", "new"): 1,
    }  # fmt: skip
    assert frame[["lost", "open", "passed", "won"]].sum().tolist() == [2, 3, 1, 0]


def test_the_first_days_leads_are_told_apart_in_the_measures() -> None:
    scenario = load_text(STAGED)
    record = records.record(scenario, leads=LEADS)
    found = measures(record, book(record, scenario), scenario)
    names = ("pipeline_start", "pipeline_won", "pipeline_lost", "pipeline_open", "pipeline_end", "open_leads")
    assert [found[name] for name in names] == [3, 1, 1, 1, 3, 2]


def shared(result: Result) -> Iterator[str]:
    weeks, months = result.runs.weeks, result.runs.months
    at_the_end = ("open_first_day", "open_new", "customers_end", "unbilled_revenue")
    yield from (name for name in weeks.columns if name in months and name not in (*KEYS, *at_the_end))


KEYS = ["structure", "replication"]


def test_weeks_add_up_to_what_months_add_up_to(result: Result) -> None:
    weeks, months = (frame.groupby(KEYS) for frame in (result.runs.weeks, result.runs.months))
    names = list(shared(result))
    assert {"leads", "deals", "deals_new", "revenue", "gross_margin", "customers_lost", "hires"} <= set(names)
    np.testing.assert_allclose(weeks[names].sum(), months[names].sum(), rtol=1e-9, atol=1e-6)
    ends = ["open_first_day", "open_new", "customers_end", "unbilled_revenue"]
    np.testing.assert_allclose(weeks[ends].last(), months[ends].last())
    assert weeks["days"].sum().tolist() == [90] * 3  # January to March


def test_parts_add_up_to_the_totals(result: Result) -> None:
    years = result.runs.replications.set_index(KEYS)
    for frame in (result.runs.weeks, result.runs.months):
        assert (frame["deals_first_day"] + frame["deals_new"] == frame["deals"]).all()
    weeks = result.runs.weeks.groupby(KEYS)
    assert (years["pipeline_start"] > 0).all()
    assert (weeks["deals_first_day"].sum() == years["pipeline_won"]).all()
    assert (weeks["deals_new"].sum() == years["won_leads"]).all()
    assert (weeks["lost_first_day"].sum() == years["pipeline_lost"]).all()
    assert (weeks["open_new"].last() == years["open_leads"]).all()
    assert (years["pipeline_open"] + years["open_leads"] == years["pipeline_end"]).all()


def test_the_funnel_adds_up_to_the_measures(result: Result) -> None:
    funnel = result.runs.funnel
    years = result.runs.replications.set_index(KEYS)
    of = {part: funnel[funnel["part"] == part].groupby(KEYS)[["won", "lost", "open"]].sum() for part in PARTS}
    assert (of["new"]["won"] == years["won_leads"]).all() and (of["new"]["open"] == years["open_leads"]).all()
    assert (of["new"].sum(axis=1) == years["leads"]).all()
    assert (of["first_day"]["won"] == years["pipeline_won"]).all()
    assert (of["first_day"].sum(axis=1) == years["pipeline_start"]).all()


def test_months_of_a_record_are_those_of_its_weeks_whatever_its_edges() -> None:
    scenario = records.scenario()
    made = records.record(scenario, sales=[{"time": 0.0}, {"time": 31 * DAY}, {"time": 364.9 * DAY}])
    months = monthly_columns(made, book(made, scenario), scenario)["deals"]
    assert months.tolist() == [1, 1, *[0] * 9, 1]
    assert weekly_columns(made, scenario)["deals"].sum() == 3


def test_weeks_have_what_months_have_when_the_first_day_is_the_last_of_its_month() -> None:
    # the warm-up begins on the 30th, since November has no 31st
    text = STAGED.replace("start: 2026-01-07, months: 1", "start: 2025-12-31, months: 2, warm_up: 1")
    scenario = load_text(text.replace("month: 10", "month: 99"))
    record = year(scenario, "pair", World(scenario, 0))
    ledger = book(record, scenario)
    assert record.begin == record.month_edges[0] == 24.0 * 31
    assert np.array_equal(ledger.month_edges, record.month_edges)
    weeks, months = weekly_columns(record, scenario), counts(record, record.month_edges)
    assert all(weeks[name].sum() == months[name].sum() for name in ("leads", "deals_new", "lost_new"))
