"""Work that nobody does in a structure: leads, stages and customers that no role takes; part of ``references``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from simulation.expected.old_customers import base_size, listed_customers
from simulation.expected.rates import initial_channel, initial_product
from simulation.scenario.channels import Distributor, Outbound
from simulation.scenario.duties import (
    LeadClass,
    first_duty,
    helps,
    product_shares,
    prospects,
    shares_at,
    size_bands,
)
from simulation.scenario.market import Market
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.sense.market_references import Finding
from simulation.texts import Phrase, joined, worded

_TAIL = 1e-9


def coverage(scenario: Scenario, structure: Structure, path: str) -> Iterator[Finding]:
    """Work of a structure, which stands at a path, that none of its roles does."""
    path, market = f"{path}.roles", scenario.market
    years = (scenario.experiment.warm_up + scenario.experiment.months) / 12
    leads = [name for name, each in market.channels.items() if each.active and not isinstance(each, Distributor)]
    for name in leads:
        channel = market.channels[name]
        if isinstance(channel, Outbound) and not any(prospects(r, name, market) for r in structure.roles.values()):
            allowed = worded("allowed-role-with", activity="prospect")
            yield path, worded("nobody-prospects", name=repr(name)), None, allowed
    fresh = [each for name in leads for each in _possible(market, structure, name, years)]
    sorts = {name for name in market.sold if market.process(name).qualification is not None}
    yield from _nobody(structure, path, "qualify", [each for each in fresh if each.process in sorts])
    first = initial_channel(market)
    due = fresh
    if market.initial.pipeline and not market.initial.rows and first and first not in leads:
        due = [*fresh, *_possible(market, structure, first, years)]
    for name in market.sold:
        for stage in market.process(name).stages:
            due = list(dict.fromkeys([*due, *_there(market, structure, years, stage.name)]))
            yield from _nobody(structure, path, "sell", [each for each in due if each.process == name], stage.name)
    yield from _after_the_deal(market, structure, path, due)


def _there(market: Market, structure: Structure, years: float, stage: str) -> Iterator[LeadClass]:
    """Classes of the listed open leads that stand at a stage."""
    bands, rows = size_bands(structure), [row for row in market.initial.rows if row.stage == stage]
    number = next(n for n, each in enumerate(market.sale) if each.name == stage)
    for channel in dict.fromkeys(row.channel for row in rows):
        asked = shares_at(market, channel, number)
        sizes = [row.amount for row in rows if row.channel == channel]
        amounts = [size for size in sizes if size is not None]
        if len(amounts) < len(sizes):
            yield from _possible(market, structure, channel, years, asked)
        for low, high in bands:
            if any(low <= amount < high for amount in amounts):
                yield from (LeadClass(channel, name, low, high, market.process_of(channel, name)) for name in asked)


def _after_the_deal(market: Market, structure: Structure, path: str, won: list[LeadClass]) -> Iterator[Finding]:
    paper = [each for each in won if market.products[each.product].paperwork.mean > 0]
    yield from _nobody(structure, path, "paperwork", paper)
    ordering = {
        name
        for name in market.sold
        if (spec := market.buyers(name)).order_work.mean > 0 and math.isfinite(spec.order_every.mean)
    }
    if ordering:
        base = [each for each in won if market.products[each.product].repeat]
        base = list(dict.fromkeys([*base, *_base(market, structure)]))
        yield from _nobody(structure, path, "serve", [each for each in base if each.process in ordering])


def _base(market: Market, structure: Structure) -> Iterator[LeadClass]:
    """Classes of the customers of the first day."""
    initial, bands = market.initial, size_bands(structure)
    if isinstance(initial.customers, int) and initial.customers:
        bought = initial_product(market)
        yield from _possible(market, structure, initial_channel(market), 0, [bought], initial.customer_size)
    for (channel, product), rows in listed_customers(market).items():
        sizes = {base_size(market, channel, product, row) for row in rows}
        if None in sizes:
            yield from _possible(market, structure, channel, 0, [product], initial.customer_size)
        for low, high in bands:
            if any(size is not None and low <= size < high for size in sizes):
                yield LeadClass(channel, product, low, high, market.process_of(channel, product))


def _possible(
    market: Market,
    structure: Structure,
    channel: str,
    years: float,
    products: Iterable[str] | None = None,
    factor: float = 1.0,
) -> Iterator[LeadClass]:
    """Classes of a channel's leads (or of some products) within so many years, without bands that none falls into."""
    bands = size_bands(structure)
    for product in product_shares(market, channel) if products is None else products:
        good = market.products[product]
        scale = market.channels[channel].deal_size * good.price * factor
        least, most = (good.deal.quantile(np.array([_TAIL, 1 - _TAIL])) * scale) if len(bands) > 1 else (0, 0)
        grown = (1 + good.deal_trend_per_year) ** years
        least, most = least * min(grown, 1.0), most * max(grown, 1.0)
        for low, high in bands:
            if len(bands) == 1 or (most >= low and least < high):
                yield LeadClass(channel, product, low, high, market.process_of(channel, product))


def _nobody(
    structure: Structure,
    path: str,
    activity: Activity,
    classes: list[LeadClass],
    stage: str | None = None,
) -> Iterator[Finding]:
    """A problem when some of the classes have nobody who does the work as a first duty."""
    roles = structure.roles.values()
    missing = [c for c in classes if not any(first_duty(role, activity, c, stage) for role in roles)]
    if not missing:
        return
    what = {} if stage is None else {"stage": repr(stage)}
    told, allowed = [worded(f"nobody-{activity}", **what)], worded("allowed-role-with", activity=activity)
    if all(any(helps(role, activity, each, stage) for role in roles) for each in missing):
        told.append(worded("nobody-but-overflow"))
        allowed = worded("allowed-role-without-overflow", activity=activity)
    yield path, joined((*told, _of(missing, classes)), ""), None, allowed


def _of(missing: list[LeadClass], classes: list[LeadClass]) -> str:
    """Which classes, in as few words as tell them: '' when it is all of them."""
    if len(missing) == len(classes):
        return ""
    for words in (_process, _channel, _product, _size):
        told = list(dict.fromkeys(words(each) for each in missing))
        if len(missing) == sum(words(each) in told for each in classes):
            one, *others = told
            return joined((worded("for", what=one), *(worded("for-and", what=each) for each in others)), "")
    one = joined((words(missing[0]) for words in (_channel, _product, _size)), ", ")
    return worded("for-more", what=one, more=len(missing) - 1) if len(missing) > 1 else worded("for", what=one)


def _process(lead: LeadClass) -> Phrase:
    return worded("class-process", process=repr(lead.process))


def _channel(lead: LeadClass) -> Phrase:
    return worded("class-channel", channel=repr(lead.channel))


def _product(lead: LeadClass) -> Phrase:
    return worded("class-product", product=repr(lead.product))


def _size(lead: LeadClass) -> Phrase:
    low, high = f"{lead.low:g}", f"{lead.high:g}"
    if lead.low > 0:
        return worded("class-size", low=low, high=high) if lead.high < math.inf else worded("class-size-from", low=low)
    return worded("class-size-below", high=high) if lead.high < math.inf else worded("class-size-any")
