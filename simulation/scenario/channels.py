"""Channels: where leads come from, and what each of them costs."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.mechanisms.prospecting import ACTIVE, ATTEMPT, CONTACTS, FIND_PROBABILITY, ContactList
from simulation.mechanisms.response import PATIENCE
from simulation.mechanisms.upsell import BY_CHANNEL
from simulation.scenario.arrivals import Bursts, Rhythm
from simulation.scenario.stages import FIXED_PROCESS, Differs
from simulation.texts import worded
from simulation.written.base import NAME, Block, key, required
from simulation.written.distributions import ElapsedDistribution
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import (
    Amount,
    Elapsed,
    Growth,
    LogOdds,
    NonNegative,
    PerMonth,
    PerYear,
    Positive,
    Share,
    Working,
)

_SEASON = "fixed-season"
_ARRIVALS = "fixed-arrivals"
_KIND = "fixed-channel-kind"
FLAT_YEAR = (1.0,) * 12
Year = Annotated[tuple[NonNegative, ...], Field(min_length=12, max_length=12)]


class ChannelCost(Block):
    """What a channel costs."""

    fixed_per_month: Amount = key(0, "Fixed cost a month (advertising, fees).")
    per_lead: Amount = key(0, "Cost of each lead that arrives or is found.")
    per_attempt: Amount = key(0, "Cost of each attempt (outbound only).")


class ChannelBase(Block):
    """What every channel has."""

    title: str = key("", "Name in reports; the key itself when empty.", changes=NAME)
    quality: LogOdds = key(0, "Shift in the log-odds of conversion at every stage (referral > 0).", changes=True)
    fit: Share = key(
        1,
        "Share of the channel's leads that could buy at all; hidden until they are qualified.",
        changes=True,
        drives={"conversion": "+1", "qualified": "+1", "deals": "+2", "customers_won": "+4"},
    )
    deal_size: Positive = key(
        1, "Factor on the deal size (a promotion buyer < 1).", changes=True, drives={"average_deal": "+2"}
    )
    upsell: LogOdds = BY_CHANNEL
    patience: ElapsedDistribution = PATIENCE
    process: str = key(
        "",
        "Process of its leads whose product names none; the default one when empty.",
        changes=FIXED_PROCESS,
    )
    stages: dict[str, Differs] = key(
        {}, "What differs at stages for its leads, by stage; what the product says comes first.", new="new-differs"
    )
    products: dict[str, NonNegative] = key(
        {},
        "Weights of the products that its leads ask for; all products equally when empty.",
        changes="fixed-products",
    )
    cost: ChannelCost = key({}, "What the channel costs.", changes=True)
    share_of_revenue: Share = key(0, "Share of the revenue of its customers that is given away.", changes=True)
    share_of_margin: Share = key(0, "Share of the gross margin of its customers that is given away.", changes=True)
    active: bool = key(True, "false switches the channel off.", changes=True)


class Arrivals(ChannelBase):
    """A channel whose leads arrive by themselves."""

    leads_per_month: PerMonth = required(
        "Mean leads a month for the whole market, whoever is at work.",
        changes=True,
        drives={
            "arrivals": "+1",
            "qualified": "+4",
            "deals": "+3",
            "lost": "+2",
            "open": "+5",
            "customers_won": "+5",
            "customers_end": "+4",
            "revenue": "+7",
        },
    )
    seasonality: Year = key(
        FLAT_YEAR, "Twelve factors, January to December, that average to one.", changes=_SEASON, drives={"season": "1"}
    )
    trend_per_year: Growth = key(
        0,
        "Growth of the rate a year: +10 % is 1.1 times as many leads after each year.",
        changes=_SEASON,
        drives={"arrivals": "+2", "season": "2"},
    )
    overdispersion: NonNegative = key(
        0, "Coefficient of variation of a gamma factor on each month's rate; 0 is pure Poisson.", changes=_ARRIVALS
    )
    arrival_hours: Literal["around the clock", "working hours"] = key(
        "around the clock", "When leads arrive; the monthly total is the same.", changes=_ARRIVALS
    )
    declined_at_once: Share = key(
        0, "Share of the channel's leads that are lost as they arrive, without anybody's work.", changes=True
    )
    arrivals: Rhythm = key({}, "When in the week and in the day leads come; evenly unless said otherwise.")
    bursts: Bursts = key({}, "How unevenly the weeks bring leads, beyond chance; not at all unless said otherwise.")

    @model_validator(mode="after")
    def _one_clock(self) -> "Arrivals":
        if self.arrival_hours == "working hours" and not self.arrivals.even:
            why, allow = worded("arrivals-hours"), worded("allowed-one-of-two-keys")
            other = Misfit("arrival_hours", why, self.arrival_hours, allow)
            raise MisfitError(Misfit("arrivals", why, None, allow, other=other))
        return self


class Inbound(Arrivals):
    """Passive: advertising, site, referral, exhibition, walk-in. Must be answered; waits."""

    kind: Literal["inbound"] = required("The kind of channel.", changes=_KIND)


class Partner(Arrivals):
    """Another firm's clients: no spend, a share of the margin goes to the partner."""

    kind: Literal["partner"] = required("The kind of channel.", changes=_KIND)
    share_of_margin: Share = key(
        0.25, "Share of the gross margin that goes to the partner.", "judgement: 20-30 %", changes=True
    )


class Outbound(ChannelBase):
    """Active: telemarketing, cold calls, field visits. Leads are made by people's attempts."""

    active: bool = ACTIVE
    kind: Literal["outbound"] = required("The kind of channel.", changes=_KIND)
    attempt: Working = ATTEMPT
    find_probability: Annotated[Share, Field(gt=0)] = FIND_PROBABILITY
    contacts: ContactList | None = CONTACTS


class Distributor(ChannelBase):
    """Another firm sells for us: orders arrive without our sellers' work; may walk away at any time."""

    kind: Literal["distributor"] = required("The kind of channel.", changes=_KIND)
    orders_per_month: PerMonth = required("Mean orders a month at full volume.", changes=True, drives={"revenue": "+8"})
    ramp: Elapsed = key(
        "0 h",
        "Time to full volume, linear from zero; 0 is full volume from the start.",
        changes="fixed-distributor-ramp",
    )
    discount: Share = key(
        0.2, "Discount on the price that is given to the distributor.", "judgement: 20-30 %", changes=True
    )
    exits_per_year: PerYear = key(
        0.15,
        "Hazard that the distributor walks away, a year.",
        changes="fixed-distributor-leaves",
    )
    seasonality: Year = key(
        FLAT_YEAR, "Twelve factors, January to December, that average to one.", changes=_SEASON, drives={"season": "1"}
    )


Channel = Annotated[Inbound | Outbound | Partner | Distributor, Field(discriminator="kind")]
