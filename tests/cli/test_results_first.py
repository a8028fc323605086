"""Results are written before anything optional can fail; what fails afterwards is named and left out."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, Write

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds, on a slow machine
QUICK = ("--months", 1, "--replications", 2, "--no-store")
SWEEP = ("--vary", "hand_off.lead.loss=5%:40%:2", *QUICK, "--jobs", 1)
COMPARED = {
    "summary.json",
    "run.json",
    "replications.csv",
    "months.csv",
    "weeks.csv",
    "funnel.csv",
    "inputs.csv",
    "scenario.resolved.yaml",
}


def failing(error: BaseException) -> Callable[..., Any]:
    def fails(*_: object, **__: object) -> None:
        raise error

    return fails


def names(folder: str) -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def left_out(folder: str) -> dict[str, str]:
    found = json.loads(Path(folder, "run.json").read_text(encoding="utf-8"))["left_out"]
    return {each["what"]: each["why"] for each in found}


@pytest.mark.parametrize(
    ("error", "code", "why"),
    [
        (RuntimeError("too many years failed"), 1, "RuntimeError: too many years failed"),
        (OSError(28, "No space left on device"), 1, "No space left on device"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_a_comparison_is_there_though_the_ranges_of_its_inputs_could_not_be_sampled(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, why: str
) -> None:
    monkeypatch.setattr("simulation.study.uncertainty.answer.uncertainty", failing(error))
    result = run("compare", write(), "--uncertain", "--out", "found", *QUICK)
    assert result.exit_code == code, result.output
    assert result.stdout.count("Verdict:") == 1
    assert f"warning: the ranges of the inputs left out: {why}" in result.stderr
    assert names("found") >= COMPARED | {"report.html", "book.xlsx"}
    assert left_out("found")["the ranges of the inputs"] == why


def test_the_plain_comparison_is_written_and_printed_before_the_ranges_are_sampled(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    def killed(*_: object, **__: object) -> None:
        seen.append(names("found"))
        raise SystemExit(137)

    monkeypatch.setattr("simulation.study.uncertainty.answer.uncertainty", killed)
    result = run("compare", write(), "--uncertain", "--out", "found", *QUICK)
    assert seen == [COMPARED] and names("found") == COMPARED
    assert "Verdict:" in result.stdout


@pytest.mark.parametrize(("error", "code"), [(ZeroDivisionError("of no use"), 1), (KeyboardInterrupt(), 130)])
def test_one_weak_link_that_cannot_be_found_loses_neither_the_verdict_nor_the_others(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    from simulation.study.weak_link import answer as module

    found = module.weak_link

    def sometimes(result: Any, name: str, **how: Any) -> module.WeakLink:
        if name == "functional":
            raise error
        return found(result, name, **how)

    monkeypatch.setattr(module, "weak_link", sometimes)
    result = run("compare", write(), "--weak-link", "--out", "found", *QUICK)
    assert result.exit_code == code, result.output
    assert "Verdict:" in result.stdout and "warning: weak link of Functional left out" in result.stderr
    summary = json.loads(Path("found/summary.json").read_text(encoding="utf-8"))["structures"]
    assert summary["universal"]["weak_link"] is not None and summary["functional"]["weak_link"] is None


def test_after_ctrl_c_nothing_long_is_begun(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def stopped(_: object, name: str, **__: object) -> None:
        asked.append(name)
        raise KeyboardInterrupt

    monkeypatch.setattr("simulation.study.weak_link.answer.weak_link", stopped)
    monkeypatch.setattr("simulation.study.transition.answer.transition", stopped)
    result = run("compare", write(), "--weak-link", "--out", "found", *QUICK)
    assert result.exit_code == 130 and asked == ["universal"]
    assert names("found") >= COMPARED | {"report.html"} and "Verdict:" in result.stdout
    assert len(left_out("found")) == 3 and set(left_out("found").values()) == {"interrupted"}


def test_a_stopped_variant_of_the_weak_link_stops_the_weak_link(write: Write) -> None:
    from simulation import simulate
    from simulation.study.lab import Lab
    from simulation.study.weak_link.answer import weak_link

    result = simulate(write(), replications=2, months=1, jobs=1)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulation.analysis.executor.played", stop)
        weak_link(result, "universal", lab=Lab(jobs=1))


@pytest.mark.parametrize("what", ["charts", "part"])
def test_what_a_sweep_found_is_written_though_it_cannot_be_drawn(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from dataclasses import replace

    from simulation.study.field import show

    broken = replace(show.SWEEP, **{what: failing(ZeroDivisionError("of no use"))})
    monkeypatch.setattr(show, "SWEEP", broken)
    result = run("sweep", write(), *SWEEP, "--out", "found")
    assert result.exit_code == 0, result.output
    said = {"charts": "charts of sweep", "part": "finding sweep"}[what]
    assert left_out("found") == {said: "ZeroDivisionError: of no use"}
    assert f"warning: {said} left out" in result.stderr
    assert names("found") >= {"sweep.json", "sweep.csv", "run.json", "report.html"}
    assert ("sweep.png" in names("found")) == (what == "part")


def test_a_page_that_cannot_be_written_is_named_and_the_charts_of_a_sweep_are_there(run: Run, write: Write) -> None:
    file = write()
    Path("found/report.html").mkdir(parents=True)
    Path("found/sweep-old.png").write_text("old", encoding="utf-8")
    result = run("sweep", file, *SWEEP, "--out", "found")
    assert result.exit_code == 0 and set(left_out("found")) == {"report.html"}
    assert names("found") >= {"sweep.json", "sweep.png"} and "sweep-old.png" not in names("found")


def test_ctrl_c_at_the_charts_of_a_sweep_leaves_its_numbers(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulation.report.findings.add_charts", failing(KeyboardInterrupt()))
    result = run("sweep", write(), *SWEEP, "--out", "found")
    assert result.exit_code == 130
    assert names("found") == {"sweep.json", "sweep.csv", "sweep-winners.csv", "run.json", "scenario.resolved.yaml"}
    assert "page, charts and workbook left out: interrupted" in result.stderr
    assert result.stdout


def test_of_two_thresholds_one_that_fails_leaves_the_other(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.study.threshold.answer import Question

    answer = Question.answer

    def sometimes(self: Question, lab: Any) -> Any:
        if self.variable.name == "hand_off.lead.loss":
            raise ZeroDivisionError("of no use")
        return answer(self, lab)

    monkeypatch.setattr(Question, "answer", sometimes)
    of = ("--of", "hand_off.lead.loss=5%:40%", "--of", "market.channels.site.leads_per_month=50:150")
    result = run("threshold", write(), *of, "--months", 1, "--replications", 10, "--jobs", 1, "--out", "found")
    assert result.exit_code == 1
    assert "error: ZeroDivisionError: of no use" in result.stderr
    assert {"threshold.json", "report.html"} <= names("found") and result.stdout


STUDY = """\
version: 1
scenario: small.yaml
questions:
  - sweep: {vary: ['hand_off.lead.loss=5%:40%:2'], replications: 2}
  - map: {x: 'hand_off.lead.loss=5%:40%:2', y: 'market.channels.site.leads_per_month=50:150:2', replications: 2}
  - compare: {replications: 2}
report: {folder: results}
"""


@pytest.mark.parametrize(
    ("error", "code", "compared"),
    [(ZeroDivisionError("of no use"), 1, True), (KeyboardInterrupt(), 130, False), (OSError(5, "gone"), 1, False)],
)
def test_a_question_that_fails_leaves_the_answers_of_the_others(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, compared: bool
) -> None:
    write()
    Path("study.yaml").write_text(STUDY, encoding="utf-8")
    monkeypatch.setattr("simulation.study.field.winner_map.winner_map", failing(error))
    result = run("study", "study.yaml", "--jobs", 1, "--no-store")
    assert result.exit_code == code, result.output
    assert names("results") >= {"study.yaml", "sweep.json", "sweep.png", "run.json", "report.html"}
    assert ("summary.json" in names("results")) == ("Verdict:" in result.stdout) == compared
    if code == 1:
        assert "error: study.yaml:5: questions.1.map: " in result.stderr and str(error.args[0]) in result.stderr


def test_a_study_of_which_no_question_can_be_answered_is_refused(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    Path("study.yaml").write_text(STUDY, encoding="utf-8")
    for name in ("field.winner_map.winner_map", "field.sweep.sweep"):
        monkeypatch.setattr(f"simulation.study.{name}", failing(ZeroDivisionError("of no use")))
    monkeypatch.setattr("simulation.analysis.comparison.compare", failing(ValueError("nor this")))
    result = run("study", "study.yaml", "--jobs", 1, "--no-store")
    assert result.exit_code == 2 and result.stderr.count("error: study.yaml:") == 3
    assert not Path("results").exists()


def program(*words: str, before: str = "", **environment: str) -> "subprocess.Popen[bytes]":
    text = f"import sys\n{before}\nfrom simulation.cli import main\nsys.argv = {['run.py', *words]!r}\nmain()"
    return subprocess.Popen(
        [sys.executable, "-c", text],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def killed_when(process: "subprocess.Popen[bytes]", there: Path) -> None:
    """Kills a program, which cannot hear of it, as soon as a file is there."""
    try:
        deadline = time.monotonic() + PATIENCE
        while not there.exists() and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.02)
        assert there.exists(), process.communicate(timeout=10)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_a_killed_comparison_leaves_its_years_in_the_store_and_no_half_file(run: Run, write: Write) -> None:
    file = write(("replications: 4", "replications: 100000"))
    log = (
        "from pathlib import Path; from simulation.cli import session\n"
        "session.Progress.update = lambda self, done, total: done < 5 or Path('done').touch()"
    )
    words = ("compare", str(file), "--jobs", "1", "--out", "results", "--store", "store.sqlite")
    killed_when(program(*words, before=log), Path("done"))
    assert not [name for name in names("results") if not name.endswith(".part")]
    again = run("compare", file, "--replications", 4, "--store", "store.sqlite", "--out", "results")
    assert again.exit_code == 0 and "8 of 8 runs from the store" in again.stderr
    assert names("results") >= COMPARED


def test_killed_while_the_page_is_made_the_numbers_are_whole_and_no_old_page_stands_beside_them(
    run: Run, write: Write
) -> None:
    file = write()
    assert run("compare", file, *QUICK, "--out", "results").exit_code == 0
    assert {"report.html", "book.xlsx"} <= names("results")
    slow = (
        "import time; from pathlib import Path; from simulation.report import files\n"
        "def slow(*_, **__):\n    Path('drawing').touch()\n    time.sleep(600)\n"
        "files.page = slow"
    )
    words = ("compare", str(file), "--jobs", "1", "--replications", "3", "--no-store", "--out", "results")
    killed_when(program(*words, before=slow), Path("drawing"))
    shown = {name for name in names("results") if not name.endswith(".part")}
    assert shown >= COMPARED and not {"report.html", "book.xlsx", "comparison.png"} & shown
    assert json.loads(Path("results/summary.json").read_text(encoding="utf-8"))["replications"] == 3
    assert json.loads(Path("results/run.json").read_text(encoding="utf-8"))["replications_finished"] == 3


def test_a_scenario_printed_as_yaml_is_utf_8_whatever_the_pipe(write: Write) -> None:
    file = write(("title: Three sellers", "title: Отдел ₽"))
    output, remarks = program("show", str(file), "--yaml", PYTHONIOENCODING="cp1252").communicate(timeout=PATIENCE)
    assert "title: Отдел ₽" in output.decode("utf-8"), remarks


def test_a_backend_of_the_environment_is_refused_as_one_of_the_command_line_is(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALES_SIM_BACKEND", "multiprocessing")
    result = run("check", write(), "--jobs", 2)
    assert result.exit_code == 2 and "SALES_SIM_BACKEND: 'multiprocessing' cannot be used" in result.stderr


def test_a_plan_that_cannot_be_drawn_leaves_those_of_the_other_structures(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.report import plot

    draw = plot.plan_funnel
    once = [ZeroDivisionError("of no use")]

    def sometimes(*given: Any, **how: Any) -> Any:
        if once:
            raise once.pop()
        return draw(*given, **how)

    monkeypatch.setattr(plot, "plan_funnel", sometimes)
    file = write(("people:", "plan: {target: 20 mln}\npeople:"))
    result = run("plan", file, "--out", "drawn")
    assert result.exit_code == 0, result.output
    assert names("drawn") == {"plan-functional.png"}
    assert "warning: plan-universal.png left out: ZeroDivisionError: of no use" in result.stderr
