"""What the open pipeline and the customers at the end are worth, at one valuation that knows no structure.

Everything is at proficiency 1. A position of the pipeline is the index of the stage that a qualified lead has
before it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from simulation.expected.kinds import Kind, kinds
from simulation.expected.odds import passes_qualification, per_month, stage_converts, stage_passed
from simulation.expected.office_time import Floats, office_time
from simulation.expected.rates import arrivals_per_month, initial_channel, mean_deal, mean_order
from simulation.scenario.channels import Arrivals, Distributor
from simulation.scenario.customers import Customers
from simulation.scenario.duties import LeadClass, product_shares
from simulation.scenario.market import Market
from simulation.scenario.scenario import Scenario
from simulation.scenario.stages import Stage
from simulation.written.laws import mean_open, shares_below, spread
from simulation.written.readers import DAY, YEAR

_MOMENTS = 128  # equally likely moments of a yes, where what the last stage has lost is summed up
HANDLING = DAY
"""Elapsed hours from a stage's being due to its end, where the pipeline of the first day is spread."""


def pipeline_occupancy(scenario: Scenario, asked: str | None = None) -> Floats:
    """Share of the open qualified leads at each position in a steady flow, shape (stages,); they add to one.

    By Little's law proportional to the flow that reaches the stage, times the customer's thinking before it
    and a day for its work. Of the channel that the first day's pipeline comes from; `asked`: for one product. Where
    some are lost and it does not show yet (`pipeline_in_vain`), they add to one with those.
    """
    return scenario.once(("open leads", asked), lambda: _open(scenario, asked))[0]


def pipeline_in_vain(scenario: Scenario, asked: str | None = None) -> Floats:
    """Share of the open qualified leads that a stage has lost, which does not show yet, in a steady flow.

    Shape (stages, 3), by the stage and by what their customers do: say yes after the lead has expired, say no (or
    expire before), never say so. Who never says so where nothing expires stays for ever: a year of them is taken.
    """
    return scenario.once(("open leads", asked), lambda: _open(scenario, asked))[1]


def _open(scenario: Scenario, asked: str | None = None) -> tuple[Floats, Floats]:
    """Both of the above: Little's law for each group of those who are open."""
    market = scenario.market
    channel = initial_channel(market)
    shares = (product_shares(market, channel) if asked is None else {asked: 1.0}) if channel else {}
    weight, vain = np.zeros(len(market.sale)), np.zeros((len(market.sale), 3))
    ways: list[tuple[int, tuple[Stage, ...], Floats]] = []  # products whose sales go through the same stages, together
    for product, share in shares.items():
        stages, first = market.way(channel, product).stages, market.stages_before(market.process_of(channel, product))
        passed = [stage_passed(market, channel, product, stage) for stage in range(len(stages))]
        flow = np.asarray(share * np.cumprod([1.0, *passed[:-1]]))
        reach = next((each for at, same, each in ways if at == first and same == stages), None)
        if reach is None:
            ways.append((first, stages, flow))
        else:
            reach += flow
        come = share
        for number, stage in enumerate(stages):
            yes, last = stage_converts(market, channel, product, number), number == len(stages) - 1
            if not last:
                late = 1 - stage.in_time
                vain[first + number, 0] += come * yes * late * stage.expires if late > 0 else 0.0
            vain[first + number, 1:] += come * _loses(market, channel, product, number) * np.array(_unsaid(stage, last))
            come *= passed[number]
    for first, stages, reach in ways:
        thinking = np.array([0.0, *(mean_open(stage.thinking, stage.expires, True) for stage in stages[:-1])])
        weight[first : first + len(stages)] += reach * (thinking + HANDLING)
    total = weight.sum() + vain.sum() if vain.any() else weight.sum()
    return (weight / total, vain / total) if total > 0 else (np.full(len(weight), 1 / len(weight)), vain)


def _loses(market: Market, channel: str, product: str, number: int) -> float:
    """Probability that a stage loses a lead that it has been worked for; at the last one all who are unfit are lost."""
    last = number == len(market.way(channel, product).stages) - 1
    return 1 - stage_converts(market, channel, product, number) * (_fit(market, channel, product) if last else 1.0)


def _fit(market: Market, channel: str, product: str) -> float:
    """Share of the leads that passed qualification that is fit."""
    fit, unfit = passes_qualification(market, channel, product)
    return fit / (fit + unfit) if fit + unfit > 0 else 0.0


def _unsaid(stage: Stage, last: bool) -> tuple[float, float]:
    """Mean hours that a lost lead is open until it says so or expires, and that one is who never says so."""
    law = stage.lost_law(last)
    said = 0.0 if law is None else mean_open(law, stage.expires)
    return (1 - stage.silent) * said, stage.silent * min(stage.expires, YEAR) if stage.silent else 0.0


def _placed(market: Market, channel: str, product: str, of_stages: Floats) -> Floats:
    """What is known of the stages of a process, at their places among those of all."""
    placed, process = np.zeros(len(market.sale)), market.process_of(channel, product)
    if process in market.sold:  # else nobody asks for it
        first = market.stages_before(process)
        placed[first : first + len(of_stages)] = of_stages
    return placed


def open_at_age(market: Market, channel: str, product: str, stage: int, ages: Floats) -> Floats:
    """Probabilities that a lead which stands at a stage is still open at an age and how it goes on, shape (6, ages).

    It will say yes in time to the stage before; would after it has expired; will say no; never says so. And of the last
    stage, whose work may be done too: it will say no to that, or never says so (`lost_at_the_end`). The sale begins
    with the stage before it; at the first stage nobody thinks, and everything is 0: it is due.

    Args:
        market: the market.
        channel: name of the lead's channel.
        product: name of the product.
        stage: number of the stage among those of all processes.
        ages: elapsed hours since the work of the stage before it was done.
    """
    stages = market.way(channel, product).stages
    before = stage - market.stages_before(market.process_of(channel, product)) - 1
    groups = np.zeros((6, len(ages)))
    if before < 0:
        return groups
    spec, yes = stages[before], stage_converts(market, channel, product, before)
    law = spec.lost_law(last=False)
    said = np.ones(len(ages)) if law is None else shares_below(law, ages)
    passed, in_time = shares_below(spec.thinking, ages), spec.in_time
    groups[0] = yes * np.maximum(in_time - passed, 0)
    groups[1] = yes * (1 - np.maximum(in_time, passed))
    groups[2] = (1 - yes) * (1 - spec.silent) * (1 - said)
    groups[3] = (1 - yes) * spec.silent
    groups *= ages < spec.expires
    if before == len(stages) - 2 and (ended := lost_at_the_end(spec, stages[-1], ages)) is not None:
        here = yes * in_time * _loses(market, channel, product, before + 1)
        groups[4:] = here * ended.weights.mean(axis=2)
    return groups


class LostAtTheEnd(NamedTuple):
    """Leads whose last stage is done and lost, which does not show yet.

    Attributes:
        moments: when the stage before was said yes to, equally likely hours after its work, shape (moments,).
        weights: chance that it is done and does not show at an age, shape (2, ages, moments): a no is to come, silent.
    """

    moments: Floats
    weights: Floats


def lost_at_the_end(before: Stage, last: Stage, ages: Floats) -> LostAtTheEnd | None:
    """Of those who came from the stage before and are lost at the last, which is worked on at once; None: it shows."""
    law = last.lost_law(last=True)
    if law is None and last.silent == 0 or before.in_time == 0:
        return None
    moments = before.thinking.quantile((np.arange(_MOMENTS) + 0.5) / _MOMENTS * before.in_time)
    since = ages[:, None] - moments
    there = (since >= 0) & (since < last.expires)
    said = np.ones(since.shape)
    if law is not None:
        lengths = spread(law)
        said = np.searchsorted(lengths, since, side="right") / len(lengths)
    return LostAtTheEnd(moments, np.stack([(1 - last.silent) * (1 - said) * there, last.silent * there]))


def pipeline_value(scenario: Scenario, channel: str | None = None, product: str | None = None) -> Floats:
    """Probability that an open qualified lead is won, by position, shape (stages,).

    Of one channel and product, or of the mean lead: channels by the leads that arrive (alike where none do),
    products by the channel's weights. An unfit lead that passed qualification is never won.
    """
    value = np.zeros(len(scenario.market.sale))
    for (name, good), weight in _mix(scenario, channel, product).items():
        value += weight * _chances(scenario, name, good)
    return value


def lead_value(scenario: Scenario, channel: str | None = None, product: str | None = None) -> Floats:
    """Expected gross margin that an open qualified lead stands for, by position, money, shape (stages,).

    The first deal and, for a repeat product, the customer's margin after it; channels' shares are taken off.
    """
    value = np.zeros(len(scenario.market.sale))
    for (name, good), weight in _mix(scenario, channel, product).items():
        deal = mean_deal(scenario.market, name, good)
        worth = kept_margin(scenario, name, good, deal) + expected_customer_margin(scenario, name, good)
        value += weight * worth * _chances(scenario, name, good)
    return value


def kept_margin(scenario: Scenario, channel: str, product: str, revenue: float) -> float:
    """Gross margin of a revenue after the shares that go to the channel, money."""
    good, spec = scenario.market.products[product], scenario.market.channels[channel]
    margin = revenue * (1 - (1 - good.gross_margin) / good.price)
    return margin * (1 - spec.share_of_margin) - revenue * spec.share_of_revenue


def customer_months(scenario: Scenario, product: str | None = None) -> float:
    """Discounted months of a new customer in the valuation's horizon: integral of exp(-(churn + discount) t).

    Of one who buys a product at its price, or at list price when None.
    """
    return sum(
        kind.weight * _months(scenario, scenario.market.customers, product, kind) for kind in _kinds(scenario, product)
    )


def _kinds(scenario: Scenario, product: str | None, channel: str | None = None) -> tuple[Kind, ...]:
    market = scenario.market
    return kinds(market, LeadClass(channel or next(iter(market.channels)), product or next(iter(market.products))))


def _months(scenario: Scenario, spec: Customers, product: str | None, kind: Kind) -> float:
    valuation = scenario.experiment.valuation
    leaving = 1.0 if product is None else scenario.market.products[product].leaving
    force = (spec.churn_per_year * leaving * kind.churn + valuation.discount_per_year) / 12
    if kind.drop_out:
        force += per_month(spec.order_every) * kind.rate * kind.drop_out
    horizon = valuation.horizon_months
    if force * horizon < 1e-9:
        return horizon
    return -math.expm1(-force * horizon) / force


def expected_customer_margin(
    scenario: Scenario, channel: str, product: str, order_revenue: float | None = None
) -> float:
    """Value of a new customer: its monthly margin times the discounted months that it stays, money.

    Args:
        scenario: the scenario; its valuation says over which months and at which discount.
        channel: where the customer came from (its shares are taken off).
        product: what it buys; a one-off product is worth nothing after the first deal.
        order_revenue: expected revenue of one of its orders, money; the mean customer's when None.
    """
    market = scenario.market
    if not market.products[product].repeat:
        return 0.0
    if order_revenue is None:
        order_revenue = mean_order(market, channel, product)
    spec = market.way(channel, product).customers
    monthly = per_month(spec.order_every) * kept_margin(scenario, channel, product, order_revenue)
    return monthly * sum(
        kind.weight * kind.rate * kind.size * _months(scenario, spec, product, kind)
        for kind in _kinds(scenario, product, channel)
    )


def _chances(scenario: Scenario, channel: str, product: str) -> Floats:
    market = scenario.market
    stages = range(len(market.way(channel, product).stages))
    passed = [stage_passed(market, channel, product, stage) for stage in stages]
    chances = _fit(market, channel, product) * np.cumprod(passed[::-1])[::-1]
    return _placed(market, channel, product, np.asarray(chances))


def passed_on(market: Market, channel: str) -> float:
    """Share of a channel's leads that pass qualification, fit or not."""
    shares = product_shares(market, channel) if market.processes else {next(iter(market.products)): 1.0}
    return math.fsum(share * sum(passes_qualification(market, channel, good)) for good, share in shares.items())


def _mix(scenario: Scenario, channel: str | None, product: str | None) -> dict[tuple[str, str], float]:
    """Weights of channels and products, adding to one."""
    market = scenario.market
    if channel is not None:
        flow = {channel: 1.0}
    else:
        time = office_time(scenario)
        flow = {
            name: arrivals_per_month(spec, time) * (1 - spec.declined_at_once) * passed_on(market, name)
            for name, spec in market.channels.items()
            if isinstance(spec, Arrivals)
        }
        if sum(flow.values()) == 0:
            flow = {
                name: 1.0 for name, spec in market.channels.items() if spec.active and not isinstance(spec, Distributor)
            }
    total = sum(flow.values())
    mix: dict[tuple[str, str], float] = {}
    for name, weight in flow.items():
        shares = {product: 1.0} if product is not None else product_shares(market, name)
        for good, share in shares.items():
            mix[(name, good)] = weight / total * share
    return mix
