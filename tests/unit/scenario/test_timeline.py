"""The timeline of a structure: what is in force when, and what the changes leave as it was."""

import datetime as dt
import pickle
from math import isnan

import pytest

from simulation.expected import months_to_proficiency
from simulation.scenario.amending import amended
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import changes, peopled, set_path, timeline
from simulation.sense.loader import load_text
from simulation.written.errors import ScenarioError
from tests.unit.scenario.examples import SMALL, problems

DAY, MONTH = 24.0, 730.5
MANAGER = "structures.universal.roles.manager"
LINE = "  line: {preset: functional}\n"


def written(interventions: str, more: str = "") -> Scenario:
    return load_text(f"{SMALL}{LINE}{more}interventions:\n{interventions}", "small.yaml")


def days(year: int, month: int, day: int) -> float:
    return DAY * (dt.date(year, month, day) - dt.date(2026, 1, 1)).days


def test_without_interventions_the_scenario_itself_is_in_force() -> None:
    scenario = load_text(SMALL)
    plan = timeline(scenario, "universal")
    assert plan.scenarios == (scenario,)
    assert plan.at(0.0) is scenario


def test_a_value_holds_from_its_date_on() -> None:
    scenario = written(f"  - {{at: 2026-03-01, set: {{{MANAGER}.headcount: 9}}}}\n")
    plan = timeline(scenario, "universal")
    at = days(2026, 3, 1)
    heads = [plan.at(time).structures["universal"].roles["manager"].headcount for time in (at - 1, at, at + 1e6)]
    assert heads == [8, 9, 9]
    assert plan.at(-1e9) is scenario


def test_an_elapsed_time_counts_from_the_first_day_of_the_experiment_after_the_warm_up() -> None:
    scenario = written(
        "  - {at: 2 days, cost: 1}\n  - {at: 2026-01-03, cost: 2}\n", "experiment: {start: 2026-01-01, warm_up: 1}\n"
    )
    first, second = changes(scenario, "line")
    assert first.at == second.at == DAY * (31 + 2)  # December 2025 is simulated before


@pytest.mark.parametrize(
    ("pace", "dates"),
    [
        ("week", [(1, 31), (2, 7), (2, 14)]),
        ("two weeks", [(1, 31), (2, 14), (2, 28)]),
        ("month", [(1, 31), (2, 28), (3, 31)]),
        ("quarter", [(1, 31), (4, 30), (7, 31)]),
    ],
)
def test_a_list_of_changes_comes_one_at_a_time(pace: str, dates: list[tuple[int, int]]) -> None:
    listed = ", ".join(f"{{set: {{people.switching: {n} min}}}}" for n in (1, 2, 3))
    plan = timeline(written(f"  - {{at: 2026-01-31, every: {pace}, changes: [{listed}]}}\n"), "line")
    assert plan.begins[1:] == tuple(days(2026, *date) for date in dates)
    assert [scenario.people.switching for scenario in plan.scenarios] == pytest.approx([8 / 60, 1 / 60, 2 / 60, 3 / 60])


def test_a_list_without_a_pace_comes_all_at_once_each_with_its_own_dip() -> None:
    listed = "{set: {people.switching: 1 min}}, {set: {people.availability: 0.7}}, {cost: 5}"
    scenario = written(f"  - {{at: 1 month, dip: {{depth: 0.1}}, changes: [{listed}]}}\n")
    plan = timeline(scenario, "universal")
    assert plan.begins[1:] == (MONTH,)
    assert (plan.scenarios[1].people.switching, plan.scenarios[1].people.availability) == (1 / 60, 0.7)
    assert [change.dip.depth for change in plan.changes if change.dip] == [0.1, 0.1, 0.1]


def test_changes_add_up_in_the_order_of_their_dates_whoever_wrote_them() -> None:
    text = f"{SMALL}    interventions:\n      - {{at: 2 months, set: {{roles.manager.headcount: 6}}}}\n"
    text += f"interventions:\n  - {{at: 3 months, set: {{{MANAGER}.headcount: 7}}}}\n"
    text += f"  - {{at: 1 month, set: {{{MANAGER}.pay.base: 40 k}}}}\n"
    plan = timeline(load_text(text), "universal")
    roles = [scenario.structures["universal"].roles["manager"] for scenario in plan.scenarios]
    assert [(role.headcount, role.pay.base) for role in roles] == [(8, 35e3), (8, 40e3), (6, 40e3), (7, 40e3)]


def test_a_structure_does_not_feel_what_stands_in_another_one() -> None:
    text = f"{SMALL}    interventions: [{{at: 2 months, set: {{people.switching: 0}}}}]\n{LINE}"
    scenario = load_text(text)
    assert len(timeline(scenario, "universal").scenarios) == 2
    assert timeline(scenario, "line").scenarios == (scenario,)


def test_people_who_move_take_their_positions_along() -> None:
    move = "[{role: hunter, to: closer, people: 2}, {role: farmer, to: hunter}]"
    text = f"{SMALL}  line:\n    preset: functional\n    interventions:\n      - {{at: 1 month, move: {move}}}\n"
    first, second = timeline(load_text(text), "line").scenarios
    heads = [{name: role.headcount for name, role in s.structures["line"].roles.items()} for s in (first, second)]
    assert heads == [{"hunter": 3, "closer": 3, "farmer": 2}, {"hunter": 2, "closer": 5, "farmer": 1}]


def test_a_role_that_is_empty_at_first_is_looked_at_when_it_has_people() -> None:
    text = f"{SMALL}  line:\n    preset: functional\n    roles: {{closer: {{headcount: 0}}}}\n    interventions:\n"
    text += "      - {at: 1 month, move: [{role: hunter, to: closer, people: 3}]}\n"
    text += "      - {at: 2 months, set: {people.switching: 0}}\n"
    scenario = load_text(text)
    first, _, last = timeline(scenario, "line").scenarios
    assert peopled(scenario, "line", "hunter") is first  # nobody is left of them in the end
    assert peopled(scenario, "line", "farmer") is first
    assert peopled(scenario, "line", "closer") is last
    assert peopled(first, "universal", "manager") is first
    assert isnan(months_to_proficiency(scenario, "line")["closer"])  # nobody sorts leads for them
    some = load_text(text.replace("people: 3", "people: 2"))
    assert 0 < months_to_proficiency(some, "line")["closer"] < 60


def test_values_are_set_before_people_move() -> None:
    text = f"{SMALL}{LINE}    "
    text = f"{SMALL}  line:\n    preset: functional\n    interventions:\n"
    text += "      - {at: 1 month, set: {roles.closer.headcount: 5}, move: [{role: closer, to: farmer}]}\n"
    roles = timeline(load_text(text), "line").scenarios[1].structures["line"].roles
    assert (roles["closer"].headcount, roles["farmer"].headcount) == (4, 3)


def test_what_a_change_leaves_alone_stays_the_same_object() -> None:
    scenario = written(f"  - {{at: 1 month, set: {{{MANAGER}.headcount: 9}}}}\n")
    later = timeline(scenario, "universal").scenarios[1]
    assert later.market is scenario.market
    assert later.people is scenario.people
    assert later.structures["line"] is scenario.structures["line"]
    assert later.structures["universal"].roles["manager"].pay is not None


FIRST, LAST = ["contact", "needs"], ["proposal", "objections", "closing"]
SELL = [{"activity": "sell", "stages": FIRST}, {"activity": "sell", "stages": LAST}]
DUTIES = ["qualify", *SELL, "serve", "paperwork"]
SETTINGS: list[dict[str, object]] = [
    {f"{MANAGER}.headcount": 9, f"{MANAGER}.pay.commission.share": "3 %"},
    {f"{MANAGER}.activities": DUTIES},
    {f"{MANAGER}.activities.0": "serve", f"{MANAGER}.protected": {"sell": "1 h"}},
    {f"{MANAGER}.recruiting.time": "30 days", f"{MANAGER}.leads": {"span": 5}},
    {"market.channels.site.patience": {"exponential": "5 days"}, "market.channels.site.active": False},
    {"market.channels.site.patience.exponential.mean": "5 days"},
    {"market.channels.site.patience": "never", "market.channels.site.cost": {"per_lead": "1 k"}},
    {"market.products.service.price": 1.1, "market.products.service.price_response": -0.03},
    {"market.products.service.paperwork": "2 working days"},
    {"market.stages.1.work": {"lognormal": {"mean": "1 h", "cv": 1}}, "market.stages.4.conversion": 0.9},
    {"market.stages.0.work.gamma.mean": "2 h", "market.speed_to_lead.tau": "1 working day"},
    {"market.customers.payment.late_share": 0.1, "market.customers.upsell.probability": "30 %"},
    {"market.material": {"effect": 0.5, "cost_per_month": 500}, "people.turnover.per_year": 0.5},
    {"people.switching": 0, "people.recruiting.time": {"constant": "10 days"}},
    {"structures.line.hand_off.lead.loss": 0.05, "structures.line.loyalty": {"orders": 1.2}},
    {"hand_off.customer": {"delay": "2 days"}, "structures.line.roles.farmer.onboarding.probation.months": 1},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_change_reads_its_values_as_a_file_would(settings: dict[str, object]) -> None:
    scenario = load_text(SMALL + LINE)
    later = amended(scenario, settings)
    assert later.model_dump() != scenario.model_dump()
    assert later.model_dump() == scenario.replace(settings).model_dump()


def test_null_takes_away_what_may_be_absent() -> None:
    scenario = load_text(SMALL + "    loyalty: {orders: 1.2}\n")
    assert amended(scenario, {"structures.universal.loyalty": None}).structures["universal"].loyalty is None


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        (f"{MANAGER}.headcount", -1, f"{MANAGER}.headcount", "negative"),
        (f"{MANAGER}.pay", {"bas": 1}, f"{MANAGER}.pay.bas", "unknown key"),
        (f"{MANAGER}.activities.9", "sell", f"{MANAGER}.activities.9", "no entry"),
        (f"{MANAGER}.protected.prospect", "1 h", MANAGER, "not among the role's activities"),
        ("market.channels.fair.active", True, "market.channels.fair", "nothing can be set"),
        ("market.wether", 1, "market.wether", "nothing can be set"),
        ("people", 5, "people", "not allowed"),
        ("structures.universal.pods", 2, "structures.universal.pods", "nothing can be set"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_with_its_path(path: str, value: object, where: str, why: str) -> None:
    found = problems(lambda: amended(load_text(SMALL), {path: value}))
    assert (found[0].path, why in found[0].message) == (where, True), found


def test_a_scenario_of_a_timeline_does_not_forget_its_changes_silently() -> None:
    later = timeline(written("  - {at: 1 day, set: {people.switching: 0}}\n"), "line").scenarios[1]
    with pytest.raises(AttributeError):
        later.replace({"people.availability": 0.5})


def test_a_copy_with_another_block_has_a_timeline_of_its_own() -> None:
    scenario = written("  - {at: 1 month, set: {people.switching: 0}}\n")
    assert len(timeline(scenario, "line").scenarios) == 2
    experiment = scenario.experiment.model_copy(update={"seed": 5})
    copy = scenario.model_copy(update={"experiment": experiment})
    assert {each.experiment.seed for each in timeline(copy, "line").scenarios} == {5}
    assert {each.experiment.seed for each in timeline(scenario, "line").scenarios} == {2026}


def test_replacing_a_value_keeps_the_interventions() -> None:
    scenario = written("  - {at: 1 month, set: {people.switching: 0}}\n")
    timeline(scenario, "line")
    replaced = scenario.replace({"people.availability": 0.5})
    assert [each.people.availability for each in timeline(replaced, "line").scenarios] == [0.5, 0.5]
    moved = scenario.replace({"interventions.0.set.people.switching": "1 min", "interventions.0.at": "2 months"})
    assert timeline(moved, "line").begins[1] == 2 * MONTH
    assert timeline(moved, "line").scenarios[1].people.switching == pytest.approx(1 / 60)


def test_scenarios_with_timelines_can_be_compared_and_sent_to_a_worker() -> None:
    one, other = (written("  - {at: 1 month, set: {people.switching: 0}}\n") for _ in range(2))
    timeline(one, "line"), timeline(other, "line")
    assert one == other
    assert one != one.replace({"people.switching": "1 min"})
    assert pickle.loads(pickle.dumps(one)) == one


def test_spans_cut_a_time_where_something_changes() -> None:
    plan = timeline(written("  - {at: 10 days, set: {people.switching: 0}}\n"), "line")
    spans = [(begin, end, scenario.people.switching > 0) for begin, end, scenario in plan.spans(0.0, 480.0)]
    assert spans == [(0.0, 240.0, True), (240.0, 480.0, False)]
    assert [span[:2] for span in plan.spans(300.0, 480.0)] == [(300.0, 480.0)]


def test_the_path_of_a_set_value_means_the_value_that_it_sets() -> None:
    text = f"{SMALL}    interventions: [{{at: 1 day, set: {{roles.manager.headcount: 7}}}}]\n"
    scenario = load_text(text)
    inside = "structures.universal.interventions.0.set.roles.manager.headcount"
    assert set_path(scenario, inside) == f"{MANAGER}.headcount"
    assert set_path(scenario, "interventions.0.changes.3.set.people.switching") == "people.switching"
    assert set_path(scenario, "people.switching") == "people.switching"
    assert set_path(scenario, "interventions.0.set") == "interventions.0.set"


def test_an_unchecked_scenario_tells_a_wrong_value_when_its_timeline_is_asked_for() -> None:
    scenario = written("  - {at: 1 month, set: {people.switching: 0}}\n")
    wrong = scenario.interventions[0].model_copy(update={"set": {"people.switching": "soon"}})
    with pytest.raises(ScenarioError, match=r"people\.switching"):
        timeline(scenario.model_copy(update={"interventions": (wrong,)}), "line")
