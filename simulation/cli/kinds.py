"""The commands of the kinds of study: one runner for all of them; and that of study files.

Here too: the command `check`: how well today's structure reproduces the firm's own last year.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.console import (
    BAD_INPUT,
    FAILED,
    interrupted_by,
    mistake,
    output,
    problems_reported,
    refuse,
    say,
    show,
    warn,
)
from simulation.cli.options import BACKEND, CLUSTER, HOW, JOBS, LANG, NO_STORE, OUT, QUIET, STORE, How, command
from simulation.cli.session import (
    Progress,
    checked,
    command_line,
    folder_of,
    known,
    laboratory,
    on_cluster,
    store_used,
    usable,
    workers,
)
from simulation.cli.telling import print_findings, report_failure, tell, warn_left, write, wrote
from simulation.study.history import HISTORY
from simulation.texts import Shortest, Verbatim, joined, phrase_of, worded
from simulation.written.errors import beside

if TYPE_CHECKING:
    from simulation.report.output_folder import LeftOut, OutputFolder
    from simulation.scenario.scenario import Scenario
    from simulation.study.file import Answers
    from simulation.study.kind import Asked, Finding, Kind, Mistake, Size
    from simulation.study.lab import Lab


MOST_RUNS = 200_000
"""Runs (one structure in one year) that a command may ask for: at a tenth of a second each, six hours of one core."""


MANY_RUNS = 500
"""Runs from which on it is worth the time of a few to find out how long all will take."""
LONG = 60.0
"""Seconds from which on it is said beforehand how long a command will take."""


def command_of(kind: Kind) -> Callable[..., None]:
    """The command of a kind."""
    options = [each for each in kind.every if each.place != "file"]
    return command(kind.command, [*options, *HOW], partial(_run, kind))


def _run(kind: Kind, values: Mapping[str, Any]) -> None:
    """Checks everything that can be checked, simulates, writes and prints; raises the command's exit."""
    with problems_reported():
        from simulation.analysis.cases import changed

        experiment = {each.name: values[each.name] for each in kind.every if each.experiment}
        scenario, _ = checked(values["scenario"], lambda loaded: changed(loaded, **experiment))
        asked = [kind.ask(each) for each in _questions(kind, values)]
        _refused(kind, [mistake for each in asked for mistake in kind.mistakes(scenario, each)])
        how = How.of(values)
        if kind.size is not None:
            sizes = [kind.size(scenario, each) for each in asked]
            for size in sizes:
                _few_enough(size)
            if not how.quiet:
                _forewarned(scenario, sizes, workers(how.jobs, how.cluster) or 1)
        _answered(kind, scenario, asked, how)


def _questions(kind: Kind, values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The values of each question: one for every value of an option that asks by itself."""
    several = [each.name for each in kind.options if each.questions]
    if not several:
        yield values
    for name in several:
        for value in values[name]:
            yield {**values, name: value}


def _refused(kind: Kind, mistakes: Sequence[Mistake]) -> None:
    """Says each mistake once, as the command line has it.

    Raises:
        typer.Exit: there are any.
    """
    typed = {each.name: each.typed for each in kind.every}
    lines = []
    for each in mistakes:
        option = "" if each.whole or not each.option else typed.get(each.option, f"--{each.option}")
        lines.append(joined((Verbatim(option), beside(each.text, each.allow)), ": "))
    for line in dict.fromkeys(lines):
        mistake(line)
    if lines:
        raise typer.Exit(BAD_INPUT)


def _few_enough(size: Size) -> None:
    """Refuses more runs than anybody would wait for.

    Raises:
        typer.Exit: it would be too many.
    """
    runs = size.points * size.structures * size.years
    if runs > MOST_RUNS:
        raise refuse(
            worded(
                "too-many-runs-at-most" if size.upto else "too-many-runs",
                runs=_gaps(runs),
                points=_gaps(size.points),
                structures=size.structures,
                years=_gaps(size.years),
                most=_gaps(MOST_RUNS),
                fewer=worded(size.fewer),
            )
        )


def _forewarned(scenario: Scenario, sizes: Sequence[Size], jobs: int) -> None:
    """Says how large a long study is and about how long it takes here, from a year that is played for it."""
    runs = sum(each.points * each.structures * each.years for each in sizes)
    if runs < MANY_RUNS:
        return
    from simulation.study.lab import Case, Lab

    lab, cases, began = Lab(jobs=1), [Case(scenario, name) for name in scenario.structures][:2], 0.0
    for number in (0, 1):  # the first also loads what the others find loaded
        began = time.perf_counter()
        lab.simulate([(cases, [number])])
    seconds = (time.perf_counter() - began) / len(cases) * runs / jobs
    if seconds >= LONG:
        warn(worded("long-study", runs=_gaps(runs), minutes=max(1, round(seconds / 60)), fewer=worded(sizes[0].fewer)))


def _gaps(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def _answered(kind: Kind, scenario: Scenario, asked: Sequence[Asked], how: How) -> None:
    """Answers questions, writes and prints what was found; of several one that fails loses only its own finding.

    Raises:
        typer.Exit: what was asked for cannot be done, or every year failed; after the others, that one of them failed.
    """
    usable(how.backend)
    folder = folder_of(how.out) if how.out is not None else None
    began = time.perf_counter()
    try:
        with laboratory(how) as lab:
            found, failed, stopped = _found([partial(kind.answered, scenario, each) for each in asked], lab)
        if lab.failures and not lab.simulated and not lab.reused:
            first = lab.failures[0]
            what = {"number": first.replication, "structure": first.structure, "error": first.error}
            mistake(worded("every-failed-first", **what))
            raise typer.Exit(FAILED)
        if not how.quiet:
            seconds = Shortest(round(time.perf_counter() - began, 1))
            say(worded("runs-done", runs=lab.simulated, seconds=seconds, reused=lab.reused))
        beside = [] if kind.beside is None else [more for each in found for more in kind.beside(each)]
        left = tell([*found, *beside], folder, how.lang, how.quiet, shown=len(found))
        if lab.failures:
            warn(worded("runs-failed", failed=len(lab.failures)))
        if stopped or left.interrupted:
            raise KeyboardInterrupt
        if failed:
            raise typer.Exit(FAILED)
    finally:
        if folder is not None:
            folder.abandon()


def _found(questions: Sequence[Callable[[Lab], Finding]], lab: Lab) -> tuple[list[Finding], bool, bool]:
    """What is found, whether one of several questions failed, which is said, and whether somebody stopped after one.

    Raises:
        typer.Exit: a single question cannot be answered.
        Exception: a single question, or the last of several that all failed, ended with it.
    """
    from simulation.report.output_folder import reason
    from simulation.study.variation import VariationError

    found: list[Finding] = []
    failed = False
    for number, question in enumerate(questions):
        alone = not found and number + 1 == len(questions)
        try:
            found.append(question(lab))
        except KeyboardInterrupt:
            if not found:
                raise
            return found, failed, True
        except VariationError as error:
            failed, wrong = True, refuse(phrase_of(error))
            if alone:
                raise wrong from None
        except RuntimeError as error:
            failed = True
            for failure in lab.failures[:1]:
                report_failure(failure)
            mistake(phrase_of(error))
            if alone:
                raise typer.Exit(FAILED) from None
        except Exception as error:  # what the others find must not be lost with it
            if alone:
                raise
            failed = True
            mistake(reason(error))
    return found, failed, False


def _check(values: Mapping[str, Any]) -> None:
    structure, quiet = values["structure"], values["quiet"]
    with problems_reported():
        from simulation.analysis.cases import changed
        from simulation.analysis.history import check_history

        def change(loaded: Scenario) -> Scenario:
            return changed(loaded, replications=values["replications"], seed=values["seed"])

        loaded, _ = checked(values["scenario"], change)
        if structure is not None:
            known("--structure", "structure", structure, loaded.structures)
        usable(values["backend"])
        with (
            store_used(values["store"], values["no_store"]) as store,
            on_cluster(values["cluster"], values["backend"]),
            Progress(quiet=quiet) as progress,
        ):
            try:
                found = check_history(
                    loaded,
                    structure,
                    jobs=workers(values["jobs"], values["cluster"]),
                    backend=values["backend"],
                    on_done=progress.update,
                    store=store,
                )
            except RuntimeError as error:
                mistake(phrase_of(error))
                raise typer.Exit(FAILED) from None
        from simulation.texts import language_of, texts

        words = texts(values["lang"] or language_of(loaded.locale))
        if quiet:
            typer.echo(f"{words.again(found.headline)} {words.again(found.verdict)}")
        else:
            from simulation.report.result_tables import history_report

            show(*history_report(found, loaded.provenance.title, words, output().width))
        wanted = loaded.experiment.replications
        if found.partial:
            say(worded("interrupted-years", years=found.years, wanted=wanted))
            raise typer.Exit(interrupted_by())
        if found.years < wanted:
            warn(worded("years-failed", failed=wanted - found.years, wanted=wanted))


check = command(
    HISTORY.command,
    [*HISTORY.every, JOBS, BACKEND, CLUSTER, STORE, NO_STORE, LANG, replace(QUIET, help="option-check-quiet")],
    _check,
    {"scenario": (Annotated[Path, typer.Argument(help="argument-scenario-history", show_default=False)], True)},
)


def _study(values: Mapping[str, Any]) -> None:
    file, how = values["file"], How.of(values)
    with problems_reported():
        from simulation.study.file import carry_out, load_study, problems_of

        asked = load_study(file)
        if problems := list(problems_of(asked)):
            from simulation.written.errors import ScenarioError

            raise ScenarioError(problems)
        usable(how.backend)
        wanted = how.out or (Path(asked.file.report.folder) if asked.file.report.folder else None)
        folder = folder_of(wanted) if wanted is not None else None
        try:

            def told(number: int, kind: str) -> None:
                if not how.quiet:
                    say(worded("question", number=number + 1, all=len(asked.file.questions), kind=kind))

            with laboratory(how) as lab:
                answers = carry_out(asked, lab, told, (lambda _: None) if how.quiet else say)
            if not how.quiet:
                say(worded("runs-simulated", runs=lab.simulated, reused=lab.reused))
            left = _tell(answers, folder, how.lang or asked.file.report.language, how.quiet)
        finally:
            if folder is not None:
                folder.abandon()
        for problem in answers.problems:
            mistake(problem.phrase)
        if answers.interrupted or left.interrupted:
            raise KeyboardInterrupt
        if answers.problems:
            raise typer.Exit(FAILED)


study = command(
    "study",
    [replace(OUT, shown="shown-the-study-s-own"), *(each for each in HOW if each is not OUT)],
    _study,
    {"file": (Annotated[Path, typer.Argument(help="argument-study", show_default=False)], True)},
)


def _tell(answers: Answers, folder: OutputFolder | None, language: str | None, quiet: bool) -> LeftOut:
    """Writes the answers, then prints them; what fails on the way is named and left out."""
    from simulation.report.output_folder import LeftOut

    left = LeftOut(folder)
    if folder is not None:
        _write(answers, folder, language, quiet, left)
    if not quiet:
        _print(answers, left, language)
    warn_left(left)
    return left


def _print(answers: Answers, left: LeftOut, language: str | None) -> None:
    from rich.text import Text

    from simulation.report.summary import summary
    from simulation.report.tables import report
    from simulation.texts import say as phrase

    if answers.study.file.title:
        show(Text(answers.study.file.title, style="bold"), Text())
    if answers.comparison is not None and answers.best is not None:
        file = Path(answers.study.path).parent / answers.study.file.scenario
        with left.part(phrase("left-out-table", name="summary")):
            show(*summary(answers.comparison, output().width, language, [file], None, answers.best), Text())
    elif answers.comparison is not None:
        show(*report(answers.comparison, output().width, left=left, language=language), Text())
    print_findings(answers.findings, left, language)
    if answers.findings:
        show(Text())


def _write(answers: Answers, folder: OutputFolder, language: str | None, quiet: bool, left: LeftOut) -> None:
    from simulation.report import files
    from simulation.texts import say as phrase

    with left.part("study.yaml"):
        folder.add("study.yaml", Path(answers.study.path).read_text(encoding="utf-8"))
    if answers.comparison is None:
        write(answers.findings, folder, language, quiet, left)
        return
    made = files.write_numbers(answers.comparison, folder, command_line(), left)
    with left.part(phrase("left-out-drawn"), stops=True):
        made += files.write_more(
            answers.comparison,
            folder,
            command_line(),
            left,
            language=language,
            charts=answers.study.file.report.charts,
            findings=answers.findings,
            best=answers.best,
        )
    if not quiet:
        wrote(made, folder)
