"""Records that cannot be used: one line, in the language that is spoken, exit code 2, nothing written."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.program import app

HEAD = "status,created,closed,amount\n"
REFUSED = {
    "an empty file": ("", "the file is empty"),
    "one column": ("status\nwon\n", "one column"),
    "a PDF": ("%PDF-1.7\n", "this is PDF"),
    "a negative amount": (f"{HEAD}won,2025-01-13,2025-01-20,-5\n", "records.csv:2: amount: -5 is below zero"),
    "only lost deals": (f"{HEAD}lost,2025-01-13,2025-01-20,5\n", "none of 1 deals was won"),
    "orders without deals": ("customer,placed,amount\na,2025-01-13,5\nb,2025-02-13,5\n", "no deals in records.csv"),
    "only open deals": (f"{HEAD}open,2025-01-13,,5\n", "all 1 deals are open"),
    "two currencies": (f"{HEAD}won,2025-01-13,2025-01-20,5 €\nwon,2025-01-13,2025-01-20,$5\n", "two currencies"),
    "the future": (f"{HEAD}won,2125-01-13,2025-01-20,5\n", "no dates"),
    "a far future": (f"{HEAD}won,2095-01-13,2095-01-20,5\n", "2095-01-13 lies in the future"),
    "dates of either order": (f"{HEAD}won,01/02/2025,03/04/2025,5\n", "--dates"),
    "a formula": (f"{HEAD}won,2025-01-13,2025-01-20,=A1\n", "records.csv:2: amount: there is a formula"),
}


@pytest.mark.parametrize("command", ["calibrate", "backtest"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, case: str
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    content, told = REFUSED[case]
    Path("records.csv").write_text(content, encoding="utf-8")
    done = CliRunner().invoke(app, [command, "records.csv", "--out", "made", "--lang", "en"])
    assert done.exit_code == 2, done.output
    assert told in done.stderr and done.stderr.strip().count("\n") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.csv"]


def test_the_order_of_dates_is_an_option_and_a_wrong_one_has_a_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    Path("records.csv").write_text(REFUSED["dates of either order"][0], encoding="utf-8")
    runner = CliRunner()
    read = runner.invoke(app, ["calibrate", "records.csv", "--dates", "month-first", "--lang", "en"])
    assert read.exit_code == 0 and "--dates" not in read.stderr, read.output
    wrong = runner.invoke(app, ["calibrate", "records.csv", "--dates", "dayfirst", "--lang", "en"])
    assert wrong.exit_code == 2 and "did you mean 'day-first'?" in wrong.stderr


GOOD = HEAD + "".join(
    f"{'lost' if n % 3 else 'won'},2025-01-{n % 27 + 1:02},2025-02-{n % 27 + 1:02},{1000 + n} ₽\n" for n in range(60)
)


def test_margin_and_pay_are_read_as_people_write_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    Path("records.csv").write_text(GOOD, encoding="utf-8")
    given = ["--margin", "25 %", "--pay", "60 тыс. руб."]
    done = CliRunner().invoke(
        app, ["calibrate", "records.csv", *given, "--no-worth", "--out", "made", "--lang", "en", "--quiet"]
    )
    assert done.exit_code == 0, done.output
    written = Path("made/scenario.yaml").read_text(encoding="utf-8")
    assert "gross_margin: {value: 0.25, source: " in written and "base: {value: 60000, source: " in written


@pytest.mark.parametrize(
    ("option", "given", "told"),
    [
        ("--margin", "25", "did you mean '25 %'?"),
        ("--margin", "nan", "--margin: "),
        ("--margin", "a quarter", "--margin: 'a quarter'"),
        ("--pay", "-5", "--pay: "),
        ("--pay", "inf", "--pay: "),
        ("--pay", "60 k €", "--pay: '60 k €'"),
    ],
)
def test_a_margin_or_pay_that_is_none_is_refused_by_its_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, given: str, told: str
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    Path("records.csv").write_text(GOOD, encoding="utf-8")
    done = CliRunner().invoke(app, ["calibrate", "records.csv", option, given, "--out", "made", "--lang", "en"])
    assert done.exit_code == 2, done.output
    assert told in done.stderr and done.stderr.strip().count("\n") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.csv"]
