"""The ways from today's people to structures, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from simulation.analysis.results import Comparison
from simulation.scenario.scenario import Scenario
from simulation.study.terms import number
from simulation.texts import Amount, Interval, Phrase, say

if TYPE_CHECKING:
    import pandas as pd

    from simulation.study.transition.answer import Transition

NUMBERS = ("mean", "low", "high")
COLUMNS = [
    "structure",
    "today",
    "newcomers",
    "begun_today",
    "in_place",
    "cost",
    "cost_low",
    "cost_high",
    "ahead",
    "years",
]


@dataclass(frozen=True)
class Transitions:
    """The way to each structure.

    Attributes:
        comparison: the years in which everybody has practised; its baseline is the structure of today.
        ways: by structure.
    """

    comparison: Comparison
    ways: Mapping[str, Transition]
    kind: ClassVar[str] = "transition"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.comparison.scenario

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What each way costs."""
        currency, titles = self.scenario.currency, self.comparison.titles

        def signed(value: float) -> Phrase:
            return say("explain-plus" if value >= 0 else "explain-minus", amount=Amount(abs(value), "money", currency))

        return [
            say(
                "page-transition-cost",
                structure=titles[name],
                cost=signed(way.difference.mean),
                interval=Interval(way.difference.low, way.difference.high, "money", currency),
                ahead=signed(way.ahead.mean),
                years=way.years,
                months=self.scenario.experiment.months,
            )
            for name, way in self.ways.items()
        ]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "today": self.comparison.baseline,
            "level": self.comparison.level,
            "structures": {
                name: {
                    "positions": {role: {"then": then, "now": now} for role, (_, then, now) in way.positions.items()},
                    "newcomers": way.newcomers,
                    "months_to_proficiency": {role: number(months) for role, months in way.ramps.items()},
                    "begun_today": number(way.begun_today),
                    "in_place": number(way.in_place),
                    "difference": {key: number(asdict(way.difference)[key]) for key in NUMBERS},
                    "ahead": {key: number(asdict(way.ahead)[key]) for key in NUMBERS},
                    "replications": way.years,
                }
                for name, way in self.ways.items()
            },
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each structure; money."""
        import pandas as pd

        rows = [
            [
                *(name, way.today, way.newcomers, way.begun_today, way.in_place),
                *(way.difference.mean, way.difference.low, way.difference.high, way.ahead.mean, way.years),
            ]
            for name, way in self.ways.items()
        ]
        return {"": pd.DataFrame(rows, columns=COLUMNS)}
