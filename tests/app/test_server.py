"""The server as an owner starts it, attacked and ended: another site, a huge file, many streams, Ctrl-C."""

import http.client
import json
import re
import signal
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from simulation.analysis.comparison import compare
from simulation.sense.loader import load_text
from tests.app.conftest import SMALL, Serve, Served


def events(
    answer: httpx.Response, until: Callable[[str, dict[str, object]], bool]
) -> list[tuple[str, dict[str, object]]]:
    """What a stream tells, until it has told something."""
    found: list[tuple[str, dict[str, object]]] = []
    kind = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            found.append((kind, json.loads(line.removeprefix("data: "))))
            if until(*found[-1]):
                break
    return found


def all_years(kind: str, told: dict[str, object]) -> bool:
    return kind == "years" and 'data-last="yes"' in str(told["html"]) and 'class="look"' in str(told["html"])


def test_years_come_and_a_change_makes_them_come_anew(server: Served) -> None:
    with server.client() as client:
        place = server.draft(client)
        with client.stream("GET", f"{place}/stream") as answer:
            told = events(answer, all_years)
        assert [each["version"] for _, each in told] == [1] * len(told)
        changed = client.post(
            place, data={"do": "step|structures.universal.roles.universal.headcount|+1"}, headers={"x-live": "1"}
        ).json()
        assert changed["version"] == 2
        assert changed["fields"]["structures.universal.roles.universal.headcount"]["text"] == "4"
        with client.stream("GET", f"{place}/stream") as answer:
            told = [each for each in events(answer, all_years) if each[0] == "years"]
        assert all(each["version"] == 2 for _, each in told)
        page = client.get(place).text
        assert "3 → 4" in page and 'data-years="8"' in page


def test_without_scripts_a_form_leads_back_to_the_page(server: Served) -> None:
    with server.client() as client:
        place = server.draft(client)
        sent = client.post(place, data={"f:market.channels.site.leads_per_month": "150", "do": "again"})
        assert sent.status_code == 303 and sent.headers["location"] == place
        assert 'value="150"' in client.get(place).text


def test_what_cannot_be_read_stands_beside_its_field_and_changes_nothing(server: Served) -> None:
    with server.client() as client:
        place = server.draft(client)
        told = client.post(place, data={"f:market.channels.site.fit": "25"}, headers={"x-live": "1"}).json()
        field = told["fields"]["market.channels.site.fit"]
        assert "25 %" in field["message"] and field["text"] == "25"
        assert told["version"] == 1
        told = client.post(place, data={"f:market.channels.site.fit": "25 %"}, headers={"x-live": "1"}).json()
        field = told["fields"]["market.channels.site.fit"]
        assert (field["message"], field["text"], told["version"]) == ("", "25 %", 2)


@pytest.mark.parametrize(
    "path",
    ["extends", "inputs.draws", "market.initial.customers.file", "title.x", "../../etc/passwd", "", "structures"],
)
def test_only_figures_of_the_page_can_be_set(server: Served, path: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("deal\n1\n")
    with server.client() as client:
        place = server.draft(client)
        told = client.post(place, data={f"f:{path}": str(secret)}, headers={"x-live": "1"}).json()
        assert told["version"] == 1
        assert "secret" not in told["parts"]["years"]


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py", "/static/....//server.py"),
        *("/static//etc/passwd", "/static/%00app.js", "/d/../../etc/passwd", "/d/x/take/../../../etc/passwd"),
    ],
)
def test_no_file_outside_is_given_away(server: Served, path: str) -> None:
    with server.client() as client:
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        made = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        made.request("GET", path, headers={"Cookie": cookie})  # as it stands: a client of a user would tidy it
        answer = made.getresponse()
        body = answer.read().decode()
        made.close()
        assert answer.status in (400, 403, 404, 405), body[:200]
        assert "root:" not in body and "def " not in body


def test_another_name_and_another_site_are_refused(server: Served) -> None:
    with server.client() as client:
        place = server.draft(client)
        assert client.get(place, headers={"host": f"evil.example:{server.port}"}).status_code == 421
        data = {"do": "step|structures.universal.roles.universal.headcount|+1"}
        assert client.post(place, data=data, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert client.post(place, data=data, headers={"origin": "https://evil.example"}).status_code == 403
        assert "→" not in client.get(place).text
    assert httpx.get(server.home).status_code == 403


def test_a_huge_file_is_refused(server: Served) -> None:
    with server.client() as client:
        try:
            sent = client.post("/open", files={"file": ("huge.yaml", b"x" * 21_000_000)})
            assert sent.status_code == 413
        except httpx.TransportError:
            pass  # the server has closed the door before all of it was sent
        large = client.post("/open", files={"file": ("large.yaml", b"# " + b"x" * 3_000_000)})
        assert large.status_code == 422
        assert client.get("/?new").status_code == 200


def test_a_page_of_two_departments_is_opened_with_both_side_by_side(server: Served) -> None:
    page = "".join(
        f'<template class="scenario" data-title="{title}" data-type="application/yaml">\n{SMALL}</template>'
        for title in ("One", "Two")
    ).replace("title: Three sellers", "title: Three &lt;sellers&gt;", 1)
    with server.client() as client:
        sent = client.post("/open", files={"file": ("report.html", page)})
        assert sent.status_code == 303
        compared = client.get(f"{sent.headers['location']}/compare").text
        assert "Three &lt;sellers&gt;" in compared and "Three sellers" in compared


def test_a_name_in_a_form_is_no_path(server: Served) -> None:
    with server.client() as client:
        for name in ("../run", "../../etc/passwd", "/etc/passwd", ""):
            assert client.post("/open", data={"firm": name}).status_code == 422
        sent = client.post("/open", files={"file": ("../../evil.yaml", SMALL)})
        assert sent.status_code == 303


def test_two_hundred_streams_leave_the_server_answering(server: Served) -> None:
    with server.client() as client:
        place = server.draft(client)
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        ask = f"GET {place}/stream HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookie}\r\n\r\n".encode()
        with ExitStack() as open_:
            for _ in range(200):
                made = open_.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
                made.sendall(ask)
            began = time.monotonic()
            assert client.get(place).status_code == 200
            assert time.monotonic() - began < 20
        assert client.get(place).status_code == 200


def test_somebody_who_sends_slowly_holds_nobody_up(server: Served) -> None:
    with server.client() as client:
        place = server.draft(client)
        with ExitStack() as open_:
            for _ in range(30):
                made = open_.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
                made.sendall(f"POST {place} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-".encode())
            assert client.get(place).status_code == 200


def test_two_tabs_do_not_disturb_each_other(server: Served) -> None:
    with server.client() as client:
        first, second = server.draft(client), server.draft(client)
        step = {"do": "step|structures.universal.roles.universal.headcount|+1"}
        client.post(first, data=step)
        client.post(second, data={"do": "lang|ru"})
        with client.stream("GET", f"{first}/stream") as one, client.stream("GET", f"{second}/stream") as two:
            told = {"first": events(one, all_years), "second": events(two, all_years)}
        assert "3 → 4" in client.get(first).text
        assert "→" not in client.get(second).text
        assert 'lang="ru"' in client.get(second).text and 'lang="en"' in client.get(first).text
        assert {each["version"] for _, each in told["first"]} == {2}
        assert {each["version"] for _, each in told["second"]} == {1}


def test_ctrl_c_ends_everything_with_streams_open(serve: Serve) -> None:
    served = serve()
    with served.client() as client:
        place = served.draft(client)
        with client.stream("GET", f"{place}/stream") as answer:
            events(answer, lambda kind, told: kind == "years")
            ours = family(served.process.pid)
            assert len(ours) >= 2  # the worker, and whoever helps it
            served.process.send_signal(signal.SIGINT)
            began = time.process_time()
            assert served.process.wait(20) == 0
            assert time.process_time() - began < 2
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{each}").exists() for each in ours) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [each for each in ours if Path(f"/proc/{each}").exists()] == []
    assert served.errors.read_text() == ""


def family(pid: int) -> list[int]:
    """Processes below a process."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(each.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == pid:
            child = int(each.parent.name)
            found += [child, *family(child)]
    return found


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--host", "0.0.0.0"], {}, "SALES_SIM_TOKEN"),
        (["--host", "0.0.0.0"], {"SALES_SIM_TOKEN": "x" * 40}, "--public-url"),
        (["--public-url", "https://x.example"], {"SALES_SIM_TOKEN": "short"}, "SALES_SIM_TOKEN"),
        (["--public-url", "https://x.example/path"], {"SALES_SIM_TOKEN": "x" * 40}, "without a path"),
        (["nothing-there.yaml"], {}, "nothing-there.yaml"),
    ],
)
def test_it_is_not_seen_by_others_by_mistake(
    arguments: list[str], environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from simulation.cli.program import app

    monkeypatch.delenv("SALES_SIM_TOKEN", raising=False)
    found = CliRunner().invoke(app, ["app", "--no-browser", "--lang", "en", *arguments], env=environment)
    assert found.exit_code == 2
    assert said in found.stderr


def test_the_server_holds_no_simulation(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys\nfrom simulation.app.server import Server\nfrom simulation.app.firms import opened\n"
        "server = Server('en', '', 1, None)\ndraft = server.drafts.open(opened('starter'), 'x', 'en')\n"
        "server.pages.page('describe', draft, server.jobs)\n"
        "print([name for name in ('simpy', 'simulation.department', 'matplotlib', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.nightly
def test_two_hundred_changes_in_a_minute_leave_nothing_behind(serve: Serve) -> None:
    """No process, no memory, no wrong answer."""
    served = serve()
    seller, leads = "structures.universal.roles.universal.headcount", "market.channels.site.leads_per_month"
    with served.client() as client:
        place = served.draft(client)

        def changed(number: int) -> None:
            data = {f"f:{seller}": str(3 + number % 4), f"f:{leads}": str(100 + number)}
            assert client.post(place, data=data, headers={"x-live": "1"}).status_code == 200

        def settled() -> tuple[int, int]:
            with client.stream("GET", f"{place}/stream") as answer:
                events(answer, all_years)
            ours = [served.process.pid, *family(served.process.pid)]
            return len(ours), sum(map(memory_of, ours))

        def made(numbers: range) -> None:
            began = time.monotonic()
            for count, number in enumerate(numbers):
                changed(number)
                time.sleep(max(0.0, began + 0.3 * (count + 1) - time.monotonic()))

        made(range(60))  # until everything has been loaded, and is remembered
        processes, before = settled()
        made(range(60, 260))
        now, after = settled()
        page = client.get(place).text
        for _ in range(20):
            client.post(place, data={"do": "undo"})
    assert now == processes
    assert after < 1.1 * before, (before, after)
    last = load_text(SMALL).replace({seller: 3 + 259 % 4, leads: 100 + 259})
    whole = compare(last, replications=8, jobs=1)
    difference = whole.runs.values("functional", "profit") - whole.runs.values("universal", "profit")
    found = re.search(r'class="base">[^<]*?(\d+) years?<.*?class="other">[^<]*?(\d+) years?<', page, re.DOTALL)
    assert found is not None
    assert (int(found[1]), int(found[2])) == (int((difference < 0).sum()), int((difference > 0).sum()))


def memory_of(pid: int) -> int:
    """Kilobytes that a process has written to; what it has of files counts where another process has them, too."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(each) for each in re.findall(r"^(?:Anonymous|Swap): +(\d+)", text, re.MULTILINE))
