"""The own last year in a scenario: what may be given, what contradicts itself, that it changes nothing."""

import pytest

from simulation.scenario.changeable import refusal
from simulation.scenario.history import History
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from tests.unit.scenario.examples import SMALL, problems

DISTRIBUTOR = "    shops: {kind: distributor, orders_per_month: 2}\n  products:"


def with_history(text: str) -> Scenario:
    return load_text(f"{SMALL}history: {text}\n", "small.yaml")


def test_a_scenario_has_no_history_unless_it_says_so() -> None:
    assert load_text(SMALL).history is None


def test_every_key_may_be_left_out() -> None:
    history = with_history("{}").history
    assert history is not None and history.empty and history.year_revenue is None
    mappings = {"leads_per_month": {"site": 3}, "conversion": {"needs": 1}, "conversion_by_channel": {"site": {}}}
    for name in History.model_fields.keys() - {"from", "to"}:
        value = (mappings | {"revenue_by_month": [1] * 12}).get(name, 1)
        given = History.model_validate({name: value})
        assert not given.empty, name


def test_days_may_be_months_or_weeks() -> None:
    history = with_history("{from: 2026-02, to: 2026-W10, deals: 1}").history
    assert history is not None
    assert [str(day) for day in history.days or ()] == ["2026-02-01", "2026-03-08"]
    assert with_history("{from: 2026-02, to: 2026-W10}").history.empty  # type: ignore[union-attr]


def test_the_months_make_the_year() -> None:
    """Eleven months of 2 mln and one of 3.5 mln: 25.5 mln."""
    history = with_history(
        "{revenue_by_month: [2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 2 mln, 3.5 mln]}"
    ).history
    assert history is not None and history.year_revenue == 25.5e6


@pytest.mark.parametrize("count", [0, 11, 13])
def test_a_year_has_twelve_months(count: int) -> None:
    (problem,) = problems(lambda: with_history(f"{{revenue_by_month: {[1] * count}}}"))
    assert problem.path == "history.revenue_by_month"
    assert f"({count} given)" in problem.message and "12 values" in problem.allowed


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("{deals: 12.5}", "deals", "not whole"),
        ("{revenue: -3}", "revenue", "negative"),
        ("{gross_margin: 130 %}", "gross_margin", "outside 0..1"),
        ("{deels: 12}", "deels", "unknown key"),
        ("{cycle_days: 0}", "cycle_days", "out of range"),
        (f"{{revenue_by_month: {[0] * 12}}}", "revenue_by_month", "nothing was sold"),
        (f"{{revenue: 5, revenue_by_month: {[1] * 12}}}", "revenue", "the months give"),
        ("{leads_per_month: {sit: 60}}", "leads_per_month.sit", "there is no channel 'sit'"),
        (
            "{customers_start: 40, customers_won: 20, customers_lost: 10, customers_end: 60}",
            "customers_end",
            "40 clients at the start, 20 gained and 10 lost make 50, not 60",
        ),
    ],
)
def test_bad_input_is_told_with_its_place(text: str, path: str, words: str) -> None:
    (problem,) = problems(lambda: with_history(text))
    assert problem.path == f"history.{path}"
    assert (problem.file, problem.line) == ("small.yaml", SMALL.count("\n") + 1)
    assert words in problem.message


def test_a_misspelled_channel_gets_the_nearest_one() -> None:
    (problem,) = problems(lambda: with_history("{leads_per_month: {sit: 60}}"))
    assert (problem.allowed, problem.suggestion) == ("site", "site")


def test_a_distributor_brings_no_leads() -> None:
    text = SMALL.replace("  products:", DISTRIBUTOR, 1) + "history: {leads_per_month: {shops: 3}}\n"
    (problem,) = problems(lambda: load_text(text))
    assert problem.path == "history.leads_per_month.shops" and "distributor" in problem.message


def test_a_wrong_market_does_not_hide_behind_the_history() -> None:
    text = SMALL.replace("kind: inbound", "kind: inbond") + "history: {leads_per_month: {site: 3}}\n"
    assert [problem.path for problem in problems(lambda: load_text(text))] == ["market.channels.site.kind"]


def test_three_of_the_four_numbers_of_clients_say_enough() -> None:
    history = with_history("{customers_start: 40, customers_won: 20, customers_lost: 10}").history
    assert history is not None and history.customers_end is None


def test_what_has_been_cannot_change_during_a_run() -> None:
    found = refusal(with_history("{deals: 12}"), None, "history.deals")
    assert found is not None and "has been" in found
