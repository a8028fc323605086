"""No structure is better by itself: with the mechanisms neutral any two win the same leads with the same hours."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from simulation.department import Record, simulate
from simulation.department.record import OPEN, REASONS, STATES, WON
from simulation.scenario.neutral import NEUTRAL, neutralise
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests.properties.scenarios import Tree, examples, load, trees

JANUARY = [12, *[0] * 11]
# What may differ between two structures and still moves nothing but dates.
ONLY_DATES = (
    *("pooling", "filter", "questions", "reach", "price_response", "paperwork", "availability", "absence", "payroll"),
)


@st.composite
def finished(draw: st.DrawFn) -> Tree:
    """Two structures, one-off sales, and leads that all arrive in January of a year that is long enough for them."""
    return in_january(draw, draw(trees(count=2, least=1)))


def in_january(draw: st.DrawFn, tree: Tree) -> Tree:
    """The tree with few leads, all of them early, none silent for ever, and nobody who buys twice."""
    tree["experiment"] |= {"months": 12, "warm_up": 0}
    kept: dict[str, Any] = {}
    for name, spec in tree["market"]["channels"].items():
        if spec["kind"] in ("inbound", "partner"):
            rate = draw(st.sampled_from([2, 1, 3]))
            kept[name] = spec | {"leads_per_month": rate, "seasonality": JANUARY}
    sources = [*kept]
    if tree["market"]["processes"] and "calls" in tree["market"]["channels"]:
        kept["calls"] = tree["market"]["channels"]["calls"] | {"active": False}  # it may name the process
    tree["market"]["channels"] = kept
    for product in tree["market"]["products"].values():
        product |= {"repeat": False, "deal_trend_per_year": 0}  # sizes would follow dates, which differ
    ways = [tree["market"], *tree["market"]["processes"].values()]
    for stage in (stage for way in ways for stage in way["stages"]):
        # the silent are closed within the year, and a reminder is not asked for while another one waits
        stage |= {"expires": "60 h", "remind": None} if stage.get("silent") else {}
    initial = tree["market"]["initial"] | {"customers": 0}
    if isinstance(listed := initial["pipeline"], list):
        initial["pipeline"] = [row for row in listed if row["channel"] in sources]
    tree["market"]["initial"] = initial
    return tree


def fates(record: Record) -> dict[str, tuple[str, str, float]]:
    """What became of each lead: state, reason, deal size."""
    leads = record.leads
    return {
        uid: (STATES[leads.state[row]], REASONS[leads.reason[row]], float(leads.size[row]))
        for row, uid in enumerate(leads.uid)
    }


def same_but_for_dates(scenario: Scenario) -> None:
    one, other = (simulate(scenario, name, World(scenario, 0)) for name in ("s0", "s1"))
    assume(not (one.leads.state == OPEN).any() and not (other.leads.state == OPEN).any())
    assume(not one.waiting[:, -1].any() and not other.waiting[:, -1].any())
    note(f"hours {one.busy.sum()} and {other.busy.sum()}")
    assert fates(one) == fates(other)
    assert sorted(one.sales.revenue.tolist()) == sorted(other.sales.revenue.tolist())
    for number, activity in enumerate(ACTIVITIES):
        if activity != "meet":
            mine, theirs = one.busy[:, number].sum(), other.busy[:, number].sum()
            assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-9)


@examples(40)
@given(finished())
def test_with_every_mechanism_neutral_two_structures_win_the_same_with_the_same_hours(tree):
    same_but_for_dates(neutralise(load(tree)))


@examples(40)
@given(finished())
def test_who_owns_what_when_people_are_away_and_how_much_work_there_is_move_only_dates(tree):
    for structure in tree["structures"].values():
        for role in structure["roles"].values():
            role["cover"] = 1 if role.get("cover") else 0
    same_but_for_dates(neutralise(load(tree), *(name for name in NEUTRAL if name not in ONLY_DATES)))


@examples(20)
@given(finished())
def test_paperwork_conserves_hours(tree):
    scenario = neutralise(load(tree), *(name for name in NEUTRAL if name != "paperwork"))
    world = World(scenario, 0)
    for structure in ("s0", "s1"):
        record = simulate(scenario, structure, world)
        assume(not record.waiting[:, -1].any() and not (record.leads.state == OPEN).any())
        expected = 0.0
        for row in np.flatnonzero(record.leads.state == WON):
            name = record.products[record.leads.product[row]]
            channel, strip, ordinal = record.leads.uid[int(row)].split("/")
            luck = world.streams.uniforms(f"lead/{channel}/{strip}/deal.paperwork", int(ordinal) + 1)
            expected += float(scenario.market.products[name].paperwork.quantile(luck[-1:])[0])
        assert record.busy[:, ACTIVITIES.index("paperwork")].sum() == pytest.approx(expected, rel=1e-9)


@examples(20)
@given(finished())
def test_work_and_deals_are_worth_something(tree):
    # the two properties above would be empty if hardly anything happened
    scenario = neutralise(load(tree))
    record = simulate(scenario, "s0", World(scenario, 0))
    expected = 12 * sum(spec.get("leads_per_month", 0) for spec in tree["market"]["channels"].values())
    assert len(record.leads.uid) > expected / 3
    asked = record.leads.reason != REASONS.index("declined_at_once")
    assert np.isfinite(record.leads.answered[asked]).all()


@examples(20)
@given(trees(count=2))
def test_a_neutral_scenario_can_be_neutralised_again_to_the_same(tree):
    scenario = neutralise(load(tree))
    assert neutralise(scenario) == scenario
