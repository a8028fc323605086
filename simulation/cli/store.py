"""The command store: what is kept of finished replications, and throwing it away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.cli.building import command
from simulation.cli.console import WIDEST, problems_reported, refuse, say, show
from simulation.cli.options import SPOKEN, STORE
from simulation.cli.session import trouble
from simulation.study.kind import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from simulation.store import Holding

MOST_ROWS = 40
"""Lines of the table; a study leaves thousands of variants, which share one line where they share their names."""


def _store(values: Mapping[str, Any]) -> None:
    prune, older_than, everything = values["prune"], values["older_than"], values["everything"]
    with problems_reported():
        before = _before(older_than)
        for name, given in (("--older-than", older_than is not None), ("--everything", everything)):
            if given and not prune:
                raise refuse(f"{name} says what to throw away; add --prune")
        path = _path(values["store"])
        if path is None:
            return
        from simulation.store import Store, StoreError

        try:
            with Store(path, trouble, create=False) as opened:
                if prune:
                    size = path.stat().st_size
                    gone = opened.prune(everything, before)
                    left = path.stat().st_size
                    say(f"threw away {_number(gone)} run{'s' * (gone != 1)}{_freed(size - left)}")
                held = opened.holdings()
        except StoreError as error:
            raise refuse(str(error)) from None
        _show(path, held)


store = command(
    "store",
    [
        STORE,
        SPOKEN,
        Option("prune", bool, "option-prune", False),
        Option("older_than", str, "option-older-than", metavar="TIME"),
        Option("everything", bool, "option-everything", False),
    ],
    _store,
    {},
)


def _path(named: Path | None) -> Path | None:
    """The store to look at; None, and a word about it, where there is none and nobody named one."""
    from simulation.store import OFF, STORE, default_path

    path = named or default_path()
    if path is None:
        say(f"{STORE} is {OFF}: finished replications are not kept; --store FILE names a store")
    elif named is None and not path.exists():
        say(f"there is no store yet; the first simulation makes {path}")
        path = None
    return path


def _before(older_than: str | None) -> datetime | None:
    from simulation.written.quantities import ELAPSED
    from simulation.written.spelling import QuantityError

    if older_than is None:
        return None
    try:
        return datetime.now(UTC) - timedelta(hours=ELAPSED.parse(older_than, {}))
    except QuantityError as error:
        raise refuse(f"--older-than: {error}") from None
    except OverflowError:  # 'never', or longer than there are dates
        raise refuse(f"--older-than: {older_than!r} is longer than there are dates") from None


def _show(path: Path, held: Sequence[Holding]) -> None:
    old = sum(each.replications for each in held if not each.current)
    total = sum(each.replications for each in held)
    show(f"{path}: {_size(path.stat().st_size)}, {_number(total)} run{'s' * (total != 1)}")
    if not held:
        return
    show("", _table(held), "")
    show("A run is one possible year under one structure; variants differ in at least one value of the scenario.")
    if old:
        show(f"{_number(old)} of them were made by another version of the program; --prune throws them away.")


def _table(held: Sequence[Holding]) -> Table:
    """A line for each structure by its scenario's title, the newest first."""
    from simulation.report.grid import Cell, Grid, Row
    from simulation.report.terminal import tables

    groups: dict[tuple[str, str, bool], list[Holding]] = {}
    for each in held:
        groups.setdefault((each.title, each.structure, each.current), []).append(each)

    def row(name: str, structure: str, group: list[Holding], newest: str, older: str) -> Row:
        numbers = [
            _number(sum(each.replications for each in group)),
            _number(len(group)),
            _size(sum(each.bytes for each in group)),
        ]
        cells = [Cell(structure, words=True), *map(Cell, numbers), Cell(newest, words=True), Cell(older, words=True)]
        return Row(name, cells)

    rows = []
    for (title, structure, current), group in list(groups.items())[:MOST_ROWS]:
        newest = datetime.fromisoformat(max(each.last for each in group)).astimezone().strftime("%Y-%m-%d %H:%M")
        older = "" if current else f"older ({', '.join(sorted({each.version for each in group}))})"
        rows.append(row(title or "–", structure, group, newest, older))
    if len(groups) > MOST_ROWS:
        rest = [each for group in list(groups.values())[MOST_ROWS:] for each in group]
        rows.append(row(f"{len(groups) - MOST_ROWS} more", "", rest, "", ""))
    header = ["scenario", "structure", "runs", "variants", "size", "newest", ""]
    return tables(Grid("", header, rows), WIDEST)[0]


def _freed(size: int) -> str:
    return f", {_size(size)} freed" if size > 0 else ""


def _size(size: int) -> str:
    from rich.filesize import decimal

    return decimal(size)


def _number(number: int) -> str:
    from simulation.report.numbers import plain

    return plain(number)
