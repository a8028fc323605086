"""What commands that simulate have in common: the store, the cluster, the laboratory and its progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simulation.cli.console import FAILED, mistake, refuse, warn
from simulation.texts import Verbatim, joined, phrase_of, worded

if TYPE_CHECKING:
    from simulation.cli.options import How
    from simulation.store import Store
    from simulation.study.lab import Lab


def opened_store(path: Path | None, none: bool) -> Store | None:
    """The store that the command line and the environment ask for; None for none.

    Raises:
        typer.Exit: it was named and cannot be used, or is damaged.
    """
    from simulation.store import Store, StoreError, default_path

    if none:
        if path is not None:
            raise refuse(worded("store-contradiction"))
        return None
    place = path or default_path()
    if place is None:
        return None
    try:
        return Store(place, warn)
    except StoreError as error:
        if path is None and error.nothing_there:  # nobody asked for it, and nothing is lost
            warn(worded("store-none", why=phrase_of(error)))
            return None
        raise refuse(worded("store-or-none", why=phrase_of(error))) from None


@contextmanager
def on_cluster(address: str | None, backend: str | None = None) -> Iterator[None]:
    """A context in which replications are played on the cluster that was asked for, if any.

    Raises:
        typer.Exit: it cannot be used, goes without the backend that was named, or was lost.
    """
    if address is None:
        yield
        return
    if backend is not None:
        raise refuse(worded("cluster-contradiction"))
    from simulation.study.cluster import ClusterError, cluster

    began = False
    try:
        with cluster(address):
            began = True
            yield
    except ClusterError as error:
        if not began:
            raise refuse(joined((Verbatim("--cluster"), phrase_of(error)), ": ")) from None
        mistake(worded("cluster-lost-rest", why=phrase_of(error)))
        raise typer.Exit(FAILED) from None


def workers(jobs: int | None, cluster: str | None) -> int | None:
    """How many workers: as many as a cluster has, whatever is asked for on this machine."""
    return jobs if cluster is None else None


@contextmanager
def store_used(path: Path | None, none: bool) -> Iterator[Store | None]:
    """The store as a context; what goes wrong with it ends the command with one line and exit code 2."""
    from simulation.store import StoreError

    store = opened_store(path, none)
    try:
        yield store
    except StoreError as error:
        raise refuse(worded("store-or-none", why=phrase_of(error))) from None
    finally:
        if store is not None:
            store.close()


@contextmanager
def laboratory(how: How) -> Iterator[Lab]:
    """A laboratory for a study, with a bar that says what is looked for, how far, and what is ahead.

    Raises:
        typer.Exit: the store or the cluster cannot be used, or the cluster was lost.
    """
    from simulation.cli.progress import Progress
    from simulation.study.lab import Lab

    with (
        store_used(how.store, how.no_store) as kept,
        on_cluster(how.cluster, how.backend),
        Progress(quiet=how.quiet) as progress,
    ):
        yield Lab(jobs=workers(how.jobs, how.cluster), backend=how.backend, store=kept, watch=progress.step)
