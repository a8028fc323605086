"""What cannot be used is refused in one clear message, with place, what is allowed and the nearest."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from simulation.calibration.readers import Mapping, RecordsError, read
from simulation.texts import texts
from simulation.written.errors import Problem, ScenarioError
from tests.calibration.readers import writers
from tests.calibration.readers.writers import deals, put

MADE = deals()
HEAD = "status,created,closed,amount\n"


def refused(call: Callable[[], object]) -> Problem:
    """The one problem with which something is refused."""
    with pytest.raises(RecordsError) as caught:
        call()
    (problem,) = caught.value.problems
    assert texts("ru").again(problem.phrase) != str(problem) and "\n" not in str(problem)
    return problem


def key(problem: Problem) -> str:
    return str(getattr(problem.message, "key", ""))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "reading-empty-file"),
        (b"\xef\xbb\xbf \r\n\r\n", "reading-empty-file"),
        (b"status,created,closed\n", "reading-no-rows-below"),
        (b"status\nwon\nlost\n", "reading-one-column"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "reading-foreign"),
        (b"\x89PNG\r\n\x1a\n\0\0", "reading-foreign"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "reading-foreign"),
        (b'{"deals": []}', "reading-foreign"),
        ("статус;создана\n".encode("utf-16-le"), "reading-utf16-no-mark"),
        (b"status,created\nwon\0,\0\n", "reading-binary"),
        (b"\xef\xbb\xbfstatus,created,closed\nwon,\xff\xfe,1\n", "reading-damaged-utf8"),
        (b"PK\x03\x04 broken", "reading-no-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "reading-damaged"),
        (b"<html><body>Please log in</body></html>", "reading-no-table"),
        (b'<?xml version="1.0"?><feed><entry/></feed>', "reading-no-log"),
        (b'<?xml version="1.0"?><log><trace></log>', "reading-no-xml"),
        (b'<?xml version="1.0"?><log></log>', "reading-no-events"),
        (b'status,created,closed\nwon,"2026-01-13,2026-01-20\nlost,2026-01-14,2026-01-15\n', "reading-open-quote"),
        (b"a,b,c\n1,2,3\n", "reading-column-missing"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes, told: str) -> None:
    path = put(tmp_path, "deals.csv", content)
    problem = refused(lambda: read(path))
    assert key(problem) == told and problem.file == str(path)


def test_entities_are_not_read(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<log><trace>&b;</trace></log>'
    )
    outside = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>&x;</log>'
    for text in (bomb, outside):
        assert key(refused(lambda text=text: read(put(tmp_path, "log.xes", text)))) == "reading-entities"


def test_there_is_no_such_file_but_one_with_a_name_like_it(tmp_path: Path) -> None:
    put(tmp_path, "deals_2026.csv", writers.neutral(MADE))
    problem = refused(lambda: read(tmp_path / "deals2026.csv"))
    assert key(problem) == "file-missing" and problem.suggestion.endswith("deals_2026.csv")
    assert key(refused(lambda: read(tmp_path))) == "file-is-folder"
    assert key(refused(lambda: read([]))) == "reading-no-files"


def test_a_line_without_end(tmp_path: Path) -> None:
    path = put(tmp_path, "deals.csv", b"status,created,closed\n" + b"won," * 600_000)
    assert key(problem := refused(lambda: read(path))) == "reading-endless-line" and problem.line == 2


def test_a_heading_that_is_nearly_right_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "deals.csv", "status,cretaed,closed\nwon,2026-01-13,2026-01-20\n")
    problem = refused(lambda: read(path, mapping=Mapping(files={"deals.csv": "deals"})))
    assert key(problem) == "reading-column-missing" and problem.suggestion == "cretaed"
    assert "cretaed" in problem.allowed


def row(status: str = "won", created: str = "2026-01-13", closed: str = "2026-01-20", amount: str = "10") -> str:
    return f"{status},{created},{closed},{amount}\n"


@pytest.mark.parametrize(
    ("rows", "told", "line", "column"),
    [
        (row() + row(amount="-5"), "reading-negative", 3, "amount"),
        (row() + row(created="13.01.2026", closed="20.13.2026") * 3, "reading-not-dates", 3, "closed"),
        (row() + row(closed="soon") * 3, "reading-not-dates", 3, "closed"),
        (row(amount="many") * 3 + row(), "reading-not-amounts", 2, "amount"),
        (row("lost") + row("open", closed=""), "reading-only-lost", None, ""),
        (row("open", closed="") * 2, "reading-only-open", None, ""),
        (row("alive") * 2 + row("asleep"), "reading-status", 2, "status"),
        (row() + row(amount="=B2*2"), "reading-formula", 3, "amount"),
        (row(created='"=HYPERLINK(""x"")"'), "reading-formula", 2, "created"),
        (row(amount="10 ₽") * 2 + row(amount="$7"), "reading-two-currencies", 4, "amount"),
        (row(created="13/01/2026", closed="01/25/2026"), "reading-dates-mixed", 2, "closed"),
        (row(created="02/01/2026", closed="03/01/2026"), "reading-dates-ambiguous", 2, "created"),
        (row(created="02.01.2026", closed="03.01.2026"), "reading-dates-ambiguous", 2, "created"),
    ],
)
def test_a_table_from_which_nothing_can_be_learned(
    tmp_path: Path, rows: str, told: str, line: int | None, column: str
) -> None:
    problem = refused(lambda: read(put(tmp_path, "deals.csv", HEAD + rows), today=date(2026, 6, 1)))
    assert (key(problem), problem.line, problem.path) == (told, line, column)
    assert problem.allowed


def test_dates_in_the_future(tmp_path: Path) -> None:
    late = row(created="2062-01-13", closed="2062-01-20")
    path = put(tmp_path, "deals.csv", HEAD + row() + late + row("open", "2026-01-14", "2026-12-31"))
    today = date(2026, 6, 1)
    problem = refused(lambda: read(path, today=today))
    assert (key(problem), problem.line, problem.path) == ("reading-future", 3, "created")
    assert "--as-of" in problem.allowed
    closed_late = put(tmp_path, "late.csv", HEAD + row() + row("won", "2026-01-14", "2026-12-31"))
    assert refused(lambda: read(closed_late, today=today)).path == "closed"
    for records in (
        read(path, today=today, mapping=Mapping(allow=("future",))),
        read(path, today=today, as_of=date(2026, 6, 1)),
    ):
        assert records.deals["status"].tolist() == ["won", "open"]
        (left,) = records.left_out
        assert (left.reason.key, left.lines, left.count) == ("reading-left-later", (3,), 1)


def test_what_is_refused_can_be_left_out_instead(tmp_path: Path) -> None:
    path = put(tmp_path, "deals.csv", HEAD + row() + row(amount="-5") + row("lost"))
    records = read(path, mapping=Mapping(allow=("negative",)))
    assert len(records.deals) == 2 and records.left_out[0].lines == (3,)
    path = put(tmp_path, "deals.csv", HEAD + row(amount="10 ₽") * 2 + row("lost", amount="$7"))
    assert len(read(path, mapping=Mapping(allow=("currency",))).deals) == 2
    records = read(path, mapping=Mapping(currency="USD", allow=("one-sided",)))
    assert len(records.deals) == 1 and records.currency == "USD"


def test_a_stage_that_nobody_leaves(tmp_path: Path) -> None:
    rows = [["deal", "stage", "entered"]]
    for number in range(60):
        day = date(2025, 1, 1) + timedelta(days=number)
        rows.append([str(number), "Contact", f"{day} 10:00"])
        rows.append([str(number), "Later" if number % 2 else "Offer", f"{day + timedelta(days=2)} 10:00"])
        if number % 2 == 0:
            rows.append([str(number), "Won" if number % 4 else "Lost", f"{day + timedelta(days=5)} 10:00"])
    path = put(tmp_path, "history.csv", writers.text(rows))
    problem = refused(lambda: read(path, as_of=date(2025, 9, 1)))
    assert key(problem) == "reading-stuck" and "Later" in problem.message
    assert len(read(path, as_of=date(2025, 9, 1), mapping=Mapping(allow=("stuck",))).deals) == 60
    records = read(path, as_of=date(2025, 9, 1), mapping=Mapping(statuses={"Later": "lost"}))
    assert (records.deals["status"] != "open").all() and records.stages == ("Contact", "Offer")


def bombed(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_would_unpack_to_too_much(tmp_path: Path) -> None:
    bomb = bombed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    assert key(refused(lambda: read(put(tmp_path, "deals.xlsx", bomb)))) == "reading-bomb"
    small = bombed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    place = small.index(b"PK\x01\x02", small.index(b"PK\x01\x02") + 4) + 24  # its directory says that it is small
    lying = small[:place] + struct.pack("<I", 100) + small[place + 4 :]
    assert key(refused(lambda: read(put(tmp_path, "lying.xlsx", lying)))) in ("reading-bomb", "reading-no-workbook")
    assert key(refused(lambda: read(put(tmp_path, "a.xlsx", bombed({"word/document.xml": b"x"}))))) == "reading-zip"


def test_a_workbook_with_cells_in_its_far_corners(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["XFD1048576"] = "status", "x"
    path = tmp_path / "far.xlsx"
    book.save(path)
    assert key(refused(lambda: read(path))) in ("reading-many-columns", "reading-many-cells")


def test_a_formula_that_nobody_calculated(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["status", "created", "closed", "amount"])
    sheet.append(["won", "2026-01-13", "2026-01-20", 5])
    sheet.append(["lost", "2026-01-13", "2026-01-20", "=D2*2"])
    path = tmp_path / "formulas.xlsx"
    book.save(path)
    problem = refused(lambda: read(path))
    assert (key(problem), problem.line, problem.path) == ("reading-formula-empty", 3, "amount")


def test_the_mistakes_are_those_that_commands_show_with_exit_code_two() -> None:
    assert issubclass(RecordsError, ScenarioError)


def test_a_list_without_dates_of_closing_needs_a_history(tmp_path: Path) -> None:
    rows = [{"id": d.number, "status": d.status, "created": str(d.created)} for d in MADE]
    path = put(tmp_path, "deals.csv", writers.text(rows))
    assert key(refused(lambda: read(path))) == "reading-no-closings"
    records = read([path, put(tmp_path, "history.csv", writers.history(MADE))])
    assert records.deals["closed"].notna().tolist() == [deal.closed is not None for deal in MADE]


def test_no_row_can_be_read(tmp_path: Path) -> None:
    rows = [["status", "created", "closed"], ["alive", "", "2026-01-20"], ["dead", "", "2026-01-21"]]
    problem = refused(lambda: read(put(tmp_path, "deals.csv", writers.text(rows))))
    assert (key(problem), problem.path) == ("reading-no-rows", "created") and "none of 2 rows" in problem.message


def test_a_word_of_a_row_that_is_left_out_refuses_nothing(tmp_path: Path) -> None:
    rows = [["status", "created", "closed"], ["?", "", ""], ["won", "2026-01-13", "2026-01-20"]]
    assert len(read(put(tmp_path, "deals.csv", writers.text(rows))).deals) == 1


@pytest.mark.parametrize(("lost", "told"), [(0, True), (1, False)])
def test_a_list_of_won_deals_alone_is_said_to_be_one(tmp_path: Path, lost: int, told: bool) -> None:
    path = put(tmp_path, "deals.csv", HEAD + row() * 20 + row("lost") * lost + row("open", closed=""))
    found = read(path, today=date(2026, 6, 1))
    assert any(each.key == "reading-only-won" for each in found.notes) is told


def test_an_end_long_after_the_last_row_is_said(tmp_path: Path) -> None:
    path = put(tmp_path, "deals.csv", HEAD + row() + row("lost"))

    def told(day: date) -> bool:
        found = read(path, as_of=day, today=date(2026, 6, 1))
        return any(each.key == "reading-note-ends-early" for each in found.notes)

    assert told(date(2026, 3, 15)) and not told(date(2026, 1, 24))


def test_an_end_before_the_first_row_is_what_is_wrong(tmp_path: Path) -> None:
    path = put(tmp_path, "deals.csv", HEAD + row() + row("lost"))
    problem = refused(lambda: read(path, as_of=date(2025, 3, 1), today=date(2026, 6, 1)))
    assert key(problem) == "reading-all-left-out" and "2" in str(problem.message)
