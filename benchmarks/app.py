"""How long an owner waits on the page: ``python benchmarks/app.py [--changes N]``.

A server as an owner starts it, the department of ten, no store, two cores; the median of some changes: milliseconds
until the closed form answers while a slider moves, seconds of the clock from a change until the first years are there,
until a winner is told apart or all hundred are there, and until all are there. A cancel is the time until a question
that was called off says so. On a machine that is busy with other work the seconds of a processor, which are given
beside, say more.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
HEADS = "structures.functional.roles.closer.headcount"
LEADS = "market.channels.site.leads_per_month"


@contextmanager
def served() -> Iterator[tuple[httpx.Client, int]]:
    """A server, somebody who has opened it, and the number of its process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SALES_SIM_STORE": "off"}
    command = [sys.executable, str(ROOT / "run.py"), "app", "--no-browser", "--lang", "en"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = re.search(r"(http://[^/]+)\S+", process.stdout.readline())
    assert found is not None
    with httpx.Client(base_url=found[1], timeout=120, headers={"sec-fetch-site": "same-origin"}) as client:
        client.get(found[0], follow_redirects=True)
        yield client, process.pid
    began = time.perf_counter()
    process.send_signal(signal.SIGINT)
    process.wait(30)
    print(f"Ctrl-C until all is over: {time.perf_counter() - began:.2f} s")


def looks(client: httpx.Client, place: str, version: int) -> Iterator[str]:
    """The pictures of a state of a draft, as they come."""
    with client.stream("GET", f"{place}/stream") as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                told = json.loads(line.removeprefix("data: "))
                if told["version"] == version and 'class="look"' in told.get("html", ""):
                    yield told["html"]
                    if 'data-last="yes"' in told["html"]:
                        return


def processor(pid: int) -> float:
    """Seconds of the processor that a process and those below it have taken."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(words[1]) == pid:
            total += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
            if int(stat.parent.name) != pid:
                total += processor(int(stat.parent.name))
    return total


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=5)
    changes = parser.parse_args().changes
    live = {"x-live": "1"}
    with served() as (client, pid):
        place = client.post("/open", data={"firm": "department_of_ten"}).headers["location"]
        for _ in looks(client, place, 1):
            pass
        closed = []
        for number in range(20):
            began = time.perf_counter()
            client.post(f"{place}/look", data={f"n:{LEADS}": str(100 + number)})
            closed.append(1000 * (time.perf_counter() - began))
        answers, first, told, whole, spent = [], [], [], [], []
        for number in range(changes):
            before, began = processor(pid), time.perf_counter()
            answer = client.post(
                place, data={f"f:{HEADS}": str(4 + number % 3), f"f:{LEADS}": str(121 + number)}, headers=live
            )
            answers.append(1000 * (time.perf_counter() - began))
            apart = 0.0
            for count, html in enumerate(looks(client, place, answer.json()["version"])):
                passed = time.perf_counter() - began
                if not count:
                    first.append(passed)
                if not apart and 'class="verdict told"' in html:
                    apart = passed
            whole.append(time.perf_counter() - began)
            told.append(apart or whole[-1])
            spent.append(processor(pid) - before)
        client.post(f"{place}/ask", data={"kind": "sensitivity"}, headers=live)
        time.sleep(3)
        began = time.perf_counter()
        client.post(f"{place}/ask", data={"stop": "sensitivity"}, headers=live)
        cancelled = time.perf_counter() - began
    load = os.getloadavg()[0]
    print(f"closed form while dragging: {statistics.median(closed):.0f} ms (most {max(closed):.0f})")
    print(f"answer to a change: {statistics.median(answers):.0f} ms")
    print(f"first years: {statistics.median(first):.2f} s; told apart or all: {statistics.median(told):.2f} s")
    print(f"all hundred years: {statistics.median(whole):.2f} s, {statistics.median(spent):.2f} s of the processor")
    print(f"a cancel: {cancelled:.2f} s; load of the machine {load:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
