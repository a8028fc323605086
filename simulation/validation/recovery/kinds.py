"""Small scenarios of which the truth is known figure by figure.

Sellers are alike and practised, and nothing is lost between them, so that what the scenario says of a stage is true of
every lead (`alike`). What waiting and work add to the clocks is measured (`population`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.validation.recovery.population import Population

HERE = Path(__file__).parent
ALIKE = (
    "specialisation",
    "talent",
    "questions",
    "coaching",
    "filter",
    "departure",
    "hand_off",
    "effort",
    "switching",
    "meetings",
)
Truth = dict[str, float]


@dataclass(frozen=True)
class Kind:
    """A kind of scenario.

    Attributes:
        name: of its file here.
        estimators: names of the estimators that have something to find in it.
        true: the true figures.
        structure: whose records they are.
        alike: mechanisms that are neutral.
    """

    name: str
    estimators: tuple[str, ...]
    true: Callable[[Kind, int], Truth]
    structure: str = "universal"
    alike: tuple[str, ...] = ALIKE

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, neutral where it has to be."""
        return neutralise(load(HERE / f"{self.name}.yaml"), *self.alike)

    def truth(self, years: int = 40) -> Truth:
        """True figures by 'estimate/figure'; those of clocks from so many years."""
        return self.true(self, years)


def stages(kind: Kind, years: int) -> Truth:
    """Shares and clocks by stage and channel."""
    population = Population.of(kind.scenario, kind.structure, years)
    channels = list(kind.scenario.market.channels)
    names = [stage.name for stage in kind.scenario.market.stages]
    truth: Truth = {}
    for stage in (*names, "deal"):
        for channel in ("", *(channels if len(channels) > 1 else ())):
            key = f"stages/{stage}.{channel}" if channel else f"stages/{stage}"
            truth[f"{key}.share"] = population.share(stage, channel)
            for end, yes in (("yes", True), ("no", False)):
                hours = population.hours(stage, yes, channel)
                if len(hours) < 10 * years:
                    continue
                truth[f"{key}.gap_{end}.mean"] = float(hours.mean())
                if not channel:
                    truth[f"{key}.gap_{end}.cv"] = float(hours.std() / hours.mean())
        if stage != "deal" and (silent := population.silent(stage)) > 0:
            truth[f"stages/{stage}.silent"] = silent
    return truth


KINDS: Mapping[str, Kind] = MappingProxyType({each.name: each for each in (Kind("two_channels", ("stages",), stages),)})
"""The kinds by name."""
