"""The commands of the kinds of study: one runner for all of them.

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
from simulation.cli.options import BACKEND, CLUSTER, HOW, JOBS, LANG, NO_STORE, QUIET, STORE, How, command
from simulation.cli.session import (
    Progress,
    checked,
    folder_of,
    known,
    laboratory,
    on_cluster,
    store_used,
    usable,
    workers,
)
from simulation.cli.telling import report_failure, tell
from simulation.study.history import HISTORY
from simulation.texts import Verbatim, joined, phrase_of, worded
from simulation.written.errors import beside

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.finding import Finding
    from simulation.study.kind import Asked, Kind, Mistake, Size
    from simulation.study.lab import Lab


MOST_RUNS = 200_000
"""Runs (one structure in one year) that a command may ask for: at a tenth of a second each, six hours of one core."""


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
        if kind.size is not None:
            for each in asked:
                _few_enough(kind.size(scenario, each))
        _answered(kind, scenario, asked, How.of(values))


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
            seconds = f"{time.perf_counter() - began:.1f}"
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
