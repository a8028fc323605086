"""Names that the command line gives by options of their own; an unknown one is refused with the nearest.

Structures, baseline, measure and level are resolved where a comparison is (`analysis.against`, `study.terms`), and
what is wrong with them is told by `console.problems_reported`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from simulation.cli.console import refuse
from simulation.texts import Verbatim, joined

if TYPE_CHECKING:
    from simulation.analysis.unknown import Term


def known(option: str, term: Term, name: str, allowed: Collection[str]) -> None:
    """Refuses a name that is not allowed.

    Args:
        option: the option that gives it, such as '--precision-of'.
        term: what it names.
        name: what was given.
        allowed: what may be given.

    Raises:
        typer.Exit: the name is not among them; the nearest one is told.
    """
    from simulation.analysis.unknown import unknown

    if name not in allowed:
        raise refuse(joined((Verbatim(option), unknown(term, name, allowed).phrase), ": "))
