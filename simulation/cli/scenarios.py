"""Commands that simulate nothing: validate, show, diff, new, and the pages made from the code.

Here too: the command `plan`: what the year's target takes, in closed form.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.console import (
    BAD_INPUT,
    FAILED,
    data,
    output,
    problems_reported,
    refuse,
    say,
    say_problems,
    show,
    spoken,
    tell,
    words,
)
from simulation.cli.options import LANG, SPOKEN, annotated
from simulation.cli.session import checked, folder_of, known
from simulation.cli.telling import warn_left
from simulation.texts import worded
from simulation.written.errors import beside

if TYPE_CHECKING:
    from simulation.scenario.money import Plan
    from simulation.scenario.scenario import Scenario
    from simulation.written.tree import Node


File = Annotated[Path, typer.Argument(help="argument-scenario", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="option-to-file", show_default=False)]
Lang: Any = annotated(SPOKEN)
"""The language; `cli.console` has heard it before."""


def validate(
    files: Annotated[list[Path], typer.Argument(help="argument-files", show_default=False)], lang: Lang = None
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
    under: Annotated[str, typer.Option(help="option-under", show_default=False)] = "",
    yaml: Annotated[bool, typer.Option("--yaml", help="option-yaml")] = False,
    lang: Lang = None,
) -> None:
    """Print a scenario with nothing left to resolve.

    Every value with its unit and where it comes from: file and line, preset, or default.
    """
    from rich.table import Table

    from simulation.report.output_folder import as_yaml
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
        table.add_row(row.path, spoken(row.value), spoken(describe.told(row.unit)), spoken(describe.told(row.origin)))
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
        table.add_row(row.path, spoken(row.first), spoken(row.second))
    show(table)


def new(
    file: Annotated[Path, typer.Argument(help="argument-file", show_default=False)],
    answers: Annotated[Path | None, typer.Argument(help="argument-answers", show_default=False)] = None,
    numbers: Annotated[bool, typer.Option("--numbers", help="option-numbers")] = False,
    closed_form: Annotated[bool, typer.Option("--closed-form", help="option-closed-form")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="option-numbers-jobs", show_default="shown-all-cores")] = None,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="option-xlsx")] = False,
    lang: Lang = None,
) -> None:
    """Write a commented starter scenario, a workbook to fill in, or a scenario made from your own numbers.

    A file that exists is never overwritten.
    """
    with problems_reported():
        if xlsx or is_workbook_name(file):
            if numbers or answers is not None or closed_form:
                raise refuse(worded("xlsx-alone"))
            from simulation.intake.starter import starter_text
            from simulation.sense.loader import load_text

            book = file if is_workbook_name(file) else file.with_name(f"{file.name}.xlsx")
            write_form(book, load_text(spoken(starter_text())), "wrote-form")
            return
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


def convert(
    file: File,
    target: Annotated[Path, typer.Argument(help="argument-target", show_default=False)],
    lang: Lang = None,
) -> None:
    """Write a scenario in another form: YAML, or a workbook (.xlsx) to fill in.

    Nothing that was written is lost; what a file extends stands in it. A file that exists is never overwritten.
    """
    from simulation.report.output_folder import as_yaml
    from simulation.sense.loader import load

    with problems_reported():
        scenario = load(file)
        if is_workbook_name(target):
            write_form(target, scenario, "wrote-form-filled")
        elif target.suffix.lower() in (".yaml", ".yml"):
            write_new(target, as_yaml(plain_tree(scenario.provenance.tree)).encode(), "wrote-yaml")
        else:
            raise refuse(beside(worded("convert-ending", ending=repr(target.suffix)), allowed=".xlsx, .yaml"))


def plain_tree(tree: Node) -> Any:
    """What was written as plain values, without what it took away from a file that it extended."""
    if isinstance(tree.value, dict):
        return {key: plain_tree(each) for key, each in tree.value.items() if not each.removes}
    return [plain_tree(each) for each in tree.value] if isinstance(tree.value, list) else tree.value


def is_workbook_name(file: Path) -> bool:
    """Whether a file's name is that of a workbook."""
    return file.suffix.lower() == ".xlsx"


def write_form(file: Path, scenario: Scenario, then: str) -> None:
    """Writes the form of a scenario, in the language that is spoken."""
    from simulation.intake.workbook_form import workbook_form

    write_new(file, workbook_form(scenario, words().language), then)


def write_new(file: Path, raw: bytes, then: str) -> None:
    """Writes a file that is not there yet, and says what to do next with the text of a key."""
    try:
        with file.open("xb") as target:
            target.write(raw)
    except FileExistsError:
        raise refuse(worded("file-exists", file=file)) from None
    tell(worded(then, file=file))


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


def plan(
    scenario: File,
    structure: Annotated[list[str] | None, typer.Option(help="option-plan-structure", show_default=False)] = None,
    target: Annotated[str, typer.Option(help="option-plan-target", show_default=False)] = "",
    out: Annotated[Path | None, typer.Option(help="option-plan-out", show_default=False)] = None,
    lang: annotated(LANG) = None,  # type: ignore[valid-type]
) -> None:
    """What the plan takes, step by step, without simulating.

    The year's target by quarter, month and week, and from it deals, leads, calls, hours, people and payroll; what is
    short.
    """
    with problems_reported():
        loaded, _ = checked(scenario)
        wanted = _structures(loaded, structure or [])
        goal = _goal(loaded, target)
        from simulation.finance.planning import bottom_up
        from simulation.report.plan_tables import plan_report
        from simulation.texts import language_of, texts

        plans = {name: bottom_up(loaded, name, goal) for name in wanted}
        words = texts(lang or language_of(loaded.locale))
        show(*plan_report(loaded, plans, words, output().width))
        if out is not None:
            from simulation.report.output_folder import LeftOut
            from simulation.report.plot import plan_funnel
            from simulation.report.plot.style import figure_of, save

            folder = folder_of(out)
            left = LeftOut(folder)
            try:
                for name, found in plans.items():
                    file = folder.named(f"plan-{name}", ".png")
                    with left.part(file):
                        save(figure_of(plan_funnel(loaded, found, lang=words.language)), folder.reserve(file), "png")
                written = folder.finish(failed=left.failed)
            finally:
                folder.abandon()
            warn_left(left)
            if not written:
                raise typer.Exit(FAILED)
            say(worded("wrote", files=", ".join(str(path) for path in written)))


def _structures(scenario: Scenario, wanted: list[str]) -> list[str]:
    for name in wanted:
        known("--structure", "structure", name, scenario.structures)
    return wanted or list(scenario.structures)


def _goal(scenario: Scenario, target: str) -> Plan:
    plan = scenario.plan
    if plan is None and not target:
        raise refuse(worded("no-plan"))
    if plan is not None and target in ("", *plan.targets):
        return plan.model_copy(update={"target": plan.targets[target]}) if target else plan
    # read as the file would be, so that a mistake is told in the same words
    found = scenario.replace({"plan.target": target} if plan is not None else {"plan": {"target": target}}).plan
    assert found is not None
    return found
