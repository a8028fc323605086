"""Facts made up for tests: known figures with draws around them."""

from __future__ import annotations

from datetime import date

import numpy as np

from simulation.calibration.estimates import Figure
from simulation.calibration.facts import ChannelFacts, Clock, Facts, OpenDeals, PeopleFacts, StageFacts


def figure(value: float, spread: float = 0.05, cases: int = 500, seed: int = 1) -> Figure:
    """A figure with 200 draws of a relative spread."""
    draws = value * np.exp(spread * np.random.default_rng([seed, int(1000 * abs(value))]).standard_normal(200))
    return Figure("made.up", value, draws, cases)


def clock(mean: float, cv: float, spread: float = 0.05, at_once: float = 0.0) -> Clock:
    """A lognormal law."""
    return Clock(figure(mean, spread), figure(cv, spread), at_once=at_once)


def facts(**changes: object) -> Facts:
    """A department of four with two stages and two sources."""
    made: dict[str, object] = {
        "as_of": date(2026, 1, 5),
        "since": date(2025, 1, 6),
        "files": ("crm.csv",),
        "currency": "RUB",
        "stages": (
            StageFacts("Talk: first", figure(0.6), clock(5, 0.9), clock(9, 1.1)),
            StageFacts("Offer", figure(0.5), clock(12, 1), clock(20, 1), by_channel={"web.site": figure(0.4)}),
        ),
        "channels": (
            ChannelFacts("web.site", figure(40), weekdays=(1.3, 1.3, 1.3, 1.3, 1.3, 0.3, 0.2), bursts=figure(0.2)),
            ChannelFacts("friends", figure(10), deal_size=figure(1.5)),
        ),
        "amount": clock(60_000, 1.0),
        "people": PeopleFacts(sellers=figure(4, 0.0), turnover=figure(0.4, 0.2)),
        "open": (OpenDeals("web.site", "Talk: first", 3.0, count=5), OpenDeals("friends", "Offer", 10.0, 70_000, 2)),
    }
    return Facts(**{**made, **changes})  # type: ignore[arg-type]
