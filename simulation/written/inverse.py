"""Quantiles by tables: the same bits from numpy, from Python number by number and from compiled code.

A table holds the inverse of a distribution function with its parameters of place and scale taken out. Where a uniform
u lies, v = min(u, 1 - u) counts: its exponent and the first four bits of its fraction say which segment, and the rest
of the fraction is t in [-1, 1). There the value is a polynomial of degree seven by Horner's rule, so both tails are
followed down to 2^-54 by segments that halve with them. Nothing is used but sums and products, in one order:

    v = u if u <= 0.5 else 1.0 - u
    b = the 64 bits of v as an integer
    n = (b >> 48) - FIRST, and SIDE more where u > 0.5
    t = (b & (2^48 - 1)) * 2^-47 - 1.0
    x = c[n, 7]; for k = 6, 5, ..., 0: x = x * t + c[n, k], product rounded before the sum
    x = x * x, `squarings` times

Gamma, exponential and lognormal laws agree with scipy's inverse to 1e-12, relative, wherever u is 2^-54 or more from 0
and from 1, log-odds to 1e-14 absolute. What is nearer to an end is worked out by the formula itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import frexp

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Inverse = Callable[[FloatArray], FloatArray]

DEGREE = 7
OCTAVES = 53  # from 2^-54 to 1/2
SHIFT = 48  # bits of the fraction below the four that choose a segment
FIRST = (1023 - 1 - OCTAVES) << 4
"""What the bits of the least v are, shifted."""
SIDE = 16 * OCTAVES + 1
"""Segments of a side; the last one is for v = 1/2 alone."""
_REST = (1 << SHIFT) - 1
_UNIT = 2.0 ** (1 - SHIFT)
_LINE = 8
"""Numbers in a line of the cache, 64 bytes."""
_STEEP = 5.0
"""Most that the logarithm of a tabled value may gain for one of the logarithm of v."""


class InverseTable:
    """The inverse of one distribution function.

    Attributes:
        coefficients: of segment n, from the constant term on, shape (2 * SIDE, DEGREE + 1), C order.
        squarings: how often the polynomial's value is squared to give the quantile.
    """

    def __init__(self, low: Inverse, high: Inverse, exact: Inverse, squarings: int = 0) -> None:
        """`low`, `high`: the quantile at v and at 1 - v, of each the root of order 2^squarings; `exact`: that at u."""
        segments = np.arange(SIDE)
        begin = np.ldexp(1 + segments % 16 / 16, segments // 16 - OCTAVES - 1)
        places, fit = _fit()
        half = np.where(begin < 0.5, np.ldexp(1.0, segments // 16 - OCTAVES - 6), 0.0)
        v = begin[:, None] + half[:, None] * (1 + places)
        self.coefficients = _in_lines(np.concatenate([_fitted(low(v), fit), _fitted(high(v), fit)]))
        self.squarings = squarings
        self._exact = exact
        self._rows: dict[int, list[float]] = {}

    def __call__(self, u: FloatArray) -> FloatArray:
        """Quantiles at u in [0, 1], of its shape."""
        v = np.minimum(u, 1.0 - u)
        bits = v.view(np.int64)
        segment = bits >> SHIFT
        segment -= FIRST
        if segment.size and segment.min() < 0:
            near = segment < 0
            out = np.asarray(self(np.where(near, 0.5, u)))
            out[near] = self._exact(u[near])
            return out
        segment += (u > 0.5) * SIDE
        t = (bits & _REST) * _UNIT
        t -= 1.0
        c = self.coefficients.take(segment, axis=0)
        x = c[..., DEGREE] * t
        for k in range(DEGREE - 1, 0, -1):
            x += c[..., k]
            x *= t
        x += c[..., 0]
        for _ in range(self.squarings):
            x *= x
        return x

    def one(self, u: float) -> float:
        """The quantile at one u in [0, 1]: the same number, to the bit."""
        right = u > 0.5
        fraction, exponent = frexp(1.0 - u if right else u)
        if exponent < -OCTAVES or fraction == 0.0:
            return float(self._exact(np.array([u]))[0])
        place = fraction * 32.0 - 16.0
        step = int(place)
        n = 16 * (exponent + OCTAVES) + step + SIDE * right
        c = self._rows.get(n)
        if c is None:
            c = self._rows[n] = self.coefficients[n].tolist()
        t = 2.0 * (place - step) - 1.0
        x = ((((((c[7] * t + c[6]) * t + c[5]) * t + c[4]) * t + c[3]) * t + c[2]) * t + c[1]) * t + c[0]
        for _ in range(self.squarings):
            x *= x
        return x


def _in_lines(rows: FloatArray) -> FloatArray:
    """The same rows of eight numbers, each in a line of the processor's cache: a row is read at one go."""
    room = np.empty(rows.size + _LINE, dtype=np.float64)
    begin = -room.ctypes.data // room.itemsize % _LINE
    found: FloatArray = room[begin : begin + rows.size].reshape(rows.shape)
    found[:] = rows
    return found


@lru_cache(maxsize=1)
def _fit() -> tuple[FloatArray, FloatArray]:
    """Chebyshev's nodes on [-1, 1], and the matrix that makes coefficients in t out of values there."""
    count = DEGREE + 1
    nodes = np.cos((2 * np.arange(count) + 1) * np.pi / (2 * count))
    series = np.polynomial.chebyshev.chebvander(nodes, DEGREE) * (2 / count)
    series[:, 0] /= 2
    powers = np.zeros((count, count))
    for k in range(count):
        powers[k, : k + 1] = np.polynomial.chebyshev.cheb2poly(np.eye(count)[k, : k + 1])
    return nodes, series @ powers


def _fitted(values: FloatArray, fit: FloatArray) -> FloatArray:
    """Coefficients of each segment; differences from the first value are fitted, to lose little to rounding."""
    found = np.zeros((len(values), DEGREE + 1))
    for node in range(1, DEGREE + 1):  # in this order on every machine
        found += (values[:, node] - values[:, 0])[:, None] * fit[node]
    found[:, 0] += values[:, 0]
    return found


def _roots(steep: float) -> int:
    """How often to take the square root of a quantile that goes with v^steep in its tail."""
    return max(0, int(np.ceil(np.log2(steep / _STEEP)))) if steep > _STEEP else 0


@lru_cache(maxsize=1)
def exponential() -> InverseTable:
    """Of mean 1."""
    return InverseTable(lambda v: -np.log1p(-v), lambda v: -np.log(v), lambda u: -np.log1p(-u))


@lru_cache(maxsize=1)
def log_odds() -> InverseTable:
    """Log-odds: of the logistic law."""

    def odds(u: FloatArray) -> FloatArray:
        return np.asarray(np.log(u) - np.log1p(-u))

    return InverseTable(odds, lambda v: -odds(v), odds)


@lru_cache(maxsize=256)
def lognormal(sigma: float) -> InverseTable:
    """Of median 1."""
    from simulation.written.special import ndtri

    def at(sign: float) -> Inverse:
        return lambda v: np.exp(sign * sigma * ndtri(v))

    return InverseTable(at(1.0), at(-1.0), at(1.0))


@lru_cache(maxsize=256)
def weibull(shape: float) -> InverseTable:
    """Of scale 1."""
    squarings = _roots(1 / shape)
    power = 1 / shape / 2**squarings
    return InverseTable(
        lambda v: (-np.log1p(-v)) ** power,
        lambda v: (-np.log(v)) ** power,
        lambda u: (-np.log1p(-u)) ** (1 / shape),
        squarings,
    )


@lru_cache(maxsize=256)
def gamma(shape: float) -> InverseTable:
    """Of scale 1."""
    from simulation.written.special import gammainccinv, gammaincinv, gammaln

    squarings = _roots(1 / shape)

    def root(x: FloatArray, log_u: FloatArray) -> FloatArray:
        """Near 0 the distribution function is x^shape / Gamma(shape + 1), also where x itself is no number any more."""
        if not squarings:
            return x
        small = np.exp((log_u + gammaln(shape + 1)) / shape / 2**squarings)
        return np.where(x < 1e-20, small, x ** (0.5**squarings))

    return InverseTable(
        lambda v: root(gammaincinv(shape, v), np.log(v)),
        lambda v: root(gammainccinv(shape, v), np.log1p(-v)),
        lambda u: np.asarray(gammaincinv(shape, u)),
        squarings,
    )
