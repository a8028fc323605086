"""What is damaged, foreign or out of reach is said in a clear line; it may cost time, but never a wrong number."""

import os
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulation.store import Store, StoreError
from simulation.store.opening import FORMAT, PAGE
from tests.unit.store.shelves import PRINTS, filled, run, same, taken


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of a hundred replications."""
    return filled(tmp_path / "s.sqlite", 100)


def refused(path: Path, words: str) -> None:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=words) as caught:
        taken(path)
    text = str(caught.value)
    assert str(path) in text and "\n" not in text
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_another_programs_database_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE invoices (id INTEGER)")
    connection.close()
    refused(path, "another program's database")
    assert [each.name for each in tmp_path.iterdir()] == ["other.sqlite"]


def test_another_programs_database_without_tables_is_refused_as_well(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 77")
    connection.close()
    with pytest.raises(StoreError, match="another program's database"):
        Store(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()


def test_another_format_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    refused(path, f"the store has format {FORMAT + 1}, this program reads {FORMAT}")


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("nothing of a store\n" * 100, encoding="utf-8")
    refused(path, "damaged .*file is not a database")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "a folder")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "no file")


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    refused(tmp_path / "file" / "s.sqlite", "no store can be made here: Not a directory|File exists")


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="File name too long"):
        Store(tmp_path / ("x" * 300))


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.touch()
    assert taken(path) == {}
    assert len(taken(filled(path))) == 20


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_file_is_refused(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))
    refused(path, "damaged")


@pytest.mark.parametrize("missing", [1, 100, PAGE - 1, PAGE])
def test_a_file_without_its_end_gives_an_error_or_what_is_right(path: Path, missing: int) -> None:
    os.truncate(path, path.stat().st_size - missing)
    right(path)


@pytest.mark.parametrize("begin", [0, 16, 100])
def test_an_overwritten_beginning_is_refused(path: Path, begin: int) -> None:
    overwritten(path, begin, b"\xa5" * 200)
    refused(path, "damaged|another program's")


def test_an_overwritten_page_gives_an_error_or_what_is_right(path: Path) -> None:
    whole, pages = path.read_bytes(), path.stat().st_size // PAGE
    refusals = 0
    for page in range(1, pages):
        path.write_bytes(whole)
        overwritten(path, page * PAGE, b"\xff" * PAGE)
        refusals += not right(path)
    assert refusals > 0


def test_a_single_wrong_byte_gives_an_error_or_what_is_right(path: Path) -> None:
    whole, luck = path.read_bytes(), random.Random(5)
    thrown_away = 0
    for _ in range(150):
        place = luck.randrange(len(whole))
        path.write_bytes(whole)
        overwritten(path, place, bytes([whole[place] ^ (1 << luck.randrange(8))]))
        try:
            with Store(path) as store:
                check(store)
                thrown_away += store.damaged
        except StoreError:
            continue
    assert thrown_away > 0


@pytest.mark.parametrize("column", ["body", "checksum"])
def test_a_damaged_row_is_thrown_away_and_kept_again(path: Path, column: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    data = bytearray(connection.execute(f"SELECT {column} FROM replications WHERE number = 7").fetchone()[0])
    data[len(data) // 2] ^= 1
    connection.execute(f"UPDATE replications SET {column} = ? WHERE number = 7 AND case_id = 1", (bytes(data),))
    connection.close()
    told: list[str] = []
    with Store(path, told.append) as store:
        found = store.find(PRINTS, 1, range(100))
        assert (list(found[7]), store.damaged) == (["other"], 1)
        assert told == [f"{path} holds damaged replications: they are simulated again"]
        store.keep(PRINTS, 1, 7, [run("pair", 7)])
    assert same(taken(path, 100)[7]["pair"], run("pair", 7))


def test_a_damaged_list_of_names_is_not_believed(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE layouts SET names = replace(names, 'profit', 'profis')")
    connection.close()
    with Store(path) as store:
        assert (store.find(PRINTS, 1, range(100)), store.damaged) == ({}, 200)


def test_rows_whose_names_are_gone_are_not_believed(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DELETE FROM layouts")
    connection.close()
    with Store(path) as store:
        assert (store.find(PRINTS, 1, range(100)), store.damaged) == ({}, 200)


def test_damaged_rows_of_a_store_that_cannot_be_written_to_are_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE replications SET checksum = zeroblob(16) WHERE number < 2")
    connection.close()
    with Store(path) as store:
        store._connection.execute("PRAGMA query_only = ON")
        assert (len(store.find(PRINTS, 1, range(100))), store.damaged, store.writable) == (98, 4, False)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[tuple[Store, list[str]]]:
    """A store that has no room for more than a few pages."""
    told: list[str] = []
    with Store(tmp_path / "s.sqlite", told.append) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        yield store, told


def test_a_full_store_says_so_once_keeps_what_it_has_and_goes_on(full: tuple[Store, list[str]]) -> None:
    store, told = full
    for number in range(400):
        store.keep(PRINTS, 1, number, [run(name, number) for name in PRINTS])
    assert told == [
        f"{store.path}: database or disk is full: finished replications are not kept any more; the run goes on"
    ]
    assert not store.writable
    found = store.find(PRINTS, 1, range(400))
    assert 0 < len(found) < 400
    assert all(set(runs) == set(PRINTS) for runs in found.values())  # a replication is kept whole or not at all
    with pytest.raises(StoreError, match="cannot be written to, so nothing can be thrown away"):
        store.prune()


def overwritten(path: Path, place: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


def right(path: Path) -> bool:
    """Whether the store answers at all; what it answers is what was kept."""
    try:
        with Store(path) as store:
            check(store)
        return True
    except StoreError as error:
        assert "\n" not in str(error)
        return False


def check(store: Store) -> None:
    for number, runs in store.find(PRINTS, 1, range(100)).items():
        for name, each in runs.items():
            assert same(each, run(name, number))


def test_infinite_numbers_are_not_believed(tmp_path: Path) -> None:
    with Store(tmp_path / "new.sqlite") as store:
        store.keep(PRINTS, 1, 7, [run("pair", profit=float("inf"))])
        assert (store.find(PRINTS, 1, [7]), store.damaged) == ({}, 1)
