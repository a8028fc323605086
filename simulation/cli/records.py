"""Commands about records: calibrate and backtest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulation.cli.console import FAILED, mistake, output, problems_reported, refuse, show, words
from simulation.cli.options import QUIET, SPOKEN, Arguments, command
from simulation.cli.session import Progress, folder_of
from simulation.cli.telling import wrote
from simulation.study.kind import SEED, Option
from simulation.texts import LANGUAGES, Phrase, phrase_of, worded

if TYPE_CHECKING:
    from simulation.calibration.calibrate import Told
    from simulation.report.output_folder import OutputFolder

FILES: Arguments = {"files": (Annotated[list[Path], typer.Argument(help="argument-records", show_default=False)], True)}
SEED_HERE = replace(SEED, default=1, shown=True)
AS_OF = Option("as_of", str, "option-as-of", metavar="DATE")
MAPPING = Option("mapping", Path, "option-mapping", metavar="FILE")
DATES = Option("dates", Literal["day-first", "month-first"], "option-dates")
MARGIN = Option("margin", str, "option-margin", metavar="SHARE")
PAY = Option("pay", str, "option-pay", metavar="MONEY")
COUNTRY = Option("country", str, "option-country", metavar="CODE")
NO_WORTH = Option("no_worth", bool, "option-no-worth", False)
SPLITS = Option("splits", int, "option-splits", 4, shown=True, least=1, most=50)
HORIZON = Option("horizon", str, "option-horizon", "8w", shown=True)
YEARS = Option("years", int, "option-years", 100, shown=True, least=20, most=10_000)
OUT = Option("out", Path, "option-out-records", metavar="DIR")


def _pages(stem: str, language: str) -> dict[str, str]:
    """Names of the pages by language: the plain one is in the language that is asked for."""
    return {of: f"{stem}.html" if of == language else f"{stem}.{of}.html" for of in LANGUAGES}


def _calibrate(values: Mapping[str, Any]) -> None:
    with problems_reported(), _told():
        from simulation.calibration.calibrate import calibrate as made_of

        folder = _folder(values["out"])
        try:
            with _bar(values["quiet"]) as told:
                found = made_of(
                    values["files"],
                    _day(values["as_of"]),
                    mapping=_mapping(values),
                    margin=values["margin"],
                    pay=values["pay"],
                    country=values["country"],
                    seed=values["seed"],
                    worth=not values["no_worth"],
                    on_done=told,
                )
            from simulation.report.calibration.page import calibration_page, terminal

            language = values["lang"] or words().language
            if folder is not None:
                found.write(folder.reserve, language)
                for of, name in _pages("report", language).items():
                    folder.add(name, calibration_page(found, of))
                made = folder.finish()
                if not values["quiet"]:
                    wrote(made, folder)
            if not values["quiet"]:
                show(*terminal(found, output().width, language))
        finally:
            if folder is not None:
                folder.abandon()


def _backtest(values: Mapping[str, Any]) -> None:
    with problems_reported(), _told():
        from simulation.calibration.backtest import backtest as tested
        from simulation.calibration.backtest import weeks_of
        from simulation.calibration.calibrate import as_json, with_backtest
        from simulation.calibration.sources import needed

        needed()
        weeks_of(values["horizon"])
        folder = _folder(values["out"])
        try:
            with _bar(values["quiet"]) as told:
                found = tested(
                    values["files"],
                    values["splits"],
                    values["horizon"],
                    as_of=_day(values["as_of"]),
                    mapping=_mapping(values),
                    years=values["years"],
                    seed=values["seed"],
                    on_done=told,
                )
            from simulation.report.calibration.page import backtest_page, backtest_terminal

            language = values["lang"] or words().language
            if folder is not None:
                folder.add("backtest.json", as_json(found.to_dict()))
                for of, name in _pages("backtest", language).items():
                    folder.add(name, backtest_page(found, of))
                for name, text in (with_backtest(folder.path, found) or {}).items():
                    folder.add(name, text)
                made = folder.finish()
                if not values["quiet"]:
                    wrote(made, folder)
            if not values["quiet"]:
                show(*backtest_terminal(found, output().width, language))
        finally:
            if folder is not None:
                folder.abandon()


calibrate = command(
    "calibrate",
    [AS_OF, OUT, MAPPING, DATES, MARGIN, PAY, COUNTRY, NO_WORTH, SEED_HERE, SPOKEN, QUIET],
    _calibrate,
    FILES,
)
backtest = command(
    "backtest", [SPLITS, HORIZON, AS_OF, OUT, MAPPING, DATES, YEARS, SEED_HERE, SPOKEN, QUIET], _backtest, FILES
)


def _mapping(values: Mapping[str, Any]) -> Any:
    """What the columns mean: the file that says it, with the order of dates that is asked for beside it."""
    chosen, order = values["mapping"], values["dates"]
    if order is None:
        return chosen
    from simulation.calibration import readers

    return replace(readers.Mapping() if chosen is None else readers.Mapping.read(chosen), dates=order)


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with records, in one line and with exit code 2; a package that is missing with the command."""
    from simulation.calibration.sources import MissingExtraError

    try:
        yield
    except MissingExtraError as error:
        mistake(error.phrase)
        raise typer.Exit(FAILED) from None
    except ValueError as error:
        if not isinstance(error.args[0] if error.args else None, Phrase):
            raise
        raise refuse(phrase_of(error)) from None


def _folder(out: Path | None) -> OutputFolder | None:
    return None if out is None else folder_of(out)


def _day(given: str | None) -> dt.date | None:
    """The day that was typed.

    Raises:
        typer.Exit: it is none.
    """
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise refuse(worded("calibration-not-a-day", given=repr(given))) from None


@contextmanager
def _bar(quiet: bool) -> Iterator[Told]:
    """A bar of what is done."""
    from simulation.study.lab import Step

    with Progress(quiet=quiet) as progress:
        yield lambda what, done, total: progress.step(Step(what=what, done=done, total=total))
