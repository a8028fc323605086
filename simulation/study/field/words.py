"""What a sweep and a map say, in sentences.

Here too: what a sweep says in words; what a map says in words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.titles import role_titles
from simulation.study.points import Contest, Point, crossing, split_text, told
from simulation.study.terms import amount_of, term_of
from simulation.study.variation import Variable
from simulation.texts import Amount, Percent, Phrase, Term, joined, say

if TYPE_CHECKING:
    from simulation.study.field.sweep import Sweep
    from simulation.study.field.winner_map import Crossing, WinnerMap


Floats = NDArray[np.float64]
LINKED = 0.35
"""Correlation of a win with a variable from which it is said to come with its high or its low values."""
MOST_NAMED = 2
"""Variables that are named as those which matter most."""


@dataclass(frozen=True)
class Stretch:
    """Neighbouring values of one variable with the same winner; '' where that is open.

    Attributes:
        winner: name of the structure.
        first, last: places of its ends among the points in order.
    """

    winner: str
    first: int
    last: int


def sweep_sentences(found: Sweep) -> list[Phrase]:
    """All that a sweep says, the most important first."""
    if all(point.contest.years == 0 for point in found.points):
        return [say("sweep-nothing", measure=term_of(found.terms.measure, found.scenario))]
    said = _along(found) if len(found.variables) == 1 else _over(found)
    said.append(
        say(
            "sweep-certainty",
            level=Percent(found.terms.level),
            chance=Percent(1.0 - found.terms.level),
            years=found.terms.replications,
            points=len(found.points),
            many="yes" if found.terms.pairs > 1 else "no",
        )
    )
    if found.precision is not None:
        said.append(found.precision.text)
    if found.design == "sobol" and found.asked is not None and found.asked != len(found.points):
        said.append(say("sweep-rounded", asked=found.asked, points=len(found.points)))
    if found.failed:
        said.append(say("sweep-failed", years=found.failed))
    return said


# --- one variable -----------------------------------------------------------------------------------------------------


def ordered(found: Sweep) -> list[Point]:
    """Points of one variable by its value."""
    return sorted(found.points, key=lambda point: point.values[0])


def stretches(points: Sequence[Point]) -> list[Stretch]:
    """Neighbours with the same winner, together."""
    made = []
    for winner, group in groupby(range(len(points)), key=lambda n: points[n].contest.winner):
        places = list(group)
        made.append(Stretch(winner, places[0], places[-1]))
    return made


def lead_over(found: Contest, one: str, other: str) -> float:
    """Mean of one structure less that of another."""
    return found.means[one].mean - found.means[other].mean


def equal_at(points: Sequence[Point], one: str, other: str, first: int, last: int) -> float | None:
    """Where two structures are equal between two points of one variable, by straight interpolation; None: nowhere."""
    for n in range(first, last):
        here, there = points[n], points[n + 1]
        at = here.values[0], there.values[0]
        zero = crossing(at, (lead_over(here.contest, one, other), lead_over(there.contest, one, other)))
        if zero is not None:
            return zero
    return None


def _along(found: Sweep) -> list[Phrase]:
    points, what = ordered(found), found.variables[0]
    currency, measure = found.scenario.currency, term_of(found.terms.measure, found.scenario)
    values = [point.values[0] for point in points]
    amounts = told(what, values, currency)
    runs = stretches(points)
    winners = [each for each in runs if each.winner]
    names = {each.winner for each in winners}
    shared: dict[str, Any] = {"measure": measure, "variable": what.title}
    ends = {"low": amounts[0], "high": amounts[-1]}
    said: list[Phrase] = []
    for before, after in zip(winners, winners[1:], strict=False):
        if before.winner == after.winner:
            continue
        zero = equal_at(points, before.winner, after.winner, before.last, after.first)
        said.append(
            say(
                "sweep-flip",
                **shared,
                before=found.titles[before.winner],
                after=found.titles[after.winner],
                low=amounts[before.last],
                high=amounts[after.first],
                zero=_between(what, values, zero, currency),
            )
        )
    if len(names) == 1:
        best = found.titles[winners[0].winner]
        if len(runs) == 1:
            said.append(say("sweep-throughout", **shared, **ends, best=best, points=len(points)))
        else:
            where = [_stretch(amounts, each) for each in winners]
            rest = [_stretch(amounts, each) for each in runs if not each.winner]
            said.append(say("sweep-partly", **shared, best=best, where=where, rest=rest))
    elif not names:
        said.append(say("sweep-open", **shared, **ends, names=list(found.titles.values())))
    said += between(found.points, found.titles)
    said += [_ends(found, points, amounts, name) for name in found.terms.others]
    return said


def _stretch(amounts: Sequence[Amount | Percent], each: Stretch) -> Phrase:
    low, high = amounts[each.first], amounts[each.last]
    return say("sweep-value", at=low) if each.first == each.last else say("sweep-range", low=low, high=high)


def _between(what: Variable, values: Sequence[float], zero: float | None, currency: str) -> Amount | Percent | str:
    """A value between others, with their digits."""
    return "–" if zero is None else told(what, [*values, zero], currency)[-1]


def _ends(found: Sweep, points: Sequence[Point], amounts: Sequence[Amount | Percent], name: str) -> Phrase:
    first, last = points[0].contest.differences[name].mean, points[-1].contest.differences[name].mean
    return say(
        "sweep-ends",
        one=found.titles[name],
        other=found.titles[found.terms.baseline],
        measure=term_of(found.terms.measure, found.scenario),
        first=amount_of(found.terms.measure, first, found.scenario.currency),
        last=amount_of(found.terms.measure, last, found.scenario.currency),
        low=amounts[0],
        high=amounts[-1],
        variable=found.variables[0].title,
    )


# --- several variables ------------------------------------------------------------------------------------------------


def _over(found: Sweep) -> list[Phrase]:
    said = won(found.points, found.variables, found.titles, term_of(found.terms.measure, found.scenario), "sweep")
    for name in found.terms.others:
        said += _movers(found, name)
    return said


def won(
    points: Sequence[Point], variables: Sequence[Variable], titles: dict[str, str], measure: Term, kind: str
) -> list[Phrase]:
    """At how many points each structure wins, and at which values mostly; then how many are open."""
    by_winner = {name: [point.contest.winner == name for point in points] for name in titles}
    order = sorted((name for name, flags in by_winner.items() if any(flags)), key=lambda n: -sum(by_winner[n]))
    said = [
        say(
            f"{kind}-won",
            best=titles[name],
            measure=measure,
            count=sum(by_winner[name]),
            points=len(points),
            where=_where(points, variables, by_winner[name]),
        )
        for name in order
    ]
    open_ = sum(not point.contest.winner for point in points)
    if open_:
        said.append(say(f"{kind}-won-open", count=open_, points=len(points)))
    return [*said, *between(points, titles)]


def between(points: Sequence[Point], titles: dict[str, str]) -> list[Phrase]:
    """Which structures may be the best where that is open, if some can be ruled out there."""
    open_ = [point.contest.contenders for point in points if not point.contest.told_apart and point.contest.best]
    names = [name for name in titles if any(name in each for each in open_)]
    if not open_ or len(names) == len(titles):
        return []
    return [say("sweep-open-between", names=[titles[name] for name in names])]


def _where(points: Sequence[Point], variables: Sequence[Variable], flags: Sequence[bool]) -> Phrase | str:
    """Where among the values a structure wins, '' where that is all over."""
    wins = np.asarray(flags, dtype=float)
    if wins.all() or not wins.any():
        return ""
    at = np.array([point.values for point in points])
    parts = []
    for n, what in enumerate(variables):
        ranks = np.unique(at[:, n], return_inverse=True)[1].astype(float)
        if np.ptp(ranks) > 0:
            linked = float(np.corrcoef(ranks, wins)[0, 1])
            if abs(linked) >= LINKED:
                parts.append(say("sweep-where-high" if linked > 0 else "sweep-where-low", variable=what.title))
    return say("sweep-where", parts=parts) if parts else ""


def _movers(found: Sweep, name: str) -> list[Phrase]:
    """The variables with which the difference changes most: its mean over the lower and over the upper half of each."""
    less = np.array([point.contest.differences[name].mean for point in found.points])
    at = np.array([point.values for point in found.points])
    moved: list[tuple[float, Variable, float, float]] = []
    for n, what in enumerate(found.variables):
        middle = (at[:, n].min() + at[:, n].max()) / 2
        low, high = less[at[:, n] < middle], less[at[:, n] > middle]
        if np.isfinite(low).any() and np.isfinite(high).any():
            means = float(np.nanmean(low)), float(np.nanmean(high))
            moved.append((abs(means[1] - means[0]), what, *means))
    moved.sort(key=lambda each: -each[0])
    measure, currency = found.terms.measure, found.scenario.currency
    return [
        say(
            "sweep-mover" if n == 0 else "sweep-mover-next",
            variable=what.title,
            one=found.titles[name],
            other=found.titles[found.terms.baseline],
            low=amount_of(measure, low, currency),
            high=amount_of(measure, high, currency),
        )
        for n, (_, what, low, high) in enumerate(moved[:MOST_NAMED])
    ]


MOST_ROWS = 7
"""Rows whose border is said; of more, so many in even steps."""
MOST_SPLITS = 3
"""Splits of a structure that are named, the most frequent first."""


def map_sentences(found: WinnerMap) -> list[Phrase]:
    """All that a map says, the most important first."""
    if all(cell.contest.years == 0 for cell in found.cells):
        return [say("sweep-nothing", measure=term_of(found.terms.measure, found.scenario))]
    said = won(found.cells, found.variables, found.titles, term_of(found.terms.measure, found.scenario), "map")
    border = _border(found)
    if border is not None:
        said.append(border)
    if found.resplit:
        said += [_splits(found, name) for name in found.terms.structures if _chosen(found, name)]
    said.append(_certainty(found))
    if found.runs < _brute(found):
        said.append(say("map-effort", runs=Amount(float(found.runs)), brute=Amount(float(_brute(found)))))
    if found.failed:
        said.append(say("sweep-failed", years=found.failed))
    return said


def _border(found: WinnerMap) -> Phrase | None:
    """Where the leader changes, line by line; None where it never does."""
    border = found.border
    if not border.crossed:
        return None
    along, across = (found.x, found.y) if border.along == "x" else (found.y, found.x)
    places: list[int] = list(range(len(border.lines)))
    if len(places) > MOST_ROWS:
        places = sorted({round(n * (len(places) - 1) / (MOST_ROWS - 1)) for n in range(MOST_ROWS)})
    heights = told(across.variable, across.values, found.scenario.currency)
    lines = []
    for key, group in groupby(places, key=lambda n: _ahead(found, n) if not border.lines[n] else n):
        same = list(group)
        low, high = heights[same[0]], heights[same[-1]]
        at = say("sweep-value", at=low) if len(same) == 1 else say("sweep-range", low=low, high=high)
        if isinstance(key, str):
            lines.append(say("map-row-throughout", at=at, best=found.titles[key]))
        else:
            lines.append(say("map-row", at=at, changes=[_change(found, each) for each in border.lines[key]]))
    return say("map-border", along=along.variable.title, across=across.variable.title, rows=joined(lines, "; "))


def _ahead(found: WinnerMap, number: int) -> str:
    """Who is ahead along a whole line."""
    width = len(found.x.values)
    line = found.row(number) if found.border.along == "x" else found.cells[number::width]
    ahead = Counter(cell.contest.best for cell in line if cell.contest.best)
    return ahead.most_common(1)[0][0] if ahead else found.terms.baseline


def _change(found: WinnerMap, each: Crossing) -> Phrase:
    along = found.x if found.border.along == "x" else found.y
    at = told(along.variable, [*along.values, each.at], found.scenario.currency)[-1]
    return say("map-change", before=found.titles[each.before], after=found.titles[each.after], at=at)


def _chosen(found: WinnerMap, name: str) -> bool:
    """Whether there was anything to split."""
    return any(len([count for count in cell.splits.get(name, {}).values() if count]) > 1 for cell in found.cells)


def _splits(found: WinnerMap, name: str) -> Phrase:
    """The splits that a structure got, the most frequent first."""
    counts = Counter(split_text(cell.splits[name]) for cell in found.cells)
    roles = next(iter(found.cells)).splits[name]
    titles = role_titles(found.scenario.structures[name])
    named = [say("map-split", split=split, count=count) for split, count in counts.most_common(MOST_SPLITS)]
    return say(
        "map-splits",
        structure=found.titles[name],
        roles=joined([titles[role] for role in roles], "-"),
        splits=named,
        more=max(0, len(counts) - MOST_SPLITS),
    )


def _certainty(found: WinnerMap) -> Phrase:
    named = sum(cell.contest.told_apart for cell in found.cells)
    looks, pairs = len(found.looks) > 1, found.terms.pairs > 1
    return say(
        "map-certainty" if named else "map-certainty-none",
        level=Percent(found.terms.level),
        looks=len(found.looks),
        joint="both" if looks and pairs else "looks" if looks else "pairs" if pairs else "no",
        wrong=Amount(math.ceil(10 * found.expected_wrong) / 10),
        named=named,
    )


def _brute(found: WinnerMap) -> int:
    """Runs if every cell had been given as many years as the one that got most."""
    most = max(cell.contest.years for cell in found.cells)
    at = next((each for each in found.looks if each >= most), found.looks[-1])
    return at * len(found.cells) * len(found.terms.structures)
