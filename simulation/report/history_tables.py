"""The own year against simulated years, as a table and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulation.analysis.history import HistoryCheck, check_of
from simulation.analysis.history_numbers import HistoryRow
from simulation.analysis.results import Result
from simulation.report.numbers import NOTHING, percent, scale_of
from simulation.report.terminal import _empty as plain_table
from simulation.report.terminal import _settled as settled

RANGE_NOTE = (
    "Nine of ten simulated years lie in the range; your year is one year and need not equal the mean. 'no' lies "
    "outside, 'far' where no year of this model would come. Numbers follow from those above them: begin at the top."
)


def history_report(check: HistoryCheck, scenario_title: str, locale: str = "en") -> list[RenderableType]:
    """Everything about a check: the numbers, the months, what to look at, the verdict last.

    Args:
        check: the check.
        scenario_title: title of the scenario.
        locale: language of the numbers.
    """
    heading = Text(f"{scenario_title}: your year against simulated ones", "bold")
    heading.append(
        f"\n{check.title}, {check.years} {'year' if check.years == 1 else 'years'} of twelve months"
        + (f" from {check.begin} clients." if check.begin else "."),
        style="not bold",
    )
    parts: list[RenderableType] = [heading, number_table("Number of a year", check.rows, check, locale)]
    if check.months:
        parts.append(number_table("Revenue by month", check.months, check, locale))
    parts.append(Text(RANGE_NOTE))
    if check.advice:
        parts.append(Text("\n".join(check.advice)))
    if check.remarks:
        parts.append(Text("\n".join(check.remarks)))
    verdict = Text("Your year: ", style="bold")
    verdict.append(f"{check.headline} {check.verdict}", style="not bold")
    parts.append(verdict)
    return [each for part in parts for each in (part, Text())][:-1]


def number_table(header: str, rows: Sequence[HistoryRow], check: HistoryCheck, locale: str = "en") -> Table:
    """One row per number: what there was, the simulated mean with its interval, the range of years, the ratio."""
    table = plain_table(header, "", "yours", "simulated", f"{percent(check.level)} interval", "nine of ten years")
    for name in ("simulated/yours", "fits"):
        table.add_column(name)
    for row in rows:
        half = (row.high - row.low) / 2
        scale = scale_of(row.unit, [row.given, row.mean], [half], check.currency, locale)
        style = "" if row.inside else "red" if row.far else "yellow"
        table.add_row(
            row.title,
            scale.unit,
            scale.text(row.given),
            scale.text(row.mean),
            scale.interval(row.low, row.high) if math.isfinite(half) and half > 0 else "",
            scale.interval(row.p05, row.p95),
            f"{row.ratio:.2f}" if math.isfinite(row.ratio) else NOTHING,
            Text("yes" if row.inside else "far" if row.far else "no", style=style),
        )
    return settled(table)


def history_lines(result: Result, words: object = None) -> tuple[str, ...]:
    """What a comparison repeats of the check above its verdict, in two lines; nothing is simulated again.

    Empty where the scenario has no history, today's structure is not among those compared, or less than twelve months
    were simulated.
    """
    check = check_of(result)
    if check is None:
        return ()
    second: str = check.verdict
    if check.own_begin is not None and check.own_begin != check.begin:
        second += (
            f" (These years begin with {check.begin} clients, yours with {check.own_begin}; `check` begins alike.)"
        )
    return (f"Your own year, {check.title}: {check.headline}", second)
