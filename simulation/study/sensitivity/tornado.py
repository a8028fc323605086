"""A tornado: the difference between two structures with each uncertain input at both ends of its range.

All other inputs are as in the scenario, and all points live through the same years, so that an effect is a difference
of differences in the same year and far less a matter of luck than each of them. All inputs are first looked at with a
few years; those that move the difference most are then measured with all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.intervals import PairedDifference
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab
from simulation.study.question import Input, Question, value_of
from simulation.study.terms import number
from simulation.study.variation import varied
from simulation.texts import Percent, Phrase, say, worded

if TYPE_CHECKING:
    import pandas as pd

    from simulation.study.sensitivity.ranges import Morris, Sobol


MOST = 3
"""Inputs that are named in a sentence."""


def tornado_says(found: Tornado) -> tuple[Phrase, ...]:
    """The inputs that decide, and whether one alone changes the winner."""
    asked = found.question
    said = _hangs_on(asked, [bar for bar in found.bars if bar.moves][:MOST]) or [
        say("sensitivity-none", years=found.years)
    ]
    interval = say("interval-alone", years=found.base.n, seed=str(asked.scenario.experiment.seed))
    said += [_winner(found), _stands(asked, found.base), interval]
    full = sum(bar.years == found.years for bar in found.bars)
    if found.screened < found.years:
        how = {"screened": found.screened, "years": found.years, "top": full}
        said.append(say("sensitivity-how-tornado", inputs=len(found.bars), **how))
    else:
        said.append(say("sensitivity-how-tornado-all", inputs=len(found.bars), years=found.years))
    return tuple(said)


def _hangs_on(asked: Question, bars: list[Bar]) -> list[Phrase]:
    said = []
    for n, bar in enumerate(bars):
        what, currency = bar.input.variable, asked.scenario.currency
        ends = {
            "from": value_of(what, bar.low.value, currency),
            "to": value_of(what, bar.high.value, currency),
            "low": asked.amount(bar.low.difference.mean),
            "high": asked.amount(bar.high.difference.mean),
        }
        names = {"other": asked.title(asked.other), "baseline": asked.title(asked.baseline)}
        said.append(say("sensitivity-then" if n else "sensitivity-most", name=what.title, **ends, **names))
    return said


def _winner(found: Tornado) -> Phrase:
    """Whether one input alone changes the winner."""
    asked = found.question
    flips = [bar for bar in found.bars if bar.flips]
    if flips:
        names = []
        for bar in flips:
            end = next(end for end in bar.ends if end.flips)
            value = value_of(bar.input.variable, end.value, asked.scenario.currency)
            ahead = asked.title(asked.winner(end.difference.mean))
            by = asked.amount(abs(end.difference.mean))
            names.append(say("sensitivity-flip", name=bar.input.variable.title, value=value, ahead=ahead, by=by))
        return say("sensitivity-flips", count=len(names), names=names)
    open_ends = sum(not end.difference.told_apart for bar in found.bars for end in bar.ends)
    ahead = asked.winner(found.base.mean)
    if not open_ends and ahead:
        return say("sensitivity-no-flip", ahead=asked.title(ahead))
    return say("sensitivity-not-shown", count=open_ends, ends=2 * len(found.bars))


def _stands(asked: Question, base: PairedDifference) -> Phrase:
    """The difference with all inputs as they stand."""
    said = {
        "other": asked.title(asked.other),
        "baseline": asked.title(asked.baseline),
        "measure": asked.named,
        "difference": asked.amount(base.mean),
        "low": asked.amount(base.low),
        "high": asked.amount(base.high),
        "level": Percent(base.level),
        "years": base.n,
    }
    return say("sensitivity-stands" if base.low > 0 or base.high < 0 else "sensitivity-stands-open", **said)


def morris_says(found: Morris) -> tuple[Phrase, ...]:
    """The inputs with the largest effects, and those whose effect depends on others."""
    asked = found.question
    shown = [each for each in found.effects if each.shown]
    said = []
    if shown:
        names = [
            say("sensitivity-sized", name=each.input.variable.title, size=asked.amount(each.size))
            for each in shown[:MOST]
        ]
        said.append(say("sensitivity-morris", names=names, count=len(shown), inputs=len(found.effects)))
        mixed = [each.input.variable.title for each in shown[:MOST] if each.sigma > each.size]
        if mixed:
            said.append(say("sensitivity-mixed", names=mixed))
    else:
        said.append(say("sensitivity-morris-none", inputs=len(found.effects)))
    said.append(say("sensitivity-how-morris", inputs=len(found.effects), ways=found.ways, years=found.years))
    return tuple(said)


def sobol_says(found: Sobol) -> tuple[Phrase, ...]:
    """The inputs with the largest shares, and what inputs do together."""
    asked = found.question
    shown = [each for each in found.indices if each.shown][:MOST]
    said = []
    if shown and found.sd > 0:
        names = [
            say(
                "sensitivity-share",
                name=each.input.variable.title,
                first=Percent(each.first),
                total=Percent(each.total),
            )
            for each in shown
        ]
        said.append(say("sensitivity-sobol", sd=asked.amount(found.sd), names=names))
        alone = sum(each.first for each in found.indices)
        if alone < 1.0:
            said.append(say("sensitivity-together", alone=Percent(alone), together=Percent(1.0 - alone)))
    else:
        said.append(say("sensitivity-sobol-none"))
    said.append(say("sensitivity-how-sobol", inputs=len(found.indices), points=found.points, years=found.years))
    if found.held:
        said.append(say("sensitivity-held", count=len(found.held)))
    return tuple(said)


Floats = NDArray[np.float64]

FIRST_LOOK, REPLICATIONS, TOP = 10, 40, 12
"""Years of the first look at all inputs, of those that move most, and how many these are."""


@dataclass(frozen=True)
class End:
    """The difference with one input at one end of its range.

    Attributes:
        value: of the input, in the unit used inside.
        difference: other less baseline there.
        effect: the same less the difference with all inputs as they stand, in the same years; the joint interval holds
            for all ends of all inputs together.
        flips: whether another structure is ahead there than with all inputs as they stand, and surely so (its joint
            interval is clear of zero).
    """

    value: float
    difference: PairedDifference
    effect: PairedDifference
    flips: bool


@dataclass(frozen=True)
class Bar:
    """One input of a tornado.

    Attributes:
        input: what was moved.
        low: with it at the lower end.
        high: with it at the upper end.
        swing: what moving it from one end to the other changes: high less low, in the same years.
        years: that it was measured with.
    """

    input: Input
    low: End
    high: End
    swing: PairedDifference
    years: int

    @property
    def ends(self) -> tuple[End, End]:
        """Lower and upper end."""
        return self.low, self.high

    @property
    def reach(self) -> float:
        """How far apart the differences at both ends and with all inputs as they stand lie."""
        effects = [0.0, *(end.effect.mean for end in self.ends)]
        return max(effects) - min(effects)

    @property
    def moves(self) -> bool:
        """Whether its effect at one end, or between both, can be told from nothing."""
        return self.swing.told_apart or any(end.effect.told_apart for end in self.ends)

    @property
    def flips(self) -> bool:
        """Whether the winner changes at an end."""
        return any(end.flips for end in self.ends)


@dataclass(frozen=True)
class Sensitivity:
    """What every method finds: how the difference follows the inputs.

    Attributes:
        question: what was asked.
    """

    question: Question
    kind: ClassVar[str] = "sensitivity"
    method: ClassVar[Literal["tornado", "morris", "sobol"]]

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.question.scenario

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Plain values of each input."""
        raise NotImplementedError

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """One row an input."""
        import pandas as pd

        return {"": pd.DataFrame(self.rows)}


@dataclass(frozen=True)
class Tornado(Sensitivity):
    """The difference between two structures with each input at both ends of its range.

    Attributes:
        base: the difference with all inputs as they stand.
        bars: inputs, the one that moves the difference most first.
        screened: years of the first look at every input.
        years: of the inputs that move most.
    """

    base: PairedDifference
    bars: tuple[Bar, ...]
    screened: int
    years: int
    method = "tornado"

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What was moved, as ordered."""
        return tuple(bar.input for bar in self.bars)

    @cached_property
    def sentences(self) -> tuple[Phrase, ...]:
        """What it says, the most important first."""
        return tornado_says(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "method": self.method,
            **self.question.to_dict(),
            "screened": self.screened,
            "years": self.years,
            "difference": number(self.base.mean),
            "difference_low": number(self.base.low),
            "difference_high": number(self.base.high),
            "inputs": self.rows,
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its range, and difference and effect at both ends with intervals."""
        return [_row(bar) for bar in self.bars]


def _row(bar: Bar) -> dict[str, Any]:
    row: dict[str, Any] = {"input": bar.input.name, "unit": bar.input.variable.quantity.unit, "years": bar.years}
    row |= {"value": bar.input.value, "swing": number(bar.swing.mean), "moves": bar.moves, "flips": bar.flips}
    for name, end in zip(("low", "high"), bar.ends, strict=True):
        row |= {name: end.value, f"{name}_flips": end.flips}
        for what, found in (("difference", end.difference), ("effect", end.effect)):
            row[f"{name}_{what}"] = number(found.mean)
            for edge in ("low", "high", "joint_low", "joint_high"):
                row[f"{name}_{what}_{edge}"] = number(getattr(found, edge))
    return row | {"source": bar.input.source}


def tornado(
    question: Question, lab: Lab, replications: int | None = None, top: int | None = None, *, look: int = FIRST_LOOK
) -> Tornado:
    """Each input at both ends of its range, all others as they stand.

    Args:
        question: what is asked.
        lab: where it is simulated.
        replications: years of the inputs that move most, at least 2; 40 when None.
        top: how many these are, 12 when None; the others have no more than the first look.
        look: years of the first look at every input.

    Raises:
        RuntimeError: too many years failed.
    """
    years = REPLICATIONS if replications is None else replications
    top = TOP if top is None else top
    scenarios = [question.scenario]
    for each in question.inputs:
        scenarios += [varied(question.scenario, {each.variable: end}) for end in (each.low, each.high)]
    few = min(look, years) if len(question.inputs) > top else years
    lab.what = say("sensitivity-progress-tornado", inputs=len(question.inputs), years=few)
    first = question.differences(lab, scenarios, range(few))
    _enough(first[0])
    family = 2 * len(question.inputs)
    bars = [_bar(question, n, first[0], first[1 + 2 * n : 3 + 2 * n], family) for n in range(len(question.inputs))]
    order = sorted(range(len(bars)), key=lambda n: -_reach(bars[n]))
    base = question.paired(first[0])
    if years > few:
        chosen = order[:top]
        rows = [0, *(row for n in chosen for row in (1 + 2 * n, 2 + 2 * n))]
        lab.what = say("sensitivity-progress-tornado", inputs=len(chosen), years=years)
        lab.leader = str(bars[order[0]].input.variable.title)
        found = question.differences(lab, [scenarios[row] for row in rows], range(years))
        base = question.paired(found[0])
        for k, n in enumerate(chosen):
            bars[n] = _bar(question, n, found[0], found[1 + 2 * k : 3 + 2 * k], family)
        order = sorted(chosen, key=lambda n: -_reach(bars[n])) + order[top:]
    return Tornado(question, base, tuple(bars[n] for n in order), few, years)


def _reach(bar: Bar) -> float:
    return 0.0 if np.isnan(bar.reach) else bar.reach


def _bar(question: Question, n: int, base: Floats, ends: Floats, family: int) -> Bar:
    each = question.inputs[n]
    stands = question.paired(base)

    def end(n: int, value: float) -> End:
        there = question.paired(ends[n], family=family)
        flips = there.told_apart and there.mean * stands.mean < 0
        return End(value, there, question.paired(ends[n], base, family), flips)

    swing = question.paired(ends[1], ends[0], family)
    return Bar(each, end(0, each.low), end(1, each.high), swing, len(base))


def _enough(differences: Floats) -> None:
    """Two years that have a value are the least from which anything follows."""
    if np.isfinite(differences).sum() < 2:
        raise RuntimeError(worded("years-no-value"))
