"""Commands that simulate nothing: validate, show, diff, new, and the pages made from the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.building import annotated
from simulation.cli.checked import checked
from simulation.cli.console import BAD_INPUT, data, problems_reported, refuse, say_problems, show, tell
from simulation.cli.language import spoken, words
from simulation.cli.options import SPOKEN
from simulation.texts import worded
from simulation.written.errors import beside

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

File = Annotated[Path, typer.Argument(help="argument-scenario", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="option-to-file", show_default=False)]
Lang: Any = annotated(SPOKEN)
"""The language; `cli.language` has heard it before."""


def validate(
    files: Annotated[list[Path], typer.Argument(help="argument-files", show_default=False)],
    lang: Lang = None,
) -> None:
    """Check scenario files: schema and sense.

    Spelling, units, ranges; a stage that no role works, demand far above capacity.
    """
    from simulation.written.errors import ScenarioError

    wrong = False
    for file in files:
        with problems_reported():
            try:
                _, warnings = checked(file)
            except ScenarioError as error:
                say_problems(error)
                wrong = True
            else:
                tell(worded("valid-but", file=file, warnings=warnings) if warnings else worded("valid", file=file))
    if wrong:
        raise typer.Exit(BAD_INPUT)


def show_values(
    file: File,
    under: Annotated[
        str,
        typer.Option(help="option-under", show_default=False),
    ] = "",
    yaml: Annotated[bool, typer.Option("--yaml", help="option-yaml")] = False,
    lang: Lang = None,
) -> None:
    """Print a scenario with nothing left to resolve.

    Every value with its unit and where it comes from: file and line, preset, or default.
    """
    from rich.table import Table

    from simulation.report.plain import as_yaml
    from simulation.scenario import describe
    from simulation.sense.loader import load

    with problems_reported():
        scenario = load(file)
    if yaml:
        data(as_yaml(describe.resolved(scenario)))
        return
    rows = [row for row in describe.show(scenario) if not under or f"{row.path}.".startswith(f"{under}.")]
    if not rows:
        nothing = worded("nothing-under", file=file, path=repr(under))
        raise refuse(beside(nothing, suggestion=_nearest_path(under, scenario)))
    header = [words()(f"show-{name}") for name in ("path", "value", "unit", "from")]
    table = Table(*header, box=None, pad_edge=False, header_style="bold")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(row.path, row.value, row.unit, row.origin)
    show(table)


def differences(
    first: Annotated[Path, typer.Argument(metavar="A", help="argument-first", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="B", help="argument-second", show_default=False)],
    lang: Lang = None,
) -> None:
    """Print what differs between two scenarios."""
    from rich.table import Table

    from simulation.scenario import describe
    from simulation.sense.loader import load

    with problems_reported():
        rows = describe.difference(load(first), load(second))
    if not rows:
        tell(worded("nothing-differs"))
        return
    table = Table(words()("show-path"), str(first), str(second), box=None, pad_edge=False, header_style="bold")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(row.path, row.first, row.second)
    show(table)


def new(
    file: Annotated[Path, typer.Argument(help="argument-file", show_default=False)],
    answers: Annotated[
        Path | None,
        typer.Argument(help="argument-answers", show_default=False),
    ] = None,
    numbers: Annotated[bool, typer.Option("--numbers", help="option-numbers")] = False,
    closed_form: Annotated[
        bool,
        typer.Option(
            "--closed-form",
            help="option-closed-form",
        ),
    ] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="option-numbers-jobs", show_default="shown-all-cores")] = None,
    lang: Lang = None,
) -> None:
    """Write a commented starter scenario, or one made from your own numbers.

    A file that exists is never overwritten.
    """
    with problems_reported():
        if numbers:
            from simulation.cli.numbers import new_from_numbers

            new_from_numbers(file, answers, simulate=not closed_form, jobs=jobs)
            return
        if answers is not None or closed_form:
            raise refuse(worded("numbers-alone"))
        from simulation.intake.starter import starter_text

        try:
            with file.open("x", encoding="utf-8") as target:
                target.write(spoken(starter_text()))
        except FileExistsError:
            raise refuse(worded("file-exists", file=file)) from None
    tell(worded("wrote-starter", file=file))


def schema(out: Out = None, lang: Lang = None) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from simulation.scenario.editor_schema import json_schema

    _page(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", out)


def reference(out: Out = None, lang: Lang = None) -> None:
    """Print the reference page of scenario files.

    Each key with its unit, its default and where the default comes from.
    """
    from simulation.scenario.reference import reference_markdown

    _page(reference_markdown(), out)


def measures(out: Out = None, lang: Lang = None) -> None:
    """Print the reference page of measures.

    Each name with its unit and what exactly is counted.
    """
    from simulation.report.measures import measures_page

    _page(measures_page(), out)


def _nearest_path(under: str, scenario: Scenario) -> str:
    """The path with its misspelled parts put right one after the other, as far as that goes, or ''."""
    from simulation.scenario import describe
    from simulation.written.spelling import nearest

    paths = [row.path.split(".") for row in describe.show(scenario)]
    found: list[str] = []
    for part in under.split("."):
        depth = len(found)
        inside = {path[depth] for path in paths if path[:depth] == found and len(path) > depth}
        right = part if part in inside else nearest(part, sorted(inside))
        if right is None:
            break
        found.append(right)
    return ".".join(found)


def _page(text: str, out: Path | None) -> None:
    if out is None:
        data(text)
        return
    from simulation.report.output_folder import write_text

    with problems_reported():
        write_text(out, text)
    tell(worded("wrote", files=out))
