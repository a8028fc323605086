"""What goes on in the process that simulates: it takes tasks from a pipe, one at a time, and says how far it is.

A task has a number; whatever is said of it bears that number. Between two years the process looks into the pipe: a
task that was called off, or for which a newer one has come, ends there. It ends itself when the pipe is closed. One
more process (`help_out`) plays every other year on a second core.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from simulation.app.leftovers import Leftovers

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from simulation.analysis.runs import Shelf
    from simulation.scenario.scenario import Scenario

READY, STOP = "ready", "stop"


class CalledOffError(KeyboardInterrupt):
    """A task was called off, or the pipe is closed; as an interruption it passes through every study."""


@dataclass(frozen=True)
class Task:
    """Something to do.

    Attributes:
        number: of the request; what is said of it bears it.
        does: 'module:function' below `simulation`, called with the desk and what follows.
        given: plain values for it.
    """

    number: int
    does: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What a process says.

    Attributes:
        number: of the task.
        what: 'ready', 'partial', 'step', 'done', 'failed' or 'off' (called off).
        value: plain values.
    """

    number: int
    what: str
    value: Any = None


@dataclass
class Desk:
    """What a task has at hand.

    Attributes:
        pipe: to the server.
        number: of the task.
        store: finished years to take from and to add to; None without one.
        memory: measures of years, over the store.
        helper: plays years on a second core; None where there is but one.
        leftovers: of the years that were played in this process.
    """

    pipe: Connection
    number: int = 0
    store: Shelf | None = None
    memory: Any = None
    helper: Helper | None = None
    leftovers: Leftovers | None = None
    _waiting: list[Task] = field(default_factory=list)
    _closed: bool = False

    def say(self, what: str, value: Any = None) -> None:
        """Says something of the task in hand."""
        with suppress(OSError, ValueError):  # the server has gone
            self.pipe.send(Said(self.number, what, value))

    def look(self) -> None:
        """Ends the task in hand where somebody wants it ended.

        Raises:
            CalledOffError: somebody does.
        """
        while not self._closed and self.pipe.poll():
            self._take()
        if self._closed or any(task.does == STOP and task.number == self.number for task in self._waiting):
            raise CalledOffError

    def next(self) -> Task | None:
        """Waits for the next task; None where no more will come."""
        while True:
            while self._waiting:
                task = self._waiting.pop(0)
                if task.does != STOP:
                    return task
            if self._closed:
                return None
            self._take()

    def _take(self) -> None:
        try:
            self._waiting.append(self.pipe.recv())
        except (EOFError, OSError):
            self._closed = True


def main(pipe: Connection, store: str, cores: int) -> None:
    """Does tasks until the pipe is closed.

    Args:
        pipe: to the server.
        store: file of finished years; '' keeps none.
        cores: to work on.
    """
    _alone()
    desk = Desk(pipe)
    opened = _store(store)
    desk.store = opened
    if cores > 1:
        desk.helper = Helper()
    _warm_up()
    desk.memory = _memory(opened)
    desk.leftovers = Leftovers()
    desk.say(READY)
    try:
        while (task := desk.next()) is not None:
            desk.number = task.number
            _do(desk, task)
            desk.leftovers.end()
    except KeyboardInterrupt:
        pass
    finally:
        if desk.helper is not None:
            desk.helper.end()
        if opened is not None:
            opened.close()


def _do(desk: Desk, task: Task) -> None:
    from importlib import import_module

    home, _, name = task.does.partition(":")
    try:
        desk.look()
        desk.say("done", getattr(import_module(f"simulation.{home}"), name)(desk, **task.given))
    except CalledOffError:
        desk.say("off")
    except KeyboardInterrupt:
        desk.say("off")
    except Exception as error:  # whatever goes wrong in one task must not end the process; it is told
        from simulation.texts import phrase_of

        desk.say("failed", (phrase_of(error), traceback.format_exc()))


def _alone() -> None:
    """Ctrl-C reaches every process of a terminal; only the server answers it, and tells this one by the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _store(path: str) -> Any:
    from pathlib import Path

    if not path:
        return None
    from simulation.store import StoreError, open_store

    try:
        return open_store(Path(path))
    except StoreError:
        return None  # every year is simulated anew; nothing else changes


def _memory(store: Any) -> Any:
    from simulation.app.years import Memory

    return Memory(store)


def _warm_up() -> None:
    """Loads what the first task would have to wait for."""
    from simulation.analysis.executor import played
    from simulation.app.years import look_at
    from simulation.intake.starter import starter_text
    from simulation.sense.loader import load_text

    scenario = load_text(starter_text())
    look_at(scenario, {number: played(scenario, tuple(scenario.structures), number, False) for number in range(2)}, 3)


class Helper:
    """One more process that plays years."""

    def __init__(self) -> None:
        """Starts it."""
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        self.pipe, far = context.Pipe()
        self.process: SpawnProcess = context.Process(target=help_out, args=(far,), name="sales-sim-helper")
        self.process.start()
        far.close()
        self._asked = 0

    def ask(self, packed: bytes, names: tuple[str, ...], numbers: Sequence[int]) -> bool:
        """Asks for years of a scenario in place of those before; whether it could be asked."""
        self._asked += 1
        try:
            self.pipe.send((self._asked, packed, names, list(numbers)))
        except OSError:
            return False
        return True

    def got(self, wait: float = 0.0) -> tuple[int, Any] | None:
        """A year of those asked for last that it has finished, with its number; None where it has none yet.

        Raises:
            EOFError: it has gone.
        """
        while self.pipe.poll(wait):
            asked, number, result = self.pipe.recv()
            if asked == self._asked:
                return number, result
        return None

    def end(self) -> None:
        """Ends it."""
        with suppress(OSError):
            self.pipe.close()
        self.process.terminate()
        self.process.join(1)


def help_out(pipe: Connection) -> None:
    """Plays the years that it is asked for until the pipe is closed; a newer request ends the one before."""
    _alone()
    _warm_up()
    from simulation.analysis.executor import played

    known: tuple[bytes, Any] = (b"", None)
    leftovers = Leftovers()
    try:
        while True:
            asked, packed, names, numbers = pipe.recv()
            leftovers.begin(packed, len(numbers))
            if known[0] != packed:
                known = packed, pickle.loads(packed)
            for number in numbers:
                if pipe.poll():
                    break
                pipe.send((asked, number, played(known[1], names, number, False)))
    except (EOFError, OSError, KeyboardInterrupt):
        os._exit(0)


Took = Callable[[int, Any], None]


def play(desk: Desk, scenario: Scenario, names: tuple[str, ...], numbers: Sequence[int], took: Took) -> None:
    """Plays years under some structures, on two cores where there are two.

    Args:
        desk: of the task.
        scenario: its seed in it.
        names: of structures.
        numbers: of the years.
        took: called with the number and the outcome of each, in no order.

    Raises:
        CalledOffError: somebody wants no more of it.
    """
    from simulation.analysis.executor import played

    left, packed = list(numbers), _packed(scenario)
    theirs: set[int] = set()
    if desk.helper is not None and len(left) > 1:
        theirs = set(left[1::2])
        if not desk.helper.ask(packed, names, left[1::2]):
            theirs, desk.helper = set(), None
    mine = [number for number in left if number not in theirs]
    if desk.leftovers is not None:
        desk.leftovers.begin(packed, len(mine))
    try:
        while mine or theirs:
            desk.look()
            if theirs:
                _from_helper(desk, theirs, mine, took, 0.0 if mine else 0.02)
            if mine:
                number = mine.pop(0)
                took(number, played(scenario, names, number, False))
    except CalledOffError:
        if theirs and desk.helper is not None:
            desk.helper.ask(packed, names, [])  # it ends the years that nobody wants any more
        raise


def _packed(scenario: Scenario) -> bytes:
    """A scenario as it travels: no year asks how it was written."""
    light = scenario.model_copy()
    light._provenance = None
    return pickle.dumps(light)


def _from_helper(desk: Desk, theirs: set[int], mine: list[int], took: Took, wait: float) -> None:
    """Takes what the helper has finished; where it has gone, its years are played here."""
    assert desk.helper is not None
    try:
        while (found := desk.helper.got(wait)) is not None:
            number, outcome = found
            if number in theirs:
                theirs.discard(number)
                took(number, outcome)
            wait = 0.0
    except (EOFError, OSError):
        desk.helper = None
        mine += sorted(theirs)
        theirs.clear()
