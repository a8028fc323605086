"""Tables of the staff: who left and why, how many were ramped, what turnover cost, what heads and administrators do."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.break_even import payback
from simulation.analysis.comparison import Result
from simulation.analysis.quantiles import quantiles
from simulation.analysis.staff_catalogue import RAISED_TITLES
from simulation.analysis.valuation import SELLING
from simulation.expected import months_to_proficiency
from simulation.finance.spans import first_day
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING, between
from simulation.report.reading import Reading
from simulation.scenario.timeline import DatedChange, changes, timeline
from simulation.scenario.titles import role_titles
from simulation.texts import Texts

STAFF = (
    "leavers",
    "leavers_stated",
    *(f"leavers_raised.{name}" for name in RAISED_TITLES),
    "leavers_by.quit",
    "leavers_by.probation",
    "leavers_by.laid_off",
    "leavers_by.closed",
    "hires",
    "turnover_rate",
    "vacancy",
    "training_share",
    "ramp_share",
    "tenure_months",
    "customers_lost_leaver",
)
COST = (
    "turnover_cost.separation",
    "turnover_cost.recruiting",
    "turnover_cost.training",
    "turnover_cost.vacancy",
    "turnover_cost.skill",
    "turnover_cost.clients",
    "turnover_cost",
)
LEADING = ("head_load", "coached", "crm_adoption")
ROLE_COLUMNS = ("positions", "vacancy", "leavers", "ramp_share", "effective_headcount")
MOST_CHANGES = 6
"""Changes of a structure that are named; the others are counted."""


def staff_grid(reading: Reading) -> Grid:
    """Who comes and leaves and what that costs, where anybody does; leading and tools where there are any."""
    t = reading.texts
    sections: dict[str, tuple[str, ...]] = {}
    moves = people_move(reading.result)
    if moves:
        sections |= {"table-moves": STAFF, "table-turnover-cost": COST}
    if any(reading.defined(structure, "head_load") for structure in reading.structures):
        sections["table-leading"] = LEADING[:2]
    if _above_zero(reading.result, "crm_adoption"):
        sections["table-tools"] = LEADING[2:]
    told = {key: [name for name in names if reading.tells(name)] for key, names in sections.items()}
    note = t("page-turnover-note") if moves else ""
    return Grid(t("page-turnover"), reading.header, reading.sections(told), note)


def people_move(result: Result) -> bool:
    """Whether anybody comes or leaves, or a position is empty, in any year."""
    return any(_above_zero(result, name) for name in ("leavers", "hires", "vacancy"))


def role_grid(reading: Reading) -> Grid:
    """Staff by role of each structure, with months to 90 % of a practised colleague; no rows where nobody moves."""
    t, result = reading.texts, reading.result
    header = [t("table-staff"), *(t(f"table-staff-{name.replace('_', '-')}") for name in ROLE_COLUMNS)]
    header += [t("table-staff-ramp-months"), t("table-staff-in-the-run")]
    rows: list[Row] = []
    if people_move(result):
        scales = {name: reading.scale_of_all(_of_roles(result, name)) for name in ROLE_COLUMNS}
        for structure in result.structures:
            case = result.cases[structure]
            months = months_to_proficiency(case.scenario, case.key)
            rows.append(Row(reading.title(structure)))
            for role, title in role_titles(case.structure).items():
                if reading.defined(structure, f"positions.{role}") and reading.mean(structure, f"positions.{role}") > 0:
                    own = [reading.stated(structure, f"{n}.{role}", scale) for n, scale in scales.items()]
                    own[0] = Cell(own[0].text, value=own[0].value)  # of positions
                    ramp = months.get(role, math.nan)
                    run = reading.mean(structure, f"ramp_months.{role}") if role in months else math.nan
                    rows.append(Row(t.title(title), [*own, _months(ramp, t), _months(run, t)]))
    return Grid(t("table-staff-title"), header, rows, t("table-staff-note"))


def _of_roles(result: Result, family: str) -> list[str]:
    return [name for name in result.measures if name.startswith(f"{family}.") and not name.startswith(f"{family}.<")]


def _months(months: float, t: Texts) -> Cell:
    if math.isnan(months):
        return Cell(NOTHING)
    return Cell("> 120" if math.isinf(months) else t.style.number(months, 1), value=months)


def _above_zero(result: Result, measure: str) -> bool:
    found = [each[measure] for each in result.summaries.values() if measure in each]
    return any(each.n > 0 and each.mean > 0 for each in found)


def staff_lines(reading: Reading) -> Iterator[str]:
    """What heads, administrators, changes and tools come to, in a sentence each."""
    t, result = reading.texts, reading.result
    for structure in reading.structures:
        title = reading.title(structure)
        if reading.defined(structure, "coached") and reading.mean(structure, "coached") < 0.995:
            yield t("staff-coached", structure=title, share=reading.percent(reading.mean(structure, "coached")))
        if reading.defined(structure, "administrator_pays_from"):
            yield _administrator(reading, structure)
        if _nobody_sells(result, structure):
            yield _run_off(reading, structure)
    for structure in reading.structures:
        case = result.cases[structure]
        if changes(case.scenario, case.key):
            yield t("staff-changes", structure=reading.title(structure), changes=_changes(reading, structure))
    yield from _paybacks(reading)


def _administrator(reading: Reading, structure: str) -> str:
    t = reading.texts
    found = reading.result.summaries[structure]
    scale = reading.scale_of_all(["freed_worth"])
    hours, worth, cost = (found[name].mean for name in ("freed_hours", "freed_worth", "administrator_cost"))
    low, high = found["administrator_pays_from"].low, found["administrator_pays_from"].high
    number = t.style.number
    interval = f" ({number(low, 1)} … {number(high, 1)})" if math.isfinite(low) and low != high else ""
    return t(
        "staff-administrator",
        structure=reading.title(structure),
        hours=number(round(hours)),
        worth=scale.with_unit(worth),
        cost=scale.with_unit(cost),
        colleagues=f"{number(found['administrator_pays_from'].mean, 1)}",
        interval=interval,
    )


def _nobody_sells(result: Result, structure: str) -> bool:
    """Whether there are people who serve customers and none who find, sort or close leads, from start to end."""
    case = result.cases[structure]
    if any(change.moves or change.settings for change in changes(case.scenario, case.key)):
        plans = timeline(case.scenario, case.key).scenarios
    else:
        plans = (case.scenario,)
    done = {
        duty.activity
        for plan in plans
        for role in plan.structures[case.key].roles.values()
        if role.headcount
        for duty in role.activities
    }
    return "serve" in done and not done & set(SELLING)


def _run_off(reading: Reading, structure: str) -> str:
    """How long a base carries a department in which nobody sells."""
    result = reading.result
    horizon = result.cases[structure].scenario.experiment.months
    grows, lasts = (result.values.of(structure, name) for name in ("profitable_months", "months_carried"))
    spans = [_span(months, horizon, result.level, reading.texts) for months in (grows, lasts)]
    return reading.texts("staff-run-off", structure=reading.title(structure), grows=spans[0], lasts=spans[1])


def _span(months: NDArray[np.float64], horizon: int, level: float, t: Texts) -> str:
    """Months of the middle year with its interval, those of the bad and the good one; the horizon is a lower bound."""
    found = quantiles(months, level, whole=True)

    def text(month: float) -> str:
        return t.style.number(month) if month < horizon else t("staff-or-more", months=horizon)

    shortest, middle, longest = (text(each.value) for each in (found.p05, found.p50, found.p95))
    if shortest == longest:
        return t("staff-months", months=middle)
    years = 0 if found.p05.known else found.p05.n
    spread = t("staff-spread" if found.p05.known else "staff-extremes", years=years, low=shortest, high=longest)
    interval = between(found.p50.low, found.p50.high, text)
    return t(
        "staff-span", months=middle, interval=t("staff-interval", interval=interval) if interval else "", spread=spread
    )


def _changes(reading: Reading, structure: str) -> str:
    case = reading.result.cases[structure]
    begin = first_day(case.scenario)
    words = []
    for change in changes(case.scenario, case.key):
        day = begin + dt.timedelta(hours=change.at)
        words.append(f"{day} {reading.texts.title(change.title) if change.title else _what(change, reading.texts)}")
    more = len(words) - MOST_CHANGES
    shown = "; ".join(words[:MOST_CHANGES])
    return reading.texts("staff-more-changes", shown=shown, more=more) if more > 0 else shown


def _what(change: DatedChange, t: Texts) -> str:
    """What a change without a title is."""
    parts = [".".join(path.split(".")[2:]) if path.startswith("structures.") else path for path in change.settings]
    parts += [t("staff-move", people=move.people, before=move.role, after=move.to) for move in change.moves]
    if change.crm is not None:
        parts.append(t("staff-crm"))
    return t.listed(parts) if parts else t("staff-change")


def _paybacks(reading: Reading) -> Iterator[str]:
    """Pay-back of a structure that differs from another by the roll-out of a CRM only."""
    t, result = reading.texts, reading.result
    for one in reading.structures:
        for other in reading.structures:
            if one != other and _only_a_crm_more(result, one, other) and result.values.paired(one, other):
                found = t.again(payback(result, one, other).text)
                yield t("staff-payback", one=reading.title(one), other=reading.title(other), text=found)


def _only_a_crm_more(result: Result, structure: str, other: str) -> bool:
    one, two = result.cases[structure].structure, result.cases[other].structure
    some = any(each.crm is not None or any(c.crm is not None for c in each.changes) for each in one.interventions)
    if not some or two.interventions:
        return False
    names = {"interventions": (), "title": "", "structural": ()}
    return one.model_copy(update=names) == two.model_copy(update=names)
