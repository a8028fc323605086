"""Programs that use one store at the same time."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from simulation.store import Store
from tests.unit.store.shelves import run, same, taken

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from simulation.store import Store
from tests.unit.store.shelves import PRINTS, run
path, begin, end, step = Path(sys.argv[1]), *map(int, sys.argv[2:])
for number in range(begin, end, step):  # opened anew each time: making, recovering and closing race as well
    with Store(path, lambda text: sys.exit(text)) as store:
        store.keep(PRINTS, 1, number, [run(name, number) for name in PRINTS])
"""


def writers(path: Path, *ranges: tuple[int, int, int]) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), *map(str, each)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for each in ranges
    ]
    for each in started:
        _, remarks = each.communicate(timeout=120)
        assert (each.returncode, remarks) == (0, "")


@pytest.mark.parametrize(
    "ranges",
    [((0, 60, 1), (0, 60, 1)), ((0, 60, 2), (1, 60, 2))],
    ids=["the same replications", "different replications"],
)
def test_processes_write_one_store(tmp_path: Path, ranges: tuple[tuple[int, int, int], ...]) -> None:
    path = tmp_path / "deep" / "s.sqlite"
    writers(path, *ranges)
    found = taken(path, 60)
    assert sorted(found) == list(range(60))
    assert all(same(each, run(name, number)) for number, runs in found.items() for name, each in runs.items())
    with Store(path) as store:
        assert [each.replications for each in store.holdings()] == [60, 60]
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_one_prunes_while_another_writes(tmp_path: Path) -> None:
    """Whatever the writer finds afterwards is what it wrote; pruning stops nothing."""
    path = tmp_path / "s.sqlite"
    told: list[str] = []
    over = threading.Event()

    def prune() -> None:
        with Store(path, told.append) as store:
            while not over.is_set():
                store.prune(everything=True)

    with Store(path, told.append) as store:
        other = threading.Thread(target=prune)
        other.start()
        try:
            for number in range(150):
                prints = {"pair": f"{number % 7:032d}"}
                store.keep(prints, 1, number, [run("pair", number)])
                for runs in store.find(prints, 1, [number]).values():
                    assert same(runs["pair"], run("pair", number))
        finally:
            over.set()
            other.join()
        assert (told, store.kept, store.damaged, store.writable) == ([], 150, 0, True)
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
