"""Weekly counts: season and trend, and a level that drifts under bursts with memory.

See `arrivals`, which puts both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SEASON_DAYS, TREND_DAYS = 400, 360
"""Days of records from which on months, and a trend, are looked for."""
_LEVEL, _MONTHS, _TREND = 2.0, 0.25, 0.3
"""Standard deviations of the weak priors: of the log level around the mean count, of a month's log factor, of the log
growth a year."""
_WIDTHS = (0.05, 0.12, 0.18, 0.25)
"""Widths of the months' prior that are tried, each as likely beforehand: a season of a tenth to a quarter is common."""
_QUANTILES = (-1.2816, -0.5244, 0.0, 0.5244, 1.2816)
"""Of a normal law, in the middles of five equal parts: of the logarithm of the long-run dispersion."""
_LEAST_BURSTS = 0.2
"""Share of the weeks' variance below which their memory is not told from that of the bursts in it."""
_STEPS = np.array([0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.045, 0.07, 0.1])
"""Standard deviations of a week's step of the level, as a share of it; how likely beforehand: half Cauchy, 0.02."""
_CVS = np.array([0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0])
_MEMORIES = np.array([0.0, 0.2, 0.4, 0.6, 0.75, 0.9])
_START = 0.5  # standard deviation of the first level around the mean of all


@dataclass(frozen=True)
class Shape:
    """Season and trend of weekly counts; the level is that of the end of the records."""

    per_day: float
    """Leads a day at the end, of a month with factor 1 and a day with factor 1."""
    level_draws: Floats
    """Factors on it in each draw: what season and trend leave open of it."""
    factors: Floats
    """Of each week, season and trend together."""
    season: Floats
    season_draws: Floats
    trend: float
    """Logarithm of the growth a year."""
    trend_draws: Floats
    free: float
    """Effective number of free numbers of season and trend, the level among them."""


@dataclass(frozen=True)
class Levels:
    """The state space of what is left of the weekly counts."""

    level: float
    """At the end, as a factor of what was expected."""
    level_draws: Floats
    """Of the weeks to come: with the drift until then."""
    step: float
    """Standard deviation of a week's step of the level."""
    cv: float
    cv_draws: Floats
    memory: float
    memory_draws: Floats


def season_and_trend(
    counts: Floats,
    exposure: Floats,
    months: Floats,
    years: Floats,
    days: int,
    draws: int,
    luck: np.random.Generator,
) -> Shape:
    """A quasi-Poisson regression of weekly counts, ridged.

    Args:
        counts: leads of each week.
        exposure: days of each week, by the factors of their weekdays and holidays.
        months: share of each week's exposure in each month, shape (weeks, 12).
        years: middle of each week, in years before the end (below 0).
        days: length of the records.
        draws: how many draws.
        luck: of the draws.
    """
    seasonal, trending = days >= SEASON_DAYS, days >= TREND_DAYS
    design = np.column_stack([np.ones(len(counts)), months * seasonal, years * trending])
    wide = _regression(counts, exposure, design, _MONTHS)
    fits: list[_Fit] = []
    parts: list[Floats] = []
    for far in _QUANTILES:
        # how uneven weeks are in the long run is not known, nor is how much months differ: widths of their prior weigh
        # as much as the counts speak for them
        uneven = max(wide.dispersion * np.exp(far * wide.unsure), 1.0)
        some = [_regression(counts, exposure, design, each, uneven) for each in (_WIDTHS if seasonal else (_MONTHS,))]
        weight = np.exp([each.evidence - max(one.evidence for one in some) for each in some])
        fits, parts = fits + some, [*parts, weight / weight.sum() / len(_QUANTILES)]
    chance = np.concatenate(parts)
    beta = np.einsum("f,fb->b", chance, [each.beta for each in fits])
    free = float(chance @ [each.free for each in fits])
    which = luck.choice(len(fits), draws, p=chance)
    drawn = np.empty((draws, len(beta)))
    for n, each in enumerate(fits):
        rows = int((which == n).sum())
        drawn[which == n] = luck.multivariate_normal(each.beta, each.covariance, rows, method="eigh")
    season, seasons = (_averaged(values[..., 1:13] * seasonal) for values in (beta, drawn))
    per_day = float(np.exp(beta[0]) * np.exp(beta[1:13] * seasonal).mean())
    # the level itself is the state space's; here only what season and trend move in it
    around = design.mean(0)
    moved = (drawn[:, 0] - beta[0]) - (drawn - beta) @ around
    level = np.exp(moved) * np.exp(drawn[:, 1:13] * seasonal).mean(1) / np.exp(beta[1:13] * seasonal).mean()
    factors = np.exp(design[:, 1:] @ beta[1:]) / np.exp(beta[1:13] * seasonal).mean()
    return Shape(per_day, level, factors, season, seasons, float(beta[13] * trending), drawn[:, 13] * trending, free)


@dataclass(frozen=True)
class _Fit:
    """Coefficients of the weekly counts: intercept, months, trend."""

    beta: Floats
    covariance: Floats
    free: float
    """Effective number of them."""
    dispersion: float
    unsure: float
    """Standard error of its logarithm."""
    evidence: float
    """Logarithm of how likely the counts are under the priors, but for what all widths share (Laplace)."""


def _regression(
    counts: Floats, exposure: Floats, design: Floats, months: float, dispersion: float | None = None
) -> _Fit:
    """A quasi-Poisson regression; `months` is the width of their prior, the dispersion is found where none is given."""
    precision = np.r_[1e-8, np.full(12, months**-2), _TREND**-2]
    beta = np.zeros(14)
    beta[0] = np.log(max(counts.sum(), 0.5) / exposure.sum())
    known, spread, free, unsure = dispersion is not None, dispersion or 1.0, 1.0, 0.0
    information = np.diag(precision)
    for _ in range(40):
        mean = exposure * np.exp(np.clip(design @ beta, -30, 30))
        information = np.einsum("wi,w,wj->ij", design, mean, design) / spread + np.diag(precision)
        slope = np.einsum("wi,w->i", design, counts - mean) / spread - precision * beta
        step = np.linalg.solve(information, slope)
        beta = beta + np.clip(step, -1, 1)
        mean = exposure * np.exp(np.clip(design @ beta, -30, 30))
        free = float(np.trace(np.linalg.solve(information, information - np.diag(precision))))
        fresh, unsure = (spread, 0.0) if known else _dispersion(counts, mean, free)
        if np.abs(step).max() < 1e-8 and abs(fresh - spread) < 1e-6 * spread:
            break
        spread = 0.5 * (spread + fresh)
    mean = exposure * np.exp(np.clip(design @ beta, -30, 30))
    likely = float(counts @ np.log(np.maximum(mean, 1e-12)) - mean.sum()) / spread
    prior = -0.5 * float((beta[1:13] ** 2).sum()) / months**2 - 12 * np.log(months)
    covariance = np.linalg.inv(information)
    evidence = likely + prior + 0.5 * float(np.linalg.slogdet(covariance)[1])
    return _Fit(beta, (covariance + covariance.T) / 2, free, spread, unsure, evidence)


def levels(
    counts: Floats, expected: Floats, ahead: float, draws: int, luck: np.random.Generator, free: float = 0.0
) -> Levels:
    """Level at the end, bursts and memory, from weekly counts and what is expected of them at the mean level.

    `free` is the number of free numbers that were fitted to the same counts before: what they took of the bursts is put
    back (`absorbed`).
    """
    steps, cvs, memories, prior = _grid()
    ratio = counts / np.maximum(expected, 1e-9)
    noise = 1 / np.maximum(expected, 1e-9)
    size = len(steps)
    level, burst = np.ones(size), np.zeros(size)
    v_level, v_burst, v_both = np.full(size, _START**2), cvs**2, np.zeros(size)
    log = np.log(prior)
    fresh = cvs**2 * (1 - memories**2)
    for week in range(len(ratio)):
        if week:
            v_level = v_level + steps**2
            burst, v_burst, v_both = memories * burst, memories**2 * v_burst + fresh, memories * v_both
        gap = ratio[week] - level - burst
        total = v_level + v_burst + 2 * v_both + noise[week]
        log -= 0.5 * (np.log(total) + gap**2 / total)
        of_level, of_burst = (v_level + v_both) / total, (v_burst + v_both) / total
        level, burst = level + of_level * gap, burst + of_burst * gap
        v_level, v_burst, v_both = (
            v_level - of_level**2 * total,
            v_burst - of_burst**2 * total,
            v_both - of_level * of_burst * total,
        )
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    which = luck.choice(size, draws, p=weight)
    spread = np.sqrt(np.maximum(v_level[which], 0) + steps[which] ** 2 * ahead / 3)
    # a factor is drawn on its logarithm, so that it stays above 0
    middle = np.maximum(level[which], 0.02)
    sigma = np.sqrt(np.log1p((spread / middle) ** 2))
    drawn = middle * np.exp(sigma * luck.standard_normal(draws) - sigma**2 / 2)
    around = np.gradient(_CVS)[np.searchsorted(_CVS, cvs)]
    whole = {m: absorbed(m, free, len(ratio)) for m in _MEMORIES.tolist()}
    taken, before = (np.array([whole[m][n] for m in memories.tolist()]) for n in (0, 1))
    cvs, memories = cvs / np.sqrt(1 - taken), before
    # between the points of the grid
    jitter = luck.uniform(-0.5, 0.5, draws)
    return Levels(
        float(weight @ np.maximum(level, 0.02)),
        drawn,
        float(weight @ steps),
        float(weight @ cvs),
        np.maximum(cvs[which] + jitter * around[which], 0.0),
        float(weight @ memories),
        np.clip(memories[which] + luck.uniform(-0.1, 0.1, draws), 0.0, 0.95),
    )


@lru_cache(maxsize=1)
def _grid() -> tuple[Floats, Floats, Floats, Floats]:
    """All parameters of the state space, and how likely each is beforehand."""
    steps, cvs, memories = (each.ravel() for each in np.meshgrid(_STEPS, _CVS, _MEMORIES, indexing="ij"))
    width = np.gradient(_STEPS)[np.searchsorted(_STEPS, steps)] * np.gradient(_CVS)[np.searchsorted(_CVS, cvs)]
    # bursts as likely small as large on a scale of 0.3; memory as it is seldom close to 1
    prior = width / (1 + (steps / 0.02) ** 2) * np.exp(-cvs / 0.3) * (1 - memories / 2)
    return steps, cvs, memories, prior / prior.sum()


def _dispersion(counts: Floats, mean: Floats, free: float) -> tuple[float, float]:
    """Variance beside the mean in the long run, at least 1, and the standard error of its logarithm.

    Weeks vary by the chance of counting, which they forget, and by bursts, which they remember: of a dispersion D
    (Pearson's) D - 1 is of bursts, so that those have the memory m = r D / (D - 1) where what is left of the weeks has
    r, and means of many weeks vary 1 + (D - 1) (1 + m) / (1 - m) times as much as those of a Poisson law. The fit of
    `free` numbers takes the slow part of it (`absorbed`). r has the standard error of an autocorrelation (Bartlett
    1946), and D that of a variance of n (1 - m^2) / (1 + m^2) weeks.
    """
    left = (counts - mean) / np.sqrt(np.maximum(mean, 1e-9))
    weeks, square = len(left), float(left @ left)
    seen = float(left[1:] @ left[:-1]) / max(square, 1e-12)
    taken, plain, memory, long = 0.0, 1.0, 0.0, 1.0
    for _ in range(50):
        plain = max(square / weeks / (1 - taken), 1.0)
        bursts = (plain - 1) / plain
        memory = min(max(seen * (1 - taken) + taken, 0.0) / max(bursts, _LEAST_BURSTS), 0.8)
        long = 1 + (plain - 1) * (1 + memory) / (1 - memory)
        taken = min(free * long / plain / weeks, 0.5)
    bursts = (plain - 1) / plain
    of_memory = 2 / (1 - memory**2) * np.sqrt((1 - (memory * bursts) ** 2) / weeks) / max(bursts, _LEAST_BURSTS)
    of_bursts = np.sqrt(2 / weeks * (1 + memory**2) / (1 - memory**2))
    return long, float(np.hypot(of_memory, of_bursts)) * bursts


def absorbed(memory: float, free: float, weeks: int) -> tuple[float, float]:
    """The share of the variance of weeks that a fit of so many free numbers takes with it, and the memory before it.

    Season and trend follow the slow part of what is chance. Means of many weeks vary (1 + m) / (1 - m) times as much as
    those of weeks without a memory m, so with p free numbers of n weeks a = p (1 + m) / (n (1 - m)) of the variance is
    gone, and as much of the covariance of weeks that follow one another: what is left has the memory (m - a) / (1 - a).

    Args:
        memory: of what is left.
        free: effective number of free numbers.
        weeks: number of weeks.
    """
    before = memory
    for _ in range(50):
        taken = min(free * (1 + before) / (1 - before) / weeks, 0.5)
        before = min(memory * (1 - taken) + taken * (before > 0), 0.8)
    return taken, before


def _averaged(logs: Floats) -> Floats:
    """Factors that average to one."""
    factors = np.exp(logs)
    return np.asarray(factors / factors.mean(-1, keepdims=True))
