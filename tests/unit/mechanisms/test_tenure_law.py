"""How long people stay: the law fitted to leavers a year, early leavers and probation."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from simulation.mechanisms.probation import Probation
from simulation.mechanisms.tenure_law import TenureLaw, Weibull, mean_tenure, staffed_share, weibull
from simulation.written.readers import MONTH, YEAR

TRIAL = Probation(months=3, failure=0.2)
CASES = [
    (per_year, early, probation)
    for per_year in (0.25, 0.45, 0.75, 1.5)
    for early in (0.6, 1.0, 1.5, 2.0)
    for probation in (None, TRIAL, Probation(months=1, failure=0.5))
]


def _law(per_year: float, early: float, probation: Probation | None) -> Weibull:
    law = weibull(per_year, early, probation)
    assert law is not None
    return law


def _stays(law: TenureLaw, tenure: float) -> float:
    """Probability of not having quit by a tenure, hours."""
    return math.exp(-law.spent(tenure))


@pytest.mark.parametrize(("per_year", "early", "probation"), CASES)
def test_leavers_a_year_are_one_over_the_integral_of_the_survivors(per_year, early, probation):
    law = _law(per_year, early, probation)
    end = probation.months * MONTH if probation is not None else YEAR
    stay = 1 - probation.failure if probation is not None else 1.0
    last = law.tenure(40.0)  # exp(-40) of the people are left
    before, _ = quad(lambda t: _stays(law, t), 0, end, epsrel=1e-10, limit=500)
    # in the variable x = log t, since a falling hazard has a long tail
    after, _ = quad(lambda x: _stays(law, math.exp(x)) * math.exp(x), math.log(end), math.log(last), limit=500)
    assert YEAR / (before + stay * after) == pytest.approx(per_year, rel=1e-6)
    assert mean_tenure(law, probation) == pytest.approx(YEAR / per_year, rel=1e-9)


@pytest.mark.parametrize(("per_year", "early", "probation"), CASES)
def test_so_many_times_as_many_newcomers_quit_within_three_months(per_year, early, probation):
    law = _law(per_year, early, probation)
    constant = 1 - math.exp(-3 * MONTH / law.mean)
    assert (1 - _stays(law, 3 * MONTH)) / constant == pytest.approx(early, rel=1e-8)


def test_simulated_tenures_give_the_leavers_a_year_and_the_early_leavers():
    law, luck = _law(0.75, 1.5, TRIAL), np.random.default_rng(1)
    quits = np.array([law.tenure(spent) for spent in luck.exponential(size=40_000)])
    fails = luck.random(quits.size) < TRIAL.failure
    tenures = np.where(fails & (quits > 3 * MONTH), 3 * MONTH, quits) / YEAR
    error = tenures.std() / math.sqrt(tenures.size)
    assert tenures.mean() == pytest.approx(1 / 0.75, abs=4 * error)
    share = 1 - _stays(law, 3 * MONTH)
    assert (quits < 3 * MONTH).mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / quits.size))


def test_a_constant_hazard_without_probation_is_exponential():
    assert _law(0.5, 1.0, None) == Weibull(1.0, 2 * YEAR)


def test_more_early_leavers_mean_a_hazard_that_falls_with_the_tenure():
    assert _law(0.45, 1.5, TRIAL).shape < 1 < _law(0.45, 0.7, TRIAL).shape


def test_whoever_fails_the_probation_leaves_fewer_to_quit():
    assert _law(0.45, 1.5, TRIAL).mean > _law(0.45, 1.5, None).mean == pytest.approx(YEAR / 0.45)


@pytest.mark.parametrize("tenure", [1e-3, 24.0, 1000.0, 1e6])
def test_the_tenure_at_a_cumulated_hazard_is_the_inverse(tenure):
    law = _law(0.45, 1.5, TRIAL)
    assert law.tenure(law.spent(tenure)) == pytest.approx(tenure, rel=1e-12)


def test_before_the_first_day_no_hazard_is_spent():
    law = Weibull(0.5, 100.0)
    assert law.spent(-1.0) == law.spent(0.0) == law.tenure(0.0) == 0.0


def test_nobody_leaves_where_the_turnover_is_zero():
    assert weibull(0, 1.5, TRIAL) is None
    assert mean_tenure(None, TRIAL) == math.inf
    assert staffed_share(None, TRIAL, 1000.0) == 1.0


def test_a_position_is_filled_for_its_share_of_an_alternating_renewal():
    law = _law(0.45, 1.5, TRIAL)
    assert staffed_share(law, TRIAL, YEAR / 10) == pytest.approx((1 / 0.45) / (1 / 0.45 + 0.1), rel=1e-9)


@pytest.mark.parametrize(("per_year", "early"), [(0.45, 50.0), (1.5, 0.005), (3.0, 4.0), (20.0, 0.5)])
def test_early_leavers_that_no_law_has_are_refused_with_the_range(per_year, early):
    with pytest.raises(ValueError, match=r"do not go with .* leavers a year: .* to .* times are possible"):
        weibull(per_year, early, TRIAL)


def test_the_range_that_a_refusal_names_is_possible():
    with pytest.raises(ValueError) as refusal:
        weibull(1.5, 9.0, TRIAL)
    words = str(refusal.value).rsplit(": ", 1)[1].split()
    for early in (float(words[0]), float(words[2])):
        assert weibull(1.5, early, TRIAL) is not None
