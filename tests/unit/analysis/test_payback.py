"""When something pays back."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.analysis.break_even import Payback, payback
from simulation.analysis.comparison import compare
from simulation.analysis.intervals import mean_interval
from simulation.analysis.runs import Runs
from tests import records


def runs(gains: list[list[float]], **others: Any) -> Runs:
    """Years of a structure 'with', by month better than 'without' by so much, in cash; profit is twice as good."""
    rows = []
    for year, gain in enumerate(gains):
        for structure, better in (("without", 0.0), ("with", 1.0)):
            for number, value in enumerate(gain):
                month = pd.Timestamp(2026, 1, 1) + pd.DateOffset(months=number)
                cash = 1000.0 * (year + 1) + better * value
                rows.append((structure, year, month, cash, cash + better * value))
    months = pd.DataFrame(rows, columns=["structure", "replication", "month", "cash", "profit"])
    nothing = pd.DataFrame({"replication": []})
    made = {
        "replications": nothing,
        "months": months,
        "weeks": nothing,
        "funnel": nothing,
        "own": nothing,
        "events": None,
        "failures": nothing,
    }
    return Runs(**made | others, structures=("without", "with"), seed=1, requested=len(gains), partial=False)


def paid(gains: list[list[float]], **options: Any) -> Payback:
    return payback(runs(gains), "with", "without", **options)


def test_it_has_paid_back_when_the_cumulated_mean_comes_and_stays_above_zero() -> None:
    found = paid([[-100, 40, 40, 40], [-100, 20, 20, 80]])
    assert found.curve["mean"].tolist() == [-100, -70, -40, 20]
    assert found.months == 4
    assert (found.years, found.horizon, found.since) == (2, 4, 1)


def test_a_month_above_zero_that_is_followed_by_one_below_does_not_count() -> None:
    assert paid([[-10, 30, -40, 5, 30]]).months == 5
    assert paid([[-10, 30, -40, 5]]).months == np.inf


def test_months_are_counted_from_the_first_difference() -> None:
    found = paid([[0, 0, -100, 60, 60], [0, 0, 0, -10, 60]])
    assert (found.since, found.horizon) == (3, 3)
    assert found.months == 3
    assert found.curve["number"].tolist() == [1, 2, 3]
    assert str(found.curve["month"].iloc[0].date()) == "2026-03-01"


def test_rounding_is_no_difference() -> None:
    found = paid([[1e-10, -1e-10, -50, 60]])
    assert found.since == 3
    assert paid([[0, 0, 1e-10, -1e-10]]).since is None


def test_what_never_costs_more_has_paid_back_at_once() -> None:
    assert paid([[5, 5, 5]]).months == 1
    assert paid([[0, 0, 0]]).text.startswith("The two structures never differ in cash")


def test_the_share_of_years_counts_those_that_never_pay_back() -> None:
    found = paid([[-10, 20, 5], [-10, 5, 10], [-10, 1, 1], [-10, 4, 4]])
    assert found.share.share == 0.5
    assert found.share.n == 4
    assert 0 < found.share.low < 0.5 < found.share.high < 1
    # two of four have: the middle year lies between month 3 and never; of four years the others are the extremes
    assert (found.by.p05.value, found.by.p50.value, found.by.p95.value) == (2, np.inf, np.inf)
    assert not found.by.p05.known and found.by.p50.known
    assert "50 % (15 % to 85 %) of 4 years pay back" in found.text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_interval_is_where_the_band_of_the_cumulated_mean_crosses_zero() -> None:
    rng = np.random.default_rng(7)
    gains = np.column_stack([np.full(40, -100.0), rng.normal(20, 15, (40, 11))])
    found = paid(gains.tolist())
    band = [mean_interval(column) for column in np.cumsum(gains, axis=1).T]
    assert found.low == next(n for n, each in enumerate(band, 1) if each.high >= 0)
    assert found.high == next(n for n, each in enumerate(band, 1) if each.low >= 0)
    assert found.low <= found.months <= found.high


def test_the_interval_covers_the_true_month_about_as_often_as_it_says() -> None:
    """A cost of 100 and 16 a month with noise: the mean's true cumulated difference is above zero from month 8 on."""
    rng = np.random.default_rng(11)
    covered, trials = 0, 200
    for _ in range(trials):
        gains = np.column_stack([np.full(12, -100.0), rng.normal(16, 20, (12, 13))])
        found = paid(gains.tolist())
        covered += found.low <= 8 <= found.high
    # true share at least .95; four standard errors of 200 trials below it
    assert covered / trials > 0.95 - 4 * np.sqrt(0.95 * 0.05 / trials)


def test_one_year_says_nothing_of_the_interval() -> None:
    found = paid([[-10, 20, 5]])
    assert (found.low, found.high) == (1, np.inf)


def test_profit_or_another_sum_of_months_can_be_asked_for() -> None:
    found = paid([[-100, 40, 40, 40]], measure="profit")
    assert found.curve["mean"].tolist() == [-200, -120, -40, 40]
    with pytest.raises(KeyError, match="there is no measure"):
        paid([[1.0]], measure="nonsense")


def test_the_words_say_never_where_it_is_never() -> None:
    assert "does not pay back within 3 months" in paid([[-10, 1, 1]] * 3).text
    assert paid([[-10, 8, 8]] * 3).text.startswith(
        "On average it pays back in month 3 (95% interval: 3 to 3); 100 % (44 % to"
    )
    wide = paid([[-10, 8, 8], [-10, 8, 1], [-10, 1, 40]]).text
    assert "to not within the horizon" in wide


def test_a_comparison_is_paired_by_its_years_and_public() -> None:
    seller = {"headcount": 2, "activities": ["qualify", "sell", "serve", "prospect"]}
    made = records.scenario({"structures.other": {"roles": {"seller": seller}}})
    comparison = compare(made, jobs=1, engine=records.engine)
    found = simulation.payback(comparison, "other", "pair")
    cash = comparison.runs.months.pivot(index="replication", columns=["structure", "month"], values="cash")
    mean = (cash["other"] - cash["pair"]).cumsum(axis=1).mean()
    assert found.curve["mean"].tolist() == pytest.approx(mean.tolist())
    assert found.level == comparison.level
    with pytest.raises(KeyError, match="there is no structure"):
        simulation.payback(comparison, "other", "nonsense")


def test_structures_that_met_other_years_cannot_be_held_against_each_other() -> None:
    files = {"a": records.scenario(), "b": records.scenario({"experiment.seed": 2})}
    comparison = compare(files, jobs=1, engine=records.engine)
    with pytest.raises(ValueError, match="did not meet the same years"):
        payback(comparison, "a:pair", "b:pair")


def test_without_a_finished_year_nothing_is_said() -> None:
    empty = runs([[1.0]])
    none = Runs(**{**vars(empty), "months": empty.months[:0]})
    found = payback(none, "with", "without")
    assert found.years == 0
    assert np.isnan(found.months)
    assert "nothing can be said" in found.text
