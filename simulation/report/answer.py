"""The answer of a comparison, in the sentences that the terminal's one screen and the page begin with.

Both say the same, of the same pair, with the same sign: of each structure at its best where that was looked for, and
then in one sentence how that stands to the structures as they are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulation.analysis.catalogue import describe
from simulation.analysis.cautions import Caution
from simulation.analysis.plain import plain
from simulation.analysis.results import Comparison
from simulation.study.compare.best import AtBest
from simulation.study.compare.best_words import lines, next_step
from simulation.texts import Amount, Phrase, say

CAUTIONS = 2
"""Cautions that stand above the answer; of the others it is said how many there are."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is said first.

    Attributes:
        shown: the comparison that the answer is about: of the best ways where they were looked for.
        at_best: whether any structure in it is not as it is drawn.
        cautions: what must be known before the answer is believed.
        others: how many more cautions there are.
        headline: who is ahead by how much.
        sure: how sure that is, and what is at stake.
        firm: in how many what-ifs it holds; of a sure answer, that nothing but the drawings was compared, where no
            best was looked for; None where they were not asked.
        next: what to do next.
        costs: for each structure what it loses as it is drawn.
        drawn: how the structures as drawn stand to it; None where the answer is about them.
        measure: what to measure first; None where that is not known.
    """

    shown: Comparison
    at_best: bool
    cautions: tuple[Caution, ...]
    others: int
    headline: Phrase
    sure: Phrase
    firm: Phrase | None
    next: Phrase
    costs: tuple[Phrase, ...]
    drawn: Phrase | None
    measure: Phrase | None

    @property
    def title(self) -> Phrase:
        """What the headline is called."""
        return say("at-best-verdict" if self.at_best else "page-verdict")


def answer_of(drawn: Comparison, best: AtBest | None = None) -> Answer:
    """The answer of a comparison.

    Args:
        drawn: the structures as they are drawn.
        best: each at its best, where that was looked for.
    """
    shown = drawn if best is None else best.comparison
    found = plain(shown)
    first = [each for each in shown.cautions if each.first]
    firm = best.firm if best is not None else None
    changed = best is not None and best.changed
    # what to measure is named right behind, so nobody is sent to another command for it
    known = found.act == "measure" and firm is not None and firm.first is not None
    step = say("answer-next-measure", baseline=shown.titles[shown.baseline]) if known else found.next
    return Answer(
        shown=shown,
        at_best=changed,
        cautions=tuple(first[:CAUTIONS]),
        others=len(shown.cautions) - len(first[:CAUTIONS]),
        headline=found.headline,
        sure=found.sure,
        firm=_firm(drawn, best, sure=found.act == "yes"),
        next=step if best is None else next_step(best, step),
        costs=() if best is None else tuple(lines(best)),
        drawn=as_drawn(drawn, shown) if changed else None,
        measure=None if firm is None else firm.first,
    )


def _firm(drawn: Comparison, best: AtBest | None, *, sure: bool) -> Phrase | None:
    """How firm the answer is; a sure one about drawings alone may turn by moving a person, whatever its years say."""
    if best is None:
        return say("answer-drawn-alone") if sure and len(drawn.scenarios) == 1 else None
    return None if best.firm is None else best.firm.text


def as_drawn(drawn: Comparison, shown: Comparison) -> Phrase:
    """How the pair of the answer stands as it is drawn: the same pair in the same order, so the same sign."""
    best, rival = shown.verdict.best, shown.verdict.rival
    titles = {"best": shown.titles[best], "rival": shown.titles.get(rival, "")}
    if not rival or not (found := drawn.pair(best, rival, shown.measure)).n:
        return say("answer-drawn-unknown", **titles)
    upwards = 1.0 if describe(shown.measure).upwards else -1.0
    amount = Amount(abs(found.mean), describe(shown.measure).unit, drawn.scenario.currency)
    if not found.told_apart:
        return say("answer-drawn-open", **titles, difference=amount)
    return say("answer-drawn-same" if found.mean * upwards > 0 else "answer-drawn-turned", **titles, difference=amount)
