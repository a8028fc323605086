"""Every kind of study has all that a kind needs: a new one is a folder and a line in `simulation.study.kinds`."""

import re
from pathlib import Path

import click
import pytest
import typer
from pydantic import BaseModel

import simulation
from simulation.cli.program import app
from simulation.report.findings import Showing
from simulation.study.file import Asking
from simulation.study.kind import SHARED, Kind
from simulation.study.kinds import KINDS, kind_of
from simulation.texts import LANGUAGES, texts
from simulation.texts.catalogue import files_of

STUDY = Path(simulation.__file__).parent / "study"
DOCS = Path(__file__).parents[3] / "docs" / "studies.md"
COMMANDS: dict[str, click.Command] = typer.main.get_group(app).commands  # type: ignore[assignment]

KEY = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_every_folder_of_studies_is_in_the_list() -> None:
    folders = {path.parent.name for path in STUDY.glob("*/__init__.py")}
    listed = _homes()
    assert listed == folders


def _homes() -> set[str]:
    """Folders of the kinds of the list."""
    return {kind.show.split(".")[1] for kind in KINDS}


def test_no_two_kinds_share_a_name() -> None:
    for names in ([kind.name for kind in KINDS], [kind.finding for kind in KINDS], [kind.public for kind in KINDS]):
        assert len(set(names)) == len(names)
    assert all(kind_of(kind.finding) is kind for kind in KINDS)


@every_kind
def test_it_has_a_command_with_all_its_options(kind: Kind) -> None:
    there = {option for each in COMMANDS[kind.command].params for option in each.opts}
    assert {each.typed.split("/")[0] for each in kind.every if each.place != "file"} <= there
    assert {"--jobs", "--seed", "--quiet"} <= there


@every_kind
def test_it_has_a_question_with_all_its_options(kind: Kind) -> None:
    (block,) = [each for each in _alternatives(kind) if each is not type(None)]
    assert set(block.model_fields) == {each.name for each in kind.every if each.place != "command"}
    assert all(field.description for field in block.model_fields.values())


def _alternatives(kind: Kind) -> tuple[type[BaseModel], ...]:
    found: tuple[type[BaseModel], ...] = Asking.model_fields[kind.name].annotation.__args__  # type: ignore[union-attr]
    return found


@every_kind
def test_it_has_a_public_function(kind: Kind) -> None:
    assert getattr(simulation, kind.public) is kind.python()
    assert kind.public in dir(simulation)


@every_kind
def test_it_is_shown_in_the_terminal_as_charts_and_on_the_page(kind: Kind) -> None:
    found = kind.showing()
    assert isinstance(found, Showing)


@every_kind
@pytest.mark.parametrize("language", ["en", "ru"])
def test_its_part_of_the_page_has_a_heading_in_each_language(kind: Kind, language: str) -> None:
    assert f"{kind.finding.replace('_', '-')}-title" in texts(language)


@every_kind
def test_the_docs_name_it(kind: Kind) -> None:
    assert f"`{kind.command}`" in DOCS.read_text(encoding="utf-8")


@every_kind
def test_its_help_is_a_line_and_more(kind: Kind) -> None:
    for language in LANGUAGES:
        first, blank, more = texts(language)(f"command-{kind.command}").split("\n", 2)
        assert first.endswith(".") and not blank and more.strip()
        assert all(option.help in texts(language) for option in kind.every)
    assert kind.asks.endswith(".")


def test_an_option_that_all_kinds_share_is_declared_once() -> None:
    assert len({each.name for each in SHARED}) == len(SHARED)
    for kind in KINDS:
        assert len({each.name for each in kind.every}) == len(kind.every)


@every_kind
def test_its_texts_stand_in_its_folder(kind: Kind) -> None:
    """Words that only one kind needs; what everybody says, and the help of options, is in the catalogue of all."""
    folder = STUDY / kind.show.split(".")[1]
    assert all((folder / f"{language}.ftl").is_file() for language in LANGUAGES)
    elsewhere = {path.stem for path in (STUDY.parent / "texts").glob("*/*.ftl")}
    assert not {kind.name, kind.finding, kind.command, folder.name} & elsewhere


def test_no_text_stands_twice() -> None:
    for language in LANGUAGES:
        keys = [name for path in files_of(language) for name in KEY.findall(path.read_text(encoding="utf-8"))]
        assert len(set(keys)) == len(keys)
