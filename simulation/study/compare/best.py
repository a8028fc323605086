"""What a search for each structure's best finds: the best ways, the worth of each change, the best against the best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simulation.analysis.intervals import PairedDifference
from simulation.analysis.results import Comparison
from simulation.scenario.scenario import Scenario
from simulation.study.compare.ways import Way
from simulation.study.terms import number
from simulation.texts import Phrase

if TYPE_CHECKING:
    from simulation.study.compare.what_ifs import Firmness

Depth = Literal["none", "quick", "full"]


@dataclass(frozen=True)
class Change:
    """One change from a structure as drawn to its best.

    Attributes:
        what: 'split', or the name of a choice.
        words: the change in words.
        worth: the best less the best without this change, in the years of the comparison; the better way up.
    """

    what: str
    words: Phrase
    worth: PairedDifference


@dataclass(frozen=True)
class Best:
    """A structure at the best that was found.

    Attributes:
        structure: its name.
        way: the best way to run it.
        changes: from as drawn to there, the dearest first.
        gain: the best less as drawn, in the years of the comparison; the better way up.
        values: what has to be set in the scenario, by path.
        tried: ways that were simulated.
        ended: whether the search ended because nothing better was near ('near'), or by its limit ('limit').
    """

    structure: str
    way: Way
    changes: tuple[Change, ...]
    gain: PairedDifference
    values: Mapping[str, Any]
    tried: int
    ended: Literal["near", "limit"]


@dataclass(frozen=True)
class AtBest:
    """Each structure at its best.

    Attributes:
        depth: how deep the search was.
        drawn: the comparison of the structures as they are drawn.
        comparison: the comparison of the best ways, in the same years; the search has not seen them.
        scenarios: the scenarios with every structure at its best, by the name that they go by; '' for a single one.
        found: by structure.
        simulated: runs that the search took.
        reused: runs that the store had.
        brute_force: runs of every way in as many years as the longest was looked at.
        firm: how firm the answer is, where it was asked.
    """

    depth: Depth
    drawn: Comparison
    comparison: Comparison
    scenarios: Mapping[str, Scenario]
    found: Mapping[str, Best]
    simulated: int
    reused: int
    brute_force: int
    firm: Firmness | None = None

    @property
    def scenario(self) -> Scenario:
        """The (first) scenario with every structure at its best."""
        return next(iter(self.scenarios.values()))

    @property
    def changed(self) -> bool:
        """Whether any structure is not at its best as drawn."""
        return any(each.changes for each in self.found.values())

    def to_dict(self) -> dict[str, Any]:
        """Plain values: each structure's best with its changes, the verdict as drawn and at best, the what-ifs."""
        found = {
            name: {
                "split": dict(each.way.heads),
                "choices": dict(each.way.chosen),
                "set": dict(each.values),
                "tried": each.tried,
                "ended": each.ended,
                "gain": _told(each.gain),
                "changes": [
                    {"what": change.what, "words": str(change.words), "worth": _told(change.worth)}
                    for change in each.changes
                ],
            }
            for name, each in self.found.items()
        }
        return {
            "depth": self.depth,
            "measure": self.drawn.measure,
            "drawn": self.drawn.verdict.text,
            "at_best": self.comparison.verdict.text,
            "structures": found,
            "firmness": self.firm.to_dict() if self.firm is not None else None,
            "runs": self.simulated + self.reused,
            "brute_force": self.brute_force,
        }


def _told(found: PairedDifference) -> dict[str, float | None]:
    return {name: number(getattr(found, name)) for name in ("mean", "low", "high")}
