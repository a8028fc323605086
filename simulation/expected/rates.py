"""What comes in a month by itself: leads of arriving channels, orders of distributors, contacts of lists."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simulation.expected.office_time import Floats, OfficeTime
from simulation.scenario.channels import Arrivals, Distributor, Outbound
from simulation.scenario.duties import LeadClass
from simulation.scenario.market import Market
from simulation.written.distributions import Distribution
from simulation.written.readers import DAY, YEAR, yearly_force

_POINTS = 2048


def arrivals_per_month(channel: Arrivals | Distributor, time: OfficeTime, since: float = 0.0) -> float:
    """Mean leads (or a distributor's orders) a month over a time, with season, weekdays, trend, ramp and exit.

    `since`: when a distributor began to sell, hours since the start of the run.
    """
    if not channel.active:
        return 0.0
    level = channel.orders_per_month if isinstance(channel, Distributor) else channel.leads_per_month
    return level * float(_profile(channel, time, since).mean())


def size_growth(market: Market, channel: str, product: str, time: OfficeTime, since: float = 0.0) -> float:
    """How many times as large as at the start of the run a channel's deals are over a time, in the mean.

    `since`: as for ``arrivals_per_month``. Leads that people find come evenly.
    """
    trend, spec = market.products[product].trend, market.channels[channel]
    if trend == 0:
        return 1.0
    factors = np.exp(trend * DAY * time.days)
    weights = _profile(spec, time, since) if isinstance(spec, Arrivals | Distributor) else np.ones(len(factors))
    return float(np.average(factors, weights=weights) if weights.sum() > 0 else factors.mean())


def _profile(channel: Arrivals | Distributor, time: OfficeTime, since: float) -> Floats:
    """Factor of each day of a time on the mean rate of what arrives."""
    hours = time.days * DAY
    season = np.asarray(channel.seasonality)[time.months_of_days]
    if isinstance(channel, Distributor):
        ramp = np.clip((hours - since) / channel.ramp, 0.0, 1.0) if channel.ramp > 0 else 1.0
        return np.asarray(season * ramp * np.exp(-channel.exits_per_year * hours / YEAR))
    if not channel.arrivals.even:
        factors = channel.arrivals.of_days(time.calendar, time.start, int(time.end / DAY) + 2)
        season = season * factors[time.days.astype(np.int64)]
    return np.asarray(season * np.exp(yearly_force(channel.trend_per_year) * hours / YEAR))


def initial_channel(market: Market) -> str:
    """The channel that first-day customers and leads came from.

    The one named, else the first where leads arrive, else the first with leads, else ''.
    """
    if market.initial.channel:
        return market.initial.channel
    names = market.channels
    for kind in (Arrivals, Outbound):
        for name, channel in names.items():
            if isinstance(channel, kind):
                return name
    return ""


def initial_product(market: Market) -> str:
    """The product of first-day customers: the one named, else the first repeat product, else ''."""
    if market.initial.product:
        return market.initial.product
    return next((name for name, product in market.products.items() if product.repeat), "")


def mean_deal(market: Market, channel: str, product: str) -> float:
    """Mean size of a first deal of proficiency 1, money: list price, channel's factor, price."""
    good: Distribution = market.way(channel, product).products[product].deal
    return good.mean * market.channels[channel].deal_size * market.products[product].price


def mean_order(market: Market, channel: str, product: str) -> float:
    """Mean revenue of an order of a customer whose first deal was a mean one, money: what is ordered at this price."""
    factor = market.way(channel, product).customers.order_size
    return mean_deal(market, channel, product) * factor * market.products[product].volume


def band(market: Market, lead: LeadClass, factor: float = 1.0) -> tuple[float, float]:
    """Share of a channel's and product's deals in the class's band of sizes, and their mean size, money.

    ``factor`` multiplies every size. Sizes are what the customer pays: list price, channel's factor, price.
    """
    product = market.way(lead.channel, lead.product).products[lead.product]
    scale = market.channels[lead.channel].deal_size * product.price * factor
    if lead.low <= 0 and lead.high == np.inf:
        return 1.0, product.deal.mean * scale
    sizes = scale * _sizes(product.deal)
    inside = sizes[(sizes >= lead.low) & (sizes < lead.high)]
    return (len(inside) / _POINTS, float(inside.mean())) if len(inside) else (0.0, 0.0)


@lru_cache(maxsize=64)
def _sizes(deal: Distribution) -> Floats:
    """Middles of equally likely cells; the last one takes what is missing to the mean (the tail)."""
    sizes = deal.quantile((np.arange(_POINTS) + 0.5) / _POINTS)
    sizes[-1] += _POINTS * (deal.mean - sizes.mean())
    return sizes
