"""The form as a workbook: what is written into it comes out again, and a cell that is wrong is named."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation.intake.form_entries import SHEETS
from simulation.intake.starter import starter_text
from simulation.intake.workbook_form import workbook_form
from simulation.report.output_folder import as_yaml
from simulation.texts import texts
from simulation.written.tree import Origin
from simulation.written.workbook import FIRST_ROW, HEADS, HIDDEN, LONGEST, key_of, steps

SHIPPED = sorted(Path("scenarios").glob("*.yaml")) + sorted(Path("scenarios/draws").glob("*.yaml"))
AT = {head: column for column, head in enumerate(HEADS, 1)}


def figures(scenario: simulation.Scenario) -> dict[str, Any]:
    return {path: (f.value, f.range, f.source, f.note) for path, f in scenario.provenance.figures.items()}


def kept(scenario: simulation.Scenario, folder: Path, language: str = "en") -> simulation.Scenario:
    """The scenario after its way through a workbook."""
    file = folder / "form.xlsx"
    file.write_bytes(workbook_form(scenario, language))
    return simulation.load(file)


@pytest.mark.parametrize(("number", "file"), list(enumerate(SHIPPED)), ids=lambda value: getattr(value, "stem", ""))
def test_a_shipped_scenario_goes_through_a_workbook_unchanged(number: int, file: Path, tmp_path: Path) -> None:
    scenario = simulation.load(file)
    again = kept(scenario, tmp_path, ("en", "ru")[number % 2])
    assert again == scenario
    assert figures(again) == figures(scenario)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_workbook_of_a_workbook_is_the_same(language: str, tmp_path: Path) -> None:
    scenario = simulation.load("scenarios/crm_rollout.yaml")
    once = kept(scenario, tmp_path, language)
    assert kept(once, tmp_path, language) == once == scenario


def test_from_workbook_to_yaml_and_back(tmp_path: Path) -> None:
    scenario = simulation.load("scenarios/department_of_ten.yaml")
    again = kept(scenario, tmp_path)
    text = as_yaml(again.provenance.tree.plain)
    assert simulation.load_text(text) == scenario


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=40)


@settings(max_examples=30, deadline=None)
@given(
    title=TEXTS.map(str.strip),
    name=NAMES,
    leads=st.floats(0.01, 1e5) | st.integers(1, 10_000),
    share=st.floats(0, 1) | st.integers(0, 100).map(lambda n: f"{n} %"),
    ends=st.tuples(st.floats(0.01, 0.5), st.floats(0.5, 0.9)),
    pay=st.sampled_from(["60 тыс. руб.", "200 000 ₽", "1,5 млн", 75_000.5, "$ 100"]),
    source=TEXTS.map(str.strip).filter(bool),
)
def test_what_somebody_may_write_comes_out_again(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    name: str,
    leads: float,
    share: object,
    ends: tuple[float, float],
    pay: object,
    source: str,
) -> None:
    base = simulation.load_text(starter_text())
    values = {
        "title": title,
        f"market.channels.{name}": {"kind": "inbound", "leads_per_month": leads},
        "hand_off.lead.loss": {"value": 0.5, "range": list(ends), "source": source},
        "people.turnover.per_year": share,
    }
    if not str(pay).startswith("$"):
        values["structures.universal.roles.universal.base_pay"] = pay
    try:
        scenario = base.replace(values)
    except simulation.ScenarioError:
        return
    again = kept(scenario, tmp_path_factory.mktemp("form"))
    assert again == scenario
    assert figures(again) == figures(scenario)


@settings(max_examples=200)
@given(
    st.lists(
        st.text(min_size=1, max_size=8).filter(lambda t: t.strip() == t) | st.integers(0, 99), min_size=1, max_size=5
    )
)
def test_a_place_is_read_as_it_was_written(path: list[str | int]) -> None:
    if isinstance(path[0], int):
        path = ["a", *path]
    assert list(steps(key_of(path), Origin("x"))) == path


def changed(folder: Path, place: str, value: Any, head: str = "value") -> Path:
    """The starter's form with one cell changed, as an owner would in a spreadsheet."""
    raw = workbook_form(simulation.load_text(starter_text()), "ru")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    found = 0
    for sheet in book.worksheets:
        for row in range(FIRST_ROW + 1, sheet.max_row + 1):
            if sheet.cell(row, AT["key"]).value == place:
                sheet.cell(row, AT[head]).value = value
                found += 1
    assert found == 1
    file = folder / "mine.xlsx"
    book.save(file)
    return file


def test_a_typed_number_a_percentage_and_a_russian_amount_are_read(tmp_path: Path) -> None:
    file = changed(tmp_path, "title", "Ромашка")
    assert simulation.load(file).title == "Ромашка"
    file = changed(tmp_path, "experiment.start", date(2027, 3, 1))
    assert simulation.load(file).experiment.start == date(2027, 3, 1)
    file = changed(tmp_path, "hand_off.lead.loss", "25 %")
    assert simulation.load(file).hand_off.lead.loss == 0.25


def test_a_folded_row_that_is_filled_in_counts(tmp_path: Path) -> None:
    file = changed(tmp_path, "experiment.replications", 17)
    assert simulation.load(file).experiment.replications == 17


def test_a_wrong_cell_is_named_with_sheet_and_row(tmp_path: Path) -> None:
    file = changed(tmp_path, "hand_off.lead.loss", 25)
    with pytest.raises(simulation.ScenarioError) as caught:
        simulation.load(file)
    assert "mine.xlsx [Люди]:" in str(caught.value)
    assert "hand_off.lead.loss" in str(caught.value)
    assert "did you mean '25 %'?" in str(caught.value)


def test_a_wrong_key_and_one_that_stands_twice_are_named(tmp_path: Path) -> None:
    with pytest.raises(simulation.ScenarioError, match=r"\[Фирма\]:\d+: .*stands in two rows"):
        simulation.load(changed(tmp_path, "currency", "title", head="key"))
    with pytest.raises(simulation.ScenarioError, match="no place in a scenario"):
        simulation.load(changed(tmp_path, "title", "..", head="key"))


@pytest.mark.parametrize("raw", [b"PK\x03\x04 nonsense", b"PK\x03\x04"])
def test_a_broken_workbook_is_refused(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(raw)
    with pytest.raises(simulation.ScenarioError, match="no workbook that can be read"):
        simulation.load(file)


def test_a_zip_that_is_huge_unpacked_is_refused_unopened(tmp_path: Path) -> None:
    import zipfile

    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert file.stat().st_size < 1_000_000
    with pytest.raises(simulation.ScenarioError, match="more than 50 MB"):
        simulation.load(file)


def test_any_other_workbook_says_how_to_get_a_form(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["manager", "deals"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(simulation.ScenarioError, match="new --xlsx"):
        simulation.load(tmp_path / "other.xlsx")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_sheets_speak_the_language_and_hide_the_keys(language: str) -> None:
    raw = workbook_form(simulation.load("scenarios/department_of_ten.yaml"), language)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    t = texts(language)
    assert book.sheetnames == [
        *(t(name) for name in SHEETS if name != "xlsx-later"),
        t("xlsx-later"),
        t("xlsx-check-sheet"),
    ]
    sheet = book[t("xlsx-market")]
    hidden = {n for each in sheet.column_dimensions.values() if each.hidden for n in range(each.min, each.max + 1)}
    assert {AT[head] for head in HIDDEN} <= hidden
    assert not {AT[head] for head in HEADS if head not in HIDDEN} & hidden
    labels = {sheet.cell(row, AT["key"]).value: sheet.cell(row, AT["label"]).value for row in range(4, sheet.max_row)}
    assert labels["market.channels.site.leads_per_month"] not in (None, "", "market.channels.site.leads_per_month")
    kind = row_of(sheet, "market.channels.site.kind")
    kinds = ["inbound", "outbound", "partner", "distributor"]
    assert offered(book, sheet, kind) == [t(f"choice-{each}") for each in kinds]
    assert sheet.cell(kind, AT["value"]).value == t("choice-inbound")


def test_the_sheet_says_what_is_wrong_before_anybody_runs_it(tmp_path: Path) -> None:
    """The formulas beside the values, worked out by a program that knows spreadsheets."""
    import formulas

    file = changed(tmp_path, "hand_off.lead.loss", 3)
    model = formulas.ExcelModel().loads(str(file)).finish()
    found = model.calculate()
    said = [str(each.value[0, 0]) for key, each in found.items() if hasattr(each, "value") and each.value.size == 1]
    assert said.count(texts("ru")("xlsx-check-outside")) == 1
    assert texts("ru")("xlsx-check-empty") not in said


def test_a_long_value_is_spread_over_rows(tmp_path: Path) -> None:
    scenario = simulation.load("scenarios/department_of_ten.yaml").replace({"description": "слово " * 9000})
    assert len(scenario.description) > LONGEST
    assert kept(scenario, tmp_path) == scenario


def refusal(book: openpyxl.Workbook, folder: Path) -> str:
    """What is said of a form that somebody has changed."""
    file = folder / "changed.xlsx"
    book.save(file)
    with pytest.raises(simulation.ScenarioError) as caught:
        simulation.load(file)
    return str(caught.value)


def starter_form() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_form(simulation.load_text(starter_text()), "ru")))


def offered(book: openpyxl.Workbook, sheet: Any, row: int) -> list[str]:
    """What the drop-down of a value offers."""
    cell = sheet.cell(row, AT["value"]).coordinate
    found = next(each for each in sheet.data_validations.dataValidation if cell in each.sqref)
    name, _, cells = found.formula1.rpartition("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


def row_of(sheet: Any, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, AT["key"]).value == key)


def test_an_empty_cell_that_is_needed_is_named_by_its_own_row(tmp_path: Path) -> None:
    book = starter_form()
    row = row_of(book["Рынок"], "market.channels.site.leads_per_month")
    book["Рынок"].cell(row, AT["value"]).value = None
    assert f"[Рынок]:{row}: market.channels.site.leads_per_month" in refusal(book, tmp_path)


@pytest.mark.parametrize("head", ["key", "kind", "value"])
def test_a_sheet_without_a_column_by_which_it_is_read_is_refused(head: str, tmp_path: Path) -> None:
    book = starter_form()
    book["План и бюджет"].delete_cols(AT[head])
    assert "[План и бюджет]:2: " in (said := refusal(book, tmp_path))
    assert f"column {head} " in said


def test_a_sheet_without_its_hidden_row_is_refused(tmp_path: Path) -> None:
    book = starter_form()
    book["План и бюджет"].delete_rows(2)
    assert "hidden second row" in refusal(book, tmp_path)


def test_a_value_in_a_row_without_a_key_is_not_passed_over(tmp_path: Path) -> None:
    book = starter_form()
    row = book["Рынок"].max_row + 1
    book["Рынок"].cell(row, AT["label"]).value = "реклама"
    book["Рынок"].cell(row, AT["value"]).value = 5
    assert f"[Рынок]:{row}: " in (said := refusal(book, tmp_path))
    assert "the value 5 has no key" in said


def test_dates_and_hours_are_read_as_people_write_them(tmp_path: Path) -> None:
    book = starter_form()
    sheet = book["Фирма"]
    sheet.cell(row_of(sheet, "experiment.start"), AT["value"]).value = "01.03.2026"
    sheet.cell(row_of(sheet, "calendar.hours"), AT["value"]).value = "9:00–18:00"
    book.save(tmp_path / "people.xlsx")
    scenario = simulation.load(tmp_path / "people.xlsx")
    assert scenario.experiment.start == date(2026, 3, 1)
    assert scenario == simulation.load_text(starter_text()).replace({"experiment.start": "2026-03-01"})


def test_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    book = starter_form()
    sheet = book["Фирма"]
    sheet.cell(row_of(sheet, "experiment.start"), AT["value"]).value = "31.02.2026"
    assert "experiment.start ('первый день'): '31.02.2026' is not allowed here" in refusal(book, tmp_path)


def test_examples_of_what_is_allowed_speak_the_language(tmp_path: Path) -> None:
    book = starter_form()
    sheet = book["Рынок"]
    sheet.cell(row_of(sheet, "market.channels.site.patience"), AT["value"]).value = 3
    book.save(tmp_path / "unit.xlsx")
    with pytest.raises(simulation.ScenarioError) as caught:
        simulation.load(tmp_path / "unit.xlsx")
    assert "например 30 мин, 4 ч, 2 дня, 3 месяца" in texts("ru").again(caught.value.phrase)


def test_two_cells_in_far_corners_are_refused_before_anything_opens_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    book.save(tmp_path / "wide.xlsx")
    with pytest.raises(simulation.ScenarioError, match="more than 50 MB"):
        simulation.load(tmp_path / "wide.xlsx")


def test_cells_that_a_sheet_repeats_are_counted_before_anything_opens_them(tmp_path: Path) -> None:
    import zipfile

    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="900"/>'
    )
    with zipfile.ZipFile(tmp_path / "many.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", f"<table:table>{row}</table:table-row></table:table>")
    with pytest.raises(simulation.ScenarioError, match="more than 50 MB"):
        simulation.load(tmp_path / "many.ods")
