"""What uncertainty of inputs and years says in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.texts import Amount, Percent, Phrase, Sure, say

if TYPE_CHECKING:
    from simulation.study.uncertainty.finding import Uncertainty


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
    spread = found.difference
    said.append(
        say(
            "uncertainty-difference",
            best=best,
            rival=rival,
            difference=asked.amount(spread.mean),
            low=asked.amount(spread.low),
            high=asked.amount(spread.high),
            level=Percent(found.level),
            years=Percent(found.years_better.mean),
        )
    )
    doubt = found.doubt
    if not math.isnan(doubt.share):
        said.append(
            say(
                "uncertainty-doubt",
                chance=Percent(1.0 - doubt.share),
                ignorance=Percent(doubt.share),
                low=Percent(doubt.low),
                high=Percent(doubt.high),
                luck=asked.amount(math.sqrt(doubt.chance)),
                inputs=asked.amount(math.sqrt(doubt.ignorance)),
            )
        )
    said += _measurements(found)
    said.append(say("uncertainty-how", points=found.points, years=found.years_each, inputs=len(found.inputs)))
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
