"""The files of a finding: values as JSON, tables as CSV, charts as PNG and SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulation.report.findings.showing import showing
from simulation.report.left_out import LeftOut
from simulation.report.output_folder import OutputFolder
from simulation.report.plain import as_csv, as_json
from simulation.report.plot.saving import save
from simulation.study.finding import Finding
from simulation.texts import language_of, say, texts

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

    Args:
        findings: what studies brought.
        folder: where to.
        left: takes what cannot be made.
        but: errors that end all of it.

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
