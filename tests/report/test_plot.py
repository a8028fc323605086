"""Every chart: what it draws is what the result says, in both languages, upon what it is given."""

import numpy as np
import pytest
from matplotlib import _pylab_helpers
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation import plot
from simulation.analysis.comparison import Comparison, compare, simulate
from simulation.analysis.paths import paths
from simulation.report.plot.style import COLOURS, INK, look
from simulation.scenario.loader import load_text
from tests.cli.conftest import SMALL


@pytest.fixture
def ax() -> Axes:
    return Figure().add_subplot()


def texts_of(figure: Figure) -> str:
    """All that is written in a figure."""
    found = [each.get_text() for each in figure.findobj(match=lambda artist: hasattr(artist, "get_text"))]
    return " | ".join(text for text in found if text)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_all_charts_are_drawn_in_both_languages_and_nothing_global_is_left(comparison: Comparison, lang: str) -> None:
    made = list(plot.drawings(comparison, lang))
    assert {each.chart for each in made} == {name for name, chart in plot.CHARTS.items() if chart.applies(comparison)}
    for each in made:
        each.figure.draw_without_rendering()
        shown = texts_of(each.figure)
        assert ("Универсальная" in shown) == (lang == "ru" and each.structure != "functional"), each.name
        assert "Hunter" not in shown or lang == "en"
    assert len({each.name for each in made}) == len(made)
    assert _pylab_helpers.Gcf.get_all_fig_managers() == []


def test_charts_can_be_asked_for_by_name(comparison: Comparison) -> None:
    names = [each.name for each in plot.drawings(comparison, names=("cash", "money_waterfall"))]
    assert names == ["cash", "money_waterfall-universal", "money_waterfall-functional"]
    with pytest.raises(KeyError, match="nonsense"):
        list(plot.drawings(comparison, names=("nonsense",)))


@pytest.mark.parametrize("draw", [plot.revenue_against_plan, plot.money_waterfall, plot.break_even])
def test_a_chart_of_a_structure_that_is_not_there_is_refused(comparison: Comparison, draw) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(KeyError, match="nobody"):
        draw(comparison, "nobody")


def test_a_structure_looks_alike_in_every_chart(comparison: Comparison) -> None:
    colours = [look(comparison, name).colour for name in comparison.structures]
    assert colours == list(COLOURS[:2]) and len(set(COLOURS)) == len(COLOURS) == len(INK)
    assert len({look(comparison, name).line for name in comparison.structures}) == 2
    assert len({look(comparison, name).hatch for name in comparison.structures}) == 2
    waterfall = plot.money_waterfall(comparison, "functional")
    assert plot.cash(comparison).lines[1].get_color() == colours[1]
    from matplotlib.colors import same_color

    assert same_color(waterfall.patches[0].get_facecolor(), colours[1])


def test_the_funnel_draws_the_leads_of_each_step(comparison: Comparison) -> None:
    panels = plot.funnel(comparison).axes
    for name, panel in zip(comparison.structures, panels, strict=True):
        found = comparison.summaries[name]
        means = [found[step].mean for step in ("leads", "answered", "qualified", "won_leads")]
        assert [bar.get_width() for bar in panel.patches] == pytest.approx(means)  # type: ignore[attr-defined]


def test_losses_are_drawn_for_every_reason_that_happened(comparison: Comparison, ax: Axes) -> None:
    assert plot.lost_leads(comparison, ax) is ax
    drawn = sorted(bar.get_width() for bar in ax.patches)  # type: ignore[attr-defined]
    lost = {
        reason: [comparison.summaries[name][reason].mean for name in comparison.structures]
        for reason in comparison.measures
        if reason.startswith("lost.")
    }
    assert drawn == pytest.approx(sorted(v for values in lost.values() if any(values) for v in values))


def test_the_fan_ends_at_the_years_revenue_and_the_plan_at_its_target(ax: Axes) -> None:
    planned = load_text(SMALL, overrides={"plan": {"target": 12_000_000}})
    result = simulate(planned, ["universal"], replications=6, jobs=1)
    plot.revenue_against_plan(result, ax=ax, lang="en")
    middle, target = ax.lines[:2]
    sums = paths(result, "universal", "revenue").sum(axis=1)
    assert middle.get_ydata()[-1] == pytest.approx(np.median(sums))  # type: ignore[index]
    assert target.get_ydata()[-1] == pytest.approx(2_000_000)  # type: ignore[index]
    assert "plan is met in" in ax.get_title(loc="left")


def test_without_a_plan_the_fan_stands_alone(comparison: Comparison, ax: Axes) -> None:
    plot.revenue_against_plan(comparison, ax=ax)
    assert len(ax.lines) == 1


def test_cash_and_customers_are_the_means_of_the_months(comparison: Comparison) -> None:
    axes = plot.cash(comparison)
    for line, name in zip(axes.lines, comparison.structures, strict=False):
        assert line.get_ydata() == pytest.approx(paths(comparison, name, "cash_balance").mean(axis=0))
    above, below = plot.customers(comparison).axes
    assert above.lines[0].get_ydata() == pytest.approx(paths(comparison, "universal", "customers_end").mean(axis=0))
    assert below.lines[1].get_ydata() == pytest.approx(-paths(comparison, "universal", "customers_lost").mean(axis=0))


def test_the_waterfall_falls_from_revenue_to_profit(comparison: Comparison, ax: Axes) -> None:
    plot.money_waterfall(comparison, "universal", ax)
    widths = [bar.get_width() for bar in ax.patches]  # type: ignore[attr-defined]
    found = comparison.summaries["universal"]
    assert widths[0] == pytest.approx(found["revenue"].mean)
    assert widths[-1] == pytest.approx(found["profit"].mean)
    assert sum(widths[:-1]) == pytest.approx(widths[-1])


def test_channels_are_drawn_with_what_a_buyer_costs(comparison: Comparison) -> None:
    panel = plot.channel_economics(comparison).axes[0]
    drawn = {round(bar.get_width(), 3) for bar in panel.patches}  # type: ignore[attr-defined]
    means = {
        round(comparison.summaries[name][measure].mean, 3)
        for name in comparison.structures
        for measure in comparison.measures
        if measure.startswith("acquisition_cost.") and comparison.summaries[name][measure].n
    }
    assert means and means <= drawn | {float("inf")}


def test_one_year_of_one_structure_can_be_drawn() -> None:
    result = simulate(load_text(SMALL), ["universal"], replications=1, jobs=1)
    for each in plot.drawings(result):
        each.figure.draw_without_rendering()


def test_text_of_a_scenario_is_no_formula(comparison: Comparison) -> None:
    text = SMALL.replace("title: Three sellers", "title: '$x_1$ & <script>'")
    made = load_text(text, overrides={"structures.functional.title": "a $b_2$ c", "currency": "USD"})
    for each in plot.drawings(compare(made, replications=2, jobs=1)):
        each.figure.draw_without_rendering()
        assert "$b_2$" not in texts_of(each.figure).replace(r"\$", "")


def test_the_overview_has_a_bar_for_every_mean(comparison: Comparison) -> None:
    (axes,) = plot.overview(comparison).axes
    drawn = [bar.get_width() for bar in axes.patches]  # type: ignore[attr-defined]
    shown = ("revenue", "gross_margin", "payroll", "costs", "profit")
    means = [comparison.summaries[name][each].mean for name in comparison.structures for each in shown]
    assert drawn == pytest.approx(means)
