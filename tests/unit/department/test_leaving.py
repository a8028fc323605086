"""When customers leave: by themselves, and faster when they wait too long. The time of leaving is exact."""

import math

import numpy as np
import pytest
from scipy import stats

from simulation.department import simulate
from simulation.world import World
from tests.scripted import live, small, spans

MONTH, YEAR = 730.5, 8766.0
BASE = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "2 h",
    "market.customers.tolerance": "20 h",
    "experiment.months": 2,
}
ONE = {"seller": {"headcount": 1, "activities": ["sell", "serve"]}}
NOBODY = {"seller": {"headcount": 1, "activities": ["sell"]}, "farmer": {"headcount": 0, "activities": ["serve"]}}


def leaving(threshold: float, own: float = 0.0, late: float = 0.0, roles: dict | None = None, **fate: object) -> float:
    """When the customer won at 2 leaves, with hazards per hour, and the unit-exponential threshold given."""
    changes = BASE | {
        "market.customers.churn_per_year": own * YEAR,
        "market.customers.late_churn_per_month": late * MONTH,
    }
    record = live(small(changes, roles=roles or ONE), [1.0], luck={"customer.leave": math.exp(-threshold)}, **fate)
    until = record.customers.until[0]
    assert record.customers.reason == (["churn"] if until == until else [""])
    assert record.customers_at.tolist() == [not until <= edge for edge in record.month_edges[1:]]
    return float(until)


def test_a_customer_leaves_by_itself_when_its_hazard_reaches_the_threshold():
    assert leaving(1.5, own=1 / 500) == pytest.approx(752)


def test_a_customer_without_a_hazard_stays():
    assert math.isnan(leaving(0.001))


def test_a_customer_who_is_served_in_time_is_never_unhappy():
    assert math.isnan(leaving(0.5, late=1.0))


def test_a_customer_leaves_when_an_order_waits_too_long():
    # the order of 102 waits for ever; unhappy from 122 on
    assert leaving(0.5, late=1 / 100, roles=NOBODY) == pytest.approx(122 + 50)


def test_both_hazards_add_while_it_is_unhappy():
    # own: 120/1000 until 122; then 1/1000 + 1/100
    assert leaving(0.5, own=1 / 1000, late=1 / 100, roles=NOBODY) == pytest.approx(122 + (0.5 - 0.12) / 0.011)


def test_it_is_as_unhappy_with_many_orders_as_with_one():
    # ten orders wait at the end, and the hazard is still that of one
    assert leaving(9.0, late=1 / 100, roles=NOBODY) == pytest.approx(122 + 900)


def test_a_customer_is_happy_again_when_it_is_served():
    # away 100 to 150: the order of 102 is served from 150 to 152; unhappy from 122 to 152, 0.3 of the threshold.
    # away again 300 to 400: the orders of 302 and ... are late from 322 on
    found = leaving(0.5, late=1 / 100, absences={0: [(100.0, 150.0), (300.0, 400.0)]})
    assert found == pytest.approx(322 + 20)


def test_it_stays_unhappy_until_the_last_late_one_is_served():
    # orders of 102 and 202 wait until 250; the first is served at 252, the second at 254: unhappy from 122 to 254
    absences = {0: [(100.0, 250.0)]}
    assert leaving(1.31, late=1 / 100, absences=absences) == pytest.approx(122 + 131)
    assert math.isnan(leaving(1.33, late=1 / 100, absences=absences))


def test_one_who_leaves_while_being_served_does_not_order():
    changes = BASE | {"market.customers.churn_per_year": YEAR / 1000, "market.customers.order_work": "50 h"}
    record = live(small(changes, roles=ONE), [1.0], luck={"customer.leave": math.exp(-0.12)})
    # leaves at 122, while the order of 102 is in work until 152
    assert record.customers.until[0] == pytest.approx(122)
    assert record.sales.kind.tolist() == [0]
    assert record.events[-1][6] == "customer has left"


def test_one_who_left_while_waiting_does_not_leave_again_when_it_is_served():
    # the order of 102 is in work until 252, so the customer is unhappy from 122 on
    changes = BASE | {
        "market.customers.late_churn_per_month": MONTH / 100,
        "market.customers.churn_per_year": YEAR / 1e4,
        "market.customers.order_work": "150 h",
    }
    record = live(small(changes, roles=ONE), [1.0], luck={"customer.leave": math.exp(-0.42)})
    gone = record.customers.until[0]
    assert gone == pytest.approx(122 + (0.42 - 0.0120) / 0.0101)
    late = [end for begin, end in spans(record, "order") if end > gone]
    assert late  # somebody was still at work for it


def test_nobody_works_for_a_customer_who_has_left():
    changes = BASE | {"market.customers.churn_per_year": YEAR / 1000}
    record = live(
        small(changes, roles=ONE), [1.0], luck={"customer.leave": math.exp(-0.12)}, absences={0: [(100.0, 500.0)]}
    )
    assert [row[1] for row in record.events] == ["sale"]


def test_a_customer_who_left_orders_no_more():
    changes = BASE | {"market.customers.churn_per_year": YEAR / 1000, "market.customers.order_work": "0 h"}
    record = live(small(changes, roles=ONE), [1.0], luck={"customer.leave": math.exp(-0.35)})
    assert record.customers.until[0] == pytest.approx(352)
    assert record.sales.time.tolist() == [2, 102, 202, 302]


def test_papers_that_wait_make_a_customer_unhappy_too():
    changes = BASE | {
        "market.products.thing.paperwork": "1 h",
        "market.customers.order_every": "never",
        "market.customers.late_churn_per_month": MONTH / 100,
    }
    roles = ONE | {"administrator": {"headcount": 0, "activities": ["paperwork"]}}
    record = live(small(changes, roles=roles), [1.0], luck={"customer.leave": math.exp(-0.5)})
    # the papers of the deal wait from 2 on
    assert record.customers.until[0] == pytest.approx(2 + 20 + 50)


def test_times_of_leaving_are_exponential():
    changes = BASE | {
        "market.customers.churn_per_year": 1.5,
        "market.customers.order_every": "never",
        "market.initial": {"customers": 3000},
        "experiment.months": 12,
    }
    scenario = small(changes, roles=ONE)
    record = simulate(scenario, "plain", World(scenario, 0))
    until = record.customers.until
    gone = until[until == until]
    share = 1 - math.exp(-1.5 * record.end / YEAR)
    assert len(gone) / 3000 == pytest.approx(share, abs=4 * (share * (1 - share) / 3000) ** 0.5)
    # of those who left, the times are uniform after the exponential's distribution function
    assert stats.kstest((1 - np.exp(-1.5 * gone / YEAR)) / share, "uniform").pvalue > 1e-3
    remaining = [3000 - (gone <= edge).sum() for edge in record.month_edges[1:]]
    assert record.customers_at.tolist() == remaining
