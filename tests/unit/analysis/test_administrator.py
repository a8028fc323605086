"""What an administrator is worth."""

from typing import Any

import numpy as np
import pytest

from simulation.analysis.measures import measures
from simulation.analysis.valuation import is_administrator
from simulation.finance.booking import book
from simulation.scenario.people import ACTIVITIES
from tests import records

DAY = records.DAY
CLERK = "structures.pair.roles.clerk"
WITH = {f"{CLERK}.support": False, f"{CLERK}.activities": ["paperwork", "collect"], "budget.contributions": "30 %"}
SALE = {"time": DAY, "revenue": 9000.0, "margin": 6000.0, "seat": 0}


def worked(**hours: list[float]) -> np.ndarray[Any, Any]:
    """Hours in the first month by activity: of the two sellers and of the clerk."""
    busy = np.zeros((3, len(ACTIVITIES), 12))
    for activity, by_place in hours.items():
        busy[:, ACTIVITIES.index(activity), 0] = by_place
    return busy


def measured(extra: dict[str, Any] | None = None, **columns: Any) -> dict[str, float]:
    made = records.scenario(WITH | (extra or {}))
    run = records.record(made, **columns)
    return measures(run, book(run, made), made)


BUSY = worked(sell=[80, 60, 0], prospect=[30, 10, 0], qualify=[10, 10, 0], paperwork=[5, 5, 40], collect=[0, 0, 10])


def test_freed_are_the_papers_and_reminders_that_sellers_need_not_do() -> None:
    assert measured(busy=BUSY)["freed_hours"] == 50.0


def test_an_hour_freed_is_worth_what_an_hour_with_leads_and_customers_leaves() -> None:
    assert measured(busy=BUSY, sales=[SALE])["freed_worth"] == pytest.approx(50 * 6000 / 200)
    paid = {"structures.pair.roles.seller.pay": {"base": 0, "commission": {"share": "10 %"}}}
    assert measured(paid, busy=BUSY, sales=[SALE])["freed_worth"] == pytest.approx(50 * (6000 - 1.3 * 900) / 200)


def test_an_administrator_costs_pay_with_contributions() -> None:
    assert measured(busy=BUSY)["administrator_cost"] == pytest.approx(1.3 * 12 * 50)


def test_one_administrator_pays_from_so_many_sellers() -> None:
    """Two sellers cause 60 h of papers, worth 30 an hour, 900 each; the administrator costs 780."""
    assert measured(busy=BUSY, sales=[SALE])["administrator_pays_from"] == pytest.approx(780 / 900)


def test_administrators_who_were_there_half_a_year_are_compared_at_their_pay_of_a_year() -> None:
    half = [{"place": 0}, {"place": 1}, {"place": 2, "end": 182.5 * DAY, "reason": "quit"}]
    found = measured(busy=BUSY, sales=[SALE], staff=half)
    assert found["administrator_cost"] == pytest.approx(390, rel=0.01)
    assert found["administrator_pays_from"] == pytest.approx(780 / 900, rel=0.01)


def test_without_an_administrator_nothing_is_freed_and_nothing_can_pay() -> None:
    none = {f"{CLERK}.support": True, f"{CLERK}.activities": []}
    found = measured(none, busy=worked(sell=[80, 60, 0], paperwork=[5, 5, 0]), sales=[SALE])
    assert (found["freed_hours"], found["freed_worth"], found["administrator_cost"]) == (0.0, 0.0, 0.0)
    assert np.isnan(found["administrator_pays_from"])


def test_without_margin_no_number_of_sellers_is_enough() -> None:
    assert np.isnan(measured(busy=BUSY)["administrator_pays_from"])


@pytest.mark.parametrize(
    ("activities", "is_one"),
    [
        (["paperwork"], True),
        (["collect", "paperwork", "meet"], True),
        (["serve", "paperwork"], False),
        (["paperwork", "qualify"], False),
        (["coach"], False),
    ],
)
def test_who_does_nothing_but_papers_is_an_administrator(activities: list[str], is_one: bool) -> None:
    made = records.scenario(WITH | {f"{CLERK}.activities": activities})
    assert is_administrator(made.structures["pair"].roles["clerk"]) == is_one
