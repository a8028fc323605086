"""What the libraries of the field find in the same numbers: statsmodels and ruptures."""

import numpy as np
import pytest

from simulation.calibration.estimators.change import change
from simulation.calibration.estimators.fitting import chance
from simulation.calibration.estimators.spells import NO, YES
from simulation.calibration.estimators.weekly import season_and_trend


def test_season_and_trend_are_those_of_a_quasi_poisson_regression() -> None:
    """With four years of large counts the weak priors hardly count: the slope is that of statsmodels."""
    sm = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(1)
    weeks = 208
    years = (np.arange(weeks) - weeks + 0.5) * 7 / 365.25
    month = (np.arange(weeks) * 7 // 30.5).astype(int) % 12
    months = np.eye(12)[month]
    season = np.linspace(-0.4, 0.4, 12)
    exposure = rng.uniform(5, 7, weeks)
    counts = rng.poisson(exposure * 20 * np.exp(season[month] + 0.2 * years)).astype(float)
    shown = season_and_trend(counts, exposure, months, years, weeks * 7, 200, rng)
    design = np.column_stack([months, years])
    model = sm.GLM(counts, design, family=sm.families.Poisson(), offset=np.log(exposure)).fit(scale="X2")
    factors = np.exp(model.params[:12])
    assert shown.trend == pytest.approx(float(model.params[12]), abs=0.01)
    assert shown.season == pytest.approx(factors / factors.mean(), abs=0.02)
    assert shown.trend_draws.std() == pytest.approx(float(model.bse[12]), rel=0.35)


def test_a_step_is_where_ruptures_sees_it() -> None:
    rpt = pytest.importorskip("ruptures")
    rng = np.random.default_rng(2)
    for at in (15, 26, 40):
        counts = rng.poisson(np.where(np.arange(52) < at, 30.0, 18.0)).astype(float)
        shown = change(counts - counts.mean(), np.full(52, counts.mean()), rng)
        assert shown is not None
        (found, _) = rpt.Dynp(model="l2", min_size=5, jump=1).fit(counts[:, None]).predict(n_bkps=1)
        assert shown.step_week == found


def test_an_incidence_is_that_of_statsmodels() -> None:
    duration = pytest.importorskip("statsmodels.duration.survfunc")
    from simulation.calibration.estimators.incidence import aalen_johansen

    rng = np.random.default_rng(3)
    n = 400
    age = np.round(rng.exponential(10, n), 1) + 0.1
    end = rng.choice([0, YES, NO], n, p=[0.3, 0.3, 0.4])
    end[age == age.max()] = 0
    times = np.unique(age)

    def column(kind: int) -> np.ndarray:
        return np.array([np.sum((age == time) & (end == kind)) for time in times], float)[:, None]

    shown = aalen_johansen(times, column(YES), column(NO), column(0), np.zeros((len(times), 1)))
    theirs = duration.CumIncidenceRight(age, end)
    where = np.searchsorted(times, theirs.times)
    assert shown.yes[where, 0] == pytest.approx(theirs.cinc[0], abs=1e-9)
    assert shown.no[where, 0] == pytest.approx(theirs.cinc[1], abs=1e-9)


@pytest.mark.parametrize("gain", [-1e-9, 0.0, 0.3, 5.0, 80.0])
def test_the_probability_of_a_gain_is_that_of_scipy(gain: float) -> None:
    from scipy.stats import chi2

    assert chance(3, gain) == pytest.approx(chi2.sf(gain, 3))
