"""What one run is measured by."""

from typing import Any

import numpy as np
import pytest

from simulation.analysis.catalogue import LEAVING_TITLES, MEASURES, REASON_TITLES, describe
from simulation.analysis.measures import measures, monthly
from simulation.analysis.staff_catalogue import RAISED_TITLES
from simulation.analysis.staffing import LEFT
from simulation.analysis.valuation import end_value, start_value
from simulation.department.record import EXPECTED, LEAVING, REASONS
from simulation.expected import expected_customer_margin, lead_value, mean_deal, pipeline_occupancy
from simulation.finance.booking import book
from simulation.scenario.people import ACTIVITIES
from tests import records

DAY = records.DAY
END = 365 * DAY


def measured(extra: dict[str, Any] | None = None, **columns: Any) -> dict[str, float]:
    made = records.scenario(extra)
    run = records.record(made, **columns)
    return measures(run, book(run, made), made)


def lead(arrived: float, **values: Any) -> dict[str, Any]:
    return {"arrived": arrived} | values


def lost(arrived: float, reason: str, closed: float, **values: Any) -> dict[str, Any]:
    return lead(arrived, state="lost", reason=reason, closed=closed, **values)


def won(arrived: float, closed: float, **values: Any) -> dict[str, Any]:
    return lead(arrived, state="won", answered=arrived, qualified=arrived, closed=closed, **values)


# --- leads ----------------------------------------------------------------------------------------------------


def test_every_lead_of_the_period_is_won_lost_or_open() -> None:
    leads = [won(DAY, 9 * DAY), lost(DAY, "declined", 5 * DAY, answered=DAY), lead(2 * DAY)]
    leads += [lost(DAY, reason, 2 * DAY) for reason in REASONS[1:]]
    values = measured(leads=leads)
    total = values["won_leads"] + values["open_leads"] + sum(values[f"lost.{r}"] for r in REASONS[1:])
    assert total == values["leads"] == 3 + len(REASONS[1:])
    assert values["lost.declined"] == 2


def test_the_first_days_pipeline_is_not_among_the_leads_but_its_deals_are_deals() -> None:
    leads = [won(0.0, 9 * DAY, initial=True), lead(0.0, initial=True)]
    values = measured(leads=leads, sales=[{"time": 9 * DAY}])
    assert (values["leads"], values["won_leads"], values["deals"]) == (0, 0, 1)
    assert values["pipeline_end"] == 1
    assert np.isnan(values["win_rate"])


def test_the_win_rate_goes_by_arrival_and_shows_what_is_still_open() -> None:
    values = measured(leads=[won(DAY, 9 * DAY), lead(DAY), lead(DAY), lost(DAY, "waited", 2 * DAY)])
    assert values["win_rate"] == 0.5  # of the two that are decided
    assert values["open_share"] == 0.5
    assert np.isnan(measured(leads=[lead(DAY)])["win_rate"])


def test_every_lead_that_is_decided_is_won_where_only_open_ones_are_left() -> None:
    """Ninety-nine of a hundred won and one open is no 99 %."""
    values = measured(leads=[*(won(DAY, 9 * DAY) for _ in range(99)), lead(DAY, answered=DAY, qualified=DAY)])
    assert values["win_rate"] == values["win_rate_arrived"] == 1.0
    assert (values["open_share"], values["open_leads"], values["open_qualified"]) == (0.01, 1, 1)


def test_a_channels_win_rate_is_of_its_decided_leads() -> None:
    mine = {"channel": "calls", "found": True}
    leads = [won(DAY, 9 * DAY), lead(DAY), won(DAY, 9 * DAY, **mine), lost(DAY, "declined", 2 * DAY, **mine)]
    values = measured(leads=[*leads, won(DAY, 2 * DAY, initial=True)])  # the first day's pipeline is nobody's cohort
    assert (values["win_rate.site"], values["open_share.site"]) == (1.0, 0.5)
    assert (values["win_rate.calls"], values["open_share.calls"]) == (0.5, 0.0)
    assert "win_rate.dealer" not in values
    assert np.isnan(measured(leads=[lead(DAY)])["win_rate.site"])
    assert describe("win_rate.site").title == "Win rate, site"


def test_leads_that_people_found_do_not_count_in_the_win_rate_of_arrived_leads() -> None:
    found = {"found": True, "channel": "calls"}
    leads = [won(DAY, 9 * DAY), lead(DAY), lead(DAY, **found), lost(DAY, "declined", 2 * DAY, **found)]
    values = measured(leads=leads)
    assert (values["win_rate"], values["win_rate_arrived"]) == (0.5, 1.0)
    assert np.isnan(measured(leads=leads[2:])["win_rate_arrived"])


def test_leads_of_the_warm_up_count_nowhere() -> None:
    early = won(DAY, 3 * DAY)
    values = measured({"experiment.warm_up": 1}, leads=[early], sales=[{"time": 3 * DAY}])
    assert values["leads"] == values["deals"] == values["revenue"] == 0
    assert np.isnan(values["cycle_days"])


def test_the_cycle_runs_from_arrival_to_deal() -> None:
    assert measured(leads=[won(DAY, 11 * DAY), won(DAY, 31 * DAY)])["cycle_days"] == pytest.approx(20)


# --- response -------------------------------------------------------------------------------------------------


def test_the_share_answered_in_time_is_of_all_leads_also_those_that_left() -> None:
    leads = [
        lead(DAY, answered=DAY + 0.2),
        lead(DAY, answered=DAY + 0.9),
        lead(DAY, answered=DAY + 30),
        lost(DAY, "unanswered", DAY + 0.1),
    ]
    values = measured(leads=leads)
    assert values["answered_within_15min"] == 0.25
    assert values["answered_within_1h"] == 0.5
    assert values["answered_within_1d"] == 0.5
    assert values["answered"] == 3
    assert values["lost_unanswered"] == 1


def test_a_lead_that_found_no_time_to_be_answered_before_the_end_counts_neither_way() -> None:
    """Half an hour before the end nobody can tell whether it would have been answered within an hour."""
    leads = [lead(DAY, answered=DAY + 2), lead(END - 0.5)]
    values = measured(leads=leads)
    assert values["answered_within_1h"] == 0.0
    assert values["answered_within_15min"] == 0.0
    assert measured(leads=[lead(DAY, answered=DAY), lead(END - 0.5)])["answered_within_1h"] == 1.0


def test_leads_that_people_found_are_no_measure_of_response() -> None:
    found = lead(DAY, answered=DAY, found=True, channel="calls")
    values = measured(leads=[found, lead(DAY, answered=DAY + 2)])
    assert values["response_hours"] == 2.0
    assert values["answered_within_1h"] == 0.0
    assert values["leads_found"] == 1


def test_two_clocks_tell_the_response_time() -> None:
    office = {"calendar": {"around_the_clock": False, "hours": "09:00-18:00", "lunch": None, "country": None}}
    friday, monday = 24.0 + 17, 4 * 24.0 + 10  # 2 January 2026 is a Friday
    values = measured(office, leads=[lead(friday, answered=monday)])
    assert values["response_hours"] == pytest.approx(65)
    assert values["response_working_hours"] == pytest.approx(2)
    assert values["answered_within_1_working_hour"] == 0.0


def test_the_median_response_allows_for_leads_that_left() -> None:
    """Kaplan-Meier by hand: 4 at risk, answers at 1 and 3 h, one leaves at 2 h, one waits on."""
    leads = [
        lead(DAY, answered=DAY + 1),
        lost(DAY, "unanswered", DAY + 2),
        lead(DAY, answered=DAY + 3),
        lead(END - 10),
    ]
    assert measured(leads=leads)["response_median_hours"] == 3.0  # 3/4 and then 3/4 * 1/2
    assert np.isnan(measured(leads=leads[1:2])["response_median_hours"])


# --- sales, money, customers ----------------------------------------------------------------------------------


def test_revenue_is_told_apart_by_first_deals_orders_and_distributors() -> None:
    sales = [
        {"time": DAY, "revenue": 100.0},
        {"time": DAY, "revenue": 300.0},
        {"time": DAY, "kind": "order", "revenue": 50.0},
        {"time": DAY, "kind": "distributor", "channel": "dealer", "revenue": 80.0},
    ]
    values = measured(sales=sales)
    assert (values["new_revenue"], values["repeat_revenue"], values["distributor_revenue"]) == (400, 50, 80)
    assert values["revenue"] == pytest.approx(530)
    assert (values["deals"], values["orders"], values["distributor_orders"]) == (2, 1, 1)
    assert values["average_deal"] == 200


def test_profit_is_gross_margin_less_payroll_and_other_costs() -> None:
    extra = {"market.material.cost": 70, "market.channels.site.share_of_margin": "10 %"}
    values = measured(extra, sales=[{"time": DAY, "revenue": 9000.0, "margin": 5000.0}])
    assert values["gross_margin"] == 5000
    assert values["costs"] == pytest.approx(570)
    assert values["payroll"] == 12 * 250
    assert values["profit"] == pytest.approx(5000 - 3000 - 570)
    assert values["account.base_pay"] == 3000


def test_the_plan_is_held_against_the_year() -> None:
    sales = [{"time": DAY, "revenue": 900.0}]
    assert measured({"plan.target": 1200}, sales=sales)["plan_attainment"] == pytest.approx(0.75)
    deals = {"plan": {"measure": "deals", "target": 4}}
    assert measured(deals, sales=sales)["plan_attainment"] == pytest.approx(0.25)
    assert np.isnan(measured(sales=sales)["plan_attainment"])


def test_the_lowest_cash_is_the_deepest_balance_at_a_months_end() -> None:
    sale = {"time": 40 * DAY, "revenue": 5000.0, "margin": 5000.0}
    values = measured(sales=[sale])
    assert values["cash_low"] == -250
    assert values["cash_end"] == 5000 - 12 * 250


def test_customers_are_those_there_plus_won_less_lost() -> None:
    customers = [
        {"since": 0.0, "initial": True},
        {"since": 0.0, "initial": True, "until": 50 * DAY},
        {"since": 9 * DAY},
    ]
    at_the_end = np.full(12, 2.0)
    values = measured(customers=customers, customers_at=at_the_end)
    assert values["customers_end"] == 2 + values["customers_won"] - values["customers_lost"] == 2


# --- people ---------------------------------------------------------------------------------------------------


def test_utilisation_is_hours_worked_over_hours_present_without_support_roles() -> None:
    busy = np.zeros((3, len(ACTIVITIES), 12))
    busy[0, ACTIVITIES.index("sell"), :] = 50
    busy[1, ACTIVITIES.index("prospect"), :] = 100
    values = measured(busy=busy)
    assert values["utilisation"] == values["utilisation.seller"] == pytest.approx(0.75)
    assert values["load"] == values["load.seller"] == pytest.approx(0.25)
    assert values["time.prospect"] == values["time.seller.prospect"] == pytest.approx(0.5)
    assert "utilisation.clerk" not in values


def test_work_that_waits_is_counted_at_the_end() -> None:
    waiting = np.zeros((len(ACTIVITIES), 12))
    waiting[:, 3] = 5
    waiting[1, -1] = 2
    assert measured(waiting=waiting)["waiting_end"] == 2


def test_the_wait_is_the_mean_over_the_pieces_of_work() -> None:
    waited, done = np.zeros((3, len(ACTIVITIES), 12)), np.zeros((3, len(ACTIVITIES), 12))
    sell = ACTIVITIES.index("sell")
    waited[0, sell, 2], done[0, sell, 2] = 30, 5
    waited[1, sell, 7], done[1, sell, 7] = 10, 5
    values = measured(waited=waited, repetitions=done)
    assert values["wait.sell"] == 4.0
    assert np.isnan(values["wait.serve"])
    assert "wait.prospect" not in values


# --- the end --------------------------------------------------------------------------------------------------


def test_the_end_value_is_that_of_customers_and_of_the_answered_pipeline() -> None:
    made = records.scenario()
    customers = [{"order_size": 2000.0}, {"order_size": 9.0, "until": 9 * DAY}, {"product": "audit"}]
    run = records.record(made, customers=customers)
    assert end_value(run, made) == pytest.approx(expected_customer_margin(made, "site", "crm", 2000.0))
    stages = [{"answered": DAY, "qualified": DAY, "stage": n, "size": 700.0} for n in (0, 2)]
    run = records.record(made, leads=[*stages, {"size": 700.0}, lost(0.0, "waited", DAY, size=700.0)])
    per_size = lead_value(made, "site", "crm") / mean_deal(made.market, "site", "crm")
    assert end_value(run, made) == pytest.approx(700 * (per_size[0] + per_size[2]))


def test_the_value_at_the_start_is_the_end_value_of_an_end_that_is_like_the_start() -> None:
    """As many mean customers and leads as the first day has, spread alike: the two valuations must agree."""
    first_day = {"customers": 3, "customer_size": 2, "product": "crm", "pipeline": 10_000}
    made = records.scenario({"market.initial": first_day, "market.channels.site.deal_size": 0.5})
    assert made.market.initial.channel == ""  # they came from the first channel where leads arrive
    size = 2 * mean_deal(made.market, "site", "crm") * made.market.customers.order_size
    leads = []
    for product in ("crm", "audit"):  # by the channel's weights: alike
        mean = mean_deal(made.market, "site", product)
        for stage, share in enumerate(pipeline_occupancy(made)):
            # one lead of all their sizes together: the value is linear in the size
            total = 10_000 * 0.5 * share * mean
            leads.append({"answered": 0.0, "qualified": 0.0, "product": product, "stage": stage, "size": total})
    run = records.record(made, leads=leads, customers=[{"order_size": size, "product": "crm"}] * 3)
    assert start_value(made) == pytest.approx(end_value(run, made))
    assert measures(run, book(run, made), made)["start_value"] == start_value(made)


def test_an_empty_start_is_worth_nothing() -> None:
    assert measured()["start_value"] == 0.0


def test_an_empty_end_is_worth_nothing() -> None:
    values = measured()
    assert values["end_value"] == 0.0
    assert values["profit_with_end_value"] == values["profit"]


# --- by month, and the catalogue ------------------------------------------------------------------------------


def test_months_add_up_to_the_year() -> None:
    made = records.scenario({"plan.target": 1200})
    leads = [won(t * DAY, (t + 20) * DAY) for t in range(1, 300, 7)] + [lead(END - 1)]
    sales = [{"time": (t + 20) * DAY, "revenue": 100.0 + t, "margin": 30.0} for t in range(1, 300, 7)]
    run = records.record(made, leads=leads, sales=sales)
    ledger = book(run, made)
    values, months = measures(run, ledger, made), monthly(run, ledger, made)
    for name in ("leads", "answered", "won_leads", "open_leads", "deals", "revenue", "gross_margin", "profit"):
        assert months[name].sum() == pytest.approx(values[name]), name
    assert months["plan"].sum() == pytest.approx(1200)
    assert months["cash_balance"].iloc[-1] == pytest.approx(values["cash_end"])
    assert months["month"].dt.strftime("%Y-%m").iloc[[0, -1]].tolist() == ["2026-01", "2026-12"]


def test_every_measure_that_is_computed_is_described_and_the_other_way_round() -> None:
    values = measured()
    for name in values:
        assert describe(name).name == name
    plain = {name for name in MEASURES if "<" not in name}
    assert plain <= set(values)
    families = {name.split("<")[0] for name in MEASURES if "<" in name}
    assert all(any(name.startswith(family) for family in families) for name in set(values) - plain)
    assert all("." in name for name in set(values) - plain)


def test_every_reason_of_loss_has_words() -> None:
    assert set(REASON_TITLES) == set(REASONS[1:])


def test_every_reason_of_leaving_the_firm_has_words() -> None:
    assert set(LEAVING_TITLES) == set(LEAVING[1:]) - {"moved"} == set(LEFT)


def test_everything_that_raises_leavers_has_words() -> None:
    assert tuple(RAISED_TITLES) == EXPECTED[1:]


@pytest.mark.parametrize(
    "name",
    [
        "nonsense",
        "lost.nonsense",
        "utilisation.<role>",
        "account.nonsense",
        "leavers_by.moved",
        "turnover_cost.nothing",
    ],
)
def test_a_name_that_is_no_measure_is_refused(name: str) -> None:
    if "<" in name:
        assert describe(name.replace("<role>", "closer")).title == "Utilisation, closer"
    else:
        with pytest.raises(KeyError, match="there is no measure"):
            describe(name)


@pytest.mark.parametrize(
    ("name", "interval"),
    [
        ("lost.waited", (0.0, 7.0)),
        ("response_hours", (0.0, 7.0)),
        ("utilisation", (0.0, 1.0)),
        ("payroll", (0.0, 7.0)),
        ("profit", (-2.0, 7.0)),
        ("leavers_raised.overload", (-2.0, 7.0)),
        ("cash_low", (-2.0, 7.0)),
        ("plan_attainment", (-2.0, 7.0)),
        ("vacancy.seller", (0.0, 1.0)),
        ("turnover_rate", (0.0, 7.0)),
        ("turnover_rate.seller", (0.0, 7.0)),
        ("head_load", (0.0, 7.0)),
        ("turnover_cost.recruiting", (0.0, 7.0)),
        ("turnover_cost.vacancy", (-2.0, 7.0)),
    ],
)
def test_an_interval_holds_no_values_that_a_measure_cannot_take(name: str, interval: tuple[float, float]) -> None:
    assert describe(name).possible(-2.0, 7.0) == interval


@pytest.mark.parametrize("name", ["end_value", "profit_with_end_value"])
def test_the_catalogue_says_what_the_end_value_leaves_out(name: str) -> None:
    meaning = describe(name).meaning
    assert "gross margin" in meaning
    assert "before the cost of serving" in meaning
    assert "start_value" in meaning
    assert "the same under every structure" in meaning


@pytest.mark.parametrize("name", ["cash_end", "cash_low"])
def test_the_catalogue_says_that_cash_begins_without_receivables(name: str) -> None:
    assert "receivables) is not in it" in describe(name).meaning
