"""Proficiency: the learning curve, each of its effects on its own, and the explicit ramp."""

import math

import pytest

from simulation.department.record import LOST, WON
from simulation.department.skills import Ramp, Skill
from simulation.mechanisms.specialisation import Effects, Learning
from tests.scripted import NO_EFFECT, UNEQUAL, live, small, spans


def curve(**terms: float) -> Learning:
    return Learning.model_validate({"start": 0.6, "mastery": 1.2, "half_life": 50, **terms})


@pytest.mark.parametrize("n", [0, 1, 25, 50, 100, 1000])
def test_proficiency_follows_the_repetitions(n):
    expected = 0.6 + 0.6 * (1 - 2 ** (-n / 50))
    assert Skill(curve(), 1.0, n, 1.0).proficiency == pytest.approx(expected, rel=1e-12)
    practised = Skill(curve(), 1.0, 0, 1.0)
    for _ in range(n):
        practised.practise()
    assert practised.proficiency == pytest.approx(expected, rel=1e-9)
    at_once = Skill(curve(), 1.0, 0, 1.0)
    at_once.practise_often(n)
    assert at_once.proficiency == pytest.approx(expected, rel=1e-9)


def test_the_special_points_of_the_curve():
    assert Skill(curve(), 1.0, 0, 1.0).proficiency == pytest.approx(0.6)
    assert Skill(curve(), 1.0, 50, 1.0).proficiency == pytest.approx(0.9)
    assert Skill(curve(), 1.0, 1e9, 1.0).proficiency == pytest.approx(1.2)


def test_talent_multiplies_proficiency_and_availability_the_pace():
    skill = Skill(curve(), 1.5, 50, 0.8)
    assert skill.proficiency == pytest.approx(1.35)
    assert skill.pace == pytest.approx(1.35 * 0.8)


def test_each_effect_has_its_own_neutral_value():
    zero = curve(effects=NO_EFFECT | {"speed": 0})
    skill = Skill(zero, 1.5, 50, 0.8)
    assert (skill.pace, skill.shift, skill.sharp, skill.size, skill.hold, skill.growth) == (0.8, 0, 0, 0, 1, 1)
    for _ in range(20):
        skill.practise()
    assert (skill.pace, skill.shift, skill.sharp, skill.size, skill.hold, skill.growth) == (0.8, 0, 0, 0, 1, 1)
    one = Skill(Learning.model_validate({"start": 1, "mastery": 1, "effects": dict.fromkeys(NO_EFFECT, 2)}), 1, 5, 1)
    assert (one.pace, one.shift, one.sharp, one.size, one.hold, one.growth) == (1, 0, 0, 0, 1, 1)


@pytest.mark.parametrize("effect", Effects.model_fields)
def test_one_effect_moves_nothing_but_its_own_measure(effect):
    p, k = 0.9, 0.7
    skill = Skill(curve(effects=dict.fromkeys(NO_EFFECT, 0) | {effect: k}), 1.0, 50, 1.0)
    expected = {
        "speed": ("pace", p**k),
        "conversion": ("shift", k * math.log(p)),
        "filter": ("sharp", k * math.log(p)),
        "deal_size": ("size", k * math.log(p)),
        "retention": ("hold", p**k),
        "growth": ("growth", p**k),
    }
    neutral = {"pace": 1.0, "shift": 0.0, "sharp": 0.0, "size": 0.0, "hold": 1.0, "growth": 1.0}
    name, value = expected[effect]
    for measure, at_rest in neutral.items():
        assert getattr(skill, measure) == pytest.approx(value if measure == name else at_rest)
    skill.practise_often(1000)
    assert getattr(skill, name) != pytest.approx(value)


# --- at work: a person of proficiency 2 (talent) ----------------------------------------------------------------


def gifted(
    activity: str, talent: float = 2.0, changes: dict | None = None, roles: dict | None = None, **effects: float
):
    """A scenario in which proficiency in an activity has only the given effects."""
    spec = {f"people.learning.{activity}.effects": NO_EFFECT | {"speed": 0} | effects}
    return small(UNEQUAL | spec | (changes or {}), roles=roles)


@pytest.mark.parametrize("speed", [0, 1, 2])
def test_speed_divides_the_work_time(speed):
    record = live(gifted("sell", speed=speed), [1.0], talent=2.0)
    assert spans(record) == [(1, 1 + 0.5**speed)]


@pytest.mark.parametrize("conversion", [0, 1, 2])
def test_conversion_rises_in_log_odds(conversion):
    changes = {"market.stages": [{"name": "sale", "work": "1 h", "conversion": 0.5}]}
    odds = 2.0**conversion
    edge = odds / (1 + odds)
    scenario = gifted("sell", changes=changes, conversion=conversion)
    luck = {"stage.sale.decision": [edge - 0.01, edge + 0.01]}
    assert live(scenario, [1.0, 5.0], talent=2.0, luck=luck).leads.state.tolist() == [WON, LOST]


@pytest.mark.parametrize("deal_size", [0, 1, 0.5])
def test_the_deal_grows(deal_size):
    record = live(gifted("sell", deal_size=deal_size), [1.0], talent=2.0)
    assert record.leads.size.tolist() == record.sales.revenue.tolist() == [pytest.approx(100 * 2**deal_size)]


@pytest.mark.parametrize("sharpness", [0, 1, 3])
def test_the_filter_grows_sharper_both_ways(sharpness):
    changes = {
        "market.qualification": {"work": "1 h", "true_positive": 0.6, "false_positive": 0.3},
        "market.channels.site.fit": 0.5,
    }
    roles = {"seller": {"headcount": 1, "activities": ["qualify", "sell"]}}
    factor = 2.0**sharpness
    good = 1.5 * factor / (1 + 1.5 * factor)
    bad = (3 / 7) / factor / (1 + (3 / 7) / factor)
    luck = {
        "fit": [0.1, 0.1, 0.9, 0.9],
        "qualify.decision": [good - 0.01, good + 0.01, bad - 0.01, bad + 0.01],
    }
    record = live(
        gifted("qualify", changes=changes, roles=roles, filter=sharpness), [1.0, 10, 20, 30], talent=2.0, luck=luck
    )
    assert record.leads.fit.tolist() == [True, True, False, False]
    assert [qualified == qualified for qualified in record.leads.qualified] == [True, False, True, False]


SERVED = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "1 h",
    "market.customers.churn_per_year": 8766 / 400,
    "experiment.months": 5,
}
SERVER = {"seller": {"headcount": 1, "activities": ["sell", "serve", "upsell"]}}


@pytest.mark.parametrize("retention", [0, 1, 2])
def test_retention_divides_the_hazard_of_leaving_once_somebody_has_served(retention):
    scenario = gifted("serve", changes=SERVED, roles=SERVER, retention=retention)
    # won at 1.5 with a hazard of 1/400 per hour; the first order is served from 101.5 to 102.5
    threshold = 2.0
    record = live(scenario, [1.0], talent=2.0, luck={"customer.leave": math.exp(-threshold)})
    expected = 102.5 + (threshold - 101 / 400) * 400 * 2**retention
    assert record.customers.until[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("growth", [0, 1, 2])
def test_growth_multiplies_the_uplift_of_an_upsell(growth):
    changes = {
        "market.products.thing.repeat": True,
        "market.customers.upsell": {"every": "100 h", "work": "1 h", "probability": 1, "uplift": 0.1},
        "experiment.months": 1,
    }
    record = live(gifted("upsell", changes=changes, roles=SERVER, growth=growth), [1.0], talent=2.0)
    successes = 7  # at 103, 203, ... 703
    assert record.customers.order_size[0] == pytest.approx(100 * (1 + 0.1 * 2**growth) ** successes)


def test_conversion_of_upsells_rises_with_proficiency():
    changes = {
        "market.products.thing.repeat": True,
        "market.customers.upsell": {"every": "400 h", "work": "1 h", "probability": 0.5, "uplift": 0.1},
    }
    for talent, bought in ((2.0, True), (1.0, False)):
        scenario = gifted("upsell", changes=changes, roles=SERVER, conversion=1)
        record = live(scenario, [1.0], talent=talent, luck={"customer.upsell.decision": 0.6})
        assert (record.customers.order_size[0] == pytest.approx(110)) == bought


def test_each_repetition_makes_the_next_one_faster():
    scenario = small({"people.learning.sell": {"start": 0.5, "mastery": 1, "half_life": 1, "effects": NO_EFFECT}})
    record = live(scenario, [1.0, 10.0, 20.0, 30.0])
    expected = [1 / (0.5 + 0.5 * (1 - 2.0**-n)) for n in range(4)]
    assert [end - start for start, end in spans(record)] == pytest.approx(expected)


def test_activities_are_learned_apart():
    learning = {"start": 0.5, "mastery": 1, "half_life": 1, "effects": NO_EFFECT}
    changes = {
        "market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1},
        "people.learning.sell": learning,
        "people.learning.qualify": learning,
    }
    roles = {"seller": {"headcount": 1, "activities": ["sell", "qualify"]}}
    record = live(small(changes, roles=roles), [1.0, 20.0])
    assert [end - start for start, end in spans(record, "qualify")] == pytest.approx([2, 4 / 3])
    assert [end - start for start, end in spans(record, "sale")] == pytest.approx([2, 4 / 3])


def test_a_role_can_have_a_learning_curve_of_its_own():
    own = {"start": 2, "mastery": 2, "half_life": 1, "effects": NO_EFFECT}
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "learning": {"sell": own}}}
    assert spans(live(small(roles=roles), [1.0])) == [(1, 1.5)]


def test_a_ramp_gives_one_value_a_month_and_the_last_one_stays():
    ramp = Ramp(curve(effects=NO_EFFECT), (0.25, 0.5, 1.0), 2.0, 1.0)
    found = []
    for months in (0, 0.99, 1, 2, 2.5, 50):
        ramp.at_tenure(months)
        found.append(ramp.proficiency)
    assert found == [0.5, 0.5, 1.0, 2.0, 2.0, 2.0]
    ramp.practise_often(100)
    assert ramp.proficiency == 2.0


RAMPED = {"seller": {"headcount": 1, "activities": ["sell"], "ramp": {"sell": [0.25, 0.5, 0.75, 1]}}}


def test_a_beginner_grows_with_the_months_under_an_explicit_ramp():
    scenario = small({"experiment.months": 5}, roles=RAMPED)
    arrivals = [10.0, 800.0, 1600.0, 2300.0, 3000.0]  # a month has 730.5 h, and a quarter of it 182.6
    record = live(scenario, arrivals)
    assert [end - start for start, end in spans(record)] == pytest.approx([4, 2, 4 / 3, 1, 1])


@pytest.mark.parametrize(("begin", "took"), [("new", 4), ("mature", 4 / 3), ("today", 4 / 3)])
def test_tenure_counts_for_a_ramp_unless_all_are_new(begin, took):
    changes = {"experiment.begin": begin, "people.tenure": f"{2.1 * 730.5} h"}
    record = live(small(changes, roles=RAMPED), [10.0])
    assert spans(record) == [(10, pytest.approx(10 + took))]


def test_a_ramp_holds_from_the_first_moment_on():
    changes = {"market.initial": {"pipeline": 1}}
    assert spans(live(small(changes, roles=RAMPED))) == [(0, 4)]
