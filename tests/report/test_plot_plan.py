"""The charts of a plan's funnel and of the weak link: bars and marks are those of the plan and of the links."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from simulation import plot
from simulation.analysis.comparison import Comparison
from simulation.analysis.intervals import paired_difference
from simulation.finance.planning import BottomUp, bottom_up
from simulation.report.plot.style import COLOURS
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.study.weak_link.answer import Link, WeakLink
from tests.cli.conftest import SMALL

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ax() -> Axes:
    return Figure().add_subplot()


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(ROOT / "scenarios" / "department_of_ten.yaml")


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> BottomUp:
    assert scenario.plan is not None
    return bottom_up(scenario, "functional", scenario.plan.model_copy(update={"target": 80e6}))


def names(ax: Axes) -> list[str]:
    """Names of the rows, from above, each on one line."""
    return [label.get_text().replace("\n", " ") for label in reversed(ax.get_yticklabels())]


def test_each_step_of_the_funnel_has_its_two_numbers(scenario: Scenario, found: BottomUp, ax: Axes) -> None:
    assert plot.plan_funnel(scenario, found, ax, "en") is ax
    needed, present = ([bar.get_width() for bar in bars] for bars in ax.containers)
    steps = {step.key: step for step in found.steps}
    rows = names(ax)
    for label, name in (
        ("attempts (calls)", "attempts"),
        ("first contacts", "answered"),
        ("leads at the stage 'proposal'", "stage.proposal"),
        ("first deals", "deals"),
        ("meetings with clients", "meetings"),
    ):
        row = rows.index(label)
        assert (needed[row], present[row]) == pytest.approx((steps[name].needed, steps[name].present)), label
    assert rows[-1] == "meetings with clients" and "orders and upsells" not in rows
    assert ax.get_xscale() == "log" and ax.get_xlabel() == "number a year (logarithmic)"


def test_the_funnel_speaks_russian(scenario: Scenario, found: BottomUp) -> None:
    axes = plot.plan_funnel(scenario, found, lang="ru")
    assert {"первые контакты", "лиды на этапе «возражения»", "первые сделки"} <= set(names(axes))
    assert not any(char.isascii() and char.isalpha() for name in names(axes) for char in name)
    assert "«Функциональная»" in axes.get_title(loc="left")


def test_a_step_that_takes_nothing_or_has_no_end_has_a_number_and_no_bar(scenario: Scenario, found: BottomUp) -> None:
    endless = [replace(step, needed=math.inf) if step.key == "leads" else step for step in found.steps]
    none = [replace(step, present=0.0) if step.key == "attempts" else step for step in endless]
    axes = plot.plan_funnel(scenario, replace(found, steps=tuple(none)), lang="en")
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]
    needed, present = ([bar.get_width() for bar in bars] for bars in axes.containers)
    rows = names(axes)
    assert math.isnan(needed[rows.index("leads")]) and math.isnan(present[rows.index("attempts (calls)")])
    written = [text.get_text() for text in axes.texts]
    assert "∞" in written and "0" in written


def test_a_funnel_without_steps_says_so(scenario: Scenario, found: BottomUp) -> None:
    axes = plot.plan_funnel(scenario, replace(found, steps=()), lang="en")
    assert [text.get_text() for text in axes.texts] == ["The plan takes no leads."]


def link(name: str, kind: str, gains: list[float]) -> Link:
    difference = paired_difference(np.array(gains), np.zeros(len(gains)), level=0.95, family=2)
    return Link(kind, name, "a.path", 1.0, difference)  # type: ignore[arg-type]


def test_each_link_has_its_mean_and_joint_interval_and_is_filled_where_told_apart(
    comparison: Comparison, ax: Axes
) -> None:
    sure, unsure = link("Hunter", "person", [9e4, 10e4, 11e4]), link("proposal", "conversion", [-5e4, 1e4, 9e4])
    assert sure.difference.told_apart and not unsure.difference.told_apart
    assert plot.weak_link(comparison, WeakLink("functional", (sure,), (unsure,), 3), ax, "en") is ax
    marks = [line for line in ax.lines if line.get_marker() == "D"]
    spans = [line for line in ax.lines if line.get_linewidth() == 3]
    for mark, span, each in zip(marks, spans, (sure, unsure), strict=True):
        assert mark.get_xdata() == pytest.approx([each.difference.mean])
        assert span.get_xdata() == pytest.approx([each.difference.joint_low, each.difference.joint_high])
    assert same_color(marks[0].get_color(), COLOURS[1]) and same_color(marks[1].get_color(), "white")
    assert names(ax) == ["one more: Hunter", "one more point of conversion: proposal"]
    assert ax.get_xlabel() == "added to the profit of the period, k RUB"


def test_links_are_named_in_russian_and_one_year_has_no_interval(comparison: Comparison, ax: Axes) -> None:
    plot.weak_link(comparison, WeakLink("universal", (link("Hunter", "person", [1e4]),), (), 1), ax, "ru")
    assert names(ax) == ["ещё один человек: Хантер"] and "«Универсальная»" in ax.get_title(loc="left")
    assert not [line for line in ax.lines if line.get_linewidth() == 3]


def test_no_links_are_told_in_words_and_a_structure_that_is_not_there_is_refused(comparison: Comparison) -> None:
    axes = plot.weak_link(comparison, WeakLink("universal", (), (), 3), lang="en")
    assert [text.get_text() for text in axes.texts] == ["There is no role and no stage to add to."]
    with pytest.raises(KeyError, match="nobody"):
        plot.weak_link(comparison, WeakLink("nobody", (), (), 3))


def test_a_dollar_in_a_name_begins_no_formula() -> None:
    text = SMALL.replace("title: Three sellers", "title: 'a $x_$ b $y_$'") + "plan: {target: 20 mln}\n"
    scenario = load_text(text, overrides={"currency": "USD"})
    assert scenario.plan is not None
    axes = plot.plan_funnel(scenario, bottom_up(scenario, "universal", scenario.plan))
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]  # an unescaped x_ would be no formula
    assert r"a \$x_\$ b \$y_\$" in axes.get_title(loc="left")
