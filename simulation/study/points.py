"""Points of a design: variables at values, the scenario at each, what the structures do there and who is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from simulation.analysis.intervals import Interval, PairedDifference, paired_difference
from simulation.analysis.verdict import Standing, standing
from simulation.scenario.scenario import Scenario
from simulation.study.terms import Floats, Terms, mean_of, number
from simulation.study.variation import Variable, VariationError, settings, varied
from simulation.texts import Amount, Percent, Verbatim, joined, texts, verbatim, worded
from simulation.texts.values import percent_decimals
from simulation.written.errors import ScenarioError, beside

MOST_DIGITS = 3
"""Most digits that are added to a value so that it reads as what it is."""


@dataclass(frozen=True, kw_only=True)
class Contest(Standing):
    """What the same years say of several structures at one point: the verdict there, with what it rests on.

    Attributes:
        means: the measure under each structure, with its pointwise interval.
        differences: each structure less the baseline; joint intervals hold for all pairs and all looks.
        years: compared; one that failed under any structure is left out for all.
        looks: how often the same comparison could have been ended.
    """

    means: Mapping[str, Interval]
    differences: Mapping[str, PairedDifference]
    years: int
    looks: int = 1


def contest(values: Floats, found: Terms, looks: int = 1) -> Contest:
    """Compares structures year by year.

    Args:
        values: shape (structures, years); NaN where a year failed or the measure is undefined.
        found: what is compared.
        looks: how often this comparison may be looked at before it is believed; the doubt is shared out (Bonferroni).
    """
    kept = values[:, ~np.isnan(values).any(axis=0)]
    rows = dict(zip(found.structures, kept, strict=True))
    family = found.pairs * looks

    def less(one: str, other: str) -> PairedDifference:
        return paired_difference(
            rows[one], rows[other], level=found.level, family=family, higher_is_better=found.higher
        )

    means = {name: mean_of(found.measure, row, found.level) for name, row in rows.items()}
    years = kept.shape[1]
    stands = Standing(best="", rival="", told_apart=False, confidence=0.0, difference=None, contenders=found.structures)
    if years:
        middle = {name: each.mean for name, each in means.items()}
        stands = standing(middle, less, higher=found.higher, looks=looks)
    differences = {name: less(name, found.baseline) for name in found.others}
    return Contest(**vars(stands), means=means, differences=differences, years=years, looks=looks)


@dataclass(frozen=True)
class Point:
    """One point of a design.

    Attributes:
        values: of the variables, in their order, in the unit used inside.
        contest: what the structures do there.
        splits: headcounts of the roles by structure, where they were chosen at this point.
    """

    values: tuple[float, ...]
    contest: Contest
    splits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def scenarios_at(
    scenario: Scenario, variables: Sequence[Variable], points: Sequence[tuple[float, ...]]
) -> list[Scenario]:
    """The scenario at each point.

    Raises:
        VariationError: two variables set the same value, or there is no such scenario at a point, which is named.
    """
    made: list[Scenario] = []
    for values in points:
        at = dict(zip(variables, values, strict=True))
        try:
            if not made:
                _apart(scenario, at)
            made.append(varied(scenario, at))
        except ScenarioError as error:
            first = error.problems[0]
            what = beside(joined((Verbatim(first.path), verbatim(first.message)), ": "), first.allowed)
            raise VariationError(worded("no-scenario-at", point=named(at), what=what)) from None
        except ValueError as error:
            raise VariationError(worded("no-scenario-at", point=named(at), what=error)) from None
    return made


def _apart(scenario: Scenario, at: Mapping[Variable, float]) -> None:
    """Refuses variables that move the same value: only one of them could have its way."""
    owners: dict[str, str] = {}
    for each, value in at.items():
        for path in settings(scenario, {each: value}):
            if path in owners:
                raise VariationError(worded("both-set", owners=owners[path], name=each.name, path=path))
            owners[path] = each.name


def named(at: Mapping[Variable, float]) -> str:
    """A point in words, as a scenario would write it."""
    return ", ".join(f"{each.name}={each.written(value)}" for each, value in at.items())


def told(variable: Variable, values: Sequence[float], currency: str = "") -> list[Amount | Percent]:
    """Values of a variable for sentences and axes, with the same digits, as few as tell them from each other.

    Args:
        variable: what they are of.
        values: in the unit used inside.
        currency: of money.
    """
    plain = [variable.amount(value, currency) for value in values]
    if variable.whole:
        return plain
    write = texts("en").written
    span = (max(values) - min(values)) if values else 0.0
    for more in range(MOST_DIGITS + 1):
        made = [_finer(each, more) for each in plain]
        apart = len({write(each) for each in made}) == len(set(values))
        if apart and all(_close(each, value, span) for each, value in zip(made, values, strict=True)):
            break
    return made


def _finer(amount: Amount | Percent, more: int) -> Amount | Percent:
    """With more digits; a whole number among others has as many as they."""
    if isinstance(amount, Amount) and amount.unit == "number" and amount.value == int(amount.value):
        more += bool(more) and abs(amount.value) < 100
    return replace(amount, more=more)


def _close(written: Amount | Percent, value: float, span: float) -> bool:
    """Whether what is read is the value, to a hundredth of the range."""
    if isinstance(written, Percent):
        decimals = percent_decimals(value, written.more)
        return abs(round(100 * value, decimals) - 100 * value) <= max(span, 1e-9)
    if written.unit != "number":
        return True  # three figures of money, a tenth of an hour: near enough
    decimals = written.more + (0 if abs(value) >= 100 or value == int(value) else 1)
    return abs(round(value, decimals) - value) <= max(0.01 * span, 1e-12)


def records_of(variables: Sequence[Variable], points: Sequence[Point], found: Terms) -> Iterator[dict[str, Any]]:
    """Rows by point and structure: mean and difference from the baseline with their intervals."""
    for n, point in enumerate(points):
        for name in found.structures:
            mean, less = point.contest.means[name], point.contest.differences.get(name)
            row: dict[str, Any] = {"point": n, **at_of(variables, point), "structure": name}
            row |= {"measure": found.measure, "mean": mean.mean, "low": mean.low, "high": mean.high, "years": mean.n}
            row["less"] = found.baseline if less else ""
            for key in ("mean", "low", "high", "joint_low", "joint_high", "confidence_mean_better"):
                row[key if key.startswith("conf") else f"difference_{key}"] = getattr(less, key) if less else None
            if point.splits:
                row["split"] = split_text(point.splits[name])
            yield row


def winners_of(variables: Sequence[Variable], points: Sequence[Point]) -> Iterator[dict[str, Any]]:
    """Rows by point: who is ahead, whether that is told, and how sure."""
    for n, point in enumerate(points):
        found = point.contest
        yield {
            "point": n,
            **at_of(variables, point),
            "winner": found.winner,
            "ahead": found.best,
            "told_apart": found.told_apart,
            "sure": found.confidence,
            "rival": found.rival,
            "lead": found.difference.mean if found.difference else None,
            "lead_joint_low": found.difference.joint_low if found.difference else None,
            "lead_joint_high": found.difference.joint_high if found.difference else None,
            "years": found.years,
        }


def at_of(variables: Sequence[Variable], point: Point) -> dict[str, float]:
    """Values of a point by the name of the variable."""
    return {each.name: value for each, value in zip(variables, point.values, strict=True)}


def split_text(heads: Mapping[str, int]) -> str:
    """Headcounts as '2-3-3', in the order of the roles."""
    return "-".join(str(count) for count in heads.values())


def as_dict(found: Contest) -> dict[str, Any]:
    """Plain values of a contest."""
    return {
        "best": found.best or None,
        "told_apart": found.told_apart,
        "sure": number(found.confidence),
        "contenders": list(found.contenders),
        "years": found.years,
        "means": {name: _ends(each) for name, each in found.means.items()},
        "differences": {
            name: _ends(each) | {"joint_low": number(each.joint_low), "joint_high": number(each.joint_high)}
            for name, each in found.differences.items()
        },
    }


def _ends(found: Interval | PairedDifference) -> dict[str, float | None]:
    return {"mean": number(found.mean), "low": number(found.low), "high": number(found.high)}


def point_dict(variables: Sequence[Variable], point: Point) -> dict[str, Any]:
    """Plain values of a point."""
    made: dict[str, Any] = {"at": at_of(variables, point), **as_dict(point.contest)}
    if point.splits:
        made["splits"] = {name: dict(heads) for name, heads in point.splits.items()}
    return made


def crossing(at: tuple[float, float], difference: tuple[float, float]) -> float | None:
    """Where a difference is zero between two places, by straight interpolation; None where it keeps its sign."""
    (a, b), (p, q) = at, difference
    if p == q or p * q > 0:
        return None
    return a + (b - a) * p / (p - q)
