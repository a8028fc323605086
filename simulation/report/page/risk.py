"""The fifth part: how bad and how good a year may get."""

from __future__ import annotations

import numpy as np

from simulation.analysis.shares import Proportion, proportion_interval
from simulation.report.grid import Grid, Row
from simulation.report.money_tables import plan_grid
from simulation.report.page.blocks import Part
from simulation.report.reading import Reading

QUANTILES = (0.05, 0.1, 0.5, 0.9, 0.95)


def risk(reading: Reading) -> Part:
    """The distribution of the year's profit, the differences in the same years, the plan in the bad tenth."""
    t = reading.texts
    part = Part("risk", t("page-risk"))
    part.blocks.append(Grid(t("page-risk-profit"), reading.header, _profits(reading)))
    if reading.comparison is not None:
        part.blocks += _paired(reading)
    part.blocks += [each for each in (plan_grid(reading),) if each.rows]
    return part


def _profits(reading: Reading) -> list[Row]:
    t = reading.texts
    years = {name: _known(reading.result.values.of(name, "profit")) for name in reading.structures}
    scale = reading.scale("money", [abs(float(v)) for each in years.values() for v in each])
    rows = []
    for q in QUANTILES:
        label = t("page-quantile-middle") if q == 0.5 else t("page-quantile", share=reading.percent(q))
        rows.append(
            reading.row(
                label,
                lambda name, q=q: reading.quantile(years[name], q, scale),  # type: ignore[misc]
                scale.unit,
            )
        )
    level = reading.result.level
    rows.append(reading.row(t("page-loss"), lambda name: reading.share(_share_below(years[name], level))))
    cash = {name: _known(reading.result.values.of(name, "cash_low")) for name in reading.structures}
    lowest = reading.scale("money", [abs(float(v)) for each in cash.values() for v in each])
    rows.append(
        reading.row(
            t("page-cash-low"),
            lambda name: reading.quantile(cash[name], 0.1, lowest),
            lowest.unit,
        )
    )
    return rows


def _share_below(values: np.ndarray, level: float) -> Proportion:
    return proportion_interval(int((values < 0).sum()), len(values), level)


def _known(values: np.ndarray) -> np.ndarray:
    return np.asarray(values)[np.isfinite(values)]


def _paired(reading: Reading) -> list[Grid]:
    comparison = reading.comparison
    assert comparison is not None
    t = reading.texts
    found = []
    for name in comparison.structures:
        if name == comparison.baseline or not comparison.values.paired(name, comparison.baseline):
            continue
        values = _known(comparison.values.of(name, "profit") - comparison.values.of(comparison.baseline, "profit"))
        if not len(values):
            continue
        scale = reading.scale("money", [float(abs(v)) for v in values])
        cells = [reading.quantile(values, q, scale, signed=True) for q in QUANTILES]
        header = [
            "",
            *(
                t("page-quantile-middle") if q == 0.5 else t("page-quantile", share=reading.percent(q))
                for q in QUANTILES
            ),
        ]
        title = t("page-less", one=reading.title(name), other=reading.title(comparison.baseline))
        found.append(Grid(t("page-risk-difference"), header, [Row(title, cells, scale.unit)]))
    return found
