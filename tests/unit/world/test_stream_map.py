"""The map of streams names what runs ask for, all of it and nothing else, and the docs say the same."""

from functools import cache
from pathlib import Path

import pytest

from simulation.department import simulate
from simulation.sense.loader import load
from simulation.world import World
from simulation.world.stream_map import STREAMS, known, table

ROOT = Path(__file__).parents[3]
BURSTS = {"cv": 0.4, "memory": 0.3, "common": 0.5}
UNLIKE = {"order_rate_cv": 1, "churn_cv": 1}
LAST_ORDERS = {"churn_per_year": 0, "drop_out": {"probability": 0.1, "cv": 1}}
BETTER_CALLS = {"at": "2026-07-01", "set": {"market.channels.calls.find_probability": "4 %"}}
CLOCKS: dict[str, object] = {
    "market.channels.site.declined_at_once": 0.1,
    "market.stages.0.thinking_lost": {"exponential": "9 days"},
    "market.stages.0.silent": 0.3,
    "market.stages.0.remind": {"work": {"exponential": "10 min"}},
    "market.stages.0.reach": {"work": {"exponential": "3 min"}},
}
OLD: dict[str, object] = {
    "market.initial.customers": [{"orders": 9, "last_order": "1 months", "age": "2 years", "count": 90}]
}
RUNS: dict[tuple[str, str], dict[str, object]] = {
    ("it_integrator", "owners_stop"): {"market.customers.payment.reminder_work": {"exponential": "2 h"}},
    ("it_integrator", "owners_sell"): {"structures.owners_sell.interventions": [BETTER_CALLS]},
    ("wholesale", "functional"): CLOCKS | OLD | {f"market.customers.{key}": value for key, value in UNLIKE.items()},
    ("retail", "farmer"): {"market.channels.walk_in.bursts": BURSTS}
    | {f"market.customers.{key}": value for key, value in LAST_ORDERS.items()},
    ("reorganisation", "one_a_week"): {},
    ("crm_rollout", "with_crm"): {},
}
"""Runs that together ask for everything: scenario and structure, with what is changed in it."""


@cache
def asked(name: str, structure: str) -> frozenset[str]:
    scenario = load(ROOT / "scenarios" / f"{name}.yaml").replace(RUNS[name, structure])
    world = World(scenario, 0)
    simulate(scenario, structure, world)
    return world.streams.asked


@pytest.mark.parametrize(("name", "structure"), RUNS)
def test_the_map_knows_every_stream_that_a_run_asks_for(name: str, structure: str) -> None:
    assert sorted(stream for stream in asked(name, structure) if known(stream) is None) == []


def test_every_stream_of_the_map_is_asked_for_by_some_run() -> None:
    found = {known(stream) for run in RUNS for stream in asked(*run)}
    assert [named.name for named in STREAMS if named not in found] == []


def test_names_that_are_nearly_right_are_not_known() -> None:
    right = ("lead/web/3/moved", "lead/web/found/stage.first call.work", "people/talent/sell")
    assert all(known(name) is not None for name in right)
    assert len({known(name) for name in right}) == 3
    wrong = ("lead/web/3/moved/0", "lead/hunters/base/deals", "lead/web/nowhere/deal", "people/talent/sell/1")
    assert all(known(name) is None for name in wrong)


def test_the_docs_have_the_table_of_the_code() -> None:
    page = (ROOT / "docs" / "randomness.md").read_text(encoding="utf-8")
    assert table() in page, "put what `python -m simulation.world.stream_map` prints into docs/randomness.md"
