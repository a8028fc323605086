"""Inputs all over their ranges: elementary effects (Morris) and shares of the variance (Sobol'), by SALib.

Morris 1991, mu* of Campolongo, Cariboni & Saltelli 2007: a way through the ranges moves one input at a time, by two
thirds of its law (in ranks, so that a step is as likely in every input). The points of a way live through the same
years, other ways through others: an effect is a difference in the same years, and the spread between ways has the luck
of years in it. Luck that is left in an effect makes its size larger, never smaller; how large an input without any
effect would seem is given as the floor.

Sobol' 2001, Saltelli et al. 2010: all points live through the same years, so that the mean over them is one fixed
surface over the inputs: the indices are those of the difference in these years, whose luck is the same everywhere.
Ranges are those of the inputs' laws.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.scenario import Scenario
from simulation.study.lab import Case, Lab
from simulation.study.question import Input, Question
from simulation.study.sensitivity.tornado import Sensitivity, morris_says, sobol_says, tornado
from simulation.study.terms import number
from simulation.study.variation import varied
from simulation.texts import Phrase, say, worded

if TYPE_CHECKING:
    pass


Floats = NDArray[np.float64]

WAYS, MORRIS_YEARS, LEVELS = 10, 4, 4


@dataclass(frozen=True)
class Effect:
    """Elementary effects of one input, in the unit of the measure for its whole law.

    Attributes:
        input: what was moved.
        mu: mean of the effects.
        size: mean of their absolute values (mu*).
        error: half-width of the interval of the size (bootstrap over the ways).
        sigma: their standard deviation: interactions, bends and the luck of years.
        floor: size that an input without any effect would seem to have, from the spread between years.
    """

    input: Input
    mu: float
    size: float
    error: float
    sigma: float
    floor: float

    @property
    def shown(self) -> bool:
        """Whether the size can be told from the floor."""
        return self.size - self.error > self.floor


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
    from SALib.analyze import morris as analyse
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
    lab.simulate([([Case(s, name) for s in part for name in question.structures], ns) for part, ns in parts])
    values = np.concatenate([question.differences(lab, part, ns) for part, ns in parts])
    means = mean_of(values)
    found = analyse.analyze(
        problem, ranks, means, conf_level=question.level, num_levels=LEVELS, num_resamples=1000, seed=seed
    )
    floors = _floors(ranks, values, steps)
    mu, size, error, sigma = (found[name] for name in ("mu", "mu_star", "mu_star_conf", "sigma"))
    effects = [
        Effect(each, float(mu[n]), float(size[n]), float(error[n]), float(sigma[n]), floors[n])
        for n, each in enumerate(inputs)
    ]
    return Morris(question, tuple(sorted(effects, key=lambda e: -e.size)), ways, years)


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


def _floors(ranks: Floats, values: Floats, steps: int) -> list[float]:
    """Mean size of an effect of nothing, by input: E|Z| = sd sqrt(2 / pi) with the sd of the mean over the years."""
    floors: list[list[float]] = [[] for _ in range(ranks.shape[1])]
    for begin in range(0, len(ranks), steps):
        for row in range(begin, begin + steps - 1):
            moved = ranks[row + 1] - ranks[row]
            n = int(np.abs(moved).argmax())
            effects = (values[row + 1] - values[row]) / moved[n]
            effects = effects[np.isfinite(effects)]
            if len(effects) > 1:
                floors[n].append(effects.var(ddof=1) / len(effects))
    return [float(np.sqrt(np.mean(each) * 2.0 / np.pi)) if each else np.inf for each in floors]


POINTS, SOBOL_YEARS, TOP = 64, 2, 8
SCREENING = 4
"""Years of the tornado that chooses the inputs."""


@dataclass(frozen=True)
class Index:
    """Share of one input in the variance of the difference.

    Attributes:
        input: what was varied.
        first: share by itself.
        first_error: half-width of its interval (bootstrap).
        total: share with all that it does together with others.
        total_error: half-width of its interval.
    """

    input: Input
    first: float
    first_error: float
    total: float
    total_error: float

    @property
    def shown(self) -> bool:
        """Whether its total share can be told from nothing."""
        return self.total - self.total_error > 0


@dataclass(frozen=True)
class Sobol(Sensitivity):
    """Shares of inputs in the variance of the difference.

    Attributes:
        indices: by input, the largest total first.
        sd: standard deviation of the difference over the inputs.
        points: base points.
        years: of each point.
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
        """First-order and total share with the half-widths of their intervals."""
        return [_index_row(each) for each in self.indices]


def _index_row(each: Index) -> dict[str, Any]:
    ends = {"input": each.input.name, "low": each.input.low, "value": each.input.value, "high": each.input.high}
    shares = {name: number(getattr(each, name)) for name in ("first", "first_error", "total", "total_error")}
    return ends | shares | {"shown": each.shown, "source": each.input.source}


def sobol(
    question: Question, lab: Lab, replications: int | None = None, points: int | None = None, top: int | None = None
) -> Sobol:
    """Shares of inputs in the variance of the difference.

    Args:
        question: what is asked.
        lab: where it is simulated.
        replications: years of each point; 2 when None.
        points: base points, a power of two from 16 on; 64 when None. Each takes two points more than there are inputs.
        top: inputs that are varied; where more have a range, those are chosen that move the difference most in a small
            tornado, the others are held at the scenario's value. 8 when None.

    Raises:
        RuntimeError: a point has no value in any year.
    """
    from SALib.analyze import sobol as analyse
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
        means = mean_of(question.differences(lab, at_ranks(question, ranks), range(years)))
        sd = float(means.std())
        if sd <= 1e-12 * float(np.abs(means).max(initial=0.0)):  # nothing moves the difference
            found = {name: np.zeros(len(inputs)) for name in ("S1", "S1_conf", "ST", "ST_conf")}
        else:
            found = analyse.analyze(
                problem, means, calc_second_order=False, conf_level=question.level, num_resamples=1000, seed=seed
            )
    first, first_error, total, total_error = (found[name] for name in ("S1", "S1_conf", "ST", "ST_conf"))
    indices = [
        Index(each, float(first[n]), float(first_error[n]), float(total[n]), float(total_error[n]))
        for n, each in enumerate(inputs)
    ]
    held = tuple(each for each in every if each not in inputs)
    return Sobol(question, tuple(sorted(indices, key=lambda i: -i.total)), sd, points, years, held)
