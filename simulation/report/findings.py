"""Findings of studies: how each kind is shown, and the files that hold them.

Values first (JSON, CSV), then charts, a page that opens offline, and how they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.text import Text

from simulation.floor.choice import floor_of
from simulation.report.grid import Grid
from simulation.report.output_folder import PAGE, LeftOut, OutputFolder, as_csv, as_json, as_yaml, made_by, packages
from simulation.report.page.blocks import Block, Bullets, Part, Words
from simulation.report.page.write import findings_page
from simulation.report.plot.style import save
from simulation.report.terminal import printed as grid_printed
from simulation.scenario import describe
from simulation.study.kind import Finding
from simulation.study.kinds import kind_of
from simulation.texts import Texts, language_of, say, texts

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure
    from rich.console import RenderableType


@dataclass(frozen=True)
class Showing:
    """How one kind of finding is shown.

    Attributes:
        terminal: finding, width of the window and language to what is printed.
        part: finding and language to its part of the page, charts among its blocks.
        charts: finding and language to drawings by the name of their file, without the ending; none where it has none.
    """

    terminal: Callable[[Any, int, Texts], Iterable[RenderableType]]
    part: Callable[[Any, Texts], Part]
    charts: Callable[[Any, Texts], dict[str, Figure]] = lambda found, t: {}


def showing(finding: Finding) -> Showing:
    """How a finding is shown.

    Raises:
        KeyError: nothing is known of its kind.
    """
    found: Showing = kind_of(finding.kind).showing()
    return found


def charts(finding: Finding, lang: str | None = None) -> dict[str, Figure]:
    """The charts of a finding by name, to be shown in a notebook or restyled.

    Args:
        finding: what a study brought.
        lang: 'en' or 'ru'; that of the scenario's locale when None.
    """
    return showing(finding).charts(finding, texts(lang or language_of(finding.scenario.locale)))


def begun(said: Sequence[str]) -> list[Block]:
    """What a part begins with: its first sentence large, the others as a list."""
    return [Words(said[0], "lead"), *([Bullets(said[1:])] if said[1:] else ())]


def sentences(finding: Finding, words: Texts) -> Sequence[str]:
    """What a finding says, in a language."""
    return [words.again(each) for each in finding.sentences]


def printed(part: Part, width: int) -> Iterator[RenderableType]:
    """The blocks of a part in so many characters a line; pictures are left out."""
    yield Text(part.title, "bold")
    for block in part.blocks:
        match block:
            case Words():
                yield Text(block.text)
            case Bullets():
                yield from (Text(item) for item in block.items)
            case Grid():
                yield Text()
                yield from grid_printed(block, width)


DRAWN = ("png", "svg")


def names_of(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Findings by the name of their files: their kind; the second of a kind is KIND-2."""
    named: dict[str, Finding] = {}
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.kind] = number = counts.get(finding.kind, 0) + 1
        named[finding.kind if number == 1 else f"{finding.kind}-{number}"] = finding
    return named


def add_values(
    findings: Sequence[Finding], folder: OutputFolder, left: LeftOut, but: tuple[type[Exception], ...] = ()
) -> dict[str, Finding]:
    """Adds the values and tables of findings to a folder: ``KIND.json``, ``KIND-TABLE.csv``.

    Returns:
        The findings by the name of their files.
    """
    named = names_of(findings)
    for name, finding in named.items():
        with left.part(f"{name}.json", but=but):
            folder.add(f"{name}.json", as_json(_whole(finding)))
        with left.part(f"{name}.csv", but=but):
            for table, frame in finding.tables().items():
                as_csv(frame, folder.reserve(folder.named(f"{name}-{table}" if table else name, ".csv")))
    return named


def add_charts(named: Mapping[str, Finding], folder: OutputFolder, left: LeftOut, language: str | None = None) -> None:
    """Adds the charts of findings: ``KIND-CHART.png`` and ``.svg``; a chart called as its kind has just that name."""
    for name, finding in named.items():
        words = texts(language or language_of(finding.scenario.locale))
        with left.part(say("left-out-charts", name=name)):
            for chart, figure in showing(finding).charts(finding, words).items():
                title = name if chart == finding.kind else f"{name}-{chart}"
                with left.part(title):
                    for kind in DRAWN:
                        save(figure, folder.reserve(folder.named(title, f".{kind}")), kind)


def drawn_earlier(named: Iterable[str], folder: OutputFolder) -> list[str]:
    """Charts that an earlier run may have left of findings with these names."""
    patterns = [f"{name}{more}.{kind}" for name in named for more in ("", "-*") for kind in DRAWN]
    return [each.name for pattern in patterns for each in folder.path.glob(pattern)]


def _whole(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "sentences": [str(each) for each in finding.sentences], **finding.to_dict()}


def write_values(
    findings: Sequence[Finding], folder: OutputFolder, command: Sequence[str], left: LeftOut
) -> list[Path]:
    """Writes the values and tables of findings and how they were made; what an earlier run drew of their kinds goes.

    Args:
        findings: at least one; all of one scenario where they are read together.
        folder: where to; files of the same names are replaced, others stay.
        command: the command line that made them.
        left: what could not be made; `run.json` names it.

    Returns:
        The files.

    Raises:
        OSError: a file cannot be written; then the folder is as it was before.
    """
    try:
        named = add_values(findings, folder, left, but=(OSError,))
        folder.add("scenario.resolved.yaml", as_yaml(describe.resolved(findings[0].scenario)))
        folder.add("run.json", as_json(_made(findings, command, left)))
        folder.clear([PAGE, *drawn_earlier(named, folder)], left.failed)
        return folder.finish()
    except BaseException:
        folder.abandon()
        raise


def write_drawn(
    findings: Sequence[Finding],
    folder: OutputFolder,
    command: Sequence[str],
    left: LeftOut,
    language: str | None = None,
) -> list[Path]:
    """Writes the charts and the page of findings; what fails is left out and named.

    Returns:
        The files.
    """
    try:
        add_charts(names_of(findings), folder, left, language)
        with left.part(PAGE):
            folder.add(PAGE, findings_page(findings, language, left=left))
        made = folder.finish(failed=left.failed)
        with left.part("run.json"):
            folder.add("run.json", as_json(_made(findings, command, left)))
        return [*made, *folder.finish(failed=left.failed)]
    except BaseException:
        folder.abandon()
        raise


def _made(findings: Sequence[Finding], command: Sequence[str], left: LeftOut) -> dict[str, Any]:
    scenario = findings[0].scenario
    return {
        **made_by(command, scenario.provenance.files, scenario.experiment.seed),
        "findings": [finding.kind for finding in findings],
        "floors": sorted({floor_of(scenario, name) for name in scenario.structures}),
        "packages": packages(),
        "left_out": [each.to_dict() for each in left.missing],
    }
