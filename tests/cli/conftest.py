"""A small scenario and the command line, for the tests of the commands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from simulation.cli.program import app

WITHOUT_BUDGET = """\
version: 1
title: Three sellers
experiment: {months: 2, replications: 4}
market:
  channels:
    site: {kind: inbound, leads_per_month: 100}
  products:
    service: {deal: 60 k, gross_margin: 25 %}
  initial: {customers: 40}
structures:
  universal:
    preset: universal
    roles:
      universal: {headcount: 3, pay: {base: 35 k}}
  functional:
    preset: functional
    roles:
      hunter: {headcount: 1, pay: {base: 35 k}}
      closer: {headcount: 1, pay: {base: 35 k}}
      farmer: {headcount: 1, pay: {base: 35 k}}
people: {recruiting: {cost: 150 k}}
"""
SMALL = f"""{WITHOUT_BUDGET}\
budget: {{indirect: {{lines: [{{name: rent, price: 1 k}}, {{name: hiring, price: 17 500, covers: recruiting}}]}}}}
"""

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def quick_pages(unpainted: None) -> None:
    """What commands write is looked at here; how charts look is tested beside the report, and by those marked."""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a scenario into an empty working folder: the small one, with texts replaced."""
    monkeypatch.chdir(tmp_path)

    def written(*changes: tuple[str, str], name: str = "small.yaml") -> Path:
        text = SMALL
        for old, new in changes:
            assert old in text, f"the small scenario has no {old!r}"
            text = text.replace(old, new, 1)
        Path(name).write_text(text, encoding="utf-8")
        return Path(name)

    return written


@pytest.fixture
def run() -> Run:
    """Runs the program as a pipe would: no terminal, one worker unless told otherwise."""

    def called(*words: object) -> Result:
        arguments = [str(word) for word in words]
        if arguments[0] in ("run", "compare") and "--jobs" not in arguments:
            arguments += ["--jobs", "1"]
        return CliRunner().invoke(app, arguments, prog_name="sales-sim", env={"LC_ALL": "C"})

    return called
