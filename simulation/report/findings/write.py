"""Findings by themselves as a folder: their files, a page that opens offline, and how they were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulation.report.files import PACKAGES, version_of
from simulation.report.findings.adding import add_findings
from simulation.report.output_folder import OutputFolder
from simulation.report.page.write import findings_page
from simulation.report.plain import as_json, as_yaml
from simulation.scenario import describe
from simulation.study.finding import Finding
from simulation.version import __version__

if TYPE_CHECKING:
    from pathlib import Path


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
