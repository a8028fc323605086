"""How charts are laid out: labels stand clear of each other, nothing is cut off, numbers are those of the language."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from simulation import plot
from simulation.analysis.comparison import Comparison, compare
from simulation.report.plot.style import end_labels, figure_of, finished, headline, new_figure, spread, wrapped
from simulation.sense.loader import load_text
from tests.cli.conftest import SMALL

LONG = "A department of hunters, closers and farmers with a very long name, as an owner may write it"


@pytest.fixture(scope="module")
def long_names() -> Comparison:
    """Four structures with names of a line and more."""
    more = "".join(
        f"  other_{n}:\n    title: '{LONG} {n}'\n    preset: universal\n"
        f"    roles: {{universal: {{headcount: {n + 2}, pay: {{base: 35 k}}}}}}\n"
        for n in range(2)
    )
    text = SMALL.replace("people: {recruiting", f"{more}people: {{recruiting")
    return compare(load_text(text, overrides={"structures.functional.title": LONG}), replications=3, months=6, jobs=1)


def boxes(figure: Figure, kind: type[Text] = Text) -> dict[str, Bbox]:
    """Where each visible text of a figure stands, pixels; numbers along an axis together, as far as they are drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found: dict[str, Bbox] = {}
    along: set[int] = set()
    for n, axes in enumerate(figure.axes):
        for axis in (axes.xaxis, axes.yaxis):
            along |= {
                id(label) for tick in (*axis.majorTicks, *axis.minorTicks) for label in (tick.label1, tick.label2)
            }
            if kind is Text and axes.axison and axis.get_visible() and (box := axis.get_tightbbox(renderer)):
                found[f"axis {n} {axis.axis_name}"] = box
    for n, each in enumerate(figure.findobj(kind)):
        assert isinstance(each, Text)
        if each.get_visible() and each.get_text().strip() and id(each) not in along:
            found[f"{n} {each.get_text()}"] = Text.get_window_extent(each, renderer)
    return found


def shared(one: Bbox, two: Bbox) -> float:
    """Area on which two boxes lie upon each other, as a share of the smaller one."""
    both = Bbox.intersection(one, two)
    return 0.0 if both is None else both.width * both.height / min(one.width * one.height, two.width * two.height)


@pytest.mark.parametrize("name", ["cash", "customers", "workload"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_names_at_the_ends_of_lines_stand_clear_of_each_other(long_names: Comparison, name: str, lang: str) -> None:
    (drawing,) = plot.drawings(long_names, lang, (name,))
    found = boxes(drawing.figure, Annotation)
    assert len(found) >= 4
    for (one, first), (two, second) in itertools.combinations(found.items(), 2):
        assert shared(first, second) < 0.02, (one, two)


def test_no_text_of_any_chart_is_cut_off_at_the_edges_of_the_page(long_names: Comparison) -> None:
    for drawing in plot.drawings(long_names, "ru"):
        if drawing.chart in ("gantt", "diagram", "response_times"):
            continue  # charts of replayed years have tests of their own
        page = drawing.figure.bbox
        for text, box in boxes(drawing.figure).items():
            assert box.x0 >= page.x0 - 2 and box.x1 <= page.x1 + 2, (drawing.name, text)
            assert box.y0 >= page.y0 - 2 and box.y1 <= page.y1 + 2, (drawing.name, text)


def test_every_chart_is_as_wide_as_the_page(long_names: Comparison) -> None:
    names = tuple(name for name in plot.CHARTS if name not in ("gantt", "diagram", "response_times"))
    assert {each.figure.get_figwidth() for each in plot.drawings(long_names, names=names)} == {9.0}


def test_titles_stand_on_the_left(long_names: Comparison) -> None:
    for drawing in plot.drawings(long_names, names=("profit", "staffing", "break_even", "funnel", "cash")):
        if drawing.figure.get_suptitle():
            assert drawing.figure._suptitle.get_ha() == "left"  # type: ignore[attr-defined]
        assert all(not axes.get_title(loc="center") for axes in drawing.figure.axes)


def test_numbers_along_axes_are_written_as_the_language_does(comparison: Comparison) -> None:
    for draw in (plot.break_even, plot.cash, plot.staffing):
        drawn = draw(comparison, lang="ru")  # type: ignore[operator]
        figure = figure_of(drawn) if isinstance(drawn, Axes) else drawn
        figure.draw_without_rendering()
        ticks = [tick.get_text() for axes in figure.axes for tick in (*axes.get_xticklabels(), *axes.get_yticklabels())]
        assert ticks and not any("." in tick for tick in ticks if tick[:1].isdigit())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 0.15)), min_size=1, max_size=6))
def test_labels_are_spread_without_overlap_and_stay_where_there_is_room(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [at for at, _ in labels], [height for _, height in labels]
    found = spread(wanted, heights)
    order = sorted(range(len(found)), key=lambda n: found[n])
    for one, two in itertools.pairwise(order):
        assert found[two] - found[one] >= (heights[one] + heights[two]) / 2 - 1e-6
    assert all(at <= 1 + 1e-9 for at in found)
    gaps = np.diff(sorted(wanted))
    if not len(gaps) or gaps.min() > max(heights):
        assert found == pytest.approx(wanted)


def test_a_label_that_was_moved_keeps_a_line_to_its_end() -> None:
    axes = new_figure(4.0).add_subplot()
    axes.set_ylim(0, 100)
    made = end_labels(axes, [(at, name, "black") for at, name in ((50.0, "a"), (50.1, "b"), (50.2, "c"), (99.0, "d"))])
    assert [each.arrow_patch is not None for each in made] == [True, False, True, False]
    assert [each.xy[1] for each in made] == pytest.approx([0.5, 0.501, 0.502, 0.99])


def test_long_words_are_broken_and_ends_of_lines_stay() -> None:
    assert wrapped("one two\nthree", 5) == "one\ntwo\nthree"
    assert max(len(line) for line in wrapped("x" * 60).split("\n")) <= 24


def test_a_long_title_is_broken_at_the_edge_of_the_page() -> None:
    figure = new_figure(3.0)
    finished(figure.add_subplot(), f"{LONG}; {LONG}")
    headline(figure, f"{LONG}: {LONG}")
    assert all(box.x1 <= figure.bbox.x1 + 1 for box in boxes(figure).values())
