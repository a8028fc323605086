"""The closed form over the dated timeline: hires, lay-offs, ramps, moves and terms, against calculation by hand."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simulation
from simulation.expected import budgeted_pay, budgeted_payroll, positions, steady, workload
from simulation.expected.spending import expected_accounts, newcomers_a_year
from simulation.expected.staff import opened
from simulation.scenario.scenario import Scenario
from simulation.sense.checks import sense
from simulation.sense.loader import load_text
from simulation.validation.sense.changes import beside_itself

CASES = Path(__file__).parents[2] / "cases"


@cache
def case(name: str) -> Scenario:
    return simulation.load(CASES / f"{name}.yaml")


# --- people asked: is what a plan says true of what a run does? ----------------------------------------------------


def test_people_hired_on_the_second_day_are_paid_and_work_as_if_they_had_been_there_from_the_first() -> None:
    scenario = case("f2_plan_ignores_hires")
    of = {name: budgeted_payroll(scenario, name) for name in scenario.structures}
    assert of["same"] == pytest.approx(8 * 12 * 3_000)
    assert of["s"] == pytest.approx(12 * 3_000 * (1 + 8 * 364) / 365, rel=1e-6)  # 287 thousand
    loads = {name: workload(scenario, name).roles["rep"].load for name in of}
    assert loads["s"] == pytest.approx(loads["same"], abs=0.05)  # newcomers are slower for a while
    assert not [each for each in sense(scenario) if "payroll" in each.message]


def test_newcomers_of_the_first_day_ramp() -> None:
    flows = workload(case("f2b_plan_ignores_first_ramp"), "plan")
    rep = flows.roles["rep"]
    assert rep.proficiency["prospect"] == pytest.approx((12 - 2.25 + 0.75) / 12, rel=2e-3)  # 126 of 144 rep-months
    assert 12 * flows.revenue == pytest.approx(126 * 0.7 * 100e3, rel=2e-3)


def test_ramped_rep_months_of_people_hired_month_by_month_add_up() -> None:
    flows = workload(case("f3_ramped_capacity"), "plan")
    ramped = 5 * 10.5 + 2 * (sum(n - 1.5 for n in range(3, 12)) + 0.75 + 0.25)
    assert ramped == 153.5
    rep = flows.roles["rep"]
    assert rep.headcount == pytest.approx(16, rel=5e-3)  # months of the calendar are not alike
    assert 12 * rep.people * rep.pace["prospect"] == pytest.approx(ramped, rel=6e-3)
    assert 12 * flows.deals == pytest.approx(107.4, rel=6e-3)


# --- by hand: around the clock, nobody away, everybody of proficiency 1 --------------------------------------------

HAND = """
version: 1
currency: EUR
calendar: {around_the_clock: true}
experiment: {start: 2026-01-01, months: 12}
market:
  channels: {site: {kind: inbound, leads_per_month: 100, patience: never}}
  products: {p: {deal: 1000, gross_margin: 50 %, paperwork: 0 h}}
  qualification: null
  speed_to_lead: null
  stages: [{name: sale, work: 1 h, conversion: 0.5, patience: never}]
  customers: {order_every: {exponential: 1 month}, requests_per_month: 0, churn_per_year: 0, payment: {late_share: 0}}
people:
  talent: {sd: 0}
  absence: {vacation_days: 0, sick_days: 0}
  switching: 0
  availability: 1
  recruiting: {time: 0 h, cost: 500}
  onboarding: {training_days: 0}
  learning: {sell: {start: 1, mastery: 1}, serve: {start: 1, mastery: 1}, prospect: {start: 1, mastery: 1}}
budget: {contributions: 0.3}
structures:
  s:
    roles:
      rep: {headcount: 2, pay: {base: 1000}, activities: [sell, serve], ownership: team}
      other: {headcount: 0, pay: {base: 2000}, activities: [serve]}
"""
DAYS = 365


def hand(*changes: dict[str, Any], **values: Any) -> Scenario:
    """The scenario by hand with interventions of the structure, and values at dotted paths (`__` for a dot)."""
    overrides = {path.replace("__", "."): value for path, value in values.items()}
    return load_text(HAND, overrides={"structures.s.interventions": list(changes), **overrides})


def at(date: str, **settings: Any) -> dict[str, Any]:
    return {"at": date, "set": {path.replace("__", "."): value for path, value in settings.items()}}


def test_where_nothing_changes_and_all_are_practised_it_is_the_steady_form() -> None:
    scenario = hand()
    dated, still = workload(scenario, "s"), steady(scenario, "s")
    assert (dated.deals, dated.roles["rep"].load) == (still.deals, still.roles["rep"].load)
    assert [(part.begin, part.end) for part in dated.parts] == [(0.0, 24.0 * DAYS)]


def test_a_change_that_changes_nothing_moves_nothing() -> None:
    one = workload(hand(), "s")
    two = workload(hand(at("2026-05-01", roles__rep__headcount=2), at("2026-09-01", roles__rep__headcount=2)), "s")
    assert len(two.parts) == 3
    assert two.customers == pytest.approx(one.customers, rel=1e-9)  # the base goes on where it was
    assert two.revenue == pytest.approx(one.revenue, rel=1e-9)
    assert two.roles["rep"].load == pytest.approx(one.roles["rep"].load, rel=1e-9)


def test_positions_are_paid_for_the_time_that_they_exist() -> None:
    scenario = hand(at("2026-04-01", roles__rep__headcount=5), at("2026-10-01", roles__rep__headcount=1))
    heads = (2 * 90 + 5 * 183 + 1 * 92) / DAYS
    assert positions(scenario, "s") == pytest.approx({"rep": heads, "other": 0})
    assert budgeted_pay(scenario, "s")["rep"].base == pytest.approx(12 * 1000 * heads)
    assert budgeted_payroll(scenario, "s") == pytest.approx(1.3 * 12 * 1000 * heads)
    assert workload(scenario, "s").roles["rep"].capacity == pytest.approx(730.5 * heads)


def test_pay_and_terms_are_those_of_their_dates() -> None:
    raised = hand(at("2026-07-01", roles__rep__pay={"base": 3000, "commission": {"share": 0.1, "on": "deals"}}))
    pay = budgeted_pay(raised, "s")["rep"]
    assert pay.base == pytest.approx(2 * 12 * (1000 * 181 + 3000 * 184) / DAYS)
    assert pay.commission == pytest.approx(12 * 0.1 * 50 * 1000 * 184 / DAYS, rel=0.02)


def test_a_position_opened_late_pays_contributions_on_a_part_of_a_year() -> None:
    """Above 6 000 a year another rate holds; half a year of pay stays below it."""
    reduced = {"budget__contributions_above": 0.1, "budget__contributions_base": 6_000}
    scenario = hand(at("2026-07-02", roles__rep__headcount=3), **reduced)
    half = 12 * 1000 * 183 / DAYS
    full = 0.3 * 6_000 + 0.1 * 6_000
    late = 0.3 * 6_000 + 0.1 * (half - 6_000)
    assert budgeted_pay(scenario, "s")["rep"].contributions == pytest.approx(2 * full + late, rel=1e-3)


def test_a_market_that_changes_is_met_from_its_date() -> None:
    flows = workload(hand(at("2026-07-02", market__channels__site__leads_per_month=300)), "s")
    assert [part.flows.channels["site"].leads for part in flows.parts] == pytest.approx([100, 300], rel=1e-6)
    assert flows.channels["site"].leads == pytest.approx((100 * 182 + 300 * 183) / DAYS, rel=1e-6)


def test_people_who_are_looked_for_and_trained_are_positions_and_do_not_work_yet() -> None:
    slow = {"people__recruiting__time": "60 days", "people__onboarding__training_days": 30}
    rep = workload(hand(at("2026-04-01", roles__rep__headcount=3), **slow), "s").roles["rep"]
    assert rep.headcount == pytest.approx(2 + 275 / DAYS)
    assert rep.people == pytest.approx(2 + (275 - 60 - 30) / DAYS)
    assert rep.capacity == pytest.approx(730.5 * rep.people)


def test_the_latest_hired_are_laid_off_first() -> None:
    """Two of ramp 100 % and two newcomers: when two go, the old ones stay."""
    ramp = {"structures__s__roles__rep__ramp": {"sell": [0.25] * 12 + [1]}, "people__tenure": "24 months"}
    flows = workload(
        hand(at("2026-03-01", roles__rep__headcount=4), at("2026-06-01", roles__rep__headcount=2), **ramp), "s"
    )
    assert [part.flows.roles["rep"].proficiency["sell"] for part in flows.parts] == pytest.approx([1, 0.625, 1])


def test_who_moves_takes_along_what_was_learned_and_leaves_the_customers() -> None:
    curve = {"learning": {"serve": {"start": 0.5, "mastery": 1, "half_life": 10}}}
    move = {"at": "2026-07-01", "move": [{"role": "rep", "to": "other", "people": 1}]}
    practised = {f"people__{key}": value for key, value in curve.items()} | {"people__tenure": "60 months"}
    flows = workload(hand(move, market__initial__customers=100, **practised), "s")
    before, after = (part.flows.roles for part in flows.parts)
    assert (after["rep"].headcount, after["other"].headcount) == (1, 1)
    assert after["other"].proficiency["serve"] == pytest.approx(before["rep"].proficiency["serve"], rel=0.01)
    assert after["other"].hours["serve"] == 0  # whoever is free takes it, and the first role listed is
    assert after["rep"].hours["serve"] > before["rep"].hours["serve"]


def test_people_of_today_begin_with_what_they_have_done_so_far() -> None:
    text = {
        "experiment__begin": "today",
        "experiment__today": "was",
        "people__tenure": "12 months",
        "people__learning__sell": {"start": 0.5, "mastery": 1, "half_life": 1},
        "people__learning__serve": {"start": 0.5, "mastery": 1, "half_life": 1e9},
        "structures__was": {
            "roles": {
                "seller": {"headcount": 1, "activities": ["sell"]},
                "server": {"headcount": 1, "activities": ["serve"]},
            }
        },
    }
    scenario = hand(structures__s__roles__rep__headcount=3, **text)
    assert opened(scenario, "s") == [(0.0, "rep", 1)]  # two come along, the third place is empty
    rep = workload(scenario, "s").roles["rep"]
    assert rep.proficiency["serve"] == pytest.approx(0.5, rel=1e-3)
    assert rep.proficiency["sell"] == pytest.approx(1.0, abs=0.01)


def test_a_list_of_contacts_is_used_up_over_the_whole_run_and_not_anew_after_each_change() -> None:
    calls = {"kind": "outbound", "attempt": "6 min", "find_probability": 0.1, "contacts": {"size": 6000}}
    with_list = {
        "market__channels__calls": calls,
        "structures__s__roles__rep__activities": ["sell", "serve", "prospect"],
    }
    flows = workload(hand(at("2026-02-01", roles__rep__headcount=3), **with_list), "s")
    first, second = (part.flows.channels["calls"].attempts for part in flows.parts)
    months = [(part.end - part.begin) / 730.5 for part in flows.parts]
    assert np.dot([first, second], months) == pytest.approx(6000)


def test_a_distributor_ramps_from_the_day_on_which_it_begins() -> None:
    dealer = {"kind": "distributor", "orders_per_month": 10, "ramp": "6 months", "exits_per_year": 0, "active": False}
    scenario = hand(at("2026-07-02", market__channels__dealer__active=True), market__channels__dealer=dealer)
    idle, selling = (part.flows.distributor_revenue for part in workload(scenario, "s").parts)
    assert idle == 0
    assert selling == pytest.approx(0.5 * 10 * 1000 * (1 - dealer.get("discount", 0.2)), rel=0.35)


def test_what_the_warm_up_does_is_there_and_not_counted() -> None:
    scenario = hand(at("2026-01-01", roles__rep__headcount=4), experiment__warm_up=6)
    flows = workload(scenario, "s")
    assert flows.roles["rep"].headcount == 4
    assert flows.parts[0].flows.old_customers == pytest.approx(6 * 50 * (181 + 3) / 184, rel=0.05)


# --- what is spent besides -----------------------------------------------------------------------------------------


def test_people_for_new_positions_are_recruited_besides_those_for_leavers() -> None:
    scenario = hand(at("2026-07-01", roles__rep__headcount=5), people__turnover={"per_year": 0.5})
    heads = 2 + 3 * 184 / DAYS
    assert newcomers_a_year(scenario, "s")["rep"] == pytest.approx(0.5 * heads + 3, rel=2e-3)
    assert expected_accounts(scenario, "s")["recruiting"] == pytest.approx(500 * (0.5 * heads + 3), rel=2e-3)


def test_the_closed_form_is_worked_out_once_for_a_scenario_and_anew_for_a_changed_one() -> None:
    scenario = hand()
    assert workload(scenario, "s") is workload(scenario, "s")
    assert workload(scenario.replace({"market.channels.site.leads_per_month": 50}), "s").deals == pytest.approx(25)


def test_a_structure_that_is_todays_under_other_names_is_as_practised() -> None:
    scenario = simulation.load(CASES.parents[1] / "scenarios" / "it_integrator.yaml")
    beside, name = beside_itself(scenario, "owners_sell")
    own, other = workload(scenario, "owners_sell").roles, workload(beside, name).roles
    assert [load.hours for load in own.values()] == [load.hours for load in other.values()]
