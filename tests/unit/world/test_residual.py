"""Residual life: what is under way at a random moment of a renewal process in equilibrium."""

import numpy as np
import pytest
from scipy import stats

from simulation.world import Streams
from simulation.world.residual import residual
from simulation.written.distributions import Distribution

N = 20_000
LAWS = {
    "exponential": Distribution.exponential(5.0),
    "lognormal": Distribution.lognormal(mean=5.0, cv=0.7),
    "gamma": Distribution.gamma(mean=5.0, cv=1.5),
    "uniform": Distribution.uniform(low=2.0, high=8.0),
    "constant": Distribution.constant(5.0),
}


def drawn(law: Distribution) -> np.ndarray:
    streams = Streams(1, 0)
    return residual(law, streams.uniforms("which", N), streams.uniforms("where", N))


@pytest.mark.parametrize("name", LAWS)
def test_the_mean_is_that_of_an_interval_picked_by_its_length(name):
    law = LAWS[name]
    found = drawn(law)
    expected = (law.variance + law.mean**2) / (2 * law.mean)
    assert found.min() > 0
    assert found.mean() == pytest.approx(expected, abs=4 * found.std() / N**0.5 + 0.005 * expected)


def test_an_exponential_interval_has_no_memory():
    assert stats.kstest(drawn(LAWS["exponential"]) / 5, "expon").pvalue > 1e-3


def test_a_constant_interval_is_under_way_anywhere():
    assert stats.kstest(drawn(LAWS["constant"]) / 5, "uniform").pvalue > 1e-3


def test_what_never_happens_stays_away():
    assert np.isinf(residual(Distribution.constant(np.inf), np.array([0.5]), np.array([0.5]))).all()
