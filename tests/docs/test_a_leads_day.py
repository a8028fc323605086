"""`docs/a-leads-day.md` is true: every function that it names exists, and a lead enters them in that order."""

from __future__ import annotations

import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

from simulation.analysis.comparison import simulate
from simulation.department import Department
from simulation.floor.choice import FLOOR, OBJECTS
from simulation.report.tables import report
from simulation.validation.calls import Call, cost, followed
from simulation.world import World
from tests.scripted import small

PAGE = Path(__file__).parents[2] / "docs" / "a-leads-day.md"
STEPS = re.findall(r"^\|.*\| `([\w/.]+)` \| `([\w.]+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
ARRIVAL = ("department/leads.py", "LeadFlow.arrive")

MARKET = {
    "experiment.seed": 2,  # one lead in the month, and time enough for an order
    "experiment.replications": 1,
    "market.channels.site.leads_per_month": 1,
    "market.products.thing.repeat": True,
    "market.products.thing.paperwork": "1 h",
    "market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 0},
    "market.stages": [
        {"name": "offer", "work": "2 h", "conversion": 1, "thinking": "24 h"},
        {"name": "deal", "work": "1 h", "conversion": 1},
    ],
    "market.customers.order_every": "48 h",
    "market.customers.order_work": "1 h",
    "market.customers.payment": {"delay": "48 h"},
    "hand_off.lead.delay": "2 h",
}
ROLES = {
    "hunter": {"headcount": 1, "activities": ["qualify"]},
    "closer": {"headcount": 1, "activities": ["sell"]},
    "farmer": {"headcount": 1, "activities": ["serve", "paperwork"]},
}


@pytest.fixture(scope="module")
def day() -> list[Call]:
    """Every function that a month with one lead enters, from the first draw to the table."""
    scenario = small(MARKET, roles=ROLES)

    def month() -> None:
        result = simulate(scenario, jobs=1)
        report(result, width=100)
        assert result.mean("plain", "leads") == result.mean("plain", "deals") == 1
        assert result.mean("plain", "orders") > 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FLOOR, OBJECTS)  # the page follows a lead through the object floor
        return followed(month)


@pytest.mark.parametrize(("file", "function"), STEPS, ids=[function for _, function in STEPS])
def test_every_function_of_the_page_stands_in_its_file(file: str, function: str) -> None:
    module = import_module(f"simulation.{file.removesuffix('.py').replace('/', '.')}")
    found = reduce(getattr, function.split("."), module)
    assert found.__module__ == module.__name__ and found.__qualname__ == function


def test_a_lead_enters_the_functions_of_the_page_in_its_order(day: list[Call]) -> None:
    """Before the lead arrives and from then on, each is entered for the first time after the one above it."""
    entered = [(call.file.removeprefix("simulation/"), call.function) for call in day]
    arrival, at = STEPS.index(ARRIVAL), entered.index(ARRIVAL)
    assert len(set(STEPS)) == len(STEPS) > 40
    for steps, calls in ((STEPS[:arrival], entered[:at]), (STEPS[arrival:], entered[at:])):
        missing = set(steps) - set(calls)
        assert not missing
        assert sorted(steps, key=calls.index) == steps


def test_calls_know_their_caller_and_end_with_what_is_followed() -> None:
    calls = followed(lambda: small(MARKET, roles=ROLES).structures)
    assert all(call.file.startswith("simulation/") and (PAGE.parents[1] / call.file).is_file() for call in calls)
    assert any(call.across for call in calls) and not all(call.across for call in calls)
    small()  # nobody listens any more
    assert followed(lambda: None) == []


def test_the_cost_of_a_piece_of_work_counts_what_is_entered_for_it() -> None:
    scenario = small(MARKET, roles=ROLES)
    found = cost(Department(scenario, "plain", World(scenario, 0), floor=OBJECTS))
    lead, papers_and_orders = 3, 1 + 2 * 9
    assert found.pieces == lead + papers_and_orders
    assert found.calls > found.across > 1
    assert found.functions > found.files > 3
