"""Intervals, paired differences and shares against published and closed results, and their coverage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analysis.intervals import (
    mean_interval,
    paired_difference,
    skewed_difference,
    skewed_interval,
    unpaired_difference,
)
from simulation.analysis.quantiles import kaplan_meier, proportion_interval, survival_quantile

NAN = math.nan
SLEEP_A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
"""Student's own data (1908): hours of sleep gained by ten patients under two drugs."""


def shares_covered(hits: list[bool], expected: float) -> None:
    """Assert that a simulated coverage is the nominal one within four of its standard errors."""
    error = math.sqrt(expected * (1 - expected) / len(hits))
    assert np.mean(hits) == pytest.approx(expected, abs=4 * error)


# -- one mean ------------------------------------------------------------------------------------------------


def test_the_interval_of_a_mean_is_students_t():
    # Law's textbook example 4.26 (ten values, 90 %): mean 1.34, variance 0.17, interval 1.34 ± 0.24
    x = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09]
    interval = mean_interval(x, level=0.90)
    assert (round(interval.mean, 2), round(interval.sd**2, 2), interval.n) == (1.34, 0.17, 10)
    assert interval.high - interval.mean == pytest.approx(0.24, abs=0.005)
    assert interval.mean - interval.low == pytest.approx(interval.high - interval.mean)


def test_two_values_have_the_interval_of_the_cauchy_quantile():
    # with one degree of freedom t is tan(pi*(p - 1/2)), and the standard error is half the distance
    interval = mean_interval([1.0, 3.0], level=0.95)
    assert interval.high - 2 == pytest.approx(math.tan(math.pi * 0.475))


def test_the_interval_of_a_mean_covers_it_as_often_as_it_says():
    rng = np.random.default_rng(1)
    years = rng.normal(5.0, 2.0, size=(4000, 6))
    for level in (0.8, 0.95):
        hits = [(one := mean_interval(row, level)).low <= 5.0 <= one.high for row in years]
        shares_covered(hits, level)


def test_an_interval_that_allows_for_skewness_worked_by_hand():
    # mean 1, sd 2, error 1; third moment of the mean 24/(3·2·4) = 1, a = 1/6, G(r) = 3 (cbrt(r + 5/6) - 1)
    found = skewed_interval([0.0, 0.0, 0.0, 4.0])
    t = 3.182446305284263
    assert found.low == pytest.approx(1 - 3 * ((t + 5 / 6) ** (1 / 3) - 1))
    assert found.high == pytest.approx(1 + 3 * ((t - 5 / 6) ** (1 / 3) + 1))
    mirrored = skewed_interval([0.0, 0.0, 0.0, -4.0])
    assert (mirrored.low, mirrored.high) == pytest.approx((-found.high, -found.low))


def test_without_skewness_it_is_students_and_of_few_or_equal_years_too():
    for values in ([1.0, 2.0, 3.0, 4.0], [1.0, 3.0], [5.0, 5.0, 5.0]):
        assert skewed_interval(values) == mean_interval(values)
    assert skewed_interval([1.0]).high == math.inf
    apart, welch = skewed_difference([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]), unpaired_difference([1, 2, 3], [2, 4, 6])
    assert (apart.low, apart.high) == (welch.low, welch.high)


def test_skewness_that_two_structures_share_cancels_between_independent_years():
    x = np.array([0.0, 0.0, 0.0, 4.0])
    found = skewed_difference(x, x + 1.0)
    assert found.high - found.mean == pytest.approx(found.mean - found.low)
    alone = skewed_difference(x, np.array([0.0, 1e-6, 0.0, 1e-6]))
    assert alone.high - alone.mean > 2 * (alone.mean - alone.low)


def test_an_undefined_year_is_dropped_and_counted_out():
    assert mean_interval([1.0, NAN, 3.0, NAN]) == mean_interval([1.0, 3.0])
    assert mean_interval([1.0, NAN, 3.0]).n == 2


def test_one_year_has_an_unbounded_interval_and_none_has_nothing():
    one = mean_interval([7.0, NAN])
    assert (one.mean, one.low, one.high, one.n) == (7.0, -math.inf, math.inf, 1)
    assert math.isnan(one.sd)
    none = mean_interval([NAN])
    assert none.n == 0
    assert all(math.isnan(value) for value in (none.mean, none.low, none.high, none.sd))


def test_equal_years_have_an_interval_of_no_width():
    for x in ([0.1] * 7, [0.1 + 0.2, 0.3, 0.3]):
        interval = mean_interval(x)
        assert interval.sd == 0
        assert interval.low == interval.mean == interval.high == pytest.approx(x[0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_interval([1.0, math.inf]), "infinite"),
        (lambda: mean_interval([[1.0, 2.0]]), "dimensions"),
        (lambda: mean_interval([1.0, 2.0], level=1.0), "level"),
        (lambda: mean_interval([1.0, 2.0], level=95), "level"),
        (lambda: paired_difference([1.0, 2.0], [1.0]), "equal numbers"),
        (lambda: paired_difference([1.0, 2.0], [1.0, 2.0], family=0), "family"),
        (lambda: proportion_interval(3, 2), "not a share"),
        (lambda: kaplan_meier([1.0, -1.0], [True, True]), "durations"),
        (lambda: kaplan_meier([1.0, NAN], [True, True]), "durations"),
        (lambda: kaplan_meier([1.0], [True, False]), "flag"),
        (lambda: survival_quantile(np.zeros(1), np.ones(1), 1.5), "probability"),
    ],
)
def test_input_without_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_share_of_years_has_wilsons_interval():
    found = paired_difference([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 9.0, 0.0])
    right = proportion_interval(3, 4)
    assert (found.share_of_years_better_low, found.share_of_years_better_high) == (right.low, right.high)


# -- two structures in the same years ------------------------------------------------------------------------


def test_a_paired_difference_is_the_interval_of_the_differences():
    # the paired t test on Student's data: t = -4.0621, two-sided p = 0.002833, interval (-2.4599, -0.7001)
    found = paired_difference(SLEEP_A, SLEEP_B)
    assert (found.mean, found.n) == (pytest.approx(-1.58), 10)
    assert found.mean / (found.sd / math.sqrt(10)) == pytest.approx(-4.0621, abs=5e-5)
    assert (found.low, found.high) == (pytest.approx(-2.4599, abs=5e-5), pytest.approx(-0.7001, abs=5e-5))
    assert found.confidence_mean_better == pytest.approx(0.002833 / 2, abs=5e-7)
    assert (found.share_of_years_better, found.share_of_years_tied) == (0, 0.1)
    assert found.gain_from_pairing == pytest.approx((3.200556 + 4.009) / 1.512889, rel=1e-5)


def test_independent_years_are_compared_by_welchs_interval():
    # Welch's test on the same data: t = -1.8608, df = 17.776, p = 0.07939, interval (-3.3654832, 0.2054832)
    found = unpaired_difference(SLEEP_A, SLEEP_B)
    assert found.degrees_of_freedom == pytest.approx(17.776, abs=5e-4)
    assert found.mean / found.standard_error == pytest.approx(-1.8608, abs=5e-5)
    assert (found.low, found.high) == (pytest.approx(-3.3654832), pytest.approx(0.2054832))
    assert found.confidence_mean_better == pytest.approx(0.07939 / 2, abs=5e-6)
    assert found.joint_low == found.low


def test_lower_is_better_turns_wins_and_confidence_but_not_the_difference():
    higher, lower = (paired_difference(SLEEP_A, SLEEP_B, higher_is_better=flag) for flag in (True, False))
    assert (lower.mean, lower.low, lower.high) == (higher.mean, higher.low, higher.high)
    assert lower.confidence_mean_better == pytest.approx(1 - higher.confidence_mean_better)
    assert (lower.share_of_years_better, lower.share_of_years_tied) == (0.9, 0.1)
    turned = unpaired_difference(SLEEP_A, SLEEP_B, higher_is_better=False)
    assert turned.confidence_mean_better == pytest.approx(1 - 0.07939 / 2, abs=5e-6)


def test_a_share_of_years_is_not_the_confidence_in_the_mean():
    a = np.array([1.0, 1.0, 1.0, -30.0])
    found = paired_difference(a, np.zeros(4))
    assert found.share_of_years_better == 0.75
    assert found.confidence_mean_better < 0.5


def test_joint_intervals_are_those_of_a_stricter_level():
    found = paired_difference(SLEEP_A, SLEEP_B, level=0.95, family=5)
    strict = paired_difference(SLEEP_A, SLEEP_B, level=0.99)
    assert (found.joint_low, found.joint_high) == (pytest.approx(strict.low), pytest.approx(strict.high))
    assert found.joint_low < found.low < found.high < found.joint_high


def test_all_joint_intervals_cover_at_once_at_least_as_often_as_they_say():
    rng = np.random.default_rng(2)
    family, n, hits = 4, 8, []
    for _ in range(3000):
        a, b = rng.normal(1.0, 1.0, (family, n)), rng.normal(0.0, 1.0, (family, n))
        found = [paired_difference(a[k], b[k], family=family) for k in range(family)]
        hits.append(all(one.joint_low <= 1.0 <= one.joint_high for one in found))
    # four independent comparisons: together (1 - 0.05/4)^4, just above the promised 0.95
    shares_covered(hits, (1 - 0.05 / family) ** family)


def test_the_confidence_is_right_as_often_as_it_says_when_there_is_no_difference():
    rng = np.random.default_rng(3)
    years = rng.normal(size=(3000, 7))
    confidences = np.array([paired_difference(row, np.zeros(7)).confidence_mean_better for row in years])
    for level in (0.1, 0.5, 0.9):
        shares_covered((confidences <= level).tolist(), level)  # uniform, as a p-value is


def test_pairing_gains_what_the_correlation_promises():
    rng = np.random.default_rng(4)
    market = rng.normal(size=4000)
    a, b = market + 0.5 * rng.normal(size=4000), market + 0.5 * rng.normal(size=4000)
    gain = paired_difference(a, b).gain_from_pairing
    # variances 1.25 each, covariance 1: gain 2.5/0.5 = 5; its relative error is about sqrt(4/4000)
    assert gain == pytest.approx(5, rel=4 * math.sqrt(4 / 4000))
    assert paired_difference(a, rng.normal(size=4000)).gain_from_pairing == pytest.approx(1, rel=0.13)


def test_an_undefined_year_of_one_structure_drops_the_pair():
    found = paired_difference([1.0, NAN, 5.0, 4.0], [0.0, 1.0, NAN, 2.0])
    assert found.n == 2
    assert found.mean == 1.5
    assert unpaired_difference([1.0, NAN, 5.0, 4.0], [0.0, 1.0, NAN, 2.0]).n_a == 3


def test_one_common_year_says_who_won_it_and_nothing_about_the_mean():
    found = paired_difference([5.0], [3.0])
    assert (found.mean, found.low, found.joint_high) == (2.0, -math.inf, math.inf)
    assert found.share_of_years_better == 1
    assert math.isnan(found.confidence_mean_better)
    assert not found.told_apart
    assert found.replications_needed() is None
    apart = unpaired_difference([5.0], [3.0, 4.0])
    assert (apart.low, apart.high) == (-math.inf, math.inf)
    assert math.isnan(apart.confidence_mean_better)


def test_no_common_year_is_undefined_throughout():
    found = paired_difference([NAN, 1.0], [2.0, NAN])
    assert found.n == 0
    numbers = (
        found.mean,
        found.low,
        found.joint_high,
        found.share_of_years_better,
        found.share_of_years_tied,
    )
    assert all(math.isnan(number) for number in numbers)
    assert found.replications_needed() is None


@pytest.mark.parametrize(("shift", "confidence"), [(0.3, 1.0), (0.0, 0.5), (-0.3, 0.0)])
def test_a_difference_without_spread_is_certain(shift, confidence):
    b = np.array([0.1, 0.7, 123456.789, 1e6 / 3])
    for found in (paired_difference(b + shift, b), unpaired_difference([1 + shift] * 4, [1.0] * 4)):
        assert found.confidence_mean_better == confidence
        assert found.low == found.high == found.joint_low == found.joint_high == found.mean
        assert found.mean == pytest.approx(shift)
    assert paired_difference(b + shift, b).gain_from_pairing == math.inf


def test_when_all_years_are_tied_nobody_is_better():
    a = np.array([0.1 + 0.2, 1e9, -5.0])
    b = np.array([0.3, 1e9 * (1 + 1e-12), -5.0])
    found = paired_difference(a, b)
    assert (found.mean, found.sd) == (0, 0)
    assert (found.share_of_years_better, found.share_of_years_tied) == (0, 1)
    assert found.confidence_mean_better == 0.5
    assert not found.told_apart
    assert found.replications_needed() is None
    assert paired_difference(a, b, tie_tolerance=0.0).share_of_years_tied == pytest.approx(1 / 3)
    assert paired_difference([2.0, 2.0], [2.0, 2.0]).gain_from_pairing == 1


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=30),
    st.integers(1, 40),
)
def test_a_against_b_mirrors_b_against_a(pairs, family):
    a, b = np.array(pairs, dtype=float).T
    one, other = paired_difference(a, b, family=family), paired_difference(b, a, family=family)
    assert one.joint_low == pytest.approx(-other.joint_high)
    assert one.confidence_mean_better + other.confidence_mean_better == pytest.approx(1)
    assert one.share_of_years_better + other.share_of_years_better + one.share_of_years_tied == pytest.approx(1)
    assert one.replications_needed() == other.replications_needed()


# -- how many years it would take ----------------------------------------------------------------------------


def test_the_replications_needed_tell_the_difference_in_four_cases_out_of_five():
    a = np.array([1.5, -0.5] * 20) * 1.0
    planned = paired_difference(a, np.zeros(40), family=3)
    needed = planned.replications_needed()
    rng = np.random.default_rng(5)
    years = rng.normal(planned.mean, planned.sd, size=(3000, needed))
    told = [(one := paired_difference(row, np.zeros(needed), family=3)).told_apart and one.mean > 0 for row in years]
    shares_covered(told, 0.8)


def test_the_replications_needed_are_the_fewest_whose_interval_leaves_room_for_chance():
    def with_moments(n: int, mean: float, sd: float) -> np.ndarray:
        x = np.arange(n, dtype=float)
        return mean + sd * (x - x.mean()) / x.std(ddof=1)

    z = 0.8416212335729143  # 80 % quantile of the normal distribution
    observed = paired_difference(with_moments(20, 0.1, 1.0), np.zeros(20), family=6)
    assert not observed.told_apart
    for level in (0.8, 0.95, 0.99):
        needed = observed.replications_needed(level)
        found = {
            n: paired_difference(with_moments(n, 0.1, 1.0), np.zeros(n), level=level, family=6)
            for n in (needed - 1, needed)
        }
        assert [one.joint_low > z * one.sd / math.sqrt(n) for n, one in found.items()] == [False, True]
    assert observed.replications_needed() == observed.replications_needed(0.95)


def test_many_replications_are_needed_as_the_normal_quantile_says():
    found = paired_difference([1.001, -0.999] * 8, [0.0] * 16)
    z = 1.959963984540054 + 0.8416212335729143
    assert found.replications_needed() == pytest.approx((z * found.sd / found.mean) ** 2, rel=1e-5)
    assert paired_difference([1.0 + 1e-9, -1.0], [0.0, 0.0]).replications_needed() is None
    assert paired_difference([5.0, 5.0, 5.0], [1.0, 1.0, 1.0]).replications_needed() == 2


# -- shares --------------------------------------------------------------------------------------------------


def test_wilsons_interval_agrees_with_the_published_values():
    # Newcombe (1998) Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29
    for k, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)):
        found = proportion_interval(k, n)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    none = proportion_interval(0, 20)
    assert (none.low, round(none.high, 4)) == (0.0, 0.1611)
    assert proportion_interval(20, 20).high == 1.0
    assert (proportion_interval(0, 0).low, proportion_interval(0, 0).high) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_ends_are_where_the_score_test_just_fails_to_refuse(trial):
    k, n = trial
    found = proportion_interval(k, n, level=0.9)
    assert 0 <= found.low <= found.share <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            z = abs(k / n - end) / math.sqrt(end * (1 - end) / n)
            assert z == pytest.approx(1.6448536269514722, rel=1e-6)


# -- response times of leads that may leave ------------------------------------------------------------------


def test_kaplan_meier_gives_the_published_curve():
    # remission times of Freireich et al. (1963), the 6-MP group, as in Cox & Oakes (1984)
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    seen = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    times, survival = kaplan_meier(weeks, seen)
    assert times.tolist() == [0, 6, 7, 10, 13, 16, 22, 23]
    published = [1, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert survival == pytest.approx(published, abs=0.0005)
    assert survival_quantile(times, survival, 0.5) == 23
    assert survival_quantile(times, survival, 0.9) == math.inf


def test_when_every_lead_is_answered_it_is_the_plain_distribution():
    times, survival = kaplan_meier([0.0, 2.0, 2.0, 5.0], [True] * 4)
    assert times.tolist() == [0, 0, 2, 5]
    assert survival.tolist() == [1, 0.75, 0.25, 0]
    assert survival_quantile(times, survival, 0.75) == 2
    curve = kaplan_meier(np.arange(1.0, 11.0), [True] * 10)
    assert [survival_quantile(*curve, tenth / 10) for tenth in range(1, 10)] == list(range(1, 10))


def test_without_an_answer_nobody_is_ever_answered():
    for durations in ([], [1.0, 2.0]):
        times, survival = kaplan_meier(durations, [False] * len(durations))
        assert (times.tolist(), survival.tolist()) == ([0], [1])


def test_leads_that_leave_do_not_distort_the_response_time():
    rng = np.random.default_rng(5)
    answer, patience = rng.exponential(4.0, 20000), rng.exponential(6.0, 20000)
    times, survival = kaplan_meier(np.minimum(answer, patience), answer <= patience)
    for hours in (1.0, 4.0, 8.0):
        estimate = survival[np.searchsorted(times, hours, side="right") - 1]
        # Greenwood's variance for exponential answering and leaving at rates 1/4 and 1/6
        total = 1 / 4 + 1 / 6
        variance = math.exp(-hours / 2) * (1 / 4) * (math.exp(total * hours) - 1) / total / 20000
        assert estimate == pytest.approx(math.exp(-hours / 4), abs=4 * math.sqrt(variance))
    naive = np.mean(answer[answer <= patience] > 4.0)
    assert naive < math.exp(-1) - 0.1  # what is wrong with looking at the answered leads only
