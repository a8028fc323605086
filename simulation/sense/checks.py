"""Sense: a scenario that is well formed may still say something that its author hardly means.

``sense`` simulates nothing; loads and payrolls come from the closed form. It expects a scenario without
``reference_problems``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from simulation.expected import Part, RoleLoad, Workload, budgeted_payroll, workload
from simulation.expected.attendance import unanswered
from simulation.expected.odds import stage_passed
from simulation.expected.office_time import office_time
from simulation.expected.payroll import PAYROLL_TOLERANCE
from simulation.expected.rates import initial_channel
from simulation.mechanisms.prospecting import most_attempts
from simulation.scenario.calendar import add_months
from simulation.scenario.channels import Arrivals, Distributor, Outbound
from simulation.scenario.duties import product_shares
from simulation.scenario.history import window_of
from simulation.scenario.office_hours import clock_text
from simulation.scenario.pay import Commission
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.scenario.titles import structure_titles
from simulation.sense.money_checks import money_oddities
from simulation.sense.sense_warning import SenseWarning
from simulation.sense.staff_checks import oddities
from simulation.sense.unread import unread
from simulation.texts import Digits, Percent, Shortest, say, worded

HIGH_LOAD, LOW_LOAD = 1.2, 0.3
SEASON_TOLERANCE = 0.01
LEAST_WIN_PROBABILITY = 0.005
SHORT_PATIENCE = 72.0
"""Elapsed hours: below, patience alone loses most leads that the decay with the response time is about."""


def sense(scenario: Scenario) -> list[SenseWarning]:
    """What looks wrong in a scenario: contradictions first, then what may be meant so."""
    flows = {name: workload(scenario, name) for name in scenario.structures}
    found = [
        *_draws(scenario),
        *_history(scenario),
        *_seasons(scenario),
        *_sales(scenario),
        *_silent(scenario),
        *_idle(scenario, flows),
        *_patience(scenario),
        *_pay(scenario),
        *unread(scenario),
        *_payrolls(scenario, flows),
        *money_oddities(scenario, flows),
        *(SenseWarning(path, message) for path, message in oddities(scenario)),
    ]
    for name, structure in scenario.structures.items():
        found += _loads(scenario, name, flows[name])
        found += _unreached(scenario, name, flows[name])
        found += _unanswered(scenario, name, flows[name])
        found += _undone(scenario, structure, f"structures.{name}")
        found += _lists(scenario, f"structures.{name}", flows[name])
    return sorted(found, key=lambda warning: warning.level != "error")


def _draws(scenario: Scenario) -> Iterator[SenseWarning]:
    years = scenario.experiment.replications
    if scenario.inputs is not None and scenario.inputs.rows < years:
        yield SenseWarning("inputs.draws", worded("sense-draws", rows=scenario.inputs.rows, years=years))


def _history(scenario: Scenario) -> Iterator[SenseWarning]:
    """Days of the past that the run does not have."""
    history, experiment = scenario.history, scenario.experiment
    if history is None or history.days is None or window_of(history, experiment) is not None:
        return
    first, last = history.days
    end = add_months(experiment.start, experiment.months) - dt.timedelta(days=1)
    told = {"first": first, "last": last, "start": experiment.start, "end": end}
    message = worded("sense-history-before" if first < experiment.start else "sense-history-after", **told)
    yield SenseWarning("history.from" if first < experiment.start else "history.to", message)


def _seasons(scenario: Scenario) -> Iterator[SenseWarning]:
    years: dict[str, tuple[float, ...]] = {
        f"market.channels.{name}.seasonality": channel.seasonality
        for name, channel in scenario.market.channels.items()
        if isinstance(channel, Arrivals | Distributor)
    }
    if scenario.plan is not None:
        years["plan.seasonality"] = scenario.plan.seasonality
    weeks = {
        name: channel.arrivals for name, channel in scenario.market.channels.items() if isinstance(channel, Arrivals)
    }
    years |= {f"market.channels.{name}.arrivals.weekdays": rhythm.weekdays for name, rhythm in weeks.items()}
    years |= {f"market.channels.{name}.arrivals.hours": rhythm.hours for name, rhythm in weeks.items()}
    of = {12: "sense-season", 7: "sense-weekdays", 24: "sense-hours"}
    for path, factors in years.items():
        mean = sum(factors) / len(factors)
        if abs(mean - 1) > SEASON_TOLERANCE:
            yield SenseWarning(path, worded(of[len(factors)], mean=Digits(f"{mean:.3g}")), "error")


def _silent(scenario: Scenario) -> Iterator[SenseWarning]:
    """Stages whose lost leads never say no and are never closed."""
    for stage, path in zip(scenario.market.sale, scenario.market.sale_paths, strict=True):
        if stage.silent > 0 and stage.conversion < 1 and math.isinf(stage.expires):
            yield SenseWarning(f"{path}.silent", worded("sense-silent", share=Percent(stage.silent)))


def _sales(scenario: Scenario) -> Iterator[SenseWarning]:
    market = scenario.market
    least: tuple[float, str, str] | None = None
    for name, channel in market.channels.items():
        if not channel.active or isinstance(channel, Distributor):
            continue
        for product in product_shares(market, name):
            chance = 1.0
            for stage in range(len(market.way(name, product).stages)):
                chance *= stage_passed(market, name, product, stage)
            if least is None or chance < least[0]:
                least = (chance, name, product)
    if least is not None and least[0] < LEAST_WIN_PROBABILITY:
        chance, name, product = least
        message = worded("sense-win", name=repr(name), product=repr(product), chance=Percent(chance, more=1))
        yield SenseWarning("market.stages", message)


def _idle(scenario: Scenario, flows: dict[str, Workload]) -> Iterator[SenseWarning]:
    """Processes whose channels are switched off, and on the first day of which there is nothing either."""
    market, initial = scenario.market, scenario.market.initial
    times = [scenario, *(part.scenario for each in flows.values() for part in each.parts)]
    awake = {name for each in times for name, channel in each.market.channels.items() if channel.active}
    if initial.customers or initial.pipeline:
        awake |= {row.channel for row in initial.rows} | {row.channel for row in initial.buyers}
        awake.add(initial_channel(market))
    fed = {market.process_of(*pair) for pair in market.asked if pair[0] in awake}
    for name in market.processes:
        if name in market.sold and name not in fed:
            yield SenseWarning(f"market.processes.{name}", worded("sense-process-idle", name=repr(name)))


def _patience(scenario: Scenario) -> Iterator[SenseWarning]:
    market, time = scenario.market, office_time(scenario)
    for name, channel in market.channels.items():
        if not isinstance(channel, Arrivals) or not channel.active:
            continue
        path, mean = f"market.channels.{name}.patience", channel.patience.mean
        night = not scenario.calendar.around_the_clock and channel.arrival_hours == "around the clock"
        if night and mean < 1:
            lost = 1 - time.still_there(channel.patience, 0.0, in_office=False, rhythm=channel.arrivals)
            message = worded("sense-night", mean=f"{60 * mean:.0f}", lost=Percent(lost))
            yield SenseWarning(path, message)
        decays = [market.way(name, product).speed_to_lead for product in product_shares(market, name)]
        if any(decay is not None and decay.floor < 1 for decay in decays) and mean < SHORT_PATIENCE:
            message = worded("sense-late-twice", mean=Digits(f"{mean:.3g}"))
            yield SenseWarning(path, message)


def _commissions(scenario: Scenario) -> Iterator[tuple[str, Commission]]:
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            if spec.pay.commission.share > 0:
                yield f"structures.{name}.roles.{role}.pay.commission", spec.pay.commission


def _pay(scenario: Scenario) -> Iterator[SenseWarning]:
    commissions = list(_commissions(scenario))
    for path, terms in commissions:
        if scenario.plan is None and terms.attainment_of == "department" and terms.judged:
            message = worded("sense-accelerator")
            yield SenseWarning(path, message)
    for name, product in scenario.market.products.items():
        margin = 1 - (1 - product.gross_margin) / product.price
        for path, terms in commissions:
            if margin <= 0:
                message = worded("sense-commission-nothing", path=path, margin=Percent(margin))
                yield SenseWarning(f"market.products.{name}.gross_margin", message)
                break
            if terms.of == "revenue" and terms.share >= margin:
                message = worded(
                    "sense-commission-margin", share=Percent(terms.share), name=repr(name), margin=Percent(margin)
                )
                yield SenseWarning(f"{path}.share", message)
    for name, structure in scenario.structures.items():
        pays = [role.pay for role in structure.roles.values() if role.headcount > 0]
        if pays and not any(pay.base or pay.commission.share or pay.per_lead for pay in pays):
            yield SenseWarning(f"structures.{name}.roles", worded("sense-nobody-paid"))


def _payrolls(scenario: Scenario, flows: dict[str, Workload]) -> Iterator[SenseWarning]:
    first = scenario.experiment.baseline or next(iter(scenario.structures))
    payrolls = {name: budgeted_payroll(scenario, name, flows[name]) for name in scenario.structures}
    base, titles = payrolls[first], structure_titles(scenario)
    for name, payroll in payrolls.items():
        if base > 0 and abs(payroll / base - 1) > PAYROLL_TOLERANCE:
            message = say(
                "sense-payroll",
                payroll=Shortest(round(payroll)),
                more=Percent(abs(payroll / base - 1)),
                dearer=payroll > base,
                base=Shortest(round(base)),
                first=titles[first],
            )
            yield SenseWarning(f"structures.{name}", message)


def _loads(scenario: Scenario, structure: str, flows: Workload) -> Iterator[SenseWarning]:
    spec = scenario.structures[structure]
    for name, load in flows.roles.items():
        here = f"structures.{structure}.roles.{name}"
        empty = [part for part in flows.parts if part.flows.roles[name].headcount == 0]
        waiting = [part for part in empty if part.flows.roles[name].demand > 0]
        if waiting:
            hours = Shortest(round(waiting[0].flows.roles[name].demand))
            message = worded("sense-nobody-in-role", when=_then(scenario, flows, waiting), hours=hours)
            yield SenseWarning(f"{here}.headcount", message)
        if load.headcount == 0 or load.capacity == 0:
            continue
        if flows.pressure(name) > HIGH_LOAD:
            message = worded("sense-load-high", **_figures(load, load.load))
            yield SenseWarning(here, message)
        elif load.load_with_prospecting < LOW_LOAD and not _helps_out(spec, name):
            message = worded("sense-load-low", **_figures(load, load.load_with_prospecting))
            yield SenseWarning(here, message)


def _figures(load: RoleLoad, ratio: float) -> dict[str, Percent | Shortest]:
    """The load and the effective hours a month that it is of."""
    return {
        "load": Percent(ratio),
        "asked": Shortest(round(ratio * load.capacity)),
        "hours": Shortest(round(load.capacity)),
    }


def _then(scenario: Scenario, flows: Workload, parts: Sequence[Part]) -> str:
    """' from 2026-07-01 to 2026-10-01': the parts of the horizon that are meant, '' for all of it."""
    if len(parts) == len(flows.parts):
        return ""
    begin = scenario.experiment.hour_zero
    since, until = (begin + dt.timedelta(hours=hours) for hours in (parts[0].begin, parts[-1].end))
    if parts[-1].end < flows.parts[-1].end:
        return worded("sense-from-to", since=since, until=until)
    return worded("sense-from", since=since)


def _unreached(scenario: Scenario, structure: str, flows: Workload) -> Iterator[SenseWarning]:
    for name, load in flows.roles.items():
        if load.unreached:
            parts = [part for part in flows.parts if part.flows.roles[name].unreached]
            listed = ", ".join(f"`{activity}`" for activity in load.unreached)
            message = worded("sense-unreached", listed=listed, when=_then(scenario, flows, parts))
            yield SenseWarning(f"structures.{structure}.roles.{name}.activities", message)


def _unanswered(scenario: Scenario, structure: str, flows: Workload) -> Iterator[SenseWarning]:
    gaps = [(part, gap) for part in flows.parts if (gap := unanswered(part.scenario, structure)) is not None]
    if gaps:
        gap = gaps[0][1]
        who, when = ", ".join(gap.roles), _then(scenario, flows, [part for part, _ in gaps])
        told = {"who": who, "when": when, "since": clock_text(gap.since), "share": Percent(gap.share)}
        if math.isnan(gap.hours_per_week):
            message, key = worded("sense-unanswered-shifts", **told), "hours"
        else:
            message, key = (
                worded("sense-unanswered", hours=Digits(f"{gap.hours_per_week:.3g}"), **told),
                "hours_per_week",
            )
        yield SenseWarning(f"structures.{structure}.roles.{gap.roles[0]}.{key}", message)


def _helps_out(structure: Structure, role: str) -> bool:
    """Whether a role is there to help out, so that its load says nothing."""
    return any(duty.overflow is not None for duty in structure.roles[role].activities)


def _undone(scenario: Scenario, structure: Structure, path: str) -> Iterator[SenseWarning]:
    market = scenario.market
    done: set[Activity] = {duty.activity for role in structure.roles.values() for duty in role.activities}
    buyers = [market.buyers(name) for name in market.sold]
    if any(spec.payment.late_share > 0 for spec in buyers) and "collect" not in done:
        message = worded("sense-collect")
        yield SenseWarning(f"{path}.roles", message)
    repeats = any(product.repeat for product in market.products.values())
    requests = any(spec.requests_per_month > 0 and spec.request_work.mean > 0 for spec in buyers)
    if repeats and requests and "serve" not in done:
        message = worded("sense-serve")
        yield SenseWarning(f"{path}.roles", message)
    outbound = any(isinstance(each, Outbound) and each.active for each in market.channels.values())
    for name, role in structure.roles.items():
        if role.protected.get("prospect", 0.0) > 0 and not outbound:
            message = worded("sense-prospect")
            yield SenseWarning(f"{path}.roles.{name}.protected.prospect", message)


def _lists(scenario: Scenario, path: str, flows: Workload) -> Iterator[SenseWarning]:
    time = office_time(scenario)
    for name, channel in scenario.market.channels.items():
        if not isinstance(channel, Outbound) or channel.contacts is None or not channel.active:
            continue
        most = most_attempts(channel.contacts, time.end)
        if flows.channels[name].attempts >= most * (1 - 1e-6):
            message = worded("sense-list", path=repr(path.removeprefix("structures.")), most=f"{most:.0f}")
            yield SenseWarning(f"market.channels.{name}.contacts", message)
