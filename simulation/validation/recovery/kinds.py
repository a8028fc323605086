"""Small scenarios of which the truth is known figure by figure.

Sellers are alike and practised, and nothing is lost between them, so that what the scenario says of a stage is true of
every lead (`alike`). What waiting and work add to the clocks is measured (`population`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from simulation.calibration.exporting import records_of
from simulation.calibration.records import Records
from simulation.mechanisms.tenure_forms import LognormalForm
from simulation.scenario.calendar import add_months
from simulation.scenario.channels import Arrivals
from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.validation.recovery.population import Population
from simulation.written.distributions import Distribution
from simulation.written.readers import YEAR

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
MONTH_DAYS = 365.25 / 12
_WEEKS = (4, 8, 13, 26)


@dataclass(frozen=True)
class Kind:
    """A kind of scenario.

    Attributes:
        name: of the kind.
        estimators: names of the estimators that have something to find in it.
        true: makes the true figures, from the kind and the number of years that tell clocks.
        file: name of its file here; that of the kind when empty.
        structure: whose records they are.
        since: the first day on which everything was recorded; the first after the warm-up when None.
        later: months that are played on, to see what came of the open deals.
        changes: values at dotted paths of the scenario, such as what changes on a date.
        regime: what is true of the regime: 'stable', 'drifting' or 'broken'; '' where nothing is asked.
        followed: months after the counted ones until every deal has ended.
        alike: mechanisms that are neutral.
    """

    name: str
    estimators: tuple[str, ...]
    true: tuple[Callable[[Kind, int], Truth], ...]
    file: str = ""
    structure: str = "universal"
    since: date | None = None
    later: int = 0
    followed: int = 8
    changes: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    regime: str = ""
    alike: tuple[str, ...] = ALIKE

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, neutral where it has to be."""
        made = neutralise(load(HERE / f"{self.file or self.name}.yaml"), *self.alike)
        return made.replace(dict(self.changes)) if self.changes else made

    def truth(self, years: int = 100) -> Truth:
        """True figures by 'estimate/figure'; those of clocks from so many years."""
        return {key: value for true in self.true for key, value in true(self, years).items()}

    def records(self, number: int) -> tuple[Records, Truth]:
        """What was recorded of a possible year, and what is true of this year alone: what came of the open deals."""
        if not self.later:
            return records_of(self.scenario, self.structure, number, since=self.since), {}
        experiment = self.scenario.experiment
        longer = self.scenario.replace({"experiment.months": experiment.months + self.later})
        whole = records_of(longer, self.structure, number, since=self.since)
        day = add_months(experiment.start, experiment.months)
        return whole.until(day), came_of(whole, day)


def came_of(whole: Records, day: date) -> Truth:
    """How many of the deals that were open on a morning were won in so many weeks."""
    deals, moment = whole.deals, pd.Timestamp(day)
    there = deals[(deals["created"] < moment) & ~(deals["closed"] < moment)]
    won = there[there["status"] == "won"]["closed"]
    return {
        f"pipeline/open.wins.{weeks}_weeks": float((won < moment + pd.Timedelta(weeks=weeks)).sum()) for weeks in _WEEKS
    }


def stages(kind: Kind, years: int) -> Truth:
    """Shares and clocks by stage and channel."""
    population = Population.of(kind.scenario, kind.structure, years, kind.followed)
    channels = list(kind.scenario.market.channels)
    names = [stage.name for stage in kind.scenario.market.stages]
    expires = any(population.silent(name) > 0 for name in names)
    truth: Truth = {}
    for stage in (*names, "deal"):
        for channel in ("", *(channels if len(channels) > 1 else ())):
            key = f"stages/{stage}.{channel}" if channel else f"stages/{stage}"
            share = population.share(stage, channel)
            if share < 1:
                truth[f"{key}.share"] = share
            for end, yes in (("yes", True), ("no", False)):
                hours = population.hours(stage, yes, channel)
                # what expires in one of its stages is no clock of a whole deal
                if len(hours) < 10 * years or (stage == "deal" and expires and not yes):
                    continue
                truth[f"{key}.gap_{end}.mean"] = float(hours.mean())
                if not channel:
                    truth[f"{key}.gap_{end}.cv"] = float(hours.std() / hours.mean())
        if stage != "deal" and (silent := population.silent(stage)) > 0:
            truth[f"stages/{stage}.silent"] = silent
    return truth


def arrivals(kind: Kind, years: int) -> Truth:
    """Leads a month at the end, and their rhythm."""
    truth: Truth = {}
    experiment = kind.scenario.experiment
    for name, spec in kind.scenario.market.channels.items():
        assert isinstance(spec, Arrivals)
        key = f"arrivals/{name}"
        truth[f"{key}.leads_per_month"] = spec.leads_per_month * (1 + spec.trend_per_year) ** (experiment.months / 12)
        truth |= {f"{key}.weekdays.{n}": float(each) for n, each in enumerate(spec.arrivals.weekdays)}
        truth |= {f"{key}.hours.{n}": float(each) for n, each in enumerate(spec.arrivals.hours) if each}
        if kind.scenario.calendar.country:
            truth[f"{key}.holidays"] = spec.arrivals.holidays
        if spec.bursts.cv:
            truth |= {f"{key}.bursts.cv": spec.bursts.cv, f"{key}.bursts.memory": spec.bursts.memory}
        if np.ptp(spec.seasonality):
            truth |= {f"{key}.seasonality.{n + 1}": float(each) for n, each in enumerate(spec.seasonality)}
        if spec.trend_per_year:
            truth[f"{key}.trend_per_year"] = spec.trend_per_year
    return truth


def amounts(kind: Kind, years: int) -> Truth:
    """Sizes of won deals at the end."""
    market = kind.scenario.market
    product = next(iter(market.products.values()))
    grown = (1 + product.deal_trend_per_year) ** (kind.scenario.experiment.months / 12)
    truth = {"amounts/amount.mean": product.deal.mean * grown, "amounts/amount.cv": product.deal.cv}
    if product.deal_trend_per_year:
        truth["amounts/amount.drift"] = product.deal_trend_per_year
    if len(market.channels) > 1:
        truth |= {f"amounts/amount.{name}.factor": spec.deal_size for name, spec in market.channels.items()}
    return truth


def customers(kind: Kind, years: int) -> Truth:
    """How customers order and leave."""
    spec = kind.scenario.market.customers
    return {
        "customers/orders_per_year": YEAR / spec.order_every.mean,
        "customers/order_rate_cv": spec.order_rate_cv,
        "customers/churn_per_year": spec.churn_per_year,
        "customers/order_size": spec.order_size,
    }


def tenure(kind: Kind, years: int) -> Truth:
    """Shares who are still there after so many months."""
    law = kind.scenario.people.turnover.law
    assert isinstance(law, LognormalForm)
    assert law.mean is not None
    stay = Distribution.lognormal(law.mean, law.cv)
    levels = np.linspace(0, 1, 200_001)[1:-1]
    months = stay.quantile(levels) / (24 * MONTH_DAYS)
    return {f"tenure/stay.{n}": float((months > n).mean()) for n in (6, 12, 24)}


BREAK = MappingProxyType(
    {"interventions": [{"title": "a rival", "at": "2025-07-01", "set": {"market.stages.0.conversion": 0.25}}]}
)
"""Half as many say yes to an offer from the middle of the year on."""
_MARKET = ("stages", "arrivals", "amounts", "pipeline", "regime")
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        each.name: each
        for each in (
            Kind("two_channels", _MARKET, (stages, arrivals, amounts), later=7, regime="stable"),
            Kind("late", ("stages", "amounts"), (stages,), file="two_channels", since=date(2025, 6, 1)),
            Kind("slow_sale", ("stages", "pipeline"), (stages,), later=7, followed=20),
            Kind("waves", ("arrivals", "amounts", "regime"), (arrivals, amounts)),
            Kind("regulars", ("customers",), (customers,)),
            Kind("crowd", ("tenure",), (tenure,)),
            Kind("broken", ("regime",), (), file="two_channels", changes=BREAK, regime="broken"),
        )
    }
)
"""The kinds by name."""
