"""Why one structure earns more than another: the difference divided among mechanisms, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.intervals import mean_interval
from simulation.analysis.measure_words import is_bare, measure_term
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.explain.players import TEAM, Player, working_roles
from simulation.study.explain.shapley import Floats, Parts
from simulation.texts import Amount, Interval, Percent, Phrase, say

if TYPE_CHECKING:
    import pandas as pd

    from simulation.study.kind import Finding

LEFT = "left"
"""Key of the bar of what is left when all mechanisms are neutral."""
MOST_NAMED = 3
"""Mechanisms that a sentence names at most."""


@dataclass(frozen=True)
class Bar:
    """A part of the difference.

    Attributes:
        key: name of the mechanism, or 'left'.
        title: what it is called.
        meaning: what it means, in a line.
        mean: the part, in the unit of the measure: of the second structure less the first.
        low, high: its interval by itself.
        joint_low, joint_high: its interval that holds together with those of all other bars; the whole difference is a
            question by itself, and both its intervals are the same.
    """

    key: str
    title: Phrase
    meaning: Phrase
    mean: float
    low: float
    high: float
    joint_low: float
    joint_high: float

    @property
    def told(self) -> bool:
        """Whether it is told from zero."""
        return self.joint_low > 0 or self.joint_high < 0

    @property
    def half_width(self) -> float:
        """Half the width of the joint interval."""
        return (self.joint_high - self.joint_low) / 2


def _turned(each: Bar) -> Bar:
    """The part of the first structure less the second."""
    return replace(
        each,
        mean=0.0 - each.mean,
        low=0.0 - each.high,
        high=0.0 - each.low,
        joint_low=0.0 - each.joint_high,
        joint_high=0.0 - each.joint_low,
    )


def bar(key: str, values: Floats, level: float, family: int) -> Bar:
    """A bar from its values by block: Student's t, the joint interval by Bonferroni's inequality.

    Args:
        key: name of the mechanism, 'left' or 'whole'.
        values: shape (blocks,).
        level: level of the intervals.
        family: intervals that are read together.
    """
    alone = mean_interval(values, level)
    joint = mean_interval(values, 1 - (1 - level) / family)
    title, meaning = say(f"mechanism-{key}"), say(f"mechanism-{key}-means")
    return Bar(key, title, meaning, alone.mean, alone.low, alone.high, joint.low, joint.high)


@dataclass(frozen=True)
class Explanation:
    """The difference between two structures, divided; the bars add up to it.

    Attributes:
        scenario: what was studied.
        structures: the two: the first is what the second is compared with.
        measure: what is explained.
        level: level of the intervals.
        bars: the mechanisms at work, the largest part first.
        left: what is left when all of them are neutral and each structure is one pooled team.
        whole: the whole difference, second less first.
        means: of the two structures, as written, in the same years.
        idle: mechanisms at work in neither structure; their part is exactly nothing.
        alone: of the largest told bars, what taking away this one moves with all else as written, as a sweep does.
        parts: what each block of years says, players in the order of ``players``.
        players: the mechanisms at work in the order of the model.
        runs: runs (one structure in one year) that were asked for.
        simulated: those of them that were simulated now, the others were known.
        reached: whether the intervals became as narrow as asked; None where nothing was asked.
        measurements: the finding on uncertain inputs that names what to measure first; None where it was left out.
        first: sentences on what to measure first.
    """

    scenario: Scenario
    structures: tuple[str, str]
    measure: str
    level: float
    bars: tuple[Bar, ...]
    left: Bar
    whole: Bar
    means: tuple[float, float]
    idle: tuple[Player, ...]
    alone: tuple[Bar, ...]
    parts: Parts
    players: tuple[Player, ...]
    runs: int
    simulated: int
    reached: bool | None = None
    measurements: Finding | None = None
    first: tuple[Phrase, ...] = ()

    @property
    def kind(self) -> str:
        """'explanation'."""
        return "explanation"

    @property
    def years(self) -> int:
        """Possible years in it."""
        return self.parts.count

    @property
    def titles(self) -> tuple[str, str]:
        """What the two are called."""
        first, second = structure_titles(self.scenario, self.structures).values()
        return first, second

    @property
    def unit(self) -> Any:
        """Unit of the measure."""
        return describe(self.measure).unit

    @property
    def second_is_ahead(self) -> bool:
        """Whether the second structure has the better mean."""
        return (self.whole.mean > 0) == describe(self.measure).upwards

    @property
    def to_the_one_ahead(self) -> Explanation:
        """The same read as the sentences and a comparison read it: the one ahead less the other.

        Its `parts` stay second less first, as they were measured.
        """
        if self.second_is_ahead:
            return self
        first, second = self.structures
        return replace(
            self,
            structures=(second, first),
            means=(self.means[1], self.means[0]),
            bars=tuple(map(_turned, self.bars)),
            alone=tuple(map(_turned, self.alone)),
            left=_turned(self.left),
            whole=_turned(self.whole),
        )

    @property
    def sentences(self) -> Sequence[Phrase]:
        """Who is ahead by how much, what decides, what is left, what the interval is of, what to measure first."""
        interval = say("interval-alone", years=self.years, seed=str(self.scenario.experiment.seed))
        return [*_finding(self), *_deciding(self), *_rest(self), *_beside_sweeps(self), interval, *self.first]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values; a mechanism that is at work in neither structure has a part of 0."""
        return {
            "structures": list(self.structures),
            "measure": self.measure,
            "unit": self.unit,
            "level": self.level,
            "means": dict(zip(self.structures, self.means, strict=True)),
            "difference": _plain(self.whole),
            "bars": [_plain(each) for each in (*self.bars, self.left)],
            "alone": [_plain(each) for each in self.alone],
            "at_work_in_neither": [each.key for each in self.idle],
            "exact": self.parts.exact,
            "years": self.years,
            "failed_blocks": self.parts.failed,
            "runs": self.runs,
            "simulated": self.simulated,
            "precision_reached": self.reached,
            "measure_first": [str(each) for each in self.first],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """'': the bars, one row each, with what is left and the whole; 'years': the parts of every block of years."""
        import pandas as pd

        rows = [
            {"bar": each.key, "title": str(each.title), "measure": self.measure, "unit": self.unit, **_numbers(each)}
            for each in (*self.bars, self.left, self.whole)
        ]
        for each in self.idle:
            rows.append({"bar": each.key, "title": str(each.title), "measure": self.measure, "unit": self.unit})
            rows[-1] |= dict.fromkeys(_NUMBERS, 0.0)
        names = [*(each.key for each in self.players), LEFT]
        blocks = [
            {"years": " ".join(map(str, years)), "bar": name, "part": float(value)}
            for years, values in zip(self.parts.years, self.parts.bars, strict=True)
            for name, value in zip(names, values, strict=True)
        ]
        return {"": pd.DataFrame(rows), "years": pd.DataFrame(blocks, columns=["years", "bar", "part"])}


_NUMBERS = ("mean", "low", "high", "joint_low", "joint_high")


def _numbers(each: Bar) -> dict[str, float]:
    return {name: float(getattr(each, name)) for name in _NUMBERS}


def _plain(each: Bar) -> dict[str, Any]:
    """A bar as plain values; an end that few years leave open is nothing."""
    numbers = {name: value if np.isfinite(value) else None for name, value in _numbers(each).items()}
    return {"key": each.key, "title": str(each.title), **numbers, "told_from_zero": each.told}


# --- in words ---------------------------------------------------------------------------------------------------------


def _finding(found: Explanation) -> list[Phrase]:
    """Who is ahead and by how much."""
    best, rival = found.titles[::-1] if found.second_is_ahead else found.titles
    whole = found.whole
    values = {
        "best": best,
        "rival": rival,
        "measure": measure_term(found.measure, bare=is_bare([found.scenario])),
        "difference": _amount(found, abs(whole.mean)),
        "interval": _interval(found, whole.low, whole.high),
        "years": found.years,
        "level": Percent(found.level),
    }
    apart = whole.low > 0 or whole.high < 0
    return [say("explain-ahead" if apart else "explain-not-told", **values)]


def _deciding(found: Explanation) -> list[Phrase]:
    """The two or three that decide, of those that are told from zero; then those that speak for the other."""
    upwards = 1.0 if describe(found.measure).upwards else -1.0
    told = [(each, each.mean * _sign(found)) for each in found.bars if each.told]
    best = found.titles[1] if found.second_is_ahead else found.titles[0]
    said = []
    for key, chosen in (
        ("explain-for", [pair for pair in told if pair[1] * upwards > 0]),
        ("explain-against", [pair for pair in told if pair[1] * upwards < 0]),
    ):
        if chosen:
            parts = [say("explain-part", name=each.title, part=_signed(found, part)) for each, part in chosen]
            said.append(say(key, name=best, parts=parts[:MOST_NAMED]))
    if not told and found.bars:
        said.append(say("explain-none-told", years=found.years))
    elif len(told) < len(found.bars):
        rest = [each.title for each in found.bars if not each.told]
        said.append(say("explain-rest", names=rest))
    return said


def _rest(found: Explanation) -> list[Phrase]:
    """What remains when everything is neutral, and why; what is exactly nothing."""
    best = found.titles[1] if found.second_is_ahead else found.titles[0]
    left, sign = found.left, _sign(found)
    if left.mean == left.joint_low == left.joint_high == 0.0:
        said = [say("explain-left-nothing")]
    elif left.told:
        helps = (sign * left.mean > 0) == describe(found.measure).upwards
        ends = sorted((abs(left.joint_low), abs(left.joint_high)))
        interval = Interval(ends[0], ends[1], found.unit, _currency(found))
        values = {"name": best, "part": _amount(found, abs(left.mean)), "interval": interval, "why": _why_left(found)}
        said = [say("explain-left-ahead" if helps else "explain-left-behind", **values)]
    else:
        said = [say("explain-left-not-told", interval=_interval(found, left.joint_low, left.joint_high))]
    if found.idle:
        said.append(say("explain-idle", names=[each.title for each in found.idle]))
    return said


def _why_left(found: Explanation) -> Phrase:
    """What differs between the two where each is one pooled team."""
    teams = [working_roles(found.scenario.structures[name]) for name in found.structures]
    if TEAM not in found.players and any(len(roles) > 1 for roles in teams):
        return say("explain-why-team")
    first, second = (sum(role.headcount for role in roles.values()) for roles in teams)
    if first != second:
        return say("explain-why-people", first=first, second=second)
    one, other = ({duty.activity for role in roles.values() for duty in role.activities} for roles in teams)
    return say("explain-why-rest" if one == other else "explain-why-work")


def _beside_sweeps(found: Explanation) -> list[Phrase]:
    """What a sweep of a mechanism shows beside its bar, which is an average over all orders."""
    if not found.alone:
        return []
    bars = {each.key: each for each in found.bars}
    parts = [
        say(
            "explain-beside",
            name=each.title,
            alone=_signed(found, each.mean * _sign(found)),
            part=_signed(found, bars[each.key].mean * _sign(found)),
        )
        for each in found.alone
    ]
    best = found.titles[1] if found.second_is_ahead else found.titles[0]
    return [say("explain-sweep", name=best, parts=parts)]


def _sign(found: Explanation) -> float:
    """Turns second less first into the one ahead less the other."""
    return 1.0 if found.second_is_ahead else -1.0


def _currency(found: Explanation) -> str:
    return found.scenario.currency if found.unit == "money" else ""


def _interval(found: Explanation, low: float, high: float) -> Interval:
    """By how much the one ahead is better: below zero where it may be worse."""
    better = _sign(found) if describe(found.measure).upwards else -_sign(found)
    ends = sorted((better * low, better * high))
    return Interval(ends[0], ends[1], found.unit, _currency(found))


def _amount(found: Explanation, value: float) -> Amount:
    return Amount(value, found.unit, _currency(found))


def _signed(found: Explanation, value: float) -> Phrase:
    """An amount with its sign before it."""
    return say("explain-plus" if value >= 0 else "explain-minus", amount=_amount(found, abs(value)))
