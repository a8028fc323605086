"""The price: new buyers and old customers both answer it, each more of it does more, and neutral is exactly nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simulation
from simulation.department import Record
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from tests.mechanisms.isolation import isolated, mean_and_error, rising, run, runs

TEN = Path(__file__).parents[2] / "scenarios" / "department_of_ten.yaml"
PRODUCT = "market.products.service"
YEARS = 4


@pytest.fixture(scope="module")
def ten() -> Scenario:
    return load(TEN).replace({f"{PRODUCT}.price_response": -0.03})


def priced(scenario: Scenario, price: float, **answers: float) -> Scenario:
    return scenario.replace(
        {f"{PRODUCT}.price": price} | {f"{PRODUCT}.{name}": value for name, value in answers.items()}
    )


def of_orders(record: Record) -> float:
    return float(record.sales.revenue[record.sales.kind == 1].sum())


@pytest.fixture(scope="module")
def alone(ten: Scenario) -> Scenario:
    """Nothing but the price at work, and customers who leave of themselves."""
    answers = {"price_response": -0.03, "price_orders": -1.2, "price_churn": 0.01}
    return isolated(ten, "price_response").replace({f"{PRODUCT}.{name}": value for name, value in answers.items()})


def test_the_dearer_the_less_is_ordered_and_the_more_leave(alone: Scenario) -> None:
    doses = [(price, runs(priced(alone, price), "universal", 2)) for price in (0.8, 1, 1.2, 1.5)]
    assert rising([-sum(of_orders(record) / price for record in records) for price, records in doses])
    assert rising([-sum(float(record.customers_at[-1]) for record in records) for _, records in doses])


@pytest.mark.parametrize(
    ("answer", "values"), [("price_orders", (0, -0.5, -1.2, -2.6)), ("price_churn", (0, 0.01, 0.03))]
)
def test_the_stronger_the_answer_the_less_a_higher_price_brings(
    alone: Scenario, answer: str, values: tuple[float, ...]
) -> None:
    doses = [runs(priced(alone, 1.2, **{answer: value}), "universal", 2) for value in values]
    assert rising([-sum(of_orders(record) for record in records) for records in doses])


def test_orders_answer_by_their_elasticity_and_no_more(alone: Scenario) -> None:
    """With nobody leaving for it, the same customers place the same orders, each of price ** (1 - 1.2) the money."""
    quiet = {"price_response": -1e-9, "price_churn": 0}
    base, dear = (run(priced(alone, price, **quiet), "universal") for price in (1, 1.25))
    orders = base.sales.kind == 1
    assert dear.sales.time.tolist() == base.sales.time.tolist()
    assert dear.sales.revenue[orders] == pytest.approx(base.sales.revenue[orders] * 1.25**-0.2)
    assert dear.sales.revenue[~orders] == pytest.approx(base.sales.revenue[~orders] * 1.25)


def test_at_list_price_no_answer_does_anything(ten: Scenario) -> None:
    plain = run(ten, "functional")
    other = run(priced(ten, 1, price_orders=-2.6, price_churn=0.03), "functional")
    assert other.sales.revenue.tolist() == plain.sales.revenue.tolist()
    assert np.array_equal(other.customers.until, plain.customers.until, equal_nan=True)
    assert np.array_equal(other.busy, plain.busy)


@pytest.mark.slow
@pytest.mark.parametrize("structure", ["universal", "functional"])
def test_ten_per_cent_dearer_does_not_double_the_profit(ten: Scenario, structure: str) -> None:
    """When old customers did not answer it did: four fifths of the revenue are theirs."""
    profits = [
        [simulation.replicate_one(priced(ten, price), structure, replication)[1].profit for replication in range(YEARS)]
        for price in (1, 1.1)
    ]
    more, error = mean_and_error([dear - before for before, dear in zip(*profits, strict=True)])
    mean = float(np.mean(profits[0]))
    assert more < 0.8 * mean - 2 * error
    elastic = [
        simulation.replicate_one(priced(ten, 1.1, price_orders=-2.6), structure, n)[1].profit for n in range(YEARS)
    ]
    # the margin of 30 % lets a rise pay down to an elasticity of -3.3, but the more customers answer the less
    assert np.mean(elastic) < np.mean(profits[1])


def test_what_the_closed_form_expects_of_a_price_comes_out(alone: Scenario) -> None:
    """Orders and customers at another price, relative to those at list price."""
    found, planned = [], []
    for price in (1, 1.2):
        scenario = priced(alone, price)
        records = runs(scenario, "universal", YEARS)
        found.append((np.mean([of_orders(r) for r in records]), np.mean([r.customers_at.mean() for r in records])))
        flows = simulation.expected.workload(scenario, "universal")
        planned.append((flows.order_revenue, flows.customers))
    for number, tolerance in ((0, 0.02), (1, 0.02)):
        ratio = found[1][number] / found[0][number]
        assert ratio == pytest.approx(planned[1][number] / planned[0][number], abs=tolerance)
