"""Steps: every kind of work, numbered, so that the dynamics are driven by tables and not by names."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario.market import Market
from simulation.scenario.people import ACTIVITIES

ACTIVITY: dict[str, int] = {name: number for number, name in enumerate(ACTIVITIES)}
PROSPECT = ACTIVITY["prospect"]
CARE = ACTIVITY["care"]
QUALIFY = 0  # step of the first contact; stage s of the sale is step 1 + s


AFTER_SALE = ("order", "request", "upsell", "collect", "paperwork", "meet", "coach", "care")
"""Names of the steps that are no part of a sale."""


@dataclass(frozen=True)
class Steps:
    """Numbers of the steps of a market. Steps 1 ... stages are the stages of the sale."""

    stages: int
    names: tuple[str, ...]
    activity: tuple[int, ...]  # index into ACTIVITIES of each step
    order: int  # serving a customer's order
    request: int  # serving a customer's request
    upsell: int  # a proposal to a customer
    collect: int  # a reminder of a payment
    paperwork: int  # papers of a deal or an order
    meet: int  # a meeting
    coach: int  # hours for a newcomer, or for the people one leads
    care: int  # a contact with a customer that nobody asked for

    def __len__(self) -> int:
        return len(self.names)


def logged_as(stage: str) -> str:
    """What the event log calls a stage: its name, told apart from other kinds of work that are called so."""
    return f"{stage} (stage)" if stage in ("prospect", "qualify", *AFTER_SALE) else stage


def steps_of(market: Market) -> Steps:
    """The steps of a market."""
    names = ("qualify", *(logged_as(stage.name) for stage in market.sale), *AFTER_SALE)
    activities = (
        "qualify",
        *("sell" for _ in market.sale),
        "serve",
        "serve",
        "upsell",
        "collect",
        "paperwork",
        "meet",
        "coach",
        "care",
    )
    after = len(market.sale) + 1
    return Steps(len(market.sale), names, tuple(ACTIVITY[name] for name in activities), *range(after, after + 8))
