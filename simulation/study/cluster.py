"""Beyond one machine: the workers of a Dask cluster in place of this machine's processes.

Needs the extra `cluster` (``pip install 'sales-department-simulator[cluster]'``), on the machines of the workers too:
they run the same version of this program. docs/scale.md has figures.

joblib's backend for Dask, made to tell when a replication is lost for good.

joblib 1.6 tells nobody of a task whose workers died again and again (Dask gives up after the fourth), so that whoever
waits for it would wait for ever.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import socket
from asyncio import CancelledError as AsyncioCancelledError
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from distributed import Client
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from joblib._dask import DaskDistributedBackend

from simulation.analysis.executor import BACKEND, OTHER_MODEL, OtherModelError
from simulation.analysis.identity import model_digest
from simulation.texts import Verbatim, joined, phrase_of, worded

if TYPE_CHECKING:
    from distributed import LocalCluster


LOST = (KilledWorker, CommClosedError, CancelledError, AsyncioCancelledError)
"""How a client learns that the scheduler, or a replication, is gone."""


class _Backend(DaskDistributedBackend):  # type: ignore[misc, unused-ignore]
    """joblib's own, which also hands on errors of the cluster itself."""

    def submit(self, func: Any, callback: Callable[[Any], None] | None = None) -> Future[Any]:
        """As joblib's; the callback also gets what went wrong on the cluster."""
        future: Future[Any] = super().submit(func, callback)

        def told(done: Future[Any]) -> None:
            error = done.exception()
            if error is not None and callback is not None:
                callback(error)

        future.add_done_callback(told)
        return future

    def retrieve_result_callback(self, out: Any) -> Any:
        """As joblib's; raises what went wrong on the cluster."""
        if isinstance(out, BaseException):
            raise out
        return super().retrieve_result_callback(out)


def backend(client: Client) -> DaskDistributedBackend:
    """The backend for a client, to be given to ``joblib.parallel_config``."""
    return _Backend(client=client)


LOCAL = re.compile(r"local(?::([1-9]\d{0,3}))?")
WAIT = 10
"""Seconds to wait for the scheduler, and then for the first worker."""
KNOCK = 5
"""Seconds to wait for anybody to answer at an address."""


class ClusterError(Exception):
    """A cluster that cannot be used, or was lost; the message says why and what is allowed."""


@contextmanager
def cluster(address: str) -> Iterator[Any]:
    """A context in which replications are played on a cluster; gives Dask's client.

    A worker that is lost costs the replications that it had in hand: the scheduler gives them to another one. Without
    any worker it waits for the next one.

    Args:
        address: of a running scheduler (``tcp://host:8786``), or ``local:4`` for so many worker processes on this
            machine, started here and stopped at the end.

    Raises:
        ClusterError: the package is missing, the address is none, nobody answers there, there is no worker, or one
            runs another version of the program; later, that the scheduler was lost.
    """
    local = LOCAL.fullmatch(address)
    if local is None:
        _knock(address)
    try:
        import distributed
    except ImportError:
        raise ClusterError(worded("cluster-no-dask")) from None
    from joblib import parallel_config

    with _quiet():
        if local is None:
            _greet(address)
        own = _workers_here(int(local.group(1) or 0) or None) if local is not None else None
        client = None
        try:
            client = _client(distributed.Client, own, address)
            _checked(client, address)
            with _in_place_of_the_environments(), parallel_config(backend=backend(client)):
                yield client
        except OtherModelError as error:
            raise ClusterError(joined((Verbatim(address), phrase_of(error)), ": ")) from None
        except LOST as error:
            raise ClusterError(worded("cluster-lost", address=address, error=_line(error))) from None
        finally:
            for each in (client, own):
                if each is not None:
                    with suppress(TimeoutError, OSError):
                        each.close(timeout=WAIT)


def _knock(address: str) -> None:
    """Refuses what is no address, or where nobody listens; Dask itself would try for a long time."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or port is None or parts.scheme not in ("tcp", "tls"):
        raise ClusterError(worded("cluster-no-address", address=repr(address)))
    try:
        socket.create_connection((host, port), timeout=KNOCK).close()
    except OSError as error:
        silent = isinstance(error, TimeoutError)
        reason = worded("cluster-silent") if silent else Verbatim(error.strerror or error)
        raise ClusterError(worded("cluster-no-answer", address=address, reason=reason)) from None


def _greet(address: str) -> None:
    """Refuses what listens there but is no scheduler; Dask's client would wait, and then not go away."""
    from distributed import rpc

    async def ask() -> str:
        async with rpc(address, timeout=KNOCK) as there:
            return str((await asyncio.wait_for(there.identity(), KNOCK)).get("type"))

    with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own in this one
        try:
            found = thread.submit(asyncio.run, ask()).result()
        except Exception:  # whatever comes of reading a stranger's bytes as Dask's
            raise ClusterError(worded("cluster-stranger", address=address)) from None
    if found != "Scheduler":
        raise ClusterError(worded("cluster-other-part", address=address, found=found.lower()))


def _workers_here(count: int | None) -> LocalCluster:
    from distributed import LocalCluster

    # a page of its own for watching is not worth a port of this machine: any free one, for this machine alone
    return LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0")


def _client(make: Callable[..., Client], own: LocalCluster | None, address: str) -> Client:
    try:
        return make(own if own is not None else address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(worded("cluster-no-scheduler", address=address, error=_line(error))) from None


def _checked(client: Client, address: str) -> None:
    """Refuses a cluster without workers, or with one whose numbers would be others."""
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise ClusterError(worded("cluster-no-worker", address=address)) from None
    try:
        digests = client.run(_digest)
    except Exception as error:  # whatever a worker raises that cannot even load the program
        raise ClusterError(worded("cluster-cannot-load", address=address, error=_line(error))) from None
    if set(digests.values()) != {model_digest()}:
        raise ClusterError(joined((Verbatim(address), worded(OTHER_MODEL)), ": "))


def _digest() -> str:
    """What a worker would answer; one that was started from here leaves Ctrl-C to its parent."""
    import multiprocessing
    import signal
    import threading

    from simulation.analysis.identity import model_digest

    if multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return model_digest()


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask tells its trouble in many lines, which end in one of ours."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado")]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


@contextmanager
def _in_place_of_the_environments() -> Iterator[None]:
    """Whoever asks for a cluster does not mean the backend that the environment names."""
    named = os.environ.pop(BACKEND, None)
    try:
        yield
    finally:
        if named is not None:
            os.environ[BACKEND] = named
