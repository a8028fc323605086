"""Files that somebody sends: read in memory, never by their name; what would read another file is refused."""

from __future__ import annotations

import io
import os
import re
import zipfile

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.sense.tables import DRAWS, ROWS
from simulation.texts import say, worded
from simulation.written import source
from simulation.written.errors import Problem, ScenarioError
from simulation.written.yamltext import read_text

MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_SHRUNK = 200
"""Bytes and parts of a packed file, and how many times smaller a part may have been packed."""
SCENARIO_BEGINS = '<script type="application/json" id="scenario">'
"""What stands before the scenario in a page that was taken away."""


def called(name: str) -> str:
    """The name of a file as it is shown: without folders and odd signs."""
    base = re.split(r"[\\/]", name)[-1]
    return "".join(each for each in base if each.isprintable())[:80] or "file"


def scenario_in(content: bytes, name: str) -> tuple[Scenario, str]:
    """The scenario in a file that was sent, and what the file is called.

    Raises:
        ScenarioError: there is none in it, or it asks for another file.
    """
    name = called(name)
    ending = os.path.splitext(name)[1].lower()
    if ending in (".html", ".htm"):
        return _of_text(_inside_page(content, name), name), name
    if ending in (".xlsx", ".ods"):
        return _of_workbook(content, name), name
    return _of_text(_decoded(content, name), name), name


def _decoded(content: bytes, name: str) -> str:
    if len(content) > source.LARGEST:
        raise ScenarioError(Problem(name, None, "", worded("text-too-long", largest=source.LARGEST // 1_000_000)))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ScenarioError(Problem(name, None, "", say("app-not-text"))) from None


def _of_text(text: str, name: str) -> Scenario:
    """A scenario of a text that needs no other file.

    Raises:
        ScenarioError: it is none, or names another file.
    """
    root = read_text(text, name)
    inside = dict(root.value) if isinstance(root.value, dict) else {}
    if "extends" in inside and inside["extends"].value is not None:
        _refuse_file(name, "extends", inside["extends"].origin.line)
    for path in (DRAWS, *ROWS):
        there = root.get(path)
        if there is None or there.is_figure:
            continue
        if isinstance(there.value, str) and (path == DRAWS or "." in there.value):
            _refuse_file(name, path, there.origin.line)
        if isinstance(there.value, dict) and "file" in there.value:
            _refuse_file(name, path, there.origin.line)
    return load_text(text, name)


def _refuse_file(name: str, path: str, line: int | None) -> None:
    raise ScenarioError(Problem(name, line, path, say("app-no-other-file")))


def _inside_page(content: bytes, name: str) -> str:
    """The scenario in a page that was taken away."""
    import json

    text = content.decode("utf-8", errors="replace")
    begin = text.find(SCENARIO_BEGINS)
    end = text.find("</script>", begin)
    try:
        if begin < 0 or end < 0:
            raise ValueError
        found = json.loads(text[begin + len(SCENARIO_BEGINS) : end])["yaml"]
        if not isinstance(found, str) or not found:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise ScenarioError(Problem(name, None, "", say("app-no-scenario-inside"))) from None
    return _decoded(found.encode(), name)


def seen_to_be_harmless(content: bytes, name: str) -> None:
    """Refuses a packed file that would unpack to far more than it is.

    Raises:
        ScenarioError: it would, or it is no packed file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ScenarioError(Problem(name, None, "", say("app-not-packed"))) from None
    large = sum(each.file_size for each in parts) > MOST_UNPACKED
    shrunk = any(each.file_size > 1_000_000 and each.file_size > MOST_SHRUNK * each.compress_size for each in parts)
    if large or shrunk or len(parts) > MOST_PARTS:
        raise ScenarioError(Problem(name, None, "", say("app-bomb")))


def _of_workbook(content: bytes, name: str) -> Scenario:
    seen_to_be_harmless(content, name)
    raise ScenarioError(Problem(name, None, "", say("app-not-a-form")))
