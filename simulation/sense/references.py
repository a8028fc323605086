"""Cross references: names that do not exist, and work that nobody does, which the schema alone cannot see.

Checked once a scenario is complete (presets filled in). A role counts by its duties even when nobody is in
it, so that a department without people can be simulated.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.mechanisms.hiring import Recruiting
from simulation.scenario.market import Market
from simulation.scenario.office_hours import public_holidays
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import positions
from simulation.scenario.structures import Role, Structure, onboarding_of, tenure_form, tenures_of
from simulation.sense.coverage import coverage
from simulation.sense.market_references import Finding, market_problems, no_stage, unknown
from simulation.texts import Digits, phrase_of, worded
from simulation.written.errors import TwoSided


def reference_problems(scenario: Scenario, first_day: bool = True) -> list[Finding]:
    """Every reference that leads nowhere and all work that nobody does, in the order of the scenario.

    Args:
        scenario: the scenario.
        first_day: whether it is the one that the run begins with: shifts and named positions are those of that day.

    Returns:
        (dotted path, message, value, allowed) of each; empty when all is well.
    """
    market = list(market_problems(scenario))
    problems = [*_calendar(scenario), *_experiment(scenario), *market, *_people(scenario)]
    for name, structure in scenario.structures.items():
        path = f"structures.{name}"
        own = [*(_staff(scenario, structure, path) if first_day else ()), *_structure(scenario, structure, path)]
        if not market:
            own += _whose(scenario.market, structure, path)
        problems += own
        if not market and not own:  # else the same slip would be told twice
            problems += coverage(scenario, structure, path)
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
            yield from unknown(f"experiment.{key}", "structure", name, scenario.structures)
    if experiment.measure == "plan_attainment" and scenario.plan is None:
        message = worded("plan-attainment")
        yield "experiment.measure", message, experiment.measure, worded("allowed-plan-or-measure")


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
            message = worded("protected-too-long", kept=Digits(f"{kept:g}"), day=Digits(f"{day:g}"))
            yield f"{here}.protected", message, None, worded("allowed-hours-together", day=Digits(f"{day:g}"))
        week = scenario.calendar.hours_per_week
        if role.hours_per_week is not None and role.hours_per_week > week + 1e-9:
            message = worded(
                "week-too-long", hours_per_week=Digits(f"{role.hours_per_week:g}"), week=Digits(f"{week:g}")
            )
            allowed = worded("allowed-week", week=Digits(f"{week:g}"))
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
            yield from unknown(f"{here}.{number}", "process", name, market.sold)
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
                told = no_stage(market, where, name, known) if kind == "stage" else None
                yield from told or unknown(where, kind, name, known)
        if duty.deal_from is not None and duty.deal_below is not None and duty.deal_below <= duty.deal_from:
            message = worded(
                "no-such-deal", deal_from=Digits(f"{duty.deal_from:g}"), deal_below=Digits(f"{duty.deal_below:g}")
            )
            allowed = worded("allowed-more-than", deal_from=Digits(f"{duty.deal_from:g}"))
            yield f"{here}.deal_below", message, duty.deal_below, allowed
