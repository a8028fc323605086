"""The list of commands."""

from __future__ import annotations

import gc
from collections.abc import Callable

import typer

from simulation.cli import kinds, scenarios, simulations, store, study
from simulation.cli.console import forgive_letters, hear_signals
from simulation.cli.options import SPOKEN, annotated
from simulation.cli.program import Command, Program
from simulation.study.kinds import KINDS
from simulation.version import __version__

app = typer.Typer(
    name="sales-sim",
    cls=Program,
    help="program",
    epilog="program-epilog",
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
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="option-version"),
    lang: annotated(SPOKEN) = None,  # type: ignore[valid-type]
) -> None:
    """Options of the program itself; the language is that of every command too."""
    if lang is not None:
        context.default_map = {name: {"lang": lang} for name in COMMANDS}


COMMANDS: dict[str, Callable[..., None]] = {
    "run": simulations.run,
    **{kind.command: OF_THEIR_OWN.get(kind.name) or kinds.command_of(kind) for kind in KINDS},
    "study": study.study,
    "plan": scenarios.plan,
    "store": store.store,
    "validate": scenarios.validate,
    "show": scenarios.show_values,
    "diff": scenarios.differences,
    "new": scenarios.new,
    "schema": scenarios.schema,
    "reference": scenarios.reference,
    "measures": scenarios.measures,
}
"""What is done by name; the help of each is the text `command-NAME`."""

for name, does in COMMANDS.items():
    app.command(name, cls=Command, help=f"command-{name}")(does)


def main() -> None:
    """Runs the command that the command line asks for; ends the process with its exit code."""
    # what is imported stays: looking through it for garbage, 700 objects at a time, is a sixth of a command's start
    gc.set_threshold(50_000, 20, 20)
    forgive_letters()
    hear_signals()
    app()
