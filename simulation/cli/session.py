"""What commands that simulate have in common: the store, the cluster, the laboratory and its progress.

Here too: a scenario as a command takes it: loaded, and asked whether it makes sense; where a command writes and where
it computes, checked before anything is simulated; the progress bar: on a terminal only, on standard error.

Names that the command line gives by options of their own; an unknown one is refused with the nearest.

Structures, baseline, measure and level are resolved where a comparison is (`analysis.comparison`, `study.terms`), and
what is wrong with them is told by `console.problems_reported`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import typer

from simulation.cli.console import FAILED, mistake, refuse, remarks, spoken, warn, words
from simulation.texts import Phrase, Verbatim, joined, phrase_of, worded

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from simulation.analysis.unknown import Term
    from simulation.cli.options import How
    from simulation.report.output_folder import OutputFolder
    from simulation.scenario.scenario import Scenario
    from simulation.store import Store
    from simulation.study.lab import Lab, Step
    from simulation.written.errors import Problem


def checked(file: Path, change: Callable[[Scenario], Scenario] | None = None) -> tuple[Scenario, int]:
    """A scenario without contradictions; what may be meant so is said as a warning.

    Returns:
        The scenario and the number of warnings.

    Raises:
        ScenarioError: every mistake and contradiction found.
    """
    from simulation.sense.checks import sense
    from simulation.sense.loader import load
    from simulation.written.errors import ScenarioError
    from simulation.written.problems import in_order, in_users_file, problem_at

    scenario = load(file)
    if change is not None:
        scenario = change(scenario)
    tree = scenario.provenance.merged
    warnings: list[Problem] = []
    contradictions: list[Problem] = []
    for found in sense(scenario):
        problem = problem_at(tree, found.path, found.message)
        (contradictions if found.level == "error" else warnings).append(problem)
    if contradictions:
        raise ScenarioError(in_order(list(in_users_file(contradictions, scenario.provenance.tree))))
    for warning in in_users_file(warnings, scenario.provenance.tree):
        warn(warning.phrase)
    return scenario, len(warnings)


def known(option: str, term: Term, name: str, allowed: Collection[str]) -> None:
    """Refuses a name that is not allowed.

    Raises:
        typer.Exit: the name is not among them; the nearest one is told.
    """
    from simulation.analysis.unknown import unknown

    if name not in allowed:
        raise refuse(joined((Verbatim(option), unknown(term, name, allowed).phrase), ": "))


def folder_of(wanted: Path) -> OutputFolder:
    """The folder of results, made if it is not there.

    Raises:
        typer.Exit: it is no folder or cannot be written to.
    """
    from simulation.report.output_folder import OutputFolder

    try:
        for each in (wanted, *wanted.parents):
            if each.exists() and not each.is_dir():
                raise refuse(worded("out-no-folder", folder=each))
        return OutputFolder(wanted)
    except OSError as error:
        # the error names the file that was tried first, which says nothing to the user
        raise refuse(Verbatim(f"--out: {wanted}: {error.strerror or error}")) from None


def usable(backend: str | None) -> None:
    """Sees that a joblib backend is there, the one that is named, else the environment's; and a floor to work on.

    Raises:
        typer.Exit: one of them is unknown or not installed.
    """
    from simulation.analysis.executor import BACKEND, known_backend
    from simulation.analysis.unknown import UnknownName

    _floor_usable()

    of_environment = os.environ.get(BACKEND)
    given = BACKEND if backend in (None, of_environment) else "--backend"  # an option has the environment's value too
    backend = backend or of_environment
    if not backend:
        return
    from joblib import parallel_config

    try:
        known_backend(backend)
    except UnknownName as error:
        raise refuse(joined((Verbatim(given), error.phrase), ": ")) from None
    try:
        if backend == "ray":
            from ray.util.joblib import register_ray  # type: ignore[import-not-found, unused-ignore]

            register_ray()
        with parallel_config(backend=backend):
            from joblib.parallel import get_active_backend

            if not get_active_backend()[0].supports_return_generator:
                raise ValueError(worded("backend-all-at-once"))
    except (ValueError, ImportError) as error:
        said = "backend-missing" if isinstance(error, ImportError) else "backend-alone"
        why = error.args[0] if error.args and isinstance(error.args[0], Phrase) else worded(said)
        raise refuse(worded("backend-unusable", given=given, backend=repr(backend), why=why)) from None


def _floor_usable() -> None:
    """Says, once for each installation, that there is no compiled floor, where nobody chose one.

    Raises:
        typer.Exit: the floor that was asked for cannot be had.
    """
    from simulation.floor.choice import HERE, FloorError, asked, hindrance

    try:
        if asked() is not None or (why := hindrance()) is None:
            return
    except FloorError as error:
        raise refuse(error.phrase) from None
    from platformdirs import user_cache_path

    installation = blake2b(f"{HERE}\0{why}".encode(), digest_size=8).hexdigest()
    told = user_cache_path("sales-sim", appauthor=False) / f"told-floor-{installation}"
    with suppress(OSError):  # where nothing can be remembered it is said again
        if told.exists():
            return
        told.parent.mkdir(parents=True, exist_ok=True)
        told.touch()
    warn(worded("floor-objects-only", why=why))


def command_line() -> list[str]:
    """The command line as a record keeps it: without the interpreter and folders of this machine."""
    return [Path(sys.argv[0]).name, *sys.argv[1:]]


class Progress:
    """A bar of finished replications, as a context; silent in a pipe or when quiet."""

    def __init__(self, quiet: bool) -> None:
        """Quiet shows nothing."""
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        if not quiet and sys.stderr.isatty():
            from rich import progress

            self._bar = progress.Progress(
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TimeRemainingColumn(),
                console=remarks(),
                transient=True,
            )

    def __enter__(self) -> Progress:
        """Starts to show."""
        if self._bar is not None:
            self._bar.start()
            self._task = self._bar.add_task(words()("progress-replications"), total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clears the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def update(self, done: int, total: int) -> None:
        """So many replications of so many are done."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def step(self, step: Step) -> None:
        """So far a study is: what it looks for, and what is ahead."""
        if self._bar is not None and self._task is not None:
            text = spoken(step.what or worded("progress-replications"))
            if step.leader:
                text = words()("progress-ahead", what=text, leader=step.leader)
            self._bar.update(self._task, description=text, completed=step.done, total=step.total)


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
    from simulation.study.lab import Lab

    with (
        store_used(how.store, how.no_store) as kept,
        on_cluster(how.cluster, how.backend),
        Progress(quiet=how.quiet) as progress,
    ):
        yield Lab(jobs=workers(how.jobs, how.cluster), backend=how.backend, store=kept, watch=progress.step)
