"""The options that ask for narrow intervals in place of a number of replications."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from simulation.cli.choices import known
from simulation.cli.console import refuse
from simulation.texts import Verbatim, joined, phrase_of, worded

if TYPE_CHECKING:
    from simulation.analysis.precision import Precision


def precision_asked(
    text: str | None, of: Sequence[str] | None, measures: Collection[str], most: int | None
) -> Precision | None:
    """What the command line asks for; None where it asks for nothing.

    Args:
        text: share or amount as typed.
        of: names of measures.
        measures: names that there are.
        most: replications at the most; the default when None.

    Raises:
        typer.Exit: it cannot be understood.
    """
    from simulation.analysis.precision import MOST, parse_precision

    if text is None:
        if of:
            raise refuse(worded("precision-of-alone"))
        return None
    for name in of or ():
        known("--precision-of", "measure", name, measures)
    try:
        return parse_precision(text, tuple(of or ()), most or MOST)
    except ValueError as error:
        raise refuse(joined((Verbatim("--precision"), phrase_of(error)), ": ")) from None
