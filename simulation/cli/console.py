"""Where things are printed and in which language, and how a command ends.

Results go to standard output, everything about the run (progress, warnings, mistakes) to standard error. On a
terminal there are colours and the terminal's width; in a pipe there are neither, and a table is as wide as it
needs to be, so that no number is broken over two lines.
"""

from __future__ import annotations

import locale
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import typer

from simulation.analysis.unknown import TermsError
from simulation.texts import Verbatim, joined, phrase_of, worded
from simulation.written.errors import ScenarioError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from simulation.texts import Texts


_spoken = ["en"]


def speak(arguments: Sequence[str]) -> None:
    """Speaks the language of a command line from now on."""
    _spoken[0] = language_asked(arguments, os.environ)


def language_asked(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that a command line asks for, else that of the locale; English where there is no catalogue of it."""
    from simulation.texts import language_of

    for number, each in enumerate(arguments):
        name, _, value = each.partition("=")
        if each == "--":
            break
        if name == "--lang":
            return language_of(value or "".join(arguments[number + 1 : number + 2]))
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return language_of(environment[variable])
    name = locale.getlocale()[0] or ""  # Windows has none of them, and says 'Russian_Russia'
    return language_of(locale.normalize(name.partition("_")[0]))


def words() -> Texts:
    """The texts in the language that is spoken."""
    from simulation.texts import texts

    return texts(_spoken[0])


def spoken(text: str) -> str:
    """A text as it is said: phrases in the language that is spoken, others as they are."""
    from simulation.texts import Phrase

    return words().again(text) if isinstance(text, Phrase) else text


OK = 0
FAILED = 1
"""Nothing came out, as where every replication failed; or something that was asked for is not in what came out."""
BAD_INPUT = 2
"""What was asked for cannot be done; nothing was simulated or written."""
INTERRUPTED = 130
"""Ctrl-C; what was finished before is reported."""
TERMINATED = 143
"""Ended by SIGTERM; like Ctrl-C."""
HUNG_UP = 129
"""The terminal was closed (SIGHUP); like Ctrl-C."""

WIDEST = 10_000
"""Characters of a line in a pipe: as many as a table asks for."""


@lru_cache(maxsize=1)
def output() -> Console:
    """The console of results."""
    return _console(to_errors=False)


@lru_cache(maxsize=1)
def remarks() -> Console:
    """The console of progress, warnings and mistakes."""
    return _console(to_errors=True)


_ended: list[int] = []  # the signal that asked for an end


def hear_signals() -> None:
    """Lets SIGTERM and SIGHUP end a command as Ctrl-C does: what is finished is kept and reported."""

    def end(number: int, _: object) -> None:
        _ended.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def interrupted_by() -> int:
    """The exit code of an interrupted command: 128 and the signal, as shells have it."""
    return 128 + _ended[-1] if _ended else INTERRUPTED


def _console(to_errors: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if to_errors else sys.stdout
    width = None if stream.isatty() else WIDEST
    return Console(stderr=to_errors, width=width, highlight=False, markup=False, emoji=False)


def show(*what: RenderableType) -> None:
    """Prints results; a table wider than the terminal runs on instead of breaking its numbers."""
    from rich.measure import Measurement

    console = output()
    terminal = console.width
    for each in what:
        wide = console.options.update(width=WIDEST)
        console.width = max(terminal, Measurement.get(console, wide, each).minimum)
        console.print(each)
    console.width = terminal


def data(text: str) -> None:
    """Prints what another program reads, such as YAML or JSON: in UTF-8 wherever it goes, unless that is a terminal."""
    if sys.stdout.isatty():
        typer.echo(text, nl=False)
    else:
        typer.echo(text.encode("utf-8"), nl=False)


def say(text: str) -> None:
    """One remark, one line, on standard error; a phrase in the language that is spoken."""
    from simulation.texts.signs import readable

    typer.echo(readable(spoken(text)), err=True)


def tell(text: str) -> None:
    """One line of result, such as what was written; a phrase in the language that is spoken."""
    typer.echo(spoken(text))


def warn(text: str) -> None:
    """A warning, in one line."""
    say(" ".join(_titled(worded("warning", what=text)).split()))


def mistake(text: str) -> None:
    """What is wrong, in one line."""
    say(" ".join(_titled(worded("error", what=text)).split()))


def _titled(text: str) -> str:
    """A phrase in the language that is spoken, keys with their titles where they are no words of that language."""
    if words().language == "en":
        return spoken(text)
    from simulation.scenario.key_words import with_titles

    return with_titles(spoken(text), words())


def forgive_letters() -> None:
    """Lets a pipe that cannot say a letter say another sign in its place instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say_problems(error: ScenarioError) -> None:
    """Every mistake of a scenario, one line each, on standard error."""
    for problem in error.problems:
        mistake(problem.phrase)


@contextmanager
def problems_reported() -> Iterator[None]:
    """Turns what a user can mend into one line per problem and exit code 2, and Ctrl-C into exit code 130."""
    try:
        yield
    except ScenarioError as error:
        say_problems(error)
        raise typer.Exit(BAD_INPUT) from None
    except TermsError as error:
        mistake(joined((Verbatim(f"--{error.term}"), phrase_of(error)), ": "))
        raise typer.Exit(BAD_INPUT) from None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        file = worded("file-output") if error.filename is None else Verbatim(error.filename)
        mistake(joined((file, Verbatim(error.strerror or error)), ": "))
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        say(worded("interrupted"))
        raise typer.Exit(interrupted_by()) from None


def refuse(text: str) -> typer.Exit:
    """Says what is wrong and gives the exception that ends the command with exit code 2."""
    mistake(text)
    return typer.Exit(BAD_INPUT)
