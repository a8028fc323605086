"""The store: one SQLite file with a write-ahead log.

Every finished replication is committed by itself: whoever is killed loses what was in flight, and nothing else. Several
programs may use one file at a time. Each row carries a checksum over its key, the version of the model and its numbers;
a row that does not fit is thrown away and simulated again, so that a damaged file can cost time but never give a wrong
number.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from math import isinf
from pathlib import Path
from threading import RLock
from types import TracebackType

import numpy as np

from simulation.analysis.identity import model_digest
from simulation.analysis.runs import Run, floor_in, layout_of, opened, packed
from simulation.store.opening import StoreError, broken, connected, reason_of
from simulation.texts import worded
from simulation.version import __version__

ASKED_AT_ONCE = 500
"""Replications looked up in one question."""


@dataclass(frozen=True)
class Holding:
    """What a store holds for one structure of one scenario.

    Attributes:
        version: of the program that made it.
        current: whether the program of today would make the same.
        floors: names of the floors that they were played on.
        print: fingerprint of the scenario and the structure.
        structure: the name that it had.
        title: the title that the scenario had.
        replications: how many.
        seeds: of how many seeds.
        bytes: of their numbers.
        last: when the newest was made, ISO 8601, UTC.
    """

    version: str
    current: bool
    floors: tuple[str, ...]
    print: str
    structure: str
    title: str
    replications: int
    seeds: int
    bytes: int
    last: str


class Store:
    """An open store, also as a context; it serves as a ``Shelf``. Threads may share it.

    Attributes:
        path: the file.
        writable: whether what is finished can be kept; a store in a read-only folder is only read.
        found, kept, damaged: runs taken from it, added to it, and thrown away because their checksum is wrong.
    """

    def __init__(self, path: Path, trouble: Callable[[str], None] | None = None, create: bool = True) -> None:
        """Opens the file; makes it, and the folder, where it is not there.

        Args:
            path: of the file.
            trouble: told, once, why nothing more can be kept (the disk is full); the run goes on without.
            create: whether to make a file that is not there.

        Raises:
            StoreError: the file is damaged, no store, of another format, or can be neither made nor read.
        """
        self.path = path
        self.found = self.kept = self.damaged = 0
        self._trouble = trouble
        self._lock = RLock()
        self._connection, only_read = connected(path, create)
        self.writable = not only_read
        if only_read:
            self._tell(worded("store-read-only", path=path, only_read=only_read))

    def find(self, prints: Mapping[str, str], seed: int, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
        """As ``Shelf.find``. Raises StoreError for a damaged file."""
        wanted = list(numbers)
        found: dict[int, dict[str, Run]] = {}
        with self._lock, self._questions():
            for structure, fingerprint in prints.items():
                case = self._case(fingerprint)
                for begin in range(0, len(wanted) if case is not None else 0, ASKED_AT_ONCE):
                    for number, run in self._read(case, fingerprint, structure, seed, wanted[begin:][:ASKED_AT_ONCE]):
                        found.setdefault(number, {})[structure] = run
                        self.found += 1
        return found

    def _read(
        self, case: int | None, fingerprint: str, structure: str, seed: int, numbers: list[int]
    ) -> Iterator[tuple[int, Run]]:
        places = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            "SELECT r.number, r.body, r.checksum, l.names FROM replications r "
            "LEFT JOIN layouts l ON l.id = r.layout_id "  # LEFT: a row without its layout is a damaged one
            f"WHERE r.case_id = ? AND r.seed = ? AND r.number IN ({places})",
            (case, seed, *numbers),
        ).fetchall()
        for number, body, check, names in rows:
            run = None
            if check == _checksum(fingerprint, seed, number, names, body):
                with suppress(ValueError):
                    run = opened(body, names, structure)
            if run is None or _infinite(run):
                self._throw_away(case, seed, number)
            else:
                yield number, run

    def _throw_away(self, case: int | None, seed: int, number: int) -> None:
        if not self.damaged:
            self._tell(worded("store-damaged-years", path=self.path))
        self.damaged += 1
        if self.writable:
            key = (case, seed, number)
            try:
                self._connection.execute("DELETE FROM replications WHERE case_id = ? AND seed = ? AND number = ?", key)
            except sqlite3.OperationalError as error:  # it stays where it is, and is not believed the next time either
                self._give_up(error)

    def keep(self, prints: Mapping[str, str], seed: int, number: int, runs: Iterable[Run], title: str = "") -> None:
        """As ``Shelf.keep``. Where the disk is full or the file cannot be written, says so once and keeps no more."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self._lock:
            if not self.writable:
                return
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                kept = 0
                for run in runs:
                    names, body = layout_of(run), packed(run)
                    fingerprint = prints[run.structure]
                    key = (self._case_made(fingerprint, run.structure, title), seed, number)
                    check = _checksum(fingerprint, seed, number, names, body)
                    cursor = self._connection.execute(
                        "INSERT OR IGNORE INTO replications VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (*key, self._layout_made(names), body, check, made),
                    )
                    kept += cursor.rowcount
                self._connection.execute("COMMIT")
                self.kept += kept
            except sqlite3.Error as error:
                self._give_up(error)
            except BaseException:  # an interruption must not leave the file locked for others
                self._roll_back()
                raise

    def _give_up(self, error: sqlite3.Error) -> None:
        """Nothing more is kept; the figures of this run are right all the same."""
        self._roll_back()
        self.writable = False
        self._tell(worded("store-not-any-more", path=self.path, error=reason_of(error)))

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _case(self, fingerprint: str) -> int | None:
        key = (model_digest(), fingerprint)
        row = self._connection.execute("SELECT id FROM cases WHERE model = ? AND print = ?", key).fetchone()
        return None if row is None else int(row[0])

    def _case_made(self, fingerprint: str, structure: str, title: str) -> int:
        # asked each time: another program may have pruned the file in between
        case = self._case(fingerprint)
        values = (model_digest(), __version__, fingerprint, structure, title)
        sql = "INSERT INTO cases (model, version, print, structure, title) VALUES (?, ?, ?, ?, ?)"
        return case if case is not None else self._inserted(sql, values)

    def _layout_made(self, names: str) -> int:
        row = self._connection.execute("SELECT id FROM layouts WHERE names = ?", (names,)).fetchone()
        return int(row[0]) if row is not None else self._inserted("INSERT INTO layouts (names) VALUES (?)", (names,))

    def _inserted(self, sql: str, values: tuple[str, ...]) -> int:
        made = self._connection.execute(sql, values).lastrowid
        assert made is not None
        return made

    def holdings(self) -> list[Holding]:
        """What is there, the newest first. Raises StoreError for a damaged file."""
        sql = (
            "SELECT c.version, c.model, group_concat(DISTINCT r.layout_id), c.print, c.structure, c.title, "
            "count(*), count(DISTINCT r.seed), sum(length(r.body)), max(r.made) "
            "FROM cases c JOIN replications r ON r.case_id = c.id "
            "GROUP BY c.id ORDER BY max(r.made) DESC, c.id DESC"
        )
        with self._lock, self._questions():
            rows = self._connection.execute(sql).fetchall()
            floor = {str(key): floor_in(names) for key, names in self._connection.execute("SELECT * FROM layouts")}
        now = model_digest()
        return [
            Holding(
                version, model == now, tuple(sorted({floor.get(key, "") for key in layouts.split(",")} - {""})), *rest
            )
            for version, model, layouts, *rest in rows
        ]

    def prune(self, everything: bool = False, before: datetime | None = None) -> int:
        """Throws runs away and gives their room back; those of another version of the model, at least.

        Args:
            everything: all of them.
            before: those made before this moment too.

        Returns:
            How many runs were thrown away.

        Raises:
            StoreError: the file is damaged or cannot be written to.
        """
        if not self.writable:
            raise StoreError(worded("store-cannot-prune", path=self.path))
        sql = "DELETE FROM replications WHERE case_id IN (SELECT id FROM cases WHERE model <> ?)"
        with self._lock, self._questions():
            gone = self._connection.execute(sql, (model_digest(),)).rowcount
            if everything:
                gone += self._connection.execute("DELETE FROM replications").rowcount
            elif before is not None:
                moment = before.astimezone(UTC).isoformat(timespec="seconds")
                gone += self._connection.execute("DELETE FROM replications WHERE made < ?", (moment,)).rowcount
            self._connection.execute("DELETE FROM cases WHERE id NOT IN (SELECT case_id FROM replications)")
            self._connection.execute("DELETE FROM layouts WHERE id NOT IN (SELECT layout_id FROM replications)")
            try:
                self._connection.execute("VACUUM")
                if self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    self._tell(worded("store-being-read", path=self.path))
            except sqlite3.OperationalError as error:  # it takes room, and a moment in which nobody else writes
                self._tell(worded("store-keeps-size", path=self.path, error=reason_of(error)))
        return gone

    @contextmanager
    def _questions(self) -> Iterator[None]:
        """What SQLite cannot answer becomes a StoreError."""
        try:
            yield
        except sqlite3.OperationalError as error:  # locked, no room, no right to: the file itself is sound
            raise StoreError(worded("store-unusable", path=self.path, error=reason_of(error))) from None
        except sqlite3.DatabaseError as error:
            raise broken(self.path, error) from None

    def close(self) -> None:
        """Ends the use of the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Store:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def _tell(self, text: str) -> None:
        if self._trouble is not None:
            self._trouble(text)


def _infinite(run: Run) -> bool:
    """Whether a number is infinite, which no run's is: somebody has written it who knows how checksums are made."""
    return any(map(isinf, run.measures.values())) or any(
        np.isinf(column).any() for table in run.tables for column in table.values()
    )


def _checksum(*key: object) -> bytes:
    """Sixteen bytes that change with the version of the model and with any part of a row."""
    whole = blake2b(digest_size=16)
    for part in (model_digest(), *key):
        data = part if isinstance(part, bytes) else str(part).encode()
        whole.update(len(data).to_bytes(8, "little"))
        whole.update(data)
    return whole.digest()


STORE = "SALES_SIM_STORE"
"""Environment variable with the path of the store, or `off` for none."""
OFF = "off"


def open_store(path: str | os.PathLike[str] | None = None) -> Store:
    """The store of a file, also as a context; the default one when None.

    Raises:
        StoreError: it cannot be used, or the environment says that there is none.
    """
    place = default_path() if path is None else Path(path)
    if place is None:
        raise StoreError(worded("store-off-unnamed", store=STORE, off=OFF))
    return Store(place)


def default_path() -> Path | None:
    """The path of the environment's ``SALES_SIM_STORE``, else a file in the user's folder of caches; None for `off`."""
    named = os.environ.get(STORE, "").strip()
    if named.lower() == OFF:
        return None
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("sales-sim", appauthor=False) / "replications.sqlite"
