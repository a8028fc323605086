"""What a study found: written first, then printed; what fails on the way is named and left out.

Here too: replications that failed: what is said of them, and how one is replayed.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.cli.console import mistake, output, say, show, warn
from simulation.cli.session import command_line
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.analysis.comparison import Result
    from simulation.analysis.runs import Failure
    from simulation.report.output_folder import LeftOut, OutputFolder
    from simulation.scenario.scenario import Scenario
    from simulation.study.kind import Finding


def tell(
    findings: Sequence[Finding],
    folder: OutputFolder | None,
    language: str | None,
    quiet: bool,
    shown: int | None = None,
) -> LeftOut:
    """Writes findings to a folder if there is one, and prints them unless quiet.

    Returns:
        What could not be made; it has been said.

    Raises:
        OSError: the numbers cannot be written.
    """
    from simulation.report.output_folder import LeftOut

    left = LeftOut(folder)
    if folder is not None:
        write(findings, folder, language, quiet, left)
    if not quiet:
        print_findings(findings[:shown], left, language)
    warn_left(left)
    return left


def write(findings: Sequence[Finding], folder: OutputFolder, language: str | None, quiet: bool, left: LeftOut) -> None:
    """Writes findings: numbers first. Ctrl-C at the charts leaves out what is drawn."""
    from simulation.report.findings import write_drawn, write_values
    from simulation.texts import say as phrase

    made = write_values(findings, folder, command_line(), left)
    with left.part(phrase("left-out-drawn"), stops=True):
        made += write_drawn(findings, folder, command_line(), left, language)
    if not quiet:
        wrote(made, folder)


def wrote(made: Sequence[Path], folder: OutputFolder) -> None:
    """Says which files were written."""
    files = ", ".join(dict.fromkeys(path.name for path in made))
    say(worded("wrote-to", files=files, folder=folder.path))


def print_findings(findings: Sequence[Finding], left: LeftOut, language: str | None = None) -> None:
    """Prints findings one after the other, an empty line between them, in that language or the scenario's."""
    if not findings:
        return
    from simulation.report.findings import showing
    from simulation.texts import language_of, texts
    from simulation.texts import say as phrase

    for number, each in enumerate(findings):
        if number:
            show("")
        words = texts(language or language_of(each.scenario.locale))
        with left.part(phrase("left-out-finding", kind=each.kind)):
            show(*showing(each).terminal(each, output().width, words))


def warn_left(left: LeftOut) -> None:
    """Says what was left out, a line each."""
    for missing in left.missing:
        warn(missing.text)


MOST_SHOWN = 3
"""Failed replications whose error and command are printed; the others are counted (all stand in run.json)."""


def report_failures(result: Result) -> None:
    """Says which replications failed, why, and the command that replays each."""
    failures = result.runs.failures
    for row in failures.head(MOST_SHOWN).itertuples():
        case = result.cases[str(row.structure)]
        what = {"number": row.replication, "structure": row.structure, "error": row.error}
        warn(worded("replication-failed", **what))
        say(worded("replay-it", command=replay_command(case.scenario, case.key, int(str(row.replication)))))
    if len(failures) > MOST_SHOWN:
        warn(worded("more-failed", more=len(failures) - MOST_SHOWN))


def report_failure(failure: Failure) -> None:
    """Says why one replication of a study failed."""
    mistake(worded("replication-error", number=failure.replication, structure=failure.structure, error=failure.error))


def replay_command(scenario: Scenario, structure: str, replication: int) -> str:
    """The command that replays one possible year under one structure."""
    experiment = scenario.experiment
    return shlex.join(
        [
            *_program(),
            "run",
            scenario.provenance.name,
            *("--structure", structure),
            *("--seed", str(experiment.seed)),
            *("--months", str(experiment.months)),
            *("--replay", str(replication)),
        ]
    )


def replay(scenario: Scenario, structures: list[str], replication: int, language: str | None = None) -> None:
    """Replays one possible year under each structure and prints its measures.

    Raises:
        Exception: whatever the year fails with, so that its place in the code is seen.
    """
    from simulation.analysis.cases import replicate_one
    from simulation.analysis.measures import measures
    from simulation.report.tables import year_table

    values = {}
    for structure in structures:
        record, ledger = replicate_one(scenario, structure, replication)
        values[structure] = measures(record, ledger, scenario)
    show(year_table(scenario, replication, values, output().width, language))


def _program() -> Iterator[str]:
    """How the program was called."""
    name = Path(sys.argv[0]).name
    if name.endswith(".py"):
        yield "python"
    yield name
