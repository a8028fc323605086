"""Designs: at which values of the variables a sweep simulates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from simulation.study.variation import Range, VariationError
from simulation.texts import worded

Floats = NDArray[np.float64]
Design = Literal["grid", "lhs", "sobol"]
DESIGNS: tuple[str, ...] = get_args(Design)
POINTS_A_VARIABLE = 10
"""Points for each variable where nobody says how many (Loeppky, Sacks & Welch 2009, Technometrics 51: n = 10d)."""
MOST_POINTS = 5_000
"""Points of a design: each is a scenario that is checked and kept."""
BITS = 0x53574545
"""Goes into the seed, so that a design does not share numbers with a year."""

Values = tuple[float, ...]


def design_points(ranges: Sequence[Range], design: str, points: int | None, seed: int) -> tuple[Values, ...]:
    """The points of a design; equal points, which whole numbers may bring, are there once.

    A grid has every combination of the values of the ranges. A Latin hypercube (McKay, Beckman & Conover 1979) and a
    Sobol' sequence (scrambled by Owen's method) spread points between the ends of the ranges. A Sobol' sequence is
    balanced in powers of two only, so that their number is rounded up to one.

    Args:
        ranges: variables and their values.
        design: 'grid', 'lhs' or 'sobol'.
        points: how many of a Latin hypercube or Sobol' sequence; ten a variable when None.
        seed: of the scenario; the same gives the same points.

    Raises:
        VariationError: no range, a variable twice, an unknown design, a number of points that cannot be.
    """
    names = [each.variable.name for each in ranges]
    if not names:
        raise VariationError(worded("nothing-varied"))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise VariationError(worded("varied-twice", twice=twice))
    if design not in DESIGNS:
        raise VariationError(worded("no-design", design=repr(design), designs=", ".join(DESIGNS)))
    if design == "grid":
        if points is not None:
            raise VariationError(worded("grid-points"))
        _few_enough(int(np.prod([len(set(each.values)) for each in ranges])))
        return tuple(product(*(tuple(sorted(set(each.values))) for each in ranges)))
    flat = next((each for each in ranges if each.low == each.high), None)
    if flat is not None:
        raise VariationError(worded("one-value", text=flat.variable.name))
    count = POINTS_A_VARIABLE * len(ranges) if points is None else points
    if count < 2:
        raise VariationError(worded("design-few", count=count))
    unit = _unit(design, _few_enough(count), len(ranges), seed)
    low, high = np.array([(each.low, each.high) for each in ranges]).T
    made = [
        tuple(each.variable.rounded(value) for each, value in zip(ranges, row, strict=True))
        for row in (low + unit * (high - low)).tolist()
    ]
    return tuple(dict.fromkeys(made))


def _few_enough(count: int) -> int:
    if count > MOST_POINTS:
        raise VariationError(worded("design-many", count=count, most_points=MOST_POINTS))
    return count


def _unit(design: str, count: int, dimensions: int, seed: int) -> Floats:
    """Points of the unit cube, shape (points, dimensions)."""
    from scipy.stats import qmc

    luck = np.random.default_rng([BITS, seed])
    if design == "lhs":
        cube: Floats = qmc.LatinHypercube(dimensions, rng=luck).random(count)
    else:
        cube = qmc.Sobol(dimensions, rng=luck).random_base2(rounded_up(count))
    return cube


def rounded_up(count: int) -> int:
    """The least m with 2^m at least a number of points."""
    return max(0, (count - 1).bit_length())


def size_of(ranges: Sequence[Range], design: str, points: int | None) -> int:
    """Points that a design asks for, before any is made; 0 where it makes no sense."""
    if design == "grid":
        return int(np.prod([len(set(each.values)) for each in ranges], dtype=object)) if ranges else 0
    count = POINTS_A_VARIABLE * len(ranges) if points is None else points
    return 2 ** rounded_up(count) if design == "sobol" and count > 0 else max(0, count)
