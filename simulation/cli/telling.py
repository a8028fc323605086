"""What a study found: written first, then printed; what fails on the way is named and left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.cli.console import output, say, show, warn
from simulation.cli.outputs import command_line
from simulation.texts import worded

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.report.left_out import LeftOut
    from simulation.report.output_folder import OutputFolder
    from simulation.study.finding import Finding


def tell(
    findings: Sequence[Finding],
    folder: OutputFolder | None,
    language: str | None,
    quiet: bool,
    shown: int | None = None,
) -> LeftOut:
    """Writes findings to a folder if there is one, and prints them unless quiet.

    Args:
        findings: at least one.
        folder: where to.
        language: of what is printed, the page and the charts.
        quiet: whether nothing is printed.
        shown: how many of them are printed; all when None.

    Returns:
        What could not be made; it has been said.

    Raises:
        OSError: the numbers cannot be written.
    """
    from simulation.report.left_out import LeftOut

    left = LeftOut(folder)
    if folder is not None:
        write(findings, folder, language, quiet, left)
    if not quiet:
        print_findings(findings[:shown], left, language)
    warn_left(left)
    return left


def write(findings: Sequence[Finding], folder: OutputFolder, language: str | None, quiet: bool, left: LeftOut) -> None:
    """Writes findings: numbers first. Ctrl-C at the charts leaves out what is drawn."""
    from simulation.report.findings.write import write_drawn, write_values
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
    from simulation.report.findings.showing import showing
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
