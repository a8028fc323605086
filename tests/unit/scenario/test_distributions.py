"""Distributions: their reading, their moments and their quantiles."""

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from simulation.written.distributions import (
    Distribution,
    ElapsedDistribution,
    MoneyDistribution,
    NumberDistribution,
    WorkingDistribution,
)

LAWS = [
    Distribution.exponential(2.0),
    Distribution.lognormal(0.5, 0.7),
    Distribution.lognormal(60_000.0, 1.0),
    Distribution.gamma(3.0, 0.7),
    Distribution.gamma(3.0, 2.0),
    Distribution.uniform(1.0, 4.0),
    Distribution.triangular(0.0, 1.0, 4.0),
    Distribution.triangular(-1.0, -1.0, 2.0),
    Distribution.triangular(0.0, 3.0, 3.0),
    Distribution.weibull(2.0, 0.8),
    Distribution.weibull(2.0, 3.0),
    Distribution.empirical([3.0, 1.0, 1.0, 7.0]),
    Distribution.empirical([3.0, 1.0, 7.0], [1, 2, 1]),
]


def read(kind: Any, value: object, hours_per_day: float = 8) -> Distribution:
    made: Distribution = TypeAdapter(kind).validate_python(value, context={"hours_per_day": hours_per_day})
    return made


def refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    return str(caught.value.errors()[0]["msg"])


def integral(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float(np.sum(values * weights))


def nodes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points and weights for the integral over (0, 1), dense at both ends where quantiles are steep.

    The tanh-sinh substitution keeps the error of the means and variances below far under 1e-6 relative.
    """
    t = np.linspace(-3.4, 3.4, 40_001)
    s = np.pi / 2 * np.sinh(t)
    u = 1 / (1 + np.exp(-2 * s))
    weight = np.pi * np.cosh(t) * u * (1 - u) * (t[1] - t[0])
    inside = (u > 0) & (u < 1)
    return u[inside], weight[inside]


@pytest.mark.parametrize("law", LAWS, ids=lambda d: f"{d.law}-{d.mean:g}")
def test_quantiles_integrate_to_the_stated_mean_and_variance(law: Distribution) -> None:
    u, weight = nodes()
    x = law.quantile(u)
    tolerance = 2e-3 if law.law == "empirical" else 1e-5  # steps are not smooth
    assert integral(x, weight) == pytest.approx(law.mean, rel=tolerance, abs=1e-6)
    assert integral((x - law.mean) ** 2, weight) == pytest.approx(law.variance, rel=max(tolerance, 1e-4))


@pytest.mark.parametrize("law", LAWS, ids=lambda d: f"{d.law}-{d.mean:g}")
def test_quantiles_rise_and_keep_the_shape_of_the_uniforms(law: Distribution) -> None:
    u = np.linspace(0.001, 0.999, 60).reshape(3, 20)
    x = law.quantile(u)
    assert x.shape == (3, 20)
    assert x.dtype == np.float64
    assert np.all(np.diff(x.ravel()) >= 0)
    assert np.all(np.isfinite(law.quantile(np.array([np.nextafter(0, 1), np.nextafter(1, 0)]))))


@pytest.mark.parametrize("law", LAWS, ids=lambda d: f"{d.law}-{d.mean:g}")
def test_a_scaled_distribution_gives_scaled_quantiles(law: Distribution) -> None:
    u = np.linspace(0.01, 0.99, 25)
    np.testing.assert_allclose(law.scaled(1.7).quantile(u), 1.7 * law.quantile(u), rtol=1e-12)
    assert law.scaled(0) == Distribution.constant(0)
    with pytest.raises(ValueError, match="factor"):
        law.scaled(-1)


def test_known_quantiles() -> None:
    half = np.array([0.5])
    assert Distribution.exponential(2.0).quantile(half)[0] == pytest.approx(2 * math.log(2))
    assert Distribution.lognormal(1.0, 1.0).quantile(half)[0] == pytest.approx(1 / math.sqrt(2))
    assert Distribution.uniform(1.0, 4.0).quantile(half)[0] == 2.5
    assert Distribution.triangular(0.0, 1.0, 2.0).quantile(half)[0] == 1.0
    # gamma with cv 1 and Weibull with shape 1 are exponential
    u = np.linspace(0.01, 0.99, 9)
    exponential = Distribution.exponential(3.0).quantile(u)
    np.testing.assert_allclose(Distribution.gamma(3.0, 1.0).quantile(u), exponential, rtol=1e-12)
    np.testing.assert_allclose(Distribution.weibull(3.0, 1.0).quantile(u), exponential, rtol=1e-12)


def test_an_empirical_quantile_gives_each_observed_value_its_share() -> None:
    u = (np.arange(1000) + 0.5) / 1000
    values, counts = np.unique(Distribution.empirical([3, 1, 1, 7]).quantile(u), return_counts=True)
    assert values.tolist() == [1, 3, 7]
    assert counts.tolist() == [500, 250, 250]


def test_weights_heap_values_as_if_they_had_been_observed_so_often() -> None:
    u = (np.arange(1000) + 0.5) / 1000
    heaped, observed = Distribution.empirical([7, 1, 3], [0.25, 0.5, 0.25]), Distribution.empirical([3, 1, 1, 7])
    assert np.array_equal(heaped.quantile(u), observed.quantile(u))
    assert (heaped.mean, heaped.variance) == pytest.approx((observed.mean, observed.variance))
    assert heaped.scaled(2).quantile(u).tolist() == (2 * observed.quantile(u)).tolist()


@pytest.mark.parametrize(
    "law",
    [
        Distribution.constant(3.0),
        Distribution.lognormal(3.0, 0.0),
        Distribution.gamma(3.0, 0.0),
        Distribution.uniform(3.0, 3.0),
        Distribution.triangular(3.0, 3.0, 3.0),
        Distribution.empirical([3.0, 3.0]),
        Distribution.empirical([3.0, 5.0], [1, 0]),
    ],
)
def test_a_distribution_without_spread_is_constant(law: Distribution) -> None:
    assert law.is_constant
    assert law.variance == 0
    assert law.quantile(np.array([0.1, 0.9])).tolist() == [3.0, 3.0]


def test_spread_is_not_constant() -> None:
    assert not any(law.is_constant for law in LAWS)


def test_a_mean_of_nought_is_a_constant_of_nought() -> None:
    for law in (Distribution.exponential(0), Distribution.lognormal(0, 1), Distribution.weibull(0, 2)):
        assert law.is_constant
        assert law.quantile(np.array([0.3])).tolist() == [0.0]


def test_a_plain_value_is_a_constant_in_the_unit_of_the_key() -> None:
    assert read(ElapsedDistribution, "2 days") == Distribution.constant(48)
    assert read(WorkingDistribution, "2 working days", hours_per_day=9) == Distribution.constant(18)
    assert read(MoneyDistribution, "60 k") == Distribution.constant(60_000)
    assert read(NumberDistribution, -2) == Distribution.constant(-2)


def test_never_is_a_constant_that_does_not_come() -> None:
    never = read(ElapsedDistribution, "never")
    assert never.is_constant
    assert np.isinf(never.quantile(np.array([0.5]))).all()
    assert "never without a law" in refusal(ElapsedDistribution, {"exponential": "never"})


@pytest.mark.parametrize(
    ("written", "law"),
    [
        ({"exponential": "30 min"}, Distribution.exponential(0.5)),
        ({"exponential": {"mean": "30 min"}}, Distribution.exponential(0.5)),
        ({"constant": "30 min"}, Distribution.constant(0.5)),
        ({"lognormal": {"mean": "30 min", "cv": 0.7}}, Distribution.lognormal(0.5, 0.7)),
        ({"gamma": {"mean": "1 day", "cv": "0.7"}}, Distribution.gamma(24, 0.7)),
        ({"uniform": {"low": "1 h", "high": "90 min"}}, Distribution.uniform(1, 1.5)),
        ({"triangular": {"low": 0, "mode": "1 h", "high": "3 h"}}, Distribution.triangular(0, 1, 3)),
        ({"weibull": {"mean": "2 h", "shape": 0.8}}, Distribution.weibull(2, 0.8)),
        ({"empirical": ["1 h", "30 min"]}, Distribution.empirical([1, 0.5])),
        ({"empirical": {"values": ["1 h", "30 min"], "weights": [3, 1]}}, Distribution.empirical([1, 0.5], [3, 1])),
    ],
)
def test_laws_are_read_and_written_back_in_the_same_form(written: Any, law: Distribution) -> None:
    adapter: TypeAdapter[Distribution] = TypeAdapter(ElapsedDistribution)
    assert read(ElapsedDistribution, written) == law
    assert adapter.validate_python(adapter.dump_python(law, mode="json")) == law


def test_plain_serialisation_keeps_the_form_and_gives_hours() -> None:
    dumped = TypeAdapter(ElapsedDistribution).dump_python(Distribution.lognormal(0.5, 0.7))
    assert dumped == {"lognormal": {"mean": 0.5, "cv": 0.7}}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"exponental": "3 h"}, "did you mean 'exponential'?"),
        ({"lognormal": "3 h"}, "needs mean and cv"),
        ({"lognormal": {"mean": "3 h"}}, "needs cv"),
        ({"lognormal": {"mean": "3 h", "sd": 1}}, "no parameter 'sd'"),
        ({"lognormal": {"mean": 3, "cv": 1}}, "has no unit"),
        ({"lognormal": {"mean": "3 h", "cv": -1}}, "cv"),
        ({"lognormal": {"mean": "3 h", "cv": True}}, "not a number"),
        ({"mean": "3 h", "cv": 1}, "one law with its parameters"),
        ({}, "one law with its parameters"),
        ({"uniform": {"low": "4 h", "high": "3 h"}}, "low is above high"),
        ({"triangular": {"low": "1 h", "mode": "5 h", "high": "3 h"}}, "mode is not between"),
        ({"empirical": []}, "at least one value"),
        ({"empirical": "3 h"}, "list of values"),
        ({"empirical": {"values": ["3 h"], "weights": [1, 2]}}, "2 weights for 1 values"),
        ({"empirical": {"values": ["3 h"], "weights": [0]}}, "all of them 0"),
        ({"empirical": {"values": ["3 h"], "weights": [-1]}}, "negative"),
        ({"empirical": {"values": ["3 h"], "weights": 1}}, "list of values"),
        ({"empirical": {"values": ["3 h"], "weight": [1]}}, "did you mean 'weights'?"),
        ({"weibull": {"mean": "3 h", "shape": 0}}, "between 0.1 and 100"),
        ({"exponential": "-3 h"}, "negative"),
        ({"exponential": "3 working hours"}, "elapsed time"),
        (["3 h"], "not a duration"),
    ],
)
def test_what_is_no_distribution_is_refused_with_a_reason(written: object, words: str) -> None:
    assert words in refusal(ElapsedDistribution, written)


def test_a_distribution_is_a_value() -> None:
    law = Distribution.lognormal(1, 1)
    assert law == Distribution.lognormal(1, 1)
    assert hash(law) == hash(Distribution.lognormal(1, 1))
    with pytest.raises(ValidationError):
        law.mean = 3  # type: ignore[misc]
    with pytest.raises(ValidationError, match="takes mean, cv"):
        Distribution(law="lognormal", mean=1)


def test_the_quantiles_do_not_import_scipy_stats() -> None:
    import subprocess
    import sys

    code = (
        "import sys, numpy; from simulation.written.laws import Distribution as D; u = numpy.array([.5])\n"
        "D.gamma(1, .5).quantile(u), D.lognormal(1, .5).quantile(u); sys.exit('scipy.stats' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
