"""Inputs all over their ranges: elementary effects (Morris) and shares of the variance (Sobol').

Both are about the mean difference over all years, and play few years at each point: those that are held against each
other live through the same years, all others through years of their own, so that no luck is frozen. What the luck of
years that is left adds to squares is taken off, and what chance alone would make is the floor (`noise`).

Morris 1991, mu* of Campolongo, Cariboni & Saltelli 2007: a way through the ranges moves one input at a time, by two
thirds of its law (in ranks, so that a step is as likely in every input). The points of a way live through the same
years, other ways through others.

Of Sobol' indices each row of the design lives through its own years (`shares`). Ranges are those of the inputs' laws.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.scenario import Scenario
from simulation.study.lab import Case, Lab
from simulation.study.question import Input, Question
from simulation.study.sensitivity.noise import RESAMPLES, ROUNDING, by_chance, noise
from simulation.study.sensitivity.shares import SHARES, shares_of
from simulation.study.sensitivity.tornado import Sensitivity, morris_says, sobol_says, tornado
from simulation.study.terms import number
from simulation.study.variation import varied
from simulation.texts import Phrase, say, worded

Floats = NDArray[np.float64]

WAYS, MORRIS_YEARS, LEVELS = 10, 4, 4


@dataclass(frozen=True)
class Effect:
    """Elementary effects of one input, in the unit of the measure for its whole law.

    Attributes:
        input: what was moved.
        mu: mean of the effects.
        size: mean of their absolute values (mu*), less what the luck of years adds to it.
        error: half-width of the interval of the size (bootstrap over the ways).
        sigma: their standard deviation, less that luck: interactions and bends.
        floor: size that an input without any effect stays below, all inputs together with the level of the intervals.
    """

    input: Input
    mu: float
    size: float
    error: float
    sigma: float
    floor: float

    @property
    def shown(self) -> bool:
        """Whether the size can be told from what chance makes."""
        return self.size > self.floor and self.size > self.error


@dataclass(frozen=True)
class Morris(Sensitivity):
    """Elementary effects of all inputs.

    Attributes:
        effects: by input, the largest size first.
        ways: through the ranges.
        years: of each point.
    """

    effects: tuple[Effect, ...]
    ways: int
    years: int
    method = "morris"

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What was moved, as ordered."""
        return tuple(each.input for each in self.effects)

    @cached_property
    def sentences(self) -> tuple[Phrase, ...]:
        """What it says, the most important first."""
        return morris_says(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "method": self.method,
            **self.question.to_dict(),
            "ways": self.ways,
            "years": self.years,
            "inputs": self.rows,
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Mu, mu*, its error, sigma, floor."""
        return [_effect_row(each) for each in self.effects]


def _effect_row(each: Effect) -> dict[str, Any]:
    found = {name: number(value) for name, value in asdict(each).items() if isinstance(value, float)}
    found["mu_star"] = found.pop("size")
    ends = {"low": each.input.low, "value": each.input.value, "high": each.input.high}
    return {"input": each.input.name, **ends, **found, "shown": each.shown, "source": each.input.source}


def morris(question: Question, lab: Lab, replications: int | None = None, ways: int | None = None) -> Morris:
    """Elementary effects of all inputs on the difference.

    Args:
        question: what is asked.
        lab: where it is simulated.
        replications: years of each point, at least 2; 4 when None.
        ways: through the ranges, at least 4; 10 when None.

    Raises:
        RuntimeError: a point has no value in any year.
    """
    from SALib.sample import morris as sample

    years = MORRIS_YEARS if replications is None else replications
    ways = WAYS if ways is None else ways
    inputs, seed = question.inputs, question.scenario.experiment.seed
    problem = described(inputs)
    ranks = sample.sample(problem, ways, num_levels=LEVELS, seed=seed)
    scenarios = at_ranks(question, ranks)
    steps = len(inputs) + 1
    lab.what = say("sensitivity-progress-morris", inputs=len(inputs), ways=ways)
    parts = [(scenarios[w * steps : (w + 1) * steps], range(w * years, (w + 1) * years)) for w in range(ways)]
    lab.simulate(
        [([Case(s, name) for s in part for name in question.structures], ns) for part, ns in parts], [question.measure]
    )
    values = np.concatenate([question.differences(lab, part, ns) for part, ns in parts])
    mean_of(values)
    level = 1.0 - (1.0 - question.level) / len(inputs)
    effects = [
        _effect(each, _effects(ranks, values, steps, n), question.level, level, seed) for n, each in enumerate(inputs)
    ]
    return Morris(question, tuple(sorted(effects, key=lambda e: -e.size)), ways, years)


def _effects(ranks: Floats, values: Floats, steps: int, n: int) -> Floats:
    """Effects of one input, by way and year, shape (ways, years); those of ways without two years are left out."""
    found = []
    for begin in range(0, len(ranks), steps):
        moved = np.diff(ranks[begin : begin + steps], axis=0)
        row = begin + int(np.abs(moved[:, n]).argmax())
        size = np.maximum(np.abs(values[row + 1]), np.abs(values[row]))
        step = values[row + 1] - values[row]
        step[np.abs(step) <= ROUNDING * size] = 0.0
        found.append(step / moved[row - begin, n])
    return _whole(np.stack(found))


def _whole(values: Floats) -> Floats:
    """Rows with as many years as most of them have, two at least, none undefined; shape (rows, ..., years).

    Raises:
        RuntimeError: no row has two years.
    """
    known: NDArray[np.bool_] = np.asarray(np.isfinite(values).all(axis=tuple(range(1, values.ndim - 1))))
    counts = known.sum(axis=1)
    years = next((k for k in range(values.shape[-1], 1, -1) if 2 * (counts >= k).sum() >= len(values)), 2)
    kept = np.flatnonzero(counts >= years)
    if not len(kept):
        raise RuntimeError(worded("point-no-value"))
    return np.stack([values[row][..., np.flatnonzero(known[row])[:years]] for row in kept])


def _effect(each: Input, effects: Floats, level: float, joint: float, seed: int) -> Effect:
    ways, years = effects.shape
    means, noises = effects.mean(axis=1), noise(effects)
    picks = np.random.default_rng(seed).integers(ways, size=(RESAMPLES, ways))
    sizes = _size(means[picks], noises[picks])
    size = float(_size(means[None], noises[None])[0])
    floor = float(np.sqrt(2.0 / np.pi * by_chance(noises, years, joint)))
    spread = max(float(means.var(ddof=1) - noises.mean()), 0.0)
    error = float(_normal(level) * sizes.std(ddof=1))
    return Effect(each, float(means.mean()), size, error, float(np.sqrt(spread)), floor)


def _size(means: Floats, noises: Floats) -> Floats:
    """Mean absolute effect by the share of the root mean square that is no noise, along the last axis.

    Exact without noise, where noise is small beside every effect, and where both are normal around zero.
    """
    square = (means**2).mean(axis=-1)
    left = np.maximum(square - noises.mean(axis=-1), 0.0)
    found: Floats = np.abs(means).mean(axis=-1) * np.sqrt(left / np.where(square > 0, square, 1.0))
    return found


def _normal(level: float) -> float:
    from simulation.written.special import ndtri

    return float(ndtri(0.5 + level / 2))


def described(inputs: Sequence[Input]) -> dict[str, Any]:
    """Inputs as SALib takes them: ranks between 0 and 1; our laws make values of them."""
    return {"num_vars": len(inputs), "names": [each.name for each in inputs], "bounds": [[0.0, 1.0]] * len(inputs)}


def at_ranks(question: Question, ranks: Floats) -> list[Scenario]:
    """The scenario at each row of ranks; equal rows are the same object, so that nothing is simulated twice."""
    values = np.stack([each.quantile(ranks[:, n]) for n, each in enumerate(question.inputs)], axis=1)
    made: dict[tuple[float, ...], Scenario] = {}
    for row in values.tolist():
        if tuple(row) not in made:
            settings = {each.variable: value for each, value in zip(question.inputs, row, strict=True)}
            made[tuple(row)] = varied(question.scenario, settings)
    return [made[tuple(row)] for row in values.tolist()]


def mean_of(values: Floats) -> Floats:
    """Mean over the years of each point that have a value.

    Raises:
        RuntimeError: there is none.
    """
    if not np.isfinite(values).any(axis=1).all():
        raise RuntimeError(worded("point-no-value"))
    found: Floats = np.nanmean(values, axis=1)
    return found


POINTS, SOBOL_YEARS, TOP = 64, 2, 8
SCREENING = 4
"""Years of the tornado that chooses the inputs."""


@dataclass(frozen=True)
class Index:
    """Share of one input in the variance of the difference.

    Attributes:
        input: what was varied.
        first: share by itself, between 0 and 1.
        first_low, first_high: its interval (bootstrap over the rows, and so over inputs and years).
        total: share with all that it does together with others, no less than the first and not above 1.
        total_low, total_high: its interval.
        floor: total that an input without any effect stays below, all inputs together with the level of the intervals.
    """

    input: Input
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float
    floor: float

    @property
    def shown(self) -> bool:
        """Whether its total share can be told from what chance makes."""
        return self.total > self.floor and self.total_low > 0


@dataclass(frozen=True)
class Sobol(Sensitivity):
    """Shares of inputs in the variance of the difference.

    Attributes:
        indices: by input, the largest total first.
        sd: standard deviation of the mean difference over the inputs; 0 where chance alone explains it.
        points: base points.
        years: of each base point, its own.
        held: inputs with a range that were held at the scenario's value, because they move the difference less.
    """

    indices: tuple[Index, ...]
    sd: float
    points: int
    years: int
    held: tuple[Input, ...] = ()
    method = "sobol"

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What was varied, as ordered."""
        return tuple(each.input for each in self.indices)

    @cached_property
    def sentences(self) -> tuple[Phrase, ...]:
        """What it says, the most important first."""
        return sobol_says(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "method": self.method,
            **self.question.to_dict(),
            "points": self.points,
            "years": self.years,
            "sd": self.sd,
            "inputs": self.rows,
            "held": [each.name for each in self.held],
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """First-order and total share with their intervals, and what chance alone makes."""
        return [_index_row(each) for each in self.indices]


def _index_row(each: Index) -> dict[str, Any]:
    ends = {"input": each.input.name, "low": each.input.low, "value": each.input.value, "high": each.input.high}
    shares = {name: number(getattr(each, name)) for name in SHARES}
    return ends | shares | {"shown": each.shown, "source": each.input.source}


def sobol(
    question: Question, lab: Lab, replications: int | None = None, points: int | None = None, top: int | None = None
) -> Sobol:
    """Shares of inputs in the variance of the difference.

    Args:
        question: what is asked.
        lab: where it is simulated.
        replications: years of each base point, at least 2; 2 when None.
        points: base points, a power of two from 16 on; 64 when None. Each takes two points more than there are inputs.
        top: inputs that are varied; where more have a range, those are chosen that move the difference most in a small
            tornado, the others are held at the scenario's value. 8 when None.

    Raises:
        RuntimeError: a point has no value in any year.
    """
    from SALib.sample import sobol as sample

    years = SOBOL_YEARS if replications is None else replications
    points = POINTS if points is None else points
    top = TOP if top is None else top
    every = question.inputs
    if len(every) > top:
        seen = tornado(question, lab, SCREENING, len(every))
        kept = {each.name for each in seen.inputs[:top]}
        question = replace(question, inputs=tuple(each for each in every if each.name in kept))
    inputs = question.inputs
    seed = question.scenario.experiment.seed % 2**32 + 1  # SALib takes a seed of 0 for none
    problem = described(inputs)
    lab.what = say("sensitivity-progress-sobol", inputs=len(inputs), points=points)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of SALib's ways with numpy and pandas, which change no number
        ranks = sample.sample(problem, points, calc_second_order=False, seed=seed)
    scenarios, steps = at_ranks(question, ranks), len(inputs) + 2
    rows = [(scenarios[k * steps : (k + 1) * steps], range(k * years, (k + 1) * years)) for k in range(points)]
    lab.simulate(
        [([Case(s, name) for s in row for name in question.structures], ns) for row, ns in rows], [question.measure]
    )
    values = np.stack([question.differences(lab, row, ns) for row, ns in rows])
    mean_of(values.reshape(points * steps, years))
    shares, sd = shares_of(_whole(values), question.level, seed)
    indices = [Index(each, *row) for each, row in zip(inputs, shares.tolist(), strict=True)]
    held = tuple(each for each in every if each not in inputs)
    return Sobol(question, tuple(sorted(indices, key=lambda i: -i.total)), sd, points, years, held)
