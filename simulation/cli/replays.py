"""Replications that failed: what is said of them, and how one is replayed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.cli.console import mistake, output, say, show, warn
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.analysis.comparison import Result
    from simulation.analysis.runs import Failure
    from simulation.scenario.scenario import Scenario

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
    from simulation.analysis.measures import measures
    from simulation.analysis.replications import replicate_one
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
