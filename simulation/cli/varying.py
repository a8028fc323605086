"""What commands that vary values have in common: how many runs they may ask for, how findings are shown and written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.checked import checked
from simulation.cli.console import FAILED, refuse, say
from simulation.cli.outputs import folder_of, usable
from simulation.cli.session import laboratory
from simulation.cli.telling import tell

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.finding import Finding
    from simulation.study.lab import Lab
    from simulation.study.variation import Range

MOST_RUNS = 200_000
"""Runs (one structure in one year) that a command may ask for: at a tenth of a second each, six hours of one core."""

Sure = Annotated[
    float | None,
    typer.Option(min=0.5, max=0.9999, help="How sure a winner has to be.", show_default="the scenario's"),
]

Two = Annotated[
    list[str] | None,
    typer.Option(
        "--structure",
        help="One of the two structures (give it twice); the first is the baseline where the scenario's is neither.",
        show_default="both, where there are two",
    ),
]


def loaded(file: Path, **experiment: int | None) -> Scenario:
    """The scenario with what the command line changes in its experiment.

    Raises:
        ScenarioError: what is wrong with the file.
    """
    from simulation.analysis.cases import changed

    return checked(file, lambda each: changed(each, **experiment))[0]


def ranges(scenario: Scenario, given: Iterable[tuple[str, str]]) -> list[Range]:
    """Ranges that were typed, each with its option; every mistake is said.

    Raises:
        typer.Exit: one of them cannot be understood.
    """
    from simulation.study.variation import VariationError, parse_range

    found = []
    wrong: typer.Exit | None = None
    for option, text in given:
        try:
            found.append(parse_range(scenario, text))
        except VariationError as error:
            wrong = refuse(f"{option}: {error}")
    if wrong is not None:
        raise wrong
    return found


def few_enough(points: int, structures: int, years: int, fewer: str, upto: bool = False) -> None:
    """Refuses more runs than anybody would wait for.

    Args:
        points: of the design.
        structures: compared at each.
        years: of each structure at each point.
        fewer: what would make it smaller.
        upto: whether the years are the most.

    Raises:
        typer.Exit: it would be too many.
    """
    runs = points * structures * years
    if runs > MOST_RUNS:
        most = "up to " if upto else ""
        raise refuse(
            f"that is {most}{_gaps(runs)} runs ({_gaps(points)} points, {structures} structures, {most}{_gaps(years)} "
            f"replications); allowed: up to {_gaps(MOST_RUNS)}; {fewer} or fewer --replications make it smaller"
        )


def _gaps(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def answered(
    *studies: Callable[[Lab], Finding],
    jobs: int | None,
    backend: str | None,
    cluster: str | None,
    store: Path | None,
    no_store: bool,
    out: Path | None,
    language: str | None,
    quiet: bool,
) -> None:
    """Carries studies out, writes and prints what they found; of several one that fails loses only its own finding.

    Raises:
        typer.Exit: what was asked for cannot be done, or every year failed; after the others, that one study failed.
    """
    usable(backend)
    folder = folder_of(out) if out is not None else None
    began = time.perf_counter()
    try:
        with laboratory(
            jobs=jobs, backend=backend, cluster=cluster, store=store, no_store=no_store, quiet=quiet
        ) as lab:
            found, failed, stopped = _found(studies, lab)
        if lab.failures and not lab.simulated and not lab.reused:
            first = lab.failures[0]
            say(f"error: every replication failed; number {first.replication}, {first.structure}: {first.error}")
            raise typer.Exit(FAILED)
        if not quiet:
            say(f"{lab.simulated} runs in {time.perf_counter() - began:.1f} s, {lab.reused} more from the store")
        left = tell(found, folder, language, quiet)
        if lab.failures:
            say(f"warning: {len(lab.failures)} runs failed; the years that they belong to are left out")
        if stopped or left.interrupted:
            raise KeyboardInterrupt
        if failed:
            raise typer.Exit(FAILED)
    finally:
        if folder is not None:
            folder.abandon()


def _found(studies: Sequence[Callable[[Lab], Finding]], lab: Lab) -> tuple[list[Finding], bool, bool]:
    """What studies find, whether one of several failed (it is said), and whether somebody stopped after the first.

    Raises:
        typer.Exit: a single study cannot be done.
        Exception: a single study, or the last of several that all failed, ended with it.
    """
    from simulation.report.left_out import reason
    from simulation.study.variation import VariationError

    found: list[Finding] = []
    failed = False
    for number, study in enumerate(studies):
        try:
            found.append(study(lab))
        except KeyboardInterrupt:
            if not found:
                raise
            return found, failed, True
        except VariationError as error:
            failed, wrong = True, refuse(str(error))
            if not found and number + 1 == len(studies):
                raise wrong from None
        except Exception as error:  # what the others find must not be lost with it
            if not found and number + 1 == len(studies):
                raise
            failed = True
            say(f"error: {reason(error)}")
    return found, failed, False
