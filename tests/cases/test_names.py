"""Names as people write them: keys with slashes, equal titles, roles called as something else is."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from simulation.analysis.cases import cases_of, named
from simulation.analysis.comparison import Comparison, compare
from simulation.analysis.replay import BASE as CUSTOMERS
from simulation.analysis.replay import flows
from simulation.department import simulate
from simulation.report.book import write_book
from simulation.report.page.write import page
from simulation.report.plot import diagram
from simulation.report.tables import report
from simulation.scenario.titles import role_titles, structure_titles, told_apart
from simulation.sense.loader import load, load_text
from simulation.study.best_split.answer import optimise
from simulation.study.best_split.search_plan import parse_constraint
from simulation.study.lab import Lab
from simulation.study.variation import parse_range
from simulation.texts import texts
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests import scripted

HERE = Path(__file__).parent
SAME = HERE / "f1_same_titles.yaml"


# --- keys -----------------------------------------------------------------------------------------------------------


def test_a_channel_may_have_a_slash_in_its_name_and_change_during_the_run() -> None:
    scenario = load(HERE / "channel-with-slash.yaml")
    plain = load_text((HERE / "channel-with-slash.yaml").read_text().replace("site/SEO", "site"))
    for name in scenario.structures:
        record = simulate(scenario, name, World(scenario, 0))
        assert all(uid.startswith("site/SEO/") for uid in record.leads.uid)
    # 10 leads a month in January and 20 in February: as many as under a plain name, which has luck of its own
    for each in (scenario, plain):
        mean = sum(len(simulate(each, "two", World(each, n)).leads.uid) for n in range(60)) / 60
        assert mean == pytest.approx((10 * 31 + 20 * 28) * 24 / 730.5, abs=4 * (29 / 60) ** 0.5)


def test_leads_of_a_channel_are_not_taken_for_the_first_day_of_another() -> None:
    channels = {"a": {"kind": "inbound", "leads_per_month": 30}, "a/base": {"kind": "inbound", "leads_per_month": 30}}
    scenario = scripted.small({"market.channels": channels})
    world = World(scenario, 0)
    assert world.initial("base", "a", 3) is not world.leads("a/base")
    assert len(world.initial("base", "a", 3)) == 3


def test_a_key_with_a_dot_is_refused_in_one_message() -> None:
    with pytest.raises(ScenarioError) as error:
        load_text(SAME.read_text().replace("site:", "site.ru:"))
    (problem,) = error.value.problems
    assert "'site.ru' holds a dot" in problem.message


def test_a_stage_may_be_called_as_another_kind_of_work_is() -> None:
    """A stage 'order' is selling, and an order of a customer is serving."""
    scenario = scripted.small(
        {
            "market.stages": [{"name": "order", "work": "1 h"}],
            "market.products.thing.repeat": True,
            "market.customers.order_every": "50 h",
            "market.customers.order_work": "1 h",
        },
        roles={
            "order": {"headcount": 1, "activities": ["sell"]},
            "customers": {"headcount": 1, "activities": ["serve"]},
        },
    )
    record = scripted.live(scenario, [5.0 + n for n in range(12)])
    sold = [row for row in record.events if row[3] == "order"]
    served = [row for row in record.events if row[3] == "customers"]
    assert len(sold) == 12 and len(served) > 12
    assert not {row[1] for row in sold} & {row[1] for row in served}
    pairs = {(flow.source, flow.target): flow.duty for flow in flows([record])}
    assert pairs == {
        (("channel", "site"), ("role", "order")): "sell",
        (("role", "order"), ("role", "customers")): "serve",
        (CUSTOMERS, ("role", "customers")): "serve",
    }


def test_papers_of_old_customers_follow_the_law_of_their_own_product() -> None:
    products = {
        "quick": {"deal": 100, "gross_margin": 0.5, "paperwork": {"uniform": {"low": "1 min", "high": "2 min"}}},
        "slow": {"deal": 100, "gross_margin": 0.5, "paperwork": {"uniform": {"low": "3 h", "high": "4 h"}}},
    }
    for first in products:  # whichever of them the first day's customers buy, the other one's papers are as written
        scenario = scripted.small(
            {
                "market.products": products,
                "market.channels.site.products": {"quick": 1, "slow": 1},
                "market.customers.order_every": "100 h",
                "market.initial": {"customers": 8, "product": first},
            },
            roles={"clerk": {"headcount": 3, "activities": ["sell", "serve", "paperwork"]}},
        )
        record = simulate(scenario, "plain", World(scenario, 0), events=True)
        papers = [end - start for _, what, _, _, start, end, *_ in record.events if what == "paperwork"]
        assert papers
        assert all(hours < 0.04 if first == "quick" else hours >= 3 for hours in papers)


# --- titles ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def same() -> Comparison:
    return compare(load(SAME, {"experiment.months": 1}), replications=4, jobs=1)


def test_equal_titles_are_told_apart_by_the_key() -> None:
    assert structure_titles(load(SAME)) == {"six": "Universal (six)", "seven": "Universal (seven)"}
    assert told_apart({"a": "X", "b": "x", "c": "Y", "d": ""}) == {"a": "X (a)", "b": "x (b)", "c": "Y", "d": "d"}
    assert told_apart({"a": "", "b": "a"}) == {"a": "a (a)", "b": "a (b)"}
    assert told_apart({"six": "U", "c": "V", "SIX": "U"}) == {"six": "U (six) (1)", "c": "V", "SIX": "U (SIX) (3)"}
    # what somebody wrote may be just what another one becomes
    made = told_apart({"six": "U", "seven": "U", "other": "U (six)"})
    assert len(set(made.values())) == 3
    # in Russian the preset's title is what the other one's owner wrote
    assert told_apart({"a": "Universal", "b": "Универсальная"}) == {"a": "Universal (a)", "b": "Универсальная (b)"}


def test_roles_of_equal_titles_are_told_apart_too() -> None:
    tree = load_text(
        SAME.read_text().replace("universal: {headcount: 6", "universal: {title: Seller, headcount: 6")
        + "  two: {roles: {a: {title: Seller, headcount: 1, activities: [sell, qualify, serve, collect, upsell, "
        "paperwork]}, b: {title: Seller, headcount: 1, activities: [qualify]}}}\n"
    )
    assert role_titles(tree.structures["two"]) == {"a": "Seller (a)", "b": "Seller (b)"}


def test_equal_titles_are_told_apart_in_tables_page_and_workbook(same: Comparison, tmp_path: Path) -> None:
    assert list(same.titles.values()) == ["Universal (six)", "Universal (seven)"]
    console = Console(width=160, file=io.StringIO())
    for part in report(same, 160, None):
        console.print(part)
    assert "Universal (seven) less Universal (six), in the same years" in console.file.getvalue()
    assert "Universal (six)" in same.verdict.text or "Universal (seven)" in same.verdict.text
    assert "Универсальная (six)" in page(same, "ru")
    write_book(same, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    # without a line of costs there are no statements; the plan that an owner can move names both
    said = {str(row[0].value) for row in book["What if"].iter_rows()}
    assert {"Universal (six)", "Universal (seven)"} <= said
    assert texts("ru").title("Universal (six) (A)") == "Универсальная (six) (A)"
    assert texts("ru").title("Anything (six)") == "Anything (six)"


def test_two_files_of_the_same_name_with_the_same_titles_are_told_apart(tmp_path: Path) -> None:
    files = []
    for folder in ("one", "two", "three"):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / "x.yaml")
        files[-1].write_text(SAME.read_text())
    scenarios = {label: load(path) for label, path in named([*files, files[0]]).items()}
    assert len(scenarios) == 4
    titles = [case.title for case in cases_of(scenarios, None).values()]
    assert len(set(titles)) == 8
    assert titles[0] == "Universal (six) (x)"


def test_the_name_of_a_file_is_not_taken_for_a_structure() -> None:
    scenario = load(SAME)
    assert list(named(["a:b.yaml", "a.yaml"])) == ["a-b", "a"]
    with pytest.raises(ValueError, match="may be two structures"):
        odd = load_text(SAME.read_text().replace("six:", "'b:six':"))
        cases_of({"a": odd, "a:b": scenario}, None)


def test_the_best_split_names_structures_of_equal_titles_apart(tmp_path: Path) -> None:
    scenario = load(SAME, {"experiment.months": 1})
    found = optimise(scenario, heads=2, fresh=4, lab=Lab(jobs=1))
    assert {found.titled(name) for name in scenario.structures} == {"Universal (six)", "Universal (seven)"}


# --- names that are typed -------------------------------------------------------------------------------------------


def test_odd_names_can_be_typed_where_values_are_varied_and_limited() -> None:
    odd = load_text(
        SAME.read_text().replace("site:", "'=a/b: c':") + "  odd: {roles: {'a > b=c': {headcount: 1, "
        "activities: [sell, qualify, serve, collect, upsell, paperwork]}}}\n"
    )
    found = parse_range(odd, "market.channels.=a/b: c.leads_per_month=10:20:3")
    assert (found.variable.name, found.values) == ("market.channels.=a/b: c.leads_per_month", (10.0, 15.0, 20.0))
    limit = parse_constraint(odd, "utilisation.a > b=c <= 90 %", 1.0)
    assert (limit.measure.name, limit.bound) == ("utilisation.a > b=c", pytest.approx(0.9))


def test_places_that_are_called_like_one_another_are_drawn_apart() -> None:
    """A role may be called as the customers are, or as a channel: a diagram asks what a place is, not its name."""
    text = SAME.read_text().replace("site:", "customers:") + (
        "  odd: {roles: {customers: {headcount: 1, activities: [qualify, sell]}, 'channel:customers': "
        "{headcount: 1, activities: [serve, collect, upsell, paperwork]}}}\n"
    )
    result = compare(load_text(text, overrides={"experiment.months": 2}), replications=2, jobs=1)
    axes = diagram(result, "odd")
    drawn = [each.get_text() for each in axes.texts]
    assert any(label.startswith("1 × customers") for label in drawn)
    assert any("channel:custom" in label for label in drawn)
    assert "customers" in drawn  # the channel
