"""The page as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.analysis.comparison import Comparison
from simulation.analysis.results import Result
from simulation.analysis.transition import Transition, transition
from simulation.analysis.weak_link import WeakLink
from simulation.report.left_out import LeftOut
from simulation.report.page.blocks import Bullets, Part
from simulation.report.page.control import control
from simulation.report.page.inputs import inputs
from simulation.report.page.months import way_there
from simulation.report.page.opening import verdict
from simulation.report.page.pictures import months, with_pictures
from simulation.report.page.reading import Reading
from simulation.report.page.risk import risk
from simulation.report.page.structures import side_by_side
from simulation.report.page.why import why
from simulation.scenario.scenario import Scenario
from simulation.study.finding import Finding
from simulation.texts import Day, Texts, language_of, texts

HERE = Path(__file__).parent


def page(
    result: Result,
    language: str | None = None,
    *,
    links: Mapping[str, WeakLink] | None = None,
    transitions: Mapping[str, Transition] | None = None,
    command: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    left: LeftOut | None = None,
) -> str:
    """The page of a result: HTML that needs no other file, no script and no network.

    Args:
        result: a result, or a comparison.
        language: 'en' or 'ru'; that of the scenario's locale when None.
        links: weak links by structure, where they were asked for.
        transitions: the way from today's people to each structure (`analysis.transition`); simulated when None.
        command: the command line that made it, without the interpreter.
        findings: what studies of the same scenario found; each has a part behind the reasons.
        left: takes what cannot be made; the page names it and goes on. An error ends the page when None.

    Raises:
        ValueError: there is no such language.
    """
    words = texts(language or language_of(result.scenario.locale))
    today = words.written(Day(datetime.now(UTC).date()))
    missing = left or LeftOut()
    already = len(missing.missing)
    ways: Mapping[str, Transition] = transitions or {}
    if transitions is None:
        with missing.part("transitions"):
            ways = _transitions(result)
    reading = Reading(result, words, links or {}, ways, tuple(command), today, missing)
    parts = parts_of(reading)
    behind = next((n for n, part in enumerate(parts, 1) if part.key == "why"), len(parts))
    parts[behind:behind] = finding_parts(findings, words)
    lost = missing.missing[already:]
    if left is None and lost:
        raise RuntimeError("; ".join(each.text for each in lost))
    if missing.missing:
        parts.append(Part("left-out", words("page-left-out"), [Bullets([each.text for each in missing.missing])]))
    return rendered(result.scenario, words, parts, today)


def findings_page(findings: Sequence[Finding], language: str | None = None) -> str:
    """A page of findings alone.

    Args:
        findings: at least one, of one scenario.
        language: 'en' or 'ru'; that of the scenario's locale when None.

    Raises:
        ValueError: there is no such language.
    """
    scenario = findings[0].scenario
    words = texts(language or language_of(scenario.locale))
    return rendered(scenario, words, finding_parts(findings, words), words.written(Day(datetime.now(UTC).date())))


def finding_parts(findings: Sequence[Finding], words: Texts) -> list[Part]:
    """The parts of the page that findings have; addresses are told apart where there are two of a kind."""
    from simulation.report.findings.showing import showing

    parts: list[Part] = []
    for finding in findings:
        part = showing(finding).part(finding, words)
        same = sum(each.key.rstrip("0123456789-") == part.key for each in parts)
        parts.append(Part(f"{part.key}-{same + 1}" if same else part.key, part.title, part.blocks))
    return parts


def parts_of(reading: Reading) -> list[Part]:
    """The parts of the page, in the order in which an owner asks."""
    made: list[Part] = []
    for make in (verdict, side_by_side, why, way_there, months, risk, control, inputs):
        with reading.left.part(f"part {make.__name__}"):
            made.append(make(reading))
    return with_pictures(made, reading)


def rendered(scenario: Scenario, words: Texts, parts: Sequence[Part], date: str) -> str:
    """Parts as HTML."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    values: dict[str, Any] = {
        "t": words,
        "language": words.language,
        "title": scenario.provenance.title,
        "description": scenario.description,
        "style": (HERE / "page.css").read_text(encoding="utf-8"),
        "parts": parts,
        "date": date,
    }
    return environment.get_template("page.html").render(values)


def _transitions(result: Result) -> dict[str, Transition]:
    if not isinstance(result, Comparison):
        return {}
    found = {name: transition(result, name) for name in result.structures}
    return {name: each for name, each in found.items() if each is not None}
