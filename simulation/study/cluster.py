"""Beyond one machine: the workers of a Dask cluster in place of this machine's processes.

Needs the extra `cluster` (``pip install 'sales-department-simulator[cluster]'``), on the machines of the workers too:
they run the same version of this program. docs/scale.md has figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LOCAL = re.compile(r"local(?::(\d+))?")
WAIT = 10
"""Seconds to wait for the scheduler, and then for the first worker."""


class ClusterError(Exception):
    """A cluster that cannot be used; the message says why and what is allowed."""


@contextmanager
def cluster(address: str) -> Iterator[Any]:
    """A context in which replications are played on a cluster; gives Dask's client.

    Args:
        address: of a running scheduler (``tcp://host:8786``), or ``local:4`` for so many worker processes on this
            machine, started here and stopped at the end.

    Raises:
        ClusterError: the package is missing, the address is none, nobody answers there, or there is no worker.
    """
    local = LOCAL.fullmatch(address)
    if local is None and "://" not in address:
        raise ClusterError(f"{address!r} is no cluster; allowed: tcp://HOST:PORT of a Dask scheduler, or local:WORKERS")
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise ClusterError("Dask is not installed; pip install 'sales-department-simulator[cluster]'") from None
    from joblib import parallel_config

    own = None
    try:
        if local is not None:
            count = int(local.group(1) or 0) or None
            own = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)
            client = Client(own, timeout=WAIT)
        else:
            client = Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        if own is not None:
            own.close()
        raise ClusterError(f"{address}: no cluster answers: {' '.join(str(error).split())}") from None
    try:
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError:
            raise ClusterError(f"{address}: the cluster has no worker") from None
        with parallel_config(backend="dask", client=client):
            yield client
    finally:
        client.close()
        if own is not None:
            own.close()
