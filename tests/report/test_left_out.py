"""What fails after a result is there is named and left out; the numbers are written before anything else."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from simulation import ScenarioError, load, load_text
from simulation.analysis.comparison import Comparison, compare
from simulation.cli.program import app
from simulation.report import files
from simulation.report.output_folder import LeftOut, OutputFolder, as_csv, safe
from simulation.report.page.write import page
from simulation.report.plot import gallery
from simulation.texts import say, texts

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
pytestmark = pytest.mark.usefixtures("unpainted")


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    import os

    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *arguments, "--no-store", "--jobs", "1"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=300,
    )


def test_a_chart_that_fails_takes_neither_numbers_nor_other_charts_with_it(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("of no use")

    monkeypatch.setitem(gallery.CHARTS, "cash", gallery.Chart(fails))  # type: ignore[arg-type]
    made = files.write(comparison, OutputFolder(tmp_path), ["test"], charts=True)
    names = {path.name for path in made}
    assert {"summary.json", "replications.csv", "run.json", "report.html", "chart-profit.svg"} <= names
    assert not any(name.startswith("chart-cash") for name in names)
    left = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["left_out"]
    assert {"what": "chart-cash", "why": "ZeroDivisionError: of no use"} in left
    assert "chart cash left out" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".*"))


def test_a_page_that_fails_leaves_the_workbook(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> str:
        raise KeyError("a word")

    monkeypatch.setattr(files, "page", fails)
    names = {path.name for path in files.write(comparison, OutputFolder(tmp_path), ["test"])}
    assert "report.html" not in names and {"book.xlsx", "summary.json", "months.csv"} <= names


def test_a_page_asked_for_alone_fails_as_a_whole(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("of no use")

    monkeypatch.setitem(gallery.CHARTS, "cash", gallery.Chart(fails))  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="chart cash left out"):
        page(comparison)


def test_names_of_files_are_safe_and_no_two_texts_share_one(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    made = [folder.named(text, ".svg") for text in ("a:b", "a-b", "A-B", "2/3/3", "a:b", "../..", "я" * 500)]
    assert made[0] == made[4] == "a-b.svg"
    assert len({name.casefold() for name in made}) == 6
    assert all("/" not in name and len(name.encode()) < 200 for name in made)
    assert safe("...") == "unnamed"


def test_a_text_that_a_spreadsheet_would_run_is_quoted_in_csv(tmp_path: Path) -> None:
    names = ["=1+1", "@x", "+y", "-z", "-2+3", "-", "-0.5", "-5 %", "+1e3", "plain"]
    frame = pd.DataFrame({"name": names, "@value": [-1.0] * len(names)})
    as_csv(frame.assign(kind=pd.Categorical(["=a"] * len(names))), tmp_path / "x.csv")
    header, *rows = (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()
    assert header == "name,'@value,kind"
    quoted = ["'=1+1", "'@x", "'+y", "'-z", "'-2+3", "-", "-0.5", "-5 %", "+1e3", "plain"]
    assert rows == [f"{name},-1.0,'=a" for name in quoted]


def test_an_error_of_the_disk_is_named_as_any_other_and_only_a_closed_pipe_ends_a_part() -> None:
    left = LeftOut()
    with left.part("one"):
        raise ValueError("first line\nsecond")
    with left.part("two"):
        raise OSError(28, "No space left on device", ".two.part")
    said = ["one left out: ValueError: first line", "two left out: No space left on device"]
    assert [each.text for each in left.missing] == said
    in_russian = [texts("ru").again(each.text).partition("Причина: ")[2] for each in left.missing]
    assert in_russian == ["ошибка «ValueError: first line»", "система ответила «No space left on device»"]
    with pytest.raises(BrokenPipeError), left.part("three"):
        raise BrokenPipeError
    with pytest.raises(OSError, match="No space"), left.part("numbers", but=(OSError,)):
        raise OSError(28, "No space left on device")


def test_a_part_that_was_stopped_is_named_and_others_are_ended_by_it() -> None:
    left = LeftOut()
    with pytest.raises(KeyboardInterrupt), left.part("one"):
        raise KeyboardInterrupt
    with left.part("two", stops=True):
        raise KeyboardInterrupt
    assert left.interrupted and [each.to_dict() for each in left.missing] == [{"what": "two", "why": "interrupted"}]


def test_what_is_left_out_is_said_in_the_language_of_the_page() -> None:
    left = LeftOut()
    left.skip(say("left-out-weak-link", structure="Hunters and farmers"))
    assert texts("ru").again(left.missing[0].text) == (
        "Не вошло: слабое звено структуры «Hunters and farmers». Причина: прервано"
    )


def test_numbers_are_written_with_their_summary_and_what_an_earlier_run_drew_goes_first(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("report.html", "chart-cash.png", "book.xlsx", "mine.txt"):
        (tmp_path / name).write_text("old", encoding="utf-8")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "write_more", killed)
    with pytest.raises(KeyboardInterrupt):
        files.write(comparison, OutputFolder(tmp_path), ["test"])
    there = {path.name for path in tmp_path.iterdir()}
    assert {"summary.json", "run.json", "replications.csv", "mine.txt"} <= there
    assert not {"report.html", "chart-cash.png", "book.xlsx"} & there
    assert "verdict" in json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))


def test_a_file_that_cannot_be_replaced_is_named_and_the_others_are_there(
    comparison: Comparison, tmp_path: Path
) -> None:
    (tmp_path / "book.xlsx").mkdir()  # as one that a spreadsheet holds
    (tmp_path / "book.xlsx" / "held").touch()
    names = {path.name for path in files.write(comparison, OutputFolder(tmp_path), ["test"])}
    assert {"summary.json", "report.html", "budget.csv"} <= names and "book.xlsx" not in names
    left = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["left_out"]
    assert {each["what"] for each in left} == {"book.xlsx"}
    assert not list(tmp_path.glob(".*"))


def test_of_many_structures_a_page_shows_the_baseline_and_the_best(comparison: Comparison) -> None:
    class Many:
        structures = tuple(f"s{n}" for n in range(20))
        baseline, measure = "s3", "profit"

        def mean(self, name: str, measure: str) -> float:
            return float(name[1:])

    assert gallery.single(Many()) == ["s3", "s18", "s19"]  # type: ignore[arg-type]
    assert gallery.single(comparison) == list(comparison.structures)


@pytest.mark.parametrize(
    ("case", "arguments", "said"),
    [
        ("pods-weak-link", ("run", "--weak-link"), "cannot be tried: 3 positions cannot be shared alike among 2 pods"),
        ("pods-weak-link", ("run", "--weak-link", "--lang", "ru"), "нельзя: 3 места нельзя поделить поровну между 2"),
        ("decimal-invalid", ("run",), ""),
        pytest.param(
            "structure-slash-charts",
            ("compare", "--charts"),
            "Verdict",
            marks=[pytest.mark.slow, pytest.mark.painted],
        ),
    ],
)
def test_results_that_were_lost_are_written(case: str, arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    kind, *more = arguments
    words = (kind, str(CASES / f"{case}.yaml"), "--replications", "2", *more, "--out", str(tmp_path / "out"))
    done = CliRunner().invoke(app, [*words, "--no-store", "--jobs", "1"])
    assert done.exit_code == 0, done.stderr
    assert said in done.stdout
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"), parse_constant=_refuse)
    assert summary["replications"] == 2


def _refuse(text: str) -> None:
    raise AssertionError(f"{text} in a JSON file")


@pytest.mark.slow
def test_a_pipe_that_cannot_say_a_letter_loses_nothing(tmp_path: Path) -> None:
    text = (CASES / "structure-slash-charts.yaml").read_text(encoding="utf-8").replace("title: tiny", "title: Отдел ₽")
    file = tmp_path / "letters.yaml"
    file.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    done = command("compare", str(file), "--replications", "2", "--out", str(out), PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert b"Verdict" in done.stdout
    assert "<svg role=" in (out / "report.html").read_text(encoding="utf-8")


def test_a_title_that_steers_a_terminal_is_refused() -> None:
    text = (CASES / "structure-slash-charts.yaml").read_text(encoding="utf-8")
    for sign in ("\\e[31m", "\\x9b", "\\0", "\\x7f", "\\uFFFE"):
        with pytest.raises(ScenarioError, match="cannot be printed"):
            load_text(text.replace("title: tiny", f'title: "a{sign}red"'))


def test_spaces_that_do_not_break_joiners_and_marks_are_read_as_letters_are() -> None:
    text = (CASES / "structure-slash-charts.yaml").read_text(encoding="utf-8")
    title = "10\u00a0000\u202f₽ Ver\u00adkauf 👨\u200d👩 ש\u200f e\u0301"
    assert load_text(text.replace("title: tiny", f'title: "{title}"')).title == title


def test_a_file_name_that_steers_a_terminal_is_no_title(tmp_path: Path) -> None:
    text = (CASES / "structure-slash-charts.yaml").read_text(encoding="utf-8").replace("title: tiny\n", "")
    file = tmp_path / "a\x1b[31mred.yaml"
    file.write_text(text, encoding="utf-8")
    assert load(file).provenance.title == "a\ufffd[31mred"


def test_a_backend_that_gives_all_results_at_once_is_refused_before_anything_is_simulated() -> None:
    done = command("compare", str(CASES / "structure-slash-charts.yaml"), "--backend", "multiprocessing")
    assert done.returncode == 2
    assert b"--backend: 'multiprocessing' cannot be used" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.painted
def test_a_title_of_thousands_of_letters_takes_neither_page_nor_summary_with_it(tmp_path: Path) -> None:
    text = (CASES / "structure-slash-charts.yaml").read_text(encoding="utf-8")
    title = ("Отдел продаж " * 300).strip()
    scenario = load_text(text.replace("title: tiny", f"title: {title}"))
    result = compare(scenario, replications=2, months=1, jobs=1)
    made = {path.name for path in files.write(result, OutputFolder(tmp_path), ["test"], language="ru")}
    assert {"report.html", "book.xlsx", "comparison.png"} <= made
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["left_out"] == []
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["title"] == title


def test_a_chart_is_drawn_once_for_the_page_and_once_as_a_file(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = gallery.Asked.drawn

    def counted(self: gallery.Asked) -> object:
        drawn.append(self.name)
        return draw(self)

    monkeypatch.setattr(gallery.Asked, "drawn", counted)
    names = {path.name for path in files.write(comparison, OutputFolder(tmp_path), ["test"], charts=True)}
    assert "profit" in drawn and max(map(drawn.count, drawn)) == 2
    assert {f"chart-{name}.svg" for name in drawn} <= names
