"""Shares of the variance of the difference by input (Sobol' 2001; Saltelli et al. 2010), by SALib.

All points live through the same years, so that the mean over them is one fixed surface over the inputs: the indices are
those of the difference in these years, whose luck is the same everywhere. Ranges are those of the inputs' laws.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab
from simulation.study.question import Input, Question
from simulation.study.sensitivity.morris import at_ranks, described, mean_of
from simulation.study.sensitivity.tornado import sobol_says, tornado
from simulation.study.terms import number
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd

POINTS, YEARS, TOP = 64, 2, 8
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
class Sobol:
    """Shares of inputs in the variance of the difference.

    Attributes:
        question: what was asked, with the inputs that were varied.
        indices: by input, the largest total first.
        sd: standard deviation of the difference over the inputs.
        points: base points.
        years: of each point.
        held: inputs with a range that were held at the scenario's value, because they move the difference less.
    """

    question: Question
    indices: tuple[Index, ...]
    sd: float
    points: int
    years: int
    held: tuple[Input, ...] = ()
    kind: str = "sensitivity"
    method: Literal["sobol"] = "sobol"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.question.scenario

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
            "inputs": [_row(each) for each in self.indices],
            "held": [each.name for each in self.held],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """One row an input: first-order and total share with the half-widths of their intervals."""
        import pandas as pd

        return {"": pd.DataFrame([_row(each) for each in self.indices])}


def _row(each: Index) -> dict[str, Any]:
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

    years = YEARS if replications is None else replications
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
