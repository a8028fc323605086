"""Cross references: names that do not exist, and work that nobody does, which the schema alone cannot see.

Checked once a scenario is complete (presets filled in). A role counts by its duties even when nobody is in
it, so that a department without people can be simulated.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from simulation.expected.rates import initial_channel, initial_product
from simulation.mechanisms.hiring import Recruiting
from simulation.scenario.duties import (
    LeadClass,
    first_duty,
    helps,
    product_shares,
    prospects,
    size_bands,
)
from simulation.scenario.market import Distributor, Market, Outbound
from simulation.scenario.office_hours import public_holidays
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure, onboarding_of, turnover_per_year

Finding = tuple[str, str, object, str]
"""Dotted path, what is wrong, the value there (or None), what is allowed (or '')."""

_TAIL = 1e-9


def reference_problems(scenario: Scenario) -> list[Finding]:
    """Every reference that leads nowhere and all work that nobody does, in the order of the scenario.

    Returns:
        (dotted path, message, value, allowed) of each; empty when all is well.
    """
    market = list(_market(scenario))
    problems = [*_calendar(scenario), *_experiment(scenario), *market, *_people(scenario)]
    for name, structure in scenario.structures.items():
        path = f"structures.{name}"
        own = list(_structure(scenario, structure, path))
        problems += own
        if not market and not own:  # else the same slip would be told twice
            problems += _coverage(scenario.market, structure, path)
    return problems


def _calendar(scenario: Scenario) -> Iterator[Finding]:
    spec = scenario.calendar
    if spec.country is None:
        return
    year = scenario.experiment.start.year
    try:
        public_holidays(spec.country, spec.region, year, year)
    except ValueError as error:
        key, value = ("country", spec.country) if "country" in str(error) else ("region", spec.region)
        yield f"calendar.{key}", str(error), value, ""


def _experiment(scenario: Scenario) -> Iterator[Finding]:
    experiment = scenario.experiment
    for key in ("today", "baseline"):
        name = getattr(experiment, key)
        if name:
            yield from _unknown(f"experiment.{key}", "structure", name, scenario.structures)
    if experiment.measure == "plan_attainment" and scenario.plan is None:
        message = "plan attainment decides, but the scenario has no plan"
        yield "experiment.measure", message, experiment.measure, "a `plan` block, or another measure"


def _unknown(path: str, kind: str, name: str, known: Iterable[str]) -> Iterator[Finding]:
    if name not in known:
        yield path, f"there is no {kind} {name!r}", name, ", ".join(known)


def _market(scenario: Scenario) -> Iterator[Finding]:
    market = scenario.market
    for name, channel in market.channels.items():
        path = f"market.channels.{name}"
        for product in channel.products:
            yield from _unknown(f"{path}.products.{product}", "product", product, market.products)
        if channel.products and not any(channel.products.values()):
            message = "every product has the weight 0, so its leads ask for nothing"
            yield f"{path}.products", message, None, "at least one weight above 0"
        if isinstance(channel, Outbound) and channel.attempt <= 0:
            message = "an attempt that takes no time would find leads without end"
            yield f"{path}.attempt", message, channel.attempt, "a working time above 0"
    for index, stage in enumerate(market.stages):
        if not math.isfinite(stage.thinking.mean):
            message = "a customer who thinks for ever never comes to the next stage"
            yield f"market.stages.{index}.thinking", message, None, "a finite time"
    for key, interval in (
        ("order_every", market.customers.order_every),
        ("upsell.every", market.customers.upsell.every),
    ):
        if interval.mean <= 0:
            message = "events without an interval between them would never end"
            yield f"market.customers.{key}", message, None, "a mean above 0, or never"
    yield from _initial(market)


def _initial(market: Market) -> Iterator[Finding]:
    initial, path = market.initial, "market.initial"
    if initial.channel:
        yield from _unknown(f"{path}.channel", "channel", initial.channel, market.channels)
        if isinstance(market.channels.get(initial.channel), Distributor):
            able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
            message = f"a distributor sells by itself; {initial.channel!r} brings no customers of our own"
            yield f"{path}.channel", message, initial.channel, ", ".join(able)
    elif (initial.customers or initial.pipeline) and not initial_channel(market):
        message = "customers and leads of the first day come from a channel, and distributors bring none"
        yield f"{path}.channel", message, None, "a channel that is no distributor"
    repeat = [name for name, product in market.products.items() if product.repeat]
    if initial.product:
        yield from _unknown(f"{path}.product", "product", initial.product, market.products)
        if initial.product in market.products and initial.product not in repeat:
            message = f"{initial.product!r} is sold once, so nobody is a customer of it"
            yield f"{path}.product", message, initial.product, ", ".join(repeat)
    elif initial.customers and not repeat:
        message = "there are customers on the first day, but every product is sold once"
        yield f"{path}.customers", message, initial.customers, "0, or a product with `repeat: true`"


def _people(scenario: Scenario) -> Iterator[Finding]:
    people = scenario.people
    if not math.isfinite(people.tenure.mean):
        yield "people.tenure", "nobody has been in the firm for ever", None, "a finite time"
    for path, time in (
        ("turnover.notice", people.turnover.notice),
        ("departure.reassign_after", people.departure.reassign_after),
        ("departure.orders_recover", people.departure.orders_recover),
    ):
        if not math.isfinite(time):
            yield f"people.{path}", "this must come some day", "never", "a finite time"
    yield from _batches(people.recruiting, "people.recruiting")
    yield from _tenures(scenario)
    for table in ("capital", "direct", "indirect", "other"):
        for index, line in enumerate(getattr(scenario.budget, table).lines):
            if line.start is not None and line.until is not None and line.until <= line.start:
                path = f"budget.{table}.lines.{index}.until"
                yield path, f"the line ends before it starts on {line.start}", str(line.until), "a later date"


def _batches(recruiting: Recruiting, path: str) -> Iterator[Finding]:
    if recruiting.policy == "batch" and not 0 < recruiting.every < math.inf:
        message = "searches begin only on fixed dates (policy `batch`), and these have no interval between them"
        yield f"{path}.every", message, recruiting.every, "a time above 0, not never"


def _tenures(scenario: Scenario) -> Iterator[Finding]:
    """Turnover and early leavers that no law of tenure has, told once."""
    people = scenario.people
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            per_year, probation = turnover_per_year(people, spec), onboarding_of(people, spec).probation
            try:
                people.turnover.law(per_year, probation)
            except ValueError as error:
                message = f"role {role!r} of {name!r}: {error}"
                yield "people.turnover.early", message, people.turnover.early, "fewer early leavers, or less turnover"
                return


def _structure(scenario: Scenario, structure: Structure, path: str) -> Iterator[Finding]:
    for name, role in structure.roles.items():
        here = f"{path}.roles.{name}"
        yield from _duties(scenario.market, role, here)
        if not role.support and role.headcount % structure.pods:
            message = f"{role.headcount} positions cannot be shared alike among {structure.pods} pods"
            yield f"{here}.headcount", message, role.headcount, f"a multiple of {structure.pods}"
        if role.recruiting is not None:
            yield from _batches(role.recruiting, f"{here}.recruiting")
        kept, day = sum(role.protected.values()), scenario.calendar.hours_per_day
        if kept > day + 1e-9:
            message = f"{kept:g} h of each day are kept, but a working day has {day:g} h"
            yield f"{here}.protected", message, None, f"at most {day:g} h together"
        week = scenario.calendar.hours_per_week
        if role.hours_per_week is not None and role.hours_per_week > week + 1e-9:
            message = f"{role.hours_per_week:g} h a week are more than the calendar's week of {week:g} h"
            allowed = f"at most {week:g} h, or longer `calendar.hours`; overtime is not known"
            yield f"{here}.hours_per_week", message, role.hours_per_week, allowed
        for activity, steps in role.ramp.items():
            if not steps:
                yield f"{here}.ramp.{activity}", "the ramp has no month", None, "at least one proficiency"
            elif 0 in steps[next((n for n, p in enumerate(steps) if p > 0), 0) :]:
                message = "months of 0 % stand only at the beginning of a ramp, before the first that is above it"
                hint = "such as [0, 0, 0.5, 1]; for days without any work there is `people.onboarding.training_days`"
                yield f"{here}.ramp.{activity}", message, None, hint


def _duties(market: Market, role: Role, path: str) -> Iterator[Finding]:
    stages = [stage.name for stage in market.stages]
    for index, duty in enumerate(role.activities):
        here = f"{path}.activities.{index}"
        if duty.stages is not None and duty.activity != "sell":
            message = f"`{duty.activity}` has no stages, only `sell` has"
            yield f"{here}.stages", message, None, "no `stages`"
        for kind, known in (
            ("stage", stages),
            ("channel", list(market.channels)),
            ("product", list(market.products)),
        ):
            names = getattr(duty, f"{kind}s")
            if names is not None and not names:
                message = f"an empty list of {kind}s leaves nothing to do"
                yield f"{here}.{kind}s", message, None, f"at least one {kind}, or no `{kind}s` for all"
            for number, name in enumerate(names or ()):
                yield from _unknown(f"{here}.{kind}s.{number}", kind, name, known)
        if duty.deal_from is not None and duty.deal_below is not None and duty.deal_below <= duty.deal_from:
            message = f"no deal is at least {duty.deal_from:g} and below {duty.deal_below:g}"
            yield f"{here}.deal_below", message, duty.deal_below, f"more than {duty.deal_from:g}"


# --- work that nobody does ----------------------------------------------------------------------------------


def _coverage(market: Market, structure: Structure, path: str) -> Iterator[Finding]:
    path = f"{path}.roles"
    leads = [name for name, each in market.channels.items() if each.active and not isinstance(each, Distributor)]
    for name in leads:
        channel = market.channels[name]
        if isinstance(channel, Outbound) and not any(prospects(r, name) for r in structure.roles.values()):
            yield path, f"nobody prospects in channel {name!r}", None, "a role with the activity `prospect`"
    fresh = [each for name in leads for each in _possible(market, structure, name)]
    if market.qualification is not None:
        what = "nobody answers and qualifies leads"
        yield from _nobody(structure, path, "qualify", fresh, what)
    first = initial_channel(market)
    due = fresh
    if market.initial.pipeline and first and first not in leads:
        due = [*fresh, *_possible(market, structure, first)]
    for stage in market.stages:
        what = f"no role works the stage {stage.name!r}"
        yield from _nobody(structure, path, "sell", due, what, stage.name)
    yield from _after_the_deal(market, structure, path, due)


def _after_the_deal(market: Market, structure: Structure, path: str, won: list[LeadClass]) -> Iterator[Finding]:
    paper = [each for each in won if market.products[each.product].paperwork.mean > 0]
    yield from _nobody(structure, path, "paperwork", paper, "nobody does the paperwork of deals")
    orders = market.customers.order_work.mean > 0 and math.isfinite(market.customers.order_every.mean)
    if orders:
        base = [each for each in won if market.products[each.product].repeat]
        if market.initial.customers:
            bought, size = initial_product(market), market.initial.customer_size
            there = _possible(market, structure, initial_channel(market), [bought], size)
            base = list(dict.fromkeys([*base, *there]))
        yield from _nobody(structure, path, "serve", base, "nobody serves the orders of customers")


def _possible(
    market: Market,
    structure: Structure,
    channel: str,
    products: Iterable[str] | None = None,
    factor: float = 1.0,
) -> Iterator[LeadClass]:
    """The classes of a channel's leads (or of some products), without size bands that no deal falls into."""
    bands = size_bands(structure)
    for product in product_shares(market, channel) if products is None else products:
        good = market.products[product]
        scale = market.channels[channel].deal_size * good.price * factor
        least, most = (good.deal.quantile(np.array([_TAIL, 1 - _TAIL])) * scale) if len(bands) > 1 else (0, 0)
        for low, high in bands:
            if len(bands) == 1 or (most >= low and least < high):
                yield LeadClass(channel, product, low, high)


def _nobody(
    structure: Structure,
    path: str,
    activity: Activity,
    classes: list[LeadClass],
    message: str,
    stage: str | None = None,
) -> Iterator[Finding]:
    """A problem when some of the classes have nobody who does the work as a first duty."""
    roles = structure.roles.values()
    missing = [c for c in classes if not any(first_duty(role, activity, c, stage) for role in roles)]
    if not missing:
        return
    allowed = f"a role with the activity `{activity}`"
    if all(any(helps(role, activity, each, stage) for role in roles) for each in missing):
        message += ", except as overflow"
        allowed += " without `overflow`"
    yield path, message + _of(missing, classes), None, allowed


def _of(missing: list[LeadClass], classes: list[LeadClass]) -> str:
    """Which classes, in as few words as tell them: '' when it is all of them."""
    if len(missing) == len(classes):
        return ""
    for words in (_channel, _product, _size):
        told = list(dict.fromkeys(words(each) for each in missing))
        if len(missing) == sum(words(each) in told for each in classes):
            return ", for " + " and ".join(told)
    one = ", ".join(words(missing[0]) for words in (_channel, _product, _size))
    return f", for {one}" + (f" and {len(missing) - 1} more such" if len(missing) > 1 else "")


def _channel(lead: LeadClass) -> str:
    return f"channel {lead.channel!r}"


def _product(lead: LeadClass) -> str:
    return f"product {lead.product!r}"


def _size(lead: LeadClass) -> str:
    start = f" from {lead.low:g}" if lead.low > 0 else ""
    end = f" below {lead.high:g}" if lead.high < math.inf else ""
    return f"deals{start}{end}" if start or end else "deals of any size"
