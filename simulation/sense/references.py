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
    owners,
    product_shares,
    prospects,
    size_bands,
)
from simulation.scenario.market import Distributor, Market, Outbound, Stage
from simulation.scenario.office_hours import public_holidays
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure, onboarding_of, tenure_form, tenures_of
from simulation.texts import Phrase, joined, phrase_of, worded
from simulation.written.quantities import write_elapsed

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
            problems += _coverage(scenario, structure, path)
    return problems


def _calendar(scenario: Scenario) -> Iterator[Finding]:
    spec = scenario.calendar
    if spec.country is None:
        return
    year = scenario.experiment.start.year
    try:
        public_holidays(spec.country, spec.region, year, year)
    except ValueError as error:
        key, value = ("country", spec.country) if "country" in phrase_of(error) else ("region", spec.region)
        yield f"calendar.{key}", phrase_of(error), value, ""


def _experiment(scenario: Scenario) -> Iterator[Finding]:
    experiment = scenario.experiment
    for key in ("today", "baseline"):
        name = getattr(experiment, key)
        if name:
            yield from _unknown(f"experiment.{key}", "structure", name, scenario.structures)
    if experiment.measure == "plan_attainment" and scenario.plan is None:
        message = worded("plan-attainment")
        yield "experiment.measure", message, experiment.measure, worded("allowed-plan-or-measure")


def _unknown(path: str, kind: str, name: str, known: Iterable[str]) -> Iterator[Finding]:
    if name not in known:
        yield path, worded(f"no-{kind}", name=repr(name)), name, ", ".join(known)


def _market(scenario: Scenario) -> Iterator[Finding]:
    market = scenario.market
    for name, channel in market.channels.items():
        path = f"market.channels.{name}"
        for product in channel.products:
            yield from _unknown(f"{path}.products.{product}", "product", product, market.products)
        if channel.products and not any(channel.products.values()):
            message = worded("weights-zero")
            yield f"{path}.products", message, None, worded("allowed-weight")
        if isinstance(channel, Outbound) and channel.attempt <= 0:
            message = worded("attempt-no-time")
            yield f"{path}.attempt", message, channel.attempt, worded("allowed-working-above-0")
    for index, stage in enumerate(market.stages):
        if not math.isfinite(stage.thinking.mean):
            message = worded("thinks-for-ever")
            yield f"market.stages.{index}.thinking", message, None, worded("allowed-finite-time")
        yield from _clocks(f"market.stages.{index}", stage, stage is market.stages[-1])
    for key, interval in (
        ("order_every", market.customers.order_every),
        ("upsell.every", market.customers.upsell.every),
    ):
        if interval.mean <= 0:
            message = worded("no-interval")
            yield f"market.customers.{key}", message, None, worded("allowed-mean-or-never")
    yield from _initial(market)
    yield from _open_leads(scenario)


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


def _initial(market: Market) -> Iterator[Finding]:
    initial, path = market.initial, "market.initial"
    if initial.channel:
        yield from _unknown(f"{path}.channel", "channel", initial.channel, market.channels)
        if isinstance(market.channels.get(initial.channel), Distributor):
            able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
            message = worded("distributor-no-customers", channel=repr(initial.channel))
            yield f"{path}.channel", message, initial.channel, ", ".join(able)
    elif (initial.customers or (initial.pipeline and not initial.rows)) and not initial_channel(market):
        message = worded("first-day-channel")
        yield f"{path}.channel", message, None, worded("allowed-no-distributor")
    repeat = [name for name, product in market.products.items() if product.repeat]
    if initial.product:
        yield from _unknown(f"{path}.product", "product", initial.product, market.products)
        if initial.product in market.products and initial.product not in repeat:
            message = worded("sold-once", product=repr(initial.product))
            yield f"{path}.product", message, initial.product, ", ".join(repeat)
    elif initial.customers and not repeat:
        message = worded("all-sold-once")
        yield f"{path}.customers", message, initial.customers, worded("allowed-zero-or-repeat")


def _open_leads(scenario: Scenario) -> Iterator[Finding]:
    """Names in the list of open leads that are not there, each told once, and ages that no open lead has."""
    market = scenario.market
    stages = {stage.name: number for number, stage in enumerate(market.stages)}
    able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
    whose = dict.fromkeys(name for each in scenario.structures.values() for name in owners(each))
    told: set[tuple[str, str]] = set()
    for index, row in enumerate(market.initial.rows):
        for key, known in (("channel", able), ("stage", stages), ("owner", whose)):
            name = getattr(row, key)
            if (key, name) in told or (key == "owner" and not name):
                continue
            told.add((key, name))
            path = f"market.initial.pipeline.{index}.{key}"
            if key == "channel" and isinstance(market.channels.get(name), Distributor):
                yield path, worded("distributor-no-customers", channel=repr(name)), name, ", ".join(known)
            else:
                yield from _unknown(path, key, name, known)
        before = market.stages[stages[row.stage] - 1] if stages.get(row.stage) else None
        if before is not None and row.age >= before.expires and ("age", row.stage) not in told:
            told.add(("age", row.stage))
            most = write_elapsed(before.expires)
            message = worded("expired-already", stage=repr(before.name), most=most)
            yield (
                f"market.initial.pipeline.{index}.age",
                message,
                None,
                worded("limit-below", limit=most),
            )


def _people(scenario: Scenario) -> Iterator[Finding]:
    people = scenario.people
    if not math.isfinite(people.tenure.mean):
        yield "people.tenure", worded("tenure-for-ever"), None, worded("allowed-finite-time")
    for path, time in (
        ("turnover.notice", people.turnover.notice),
        ("departure.reassign_after", people.departure.reassign_after),
        ("departure.orders_recover", people.departure.orders_recover),
    ):
        if not math.isfinite(time):
            yield f"people.{path}", worded("must-come"), "never", worded("allowed-finite-time")
    yield from _batches(people.recruiting, "people.recruiting")
    yield from _tenures(scenario)
    for table in ("capital", "direct", "indirect", "other"):
        for index, line in enumerate(getattr(scenario.budget, table).lines):
            if line.start is not None and line.until is not None and line.until <= line.start:
                path = f"budget.{table}.lines.{index}.until"
                yield path, worded("line-ends-early", start=line.start), str(line.until), worded("allowed-later-date")


def _batches(recruiting: Recruiting, path: str) -> Iterator[Finding]:
    if recruiting.policy == "batch" and not 0 < recruiting.every < math.inf:
        message = worded("batch-no-interval")
        yield f"{path}.every", message, recruiting.every, worded("allowed-time-above-0")


def _tenures(scenario: Scenario) -> Iterator[Finding]:
    """Leavers and trial times that no law of tenure has, each told once."""
    people, told = scenario.people, set()
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            own, form = f"structures.{name}.roles.{role}", tenure_form(people, spec)
            trial = onboarding_of(people, spec).probation
            where = f"{'people' if spec.onboarding is None else own}.onboarding.probation.failure"
            if form.kind != "weibull" and trial.failure > 0:
                if where not in told:
                    yield where, worded("tenure-trial", kind=form.kind), trial.failure, worded("allowed-no-trial")
                told.add(where)
                continue
            try:
                tenures_of(people, spec)
            except ValueError as error:
                where, value, allowed = "people.turnover.early", str(people.turnover.early), "allowed-fewer-leavers"
                if form.kind != "weibull":
                    where = "people.turnover.law" if spec.turnover_law is None else f"{own}.turnover_law"
                    value, allowed = form.kind, "allowed-less-turnover"
                if where not in told:
                    message = worded("role-of", role=repr(role), name=repr(name), error=phrase_of(error))
                    yield where, message, value, worded(allowed)
                told.add(where)


def _structure(scenario: Scenario, structure: Structure, path: str) -> Iterator[Finding]:
    for name, role in structure.roles.items():
        here = f"{path}.roles.{name}"
        yield from _duties(scenario.market, role, here)
        if not role.support and role.headcount % structure.pods:
            message = worded("pods-uneven", headcount=role.headcount, pods=structure.pods)
            yield f"{here}.headcount", message, role.headcount, worded("allowed-multiple", pods=structure.pods)
        if role.recruiting is not None:
            yield from _batches(role.recruiting, f"{here}.recruiting")
        kept, day = sum(role.protected.values()), scenario.calendar.hours_per_day
        if kept > day + 1e-9:
            message = worded("protected-too-long", kept=f"{kept:g}", day=f"{day:g}")
            yield f"{here}.protected", message, None, worded("allowed-hours-together", day=f"{day:g}")
        week = scenario.calendar.hours_per_week
        if role.hours_per_week is not None and role.hours_per_week > week + 1e-9:
            message = worded("week-too-long", hours_per_week=f"{role.hours_per_week:g}", week=f"{week:g}")
            allowed = worded("allowed-week", week=f"{week:g}")
            yield f"{here}.hours_per_week", message, role.hours_per_week, allowed
        for activity, steps in role.ramp.items():
            if not steps:
                yield f"{here}.ramp.{activity}", worded("ramp-empty"), None, worded("allowed-one-proficiency")
            elif 0 in steps[next((n for n, p in enumerate(steps) if p > 0), 0) :]:
                message = worded("ramp-zero")
                hint = worded("allowed-ramp")
                yield f"{here}.ramp.{activity}", message, None, hint


def _duties(market: Market, role: Role, path: str) -> Iterator[Finding]:
    stages = [stage.name for stage in market.stages]
    for index, duty in enumerate(role.activities):
        here = f"{path}.activities.{index}"
        if duty.stages is not None and duty.activity != "sell":
            message = worded("no-stages", activity=duty.activity)
            yield f"{here}.stages", message, None, worded("allowed-no-stages")
        for kind, known in (
            ("stage", stages),
            ("channel", list(market.channels)),
            ("product", list(market.products)),
        ):
            names = getattr(duty, f"{kind}s")
            if names is not None and not names:
                message = worded(f"empty-{kind}s")
                yield f"{here}.{kind}s", message, None, worded(f"allowed-{kind}s")
            for number, name in enumerate(names or ()):
                yield from _unknown(f"{here}.{kind}s.{number}", kind, name, known)
        if duty.deal_from is not None and duty.deal_below is not None and duty.deal_below <= duty.deal_from:
            message = worded("no-such-deal", deal_from=f"{duty.deal_from:g}", deal_below=f"{duty.deal_below:g}")
            allowed = worded("allowed-more-than", deal_from=f"{duty.deal_from:g}")
            yield f"{here}.deal_below", message, duty.deal_below, allowed


# --- work that nobody does ----------------------------------------------------------------------------------


def _coverage(scenario: Scenario, structure: Structure, path: str) -> Iterator[Finding]:
    path, market = f"{path}.roles", scenario.market
    years = (scenario.experiment.warm_up + scenario.experiment.months) / 12
    leads = [name for name, each in market.channels.items() if each.active and not isinstance(each, Distributor)]
    for name in leads:
        channel = market.channels[name]
        if isinstance(channel, Outbound) and not any(prospects(r, name) for r in structure.roles.values()):
            allowed = worded("allowed-role-with", activity="prospect")
            yield path, worded("nobody-prospects", name=repr(name)), None, allowed
    fresh = [each for name in leads for each in _possible(market, structure, name, years)]
    if market.qualification is not None:
        yield from _nobody(structure, path, "qualify", fresh)
    first = initial_channel(market)
    due = fresh
    if market.initial.pipeline and not market.initial.rows and first and first not in leads:
        due = [*fresh, *_possible(market, structure, first, years)]
    for stage in market.stages:
        due = list(dict.fromkeys([*due, *_there(market, structure, years, stage.name)]))
        yield from _nobody(structure, path, "sell", due, stage.name)
    yield from _after_the_deal(market, structure, path, due)


def _there(market: Market, structure: Structure, years: float, stage: str) -> Iterator[LeadClass]:
    """Classes of the listed open leads that stand at a stage."""
    bands, rows = size_bands(structure), [row for row in market.initial.rows if row.stage == stage]
    for channel in dict.fromkeys(row.channel for row in rows):
        sizes = [row.amount for row in rows if row.channel == channel]
        amounts = [size for size in sizes if size is not None]
        if len(amounts) < len(sizes):
            yield from _possible(market, structure, channel, years)
        for low, high in bands:
            if any(low <= amount < high for amount in amounts):
                yield from (LeadClass(channel, name, low, high) for name in product_shares(market, channel))


def _after_the_deal(market: Market, structure: Structure, path: str, won: list[LeadClass]) -> Iterator[Finding]:
    paper = [each for each in won if market.products[each.product].paperwork.mean > 0]
    yield from _nobody(structure, path, "paperwork", paper)
    orders = market.customers.order_work.mean > 0 and math.isfinite(market.customers.order_every.mean)
    if orders:
        base = [each for each in won if market.products[each.product].repeat]
        if market.initial.customers:
            bought, size = initial_product(market), market.initial.customer_size
            there = _possible(market, structure, initial_channel(market), 0, [bought], size)
            base = list(dict.fromkeys([*base, *there]))
        yield from _nobody(structure, path, "serve", base)


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
                yield LeadClass(channel, product, low, high)


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
    for words in (_channel, _product, _size):
        told = list(dict.fromkeys(words(each) for each in missing))
        if len(missing) == sum(words(each) in told for each in classes):
            one, *others = told
            return joined((worded("for", what=one), *(worded("for-and", what=each) for each in others)), "")
    one = joined((words(missing[0]) for words in (_channel, _product, _size)), ", ")
    return worded("for-more", what=one, more=len(missing) - 1) if len(missing) > 1 else worded("for", what=one)


def _channel(lead: LeadClass) -> Phrase:
    return worded("class-channel", channel=repr(lead.channel))


def _product(lead: LeadClass) -> Phrase:
    return worded("class-product", product=repr(lead.product))


def _size(lead: LeadClass) -> Phrase:
    low, high = f"{lead.low:g}", f"{lead.high:g}"
    if lead.low > 0:
        return worded("class-size", low=low, high=high) if lead.high < math.inf else worded("class-size-from", low=low)
    return worded("class-size-below", high=high) if lead.high < math.inf else worded("class-size-any")
