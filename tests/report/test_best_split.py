"""How the best split is shown: tables, charts and the part of the page, in both languages."""

from functools import cache

import pytest

from simulation.study.best_split.answer import optimise
from simulation.study.best_split.finding import BestSplit
from simulation.study.best_split.show import charts, frontier, part, splits, terminal
from simulation.study.lab import Lab
from simulation.texts import texts
from tests.unit.study.line import engine, line


@cache
def found(payroll: float | None = None) -> BestSplit:
    lab = Lab(jobs=1, engine=engine)
    return optimise(line(), indifference=5000, payroll=payroll, fresh=10, first=6, lab=lab)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_charts_show_every_structure_and_the_plan(language: str) -> None:
    drawn = charts(found(9_700.0), texts(language))
    assert set(drawn) == {"splits", "frontier"}
    axes = drawn["frontier"].axes[0]
    written = [text.get_text() for text in axes.texts]
    assert any("%" in text for text in written)
    assert {"Line", "Crowd"} <= set(written)


def test_the_best_split_stands_on_top_and_the_good_ones_are_bold() -> None:
    figure = splits(found())
    labels = figure.axes[0].get_yticklabels()
    assert labels[0].get_text() == "2 hunters, 3 closers and 3 farmers\n(closers help)"
    bold = [label.get_fontweight() == "bold" for label in labels]
    assert bold[0] and sum(bold) == len(found().searches[0].good)


def test_one_size_has_no_frontier() -> None:
    assert set(charts(found(), texts("en"))) == {"splits"}
    with pytest.raises(ValueError, match="one size only"):
        frontier(found())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_part_of_the_page_says_it_and_lists_every_split(language: str) -> None:
    made = part(found(), texts(language))
    grids = [block for block in made.blocks if block.block == "grid"]
    assert len(grids) == 2
    rows = [row for row in grids[1].rows if row.cells]  # type: ignore[union-attr]
    assert len(rows) == 43
    assert all(len(row.cells) == len(grids[1].header) - 1 for row in rows)  # type: ignore[union-attr]


def test_the_terminal_shows_the_best_first() -> None:
    printed = list(terminal(found(9_700.0), 120, texts("en")))
    assert str(printed[0]).startswith("Line: The best team for a budgeted payroll of at most 9.70 thousand RUB a year")
    assert len(printed) > 8
