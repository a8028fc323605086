"""Charts: what they draw is what the result says, upon the axes they are given."""

import matplotlib.colors
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.analysis.comparison import Comparison, compare
from simulation.report.plot.comparison import difference, measure, profit
from simulation.report.plot.style import COLOURS


@pytest.fixture
def ax() -> Axes:
    return Figure().add_subplot()


def test_every_year_mean_and_interval_of_each_structure_is_drawn(comparison: Comparison, ax: Axes) -> None:
    assert measure(comparison, "profit", ax) is ax
    drawn = [np.asarray(line.get_xdata(), dtype=float) for line in ax.lines]
    for number, name in enumerate(comparison.structures):
        years, interval, mean = drawn[3 * number : 3 * number + 3]
        found = comparison.summaries[name]["profit"]
        assert years == pytest.approx(np.sort(comparison.values.of(name, "profit")))
        assert interval == pytest.approx([found.low, found.high])
        assert mean == pytest.approx([found.mean])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Universal", "Functional"]
    assert "RUB" in ax.get_xlabel()


def test_the_histogram_counts_every_year_once_and_parts_gains_from_losses_at_zero(
    comparison: Comparison, ax: Axes
) -> None:
    difference(comparison, name="profit", ax=ax)
    bars = [(bar.get_x(), bar.get_x() + bar.get_width(), bar.get_height()) for bar in ax.patches[: _bars(ax)]]
    assert sum(height for *_, height in bars) == comparison.runs.finished
    width = bars[0][1] - bars[0][0]
    assert all(low >= -1e-6 * width or high <= 1e-6 * width for low, high, _ in bars)


def test_a_bar_has_the_colour_of_the_structure_that_was_better(comparison: Comparison, ax: Axes) -> None:
    difference(comparison, "functional", "profit", ax)
    for bar in ax.patches[: _bars(ax)]:
        better = 1 if bar.get_x() + bar.get_width() / 2 > 0 else 0
        assert matplotlib.colors.same_color(bar.get_facecolor(), COLOURS[better])


def test_where_less_is_better_the_colours_are_the_other_way_round(comparison: Comparison, ax: Axes) -> None:
    difference(comparison, "functional", "lost_unanswered", ax)
    for bar in ax.patches[: _bars(ax)]:
        better = 0 if bar.get_x() + bar.get_width() / 2 > 0 else 1
        assert matplotlib.colors.same_color(bar.get_facecolor(), COLOURS[better])


def _bars(ax: Axes) -> int:
    """Number of bars; the band of the interval is drawn after them."""
    return len(ax.containers[0])


def test_the_picture_has_a_panel_for_the_structures_and_one_per_difference(comparison: Comparison) -> None:
    figure = profit(comparison)
    assert len(figure.axes) == 2
    assert comparison.scenario.title in figure.get_suptitle()


def test_one_year_and_equal_years_can_be_drawn(comparison: Comparison) -> None:
    one = compare(comparison.scenario, replications=1, jobs=1)
    profit(one).draw_without_rendering()
    # the market's leads are the same under both, so every difference is zero
    profit(comparison, "leads").draw_without_rendering()


def test_a_measure_that_is_not_there_is_refused(comparison: Comparison) -> None:
    with pytest.raises(KeyError, match="nonsense"):
        measure(comparison, "nonsense")
    with pytest.raises(KeyError, match="nonsense"):
        difference(comparison, name="nonsense")


def test_structures_that_met_different_years_have_no_difference_by_year(comparison: Comparison) -> None:
    other = comparison.scenario.replace({"experiment.seed": 9})
    apart = compare({"a": comparison.scenario, "b": other}, ["a:universal", "b:universal"], replications=2, jobs=1)
    with pytest.raises(ValueError, match="same years"):
        difference(apart, "b:universal")
    assert len(profit(apart).axes) == 1
