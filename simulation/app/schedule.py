"""Whose years are played next: the drafts take turns at each look, so that no tab waits for the last year of another.

A draft that has changed starts again; what was still played for its earlier state is called off, and an answer to that
is never shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from simulation.app.drafts import Draft
from simulation.app.look import Look, next_look
from simulation.app.worker import Worker
from simulation.app.worker_process import Said
from simulation.scenario.scenario import Scenario


@dataclass
class _Wanted:
    draft: Draft
    scenario: Scenario
    version: int
    years: int
    turn: int


class Schedule:
    """Years of all drafts, one look at a time.

    Attributes:
        seen: told of each look, with its draft; None: the years of the draft's state could not be played.
    """

    def __init__(self, worker: Worker, seen: Callable[[Draft, Look | None], None]) -> None:
        """Nothing is wanted yet."""
        self._worker = worker
        self.seen = seen
        self._wanted: dict[str, _Wanted] = {}
        self._running: _Wanted | None = None
        self._turns = count(1)

    def want(self, draft: Draft) -> None:
        """Wants the years of a draft as it is now, unless they are there or under way."""
        if draft.look_of == draft.version and draft.look is not None and draft.look.last:
            return
        waiting = self._wanted.get(draft.id)
        if waiting is not None and waiting.version == draft.version:
            return
        made = _Wanted(draft, draft.scenario, draft.version, 0, next(self._turns))
        self._wanted[draft.id] = made
        if self._running is not None and self._running.draft is draft:
            self._running = None
            self._worker.call_off()
        self._go_on()

    def forget(self, draft: Draft) -> None:
        """Wants no more years of a draft."""
        self._wanted.pop(draft.id, None)
        if self._running is not None and self._running.draft is draft:
            self._running = None
            self._worker.call_off()
            self._go_on()

    @property
    def idle(self) -> bool:
        """Whether no years are wanted."""
        return not self._wanted

    def _go_on(self) -> None:
        if self._running is not None or not self._wanted:
            return
        wanted = min(self._wanted.values(), key=lambda each: (each.years, -each.turn))
        self._running = wanted
        total = wanted.scenario.experiment.replications
        until = next_look(wanted.years, total)

        def heard(said: Said) -> None:
            if self._running is not wanted:
                return
            self._running = None
            if self._wanted.get(wanted.draft.id) is wanted:
                self._took(wanted, until, said)
            self._go_on()

        self._worker.ask("app.years:look", heard, scenario=wanted.scenario, until=until, total=total)

    def _took(self, wanted: _Wanted, until: int, said: Said) -> None:
        draft = wanted.draft
        look = said.value if said.what == "done" else None
        wanted.years = until
        if look is None or look.last or until >= look.total:
            del self._wanted[draft.id]
        if draft.version == wanted.version:
            if look is not None:
                draft.look, draft.look_of = look, wanted.version
            self.seen(draft, look)
