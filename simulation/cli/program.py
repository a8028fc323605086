"""The commands, and how they speak: help and mistakes of a command line in the language asked for.

Typer's own words are English. What stands as help of a command or option is the key of a text, which is said when
somebody asks for help; what typer puts around it and says of a wrong command line is said again here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from gettext import gettext
from typing import Any

import typer
from typer import core

from simulation.cli import kinds, records, scenarios, simulations, store
from simulation.cli.app import app as owners_page
from simulation.cli.console import forgive_letters, hear_signals, speak, words
from simulation.cli.options import SPOKEN, annotated
from simulation.study.kinds import KINDS
from simulation.texts import Verbatim
from simulation.version import __version__

UsageError: Any = typer.BadParameter.__base__
"""What typer raises for a command line that it cannot read."""

WRONG = (
    (r"(?P<what>.+)\. Did you mean (?P<why>.+)\?", "wrong-near"),
    (r"Invalid value for (?P<what>.+?): (?P<why>.+)", "wrong-value"),
    (r"Missing argument (?P<what>[^.]+)\..*", "wrong-missing-argument"),
    (r"Missing option (?P<what>[^.]+)\..*", "wrong-missing-option"),
    (r"No such option: (?P<what>\S+)", "wrong-no-option"),
    (r"\(Possible options: (?P<what>.+)\)", "wrong-possible"),
    (r"Option (?P<what>\S+) requires an argument\.", "wrong-needs-value"),
    (r"Option (?P<what>\S+) does not take a value\.", "wrong-no-value"),
    (r"Got unexpected extra argument \((?P<what>.+)\)", "wrong-extra"),
    (r"Got unexpected extra arguments \((?P<what>.+)\)", "wrong-extras"),
    (r"(?P<what>.+) is not a valid integer\.?", "wrong-integer"),
    (r"(?P<what>.+) is not a valid float\.?", "wrong-number"),
    (r"(?P<what>.+) is not in the range (?P<why>.+)\.", "wrong-range"),
    (r"Input should be a valid number.*", "wrong-valid-number"),
    (r"Input should be a valid integer.*", "wrong-valid-integer"),
    (r"Input should be greater than or equal to (?P<what>.+)", "wrong-at-least"),
    (r"Input should be less than or equal to (?P<what>.+)", "wrong-at-most"),
)
"""What typer says, and the key of the text that says it."""


def said_again(text: str) -> str:
    """What typer says of a wrong command line, in the language that is spoken; as it is where it is not known."""
    first, bracket, possible = text.partition(" (Possible options: ")
    if bracket:
        return f"{said_again(first)} {said_again(bracket[1:] + possible)}"
    for pattern, key in WRONG:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return words()(key, **{name: Verbatim(said_again(part)) for name, part in found.groupdict().items()})
    return text


def _show(error: Any, file: Any = None) -> None:
    """Shows a wrong command line: how the command is used, where help is, and what is wrong."""
    t, context = words(), error.ctx
    if context is not None:
        typer.echo(context.get_usage(), err=True)
        if context.help_option_names:
            hint = t("wrong-try", command=context.command_path, option=context.help_option_names[0])
            typer.echo(hint + "\n", err=True)
    typer.echo(t("wrong-error", what=said_again(error.format_message())), err=True)


@contextmanager
def _mistakes() -> Iterator[None]:
    """Lets a wrong command line be shown in the language that is spoken."""
    try:
        yield
    except UsageError as error:
        if words().language != "en" and type(error).show is UsageError.show:
            error.show = partial(_show, error)
        raise


class Spoken:
    """What commands and the program have in common."""

    help: str | None
    params: list[Any]
    options_metavar: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """How it is used."""
        t = words()
        self.options_metavar = t("help-options")
        pieces: list[str] = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{t('help-usage')} ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help."""
        self.say()
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            if parameter.name == "help":
                parameter.help = words()("option-help")
            for name in ("help", "show_default"):
                setattr(parameter, name, _said(getattr(parameter, name, None)))
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        self.say()
        return super().get_short_help_str(limit)  # type: ignore[misc]

    def say(self) -> None:
        """Puts the text in the place of its key."""
        self.help = _said(self.help)


def _said(key: Any) -> Any:
    """The text of a key; anything else as it is."""
    return words()(key) if isinstance(key, str) and re.fullmatch(r"[a-z]+(-[\w]+)*", key) and key in words() else key


class Command(Spoken, core.TyperCommand):
    """A command whose help and mistakes are said in the language that is spoken."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Parses the command line."""
        with _mistakes():
            return super().make_context(info_name, args, parent, **extra)


class Program(Spoken, core.TyperGroup):
    """All commands; listens for the language before anything is parsed."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Parses the command line as far as the name of the command."""
        speak(args)
        core._ = gettext if words().language == "en" else _translated  # type: ignore[attr-defined, assignment]
        with _mistakes():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        with _mistakes():
            return super().invoke(ctx)

    def say(self) -> None:
        """Puts texts in the place of their keys."""
        super().say()
        self.epilog = _said(self.epilog)


def _translated(text: str) -> str:
    """What typer's help says, by the key that its letters make; its places stay as they are."""
    key = f"help-{'-'.join(re.findall(r'[A-Za-z]+', text.partition(':')[0].partition('{')[0]))}"
    places = {name: f"{{{name}{more}}}" for name, more in re.findall(r"\{(\w+)(![rs])?\}", text)}
    return words()(key, **places) if key in words() else text


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
    "app": owners_page,
    "run": simulations.run,
    **{kind.command: OF_THEIR_OWN.get(kind.name) or kinds.command_of(kind) for kind in KINDS},
    "study": kinds.study,
    "calibrate": records.calibrate,
    "backtest": records.backtest,
    "plan": scenarios.plan,
    "store": store.store,
    "validate": scenarios.validate,
    "show": scenarios.show_values,
    "diff": scenarios.differences,
    "new": scenarios.new,
    "convert": scenarios.convert,
    "schema": scenarios.schema,
    "reference": scenarios.reference,
    "measures": scenarios.measures,
}
"""What is done by name; the help of each is the text `command-NAME`."""

for name, does in COMMANDS.items():
    app.command(name, cls=Command, help=f"command-{name}")(does)


def main() -> None:
    """Runs the command that the command line asks for; ends the process with its exit code."""
    forgive_letters()
    hear_signals()
    app()
