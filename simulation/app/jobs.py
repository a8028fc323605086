"""Questions that take a while: one at a time and one that waits, each with its progress, time left and a real cancel.

What is worked out in the background (where the answer flips, whether last year comes out) gives way to whoever asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from simulation.app.drafts import Draft, Taken
from simulation.app.streams import Streams
from simulation.app.worker import Worker
from simulation.app.worker_process import Said
from simulation.texts import Phrase

State = Literal["waiting", "running", "done", "failed", "stopped"]

QUESTIONS: dict[str, str] = {
    "best": "app.asking:at_their_best",
    "optimise": "app.asking:answer",
    "threshold": "app.asking:answer",
    "explain": "app.asking:answer",
    "sensitivity": "app.asking:answer",
    "check": "app.asking:answer",
}
"""Questions of the page, by kind of study (but for each structure at its best), and what answers them."""
TAKEN: dict[str, str] = {
    "page": "app.taking:page",
    "copy": "app.taking:copy",
    "book": "app.taking:book",
    "charts": "app.taking:charts",
}
"""What can be taken away and takes a while to make."""
RECORDS, RECORDS_FIT = "records", "records-fit"
OF_RECORDS = {RECORDS: "app.records:look", RECORDS_FIT: "app.records:fit"}
"""What is done with exports that were sent."""
FLIPS, LAST_YEAR = "flips", "last-year"
BACKGROUND = {FLIPS: "app.flips:flips", LAST_YEAR: "app.flips:last_year"}
"""What is worked out while nobody asks for anything."""


@dataclass
class Job:
    """A question of a draft.

    Attributes:
        draft: whose.
        version: of the draft when it was asked.
        kind: of `QUESTIONS`, `TAKEN`, `OF_RECORDS` or `BACKGROUND`.
        given: options of the question.
        state: how far it is.
        what: is being looked for.
        done, total: replications of this step.
        began: when it began, seconds of the clock that only grows.
        since: when this step began.
        result: what came out: HTML of a question; plain values in the background; a phrase where it failed.
    """

    draft: Draft
    version: int
    kind: str
    given: Mapping[str, str] = field(default_factory=dict)
    state: State = "waiting"
    what: str = ""
    done: int = 0
    total: int = 0
    began: float = 0.0
    since: float = 0.0
    result: Any = None

    @property
    def background(self) -> bool:
        """Whether nobody asked for it."""
        return self.kind in BACKGROUND

    @property
    def left(self) -> float | None:
        """Seconds that this step will take, about; None where nobody knows yet."""
        spent = time.monotonic() - self.since
        if self.state != "running" or self.done < 2 or spent < 1:
            return None
        return spent / self.done * (self.total - self.done)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state in ("done", "failed", "stopped")


class Jobs:
    """The jobs of all drafts."""

    def __init__(self, worker: Worker, streams: Streams, said: Callable[[Draft, str], None]) -> None:
        """None yet; the process is started with the first one."""
        self.worker = worker
        self._streams = streams
        self._said = said
        self._running: Job | None = None
        self._waiting: Job | None = None
        self._last: dict[str, Job] = {}
        self.full: set[str] = set()

    def of(self, draft: Draft) -> Job | None:
        """The last question of a draft; None without one."""
        return self._last.get(draft.id)

    def start(self, draft: Draft, form: Mapping[str, str]) -> bool:
        """Asks a question; whether there was room for it."""
        kind = form.get("kind", "")
        if kind not in QUESTIONS | TAKEN | (OF_RECORDS if draft.folder else {}):
            return False
        self.full.discard(draft.id)
        job = Job(draft, draft.version, kind, dict(form))
        if self._running is not None and not self._running.background:
            if self._waiting is not None:
                self.full.add(draft.id)
                return False
            self._waiting = job
        else:
            self._give_way()
            self._begin(job)
        self._last[draft.id] = job
        if len(self._last) > 200:
            self._last.pop(next(iter(self._last)))
        self._said(draft, "jobs")
        return True

    def stop(self, draft: Draft, which: str) -> None:
        """Calls the question of a draft off, whether it runs or waits."""
        job = self._last.get(draft.id)
        if job is None or job.ended:
            return
        job.state = "stopped"
        if self._waiting is job:
            self._waiting = None
        if self._running is job:
            self._running = None
            self.worker.call_off()
            self._next()
        self._said(draft, "jobs")

    def forget_older(self, draft: Draft) -> None:
        """Calls off what is worked out in the background of an earlier state of a draft."""
        running = self._running
        if running is not None and running.background and running.draft is draft and running.version != draft.version:
            self._give_way()
            self._next()

    def quiet(self, draft: Draft, idle: bool) -> None:
        """All years of a draft are there: what else its page shows may be worked out now."""
        if not idle or self._running is not None or not self._streams.listened(draft.id):
            return
        for kind in BACKGROUND:
            if kind == LAST_YEAR and draft.scenario.history is None:
                continue
            if kind == FLIPS and len(draft.scenario.structures) < 2:
                continue
            known = draft.found.get(kind)
            if known is None or known[0] != draft.version:
                self._begin(Job(draft, draft.version, kind))
                return

    def tell(self, draft: Draft) -> None:
        """Tells the tabs of a draft how its question stands."""
        if draft.id in self._last:
            self._said(draft, "jobs")
        for kind in BACKGROUND:
            if kind in draft.found:
                self._said(draft, kind)

    def end(self) -> None:
        """Ends the process."""
        self._running = self._waiting = None
        self.worker.end()

    def _give_way(self) -> None:
        if self._running is not None:
            self._running.state = "stopped"
            self._running = None
            self.worker.call_off()

    def _begin(self, job: Job) -> None:
        job.state, job.began, job.since = "running", time.monotonic(), time.monotonic()
        self._running = job
        given: dict[str, Any] = {"scenario": job.draft.scenario}
        if not job.background:
            given |= {"given": {**job.given, "folder": job.draft.folder}, "language": job.draft.language}
        if job.kind in QUESTIONS and job.kind != "best":
            given["kind"] = job.kind
        self.worker.ask(
            (QUESTIONS | TAKEN | OF_RECORDS | BACKGROUND)[job.kind], lambda said: self._heard(job, said), **given
        )

    def _heard(self, job: Job, said: Said) -> None:
        if self._running is not job:
            return
        if said.what == "step":
            what, done, total = said.value
            if (what, total) != (job.what, job.total) or done < job.done:
                job.since = time.monotonic()
            job.what, job.done, job.total = what, done, total
            if not job.background:
                self._said(job.draft, "jobs")
            return
        if said.what == "partial":
            self._found(job, said.value)
            return
        self._running = None
        job.state = "done" if said.what == "done" else "failed"
        job.result = said.value if said.what == "done" else _why(said.value)
        if job.kind in TAKEN and job.state == "done":
            job.draft.taken[job.kind] = Taken(job.version, *said.value)
            job.result = None
        if job.kind == RECORDS_FIT and job.state == "done":
            job.result, scenario = said.value
            job.draft.begin_from(scenario)
            job.version = job.draft.version
        if job.background:
            self._found(job, said.value if said.what == "done" else None)
        else:
            self._said(job.draft, "jobs")
        self._next()

    def _found(self, job: Job, value: Any) -> None:
        if job.version == job.draft.version:
            job.draft.found[job.kind] = (job.version, value)
            self._said(job.draft, job.kind)

    def _next(self) -> None:
        if self._running is not None:
            return
        if self._waiting is not None:
            job, self._waiting = self._waiting, None
            self._begin(job)
            self._said(job.draft, "jobs")
            return
        for job in reversed(self._last.values()):
            self.quiet(job.draft, True)


def _why(value: Any) -> Phrase | None:
    return value[0] if isinstance(value, tuple) else None
