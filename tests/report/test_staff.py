"""What is shown of the staff: numbers are those of the result, sentences only where they have something to say."""

import re
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console, Group, RenderableType

from simulation.analysis.break_even import payback
from simulation.analysis.comparison import Comparison, compare
from simulation.expected import months_to_proficiency
from simulation.report.files import write
from simulation.report.output_folder import OutputFolder
from simulation.report.plot.months import staffing as staffing_charts
from simulation.report.plot.months import staffing_of as staffing_chart
from simulation.report.staff_tables import role_grid, staff_grid, staff_lines
from simulation.report.terminal import printed as tables_of
from simulation.sense.loader import load_text
from tests.cli.conftest import SMALL
from tests.report.test_tables import reading

CRM = "{at: 2026-01-15, crm: {ceiling: 0.5, midpoint: 1 month, failure: 0, setup: 20 k, licence: 1 k, paperwork: 0.3}}"
SAME = "preset: universal, roles: {universal: {headcount: 3, pay: {base: 35 k}}}"


def printed(*parts: RenderableType) -> str:
    console = Console(file=StringIO(), width=200, highlight=False, markup=False)
    console.print(Group(*parts))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def staff_part(result: Comparison) -> list[RenderableType]:
    """All that the terminal says of the staff."""
    said = reading(result)
    grids = [*tables_of(staff_grid(said), 200), *tables_of(role_grid(said), 200)]
    return [*grids, *staff_lines(said)]


def varied(structures: str, more: str = "") -> Comparison:
    text = SMALL.split("structures:")[0] + more + "structures:\n" + structures
    return compare(load_text(text, "small.yaml"), replications=3, months=4, jobs=1)


@pytest.fixture(scope="module")
def moving() -> Comparison:
    """Three sellers of whom many leave."""
    return compare(load_text(SMALL, "small.yaml"), replications=6, months=12, jobs=1)


def test_leavers_and_the_cost_of_turnover_are_those_of_the_result(moving: Comparison) -> None:
    text = printed(*staff_part(moving))
    assert "People who come and leave" in text and "Cost of turnover" in text
    for label, measure in (("Leavers ", "leavers"), ("Hires ", "hires")):
        line = next(line for line in text.splitlines() if line.strip().startswith(label))
        shown = [float(each.replace(" ", "")) for each in re.findall(r"\d+\.\d+|\d+", line)][::3]
        means = [moving.summaries[name][measure].mean for name in moving.structures]
        assert shown == pytest.approx(means, abs=0.06)


def test_the_table_of_roles_has_each_role_once_with_its_planned_ramp(moving: Comparison) -> None:
    text = printed(*tables_of(role_grid(reading(moving)), 200))
    for name in moving.structures:
        for role, months in months_to_proficiency(moving.scenario, name).items():
            title = moving.scenario.structures[name].roles[role].title or role
            (line,) = [line for line in text.splitlines() if line.strip().startswith(f"{title}  ")]
            assert line.split()[-2] == f"{months:.1f}"


def test_nothing_is_shown_where_nobody_comes_or_leaves_and_nobody_leads() -> None:
    still = varied(
        "  one: {preset: universal, roles: {universal: {headcount: 3, turnover_per_year: 0, pay: {base: 35 k}}}}\n"
        "  two: {preset: universal, roles: {universal: {headcount: 4, turnover_per_year: 0, pay: {base: 35 k}}}}\n"
    )
    assert staff_part(still) == []


def test_a_crm_is_said_to_pay_back_against_the_same_department_without_it_and_nothing_else() -> None:
    found = varied(
        f"  without: {{title: Without, {SAME}}}\n"
        f"  with_it: {{title: With, {SAME}, interventions: [{CRM}]}}\n"
        f"  later: {{title: Later, {SAME}, interventions: [{CRM.replace('01-15', '02-15')}]}}\n"
        f"  other: {{title: Other, {SAME.replace('headcount: 3', 'headcount: 4')}, interventions: [{CRM}]}}\n"
    )
    text = printed(*staff_part(found))
    lines = [line for line in text.splitlines() if "against" in line and "in cash" in line]
    assert [line.split(",")[0] for line in lines] == ["With against Without", "Later against Without"]
    assert payback(found, "with_it", "without").text.split(";")[0] in text.replace("\n", " ")
    assert "With changes: 2026-01-15" in text


def test_a_department_that_only_serves_is_said_to_live_so_many_months() -> None:
    found = varied(
        "  going: {preset: universal, roles: {universal: {headcount: 3, pay: {base: 35 k}}}}\n"
        "  run_off: {preset: run_off, roles: {client_service: {headcount: 3, pay: {base: 35 k}}}}\n"
    )
    lines = [line for line in printed(*staff_part(found)).splitlines() if "nobody sells" in line]
    assert len(lines) == 1 and lines[0].startswith("Run-off: nobody sells; profit grows for ")
    grows = sorted(found.values.of("run_off", "profitable_months"))
    middle = grows[1]
    assert f"grows for {middle:.0f}" in lines[0] or (middle == 4 and "4 or more" in lines[0])


def test_the_chart_draws_the_monthly_means(moving: Comparison) -> None:
    axes = staffing_chart(moving, "functional")
    lines = {line.get_linestyle(): line for line in axes.get_lines()}
    months = moving.runs.months.query("structure == 'functional'")
    assert lines["--"].get_ydata() == pytest.approx(months.groupby("month")["ramped"].mean().to_numpy())
    heights = [bar.get_height() for bar in axes.patches if hasattr(bar, "get_height")]
    assert sum(heights) == pytest.approx(12 * np.mean(months["hires"] + months["leavers"]))
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels[:2] == ["Jan\n2026", "Feb"] and len(labels) == 12


def test_a_long_horizon_names_the_same_months_of_each_year() -> None:
    found = compare(load_text(SMALL, "small.yaml"), replications=1, months=30, jobs=1)
    labels = [label.get_text() for label in staffing_chart(found, "universal").get_xticklabels()]
    assert labels[:5] == ["Jan\n2026", "Apr", "Jul", "Oct", "Jan\n2027"]


def test_every_structure_has_a_panel_and_all_have_one_scale(moving: Comparison) -> None:
    panels = [axes for axes in staffing_charts(moving).axes if axes.get_title(loc="left")]
    assert [axes.get_title(loc="left") for axes in panels] == list(moving.titles.values())
    assert len({axes.get_ylim() for axes in panels}) == 1
    with pytest.raises(KeyError, match="allowed: universal, functional"):
        staffing_chart(moving, "nobody")


@pytest.mark.usefixtures("unpainted")
def test_the_picture_is_written_only_where_people_move(moving: Comparison, tmp_path: Path) -> None:
    write(moving, OutputFolder(tmp_path / "moving"), [])
    assert (tmp_path / "moving" / "staffing.png").read_bytes().startswith(b"\x89PNG")
    one = "{preset: universal, roles: {universal: {headcount: 3, turnover_per_year: 0, pay: {base: 35 k}}}}"
    still = varied(f"  one: {one}\n  two: {one}\n")
    write(still, OutputFolder(tmp_path / "still"), [])
    assert not (tmp_path / "still" / "staffing.png").exists()
    assert (tmp_path / "still" / "comparison.png").exists()
