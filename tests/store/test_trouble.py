"""A full disk, a folder that cannot be written to, a damaged file: a clear word, and never a wrong number."""

import os
import resource
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from simulation.analysis.cases import Runs
from tests.cli.conftest import Run, Write
from tests.store.conftest import PATIENCE, YEARS, Start, ended, same_numbers

FULL = "finished replications are not kept any more; the run goes on"
ONLY_READ = "finished replications are taken from it, new ones are not kept"


def works(*command: str) -> bool:
    """Whether this machine lets us do that."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def rows(store: Path) -> int:
    connection = sqlite3.connect(store)
    try:
        return int(connection.execute("SELECT count(*) FROM replications").fetchone()[0])
    finally:
        connection.close()


def test_a_file_that_may_not_grow_is_a_full_disk(start: Start, alone: tuple[str, Runs], tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    output, remarks = ended(start("--store", "s.sqlite", "--jobs", 1, preexec_fn=small))
    (warning,) = [line for line in remarks.splitlines() if "s.sqlite" in line]
    assert warning.startswith("warning: s.sqlite: ") and warning.endswith(FULL)
    assert output == alone[0]
    assert 0 < rows(Path("s.sqlite")) < 2 * YEARS
    same_numbers(Path("s.sqlite"), alone[1])
    assert rows(Path("s.sqlite")) == 2 * YEARS


def test_a_disk_without_room_ends_nothing(start: Start, alone: tuple[str, Runs], tmp_path: Path) -> None:
    if not works("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=300k none /mnt"):
        pytest.skip("no small file system can be mounted here")
    small = tmp_path / "small"
    small.mkdir()
    script = f'mount -t tmpfs -o size=400k none {small} && "$@"; code=$?; cp {small}/s.sqlite* . && exit $code'
    before = ["unshare", "-m", "sh", "-c", script, "sh"]
    output, remarks = ended(start("--store", small / "s.sqlite", "--jobs", 1, before=before))
    assert remarks.count(FULL) == 1
    assert output == alone[0]
    assert 0 < rows(Path("s.sqlite")) < 2 * YEARS
    same_numbers(Path("s.sqlite"), alone[1])


def test_a_disk_without_any_room_refuses_the_store_that_was_asked_for(start: Start, tmp_path: Path) -> None:
    if not works("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=300k none /mnt"):
        pytest.skip("no small file system can be mounted here")
    small = tmp_path / "small"
    small.mkdir()
    script = f'mount -t tmpfs -o size=4k none {small} && echo x > {small}/full && "$@"; code=$?; ls {small}; exit $code'
    process = start("--store", small / "s.sqlite", "--jobs", 1, before=["unshare", "-m", "sh", "-c", script, "sh"])
    output, remarks = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    (line,) = remarks.splitlines()
    assert line.startswith(f"error: {small / 's.sqlite'}: no store can be made here: ")
    assert output.split() == ["full"]


def read_only_mount(folder: Path) -> list[str]:
    script = f'mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && exec "$@"'
    return ["unshare", "-m", "sh", "-c", script, "sh"]


@pytest.fixture(params=["mounted to be read only", "files that may not change", "no right to write"])
def sealed(request: pytest.FixtureRequest, tmp_path: Path, start: Start) -> tuple[Path, list[str]]:
    """A store of eight years in a folder that cannot be written to, and what to put before a command for it."""
    folder = tmp_path / "sealed"
    store = folder / "s.sqlite"
    ended(start("--store", store, "--replications", 8, "--jobs", 1, "--quiet"))
    if request.param == "mounted to be read only":
        if not works(*read_only_mount(folder), "true"):
            pytest.skip("nothing can be mounted here")
        return store, read_only_mount(folder)
    if request.param == "files that may not change":
        if not works("chattr", "+i", str(store), str(folder)):
            pytest.skip("files cannot be made immutable here")
        request.addfinalizer(lambda: subprocess.run(["chattr", "-i", str(folder), str(store)], check=True))
        return store, []
    if os.geteuid() == 0:
        pytest.skip("root writes where it has no right to")
    store.chmod(0o444)
    folder.chmod(0o555)
    request.addfinalizer(lambda: folder.chmod(0o755))
    return store, []


def test_a_store_that_cannot_be_written_to_is_only_read(
    sealed: tuple[Path, list[str]], start: Start, alone: tuple[str, Runs], tmp_path: Path
) -> None:
    store, before = sealed
    was = {each.name: each.read_bytes() for each in store.parent.iterdir()}
    output, remarks = ended(start("--store", store, "--jobs", 1, before=before))
    assert remarks.count(ONLY_READ) == 1
    assert f"{2 * 8} of {2 * YEARS} runs from the store" in remarks
    assert {each.name: each.read_bytes() for each in store.parent.iterdir()} == was
    assert output == alone[0]
    same_numbers(store, alone[1])


@pytest.mark.parametrize("how", ["truncated", "overwritten", "another's", "a folder"])
def test_a_damaged_store_ends_the_command_with_one_line(how: str, write: Write, run: Run) -> None:
    file, store = write(("replications: 4", "replications: 12")), Path("s.sqlite")
    assert run("compare", file, "--quiet", "--store", store).exit_code == 0
    size = store.stat().st_size
    if how == "truncated":
        os.truncate(store, size // 2)
    elif how == "overwritten":
        store.write_bytes(b"\xa5" * size)
    elif how == "another's":
        store.unlink()
        connection = sqlite3.connect(store)
        connection.execute("CREATE TABLE invoices (id INTEGER)")
        connection.close()
    else:
        store.unlink()
        store.mkdir()
    was = store.read_bytes() if store.is_file() else b""
    result = run("compare", file, "--store", store, "--out", "results")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: s.sqlite: ") and line.endswith("(or run with --no-store)")
    assert result.stdout == ""
    assert not Path("results").exists()
    assert (store.read_bytes() if store.is_file() else b"") == was


def test_damaged_rows_are_simulated_again_with_the_same_result(write: Write, run: Run) -> None:
    file, store = write(), Path("s.sqlite")
    first = run("compare", file, "--store", store)
    connection = sqlite3.connect(store, isolation_level=None)
    for number, body in connection.execute("SELECT number, body FROM replications WHERE number > 1").fetchall():
        wrong = bytearray(body)
        wrong[len(wrong) // 2] ^= 4
        connection.execute("UPDATE replications SET body = ? WHERE number = ?", (bytes(wrong), number))
    connection.close()
    result = run("compare", file, "--store", store)
    assert "warning: s.sqlite holds damaged replications: they are simulated again" in result.stderr
    assert "4 of 8 runs from the store" in result.stderr
    assert result.stdout == first.stdout
    third = run("compare", file, "--store", store)
    assert "8 of 8 runs from the store" in third.stderr and "damaged" not in third.stderr


def test_a_store_that_nobody_asked_for_and_that_cannot_be_made_ends_nothing(
    write: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write()
    Path("file").write_text("here", encoding="utf-8")
    monkeypatch.setenv("SALES_SIM_STORE", "file/s.sqlite")
    result = run("compare", file)
    assert result.exit_code == 0
    assert "no store can be made here" in result.stderr and "finished replications are not kept" in result.stderr
    named = run("compare", file, "--store", "file/s.sqlite")
    assert named.exit_code == 2


def test_a_store_that_is_asked_for_and_refused_at_once_is_a_contradiction(write: Write, run: Run) -> None:
    result = run("compare", write(), "--store", "s.sqlite", "--no-store")
    assert (result.exit_code, result.stderr) == (2, "error: --store and --no-store contradict each other\n")
    assert not Path("s.sqlite").exists()
