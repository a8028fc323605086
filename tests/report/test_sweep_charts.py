"""Charts, tables and parts of the page of sweeps and maps."""

import io
from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from simulation.report.findings import Showing, showing
from simulation.report.grid import Grid
from simulation.report.page.blocks import Bullets, Picture, Words
from simulation.report.page.write import findings_page
from simulation.report.plot.field import FULL, PALE, field_of, look_of, tinted
from simulation.study.field.show import MOST_ROWS
from simulation.study.field.sweep import Sweep, sweep
from simulation.study.field.winner_map import WinnerMap, winner_map
from simulation.study.kind import Finding
from simulation.study.variation import parse_range
from simulation.texts import texts
from tests.unit.study.formulas import Formulas, scenario

LOSS, CHURN = "hand_off.lead.loss=5%:45%:5", "market.customers.churn_per_year=0.1:0.5:5"
KINDS = ("line", "field", "cloud", "map", "splits", "three")


@cache
def made(kind: str) -> Sweep | WinnerMap:
    """A finding of each kind, made once."""
    studied = scenario(three=kind == "three")

    def ranges(*given: str) -> list:  # type: ignore[type-arg]
        return [parse_range(studied, text) for text in given]

    lab = Formulas()
    match kind:
        case "line":
            return sweep(studied, ranges(LOSS), lab=lab)
        case "field":
            return sweep(studied, ranges(LOSS, CHURN), lab=lab, replications=10)
        case "cloud":
            three = ranges("hand_off.lead.loss=5%:45%", "inbound=0.5:2", "team=6:9")
            return sweep(studied, three, lab=lab, replications=5, design="sobol", points=16)
        case "splits":
            return winner_map(studied, *ranges(LOSS, "inbound=1,2"), lab=lab, resplit=True)
    return winner_map(studied, *ranges(LOSS, CHURN), lab=lab)


def shown(kind: str) -> Showing:
    return showing(made(kind))


def chart(kind: str, language: str = "en") -> Figure:
    (figure,) = shown(kind).charts(made(kind), texts(language)).values()
    return figure


def letters(figure: Figure) -> str:
    """All that is written upon a figure."""
    from matplotlib.text import Text

    figure.draw_without_rendering()
    return "\n".join(each.get_text() for each in figure.findobj(Text) if each.get_text())


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_can_be_drawn_and_no_letter_leaves_the_page(kind: str, language: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    for figure in shown(kind).charts(made(kind), texts(language)).values():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        width, height = figure.bbox.size
        for axes in figure.axes:
            for each in (axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label, *axes.texts):  # type: ignore[attr-defined]
                if each.get_text():
                    box = each.get_window_extent(canvas.get_renderer())
                    assert box.x0 >= -1, each.get_text()
                    assert box.y0 >= -1, each.get_text()
                    assert box.x1 <= width + 1, each.get_text()
                    assert box.y1 <= height + 1, each.get_text()
        figure.savefig(io.BytesIO(), format="svg")


def test_lines_go_through_the_means_and_hollow_marks_are_not_told_apart() -> None:
    found = made("line")
    assert isinstance(found, Sweep)
    upper, lower = chart("line").axes
    drawn = np.asarray(upper.lines[0].get_ydata(), dtype=float)
    np.testing.assert_allclose(drawn, [point.contest.means["universal"].mean for point in found.points])
    faces = lower.collections[-1].get_facecolors()  # type: ignore[attr-defined]
    hollow = [bool(np.allclose(face[:3], 1.0)) for face in faces]
    assert hollow == [not point.contest.told_apart for point in found.points]
    assert [tick.get_text() for tick in lower.get_xticklabels()] == ["5 %", "15 %", "25 %", "35 %", "45 %"]


@pytest.mark.parametrize("kind", ["map", "field"])
def test_each_cell_has_the_colour_of_its_winner_and_open_ones_are_pale(kind: str) -> None:
    field = field_of(made(kind))
    (axes,) = chart(kind).axes
    cells = [each for each in axes.patches if isinstance(each, Rectangle)]
    assert len(cells) == len(field.cells)
    for patch, cell in zip(cells, field.cells, strict=True):
        seen, found = look_of(field.terms, cell.contest.best), cell.contest
        colour = np.asarray(patch.get_facecolor())[:3]
        np.testing.assert_allclose(colour, tinted(seen.colour, FULL if found.told_apart else PALE))
        assert (patch.get_hatch() or "") == (seen.hatch if found.told_apart else "")
    assert sum(text.get_text().startswith("?") for text in axes.texts) == sum(
        not cell.contest.told_apart for cell in field.cells
    )


def test_the_line_of_no_difference_runs_where_the_means_are_equal() -> None:
    (axes,) = chart("map").axes
    (contour,) = axes.collections
    for x, y in contour.get_paths()[0].vertices:
        # columns are 5, 15, 25 … %, rows .1, .2, .3 …: equal where loss = churn; noise as in test_winner_map
        assert 0.05 + 0.1 * x == pytest.approx(0.1 + 0.1 * y, abs=0.06)


def test_winner_colours_differ_in_grey_too() -> None:
    """Pale and full cells, and the two structures by their hatch, can be told apart without colour."""
    terms = made("map").terms
    one, two = (look_of(terms, name) for name in terms.structures)
    assert one.hatch != two.hatch

    def grey(colour: tuple[float, float, float]) -> float:
        return float(np.dot(colour, (0.299, 0.587, 0.114)))

    for each in (one, two):
        assert grey(tinted(each.colour, PALE)) - grey(tinted(each.colour, FULL)) > 0.1


def test_with_three_structures_the_numbers_are_the_lead_of_the_best() -> None:
    words = letters(chart("three"))
    assert "Numbers: the best less the next" in words
    assert "Pool is better" in words


def test_every_point_stands_over_each_of_several_variables() -> None:
    cloud = made("cloud")
    figure = chart("cloud")
    assert isinstance(cloud, Sweep)
    assert [bool(axes.collections) for axes in figure.axes] == [True, True, True, False]
    assert sum(len(each.get_offsets()) for each in figure.axes[0].collections) == len(cloud.points)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_the_page_leads_with_the_finding_and_has_a_chart_and_a_table(kind: str, language: str) -> None:
    found, words = made(kind), texts(language)
    part = shown(kind).part(found, words)
    lead = part.blocks[0]
    assert isinstance(lead, Words)
    assert (lead.kind, lead.text) == ("lead", words.again(found.sentences[0]))
    assert {Bullets, Picture, Grid} <= {type(block) for block in part.blocks}
    for block in part.blocks:
        if isinstance(block, Grid):
            assert all(len(row.cells) == len(block.header) - 1 for row in block.rows)


def test_the_table_of_a_map_has_the_highest_value_above_and_marks_open_cells() -> None:
    part = shown("map").part(made("map"), texts("en"))
    grid = next(block for block in part.blocks if isinstance(block, Grid))
    assert [row.label for row in grid.rows] == ["0.5", "0.4", "0.3", "0.2", "0.1"]
    assert list(grid.header[1:]) == ["5 %", "15 %", "25 %", "35 %", "45 %"]
    field = field_of(made("map"))
    marked = sum(cell.text.startswith("?") for row in grid.rows for cell in row.cells)
    assert marked == sum(not cell.contest.told_apart for cell in field.cells)


def test_the_page_lists_so_many_points_and_says_that_there_are_more() -> None:
    studied = scenario()
    given = [parse_range(studied, "hand_off.lead.loss=5%:45%:15"), parse_range(studied, "inbound=0.5:2:15")]
    found = sweep(studied, given, lab=Formulas(), replications=2)
    grids = [block for block in showing(found).part(found, texts("en")).blocks if isinstance(block, Grid)]
    assert len(grids[-1].rows) == MOST_ROWS < len(found.points)
    assert f"Shown are {MOST_ROWS} of 225 points" in grids[-1].note


def test_splits_stand_in_a_table_of_their_own() -> None:
    part = shown("splits").part(made("splits"), texts("en"))
    grid = next(each for each in part.blocks if isinstance(each, Grid) and each.title.startswith("The best splits"))
    assert all(cell.text.count("-") == 2 for row in grid.rows for cell in row.cells)


def test_the_terminal_prints_the_sentences_and_a_table() -> None:
    from rich.console import Console

    for kind in KINDS:
        console = Console(file=io.StringIO(), width=200)
        found: Finding = made(kind)
        console.print(*shown(kind).terminal(found, 200, texts("en")), sep="\n")
        printed = console.file.getvalue()  # type: ignore[attr-defined]
        assert found.scenario.provenance.title in printed
        assert str(found.sentences[0])[:60] in printed


def test_a_page_of_findings_is_made_of_them() -> None:
    page = findings_page([made("line"), made("map")], "ru")
    assert "Где какая структура побеждает" in page
    assert "Как меняется ответ" in page
