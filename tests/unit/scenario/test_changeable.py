"""Which values may change during a run: each key says it, a reason for each refusal, the nearest path for a slip."""

import pytest

from simulation.scenario.changeable import look, refusal
from simulation.scenario.places import places
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import LANGUAGES, texts
from simulation.written.errors import ScenarioError
from tests.unit.scenario.examples import SMALL

MORE = """
  line:
    preset: functional
    roles: {head: {preset: head, headcount: 1}}
people: {learning: {sell: {start: 0.6}}}
budget: {direct: {lines: [{name: rent, price: 1 k}]}}
"""
CHANNELS = """
    calls: {kind: outbound, contacts: {size: 100}}
    shops: {kind: distributor, orders_per_month: 2}
"""
MANAGER = "structures.universal.roles.manager"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    text = SMALL.replace("  products:", CHANNELS.strip("\n") + "\n  products:") + MORE.strip("\n")
    text = text.replace("upsell]", "upsell, prospect]")
    return load_text(text)


@pytest.mark.parametrize(
    "path",
    [
        "market.channels.site.leads_per_month",
        "market.channels.site.active",
        "market.channels.site.cost",
        "market.channels.site.cost.fixed_per_month",
        "market.channels.site.patience.exponential.mean",
        "market.channels.calls.attempt",
        "market.channels.calls.contacts.refresh_per_month",
        "market.channels.shops.discount",
        "market.products.service.gross_margin",
        "market.products.service.paperwork",
        "market.stages.2.conversion",
        "market.stages.0.work.gamma.mean",
        "market.qualification.true_positive",
        "market.speed_to_lead.tau",
        "market.material.effect",
        "market.customers.churn_per_year",
        "market.customers.upsell.probability",
        "market.customers.payment.late_share",
        "people.switching",
        "people.turnover.per_year",
        "people.onboarding.probation.failure",
        "people.departure.customers_lost",
        "hand_off.lead.loss",
        f"{MANAGER}.headcount",
        f"{MANAGER}.pay.commission.share",
        f"{MANAGER}.activities",
        f"{MANAGER}.activities.0",
        f"{MANAGER}.protected.sell",
        f"{MANAGER}.recruiting.cost",
        "structures.line.loyalty.orders",
        "structures.line.hand_off.lead.loss",
        "structures.line.roles.head.leads.span",
    ],
)
def test_a_value_that_may_change(scenario: Scenario, path: str) -> None:
    assert refusal(scenario, None, path) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("title", "describes the scenario"),
        ("calendar.hours", "holds for the whole run"),
        ("experiment.months", "settled before it begins"),
        ("plan", "set for the year"),
        ("budget.direct.lines.0.price", "`start` and `until`"),
        ("budget.contributions", "rates of the budget"),
        ("interventions", "cannot change interventions"),
        ("market.channels.site.kind", "another one on"),
        ("market.channels.site.seasonality", "change `leads_per_month`"),
        ("market.channels.site.trend_per_year", "whole horizon"),
        ("market.channels.site.products", "another channel"),
        ("market.channels.calls.contacts.size", "refresh_per_month"),
        ("market.channels.shops.exits_per_year", "active: false"),
        ("market.products.service.deal", "deal_size"),
        ("market.stages.0.name", "a name"),
        ("market.material.cost", "its own `cost`"),
        ("market.customers.order_every", "`order_size` or `churn_per_year`"),
        ("market.customers.order_work", "`crm`"),
        ("market.initial.customers", "first day"),
        ("people.learning.sell.start", "facts about people"),
        ("people.talent.sd", "facts about people"),
        ("people.absence.sick_days", "planned for the whole run"),
        ("people.tenure", "first day"),
        ("structures.line.pods", "formed at the start"),
        (f"{MANAGER}.ramp", "facts about people"),
        (f"{MANAGER}.support", "stays as it is"),
        (f"{MANAGER}.hours_per_week", "second role with the other week"),
        ("market.channels.shops.ramp", "when it is first active"),
    ],
)
def test_a_value_that_cannot_change_is_refused_with_a_reason_of_its_own(
    scenario: Scenario, path: str, reason: str
) -> None:
    found = refusal(scenario, None, path)
    assert found is not None and reason in found


def test_the_table_speaks_of_every_key_that_a_scenario_has(scenario: Scenario) -> None:
    def leaves(value: object, path: str) -> list[str]:
        if isinstance(value, dict) and value:
            return [leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}.{key}" if path else key)]
        return [path]

    data = scenario.model_dump(mode="json")
    data["market"]["stages"] = {"0": data["market"]["stages"][0]}
    decided = [look(scenario, None, path) for path in leaves(data, "")]
    assert not [each for each in decided if each is not None and each.reason == "this cannot change during a run"]
    assert None in decided


def test_a_price_may_change_only_where_the_markets_answer_is_given(scenario: Scenario) -> None:
    path = "market.products.service.price"
    found = look(scenario, None, path)
    assert found is not None
    assert "`price_response` of the product is 0" in found.reason
    assert "write `price_response` of the product, such as -0.03" in found.allowed
    assert refusal(scenario.replace({f"{path}_response": -0.02}), None, path) is None


def test_a_price_change_without_an_answer_is_refused_at_its_line_with_what_to_write() -> None:
    text = """
version: 1
title: Dearer in March
market:
  channels: {site: {kind: inbound, leads_per_month: 10}}
  products: {service: {deal: 1000, gross_margin: 40 %}}
structures:
  universal: {preset: universal}
interventions:
  - at: 2026-03-01
    set: {market.products.service.price: 1.1}
"""
    with pytest.raises(ScenarioError) as caught:
        load_text(text, "dearer.yaml")
    said = str(caught.value)
    assert said.startswith("dearer.yaml:11: interventions.0.set.market.products.service.price: ")
    assert "the market's answer to another price is not given" in said
    assert "such as -0.03" in said
    both = text.replace("price: 1.1}", "price: 1.1, market.products.service.price_response: -0.03}")
    assert load_text(both, "dearer.yaml").interventions
    given = text.replace("40 %}", "40 %, price: 1.1}").split("interventions:")[0]
    with pytest.raises(ScenarioError, match="dearer.yaml:6: .*write `price_response` of the product, such as -0.03"):
        load_text(given, "dearer.yaml")


def test_what_old_customers_answer_has_a_sign() -> None:
    for wrong in ({"price_orders": 1.2}, {"price_churn": -0.01}):
        key, value = next(iter(wrong.items()))
        with pytest.raises(ScenarioError, match=key):
            load_text(SMALL, overrides={f"market.products.service.{key}": value})


@pytest.mark.parametrize(
    ("structure", "path", "nearest"),
    [
        (None, "market.channels.sit.leads_per_month", "market.channels.site.leads_per_month"),
        (None, "market.chanels.sit.leds_per_month", "market.channels.site.leads_per_month"),
        (None, "market.stages.closing.work", "market.stages.4.work"),
        (None, "roles.manager.headcount", f"{MANAGER}.headcount"),
        ("universal", "roles.manger.headcount", "roles.manager.headcount"),
        ("universal", "roels.manager.headcont", "roles.manager.headcount"),
        ("line", "structures.line.roles.closr.pay.base", "roles.closer.pay.base"),
        (None, f"{MANAGER}.protected.prospct", f"{MANAGER}.protected.prospect"),
    ],
)
def test_a_path_that_leads_nowhere_gets_the_nearest_that_may_change(
    scenario: Scenario, structure: str | None, path: str, nearest: str
) -> None:
    found = look(scenario, structure, path)
    assert found is not None
    assert found.suggestion == nearest
    assert refusal(scenario, structure, found.suggestion) is None


def test_a_named_position_goes_by_its_number_as_a_stage_does(scenario: Scenario) -> None:
    staffed = scenario.replace({"structures.universal.staff": [{"name": "Olga", "role": "manager"}]})
    found = look(staffed, None, "structures.universal.staff.Olga.base")
    assert found is not None
    assert (found.allowed, found.suggestion) == ("0 (Olga)", "structures.universal.staff.0.base")
    assert refusal(staffed, None, found.suggestion) is None


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("market.channels.fair.active", "`active: false` until it opens"),
        ("market.products.repair.gross_margin", "stands in the file from the start"),
        ("market.stages.7.work", "the same for the whole run"),
        ("structures.pods.roles.x.headcount", "compared with one another"),
        ("structures.line.roles.vip.headcount", "from the start with `headcount: 0`"),
    ],
)
def test_what_is_not_there_cannot_come_during_a_run(scenario: Scenario, path: str, instead: str) -> None:
    assert instead in str(refusal(scenario, None, path))


@pytest.mark.parametrize("path", ["market", "market.channels", "market.channels.site", MANAGER, "market.stages.0"])
def test_a_whole_block_is_refused_with_a_key_inside_it(scenario: Scenario, path: str) -> None:
    found = look(scenario, None, path)
    assert found is not None
    assert "whole block" in found.reason
    assert f"{path}." in found.allowed


@pytest.mark.parametrize("path", ["", "market..x", ".", "market."])
def test_what_is_no_path_is_refused(scenario: Scenario, path: str) -> None:
    assert "dotted path" in str(refusal(scenario, None, path))


def test_deeper_than_a_single_value_there_is_nothing(scenario: Scenario) -> None:
    assert "there is no `x`" in str(refusal(scenario, None, "people.turnover.early.x"))


def test_inside_a_structure_a_path_may_begin_there_or_at_the_root(scenario: Scenario) -> None:
    for path in ("roles.closer.headcount", "structures.line.roles.closer.headcount", "market.material.effect"):
        assert refusal(scenario, "line", path) is None
    assert refusal(scenario, "line", "loyalty.orders") is None


def test_a_structure_cannot_change_another_one(scenario: Scenario) -> None:
    assert "cannot change another structure" in str(refusal(scenario, "line", f"{MANAGER}.headcount"))


def test_every_key_says_whether_it_may_change_or_stands_in_a_block_that_does() -> None:
    said = {each.path: each.facts.changes for each in places() if each.facts.changes}
    for each in places():
        steps = each.path.split(".")
        above = [".".join(steps[:n]) for n in range(1, len(steps) + 1)]
        inside = [path for path in said if path.startswith(f"{each.path}.")]
        assert inside or any(path in said for path in above), each.path
    for language in LANGUAGES:
        assert all(len(texts(language)(why).split()) >= 4 for why in said.values() if isinstance(why, str))
