"""Sense: what a well-formed scenario says that its author hardly means, with the figures."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from simulation.sense.checks import SenseWarning, sense
from simulation.sense.loader import load_text
from simulation.texts import texts
from tests.unit.scenario.examples import SMALL

SOUND = """
version: 1
experiment: {start: 2026-01-01}
market:
  channels:
    site: {kind: inbound, leads_per_month: 250}
  products:
    service: {deal: {lognormal: {mean: 60 k, cv: 1}}, gross_margin: 0.25}
  initial: {customers: 100}
structures:
  universal:
    roles:
      manager:
        headcount: 8
        activities: [serve, collect, qualify, sell, paperwork, upsell]
        pay: {base: 35 k}
  line:
    roles:
      hunter: {headcount: 2, activities: [qualify], pay: {base: 35 k}}
      closer: {headcount: 4, activities: [sell, paperwork], pay: {base: 35 k}}
      farmer: {headcount: 2, activities: [serve, collect, paperwork, upsell], pay: {base: 35 k}}
"""
SITE = "market.channels.site"
MANAGER = "structures.universal.roles.manager"


def told(**changes: object) -> list[SenseWarning]:
    """What is told of the sound scenario with values at dotted paths (`__` for a dot) laid upon it."""
    return sense(load_text(SOUND, overrides={path.replace("__", "."): value for path, value in changes.items()}))


def only(found: list[SenseWarning]) -> SenseWarning:
    assert len(found) == 1, [str(each) for each in found]
    return found[0]


def test_a_sound_scenario_is_told_nothing() -> None:
    assert told() == []


COMMISSION = f"{MANAGER}.pay.commission"


@pytest.mark.parametrize(
    ("path", "value", "needs", "given"),
    [
        (f"{SITE}.bursts.memory", 0.5, "cv", 1),
        (f"{SITE}.bursts.common", 0.5, "cv", 1),
        ("market.customers.drop_out.cv", 0.1, "probability", 0.1),
        ("market.customers.churn_cv", 0.5, "churn_per_year", 0.2),
        ("market.customers.size_rate_correlation", 0.5, "order_rate_cv", 0.5),
        (f"{COMMISSION}.tiers_are", "cliff", "tiers", [{"above": 0, "factor": 1}]),
        (f"{COMMISSION}.draw_recovered", False, "draw", "1 k"),
        (f"{COMMISSION}.clawback_months", 3, "share", 0.001),
        (f"{COMMISSION}.repeat_months", 0, "share", 0.001),
    ],
)
def test_a_key_that_nothing_reads_is_told_with_what_it_needs(path: str, value: object, needs: str, given: Any) -> None:
    beside = path.rpartition(".")[0] + f".{needs}"
    market = {"market.customers.churn_per_year": 0}
    unread = [each for each in sense(load_text(SOUND, overrides=market | {path: value})) if each.path == path]
    assert f"`{needs}`" in only(unread).message
    together = sense(load_text(SOUND, overrides=market | {path: value, beside: given}))
    assert not [each for each in together if "nothing reads it" in each.message]


def test_a_key_is_read_where_a_change_gives_what_it_needs() -> None:
    change = [{"at": "2026-03-01", "set": {"market.customers.churn_per_year": 0.2}}]
    values = {"market.customers": {"churn_per_year": 0, "churn_cv": 1}, "interventions": change}
    assert not [each for each in sense(load_text(SOUND, overrides=values)) if each.path.endswith("churn_cv")]


@pytest.mark.parametrize(("leads", "word"), [(1500, "above"), (20, "below")])
def test_demand_far_from_capacity_is_told_with_the_load(leads: int, word: str) -> None:
    found = told(market__channels__site__leads_per_month=leads)
    warning = next(each for each in found if each.path == "structures.line.roles.hunter")
    assert f"far {word} capacity: load " in warning.message
    assert "effective hours a month" in warning.message
    assert warning.level == "warning"


def test_the_load_is_far_from_capacity_only_beyond_the_bounds() -> None:
    assert MANAGER in {each.path for each in told(market__channels__site__leads_per_month=450)}
    assert MANAGER not in {each.path for each in told(market__channels__site__leads_per_month=350)}


def test_a_hunter_who_fills_the_day_with_prospecting_is_not_idle() -> None:
    quiet: dict[str, object] = {
        "market__channels__site__leads_per_month": 20,
        "structures__universal": None,
        "structures__line__roles__hunter__activities": ["qualify", "prospect"],
    }
    paths = {each.path for each in told(**quiet)}
    assert "structures.line.roles.hunter" in paths
    calls = {"kind": "outbound"}
    assert "structures.line.roles.hunter" not in {each.path for each in told(**quiet, market__channels__calls=calls)}


def test_a_role_without_people_for_whom_work_waits_is_told() -> None:
    warning = told(structures__line__roles__closer__headcount=0, structures__line__roles__hunter__headcount=6)
    messages = {each.path: each.message for each in warning}
    assert "nobody is in this role" in messages["structures.line.roles.closer.headcount"]


@pytest.mark.parametrize("path", ["market__channels__site__seasonality", "plan"])
def test_a_season_that_does_not_average_to_one_is_an_error(path: str) -> None:
    def change(last: float) -> Mapping[str, object]:
        year = [1.0] * 11 + [last]
        return {path: year if path != "plan" else {"target": "100 mln", "seasonality": year}}

    warning = only([each for each in told(**change(1.24)) if "seasonality" in each.path])
    assert warning.level == "error"
    assert "average to 1.02 instead of 1" in warning.message
    assert not [each for each in told(**change(1.1)) if "seasonality" in each.path]  # within 1 %


def test_errors_come_first() -> None:
    found = told(market__channels__site__seasonality=[2] * 12, structures__line__roles__hunter__headcount=9)
    levels = [each.level for each in found]
    assert len(levels) > 1
    assert levels == sorted(levels)  # 'error' before 'warning'


def test_the_articles_capital_table_prints_450_more_than_its_rows_add_to() -> None:
    rows = {"desks": 43_000, "chairs": 29_000, "laptops": 135_000, "software": 42_000, "phones": 49_500}
    lines = [{"name": name, "price": price, "when": "once"} for name, price in rows.items()]
    warning = only(told(budget__capital={"lines": lines, "printed_total": 298_950}))
    assert warning.path == "budget.capital.printed_total"
    assert "298 950" in warning.message and "298 500" in warning.message and "450" in warning.message
    assert told(budget__capital={"lines": lines, "printed_total": 298_500}) == []


@pytest.mark.parametrize(
    ("results", "path", "words"),
    [
        ({"2025-12": [1]}, "plan.results.2025-12", "not a month of the run; allowed: 2026-01 to 2026-12"),
        ({"2026-01": [1, 2, 3, 4, 5, 6]}, "plan.results.2026-01", "6 results for a month of 5 weeks"),
        ({"2026-01": [1], "2026-02": [1]}, "plan.results.2026-01", "1 of 5 weeks have a result"),
        ({"2026-02": [1]}, "plan.results", "2026-01: 0 of 5 weeks"),
    ],
)
def test_results_of_weeks_that_the_run_does_not_have(results: dict[str, list[int]], path: str, words: str) -> None:
    (found,) = (each for each in told(plan={"target": 1e6, "results": results}) if "results" in each.path)
    assert (found.path, found.level) == (path, "error") and words in found.message


def test_rows_by_seat_are_counted_for_the_seats_and_those_by_deals_cannot_be() -> None:
    seats = [{"name": "chairs", "price": 100, "per": "seat", "when": "once"}]
    assert told(budget__capital={"lines": seats, "printed_total": 800}) == []
    deals = [{"name": "gifts", "price": 100, "per": "deal"}]
    assert "cannot be checked" in only(told(budget__direct={"lines": deals, "printed_total": 800})).message


def test_a_commission_on_what_earns_nothing_is_told() -> None:
    pay = {"structures__universal__roles__manager__pay__commission": {"share": 0.1}}
    found = [each for each in told(**pay, market__products__service__gross_margin=0) if "products" in each.path]
    assert only(found).path == "market.products.service.gross_margin"
    eaten = [each for each in told(**pay, market__products__service__gross_margin=0.08) if "share" in each.path]
    assert only(eaten).path == f"{MANAGER}.pay.commission.share"
    assert not [each for each in told(**pay) if "margin" in each.message]


@pytest.mark.parametrize(
    "rule",
    [{"accelerator": 1.5}, {"threshold": 0.5}, {"tiers": [{"above": 0.5, "factor": 0.8}]}],
    ids=lambda rule: next(iter(rule)),
)
def test_what_attainment_brings_has_no_effect_without_a_plan(rule: dict[str, Any]) -> None:
    pay = {
        f"structures__{role}__pay__commission": {"share": 0.01, **rule}
        for role in ("universal__roles__manager", "line__roles__closer", "line__roles__farmer")
    }
    assert {each.path for each in told(**pay) if "needs a plan" in each.message} == {
        f"{MANAGER}.pay.commission",
        "structures.line.roles.closer.pay.commission",
        "structures.line.roles.farmer.pay.commission",
    }
    assert not [each for each in told(**pay, plan={"target": "100 mln"}) if "needs a plan" in each.message]
    own = {path: {**terms, "attainment_of": "person", "quota": "500 k"} for path, terms in pay.items()}
    assert not [each for each in told(**own) if "needs a plan" in each.message]


def test_a_structure_in_which_nobody_is_paid_is_told() -> None:
    free = {f"structures__line__roles__{role}__pay__base": 0 for role in ("hunter", "closer", "farmer")}
    assert "nobody is paid" in {each.path: each.message for each in told(**free)}["structures.line.roles"]


def test_stages_that_hardly_anybody_passes_are_told() -> None:
    hard = {f"market__stages__{stage}__conversion": 0.3 for stage in range(5)}
    warning = next(each for each in told(**hard) if each.path == "market.stages")
    assert "0.19 %" in warning.message  # 0.3^5 x 0.95^5


@pytest.mark.parametrize(("base", "is_told"), [("36 k", False), ("37 k", True)])
def test_payrolls_more_than_three_per_cent_apart_are_told(base: str, is_told: bool) -> None:
    pay = {f"structures__line__roles__{role}__pay__base": base for role in ("hunter", "closer", "farmer")}
    found = told(**pay)
    assert bool(found) == is_told
    if is_told:
        warning = only(found)
        assert warning.path == "structures.line"
        assert (
            "3\N{NO-BREAK SPACE}552\N{NO-BREAK SPACE}000" in warning.message
            and "5.7 % more" in warning.message
            and "3\N{NO-BREAK SPACE}360\N{NO-BREAK SPACE}000" in warning.message
        )


def test_customers_who_wait_less_than_an_hour_leave_before_the_office_opens() -> None:
    change: dict[str, object] = {
        "market__channels__site__patience": "30 min",
        "market__speed_to_lead": None,
        "market__channels__site__leads_per_month": 1200,
    }
    found = [each for each in told(**change) if each.path == f"{SITE}.patience"]
    assert "30 min" in only(found).message
    assert "leave before the office opens" in only(found).message
    change["market__channels__site__arrival_hours"] = "working hours"
    assert not [each for each in told(**change) if each.path == f"{SITE}.patience"]


def test_lateness_counted_twice_is_told() -> None:
    short: dict[str, object] = {"market__channels__site__patience": "2 days"}
    assert "counted twice" in only(told(**short)).message
    assert told(**short, market__speed_to_lead=None) == []


def test_reminders_that_nobody_sends_are_told() -> None:
    change: dict[str, object] = {
        "market__customers__payment": {"late_share": 0.1},
        "structures__line__roles__farmer__activities": ["serve", "paperwork"],
    }
    assert "`collect`" in only(told(**change)).message


def test_requests_that_nobody_answers_are_told() -> None:
    change: dict[str, object] = {
        "market__customers__order_work": 0,
        "structures__line__roles__farmer": None,
        "structures__line__roles__hunter__headcount": 5,
    }
    assert "`serve`" in only([each for each in told(**change) if each.path == "structures.line.roles"]).message


def test_time_kept_for_prospecting_needs_an_outbound_channel() -> None:
    change: dict[str, object] = {
        "structures__universal__roles__manager__activities": ["serve", "qualify", "sell", "prospect"],
        "structures__universal__roles__manager__protected": {"prospect": "2 h"},
    }
    assert only(told(**change)).path == f"{MANAGER}.protected.prospect"


def test_a_list_of_contacts_that_runs_dry_is_told() -> None:
    change: dict[str, object] = {
        "structures__universal": None,
        "structures__line__roles__hunter__activities": ["qualify", "prospect"],
        "market__channels__calls": {"kind": "outbound", "contacts": {"size": 1200}},
    }
    warning = next(each for each in told(**change) if each.path == "market.channels.calls.contacts")
    assert "100 attempts a month" in warning.message
    change["market__channels__calls"] = {"kind": "outbound", "contacts": {"size": 1_000_000}}
    assert "market.channels.calls.contacts" not in {each.path for each in told(**change)}


def test_a_budget_line_outside_of_what_is_simulated_is_told() -> None:
    made = load_text(
        SMALL
        + "experiment: {start: 2026-01-01, months: 12}\n"
        + "budget: {other: {lines: [{name: fair, price: 5, start: 2027-01-01}, "
        + "{name: old, price: 5, until: 2025-12-01}, {name: now, price: 5, until: 2026-02-01}]}}\n"
    )
    found = [(each.path, each.level) for each in sense(made) if each.path.startswith("budget.other")]
    assert found == [("budget.other.lines.0.start", "error"), ("budget.other.lines.1.until", "error")]
    # a budget of the year may be run for a part of it
    part = made.replace({"experiment.months": 3, "budget.other.lines.0.start": "2026-06-01"})
    found = [(each.path, each.level) for each in sense(part) if each.path == "budget.other.lines.0.start"]
    assert found == [("budget.other.lines.0.start", "warning")]


def test_what_a_budget_has_forgotten_is_told_with_its_amount() -> None:
    """Eight managers at 35 000 for a year are 3 360 000; 30 % of it are 1 008 000."""
    lines = "budget: {contributions: 30 %, direct: {lines: [{name: rent, price: 5}]}}\n"
    (warning,) = [each for each in sense(load_text(SMALL + lines)) if each.path == "budget"]
    assert "contributions 1 008 000" in warning.message
    covered = "{name: c, price: 1, covers: contributions}"
    lines = f"budget: {{contributions: 30 %, direct: {{lines: [{covered}]}}}}\n"
    assert not [each for each in sense(load_text(SMALL + lines)) if each.path == "budget"]


@pytest.mark.parametrize(
    ("days", "path", "words"),
    [
        (("2025-W40", "2025-W50"), "history.from", "`check` plays them from 2025-09-29 on, with the people"),
        (("2026-11", "2027-02"), "history.to", "`check` plays the run on until they end"),
        (("2026-02", "2026-11"), "", ""),
    ],
)
def test_days_of_the_past_outside_the_run_are_told(days: tuple[str, str], path: str, words: str) -> None:
    found = [each for each in told(history={"from": days[0], "to": days[1], "deals": 9}) if "history" in each.path]
    assert [each.path for each in found] == ([path] if path else [])
    assert all(words in each.message for each in found)


def test_silent_leads_that_nobody_ever_closes_are_told() -> None:
    silent = "market.stages.1.silent"
    assert [each.path for each in told(market__stages__1__silent=0.3)] == [silent]
    assert not told(market__stages__1__silent=0.3, market__stages__1__expires="3 months")
    assert not told(market__stages__1__silent=0.3, market__stages__1__conversion=1)


@pytest.mark.parametrize(("base", "said"), [("90 k", "% больше, чем «"), ("20 k", "% меньше, чем «")])
def test_another_payroll_is_told_in_the_words_of_the_reader(base: str, said: str) -> None:
    found = told(**{f"structures__line__roles__{role}__pay__base": base for role in ("hunter", "closer", "farmer")})
    (message,) = (each.message for each in found if each.path == "structures.line" and "payroll" in each.message)
    t = texts("ru")
    assert said in t.again(message) and "universal" not in t.again(message)
    assert not re.search(r"\d\.\d|\d%", t.again(message))
