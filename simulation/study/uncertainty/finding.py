"""What sampling inputs and years together found: how sure the choice is, and what it is worth to know the inputs.

Here too: what uncertainty of inputs and years says in words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.doubt import Parts, divided
from simulation.analysis.intervals import Interval
from simulation.analysis.quantiles import Proportion, share_phrase
from simulation.scenario.scenario import Scenario
from simulation.study.question import Input, Question
from simulation.study.terms import Terms, number
from simulation.study.uncertainty import worth
from simulation.study.uncertainty.worth import Worth
from simulation.texts import Amount, Percent, Phrase, Sure, say

if TYPE_CHECKING:
    import pandas as pd


Floats = NDArray[np.float64]

NAMED = 3
"""Measurements that are named."""


@dataclass(frozen=True)
class Measurement:
    """What it is worth to know one input.

    Attributes:
        input: what would be known.
        worth: its value in the unit of the measure, over the horizon.
        fall: by how much the probability of a wrong choice falls.
        explains: the share of the ignorance about the choice that this input is by itself.
        doubt: probability of such an effect if there were none, for all inputs together.
        shown: whether effect and value can be told from nothing.
    """

    input: Input
    worth: Worth
    fall: float
    explains: float
    doubt: float
    shown: bool


@dataclass(frozen=True)
class Uncertainty:
    """A choice among structures over the ranges of the inputs and over the years.

    Attributes:
        scenario: what is studied.
        structures: those chosen among, in their order.
        measure: that decides.
        level: of the intervals.
        best: the structure with the best mean over all points.
        rival: the one that is hardest to tell from it.
        difference: best less rival over the points; the interval of its mean is joint over all pairs of structures, so
            that it holds though the pair was picked by the same points.
        certainty: how sure it is that the best really is better for the owner's inputs; with three structures and more
            at least so sure (one less the sum of the doubts about each, Bonferroni).
        years_better: share of single years in which the best was better than the rival (`mean_share_interval`).
        doubt: variance of a year's difference, divided between ignorance of inputs and chance.
        everything: what it would be worth to know all inputs.
        measurements: what it would be worth to know each alone, the highest first.
        inputs: what was sampled, in the order of the columns of ranks.
        ranks: of the inputs' values in their laws, shape (points, inputs).
        values: of the measure, shape (points, years, structures).
        left_out: points in which a year failed or had no value.
    """

    scenario: Scenario
    structures: tuple[str, ...]
    measure: str
    level: float
    best: str
    rival: str
    difference: Interval
    certainty: float
    years_better: Interval
    doubt: Parts
    everything: Worth
    measurements: tuple[Measurement, ...]
    inputs: tuple[Input, ...]
    ranks: Floats
    values: Floats
    left_out: int
    kind: str = "uncertainty"

    @property
    def points(self) -> int:
        """Points that count."""
        return len(self.values)

    @property
    def years_each(self) -> int:
        """Years at each point."""
        return self.values.shape[1]

    @property
    def question(self) -> Question:
        """Best against rival, the rival the baseline."""
        agreed = Terms((self.rival, self.best), self.rival, self.measure, self.years_each, self.level)
        return Question(self.scenario, agreed, self.inputs)

    @property
    def named(self) -> tuple[Measurement, ...]:
        """The measurements to take first: at most three, none that cannot be told from nothing."""
        return tuple(each for each in self.measurements if each.shown)[:NAMED]

    @cached_property
    def gains(self) -> Floats:
        """Best less rival, positive where the best is better, shape (points, years)."""
        first, second = (self.values[:, :, self.structures.index(name)] for name in (self.best, self.rival))
        found: Floats = self.question.sign * (first - second)
        return found

    @cached_property
    def true_gains(self) -> Floats:
        """The same as the inputs alone would make it, one a point: a sample of its law (`worth.drawn_together`)."""
        return worth.drawn_together(self.gains.mean(axis=1)[:, None], worth.between(self.gains[:, :, None]))[:, 0]

    @property
    def verdict(self) -> Phrase:
        """How sure the choice is, chance and ignorance together."""
        return verdict_of(self)

    @property
    def sentences(self) -> tuple[Phrase, ...]:
        """What it says, the most important first."""
        return what_it_says(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values."""
        asked = self.question.to_dict()
        kept = {key: asked[key] for key in ("title", "seed", "currency", "months", "measure", "unit", "level")}
        return kept | {
            "structures": list(self.structures),
            "points": self.points,
            "years_each": self.years_each,
            "left_out": self.left_out,
            "best": self.best,
            "rival": self.rival,
            "difference": _plain(self.difference, "mean", "low", "high"),
            "certainty": self.certainty,
            "years_better": _plain(self.years_better, "mean", "low", "high"),
            "ignorance": {
                "share": number(self.doubt.share),
                "low": number(self.doubt.low),
                "high": number(self.doubt.high),
                "sd": math.sqrt(self.doubt.ignorance),
            },
            "chance": {"share": number(1.0 - self.doubt.share), "sd": math.sqrt(self.doubt.chance)},
            "worth_of_all": _plain(self.everything, "value", "low", "high"),
            "measure_first": [each.input.name for each in self.named],
            "inputs": [_row(each) for each in self.measurements],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """``''``: what each input is worth; ``points``: the sampled inputs and the years' values."""
        import pandas as pd

        columns: dict[str, Any] = {"point": np.repeat(np.arange(self.points), self.years_each)}
        for n, each in enumerate(self.inputs):
            columns[each.name] = np.repeat(each.quantile(self.ranks[:, n]), self.years_each)
        for n, name in enumerate(self.structures):
            columns[f"{self.measure}: {name}"] = self.values[:, :, n].ravel()
        return {"": pd.DataFrame([_row(each) for each in self.measurements]), "points": pd.DataFrame(columns)}


def _row(each: Measurement) -> dict[str, Any]:
    return {
        "input": each.input.name,
        "low": each.input.low,
        "value": each.input.value,
        "high": each.input.high,
        "unit": each.input.variable.quantity.unit,
        "worth": each.worth.value,
        "worth_low": each.worth.low,
        "worth_high": each.worth.high,
        "fall": each.fall,
        "explains": each.explains,
        "doubt": each.doubt,
        "shown": each.shown,
        "source": each.input.source,
    }


def _plain(found: object, *names: str) -> dict[str, float | None]:
    return {name: number(getattr(found, name)) for name in names}


LEAST_FALL = 0.0005
"""A smaller fall of a probability is not worth a word."""


def verdict_of(found: Uncertainty) -> Phrase:
    """How sure the choice is, chance and ignorance together."""
    sure = Sure(found.certainty, bound=len(found.structures) > 2)
    best, rival = (found.question.title(name) for name in (found.best, found.rival))
    key = "uncertainty-verdict" if found.certainty >= 0.5 else "uncertainty-open"
    said = {"best": best, "rival": rival, "measure": found.question.named, "sure": sure}
    return say(key, inputs=len(found.inputs), structures=len(found.structures), **said)


def what_it_says(found: Uncertainty) -> tuple[Phrase, ...]:
    """Every sentence, the most important first."""
    asked = found.question
    best, rival = (asked.title(name) for name in (found.best, found.rival))
    said = [verdict_of(found)]
    spread, years = found.difference, found.years_better
    said.append(
        say(
            "uncertainty-difference",
            best=best,
            rival=rival,
            difference=asked.amount(spread.mean),
            low=asked.amount(spread.low),
            high=asked.amount(spread.high),
            level=Percent(found.level),
            years=share_phrase(Proportion(years.mean, years.low, years.high, years.n)),
            structures=len(found.structures),
        )
    )
    if not math.isnan(found.doubt.share):
        said.append(divided(found.doubt, asked.amount))
    said += _measurements(found)
    how = "uncertainty-how" if found.scenario.inputs is None else "uncertainty-how-drawn"
    said.append(say(how, points=found.points, years=found.years_each, inputs=len(found.inputs)))
    if found.left_out:
        said.append(say("uncertainty-left-out", count=found.left_out))
    return tuple(said)


def _measurements(found: Uncertainty) -> list[Phrase]:
    """What knowledge is worth, and what to measure first."""
    asked, months = found.question, found.scenario.experiment.months
    value = asked.amount(found.everything.value)
    if not found.named:
        return [say("uncertainty-nothing", worth=value, months=months, high=asked.amount(found.everything.high))]
    first = []
    for each in found.named:
        worth = asked.amount(each.worth.value)
        if each.fall < LEAST_FALL:
            first.append(say("uncertainty-one-worth", name=each.input.variable.title, worth=worth))
        else:
            fall = Amount(100.0 * each.fall)
            first.append(say("uncertainty-one", name=each.input.variable.title, worth=worth, fall=fall))
    return [
        say("uncertainty-measure", count=len(first), names=first, months=months),
        say("uncertainty-all", worth=value, months=months),
    ]
