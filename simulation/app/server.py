"""The routes of the owner's page. It holds no simulation: years are played by the processes of `worker`.

Start reading at `application`. Everything works by plain forms; where scripts run, `static/app.js` sends the same forms
and puts the answer into the page.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulation.app import firms
from simulation.app.drafts import Draft, Drafts, Wrong
from simulation.app.drawing import PAGES, Pages, explained
from simulation.app.jobs import OF_RECORDS, RECORDS, TAKEN, Jobs
from simulation.app.safety import Doors, Guard
from simulation.app.schedule import Schedule, What
from simulation.app.settling import FIGURE, settle, tried
from simulation.app.short import SHORT, department
from simulation.app.streams import Streams, TooManyError
from simulation.app.take_away import taken
from simulation.app.uploads import kept_name, scenarios_in
from simulation.app.worker import Worker
from simulation.scenario.scenario import Scenario
from simulation.texts import LANGUAGES, texts
from simulation.written.errors import ScenarioError

HERE = Path(__file__).parent
MOST_FIELDS, MOST_FILES, MOST_EXPORTS = 1_500, 1, 8


class Server:
    """What the routes share.

    Attributes:
        language: of whoever has not chosen one.
        drafts, streams, schedule, jobs, pages: as their modules say.
    """

    def __init__(self, language: str, store: str, cores: int, first: tuple[list[Scenario], str] | None) -> None:
        """Starts nothing.

        Args:
            language: of whoever has not chosen one.
            store: file of finished years; '' keeps none.
            cores: to work on.
            first: scenarios to begin with, all of one file, and its name.
        """
        self.language = language
        self.first = first
        self.drafts = Drafts()
        self.folder = tempfile.TemporaryDirectory(prefix="sales-sim-")
        self.streams = Streams()
        self.years = Worker(store, cores)
        self.schedule = Schedule(self.years, self._seen)
        self.jobs = Jobs(Worker(store, 1), self.streams, self._said)
        self.pages = Pages()

    def _seen(self, draft: Draft, what: What, look: Any) -> None:
        """Years have come: every tab of the draft is told."""
        if what == "variants":
            value = {"html": self.pages.beside(draft), "against": self.pages.against(draft)}
        else:
            value = {"html": self.pages.years(draft), "line": self.pages.line(draft)}
        self.streams.tell(draft.id, what, {"version": draft.version, **value})
        if look is not None and look.last:
            self.jobs.quiet(draft, self.schedule.idle)

    def _said(self, draft: Draft, kind: str) -> None:
        """A job of a draft has got on: every tab is told."""
        self.streams.tell(draft.id, kind, {"version": draft.version, "html": self.pages.part(kind, draft, self.jobs)})

    def moved(self, draft: Draft) -> None:
        """A draft may have changed: its years are wanted, and jobs of its earlier state are called off."""
        if draft.folder:
            return  # there is no department yet
        self.jobs.forget_older(draft)
        self.schedule.want(draft)

    # --- the beginning ------------------------------------------------------------------------------------------------

    async def start(self, request: Request) -> Response:
        """The page on which a department is begun."""
        language = self._language(request)
        if self.first is not None and "new" not in request.query_params and "lang" not in request.query_params:
            (scenario, *beside), name = self.first
            return _to(self.drafts.open(scenario, name, language, beside))
        return HTMLResponse(await run_in_threadpool(self.pages.start, language, ()))

    async def open(self, request: Request) -> Response:
        """Opens a shipped firm or a file that was sent."""
        language = self._language(request)
        async with request.form(max_files=MOST_FILES, max_fields=20) as form:
            language = str(form.get("lang", language)) if form.get("lang") in LANGUAGES else language
            file = form.get("file")
            beside: list[Scenario] = []
            try:
                if isinstance(file, UploadFile) and file.filename:
                    content = await file.read()
                    (scenario, *beside), name = await run_in_threadpool(scenarios_in, content, file.filename)
                else:
                    name = str(form.get("firm", ""))
                    scenario = await run_in_threadpool(firms.opened, name)
            except ScenarioError as error:
                wrong = [problem.phrase for problem in error.problems]
                return HTMLResponse(await run_in_threadpool(self.pages.start, language, wrong), 422)
        return _to(self.drafts.open(scenario, name, language, beside))

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        return asked if asked in LANGUAGES else self.language

    # --- a draft ------------------------------------------------------------------------------------------------------

    def _draft(self, request: Request) -> Draft | None:
        return self.drafts.get(str(request.path_params["draft"]))

    async def page(self, request: Request) -> Response:
        """A page of a draft: what it is, what to ask, variants, what to take away."""
        draft = self._draft(request)
        if draft is None:
            return self._nothing(request)
        self.moved(draft)
        name = str(request.path_params.get("page", "describe"))
        return HTMLResponse(await run_in_threadpool(self.pages.page, name, draft, self.jobs))

    async def change(self, request: Request) -> Response:
        """Changes a draft."""
        draft = self._draft(request)
        if draft is None:
            return self._nothing(request)
        form = await _pairs(request)
        async with _lock(draft):
            other = await run_in_threadpool(settle, draft, form)
        self.moved(draft)
        if request.headers.get("x-live"):
            return JSONResponse(await run_in_threadpool(self.pages.answer, draft, other))
        back = dict(form).get("back", "")
        return RedirectResponse(f"/d/{draft.id}/{back}" if back in PAGES else f"/d/{draft.id}", 303)

    async def look(self, request: Request) -> Response:
        """The closed form of what sliders say while they are dragged; nothing is changed."""
        draft = self._draft(request)
        if draft is None:
            return self._nothing(request)
        form = await _pairs(request)
        return JSONResponse(await run_in_threadpool(self._tried, draft, form))

    def _tried(self, draft: Draft, form: list[tuple[str, str]]) -> dict[str, Any]:
        t = texts(draft.language)
        try:
            made = tried(draft.scenario, form, t)
        except ScenarioError as error:
            wrong = Wrong("", error.problems)
            return {"numbers": "", "messages": {problem.path: explained(wrong.phrase, t) for problem in error.problems}}
        if all(name.startswith(FIGURE) for name, _ in form):
            return {"numbers": "", "messages": {}}
        return {"numbers": self.pages.numbers(made, draft.language)}

    async def stream(self, request: Request) -> Response:
        """What happens to a draft, as it happens."""
        draft = self._draft(request)
        if draft is None:
            return self._nothing(request)
        try:
            listener = self.streams.enter(draft.id)
        except TooManyError:
            return PlainTextResponse("", 503, {"retry-after": "5"})
        self.moved(draft)
        if draft.look is not None:
            self._seen(draft, "years", None)
        if draft.beside is not None:
            self._seen(draft, "variants", None)
        self.jobs.tell(draft)
        headers = {"x-accel-buffering": "no"}
        body = self.streams.read(draft.id, listener)
        return StreamingResponse(body, media_type="text/event-stream", headers=headers)

    async def ask(self, request: Request) -> Response:
        """Starts a job of a draft, or calls it off."""
        draft = self._draft(request)
        if draft is None:
            return self._nothing(request)
        form = dict(await _pairs(request))
        if "stop" in form:
            self.jobs.stop(draft, form["stop"])
        else:
            self.jobs.start(draft, form)
        if request.headers.get("x-live"):
            return JSONResponse({"html": self.pages.part("jobs", draft, self.jobs)})
        kind = form.get("kind", "")
        page = "take" if kind in TAKEN else RECORDS if kind in OF_RECORDS or draft.folder else "ask"
        return RedirectResponse(f"/d/{draft.id}/{page}", 303)

    async def records(self, request: Request) -> Response:
        """Exports of a CRM: a draft that is to be made of them."""
        async with request.form(max_files=MOST_EXPORTS, max_fields=20) as form:
            language = str(form.get("lang", ""))
            language = language if language in LANGUAGES else self.language
            sent = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
            if not sent or not self.pages.records:
                return HTMLResponse(await run_in_threadpool(self.pages.start, language, ()), 422)
            folder = Path(tempfile.mkdtemp(dir=self.folder.name))
            for number, each in enumerate(sent):
                own = folder / str(number)  # so that each can have the name that it was sent with
                own.mkdir()
                (own / kept_name(each.filename or "")).write_bytes(await each.read())
        draft = self.drafts.open(await run_in_threadpool(firms.opened, firms.STARTER), RECORDS, language)
        draft.folder = str(folder)
        self.jobs.start(draft, {"kind": RECORDS})
        return RedirectResponse(f"/d/{draft.id}/{RECORDS}", 303)

    async def take(self, request: Request) -> Response:
        """A file to be taken away."""
        draft = self._draft(request)
        if draft is None:
            return self._nothing(request)
        made = await run_in_threadpool(taken, draft, str(request.path_params["what"]))
        if made is None:
            return self._nothing(request)
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(made.name)}",
            "content-security-policy": "sandbox; default-src 'none'",
        }
        return Response(made.content, media_type=made.media, headers=headers)

    async def short(self, request: Request) -> Response:
        """The short form."""
        return HTMLResponse(await run_in_threadpool(self.pages.short, self._language(request), {}, {}))

    async def from_short(self, request: Request) -> Response:
        """A department from the short form."""
        form = dict(await _pairs(request))
        language = form.get("lang", self.language)
        language = language if language in LANGUAGES else self.language
        made = await run_in_threadpool(department, form, texts(language))
        if isinstance(made, dict):
            return HTMLResponse(await run_in_threadpool(self.pages.short, language, form, made), 422)
        return _to(self.drafts.open(made, SHORT, language))

    def _nothing(self, request: Request) -> Response:
        return HTMLResponse(self.pages.gone(self._language(request)), 404)

    async def begin(self) -> None:
        """Starts the process that simulates."""
        self.years.start()

    def leave(self) -> None:
        """Ends every stream and every process, so that the server can end."""
        self.streams.close()
        self.years.end()
        self.jobs.end()

    def end(self) -> None:
        """Ends everything, and waits until it has ended."""
        self.leave()
        for worker in (self.years, self.jobs.worker):
            worker.gone(0.3)
        self.folder.cleanup()


def application(server: Server, doors: Doors) -> Any:
    """The application, guarded."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await server.begin()
        try:
            yield
        finally:
            server.end()

    routes = [
        Route("/", server.start),
        Route("/open", server.open, methods=["POST"]),
        Route("/d/{draft}", server.page),
        Route("/d/{draft}", server.change, methods=["POST"]),
        Route("/d/{draft}/look", server.look, methods=["POST"]),
        Route("/d/{draft}/stream", server.stream),
        Route("/d/{draft}/ask", server.ask, methods=["POST"]),
        Route("/d/{draft}/take/{what:str}", server.take),
        Route("/d/{draft}/{page:str}", server.page),
        Route("/records", server.records, methods=["POST"]),
        Route("/short", server.short),
        Route("/short", server.from_short, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), doors)


_LOCKS: dict[str, asyncio.Lock] = {}


def _lock(draft: Draft) -> asyncio.Lock:
    """Changes of a draft are made one after the other."""
    if len(_LOCKS) > 1_000:
        _LOCKS.clear()
    return _LOCKS.setdefault(draft.id, asyncio.Lock())


async def _pairs(request: Request) -> list[tuple[str, str]]:
    """Names and values of a form, in their order."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def _to(draft: Draft) -> Response:
    return RedirectResponse(f"/d/{draft.id}", 303)
