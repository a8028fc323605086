"""What a reader sees before the appendix: the answer on one screen, then at most five sections of one screen each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from simulation.analysis.budget import against_plan
from simulation.analysis.cautions import Regime
from simulation.report.answer import Answer
from simulation.report.grid import Cell, Grid
from simulation.report.page.blocks import Block, Bullets, Part, Picture, Words, picture
from simulation.report.page.parts import people_grid, profits_grid, transition_sentence
from simulation.report.plot.comparison import measure as of_years
from simulation.report.plot.comparison import same_years
from simulation.report.plot.gallery import CHARTS
from simulation.report.plot.style import figure_of
from simulation.report.reading import Reading
from simulation.report.result_tables import history_lines, lost_grid
from simulation.report.summary import beside, main_table
from simulation.report.what_if_table import what_ifs_grid
from simulation.texts import say

SECTIONS = 5
"""Sections between the answer and the appendix, at most."""
FIRST_ROOM, ROOM = 300, 200
"""Words of the answer and of a section at most, those of tables among them: with `SECTIONS` fewer than 1 500."""
WHAT_IFS = 6
"""What-ifs in the table of a section; all of them stand in the appendix."""
ALONE = 3
"""Structures of which the answer speaks where nothing is compared."""


def answer_part(reading: Reading, found: Answer | None, drawn: Reading) -> Part:
    """The answer: who is ahead and how sure, how firm, the picture of the same years, what to do, what to measure."""
    part = Part("answer", reading.texts("page-answer"))
    blocks = _alone(reading) if found is None else _answered(reading, found, drawn)
    with reading.left.part(say("left-out-chart", name="same_years")):
        at = next(
            (n for n, block in enumerate(blocks) if isinstance(block, Words) and block.kind == "step"), len(blocks)
        )
        blocks[at:at] = [_picture(reading)]
    part.blocks += blocks
    return part


def _answered(reading: Reading, found: Answer, drawn: Reading) -> list[Block]:
    t = reading.texts
    blocks: list[Block] = [Words(t.again(each.text), "caution") for each in found.cautions]
    if found.at_best:
        blocks.append(Words(t.again(found.title), "note"))
    blocks.append(Words(t.again(found.headline), "lead"))
    blocks.append(Words(t.again(found.sure)))
    if found.firm is not None:
        blocks.append(Words(t.again(found.firm)))
    blocks += [Words(t.again(line)) for line in history_lines(drawn.result, t)[:1]]
    unasked = "page-measure-two-files" if _in_two_files(found) else "page-measure-unknown"
    measure = t(unasked) if found.measure is None else t.again(found.measure)
    return [*blocks, Words(t.again(found.next), "step"), Words(measure, "step")]


def _in_two_files(found: Answer) -> bool:
    """Whether the best and its rival stand in two files, of which no search asks what-ifs."""
    verdict, cases = found.shown.verdict, found.shown.cases
    return bool(verdict.rival) and cases[verdict.best].file != cases[verdict.rival].file


def _alone(reading: Reading) -> list[Block]:
    """What structures that are not compared bring."""
    t = reading.texts
    blocks: list[Block] = [Words(t.again(each.text), "caution") for each in reading.result.cautions if each.first]
    for n, name in enumerate(reading.structures[:ALONE]):
        said = [_brings(reading, name)]
        if (plan := against_plan(reading.result, name)) is not None:
            said.append(t("page-alone-plan", share=reading.percent(plan.whole.met.share)))
        blocks.append(Words(" ".join(said), "plain" if n else "lead"))
    return [*blocks, Words(t("page-alone-next"), "step")]


def _brings(reading: Reading, name: str) -> str:
    years = np.asarray(reading.result.values.of(name, "profit"))
    years = years[np.isfinite(years)]
    few = len(years) < 10
    ends = (years.min(), years.max()) if few else np.quantile(years, (0.1, 0.9))
    scale = reading.scale("money", [float(years.mean()), *map(float, ends)])
    key = "page-alone-brings-one" if len(years) == 1 else f"page-alone-brings{'-few' * few}"
    return reading.texts(
        key,
        structure=reading.title(name),
        measure=reading.measure_title("profit").lower(),
        mean=scale.with_unit(float(years.mean())),
        low=scale.with_unit(float(ends[0])),
        high=scale.with_unit(float(ends[1])),
    )


def _picture(reading: Reading) -> Picture:
    t, comparison = reading.texts, reading.comparison
    if comparison is None or not comparison.verdict.rival:
        figure = figure_of(of_years(reading.result, getattr(reading.result, "measure", "profit"), lang=t.language))
        return picture(figure, t("alt-profit"))
    pair = {"best": reading.title(comparison.verdict.best), "rival": reading.title(comparison.verdict.rival)}
    if not comparison.values.paired(comparison.verdict.best, comparison.verdict.rival):
        figure = figure_of(of_years(comparison, comparison.measure, lang=t.language))
        return picture(figure, t("alt-profit"))
    return picture(figure_of(same_years(comparison, lang=t.language)), t("page-alt-same-years", **pair))


def sections(reading: Reading, found: Answer | None, drawn: Reading) -> Iterator[Part]:
    """The sections of a result, the most important first, each with what it links to in the appendix."""
    left = reading.left
    for make, title in (
        (_side_by_side, "page-structures"),
        (_firm, "page-firm"),
        (_why, "page-why"),
        (_risk, "page-good-bad"),
        (_way, "page-way"),
    ):
        made: Part | None = None
        with left.part(say("left-out-part", part=say(title))):
            made = make(reading, found, drawn)
        if made is not None and made.blocks:
            yield made


def _side_by_side(reading: Reading, found: Answer | None, drawn: Reading) -> Part:
    t = reading.texts
    part = Part("sides", t("page-structures"), more=("structures", "months", "control"))
    if found is None:
        names = [each for each in MAIN if reading.measures([each])]
        part.blocks.append(Grid("", reading.header, reading.measures(names)))
        return part
    before = drawn if found.at_best else None
    if found.drawn is not None:
        part.blocks.append(Words(t.again(found.drawn)))
    for names in beside(found.shown):
        grid = main_table(reading, names, before)
        if words_of(grid) <= ROOM or len(names) <= 2:
            break
    pair = {"best": reading.title(found.shown.verdict.best), "rival": reading.title(found.shown.verdict.rival)}
    note = t("summary-interval", one=pair["best"], other=pair["rival"], level=reading.percent(found.shown.level))
    part.blocks.append(replace(grid, note=note if found.shown.verdict.rival else ""))
    return part


MAIN = ("profit", "revenue", "payroll", "deals", "orders", "answered_within_1d", "customers_end", "utilisation")


def _firm(reading: Reading, found: Answer | None, drawn: Reading) -> Part:
    t = reading.texts
    part = Part("firm", t("page-firm"), more=("what-ifs", "statistics", "drawn"))
    if found is None:
        return part
    firm = drawn.best.firm if drawn.best is not None else None
    unasked = "page-firm-two-files" if _in_two_files(found) else "page-no-firm"
    part.blocks.append(Words(t(unasked)) if firm is None else what_ifs_grid(firm, t, WHAT_IFS))
    if found.costs:
        part.blocks.append(Bullets([t.again(each) for each in found.costs], t("page-costs")))
    return part


def _why(reading: Reading, found: Answer | None, drawn: Reading) -> Part:
    t = reading.texts
    part = Part("reasons", t("page-why"), more=("why",))
    part.blocks.append(Bullets([t.again(each.text) for each in _regimes(reading)], t("page-turns-on")))
    lost = lost_grid(reading)
    names = _pair(reading)
    if lost.rows and len(reading.structures) > len(names):
        at = [reading.structures.index(name) for name in names]
        rows = [replace(row, cells=[row.cells[n] for n in at]) for row in lost.rows]
        most = sorted(rows, key=lambda row: -max(cell.value for cell in row.cells))[:REASONS]
        part.blocks.append(replace(lost, header=["", *map(reading.title, names)], rows=most, note=""))
    elif lost.rows:
        figure = CHARTS["lost_leads"].draw(reading.result, "", t.language)
        part.blocks.append(picture(figure_of(figure), t("alt-lost-leads")))  # type: ignore[arg-type]
    return part


REASONS = 6
"""Reasons for which leads are lost, in the table of a section."""


def _pair(reading: Reading) -> list[str]:
    """The structures that the answer names; of single ones the first."""
    comparison = reading.comparison
    if comparison is None or not comparison.verdict.rival:
        return list(reading.structures)[:2]
    return [comparison.verdict.best, comparison.verdict.rival]


def _regimes(reading: Reading) -> Sequence[Regime]:
    return [reading.result.regimes[name] for name in _pair(reading)]


def _risk(reading: Reading, found: Answer | None, drawn: Reading) -> Part:
    part = Part("good-bad", reading.texts("page-good-bad"), more=("risk",))
    every = [list(reading.structures)] if found is None else beside(found.shown)
    for names in (*every, _pair(reading), _pair(reading)[:1]):
        grid = replace(profits_grid(reading, names), title="")
        if len(names) <= 3 and words_of(grid) <= ROOM:
            break
    part.blocks.append(grid)
    return part


def _way(reading: Reading, found: Answer | None, drawn: Reading) -> Part | None:
    t = reading.texts
    if found is None:
        return None
    part = Part("way", t("page-way"), more=("transition",))
    best, rival = found.shown.verdict.best, found.shown.verdict.rival
    if best in drawn.transitions:
        way = drawn.transitions[best]
        part.blocks += [Words(transition_sentence(drawn, best, way)), people_grid(drawn, best, way)]
    elif best == found.shown.baseline and rival in drawn.transitions:
        part.blocks.append(Words(t("page-way-none", structure=drawn.title(best))))
        part.blocks.append(Words(transition_sentence(drawn, rival, drawn.transitions[rival])))
    else:
        begin = reading.result.scenario.experiment.begin
        part.blocks.append(Words(t("page-transition-inside") if begin == "today" else t("page-transition-none")))
    return part


# --- how much room there is -------------------------------------------------------------------------------------------


def words_of(block: Block) -> int:
    """Words that a block takes, without those in a picture."""
    match block:
        case Words():
            return len(block.text.split())
        case Bullets():
            return len(f"{block.title} {' '.join(block.items)}".split())
        case Picture():
            return len(block.caption.split())
        case Grid():
            rows = [each for row in block.rows for each in (row.label, row.unit, *_texts(row.cells))]
            return len(f"{block.title} {block.note} {' '.join(block.titles)} {' '.join(rows)}".split())


def _texts(cells: Sequence[Cell]) -> Iterator[str]:
    for each in cells:
        yield each.text
        yield each.note


def fitted(part: Part, room: int, pictures: int = 1) -> Part:
    """A part with what there is room for, its first blocks first; whatever is left out stands in the appendix."""
    kept: list[Block] = []
    for block in part.blocks:
        if isinstance(block, Picture):
            if pictures:
                kept.append(block)
                pictures -= 1
            continue
        if isinstance(block, Bullets):
            while block.items and words_of(block) > room:
                block = replace(block, items=block.items[:-1])
            if not block.items:
                continue
        if isinstance(block, Words) and block.kind == "lead" and words_of(block) > room:
            block = replace(block, text=" ".join(block.text.split()[:room]) + " …")
        if (used := words_of(block)) <= room:
            kept.append(block)
            room -= used
    return replace(part, blocks=kept)
