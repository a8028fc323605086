"""The clock and the offices: lives go on in SimPy, all else in the kernel, in one order."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop

from simulation.department.office import Office, Year
from simulation.department.plan.hours import Openings
from simulation.floor.choice import Kernel
from simulation.scenario.calendar import WorkingCalendar


class CompiledYear(Year):
    """A year whose events but for those of lives are the kernel's; both take their numbers from one count."""

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self._kernel = kernel
        self._eid = kernel
        self.gives_notice: Callable[[int], None] = lambda employee: None  # reviews do

    def live_until(self, end: float) -> None:
        """Process all events before `end`, then stand at `end`."""
        queue, run = self._queue, self._kernel.run
        while True:
            if queue and queue[0][0] < end:
                when, urgency, number, _ = queue[0]
                leaver = run(when, urgency, number)
            else:
                leaver = self._kernel.run_before(end)
                if leaver < 0:
                    break
            if leaver >= 0:
                self._now = self._kernel.now
                self.gives_notice(leaver)
                continue
            self._now, _, _, event = heappop(queue)
            callbacks = event.callbacks
            event.callbacks = None  # type: ignore[assignment]
            for callback in callbacks:
                callback(event)
            if not event._ok and not event.defused:
                raise event._value
        self._now = end


class CompiledOffice(Office):
    """An office whose doors are the kernel's. `number` is its row there."""

    def __init__(self, env: Year, calendar: WorkingCalendar, kernel: Kernel, first: bool = True) -> None:
        super().__init__(env, calendar)
        self._kernel = kernel
        openings = Openings.of(calendar)
        self.number = kernel.office(openings.opens, openings.closes, openings.before, self.always_open, first)

    def people(self, calendar: WorkingCalendar) -> CompiledOffice:
        """The working time of people of this office who have their own."""
        return CompiledOffice(self.env, calendar, self._kernel, first=False)

    def begin(self, opened: Callable[[], None]) -> None:
        """Open and close with the calendar; who begins to work then is known to the kernel."""
        self._kernel.open_and_close(self.number)
