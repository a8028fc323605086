"""Workers that are forks of this process: they have loaded what it has, where a new process needs half a second for it.

Only for a program that is the command line's own (`allow`), on Linux: a fork takes along whatever state its parent is
in, which a library must not do to the program that uses it. Workers stay until the program ends or has no more use for
them; each has a pipe of its own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

AHEAD = 32_768
"""Bytes of a task that may be sent while its worker is busy: pipes hold twice as much, so nobody waits for anybody."""

_allowed = False


class LostWorker(RuntimeError):
    """A worker ended before its work was done."""


def allow() -> None:
    """From now on workers of this program may be its forks."""
    global _allowed
    _allowed = True


def possible() -> bool:
    """Whether workers can be forks here and now: not below another worker, and not of a thread beside the main one."""
    if not _allowed or sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return False
    import multiprocessing

    return not multiprocessing.current_process().daemon


def cores() -> int:
    """Cores that this process may use, by its affinity and by the quota of its control group."""
    count = len(os.sched_getaffinity(0))
    try:
        with open("/sys/fs/cgroup/cpu.max", encoding="ascii") as file:
            quota, period = file.read().split()
        if quota != "max":
            count = min(count, max(1, -(-int(quota) // int(period))))
    except (OSError, ValueError):
        pass
    return count


class Crew:
    """Workers that do one kind of work.

    Args:
        work: what each does with a task; module level, since it is found by the fork and not sent.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work
        self._pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []

    def _grow(self, count: int) -> None:
        """See that there are so many."""
        import multiprocessing
        import warnings

        context = multiprocessing.get_context("fork")
        while len(self._pipes) < count:
            here, there = context.Pipe()
            process = context.Process(target=_life, args=(there, [here, *self._pipes], self._work), daemon=True)
            with warnings.catch_warnings():
                # whoever draws the progress bar is a thread, and no worker draws or prints
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            there.close()
            self._pipes.append(here)
            self._processes.append(process)

    @property
    def whole(self) -> bool:
        """Whether all workers are there."""
        return all(process.is_alive() for process in self._processes)

    def results(self, tasks: Iterable[Any], count: int) -> Generator[Any, None, None]:
        """What comes of tasks, as they are done; a task is made when there is somebody to do it.

        Closed before the end, the crew is of no more use, and ends.

        Args:
            tasks: whatever pickle can pack.
            count: of workers that share them.

        Raises:
            LostWorker: a worker was killed.
            Exception: whatever the work raised.
        """
        from multiprocessing.connection import wait
        from multiprocessing.reduction import ForkingPickler

        self._grow(count)
        left, busy = iter(tasks), dict.fromkeys(self._pipes[:count], 0)
        waiting: list[memoryview] = []  # a task that is too large to be sent ahead

        def give(pipe: Connection) -> None:
            while busy[pipe] < 2:
                packed = waiting.pop() if waiting else None
                if packed is None:
                    task = next(left, None)
                    if task is None:
                        return
                    packed = ForkingPickler.dumps(task)
                if busy[pipe] and len(packed) > AHEAD:
                    waiting.append(packed)
                    return
                pipe.send_bytes(packed)
                busy[pipe] += 1

        done = False
        try:
            for pipe in busy:
                give(pipe)
            while any(busy.values()):
                ready = wait([pipe for pipe, count in busy.items() if count])
                for pipe in [pipe for pipe in busy if pipe in ready]:
                    failed, result = pipe.recv()
                    busy[pipe] -= 1
                    if failed:
                        raise result
                    give(pipe)
                    yield result
            done = True
        except (EOFError, ConnectionError) as error:
            raise LostWorker("a worker ended before its work was done") from error
        finally:
            if not done:
                self.end()

    def end(self) -> None:
        """Send everybody home."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()


def _life(pipe: Connection, others: list[Connection], work: Callable[[Any], Any]) -> None:
    """The life of a worker: tasks, until nobody is there who sends any."""
    import gc

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; the parent answers
    for other in others:
        other.close()
    gc.freeze()  # what the parent has made is no garbage of the worker's
    try:
        while True:
            task = pipe.recv()
            try:
                answer = (False, work(task))
            except Exception as error:
                answer = (True, error)
            pipe.send(answer)
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)  # without the parent's last words


_last: tuple[tuple[object, ...], Crew] | None = None


def crew(work: Callable[[Any], Any], of: tuple[str, ...] = ()) -> Crew:
    """The crew of this program; a new one where the last one is of no more use.

    Args:
        work: what they do.
        of: what else they have taken along from their parent and must be as it is now.
    """
    global _last
    key = (work, of)
    if _last is not None and (_last[0] != key or not _last[1].whole):
        _last[1].end()
        _last = None
    if _last is None:
        _last = key, Crew(work)
    return _last[1]
