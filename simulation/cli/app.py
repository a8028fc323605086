"""The list of commands."""

from __future__ import annotations

import gc

import typer

from simulation.cli import (
    kinds,
    scenarios,
    simulations,
    store,
    study,
)
from simulation.cli.console import forgive_letters, hear_signals
from simulation.study.kinds import KINDS
from simulation.version import __version__

app = typer.Typer(
    name="sales-sim",
    help="Simulates a sales department under different structures and says which one earns more, and how sure that is.",
    epilog="Start with: compare scenarios/department_of_ten.yaml",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


OF_THEIR_OWN = {"compare": simulations.compare, "check": kinds.check}
"""Commands of kinds that do more than to answer one question."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Options of the program itself."""


app.command()(simulations.run)
for kind in KINDS:
    app.command(kind.command)(OF_THEIR_OWN.get(kind.name) or kinds.command_of(kind))
app.command()(study.study)
app.command()(scenarios.plan)
app.command()(store.store)
app.command()(scenarios.validate)
app.command("show")(scenarios.show_values)
app.command("diff")(scenarios.differences)
app.command()(scenarios.new)
app.command()(scenarios.schema)
app.command()(scenarios.reference)
app.command()(scenarios.measures)


def main() -> None:
    """Runs the command that the command line asks for; ends the process with its exit code."""
    # what is imported stays: looking through it for garbage, 700 objects at a time, is a sixth of a command's start
    gc.set_threshold(50_000, 20, 20)
    forgive_letters()
    hear_signals()
    app()
