"""The cost of turnover in six lines, by hand."""

from typing import Any

import numpy as np
import pytest

from simulation.analysis.measures import measures
from simulation.analysis.staffing import LINES, _weeks_short
from simulation.expected import expected_customer_margin, lead_value, mean_deal
from simulation.finance.booking import book
from simulation.scenario.people import ACTIVITIES
from simulation.written.readers import MONTH, WEEK
from tests import records

DAY = records.DAY
YEAR_WEEKS = 365 * DAY / WEEK
SELLER = "structures.pair.roles.seller"
COSTS = {"people.recruiting.cost": 300, "people.onboarding.cost": 70, "people.departure.severance": 2}
CURVE = {"start": 0.5, "mastery": 1.0, "half_life": 100}
SALE = {"time": DAY, "revenue": 9000.0, "margin": 3000.0, "seat": 0}


def costs(staff: list[dict[str, Any]] | None, extra: dict[str, Any] | None = None, **columns: Any) -> dict[str, float]:
    """Lines by name and the sum as 'sum': two sellers (places 0 and 1) at 100 a month, a clerk (place 2) at 50."""
    made = records.scenario(extra)
    run = records.record(made, staff=staff, **columns)
    values = measures(run, book(run, made), made)
    return {name: values[f"turnover_cost.{name}"] for name in LINES} | {"sum": values["turnover_cost"]}


def replaced(**newcomer: Any) -> list[dict[str, Any]]:
    """Place 0 is empty from day 73 to day 146: ten weeks and three days."""
    comes = {"place": 0, "hire": 1, "begin": 146 * DAY, "proficient": 146 * DAY} | newcomer
    return [{"place": 0, "end": 73 * DAY, "reason": "quit"}, comes, {"place": 1}, {"place": 2}]


def test_where_nobody_leaves_turnover_costs_nothing() -> None:
    assert set(costs(None, COSTS, sales=[SALE]).values()) == {0.0}


def test_the_lines_add_up_to_the_cost_of_turnover() -> None:
    found = costs(replaced(trained=150 * DAY, proficient=np.nan), COSTS, sales=[SALE])
    assert found["sum"] == pytest.approx(sum(found[name] for name in LINES))


def test_separation_is_the_severance() -> None:
    staff = [{"place": 0, "end": 73 * DAY, "reason": "laid_off"}, {"place": 1}, {"place": 2}]
    assert costs(staff, COSTS)["separation"] == 200.0


def test_replacements_cost_their_recruiting_and_growth_does_not() -> None:
    staff = [*replaced(), {"place": 1, "hire": 1, "begin": 200 * DAY}]
    grown = [{"place": 0, "hire": 1, "begin": 50 * DAY}, {"place": 1}, {"place": 2}]  # nobody sat there before
    assert costs(replaced(), COSTS)["recruiting"] == 300.0
    assert costs(staff, COSTS)["recruiting"] == 600.0
    assert costs(grown, COSTS)["recruiting"] == costs(grown, COSTS)["training"] == 0.0


def test_training_is_the_course_and_the_pay_until_it_ends() -> None:
    """Ten days of June (30 days) at 100 a month with 30 % contributions."""
    june = 151 * DAY
    staff = replaced(begin=june, hired=june, trained=june + 10 * DAY, proficient=june + 10 * DAY)
    assert costs(staff, COSTS | {"budget.contributions": "30 %"})["training"] == pytest.approx(70 + 1.3 * 100 / 3)


def test_colleagues_hours_with_newcomers_are_valued_at_their_pay() -> None:
    """36 h of 720 in June (around the clock) are a twentieth of a month's pay."""
    busy = np.zeros((3, len(ACTIVITIES), 12))
    busy[1, ACTIVITIES.index("coach"), 5] = 36
    assert costs(replaced(), {"budget.contributions": "30 %"}, busy=busy)["training"] == pytest.approx(1.3 * 100 / 20)


def test_what_was_paid_for_a_newcomer_before_the_counted_period_does_not_count() -> None:
    staff = [{"place": 0, "end": 5 * DAY, "reason": "quit"}, {"place": 0, "hire": 1, "begin": 10 * DAY}, {"place": 1}]
    found = costs(staff, COSTS | {"experiment.warm_up": 1})
    assert found["recruiting"] == found["training"] == 0.0


def test_a_heads_hours_with_newcomers_are_the_heads_job() -> None:
    busy = np.zeros((3, len(ACTIVITIES), 12))
    busy[1, ACTIVITIES.index("coach"), 5] = 36
    assert costs(replaced(), {f"{SELLER}.leads": {}}, busy=busy)["training"] == 0.0


def test_hours_with_newcomers_in_new_positions_are_growth() -> None:
    """Of two newcomers one replaces somebody: half of the hours are the cost of turnover."""
    busy = np.zeros((3, len(ACTIVITIES), 12))
    busy[1, ACTIVITIES.index("coach"), 5] = 36
    first_clerk = {"place": 2, "hire": 1, "begin": 146 * DAY}
    assert costs([*replaced()[:3], first_clerk], busy=busy)["training"] == pytest.approx(100 / 20 / 2)


def test_vacancy_is_the_margin_of_the_empty_weeks_less_the_pay_saved() -> None:
    """A margin of 3 000 over 1.8 people for a year; 73 days empty; the pay of 73 days with contributions is saved."""
    found = costs(replaced(), {"budget.contributions": "30 %"}, sales=[SALE])
    a_week = 3000 / (1.8 * YEAR_WEEKS)
    assert found["vacancy"] == pytest.approx(a_week * 73 / 7 - 1.3 * 100 * 73 * DAY / MONTH)


@pytest.mark.parametrize(("own", "paid"), [({"named": 0}, 400), ({"share": 0.5}, 50), ({}, 100)])
def test_an_empty_position_saves_the_pay_that_it_has_of_its_own(own: dict[str, Any], paid: float) -> None:
    """Place 0 is a named seat at 400 a month, half a week at half of the role's 100, or one as all."""
    named = {"structures.pair.staff": [{"name": "Olga", "role": "seller", "base": 400}]}
    staff = [row | own if row["place"] == 0 else row for row in replaced()]
    lost = 3000 / (1.8 * YEAR_WEEKS) * 73 / 7
    assert costs(staff, named, sales=[SALE])["vacancy"] == pytest.approx(lost - paid * 73 * DAY / MONTH)


def test_the_margin_of_a_week_is_what_shares_and_commission_leave() -> None:
    extra = {
        "market.channels.site.share_of_margin": "10 %",
        f"{SELLER}.pay": {"base": 0, "commission": {"share": "5 %"}},
        "budget.contributions": "30 %",
    }
    found = costs(replaced(), extra, sales=[SALE])
    assert found["vacancy"] == pytest.approx((3000 - 300 - 1.3 * 450) / (1.8 * YEAR_WEEKS) * 73 / 7)


def test_a_distributors_sales_are_nobodys_work() -> None:
    own = {"time": DAY, "kind": "distributor", "channel": "dealer", "revenue": 800.0, "margin": 500.0}
    free = {f"{SELLER}.pay.base": 0}
    assert costs(replaced(), free, sales=[own])["vacancy"] == 0.0


def test_an_empty_position_of_a_support_role_earns_and_costs_no_margin() -> None:
    staff = [{"place": 0}, {"place": 1}, {"place": 2, "end": 73 * DAY, "reason": "quit"}]
    assert costs(staff, sales=[SALE])["vacancy"] == 0.0


def test_a_position_that_nobody_has_filled_yet_is_growth_and_no_vacancy_of_turnover() -> None:
    more = {"interventions": [{"at": "2026-03-15", "set": {f"{SELLER}.headcount": 3}}]}
    staff = [{"place": 0}, {"place": 1}, {"place": 2}]
    assert costs(staff, more, sales=[SALE])["vacancy"] == 0.0
    assert costs(replaced(), more, sales=[SALE])["vacancy"] == pytest.approx(costs(replaced(), sales=[SALE])["vacancy"])


def test_an_empty_position_without_anybodys_work_to_go_by_is_undefined() -> None:
    staff = [{"place": 0, "end": 73 * DAY, "reason": "quit"}, {"place": 1, "end": 73 * DAY, "reason": "quit"}]
    assert np.isnan(costs(staff, effective=np.zeros((2, 12)))["vacancy"])


def skill(**newcomer: Any) -> float:
    """The line where the newcomer is trained on day 150."""
    return costs(replaced(trained=150 * DAY, **newcomer), {f"{SELLER}.pay.base": 0}, sales=[SALE])["skill"]


def test_skill_is_what_newcomers_fell_short_of_until_they_were_proficient() -> None:
    weeks = 1.8 * YEAR_WEEKS - 4 / 7  # effective: without the days of training
    found = skill(proficient=220 * DAY, short=3 * WEEK)
    assert found == pytest.approx(3000 / weeks * 3)
    assert skill(proficient=220 * DAY, short=6 * WEEK) == pytest.approx(2 * found)


def test_who_is_not_proficient_yet_has_fallen_short_too() -> None:
    assert skill(proficient=np.nan, short=3 * WEEK) == pytest.approx(skill(proficient=220 * DAY, short=3 * WEEK))


def test_who_came_before_the_counted_period_counts_for_the_part_in_it() -> None:
    made = records.scenario()
    run = records.record(made, staff=replaced(trained=150 * DAY, proficient=250 * DAY, short=4 * WEEK))
    rows = np.flatnonzero(run.staff.hire > 0)
    whole = _weeks_short(run, rows)
    run.begin = 225 * DAY
    assert whole == pytest.approx(4.0)
    assert _weeks_short(run, rows) == pytest.approx(1.0)


def test_clients_are_customers_and_open_leads_lost_with_leavers_at_the_valuation() -> None:
    made = records.scenario()
    customers = [{"until": 80 * DAY, "reason": "leaver", "order_size": 500.0}, {"until": 80 * DAY}, {}]
    gone = {"state": "lost", "reason": "leaver", "closed": 80 * DAY, "answered": DAY, "qualified": DAY}
    leads = [gone | {"stage": 2, "size": 700.0}, gone | {"reason": "declined"}]
    found = costs(None, customers=customers, leads=leads)
    per_size = lead_value(made, "site", "crm") / mean_deal(made.market, "site", "crm")
    expected = expected_customer_margin(made, "site", "crm", 500.0) + 700 * per_size[2]
    assert found["clients"] == pytest.approx(expected) == found["sum"]


def test_clients_lost_in_the_warm_up_do_not_count() -> None:
    customers = [{"until": 9 * DAY, "reason": "leaver"}]
    leads = [{"state": "lost", "reason": "leaver", "closed": 9 * DAY, "answered": DAY}]
    assert costs(None, {"experiment.warm_up": 1}, customers=customers, leads=leads)["clients"] == 0.0
