"""Shares of inputs in the variance of a noisy difference.

Sobol' 2001, the blocks A, B and AB_i of Saltelli et al. 2010 (Comp. Phys. Comm. 181), the estimators of Jansen 1999
(ibid. 117), which only use differences between points of a row; the rows live through different years. By the letters
of the points, in the same row: the variance is <A - B, A - B>/2, what input i does with others <AB_i - A, AB_i - A>/2,
what it does by itself <B - (A + AB_i)/2, AB_i - A>. A product is that of means of few years, less what their noise adds
(`noise`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.study.sensitivity.noise import RESAMPLES, ROUNDING, by_chance, noise, product

Floats = NDArray[np.float64]

SHARES = ("first", "first_low", "first_high", "total", "total_low", "total_high", "floor")
"""What is found of each input."""


def shares_of(values: Floats, level: float, seed: int) -> tuple[Floats, float]:
    """Shares of each input in the variance of the mean difference, and its standard deviation.

    Args:
        values: of the points A, AB_1, …, AB_n, B of each row in the row's own years, shape (rows, inputs + 2, years).
        level: of the intervals.
        seed: of the resampling.

    Returns:
        Shape (inputs, 7): the columns of `SHARES`; where the variance cannot be told from chance no share is known, and
        its interval goes from 0 to 1; where there is none all are 0.
    """
    rows, points, years = values.shape
    values = values - values.mean(axis=(1, 2), keepdims=True)  # for rounding; only differences count
    size = float(np.abs(values).max(initial=0.0))
    a, mixed, b = values[:, 0], values[:, 1:-1], values[:, -1]
    whole = product(a - b, a - b) / 2
    moved = mixed - a[:, None]
    total = product(moved, moved) / 2
    first = product(b[:, None] - (a[:, None] + mixed) / 2, moved)
    noises = noise(moved) / 2
    variance, found = float(whole.mean()), np.zeros((points - 2, len(SHARES)))
    if variance <= max((ROUNDING * size) ** 2, by_chance(noise(a - b) / 2, years, level)):
        if size > 0 and float(noise(a - b).mean()) > (ROUNDING * size) ** 2:
            found[:, [2, 5, 6]] = 1.0
        return found, 0.0
    picks = np.random.default_rng(seed).integers(rows, size=(RESAMPLES, rows))
    drawn = whole[picks].mean(axis=1)
    ends = [(1 - level) / 2, (1 + level) / 2]
    joint = 1.0 - (1.0 - level) / (points - 2)
    for n in range(points - 2):
        estimates = [float(each[:, n].mean()) / variance for each in (first, total)]
        estimates[0] = min(estimates)  # by itself cannot be more than with others, which is known better
        for place, (each, share) in enumerate(zip((first, total), estimates, strict=True)):
            others = np.divide(each[picks, n].mean(axis=1), drawn, out=np.ones(RESAMPLES), where=drawn > 0)
            low, high = np.quantile(others, ends)
            found[n, 3 * place : 3 * place + 3] = share, min(low, share), max(high, share)
        found[n, -1] = by_chance(noises[:, n], years, joint) / variance
    return np.clip(found, 0.0, 1.0), float(np.sqrt(variance))
