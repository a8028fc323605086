"""Replications until the intervals are narrow enough."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from simulation import compare, simulate
from simulation.analysis.precision import FIRST, Precision, PrecisionReport, next_total, precision_of
from simulation.analysis.summaries import Table
from simulation.texts import texts
from tests import records

MONEY = 100.0
OTHER = {"roles": {"seller": {"headcount": 3, "activities": ["qualify", "sell", "serve", "prospect"]}}}


ONE = {"one": 0, "two": 1}
"""Worlds of structures that met different years."""


def table(a: np.ndarray, b: np.ndarray) -> Table:
    return Table({("one", "profit"): a, ("two", "profit"): b}, {"one": 0, "two": 0}, len(a))


def asked(made: Table, wanted: Precision, baseline: str | None = "one") -> PrecisionReport:
    return precision_of(made, wanted, structures=("one", "two"), baseline=baseline, measure="profit", level=0.95)


def years(seed: int, count: int, shared: float = 10.0, own: float = 2.0) -> Table:
    rng = np.random.default_rng(seed)
    year = rng.normal(MONEY, shared, count)
    return table(year + rng.normal(0, own, count), year + 5 + rng.normal(0, own, count))


def carried_out(draw: Callable[[int], Table], wanted: Precision) -> PrecisionReport:
    total = FIRST
    while True:
        report = asked(draw(total), wanted)
        more = next_total(report)
        if more is None:
            return report
        total = more


def test_it_goes_on_until_the_half_width_of_the_difference_is_the_share_of_the_baselines_mean() -> None:
    report = carried_out(lambda n: years(3, n), Precision(share=0.003))
    assert report.reached
    assert report.replications > FIRST
    (only,) = report.intervals
    assert only.half_width <= only.target == pytest.approx(0.003 * MONEY, rel=0.05)


SEARCHES = 600
LUCK = 2 * math.sqrt(0.95 * 0.05 / SEARCHES)
"""What so many searches can show by chance."""


def lognormal(rng: np.random.Generator) -> np.ndarray:
    return np.exp(rng.standard_normal(MOST))  # skewness 6.2


def loser(rng: np.random.Generator) -> np.ndarray:
    return -lognormal(rng)


def disasters(rng: np.random.Generator, share: float, size: float) -> np.ndarray:
    return rng.standard_normal(MOST) - size * (rng.random(MOST) < share)


MOST = 8000
LAWS: dict[str, tuple[Callable[[np.random.Generator], np.ndarray], float, float]] = {
    "normal": (lambda rng: 5.0 + 2.0 * rng.standard_normal(MOST), 5.0, 2.0),
    "lognormal": (lognormal, math.exp(0.5), math.sqrt((math.e - 1) * math.e)),
    "lognormal, the other way": (loser, -math.exp(0.5), math.sqrt((math.e - 1) * math.e)),
    "a year in twenty": (lambda rng: disasters(rng, 0.05, 10), -0.5, math.sqrt(1 + 100 * 0.05 * 0.95)),
    "a grave year in fifty": (lambda rng: disasters(rng, 0.02, 40), -0.8, math.sqrt(1 + 1600 * 0.02 * 0.98)),
}
"""Differences by year, with their mean and sd."""


@pytest.mark.parametrize("target", [0.3, 0.15, 0.07])
@pytest.mark.parametrize("law", LAWS)
def test_the_interval_of_a_sequential_number_of_years_still_covers_the_difference(law: str, target: float) -> None:
    """The rule may lose two points, however skewed the differences are.

    Student's interval, a first batch of thirty: 88 % of the lognormal ones, 43 % of the grave years in fifty.
    """
    drawn, mean, sd = LAWS[law]
    covered = 0
    for seed in range(SEARCHES):
        stock = drawn(np.random.default_rng(seed))
        report = carried_out(
            lambda n: table(np.full(n, MONEY), MONEY + stock[:n]),  # noqa: B023  (called before the next one)
            Precision(amount=target * sd, most=MOST),
        )
        assert report.reached
        covered += abs(stock[: report.replications].mean() - mean) <= report.intervals[0].half_width
    assert covered / SEARCHES >= 0.93 - LUCK


def test_where_structures_met_other_years_the_half_width_allows_for_skewness_too() -> None:
    covered = 0
    for seed in range(SEARCHES):
        rng = np.random.default_rng(seed)
        apart = Table({("one", "profit"): rng.standard_normal(60), ("two", "profit"): lognormal(rng)[:60]}, ONE, 60)
        (only,) = asked(apart, Precision(share=1)).intervals
        off = apart.of("two", "profit").mean() - apart.of("one", "profit").mean() - math.exp(0.5)
        covered += abs(off) <= only.half_width
    assert covered / SEARCHES >= 0.93 - LUCK


def test_what_an_unpaired_comparison_would_have_taken_is_the_measured_ratio_of_variances() -> None:
    # var a + var b = 2 (100 + 4) = 208 against var(a - b) = 8: 26 times as many
    report = asked(years(1, 4000), Precision(share=0.01))
    assert report.gain == pytest.approx(26, rel=0.1)
    assert "times as many" in report.text


def test_means_by_themselves_have_no_pair() -> None:
    report = asked(years(1, 100), Precision(share=0.5), baseline=None)
    assert [each.baseline for each in report.intervals] == ["", ""]
    assert math.isnan(report.gain)
    assert "own" not in report.text


def test_the_most_replications_end_a_search_that_cannot_succeed() -> None:
    report = carried_out(lambda n: years(1, n), Precision(amount=1e-9, most=200))
    assert (report.replications, report.reached) == (200, False)
    assert "still" in report.text


def test_a_batch_grows_by_four_at_the_most_and_by_no_less_than_a_first_batch() -> None:
    wide = asked(years(1, FIRST), Precision(amount=1e-6))
    assert next_total(wide) == 4 * FIRST
    nearly = asked(
        years(1, 400), Precision(amount=asked(years(1, 400), Precision(share=1)).intervals[0].half_width * 0.999)
    )
    assert next_total(nearly) >= 400 + FIRST


def test_equal_structures_are_precise_at_once() -> None:
    same = np.full(FIRST, MONEY)
    assert asked(table(same, same), Precision(share=0.01)).reached


def test_a_measure_without_a_value_says_so() -> None:
    nothing = np.full(FIRST, np.nan)
    report = asked(table(nothing, nothing), Precision(share=0.01, most=FIRST))
    assert not report.reached
    assert "no year gave a value" in report.text


def test_the_number_needed_grows_with_the_square_of_how_much_narrower_it_has_to_be() -> None:
    made = years(1, 50)
    half = asked(made, Precision(share=1)).intervals[0].half_width
    assert asked(made, Precision(amount=half / 2)).intervals[0].needed == pytest.approx(200)
    assert asked(made, Precision(amount=half)).intervals[0].needed == pytest.approx(50)


def test_it_can_be_said_in_russian() -> None:
    assert "повторени" in texts("ru").again(asked(years(1, 60), Precision(share=0.01)).text)


def test_a_comparison_takes_as_many_years_as_it_needs_and_they_are_the_first_ones() -> None:
    made = records.scenario({"structures.other": OTHER})
    narrow = compare(made, precision=Precision(amount=1e12, most=2 * FIRST), jobs=1, engine=records.engine)
    assert narrow.precision is not None
    assert (narrow.runs.finished, narrow.precision.reached) == (FIRST, True)
    plain = compare(made, replications=FIRST, jobs=1, engine=records.engine)
    assert narrow.runs.replications.equals(plain.runs.replications)
    wide = compare(made, precision=Precision(amount=1e-12, most=70), jobs=1, engine=records.engine)
    assert wide.runs.replications["replication"].tolist() == sorted(list(range(70)) * 2)
    assert wide.runs.requested == 70


def test_a_single_structure_is_simulated_until_its_mean_is_known() -> None:
    result = simulate(
        records.scenario(), ["pair"], precision=Precision(share=1e6, most=2 * FIRST), jobs=1, engine=records.engine
    )
    assert result.precision is not None
    assert result.runs.finished == FIRST
