"""Cross references: names that lead nowhere and work that nobody does, with path and what is allowed."""

from pathlib import Path

import pytest

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.sense.references import Finding, reference_problems
from tests.unit.scenario.examples import problems

Tree = dict[str, object]


def scenario(**changes: object) -> Scenario:
    """A scenario without problems, with values at dotted paths (`__` for a dot) laid upon it, unchecked."""
    data: Tree = {
        "version": 1,
        "market": {
            "channels": {
                "site": {"kind": "inbound", "leads_per_month": 60},
                "calls": {"kind": "outbound"},
                "shops": {"kind": "distributor", "orders_per_month": 2},
            },
            "products": {
                "service": {"deal": 1000, "gross_margin": 0.3, "paperwork": "1 h"},
                "repair": {"deal": 500, "gross_margin": 0.3, "repeat": False},
            },
        },
        "structures": {
            "line": {
                "roles": {
                    "hunter": {"headcount": 2, "activities": ["qualify", "prospect"]},
                    "closer": {"headcount": 2, "activities": ["sell", "paperwork"]},
                    "farmer": {"headcount": 2, "activities": ["serve", "collect", "upsell", "paperwork"]},
                }
            }
        },
    }
    for path, value in changes.items():
        *parts, last = path.split("__")
        inside = data
        for part in parts:
            deeper = inside.setdefault(part, {})
            assert isinstance(deeper, dict)
            inside = deeper
        inside[last] = value
    return Scenario.model_validate(data)


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]


def duties(role: str, *activities: object) -> Scenario:
    return scenario(**{f"structures__line__roles__{role}__activities": activities})


def test_a_scenario_in_which_all_work_is_done_has_no_problem() -> None:
    assert reference_problems(scenario()) == []


@pytest.mark.parametrize(
    ("kind", "name", "allowed"),
    [
        ("stages", "nods", "contact, needs, proposal, objections, closing"),
        ("channels", "sight", "site, calls, shops"),
        ("products", "servise", "service, repair"),
    ],
)
def test_a_duty_may_name_only_what_exists(kind: str, name: str, allowed: str) -> None:
    wrong = {"activity": "sell", kind: [name]}
    found = only(reference_problems(duties("closer", wrong, "sell", "paperwork")))
    path = f"structures.line.roles.closer.activities.0.{kind}.0"
    assert found == (path, f"there is no {kind[:-1]} {name!r}", name, allowed)


def test_only_selling_has_stages() -> None:
    wrong = {"activity": "qualify", "stages": ["needs"]}
    path, *_ = only(reference_problems(duties("hunter", wrong, "prospect")))
    assert path == "structures.line.roles.hunter.activities.0.stages"


def test_an_empty_list_of_channels_is_no_duty() -> None:
    wrong = {"activity": "sell", "channels": []}
    path, message, *_ = only(reference_problems(duties("closer", wrong, "sell")))
    assert path == "structures.line.roles.closer.activities.0.channels"
    assert "nothing to do" in message


def test_no_deal_lies_between_bounds_that_cross() -> None:
    crossed = {"activity": "sell", "deal_from": 500, "deal_below": 500}
    path, *_ = only(reference_problems(duties("closer", crossed, "sell", "paperwork")))
    assert path == "structures.line.roles.closer.activities.0.deal_below"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"market__channels__site__products": {"servise": 1}}, "market.channels.site.products.servise"),
        ({"market__channels__site__products": {"service": 0}}, "market.channels.site.products"),
        ({"market__channels__calls__attempt": 0}, "market.channels.calls.attempt"),
        ({"market__customers": {"order_every": 0}}, "market.customers.order_every"),
        ({"market__customers": {"upsell": {"every": 0}}}, "market.customers.upsell.every"),
        ({"market__stages": [{"name": "a", "work": "1 h", "thinking": "never"}]}, "market.stages.0.thinking"),
        ({"market__initial": {"channel": "sight"}}, "market.initial.channel"),
        ({"market__initial": {"channel": "shops"}}, "market.initial.channel"),
        ({"market__initial": {"product": "servise"}}, "market.initial.product"),
        ({"market__initial": {"product": "repair"}}, "market.initial.product"),
        ({"experiment__today": "circle"}, "experiment.today"),
        ({"experiment__baseline": "circle"}, "experiment.baseline"),
        ({"experiment__measure": "plan_attainment"}, "experiment.measure"),
        ({"people__tenure": "never"}, "people.tenure"),
        ({"calendar__country": "ZZ"}, "calendar.country"),
        ({"calendar__country": "DE", "calendar__region": "XX"}, "calendar.region"),
        ({"structures__line__pods": 3}, None),
        ({"structures__line__roles__hunter__protected": {"prospect": "9 h"}}, None),
        ({"structures__line__roles__hunter__ramp": {"qualify": []}}, None),
    ],
)
def test_what_cannot_be_is_told_at_its_path(change: dict[str, object], path: str | None) -> None:
    found = reference_problems(scenario(**change))
    expected = {
        "structures__line__pods": [
            f"structures.line.roles.{role}.headcount" for role in ("hunter", "closer", "farmer")
        ],
        "structures__line__roles__hunter__protected": ["structures.line.roles.hunter.protected"],
        "structures__line__roles__hunter__ramp": ["structures.line.roles.hunter.ramp.qualify"],
    }
    assert [each[0] for each in found] == ([path] if path else expected[next(iter(change))])


def test_customers_of_the_first_day_need_something_to_order_again() -> None:
    one_off = {"repair": {"deal": 500, "gross_margin": 0.3, "repeat": False}}
    path, *_ = only(reference_problems(scenario(market__products=one_off, market__initial={"customers": 5})))
    assert path == "market.initial.customers"


def test_customers_of_the_first_day_do_not_come_from_distributors() -> None:
    shops = {"shops": {"kind": "distributor", "orders_per_month": 2}}
    path, *_ = only(reference_problems(scenario(market__channels=shops, market__initial={"customers": 5})))
    assert path == "market.initial.channel"


def test_a_budget_line_ends_after_it_starts() -> None:
    line = {"name": "fair", "price": 5, "start": "2026-05-01", "until": "2026-05-01"}
    path, *_ = only(reference_problems(scenario(budget={"other": {"lines": [line]}})))
    assert path == "budget.other.lines.0.until"


# --- work that nobody does ----------------------------------------------------------------------------------


def test_a_stage_that_no_role_works_is_a_problem() -> None:
    some = {"activity": "sell", "stages": ["contact", "needs", "proposal", "closing"]}
    found = only(reference_problems(duties("closer", some, "paperwork")))
    assert found[:2] == ("structures.line.roles", "no role works the stage 'objections'")


def test_a_stage_that_no_role_works_for_some_deals_says_for_which() -> None:
    def messages(**only_these: object) -> set[str]:
        found = reference_problems(duties("closer", {"activity": "sell", **only_these}, "paperwork"))
        return {message.partition("'contact'")[2] for _, message, *_ in found if "'contact'" in message}

    assert messages(channels=["site"]) == {", for channel 'calls'"}
    assert messages(products=["service"]) == {", for product 'repair'"}
    assert messages(deal_from=800) == {", for product 'repair'"}  # 500 each
    assert messages(channels=["site"], products=["service"]) == {
        ", for channel 'site', product 'repair', deals of any size and 2 more such"
    }


def test_sizes_of_deals_that_nobody_works_are_told() -> None:
    deals = {"lognormal": {"mean": 1000, "cv": 1}}
    large = {"activity": "sell", "deal_from": 800}
    found = reference_problems(
        scenario(
            market__products={"service": {"deal": deals, "gross_margin": 0.3}},
            structures__line__roles__closer__activities=[large],
        )
    )
    assert found[0][1] == "no role works the stage 'contact', for deals below 800"


def test_a_size_that_no_deal_has_needs_nobody() -> None:
    assert reference_problems(duties("closer", {"activity": "sell", "deal_below": 5000}, "paperwork")) == []


def test_qualification_that_no_role_does_is_a_problem_unless_there_is_none() -> None:
    changes = {"structures__line__roles__hunter__activities": ["prospect"]}
    _, message, value, allowed = only(reference_problems(scenario(**changes)))
    assert message == "nobody answers and qualifies leads"
    assert (value, allowed) == (None, "a role with the activity `qualify`")
    assert reference_problems(scenario(**changes, market__qualification=None)) == []


def test_work_that_is_done_only_as_overflow_is_not_done() -> None:
    found = duties("hunter", {"activity": "qualify", "overflow": {"queue": 2}}, "prospect")
    _, message, _, allowed = only(reference_problems(found))
    assert message.endswith(", except as overflow")
    assert "without `overflow`" in allowed


def test_an_outbound_channel_needs_somebody_who_prospects_in_it_while_it_is_active() -> None:
    other = {"activity": "prospect", "channels": ["site"]}
    found = only(reference_problems(duties("hunter", "qualify", other)))
    assert found[1] == "nobody prospects in channel 'calls'"
    silent = scenario(structures__line__roles__hunter__activities=["qualify"], market__channels__calls__active=False)
    assert reference_problems(silent) == []


def test_orders_need_somebody_who_serves_them_when_customers_order_and_an_order_is_work() -> None:
    no_farmer: dict[str, object] = {"structures__line__roles__farmer__activities": ["collect"]}
    assert only(reference_problems(scenario(**no_farmer)))[1] == "nobody serves the orders of customers"
    assert reference_problems(scenario(**no_farmer, market__customers={"order_work": 0})) == []
    assert reference_problems(scenario(**no_farmer, market__customers={"order_every": "never"})) == []
    assert reference_problems(scenario(**no_farmer, market__products__service__repeat=False)) == []


def test_customers_of_the_first_day_need_somebody_even_when_their_channel_is_closed() -> None:
    serve = {"activity": "serve", "channels": ["calls"]}
    changes: dict[str, object] = {
        "structures__line__roles__farmer__activities": [serve, "collect"],
        "market__channels__site__active": False,
    }
    assert reference_problems(scenario(**changes)) == []
    found = only(reference_problems(scenario(**changes, market__initial={"customers": 3, "channel": "site"})))
    assert found[1] == "nobody serves the orders of customers, for channel 'site'"


def test_papers_need_somebody() -> None:
    changes: dict[str, object] = {
        "structures__line__roles__farmer__activities": ["serve"],
        "structures__line__roles__closer__activities": ["sell"],
    }
    assert only(reference_problems(scenario(**changes)))[1] == "nobody does the paperwork of deals"
    assert reference_problems(scenario(**changes, market__products__service__paperwork=0)) == []


def test_a_role_without_people_still_has_its_duties() -> None:
    assert reference_problems(scenario(structures__line__roles__closer__headcount=0)) == []


def test_the_loader_tells_them_with_their_line_and_the_nearest_name() -> None:
    text = """\
version: 1
market:
  channels: {site: {kind: inbound, leads_per_month: 60}}
  products: {service: {deal: 1000, gross_margin: 0.3}}
structures:
  all:
    roles:
      manager:
        headcount: 1
        activities:
          - {activity: sell, channels: [sight]}
"""
    (problem,) = problems(lambda: load_text(text, "my.yaml"))
    assert (problem.file, problem.line, problem.suggestion) == ("my.yaml", 11, "site")


STAGE = "[{name: needs, work: 1 h}]"
LAW = "{kind: lognormal, cv: 1.2}"


@pytest.mark.parametrize(
    ("base", "own", "path"),
    [
        (
            f"market: {{processes: {{b: {{stages: {STAGE}}}}}}}",
            "market: {processes: {a: {stages: [{name: needs, work: 2 h}]}}}",
            "market.processes.a.stages.0.name",
        ),
        (
            "market: {customers: {churn_per_year: 0.2}}",
            "market: {customers: {drop_out: {probability: 0.1}}}",
            "market.customers.drop_out.probability",
        ),
        (
            "market: {customers: {drop_out: {probability: 0.1}, churn_per_year: 0}}",
            "market: {customers: {churn_per_year: 0.2}}",
            "market.customers.churn_per_year",
        ),
        (
            "people: {onboarding: {probation: {failure: 0.2}}}",
            f"people: {{turnover: {{law: {LAW}}}}}",
            "people.turnover.law",
        ),
        ("version: 1", f"people: {{turnover: {{law: {LAW}}}}}", "people.turnover.law"),
        (
            f"people: {{turnover: {{law: {LAW}}}, onboarding: {{probation: {{failure: 0}}}}}}",
            "people: {onboarding: {probation: {failure: 0.2}}}",
            "people.onboarding.probation.failure",
        ),
        ("history: {deals_first_day: 9}", "history: {deals: 5}", "history.deals"),
        ("history: {cycle_p90: 9}", "history: {cycle_p50: 12}", "history.cycle_p50"),
    ],
)
def test_a_contradiction_is_told_at_the_side_in_the_users_own_file(
    tmp_path: Path, base: str, own: str, path: str
) -> None:
    """The base holds one side, the file that extends it the other, on its second line."""
    market = """market:
  channels: {site: {kind: inbound, leads_per_month: 60}}
  products:
    one: {deal: 1000, gross_margin: 0.3, process: a}
    two: {deal: 1000, gross_margin: 0.3, process: b}
  processes:
    a: {stages: [{name: first, work: 1 h}]}
    b: {stages: [{name: second, work: 1 h}]}
structures: {all: {preset: universal, roles: {universal: {headcount: 1, pay: {base: 35 k}}}}}
people: {recruiting: {cost: 150 k}}
"""
    (tmp_path / "market.yaml").write_text(f"version: 1\n{market}")
    (tmp_path / "base.yaml").write_text(f"extends: market.yaml\n{base}\n")
    mine = tmp_path / "mine.yaml"
    mine.write_text(f"extends: base.yaml\n{own}\n")
    (problem,) = problems(lambda: load(mine))
    assert (problem.path, problem.file, problem.line) == (path, str(mine), 2)
