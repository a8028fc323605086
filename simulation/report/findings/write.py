"""Findings as files: values as JSON, tables as CSV, charts as PNG and SVG, and a page that opens offline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulation.report.files import PACKAGES, version_of
from simulation.report.findings.showing import showing
from simulation.report.output_folder import OutputFolder
from simulation.report.page.write import findings_page
from simulation.report.plain import as_json, as_yaml
from simulation.report.plot.saving import save
from simulation.scenario import describe
from simulation.study.finding import Finding
from simulation.texts import language_of, texts
from simulation.version import __version__

if TYPE_CHECKING:
    from pathlib import Path


def add_findings(findings: Sequence[Finding], folder: OutputFolder, language: str | None = None) -> None:
    """Adds the values, tables and charts of findings to a folder; the second of a kind is called KIND-2."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.kind] = number = counts.get(finding.kind, 0) + 1
        name = finding.kind if number == 1 else f"{finding.kind}-{number}"
        words = texts(language or language_of(finding.scenario.locale))
        folder.add(f"{name}.json", as_json(_whole(finding)))
        for table, frame in finding.tables().items():
            frame.to_csv(folder.reserve(f"{name}-{table}.csv" if table else f"{name}.csv"), index=False)
        for chart, figure in showing(finding).charts(finding, words).items():
            for kind in ("png", "svg"):
                save(figure, folder.reserve(f"chart-{chart if number == 1 else f'{chart}-{number}'}.{kind}"), kind)


def write_findings(
    findings: Sequence[Finding], folder: OutputFolder, command: Iterable[str], language: str | None = None
) -> list[Path]:
    """Writes findings by themselves: their files, a page with them, and how they were made.

    Args:
        findings: at least one; all of one scenario where they are read together.
        folder: where to; files of the same names are replaced, others stay.
        command: the command line that made them.
        language: of the page and the charts; that of the scenario's locale when None.

    Returns:
        The files.

    Raises:
        OSError: a file cannot be written; then the folder is as it was before.
    """
    words = tuple(command)
    scenario = findings[0].scenario
    try:
        add_findings(findings, folder, language)
        folder.add("report.html", findings_page(findings, language))
        folder.add("scenario.resolved.yaml", as_yaml(describe.resolved(scenario)))
        folder.add("run.json", as_json(_made(findings, words)))
        return folder.finish()
    except BaseException:
        folder.abandon()
        raise


def _whole(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "sentences": [str(each) for each in finding.sentences], **finding.to_dict()}


def _made(findings: Sequence[Finding], command: tuple[str, ...]) -> dict[str, Any]:
    scenario = findings[0].scenario
    return {
        "version": __version__,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(command),
        "scenario_files": list(scenario.provenance.files),
        "seed": scenario.experiment.seed,
        "findings": [finding.kind for finding in findings],
        "packages": {name: version_of(name) for name in PACKAGES},
    }
