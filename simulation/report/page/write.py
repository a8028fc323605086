"""The page as a file: the answer, at most five sections, the appendix, the glossary, and the scenario itself.

Here too: the charts of the appendix: which stand in which part, with their text alternatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.analysis.comparison import Comparison
from simulation.analysis.results import Result
from simulation.report.answer import answer_of
from simulation.report.output_folder import LeftOut, Missing
from simulation.report.page.blocks import Bullets, Part, Picture, Words, picture
from simulation.report.page.front import FIRST_ROOM, ROOM, SECTIONS, answer_part, fitted, sections
from simulation.report.page.glossary import Glossary
from simulation.report.page.parts import (
    as_drawn,
    control,
    inputs,
    months,
    risk,
    side_by_side,
    statistics,
    way_there,
    what_ifs,
    why,
)
from simulation.report.plot.gallery import CHARTS, Drawing, asked, single
from simulation.report.plot.style import PHONE, drawn_for
from simulation.report.reading import Reading
from simulation.scenario.scenario import Scenario
from simulation.sense.written_out import written_out
from simulation.study.compare.best import AtBest
from simulation.study.kind import Finding
from simulation.study.transition.answer import Transition, transition
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import Day, Texts, language_of, say, texts

HERE = Path(__file__).parent
MAKERS: dict[Callable[[Reading], Part], str] = {
    statistics: "page-statistics",
    what_ifs: "page-all-what-ifs",
    as_drawn: "page-as-drawn",
    side_by_side: "page-structures",
    why: "page-why",
    way_there: "page-transition",
    months: "page-months",
    risk: "page-risk",
    control: "page-control",
    inputs: "page-inputs",
}
"""What makes each part of the appendix, with the key of its heading, in the order in which an owner asks."""
OF_THE_DRAWN = (as_drawn, way_there, inputs)
"""Those about the structures as they are drawn, also where the answer is about their best."""


@dataclass(frozen=True)
class Page:
    """A page: what stands before the appendix and in it.

    Attributes:
        answer: the first screen.
        sections: a screen each, at most `SECTIONS`.
        appendix: everything else.
        note: a line above the appendix.
    """

    answer: Part
    sections: Sequence[Part]
    appendix: Sequence[Part]
    note: str = ""


def page(
    result: Result,
    language: str | None = None,
    *,
    links: Mapping[str, WeakLink] | None = None,
    transitions: Mapping[str, Transition] | None = None,
    command: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    left: LeftOut | None = None,
    best: AtBest | None = None,
) -> str:
    """The page of a result: HTML that needs no other file, no script and no network.

    Args:
        result: a result, or a comparison.
        language: 'en' or 'ru'; that of the scenario's locale when None.
        links: weak links by structure, where they were asked for.
        transitions: the way from today's people to each structure (`study.transition`); simulated when None.
        command: the command line that made it, without the interpreter.
        findings: what studies of the same scenario found; each has a part of the appendix, the first ones sections.
        left: takes what cannot be made; the page names it and goes on. An error ends the page when None.
        best: each structure at its best, where that was looked for: the page is then about the best.

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
    drawn = Reading(result, words, links or {}, ways, tuple(command), today, missing, best)
    with drawn_for(PHONE):
        made = page_of(drawn, findings)
    if left is None:
        _complete(missing.missing[already:])
    return rendered(drawn.scenarios, words, made, missing)


def page_of(drawn: Reading, findings: Sequence[Finding] = ()) -> Page:
    """The page of a result: the answer, sections, and all else in the appendix."""
    t, comparison = drawn.texts, drawn.comparison
    found = answer_of(comparison, drawn.best) if comparison is not None else None
    shown = drawn if found is None else replace(drawn, result=found.shown)
    behind = finding_parts(findings, t, drawn.left)
    own = list(sections(shown, found, drawn))
    # what was asked beside the comparison stands before the reasons
    first = [*own[:2], *(replace(part, more=(part.key,)) for part in behind), *own[2:]][:SECTIONS]
    made: list[Part] = []
    for make, title in MAKERS.items():
        with drawn.left.part(say("left-out-part", part=say(title))):
            made.append(make(drawn if make in OF_THE_DRAWN else shown))
    appendix = with_pictures(made, shown)
    at = next((n for n, part in enumerate(appendix, 1) if part.key == "why"), len(appendix))
    appendix[at:at] = behind
    answer = answer_part(shown, found, drawn)
    seen = {block.svg for part in (answer, *first) for block in part.blocks if isinstance(block, Picture)}
    for part in made:  # a chart that stands in front is not repeated
        part.blocks = [each for each in part.blocks if not (isinstance(each, Picture) and each.svg in seen)]
    note = t("page-appendix-best") if found is not None and found.at_best else ""
    return Page(answer, first, appendix, note)


def findings_page(findings: Sequence[Finding], language: str | None = None, left: LeftOut | None = None) -> str:
    """A page of findings alone: the first one is the answer.

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
    with drawn_for(PHONE):
        parts = finding_parts(findings, words, missing)
    if left is None:
        _complete(missing.missing)
    fronts = [replace(part, more=(part.key,)) for part in parts]
    answer = replace(fronts[0], key="answer") if fronts else Part("answer", words("page-answer"))
    return rendered([scenario], words, Page(answer, fronts[1 : 1 + SECTIONS], parts), missing)


def _complete(lost: Sequence[Missing]) -> None:
    """Raises RuntimeError where anything is missing."""
    if lost:
        raise RuntimeError("; ".join(each.text for each in lost))


def _left_out(left: LeftOut, words: Texts) -> list[Part]:
    """The part that names what could not be made, if anything."""
    said = [words.again(each.text) for each in left.missing]
    return [Part("left-out", words("page-left-out"), [Bullets(said)])] if said else []


def _about(scenarios: Sequence[Scenario], words: Texts) -> list[Part]:
    """What the scenarios say of themselves."""
    said = [Words(words.title(each.description), "own") for each in scenarios if each.description.strip()]
    return [Part("about", words("page-about"), [*said])] if said else []


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


def rendered_page(
    title: str, description: str, words: Texts, parts: Sequence[Part], date: str, appendix: Sequence[Part]
) -> str:
    """Parts of no scenario as HTML, under a title: the first one is the answer.

    Args:
        title: of the page.
        description: a sentence about it, or ''.
        words: the language.
        parts: at least one; each links to the part of the appendix that is called so.
        date: the day, as it is written.
        appendix: everything at length.
    """
    fronts = [replace(part, more=(part.key,)) for part in parts]
    answer = replace(fronts[0], key="answer", blocks=[*fronts[0].blocks])
    answer.blocks[:0] = [Words(each) for each in (description, date) if each.strip()]
    return rendered([], words, Page(answer, fronts[1 : 1 + SECTIONS], appendix), LeftOut(), title)


def templates(words: Texts) -> tuple[Environment, Glossary]:
    """The templates of pages, and the glossary that marks the terms in what they show."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    glossary = Glossary(words)
    environment.filters["marked"] = glossary.marked
    return environment, glossary


def rendered(scenarios: Sequence[Scenario], words: Texts, made: Page, left: LeftOut, title: str = "") -> str:
    """A page as HTML, with the scenarios in it; its title is that of the first one where none is given."""
    environment, glossary = templates(words)
    answer = fitted(made.answer, FIRST_ROOM)
    appendix = [*made.appendix, *_about(scenarios, words), *_left_out(left, words)]
    there = {part.key: part.title for part in appendix}
    values: dict[str, Any] = {
        "t": words,
        "language": words.language,
        "title": title or words.title(scenarios[0].provenance.title),
        "style": (HERE / "page.css").read_text(encoding="utf-8"),
        "answer": answer,
        "sections": [each for part in made.sections if (each := fitted(part, ROOM)).blocks],
        "appendix": appendix,
        "note": made.note,
        "there": there,
        "glossary": glossary,
        "scenarios": [(each.provenance.title, written_out(each)) for each in scenarios],
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
    "months": ("revenue_against_plan", "cash", "staffing", "customers"),
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
