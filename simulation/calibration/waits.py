"""The load of the sellers from how long deals stay in their stages, where no log and no answered leads tell it.

A deal is in a stage while it waits for a seller, while he works and while the customer thinks. Nobody sees which is
which, but no part is below nothing: of any share of the deals, those who go on have stayed at least as long as the wait
and the work take. So simulated years at several loads (closed form for the hours of work, `pilot.loaded`) bound the
load from above: it is none at which a quarter or half of the leads still wait when a quarter or half of the deals in
the records have gone on. Where wait and work alone give both quantiles of a stage, nothing is left for thinking there,
and the load is told from below too, as far as simulated waits are known (`LOOSE`). Where customers think for days in
every stage, nothing is told, and the judged range stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.calibration.assemble import Judged
from simulation.calibration.facts import SOON, Facts, Floats
from simulation.calibration.pilot import loaded
from simulation.calibration.structures import present

LOADS = (0.35, 0.55, 0.75, 0.95)
LOOSE = 1.5
"""Factor within which simulated waits are those of the records: neither the work of each stage is known nor how much it
varies, and by Pollaczek and Khinchine a wait goes with 1 + cv^2."""
LIKE = 0.6
"""Ratio of wait and time in stage at both quantiles from which on a stage is nothing but a wait."""
FEWEST = 40
"""Waits in a stage of simulated years, below which nothing is held against them."""
MOST_YEARS = 4


@dataclass(frozen=True)
class Told:
    """What the times in stages say of the load.

    Attributes:
        most: it is at the most.
        least: it is at least; 0 where only the upper end is told.
        value: at which wait and work take the time in the stage where they take most of it.
        stage: that stage.
        years: simulated.
    """

    most: float
    least: float
    value: float
    stage: str
    years: int


def told_by_stages(facts: Facts, judged: Judged, seed: int = 1) -> Told | None:
    """What the times in stages say; None where they allow any load."""
    if not any(each.soon for each in facts.stages):
        return None
    ratios: dict[float, Floats] = {}
    years = 0
    for load in reversed(LOADS):
        ratios[load], played = _ratios(facts, judged, load, seed)
        years += played
        worst = _worst(ratios[load])
        if load == LOADS[-1] and not worst > 1.0:  # at the highest load nobody waits as long as deals stay
            return None
        if worst < 1 / LOOSE:
            break
    loads = np.array(sorted(ratios))
    logs = np.log(np.maximum([_worst(ratios[load]) for load in loads], 1e-6))
    logs = np.maximum.accumulate(logs)

    def at(ratio: float) -> float:
        """The load of a ratio, between loads that were tried; below them in proportion."""
        wanted = float(np.log(ratio))
        if wanted <= logs[0]:
            return float(max(loads[0] * np.exp(wanted - logs[0]), 0.1))
        return float(np.interp(wanted, logs, loads))

    value = at(1.0)
    near = ratios[min(loads, key=lambda load: abs(load - value))]
    stage = int(np.where(np.isfinite(near), near, -np.inf).max(axis=1).argmax())  # a stage of few leads tells nothing
    known = near[stage][np.isfinite(near[stage])]
    alike = bool(known.size and known.min() >= LIKE * known.max())
    return Told(at(LOOSE), at(1 / LOOSE) if alike else 0.0, value, facts.stages[stage].name, years)


def _worst(ratios: Floats) -> float:
    found = ratios[np.isfinite(ratios)]
    return float(found.max()) if found.size else 0.0


def _ratios(facts: Facts, judged: Judged, load: float, seed: int) -> tuple[Floats, int]:
    """Quantiles of wait and work over those of the time in stage, shape (stages, quantiles), and the years played."""
    from simulation.calibration.exporting.year import SimulatedYear

    scenario = loaded(facts, judged, load)
    name = present(facts) if present(facts) in scenario.structures else next(iter(scenario.structures))
    waits: list[list[Floats]] = [[] for _ in facts.stages]
    played = 0
    while played < MOST_YEARS and (not played or min(sum(map(len, each)) for each in waits) < FEWEST):
        year = SimulatedYear.of(scenario, name, played, seed)
        _, ended, _ = year.work
        for n in range(len(facts.stages)):
            hours = (ended[:, n + 1] - year.entered[:, n + 1])[~year.record.leads.initial]
            waits[n].append(hours[np.isfinite(hours)] / 24.0)
        played += 1
    found = np.full((len(facts.stages), len(SOON)), np.nan)
    for n, stage in enumerate(facts.stages):
        mine = np.concatenate(waits[n])
        if stage.soon and len(mine) >= FEWEST:
            found[n] = np.quantile(mine, SOON) / np.maximum(stage.soon, 1e-3)
    return found, played
