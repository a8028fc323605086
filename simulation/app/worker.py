"""The server's side of a process that simulates: it is given tasks, called off, ended and started anew.

A newer task takes the place of the one before: that one is called off, and where it does not end at once the process
is ended and another one started. What an older task still says is not heard any more.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from simulation.app.worker_process import READY, STOP, Said, Task, main

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

GRACE = 0.3
"""Seconds in which a task that is called off may end by itself."""

Heard = Callable[[Said], None]


@dataclass
class _Running:
    """A process with its pipe."""

    process: SpawnProcess
    pipe: Connection


class Worker:
    """A process that simulates, kept warm.

    All of it is called in the server's loop.

    Attributes:
        busy: number of the task in hand; 0 while there is none.
        started: how many processes have been started.
    """

    def __init__(self, store: str, cores: int) -> None:
        """Notes what a process is started with; nothing is started yet.

        Args:
            store: file of finished years; '' keeps none.
            cores: to work on.
        """
        self._given = store, cores
        self._running: _Running | None = None
        self._ready = asyncio.Event()
        self._numbers = 0
        self._heard: Heard | None = None
        self._task: Task | None = None
        self.busy = 0
        self.started = 0
        self._ended = False
        self._last: SpawnProcess | None = None

    def start(self) -> None:
        """Starts the process in the background, unless it is there."""
        if self._running is not None or self._ended:
            return
        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        process = context.Process(target=main, args=(far, *self._given), name="sales-sim-worker")
        process.start()
        far.close()
        self.started += 1
        self._ready.clear()
        running = self._running = _Running(process, near)
        loop = asyncio.get_running_loop()
        threading.Thread(target=_listen, args=(running, loop, self._told), daemon=True).start()

    @property
    def pid(self) -> int | None:
        """Number of the process; None where there is none."""
        return self._running.process.pid if self._running is not None else None

    def ask(self, does: str, heard: Heard, **given: Any) -> int:
        """Gives a task, in place of the one in hand.

        Args:
            does: 'module:function' below `simulation`.
            heard: told what is said of it, in the loop.
            given: plain values for the function.

        Returns:
            Its number.
        """
        if self.busy:
            self.call_off()
        self._numbers += 1
        self._task = Task(self._numbers, does, given)
        self._heard, self.busy = heard, self._numbers
        self.start()
        self._send(self._task)
        return self._numbers

    def call_off(self) -> None:
        """Ends the task in hand; nothing more is heard of it."""
        if not self.busy:
            return
        number, running = self.busy, self._running
        self.busy, self._heard, self._task = 0, None, None
        self._send(Task(number, STOP))
        if running is not None:
            asyncio.get_running_loop().call_later(GRACE, self._see_that_it_ended, running, number)
            self._pending = number

    _pending = 0

    def _see_that_it_ended(self, running: _Running, number: int) -> None:
        """Ends a process that has not let go of a task, and starts another one, with the newer task if there is one."""
        if self._running is not running or self._pending != number:
            return
        if not self._ready.is_set():
            return  # it has not begun to listen yet, and will hear both at once
        self._end_process()
        self.start()
        if self._task is not None:
            self._send(self._task)

    def _send(self, task: Task) -> None:
        if self._running is not None:
            with suppress(OSError, ValueError):
                self._running.pipe.send(task)

    def _told(self, running: _Running, said: Said | None) -> None:
        """What a process said; None: it has ended, and nobody reads its pipe any more."""
        if said is None:
            running.pipe.close()
        if running is not self._running:
            return
        if said is None:
            self._gone()
            return
        if said.what == READY:
            self._ready.set()
            return
        if said.number == self._pending and said.what in ("off", "done", "failed"):
            self._pending = 0
        if said.number != self.busy:
            return  # of a task that nobody wants any more
        heard = self._heard
        if said.what in ("done", "failed", "off"):
            self.busy, self._heard, self._task = 0, None, None
        if heard is not None:
            heard(said)

    def _gone(self) -> None:
        """The process ended by itself: the task failed, and another process is started."""
        number, heard = self.busy, self._heard
        self._end_process()
        self.busy, self._heard, self._task = 0, None, None
        if number and heard is not None:
            heard(Said(number, "failed", None))
        self.start()

    def _end_process(self) -> None:
        running, self._running = self._running, None
        self._pending = 0
        if running is None:
            return
        # The pipe stays open until whoever reads it has seen its end: its number would go to the next pipe meanwhile.
        running.process.terminate()
        threading.Thread(target=_reap, args=(running.process,), daemon=True).start()

    def end(self) -> None:
        """Ends the process for good; whoever waits for it asks `gone`."""
        self._ended = True
        if self._running is not None:
            self._last = self._running.process
        self._end_process()

    def gone(self, within: float) -> None:
        """Waits until the process that was ended is gone; it is killed after so many seconds."""
        if self._last is not None:
            self._last.join(within)
            if self._last.is_alive():
                self._last.kill()
            self._last = None


def _listen(running: _Running, loop: asyncio.AbstractEventLoop, told: Callable[[_Running, Said | None], None]) -> None:
    """Hands on what a process says, until it ends."""
    while True:
        said: Said | None
        try:
            said = running.pipe.recv()
        except Exception:  # it has ended, or was ended in the middle of a word
            said = None
        with suppress(RuntimeError):  # the loop has ended before
            loop.call_soon_threadsafe(told, running, said)
        if said is None:
            return


def _reap(process: SpawnProcess) -> None:
    """Waits until a process that was told to end is gone, so that it does not stay as a zombie."""
    process.join(2)
    if process.is_alive():
        process.kill()
        process.join()
