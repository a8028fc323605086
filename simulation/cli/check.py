"""The command `check`: how well today's structure reproduces the firm's own last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.building import command
from simulation.cli.checked import checked
from simulation.cli.choices import known
from simulation.cli.console import FAILED, interrupted_by, mistake, output, problems_reported, say, show, warn
from simulation.cli.options import BACKEND, CLUSTER, JOBS, LANG, NO_STORE, QUIET, STORE
from simulation.cli.outputs import usable
from simulation.cli.progress import Progress
from simulation.cli.session import on_cluster, store_used, workers
from simulation.study.history.ask import HISTORY
from simulation.texts import phrase_of, worded

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


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
            from simulation.report.history_tables import history_report

            show(*history_report(found, loaded.provenance.title, words, output().width))
        wanted = loaded.experiment.replications
        if found.partial:
            say(worded("interrupted-years", years=found.years, wanted=wanted))
            raise typer.Exit(interrupted_by())
        if found.years < wanted:
            warn(worded("years-failed", failed=wanted - found.years, wanted=wanted))


check = command(
    HISTORY.command,
    [
        *HISTORY.every,
        JOBS,
        BACKEND,
        CLUSTER,
        STORE,
        NO_STORE,
        LANG,
        replace(QUIET, help="option-check-quiet"),
    ],
    _check,
    {
        "scenario": (
            Annotated[Path, typer.Argument(help="argument-scenario-history", show_default=False)],
            True,
        )
    },
)
