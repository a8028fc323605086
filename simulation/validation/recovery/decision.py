"""Whether the decision drawn from a recovered scenario agrees with the truth where that is clear.

The market is what records tell; structures, pay and whatever else no record tells is the owner's, in the truth and in
the recovered scenario alike. One case is quiet and one busy: in the first a seller fewer earns more, in the second one
more does, and only the records tell which of both it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from simulation.analysis.comparison import compare
from simulation.calibration.calibrate import calibrate
from simulation.calibration.exporting import records_of
from simulation.scenario import describe
from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.validation.recovery.kinds import ALIKE, HERE

YEARS = 30
"""Simulated years of each comparison."""
CLEAR = 0.95
"""Share of the years in which the best structure is ahead from which on the truth is clear."""
PEOPLE = {"fewer": 2, "now": 3, "more": 5}
KEPT = ("calendar", "hand_off", "people", "budget", "plan")
"""What the owner says himself, beside the structures."""


@dataclass(frozen=True)
class Case:
    """A decision.

    Attributes:
        name: of the case.
        leads: factor on the leads of `two_channels`.
        horizon: months of the comparison.
    """

    name: str
    leads: float
    horizon: int = 12

    @cached_property
    def scenario(self) -> Scenario:
        """The true scenario, with a structure for each number of people."""
        base = neutralise(load(HERE / "two_channels.yaml"), *ALIKE)
        tree = describe.resolved(base)
        for spec in tree["market"]["channels"].values():
            spec["leads_per_month"] = self.leads * float(spec["leads_per_month"])
        tree["structures"] = _structures(tree["structures"]["universal"])
        return load_text(yaml.safe_dump(tree, allow_unicode=True), f"{self.name}.yaml")

    def recovered(self, number: int, draws: int = 50) -> Scenario:
        """The scenario made of the records of a possible year of the true one, as the owner would run it."""
        truth = self.scenario
        records = records_of(truth, "now", number)
        product = next(iter(truth.market.products.values()))
        made = calibrate(records, margin=product.gross_margin, pay=60_000, draws=draws, seed=1 + number, worth=False)
        tree: dict[str, Any] = describe.resolved(made.scenario)
        own = describe.resolved(truth)
        tree |= {key: own[key] for key in KEPT if key in own}
        tree["structures"] = own["structures"]
        tree["experiment"] |= {"months": self.horizon, "replications": YEARS, "measure": "profit"}
        tree.pop("inputs", None)
        return load_text(yaml.safe_dump(tree, allow_unicode=True), f"{self.name}-recovered.yaml")


CASES = (Case("quiet", 0.5), Case("busy", 4.0))


def winner(scenario: Scenario, structures: tuple[str, ...] = tuple(PEOPLE)) -> tuple[str, float]:
    """The structure with the most profit, and the share of the years in which it is ahead of all others."""
    found = compare(scenario, structures=list(structures), replications=YEARS, measure="profit", jobs=1)
    table = found.runs.replications.pivot(index="replication", columns="structure", values="profit")
    best = str(table.mean().idxmax())
    return best, float((table.idxmax(axis=1) == best).mean())


def agreement(case: Case, exports: range) -> tuple[str, float, list[str]]:
    """The true winner, in how many of the years it wins, and the winner of each recovered scenario."""
    best, sure = winner(case.scenario)
    return best, sure, [winner(case.recovered(number))[0] for number in exports]


def _structures(now: Mapping[str, Any]) -> dict[str, Any]:
    """The structure with other numbers of people."""
    made = {}
    for name, people in PEOPLE.items():
        role = {**now["roles"]["universal"], "headcount": people}
        made[name] = {**now, "title": name, "roles": {**now["roles"], "universal": role}}
    return made
