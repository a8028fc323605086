"""What is true of the clocks in a scenario's records: many years, each followed until every deal has ended.

A clock of the records is the wait for a seller, his work and the customer's thinking, in the office's hours; only its
last part stands in the scenario. So it is measured where nothing is cut off and nothing missing: deals that came into a
stage in the counted months, in years that go on for so many months more. Nothing here uses an estimator.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from simulation.calibration.exporting import SimulatedYear
from simulation.calibration.exporting.made import recorded
from simulation.scenario.calendar import add_months
from simulation.scenario.scenario import Scenario

FIRST = 5000
"""Number of the first replication, far from those that are exported."""


@dataclass(frozen=True)
class Population:
    """Spells in stages that have all ended: columns stage ('deal': the whole), channel, hours, yes, silent."""

    spells: pd.DataFrame

    @classmethod
    def of(cls, scenario: Scenario, structure: str, years: int = 40, followed: int = 8) -> Population:
        """The spells of so many years of a structure, each followed for so many months more."""
        experiment = scenario.experiment
        longer = scenario.replace({"experiment.months": experiment.months + followed})
        until = pd.Timestamp(add_months(experiment.start, experiment.months))
        parts = []
        for number in range(FIRST, FIRST + years):
            parts.append(_spells(SimulatedYear.of(longer, structure, number), until))
        return cls(pd.concat(parts, ignore_index=True))

    def share(self, stage: str, channel: str = "") -> float:
        """Share of those who come into a stage that go on."""
        return float(self._of(stage, channel)["yes"].mean())

    def hours(self, stage: str, yes: bool, channel: str = "") -> pd.Series:
        """How long those were in a stage who went on, or who were lost; without those whom an expiry closed."""
        rows = self._of(stage, channel)
        return rows["hours"][(rows["yes"] == yes) & ~rows["silent"]]

    def silent(self, stage: str) -> float:
        """Share of the lost whom an expiry closed."""
        rows = self._of(stage, "")
        return float(rows["silent"][~rows["yes"]].mean())

    def _of(self, stage: str, channel: str) -> pd.DataFrame:
        rows = self.spells[self.spells["stage"] == stage]
        return rows[rows["channel"] == channel] if channel else rows


def _spells(year: SimulatedYear, until: pd.Timestamp) -> pd.DataFrame:
    records = recorded(year)
    deals = records.deals
    assert records.since is not None
    since = pd.Timestamp(records.since)
    entries = records.entries.merge(deals[["deal", "channel", "status", "closed", "reason"]], on="deal")
    following = entries.groupby("deal")["entered"].shift(-1)
    rows = entries.assign(left=following.fillna(entries["closed"]), goes_on=following.notna())
    whole = deals.assign(stage="deal", entered=deals["created"], left=deals["closed"], goes_on=False)
    columns = ["stage", "channel", "status", "reason", "entered", "left", "goes_on"]
    rows = pd.concat([rows[columns], whole[columns]], ignore_index=True)
    rows = rows[(rows["entered"] >= since) & (rows["entered"] < until)]
    yes = rows["goes_on"] | (rows["status"] == "won")
    ended = rows["left"].notna()
    assert ended.mean() > 0.999, "longer years are needed"
    rows = rows[ended]
    return pd.DataFrame(
        {
            "stage": rows["stage"],
            "channel": rows["channel"],
            "hours": (rows["left"] - rows["entered"]).dt.total_seconds() / 3600,
            "yes": yes[ended],
            "silent": ~yes[ended] & (rows["reason"] == "silent"),
        }
    )
