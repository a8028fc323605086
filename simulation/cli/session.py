"""What commands that simulate have in common: the store, the cluster, the laboratory and its progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.console import refuse, say

if TYPE_CHECKING:
    from simulation.store import Store
    from simulation.study.lab import Lab

StorePath = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FILE",
        help="Where finished replications are kept and taken from.",
        show_default="SALES_SIM_STORE, else the user's cache",
    ),
]
NoStore = Annotated[bool, typer.Option("--no-store", help="Take nothing from a store and keep nothing.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Play replications on a Dask cluster: tcp://HOST:PORT, or local:4 for four workers here.",
        show_default=False,
    ),
]


def opened_store(path: Path | None, none: bool) -> Store | None:
    """The store that the command line and the environment ask for; None for none.

    Raises:
        typer.Exit: it was named and cannot be used, or is damaged.
    """
    from simulation.store import Store, StoreError, default_path

    if none:
        if path is not None:
            raise refuse("--store and --no-store contradict each other")
        return None
    place = path or default_path()
    if place is None:
        return None
    try:
        return Store(place, _trouble)
    except StoreError as error:
        if path is None and not place.exists():  # nobody asked for it, and nothing is lost
            _trouble(f"{error}; finished replications are not kept")
            return None
        raise refuse(f"{error} (or run with --no-store)") from None


def _trouble(text: str) -> None:
    say(f"warning: {text}")


@contextmanager
def on_cluster(address: str | None) -> Iterator[None]:
    """A context in which replications are played on the cluster that was asked for, if any.

    Raises:
        typer.Exit: it cannot be used.
    """
    if address is None:
        yield
        return
    from simulation.study.cluster import ClusterError, cluster

    with ExitStack() as stack:
        try:
            stack.enter_context(cluster(address))
        except ClusterError as error:
            raise refuse(f"--cluster: {error}") from None
        yield


@contextmanager
def store_used(path: Path | None, none: bool) -> Iterator[Store | None]:
    """The store as a context; what goes wrong with it ends the command with one line and exit code 2."""
    from simulation.store import StoreError

    store = opened_store(path, none)
    try:
        yield store
    except StoreError as error:
        raise refuse(f"{error} (or run with --no-store)") from None
    finally:
        if store is not None:
            store.close()


@contextmanager
def laboratory(
    *,
    jobs: int | None,
    backend: str | None,
    cluster: str | None,
    store: Path | None,
    no_store: bool,
    quiet: bool,
) -> Iterator[Lab]:
    """A laboratory for a study, with a bar that says what is looked for, how far, and what is ahead.

    Raises:
        typer.Exit: the store or the cluster cannot be used.
    """
    from simulation.cli.progress import Progress
    from simulation.study.lab import Lab

    with store_used(store, no_store) as kept, on_cluster(cluster), Progress(quiet=quiet) as progress:
        yield Lab(jobs=jobs, backend=backend, store=kept, watch=progress.step)
