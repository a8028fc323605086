"""A name that nobody has is told in one way: by every command, study file and public function, before any year."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import simulation
from simulation.analysis import executor
from simulation.analysis.unknown import UnknownName
from simulation.cli.options import BACKEND, LANG
from simulation.cli.program import app
from simulation.study.compare import SEARCH
from simulation.study.kind import Kind, Option
from simulation.study.kinds import KINDS
from simulation.study.lab import Lab
from simulation.texts import LANGUAGES, texts
from tests.unit.study.test_direction import FACE, NAMED, TEXT

OF_NAMES = ("structure", "structures", "baseline", "measure")
NAMES = [(kind, each) for kind in KINDS for each in kind.every if each.choices or each.name in OF_NAMES]
LISTED = [(kind, each) for kind, each in NAMES if each.choices]
ASK: dict[str, Any] = {
    **FACE,
    "weak_link": lambda scenario, lab, asked: simulation.weak_links(scenario, replications=3, lab=lab, **asked),
    "check": lambda scenario, lab, asked: simulation.check_history(scenario, replications=3, jobs=1, **asked),
}
YEAR = f"{TEXT}history: {{deals: 120}}\n"
NEEDS = {"sweep": ("--vary", "inbound=1,1.1")}


@pytest.fixture
def years_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def played(*_: Any) -> None:
        pytest.fail("a year was simulated")

    monkeypatch.setattr(executor, "played", played)


@pytest.mark.usefixtures("years_forbidden")
@pytest.mark.parametrize(
    ("kind", "option"),
    [(kind, option) for kind, option in NAMES if option is not SEARCH],  # follows a comparison, which Python has then
    ids=lambda found: found.name,
)
def test_a_public_function_tells_it_before_anything_is_simulated(kind: Kind, option: Option) -> None:
    two = {"structures": NAMED} if kind.pair else {}
    value: Any = [NAMED[0], "nobody"] if option.name == "structures" else "nobody"
    with pytest.raises(UnknownName, match="^there is no [a-z]+ 'nobody'") as told:
        ASK[kind.name](simulation.load_text(YEAR, "dear.yaml"), Lab(jobs=1), {**two, option.name: value})
    assert told.value.name == "nobody" and told.value.allowed
    assert all(name in told.value.allowed for name in option.choices)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "option"), LISTED, ids=lambda found: found.name)
def test_a_command_tells_what_is_wrong_what_is_allowed_and_the_nearest(
    kind: Kind, option: Option, language: str, tmp_path: Path
) -> None:
    (tmp_path / "dear.yaml").write_text(TEXT, encoding="utf-8")
    typed = (option.typed, f"{option.choices[0]}x", "--lang", language)
    told = CliRunner().invoke(app, [kind.command, str(tmp_path / "dear.yaml"), *NEEDS.get(kind.name, ()), *typed])
    assert told.exit_code == 2
    assert told.stderr.splitlines()[-1] == expected(option, language, f"error: {option.typed}: ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "option"), LISTED, ids=lambda found: found.name)
def test_a_study_file_tells_it_as_the_command_does(kind: Kind, option: Option, language: str, tmp_path: Path) -> None:
    needs = "vary: ['inbound=1,1.1'], " if kind.name in NEEDS else ""
    question = f"{kind.name}: {{{needs}{option.name}: {option.choices[0]}x}}"
    (tmp_path / "dear.yaml").write_text(TEXT, encoding="utf-8")
    study = tmp_path / "study.yaml"
    study.write_text(f"version: 1\nscenario: dear.yaml\nquestions:\n  - {question}\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["study", str(study), "--lang", language])
    assert told.exit_code == 2
    begin = f"error: {study}:4: questions.0.{kind.name}.{option.name}: "
    assert told.stderr.strip() == expected(option, language, begin)


@pytest.mark.parametrize("command", ["compare", "validate", "schema", "plan", "check"])
def test_a_language_that_nobody_speaks_is_told_by_every_command(command: str, tmp_path: Path) -> None:
    (tmp_path / "dear.yaml").write_text(TEXT, encoding="utf-8")
    files = [] if command == "schema" else [str(tmp_path / "dear.yaml")]
    told = CliRunner().invoke(app, [command, *files, "--lang", "eng"], env={"LC_ALL": "en_US.UTF-8"})
    assert told.exit_code == 2
    assert told.stderr.strip() == expected(LANG, "en", "error: --lang: ", "eng")


@pytest.mark.usefixtures("years_forbidden")
def test_a_backend_that_nobody_has_is_told_without_a_word_of_joblib(tmp_path: Path) -> None:
    (tmp_path / "dear.yaml").write_text(TEXT, encoding="utf-8")
    asked = ["compare", str(tmp_path / "dear.yaml"), "--lang", "ru", BACKEND.typed]
    told = CliRunner().invoke(app, [*asked, "dsk"]).stderr
    assert "нет способа параллельного счёта 'dsk'; допустимо: dask, loky" in told and "имелось в виду 'dask'" in told
    unconnected = CliRunner().invoke(app, [*asked, "dask"]).stderr
    assert "'dask' нельзя использовать: " in unconnected and "Client" not in unconnected
    with pytest.raises(UnknownName, match="there is no backend 'dsk'"):
        simulation.compare(simulation.load_text(TEXT, "dear.yaml"), replications=3, jobs=2, backend="dsk")


def test_a_pay_back_of_something_that_is_no_column_is_an_unknown_measure() -> None:
    years = simulation.compare(simulation.load_text(TEXT, "dear.yaml"), NAMED, replications=2, jobs=1)
    for ask in (
        lambda: simulation.payback(years, *NAMED, measure="proft"),
        lambda: years.differences("proft"),
        lambda: simulation.plot.measure(years, "proft"),
        lambda: simulation.describe("proft"),
    ):
        with pytest.raises(UnknownName, match="^there is no measure 'proft'; did you mean 'profit'"):
            ask()


def test_a_mean_and_the_charts_of_names_that_nobody_has_are_told_with_the_nearest() -> None:
    years = simulation.compare(simulation.load_text(TEXT, "dear.yaml"), NAMED, replications=2, jobs=1)
    first = NAMED[0]
    for ask, told in (
        (lambda: years.mean(f"{first}x", "profit"), f"there is no structure '{first}x'"),
        (lambda: years.mean(first, "proft"), "there is no measure 'proft'"),
        (lambda: years.mean(first, "utilisation.nobody"), "there is no measure 'utilisation.nobody'"),
        (lambda: list(simulation.plot.drawings(years, names=("funel",))), "there is no chart 'funel'"),
        (lambda: list(simulation.plot.drawings(years, structures=[f"{first}x"])), f"there is no structure '{first}x'"),
    ):
        with pytest.raises(UnknownName, match=f"^{told}.*did you mean '"):
            ask()
    assert isinstance(years.mean(first, "profit"), float)


def test_a_command_that_is_misspelled_is_told_in_the_language_that_is_spoken() -> None:
    told = CliRunner().invoke(app, ["--lang", "ru", "comparee"])
    assert "Нет команды 'comparee'; возможно, имелось в виду 'compare'?" in told.stderr


def test_an_option_is_called_as_it_is_typed_in_any_language(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["sweep", "any.yaml", "--vary", "x", "--points", "few", "--lang", "ru"])
    assert "'--points': нужно целое число" in told.stderr


def expected(option: Option, language: str, begin: str, name: str = "") -> str:
    """The line in which an unknown name of a list is told."""
    t, name = texts(language), name or f"{option.choices[0]}x"
    first = t("error", what="").strip()
    told = t(f"no-{option.name}", name=repr(name))
    allowed, near = (
        t("said-allowed", allowed=", ".join(option.choices)),
        t("said-nearest", name=repr(option.choices[0])),
    )
    allowed = t("said-allowed", allowed=", ".join(option.choices))
    return f"{begin.replace('error:', first)}{told}{allowed}{near}"
