"""A server of the owner's page in a process of its own, as an owner starts it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.cli.conftest import WITHOUT_BUDGET

ROOT = Path(__file__).parents[2]
SMALL = WITHOUT_BUDGET.replace("replications: 4", "replications: 8")


@dataclass
class Served:
    """A server that runs.

    Attributes:
        process: of it.
        start: the address that it printed, with the key.
        errors: what it says on standard error.
    """

    process: subprocess.Popen[str]
    start: str
    errors: Path

    @property
    def home(self) -> str:
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.start))

    @property
    def port(self) -> int:
        return urlsplit(self.start).port or 80

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Somebody who has opened the start address; sends what a browser sends from the page itself."""
        with httpx.Client(base_url=self.home, timeout=60, headers={"sec-fetch-site": "same-origin"}) as made:
            made.get(self.start, follow_redirects=True)
            yield made

    def draft(self, client: httpx.Client) -> str:
        """A new draft of the small department; its address."""
        sent = client.post("/open", files={"file": ("small.yaml", SMALL)})
        assert sent.status_code == 303, sent.text
        return str(sent.headers["location"])


Serve = Callable[..., Served]


def started(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> Served:
    errors = folder / "errors.txt"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "SALES_SIM_STORE": "off", **(environment or {})}
    with errors.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "run.py"), "app", "--no-browser", "--lang", "en", *arguments],
            cwd=folder,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http\S+", line)
    assert found is not None, (line, errors.read_text())
    return Served(process, found[0], errors)


def ended(served: Served) -> None:
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGINT)
        try:
            served.process.wait(10)
        except subprocess.TimeoutExpired:
            served.process.kill()
            served.process.wait()
    if served.process.stdout is not None:
        served.process.stdout.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests that leave it as it was."""
    served = started(tmp_path_factory.mktemp("served"))
    yield served
    ended(served)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts servers that a test may end."""
    there: list[Served] = []

    def start(*arguments: str, **more: dict[str, str]) -> Served:
        there.append(started(tmp_path, *arguments, **more))
        return there[-1]

    yield start
    for each in there:
        ended(each)
