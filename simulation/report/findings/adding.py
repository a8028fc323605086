"""The files of a finding: values as JSON, tables as CSV, charts as PNG and SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.report.findings.showing import showing
from simulation.report.output_folder import OutputFolder
from simulation.report.plain import as_csv, as_json
from simulation.report.plot.saving import save
from simulation.study.finding import Finding
from simulation.texts import language_of, texts


def add_findings(findings: Sequence[Finding], folder: OutputFolder, language: str | None = None) -> None:
    """Adds the values, tables and charts of findings to a folder: ``KIND.json``, ``KIND-CHART.png`` and so on.

    The second of a kind is called KIND-2; a chart that is called as its kind has just that name.
    """
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.kind] = number = counts.get(finding.kind, 0) + 1
        name = finding.kind if number == 1 else f"{finding.kind}-{number}"
        words = texts(language or language_of(finding.scenario.locale))
        folder.add(f"{name}.json", as_json(_whole(finding)))
        for table, frame in finding.tables().items():
            as_csv(frame, folder.reserve(folder.named(f"{name}-{table}" if table else name, ".csv")))
        for chart, figure in showing(finding).charts(finding, words).items():
            for kind in ("png", "svg"):
                title = name if chart == finding.kind else f"{name}-{chart}"
                save(figure, folder.reserve(folder.named(title, f".{kind}")), kind)


def _whole(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "sentences": [str(each) for each in finding.sentences], **finding.to_dict()}
