"""The sheets of the workbook, in their order.

Here too: the first sheet of the workbook: the verdict, means with intervals, differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from simulation.analysis.control import control_2q1d
from simulation.analysis.results import Result
from simulation.finance.ledger import ACCOUNTS, Account
from simulation.report.assumption_table import assumptions_grid, place_words
from simulation.report.book import Book, Maker, Sheet
from simulation.report.grid import Cell, Column, Grid, Row
from simulation.report.money_tables import budget_lines, plan_grid
from simulation.report.reading import Reading
from simulation.report.result_tables import difference_grids, measures_grid
from simulation.report.what_if_sheet import what_if_sheet
from simulation.scenario.scenario import Scenario

LINE, TALL = 32, 90
"""Heights of a caution and of the verdict, points."""


def comparison_sheet(book: Book, reading: Reading) -> None:
    """Means with intervals, differences and the verdict."""
    t, result = reading.texts, reading.result
    sheet = book.sheet(t("book-comparison"))
    remark = t(
        "book-remark",
        years=result.runs.finished,
        months=result.scenario.experiment.months,
        seed=str(result.runs.seed),
        level=reading.percent(result.level),
        currency=book.currency,
    )
    sheet.title(t.title(result.scenario.title), remark)
    said = [(t.again(each.text), LINE) for each in result.cautions if each.first]
    if reading.comparison is not None:
        said.append((t.again(reading.comparison.verdict.text), TALL))
    for text, height in said:
        sheet.worksheet.merge_range(sheet.row, 0, sheet.row, 9, "", book.formats["wrapped"])
        sheet.worksheet.write_string(sheet.row, 0, text, book.formats["wrapped"])
        sheet.worksheet.set_row(sheet.row, height)
        sheet.row += 1
    sheet.row += bool(said)
    top = sheet.row + 1
    grid = measures_grid(reading)
    placed = dict(zip([row.label for row in grid.rows], sheet.grid(grid, t("book-measure")), strict=True))
    for each in difference_grids(reading):
        sheet.row += 1
        sheet.line([each.title], ["bold"])
        sheet.grid(each, t("book-measure"))
    sheet.finish((top, 1))
    profit = reading.measure_title("profit")
    if profit in placed:
        _profit_chart(book, sheet, reading, placed[profit])


def _profit_chart(book: Book, sheet: Sheet, reading: Reading, row: int) -> None:
    """Profit by structure with its interval."""
    chart = book.workbook.add_chart({"type": "column"})
    ends: list[float] = []
    for number, name in enumerate(reading.structures):
        column = 2 + 3 * number
        found = reading.result.summaries[name]["profit"]
        half = (found.high - found.low) / 2
        ends += [found.mean, *(each for each in (found.low, found.high) if np.isfinite(each))]
        chart.add_series(
            {
                "name": reading.title(name),
                "values": [sheet.name, row, column, row, column],
                "gap": 80,
                "y_error_bars": {"type": "fixed", "value": half if np.isfinite(half) else 0},
            }
        )
    chart.set_title({"name": reading.texts("book-profit"), "name_font": {"size": 12}})
    zero = {"min": 0} if min(ends) >= 0 else {"max": 0} if max(ends) <= 0 else {}  # bars stand on zero
    chart.set_y_axis({"name": book.currency, "num_format": "#,##0", "major_gridlines": {"visible": True}, **zero})
    chart.set_x_axis({"visible": False})
    chart.set_legend({"position": "bottom"})
    sheet.worksheet.insert_chart(sheet.row + 1, 0, chart, {"x_scale": 1.3, "y_scale": 1.1})


Floats = NDArray[np.float64]
STAFF = ("positions", "headcount", "ramped", "effective_headcount", "hires", "leavers")


# --- profit and loss, cash -------------------------------------------------------------------------------------------

GROUPS = (
    ("book-gross-margin", ("revenue", "cost of goods")),
    ("book-payroll", ("payroll",)),
    ("book-costs", ("costs",)),
)


def statement_sheets(book: Book, reading: Reading) -> None:
    """Profit and loss and cash by month, a sheet for each structure: means over the years."""
    t, result = reading.texts, reading.result
    if result.bare:
        return  # without a line of costs a statement would show a profit that there is not
    for name in reading.structures:
        title = reading.title(name)
        sheet = book.sheet(t("book-statement-sheet", structure=title))
        remark = t("book-statement-remark", years=result.runs.finished, currency=book.currency)
        sheet.title(t("book-statement", structure=title), remark)
        months = _months(result)
        top = sheet.row + 1
        _month_header(sheet, t("book-account"), months)
        totals = [_group(sheet, result, name, t(key), groups, len(months)) for key, groups in GROUPS]
        _sum_of_rows(sheet, t("book-profit"), totals, [_mean(result, name, "profit")])
        profit_row = sheet.row - 1
        sheet.row += 1
        sheet.line([t("book-cash")], ["bold"])
        first = sheet.row
        for account in ACCOUNTS:
            if account.name == "depreciation":
                continue
            values = _mean(result, name, f"cash.{account.name}")
            if np.any(values):
                _account_row(sheet, account.title, values)
        _column_sums(sheet, t("book-cash-of-the-month"), first, _mean(result, name, "cash"))
        _running(sheet, t("book-cash-so-far"), sheet.row - 1, np.cumsum(_mean(result, name, "cash")))
        _lines_chart(book, sheet, top - 1, profit_row, sheet.row - 1, len(months))
        sheet.finish((top, 1))


def _months(result: Result) -> list[datetime]:
    first = result.runs.months["month"].iloc[: result.scenario.experiment.months]
    return [month.to_pydatetime() for month in first]


def _mean(result: Result, structure: str, column: str) -> Floats:
    """Mean over the years by month, money; nothing where there is no such column."""
    count = result.cases[structure].scenario.experiment.months
    rows = result.runs.months[result.runs.months["structure"] == structure]
    if column not in rows or not len(rows):
        return np.zeros(count)
    return np.asarray(rows[column].fillna(0.0).to_numpy(dtype=np.float64).reshape(-1, count).mean(axis=0))


def _signed(result: Result, structure: str, account: Account) -> Floats:
    values = _mean(result, structure, f"account.{account.name}")
    return values if account.group == "revenue" else 0.0 - values


def _month_header(sheet: Sheet, first: str, months: list[datetime]) -> None:
    sheet.put(0, first, "header")
    for column, month in enumerate(months, 1):
        sheet.put(column, month, "month")
    sheet.put(len(months) + 1, sheet.book.words("book-total"), "right header")
    sheet.row += 1


def _account_row(sheet: Sheet, title: str, values: Floats) -> None:
    sheet.put(0, f"  {sheet.book.words.title(title)}")
    for column, value in enumerate(values, 1):
        sheet.put(column, float(value), "money")
    last = len(values)
    cells = f"{xl_rowcol_to_cell(sheet.row, 1)}:{xl_rowcol_to_cell(sheet.row, last)}"
    sheet.formula(last + 1, f"=SUM({cells})", float(values.sum()), "row total")
    sheet.row += 1


def _group(sheet: Sheet, result: Result, structure: str, title: str, groups: tuple[str, ...], months: int) -> int:
    """The accounts of a group and their sum; the row of the sum."""
    first = sheet.row
    whole = np.zeros(months)
    for account in ACCOUNTS:
        if account.group in groups:
            values = _signed(result, structure, account)
            if np.any(values):
                _account_row(sheet, account.title, values)
                whole += values
    _column_sums(sheet, title, first, whole)
    return sheet.row - 1


def _column_sums(sheet: Sheet, title: str, first: int, values: Floats) -> None:
    """A row that sums the rows from `first` to the one above."""
    sheet.put(0, title, "total text")
    for column, value in enumerate([*values, values.sum()], 1):
        if sheet.row > first:
            name = xl_col_to_name(column)
            sheet.formula(column, f"=SUM({name}{first + 1}:{name}{sheet.row})", float(value))
        else:
            sheet.put(column, 0.0, "total")
    sheet.row += 1


def _sum_of_rows(sheet: Sheet, title: str, rows: list[int], values: list[Floats]) -> None:
    sheet.put(0, title, "total text")
    for column, value in enumerate([*values[0], values[0].sum()], 1):
        name = xl_col_to_name(column)
        sheet.formula(column, "=" + "+".join(f"{name}{row + 1}" for row in rows), float(value))
    sheet.row += 1


def _running(sheet: Sheet, title: str, row: int, values: Floats) -> None:
    sheet.put(0, title, "total text")
    for column, value in enumerate(values, 1):
        name, before = xl_col_to_name(column), xl_col_to_name(column - 1)
        text = f"={name}{row + 1}" if column == 1 else f"={before}{sheet.row + 1}+{name}{row + 1}"
        sheet.formula(column, text, float(value))
    sheet.row += 1


def _lines_chart(book: Book, sheet: Sheet, header: int, profit: int, cash: int, months: int) -> None:
    chart = book.workbook.add_chart({"type": "line"})
    t = book.words
    for key, row, colour in (("book-profit-of-the-month", profit, "#0072B2"), ("book-cash-so-far", cash, "#D55E00")):
        chart.add_series(
            {
                "name": t(key),
                "categories": [sheet.name, header, 1, header, months],
                "values": [sheet.name, row, 1, row, months],
                "line": {"color": colour, "width": 2.25, "dash_type": "solid" if row == profit else "dash"},
            }
        )
    chart.set_title({"name": t("book-chart"), "name_font": {"size": 12}})
    chart.set_y_axis({"name": book.currency, "num_format": "#,##0"})
    chart.set_x_axis({"num_format": "mmm yy", "label_position": "low"})
    chart.set_legend({"position": "bottom"})
    sheet.worksheet.insert_chart(sheet.row + 2, 0, chart, {"x_scale": 1.8, "y_scale": 1.1})


# --- budget, plan, staffing, control sheet, assumptions --------------------------------------------------------------


def budget_sheets(book: Book, reading: Reading) -> None:
    """Budget against simulated, a sheet for each structure."""
    for name, grid in budget_lines(reading).items():
        sheet = book.sheet(reading.texts("book-budget-sheet", structure=reading.title(name)))
        sheet.title(grid.title, f"{grid.note} {book.currency}")
        top = sheet.row + 1
        sheet.grid(grid, grid.titles[0], unit=False)
        sheet.finish((top, 2))


def plan_sheet(book: Book, reading: Reading) -> None:
    """The plan and how the years stand to it."""
    grid = plan_grid(reading)
    if not grid.rows:
        return
    sheet = book.sheet(reading.texts("book-plan"))
    sheet.title(grid.title, grid.note)
    top = sheet.row + 1
    sheet.grid(grid, reading.texts("book-plan"))
    sheet.finish((top, 2))


def staffing_sheet(book: Book, reading: Reading) -> None:
    """Positions and people by month."""
    t = reading.texts
    sheet = book.sheet(t("book-staffing"))
    sheet.title(t("book-staffing-title"), t("book-staffing-remark"))
    top = sheet.row + 1
    months = _months(reading.result)
    sheet.put(0, t("book-structure"), "header")
    sheet.put(1, "", "header")
    for column, month in enumerate(months, 2):
        sheet.put(column, month, "month")
    sheet.row += 1
    for name in reading.structures:
        for key in STAFF:
            label = t(f"book-staff-{key.replace('_', '-')}")
            sheet.line([reading.title(name), label, *_mean(reading.result, name, key)], ["text", "text", "number"])
    sheet.finish((top, 2))


def control_sheet(book: Book, reading: Reading) -> None:
    """The control sheet 2Q1D by month."""
    t = reading.texts
    sheet = book.sheet(t("book-control"))
    sheet.title(t("book-control-title"), t("book-control-remark"))
    top = sheet.row + 1
    keys = ("structure", "function", "month", "quantity", "low", "high", "per-person", "quality", "direction")
    sheet.line([t(f"book-{key}") for key in keys], ["header"])
    for row in control_2q1d(reading.result).to_dict("records"):
        month = row["month"]
        when = t("book-whole-time") if month != month else f"{month:%Y-%m}"
        values = [row[k] for k in ("quantity", "quantity_low", "quantity_high", "per_person", "quality", "direction")]
        function = t(f"page-function-{row['function']}")
        cells = [reading.title(row["structure"]), function, when, *map(float, values)]
        sheet.line(cells, ["text", "text", "text", "number", "number", "number", "number", "share", "share"])
    sheet.worksheet.autofilter(top - 1, 0, sheet.row - 1, len(keys) - 1)
    sheet.finish((top, 3))


def _titled(reading: Reading, scenario: Scenario) -> Iterator[Row]:
    """Rows of a scenario's values that begin with what each is called and end with its key."""
    for row in assumptions_grid(reading, [scenario]).rows:
        key, *values = row.cells
        words = place_words(scenario, key.text, reading.texts)
        yield replace(row, cells=[Cell(words or key.text, words=True), *values, key])


def assumptions_sheet(book: Book, reading: Reading) -> None:
    """Every value of the scenario with its source or where it stands."""
    t = reading.texts
    sheet = book.sheet(t("book-assumptions"))
    sheet.title(t("book-assumptions"), t("book-assumptions-remark"))
    top = sheet.row + 1
    grid = assumptions_grid(reading, reading.scenarios[:1])
    rows = [row for scenario in reading.scenarios for row in _titled(reading, scenario)]
    columns = [*grid.columns, Column(t("book-key"))]
    sheet.grid(Grid(grid.title, columns, rows), grid.titles[0], unit=False)
    sheet.worksheet.autofilter(top - 1, 0, sheet.row - 1, len(columns))
    sheet.finish((top, 2))


SHEETS: tuple[Maker, ...] = (
    comparison_sheet,
    statement_sheets,
    budget_sheets,
    plan_sheet,
    what_if_sheet,
    staffing_sheet,
    control_sheet,
    assumptions_sheet,
)
