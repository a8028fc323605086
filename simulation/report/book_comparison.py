"""The first sheet of the workbook: the verdict, means with intervals, differences."""

from __future__ import annotations

import numpy as np

from simulation.report.book import Book, Sheet
from simulation.report.reading import Reading
from simulation.report.result_tables import difference_grids, measures_grid

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
    sheet.title(result.scenario.title, remark)
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
    for number, name in enumerate(reading.structures):
        column = 2 + 3 * number
        found = reading.result.summaries[name]["profit"]
        half = (found.high - found.low) / 2
        chart.add_series(
            {
                "name": reading.title(name),
                "values": [sheet.name, row, column, row, column],
                "gap": 80,
                "y_error_bars": {"type": "fixed", "value": half if np.isfinite(half) else 0},
            }
        )
    chart.set_title({"name": reading.texts("book-profit"), "name_font": {"size": 12}})
    chart.set_y_axis({"name": book.currency, "num_format": "#,##0", "major_gridlines": {"visible": True}})
    chart.set_x_axis({"visible": False})
    chart.set_legend({"position": "bottom"})
    sheet.worksheet.insert_chart(sheet.row + 1, 0, chart, {"x_scale": 1.3, "y_scale": 1.1})
