"""What the shipped presets say: who does what, who owns what, what comes first, and no figure without its source."""

from importlib.resources import files

import pytest

from simulation.scenario import preset_files
from simulation.scenario.duties import LeadClass, size_bands, takers
from simulation.scenario.pay import Pay
from simulation.scenario.people import Activity
from simulation.scenario.structures import Role, Structure
from simulation.scenario.timeline import timeline
from simulation.sense.loader import load_text

MARKET = """
version: 1
market:
  channels:
    site: {kind: inbound, leads_per_month: 60}
    calls: {kind: outbound}
  products:
    service: {deal: {lognormal: {mean: 100 k, cv: 1}}, gross_margin: 0.3, paperwork: 1 h}
  customers: {upsell: {every: 3 months}, payment: {late_share: 0.2}}
structures:
"""
WORK: tuple[Activity, ...] = ("qualify", "sell", "serve", "collect", "upsell", "paperwork", "prospect")
REST = "rest: {preset: universal, headcount: 7}"
ARTICLE = ("serve", "collect", "qualify", "sell", "paperwork", "upsell", "care", "prospect")
DUE = {"serve": 8, "collect": 40, "sell": 2, "paperwork": 8, "upsell": 80, "care": 160}
"""Working hours within which work should be begun, the same whoever does it; a new lead has no such time."""
STRUCTURES = preset_files.names("structures")


def structure(name: str) -> Structure:
    return load_text(MARKET + f"  it: {{preset: {name}}}\n").structures["it"]


def order(role: Role) -> tuple[str, ...]:
    return tuple(duty.activity for duty in role.activities)


def test_all_structures_of_the_specification_are_there() -> None:
    assert set(STRUCTURES) >= {
        "universal",
        "universal_protected",
        "universal_shared_pool",
        "functional",
        "functional_overflow",
        "hybrid",
        "pods",
        "client_service_department",
        "vip_group",
        "outsourced_call_centre",
        "universal_with_administrator",
        "owner_sells",
        "retail_loyalty",
        "run_off",
    }


@pytest.mark.parametrize("name", STRUCTURES)
def test_every_structure_does_all_the_work_whatever_the_size_of_the_deal(name: str) -> None:
    spec = structure(name)
    for low, high in size_bands(spec):
        lead = LeadClass("site", "service", low, high)
        for activity in WORK[:-1]:
            assert takers(spec, activity, lead, "contact"), (activity, low)
    assert any("prospect" in order(role) for role in spec.roles.values())


@pytest.mark.parametrize("name", STRUCTURES)
def test_structures_differ_in_who_does_what_and_in_no_figure_but_turnover(name: str) -> None:
    for role_name, role in structure(name).roles.items():
        plain = Role(headcount=1, activities=role.activities, support=role.support)
        said = ("title", "headcount", "ownership", "new_work", "protected", "turnover_per_year", "due", "newest_first")
        if role_name == "owner":  # unpaid, part of the week, and stays in the firm: that is what an owner is
            said += ("hours_per_week", "stays")
        plain = plain.model_copy(update={key: getattr(role, key) for key in said})
        if role_name == "call_centre":  # paid for each lead, and nothing else: that is what it is
            plain = plain.model_copy(update={"pay": Pay(per_lead=role.pay.per_lead), "outsourced": True})
            assert role.pay.base == 0 < role.pay.per_lead
        assert role == plain


@pytest.mark.parametrize("name", STRUCTURES)
def test_work_is_due_within_the_same_time_whoever_does_it_and_new_leads_are_answered_newest_first(name: str) -> None:
    for role in structure(name).roles.values():
        assert {activity: role.due.get(activity) for activity in order(role) if activity in DUE} == {
            activity: hours for activity, hours in DUE.items() if activity in order(role)
        }
        assert role.due.items() <= DUE.items()
        assert role.newest_first in ((), ("qualify",))
        assert "qualify" not in order(role) or role.newest_first == ("qualify",)


@pytest.mark.parametrize("name", preset_files.names("roles"))
def test_every_due_time_carries_its_range_and_source(name: str) -> None:
    scenario = load_text(MARKET + f"  it: {{roles: {{one: {{preset: {name}, headcount: 1}}, {REST}}}}}\n")
    for activity, hours in scenario.structures["it"].roles["one"].due.items():
        figure = scenario.provenance.figures[f"structures.it.roles.one.due.{activity}"]
        assert figure.range is not None and figure.range[0] < hours < figure.range[1]
        assert "judgement" in (figure.source or "")


@pytest.mark.parametrize("name", STRUCTURES)
def test_what_comes_first_is_the_same_in_every_structure(name: str) -> None:
    """Of a role's own work; whoever only helps out comes to it after his own."""
    for role in structure(name).roles.values():
        own = tuple(duty.activity for duty in role.activities if duty.overflow is None)
        assert own == tuple(activity for activity in ARTICLE if activity in own)


@pytest.mark.parametrize("name", STRUCTURES)
def test_every_structure_has_the_same_eight_people_by_default(name: str) -> None:
    people = sum(role.headcount for role in structure(name).roles.values())
    assert people == (2 if name == "run_off" else 8)  # in a run-off those who sold are gone


@pytest.mark.parametrize("kind", ["structures", "roles"])
def test_a_preset_is_a_few_lines(kind: str) -> None:
    folder = files("simulation.scenario").joinpath("presets", kind)
    for name in preset_files.names(kind):
        lines = folder.joinpath(f"{name}.yaml").read_text("utf-8").splitlines()
        due = [line for line in lines if line.partition(":")[0].strip() in DUE]  # a figure with range and source each
        assert len(lines) - len(due) <= 16, name


def test_the_universal_prospects_last_as_the_article_describes() -> None:
    role = structure("universal").roles["universal"]
    assert order(role) == ARTICLE
    assert (role.ownership, role.new_work, role.protected) == ("personal", "assigned", {})


def test_the_protected_universal_differs_only_in_its_hours_for_prospecting() -> None:
    plain, kept = (
        structure("universal").roles["universal"],
        structure("universal_protected").roles["universal"],
    )
    assert kept == plain.model_copy(update={"protected": {"prospect": 2.0}})


def test_the_shared_pool_differs_only_in_how_new_leads_are_given_out() -> None:
    plain, pool = (
        structure("universal").roles["universal"],
        structure("universal_shared_pool").roles["universal"],
    )
    assert pool == plain.model_copy(update={"new_work": "shared"})


def test_the_conveyor_shares_no_activity_but_papers_and_belongs_to_teams() -> None:
    roles = structure("functional").roles
    assert {name: order(role) for name, role in roles.items()} == {
        "hunter": ("qualify", "prospect"),
        "closer": ("sell", "paperwork"),
        "farmer": ("serve", "collect", "paperwork", "upsell", "care"),
    }
    assert {role.ownership for role in roles.values()} == {"team"}


def test_in_overflow_a_closer_takes_new_leads_after_his_deals_and_only_when_the_hunters_queue_is_long() -> None:
    closer = structure("functional_overflow").roles["closer"]
    own, helps, *rest = closer.activities
    assert own.activity == "sell" and helps.activity == "qualify"
    assert helps.overflow is not None and helps.overflow.queue == 3
    assert (own, *rest) == structure("functional").roles["closer"].activities


def test_a_large_account_and_a_small_one_have_each_one_role_in_a_vip_group() -> None:
    spec = structure("vip_group")
    bands = size_bands(spec)
    assert bands == ((0.0, 500_000.0), (500_000.0, float("inf")))
    for activity in WORK[:-1]:
        for (low, high), role in zip(bands, ("universal", "vip"), strict=True):
            assert takers(spec, activity, LeadClass("site", "service", low, high), "contact") == {role: 1.0}


def test_pods_share_their_people_evenly() -> None:
    spec = structure("pods")
    assert spec.pods == 2
    assert all(role.headcount % spec.pods == 0 for role in spec.roles.values())


def test_the_service_department_takes_orders_payments_and_papers_from_the_sellers() -> None:
    roles = structure("client_service_department").roles
    assert order(roles["client_service"]) == ("serve", "collect", "paperwork", "care")
    assert not set(order(roles["seller"])) & set(order(roles["client_service"]))


def test_support_roles_only_cost() -> None:
    roles = "{head: {preset: head, headcount: 1}, it: {preset: system_administrator, headcount: 1}}"
    spec = load_text(MARKET + f"  all: {{preset: universal, roles: {roles}}}\n").structures["all"]
    assert spec.roles["head"].support and spec.roles["it"].support
    assert not spec.roles["head"].activities


def test_an_unavoidable_figure_of_a_preset_carries_its_source() -> None:
    scenario = load_text(MARKET + "  out: {preset: outsourced_call_centre}\n")
    figure = scenario.provenance.figures["structures.out.roles.call_centre.pay.per_lead"]
    low, high = figure.range or (0, 0)
    assert low <= figure.value <= high
    assert figure.source
    assert scenario.structures["out"].structural


@pytest.mark.parametrize(
    ("role", "per_year"), [("universal", 0.45), ("hunter", 0.75), ("closer", 0.40), ("farmer", 0.25)]
)
def test_the_turnover_of_a_role_is_the_published_one_with_range_and_source(role: str, per_year: float) -> None:
    scenario = load_text(MARKET + f"  it: {{roles: {{one: {{preset: {role}, headcount: 1}}, {REST}}}}}\n")
    assert scenario.structures["it"].roles["one"].turnover_per_year == per_year
    figure = scenario.provenance.figures["structures.it.roles.one.turnover_per_year"]
    assert figure.range is not None and figure.range[0] < per_year < figure.range[1] <= 1.5
    assert figure.source


@pytest.mark.parametrize("role", preset_files.names("roles"))
def test_every_role_says_how_often_its_people_leave_and_who_it_is_from(role: str) -> None:
    scenario = load_text(MARKET + f"  it: {{roles: {{one: {{preset: {role}, headcount: 1}}, {REST}}}}}\n")
    per_year = scenario.structures["it"].roles["one"].turnover_per_year
    assert per_year is not None
    nobody_leaves = {"head", "system_administrator", "owner", "call_centre"}
    assert (per_year == 0) == (role in nobody_leaves)
    assert per_year == 0 or scenario.provenance.figures["structures.it.roles.one.turnover_per_year"].source


def test_a_head_leads_eight_people() -> None:
    spec = load_text(MARKET + f"  it: {{roles: {{head: {{preset: head, headcount: 1}}, {REST}}}}}\n").structures["it"]
    assert spec.roles["head"].leads is not None
    assert spec.roles["head"].leads.span == 8


def test_an_administrator_takes_papers_and_reminders_and_leaves_the_rest_to_the_universals() -> None:
    roles = structure("universal_with_administrator").roles
    assert order(roles["administrator"]) == ("collect", "paperwork")
    assert set(order(roles["universal"])) == set(ARTICLE) - {"collect", "paperwork"}
    assert order(structure("universal").roles["universal"]) == ARTICLE


def test_the_owner_sells_without_pay_for_half_a_year() -> None:
    scenario = load_text(MARKET + "  it: {preset: owner_sells}\n")
    owner = scenario.structures["it"].roles["owner"]
    assert (owner.headcount, owner.hours_per_week, owner.stays, owner.pay) == (1, 15.0, True, Pay())
    assert order(owner) == tuple(activity for activity in ARTICLE if activity not in ("care", "prospect"))
    plan = timeline(scenario, "it")
    month = 730.5
    assert [plan.at(time * month).structures["it"].roles["owner"].headcount for time in (0, 5.9, 6.1)] == [1, 1, 0]


def test_a_shop_keeps_its_buyers_by_a_loyalty_programme_and_not_by_a_farmer() -> None:
    spec = structure("retail_loyalty")
    assert list(spec.roles) == ["seller"]
    assert spec.loyalty is not None and spec.loyalty.churn < 1 < spec.loyalty.orders
    assert spec.structural


def test_in_a_run_off_nobody_sells_and_the_clients_are_served() -> None:
    roles = structure("run_off").roles
    selling = [role for role in roles.values() if {"qualify", "sell", "prospect"} & set(order(role))]
    assert [role.headcount for role in selling] == [0]
    assert roles["client_service"].headcount > 0
