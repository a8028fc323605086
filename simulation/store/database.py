"""The store: one SQLite file with a write-ahead log.

Every finished replication is one row, committed by itself: whoever is killed loses what was in flight, and nothing
else. Several programs may use one file at a time. Each row carries a checksum over its key and its numbers; a row that
does not fit is thrown away and simulated again, so that a damaged file can cost time but never give a wrong number.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from simulation.analysis.runs import Run
from simulation.store.model import model_digest
from simulation.store.packing import checksum, layout_of, opened, packed
from simulation.version import __version__

FORMAT = 1
"""Version of the tables; another one is refused."""
APPLICATION = 0x53414C45
"""Tells a store from any other SQLite file."""
PATIENCE = 60.0
"""Seconds to wait for another program that is writing."""
ASKED_AT_ONCE = 500
"""Replications looked up in one question."""

_TABLES = """
CREATE TABLE IF NOT EXISTS layouts (id INTEGER PRIMARY KEY AUTOINCREMENT, names TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, version TEXT NOT NULL, print TEXT NOT NULL,
    structure TEXT NOT NULL,
    UNIQUE (model, print));
CREATE TABLE IF NOT EXISTS replications (
    case_id INTEGER NOT NULL REFERENCES cases (id), seed INTEGER NOT NULL, number INTEGER NOT NULL,
    layout_id INTEGER NOT NULL REFERENCES layouts (id), body BLOB NOT NULL, checksum BLOB NOT NULL, made TEXT NOT NULL,
    UNIQUE (case_id, seed, number));
"""


class StoreError(Exception):
    """A store that cannot be used; the message names the file and what to do."""


@dataclass(frozen=True)
class Holding:
    """What a store holds for one structure of one scenario.

    Attributes:
        version: of the program that made it.
        current: whether the program of today would make the same.
        print: fingerprint of the scenario and the structure.
        structure: the name that it had.
        replications: how many.
        seeds: of how many seeds.
        bytes: of their numbers.
        last: when the newest was made, ISO 8601.
    """

    version: str
    current: bool
    print: str
    structure: str
    replications: int
    seeds: int
    bytes: int
    last: str


class Store:
    """An open store, also as a context; it serves as a ``Shelf``.

    Attributes:
        path: the file.
        writable: whether what is finished can be kept; a store in a read-only folder is only read.
        found, kept, damaged: replications taken from it, added to it, and thrown away because their checksum is wrong.
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
        self.writable = True
        if not create and not path.exists():
            raise StoreError(f"{path}: there is no store here")
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = self._connected(f"{self.path.absolute().as_uri()}?mode=rwc")
            try:
                _write_ahead(connection)
                connection.execute("PRAGMA synchronous = NORMAL")
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            return connection
        except (sqlite3.OperationalError, OSError) as error:
            if not self.path.exists() or not _cannot_write(error):
                raise StoreError(f"{self.path}: the store cannot be opened: {_reason(error)}") from None
        except sqlite3.DatabaseError as error:
            raise self._broken(error) from None
        return self._opened_to_read()

    def _opened_to_read(self) -> sqlite3.Connection:
        """A store that cannot be written to: what is there is taken, nothing is added."""
        self.writable = False
        address = self.path.absolute().as_uri()
        # where not even the files beside it can be made, SQLite reads only what promises not to change
        for how in ("mode=ro", "mode=ro&immutable=1"):
            try:
                connection = self._connected(f"{address}?{how}")
                self._recognise(connection)
                break
            except sqlite3.OperationalError as error:
                failed = error
            except sqlite3.DatabaseError as error:
                raise self._broken(error) from None
        else:
            raise StoreError(f"{self.path}: the store cannot be read: {_reason(failed)}") from None
        self._tell(f"{self.path} cannot be written to: finished replications are taken from it, new ones are not kept")
        return connection

    def _connected(self, address: str) -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables:
            self._recognise(connection)
            return
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")

    def _recognise(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        form = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION:
            raise StoreError(f"{self.path}: this is another program's database, not a store; name another file")
        if form != FORMAT:
            raise StoreError(
                f"{self.path}: the store has format {form}, this program reads {FORMAT}; name another file"
            )

    def _unusable(self, error: sqlite3.DatabaseError) -> StoreError:
        if isinstance(error, sqlite3.OperationalError):  # locked, no room, no right to: the file itself is sound
            return StoreError(f"{self.path}: the store cannot be used: {_reason(error)}")
        return self._broken(error)

    def _broken(self, error: sqlite3.Error) -> StoreError:
        return StoreError(
            f"{self.path}: the store is damaged ({_reason(error)}); nothing was taken from it. "
            "Delete the file or name another one"
        )

    def find(self, prints: Mapping[str, str], seed: int, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
        """As ``Shelf.find``. Raises StoreError for a damaged file."""
        wanted = list(numbers)
        found: dict[int, dict[str, Run]] = {}
        try:
            for structure, fingerprint in prints.items():
                case = self._case(fingerprint)
                for begin in range(0, len(wanted) if case is not None else 0, ASKED_AT_ONCE):
                    for number, run in self._read(case, fingerprint, structure, seed, wanted[begin:][:ASKED_AT_ONCE]):
                        found.setdefault(number, {})[structure] = run
                        self.found += 1
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from None
        return found

    def _read(
        self, case: int | None, fingerprint: str, structure: str, seed: int, numbers: list[int]
    ) -> Iterable[tuple[int, Run]]:
        places = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            "SELECT r.number, r.body, r.checksum, l.names FROM replications r JOIN layouts l ON l.id = r.layout_id "
            f"WHERE r.case_id = ? AND r.seed = ? AND r.number IN ({places})",
            (case, seed, *numbers),
        ).fetchall()
        for number, body, check, names in rows:
            run = None
            if check == checksum(fingerprint, seed, number, names, body):
                with suppress(ValueError):
                    run = opened(body, names, structure)
            if run is None:
                self._throw_away(case, seed, number)
            else:
                yield number, run

    def _throw_away(self, case: int | None, seed: int, number: int) -> None:
        if not self.damaged:
            self._tell(f"{self.path} holds damaged replications: they are simulated again")
        self.damaged += 1
        if self.writable:
            key = (case, seed, number)
            self._connection.execute("DELETE FROM replications WHERE case_id = ? AND seed = ? AND number = ?", key)

    def keep(self, prints: Mapping[str, str], seed: int, number: int, runs: Iterable[Run]) -> None:
        """As ``Shelf.keep``. Where the disk is full or the file cannot be written, says so once and keeps no more."""
        if not self.writable:
            return
        made = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for run in runs:
                names, body = layout_of(run), packed(run)
                fingerprint = prints[run.structure]
                key = (self._case_made(fingerprint, run.structure), seed, number)
                check = checksum(fingerprint, seed, number, names, body)
                cursor = self._connection.execute(
                    "INSERT OR IGNORE INTO replications VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*key, self._layout_made(names), body, check, made),
                )
                self.kept += cursor.rowcount
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Nothing more is kept; the figures of this run are right all the same."""
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")
        self.writable = False
        self._tell(f"{self.path}: {_reason(error)}: finished replications are not kept any more; the run goes on")

    def _case(self, fingerprint: str) -> int | None:
        key = (model_digest(), fingerprint)
        row = self._connection.execute("SELECT id FROM cases WHERE model = ? AND print = ?", key).fetchone()
        return None if row is None else int(row[0])

    def _case_made(self, fingerprint: str, structure: str) -> int:
        # asked each time: another program may have pruned the file in between
        case = self._case(fingerprint)
        values = (model_digest(), __version__, fingerprint, structure)
        sql = "INSERT INTO cases (model, version, print, structure) VALUES (?, ?, ?, ?)"
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
            "SELECT c.version, c.model, c.print, c.structure, count(*), count(DISTINCT r.seed), "
            "sum(length(r.body)), max(r.made) FROM cases c JOIN replications r ON r.case_id = c.id "
            "GROUP BY c.id ORDER BY max(r.made) DESC, c.id DESC"
        )
        try:
            rows = self._connection.execute(sql).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from None
        now = model_digest()
        return [Holding(version, model == now, *rest) for version, model, *rest in rows]

    def prune(self, everything: bool = False, before: datetime | None = None) -> int:
        """Throws replications away and gives their room back; those of another version of the model, at least.

        Args:
            everything: all of them.
            before: those made before this moment too.

        Returns:
            How many were thrown away.

        Raises:
            StoreError: the file is damaged or cannot be written to.
        """
        if not self.writable:
            raise StoreError(f"{self.path}: the store cannot be written to, so nothing can be thrown away")
        sql = "DELETE FROM replications WHERE case_id IN (SELECT id FROM cases WHERE model <> ?)"
        try:
            gone = self._connection.execute(sql, (model_digest(),)).rowcount
            if everything:
                gone += self._connection.execute("DELETE FROM replications").rowcount
            elif before is not None:
                moment = before.astimezone(UTC).isoformat(timespec="seconds")
                gone += self._connection.execute("DELETE FROM replications WHERE made < ?", (moment,)).rowcount
            self._connection.execute("DELETE FROM cases WHERE id NOT IN (SELECT case_id FROM replications)")
            self._connection.execute("DELETE FROM layouts WHERE id NOT IN (SELECT layout_id FROM replications)")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from None
        return gone

    def close(self) -> None:
        """Ends the use of the file."""
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


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on; SQLite does not wait for another program that is just doing the same."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or (
                time.monotonic() > until
            ):
                raise
        time.sleep(0.05)


def _cannot_write(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    readable = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL)
    return code in readable or isinstance(error, PermissionError) or getattr(error, "errno", 0) == 30


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else str(error)
    return str(error)
