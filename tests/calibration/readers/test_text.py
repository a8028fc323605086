"""Encodings, delimiters, quotes and lines of text files; sheets of workbooks."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from simulation.calibration.readers import Mapping, RecordsError, guessing, markup, read, reading
from tests.calibration.readers import writers
from tests.calibration.readers.writers import deals, put, text

MADE = deals()
ROWS = [
    {"статус": "выиграна", "создана": "13.01.2026", "закрыта": "20.01.2026", "сумма": "1 200,50 ₽", "источник": "Сайт"},
    {
        "статус": "проиграна",
        "создана": "14.01.2026",
        "закрыта": "21.01.2026",
        "сумма": "900,00 ₽",
        "источник": "Звонок",
    },
    {"статус": "открыта", "создана": "15.01.2026", "закрыта": "", "сумма": "", "источник": ""},
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings_and_delimiters(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = ROWS if encoding != "cp1251" else [{**row, "сумма": row["сумма"].replace(" ₽", "")} for row in ROWS]
    got = reading(put(tmp_path, "table.txt", text(rows, delimiter), encoding))
    table = got.records.deals
    assert table["status"].tolist() == ["won", "lost", "open"]
    assert table["amount"].tolist()[:2] == [1200.5, 900.0] and table["amount"].isna().iloc[2]
    assert table["channel"].tolist() == ["Сайт", "Звонок", ""]
    assert got.files[0].told["delimiter"] == {"\t": "tab"}.get(delimiter, delimiter)
    noted = [note.key for note in got.records.notes if note.key == "reading-note-encoding"]
    assert bool(noted) == (encoding == "cp1251")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(tmp_path: Path, end: str) -> None:
    lines = text(ROWS, ";").replace("\r\n", end)
    assert len(read(put(tmp_path, "t.csv", lines)).deals) == 3


def test_the_line_of_a_row_is_that_of_the_file(tmp_path: Path) -> None:
    content = (
        'note,status,created,closed\n"two\nlines",won,2026-01-13,2026-01-20\n\n'
        '"three\nmore\nlines",lost,,2026-01-20\n,,,\nx,lost,2026-01-14,2026-01-20\ny,lost,,\nz,won,2026-01-13,2026-01-14,,7\n'
    )
    records = read(put(tmp_path, "t.csv", content))
    left = {each.reason.key: each.lines for each in records.left_out}
    assert left == {"reading-left-no-date": (5, 10), "reading-left-cells": (11,)}
    assert len(records.deals) == 2


def test_lines_above_the_headings_and_the_hint_of_excel(tmp_path: Path) -> None:
    above = "Отчёт по сделкам\nза год;\n\n" + text(ROWS, ";")
    records = read(put(tmp_path, "t.csv", above))
    assert len(records.deals) == 3 and any(note.key == "reading-note-above" for note in records.notes)
    hinted = read(put(tmp_path, "h.csv", "sep=;\r\n" + text(ROWS, ";")))
    assert len(hinted.deals) == 3 and not any(note.key == "reading-note-above" for note in hinted.notes)


def test_a_delimiter_at_the_end_of_each_line_is_no_cell(tmp_path: Path) -> None:
    lines = "\n".join(line + ";" for line in text(ROWS, ";").splitlines())
    records = read(put(tmp_path, "t.csv", lines))
    assert len(records.deals) == 3 and not records.left_out


def test_excels_way_to_keep_zeros_is_no_formula(tmp_path: Path) -> None:
    content = 'id,status,created,closed\n"=""007""",won,2026-01-13,2026-01-20\n"=""7""",lost,2026-01-13,2026-01-20\n'
    assert len(read(put(tmp_path, "t.csv", content)).deals) == 2


@pytest.mark.parametrize("typed", [True, False])
def test_a_workbook_with_dates_and_numbers_of_its_own(tmp_path: Path, typed: bool) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Обложка"
    book.active.append(["Выгрузка"])
    sheet = book.create_sheet("Сделки")
    sheet.append(["ID", "Этап сделки", "Дата создания сделки", "Дата закрытия", "Бюджет"])
    for deal in MADE:
        end = {"won": "Успешно реализовано", "lost": "Закрыто и не реализовано"}.get(deal.status, deal.stage)
        dates = (deal.created, deal.closed) if typed else (writers.russian(deal.created), writers.russian(deal.closed))
        sheet.append([deal.number, end, *dates, deal.amount if typed else writers.money(deal.amount)])
    path = tmp_path / "leads.csv"  # whatever its name says
    with path.open("wb") as file:
        book.save(file)
    got = reading(path)
    assert got.files[0].form == "xlsx" and got.files[0].told == {"sheet": "Сделки"}
    assert got.records.deals["status"].tolist() == [deal.status for deal in MADE]
    assert got.records.deals["created"].tolist() == [datetime.fromisoformat(str(deal.created)) for deal in MADE]
    assert got.records.deals["amount"].tolist() == [deal.amount for deal in MADE]


def test_a_formula_with_a_value_is_its_value_where_that_is_allowed(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes").write_formula(2, 2, "=1+1", value=2)
    sheet = book.add_worksheet("Deals")
    sheet.write_row(0, 0, ["status", "created", "closed", "amount", "own"])
    sheet.write_formula(1, 4, "=D3*3")
    sheet.write_row(1, 0, ["won", "2026-01-13", "2026-01-20"])
    sheet.write_row(2, 0, ["lost", "2026-01-13", "2026-01-20", 4])
    sheet.write_formula(1, 3, "=D3*2", value=8)
    book.close()
    with pytest.raises(RecordsError, match=r"t.xlsx:2: amount: there is a formula"):
        read(path)
    records = read(path, mapping=Mapping(allow=("formulas",)))
    assert records.deals["amount"].tolist() == [8.0, 4.0]
    assert len(read(path, mapping=Mapping(columns={"deals": {"amount": "ignored"}})).deals) == 2


def test_a_page_that_asks_to_log_in_has_no_table(tmp_path: Path) -> None:
    with pytest.raises(RecordsError):
        read(put(tmp_path, "deals.xls", "<html><table><tr><td>Please log in</td></tr></table></html>"))


def test_html_in_an_old_encoding(tmp_path: Path) -> None:
    page = writers.bitrix_html(MADE).replace("UTF-8", "windows-1251").replace("\u00a0", " ")
    records = read(put(tmp_path, "DEAL.xls", page, "cp1251"))
    assert records.deals["channel"].tolist() == [deal.channel for deal in MADE]
    assert any(note.key == "reading-note-encoding" for note in records.notes)


def test_an_old_workbook() -> None:
    """`deals.xls` is a workbook of Excel 97 with the deals of `writers.deals`, dates in its cells."""
    got = reading(Path(__file__).parent / "deals.xls")
    assert got.files[0].form == "xls" and got.files[0].told == {"sheet": "Сделки"}
    assert got.records.deals["status"].tolist() == [deal.status for deal in MADE]
    assert got.records.deals["created"].tolist() == [deal.created for deal in MADE]
    assert got.records.deals["closed"].dropna().tolist() == [deal.closed for deal in MADE if deal.closed]
    assert got.records.deals["amount"].tolist() == [deal.amount for deal in MADE]


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def ods(rows: list[list[str]], repeated: str = "") -> bytes:
    """A workbook of LibreOffice with one sheet, and the empty rows that it writes below."""
    cells = [
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    ]
    below = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{"".join(cells)}{repeated}{below}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return out.getvalue()


TABLE = [["status", "created", "closed"], ["won", "2026-01-13", "2026-01-20"], ["lost", "2026-01-14", "2026-01-21"]]


def test_a_workbook_of_libreoffice(tmp_path: Path) -> None:
    got = reading(put(tmp_path, "t.xls", ods(TABLE)))
    assert got.files[0].form == "ods" and got.records.deals["status"].tolist() == ["won", "lost"]


def test_a_formula_of_libreoffice(tmp_path: Path) -> None:
    page = ods([*TABLE, ["open", "2026-01-15", ""]])
    with zipfile.ZipFile(io.BytesIO(page)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    plain = b'office:value-type="string"><text:p>2026-01-21'
    told = b'table:formula="of:=[.B3]+7" office:string-value="2026-01-21" ' + plain
    parts["content.xml"] = parts["content.xml"].replace(plain, told)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    path = put(tmp_path, "t.ods", out.getvalue())
    with pytest.raises(RecordsError, match=r"t.ods:3: closed: there is a formula"):
        read(path)
    assert len(read(path, mapping=Mapping(allow=("formulas",))).deals) == 3


def test_cells_of_libreoffice_that_repeat_a_billion_times(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="900" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(RecordsError, match="more cells than can be read"):
        read(put(tmp_path, "t.ods", ods(TABLE, row)))


def test_a_workbook_that_ends_the_process_that_opens_it(tmp_path: Path) -> None:
    whole = bytearray((Path(__file__).parent / "deals.xls").read_bytes())
    for place in range(30, 76):  # its header asks for more than there is
        whole[place] = 255
    with pytest.raises(RecordsError, match="damaged"):
        read(put(tmp_path, "t.xls", bytes(whole)))


ODD = (
    "<html><head><title>x</title></head><table><tr><td>A</table><TABLE>\n<tr><th>status<th>created<TH colspan=2>closed"
    "<th>amount</tr>\n<tr><td>won<td>2026-01-13\n<td>2026-01-<b>20</b><td><td>1&nbsp;200,5&#x20bd;<tr><td>lost"
    "<td>2026-01-14<td>2026-01-20<td><td><table><tr><td>5</td></tr></table>"
)


def test_html_as_nobody_should_write_it(tmp_path: Path) -> None:
    records = read(put(tmp_path, "odd.xls", ODD))
    assert records.deals["status"].tolist() == ["won", "lost"] and records.deals["amount"].tolist() == [1200.5, 5.0]
    assert records.deals["closed"].dt.day.tolist() == [20, 20]


def test_both_ways_through_a_simple_table_give_the_same() -> None:
    page = writers.bitrix_html(MADE).replace("<td>Общая", "<td class='a'>\n Об<br/>щая &amp; <b>всё</b> ")
    assert markup._is_simple(page) and not markup._is_simple(ODD)
    assert markup._any(page)[0] == markup._simple(page)
    assert markup._simple(page)[2][1][1] == "Об\nщая & всё"


def test_a_sentence_above_the_headings_decides_no_delimiter(tmp_path: Path) -> None:
    above = "Отчёт, по сделкам, за январь, 2026\n" + text(ROWS, ";")
    got = reading(put(tmp_path, "t.csv", above))
    assert got.files[0].told["delimiter"] == ";" and len(got.records.deals) == 3


def test_a_row_of_answers_is_not_taken_for_the_headings() -> None:
    """'no' is a heading of a number in some exports, and in a row of answers it stands many times."""
    headings = ["age", "job", "default", "housing", "loan", "contact", "y"]
    answers = ["56", "housemaid", "no", "no", "no", "telephone", "no"]
    assert guessing.heads([headings, answers, answers]) == 0
