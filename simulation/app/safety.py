"""Who may ask the server, and for how much: looked at before anything else sees a request.

A page of the internet that an owner has open can send requests to 127.0.0.1, too, and a name that somebody owns can be
made to stand for 127.0.0.1 (rebinding). So each request has to name this server as its host, to bring the secret of the
start address (as a cookie, which a browser keeps to this site), and whatever changes something has to come from this
very page. Answers say that nothing but this server's own files may run in them.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulation.texts import LANGUAGES, texts

MOST_UPLOADED = 20_000_000
"""Bytes of a request's body."""
PATIENCE = 20.0
"""Seconds that a body may take to arrive."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SAFE = ("GET", "HEAD")
TOKEN = "token"
"""Name of the secret in the start address."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
"""Of every answer."""


@dataclass(frozen=True)
class Doors:
    """Under which names the server may be asked.

    Attributes:
        port: that it listens on.
        token: the secret of the start address.
        public: address under which a proxy of the firm shows it, such as 'https://sales.firm.example'; '' without one.
    """

    port: int
    token: str
    public: str = ""

    @property
    def hosts(self) -> frozenset[str]:
        """What the header Host may say."""
        there = {f"{name}:{self.port}" for name in LOOPBACK}
        if self.port == 80:
            there |= set(LOOPBACK)
        if self.public:
            there.add(urlsplit(self.public).netloc.lower())
        return frozenset(there)

    @property
    def secure(self) -> bool:
        """Whether the cookie may travel encrypted only."""
        return self.public.startswith("https:")

    @property
    def cookie(self) -> str:
        """Name of the cookie: browsers share cookies among the ports of a host."""
        return f"sales-sim-{self.port}"

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether an origin is the very page that the request was sent to."""
        parts = urlsplit(origin)
        schemes = ("https", "http") if self.public else ("http",)
        return parts.scheme in schemes and parts.netloc.lower() == host

    def opens(self, token: str) -> bool:
        """Whether a secret is the right one."""
        return hmac.compare_digest(token.encode(), self.token.encode())


class RefusedError(HTTPException):
    """A request that is not answered; the application answers it as any other of HTTP where it has begun with it."""

    def __init__(self, status: int, key: str) -> None:
        """Notes the status and the text that says why, in each language: who is refused may have none yet."""
        super().__init__(status, "\n".join(texts(language)(key) for language in LANGUAGES))


@dataclass
class Guard:
    """Stands before the application (ASGI).

    Attributes:
        app: what is guarded.
        doors: under which names it may be asked.
        most: bytes of a body.
        patience: seconds that a body may take.
    """

    app: ASGIApp
    doors: Doors
    most: int = MOST_UPLOADED
    patience: float = PATIENCE
    _headers: Sequence[tuple[bytes, bytes]] = field(
        default=tuple((name.encode(), value.encode()) for name, value in HEADERS.items()), repr=False
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request pass, or answers why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # there are no websockets here
        guarded = self._with_headers(send)
        try:
            headers = _by_name(scope["headers"])
            self._looked_at(scope, headers)
            if await self._let_in(scope, headers, guarded):
                return
            limited = self._limited(headers, receive)
        except RefusedError as error:
            await _answer(guarded, error)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await guarded(message)

        try:
            await self.app(scope, limited, noted)
        except RefusedError as error:
            if not started:
                await _answer(guarded, error)

    def _looked_at(self, scope: Scope, headers: dict[str, list[str]]) -> None:
        """Refuses what does not come from this page.

        Raises:
            RefusedError: it does not.
        """
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self.doors.hosts:
            raise RefusedError(421, "app-refused-host")
        host, method = hosts[0].lower(), scope["method"]
        if method not in (*SAFE, "POST"):
            raise RefusedError(405, "app-refused-method")
        site, origin = headers.get("sec-fetch-site", []), headers.get("origin", [])
        mode = "".join(headers.get("sec-fetch-mode", []))
        if method in SAFE:
            # somebody may follow a link to here; nothing else of another site may ask, not even for a picture
            if site and site[0] not in ("same-origin", "none") and mode != "navigate":
                raise RefusedError(403, "app-refused-site")
            return
        if site:
            if site != ["same-origin"]:
                raise RefusedError(403, "app-refused-site")
        elif not origin:
            raise RefusedError(403, "app-refused-site")
        if origin and (len(origin) != 1 or not self.doors.is_ours(origin[0], host)):
            raise RefusedError(403, "app-refused-site")

    async def _let_in(self, scope: Scope, headers: dict[str, list[str]], send: Send) -> bool:
        """Takes the secret of the start address and answers with the cookie; whether that was all.

        Raises:
            RefusedError: there is neither the secret nor the cookie.
        """
        query = parse_qs(scope["query_string"].decode("latin-1"))
        given = query.pop(TOKEN, [])
        if given and scope["method"] == "GET":
            if not self.doors.opens(given[0]):
                raise RefusedError(403, "app-refused-token")
            more = urlencode(query, doseq=True)
            place = scope["path"] + (f"?{more}" if more else "")
            place = "/" + place.lstrip("/\\")  # '//name' would be another site
            made = f"{self.doors.cookie}={self.doors.token}; Path=/; HttpOnly; SameSite=Strict"
            made += "; Secure" if self.doors.secure else ""
            await send(
                {
                    "type": "http.response.start",
                    "status": 303,
                    "headers": [(b"location", _ascii(place)), (b"set-cookie", made.encode())],
                }
            )
            await send({"type": "http.response.body", "body": b""})
            return True
        if not self.doors.opens(_cookie(headers.get("cookie", []), self.doors.cookie)):
            raise RefusedError(403, "app-refused-token")
        return False

    def _limited(self, headers: dict[str, list[str]], receive: Receive) -> Receive:
        """What gives the body, as far as it is not too long and comes in time.

        Raises:
            RefusedError: it says itself that it is too long.
        """
        stated = headers.get("content-length", ["0"])
        if len(stated) != 1 or not stated[0].isdigit() or int(stated[0]) > self.most:
            raise RefusedError(413, "app-refused-size")
        got = 0
        whole = False
        until = asyncio.get_running_loop().time() + self.patience

        async def limited() -> Message:
            nonlocal got, whole
            if whole:
                return await receive()  # that the other side has gone
            left = until - asyncio.get_running_loop().time()
            try:
                message = await asyncio.wait_for(receive(), max(left, 0.01))
            except TimeoutError:
                raise RefusedError(408, "app-refused-slow") from None
            if message["type"] == "http.request":
                got += len(message.get("body", b""))
                whole = not message.get("more_body", False)
                if got > self.most:
                    raise RefusedError(413, "app-refused-size")
            return message

        return limited

    def _with_headers(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message.get("headers", [])}
                more = [(name, value) for name, value in self._headers if name not in there]
                message = {**message, "headers": [*message.get("headers", []), *more]}
            await send(message)

        return sent


def _by_name(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").strip())
    return found


def _cookie(headers: Sequence[str], name: str) -> str:
    for header in headers:
        try:
            jar = SimpleCookie(header)
        except CookieError:
            continue
        if name in jar:
            return jar[name].value
    return ""


def _ascii(place: str) -> bytes:
    from urllib.parse import quote

    return quote(place, safe="/?&=%+-_.~").encode("ascii")


async def _answer(send: Send, error: RefusedError) -> None:
    body = error.detail.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if error.status_code in (408, 413):
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": error.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
