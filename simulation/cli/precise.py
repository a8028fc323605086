"""The options that ask for narrow intervals in place of a number of replications."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.choices import known
from simulation.cli.console import refuse

if TYPE_CHECKING:
    from simulation.analysis.precision import Precision

PrecisionWanted = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="2%",
        help="Go on until intervals are so narrow: half-width as a share of the mean (2%) or an amount (50k). "
        "--replications is then the most that may be taken.",
        show_default=False,
    ),
]
PrecisionOf = Annotated[
    list[str] | None,
    typer.Option(
        "--precision-of",
        metavar="MEASURE",
        help="A measure whose intervals have to be narrow (may be given several times).",
        show_default="the measure that decides",
    ),
]


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
    from simulation.analysis.precision import MOST, Precision
    from simulation.scenario.numerals import QuantityError
    from simulation.scenario.readers import parse_money, parse_share

    if text is None:
        if of:
            raise refuse("--precision-of needs --precision, such as --precision 2%")
        return None
    for name in of or ():
        known("--precision-of", name, measures)
    allowed = "allowed: a share of the mean such as 2%, or an amount such as 50k, above 0"
    try:
        if text.strip().endswith("%"):
            share = parse_share(text, {})
            amount = None
        else:
            share, amount = None, parse_money(text, {})
    except QuantityError as error:
        raise refuse(f"--precision: {error.reason}; {allowed}") from None
    if not (share or amount or 0) > 0:
        raise refuse(f"--precision: {text} is not above 0; {allowed}")
    return Precision(share, amount, tuple(of or ()), most or MOST)
