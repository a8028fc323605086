"""Commands that simulate nothing: validate, show, diff, new, and the pages made from the code.

Here too: the command `plan`: what the year's target takes, in closed form.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.console import BAD_INPUT, FAILED, data, output, problems_reported, refuse, say, say_problems, show
from simulation.cli.options import LANG, annotated
from simulation.cli.session import checked, folder_of, known
from simulation.cli.telling import warn

if TYPE_CHECKING:
    from simulation.scenario.money import Plan
    from simulation.scenario.scenario import Scenario


File = Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="Write to this file instead of printing.", show_default=False)]


def validate(
    files: Annotated[list[Path], typer.Argument(help="Scenario files (YAML).", show_default=False)],
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
                typer.echo(f"{file}: valid" + (f", {counted(warnings, 'warning')}" if warnings else ""))
    if wrong:
        raise typer.Exit(BAD_INPUT)


def show_values(
    file: File,
    under: Annotated[
        str,
        typer.Option(help="Only what stands under this path, such as market.channels.", show_default=False),
    ] = "",
    yaml: Annotated[bool, typer.Option("--yaml", help="Print the resolved scenario as YAML.")] = False,
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
        raise refuse(f"{file}: nothing stands under the path {under!r}{_nearest_path(under, scenario)}")
    table = Table("path", "value", "unit", "from", box=None, pad_edge=False, header_style="bold")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(row.path, row.value, row.unit, row.origin)
    show(table)


def differences(
    first: Annotated[Path, typer.Argument(metavar="A", help="A scenario file.", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one.", show_default=False)],
) -> None:
    """Print what differs between two scenarios."""
    from rich.table import Table

    from simulation.scenario import describe
    from simulation.sense.loader import load

    with problems_reported():
        rows = describe.difference(load(first), load(second))
    if not rows:
        typer.echo("nothing differs")
        return
    table = Table("path", str(first), str(second), box=None, pad_edge=False, header_style="bold")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(row.path, row.first, row.second)
    show(table)


def new(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    answers: Annotated[
        Path | None,
        typer.Argument(help="With --numbers: a YAML file with the answers, instead of questions.", show_default=False),
    ] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Ask for twelve numbers of last year and make the scenario from them.")
    ] = False,
    closed_form: Annotated[
        bool,
        typer.Option(
            "--closed-form",
            help="With --numbers: do not simulate; the formulas give your numbers, in which nobody waits.",
        ),
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="With --numbers: replications at a time.", show_default="all cores")
    ] = None,
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
            raise refuse("answers and --closed-form belong to --numbers: new FILE --numbers [ANSWERS]")
        from simulation.intake.starter import starter_text

        try:
            with file.open("x", encoding="utf-8") as target:
                target.write(starter_text())
        except FileExistsError:
            raise refuse(f"{file}: the file exists already and is left as it is") from None
    typer.echo(f"wrote {file}; next: validate {file}, then compare {file}")


def schema(out: Out = None) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from simulation.scenario.editor_schema import json_schema

    _page(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", out)


def reference(out: Out = None) -> None:
    """Print the reference page of scenario files.

    Each key with its unit, its default and where the default comes from.
    """
    from simulation.scenario.reference import reference_markdown

    _page(reference_markdown(), out)


def measures(out: Out = None) -> None:
    """Print the reference page of measures.

    Each name with its unit and what exactly is counted.
    """
    from simulation.report.measures import measures_page

    _page(measures_page(), out)


def _nearest_path(under: str, scenario: Scenario) -> str:
    """'; did you mean …?' with the misspelled parts of a path put right one after the other, or ''."""
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
    return f"; did you mean {'.'.join(found)!r}?" if found else ""


def counted(number: int, what: str) -> str:
    """'1 warning', '3 warnings'."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _page(text: str, out: Path | None) -> None:
    if out is None:
        data(text)
        return
    from simulation.report.output_folder import write_text

    with problems_reported():
        write_text(out, text)
    typer.echo(f"wrote {out}")


def plan(
    scenario: File,
    structure: Annotated[
        list[str] | None, typer.Option(help="Only this structure; repeat for more.", show_default=False)
    ] = None,
    target: Annotated[
        str,
        typer.Option(
            help="Another target of the year, such as 50mln, or the name of a further target.", show_default=False
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write plan-STRUCTURE.png into this folder.", show_default=False)
    ] = None,
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
            warn(left)
            if not written:
                raise typer.Exit(FAILED)
            say(f"wrote {', '.join(str(path) for path in written)}")


def _structures(scenario: Scenario, wanted: list[str]) -> list[str]:
    for name in wanted:
        known("--structure", "structure", name, scenario.structures)
    return wanted or list(scenario.structures)


def _goal(scenario: Scenario, target: str) -> Plan:
    plan = scenario.plan
    if plan is None and not target:
        say("error: the scenario has no plan; allowed: a `plan` block with a target, or --target AMOUNT")
        raise typer.Exit(BAD_INPUT)
    if plan is not None and target in ("", *plan.targets):
        return plan.model_copy(update={"target": plan.targets[target]}) if target else plan
    # read as the file would be, so that a mistake is told in the same words
    found = scenario.replace({"plan.target": target} if plan is not None else {"plan": {"target": target}}).plan
    assert found is not None
    return found
