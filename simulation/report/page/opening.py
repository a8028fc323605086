"""The first part: the verdict, how sure it is, what it hangs on, and what must be known before it is believed."""

from __future__ import annotations

from simulation.analysis.history import check_of
from simulation.report.page.blocks import Block, Bullets, Part, Words
from simulation.report.reading import Reading

ASSUMPTIONS = 3
"""Assumptions that stand under the verdict; the others follow in a list."""


def verdict(reading: Reading) -> Part:
    """The verdict of a comparison, or what a run of single structures shows."""
    t = reading.texts
    part = Part("verdict", t("page-verdict"))
    comparison = reading.comparison
    part.blocks += [Words(t.again(each.text), "caution") for each in reading.result.cautions if each.first]
    if comparison is None:
        part.blocks.append(Words(t("page-no-comparison"), "lead"))
    else:
        pieces = {key: t.again(piece) for key, piece in comparison.verdict.pieces.items() if piece}
        part.blocks.append(Words(pieces.pop("finding", ""), "lead"))
        pieces.pop("assumptions", None)
        if pieces:
            part.blocks.append(Words(" ".join(pieces.values())))
        assumptions = [t.again(each) for each in comparison.verdict.assumptions]
        if assumptions:
            part.blocks.append(Bullets(assumptions[:ASSUMPTIONS], t("page-hangs-on")))
        part.blocks += _history(reading)
        part.blocks += [Words(t.again(each.text), "caution") for each in comparison.cautions if not each.first]
        if assumptions[ASSUMPTIONS:]:
            part.blocks.append(Bullets(assumptions[ASSUMPTIONS:], t("page-hangs-on-too")))
    if reading.result.precision is not None:
        part.blocks.append(Words(t.again(reading.result.precision.text), "note"))
    part.blocks.append(Words(_simulated(reading), "note"))
    return part


def _history(reading: Reading) -> list[Block]:
    """How well the model gives the owner's own last year again."""
    check = check_of(reading.result)
    if check is None:
        return [Words(reading.texts("page-no-history"), "note")]
    t = reading.texts
    text = f"{t.again(check.headline)} {t.again(check.verdict)}"
    return [Words(t("page-own-year", title=check.title, text=text))]


def _simulated(reading: Reading) -> str:
    experiment, runs = reading.result.scenario.experiment, reading.result.runs
    return reading.texts(
        "page-simulated",
        years=runs.finished,
        months=experiment.months,
        start=f"{experiment.start:%d.%m.%Y}" if reading.texts.language == "ru" else str(experiment.start),
        level=reading.percent(reading.result.level),
        begin=reading.texts(f"page-begin-{experiment.begin}"),
    )
