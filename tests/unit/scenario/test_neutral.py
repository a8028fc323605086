"""Neutral settings: each switches its mechanism off in every structure, and all together leave no difference."""

import pytest

from simulation.expected import workload
from simulation.scenario.neutral import NEUTRAL, neutralise, settings
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import turnover_per_year
from simulation.scenario.timeline import timeline
from simulation.sense.loader import load_text

FULL = """
version: 1
market:
  channels:
    site: {kind: inbound, leads_per_month: 60, fit: 0.6, quality: 0.2}
    calls: {kind: outbound}
    shops: {kind: distributor, orders_per_month: 2}
  products:
    service:
      deal: {lognormal: {mean: 60 k, cv: 1}}
      gross_margin: 0.25
      paperwork: 1 h
      price: 1.1
      price_response: -0.02
    repair: {deal: 10 k, gross_margin: 0.4, repeat: false, questions: 3}
  stages:
    - {name: talk, work: 40 min, conversion: 0.5, thinking: 9 days, patience: 14 days, question: 0.05, reach: {}}
    - {name: contract, work: 1 h, conversion: 0.5, patience: 14 days, question: 0.05}
  customers:
    upsell: {every: 3 months}
    payment: {late_share: 0.2}
  initial: {customers: 50}
structures:
  universal: {preset: universal, roles: {universal: {pay: {base: 35 k, commission: {share: 0.02}}}}}
  line:
    preset: functional
    hand_off: {lead: {loss: 0.3, information: 0.2}}
    loyalty: {orders: 1.1, churn: 0.8, cost_per_month: 10 k}
    roles:
      head: {preset: head, headcount: 1}
      hunter:
        pay: {base: 30 k}
        recruiting: {policy: buffer}
        onboarding: {cost: 5 k}
        learning: {qualify: {half_life: 30, effects: {filter: 2}}}
      closer: {ramp: {sell: [0.5, 0.75, 1]}}
      farmer: {activities: [serve, collect, upsell, paperwork, meet], meetings: 2 h, ownership: personal}
  pods: {preset: pods, roles: {hunter: {week: [mon, tue, wed, thu, fri, sat]}}}
  vip: {preset: vip_group}
  owner: {preset: owner_sells}
  service: {preset: client_service_department}
plan: {target: 5 mln, effort: 10 %}
"""


@pytest.fixture(scope="module")
def full() -> Scenario:
    return load_text(FULL)


def test_the_mechanisms_have_the_names_of_the_specification() -> None:
    assert set(NEUTRAL) >= {
        "pooling",
        "specialisation",
        "switching",
        "hand_off",
        "filter",
        "drift",
        "paperwork",
        "ramp",
        "absence",
        "payroll",
        "response",
        "questions",
        "price_response",
        "loyalty",
        "late_payment",
        "unhappy_customers",
        "talent",
        "availability",
        "effort",
        "turnover",
        "recruiting",
        "probation",
        "onboarding",
        "departure",
        "coaching",
        "part_time",
        "shifts",
        "interventions",
    }


@pytest.mark.parametrize("name", list(NEUTRAL))
def test_each_setting_is_valid_and_changes_just_what_it_names(name: str, full: Scenario) -> None:
    values = settings(full, name)
    assert values
    changed = neutralise(full, name)
    assert changed != full
    before, after = full.model_dump(mode="json"), changed.model_dump(mode="json")
    blocks = {path.split(".")[0] for path in values}
    assert {key for key in before if before[key] != after[key]} <= blocks
    assert neutralise(changed, name) == changed


@pytest.mark.parametrize("name", list(NEUTRAL))
def test_each_setting_holds_for_a_scenario_that_lacks_what_it_switches_off(name: str) -> None:
    plain = load_text("""
version: 1
market:
  channels: {shops: {kind: distributor, orders_per_month: 2}}
  products: {repair: {deal: 10 k, gross_margin: 0.4, repeat: false}}
  qualification: null
  speed_to_lead: null
structures: {none: {roles: {head: {preset: head, headcount: 1}}}}
""")
    assert neutralise(plain, name).market.qualification is None


def test_specialisation_is_switched_off_in_every_curve(full: Scenario) -> None:
    changed = neutralise(full, "specialisation")
    for activity in ACTIVITIES:
        curve = getattr(changed.people.learning, activity)
        assert (curve.start, curve.mastery) == (1, 1)
    own = changed.structures["line"].roles["hunter"].learning["qualify"]
    assert (own.start, own.mastery, own.half_life) == (1, 1, 30)
    assert changed.structures["line"].roles["closer"].ramp == {"sell": (0.5, 0.75, 1.0)}
    assert neutralise(full, "ramp").structures["line"].roles["closer"].ramp == {"sell": (1.0,)}


def test_hand_offs_are_switched_off_where_a_structure_has_its_own(full: Scenario) -> None:
    changed = neutralise(full, "hand_off")
    for terms in (changed.hand_off, changed.structures["line"].hand_off):
        assert terms is not None
        for each in (terms.lead, terms.customer):
            assert (each.delay, each.loss, each.extra_work, each.information) == (0, 0, 0, 0)
    assert changed.structures["universal"].hand_off is None


def test_the_filter_makes_no_mistake_whoever_uses_it(full: Scenario) -> None:
    changed = neutralise(full, "filter")
    rules = changed.market.qualification
    assert rules is not None
    assert (rules.true_positive, rules.false_positive) == (1, 0)
    assert changed.people.learning.qualify.effects.filter == 0
    assert changed.people.learning.qualify.effects.speed == 1
    assert changed.structures["line"].roles["hunter"].learning["qualify"].effects.filter == 0


def test_patience_never_ends_when_response_is_neutral(full: Scenario) -> None:
    market = neutralise(full, "response").market
    assert market.speed_to_lead is None
    assert all(stage.patience.mean == float("inf") for stage in market.stages)
    assert all(channel.patience.mean == float("inf") for name, channel in market.channels.items() if name != "shops")
    assert [stage.conversion for stage in market.stages] == [stage.conversion for stage in full.market.stages]


def test_one_queue_for_each_role_when_pooling_is_neutral(full: Scenario) -> None:
    for structure in neutralise(full, "pooling").structures.values():
        assert structure.pods == 1
        assert {(role.ownership, role.new_work) for role in structure.roles.values()} == {("team", "shared")}


def test_an_unknown_mechanism_is_refused_with_the_known_ones(full: Scenario) -> None:
    with pytest.raises(ValueError, match="no mechanism 'magic'; there are .*pooling, "):
        neutralise(full, "magic")


def test_with_every_mechanism_neutral_all_structures_do_the_same_with_the_same_hours(full: Scenario) -> None:
    apart = {workload(full, name).deals for name in full.structures}
    assert len(apart) == len(full.structures)  # as it stands, no two are alike
    neutral = neutralise(full)
    flows = [workload(neutral, name) for name in neutral.structures]
    first = flows[0]
    assert first.deals > 0
    for other in flows[1:]:
        assert other.reach == pytest.approx(first.reach, rel=1e-12)
        for measure in ("deals", "revenue", "margin", "customers", "orders", "requests"):
            assert getattr(other, measure) == pytest.approx(getattr(first, measure), rel=1e-9)
        assert sum(role.demand for role in other.roles.values()) == pytest.approx(
            sum(role.demand for role in first.roles.values()), rel=1e-9
        )


def test_nobody_quits_in_any_role(full: Scenario) -> None:
    changed = neutralise(full, "turnover")
    left = {
        turnover_per_year(changed.people, role)
        for structure in changed.structures.values()
        for role in structure.roles.values()
    }
    assert left == {0.0}
    assert turnover_per_year(full.people, full.structures["line"].roles["hunter"]) > 0


def test_empty_positions_are_filled_at_once_where_a_role_has_its_own_recruiting(full: Scenario) -> None:
    changed = neutralise(full, "recruiting")
    own = changed.structures["line"].roles["hunter"].recruiting
    assert own is not None
    for recruiting in (changed.people.recruiting, own):
        assert (recruiting.policy, recruiting.time.mean, recruiting.cost) == ("react", 0.0, 0.0)
    assert changed.structures["universal"].roles["universal"].recruiting is None


def test_newcomers_work_from_the_first_day_and_none_fails_the_trial_time(full: Scenario) -> None:
    changed = neutralise(full, "onboarding", "probation")
    own = changed.structures["line"].roles["hunter"].onboarding
    assert own is not None
    for spec in (changed.people.onboarding, own):
        assert (spec.training_days, spec.mentor, spec.head, spec.cost, spec.probation.failure) == (0, 0, 0, 0, 0)
    assert neutralise(full, "onboarding").people.onboarding.probation.failure > 0


def test_leavers_take_nothing_along(full: Scenario) -> None:
    departure = neutralise(full, "departure").people.departure
    assert (departure.leads_lost, departure.customers_lost, departure.orders_fall, departure.reassign_after) == (0,) * 4


def test_nobody_leads_and_nobody_needs_to_be_led(full: Scenario) -> None:
    changed = neutralise(full, "coaching")
    assert (changed.people.coaching.learning, changed.people.coaching.conversion) == (0, 0)
    assert changed.structures["line"].roles["head"].leads is None
    assert full.structures["line"].roles["head"].leads is not None


def test_nothing_changes_during_the_run(full: Scenario) -> None:
    assert full.structures["owner"].interventions
    changed = neutralise(full, "interventions")
    assert all(not timeline(changed, name).changes for name in changed.structures)
    assert neutralise(full, "part_time").structures["owner"].roles["owner"].hours_per_week is None


def test_the_answer_to_leads_of_another_process_is_neutral_too() -> None:
    visit = "stages: [{name: visit, work: 1 h, conversion: 0.5}]"
    process = f"  processes: {{repairs: {{speed_to_lead: {{floor: 0.2}}, {visit}}}}}\n"
    text = FULL.replace("  customers:\n", f"{process}  customers:\n", 1).replace(
        "price_response: -0.02\n", "price_response: -0.02\n      process: repairs\n", 1
    )
    made = neutralise(load_text(text), "response")
    assert made.market.speed_to_lead is None and made.market.processes["repairs"].speed_to_lead is None
