"""What a map says in words."""

from __future__ import annotations

import math
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from simulation.scenario.titles import role_titles
from simulation.study.field.border import Crossing
from simulation.study.field.sweep_words import won
from simulation.study.points import split_text, told
from simulation.study.terms import measure_term
from simulation.texts import Amount, Percent, Phrase, joined, say

if TYPE_CHECKING:
    from simulation.study.field.winner_map import WinnerMap

MOST_ROWS = 7
"""Rows whose border is said; of more, so many in even steps."""
MOST_SPLITS = 3
"""Splits of a structure that are named, the most frequent first."""


def sentences(found: WinnerMap) -> list[Phrase]:
    """All that a map says, the most important first."""
    if all(cell.contest.years == 0 for cell in found.cells):
        return [say("sweep-nothing", measure=measure_term(found.terms.measure))]
    said = won(found.cells, found.variables, found.titles, found.terms.measure, "map")
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
