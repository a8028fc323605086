"""Each structure at its best in sentences: what a drawing costs, and what to change on Monday."""

from __future__ import annotations

from simulation.analysis.catalogue import describe
from simulation.study.compare.best import AtBest, Best
from simulation.texts import Amount, Phrase, joined, say

SHOWN = 4
"""Changes of a structure that are named; the others are counted."""


def as_drawn(found: AtBest, structure: str) -> Phrase:
    """What a structure as it is drawn lies behind its best, and by which changes: 'loses 1.1 mln: clients first …'."""
    best = found.found[structure]
    title = found.drawn.titles[structure]
    if not best.changes:
        return say("at-best-already", structure=title)
    gain = _amount(found, best.gain.mean)
    changes = joined([_change(found, best, n) for n in range(min(SHOWN, len(best.changes)))], "; ")
    more = len(best.changes) - SHOWN
    said = say("at-best-behind", structure=title, gain=gain, changes=changes)
    return joined((said, say("at-best-more", count=more)), " ") if more > 0 else said


def next_step(found: AtBest, step: Phrase) -> Phrase:
    """What to do next, with what has to be changed in the structure that is ahead."""
    ahead = found.comparison.verdict.best
    best = found.found.get(ahead)
    if best is None or not best.changes:
        return step
    changes = joined([change.words for change in best.changes], "; ")
    return joined((step, say("at-best-next", structure=found.drawn.titles[ahead], changes=changes)), " ")


def lines(found: AtBest) -> list[Phrase]:
    """A sentence for each structure, and how the parts add up where there are several."""
    said = [as_drawn(found, name) for name in found.found]
    if any(len(best.changes) > 1 for best in found.found.values()):
        said.append(say("at-best-parts"))
    return said


def _change(found: AtBest, best: Best, number: int) -> Phrase:
    change = best.changes[number]
    return say("at-best-change", what=change.words, worth=_amount(found, change.worth.mean))


def _amount(found: AtBest, value: float) -> Amount:
    return Amount(value, describe(found.drawn.measure).unit, found.drawn.scenario.currency)
