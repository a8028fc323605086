"""Exports of a simulated year as files: what each system would have written, and the truth in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from simulation.analysis.cases import Source, changed
from simulation.analysis.unknown import one_of
from simulation.calibration.exporting.faults import FAULTS, planted
from simulation.calibration.exporting.layouts import File
from simulation.calibration.exporting.made import recorded
from simulation.calibration.exporting.systems import LAYOUTS
from simulation.calibration.exporting.truth import truth_of
from simulation.calibration.exporting.year import SimulatedYear

ALL = "all"
"""Stands for every layout."""
TRUTH = "truth"
"""Name of the folder of the truth."""


def export_crm(
    scenario: Source,
    layout: str | Sequence[str],
    folder: str | os.PathLike[str],
    *,
    structure: str | None = None,
    replication: int = 0,
    seed: int | None = None,
    since: date | None = None,
    faults: Sequence[str] = (),
) -> list[Path]:
    """Write what systems would have exported of one structure in one possible year.

    Each layout has a folder of its own, and the truth (scenario, leads, events, faults) stands in `truth`.

    Args:
        scenario: a scenario, or the path of its file.
        layout: name of a layout, several, or 'all'.
        folder: where to; made if it is not there.
        structure: name of the structure; the first when None.
        replication: number of the possible year.
        seed: seed of all luck; the scenario's own when None.
        since: the first day on which everything was recorded; the first after the warm-up when None.
        faults: what goes wrong in the CRM, by name.

    Returns:
        The files.

    Raises:
        UnknownName: there is no such layout, fault or structure; nothing is written.
        ScenarioError: the scenario is wrong.
        ValueError: a number out of range.
        OSError: a file cannot be written.
    """
    files = exported(
        scenario, layout, structure=structure, replication=replication, seed=seed, since=since, faults=faults
    )
    made = []
    for place, file in files:
        path = Path(folder) / place / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        made.append(path)
    return made


def exported(
    scenario: Source,
    layout: str | Sequence[str],
    *,
    structure: str | None = None,
    replication: int = 0,
    seed: int | None = None,
    since: date | None = None,
    faults: Sequence[str] = (),
) -> list[tuple[str, File]]:
    """The files of `export_crm`, each with the name of its folder, before anything is written."""
    layouts = layouts_asked(layout)
    for name in faults:
        one_of("faults", name, FAULTS)
    played = changed(scenario)
    year = SimulatedYear.of(played, structure or next(iter(played.structures)), replication, seed)
    kinds = {apart: planted(recorded(year, since, apart), faults) for apart in {LAYOUTS[n].apart for n in layouts}}
    files = [(name, file) for name in layouts for file in LAYOUTS[name].written(kinds[LAYOUTS[name].apart].records)]
    told = next(iter(kinds.values())).told if len(kinds) == 1 else {str(apart): k.told for apart, k in kinds.items()}
    return [*files, *((TRUTH, file) for file in truth_of(year, told))]


def layouts_asked(layout: str | Sequence[str]) -> tuple[str, ...]:
    """Names of the layouts that are asked for.

    Raises:
        UnknownName: there is no such layout.
    """
    names = (layout,) if isinstance(layout, str) else tuple(layout)
    for name in names:
        one_of("export-crm", name, (*LAYOUTS, ALL))
    return tuple(LAYOUTS) if ALL in names else tuple(dict.fromkeys(names))
