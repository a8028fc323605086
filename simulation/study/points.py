"""Points of a design: variables at values, the scenario at each, and what the structures do there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.scenario.errors import ScenarioError
from simulation.scenario.scenario import Scenario
from simulation.study.contest import Contest, Terms, as_dict
from simulation.study.variation import Variable, VariationError, settings, varied
from simulation.texts import Amount, Percent, texts
from simulation.texts.values import percent_decimals

MOST_DIGITS = 3
"""Most digits that are added to a value so that it reads as what it is."""


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
            what = f"{first.path}: {first.message}" if first.path else first.message
            allowed = f"; allowed: {first.allowed}" if first.allowed else ""
            raise VariationError(f"no scenario at {named(at)}: {what}{allowed}") from None
        except ValueError as error:
            raise VariationError(f"no scenario at {named(at)}: {error}") from None
    return made


def _apart(scenario: Scenario, at: Mapping[Variable, float]) -> None:
    """Refuses variables that move the same value: only one of them could have its way."""
    owners: dict[str, str] = {}
    for each, value in at.items():
        for path in settings(scenario, {each: value}):
            if path in owners:
                raise VariationError(f"{owners[path]} and {each.name} both set {path}; vary one of them")
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
    for number, point in enumerate(points):
        for name in found.structures:
            mean, less = point.contest.means[name], point.contest.differences.get(name)
            row: dict[str, Any] = {"point": number, **at_of(variables, point), "structure": name}
            row |= {"measure": found.measure, "mean": mean.mean, "low": mean.low, "high": mean.high, "years": mean.n}
            row["less"] = found.baseline if less else ""
            for key in ("mean", "low", "high", "joint_low", "joint_high", "confidence_mean_better"):
                row[key if key.startswith("conf") else f"difference_{key}"] = getattr(less, key) if less else None
            if point.splits:
                row["split"] = split_text(point.splits[name])
            yield row


def winners_of(variables: Sequence[Variable], points: Sequence[Point]) -> Iterator[dict[str, Any]]:
    """Rows by point: who is ahead, whether that is told, and how sure."""
    for number, point in enumerate(points):
        found = point.contest
        yield {
            "point": number,
            **at_of(variables, point),
            "winner": found.winner,
            "ahead": found.best,
            "told_apart": found.told_apart,
            "sure": found.sure,
            "rival": found.rival,
            "lead": found.lead.mean if found.lead else None,
            "lead_joint_low": found.lead.joint_low if found.lead else None,
            "lead_joint_high": found.lead.joint_high if found.lead else None,
            "years": found.years,
        }


def at_of(variables: Sequence[Variable], point: Point) -> dict[str, float]:
    """Values of a point by the name of the variable."""
    return {each.name: value for each, value in zip(variables, point.values, strict=True)}


def split_text(heads: Mapping[str, int]) -> str:
    """Headcounts as '2-3-3', in the order of the roles."""
    return "-".join(str(count) for count in heads.values())


def point_dict(variables: Sequence[Variable], point: Point) -> dict[str, Any]:
    """Plain values of a point."""
    made = {"at": at_of(variables, point), **as_dict(point.contest)}
    if point.splits:
        made["splits"] = {name: dict(heads) for name, heads in point.splits.items()}
    return made


def crossing(at: tuple[float, float], difference: tuple[float, float]) -> float | None:
    """Where a difference is zero between two places, by straight interpolation; None where it keeps its sign."""
    (a, b), (p, q) = at, difference
    if p == q or p * q > 0:
        return None
    return a + (b - a) * p / (p - q)
