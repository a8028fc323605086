"""The own year against simulated ones: what fits, what does not, and what to look at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import StringIO

import numpy as np
import pytest
from rich.console import Console, Group
from rich.table import Table

from simulation.analysis.comparison import compare, simulate
from simulation.analysis.history import HistoryCheck, by_chance, check_history, check_of, todays
from simulation.analysis.history_inputs import FOLLOWS, NUMBERS, Inputs, in_words
from simulation.analysis.history_numbers import DRIVERS, GUESSED, HistoryRow, Number, row_of
from simulation.analysis.results import Result
from simulation.report.result_tables import history_lines, history_report
from simulation.scenario.places import places
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import texts
from simulation.written.errors import ScenarioError

TEXT = """\
version: 1
title: Three sellers
experiment: {start: 2026-04-01, months: 12, replications: 30, today: functional}
market:
  channels:
    site: {kind: inbound, leads_per_month: 60}
    calls: {kind: outbound}
    mail: {kind: inbound, leads_per_month: 5, active: false}
  products:
    service: {deal: 60 k, gross_margin: 25 %}
  initial: {customers: 40, pipeline: 20}
structures:
  universal:
    preset: universal
    roles: {universal: {headcount: 3, pay: {base: 35 k}}}
  functional:
    preset: functional
    roles:
      hunter: {headcount: 1, pay: {base: 35 k}}
      closer: {headcount: 1, pay: {base: 35 k}}
      farmer: {headcount: 1, pay: {base: 35 k}}
people: {recruiting: {cost: 150 k}}
history: {deals: 1}
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_text(TEXT)


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> Result:
    return simulate(scenario, ["functional"], jobs=1)


@pytest.fixture(scope="module")
def others(scenario: Scenario) -> Result:
    """Years of another seed: what could have happened."""
    return simulate(scenario, ["functional"], seed=77, replications=10, jobs=1)


def year(others: Result, replication: int) -> dict[str, object]:
    """The history that one simulated year leaves in the books."""
    months = others.runs.months[others.runs.months["replication"] == replication]
    measures = others.runs.replications[others.runs.replications["replication"] == replication].iloc[0]
    start, end = int(months["customers_begin"].iloc[0]), int(months["customers_end"].iloc[-1])
    lost = int(months["customers_lost"].sum())
    by_calendar = sorted(zip(months["month"].dt.month, months["revenue"], strict=True))
    return {
        "revenue_by_month": [float(amount) for _, amount in by_calendar],
        "gross_margin": float(months["gross_margin"].sum() / months["revenue"].sum()),
        "deals": int(measures["deals"]),
        "average_deal": float(measures["average_deal"]),
        "orders": int(measures["orders"]),
        "leads_per_month": {
            "calls": float(measures["leads_found"]) / 12,
            "site": float(measures["leads"] - measures["leads_found"]) / 12,
        },
        "calls_per_month": float(months["attempts"].sum()) / 12,
        "qualified": int(measures["qualified"]),
        "cycle_days": float(measures["cycle_days"]),
        "customers_start": start,
        "customers_end": end,
        "customers_won": end - start + lost,
        "customers_lost": lost,
        "leavers": int(measures["leavers"]),
    }


def held(result: Result, history: Mapping[str, object]) -> HistoryCheck:
    """Years that are simulated already against another history."""
    cases = {
        name: replace(case, scenario=case.scenario.replace({"history": {"deals": None, **history}}))
        for name, case in result.cases.items()
    }
    found = check_of(Result(cases, result.runs, result.level))
    assert found is not None
    return found


def row(key: str, check: HistoryCheck) -> HistoryRow:
    return next(each for each in check.rows if each.key == key)


def test_years_of_the_same_scenario_are_judged_to_fit(result: Result, others: Result) -> None:
    """A right model is called wrong in about one case of ten at most.

    No number far outside holds in 95 % of the years, few enough outside in 95 % (numbers that go together make that
    less, hence nine of ten). Of 10 years fewer than 7 would fit with a probability of 1.3 % (binomial at 0.9).
    """
    checks = [held(result, year(others, number)) for number in range(10)]
    assert sum(check.fits for check in checks) >= 7
    assert all(len(check.rows) == 15 for check in checks)


def test_nine_of_ten_numbers_lie_in_their_range(result: Result, others: Result) -> None:
    """150 numbers at 0.9, but the 15 of a year go together: a standard error of 0.9 * 0.1 / 10 under the root at the
    most, 0.095; two of them below 0.9 is 0.71."""
    rows = [each for number in range(10) for each in held(result, year(others, number)).rows]
    assert np.mean([each.inside for each in rows]) > 0.71


def test_half_the_revenue_does_not_fit(result: Result, others: Result) -> None:
    """Of ten years none fits with its revenue halved. The revenue of three sellers varies so much that half of it is
    no wonder by itself, but so many deals and orders do not go with it: the mean order does not fit."""
    for number in range(10):
        own = year(others, number)
        months = own["revenue_by_month"]
        assert isinstance(months, list)
        check = held(result, own | {"revenue_by_month": [amount / 2 for amount in months]})
        assert not check.fits
        assert row("average_order", check).far
        assert "does not fit your year" in check.verdict and "average repeat order" in check.verdict
        first = row("average_order", check).inputs[0]
        assert (first.path, first.change) == ("market.customers.order_size", "lower")


def test_the_range_is_that_of_the_next_year() -> None:
    """Of the years 1 ... 39 the ends are the k-th with k = 0.05 (39 + 1) = 2 from either side: 2 and 38. 37.9 is in;
    38.5 too, being 38 and its own 2 % of rounding (0.77); 40 is not, and not far: the joint reach of one number is
    t(0.975, 38) s sqrt(1 + 1/39) = 2.024 * 11.40 * 1.0127 = 23.4 from the mean of 20, so 45 is far, its rounding of
    0.9 allowed for.
    """
    years = np.arange(1.0, 40.0)

    def judged(given: float) -> HistoryRow:
        return row_of(Number("deals", "Deals", "number", given, years, "deals"), 1, 0.95)

    assert (judged(20).p05, judged(20).p95, judged(20).mean) == pytest.approx((2.0, 38.0, 20.0))
    assert [judged(given).inside for given in (2, 37.9, 38.5, 40, 0)] == [True, True, True, False, False]
    assert [judged(given).far for given in (38.5, 40, 43.9, 45)] == [False, False, False, True]
    assert judged(40).ratio == 0.5 and judged(0).ratio == np.inf


def test_a_figure_out_of_somebodys_head_may_be_a_quarter_off_and_is_never_far() -> None:
    """Years that are all 8 months: 6.5 allows 8.125 (a quarter more), 6 allows 7.5."""
    years = np.full(30, 8.0)

    def judged(key: str, given: float) -> HistoryRow:
        return row_of(Number(key, "Months", "number", given, years, key), 1, 0.95)

    assert GUESSED["months_until_plan"] == 0.25
    assert judged("months_until_plan", 6.5).inside
    assert not judged("months_until_plan", 6.0).inside and not judged("months_until_plan", 6.0).far
    assert judged("leavers", 6.0).far


def test_the_interval_of_a_share_of_few_years_stays_between_0_and_1() -> None:
    years = np.array([0.0, 0.6, 0.35])
    found = row_of(Number("conversion.offer", "Offers", "share", 0.4, years, "conversion"), 1, 0.95)
    assert found.mean == pytest.approx(0.31667, abs=1e-5)
    # sd²/n = 0.030278, so 7.1468 trials; t = 4.30265, t²/n = 2.59038; (0.31667 + 1.29519 ± 1.49676)/3.59038
    assert (found.low, found.high) == pytest.approx((0.0321, 0.8658), abs=1e-3)


def test_one_year_says_nothing_of_the_spread() -> None:
    found = row_of(Number("deals", "Deals", "number", 10, np.array([20.0]), "deals"), 1, 0.95)
    assert not found.inside and not found.far and found.n == 1


def test_how_many_right_numbers_miss_by_chance() -> None:
    """Binomial at 0.1: one number misses in 10 % of the cases, so one is allowed. Of ten: P(X <= 2) = 0.930 and
    P(X <= 3) = 0.987, so three are."""
    assert [by_chance(count) for count in (1, 10)] == [1, 3]


def test_the_headline_names_both_amounts_and_the_range(result: Result) -> None:
    check = held(result, {"revenue": 1e6})
    ours = row("revenue", check)
    assert check.headline.startswith("The model gives ") and "you had 1.00 mln RUB (" in check.headline
    assert "more)" in check.headline and "yours not among them" in check.headline
    assert f"{ours.mean / 1e6:.1f}" in check.headline
    assert check.verdict.startswith("The model does not fit your year: the number does not lie where")
    assert check.text.splitlines()[0] == check.headline


def test_months_are_those_of_the_calendar(result: Result) -> None:
    """The run begins in April 2026, so its January is that of 2027: the tenth month."""
    check = held(result, {"revenue_by_month": [1e6] * 12})
    months = result.runs.months
    january = months[months["month"].dt.month == 1]
    assert set(january["month"].dt.year) == {2027}
    assert check.months[0].title == "January"
    assert check.months[0].mean == pytest.approx(january["revenue"].mean())
    assert row("revenue", check).mean == pytest.approx(months.groupby("replication")["revenue"].sum().mean())


def test_a_season_that_the_model_does_not_have_is_told_where_the_year_fits(result: Result) -> None:
    """The year's mean revenue in three months: nine months of nothing lie outside."""
    mean = float(result.summaries["functional"]["revenue"].mean)
    check = held(result, {"revenue_by_month": [mean / 3] * 3 + [0] * 9})
    assert row("revenue", check).inside
    assert sum(each.inside for each in check.months) < 9
    assert {each.group for each in check.season} == {
        "market.channels.*.seasonality",
        "market.channels.*.trend_per_year",
    }
    assert any(line.startswith("The season: only") for line in check.advice)


def test_leads_by_channel_are_those_that_came(result: Result) -> None:
    check = held(result, {"leads_per_month": {"site": 60, "calls": 10}})
    measures = result.runs.replications
    arrived, found = row("leads_per_month.site", check), row("leads_per_month.calls", check)
    assert arrived.mean * 12 == pytest.approx((measures["leads"] - measures["leads_found"]).mean())
    assert found.mean * 12 == pytest.approx(measures["leads_found"].mean())
    assert arrived.inside


def test_what_to_look_at_is_named_with_its_value_and_direction(result: Result) -> None:
    check = held(result, {"customers_lost": 300, "leads_per_month": {"site": 20}})
    lost = row("customers_lost", check).inputs[0]
    assert (lost.path, lost.change) == ("market.customers.churn_per_year", "raise")
    assert lost.value == "0.24 per year"
    leads = row("leads_per_month.site", check).inputs[0]
    assert str(leads) == "lower market.channels.site.leads_per_month (60 per month)"
    assert texts("ru").again(leads.value) == "60 в месяц"
    cycle = row("cycle_days", held(result, {"cycle_days": 1})).inputs
    assert {texts("ru").again(each.value)[:9] for each in cycle if each.path.endswith("thinking")} == {"в среднем"}


def test_what_fits_is_not_to_be_changed(result: Result, others: Result) -> None:
    """Leads and the mean deal fit; what remains for too few deals are conversion and the like."""
    own = year(others, 0)
    kept = {name: own[name] for name in ("leads_per_month", "average_deal")}
    check = held(result, kept | {"deals": 400})
    assert row("average_deal", check).inside and row("leads_per_month.site", check).inside
    paths = [each.path for each in row("deals", check).inputs]
    assert paths[0] == "market.stages.0.conversion"
    assert "market.channels.site.leads_per_month" not in paths
    alone = held(result, {"deals": 400})
    assert "market.channels.site.leads_per_month" in [each.path for each in row("deals", alone).inputs]


def test_a_number_follows_from_those_before_it_that_miss_the_same_way(result: Result) -> None:
    check = held(result, {"deals": 400, "orders": 10, "customers_end": 900})
    assert row("customers_end", check).follows == ("First deals",)
    assert row("orders", check).follows == ()  # too many orders do not follow from too few clients
    advice = next(line for line in check.advice if line.startswith("Clients at the end"))
    assert "follows from first deals: begin there" in advice


def test_inputs_of_what_is_not_there_are_left_out(scenario: Scenario) -> None:
    inputs = Inputs(scenario, "functional")
    paths = {each.path for each in inputs.of("qualified", too_high=True)}
    assert "market.channels.site.fit" in paths and "market.channels.mail.fit" not in paths
    turnover = [each.path for each in inputs.of("leavers", too_high=False)]
    assert turnover[0].startswith("structures.functional.roles.")
    assert not any("universal" in path for path in turnover)
    grouped = in_words(inputs.of("deals", too_high=False), most=1)
    assert grouped == "raise market.stages.*.conversion (88 %, 83 %, 78 %, 75 %, 79 %)"


def test_every_number_has_inputs_to_look_at(scenario: Scenario) -> None:
    inputs = Inputs(scenario, "functional")
    for number in NUMBERS:
        assert inputs.of(number, too_high=True, channel="calls" if number == "finds" else "site"), number
    named = {each[1:] for before in FOLLOWS.values() for each in before}
    assert named | set(FOLLOWS) <= set(NUMBERS)


def test_the_drivers_of_a_number_have_an_order_without_gaps() -> None:
    for number in NUMBERS:
        ranks = {int(each.facts.drives[number].lstrip("+-")) for each in places() if number in each.facts.drives}
        assert ranks == set(range(1, len(ranks) + 1)), number


def test_the_check_begins_with_the_clients_of_a_year_ago(scenario: Scenario) -> None:
    other = scenario.replace({"history": {"customers_start": 70, "customers_end": 75, "deals": 30}})
    check = check_history(other, replications=3, jobs=1)
    assert (check.begin, check.own_begin, check.years) == (70, 70, 3)
    assert check.structure == "functional"  # experiment.today
    assert any("too few" in remark for remark in check.remarks)
    assert not any(each.path == "market.initial.customers" for line in check.rows for each in line.inputs)


def test_the_check_takes_twelve_months_of_the_structure_that_is_asked_for(scenario: Scenario) -> None:
    short = scenario.replace({"experiment.months": 3})
    check = check_history(short, "universal", replications=2, jobs=1)
    long = check_history(scenario, "universal", replications=2, jobs=1)
    assert check.rows == long.rows and check.structure == "universal"


def test_no_history_nothing_to_check(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="no last year"):
        check_history(scenario.replace({"history": None}), replications=1)
    with pytest.raises(ScenarioError, match="no last year"):
        check_history(scenario.replace({"history.deals": None}), replications=1)
    with pytest.raises(KeyError, match="allowed: universal, functional"):
        check_history(scenario, "line", replications=1)


def test_years_that_all_fail_are_an_error(scenario: Scenario) -> None:
    def engine(*_: object) -> None:
        raise ValueError("broken")

    with pytest.raises(RuntimeError, match="ValueError: broken"):
        check_history(scenario, replications=2, jobs=1, engine=engine)  # type: ignore[arg-type]


def test_todays_structure_is_the_first_unless_the_experiment_says_so(scenario: Scenario) -> None:
    assert todays(scenario) == "functional"
    assert todays(scenario.replace({"experiment.today": ""})) == "universal"


def test_a_comparison_repeats_the_check_in_two_lines(scenario: Scenario) -> None:
    own = scenario.replace({"history": {"revenue": 1e6, "customers_start": 30}})
    comparison = compare(own, replications=3, jobs=1)
    first, second = history_lines(comparison, texts("en"))
    check = check_of(comparison)
    assert check is not None and check.structure == "functional"
    assert first == f"Your own year, Functional: {check.headline}"
    assert second.startswith(check.verdict) and "begin with 40 clients, yours with 30" in second
    assert history_lines(compare(scenario.replace({"history": None}), replications=2, jobs=1), texts("en")) == ()
    assert history_lines(simulate(own, ["universal"], replications=2, jobs=1), texts("en")) == ()
    assert history_lines(simulate(own, months=6, replications=2, jobs=1), texts("en")) == ()


def test_two_scenarios_are_compared_and_the_first_ones_history_counts(scenario: Scenario) -> None:
    other = scenario.replace({"history": {"revenue": 7e6, "deals": None}})
    comparison = compare({"a": other, "b": scenario}, replications=2, jobs=1)
    check = check_of(comparison)
    assert check is not None
    assert (check.structure, check.rows[0].given) == ("a:functional", 7e6)


def test_the_report_shows_each_number_and_ends_with_the_verdict(result: Result, others: Result) -> None:
    check = held(result, year(others, 0))
    parts = history_report(check, "Three sellers", texts("en"), 120)
    tables = [
        table for part in parts if isinstance(part, Group) for table in part.renderables if isinstance(table, Table)
    ]
    assert [table.row_count for table in tables] == [15, 12]
    assert str(parts[-1]).startswith("Your year: The model gives ")


# --- any days, stages and parts ---------------------------------------------------------------------------------------

DAYS = {"from": "2026-W20", "to": "2026-W33"}


def past(**values: object) -> Scenario:
    return load_text(TEXT).replace({"history": {"deals": None, **values}})


def test_days_that_are_one_simulated_time_fit_and_parts_do_not_hide_behind_a_total(others: Result) -> None:
    """What one simulated window left, part by part; then as many deals in all, but all of them from new leads."""
    played = simulate(past(**DAYS, deals=1), ["functional"], seed=78, replications=1, jobs=1)
    own = {name: float(value) for name, value in played.runs.own.iloc[0].items() if name not in KEYS}
    given: dict[str, object] = {name: int(own[name]) for name in ("deals", "lost", "open", "qualified")}
    given |= {f"{name}_first_day": int(own[f"{name}_first_day"]) for name in ("deals", "lost", "open")}
    given |= {name: own[name] for name in ("cycle_p50", "cycle_p90", "cycle_days")}
    given["conversion"] = {stage: own[f"passed.{stage}"] / own[f"decided.{stage}"] for stage in ("needs", "closing")}
    check = check_history(past(**DAYS, **given), replications=20, jobs=1)
    assert check.fits and (str(check.days[0]), str(check.days[1])) == ("2026-05-11", "2026-08-16")  # type: ignore[index]
    assert {"deals_new", "lost_new", "open_new", "conversion.needs", "cycle_p90"} <= {each.key for each in check.rows}
    assert own["deals_first_day"] > 5
    swapped = check_history(past(**DAYS, **given | {"deals_first_day": 0}), replications=20, jobs=1)
    assert row("deals", swapped).inside and not row("deals_first_day", swapped).inside
    assert row("deals_new", swapped).given == own["deals"]


KEYS = ("structure", "replication")


def test_a_year_of_days_gives_what_the_twelve_months_give(scenario: Scenario) -> None:
    history = {"deals": 50, "revenue": 10_000_000, "leads_per_month": {"site": 60, "calls": 20}, "customers_end": 40}
    history |= {"cycle_days": 50, "customers_won": 40, "customers_lost": 20, "orders": 400, "leavers": 1}
    months = check_history(scenario.replace({"history": history}), replications=3, jobs=1)
    days = check_history(
        scenario.replace({"history": history | {"from": "2026-04", "to": "2027-03"}}), replications=3, jobs=1
    )
    assert [each.key for each in days.rows] == [each.key for each in months.rows]
    assert [each.mean for each in days.rows] == pytest.approx([each.mean for each in months.rows])


def test_days_before_the_run_are_played_on_their_own_dates() -> None:
    spike = {"at": "2026-05-04", "changes": [{"set": {"market.channels.site.leads_per_month": 600}}]}
    scenario = past(**{"from": "2025-11", "to": "2026-01"}, leads_per_month={"site": 60}).replace(
        {"interventions": [spike]}
    )
    check = check_history(scenario, replications=6, jobs=1)
    assert row("leads_per_month.site", check).mean == pytest.approx(60, rel=0.15)


def test_days_before_the_run_find_its_people_as_they_are_on_its_first_day() -> None:
    """Somebody hired two months before the run has been there for two months on the first of these days too; the
    inputs drawn for changes on dates are left out with them."""
    days = {"from": "2025-11", "to": "2025-12"}
    scenario = past(**days, deals=20, leads_per_month={"site": 60}).replace(
        {
            "structures.functional.staff": [{"name": "Olga", "role": "closer", "hired": date(2026, 2, 1)}],
            "interventions": [{"at": "2026-05-04", "set": {"market.channels.site.fit": 0.9}}],
            "inputs": {"draws": {"interventions.0.set.market.channels.site.fit": [0.8] * 20}},
        }
    )
    check = check_history(scenario, replications=2, jobs=1)
    begins = "The run begins on 2025-11-01, before the scenario does: with the people, customers and open leads of"
    assert check.remarks[0].startswith(begins)
    assert texts("ru").again(check.remarks[0]).startswith("Прогон начинается 2025-11-01, раньше сценария")
    inside = check_history(past(**DAYS, deals=20), replications=2, jobs=1)
    assert not any("begins on" in each for each in inside.remarks)


def test_a_comparison_scores_days_that_it_has_and_no_others() -> None:
    inside = simulate(past(**DAYS, deals=20), ["functional"], replications=2, jobs=1)
    assert check_of(inside) is not None
    outside = simulate(past(**{"from": "2025-11", "to": "2026-01"}, deals=20), ["functional"], replications=2, jobs=1)
    assert check_of(outside) is None


def test_a_stage_that_does_not_fit_names_its_own_input() -> None:
    check = check_history(past(conversion={"needs": 0.2, "qualify": 0.1}), replications=6, jobs=1)
    (needs,) = [each for each in check.rows if each.key == "conversion.needs"]
    assert [each.path for each in needs.inputs] == ["market.stages.1.conversion"]
    assert "market.stages" not in str(row("conversion.qualify", check).inputs)
    assert texts("ru").again(row("conversion.qualify", check).title) == "Прошли квалификацию, от решённых"


@pytest.mark.parametrize(
    ("values", "path", "said"),
    [
        ({**DAYS, "to": "2026-01-31"}, "to", "before they begin"),
        ({"from": "2026-W20"}, "to", "need both"),
        ({"from": "1990-01", "to": "2030-01"}, "to", "longer than 240 months"),
        ({**DAYS, "revenue_by_month": [1] * 12}, "revenue_by_month", "outside the days 2026-05-11 to 2026-08-16"),
        ({"from": "2026-W60", "to": "2026-W61"}, "from", "date"),
        ({"conversion": {"neds": 0.5}}, "conversion.neds", "did you mean 'needs'"),
        ({"conversion_by_channel": {"sit": {"needs": 0.5}}}, "conversion_by_channel.sit", "did you mean 'site'"),
        ({"conversion_by_channel": {"site": {"neds": 0.5}}}, "conversion_by_channel.site.neds", "did you mean 'needs'"),
        ({"deals": 5, "deals_first_day": 6}, "deals_first_day", "more than the whole"),
        ({"cycle_p50": 50, "cycle_p90": 40}, "cycle_p90", "no less time"),
    ],
)
def test_days_and_parts_that_cannot_be_are_refused(values: dict[str, object], path: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        past(**{"deals": 1, **values})
    assert f"history.{path}" in str(caught.value) and said in str(caught.value)


@pytest.mark.parametrize(
    ("language", "unsaid", "said"),
    [("en", ("year",), "Nine of ten simulated runs"), ("ru", ("год", " лет"), "Девять раз из десяти")],
)
def test_days_are_not_called_a_year(language: str, unsaid: tuple[str, ...], said: str) -> None:
    check = check_history(past(**DAYS, deals=500, lost=30, customers_start=30), replications=3, jobs=1)
    assert check.span == "days" and not check.fits
    t = texts(language)
    shown = Console(width=140, record=True, file=StringIO())
    for part in history_report(check, "Three sellers", t, 140):
        shown.print(part)
    text = shown.export_text()
    assert said in text and not any(word in text for word in unsaid), text
    fits = replace(check, rows=tuple(replace(row, inside=True, far=False) for row in check.rows))
    assert not any(word in t.again(fits.verdict) for word in unsaid)
    assert replace(check, days=(date(2026, 5, 1), date(2027, 4, 30))).span == "year"


def test_one_number_that_misses_by_little_is_not_said_to_fit(result: Result) -> None:
    spread = result.runs.replications["deals"]
    check = held(result, {"deals": int(spread.max() + spread.std() * 0.3 + 2)})
    assert check.fits and [row.inside for row in check.rows] == [False]
    assert check.verdict.startswith("The only number does not lie where nine of ten simulated years do; one number")


def test_open_leads_and_the_time_to_a_deal_have_the_clocks_to_look_at(scenario: Scenario) -> None:
    clocks = {"thinking_lost": "5 days", "silent": 0.2, "expires": "60 days"}
    own = scenario.replace({f"market.stages.1.{name}": value for name, value in clocks.items()})
    inputs, stage = Inputs(own, "functional"), "market.stages.1"

    def paths(number: str, too_high: bool = True) -> list[str]:
        return [each.path for each in inputs.of(DRIVERS.get(number, number), too_high)]

    for number in ("open", "open_new", "open_first_day"):
        assert {f"{stage}.{name}" for name in ("thinking_lost", "silent", "expires")} < set(paths(number)), number
    assert "market.stages.0.thinking" in paths("open_new")
    for number in ("cycle_p50", "cycle_p90"):
        assert {"market.stages.0.thinking", f"{stage}.expires"} < set(paths(number))
    for number in ("deals_first_day", "lost_first_day", "open_first_day"):
        assert paths(number)[0] == "market.initial.pipeline"
        assert not any("leads_per_month" in path or path.endswith(".fit") for path in paths(number))
    assert "market.stages.0.silent" not in paths("open") and "market.stages.0.expires" not in paths("open", False)


def test_a_fitting_half_does_not_hide_the_thinking_from_the_slowest(others: Result) -> None:
    played = simulate(past(**DAYS, cycle_p50=40), ["functional"], seed=77, replications=3, jobs=1)
    half = float(played.runs.own["cycle_p50"].mean())
    check = check_history(past(**DAYS, cycle_p50=half, cycle_p90=half * 9), replications=6, jobs=1)
    assert row("cycle_p50", check).inside and not row("cycle_p90", check).inside
    assert row("cycle_p90", check).inputs[0].path == "market.stages.0.thinking"


def test_a_process_that_no_lead_goes_through_is_not_looked_at(scenario: Scenario) -> None:
    ways = {"own": {"stages": [{"name": "talk", "work": "1 h", "thinking": "3 days", "conversion": 0.4}]}}
    own = scenario.replace({"market.processes": ways, "market.products.service.process": "own"})
    for number in ("conversion", "deals", "cycle_days", "qualified"):
        paths = [each.path for each in Inputs(own, "functional").of(number, too_high=True)]
        assert not any(path.startswith(("market.stages", "market.qualification")) for path in paths), number
    deals = [each.path for each in Inputs(own, "functional").of("deals", too_high=True)]
    assert deals[0] == "market.processes.own.stages.0.conversion"
