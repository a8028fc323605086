"""Customers who differ: gamma-Poisson, Pareto/NBD and BG/NBD cohorts, the base of the first day, the closed form."""

import re
from functools import cache
from math import exp, lgamma, log

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import beta, betaln, gammaincinv, hyp2f1
from scipy.stats import nbinom, spearmanr

from simulation.department import Record, simulate
from simulation.department.record import ORDER
from simulation.expected import customer_months, expected_customer_margin, workload
from simulation.expected.kinds import gamma_points, kinds
from simulation.scenario.duties import LeadClass
from simulation.scenario.scenario import Scenario
from simulation.texts import texts
from simulation.world import Streams, World
from simulation.world.frailty import Frailty
from simulation.written.errors import ScenarioError
from simulation.written.readers import MONTH, YEAR
from tests.scripted import ScriptedWorld, live, small

MONTHS = 12
COHORT = 4000
AT_ONCE = {
    "market.products.thing.repeat": True,
    "market.stages": [{"name": "sale", "work": "0 h"}],
    "market.customers.order_every": {"exponential": "2 months"},
    "experiment.months": MONTHS,
}
SELLS_AND_SERVES = {"seller": {"headcount": 1, "activities": ["sell", "serve"]}}
RATE, T = 0.5, MONTHS  # orders a month of the mean customer, months; the run lasts a year of 12 months
WIDE = {"market.customers.order_rate_cv": 1.25}
DROP_OUT = WIDE | {"market.customers.drop_out": {"probability": 0.25, "cv": 0.8}}


def customers(changes: dict[str, object]) -> Scenario:
    return small(AT_ONCE | changes, roles=SELLS_AND_SERVES)


class Cohort(ScriptedWorld):
    """Customers who are all won as the run begins, each with luck of its own."""

    def __init__(self, scenario: Scenario, count: int) -> None:
        super().__init__(scenario, {"site": [0.0] * count})
        self.streams = Streams(2005, 0)


def cohort(changes: dict[str, object], count: int = COHORT) -> Record:
    made = customers(changes)
    return simulate(made, "plain", Cohort(made, count))


def orders_of(record: Record) -> np.ndarray:
    """Orders of each customer in the T months."""
    placed = record.orders.customer[record.orders.placed <= T * MONTH]
    return np.bincount(placed, minlength=len(record.customers.since))


def near(values: np.ndarray, expected: float) -> None:
    """The mean is as expected, within four standard errors."""
    assert values.mean() == pytest.approx(expected, abs=4 * values.std(ddof=1) / len(values) ** 0.5)


def fits(counts: np.ndarray, shares: list[float]) -> None:
    """A frequency histogram is as expected: every class within four standard errors."""
    for number, share in enumerate(shares):
        near((counts == number).astype(float), share)


# --- orders -------------------------------------------------------------------------------------------------------


def test_orders_of_a_cohort_are_negative_binomial() -> None:
    counts = orders_of(cohort(WIDE))
    r = 1.25**-2
    law = nbinom(r, r / (r + RATE * T))
    near(counts, RATE * T)
    near((counts - RATE * T) ** 2.0, RATE * T + (1.25 * RATE * T) ** 2)
    fits(counts, [float(law.pmf(n)) for n in range(12)])


def test_the_best_fifth_has_its_share_of_the_orders() -> None:
    counts = orders_of(cohort(WIDE))
    r = 1.25**-2
    law = nbinom(r, r / (r + RATE * T))

    def best(sample: np.ndarray) -> float:
        return float(np.sort(sample)[-len(sample) // 5 :].sum() / sample.sum())

    often = law.ppf((np.arange(10**5) + 0.5) / 10**5)
    others = [best(law.rvs(COHORT, random_state=seed)) for seed in range(100)]
    assert best(often) == pytest.approx(0.62, abs=0.005)
    assert best(counts) == pytest.approx(best(often), abs=4 * float(np.std(others)))
    alike = orders_of(cohort({}))
    assert best(alike) < 0.4


def test_large_customers_order_more_often_where_both_go_together() -> None:
    together = WIDE | {
        "market.customers.size_rate_correlation": 0.7,
        "market.products.thing.deal": {"lognormal": {"mean": 100, "cv": 1}},
    }
    made = customers(together)
    world = Cohort(made, COHORT)
    record = simulate(made, "plain", world)
    frailty = Frailty(made.market, world.leads("site"))
    rates = np.array([frailty.rate(i) for i in range(COHORT)])
    # a Gaussian copula of correlation r has the rank correlation 6/pi asin(r/2)
    assert spearmanr(rates, record.customers.order_size).statistic == pytest.approx(
        6 / np.pi * np.arcsin(0.35), abs=4 / COHORT**0.5
    )
    near(rates, 1.0)
    kind = kinds(made.market, LeadClass("site", "thing"))[0]
    near(rates * record.customers.order_size, 100 * kind.rate * kind.size)
    apart = simulate(
        customers(WIDE | {"market.products.thing.deal": together["market.products.thing.deal"]}), "plain", world
    )
    assert np.array_equal(apart.customers.order_size, record.customers.order_size)  # sizes stay as they were


# --- leaving ------------------------------------------------------------------------------------------------------


def test_customers_with_a_gamma_hazard_survive_as_a_pareto_law_says() -> None:
    record = cohort(WIDE | {"market.customers.churn_per_year": 1.2, "market.customers.churn_cv": 1.5})
    lived = np.where(np.isnan(record.customers.until), np.inf, record.customers.until) / MONTH

    def alive(t: float) -> float:
        return (1 + 1.5**2 * 0.1 * t) ** (-1 / 1.5**2)

    for months in (1, 3, 6, 12):
        near((lived > months).astype(float), alive(months))
    # Pareto/NBD: the rate and the hazard are independent, so orders are those of who is alive
    near(orders_of(record), RATE * quad(alive, 0, T)[0])


def bg_nbd(x: int) -> float:
    """P(X(t) = x): Fader, Hardie and Lee 2005, equation (8)."""
    r, alpha, (a, b) = 1.25**-2, 1.25**-2 / RATE, shapes()
    buys = log(alpha / (alpha + T)) * r
    still = (
        betaln(a, b + x) - betaln(a, b) + lgamma(r + x) - lgamma(r) - lgamma(x + 1) + buys + x * log(T / (alpha + T))
    )
    if x == 0:
        return exp(still)
    fewer = sum(exp(lgamma(r + j) - lgamma(r) - lgamma(j + 1) + buys + j * log(T / (alpha + T))) for j in range(x))
    return exp(still) + float(beta(a + 1, b + x - 1) / beta(a, b)) * (1 - fewer)


def shapes() -> tuple[float, float]:
    """Shapes of a beta law of mean 0.25 and coefficient of variation 0.8."""
    size = 0.75 / (0.25 * 0.64) - 1
    return 0.25 * size, 0.75 * size


def mean_orders(t: float) -> float:
    """E[X(t)]: Fader, Hardie and Lee 2005, equation (9)."""
    r, alpha, (a, b) = 1.25**-2, 1.25**-2 / RATE, shapes()
    curve = (alpha / (alpha + t)) ** r * hyp2f1(r, b, a + b - 1, t / (alpha + t))
    return float((a + b - 1) / (a - 1) * (1 - curve))


def test_a_cohort_that_drops_out_after_orders_is_a_bg_nbd() -> None:
    record = cohort(DROP_OUT)
    counts = orders_of(record)
    fits(counts, [bg_nbd(x) for x in range(8)])
    near((counts == 0).astype(float), (1 + RATE * T * 1.25**2) ** (-(1.25**-2)))  # nobody leaves before the first order
    for months in (2, 6, T):
        placed = record.orders.customer[record.orders.placed <= months * MONTH]
        near(np.bincount(placed, minlength=COHORT), mean_orders(months))
    assert set(record.customers.reason) == {"", "churn"}


def test_a_customer_leaves_with_the_order_that_is_its_last() -> None:
    changes = AT_ONCE | {
        "market.customers.order_every": "100 h",
        "market.customers.order_work": "2 h",
        "market.customers.drop_out": {"probability": 0.3},
    }
    made = small(changes, roles=SELLS_AND_SERVES)
    record = live(made, [0.0], luck={"customer.drop_out": [0.5, 0.31, 0.29]})
    assert record.orders.placed.tolist() == [100, 200, 300]
    assert record.customers.until.tolist() == [302]  # once it is shipped
    nobody = {"seller": {"headcount": 1, "activities": ["sell"]}, "farmer": {"headcount": 0, "activities": ["serve"]}}
    unserved = live(small(changes, roles=nobody), [0.0], luck={"customer.drop_out": 0.0})
    assert np.isnan(unserved.customers.until).all()


# --- the first day ------------------------------------------------------------------------------------------------

BASE = {"market.initial": {"customers": 3000, "oldest": "5 years"}}
LEAVING = {"market.customers.churn_per_year": 0.8, "market.customers.churn_cv": 1.2}


@cache
def base(drop_out: bool) -> tuple[Scenario, Record]:
    made = customers(BASE | (DROP_OUT if drop_out else LEAVING | WIDE))
    return made, simulate(made, "plain", World(made, 0))


def test_the_base_is_who_is_still_there_of_an_even_flow() -> None:
    # hazards of who came at an even pace and is there: density of z times (1 - exp(-h z A)) / (h z)
    made, record = base(False)
    frailty = Frailty(made.market, World(made, 0).initial("base", "site", 3000), first_day=True)
    hazards = np.array([frailty.churn(i) for i in range(3000)])
    z = gammaincinv(1.2**-2, (np.arange(10**6) + 0.5) / 10**6) * 1.2**2
    there = -np.expm1(-0.8 * z * 5) / np.maximum(0.8 * z, 1e-300)
    near(hazards, float((there * z).sum() / there.sum()))
    near(hazards**2, float((there * z * z).sum() / there.sum()))
    lived = np.where(np.isnan(record.customers.until), np.inf, record.customers.until) / YEAR
    near((lived > 0.5).astype(float), float((there * np.exp(-0.4 * z)).sum() / there.sum()))


def test_a_base_that_drops_out_has_lived_through_its_orders() -> None:
    made, _ = base(True)
    frailty = Frailty(made.market, World(made, 0).initial("base", "site", 3000), first_day=True)
    hazards = np.array([frailty.rate(i) * frailty.drop_out(i) for i in range(3000)]) * RATE * 12  # a year
    luck = np.random.default_rng(1)
    z = luck.gamma(1.25**-2, 1.25**2, 10**6) * luck.beta(*shapes(), 10**6) * RATE * 12
    there = -np.expm1(-z * 5) / np.maximum(z, 1e-300)
    near(hazards, float((there * z).sum() / there.sum()))


@pytest.mark.parametrize("drop_out", [False, True])
def test_the_base_melts_as_the_closed_form_says(drop_out: bool) -> None:
    made, record = base(drop_out)
    flows = workload(made, "plain")
    gone = np.where(np.isnan(record.customers.until), record.end, record.customers.until) / record.end
    near(3000 * gone, flows.customers)
    counts = np.bincount(record.orders.customer, minlength=3000) * 3000 * MONTH / record.end
    near(counts, flows.orders)


# --- the closed form ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cv", [0.2, 0.7, 1.0, 2.0, 5.0])
def test_points_of_the_gamma_law_give_its_survival(cv: float) -> None:
    points, weights = gamma_points(cv)
    for ahead in (0.01, 0.3, 1, 5, 30):
        assert float(weights @ np.exp(-ahead * points)) == pytest.approx((1 + cv**2 * ahead) ** (-(cv**-2)), abs=1e-3)
    assert float(weights @ points) == pytest.approx(1)


def test_deals_for_nothing_have_no_size_to_go_with_the_rate() -> None:
    free = small(
        {
            "market.products.thing.deal": 0,
            "market.customers.order_rate_cv": 0.8,
            "market.customers.size_rate_correlation": 0.5,
        }
    )
    found = kinds(free.market, LeadClass("site", "thing", 0.0, float("inf")))
    assert {each.size for each in found} == {1.0}
    assert sum(each.weight * each.rate for each in found) == pytest.approx(1)


def test_kinds_of_customers_give_the_mean_of_the_bg_nbd() -> None:
    found = kinds(customers(DROP_OUT).market, LeadClass("site", "thing"))
    for months in (1, 12, 60):
        orders = sum(
            kind.weight * (1 - exp(-RATE * kind.rate * kind.drop_out * months)) / kind.drop_out for kind in found
        )
        assert orders == pytest.approx(mean_orders(months), rel=2e-3)


FLOW = {
    "market.channels.site.leads_per_month": 60,
    "market.products.thing.deal": {"lognormal": {"mean": 100, "cv": 1}},
    "market.initial": {"customers": 300},
}
TOGETHER = {"market.customers.size_rate_correlation": 0.6}


@pytest.mark.parametrize("form", [LEAVING | WIDE, LEAVING | WIDE | TOGETHER, DROP_OUT], ids=["churn", "sizes", "drop"])
@pytest.mark.parametrize("years", [8, pytest.param(25, marks=pytest.mark.slow)])
def test_a_flow_of_customers_brings_what_the_closed_form_says(form: dict[str, object], years: int) -> None:
    made = customers(FLOW | form)
    flows = workload(made, "plain")
    found = []
    for replication in range(years):
        record = simulate(made, "plain", World(made, replication))
        lived = np.where(np.isnan(record.customers.until), record.end, record.customers.until) - record.customers.since
        revenue = record.sales.revenue[record.sales.kind == ORDER].sum()
        months = record.end / MONTH
        found.append((lived.sum() / record.end, len(record.orders.placed) / months, revenue / months))
    for values, expected in zip(np.array(found).T, (flows.customers, flows.orders, flows.order_revenue), strict=True):
        near(values, expected)


def test_spans_between_changes_keep_who_has_stayed() -> None:
    changed = {"structures.plain.interventions": [{"at": "6 months", "set": {"market.customers.order_size": 1}}]}
    for form in (LEAVING | WIDE, DROP_OUT):
        whole = customers(FLOW | form)
        flows, parts = workload(whole, "plain"), workload(whole.replace(changed), "plain")
        assert len(parts.parts) == 2
        assert parts.customers == pytest.approx(flows.customers, rel=1e-9)
        assert parts.order_revenue == pytest.approx(flows.order_revenue, rel=1e-9)


def test_a_customer_is_worth_the_months_that_customers_stay() -> None:
    made = customers(LEAVING).replace({"experiment.valuation": {"horizon_months": 24, "discount_per_year": 0}})
    alive = quad(lambda t: (1 + 1.44 * 0.8 / 12 * t) ** (-1 / 1.44), 0, 24)[0]
    assert customer_months(made) == pytest.approx(alive, rel=2e-3)
    assert expected_customer_margin(made, "site", "thing", 100) == pytest.approx(alive * RATE * 50, rel=2e-3)


# --- nothing moves, and bad input ----------------------------------------------------------------------------------


def test_who_differs_in_one_thing_has_all_other_luck_as_before() -> None:
    # the hazards differ, and each customer's orders are the first ones of those it has where nobody leaves
    plain, wide = cohort({}, 50), cohort(LEAVING, 50)
    for customer in range(50):
        all_of, some_of = (run.orders.placed[run.orders.customer == customer] for run in (plain, wide))
        assert np.array_equal(all_of[: len(some_of)], some_of)
    assert len(wide.orders.placed) < len(plain.orders.placed)


BAD = [
    ({"order_rate_cv": -0.5}, "order_rate_cv", "-0.5", "-0[.,]5"),
    ({"churn_cv": 6}, "churn_cv", "6", "6"),
    ({"size_rate_correlation": 1}, "size_rate_correlation", "less than 1|below 1", "меньше 1"),
    ({"churn_per_year": 0.2, "drop_out": {"probability": 0.1}}, "churn_per_year", "not both", "не так и так сразу"),
    ({"drop_out": {"probability": 0.5, "cv": 1}}, r"drop_out\.cv", "below 1", "меньше 1"),
    ({"drop_out": {"probability": 1, "cv": 0.5}}, r"drop_out\.cv", "all leave", "уходят все"),
    ({"drop_out": {"probabilty": 0.5}}, "drop_out", "probability", "probability"),
]


@pytest.mark.parametrize(("keys", "path", "why", "russian"), BAD)
def test_what_cannot_be_is_refused_in_both_languages(keys: dict, path: str, why: str, russian: str) -> None:
    changes = {f"market.customers.{key}": value for key, value in keys.items()}
    with pytest.raises(ScenarioError, match=rf"market\.customers\.{path}") as refused:
        customers(changes)
    assert len(refused.value.problems) == 1
    assert refused.match(why)
    assert refused.match("<text>:[0-9]+: ")
    assert re.search(russian, texts("ru").again(refused.value.problems[0].phrase))
