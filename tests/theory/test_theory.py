"""The department reproduces known systems: each test runs one scenario and holds its figures against the formula.

What a scenario is and which figures theory gives stands in `simulation.validation`; `docs/validation.md` shows the same
checks as a table. Seeds are fixed. A figure agrees within four standard errors, and the standard error has to be small.
"""

from simulation.validation import SYSTEMS, run


def confirm(name: str) -> None:
    """Fails with every figure of the system that disagrees with theory, or is too blunt to tell."""
    results = run(SYSTEMS[name])
    assert len(results) == len(SYSTEMS[name].checks) > 0
    wrong = [
        f"{r.check.figure}: theory {r.theory:.6g}, simulated {r.simulated.mean:.6g}, standard error {r.error:.2g}"
        for r in results
        if not r.agrees
    ]
    assert not wrong, "\n".join(wrong)


def test_one_person_who_answers_leads_is_an_mm1_queue() -> None:
    confirm("one person")


def test_work_that_always_takes_the_same_time_halves_the_wait() -> None:
    confirm("constant work")


def test_gamma_work_waits_as_pollaczek_and_khinchine_say() -> None:
    confirm("gamma work")


def test_lognormal_work_waits_as_pollaczek_and_khinchine_say() -> None:
    confirm("lognormal work")


def test_teams_wait_as_erlang_c_says_and_a_pool_of_eight_four_times_less_than_its_parts() -> None:
    confirm("teams")


def test_at_the_break_even_gain_two_specialists_are_as_quick_as_a_pool_of_two() -> None:
    confirm("break-even of specialisation")


def test_impatient_leads_are_lost_and_wait_as_erlang_a_says_even_under_overload() -> None:
    confirm("impatient leads")


def test_leads_without_patience_are_lost_as_erlang_b_says() -> None:
    confirm("no patience")


def test_channels_in_order_of_preference_wait_as_cobham_says() -> None:
    confirm("order of preference")


def test_a_team_with_an_order_of_preference_waits_as_cobham_says() -> None:
    confirm("order of preference, a team")


def test_leads_wait_longer_when_customers_come_first_as_cobham_says() -> None:
    confirm("customers or leads first")


def test_leads_given_out_in_turn_wait_as_in_a_queue_with_erlang_arrivals() -> None:
    confirm("leads given out in turn")


def test_a_conveyor_of_roles_is_a_jackson_network() -> None:
    confirm("conveyor")


def test_late_answers_cost_what_the_law_of_the_wait_says() -> None:
    confirm("late answers")


def test_cold_calls_find_as_many_leads_as_their_hours_give() -> None:
    confirm("cold calls")


def test_a_visit_in_hand_delays_a_lead_by_half_a_visit_and_visits_fill_the_rest_of_the_time() -> None:
    confirm("visits between leads")


def test_people_are_present_as_vacations_and_sick_spells_leave_them() -> None:
    confirm("absences")


def test_work_cut_short_by_an_absence_is_taken_up_where_it_stopped() -> None:
    confirm("away now and then")


def test_an_office_works_the_hours_that_its_leads_demand() -> None:
    confirm("office hours")


def test_leads_arrive_by_season_and_trend_with_the_spread_of_a_poisson_law_or_more() -> None:
    confirm("seasons and trends")


def test_deals_are_leads_times_the_product_of_conversions() -> None:
    confirm("funnel")


def test_the_open_pipeline_is_arrivals_times_time_in_it() -> None:
    confirm("leads that think")


def test_the_base_of_customers_is_the_rate_of_winning_times_their_life() -> None:
    confirm("customer base")


def test_without_new_contracts_the_base_runs_off_exponentially() -> None:
    confirm("run-off")


def test_revenue_of_one_off_sales_is_a_compound_poisson_sum() -> None:
    confirm("one-off sales")
