"""Measures of the staff: who is there, who leaves, how long positions are empty, how long newcomers take."""

from typing import Any

import numpy as np
import pytest

from simulation.analysis.measures import measures, monthly
from simulation.analysis.quantiles import kaplan_meier
from simulation.department.record import EXPECTED
from simulation.finance.booking import book
from simulation.scenario.people import ACTIVITIES
from simulation.written.readers import MONTH
from tests import records

DAY = records.DAY
END = 365 * DAY
SELLER = "structures.pair.roles.seller"


def measured(staff: list[dict[str, Any]] | None = None, extra: dict[str, Any] | None = None, **columns: Any) -> Any:
    """Two sellers (places 0 and 1) and a clerk (place 2)."""
    made = records.scenario(extra)
    run = records.record(made, staff=staff, **columns)
    return measures(run, book(run, made), made)


def gone(place: int, day: float, reason: str = "quit", **more: Any) -> dict[str, Any]:
    return {"place": place, "end": day * DAY, "reason": reason} | more


def hired(place: int, day: float, hire: int = 1, **more: Any) -> dict[str, Any]:
    return {"place": place, "hire": hire, "begin": day * DAY} | more


CLERK = {"place": 2}


# --- leaving and coming -------------------------------------------------------------------------------------------


def test_leavers_are_counted_by_role_and_reason_and_who_moves_is_none() -> None:
    staff = [
        gone(0, 30),
        hired(0, 60, end=150 * DAY, reason="probation"),
        gone(1, 50, "laid_off"),
        gone(2, 40, "moved"),
        {"place": 0, "begin": 40 * DAY, "hired": -DAY},
    ]
    values = measured(staff)
    assert (values["leavers"], values["leavers.seller"], values["leavers.clerk"]) == (3, 3, 0)
    reasons = {name: values[f"leavers_by.{name}"] for name in ("quit", "probation", "laid_off", "closed")}
    assert reasons == {"quit": 1, "probation": 1, "laid_off": 1, "closed": 0}
    assert values["hires"] == 1


def test_leavers_as_stated_and_what_raised_them_are_told_apart() -> None:
    values = measured([gone(0, 30)], expected=np.array([[0.5, 0.1, 0.2, -0.05, 0], [0.25, 0, 0, 0, 0.3]]))
    assert [values[f"leavers_stated{of}"] for of in ("", ".seller", ".clerk")] == [0.75, 0.5, 0.25]
    raised = {name: values[f"leavers_raised.{name}"] for name in EXPECTED[1:]}
    assert raised == pytest.approx({"overload": 0.1, "earnings": 0.2, "contagion": -0.05, "changes": 0.3})


def test_who_left_or_came_in_the_warm_up_is_not_counted() -> None:
    staff = [gone(0, 5), hired(0, 10), gone(1, 40), CLERK]
    values = measured(staff, {"experiment.warm_up": 1})  # December: 31 days
    assert (values["leavers"], values["hires"]) == (1, 0)


def test_the_turnover_rate_is_leavers_for_each_year_of_a_filled_position() -> None:
    staff = [gone(0, 73), hired(0, 146), {"place": 1}, CLERK]  # 0.8 of a year filled at place 0
    values = measured(staff)
    assert values["turnover_rate.seller"] == pytest.approx(1 / (1.8 * END / (12 * MONTH)))
    assert values["turnover_rate.clerk"] == 0.0


def test_tenure_is_the_mean_time_in_the_firm_of_those_there_at_the_end() -> None:
    staff = [gone(0, 73), hired(0, 365 - 30.4375), {"place": 1, "hired": END - 11 * MONTH}]
    assert measured(staff)["tenure_months"] == pytest.approx((1 + 11) / 2)
    assert np.isnan(measured([gone(0, 10)])["tenure_months"])


# --- positions -----------------------------------------------------------------------------------------------------


def test_vacancy_is_the_share_of_position_time_without_anybody() -> None:
    staff = [gone(0, 73), hired(0, 146), {"place": 1}, CLERK]
    values = measured(staff)
    assert values["vacancy.seller"] == pytest.approx(0.2 / 2)
    assert values["vacancy"] == pytest.approx(0.2 / 3)
    assert values["vacancy.clerk"] == 0.0
    assert values["headcount.seller"] == pytest.approx(1.8)
    assert values["positions.seller"] == 2.0


def test_somebody_hired_ahead_fills_the_empty_position_and_makes_no_vacancy_negative() -> None:
    """Three people for two positions; when one leaves, nothing is empty, and nothing is gained before."""
    ahead = {f"{SELLER}.headcount": 1}  # places 0 (seller) and 1 (clerk)
    staff = [{"place": 0}, gone(0, 73), {"place": 1}]
    assert measured(staff, ahead)["vacancy.seller"] == 0.0
    both_leave = [gone(0, 73), gone(0, 73), {"place": 1}]
    assert measured(both_leave, ahead)["vacancy.seller"] == pytest.approx(0.8)


def test_positions_that_are_closed_are_not_vacant_and_new_ones_are_until_somebody_comes() -> None:
    fewer = {"interventions": [{"at": "2026-03-15", "set": {f"{SELLER}.headcount": 1}}]}  # day 73
    assert measured([gone(0, 73, "laid_off"), {"place": 1}, CLERK], fewer)["vacancy"] == 0.0
    more = {"interventions": [{"at": "2026-03-15", "set": {f"{SELLER}.headcount": 3}}]}
    values = measured([{"place": 0}, {"place": 1}, hired(0, 146), CLERK], more)
    assert values["vacancy.seller"] == pytest.approx(0.2 / (2 + 0.8))


def test_a_seat_that_moves_with_its_person_leaves_nothing_empty() -> None:
    """Places 0 and 1 are sellers, 2 is the closer, 3 the clerk."""
    closer = {"structures.pair.roles.closer": {"headcount": 1, "activities": ["sell"]}}
    move = {"interventions": [{"at": "2026-03-15", "move": [{"role": "seller", "to": "closer"}]}]}
    stay = [{"place": 1}, {"place": 2}, {"place": 3}]
    moved = [gone(0, 73, "moved"), {"place": 2, "begin": 73 * DAY, "hired": -DAY}]
    values = measured([*moved, *stay], closer | move)
    assert (values["vacancy"], values["leavers"], values["hires"]) == (0.0, 0.0, 0.0)
    assert measured([moved[0], *stay], closer | move)["vacancy.closer"] == pytest.approx(0.8 / 1.8)


def test_vacancy_counts_from_the_begin_of_the_counted_period() -> None:
    staff = [gone(0, 5), hired(0, 31), {"place": 1}, CLERK]
    assert measured(staff, {"experiment.warm_up": 1})["vacancy"] == 0.0


# --- learning ------------------------------------------------------------------------------------------------------


def test_training_and_ramp_are_shares_of_the_employed_time() -> None:
    ones = np.ones((2, 12))
    values = measured(staffed=4 * ones, training=0.5 * ones, ramped=2.5 * ones, effective=3 * ones)
    assert (values["training_share"], values["ramp_share"]) == (pytest.approx(0.125), pytest.approx(0.25))
    assert values["ramp_share.seller"] == pytest.approx(0.25)
    assert (values["effective_headcount"], values["effective_headcount.clerk"]) == (pytest.approx(6), pytest.approx(3))


def test_means_of_the_year_weigh_each_month_by_its_length() -> None:
    february = np.zeros((2, 12))
    february[0, 1] = 365.0
    assert measured(effective=february)["effective_headcount"] == pytest.approx(28.0)


def test_months_to_proficiency_run_from_the_first_day() -> None:
    staff = [hired(0, 10, proficient=10 * DAY + 4 * MONTH), hired(1, 10, proficient=10 * DAY + 6 * MONTH), CLERK]
    values = measured(staff)
    assert values["months_to_proficiency.seller"] == pytest.approx(5.0)
    assert "months_to_proficiency.clerk" not in values


def test_newcomers_who_are_not_there_yet_are_censored_and_not_taken_for_quick() -> None:
    """Four months by hand: at 3 months 1 of 3 at risk, at 5 months 1 of 1: 3 x 1/3 + 5 x 2/3."""
    late = 365 - 4 * MONTH / DAY  # four months before the end
    staff = [
        hired(0, 10, proficient=10 * DAY + 3 * MONTH),
        hired(0, 10, proficient=10 * DAY + 5 * MONTH),
        hired(1, late),
        hired(1, 365 - 2 * MONTH / DAY),  # two months: no longer at risk
    ]
    assert measured(staff)["months_to_proficiency.seller"] == pytest.approx(3 / 3 + 5 * 2 / 3)
    times, unready = kaplan_meier([3.0, 5.0, 4.0, 2.0], [True, True, False, False])
    assert times @ np.append(0.0, -np.diff(unready)) == pytest.approx(3 / 3 + 5 * 2 / 3)


def test_who_leaves_in_the_ramp_is_censored_too() -> None:
    quick, slow = hired(0, 10, proficient=10 * DAY + 3 * MONTH), hired(1, 10, end=10 * DAY + 2 * MONTH, reason="quit")
    assert measured([quick, slow])["months_to_proficiency.seller"] == pytest.approx(3.0)


def test_without_newcomers_who_get_there_the_months_are_undefined() -> None:
    assert np.isnan(measured()["months_to_proficiency.seller"])
    assert np.isnan(measured([hired(0, 300)])["months_to_proficiency.seller"])


# people have no tenure, so that the practised colleague has full mastery
PRACTISED = {
    "people.learning.sell": {"start": 0.5, "mastery": 1.0, "half_life": 100},
    "people.tenure": "0 h",
}


def test_the_pace_of_the_run_is_repetitions_of_one_person_a_month() -> None:
    done = np.zeros((3, len(ACTIVITIES), 12))
    done[:2, ACTIVITIES.index("sell"), :] = 58.05
    values = measured(None, PRACTISED, busy=done, repetitions=done)
    assert values["ramp_months.seller"] == pytest.approx(4.0, abs=0.03)  # a year has 11.99 mean months


# --- leading, tools, months ------------------------------------------------------------------------------------------


def test_the_heads_load_is_undefined_without_a_head_and_ignores_months_without_one() -> None:
    assert np.isnan(measured()["head_load"])
    load = np.array([1.2] * 6 + [np.inf] * 6)
    assert measured(head_load=load, coached=np.full(12, 0.8))["head_load"] == pytest.approx(1.2)
    assert measured(coached=np.full(12, 0.8))["coached"] == pytest.approx(0.8)


def test_use_of_the_crm_is_the_mean_over_the_year() -> None:
    assert measured()["crm_adoption"] == 0.0
    half = np.repeat([0.0, 0.6], 6)
    assert measured(adoption=half)["crm_adoption"] == pytest.approx(0.6 * (365 - 181) / 365)


def test_customers_who_went_with_a_leaver_are_counted_among_the_lost() -> None:
    customers = [{"until": 9 * DAY, "reason": "leaver"}, {"until": 9 * DAY}, {}]
    values = measured(customers=customers)
    assert (values["customers_lost"], values["customers_lost_leaver"]) == (2, 1)


def test_hours_in_training_are_neither_worked_nor_present() -> None:
    busy = np.zeros((3, len(ACTIVITIES), 12))
    busy[:2, ACTIVITIES.index("sell"), :] = 50
    busy[0, ACTIVITIES.index("train"), 0] = 40
    values = measured(busy=busy)
    assert values["utilisation"] == values["load"] == pytest.approx(0.5)
    assert values["time.train"] == pytest.approx(40 / 2400)


def test_months_show_positions_people_and_who_comes_and_goes() -> None:
    made = records.scenario()
    staff = [gone(0, 31 + 14), hired(0, 31 + 21), {"place": 1}, CLERK]
    run = records.record(made, staff=staff)
    months = monthly(run, book(run, made), made)
    assert months["positions"].tolist() == [3.0] * 12
    assert months["headcount"][:3].tolist() == pytest.approx([3.0, 2.75, 3.0])
    assert months["headcount.seller"][1] == pytest.approx(1.75)
    assert months["leavers"][:3].tolist() == months["hires"][:3].tolist() == [0, 1, 0]
    assert months["ramped.clerk"].tolist() == months["effective_headcount.clerk"].tolist() == [1.0] * 12
