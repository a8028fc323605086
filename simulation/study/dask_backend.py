"""joblib's backend for Dask, made to tell when a replication is lost for good.

joblib 1.6 tells nobody of a task whose workers died again and again (Dask gives up after the fourth), so that whoever
waits for it would wait for ever.
"""

from __future__ import annotations

from asyncio import CancelledError as AsyncioCancelledError
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from distributed import Client
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from joblib._dask import DaskDistributedBackend

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
