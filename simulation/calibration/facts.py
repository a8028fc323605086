"""What the estimates say of a department, in the terms in which a scenario is written.

Between the estimators, each of which speaks of its own records, and the scenario: every figure with its draws, its
cases and its method, or with the reason why the default stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimates import Figure

Floats = NDArray[np.float64]
SOON = (0.25, 0.5)
"""Shares of the deals that go on whose time in a stage is kept."""


@dataclass(frozen=True)
class Clock:
    """A law of elapsed times, days, or of amounts.

    Attributes:
        mean: of all, those that are nothing among them.
        spread: coefficient of variation of those that are something; of a Weibull law its shape.
        kind: 'lognormal', 'gamma' or 'weibull'.
        at_once: share of the times that are nothing.
    """

    mean: Figure
    spread: Figure
    kind: str = "lognormal"
    at_once: float = 0.0


@dataclass(frozen=True)
class StageFacts:
    """What the records say of one stage.

    Attributes:
        name: as the records have it.
        share: of those who come into the stage that go on.
        yes: how long those stay who go on.
        no: how long those stay who are lost.
        silent: share of the lost who are closed by an expiry only; None: nobody.
        expires: days after which a silent one is closed; None: never.
        by_channel: share by channel, where channels differ.
        yes_by_channel: law of the time to a yes by channel, where channels differ.
        work: hours of work on a lead in the stage; None where no log tells.
        soon: days within which a quarter and half of those who go on have done so (`SOON`); empty: not known.
        alone: whether share and clocks are those of deals that were worked on, from the end of the work on.
    """

    name: str
    share: Figure
    yes: Clock | None = None
    no: Clock | None = None
    silent: Figure | None = None
    expires: float | None = None
    by_channel: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    yes_by_channel: Mapping[str, Clock] = field(default_factory=lambda: MappingProxyType({}))
    work: Clock | None = None
    soon: tuple[float, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Calls:
    """How the leads of a channel are sought.

    Attributes:
        attempts: a month, of all who call.
        find: share of the attempts that find a lead.
    """

    attempts: Figure
    find: Figure


@dataclass(frozen=True)
class ChannelFacts:
    """How the leads of a channel come.

    Attributes:
        name: as the records have it.
        per_month: leads a month.
        weekdays: seven factors that average to one; None: not known.
        hours: twenty-four factors that average to one; None: not known.
        holidays: factor on holidays.
        seasonality: twelve factors that average to one; None: not known.
        trend: growth a year.
        bursts: coefficient of variation of the weeks' factor, beyond chance.
        memory: correlation of a week's factor with the one before.
        declined: share that is lost as it arrives.
        deal_size: factor on the amount.
        common: share of the bursts' variance that all channels have in common.
        calls: how its leads are sought; None: they come by themselves.
        drawn: draws of `weekdays`, `hours` and `seasonality`, shape (draws, 7) and so on, by name.
    """

    name: str
    per_month: Figure
    weekdays: tuple[float, ...] | None = None
    hours: tuple[float, ...] | None = None
    holidays: float | None = None
    seasonality: tuple[float, ...] | None = None
    trend: Figure | None = None
    bursts: Figure | None = None
    memory: Figure | None = None
    declined: Figure | None = None
    deal_size: Figure | None = None
    common: Figure | None = None
    calls: Calls | None = None
    drawn: Mapping[str, Floats] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class OpenDeals:
    """Open deals of one kind on the first day.

    Attributes:
        channel: they came from.
        stage: that they are in, as the records name it.
        age: days in it.
        amount: of each; None: not known.
        count: how many.
        since: days since they came; NaN: not known.
    """

    channel: str
    stage: str
    age: float
    amount: float | None = None
    count: int = 1
    since: float = float("nan")


@dataclass(frozen=True)
class CustomerFacts:
    """What customers do after the first deal, by dotted name of the key in `market.customers`.

    Attributes:
        figures: 'order_every' (days), 'order_rate_cv', 'churn_per_year', 'order_size' and so on.
        base: rows of customers of the first day: orders, last_order and age (days), amount, count.
        regular: coefficient of variation of the intervals of one customer; 1: exponential.
    """

    figures: Mapping[str, Figure]
    base: tuple[Mapping[str, float], ...] = ()
    regular: float = 1.0


@dataclass(frozen=True)
class RoleFacts:
    """One of the roles that divide the work today.

    Attributes:
        name: as the list of staff has it.
        heads: people, as full seats.
        stages: that they do, as the records name them.
        prospects: whether they make calls to find leads.
        serves: whether they look after customers.
    """

    name: str
    heads: Figure
    stages: tuple[str, ...] = ()
    prospects: bool = False
    serves: bool = False


@dataclass(frozen=True)
class PeopleFacts:
    """Who works.

    Attributes:
        sellers: people on an average day, as full seats.
        present: roles that divide the work today; none where everybody does everything, or nobody can tell.
        turnover: leavers a year of each.
        law: law of tenure as a scenario writes it; None: the default stays.
        law_draws: the same of each draw.
        law_figure: leavers a year of a position in the long run, with its cases and method.
        calendar: `calendar` of a scenario: week, hours, lunch; None: the default stays.
        load: share of the sellers' time that today's work takes; None: not found. Draws beside `kept`: as judged.
        talent: standard deviation of the logarithm of talent; None: no difference was found.
    """

    sellers: Figure
    present: tuple[RoleFacts, ...] = ()
    turnover: Figure | None = None
    law: Mapping[str, Any] | None = None
    law_draws: tuple[Mapping[str, Any], ...] = ()
    law_figure: Figure | None = None
    calendar: Mapping[str, Any] | None = None
    load: Figure | None = None
    talent: Figure | None = None


@dataclass(frozen=True)
class Facts:
    """All that the records say of a department.

    Attributes:
        as_of: the morning on which the records end, and the scenario begins.
        since: the first day of what was fitted.
        files: names of the files.
        currency: ISO code, empty where the records name none.
        stages: in the order in which deals pass them.
        channels: how leads come.
        amount: size of a won deal, as a law.
        heaps: sizes of won deals and how often each came, where no law fits; empty where one does.
        open: open deals of the first day.
        customers: what customers do; None where no records tell.
        people: who works.
        trend: growth of amounts a year.
        widen: factor on the spread of all draws, where the regime was broken.
        country: whose public holidays the arrivals know; None: nobody's.
        patient: whether the records show that next to nobody is lost because no one came.
    """

    as_of: date
    since: date
    files: tuple[str, ...]
    currency: str
    stages: tuple[StageFacts, ...]
    channels: tuple[ChannelFacts, ...]
    amount: Clock
    people: PeopleFacts
    open: tuple[OpenDeals, ...] = ()
    customers: CustomerFacts | None = None
    heaps: tuple[tuple[float, float], ...] = ()
    trend: Figure | None = None
    widen: float = 1.0
    country: str | None = None
    patient: bool = False


@dataclass(frozen=True)
class Correction:
    """By how much simulated years differ from the records where nothing is corrected, and so what to write instead.

    Attributes:
        odds: added to the log-odds of each stage's conversion.
        days: taken from the mean of each stage's laws of thinking: wait and work.
        before: of them those that come before the thinking.
        ahead: taken from the mean of a stage's time to a yes beside: wait and work of later stages that last longer in
            a simulated year than those stages do in the records.
        amount: factor on the amounts.
        work: factor on the hours of work; where a log has them, less of what a scenario adds to them by itself.
        load: share of the sellers' time at which leads wait no longer than the records show; None: as it is given.
        attempt: hours of an attempt to find a lead.
    """

    odds: tuple[float, ...]
    days: tuple[float, ...]
    before: tuple[float, ...]
    ahead: tuple[float, ...]
    amount: float = 1.0
    work: float = 1.0
    load: float | None = None
    attempt: float = 7 / 60

    @classmethod
    def none(cls, stages: int) -> Correction:
        """Nothing is corrected."""
        nothing = (0.0,) * stages
        return cls(nothing, nothing, nothing, nothing)


def of_log(facts: Facts, correction: Correction) -> float:
    """Factor on the hours that a log has: 1 where some stages have none, whose hours are then those of the load."""
    return correction.work if all(stage.work is not None for stage in facts.stages) else 1.0


def plain(key: str, value: float, **more: Any) -> Figure:
    """A figure without draws."""
    return Figure(key, value, **more)


def widened(figure: Figure, factor: float, low: float = -np.inf, high: float = np.inf) -> Figure:
    """A figure whose draws lie so many times as far from its value, within bounds."""
    if figure.draws is None or factor == 1.0:
        return figure
    return replace(figure, draws=np.clip(figure.value + factor * (figure.draws - figure.value), low, high))
