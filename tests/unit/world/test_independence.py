"""Numbers whose keys or counters are neighbours are as if drawn independently.

Five families of neighbours, each a row of numbers that differ in one thing alone: stream, replication, entity, ordinal
of a plain stream, ordinal of a series. A row is tested as a generator's output would be: uniformity, its lowest bits,
serial correlation, serial pairs and triples, birthday spacings (Marsaglia 1985). Rows side by side are tested against
one another. Sizes: 10^5 numbers a row, and 10^6 with `-m slow`; docs/randomness.md tells them.

Everything is fixed, so a test passes for ever or never. There are about 90 p-values of each size; one that is below
LEAST would come by chance in one battery of a hundred.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from simulation.world import Streams

Floats = NDArray[np.float64]
LEAST = 1e-4
SIZES = [10**5, pytest.param(10**6, marks=pytest.mark.slow)]


def by_stream(n: int) -> Floats:
    streams = Streams(1, 0)
    return np.array([streams.uniforms(f"lead/{i}/0/fit", 1)[0] for i in range(n)])


def by_replication(n: int) -> Floats:
    return np.array([Streams(1, i).uniforms("lead/site/0/fit", 1)[0] for i in range(n)])


def by_entity(n: int) -> Floats:
    return Streams(1, 0).uniforms("lead/site/0/fit", n)


def by_ordinal(n: int) -> Floats:
    streams = Streams(1, 0)
    return np.array([streams.uniforms("lead/site/0/departure", 1, page, 3)[0] for page in range(n)])


def by_order(n: int) -> Floats:
    streams = Streams(1, 0)
    return np.concatenate([streams.uniforms("lead/site/0/customer.order.gap", 16, page, 80) for page in range(n // 16)])


@cache
def row(family: Callable[[int], Floats], n: int) -> Floats:
    return family(n)


FAMILIES = [by_stream, by_replication, by_entity, by_ordinal, by_order]
each_family = pytest.mark.parametrize("family", FAMILIES)
each_size = pytest.mark.parametrize("n", SIZES)


def as_one(counts: NDArray[np.int64]) -> float:
    """p-value of the hypothesis that all cells are equally likely; neither too uneven nor too even."""
    p = float(stats.chisquare(counts.ravel()).pvalue)
    return 2 * min(p, 1 - p)


def cells(u: Floats, side: int, dimensions: int) -> NDArray[np.int64]:
    """Counts of points of so many numbers in a row, without overlap, in a cube of side^dimensions cells."""
    points = (u[: len(u) // dimensions * dimensions] * side).astype(np.int64).reshape(-1, dimensions)
    return np.bincount(points @ side ** np.arange(dimensions), minlength=side**dimensions)


def coincidences(u: Floats) -> tuple[int, float]:
    """Equal spacings among birthdays, and how many to expect: n^3 / 4 d of n birthdays in a year of d days."""
    n = len(u)
    bits = round(np.log2(n**3 / 4 / 25))
    birthdays = np.sort((u * 2.0**bits).astype(np.int64))
    spacings = np.sort(np.diff(birthdays))
    return int(np.count_nonzero(spacings[1:] == spacings[:-1])), n**3 / 2.0 ** (bits + 2)


@each_size
@each_family
def test_numbers_are_uniform_and_never_zero_or_one(family, n):
    u = row(family, n)
    assert u.min() > 0 and u.max() < 1
    assert stats.kstest(u, "uniform").pvalue > LEAST
    assert as_one(cells(u, 1000, 1)) > LEAST
    lowest = (u * 2.0**53).astype(np.int64) & 255
    assert as_one(np.bincount(lowest, minlength=256)) > LEAST


@each_size
@each_family
def test_neighbours_are_not_correlated(family, n):
    normal = stats.norm.ppf(row(family, n))
    for lag in (1, 2, 3, 4, 16, 64):
        found = float(np.mean(normal[:-lag] * normal[lag:])) * (n - lag) ** 0.5  # standard normal
        assert 2 * stats.norm.sf(abs(found)) > LEAST, lag


@each_size
@each_family
@pytest.mark.parametrize(("side", "dimensions"), [(32, 2), (10, 3)])
def test_neighbours_fall_into_all_cells_alike(family, n, side, dimensions):
    assert as_one(cells(row(family, n), side, dimensions)) > LEAST


@each_size
@each_family
def test_birthdays_coincide_as_often_as_they_should(family, n):
    found, expected = coincidences(row(family, n))
    law = stats.poisson(expected)
    assert 2 * min(law.cdf(found), law.sf(found - 1)) > LEAST


@each_size
def test_rows_side_by_side_have_nothing_in_common(n):
    """Neighbouring ordinals, streams, replications and seeds, entity by entity."""
    name = "lead/site/0/fit"
    rows = [Streams(1, 0).uniforms(name, n, page) for page in range(4)]
    rows += [Streams(1, 0).uniforms(f"lead/site/{strip}/fit", n) for strip in (1, 2)]
    rows += [Streams(1, 0).uniforms("lead/site/0/deal", n), Streams(1, 1).uniforms(name, n)]
    rows += [Streams(2, 0).uniforms(name, n), Streams(0, 1).uniforms(name, n)]
    for at, one in enumerate(rows):
        for other in rows[:at]:
            correlation = stats.norm.ppf(one) @ stats.norm.ppf(other) / n**0.5  # standard normal
            assert 2 * stats.norm.sf(abs(correlation)) > LEAST
            assert as_one(cells(np.column_stack([one, other]).ravel(), 32, 2)) > LEAST
    birthdays = np.concatenate(rows)[: 10 * n : 10]  # of all rows alike
    found, expected = coincidences(birthdays)
    assert 2 * min(stats.poisson(expected).cdf(found), stats.poisson(expected).sf(found - 1)) > LEAST


def test_the_battery_finds_what_is_wrong():
    """Rows that are no luck at all, or only nearly luck, fail."""
    n = 10**5
    u = row(by_entity, n)
    twice = np.repeat(u[: n // 2], 2)
    assert as_one(cells(twice, 32, 2)) < LEAST
    assert coincidences(np.concatenate([u[: n // 2], np.nextafter(u[: n // 2], 1)]))[0] > 1000
    golden = np.arange(1, n + 1) * 0.6180339887498949 % 1
    assert as_one(cells(golden, 1000, 1)) < LEAST  # too even
    assert coincidences(golden)[0] > 1000
