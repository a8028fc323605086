"""Whose years are played next: the drafts take turns at each look, so that no tab waits for the last year of another.

A draft that has changed starts again; what was still played for its earlier state is called off, and an answer to that
is never shown. Variants of a draft are looked at once its own years are there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from simulation.app.drafts import Draft
from simulation.app.look import next_look
from simulation.app.worker import Worker
from simulation.app.worker_process import Said

What = Literal["years", "variants"]
DOES = {"years": "app.years:look", "variants": "app.variants:look"}


@dataclass
class _Wanted:
    draft: Draft
    what: What
    given: dict[str, Any]
    version: int
    total: int
    turn: int
    years: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.draft.id, self.what


class Schedule:
    """Years of all drafts, one look at a time.

    Attributes:
        seen: told of each look, with its draft and what it is a look at; None: it could not be played.
    """

    def __init__(self, worker: Worker, seen: Callable[[Draft, What, Any], None]) -> None:
        """Nothing is wanted yet."""
        self._worker = worker
        self.seen = seen
        self._wanted: dict[tuple[str, str], _Wanted] = {}
        self._running: _Wanted | None = None
        self._turns = count(1)

    def want(self, draft: Draft) -> None:
        """Wants the years of a draft as it is now, and of its variants, unless they are there or under way."""
        scenario = draft.scenario
        total = scenario.experiment.replications
        if not (draft.look_of == draft.version and draft.look is not None and draft.look.last):
            self._add(draft, "years", {"scenario": scenario}, total)
        variants = {each.name: each.scenario for each in draft.variants}
        if not variants:
            self._drop(draft, "variants")
        elif not (draft.beside_of == draft.version and draft.beside is not None and draft.beside.last):
            latest = draft.variants[-1].name
            ordered = {latest: variants.pop(latest), **variants, NOW: scenario}
            self._add(draft, "variants", {"scenarios": ordered}, total)
        self._go_on()

    def _add(self, draft: Draft, what: What, given: dict[str, Any], total: int) -> None:
        waiting = self._wanted.get((draft.id, what))
        if waiting is not None and waiting.version == draft.version:
            return
        self._drop(draft, what)
        self._wanted[draft.id, what] = _Wanted(draft, what, given, draft.version, total, next(self._turns))

    def _drop(self, draft: Draft, what: What) -> None:
        wanted = self._wanted.pop((draft.id, what), None)
        if wanted is not None and self._running is wanted:
            self._running = None
            self._worker.call_off()

    @property
    def idle(self) -> bool:
        """Whether no years are wanted."""
        return not self._wanted

    def _go_on(self) -> None:
        if self._running is not None or not self._wanted:
            return
        wanted = min(self._wanted.values(), key=lambda each: (each.what == "variants", each.years, -each.turn))
        self._running = wanted
        until = next_look(wanted.years, wanted.total)

        def heard(said: Said) -> None:
            if self._running is not wanted:
                return
            self._running = None
            if self._wanted.get(wanted.key) is wanted:
                self._took(wanted, until, said)
            self._go_on()

        self._worker.ask(DOES[wanted.what], heard, **wanted.given, until=until, total=wanted.total)

    def _took(self, wanted: _Wanted, until: int, said: Said) -> None:
        draft = wanted.draft
        look = said.value if said.what == "done" else None
        wanted.years = until
        if look is None or until >= wanted.total:
            del self._wanted[wanted.key]
        if draft.version != wanted.version:
            return
        if look is not None and wanted.what == "years":
            draft.look, draft.look_of = look, wanted.version
        elif look is not None:
            draft.beside, draft.beside_of = look, wanted.version
        self.seen(draft, wanted.what, look)


NOW = ""
"""Name of a department as it is now, among its variants."""
