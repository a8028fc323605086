"""The progress bar: on a terminal only, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from simulation.cli.console import remarks
from simulation.cli.language import spoken, words
from simulation.texts import worded

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from simulation.study.lab import Step


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
