"""Findings by themselves as a folder: values first, then charts, a page that opens offline, and how they were made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulation.report.files import PACKAGES, version_of
from simulation.report.findings.adding import add_charts, add_values, drawn_earlier, names_of
from simulation.report.left_out import LeftOut
from simulation.report.output_folder import OutputFolder
from simulation.report.page.write import findings_page
from simulation.report.plain import as_json, as_yaml
from simulation.scenario import describe
from simulation.study.finding import Finding
from simulation.version import __version__

if TYPE_CHECKING:
    from pathlib import Path


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
        folder.clear(["report.html", *drawn_earlier(named, folder)], left.failed)
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

    Args:
        findings: those whose values are written.
        folder: where to.
        command: the command line that made them.
        left: takes what cannot be made.
        language: of the page and the charts; that of the scenario's locale when None.

    Returns:
        The files.
    """
    try:
        add_charts(names_of(findings), folder, left, language)
        with left.part("report.html"):
            folder.add("report.html", findings_page(findings, language, left=left))
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
        "version": __version__,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(command),
        "scenario_files": list(scenario.provenance.files),
        "seed": scenario.experiment.seed,
        "findings": [finding.kind for finding in findings],
        "packages": {name: version_of(name) for name in PACKAGES},
        "left_out": [each.to_dict() for each in left.missing],
    }
