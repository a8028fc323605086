"""Whoever is not the owner gets nothing: another site, another name for this machine, a file too large."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from simulation.app.safety import HEADERS, Doors, Guard

PORT, KEY = 8123, "a-secret-that-nobody-guesses"
HOST = f"127.0.0.1:{PORT}"


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.method} {len(await request.body())}")


async def _stream(_: Request) -> StreamingResponse:
    return StreamingResponse(iter([b"data: 1\n\n"]), media_type="text/event-stream")


@dataclass
class Client:
    """Somebody who asks the application itself, without a network between."""

    app: Guard
    cookies: dict[str, str]

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            there = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=there, base_url=f"http://{HOST}", cookies=self.cookies) as made:
                return await made.request(method, path, **more)

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)


def client(public: str = "", most: int = 1_000, key: str = KEY, **more: Any) -> Client:
    inner = Starlette(
        routes=[Route("/", _echo, methods=["GET", "POST", "PUT", "DELETE"]), Route("/stream", _stream)],
    )
    doors = Doors(PORT, KEY, public)
    return Client(Guard(inner, doors, most=most, **more), {doors.cookie: key})


OURS = {"sec-fetch-site": "same-origin"}


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}", f"[::1]:{PORT}", f"LOCALHOST:{PORT}"])
def test_it_answers_under_its_own_names(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", f"evil.example:{PORT}", "127.0.0.1", "localhost", f"127.0.0.1:{PORT + 1}", ""),
        *(f"127.0.0.1.evil.example:{PORT}", f"127.1:{PORT}", f"0.0.0.0:{PORT}", f"2130706433:{PORT}", f"[::]:{PORT}"),
        *(f"user@127.0.0.1:{PORT}", f"127.0.0.1:{PORT}.evil.example", f"evil.example#127.0.0.1:{PORT}"),
    ],
)
def test_a_name_that_was_made_to_stand_for_this_machine_is_refused(host: str) -> None:
    """Rebinding: the browser believes that it talks to evil.example, and says so."""
    assert client().get("/", headers={"host": host}).status_code == 421


def test_two_hosts_are_refused() -> None:
    headers = [("host", HOST), ("host", "evil.example")]
    assert client().get("/", headers=headers).status_code == 421


def test_nothing_is_shown_without_the_secret() -> None:
    for key in ("", "wrong", KEY[:-1], KEY + "x"):
        for path in ("/", "/stream"):
            assert client(key=key).get(path).status_code == 403
        assert client(key=key).post("/", headers=OURS).status_code == 403


def test_the_start_address_gives_a_cookie_that_other_sites_do_not_get() -> None:
    answer = client(key="").get(f"/?token={KEY}&lang=ru")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?lang=ru"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" not in cookie


def test_the_start_address_leads_nowhere_else() -> None:
    answer = client(key="").get(f"http://{HOST}//evil.example/?token={KEY}")
    assert answer.headers["location"] == "/evil.example/"
    answer = client(key="").get(f"/%5Cevil.example%0d%0aX-Evil:1/?token={KEY}")
    assert "x-evil" not in answer.headers
    assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith(("//", "/\\"))


def test_a_wrong_secret_in_the_address_is_refused() -> None:
    assert client(key="").get("/?token=wrong").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": f"https://{HOST}"},
        {"origin": f"http://{HOST}.evil.example"},
        {"origin": f"http://localhost:{PORT}"},  # asked as 127.0.0.1: another origin to a browser
        {},
    ],
)
def test_a_change_that_comes_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    assert client().post("/", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [OURS, {"origin": f"http://{HOST}"}, {**OURS, "origin": f"http://{HOST}"}])
def test_a_change_that_comes_from_the_page_is_made(headers: dict[str, str]) -> None:
    assert client().post("/", headers=headers, content=b"12345").text == "POST 5"


def test_another_site_may_not_read_a_stream_but_a_link_may_be_followed() -> None:
    cross = {"sec-fetch-site": "cross-site"}
    assert client().get("/stream", headers={**cross, "sec-fetch-mode": "cors"}).status_code == 403
    assert client().get("/stream", headers={**cross, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert client().get("/", headers={**cross, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(method: str) -> None:
    assert client().request(method, "/", headers=OURS).status_code == 405


def test_a_body_that_is_too_long_is_refused_before_it_is_read() -> None:
    assert client(most=10).post("/", headers=OURS, content=b"x" * 11).status_code == 413


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 8

    assert client(most=100).post("/", headers=OURS, content=parts()).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "99999999999999999999", "12, 12"])
def test_a_length_that_is_no_length_is_refused(length: str) -> None:
    assert client().post("/", headers={**OURS, "content-length": length}, content=b"12").status_code in (400, 413)


def test_every_answer_forbids_what_the_page_does_not_need() -> None:
    for answer in (client().get("/"), client(key="").get("/"), client().get("/none"), client().get("/stream")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


def test_behind_a_proxy_only_its_name_is_answered_too() -> None:
    made = client(public="https://sales.firm.example")
    host = {"host": "sales.firm.example"}
    assert made.get("/", headers=host).status_code == 200
    assert made.post("/", headers={**host, "origin": "https://sales.firm.example"}).status_code == 200
    assert made.post("/", headers={**host, "origin": "https://evil.example"}).status_code == 403
    assert made.get("/", headers={"host": "other.firm.example"}).status_code == 421
    answer = client(public="https://sales.firm.example", key="").get(f"/?token={KEY}", headers=host)
    assert "Secure" in answer.headers["set-cookie"]


# --- files that are sent ----------------------------------------------------------------------------------------------


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_would_unpack_to_far_more_is_refused_before_it_is_unpacked() -> None:
    from simulation.app.uploads import scenarios_in
    from simulation.written.errors import ScenarioError

    bomb = packed({f"xl/worksheets/sheet{n}.xml": b"0" * 60_000_000 for n in range(4)})
    assert len(bomb) < 1_000_000
    with pytest.raises(ScenarioError):
        scenarios_in(bomb, "bomb.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        "extends: /etc/passwd\n",
        "extends: ../../secret.yaml\n",
        "inputs: {draws: ../secret.csv}\n",
        "market: {initial: {customers: {file: /etc/passwd}}}\n",
        "market: {initial: {pipeline: {file: ../x.csv}}}\n",
        "market: {initial: {pipeline: ../x.csv}}\n",
    ],
)
def test_a_file_that_is_sent_opens_no_other_one(text: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.app.uploads import scenarios_in
    from simulation.written.errors import ScenarioError

    def no_file(*_: object, **__: object) -> Any:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("simulation.written.source.bytes_of", no_file)
    monkeypatch.setattr("simulation.written.source.text_of", no_file)
    monkeypatch.setattr("simulation.written.source.table_at", no_file)
    with pytest.raises(ScenarioError) as refused:
        scenarios_in(text.encode(), "sent.yaml")
    assert "names another file" in str(refused.value)


def test_a_name_of_a_file_is_never_a_path() -> None:
    from simulation.app.uploads import called

    for name in ("../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "a/../../passwd", "C:\\x\\passwd"):
        assert "/" not in called(name) and "\\" not in called(name)
    assert called("\n\0") == "file"


def test_aliases_that_grow_are_refused() -> None:
    """A text of a few lines whose aliases stand for billions of values."""
    from simulation.app.uploads import scenarios_in
    from simulation.written.errors import ScenarioError

    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(ScenarioError):
        scenarios_in("\n".join(lines).encode(), "grows.yaml")
