"""The office: one clock for all, doors that open and close; lives, rhythms and alarms.

What happens in time is one of three. A *life* is a SimPy process (`env.process`, `timeout`, `interrupt`): a career, a
search for somebody, a notice, an intervention, a weekly or monthly routine, a distributor. A piece of work is an
*alarm*: one event of the heap, for there are hundreds of thousands of them. A customer's orders, requests and reviews
are *rhythms*, alarms that a generator sets again and again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Generator
from heapq import heappop, heappush
from math import inf

from simpy import Environment
from simpy.events import NORMAL, URGENT, Event, EventPriority, Process, ProcessGenerator
from simpy.exceptions import Interrupt

from simulation.department.plan.hours import Openings
from simulation.scenario.calendar import WorkingCalendar

SHIFT_BREAK = 6.0  # hours; a shorter break (lunch) lies inside a working day


class Year(Environment):
    """SimPy's environment with absolute times, a tight loop, and processes that begin at once.

    SimPy's `run` calls `step` for every event, which empties a list of callbacks and tests for failed events; an alarm
    has one function to call, and what fails inside it raises. Absolute times keep a schedule exact to the bit.
    """

    def at(self, when: float, alarm: Alarm, priority: EventPriority = NORMAL) -> None:
        """Let an alarm ring at a time; URGENT ones come before others of the same time."""
        heappush(self._queue, (when, priority, next(self._eid), alarm))

    def until(self, when: float) -> Event:
        """What a process yields to go on at a time (`timeout(hours)`: after so many hours)."""
        moment = Event(self)
        moment._ok, moment._value = True, None
        heappush(self._queue, (when, NORMAL, next(self._eid), moment))
        return moment

    def process(self, generator: ProcessGenerator) -> Life:
        """Let somebody or something live; it begins at once, and ends early when it is interrupted."""
        return Life(self, generator)

    def rhythm(self, beats: Generator[float, None, None]) -> None:
        """Let a generator go on again and again, after the hours that it yields."""

        def go_on(_: Event) -> None:
            for hours in beats:
                if hours < inf:
                    self.at(self._now + hours, alarm)
                break

        alarm = Alarm(self, go_on)
        go_on(alarm)

    def live_until(self, end: float) -> None:
        """Process all events before `end`, then stand at `end`."""
        queue = self._queue
        while queue and queue[0][0] < end:
            self._now, _, _, event = heappop(queue)
            if event.__class__ is Alarm:
                event.ring(event)
                continue
            callbacks = event.callbacks
            event.callbacks = None  # type: ignore[assignment]
            for callback in callbacks:
                callback(event)
            if not event._ok and not event.defused:
                raise event._value
        self._now = end


class Alarm(Event):
    """A reusable event that calls one function when it rings, and may be set again.

    A person works on one thing at a time, so one alarm serves for a whole career; SimPy's own `Timeout` would be a new
    object for every piece of work.
    """

    def __init__(self, env: Environment, ring: Callable[[Event], None]) -> None:
        self.env = env
        self.ring = ring


class Life(Process):
    """A process that begins at once, within the event that brings it about, and that an interrupt ends.

    SimPy's own begins by an event of its own, after whatever else this event does: a newcomer would sit down only after
    colleagues have looked around for work.
    """

    def __init__(self, env: Environment, generator: ProcessGenerator) -> None:
        Event.__init__(self, env)
        self._generator = _until_interrupted(generator)
        self._generator.__name__ = generator.__name__  # type: ignore[attr-defined]  # what SimPy calls the process
        first = Event(env)
        first._ok, first._value = True, None
        outer = env.active_process
        self._resume(first)
        env._active_proc = outer

    def end(self) -> None:
        """End it now, if it goes on and is not what ends it."""
        if self.is_alive and self is not self.env.active_process:
            self.interrupt()


def _until_interrupted(generator: ProcessGenerator) -> ProcessGenerator:
    try:
        yield from generator
    except Interrupt:
        return


class Office:
    """A working time: that of the office, or of people with their own. `open` tells whether it is working time now.

    `at_work` counts what is open of the office's time and of those of its people, so 0 says that nobody works now.
    """

    def __init__(self, env: Year, calendar: WorkingCalendar) -> None:
        self.env = env
        self.clock = calendar.clock()
        self.always_open = calendar.opens[0] == 0.0 and calendar.closes[0] == inf
        self.open = self.always_open
        self.at_work = int(self.open)
        self._whole = self  # the office whose people these are
        openings = Openings.of(calendar)
        self._opens, self._closes = openings.opens.tolist(), openings.closes.tolist()
        self.first_opening = self._opens[0]
        self._shifts = iter(zip(self._opens, self._closes, strict=True))
        self._until = inf
        self._closed_at = -inf
        self._day = 0
        self._opened: Callable[[], None] = lambda: None
        self._before = openings.before.tolist()

    def people(self, calendar: WorkingCalendar) -> Office:
        """The working time of people of this office who have their own."""
        own = Office(self.env, calendar)
        own._whole = self
        self.at_work += own.at_work
        return own

    def worked(self, t: float) -> float:
        """Working hours from the start until t."""
        if self.always_open:
            return t
        i = bisect_right(self._opens, t) - 1
        if i < 0 or t == inf:  # before the first opening; all that the calendar knows
            return self._before[max(i, 0)]
        return self._before[i] + min(t, self._closes[i]) - self._opens[i]

    def next_open(self, t: float) -> float:
        """The first working moment at or after t."""
        return self.clock.start(t)

    def between(self, t0: float, t1: float) -> float:
        """Working hours from t0 to t1."""
        return t1 - t0 if self.always_open else self.worked(t1) - self.worked(t0)

    def begin(self, opened: Callable[[], None]) -> None:
        """Open and close with the calendar; at each opening call `opened`."""
        self._opened = opened
        if not self.always_open:
            self._await_opening()

    def day(self, now: float) -> int:
        """Number of the working day: a break of less than SHIFT_BREAK hours does not end it; else the date."""
        return int(now // 24.0) if self.always_open else self._day

    def _await_opening(self) -> None:
        now = self.env._now
        at, self._until = next(self._shifts)
        while self._until <= now:  # where the first who keep these hours come in the middle of a run
            at, self._until = next(self._shifts)
        if at < inf:
            self.env.at(max(at, now), Alarm(self.env, self._opens_now), URGENT)

    def _opens_now(self, _: Event) -> None:
        self.open = True
        self._whole.at_work += 1
        if self.env._now - self._closed_at >= SHIFT_BREAK:
            self._day += 1
        if self._until < inf:
            # Before whatever else happens at this moment: work that ends with the day is not followed by more.
            self.env.at(self._until, Alarm(self.env, self._closes_now), URGENT)
        self._opened()

    def _closes_now(self, _: Event) -> None:
        self.open = False
        self._whole.at_work -= 1
        self._closed_at = self.env._now
        self._await_opening()
