"""The command that says why."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Write

FEW = ("--months", 1, "--replications", 2, "--jobs", 1, "--no-measurements")


def test_it_prints_the_parts_and_writes_them(run: Run, write: Write):
    done = run("explain", write(), *FEW, "--out", "why", "--lang", "ru")
    assert done.exit_code == 0, done.output
    values = json.loads(Path("why/explanation.json").read_text(encoding="utf-8"))
    titles = ["«Универсальная»", "«Функциональная»"]
    ahead, other = titles[::-1] if values["difference"]["mean"] > 0 else titles
    assert f"Доли разницы, {ahead} минус {other}" in done.stdout
    assert "Вся разница" in done.stdout
    assert "Возможных лет: 2, прогонов: 64" in done.stdout
    assert "прогонов: " in done.stderr
    assert sum(each["mean"] for each in values["bars"]) == pytest.approx(values["difference"]["mean"])
    page = Path("why/report.html").read_text(encoding="utf-8")
    assert "Почему: из чего складывается разница" in page
    assert {path.name for path in Path("why").iterdir()} >= {
        "explanation.png",
        "explanation.svg",
        "explanation.csv",
        "explanation-years.csv",
        "run.json",
    }


def test_quiet_prints_nothing(run: Run, write: Write):
    done = run("explain", write(), *FEW, "--quiet", "--measure", "revenue", "--precision", "90%")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--structure", "universal"), "--structure: a comparison needs two structures"),
        (("--structure", "univrsal"), "did you mean 'universal'?"),
        (("--baseline", "pods"), "--baseline: there is no structure 'pods'"),
        (("--measure", "proffit"), "did you mean 'profit'?"),
        (("--precision", "narrow"), "--precision"),
        (("--precision", "-5%"), "--precision"),
        (("--replications", "1"), "--replications"),
        (("--backend", "none"), "--backend"),
    ],
)
def test_what_cannot_be_explained_is_refused_before_anything_is_simulated(
    words: tuple[str, ...], message: str, run: Run, write: Write
):
    done = run("explain", write(), *words, "--out", "why")
    assert done.exit_code == 2
    assert message in done.output
    assert not Path("why").exists()


def test_of_more_than_two_structures_two_must_be_named(run: Run, write: Write):
    third = "structures:\n  pool:\n    preset: universal_shared_pool\n    roles: {universal: {headcount: 3}}\n"
    done = run("explain", write(("structures:\n", third)))
    assert done.exit_code == 2
    assert "--structure: two structures are compared here, not 3; name two of pool, universal, " in done.output
