"""Steps: every kind of work, numbered, so that the dynamics are driven by tables and not by names."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario.market import Market
from simulation.scenario.people import ACTIVITIES

ACTIVITY = {name: number for number, name in enumerate(ACTIVITIES)}
PROSPECT = ACTIVITY["prospect"]
QUALIFY = 0  # step of the first contact; stage s of the sale is step 1 + s


@dataclass(frozen=True)
class Steps:
    """Numbers of the steps of a market. Steps 1 ... stages are the stages of the sale."""

    stages: int
    names: tuple[str, ...]
    activity: tuple[int, ...]  # index into ACTIVITIES of each step

    @property
    def order(self) -> int:
        """Serving a customer's order."""
        return self.stages + 1

    @property
    def request(self) -> int:
        """Serving a customer's request."""
        return self.stages + 2

    @property
    def upsell(self) -> int:
        """A proposal to a customer."""
        return self.stages + 3

    @property
    def collect(self) -> int:
        """A reminder of a payment."""
        return self.stages + 4

    @property
    def paperwork(self) -> int:
        """Papers of a deal or an order."""
        return self.stages + 5

    @property
    def meet(self) -> int:
        """A meeting."""
        return self.stages + 6

    def __len__(self) -> int:
        return len(self.names)


def steps_of(market: Market) -> Steps:
    """The steps of a market."""
    names = ("qualify", *(stage.name for stage in market.stages), "order", "request", "upsell", "collect", "paperwork", "meet")
    activities = (
        "qualify",
        *("sell" for _ in market.stages),
        "serve",
        "serve",
        "upsell",
        "collect",
        "paperwork",
        "meet",
    )
    return Steps(len(market.stages), names, tuple(ACTIVITY[name] for name in activities))
