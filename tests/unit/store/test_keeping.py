"""What a store gives back is what it got, under the key that it got it for, and nothing else."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulation.store import Store, StoreError, database
from tests.unit.store.shelves import PRINTS, filled, run, same, taken


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_what_is_kept_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    found = taken(filled(tmp_path / "s.sqlite", 3))
    assert sorted(found) == [0, 1, 2]
    for number, runs in found.items():
        assert all(same(runs[name], run(name, number)) for name in PRINTS)


def test_events_are_not_kept(tmp_path: Path) -> None:
    busy = run()
    busy.events.append(("lead/1", "qualify", "seller-1", "seller", 1.0, 2.0, "done", 0.0))
    with Store(tmp_path / "s.sqlite") as store:
        store.keep(PRINTS, 1, 0, [busy])
        assert store.find(PRINTS, 1, [0])[0]["pair"].events == []


def test_names_are_kept_once_for_all_runs_that_share_them(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.sqlite", 10)
    assert rows(path, "SELECT count(*) FROM layouts") == [(1,)]
    with Store(path) as store:
        store.keep(PRINTS, 1, 99, [run("pair", 99, extra=1.0)])
        assert store.find(PRINTS, 1, [99])[99]["pair"].measures["extra"] == 1.0
    assert rows(path, "SELECT count(*) FROM layouts") == [(2,)]


def test_scenario_structure_seed_and_number_are_kept_apart(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        store.keep({"pair": "a" * 32}, 1, 0, [run("pair", 5)])
        assert store.find({"pair": "c" * 32}, 1, [0]) == {}
        assert store.find({"pair": "a" * 32}, 2, [0]) == {}
        assert store.find({"pair": "a" * 32}, 1, [1]) == {}
        # what a structure is called does not matter, what it is does: its fingerprint
        assert store.find({"renamed": "a" * 32}, 1, [0])[0]["renamed"].measures["profit"] == 5.1


@pytest.mark.parametrize("number", [0, 2**62])
def test_the_largest_seed_is_a_key_as_any_other(tmp_path: Path, number: int) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        store.keep(PRINTS, 2**63 - 1, number, [run()])
        assert list(store.find(PRINTS, 2**63 - 1, [number])) == [number]


def test_another_version_of_the_model_finds_nothing_and_keeps_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "s.sqlite", 2)
    monkeypatch.setattr(database, "model_digest", lambda: "another")
    with Store(path) as store:
        assert store.find(PRINTS, 1, range(2)) == {}
        store.keep(PRINTS, 1, 0, [run("pair", 7)])
        assert store.find(PRINTS, 1, [0])[0]["pair"].measures["profit"] == 7.1
        assert [(each.current, each.replications) for each in store.holdings()] == [(True, 1), (False, 2), (False, 2)]
    monkeypatch.undo()
    assert taken(path)[0]["pair"].measures["profit"] == 0.1


def test_a_row_moved_to_another_version_of_the_model_is_not_believed(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.sqlite", 2)
    connection = sqlite3.connect(path, isolation_level=None)
    today = connection.execute("SELECT model FROM cases").fetchone()[0]
    connection.execute("UPDATE cases SET model = 'older'")
    connection.execute(
        "INSERT INTO cases (model, version, print, structure, title) SELECT ?, '9', print, structure, '' FROM cases",
        (today,),
    )
    # as a flipped bit in the number of the case would have it: the rows made under the version that is older now
    connection.execute("UPDATE replications SET case_id = case_id + 2")
    connection.execute("UPDATE replications SET checksum = zeroblob(16) WHERE number = 1")
    connection.close()
    with Store(path) as store:
        found = store.find(PRINTS, 1, range(2))
        assert (sorted(found), store.damaged) == ([0], 2)  # number 0 was made by today's model in truth


def test_what_is_there_stays(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        store.keep(PRINTS, 1, 0, [run("pair", 1)])
        store.keep(PRINTS, 1, 0, [run("pair", 2), run("other", 2)])
        found = store.find(PRINTS, 1, [0])[0]
        assert (found["pair"].measures["profit"], found["other"].measures["profit"]) == (1.1, 2.1)
        assert (store.kept, store.found) == (2, 2)


def test_more_replications_than_fit_into_one_question_are_found(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    count = 2 * database.ASKED_AT_ONCE + 3
    with Store(path) as store:
        for number in range(0, count, 2):
            store.keep(PRINTS, 1, number, [run("pair", number)])
        found = store.find(PRINTS, 1, range(count))
        assert list(found) == list(range(0, count, 2))
        assert all(runs["pair"].measures["profit"] == number + 0.1 for number, runs in found.items())


def test_holdings_say_what_is_there(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.sqlite", 4)
    with Store(path) as store:
        store.keep(PRINTS, 2, 0, [run("pair")], "Hand-made")
        pair = next(each for each in store.holdings() if each.structure == "pair")
    assert (pair.title, pair.replications, pair.seeds, pair.current, pair.print) == ("Hand-made", 5, 2, True, "a" * 32)
    assert pair.bytes > 0
    assert datetime.fromisoformat(pair.last) > datetime.now(UTC) - timedelta(hours=1)


def test_pruning_throws_away_older_versions_of_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.sqlite"
    monkeypatch.setattr(database, "model_digest", lambda: "older")
    filled(path, 3)
    monkeypatch.undo()
    filled(path, 2)
    with Store(path) as store:
        assert store.prune() == 6
        assert [each.replications for each in store.holdings()] == [2, 2]
    assert len(taken(path)) == 2


def test_pruning_throws_away_what_is_older_than_a_moment(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.sqlite", 4)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE replications SET made = '2020-01-01T00:00:00+00:00' WHERE number < 3")
    connection.close()
    with Store(path) as store:
        assert store.prune(before=datetime(2020, 1, 1, tzinfo=UTC)) == 0
        east = datetime(2020, 1, 1, 5, tzinfo=UTC).astimezone(None)
        assert store.prune(before=east) == 6
        assert list(store.find(PRINTS, 1, range(4))) == [3]


def test_pruning_everything_gives_the_room_back(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    Store(path).close()
    empty = path.stat().st_size
    filled(path, 1000)
    assert path.stat().st_size > 2 * empty
    with Store(path) as store:
        assert store.prune(everything=True) == 2000
        assert path.stat().st_size == empty
        assert store.holdings() == []
    assert rows(path, "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM layouts)") == [(0, 0)]


def test_what_is_kept_after_another_program_pruned_is_found_and_no_number_of_a_case_comes_twice(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as one, Store(path) as other:
        one.keep(PRINTS, 1, 0, [run("pair", 0)])
        before = rows(path, "SELECT max(id) FROM cases")[0][0]
        assert other.prune(everything=True) == 1
        one.keep({"pair": "c" * 32}, 1, 0, [run("pair", 8)])
        one.keep(PRINTS, 1, 1, [run("pair", 1)])
        assert {number: runs["pair"].measures["profit"] for number, runs in one.find(PRINTS, 1, [0, 1]).items()} == {
            1: 1.1
        }
        assert rows(path, "SELECT min(id) FROM cases")[0][0] > before  # type: ignore[operator]


def test_pruning_a_file_that_another_program_reads_says_that_it_keeps_its_size(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.sqlite", 4)
    told: list[str] = []
    with Store(path) as reader, Store(path, told.append) as store:
        store._connection.execute("PRAGMA busy_timeout = 50")
        reader._connection.execute("BEGIN")
        reader._connection.execute("SELECT * FROM replications").fetchone()
        assert store.prune(everything=True) == 8
        assert told == [f"{path} is being read by another program: it keeps its size for now"]
        reader._connection.execute("COMMIT")
        assert reader.find(PRINTS, 1, range(4)) == {}


def test_an_interruption_while_a_replication_is_kept_leaves_the_file_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(run: object) -> bytes:
        raise KeyboardInterrupt

    path = tmp_path / "s.sqlite"
    with Store(path) as store, monkeypatch.context() as patch:
        patch.setattr(database, "packed", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.keep(PRINTS, 1, 0, [run()])
        patch.undo()
        with Store(path) as other:  # would wait a minute for the lock otherwise
            other._connection.execute("PRAGMA busy_timeout = 100")
            other.keep(PRINTS, 1, 1, [run("pair", 1)])
            assert other.writable
        store.keep(PRINTS, 1, 2, [run("pair", 2)])
        assert list(store.find(PRINTS, 1, range(3))) == [1, 2]


def test_threads_may_share_an_open_store(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    errors: list[BaseException] = []

    def work(store: Store, begin: int) -> None:
        try:
            for number in range(begin, begin + 40):
                store.keep(PRINTS, 1, number, [run(name, number) for name in PRINTS])
                assert number in store.find(PRINTS, 1, [number])
        except BaseException as error:
            errors.append(error)

    with Store(path) as store:
        threads = [threading.Thread(target=work, args=(store, begin)) for begin in (0, 20, 40)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert (errors, store.writable, store.kept) == ([], True, 160)
    assert len(taken(path, 80)) == 80


def test_a_store_that_is_not_there_is_not_made_where_nobody_asked_for_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        Store(tmp_path / "deep" / "s.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_made_with_its_folder(tmp_path: Path) -> None:
    filled(tmp_path / "deep" / "down" / "s.sqlite", 1)
    assert taken(tmp_path / "deep" / "down" / "s.sqlite")
