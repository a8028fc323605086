"""The own year against simulated years, as a table and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from simulation.analysis.history import HistoryCheck, check_of
from simulation.analysis.history_numbers import HistoryRow
from simulation.analysis.results import Result
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING, scale_of
from simulation.report.terminal import apart, printed
from simulation.texts import Percent, Texts


def history_report(check: HistoryCheck, scenario_title: str, t: Texts, width: int) -> list[RenderableType]:
    """Everything about a check: the numbers, the months, what to look at, the verdict last.

    Args:
        check: the check.
        scenario_title: title of the scenario.
        t: the language.
        width: characters of a line.
    """
    heading = Text(t("history-heading", title=scenario_title), "bold")
    key = "history-years-from" if check.begin else "history-years"
    said = {"structure": t.title(check.title), "years": check.years, "clients": check.begin}
    heading.append(f"\n{t(key, **said)}", style="not bold")
    grids = [history_grid(t("history-number-column"), check.rows, check, t)]
    if check.months:
        grids.append(history_grid(t("history-month-column"), check.months, check, t))
    parts: list[RenderableType] = [heading, *(Group(*printed(each, width)) for each in grids), Text(t("history-note"))]
    parts += [Text("\n".join(map(t.again, lines))) for lines in (check.advice, check.remarks) if lines]
    verdict = Text(f"{t('history-your-year')} ", style="bold")
    verdict.append(f"{t.again(check.headline)} {t.again(check.verdict)}", style="not bold")
    return apart([*parts, verdict])


def history_grid(label: str, rows: Sequence[HistoryRow], check: HistoryCheck, t: Texts) -> Grid:
    """One row per number: what there was, the simulated mean with its interval, the range of years, the ratio."""
    level = t("page-interval", level=Percent(check.level))
    columns = [t("history-yours"), t("history-simulated"), level]
    columns += [t(f"history-{name}") for name in ("nine-of-ten", "ratio", "fit")]
    return Grid("", [label, *columns], [_row(row, check, t) for row in rows])


def _row(row: HistoryRow, check: HistoryCheck, t: Texts) -> Row:
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
        second += f" {t('history-begins-apart', begin=check.begin, own=check.own_begin)}"
    return (t("history-own-year", title=t.title(check.title), text=check.headline), second)
