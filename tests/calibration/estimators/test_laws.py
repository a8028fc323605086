"""Laws of the clocks: densities against scipy, gradients against differences, moments against the scenario's laws."""

import numpy as np
import pytest
from scipy import stats

from simulation.calibration.estimators import laws

TIMES = np.array([0.01, 0.5, 3.0, 40.0, 900.0])
CASES = [(2.0, 0.3), (4.0, -1.0), (1.0, 0.9)]


def scipys(family: laws.Family, place: float, width: float) -> stats.rv_continuous:
    if family == "lognormal":
        return stats.lognorm(np.exp(width), scale=np.exp(place))
    kind = stats.weibull_min if family == "weibull" else stats.gamma
    return kind(np.exp(width), scale=np.exp(place))


@pytest.mark.parametrize("family", laws.FAMILIES)
@pytest.mark.parametrize(("place", "width"), CASES)
def test_density_survival_and_moments_are_those_of_the_law(family: laws.Family, place: float, width: float) -> None:
    shown, law = laws.terms(family, place, width, TIMES), scipys(family, place, width)
    assert shown.density == pytest.approx(law.logpdf(TIMES), rel=1e-9)
    assert shown.survival == pytest.approx(law.logsf(TIMES), rel=1e-6, abs=1e-12)
    assert laws.survival(family, place, width, TIMES) == pytest.approx(law.sf(TIMES), rel=1e-9, abs=1e-300)
    assert float(laws.mean(family, place, width)) == pytest.approx(law.mean())
    assert float(laws.variation(family, width)) == pytest.approx(law.std() / law.mean())
    levels = np.array([0.1, 0.5, 0.9])
    assert laws.quantile(family, place, width, levels) == pytest.approx(law.ppf(levels))


@pytest.mark.parametrize("family", laws.FAMILIES)
@pytest.mark.parametrize(("place", "width"), CASES)
def test_gradients_are_those_of_the_functions(family: laws.Family, place: float, width: float) -> None:
    shown, step = laws.terms(family, place, width, TIMES), 1e-5
    for n in range(2):
        move = np.eye(2)[n] * step
        above, below = (laws.terms(family, *(np.array([place, width]) + s * move), TIMES) for s in (1, -1))
        assert shown.density_slope[n] == pytest.approx((above.density - below.density) / 2 / step, rel=1e-4, abs=1e-6)
        assert shown.survival_slope[n] == pytest.approx(
            (above.survival - below.survival) / 2 / step, rel=1e-3, abs=1e-6
        )


@pytest.mark.parametrize("family", laws.FAMILIES)
def test_a_scenario_gets_the_same_law(family: laws.Family) -> None:
    written = laws.distribution(family, 4.0, -0.2)
    levels = np.array([0.1, 0.5, 0.9])
    assert written.quantile(levels) == pytest.approx(laws.quantile(family, 4.0, -0.2, levels), rel=1e-3)


@pytest.mark.parametrize("family", laws.FAMILIES)
def test_a_search_begins_near_the_law(family: laws.Family) -> None:
    times = laws.quantile(family, 3.0, 0.2, (np.arange(2000) + 0.5) / 2000)
    place, width = laws.start(times, np.ones(2000), family)
    assert float(laws.mean(family, place, width)) == pytest.approx(float(laws.mean(family, 3.0, 0.2)), rel=0.25)
