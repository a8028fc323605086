"""The what-ifs that an answer was put to, as a table."""

from __future__ import annotations

from simulation.analysis.catalogue import describe
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import scale_of
from simulation.study.compare.what_ifs import Firmness
from simulation.texts import Texts


def what_ifs_grid(firm: Firmness, t: Texts, most: int | None = None) -> Grid:
    """The what-ifs, those that turn the answer first: the one ahead less its rival in each."""
    unit = describe(firm.measure).unit
    shown = firm.what_ifs[:most]
    means = [each.difference.mean for each in shown]
    halves = [(each.difference.high - each.difference.low) / 2 for each in shown]
    scale = scale_of(unit, means, halves, firm.scenario.currency, t.language)
    upwards = 1.0 if describe(firm.measure).upwards else -1.0
    rows = [
        Row(
            _sentence(t.again(each.words)),
            [
                Cell(
                    scale.text(each.difference.mean * upwards, signed=True),
                    tone="bad" if each.turns else "",
                    strong=each.turns,
                    value=each.difference.mean * upwards,
                    kind=unit,
                )
            ],
        )
        for each in shown
    ]
    pair = {"best": t.title(firm.titles[firm.ahead]), "rival": t.title(firm.titles[firm.rival])}
    note = t("page-what-if-note", years=firm.years, **pair)
    if len(shown) < len(firm.what_ifs):
        note += f" {_sentence(t('page-left-for-appendix', count=len(firm.what_ifs) - len(shown)))}."
    unit_of = f", {scale.unit}" if scale.unit else ""
    return Grid("", [t("page-what-if"), f"{t('page-what-if-difference', **pair)}{unit_of}"], rows, note)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
