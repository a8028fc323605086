"""The command `plan`."""

from pathlib import Path

from tests.cli.conftest import Run, Write

LAST = "people: {recruiting: {cost: 150 k}}\n"
PLAN = (LAST, f"{LAST}plan: {{target: 20 mln, targets: {{double: 40 mln}}}}\n")


def test_the_plan_is_printed_for_every_structure(write: Write, run: Run) -> None:
    result = run("plan", write(PLAN))
    assert result.exit_code == 0
    assert "plan of 20 mln RUB of revenue a year" in result.stdout
    for words in ("Universal", "Functional", "qualified leads", "Payroll of the people needed", "week"):
        assert words in result.stdout


def test_another_target_and_one_structure_may_be_asked_for(write: Write, run: Run) -> None:
    file = write(PLAN)
    assert "plan of 40 mln RUB" in run("plan", file, "--target", "double").stdout
    found = run("plan", file, "--target", "5 mln", "--structure", "functional").stdout
    assert "plan of 5 mln RUB" in found and "Universal" not in found


def test_results_of_weeks_correct_the_rest_of_the_month(write: Write, run: Run) -> None:
    results = "plan: {target: 24 mln, results: {2026-01: [300 k, 200 k]}}\n"
    found = run("plan", write((LAST, LAST + results)))
    assert found.exit_code == 0, found.stderr
    assert "300 of 452" in found.stdout
    assert "So far 500 k RUB of 903 k RUB planned for 2 weeks (55 %)." in found.stdout
    assert "The 3 weeks left of 2026-01 have 1\N{NO-BREAK SPACE}500 k RUB to bring, +37 % against" in found.stdout


def test_the_picture_of_the_funnel_is_written(write: Write, run: Run) -> None:
    assert run("plan", write(PLAN), "--out", "pictures").exit_code == 0
    names = sorted(path.name for path in Path("pictures").iterdir())
    assert names == ["plan-functional.png", "plan-universal.png"]
    assert (Path("pictures") / names[0]).read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_planned_is_told_in_a_line(write: Write, run: Run) -> None:
    file = write()
    for arguments, words in (
        ((), "the scenario has no plan"),
        (("--target", "many"), "many"),
        (("--target", "1 mln", "--structure", "functionall"), "did you mean 'functional'?"),
    ):
        result = run("plan", file, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr and "Traceback" not in result.stderr
