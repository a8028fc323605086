"""The page as a file.

Here too: the charts of the page: which stand in which part, with their text alternatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.analysis.comparison import Comparison
from simulation.analysis.results import Result
from simulation.report.output_folder import LeftOut, Missing
from simulation.report.page.blocks import Bullets, Part, Picture, picture
from simulation.report.page.parts import control, inputs, months, risk, side_by_side, verdict, way_there, why
from simulation.report.plot.gallery import CHARTS, Drawing, asked, single
from simulation.report.reading import Reading
from simulation.scenario.scenario import Scenario
from simulation.study.compare.best import AtBest
from simulation.study.kind import Finding
from simulation.study.transition.answer import Transition, transition
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import Day, Texts, language_of, say, texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure


HERE = Path(__file__).parent
MAKERS: dict[Callable[[Reading], Part], str] = {
    verdict: "page-verdict",
    side_by_side: "page-structures",
    why: "page-why",
    way_there: "page-transition",
    months: "page-months",
    risk: "page-risk",
    control: "page-control",
    inputs: "page-inputs",
}
"""What makes each part of the page, with the key of its heading, in the order in which an owner asks."""


def page(
    result: Result,
    language: str | None = None,
    *,
    links: Mapping[str, WeakLink] | None = None,
    transitions: Mapping[str, Transition] | None = None,
    command: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    left: LeftOut | None = None,
    figures: dict[str, Figure] | None = None,
    best: AtBest | None = None,
) -> str:
    """The page of a result: HTML that needs no other file, no script and no network.

    Args:
        result: a result, or a comparison.
        language: 'en' or 'ru'; that of the scenario's locale when None.
        links: weak links by structure, where they were asked for.
        transitions: the way from today's people to each structure (`study.transition`); simulated when None.
        command: the command line that made it, without the interpreter.
        findings: what studies of the same scenario found; each has a part behind the reasons.
        left: takes what cannot be made; the page names it and goes on. An error ends the page when None.
        figures: takes the charts that were drawn, by the name of their file.
        best: each structure at its best, where that was looked for.

    Raises:
        ValueError: there is no such language.
    """
    words = texts(language or language_of(result.scenario.locale))
    today = words.written(Day(datetime.now(UTC).date()))
    missing = left or LeftOut()
    already = len(missing.missing)
    ways: Mapping[str, Transition] = transitions or {}
    if transitions is None:
        ways = _transitions(result, missing)
    reading = Reading(result, words, links or {}, ways, tuple(command), today, missing, figures, best)
    parts = parts_of(reading)
    behind = next((n for n, part in enumerate(parts, 1) if part.key == "why"), len(parts))
    parts[behind:behind] = finding_parts(findings, words, missing)
    if left is None:
        _complete(missing.missing[already:])
    return rendered(result.scenario, words, [*parts, *_left_out(missing, words)], today)


def findings_page(findings: Sequence[Finding], language: str | None = None, left: LeftOut | None = None) -> str:
    """A page of findings alone.

    Args:
        findings: at least one, of one scenario.
        language: 'en' or 'ru'; that of the scenario's locale when None.
        left: takes what cannot be made; the page names it and goes on. An error ends the page when None.

    Raises:
        ValueError: there is no such language.
    """
    scenario = findings[0].scenario
    words = texts(language or language_of(scenario.locale))
    missing = left or LeftOut()
    parts = finding_parts(findings, words, missing)
    if left is None:
        _complete(missing.missing)
    parts += _left_out(missing, words)
    return rendered(scenario, words, parts, words.written(Day(datetime.now(UTC).date())))


def _complete(lost: Sequence[Missing]) -> None:
    """Raises RuntimeError where anything is missing."""
    if lost:
        raise RuntimeError("; ".join(each.text for each in lost))


def _left_out(left: LeftOut, words: Texts) -> list[Part]:
    """The part that names what could not be made, if anything."""
    said = [words.again(each.text) for each in left.missing]
    return [Part("left-out", words("page-left-out"), [Bullets(said)])] if said else []


def finding_parts(findings: Sequence[Finding], words: Texts, left: LeftOut) -> list[Part]:
    """The parts of the page that findings have; addresses are told apart where there are two of a kind."""
    from simulation.report.findings import showing

    parts: list[Part] = []
    for finding in findings:
        with left.part(say("left-out-finding", kind=finding.kind)):
            part = showing(finding).part(finding, words)
            same = sum(each.key.rstrip("0123456789-") == part.key for each in parts)
            parts.append(Part(f"{part.key}-{same + 1}" if same else part.key, part.title, part.blocks))
    return parts


def parts_of(reading: Reading) -> list[Part]:
    """The parts of the page, in the order in which an owner asks."""
    made: list[Part] = []
    for make, title in MAKERS.items():
        with reading.left.part(say("left-out-part", part=say(title))):
            made.append(make(reading))
    return with_pictures(made, reading)


def rendered(scenario: Scenario, words: Texts, parts: Sequence[Part], date: str) -> str:
    """Parts about a scenario as HTML."""
    return rendered_page(scenario.provenance.title, scenario.description, words, parts, date)


def rendered_page(title: str, description: str, words: Texts, parts: Sequence[Part], date: str) -> str:
    """Parts as HTML, under a title."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    values: dict[str, Any] = {
        "t": words,
        "language": words.language,
        "title": title,
        "description": description,
        "style": (HERE / "page.css").read_text(encoding="utf-8"),
        "parts": parts,
        "date": date,
    }
    return environment.get_template("page.html").render(values)


def _transitions(result: Result, left: LeftOut) -> dict[str, Transition]:
    if not isinstance(result, Comparison):
        return {}
    found: dict[str, Transition] = {}
    for name in result.structures:
        with left.part(say("left-out-way", structure=result.titles[name])):
            made = transition(result, name)
            if made is not None:
                found[name] = made
    return found


PLACES: dict[str, tuple[str, ...]] = {
    "structures": ("overview",),
    "why": ("funnel", "lost_leads", "response_times", "diagram", "workload"),
    "months": ("revenue_against_plan", "cash", "staffing", "customers", "gantt"),
    "risk": ("profit",),
    "control": ("break_even", "money_waterfall", "channel_economics"),
}
"""Charts by the part in which they stand; in front of its tables, but behind the words that it begins with."""


def with_pictures(parts: Sequence[Part], reading: Reading) -> list[Part]:
    """The parts with their charts; a part that stays empty is left out."""
    for part in parts:
        made = _pictures(part.key, reading)
        before = next((n for n, block in enumerate(part.blocks) if block.block != "words"), len(part.blocks))
        part.blocks[before:before] = made
    return [part for part in parts if part.blocks]


def _pictures(part: str, reading: Reading) -> list[Picture]:
    """The charts of a part; one that cannot be drawn is left out and named."""
    names = tuple(name for name in PLACES.get(part, ()) if name in CHARTS)
    made: list[Picture] = []
    for each in asked(reading.result, reading.texts.language, names, single(reading.result)) if names else ():
        with reading.left.part(say("left-out-chart", name=each.name)):
            drawing = Drawing(each.name, each.chart, each.structure, each.drawn())
            made.append(_picture(drawing, reading))
            if reading.figures is not None:
                reading.figures[each.name] = drawing.figure
    return made


def _picture(drawing: Drawing, reading: Reading) -> Picture:
    """A chart with what it shows in words: its subject, and the means that it draws where there are any."""
    t = reading.texts
    key = f"alt-{drawing.chart.replace('_', '-')}"
    if drawing.structure:
        return picture(drawing.figure, t(key, structure=reading.title(drawing.structure)))
    return picture(drawing.figure, f"{t(key)} {_means(drawing.chart, reading)}".strip())


ALTERNATIVES = {
    "profit": "profit",
    "overview": "profit",
    "funnel": "won_leads",
    "cash": "cash_end",
    "customers": "customers_end",
    "workload": "utilisation",
    "staffing": "headcount",
}


def _means(chart: str, reading: Reading) -> str:
    name = ALTERNATIVES.get(chart)
    if name is None:
        return ""
    rows = reading.measures([name])
    if not rows:
        return ""
    row = rows[0]
    unit = f" {row.unit}" if row.unit else ""
    said = (f"{title}: {cell.text}{unit}" for title, cell in zip(reading.header[1:], row.cells, strict=True))
    return f"{row.label}: {'; '.join(said)}."
