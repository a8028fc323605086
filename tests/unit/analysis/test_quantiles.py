"""Quantiles over possible years and shares of years, with their intervals."""

import math
import subprocess
import sys

import numpy as np
import pytest

from simulation.analysis.intervals import mean_interval, mean_share_interval, share_interval
from simulation.analysis.quantiles import band, proportion_interval, quantiles, told, year_quantile

NAN = float("nan")


# -- by hand -----------------------------------------------------------------------------------------------------------


def test_quantiles_interpolate_between_the_ordered_years() -> None:
    found = quantiles([*range(99, 0, -1), NAN])  # type 6: the level q stands at q (n + 1)
    assert (found.p05.value, found.p50.value, found.p95.value) == (5, 50, 95)
    assert year_quantile([1.0, 2.0, 3.0], 0.4).value == pytest.approx(1.6)
    assert math.isnan(quantiles([]).p50.value)


@pytest.mark.parametrize(("n", "q", "tells"), [(18, 0.05, False), (19, 0.05, True), (8, 0.1, False), (9, 0.9, True)])
def test_few_years_do_not_tell_an_extreme_level(n: int, q: float, tells: bool) -> None:
    found = year_quantile(np.arange(n), q)
    assert found.known is told(n, q) is tells
    assert found.years_needed == (19 if q == 0.05 else 9)
    if not tells:
        assert found.value == 0  # the worst year, called so


def test_the_interval_of_a_quantile_lies_between_order_statistics_worked_by_hand() -> None:
    # of ten years the median lies between the second and the ninth: P(2 <= B < 9) = 0.9785 with B ~ Bin(10, 1/2)
    found = year_quantile(range(1, 11), 0.5)
    assert (found.value, found.low, found.high) == (5.5, 2, 9)
    # of five years no two hold the median with 95 %: 1 - 2/32 = 0.9375
    assert (year_quantile(range(5), 0.5).low, year_quantile(range(5), 0.5).high) == (-math.inf, math.inf)
    assert (year_quantile(range(5), 0.5, 0.9).low, year_quantile(range(5), 0.5, 0.9).high) == (0, 4)
    # of sixty years none marks the lower end of the 5 % year: all lie above it in 0.95^60 = 4.6 %
    assert year_quantile(range(60), 0.05).low == -math.inf
    assert year_quantile(range(72), 0.05).low == 0  # 0.95^72 = 2.49 %
    assert year_quantile(range(72), 0.95).high == 71


def test_the_ranks_are_those_of_the_binomial_law() -> None:
    from scipy.stats import binom

    for n in (2, 7, 20, 61, 200):
        for q in (0.05, 0.1, 0.5, 0.9, 0.95):
            found = year_quantile(np.arange(1, n + 1), q)
            low = 0 if found.low == -math.inf else int(found.low)
            high = n + 1 if found.high == math.inf else int(found.high)
            assert binom.cdf(low - 1, n, q) <= 0.025 < binom.cdf(low, n, q)
            assert binom.sf(high - 1, n, q) <= 0.025 or high == n + 1
            assert binom.sf(high - 2, n, q) > 0.025


def test_never_is_a_year_like_another_and_months_are_whole() -> None:
    assert year_quantile([1.0, 2.0, math.inf], 0.5).value == 2.0
    assert year_quantile([1.0, 2.0, math.inf, math.inf], 0.5).value == math.inf
    assert year_quantile([3, 4, 6, 9], 0.5).value == 5.0
    assert year_quantile([3, 4, 5, 9], 0.5, whole=True).value == 5.0
    assert year_quantile([3, 4, 4, 9], 0.5, whole=True).value == 4.0


def test_a_file_has_an_open_end_as_nothing() -> None:
    plain = year_quantile([1.0, 2.0, 3.0], 0.5).flat("p50")
    assert plain["p50"] == 2.0 and math.isnan(plain["p50_low"]) and math.isnan(plain["p50_high"])


def test_the_band_of_a_chart_holds_the_same_quantiles() -> None:
    years = np.random.default_rng(3).normal(size=(40, 5))
    low, high = band(years, (0.05, 0.95))
    assert low == pytest.approx([year_quantile(column, 0.05).value for column in years.T])
    assert high == pytest.approx([year_quantile(column, 0.95).value for column in years.T])
    few = band(years[:6], (0.05, 0.95))
    assert few[0] == pytest.approx(years[:6].min(axis=0)) and few[1] == pytest.approx(years[:6].max(axis=0))


def test_what_makes_no_sense_is_refused() -> None:
    for q, level in ((0.0, 0.95), (1.0, 0.95), (0.5, 1.0)):
        with pytest.raises(ValueError, match="above 0 and below 1"):
            year_quantile([1.0, 2.0], q, level)
    with pytest.raises(ValueError, match="2 dimensions"):
        year_quantile(np.zeros((2, 2)), 0.5)


def test_no_slow_library_is_loaded_for_a_quantile() -> None:
    code = (
        "import sys, simulation.analysis.quantiles as q; q.quantiles([1, 2, 3]); sys.exit('scipy.stats' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- by simulation -----------------------------------------------------------------------------------------------------

DRAWS = 4000


@pytest.mark.parametrize(("n", "q"), [(19, 0.05), (20, 0.1), (60, 0.05), (30, 0.5), (25, 0.9)])
def test_a_new_year_lies_below_a_quantile_with_its_probability(n: int, q: float) -> None:
    """The mean of F(quantile) over many sets of years is q, for a skewed law too.

    Type 7, which stands at q (n - 1) + 1, would give 0.095 for the 5 % year of nineteen.
    """
    drawn = np.random.default_rng(8).exponential(size=(DRAWS, n))
    below = -np.expm1(-band(drawn.T, (q, q))[0])
    # F is not linear between two years, so at a place between ranks the mean is off by less than a tenth of 1/(n + 1)
    error = 3 * below.std(ddof=1) / math.sqrt(DRAWS)
    between = 0.0 if (q * (n + 1)) % 1 < 1e-9 else 0.1 / (n + 1)
    assert abs(below.mean() - q) < error + between


@pytest.mark.parametrize(("n", "q"), [(20, 0.1), (60, 0.05), (30, 0.5), (100, 0.95)])
@pytest.mark.parametrize("law", ["exponential", "months"])
def test_the_interval_of_a_quantile_covers_it_at_least_as_often_as_it_says(n: int, q: float, law: str) -> None:
    rng = np.random.default_rng(9)
    if law == "exponential":
        drawn, truth = rng.exponential(size=(DRAWS, n)), -math.log1p(-q)
    else:  # whole numbers, many equal years
        drawn = rng.geometric(0.2, size=(DRAWS, n)).astype(float)
        truth = math.ceil(math.log1p(-q) / math.log(0.8) - 1e-12)
    found = [year_quantile(row, q) for row in drawn]
    covered = np.mean([each.low <= truth <= each.high for each in found])
    assert covered >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / DRAWS)


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5, 0.83])
def test_wilsons_interval_of_a_share_of_years_covers_it_on_average_over_numbers_of_years(p: float) -> None:
    """For one n it swings with the lattice of counts (Brown, Cai, DasGupta 2001); exact sums, no luck."""
    from scipy.stats import binom

    covered = []
    for n in range(20, 81):
        inside = [proportion_interval(k, n) for k in range(n + 1)]
        covered.append(sum(binom.pmf(k, n, p) for k, each in enumerate(inside) if each.low <= p <= each.high))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.015)
    assert min(covered) > 0.83


def test_a_mean_of_zeros_and_ones_has_wilsons_interval() -> None:
    found, right = share_interval([1, 0, 1, 1, NAN]), proportion_interval(3, 4)
    assert (found.mean, found.low, found.high, found.n) == (0.75, right.low, right.high, 4)
    assert share_interval([1.0] * 5).low < 1.0 == share_interval([1.0] * 5).high
    assert math.isnan(share_interval([]).low)


def test_a_mean_of_shares_of_single_years_keeps_its_interval_between_0_and_1() -> None:
    years = [0.0, 0.0, 0.95]  # Student's goes from -105 % to 168 %
    assert mean_interval(years).low < 0 and mean_interval(years).high > 1
    found = mean_share_interval(years)
    # p = 0.31667, sd²/n = 0.100278, so 2.15789 trials; t = 4.30265 of two degrees of freedom, t²/n = 8.5791:
    # (0.31667 + 4.28955 ± sqrt(0.216389 · 8.5791 + 8.5791²/4))/9.5791
    assert (found.low, found.high) == pytest.approx((0.01101, 0.95071), abs=2e-5)
    never = mean_share_interval([0.0] * 20)
    assert never.low == 0.0 and 0.1 < never.high < 0.25
    assert (mean_share_interval([0.4]).low, mean_share_interval([0.4]).high) == (0.0, 1.0)
    assert mean_share_interval([0.4, 0.4]).low == 0.4
    assert math.isnan(mean_share_interval([]).low)
    with pytest.raises(ValueError, match="between 0 and 1"):
        mean_share_interval([0.5, 1.2])


def test_of_many_years_it_is_students() -> None:
    years = np.random.default_rng(4).beta(8, 4, size=2000)
    found, right = mean_share_interval(years), mean_interval(years)
    assert (found.low, found.high) == pytest.approx((right.low, right.high), abs=0.01 * (right.high - right.mean))


@pytest.mark.parametrize("n", [4, 10, 40])
def test_it_covers_the_mean_of_shares_as_often_as_it_says(n: int) -> None:
    drawn = np.random.default_rng(5).beta(0.8, 3.2, size=(DRAWS, n))
    found = [mean_share_interval(row) for row in drawn]
    covered = np.mean([each.low <= 0.2 <= each.high for each in found])
    assert covered >= 0.95 - 0.02 - 3 * math.sqrt(0.95 * 0.05 / DRAWS)  # skewed, so two points less than it says
