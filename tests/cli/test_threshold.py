"""The command that finds where the answer changes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Write

FEW = ("--replications", 10, "--jobs", 1, "--no-store")


def test_it_prints_and_writes_each_threshold(run: Run, write: Write) -> None:
    given = ("--of", "hand_off.lead.loss=5%:40%", "--of", "people.switching")
    done = run("threshold", write(), *given, *FEW, "--out", "flips", "--lang", "ru")
    assert done.exit_code == 0, done.output
    assert "Три продавца: Потери лидов при передаче" in done.stdout
    assert "Три продавца: Потери времени на переключение" in done.stdout
    assert "прогонов: " in done.stderr
    values = json.loads(Path("flips/threshold.json").read_text(encoding="utf-8"))
    assert (values["low"], values["high"], values["measure"]) == (0.05, 0.4, "profit")
    assert values["outcome"] in ("none", "flat", "crossings")
    assert json.loads(Path("flips/threshold-2.json").read_text(encoding="utf-8"))["variable"] == "people.switching"
    page = Path("flips/report.html").read_text(encoding="utf-8")
    assert page.count("Где меняется ответ:") >= 2
    assert {path.name for path in Path("flips").iterdir()} >= {
        "threshold.png",
        "threshold.svg",
        "threshold.csv",
        "threshold-crossings.csv",
        "threshold-2.png",
        "run.json",
    }


def test_quiet_prints_nothing(run: Run, write: Write) -> None:
    options = ("--quiet", "--measure", "revenue", "--precision", "20%", "--level", "0.9", "--months", 1)
    done = run("threshold", write(), "--of", "team=3:5", *FEW, *options)
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--of", "hand_off.lead.los"), "--of: a scenario has no 'hand_off.lead.los'"),
        (("--of", "hand_off.lead.loss=40%:5%"), "the low end must lie below the high end"),
        (("--of", "hand_off.lead.loss=5%:140%"), "--of: hand_off.lead.loss: '140%' is outside 0..1"),
        (("--of", "market.products.service.gross_margin"), "has no range; give one here"),
        (("--of", "people.switching", "--structure", "universal"), "needs two structures"),
        (("--of", "people.switching", "--structure", "univrsal"), "did you mean 'universal'?"),
        (("--of", "people.switching", "--baseline", "pods"), "--baseline: there is no structure 'pods'"),
        (("--of", "people.switching", "--measure", "proffit"), "did you mean 'profit'?"),
        (("--of", "people.switching", "--precision", "0%"), "--precision: 0% is out of bounds"),
        (("--of", "people.switching", "--precision", "narrow"), "--precision: "),
        (("--of", "people.switching", "--replications", 3), "--replications"),
        (("--of", "people.switching", "--level", 1), "--level"),
        (("--of", "people.switching", "--backend", "none"), "--backend"),
        ((), "--of"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line_and_nothing_is_written(
    run: Run, write: Write, words: tuple[object, ...], message: str
) -> None:
    done = run("threshold", write(), *words, "--out", "flips")
    assert done.exit_code == 2
    assert message in done.stderr
    assert not Path("flips").exists()


def test_every_mistake_of_several_is_told(run: Run, write: Write) -> None:
    done = run("threshold", write(), "--of", "people.swiching", "--of", "turnover=2:1")
    assert done.exit_code == 2
    assert "people.swiching" in done.stderr and "turnover=2:1" in done.stderr


def test_of_three_structures_two_must_be_named(run: Run, write: Write) -> None:
    third = "people: {recruiting"
    pool = "  pool: {preset: universal, roles: {universal: {headcount: 3, pay: {base: 35 k}}}}\n"
    path = write((third, pool + third))
    done = run("threshold", path, "--of", "people.switching")
    assert done.exit_code == 2
    assert "--structure: two structures are compared here, not 3; name two of universal, functional, " in done.stderr
