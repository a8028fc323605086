"""Tables of a result: what happened under each structure, differences, load, lost leads. Nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from simulation.analysis.catalogue import REASON_TITLES, describe
from simulation.analysis.comparison import Comparison
from simulation.analysis.history import HistoryCheck, check_of
from simulation.analysis.history_numbers import HistoryRow
from simulation.analysis.horizon import LATE
from simulation.analysis.results import Result
from simulation.report.grid import Cell, Column, Grid, Row
from simulation.report.numbers import NOTHING, scale_of, sure
from simulation.report.reading import Reading
from simulation.report.terminal import apart, printed
from simulation.texts import Percent, Texts

SECTIONS: dict[str, tuple[str, ...]] = {
    "table-leads": (
        "leads",
        "answered",
        "lost_unanswered",
        "answered_within_1h",
        "answered_within_1d",
        "response_hours",
        "response_working_hours",
        "qualified",
    ),
    "table-sales": ("deals", "win_rate", "win_rate_arrived", "open_share", "cycle_days", "average_deal", "orders"),
    "table-money": (
        "revenue",
        "gross_margin",
        "payroll",
        "costs",
        "profit",
        "start_value",
        "end_value",
        "profit_with_end_value",
        "plan_attainment",
    ),
    "page-late": LATE,
    "table-people": ("customers_end", "customers_lost", "pipeline_end", "utilisation"),
}
"""Measures of the main table by the key of their heading, in their order."""

DIFFERENCES = (
    "leads",
    "answered_within_1h",
    "qualified",
    "deals",
    "win_rate",
    "open_share",
    "revenue",
    "gross_margin",
    "payroll",
    "costs",
    "profit",
    "profit_with_end_value",
    "plan_attainment",
    "customers_end",
)
"""Measures of the table of differences; the deciding one is added where it is not among them."""

IDLE, FULL = 0.6, 0.95
"""Shares of the time present: at work for less than the one a role is called free much of the time; with more than the
other on work that is asked for, overloaded. Prospecting takes what time is left, so it overloads nobody."""


def measures_grid(reading: Reading) -> Grid:
    """Mean and interval of the main measures, a column per structure."""
    return Grid("", reading.header, reading.sections(SECTIONS))


def difference_grids(reading: Reading, names: Sequence[str] = DIFFERENCES) -> list[Grid]:
    """Each structure less the baseline: intervals alone and together, years better, certainty.

    Args:
        reading: a result; there are none of one that is no comparison.
        names: measures that are shown beside the deciding one.
    """
    comparison, t = reading.comparison, reading.texts
    if comparison is None:
        return []
    frame = comparison.differences()
    grids = []
    for structure in comparison.structures:
        if structure == comparison.baseline:
            continue
        found = {row["measure"]: row for row in frame[frame["structure"] == structure].to_dict("records")}
        wanted = [name for name in dict.fromkeys((*names, comparison.measure)) if name in found]
        paired = "yes" if comparison.values.paired(structure, comparison.baseline) else "no"
        pair = {"one": reading.title(structure), "other": reading.title(comparison.baseline), "paired": paired}
        header: list[str | Column] = [
            "",
            t("page-mean"),
            t("page-interval", level=reading.percent(comparison.level)),
            Column(t("table-together"), under=2),
            t("page-years"),
            t("page-years-equal"),
            t("page-mean-better"),
        ]
        rows = [_difference(reading, comparison, n, found[n]) for n in wanted if math.isfinite(found[n]["mean"])]
        grids.append(Grid(t("table-less", **pair), header, rows))
    return grids


def interval_line(reading: Reading) -> str:
    """What the interval in the verdict is of, and why it is not that of the table; '' where nothing is compared."""
    comparison = reading.comparison
    if comparison is None or comparison.runs.finished < 2:
        return ""
    count = comparison.verdict_pairs * len(comparison.verdict_measures)
    years = comparison.runs.finished
    return reading.texts("interval-joint", years=years, seed=str(comparison.runs.seed), count=count)


def _difference(reading: Reading, comparison: Comparison, measure: str, found: Mapping[Any, Any]) -> Row:
    """The row of a measure; those of the verdict have an interval that holds for them together too."""
    read = describe(measure)
    unit = read.unit
    half = (found["high"] - found["low"]) / 2
    scale = reading.scale(unit, [found["mean"]], [half])
    together = measure in comparison.verdict_measures and math.isfinite(half) and half > 0
    certain = together and (found["joint_low"] > 0 or found["joint_high"] < 0)
    tone = ("good" if (found["mean"] > 0) == read.upwards else "bad") if certain else ""

    def interval(name: str, shown: bool) -> Cell:
        low, high = float(found[f"{name}low"]), float(found[f"{name}high"])
        return Cell(scale.interval(low, high, signed=True) if shown else "", low=low, high=high, kind=unit)

    tied = float(found["share_of_years_tied"])
    equal = Cell(reading.percent(tied), value=tied, kind="share")
    if read.higher_is_better is None:  # no direction, nothing better
        better = Cell(NOTHING), equal, Cell(NOTHING, words=True)
    else:
        how_sure = sure(found["confidence_mean_better"], reading.texts.language)
        better = reading.years(found), equal, Cell(how_sure, words=True)
    cells = [
        Cell(scale.text(found["mean"], signed=True), strong=certain, tone=tone, value=found["mean"], kind=unit),
        interval("", math.isfinite(half)),
        interval("joint_", together),
        *better,
    ]
    points = reading.texts("table-points") if unit == "share" else scale.unit
    return Row(reading.measure_title(measure), cells, points)


def load_grid(reading: Reading) -> Grid:
    """Load per role of each structure, planned and simulated with intervals, and in a word what it means."""
    t = reading.texts
    names = [name for name in reading.result.measures if is_load(name)]
    scale = reading.scale_of_all(names)
    rows: list[Row] = []
    for structure, regime in reading.result.regimes.items():
        rows.append(Row(reading.title(structure)))
        for title, role in regime.roles.items():
            busy = role.utilisation
            word = t("page-full" if role.demanded >= FULL else "page-idle" if busy < IDLE else "page-busy")
            own = (f"load.{role.name}", f"time.{role.name}.prospect", f"utilisation.{role.name}")
            cells = [
                Cell(_share(reading, role.expected), value=role.expected, kind="share"),
                *(reading.stated(structure, name, scale) for name in own),
                Cell("" if math.isnan(busy) else word, strong=role.demanded >= FULL, words=True),
            ]
            rows.append(Row(t.title(title), cells, scale.unit))
    columns = [t(f"page-load-{name}") for name in ("planned", "demand", "prospecting", "all")]
    header: list[str | Column] = [t("table-load"), *columns, Column(t("page-load-word"), roomy=True)]
    return Grid(t("page-load"), header, rows, t("page-load-note"))


def is_load(measure: str) -> bool:
    """Whether a measure is the share of a role's time in one of the columns of the load table."""
    family, *rest = measure.split(".")
    return bool(rest) and (family in ("load", "utilisation") or (len(rest) > 1 and rest[-1] == "prospect"))


def _share(reading: Reading, value: float) -> str:
    """A share without its unit, which stands beside the label."""
    return "∞" if math.isinf(value) else reading.percent(value).removesuffix(" %")


def lost_grid(reading: Reading) -> Grid:
    """Mean number of leads lost by reason with its interval, a column per structure."""
    t = reading.texts
    names = [name for name in REASON_TITLES if any(reading.mean(s, f"lost.{name}") > 0 for s in reading.structures)]
    titles = {f"lost.{name}": t(f"reason-{name.replace('_', '-')}") for name in names}
    return Grid(t("page-lost"), reading.header, reading.measures(list(titles), titles), t("page-lost-note"))


def history_report(check: HistoryCheck, scenario_title: str, t: Texts, width: int) -> list[RenderableType]:
    """Everything about a check: the numbers, the months, what to look at, the verdict last."""
    heading = Text(t("history-heading", span=check.span, title=t.title(scenario_title)), "bold")
    key = "history-years-from" if check.begin else "history-years"
    said: dict[str, Any] = {"structure": t.title(check.title), "years": check.years, "clients": check.begin}
    if check.days is not None:
        key = "history-days"
        said |= dict(zip(("first", "last"), map(str, check.days), strict=True))
    heading.append(f"\n{t(key, **said)}", style="not bold")
    grids = [history_grid(t("history-number-column", span=check.span), check.rows, check, t)]
    if check.months:
        grids.append(history_grid(t("history-month-column"), check.months, check, t))
    parts: list[RenderableType] = [
        heading,
        *(Group(*printed(each, width)) for each in grids),
        Text(t("history-note", span=check.span)),
    ]
    parts += [Text("\n".join(map(t.again, lines))) for lines in (check.advice, check.remarks) if lines]
    verdict = Text(f"{t('history-your-year', span=check.span)} ", style="bold")
    verdict.append(f"{t.again(check.headline)} {t.again(check.verdict)}", style="not bold")
    return apart([*parts, verdict])


def history_grid(label: str, rows: Sequence[HistoryRow], check: HistoryCheck, t: Texts) -> Grid:
    """One row per number: what there was, the simulated mean with its interval, the range of years, the ratio."""
    level = t("page-interval", level=Percent(check.level))
    columns = [t("history-yours"), t("history-simulated"), level]
    columns += [t(f"history-{name}", span=check.span) for name in ("nine-of-ten", "ratio", "fit")]
    return Grid("", [label, *columns], [_own_row(row, check, t) for row in rows])


def _own_row(row: HistoryRow, check: HistoryCheck, t: Texts) -> Row:
    half = (row.high - row.low) / 2
    scale = scale_of(row.unit, [row.given, row.mean], [half], check.currency, t.language)
    fits = "yes" if row.inside else "far" if row.far else "no"
    interval = scale.interval(row.low, row.high) if math.isfinite(half) and half > 0 else ""
    cells = [
        Cell(scale.text(row.given), value=row.given, kind=row.unit),
        Cell(scale.text(row.mean), value=row.mean, kind=row.unit),
        Cell(interval, low=row.low, high=row.high, kind=row.unit),
        Cell(scale.interval(row.p05, row.p95), low=row.p05, high=row.p95, kind=row.unit),
        Cell(t.style.number(row.ratio, 2) if math.isfinite(row.ratio) else NOTHING, value=row.ratio),
        Cell(t(f"history-{fits}"), words=True, tone={"yes": "", "far": "far", "no": "off"}[fits]),
    ]
    return Row(t.again(row.title), cells, scale.unit)


def history_lines(result: Result, t: Texts) -> tuple[str, ...]:
    """What a comparison repeats of the check above its verdict, in two lines; nothing is simulated again.

    Empty where the scenario has no history, today's structure is not among those compared, or less than twelve months
    were simulated.
    """
    check = check_of(result)
    if check is None:
        return ()
    second = t.again(check.verdict)
    if check.own_begin is not None and check.own_begin != check.begin:
        second += f" {t('history-begins-apart', span=check.span, begin=check.begin, own=check.own_begin)}"
    return (t("history-own-year", span=check.span, title=t.title(check.title), text=check.headline), second)
