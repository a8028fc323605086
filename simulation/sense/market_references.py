"""What the market of a scenario names and is not there, and what contradicts itself in it; part of ``references``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from simulation.expected.rates import initial_channel
from simulation.scenario.channels import ChannelBase, Distributor, Outbound
from simulation.scenario.duties import owners, product_shares
from simulation.scenario.market import DEFAULT, Market, Product
from simulation.scenario.scenario import Scenario
from simulation.scenario.stages import Stage
from simulation.texts import worded
from simulation.written.errors import TwoSided
from simulation.written.quantities import told_elapsed, write_elapsed

Finding = tuple[str, str, object, str]
"""Dotted path, what is wrong, the value there (or None), what is allowed (or '')."""


def unknown(path: str, kind: str, name: str, known: Iterable[str]) -> Iterator[Finding]:
    """A name of a kind of thing that is not among the known ones."""
    if name not in known:
        yield path, worded(f"no-{kind}", name=repr(name)), name, ", ".join(known)


def market_problems(scenario: Scenario) -> Iterator[Finding]:
    """What is wrong with channels, processes, stages and the first day, in their order."""
    market = scenario.market
    for name, channel in market.channels.items():
        path = f"market.channels.{name}"
        for product in channel.products:
            yield from unknown(f"{path}.products.{product}", "product", product, market.products)
        if channel.products and not any(channel.products.values()):
            message = worded("weights-zero")
            yield f"{path}.products", message, None, worded("allowed-weight")
        if isinstance(channel, Outbound) and channel.attempt <= 0:
            message = worded("attempt-no-time")
            yield f"{path}.attempt", message, channel.attempt, worded("allowed-working-above-0")
    wrong = list(_processes(market))
    yield from wrong
    for name in (DEFAULT, *market.processes):
        process, path = market.process(name), "market" if name == DEFAULT else f"market.processes.{name}"
        for index, stage in enumerate(process.stages):
            if not math.isfinite(stage.thinking.mean):
                message = worded("thinks-for-ever")
                yield f"{path}.stages.{index}.thinking", message, None, worded("allowed-finite-time")
            yield from _clocks(f"{path}.stages.{index}", stage, stage is process.stages[-1])
        customers = process.customers
        for key, interval in (
            ()
            if customers is None
            else (("order_every", customers.order_every), ("upsell.every", customers.upsell.every))
        ):
            if interval.mean <= 0:
                yield f"{path}.customers.{key}", worded("no-interval"), None, worded("allowed-mean-or-never")
    if not wrong:
        yield from _overrides(market)
    yield from _initial(scenario)
    yield from _open_leads(scenario)


def _processes(market: Market) -> Iterator[Finding]:
    """Processes that do not exist, that nothing goes through, or that cannot be told apart."""
    known = (DEFAULT, *market.processes)
    for kind, things in (("channels", market.channels), ("products", market.products)):
        for name, thing in things.items():
            if thing.process:
                yield from unknown(f"market.{kind}.{name}.process", "process", thing.process, known)
    if DEFAULT in market.processes:
        message = worded("process-default", name=repr(DEFAULT))
        yield f"market.processes.{DEFAULT}", message, DEFAULT, worded("allowed-other-name")
        return
    another = worded("allowed-other-name")
    places: dict[str, tuple[str, str]] = {}  # by name of a stage: its process, and where it stands
    for name in market.sold:
        for index, stage in enumerate(market.process(name).stages if name in known else ()):
            path = f"{'market' if name == DEFAULT else f'market.processes.{name}'}.stages.{index}.name"
            other, there = places.setdefault(stage.name, (name, path))
            if other != name:
                here, beside = (
                    (at, worded("stage-in-two", stage=repr(stage.name), other=repr(of)), stage.name, another)
                    for at, of in ((path, other), (there, name))
                )
                yield TwoSided.of(here, beside)
    for name, channel in market.channels.items():
        if isinstance(channel, Distributor):
            for key in ("process", "stages"):
                if given := getattr(channel, key):
                    message, allow = worded(f"distributor-no-{key}", name=repr(name)), worded(f"allowed-no-{key}")
                    yield f"market.channels.{name}.{key}", message, given if key == "process" else None, allow
            continue
        ways = {market.process_of(*pair) for pair in market.asked if pair[0] == name}
        if channel.process in known and ways and channel.process not in ways:
            message, allow = worded("process-by-product", name=repr(channel.process)), worded("allowed-process-here")
            yield f"market.channels.{name}.process", message, channel.process, allow
    named = {each.process for each in (*market.channels.values(), *market.products.values())}
    for name in market.processes if named <= {"", *known} else ():  # else it is as good as named
        if name not in market.sold:
            message = worded("process-unused", name=repr(name))
            yield f"market.processes.{name}", message, name, worded("allowed-use-process", name=name)


def _overrides(market: Market) -> Iterator[Finding]:
    """Stages at which something differs for a channel or product whose leads never come there."""
    kinds: tuple[Mapping[str, ChannelBase | Product], ...] = (market.channels, market.products)
    for number, (kind, things) in enumerate(zip(("channels", "products"), kinds, strict=True)):
        for name, thing in things.items():
            ways = {market.process_of(*pair) for pair in market.asked if pair[number] == name}
            able = [stage.name for way in market.sold if way in ways for stage in market.process(way).stages]
            for stage, differs in thing.stages.items():
                path = f"market.{kind}.{name}.stages.{stage}"
                yield from no_stage(market, path, stage, able)
                if stage in able and differs.thinking is not None and not math.isfinite(differs.thinking.mean):
                    yield f"{path}.thinking", worded("thinks-for-ever"), None, worded("allowed-finite-time")


def no_stage(market: Market, path: str, name: str, able: Iterable[str]) -> Iterator[Finding]:
    """A stage that is not among those that come about at a place: of another process, or of none."""
    process = next((p for p in market.sold for stage in market.process(p).stages if stage.name == name), None)
    if process is None or name in able:
        yield from unknown(path, "stage", name, able)
    else:
        message = worded("stage-of-another", stage=repr(name), process=repr(process))
        yield path, message, name, ", ".join(able)


def _clocks(path: str, stage: Stage, last: bool) -> Iterator[Finding]:
    law = stage.lost_law(last)
    if law is not None and stage.thinking_lost != "same" and not math.isfinite(law.mean):
        yield f"{path}.thinking_lost", worded("no-for-ever"), None, worded("allowed-finite-or-silent")
    if stage.reach is not None and stage.reach.most > 1 and not math.isfinite(stage.reach.every):
        yield f"{path}.reach.every", worded("never-tried-again"), None, worded("allowed-finite-time")
    if stage.remind is not None and stage.silent == 0:
        yield f"{path}.remind", worded("nobody-to-remind"), None, worded("allowed-remind")
    thinks = not last and stage.thinking.mean > 0
    if math.isfinite(stage.expires) and stage.silent == 0 and law is None and not thinks:
        yield f"{path}.expires", worded("nothing-expires"), stage.expires, worded("allowed-expires")


def _initial(scenario: Scenario) -> Iterator[Finding]:
    market = scenario.market
    initial, path = market.initial, "market.initial"
    whose = dict.fromkeys(name for each in scenario.structures.values() for name in owners(each))
    if initial.channel:
        yield from unknown(f"{path}.channel", "channel", initial.channel, market.channels)
        if isinstance(market.channels.get(initial.channel), Distributor):
            able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
            message = worded("distributor-no-customers", channel=repr(initial.channel))
            yield f"{path}.channel", message, initial.channel, ", ".join(able)
    elif (initial.customers or (initial.pipeline and not initial.rows)) and not initial_channel(market):
        message = worded("first-day-channel")
        yield f"{path}.channel", message, None, worded("allowed-no-distributor")
    repeat = [name for name, product in market.products.items() if product.repeat]
    if initial.product:
        yield from unknown(f"{path}.product", "product", initial.product, market.products)
        if initial.product in market.products and initial.product not in repeat:
            message = worded("sold-once", product=repr(initial.product))
            yield f"{path}.product", message, initial.product, ", ".join(repeat)
    elif (
        isinstance(initial.customers, int) and initial.customers or any(not r.product for r in initial.buyers)
    ) and not repeat:
        message = worded("all-sold-once")
        yield f"{path}.customers", message, initial.base, worded("allowed-zero-or-repeat")
    told: set[tuple[str, str]] = set()
    able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
    for index, row in enumerate(initial.buyers):
        for key, name, known in (
            ("channel", row.channel, able),
            ("product", row.product, repeat),
            ("owner", row.owner, whose),
        ):
            if not name or name in known or (key, name) in told:
                continue
            told.add((key, name))
            at = f"{path}.customers.{index}.{key}"
            if key == "channel" and name in market.channels:
                yield at, worded("distributor-no-customers", channel=repr(name)), name, ", ".join(known)
            elif key == "product" and name in market.products:
                yield at, worded("sold-once", product=repr(name)), name, ", ".join(known)
            else:
                yield from unknown(at, key, name, known)


def _open_leads(scenario: Scenario) -> Iterator[Finding]:
    """Names in the list of open leads that are not there, each told once, and ages that no open lead has."""
    market = scenario.market
    sold = {stage.name: name for name in market.sold for stage in market.process(name).stages}
    able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
    whose = dict.fromkeys(name for each in scenario.structures.values() for name in owners(each))
    asking = [name for name in able if not (weights := market.channels[name].products) or any(weights.values())]
    ways = {name: {market.process_of(name, product) for product in product_shares(market, name)} for name in asking}
    told: set[tuple[str, str]] = set()
    for index, row in enumerate(market.initial.rows):
        goes = [process for process in market.sold if process in ways.get(row.channel, market.sold)]
        named = [row.process] if row.process in goes else goes
        comes = [stage for stage, process in sold.items() if process in named]
        for key, known in (("channel", able), ("process", goes), ("stage", comes), ("owner", whose)):
            name = getattr(row, key)
            unsaid = (key in ("process", "owner") and not name) or (key == "stage" and not comes)
            if unsaid or name in known or (key, name) in told:
                continue
            told.add((key, name))
            path = f"market.initial.pipeline.{index}.{key}"
            if key == "channel" and isinstance(market.channels.get(name), Distributor):
                yield path, worded("distributor-no-customers", channel=repr(name)), name, ", ".join(known)
            else:
                yield from unknown(path, key, name, known)
        stages = market.process(sold[row.stage]).stages if row.stage in sold else ()
        before = next((one for one, other in pairwise(stages) if other.name == row.stage), None)
        if before is None:
            continue
        last = stages[-1] if stages[-1].name == row.stage else None
        late = last is not None and (last.silent > 0 or last.lost_law(last=True) is not None)
        longest = before.expires + (last.expires if last is not None and late else 0)
        if row.age >= longest and ("age", row.stage) not in told:
            told.add(("age", row.stage))
            message = worded("expired-already", stage=repr(before.name), most=told_elapsed(longest))
            below = worded("limit-below", limit=write_elapsed(longest))
            yield f"market.initial.pipeline.{index}.age", message, None, below
