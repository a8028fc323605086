"""Customers of the first day as a list has them: each is drawn given its orders so far, and some have left already."""

from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from scipy.special import gammaincinv, hyp2f1

from simulation.analysis.identity import fingerprints
from simulation.analysis.valuation import start_value
from simulation.department import Record, simulate
from simulation.expected import workload
from simulation.expected.old_customers import Known
from simulation.scenario.customers import Customers
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.validation.sense.changes import doubled
from simulation.world import World
from simulation.world.frailty import Frailty
from simulation.written.errors import ScenarioError
from simulation.written.readers import MONTH
from tests.scripted import live, small, worked

ORDERS = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": {"exponential": "1 months"},
    "experiment.months": 12,
}
ROLES = {"seller": {"headcount": 1, "activities": ["sell", "serve"]}}
WIDE = {"market.customers.order_rate_cv": 1.25}
LEAVE = WIDE | {"market.customers.churn_per_year": 0.8, "market.customers.churn_cv": 1.2}
DROP = WIDE | {"market.customers.drop_out": {"probability": 0.25, "cv": 0.8}}
R, LATELY = 1.25**-2, {"orders": 6, "last_order": "1 months", "age": "12 months"}


def listed(*rows: dict[str, Any]) -> dict[str, Any]:
    """Customers who have ordered lately, unless a row says otherwise."""
    return {"market.initial": {"customers": [LATELY | row for row in rows]}}


def made(changes: dict[str, Any], *rows: dict[str, Any]) -> Scenario:
    return small(ORDERS | changes | listed(*rows), roles=ROLES)


def near(values: np.ndarray, expected: float) -> None:
    """The mean is as expected, within four standard errors."""
    assert values.mean() == pytest.approx(expected, abs=4 * values.std(ddof=1) / len(values) ** 0.5 + 1e-12)


# --- by hand ------------------------------------------------------------------------------------------------------


def test_the_next_order_comes_when_the_interval_under_way_is_over() -> None:
    every = {"market.customers.order_every": "100 h"}
    record = live(made(every, {"last_order": "30 h"}, {"last_order": "99 h"}, {"last_order": "150 h"}))
    first = [float(record.orders.placed[record.orders.customer == i].min()) for i in range(3)]
    assert first == [70, 1, 0]  # the last one is overdue
    assert record.customers.initial.all() and list(record.customers.uid) == [f"site/base/{i}" for i in range(3)]


def test_an_amount_is_what_an_order_brings_on_average() -> None:
    changes = {"market.customers.order_size": 0.5, "market.products.thing.price": 1.2}
    changes["market.products.thing.price_response"] = 0.02
    record = live(made(changes, {"amount": 700}, {}))
    assert record.customers.order_size.tolist() == pytest.approx([700 * 1.2 * 1.2**-1.2, 100 * 1.2 * 0.5 * 1.2**-1.2])


def test_how_often_a_customer_orders_is_drawn_given_its_orders() -> None:
    rows = [{"orders": n, "age": "12 months", "last_order": "1 months" if n else "12 months"} for n in (0, 6, 30)]
    scenario = made(WIDE, *rows)
    live(scenario)
    stock = World(scenario, 0).initial("base", "site", 3)
    found = Frailty(scenario.market, stock, True, scenario.market.initial.buyers)
    luck = stock.column("customer.rate")
    for i, orders in enumerate((0, 6, 30)):
        assert found.rate(i) == pytest.approx(gammaincinv(R + orders, luck[i]) / (R + 12))


@pytest.mark.parametrize("form", [{}, WIDE, LEAVE, DROP], ids=["alike", "rates", "churn", "drop"])
@pytest.mark.parametrize("luck", [0.05, 0.3, 0.7, 0.95])
def test_under_the_same_luck_who_has_ordered_more_never_orders_later(form: dict[str, Any], luck: float) -> None:
    rows = [{"orders": n, "last_order": "12 h" if n else "12 months"} for n in (0, 1, 3, 10, 40)]
    record = live(made(form, *rows), luck={"customer.rate": luck, "first.order.where": luck, "customer.there": 0})
    first = [float(record.orders.placed[record.orders.customer == i].min(initial=inf)) for i in range(5)]
    assert first == pytest.approx(sorted(first, reverse=True), rel=1e-6)


def test_who_has_left_is_not_there() -> None:
    chance = Known.of(made(LEAVE, {}).market.initial.buyers).there(made(LEAVE, {}).market.customers)[0]
    rows = ({"count": 2}, {"amount": 300})
    record = live(made(LEAVE, *rows), luck={"customer.there": [chance - 1e-6, chance + 1e-6, chance - 1e-6]})
    assert list(record.customers.uid) == ["site/base/0", "site/base/2"]
    assert not len(live(made(LEAVE, *rows), luck={"customer.there": 1.0}).customers.uid)


def test_a_list_of_nobody_is_an_empty_start() -> None:
    scenario = made({})
    assert scenario.market.initial.base == 0 and not len(live(scenario).customers.uid)


def test_each_channel_and_product_has_its_own() -> None:
    changes = {
        "market.channels.fair": {"kind": "inbound", "leads_per_month": 0, "patience": "never", "deal_size": 2},
        "market.products.other": {"deal": 50, "gross_margin": 0.5, "repeat": True},
        "market.channels.site.products": {"thing": 1, "other": 1},
    }
    scenario = made(changes, {}, {"channel": "fair", "count": 2}, {"product": "other"}, {"product": "thing"})
    record = live(scenario)
    assert list(record.customers.uid) == [
        f"{name}/base/{i}" for name, n in (("site", 3), ("fair", 2)) for i in range(n)
    ]
    assert sorted(record.customers.order_size.tolist()) == [50, 100, 100, 200, 200]


TWO = {"headcount": 2, "activities": ["sell", "serve"], "ownership": "personal"}
SERVED = {"market.customers.order_every": "100 h", "market.customers.order_work": "1 h"}


def served(record: Record) -> list[str]:
    """Who served each customer's first order, in the order of the list."""
    return [who for who, *_ in worked(record, "order")[: len(record.customers.uid)]]


@pytest.mark.parametrize(
    ("owners", "who"),
    [
        (["seller-2", "seller-2", "seller-2"], ["seller-2"] * 3),
        (["seller-1", "seller-2", "seller-2"], ["seller-1", "seller-2", "seller-2"]),
        (["seller", "seller", "seller"], ["seller-1", "seller-2", "seller-1"]),  # in turn
        (["seller-2", "", ""], ["seller-2", "seller-1", "seller-2"]),  # who has no owner goes to whoever is next
    ],
)
def test_a_listed_customer_is_its_owners(owners: list[str], who: list[str]) -> None:
    """Their next orders come after 40, 60 and 80 hours, one after the other."""
    rows = [{"owner": owner, "last_order": f"{60 - 20 * n} h"} for n, owner in enumerate(owners)]
    assert served(live(small(ORDERS | SERVED | listed(*rows), roles={"seller": TWO})))[:3] == who


def test_an_owner_whom_a_structure_does_not_have_or_who_does_not_serve_is_as_none() -> None:
    structures = {
        "one": {"roles": {"seller": TWO}},
        "two": {"roles": {"closer": TWO | {"activities": ["sell"]}, "farmer": TWO | {"activities": ["serve"]}}},
    }
    rows = [{"owner": owner, "last_order": f"{60 - 20 * n} h"} for n, owner in enumerate(["seller-2", "closer-2"])]
    scenario = small(ORDERS | SERVED | listed(*rows), structures=structures)
    assert served(live(scenario, structure="one")) == ["seller-2", "seller-1"]
    assert served(live(scenario, structure="two")) == ["farmer-1", "farmer-2"]


def test_people_of_today_keep_their_customers_or_hand_them_over() -> None:
    """The second seller is the farmer now; the first one sells only, and what was his may be lost in the hand-off."""
    structures = {
        "now": {"roles": {"seller": TWO}},
        "then": {
            "roles": {
                "closer": TWO | {"headcount": 1, "activities": ["sell"]},
                "farmer": TWO | {"headcount": 1, "activities": ["serve"]},
            }
        },
    }
    changes = ORDERS | SERVED | {"experiment.begin": "today", "experiment.today": "now"}
    changes |= {"hand_off.customer": {"loss": 0.3, "delay": "0 h", "extra_work": "0 h"}}
    rows = [{"owner": owner, "last_order": "60 h"} for owner in ("seller-2", "seller-1", "seller-2")]
    scenario = small(changes | listed(*rows), structures=structures)
    for luck, kept in ((0.2, [True, False, True]), (0.4, [True] * 3)):
        record = live(scenario, structure="then", luck={"customer.hand_off": luck})
        assert np.isnan(record.customers.until).tolist() == kept


# --- against the formulas ------------------------------------------------------------------------------------------

HISTORIES = [(0, 12, 12), (1, 11, 12), (3, 0.5, 12), (6, 1, 12), (6, 9, 24), (40, 0.2, 24), (40, 3, 24), (2, 0, 3)]


def known() -> Known:
    """Histories of many kinds: orders, months since the last one and since the deal."""
    x, last, age = np.array(HISTORIES, float).T
    return Known(x, last * MONTH, age * MONTH)


def buyers(changes: dict[str, Any]) -> Customers:
    return made(changes).market.customers


def test_the_chance_of_being_there_is_that_of_the_pareto_nbd() -> None:
    # Fader and Hardie 2005 (note on the Pareto/NBD), equation (12): A_0 where alpha < beta
    s, alpha = 1.2**-2, R  # times in months, where the mean rate is 1
    beta = s / (0.8 / 12)
    for (x, last, age), found in zip(HISTORIES, known().there(buyers(LEAVE)), strict=True):
        at, power = np.array([age - last if x else 0.0, age]), R + s + x
        part = hyp2f1(power, R + x, power + 1, (beta - alpha) / (beta + at)) / (beta + at) ** power
        odds = s / power * (alpha + age) ** (R + x) * (beta + age) ** s * float(part[0] - part[1])
        assert found == pytest.approx(1 / (1 + odds), rel=1e-6)


def test_the_chance_of_being_there_is_that_of_a_single_hazard_where_customers_are_alike() -> None:
    mu, rate = 0.8 / 12, 1.0
    for (x, last, age), found in zip(
        HISTORIES, known().there(buyers({"market.customers.churn_per_year": 0.8})), strict=True
    ):
        silent = last if x else age
        odds = mu / (mu + rate) * np.expm1((mu + rate) * silent)
        assert found == pytest.approx(1 / (1 + odds), rel=1e-5)


def test_the_chance_of_being_there_is_that_of_the_bg_nbd() -> None:
    # Fader, Hardie and Lee 2008 (computing P(alive) using the BG/NBD model)
    size = 0.75 / (0.25 * 0.64) - 1
    a, b = 0.25 * size, 0.75 * size
    for (x, last, age), found in zip(HISTORIES, known().there(buyers(DROP)), strict=True):
        odds = a / (b + x - 1) * ((R + age) / (R + age - last)) ** (R + x) if x else 0.0
        assert found == pytest.approx(1 / (1 + odds))
    even = known().there(buyers({"market.customers.drop_out": {"probability": 0.25}}))
    assert even[0] == 1 and even[3] == pytest.approx(1 / (1 + np.exp(1) / 3))


@pytest.mark.parametrize("form", [{}, WIDE])
def test_without_leaving_everybody_is_there(form: dict[str, Any]) -> None:
    assert known().there(buyers(form)).tolist() == [1.0] * len(HISTORIES)
    never = form | {"market.customers.order_every": "never", "market.customers.churn_per_year": 0.8}
    left = np.exp(-0.8 / 12 * np.array([last if x else age for x, last, age in HISTORIES]))
    assert known().there(buyers(never)) == pytest.approx(left, rel=1e-4)


MANY = 3000


@cache
def year(form: str) -> tuple[Scenario, Record]:
    changes = LEAVE if form == "churn" else DROP
    scenario = made(changes | {"market.customers.order_every": {"exponential": "2 months"}}, {"count": MANY})
    return scenario, simulate(scenario, "plain", World(scenario, 0))


@pytest.mark.parametrize("form", ["churn", "drop"])
def test_a_simulated_past_has_those_who_are_there_and_their_rates(form: str) -> None:
    """Customers of random kinds who live through a year: those with six orders, the last a month ago or so."""
    scenario, record = year(form)
    luck, n, shape = np.random.default_rng(7), 4_000_000, R
    rate = luck.gamma(shape, 1 / shape, n) / 2  # orders a month
    if form == "churn":
        gone = luck.exponential(size=n) / (luck.gamma(1.2**-2, 1.2**2, n) * 0.8 / 12)
    else:
        size = 0.75 / (0.25 * 0.64) - 1
        p = luck.beta(0.25 * size, 0.75 * size, n)
        until = luck.geometric(np.maximum(p, 1e-12))
    placed, x, last = np.zeros(n), np.zeros(n, int), np.zeros(n)
    alive = np.ones(n, bool) if form == "drop" else gone > 12
    going = np.arange(n)
    while len(going):
        placed[going] += luck.exponential(size=len(going)) / rate[going]
        limit = 12.0 if form == "drop" else np.minimum(12.0, gone[going])
        going = going[placed[going] < limit]
        x[going] += 1
        last[going] = placed[going]
        going = going[x[going] < 7]
        if form == "drop":
            ends = x[going] == until[going]
            alive[going[ends]] = False
            going = going[~ends]
    mine = (x == 6) & (last > 10.8) & (last < 11.2)
    assert mine.sum() > 500
    there = Known.of(scenario.market.initial.buyers).there(scenario.market.customers)[0]
    near(alive[mine].astype(float), there)
    near(rate[mine & alive] * 2, (R + 6) / (R + 12 / 2))
    assert len(record.customers.uid) == pytest.approx(MANY * there, abs=4 * (MANY * there * (1 - there)) ** 0.5)


MIXED = (
    {"count": 1000},
    {"orders": 0, "last_order": "12 months", "amount": 300, "count": 700},
    {"orders": 20, "age": "24 months", "count": 500},
)
FORMS = pytest.mark.parametrize("form", [{}, WIDE, LEAVE, DROP], ids=["alike", "rates", "churn", "drop"])


@FORMS
def test_a_base_melts_and_orders_as_the_closed_form_says(form: dict[str, Any]) -> None:
    scenario = made(form | {"market.customers.order_every": {"exponential": "2 months"}}, *MIXED)
    flows, record = workload(scenario, "plain"), simulate(scenario, "plain", World(scenario, 0))
    size, known = sum(row.count for row in scenario.market.initial.buyers), record.customers.order_size == 300
    lived = np.where(np.isnan(record.customers.until), record.end, record.customers.until) / record.end
    months, orders = record.end / MONTH, np.bincount(record.orders.customer, minlength=len(lived))
    worth = np.where(known, 300, 100) * orders
    for values, expected in ((lived, flows.customers), (orders / months, flows.orders)):
        everybody = np.append(values, np.zeros(size - len(values)))  # those who had left bring nothing
        near(everybody, expected / size)
    near(np.append(worth / months, np.zeros(size - len(worth))), flows.order_revenue / size)


@FORMS
def test_spans_between_changes_keep_who_has_stayed(form: dict[str, Any]) -> None:
    whole = made(form, *MIXED)
    changed = {"structures.plain.interventions": [{"at": "6 months", "set": {"market.customers.order_size": 1}}]}
    flows, parts = workload(whole, "plain"), workload(whole.replace(changed), "plain")
    assert len(parts.parts) == 2
    assert parts.customers == pytest.approx(flows.customers, rel=1e-9)
    assert parts.orders == pytest.approx(flows.orders, rel=1e-9)
    twice = doubled(whole)
    assert twice.market.initial.base == 2 * whole.market.initial.base
    assert start_value(twice) == pytest.approx(2 * start_value(whole))
    assert workload(twice, "plain").customers == pytest.approx(2 * flows.customers)


# --- the file -----------------------------------------------------------------------------------------------------

TABLE = (
    "orders,last_order,age,amount,channel,product,owner,count\n"
    "6,1 months,2 years,,site,,seller,3\n"
    "0,3 days,3 days,500,,thing,,\n"
)


def in_files(folder: Path, table: str, file: Any = None) -> Path:
    tree = small(ORDERS | LEAVE, roles=ROLES).provenance.tree.plain
    tree["market"]["initial"] = {"customers": {"file": "base.csv"} if file is None else file}
    (folder / "base.csv").write_text(table, encoding="utf-8")
    (folder / "mine.yaml").write_text(yaml.dump(tree, sort_keys=False), encoding="utf-8")
    return folder / "mine.yaml"


def test_a_file_is_read_as_the_same_list_and_a_year_depends_on_what_it_holds(tmp_path: Path) -> None:
    scenario = load(in_files(tmp_path, TABLE))
    same = small(ORDERS | LEAVE, roles=ROLES).replace(
        listed(
            {"age": "2 years", "channel": "site", "owner": "seller", "count": 3},
            {"orders": 0, "last_order": "3 days", "age": "3 days", "amount": 500, "product": "thing"},
        )
    )
    assert scenario.market.initial.buyers == same.market.initial.buyers and scenario.market.initial.base == 4
    key = fingerprints(scenario, ["plain"])
    assert key == fingerprints(same, ["plain"])
    assert key != fingerprints(load(in_files(tmp_path, TABLE.replace("500", "501"))), ["plain"])
    assert load(tmp_path / "mine.yaml", {"market.initial.customers": 7}).market.initial.customers == 7


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "said", "near"),
    [
        ("1 months,2 years", "3 years,2 years", 2, "0.last_order", "no customer yet", ""),
        ("0,3 days,3 days", "0,1 days,3 days", 3, "1.last_order", "with the first deal", ""),
        ("1 months,2 years", "-1 months,2 years", 2, "0.last_order", "negative", ""),
        ("1 months,2 years", "1,2 years", 2, "0.last_order", "unit", ""),
        ("\n6,", "\n-6,", 2, "0.orders", "-6", ""),
        ("\n6,", "\n6.5,", 2, "0.orders", "6.5", ""),
        ("site", "sight", 2, "0.channel", "no channel 'sight'", "site"),
        ("thing", "thin", 3, "1.product", "no product 'thin'", "thing"),
        ("500", "0", 3, "1.amount", "0 is out of range", ""),
        ("seller", "sellr", 2, "0.owner", "no structure has a role or a seat 'sellr'", "seller"),
        (",3\n", ",0\n", 2, "0.count", "0 is out of range", ""),
        ("\n6,", "\n,", 2, "0.orders", "the key `orders` is missing", ""),
        ("orders,last_order", "order,last_order", 1, "", "'order'", "orders"),
        (TABLE, "orders,age\n6,2 years\n", 1, "", "no column 'last_order'", ""),
    ],
)  # fmt: skip
def test_a_list_that_does_not_fit_is_refused_with_the_line_of_its_row(
    tmp_path: Path, old: str, new: str, line: int, path: str, said: str, near: str
) -> None:
    assert old in TABLE
    with pytest.raises(ScenarioError) as caught:
        load(in_files(tmp_path, TABLE.replace(old, new)))
    (problem,) = caught.value.problems
    where = "market.initial.customers" + (f".{path}" if path else "")
    assert (problem.file, problem.line, problem.path) == (str(tmp_path / "base.csv"), line, where)
    assert said in str(problem) and problem.suggestion == near
    assert problem.allowed


@pytest.mark.parametrize(
    ("file", "path", "said"),
    [
        ({"file": "bse.csv"}, ".file", "no such file"),
        ({"fil": "base.csv"}, ".fil", "unknown key `fil`"),
        ("base.csv", "", "{file: base.csv}"),
        (-1, "", "-1"),
    ],
)
def test_a_file_that_is_not_there_is_refused_where_it_is_named(tmp_path: Path, file: Any, path: str, said: str) -> None:
    written = in_files(tmp_path, TABLE, file)
    with pytest.raises(ScenarioError) as caught:
        load(written)
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == (str(written), f"market.initial.customers{path}")
    assert problem.line is not None and said in str(problem)


def test_products_that_are_sold_once_and_distributors_have_no_customers() -> None:
    shop = {"kind": "distributor", "orders_per_month": 1}
    changes = {
        "market.products.once": {"deal": 100, "gross_margin": 0.5, "repeat": False},
        "market.channels.shop": shop,
    }
    with pytest.raises(ScenarioError) as caught:
        made(changes, {"product": "once"}, {"channel": "shop"})
    assert [problem.path for problem in caught.value.problems] == [
        "market.initial.customers.0.product",
        "market.initial.customers.1.channel",
    ]


def test_sizes_that_nobody_serves_are_missed() -> None:
    small_ones = {"activity": "serve", "deal_below": 500}
    roles = {"seller": {"headcount": 1, "activities": ["sell", small_ones]}}
    changes = ORDERS | {"market.customers.order_work": "1 h"}
    with pytest.raises(ScenarioError, match="500"):
        small(changes | listed({"amount": 700}), roles=roles)
