"""The command store: what is kept of finished replications, and throwing it away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.cli.console import WIDEST, problems_reported, refuse, say, show, tell, warn, words
from simulation.cli.options import SPOKEN, STORE, command
from simulation.study.kind import Option
from simulation.texts import Amount, Verbatim, joined, phrase_of, worded

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
                raise refuse(worded("prune-missing", option=name))
        path = _path(values["store"])
        if path is None:
            return
        from simulation.store import Store, StoreError

        try:
            with Store(path, warn, create=False) as opened:
                if prune:
                    size = path.stat().st_size
                    gone = opened.prune(everything, before)
                    left = path.stat().st_size
                    thrown = worded("store-pruned", runs=gone, number=_number(gone))
                    freed = worded("store-freed", size=_size(size - left)) if size > left else ""
                    say(joined((thrown, freed), ""))
                held = opened.holdings()
        except StoreError as error:
            raise refuse(phrase_of(error)) from None
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
        say(worded("store-off", variable=STORE, off=OFF))
    elif named is None and not path.exists():
        say(worded("store-not-yet", path=path))
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
        raise refuse(joined((Verbatim("--older-than"), error.phrase), ": ")) from None
    except OverflowError:  # 'never', or longer than there are dates
        raise refuse(worded("older-than-dates", time=repr(older_than))) from None


def _show(path: Path, held: Sequence[Holding]) -> None:
    old = sum(each.replications for each in held if not each.current)
    total = sum(each.replications for each in held)
    tell(worded("store-holds", path=path, size=_size(path.stat().st_size), runs=total, number=_number(total)))
    if not held:
        return
    show("", _table(held), "")
    tell(worded("store-what-a-run-is"))
    if old:
        tell(worded("store-old", runs=old, number=_number(old)))


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
        floors = ", ".join(sorted({words()(f"store-floor-{floor}") for each in group for floor in each.floors}))
        cells = [Cell(_titled(structure), words=True), *map(Cell, numbers)]
        cells += [Cell(text, words=True) for text in (newest, floors, older)]
        return Row(name, cells)

    rows = []
    for (title, structure, current), group in list(groups.items())[:MOST_ROWS]:
        newest = _moment(datetime.fromisoformat(max(each.last for each in group)).astimezone())
        versions = ", ".join(sorted({each.version for each in group}))
        older = "" if current else words()("store-older", versions=versions)
        rows.append(row(words().title(title) or "–", structure, group, newest, older))
    if len(groups) > MOST_ROWS:
        rest = [each for group in list(groups.values())[MOST_ROWS:] for each in group]
        rows.append(row(words()("store-more", more=len(groups) - MOST_ROWS), "", rest, "", ""))
    header = [
        words()(f"store-{name}") for name in ("scenario", "structure", "runs", "variants", "size", "newest", "floor")
    ]
    header.append("")
    return tables(Grid("", header, rows), WIDEST)[0]


def _titled(structure: str) -> str:
    """A structure by the title of the preset that it is named after, with its key; else by its key."""
    from simulation.scenario import preset_files

    if structure not in preset_files.names("structures"):
        return structure
    title = words().title(preset_files.preset("structures", structure).plain["title"])
    return structure if title.casefold() == structure else f"{title} ({structure})"


def _moment(moment: datetime) -> str:
    from babel.dates import format_datetime

    pattern = "dd.MM.y HH:mm" if words().language == "ru" else "y-MM-dd HH:mm"
    return str(format_datetime(moment, pattern, locale=words().language))


def _size(size: int) -> str:
    """Bytes as people read them."""
    for name, unit in (("giga", 1e9), ("mega", 1e6), ("kilo", 1e3)):
        if size >= unit:
            return words()(f"size-{name}", size=Amount(size / unit))
    return words()("size-bytes", size=size)


def _number(number: int) -> str:
    from simulation.report.numbers import plain

    return plain(number)
