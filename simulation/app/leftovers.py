"""What years leave behind in a process that goes on for days, and when it is let go of.

Worlds and tables of a department are kept, so that the same years of it are sooner there another time. A department
that is being described is another one after each change, and nobody comes back to what was drawn for the one before.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

MANY = 24
"""Years of departments that are no more, after which what they left behind is let go of."""


class Leftovers:
    """Of one process."""

    def __init__(self) -> None:
        """There are none: what the process has loaded so far stays, and is not searched for garbage any more."""
        gc.collect()
        gc.freeze()
        self._of: bytes = b""
        self._years = 0

    def begin(self, department: bytes, years: int) -> None:
        """Years of a department are going to be played, each of them once; those of another one are let go of.

        Args:
            department: of which, packed.
            years: how many.
        """
        from simulation.analysis import worlds

        if department != self._of and self._years >= MANY:
            self.sweep()
        if not self._years:
            worlds.forget(room=0)
        self._of = department
        self._years += years

    def end(self) -> None:
        """A task has ended; what a question has left behind is let go of, and years of a department may go on."""
        if not self._years:
            self.sweep()

    def sweep(self) -> None:
        """Lets go of everything, and gives the room back to the machine."""
        from simulation.analysis import worlds
        from simulation.department.plan import plan

        self._years = 0
        worlds.forget()
        plan.forget()
        gc.collect()
        with suppress(OSError, AttributeError):  # another C library than glibc gives it back by itself
            ctypes.CDLL(None).malloc_trim(0)
