"""Every chart: what it draws is what the result says, in both languages, upon what it is given."""

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from matplotlib import _pylab_helpers
from matplotlib.axes import Axes
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from simulation import plot
from simulation.analysis.break_even import break_even
from simulation.analysis.comparison import Comparison, compare, simulate
from simulation.analysis.quantiles import band
from simulation.analysis.results import paths
from simulation.report.numbers import percent
from simulation.report.plot.style import BAND, COLOURS, GREY, INK, look
from simulation.sense.loader import load_text
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
    assert same_color(waterfall.patches[0].get_facecolor(), colours[1])


def test_the_funnel_draws_the_leads_of_each_step(comparison: Comparison) -> None:
    panels = plot.funnel(comparison).axes
    for name, panel in zip(comparison.structures, panels, strict=True):
        found = comparison.summaries[name]
        rows = comparison.runs.funnel[comparison.runs.funnel["structure"] == name]
        stages = [stage.name for stage in comparison.scenario.market.stages]
        new = rows[rows["part"] == "new"].groupby("stage")["passed"].sum() / comparison.runs.finished
        means = [found[step].mean for step in ("leads", "answered", "qualified")]
        means += [*(new[stage] for stage in stages[:-1]), found["won_leads"].mean]
        assert [bar.get_width() for bar in panel.patches] == pytest.approx(means)  # type: ignore[attr-defined]


def test_the_funnel_takes_the_won_of_those_decided_and_shows_the_open_ones(comparison: Comparison) -> None:
    panels = plot.funnel(comparison, lang="en").axes
    for name, panel in zip(comparison.structures, panels, strict=True):
        rows = comparison.runs.funnel[comparison.runs.funnel["structure"] == name]
        last = rows[(rows["part"] == "new") & (rows["stage"] == comparison.scenario.market.stages[-1].name)]
        won, came, still = (last[each].sum() / comparison.runs.finished for each in ("won", "entered", "open"))
        assert won == comparison.mean(name, "won_leads") and still > 0
        said = panel.texts[-1].get_text()
        share = percent(won / (came - still))
        assert f"({share} of those decided; " in said and said.endswith(" open)")


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


def test_customers_won_and_lost_make_the_base(comparison: Comparison) -> None:
    below = plot.customers(comparison).axes[1]
    for n, name in enumerate(comparison.structures):
        won, lost = (np.asarray(below.lines[2 * n + k].get_ydata(), dtype=float) for k in (0, 1))
        base = paths(comparison, name, "customers_end").mean(axis=0)
        assert 40 + np.cumsum(won + lost) == pytest.approx(base)
        found = comparison.summaries[name]
        assert won.sum() == pytest.approx(found["customers_won"].mean)
        assert -lost.sum() == pytest.approx(found["customers_lost"].mean)


def test_work_and_waiting_are_the_means_of_the_months_with_their_bands(comparison: Comparison) -> None:
    for panel, column in zip(plot.workload(comparison).axes, ("utilisation", "waiting_end"), strict=True):
        for line, area, name in zip(panel.lines, panel.collections, comparison.structures, strict=True):
            years = paths(comparison, name, column)
            assert line.get_ydata() == pytest.approx(years.mean(axis=0))
            edge = area.get_paths()[0].vertices[:, 1]  # type: ignore[index]
            assert [edge.min(), edge.max()] == pytest.approx([band(years, BAND)[0].min(), band(years, BAND)[1].max()])


def test_the_fan_holds_nine_years_of_ten_and_half_of_them(comparison: Comparison, ax: Axes) -> None:
    plot.revenue_against_plan(comparison, "functional", ax)
    sums = np.cumsum(paths(comparison, "functional", "revenue"), axis=1)
    for area, ends in zip(ax.collections, ((0.05, 0.95), (0.25, 0.75)), strict=True):
        edge = area.get_paths()[0].vertices  # type: ignore[index]
        last = edge[edge[:, 0] == edge[:, 0].max(), 1]
        assert [last.min(), last.max()] == pytest.approx(np.stack(band(sums[:, -1], ends)))


def test_the_dot_marks_the_month_in_which_the_middle_year_has_paid_its_capital_back() -> None:
    spent = {"budget.capital.lines": [{"name": "desks", "price": 700_000}]}
    result = simulate(load_text(SMALL, overrides=spent), ["functional"], replications=5, months=12, jobs=1)
    month = break_even(result, "functional").paid_back
    axes = plot.cash(result, lang="en")
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert 1 < month <= 12
    assert [float(np.asarray(dot.get_xdata())[0]) for dot in dots] == [month - 0.5]
    balance = paths(result, "functional", "cash_balance").mean(axis=0)
    assert float(np.asarray(dots[0].get_ydata())[0]) == pytest.approx(balance[int(month) - 1])
    assert "paid back" in axes.get_title(loc="left")


def test_axes_have_names_with_units(comparison: Comparison) -> None:
    result = comparison
    named = {
        "overview": ["mean of the years, mln RUB"],
        "cash": ["Cash, mln RUB"],
        "break_even": ["revenue, mln RUB", "revenue and costs, mln RUB"],
        "workload": ["At work, %", "Pieces of work waiting"],
        "customers": ["Customers", "a month"],
        "money_waterfall": ["mean of the years, mln RUB"],
        "lost_leads": ["leads of the period, mean of the years"],
        "revenue_against_plan": ["Revenue so far, mln RUB"],
        "channel_economics": ["a buyer, k RUB", "months"],
        "staffing": ["people"],
    }
    for name, wanted in named.items():
        for drawing in plot.drawings(result, "en", (name,)):
            labels = {label for axes in drawing.figure.axes for label in (axes.get_xlabel(), axes.get_ylabel())}
            assert set(wanted) <= labels, (name, labels)


def test_what_has_nothing_to_draw_says_so_in_words() -> None:
    nothing = SMALL.replace("leads_per_month: 100", "leads_per_month: 0").replace("customers: 40", "customers: 0")
    result = compare(load_text(nothing), replications=2, jobs=1)
    for name, words in (
        ("funnel", "Лидов не было."),
        ("lost_leads", "Ни один лид не потерян."),
        ("customers", "Клиентов, которые заказывают повторно, нет."),
        ("channel_economics", "Ни один покупатель не пришёл через канал."),
        ("break_even", "Продаж не было."),
    ):
        (drawing,) = plot.drawings(result, "ru", (name,))
        drawing.figure.draw_without_rendering()
        assert words in texts_of(drawing.figure), name
    months = result.runs.months.assign(utilisation=np.nan)
    (drawing,) = plot.drawings(replace(result, runs=replace(result.runs, months=months)), "en", ("workload",))
    assert "nobody was there" in texts_of(drawing.figure)


def test_without_a_finished_year_a_chart_says_so_and_none_is_listed() -> None:
    def broken(*_: object) -> NoReturn:
        raise RuntimeError("broken")

    failed = compare(load_text(SMALL), replications=2, jobs=1, engine=broken)
    assert list(plot.drawings(failed)) == []
    figure, other = Figure(), Figure()
    assert plot.funnel(failed, figure, lang="ru") is figure
    assert "Ни один возможный год не досчитан." in texts_of(figure)
    axes = other.add_subplot()
    assert plot.cash(failed, ax=axes) is axes and "No possible year was finished." in texts_of(other)


def test_charts_draw_upon_what_they_are_given(comparison: Comparison, ax: Axes) -> None:
    for draw in (plot.cash, plot.lost_leads, plot.money_waterfall, plot.break_even, plot.revenue_against_plan):
        assert draw(comparison, ax=ax) is ax
        ax.clear()
    for onto in (plot.profit, plot.funnel, plot.workload, plot.customers, plot.channel_economics, plot.staffing):
        figure = Figure(layout="constrained")
        assert onto(comparison, fig=figure) is figure and figure.axes


def test_bars_of_equal_years_have_no_structure_s_colour(comparison: Comparison, ax: Axes) -> None:
    plot.difference(comparison, name="leads", ax=ax)  # the market brings the same leads to both
    (bar,) = ax.containers[0]
    assert bar.get_height() == comparison.runs.finished and same_color(bar.get_facecolor(), GREY)


def test_nothing_is_saved(comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Figure, "savefig", lambda *_, **__: pytest.fail("a chart was saved"))
    assert len(list(plot.drawings(comparison))) > 10
    assert list(tmp_path.iterdir()) == []
