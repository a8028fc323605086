"""A distribution as an immutable value: its law, its moments and its quantiles.

A distribution draws nothing: whoever needs luck gives uniforms in (0, 1) to ``Distribution.quantile``, so
that the same uniforms meet every structure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from simulation.texts import worded
from simulation.written import inverse
from simulation.written.inverse import InverseTable
from simulation.written.spelling import QuantityError

Law = Literal["constant", "exponential", "lognormal", "gamma", "uniform", "triangular", "weibull", "empirical"]
FloatArray = NDArray[np.float64]

#: Parameters of each law, in the order they are written; those in PLAIN have no unit.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "constant": ("value",),
    "exponential": ("mean",),
    "lognormal": ("mean", "cv"),
    "gamma": ("mean", "cv"),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "weibull": ("mean", "shape"),
    "empirical": ("values", "weights"),
}
PLAIN = ("cv", "shape", "weights")
LIMITS = {"cv": (0.0, 100.0, "law-cv"), "shape": (0.1, 100.0, "law-shape")}
"""The least and the greatest value of a parameter, and the key of what is said of others."""
OPTIONAL = ("weights",)
"""Parameters that a law has only where they are given."""
_POSITIVE_LAWS = ("exponential", "lognormal", "gamma", "weibull")


class Distribution(BaseModel):
    """A distribution with its parameters as plain numbers (hours, money or numbers).

    ``mean`` is always there, whatever the law; the other parameters only where the law has them. Make one
    with the class methods (``Distribution.lognormal(mean=0.5, cv=0.7)``) or by reading a scenario.

    Raises ``QuantityError`` (as a pydantic ``ValidationError``) for parameters that make no distribution.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=True)

    law: Law
    mean: float
    cv: float | None = None
    shape: float | None = None
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    values: tuple[float, ...] | None = None
    weights: tuple[float, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in_the_mean(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or data.get("mean") is not None:
            return data
        mean = _mean(data)
        return data if mean is None else {**data, "mean": mean}

    @model_validator(mode="after")
    def _has_exactly_its_parameters(self) -> Distribution:
        wanted = PARAMETERS[self.law]
        for name in ("cv", "shape", "low", "mode", "high", "values", "weights"):
            given = getattr(self, name) is not None
            if given != (name in wanted) and not (name in OPTIONAL and name in wanted):
                raise QuantityError(worded("law-takes", law=self.law, parameters=", ".join(PARAMETERS[self.law])))
        problem = _nonsense(self)
        if problem:
            raise QuantityError(problem)
        return self

    @classmethod
    def constant(cls, value: float) -> Distribution:
        """Always ``value`` (infinity is allowed: 'never')."""
        return cls(law="constant", mean=value)

    @classmethod
    def exponential(cls, mean: float) -> Distribution:
        """Exponential with the given mean."""
        return cls(law="exponential", mean=mean)

    @classmethod
    def lognormal(cls, mean: float, cv: float) -> Distribution:
        """Lognormal with the given mean and coefficient of variation (of itself, not of its logarithm)."""
        return cls(law="lognormal", mean=mean, cv=cv)

    @classmethod
    def gamma(cls, mean: float, cv: float) -> Distribution:
        """Gamma with the given mean and coefficient of variation; cv = 1/sqrt(k) is Erlang-k."""
        return cls(law="gamma", mean=mean, cv=cv)

    @classmethod
    def uniform(cls, low: float, high: float) -> Distribution:
        """Uniform between low and high."""
        return cls.model_validate({"law": "uniform", "low": low, "high": high})

    @classmethod
    def triangular(cls, low: float, mode: float, high: float) -> Distribution:
        """Triangular between low and high with its peak at mode."""
        return cls.model_validate({"law": "triangular", "low": low, "mode": mode, "high": high})

    @classmethod
    def weibull(cls, mean: float, shape: float) -> Distribution:
        """Weibull with the given mean; shape below 1 means many short ones, 1 is exponential."""
        return cls(law="weibull", mean=mean, shape=shape)

    @classmethod
    def empirical(cls, values: Iterable[float], weights: Iterable[float] | None = None) -> Distribution:
        """Each of the observed values equally likely, or in proportion to its weight."""
        heaped = {} if weights is None else {"weights": tuple(weights)}
        return cls.model_validate({"law": "empirical", "values": tuple(values)} | heaped)

    @property
    def variance(self) -> float:
        """Variance, in squared units (0 for a constant)."""
        match self.law:
            case "constant":
                return 0.0
            case "exponential":
                return self.mean**2
            case "lognormal" | "gamma":
                return (self.mean * _given(self.cv)) ** 2
            case "uniform":
                return (_given(self.high) - _given(self.low)) ** 2 / 12.0
            case "triangular":
                a, c, b = _given(self.low), _given(self.mode), _given(self.high)
                return (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0
            case "weibull":
                k = _given(self.shape)
                ratio = math.exp(math.lgamma(1 + 2 / k) - 2 * math.lgamma(1 + 1 / k))
                return self.mean**2 * max(ratio - 1.0, 0.0)
            case "empirical":
                spread = (np.asarray(self.values) - self.mean) ** 2
                return float(np.var(self.values or ()) if self.weights is None else _weighed(spread, self.weights))

    @property
    def is_constant(self) -> bool:
        """Whether every draw is the mean."""
        match self.law:
            case "constant":
                return True
            case "lognormal" | "gamma":
                return self.mean == 0.0 or self.cv == 0.0
            case "exponential" | "weibull":
                return self.mean == 0.0
            case "uniform" | "triangular":
                return self.low == self.high
            case "empirical":
                values, weights = self.values or (), self.weights
                return len({v for n, v in enumerate(values) if weights is None or weights[n] > 0}) == 1

    def quantile(self, u: FloatArray) -> FloatArray:
        """Inverse of the distribution function.

        Args:
            u: uniforms in (0, 1), any shape.

        Returns:
            An array of the same shape, in the unit of the mean.
        """
        u = np.asarray(u, dtype=np.float64)
        if self.is_constant:
            return np.full(u.shape, self.mean)
        found = self.inverse
        if found is None:
            return np.asarray(_QUANTILES[self.law](self, u), dtype=np.float64)
        table, scale = found
        return scale * table(u)

    def one_by_one(self) -> Callable[[float], float]:
        """What gives the quantile at one u in (0, 1): the same number as of an array, to the bit."""
        if self.is_constant:
            return lambda u: self.mean
        if (found := self.inverse) is None:
            return lambda u: float(self.quantile(np.array(u)))
        table, scale = found[0].one, found[1]
        return lambda u: scale * table(u)

    @property
    def inverse(self) -> tuple[InverseTable, float] | None:
        """The table that quantiles are read from and what they are multiplied by; None: of a constant, or no table."""
        return _tabled(self) if self.law in _POSITIVE_LAWS and not self.is_constant else None

    def scaled(self, factor: float) -> Distribution:
        """The distribution of ``factor`` times a draw; factor must be finite and not below zero."""
        if not 0.0 <= factor < math.inf:
            raise ValueError(f"factor must be finite and not below zero, not {factor}")
        if factor == 0.0:
            return Distribution.constant(0.0)
        data = self.model_dump(exclude_none=True)
        for name in ("mean", "low", "mode", "high"):
            if name in data:
                data[name] *= factor
        if self.values is not None:
            data["values"] = tuple(value * factor for value in self.values)
        return Distribution.model_validate(data)


def shares_below(law: Distribution, limits: FloatArray) -> FloatArray:
    """Share of a law's values that do not exceed each limit, to 1e-12; 1 for an infinite limit."""
    limits = np.asarray(limits, np.float64)
    if law.is_constant:
        return (law.mean <= limits).astype(np.float64)
    low, step = np.zeros(limits.shape), 0.5
    for _ in range(40):
        low = np.where(law.quantile(low + step) <= limits, low + step, low)
        step /= 2
    return np.where((limits == math.inf) | (low + 4 * step >= 1.0), 1.0, low)


@lru_cache(maxsize=256)
def share_below(law: Distribution, limit: float) -> float:
    """The same of one limit."""
    return float(shares_below(law, np.array([limit]))[0])


def spread(law: Distribution, limit: float = math.inf, only: bool = False) -> FloatArray:
    """Values of a law at even steps, those above a limit cut off at it, or left out (`only`)."""
    lengths = law.quantile((np.arange(4096) + 0.5) / 4096)
    return lengths[lengths <= limit] if only else np.minimum(lengths, limit)


def mean_open(law: Distribution, limit: float, only: bool = False) -> float:
    """Mean of the smaller of a value and a limit; `only`: of values not above it, 0 where there are none."""
    if limit == math.inf:
        return law.mean
    if law.is_constant:
        return law.mean if law.mean <= limit else limit * (not only)
    values = spread(law, limit, only)
    return float(values.mean()) if len(values) else 0.0


def _given(value: float | None) -> float:
    assert value is not None  # the validator has seen to it
    return value


def _mean(data: Mapping[str, Any]) -> float | None:
    """Mean of a law that is not given by its mean; None where its parameters are missing."""
    try:
        if data.get("law") == "uniform":
            return float(data["low"] + data["high"]) / 2.0
        if data.get("law") == "triangular":
            return float(data["low"] + data["mode"] + data["high"]) / 3.0
        if data.get("law") == "empirical" and data.get("weights") is not None:
            return _weighed(np.asarray(data["values"]), data["weights"])
        if data.get("law") == "empirical" and data["values"]:
            return math.fsum(data["values"]) / len(data["values"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return None


def _weighed(values: FloatArray, weights: Iterable[float]) -> float:
    """Mean of values with weights."""
    shares = np.asarray(tuple(weights))
    return math.fsum(values * shares) / math.fsum(shares)


def _nonsense(d: Distribution) -> str | None:
    """What is wrong with the parameters, or None."""
    low, mode, high = d.low, d.mode, d.high
    if math.isnan(d.mean):
        return worded("law-mean-no-number")
    if not math.isfinite(d.mean) and d.law != "constant":
        return worded("law-finite", law=d.law)
    if d.law in _POSITIVE_LAWS and d.mean < 0:
        return worded("law-negative-mean", law=d.law)
    for name, (least, most, message) in LIMITS.items():
        given = getattr(d, name)
        if given is not None and not least <= given <= most:
            return worded(message)
    if low is not None and high is not None and low > high:
        return worded("law-low-above-high")
    if mode is not None and not _given(low) <= mode <= _given(high):
        return worded("law-mode")
    return None


def _triangular(d: Distribution, u: FloatArray) -> FloatArray:
    a, c, b = _given(d.low), _given(d.mode), _given(d.high)
    rising = a + np.sqrt(u * (b - a) * (c - a))
    falling = b - np.sqrt((1.0 - u) * (b - a) * (b - c))
    return np.where(u * (b - a) < c - a, rising, falling)


def _empirical(d: Distribution, u: FloatArray) -> FloatArray:
    if d.weights is not None:
        order = np.argsort(d.values or (), kind="stable")
        reached = np.cumsum(np.asarray(d.weights, dtype=np.float64)[order])
        found = np.searchsorted(reached, u * reached[-1], side="right")
        return np.asarray(d.values, dtype=np.float64)[order][np.minimum(found, reached.size - 1)]
    values = np.sort(np.asarray(d.values, dtype=np.float64))
    return values[np.minimum((u * values.size).astype(np.intp), values.size - 1)]


_QUANTILES: dict[str, Callable[[Distribution, FloatArray], FloatArray]] = {
    "uniform": lambda d, u: _given(d.low) + (_given(d.high) - _given(d.low)) * u,
    "triangular": _triangular,
    "empirical": _empirical,
}


def _tabled(d: Distribution) -> tuple[InverseTable, float]:
    match d.law:
        case "exponential":
            return inverse.exponential(), d.mean
        case "lognormal":
            sigma2 = math.log1p(_given(d.cv) ** 2)
            return inverse.lognormal(math.sqrt(sigma2)), d.mean * math.exp(-sigma2 / 2.0)
        case "gamma":
            k = _given(d.cv) ** -2.0
            return inverse.gamma(k), d.mean / k
        case _:
            k = _given(d.shape)
            return inverse.weibull(k), d.mean / math.exp(math.lgamma(1.0 + 1.0 / k))
