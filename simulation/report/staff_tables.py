"""Tables of the staff: who left and why, how many were ramped, what turnover cost, what heads and administrators do."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulation.analysis.administrator import SELLING
from simulation.analysis.comparison import Result
from simulation.analysis.payback import payback
from simulation.analysis.quantiles import quantiles
from simulation.analysis.staff_catalogue import RAISED_TITLES
from simulation.expected import months_to_proficiency
from simulation.finance.spans import first_day
from simulation.report.cells import defined, mean_and_interval, scale_of_all, scale_of_measure, section_tables
from simulation.report.grid import aligned, plain_table, settled
from simulation.report.numbers import between, listed, percent, plain
from simulation.scenario.timeline import DatedChange, changes, timeline
from simulation.scenario.titles import role_titles

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
COST_NOTE = (
    "Separation, recruiting and training are paid; vacancy, skill and clients are estimates at average margin. "
    "The whole truth is a comparison with the same scenario at a turnover of 0."
)
RAMP_NOTE = (
    "Ramp: months until a beginner does 90 % of what a practised colleague of the role does; planned in closed "
    "form, then at the pace of work that the run had."
)


def staff_part(result: Result, width: int) -> list[RenderableType]:
    """Everything about the staff; nothing where nobody comes or leaves and nobody leads."""
    parts: list[RenderableType] = []
    moves = people_move(result)
    sections: dict[str, tuple[str, ...]] = {}
    if moves:
        sections["People who come and leave"] = STAFF
        sections["Cost of turnover"] = COST
    if any(defined(result, structure, "head_load") for structure in result.structures):
        sections["Leading"] = LEADING[:2]
    if _above_zero(result, "crm_adoption"):
        sections["Tools"] = LEADING[2:]
    sections = {title: tuple(n for n in names if _tells(result, n)) for title, names in sections.items()}
    if any(sections.values()):
        parts += section_tables(result, sections, width)
    if moves:
        parts += [Text(COST_NOTE), *role_table(result)]
    parts += [*_in_words(result)]
    return parts


def people_move(result: Result) -> bool:
    """Whether anybody comes or leaves, or a position is empty, in any year."""
    return any(_above_zero(result, name) for name in ("leavers", "hires", "vacancy"))


def role_table(result: Result) -> Iterator[RenderableType]:
    """Staff by role of each structure, with months to 90 % of a practised colleague."""
    table: Table = plain_table(
        "Staff",
        "positions",
        "empty, %",
        "leavers",
        "in ramp, %",
        "effective people",
        "ramp, months",
        "in the run",
    )
    columns: dict[str, list[tuple[str, str]]] = {name: [] for name in ROLE_COLUMNS}
    rows: list[tuple[str, str]] = []
    planned: list[str] = []
    simulated: list[str] = []
    scales = {name: scale_of_all(result, _of_roles(result, name)) for name in ROLE_COLUMNS}
    for structure in result.structures:
        case = result.cases[structure]
        months = months_to_proficiency(case.scenario, case.key)
        for role, title in role_titles(case.structure).items():
            if not defined(result, structure, f"positions.{role}") or not _somebody(result, structure, role):
                continue
            rows.append((structure, title))
            planned.append(_months(months.get(role, math.nan)))
            simulated.append(
                _months(result.summaries[structure][f"ramp_months.{role}"].mean) if role in months else "–"
            )
            for name, column in columns.items():
                cell = mean_and_interval(result, structure, f"{name}.{role}", scales[name])
                column.append((cell[0], "") if name == "positions" else cell)
    cells = {name: aligned(column) for name, column in columns.items()}
    before = ""
    for number, (structure, role) in enumerate(rows):
        if structure != before:
            table.add_row(Text(result.titles[structure], style="bold"))
            before = structure
        texts = [column[number] for column in cells.values()]
        table.add_row(Padding(role, (0, 0, 0, 2)), *texts, planned[number], simulated[number])
    yield Group(settled(table), Text(RAMP_NOTE))


def _of_roles(result: Result, family: str) -> list[str]:
    return [name for name in result.measures if name.startswith(f"{family}.") and not name.startswith(f"{family}.<")]


def _somebody(result: Result, structure: str, role: str) -> bool:
    return result.summaries[structure][f"positions.{role}"].mean > 0


def _months(months: float) -> str:
    if math.isnan(months):
        return "–"
    return "> 120" if math.isinf(months) else f"{months:.1f}"


def _above_zero(result: Result, measure: str) -> bool:
    return any(
        defined(result, name, measure) and result.summaries[name][measure].mean > 0 for name in result.structures
    )


def _tells(result: Result, measure: str) -> bool:
    """Whether a measure says anything: a reason for which nobody ever left does not."""
    return any(
        defined(result, name, measure) and result.summaries[name][measure].mean != 0 for name in result.structures
    )


def _in_words(result: Result) -> Iterator[Text]:
    """What heads, administrators, changes and tools come to, in a sentence each."""
    for structure in result.structures:
        title, found = result.titles[structure], result.summaries[structure]
        if defined(result, structure, "coached") and found["coached"].mean < 0.995:
            share = percent(found["coached"].mean)
            yield Text(f"{title}: the head has time for {share} of the coaching that people ask for.")
        if defined(result, structure, "administrator_pays_from"):
            yield Text(_administrator(result, structure))
        if _nobody_sells(result, structure):
            yield Text(_run_off(result, structure))
    for structure in result.structures:
        case = result.cases[structure]
        if changes(case.scenario, case.key):
            yield Text(f"{result.titles[structure]} changes: {_changes(result, structure)}.")
    yield from _paybacks(result)


def _administrator(result: Result, structure: str) -> str:
    found = result.summaries[structure]
    scale = scale_of_measure(result, "freed_worth")
    hours, worth, cost = (found[name].mean for name in ("freed_hours", "freed_worth", "administrator_cost"))
    low, high = found["administrator_pays_from"].low, found["administrator_pays_from"].high
    interval = f" ({low:.1f} … {high:.1f})" if math.isfinite(low) and low != high else ""
    return (
        f"{result.titles[structure]}: administrators do {plain(round(hours))} hours of papers that would else take "
        f"time from clients; at what an hour with leads and customers earns that is worth {scale.with_unit(worth)}, "
        f"and they cost {scale.with_unit(cost)}. One pays from {found['administrator_pays_from'].mean:.1f} "
        f"colleagues{interval} on, if it is time that is short."
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


def _run_off(result: Result, structure: str) -> str:
    """How long a base carries a department in which nobody sells."""
    horizon = result.cases[structure].scenario.experiment.months
    grows, lasts = (result.values.of(structure, name) for name in ("profitable_months", "months_carried"))
    words = f"{result.titles[structure]}: nobody sells; profit grows for {_span(grows, horizon, result.level)}"
    return f"{words} and, put by, carries the department for {_span(lasts, horizon, result.level)}."


def _span(months: NDArray[np.float64], horizon: int, level: float) -> str:
    """Months of the middle year with its interval, those of the bad and the good one; the horizon is a lower bound."""
    found = quantiles(months, level, whole=True)

    def text(month: float) -> str:
        return f"{month:.0f}" if month < horizon else f"{horizon} or more"

    texts = [text(each.value) for each in (found.p05, found.p50, found.p95)]
    if texts[0] == texts[2]:
        return f"{texts[1]} months"
    spread = f"nine years in ten: {texts[0]} to {texts[2]}"
    if not found.p05.known:
        spread = f"of {found.p05.n} years the shortest {texts[0]}, the longest {texts[2]}"
    interval = between(found.p50.low, found.p50.high, text)
    return f"{texts[1]} months ({f'interval {interval}; ' if interval else ''}{spread})"


def _changes(result: Result, structure: str) -> str:
    case = result.cases[structure]
    begin = first_day(case.scenario)
    words = []
    for change in changes(case.scenario, case.key):
        day = begin + dt.timedelta(hours=change.at)
        words.append(f"{day} {change.title or _what(change)}")
    shown = words[:6]
    return "; ".join(shown) + (f"; and {len(words) - 6} more" if len(words) > 6 else "")


def _what(change: DatedChange) -> str:
    """What a change without a title is."""
    parts = [".".join(path.split(".")[2:]) if path.startswith("structures.") else path for path in change.settings]
    parts += [f"{move.people} from {move.role} to {move.to}" for move in change.moves]
    if change.crm is not None:
        parts.append("CRM")
    return listed(parts) if parts else "a change"


def _paybacks(result: Result) -> Iterator[Text]:
    """Pay-back of a structure that differs from another by the roll-out of a CRM only."""
    for structure in result.structures:
        for other in result.structures:
            if (
                structure != other
                and _only_a_crm_more(result, structure, other)
                and result.values.paired(structure, other)
            ):
                found = payback(result, structure, other)
                yield Text(f"{result.titles[structure]} against {result.titles[other]}, in cash: {found.text}")


def _only_a_crm_more(result: Result, structure: str, other: str) -> bool:
    one, two = result.cases[structure].structure, result.cases[other].structure
    some = any(each.crm is not None or any(c.crm is not None for c in each.changes) for each in one.interventions)
    if not some or two.interventions:
        return False
    names = {"interventions": (), "title": "", "structural": ()}
    return one.model_copy(update=names) == two.model_copy(update=names)
