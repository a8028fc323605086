"""The first sheet of the workbook: the verdict, means with intervals, differences."""

from __future__ import annotations

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import Comparison
from simulation.analysis.results import Result
from simulation.report.book import Book, Sheet
from simulation.report.numbers import NOTHING, sure
from simulation.report.tables import DIFFERENCES, SECTIONS

UNIT_STYLE = {"money": "money", "share": "share", "number": "number"}
YEARS = ("better", "better_low", "better_high", "tied")


def comparison_sheet(book: Book, result: Result) -> None:
    """Means with intervals, differences and the verdict."""
    sheet = book.sheet("Comparison")
    runs = result.runs
    sheet.title(
        result.scenario.title,
        f"{runs.finished} possible years of {result.scenario.experiment.months} months, seed {runs.seed}; means with "
        f"their {result.level:.0%} interval; money in {book.currency}",
    )
    said = [(each.text, 32) for each in result.cautions if each.first]
    if isinstance(result, Comparison):
        said.append((result.verdict.text, 90))
    for text, height in said:
        sheet.worksheet.merge_range(sheet.row, 0, sheet.row, 9, "", book.formats["wrapped"])
        sheet.worksheet.write_string(sheet.row, 0, text, book.formats["wrapped"])
        sheet.worksheet.set_row(sheet.row, height)
        sheet.row += 1
    sheet.row += bool(said)
    header = ["Measure", "unit"]
    for name in result.structures:
        header += [result.titles[name], "low", "high"]
    top = sheet.row + 1
    sheet.line(header, ["header"])
    rows: dict[str, int] = {}
    for section, names in SECTIONS.items():
        sheet.line([section], ["bold"])
        for measure in names:
            found = [result.summaries[name].get(measure) for name in result.structures]
            if all(each is None or each.n == 0 for each in found):
                continue
            unit = describe(measure).unit
            cells: list[object] = [describe(measure).title, _unit(unit, book)]
            for each in found:
                cells += [None] * 3 if each is None or each.n == 0 else [each.mean, each.low, each.high]
            rows[measure] = sheet.row
            sheet.line(cells, ["text", "text", UNIT_STYLE.get(unit, "number")])
    if isinstance(result, Comparison):
        _differences(sheet, result)
    sheet.finish((top, 1))
    if "profit" in rows:
        _profit_chart(book, sheet, result, rows["profit"])


def _unit(unit: str, book: Book) -> str:
    return {"money": book.currency, "number": "", "share": "%"}.get(unit, unit)


def _differences(sheet: Sheet, result: Comparison) -> None:
    sheet.row += 1
    frame = result.differences()
    for name in result.structures:
        if name == result.baseline:
            continue
        sheet.line([f"{result.titles[name]} less {result.titles[result.baseline]}, in the same years"], ["bold"])
        sheet.line(
            [
                *("Measure", "unit", "mean", "low", "high", "joint low", "joint high"),
                *("years better", "low", "high", "years equal", "mean better: how sure"),
            ],
            ["header"],
        )
        mine = {row["measure"]: row for row in frame[frame["structure"] == name].to_dict("records")}
        for measure in DIFFERENCES:
            row = mine.get(measure, {})
            if not np.isfinite(float(row.get("mean", np.nan))):
                continue
            unit = describe(measure).unit
            values = [float(row[key]) for key in ("mean", "low", "high", "joint_low", "joint_high")]
            style = UNIT_STYLE.get(unit, "number")
            years: list[float | None] = [float(row[f"share_of_years_{each}"]) for each in YEARS]
            certain = sure(row["confidence_mean_better"])
            if describe(measure).higher_is_better is None:
                years, certain = [None, None, None, years[-1]], NOTHING
            cells = [describe(measure).title, _unit(unit, sheet.book), *values, *years, certain]
            sheet.line(cells, ["text", "text", *[style] * 5, *["share"] * 4, "text"])
        sheet.row += 1


def _profit_chart(book: Book, sheet: Sheet, result: Result, row: int) -> None:
    """Profit by structure with its interval."""
    chart = book.workbook.add_chart({"type": "column"})
    for number, name in enumerate(result.structures):
        column = 2 + 3 * number
        found = result.summaries[name]["profit"]
        half = (found.high - found.low) / 2
        chart.add_series(
            {
                "name": result.titles[name],
                "values": [sheet.name, row, column, row, column],
                "gap": 80,
                "y_error_bars": {"type": "fixed", "value": half if np.isfinite(half) else 0},
            }
        )
    chart.set_title({"name": "Profit", "name_font": {"size": 12}})
    chart.set_y_axis({"name": book.currency, "num_format": "#,##0", "major_gridlines": {"visible": True}})
    chart.set_x_axis({"visible": False})
    chart.set_legend({"position": "bottom"})
    sheet.worksheet.insert_chart(sheet.row + 1, 0, chart, {"x_scale": 1.3, "y_scale": 1.1})
