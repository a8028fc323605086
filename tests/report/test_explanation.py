"""An explanation as a chart, in the terminal and on the page."""

import io

import pytest
from matplotlib.patches import Rectangle
from rich.console import Console

from simulation.report.grid import Grid
from simulation.report.page.blocks import Picture
from simulation.study.explain.finding import Explanation
from simulation.study.explain.show import SHOWING, waterfall
from simulation.texts import LANGUAGES, texts
from tests.unit.study.test_explain import explained, two_structures


@pytest.fixture(scope="module")
def found() -> Explanation:
    return explained(two_structures("switching", "hand_off"), replications=3)


def test_the_steps_lead_from_one_mean_to_the_other(found: Explanation):
    axes = waterfall(found)
    steps = [each for each in axes.patches if isinstance(each, Rectangle)]
    assert [each.get_width() for each in steps] == pytest.approx([1200, -400, 250])
    at = found.means[0]
    for step in steps:
        assert step.get_x() == pytest.approx(at)
        at += step.get_width()
    assert at == pytest.approx(found.means[1])
    first, last = (line.get_xdata()[0] for line in axes.lines if line.get_marker() == "D")
    assert (first, last) == pytest.approx(found.means)


def test_steps_up_and_down_differ_in_more_than_colour_and_unclear_ones_are_hollow(found: Explanation):
    up, down, _ = (each for each in waterfall(found).patches if isinstance(each, Rectangle))
    assert up.get_hatch() != down.get_hatch()
    unclear = Explanation(**{**vars(found), "bars": tuple(_open(each) for each in found.bars)})
    hollow = next(each for each in waterfall(unclear).patches if isinstance(each, Rectangle))
    assert hollow.get_facecolor() == (1, 1, 1, 1)
    assert up.get_facecolor() != (1, 1, 1, 1)


def _open(bar):
    return type(bar)(**{**vars(bar), "joint_low": -1e5, "joint_high": 1e5})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_it_shows_it_and_explains_every_bar(found: Explanation, language: str):
    t = texts(language)
    part = SHOWING.part(found, t)
    picture = next(each for each in part.blocks if isinstance(each, Picture))
    assert t.title(found.titles[1]) in picture.svg[: picture.svg.index("viewBox")]
    grid = next(each for each in part.blocks if isinstance(each, Grid))
    assert [row.label.lower() for row in grid.rows] == [
        t.again(each.title).lower() for each in (*found.bars, found.left, found.whole)
    ]
    assert all(row.cells[-1].text for row in grid.rows)


def test_the_terminal_shows_bars_that_add_up(found: Explanation):
    console = Console(width=100, record=True, file=io.StringIO())
    for each in SHOWING.terminal(found, 100, texts("en")):
        console.print(each)
    shown = console.export_text()
    for text in ("+1 200", "-400", "+250", "+1 050"):
        assert text.replace(" ", "\N{NO-BREAK SPACE}") in shown


def test_table_and_chart_have_the_sign_of_the_sentences_whichever_is_ahead(found: Explanation):
    """The one ahead less the other: what favours it has a plus in every place."""
    turned = found.to_the_one_ahead
    assert turned is found and found.second_is_ahead
    behind = Explanation(
        **{
            **vars(found),
            "means": found.means[::-1],
            "bars": tuple(_minus(each) for each in found.bars),
            "left": _minus(found.left),
            "whole": _minus(found.whole),
        }
    )
    assert not behind.second_is_ahead
    shown = behind.to_the_one_ahead
    assert shown.titles == behind.titles[::-1] and shown.means == behind.means[::-1]
    assert [each.mean for each in shown.bars] == pytest.approx([each.mean for each in found.bars])
    assert all(each.joint_low <= each.mean <= each.joint_high for each in shown.bars)
    t = texts("en")
    table = next(each for each in SHOWING.part(behind, t).blocks if isinstance(each, Grid))
    first, second = (t.title(name) for name in behind.titles)
    assert table.title.index(first) < table.title.index(second)  # the first, which is ahead, less the second
    steps = [each.get_width() for each in waterfall(behind).patches if isinstance(each, Rectangle)]
    assert steps == pytest.approx([1200, -400, 250])


def _minus(bar):
    ends = {"low": -bar.high, "high": -bar.low, "joint_low": -bar.joint_high, "joint_high": -bar.joint_low}
    return type(bar)(**{**vars(bar), "mean": -bar.mean, **ends})
