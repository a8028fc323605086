"""What became of the what-ifs: which keep the one ahead ahead, and which turn the answer, in the measure's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulation.analysis.catalogue import describe
from simulation.analysis.intervals import PairedDifference
from simulation.scenario.scenario import Scenario
from simulation.study.terms import number
from simulation.texts import Amount, Phrase, joined, say

About = Literal["choice", "input", "horizon", "end_value"]

SHOWN = 3
"""What-ifs that turn the answer and are named; the others are counted."""
FIRST = 2
"""Inputs that are named as those to measure first."""


@dataclass(frozen=True)
class WhatIf:
    """One what-if.

    Attributes:
        about: what it changes.
        name: of the choice, the input with its value, or the measure.
        words: the condition, as 'Universal shares new leads' or 'hand-offs lose 0.4'.
        difference: the one ahead less its rival there; the better way up.
        moved: the input that is moved, in words; empty where it is none.
    """

    about: About
    name: str
    words: Phrase
    difference: PairedDifference
    moved: str = ""

    @property
    def turns(self) -> bool:
        """Whether the other one is ahead there."""
        return self.difference.mean < 0


@dataclass(frozen=True)
class Firmness:
    """How firm the answer is.

    Attributes:
        scenario: what was studied.
        measure: what decides.
        ahead, rival: the pair.
        titles: of structures in sentences.
        what_ifs: all of them; those that turn the answer first, the dearest ahead.
        years: of each.
    """

    scenario: Scenario
    measure: str
    ahead: str
    rival: str
    titles: Mapping[str, str]
    what_ifs: tuple[WhatIf, ...]
    years: int

    @property
    def turning(self) -> tuple[WhatIf, ...]:
        """Those that turn the answer, the dearest first."""
        return tuple(each for each in self.what_ifs if each.turns)

    @property
    def swings(self) -> tuple[tuple[str, float], ...]:
        """Inputs in words with what moving each from end to end changes, the largest first, in the measure's unit."""
        ends: dict[str, list[float]] = {}
        for each in self.what_ifs:
            if each.moved:
                ends.setdefault(each.moved, []).append(each.difference.mean)
        swings = [(name, max(found) - min(found)) for name, found in ends.items() if len(found) > 1]
        return tuple(sorted(swings, key=lambda each: -each[1]))

    @property
    def first(self) -> Phrase | None:
        """What to measure first: the inputs that move the difference most; None where no input has a range."""
        swings = self.swings[:FIRST]
        if not swings:
            return None
        unit, currency = describe(self.measure).unit, self.scenario.currency
        named = [say("firmness-moves", name=name, worth=Amount(worth, unit, currency)) for name, worth in swings]
        return say("firmness-first", inputs=joined(named, "; "))

    @property
    def text(self) -> Phrase:
        """'The answer holds in 21 of 24 what-ifs; it turns if …'."""
        turning, count = self.turning, len(self.what_ifs)
        said = {"ahead": self.titles[self.ahead], "holds": count - len(turning), "count": count}
        if not turning:
            return say("firmness-all", **said)
        unit, currency = describe(self.measure).unit, self.scenario.currency
        named = [
            say("firmness-turn", what=each.words, worth=Amount(-each.difference.mean, unit, currency))
            for each in turning[:SHOWN]
        ]
        more = len(turning) - SHOWN
        text = say("firmness-turns", **said, what_ifs=joined(named, "; "))
        return joined((text, say("firmness-more", count=more)), " ") if more > 0 else text

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        rows = [
            {
                "about": each.about,
                "name": each.name,
                "words": str(each.words),
                "turns": each.turns,
                "difference": number(each.difference.mean),
                "low": number(each.difference.low),
                "high": number(each.difference.high),
            }
            for each in self.what_ifs
        ]
        return {"ahead": self.ahead, "rival": self.rival, "years": self.years, "text": str(self.text), "what_ifs": rows}
