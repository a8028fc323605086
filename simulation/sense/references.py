"""Cross references: names that do not exist, and work that nobody does, which the schema alone cannot see.

Checked once a scenario is complete (presets filled in). A role counts by its duties even when nobody is in
it, so that a department without people can be simulated.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import numpy as np

from simulation.expected.old_customers import base_size, listed_customers
from simulation.expected.rates import initial_channel, initial_product
from simulation.mechanisms.hiring import Recruiting
from simulation.scenario.channels import ChannelBase, Distributor, Outbound
from simulation.scenario.duties import (
    LeadClass,
    first_duty,
    helps,
    owners,
    product_shares,
    prospects,
    shares_at,
    size_bands,
)
from simulation.scenario.market import DEFAULT, Market, Product
from simulation.scenario.office_hours import public_holidays
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import positions
from simulation.scenario.stages import Stage
from simulation.scenario.structures import Role, Structure, onboarding_of, tenure_form, tenures_of
from simulation.texts import Phrase, joined, phrase_of, worded
from simulation.written.errors import TwoSided
from simulation.written.quantities import told_elapsed, write_elapsed

Finding = tuple[str, str, object, str]
"""Dotted path, what is wrong, the value there (or None), what is allowed (or '')."""

_TAIL = 1e-9


def reference_problems(scenario: Scenario, first_day: bool = True) -> list[Finding]:
    """Every reference that leads nowhere and all work that nobody does, in the order of the scenario.

    Args:
        scenario: the scenario.
        first_day: whether it is the one that the run begins with: shifts and named positions are those of that day.

    Returns:
        (dotted path, message, value, allowed) of each; empty when all is well.
    """
    market = list(_market(scenario))
    problems = [*_calendar(scenario), *_experiment(scenario), *market, *_people(scenario)]
    for name, structure in scenario.structures.items():
        path = f"structures.{name}"
        own = [*(_staff(scenario, structure, path) if first_day else ()), *_structure(scenario, structure, path)]
        if not market:
            own += _whose(scenario.market, structure, path)
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
                yield from _unknown(f"market.{kind}.{name}.process", "process", thing.process, known)
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
                yield from _no_stage(market, path, stage, able)
                if stage in able and differs.thinking is not None and not math.isfinite(differs.thinking.mean):
                    yield f"{path}.thinking", worded("thinks-for-ever"), None, worded("allowed-finite-time")


def _no_stage(market: Market, path: str, name: str, able: Iterable[str]) -> Iterator[Finding]:
    """A stage that is not among those that come about at a place: of another process, or of none."""
    process = next((p for p in market.sold for stage in market.process(p).stages if stage.name == name), None)
    if process is None or name in able:
        yield from _unknown(path, "stage", name, able)
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
                yield from _unknown(at, key, name, known)


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
                yield from _unknown(path, key, name, known)
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
                    law = "people.turnover.law" if spec.turnover_law is None else f"{own}.turnover_law"
                    why = worded("tenure-trial", kind=form.kind)
                    trying = (where, why, trial.failure, worded("allowed-no-trial"))
                    yield TwoSided.of(trying, (law, why, None, worded("allowed-weibull")))
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
        weeks = (each.calendar or scenario.calendar for each in positions(scenario.calendar, structure, name).first)
        day = min([scenario.calendar.hours_per_day, *(each.hours_per_day for each in weeks)])
        kept = sum(role.protected.values())
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


def _staff(scenario: Scenario, structure: Structure, path: str) -> Iterator[Finding]:
    """Shifts and named positions that do not fit their role."""
    for name, role in structure.roles.items():
        rows = [number for number, row in enumerate(structure.staff) if row.role == name]
        if len(rows) > role.headcount:
            message = worded("staff-too-many", role=repr(name), rows=len(rows), headcount=role.headcount)
            allowed = worded("allowed-headcount", rows=len(rows))
            yield f"{path}.staff.{rows[role.headcount]}", message, None, allowed
        people = sum(shift.people for shift in role.shifts)
        if people > role.headcount:
            message = worded("shifts-too-many", people=people, headcount=role.headcount)
            yield f"{path}.roles.{name}.shifts", message, None, worded("allowed-headcount", rows=people)
    taken = {f"{name}-{n + 1}" for name, role in structure.roles.items() for n in range(role.headcount)}
    first = scenario.experiment.hour_zero
    for number, row in enumerate(structure.staff):
        here = f"{path}.staff.{number}"
        if row.role not in structure.roles:
            message = worded("no-role-in-structure", role=repr(row.role))
            yield f"{here}.role", message, row.role, ", ".join(structure.roles)
        if not row.name.strip():
            yield f"{here}.name", worded("seat-blank"), row.name, worded("allowed-own-name")
        elif row.name in taken:
            yield f"{here}.name", worded("seat-twice", name=repr(row.name)), row.name, worded("allowed-own-name")
        taken.add(row.name)
        if row.hired is not None and row.hired > first:
            message = worded("hired-later", first=first)
            yield f"{here}.hired", message, str(row.hired), worded("allowed-hired", first=first)
        if row.role not in structure.roles:
            continue
        role = structure.roles[row.role]
        if role.hours_per_week is not None and (row.hours is not None or row.week is not None):
            yield here, worded("hours-twice"), None, worded("allowed-hours-once")
        done = [duty.activity for duty in role.activities]
        for activity in row.repetitions:
            if activity not in done:
                message = worded("repetitions-of-none", role=repr(row.role), activity=activity)
                yield f"{here}.repetitions.{activity}", message, None, ", ".join(dict.fromkeys(done))
            elif activity in role.ramp:
                message = worded("repetitions-in-ramp", activity=activity)
                yield f"{here}.repetitions.{activity}", message, None, worded("allowed-hired-in-ramp")


def _whose(market: Market, structure: Structure, path: str) -> Iterator[Finding]:
    """Processes that roles work for and that do not exist, and those that no role works for."""
    for role, spec in structure.roles.items():
        here = f"{path}.roles.{role}.processes"
        if spec.processes is not None and not spec.processes:
            yield here, worded("empty-processes"), None, worded("allowed-processes")
        for number, name in enumerate(spec.processes or ()):
            yield from _unknown(f"{here}.{number}", "process", name, market.sold)
    named = {name for spec in structure.roles.values() for name in spec.processes or () if not spec.support}
    if named and all(spec.support or spec.processes for spec in structure.roles.values()) and named <= {*market.sold}:
        for name in market.sold:
            if name not in named:
                message = worded("nobody-for-process", name=repr(name))
                yield f"{path}.roles", message, None, worded("allowed-role-of-process", name=name)


def _duties(market: Market, role: Role, path: str) -> Iterator[Finding]:
    for index, duty in enumerate(role.activities):
        here = f"{path}.activities.{index}"
        if duty.stages is not None and duty.activity != "sell":
            message = worded("no-stages", activity=duty.activity)
            yield f"{here}.stages", message, None, worded("allowed-no-stages")
        ways = {
            market.process_of(channel, product)
            for channel, product in market.asked
            if (duty.channels is None or channel in duty.channels)
            and (duty.products is None or product in duty.products)
        } & {*(market.sold if role.processes is None else role.processes)}
        stages = [s.name for p in market.sold if p in ways or not ways for s in market.process(p).stages]
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
                where = f"{here}.{kind}s.{number}"
                told = _no_stage(market, where, name, known) if kind == "stage" else None
                yield from told or _unknown(where, kind, name, known)
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
