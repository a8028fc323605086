"""What a study brings: the one shape in which every kind of finding is printed, drawn, written and put on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from simulation.scenario.scenario import Scenario
from simulation.texts import Phrase

if TYPE_CHECKING:
    import pandas as pd


@runtime_checkable
class Finding(Protocol):
    """A finding: plain values, tables, and sentences that each language can say again."""

    @property
    def kind(self) -> str:
        """As its kind of study calls it (`Kind.finding`): 'sweep', 'explanation', …; names its files."""

    @property
    def scenario(self) -> Scenario:
        """What was studied."""

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What it says, the most important first."""

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file; no number is infinite or NaN."""

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tidy tables by the name of their file, without the ending; '' for the only one."""
