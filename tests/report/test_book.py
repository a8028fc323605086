"""The workbook: real numbers, totals that a spreadsheet computes to the program's figures, text that stays text."""

import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from simulation.analysis.comparison import Comparison, compare
from simulation.expected import budgeted_payroll, workload
from simulation.report.book import Book, write_book
from simulation.report.files import summary
from simulation.sense.loader import load_text
from simulation.texts import texts
from tests.cli.conftest import WITHOUT_BUDGET

MONEY = """plan: {target: 30 mln, targets: {double: 60 mln}}
budget:
  contributions: 30 %
  capital: {lines: [{name: desks, price: 100 k, when: once}]}
  direct: {lines: [{name: rent, price: 50 k}, {name: '=1+1', price: 1 k}]}
  other: {lines: [{name: contributions, price: 30 k, covers: contributions}]}
"""


@pytest.fixture(scope="module")
def result() -> Comparison:
    text = WITHOUT_BUDGET.replace("title: Three sellers", "title: '=HYPERLINK(\"http://x\")'") + MONEY
    return compare(load_text(text, "small.yaml"), replications=4, months=6, jobs=1)


@pytest.fixture(scope="module")
def path(result: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("book") / "book.xlsx"
    write_book(result, found)
    return found


def rows(sheet: Any) -> dict[str, list[Any]]:
    """Cells of each row after its label in the first column (the second, where it has two labels)."""
    return {str(row[0].value).strip(): [cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[0].value}


def test_the_sheets_follow_the_questions_of_an_owner(path: Path) -> None:
    names = openpyxl.load_workbook(path).sheetnames
    assert names == [
        "Comparison",
        "P&L Universal",
        "P&L Functional",
        "Budget Universal",
        "Budget Functional",
        "Plan",
        "What if",
        "Staffing",
        "Control 2Q1D",
        "Assumptions",
    ]


def test_cached_totals_are_those_of_the_summary(result: Comparison, path: Path) -> None:
    book = openpyxl.load_workbook(path, data_only=True)
    told = summary(result)["structures"]
    for name, title in result.titles.items():
        found = rows(book[f"P&L {title}"])
        measures = told[name]["measures"]
        assert found["Profit"][6] == pytest.approx(measures["profit"]["mean"], rel=1e-9)
        assert found["Gross margin"][6] == pytest.approx(measures["gross_margin"]["mean"], rel=1e-9)
        assert found["Payroll"][6] == pytest.approx(-measures["payroll"]["mean"], rel=1e-9)
        assert found["Costs"][6] == pytest.approx(-measures["costs"]["mean"], rel=1e-9)
        assert found["Cash so far"][5] == pytest.approx(measures["cash_end"]["mean"], rel=1e-9)
        budget = rows(book[f"Budget {title}"])["All"]
        assert budget[1] == pytest.approx(told[name]["budget"]["total"]["planned"])
        assert budget[2] == pytest.approx(told[name]["budget"]["total"]["mean"])


def formulas_of(path: Path) -> dict[tuple[str, str], tuple[str, float]]:
    """Formula and cached value by sheet and cell."""
    texts, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): (cell.value, values[sheet.title][cell.coordinate].value)
        for sheet in texts
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_totals_are_formulas(path: Path) -> None:
    found = formulas_of(path)
    assert len(found) > 100
    assert {sheet for sheet, _ in found} == {
        "P&L Universal",
        "P&L Functional",
        "Budget Universal",
        "Budget Functional",
        "What if",
    }
    assert all(text.startswith(("=SUM(", "=")) for text, _ in found.values())


def test_recalculated_totals_are_the_programs_figures(path: Path) -> None:
    """Recalculated by a second implementation of what spreadsheets compute."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        model = formulas.ExcelModel().loads(str(path)).finish()
        solution = model.calculate()
    checked = 0
    for (sheet, cell), (_, value) in formulas_of(path).items():
        key = f"'[{path.name.upper()}]{sheet.upper()}'!{cell}"
        got = next((each for name, each in solution.items() if str(name).upper() == key.upper()), None)
        assert got is not None, key
        assert float(np.asarray(got.value).ravel()[0]) == pytest.approx(value, rel=1e-9, abs=1e-6), key
        checked += 1
    assert checked > 100


def test_the_what_if_sheet_is_the_closed_form_where_nothing_is_changed(result: Comparison, path: Path) -> None:
    """Revenue of a month, where there is time for everything; the budgeted payroll always."""
    sheet = openpyxl.load_workbook(path, data_only=True)["What if"]
    found = [(str(row[0].value), row[1].value) for row in sheet.iter_rows() if row[0].value]
    for number, name in enumerate(result.structures):
        flows = workload(result.scenario, name)
        done = min(1.0, *(1 / max(role.load, 1.0) for role in flows.roles.values()))
        revenue = [value for label, value in found if label == "Revenue a month"][number]
        assert revenue == pytest.approx(done * flows.revenue)
        payroll = [value for label, value in found if label == "Payroll"][number]
        assert -12 * payroll == pytest.approx(budgeted_payroll(result.scenario, name))


def test_more_leads_and_heads_move_the_what_if_sheet(path: Path, tmp_path: Path) -> None:
    """Recalculated by a program that knows spreadsheets: twice the leads double the load, twice the heads halve it."""
    import formulas

    book = openpyxl.load_workbook(path)
    sheet = book["What if"]
    labels = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value}

    def load_after(change: str, times: float) -> float:
        for label, row in labels.items():
            sheet.cell(row, 2).value = sheet.cell(row, 2).value if not label.startswith(change) else before[row] * times
        book.save(tmp_path / "changed.xlsx")
        cells = formulas.ExcelModel().loads(str(tmp_path / "changed.xlsx")).finish().calculate()
        row = next(row for label, row in labels.items() if label.startswith("Load: Universal"))
        value = next(each for key, each in cells.items() if key.upper().endswith(f"WHAT IF'!B{row}"))
        for label, at in labels.items():
            if label.startswith(change):
                sheet.cell(at, 2).value = before[at]
        return float(value.value[0, 0])

    before = {row: sheet.cell(row, 2).value for row in labels.values()}
    now = load_after("nothing", 1)
    assert load_after("Heads: Universal", 2) == pytest.approx(now / 2)
    assert now * 1.2 < load_after("Leads a month", 2) <= now * 2 + 1e-9


def test_without_a_line_of_costs_there_are_no_statements(tmp_path: Path) -> None:
    bare = compare(load_text(WITHOUT_BUDGET, "small.yaml"), replications=2, months=3, jobs=1)
    write_book(bare, tmp_path / "bare.xlsx")
    names = openpyxl.load_workbook(tmp_path / "bare.xlsx").sheetnames
    assert bare.bare
    assert not [name for name in names if name.startswith("P&L")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_recalculates_the_same(path: Path, tmp_path: Path) -> None:
    # cached values are taken away, so that what is read back was computed
    stripped = tmp_path / "stripped.xlsx"
    openpyxl.load_workbook(path).save(stripped)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(stripped)], check=True, capture_output=True, timeout=120
    )
    again = openpyxl.load_workbook(tmp_path / "out" / "stripped.xlsx", data_only=True)
    for (sheet, cell), (_, value) in formulas_of(path).items():
        assert again[sheet][cell].value == pytest.approx(value, rel=1e-9, abs=1e-6), (sheet, cell)


def test_text_of_a_scenario_stays_text(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book["Comparison"]["A1"].value == '=HYPERLINK("http://x")'
    assert book["Comparison"]["A1"].data_type == "s"
    line = next(row for row in book["Budget Universal"].iter_rows() if row[1].value == "=1+1")
    assert line[1].data_type == "s"


def test_numbers_have_formats_and_headers_stay_in_sight(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path):
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    assert cell.number_format != "General", (sheet.title, cell.coordinate)
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        assert all(8 <= width <= 62 for width in widths)


def test_the_same_result_gives_the_same_file(result: Comparison, path: Path, tmp_path: Path) -> None:
    write_book(result, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_sheets_have_names_that_a_spreadsheet_takes(result: Comparison, tmp_path: Path) -> None:
    from datetime import datetime

    book = Book(tmp_path / "x.xlsx", "RUB", datetime(2026, 1, 1))
    names = [book.sheet(name).name for name in ("a/b:c[d]", "x" * 40, "X" * 40, "", "'quoted'")]
    book.close()
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_the_charts_are_native(path: Path) -> None:
    import zipfile

    inside = zipfile.ZipFile(path).namelist()
    assert len([name for name in inside if name.startswith("xl/charts/chart")]) == 3


def test_the_workbook_speaks_the_language_asked_for(result: Comparison, tmp_path: Path) -> None:
    write_book(result, tmp_path / "book.xlsx", "ru")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames[0] == "Сравнение" and book.sheetnames[-1] == "Допущения"
    found = rows(book["Сравнение"])
    assert "Прибыль" in found and "Profit" not in found
    assert len(found["Прибыль"]) >= 7  # unit, then mean and interval of both structures


@pytest.mark.parametrize("language", ["en", "ru"])
def test_assumptions_are_called_by_their_titles_and_the_key_is_last(
    result: Comparison, tmp_path: Path, language: str
) -> None:
    write_book(result, tmp_path / "book.xlsx", language)
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[-1]
    header, *found = [row for row in sheet.iter_rows(values_only=True) if row[1] and row[-1]]
    assert header[-1] == texts(language)("book-key")
    named = {str(row[-1]): str(row[1]) for row in found}
    assert named["experiment.months"] == {"en": "months of the run", "ru": "месяцев в прогоне"}[language]
    bare = [key for key, title in named.items() if "." in title or "_" in title]
    assert bare == []
