"""Cautions from the closed form, and those about choices that differ: before anything is simulated."""

from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution, planned_cautions, regime_of
from simulation.analysis.fairness import choice_cautions
from simulation.expected import workload
from simulation.expected.output import output
from simulation.expected.splits import better_split
from simulation.scenario.scenario import Scenario
from simulation.sense.checks import sense
from simulation.sense.loader import load_text
from simulation.texts import texts

CASES = Path(__file__).parents[2] / "cases"

LINE = """
version: 1
currency: EUR
calendar: {around_the_clock: true}
experiment: {start: 2026-01-01, months: 12}
market:
  channels: {site: {kind: inbound, leads_per_month: 1000, patience: never, fit: 1}}
  products: {p: {deal: 1000, gross_margin: 50 %, repeat: false, paperwork: 0 h}}
  qualification: {work: 0.5 h, true_positive: 1, false_positive: 0}
  speed_to_lead: null
  stages: [{name: sale, work: 2 h, conversion: 0.5, patience: never}]
people:
  talent: {sd: 0}
  absence: {vacation_days: 0, sick_days: 0}
  switching: 0
  availability: 1
  learning: {qualify: {start: 1, mastery: 1}, sell: {start: 1, mastery: 1}, prospect: {start: 1, mastery: 1}}
hand_off: {lead: {loss: 0, delay: 0, extra_work: 0}}
structures:
  line:
    title: Line
    roles:
      hunter: {headcount: 3, pay: {base: 1000}, activities: [qualify]}
      closer: {headcount: 2, pay: {base: 1000}, activities: [sell]}
  all:
    title: Everybody
    roles:
      rep: {headcount: 5, pay: {base: 1000}, activities: [sell, qualify], ownership: personal, new_work: assigned}
"""


def line(**values: Any) -> Scenario:
    return load_text(LINE, overrides={path.replace("__", "."): value for path, value in values.items()})


def planned(scenario: Scenario, *structures: str) -> list[Caution]:
    return planned_cautions({name: Case(name, scenario, name) for name in structures or scenario.structures})


def choices(scenario: Scenario) -> list[Caution]:
    return choice_cautions({name: Case(name, scenario, name) for name in scenario.structures}, "line")


def said(caution: Caution) -> str:
    """The text, once it is known that Russian can say it too."""
    assert texts("ru").again(caution.text) != caution.text
    return str(caution.text)


# --- people ----------------------------------------------------------------------------------------------------------


def test_a_role_with_too_much_to_do_beside_one_with_time_is_told_whom_to_move() -> None:
    """Closers have 2 000 of 1 461 hours to work, hunters 500 of 2 191: two of those are enough."""
    uneven = next(each for each in planned(line(), "line") if each.code == "uneven")
    assert uneven.figures == {"busy": pytest.approx(2000 / 1461), "idle": pytest.approx(500 / 2191.5)}
    assert "% — move one person from hunter to closer" in said(uneven)
    assert not planned(line(), "all")


def test_nobody_is_moved_who_is_needed_where_he_is() -> None:
    tight = line(structures__line__roles__hunter__headcount=1, structures__line__roles__closer__headcount=2)
    uneven = next(each for each in planned(tight, "line") if each.code == "uneven")
    assert "move" not in said(uneven)
    assert "%: the people do not fit the work" in said(uneven)


def test_a_split_that_leaves_much_undone_is_held_against_a_better_one_of_the_same_payroll() -> None:
    scenario = line()
    own, best = better_split(scenario, "line", most=60)
    assert own.margin == pytest.approx(250e3 * 1461 / 2000)
    assert dict(best.heads) == {"hunter": 2, "closer": 3}
    assert best.margin == pytest.approx(250e3)
    split = next(each for each in planned(scenario, "line") if each.code == "split")
    assert split.figures["behind"] == pytest.approx(1 - 1461 / 2000)
    assert "with 2 hunters and 3 closers instead of 3 hunters and 2 closers" in said(split)


def test_a_split_of_another_payroll_is_no_better_one() -> None:
    dear = line(structures__line__roles__closer__pay__base=1500)
    own, best = better_split(dear, "line", most=60)
    assert best is own


def test_a_split_whose_headcounts_change_during_the_run_is_left_alone() -> None:
    hires = [{"at": "2026-03-01", "set": {"roles.closer.headcount": 3}}]
    own, best = better_split(line(structures__line__interventions=hires), "line", most=60)
    assert best is own


def test_what_is_not_done_stops_what_follows() -> None:
    """Hunters answer 73 % of the leads; so many fewer reach the closers, who have time for those."""
    scenario = line(structures__line__roles__hunter__headcount=1, market__qualification__work="1 h")
    made = output(workload(scenario, "line"))
    assert made.done["qualify"] == pytest.approx(0.7305)
    assert made.done["sell"] == pytest.approx(1.0)
    assert made.margin == pytest.approx(0.7305 * 250e3)


# --- order and presence ----------------------------------------------------------------------------------------------


def test_what_stands_after_prospecting_without_end_is_never_reached() -> None:
    scenario = simulation.load(CASES / "f6_funnel_order.yaml")
    warning = next(each for each in sense(scenario) if each.path == "structures.s.roles.rep.activities")
    assert "prospecting comes before `qualify`, `sell` and has no end" in warning.message
    caution = next(each for each in planned(scenario) if each.code == "unreached")
    assert "first contacts and stages of sales" in said(caution)
    regime = simulation.simulate(scenario, replications=1, jobs=1, months=1).regimes["s"]
    assert regime.decides == "unreached"
    assert "time" not in regime.text
    assert "overloaded" not in regime.text


@pytest.mark.parametrize(
    "reached",
    [
        {"structures.s.roles.rep.activities": ["qualify", "sell", "prospect"]},
        {"structures.s.roles.rep.due": {"qualify": "8 working hours", "sell": "8 working hours"}},
        {"market.channels.calls.contacts": {"size": 100}},
        {"market.channels.calls.active": False},
        {"structures.s.roles.other": {"headcount": 1, "activities": ["qualify", "sell"]}},
    ],
)
def test_nothing_is_unreached_where_something_calls_for_it(reached: dict[str, Any]) -> None:
    scenario = simulation.load(CASES / "f6_funnel_order.yaml").replace(reached)
    assert not [each for each in planned(scenario) if each.code == "unreached"]
    assert not [each for each in sense(scenario) if "no end" in each.message]


def test_the_regime_of_nobody_who_misses_work_is_not_about_that() -> None:
    scenario = line()
    assert regime_of(Case("all", scenario, "all"), {}).decides == "unknown"


def test_open_hours_without_anybody_who_answers_are_told() -> None:
    scenario = simulation.load(CASES / "f8_two_shifts.yaml")
    warning = next(each for each in sense(scenario) if each.path == "structures.s.roles.agent.hours_per_week")
    assert "from 16:00 on, in 33 % of the open hours" in warning.message
    caution = next(each for each in planned(scenario) if each.code == "unanswered")
    assert caution.figures["share"] == pytest.approx(1 / 3)
    assert "gone by 16:00" in said(caution)


@pytest.mark.parametrize(
    "staffed",
    [
        {"structures.s.roles.agent.hours_per_week": None},
        {"calendar.hours": "08:00-16:00"},
        {"structures.s.roles.late": {"headcount": 1, "activities": ["qualify"]}},
        {"market.channels.calls.active": False},
    ],
)
def test_open_hours_that_somebody_staffs_or_nobody_calls_in_are_not_told(staffed: dict[str, Any]) -> None:
    scenario = simulation.load(CASES / "f8_two_shifts.yaml").replace(staffed)
    assert not [each for each in planned(scenario) if each.code == "unanswered"]


# --- choices that differ ---------------------------------------------------------------------------------------------


def test_an_order_of_work_that_differs_is_told() -> None:
    both = {"title": "Both", "roles": {"rep": {"headcount": 5, "activities": ["qualify", "sell"]}}}
    scenario = line(structures__line=both)
    order = next(each for each in choices(scenario) if each.code == "order")
    assert "Everybody takes stages of sales before first contacts; Both the other way round" in said(order)


def test_an_order_that_only_one_of_them_has_is_no_difference() -> None:
    assert not [each for each in choices(line()) if each.code == "order"]


def test_ownership_and_the_giving_out_of_new_work_that_differ_are_told() -> None:
    found = {each.code: said(each) for each in choices(line())}
    works = "first contacts and stages of sales"
    assert found["ownership"] == (
        f"Not the same ownership: in Everybody it waits for its owner, in Line any colleague takes it: {works}."
    )
    assert "in Everybody it is given out in turn, in Line whoever is free takes it" in found["new_work"]
    assert not choices(
        line(structures__all__roles__rep__ownership="team", structures__all__roles__rep__new_work="shared")
    )


def test_due_times_that_differ_are_told() -> None:
    found = choices(line(structures__all__roles__rep__due={"sell": "8 working hours"}))
    assert any("differ in due times" in said(each) and "stages of sales" in each.text for each in found)


def test_a_comparison_tells_them_all_on_the_page_and_in_the_summary() -> None:
    comparison = simulation.compare(line(), replications=2, months=1, jobs=1)
    codes = {each.code for each in comparison.cautions}
    assert {"uneven", "split", "ownership", "new_work"} <= codes
    assert codes <= {each["code"] for each in comparison.to_dict()["cautions"]}
