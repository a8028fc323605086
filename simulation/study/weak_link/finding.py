"""The weak links of structures: what one more person, or one more point of conversion, adds to profit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from simulation.analysis.results import Result
from simulation.scenario.scenario import Scenario
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd

    from simulation.study.weak_link.answer import WeakLink

NUMBERS = ("mean", "low", "high", "joint_low", "joint_high")
COLUMNS = ["structure", "kind", "name", "path", "value", *NUMBERS]


@dataclass(frozen=True)
class WeakLinks:
    """The weak link of each structure.

    Attributes:
        result: the years of the structures as they are.
        links: by structure.
    """

    result: Result
    links: Mapping[str, WeakLink]
    kind: ClassVar[str] = "weak_link"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.result.scenario

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What each weak link is."""
        titles = self.result.titles
        return [say("weak-link-of", structure=titles[name], text=each.text) for name, each in self.links.items()]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "replications": self.result.runs.finished,
            "level": self.result.level,
            "structures": {name: each.to_dict() for name, each in self.links.items()},
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each structure and change; money."""
        import pandas as pd

        rows = [
            [name, link.kind, link.name, link.path, link.value, *(getattr(link.difference, key) for key in NUMBERS)]
            for name, each in self.links.items()
            for link in (*each.people, *each.conversions)
        ]
        return {"": pd.DataFrame(rows, columns=COLUMNS)}
