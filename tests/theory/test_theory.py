"""The department reproduces known systems: each test runs one scenario and holds its figures against the formula.

What a scenario is and which figures theory gives stands in `simulation.validation`; `docs/validation.md` shows the same
checks as a table. Seeds are fixed. With all its years (marked `slow`) a figure agrees within four standard errors, and
the standard error has to be small. With a few, which always run, it may be off by five, beyond which lies one mean of
eight normal years in six hundred, and the standard error may be larger by as much as there are fewer years. Systems
whose years take long, or that differ from another one in a single law, are looked at with all of them only.
"""

from collections.abc import Callable
from math import sqrt

import pytest

from simulation.validation import SYSTEMS, run

FEW, PART = 8, 6
"""A sixth of the years is taken, but not less than eight."""
FARTHER = 5.0
"""Standard errors by which a mean of a few years may be off."""
Confirm = Callable[[str], None]
ALL = pytest.param(False, id="all", marks=pytest.mark.slow)
in_full = pytest.mark.parametrize("confirm", [ALL], indirect=True)


@pytest.fixture(params=[pytest.param(True, id="few"), ALL])
def confirm(request: pytest.FixtureRequest) -> Confirm:
    """Fails with every figure of a system that disagrees with theory, or is too blunt to tell."""

    def confirmed(name: str) -> None:
        system = SYSTEMS[name]
        every = system.load().experiment.replications
        years = max(FEW, every // PART) if request.param else every
        results = run(system, years)
        assert len(results) == len(system.checks) > 0
        wrong = [
            f"{r.check.figure}: theory {r.theory:.6g}, simulated {r.simulated.mean:.6g}, standard error {r.error:.2g}"
            for r in results
            if not (
                r.agrees
                if years == every
                else abs(r.off_by) <= FARTHER and r.error <= sqrt(every / years) * r.check.bluntest * abs(r.theory)
            )
        ]
        assert not wrong, "\n".join(wrong)

    return confirmed


def test_one_person_who_answers_leads_is_an_mm1_queue(confirm: Confirm) -> None:
    confirm("one person")


def test_work_that_always_takes_the_same_time_halves_the_wait(confirm: Confirm) -> None:
    confirm("constant work")


@in_full
def test_gamma_work_waits_as_pollaczek_and_khinchine_say(confirm: Confirm) -> None:
    confirm("gamma work")


def test_lognormal_work_waits_as_pollaczek_and_khinchine_say(confirm: Confirm) -> None:
    confirm("lognormal work")


@in_full
def test_teams_wait_as_erlang_c_says_and_a_pool_of_eight_four_times_less_than_its_parts(confirm: Confirm) -> None:
    confirm("teams")


@in_full
def test_at_the_break_even_gain_two_specialists_are_as_quick_as_a_pool_of_two(confirm: Confirm) -> None:
    confirm("break-even of specialisation")


@in_full
def test_impatient_leads_are_lost_and_wait_as_erlang_a_says_even_under_overload(confirm: Confirm) -> None:
    confirm("impatient leads")


def test_leads_without_patience_are_lost_as_erlang_b_says(confirm: Confirm) -> None:
    confirm("no patience")


def test_channels_in_order_of_preference_wait_as_cobham_says(confirm: Confirm) -> None:
    confirm("order of preference")


@in_full
def test_a_team_with_an_order_of_preference_waits_as_cobham_says(confirm: Confirm) -> None:
    confirm("order of preference, a team")


@in_full
def test_leads_wait_longer_when_customers_come_first_as_cobham_says(confirm: Confirm) -> None:
    confirm("customers or leads first")


def test_when_everything_is_due_at_once_all_work_waits_as_first_come_first_served(confirm: Confirm) -> None:
    confirm("everything due at once")


@in_full
def test_due_times_share_out_the_waiting_and_leave_its_weighted_mean_as_it_is(confirm: Confirm) -> None:
    confirm("some work due before other")


def test_newest_first_waits_as_long_on_average_and_varies_more(confirm: Confirm) -> None:
    confirm("newest first")


@in_full
def test_leads_given_out_in_turn_wait_as_in_a_queue_with_erlang_arrivals(confirm: Confirm) -> None:
    confirm("leads given out in turn")


@in_full
def test_a_conveyor_of_roles_is_a_jackson_network(confirm: Confirm) -> None:
    confirm("conveyor")


def test_late_answers_cost_what_the_law_of_the_wait_says(confirm: Confirm) -> None:
    confirm("late answers")


def test_cold_calls_find_as_many_leads_as_their_hours_give(confirm: Confirm) -> None:
    confirm("cold calls")


def test_a_visit_in_hand_delays_a_lead_by_half_a_visit_and_visits_fill_the_rest_of_the_time(confirm: Confirm) -> None:
    confirm("visits between leads")


def test_people_are_present_as_vacations_and_sick_spells_leave_them(confirm: Confirm) -> None:
    confirm("absences")


def test_work_cut_short_by_an_absence_is_taken_up_where_it_stopped(confirm: Confirm) -> None:
    confirm("away now and then")


def test_an_office_works_the_hours_that_its_leads_demand(confirm: Confirm) -> None:
    confirm("office hours")


@in_full
def test_leads_arrive_by_season_and_trend_with_the_spread_of_a_poisson_law_or_more(confirm: Confirm) -> None:
    confirm("seasons and trends")


def test_deals_are_leads_times_the_product_of_conversions(confirm: Confirm) -> None:
    confirm("funnel")


def test_the_open_pipeline_is_arrivals_times_time_in_it(confirm: Confirm) -> None:
    confirm("leads that think")


@in_full
def test_the_base_of_customers_is_the_rate_of_winning_times_their_life(confirm: Confirm) -> None:
    confirm("customer base")


@in_full
def test_customers_who_are_called_stay_longer_and_order_more_while_the_call_lasts(confirm: Confirm) -> None:
    confirm("customers who are called")


def test_without_new_contracts_the_base_runs_off_exponentially(confirm: Confirm) -> None:
    confirm("run-off")


@in_full
def test_at_a_higher_price_the_base_orders_less_and_runs_off_sooner(confirm: Confirm) -> None:
    confirm("run-off at a higher price")


def test_revenue_of_one_off_sales_is_a_compound_poisson_sum(confirm: Confirm) -> None:
    confirm("one-off sales")


def test_positions_are_filled_for_the_share_of_an_alternating_renewal_process(confirm: Confirm) -> None:
    confirm("positions filled again")


@in_full
def test_people_who_unsettle_one_another_leave_in_bunches_and_not_more_often(confirm: Confirm) -> None:
    confirm("people who unsettle one another")


@in_full
def test_turnover_with_a_trial_time_is_the_one_that_was_asked_for(confirm: Confirm) -> None:
    confirm("positions with a trial time")


def test_people_who_ramp_are_worth_their_ages_in_the_role(confirm: Confirm) -> None:
    confirm("a linear ramp")


def test_people_of_one_tenure_leave_as_their_hazard_says(confirm: Confirm) -> None:
    confirm("leavers of a year")


def test_a_spike_raises_the_hazard_for_its_time_only(confirm: Confirm) -> None:
    confirm("leavers after a change")


@in_full
def test_overload_raises_the_hazard(confirm: Confirm) -> None:
    confirm("leavers under overload")


def test_a_leaver_takes_customers_at_the_rate_of_the_loss(confirm: Confirm) -> None:
    confirm("a leaver's customers")


def test_of_a_team_a_leaver_takes_customers_in_proportion_to_his_contacts(confirm: Confirm) -> None:
    confirm("customers of a team")


def test_newcomers_hold_fewer_of_the_customers_that_they_take_over(confirm: Confirm) -> None:
    confirm("customers handed to newcomers")


def test_beginners_learn_along_their_curve(confirm: Confirm) -> None:
    confirm("a learning curve")


@in_full
def test_beginners_whose_head_has_no_time_learn_more_slowly(confirm: Confirm) -> None:
    confirm("a learning curve without enough coaching")


@in_full
def test_a_head_with_too_many_people_coaches_each_of_them_less(confirm: Confirm) -> None:
    confirm("an overloaded head")


@in_full
def test_a_change_costs_its_depth_times_its_recovery_and_two_at_once_more_than_two_apart(confirm: Confirm) -> None:
    confirm("changes that slow people down")


def test_a_market_that_changes_on_a_date_is_a_poisson_process_in_two_pieces(confirm: Confirm) -> None:
    confirm("a market that changes on a date")


def test_a_crm_is_taken_up_along_a_logistic_curve_unless_it_fails(confirm: Confirm) -> None:
    confirm("a CRM")


def test_a_hiring_wave_is_filled_after_the_mean_search(confirm: Confirm) -> None:
    confirm("a hiring wave")
