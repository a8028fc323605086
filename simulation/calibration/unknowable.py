"""What no record tells: how far each may lie off, what knowing it is worth, and how to measure it in two weeks.

Records show what happened under the structure of today. What another structure would change is not in them: what is
lost between two people, what repetition teaches, what a change of work costs. These inputs keep their judged ranges,
and the value of knowing each is that of the choice made with it (`study.uncertainty`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab
from simulation.study.uncertainty.answer import uncertainty
from simulation.study.variation import VariationError
from simulation.texts import Phrase, say

NAMES: tuple[tuple[str, str, str], ...] = (
    ("hand-off-loss", "hand_off.lead.loss", "5 %:40 %"),
    ("hand-off-delay", "hand_off.lead.delay", "2 h:3 days"),
    ("learning", "specialisation", "0:1.6"),
    ("switching", "people.switching", "0 min:15 min"),
    ("leaver", "people.departure.leads_lost", "0.1:0.6"),
)
"""Key of the texts, path or dial, and judged range of each, in the order in which they usually weigh."""
UNPRICED = ("cover", "answer")
"""What is no number that could be varied here, and is named all the same."""
LEAST, MOST = 20, 120
"""Points at which the inputs are tried, by the time that there is."""
YEARS_EACH = 2


@dataclass(frozen=True)
class Unknown:
    """One thing that the records do not tell.

    Attributes:
        name: key of its texts.
        path: dotted path or dial; '' where no number says it.
        low, high: the judged range as written.
        worth: what knowing it is worth over the horizon, money; None: not asked.
        worth_high: upper end of the interval of that.
        explains: share of the ignorance about the choice that it is.
    """

    name: str
    path: str = ""
    low: str = ""
    high: str = ""
    worth: float | None = None
    worth_high: float | None = None
    explains: float | None = None

    @property
    def title(self) -> Phrase:
        """What it is."""
        return say(f"unknown-{self.name}")

    @property
    def how(self) -> Phrase:
        """How to measure it in two weeks."""
        return say(f"unknown-{self.name}-how")

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "name": self.name,
            "path": self.path,
            "range": [self.low, self.high],
            "worth": self.worth,
            "worth_high": self.worth_high,
            "explains": self.explains,
            "title": str(self.title),
            "how_to_measure": str(self.how),
        }


def unpriced() -> tuple[Unknown, ...]:
    """The list without what knowing is worth."""
    named = []
    for name, path, span in NAMES:
        low, high = span.split(":")
        named.append(Unknown(name, path, low, high))
    return (*named, *(Unknown(name) for name in UNPRICED))


def priced(
    scenario: Scenario, samples: int, lab: Lab | None = None, watch: Callable[[int, int], None] | None = None
) -> tuple[Unknown, ...]:
    """The list with what knowing each is worth, the most valuable first.

    Args:
        scenario: with two structures at least, without drawn inputs.
        samples: points at which the inputs are tried.
        lab: where it is simulated.
        watch: told how many runs are done, of how many.
    """
    if len(scenario.structures) < 2:
        return unpriced()
    lab = lab or Lab(watch=None if watch is None else lambda step: watch(step.done, step.total or 0))
    try:
        found = uncertainty(
            scenario,
            inputs=[f"{path}={span}" for _, path, span in NAMES],
            samples=max(samples, LEAST),
            years_each=YEARS_EACH,
            lab=lab,
        )
    except (VariationError, RuntimeError):
        return unpriced()
    worth = {each.input.name: each for each in found.measurements}
    made = []
    for name, path, span in NAMES:
        low, high = span.split(":")
        known = worth.get(path)
        if known is None:
            made.append(Unknown(name, path, low, high))
        else:
            made.append(Unknown(name, path, low, high, known.worth.value, known.worth.high, known.explains))
    made.sort(key=lambda each: -(each.worth or 0.0))
    return (*made, *(Unknown(name) for name in UNPRICED))
