"""A real Dask scheduler and its workers, as processes of this machine: the same numbers as on one core."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from simulation.analysis import executor
from simulation.analysis.cases import run_replications
from simulation.analysis.executor import OtherModelError
from simulation.analysis.identity import fingerprints
from simulation.sense.loader import load, load_text
from simulation.store import Store
from simulation.study.cluster import ClusterError, cluster
from simulation.study.lab import Case, Lab
from tests.cli.conftest import SMALL, Run, Write, run, write

__all__ = ["run", "write"]

# Dask closes some of what it opened only when its threads end, after the test that it is told to
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
ALLOWED = "allowed: tcp://HOST:PORT of a Dask scheduler, or local:WORKERS"


@dataclass
class Cluster:
    """A running cluster."""

    address: str
    scheduler: subprocess.Popen[bytes]
    folder: Path
    workers: list[subprocess.Popen[bytes]]

    def grow(self) -> None:
        """One worker more."""
        self.workers.append(
            started("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", folder=self.folder)
        )

    def end(self) -> None:
        for each in (*self.workers, self.scheduler):
            each.kill()
            each.wait()


def started(what: str, *words: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{what}", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def cluster_of(folder: Path, workers: int) -> Cluster:
    port = free_port()
    scheduler = started("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", folder=folder)
    made = Cluster(f"tcp://127.0.0.1:{port}", scheduler, folder, [])
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert time.monotonic() < deadline and scheduler.poll() is None
            time.sleep(0.05)
    for _ in range(workers):
        made.grow()
    return made


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers."""
    made = cluster_of(tmp_path, 2)
    yield made
    made.end()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler without workers."""
    made = cluster_of(tmp_path_factory.mktemp("bare"), 0)
    yield made
    made.end()


def ready(client: object, workers: int) -> None:
    client.wait_for_workers(workers, timeout=PATIENCE)  # type: ignore[attr-defined]


def test_a_comparison_and_a_study_lose_a_worker_and_give_the_same_numbers_as_one_core(
    two: Cluster, tmp_path: Path
) -> None:
    scenario = load_text(SMALL)
    years = 24
    expected = run_replications(scenario, replications=years, jobs=1)

    def kill_one(done: int, total: int) -> None:
        if done == 6:
            two.workers[0].kill()

    with cluster(two.address) as client, Store(tmp_path / "s.sqlite") as store:
        ready(client, 2)
        made = run_replications(scenario, replications=years, on_done=kill_one, store=store)
        assert two.workers[0].wait() < 0
        assert not made.partial and made.failures.empty
        pd.testing.assert_frame_equal(made.replications, expected.replications, check_exact=True)
        pd.testing.assert_frame_equal(made.months, expected.months, check_exact=True)
        assert store.kept == 2 * years

        cases = [Case(scenario, name) for name in scenario.structures]
        lab = Lab(store=store)
        found = lab.measure(cases, range(years + 4), ["profit"])
        assert (lab.simulated, lab.reused) == (8, 2 * years)
    alone = Lab(jobs=1).measure(cases, range(years + 4), ["profit"])
    assert found.tobytes() == alone.tobytes()


def test_the_command_line_plays_on_a_cluster_and_on_workers_of_this_machine(
    two: Cluster, write: Write, run: Run
) -> None:
    file = write()
    expected = run("compare", file)
    for address in (two.address, "local:2"):
        made = run("compare", file, "--cluster", address)  # with --jobs 1, which speaks of this machine
        assert made.exit_code == 0, made.stderr
        assert made.stdout == expected.stdout
        assert len(made.stderr.splitlines()) == len(expected.stderr.splitlines())  # Dask is quiet


def test_a_scheduler_that_is_lost_ends_the_command_with_one_line(two: Cluster, write: Write, run: Run) -> None:
    file = write(("replications: 4", "replications: 100000"))
    scenario, store = load(file), Path("s.sqlite").absolute()
    prints, seed = fingerprints(scenario, scenario.structures), scenario.experiment.seed

    def kill() -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            time.sleep(0.1)
            if store.exists():
                with Store(store) as opened:
                    if opened.find(prints, seed, range(3)):
                        break
        two.scheduler.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    made = run("compare", file, "--cluster", two.address, "--store", store)
    killer.join()
    assert made.exit_code == 1
    (line,) = made.stderr.splitlines()
    assert line.startswith(f"error: --cluster: {two.address}: the cluster was lost: ")
    assert line.endswith("what was finished is in the store, if there is one")


def test_a_cluster_without_workers_is_refused(bare: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.study.cluster.WAIT", 2)
    with pytest.raises(ClusterError, match="the cluster has no worker"), cluster(bare.address):
        pass


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "http://x:1", "local:0", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ClusterError, match=ALLOWED), cluster(address):
        pass


def test_an_address_where_nobody_listens_is_refused_with_one_line(write: Write, run: Run) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    made = run("compare", write(), "--cluster", address, "--out", "results")
    assert (made.exit_code, made.stdout) == (2, "")
    assert made.stderr == f"error: --cluster: {address}: no cluster answers: Connection refused\n"
    assert not Path("results").exists()


def test_what_listens_but_is_no_scheduler_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"

        def answer() -> None:
            for _ in range(2):
                there, _ = server.accept()
                there.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 10)
                there.close()

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(ClusterError, match="what listens there is no Dask scheduler"), cluster(address):
            pass


def test_a_cluster_and_a_backend_contradict_each_other(write: Write, run: Run) -> None:
    made = run("compare", write(), "--cluster", "local:2", "--backend", "loky")
    assert (made.exit_code, made.stderr) == (2, "error: --cluster and --backend contradict each other\n")


def test_without_dask_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch, bare: Cluster) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="Dask is not installed; pip install"), cluster(bare.address):
        pass


def test_a_worker_with_another_version_of_the_program_is_refused(two: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("simulation.study.cluster.model_digest", lambda: "another")
        with pytest.raises(ClusterError, match="a worker has another version of this program"), cluster(two.address):
            pass
    # one that comes later is found by the replication that it gets
    with pytest.raises(ClusterError, match="a worker has another version of this program"), cluster(two.address):
        monkeypatch.setattr(executor, "model_digest", lambda: "another")
        run_replications(load_text(SMALL), replications=8)


def test_a_replication_of_another_model_is_never_played() -> None:
    with pytest.raises(OtherModelError):
        executor._task(executor._Bundle((), ()), executor._How(False, None, "another", True, ()))
