"""How the file of a store is opened: made, recognised, and where it cannot be written to, only read."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from errno import EDQUOT, ENOSPC, EROFS
from pathlib import Path

from simulation.texts import worded

FORMAT = 1
"""Version of the tables; another one is refused."""
APPLICATION = 0x53414C45
"""Tells a store from any other SQLite file."""
PATIENCE = 60.0
"""Seconds to wait for another program that is writing."""
PAGE = 16_384
"""Bytes of a page: five runs of a year fit on one; on SQLite's usual page of 4096 a quarter would stay empty."""

_TABLES = """
CREATE TABLE layouts (id INTEGER PRIMARY KEY AUTOINCREMENT, names TEXT NOT NULL UNIQUE);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, version TEXT NOT NULL, print TEXT NOT NULL,
    structure TEXT NOT NULL, title TEXT NOT NULL,
    UNIQUE (model, print));
CREATE TABLE replications (
    case_id INTEGER NOT NULL REFERENCES cases (id), seed INTEGER NOT NULL, number INTEGER NOT NULL,
    layout_id INTEGER NOT NULL REFERENCES layouts (id), body BLOB NOT NULL, checksum BLOB NOT NULL, made TEXT NOT NULL,
    UNIQUE (case_id, seed, number))
"""
# ids are never given twice (AUTOINCREMENT), so that a program that remembers one while another program prunes can
# find nothing under it, but never somebody else's numbers


class StoreError(Exception):
    """A store that cannot be used; the message names the file and what to do.

    Attributes:
        nothing_there: whether there is no file, and none can be made.
    """

    nothing_there = False


def connected(path: Path, create: bool = True) -> tuple[sqlite3.Connection, str]:
    """A connection to a store.

    Args:
        path: of the file.
        create: whether to make the file, and its folder, where it is not there.

    Returns:
        The connection, and why it cannot be written to; '' where it can.

    Raises:
        StoreError: the file is damaged, no store, of another format, or can be neither made nor read.
    """
    failed: Exception
    there = True
    try:
        there = path.exists()
        if there and not path.is_file():
            raise StoreError(worded("store-folder" if path.is_dir() else "store-no-file", path=path))
        if not there and not create:
            raise StoreError(worded("store-none-here", path=path))
        path.parent.mkdir(parents=True, exist_ok=True)
        return _to_write(path), ""
    except (sqlite3.OperationalError, OSError) as error:
        failed = error
    except sqlite3.DatabaseError as error:
        raise broken(path, error) from None
    reason = reason_of(failed)
    if _empty(path):
        if not there:  # what SQLite began before there was no room
            with suppress(OSError):
                path.unlink(missing_ok=True)
        problem = StoreError(worded("store-not-here", path=path, reason=reason))
        problem.nothing_there = True
        raise problem
    if not cannot_write(failed):
        raise StoreError(worded("store-not-opened", path=path, reason=reason))
    return _to_read(path), reason


def recognise(path: Path, connection: sqlite3.Connection) -> None:
    """Raises StoreError for what is no store, or one of another format."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise StoreError(worded("store-strange", path=path))
    if form != FORMAT:
        raise StoreError(worded("store-format", path=path, form=form, format=FORMAT))


def broken(path: Path, error: Exception) -> StoreError:
    """What to say of a damaged file."""
    return StoreError(worded("store-damaged", path=path, error=reason_of(error)))


def reason_of(error: Exception) -> str:
    """The cause in a few words, without the name of the file."""
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else str(error)
    return str(error)


def cannot_write(error: Exception) -> bool:
    """Whether reading might still work."""
    if isinstance(error, OSError):
        return isinstance(error, PermissionError) or error.errno in (EROFS, ENOSPC, EDQUOT)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
    )


def _empty(path: Path) -> bool:
    """Whether there is nothing to read."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def _to_write(path: Path) -> sqlite3.Connection:
    connection = _connection(path, "mode=rwc")
    try:
        # before anything is changed: it may be another program's
        if _tables(connection):
            recognise(path, connection)
        else:
            connection.execute(f"PRAGMA page_size = {PAGE}")
        _write_ahead(connection)
        # safe whoever is killed; only when the power fails may the last replications be gone
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")  # fails at once where the file can only be read
        if _tables(connection):
            recognise(path, connection)
        else:
            _make(path, connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path, connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != 0:  # another program's, still without tables
        recognise(path, connection)
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _to_read(path: Path) -> sqlite3.Connection:
    """What is there is taken, nothing is added."""
    # where not even the files beside it can be made, SQLite reads only what promises not to change
    for how in ("mode=ro", "mode=ro&immutable=1"):
        connection = _connection(path, how)
        try:
            recognise(path, connection)
            _tables(connection)
            return connection
        except sqlite3.OperationalError as error:
            connection.close()
            failed = error
        except sqlite3.DatabaseError as error:
            connection.close()
            raise broken(path, error) from None
        except BaseException:
            connection.close()
            raise
    raise StoreError(worded("store-unreadable", path=path, failed=reason_of(failed)))


def _connection(path: Path, how: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    # text that is damaged is read all the same, and then fails its checksum
    connection.text_factory = lambda data: data.decode(errors="replace")
    return connection


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on; SQLite does not wait for another program that is just doing the same."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > until:
                raise
        time.sleep(0.05)
