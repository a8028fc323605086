"""Processes: leads for some products go through stages of their own, by people of their own."""

import copy
import math

import pandas as pd
import pytest

import simulation
from simulation import ScenarioError
from simulation.analysis.cases import run_replications
from simulation.analysis.periods import funnel_columns, funnel_keys
from simulation.department.record import LOST, OPEN, WON
from simulation.expected.dated import workload
from simulation.sense.checks import sense
from simulation.store import Store
from tests.scripted import live, small

COUNTER = {"stages": [{"name": "service", "work": "0.5 h"}]}
CONTRACTS = {
    "qualification": {"work": "1 h", "true_positive": 1, "false_positive": 0},
    "stages": [{"name": "offer", "work": "2 h", "thinking": "10 h"}, {"name": "signature", "work": "1 h"}],
}
TWO = {
    "market.processes": {"counter": COUNTER, "contracts": CONTRACTS},
    "market.products": {
        "lot": {"deal": 100, "gross_margin": 0.5, "repeat": False, "process": "counter"},
        "supply": {"deal": 900, "gross_margin": 0.5, "repeat": False, "process": "contracts"},
    },
    "market.channels": {
        "walk_in": {"kind": "inbound", "leads_per_month": 0, "patience": "never", "products": {"lot": 1}},
        "site": {"kind": "inbound", "leads_per_month": 0, "patience": "never", "products": {"supply": 1}},
    },
}
BOTH = {"seller": {"headcount": 1, "activities": ["qualify", "sell"]}}
OWN = {
    "clerk": {"headcount": 1, "activities": ["sell"], "processes": ["counter"]},
    "agent": {"headcount": 1, "activities": ["qualify", "sell"], "processes": ["contracts"]},
}


def test_a_lead_goes_through_the_stages_of_its_process_alone():
    record = live(small(copy.deepcopy(TWO), BOTH), {"walk_in": [1.0], "site": [5.0]})
    assert record.stages == ("service", "offer", "signature")
    assert record.leads.state.tolist() == [WON, WON]
    # half an hour at the counter; an hour of qualification, two of the offer, ten of thinking, one of the signature
    assert record.leads.closed.tolist() == [1.5, 5 + 1 + 2 + 10 + 1]
    assert record.leads.qualified.tolist() == [1.5, 6]
    assert record.leads.size.tolist() == [100, 900]


def test_who_works_for_one_process_leaves_the_others_leads_alone():
    record = live(small(copy.deepcopy(TWO), OWN), {"walk_in": [1.0, 1.0], "site": [1.0]})
    steps = {(person, step) for _, step, person, *_ in record.events}
    clerks, agents = ({step for person, step in steps if role in person} for role in ("clerk", "agent"))
    assert clerks == {"service"}
    assert agents == {"qualify", "offer", "signature"}
    assert record.leads.closed[record.leads.channel == 0].tolist() == [
        1.5,
        2.0,
    ]  # nobody waits for the one who qualifies for an hour


def test_universals_do_both_and_make_either_wait():
    record = live(small(copy.deepcopy(TWO), BOTH), {"walk_in": [1.5], "site": [1.0]})
    assert record.leads.closed.tolist() == [15.5, 2.5]  # the second after an hour of qualification that began at 1


def test_what_differs_at_a_stage_is_said_by_the_product_before_the_channel():
    changes = copy.deepcopy(TWO)
    changes["market.products"]["supply"] |= {"stages": {"offer": {"work": "4 h"}}}
    changes["market.channels"]["site"] |= {"stages": {"offer": {"work": "3 h", "thinking": "20 h"}}}
    record = live(small(changes, BOTH), {"site": [5.0]})
    assert record.leads.closed.tolist() == [5 + 1 + 4 + 20 + 1]


def test_a_channel_with_two_products_gives_each_lead_the_work_of_its_own():
    changes = {
        "market.products": {
            "one": {"deal": 1, "gross_margin": 0.5, "repeat": False, "stages": {"sale": {"work": "2 h"}}},
            "two": {"deal": 1, "gross_margin": 0.5, "repeat": False, "stages": {"sale": {"conversion": 0.4}}},
        }
    }
    record = live(
        small(changes), [1.0, 10.0, 20.0], luck={"product": [0.2, 0.8, 0.8], "stage.sale.decision": [0.9, 0.5, 0.3]}
    )
    assert record.leads.state.tolist() == [WON, LOST, WON]  # luck below the chance wins: 0.9 < 1, 0.5 > 0.4, 0.3 < 0.4
    assert record.leads.closed.tolist() == [3, 11, 21]


def test_the_product_names_the_process_before_the_channel():
    changes = copy.deepcopy(TWO)
    changes["market.channels"] = {"site": {"kind": "inbound", "leads_per_month": 0, "process": "counter"}}
    changes["market.products"] = {
        "lot": {"deal": 100, "gross_margin": 0.5},
        "supply": {"deal": 900, "gross_margin": 0.5, "process": "contracts"},
    }
    market = small(changes, BOTH).market
    assert [market.process_of("site", product) for product in market.products] == ["counter", "contracts"]
    assert market.sold == ("counter", "contracts")


def test_customers_of_each_process_order_in_their_own_way():
    changes = copy.deepcopy(TWO)
    for product in changes["market.products"].values():
        product["repeat"] = True
    often = {"order_every": "100 h", "order_work": "0 h", "order_cv": 0, "requests_per_month": 0, "churn_per_year": 0,
             "order_size": 2}  # fmt: skip
    changes["market.processes"]["counter"] = COUNTER | {"customers": often, "deal": 70}
    record = live(small(changes, BOTH), {"walk_in": [1.5], "site": [1.0]})
    orders = record.sales.kind == 1
    assert record.sales.revenue[~orders].tolist() == [70, 900]  # the deal of the process instead of the product's
    assert orders.sum() == math.floor((744 - 2.5) / 100)
    assert set(record.sales.revenue[orders].tolist()) == {140}  # customers of contracts never order: the market's own


def test_the_funnel_has_each_process_and_no_stage_of_another():
    scenario = small(copy.deepcopy(TWO), BOTH)
    record = live(scenario, {"walk_in": [1.0, 700.0], "site": [5.0, 740.0]})
    keys, columns = list(funnel_keys(scenario)), funnel_columns(record, scenario)
    rows: dict[tuple[str, str], list[int]] = {}
    for n, k in enumerate(keys):
        if k.part == "new" and k.process:
            rows.setdefault((k.process, k.stage), []).append(n)
    assert set(rows) == {
        ("counter", "service"), ("contracts", "qualify"), ("contracts", "offer"), ("contracts", "signature")
    }  # fmt: skip
    found = {
        key: [sum(columns[name][n] for n in mine) for name in ("entered", "passed", "won", "open")]
        for key, mine in rows.items()
    }
    assert found["counter", "service"] == [2, 0, 2, 0]
    assert found["contracts", "qualify"] == [2, 2, 0, 0]
    assert found["contracts", "signature"][2] == 1
    assert record.leads.state.tolist().count(OPEN) == 1
    silent = [n for n, key in enumerate(keys) if not key.process]
    assert not any(columns["entered"][silent])


CHANCES = {
    "market.channels.walk_in.leads_per_month": 300,
    "market.channels.site.leads_per_month": 200,
    "experiment.months": 6,
    "market.qualification": None,
}


def chanced(roles, changes=()):
    """Processes with chances, by dotted paths on top of `TWO`."""
    tree = copy.deepcopy(TWO)
    tree["market.processes"] = {
        "counter": {"stages": [{"name": "service", "work": "0.5 h", "conversion": 0.6}]},
        "contracts": {
            "stages": [
                {"name": "offer", "work": "1 h", "thinking": "40 h", "conversion": 0.5},
                {"name": "signature", "work": "1 h", "conversion": 0.4},
            ]
        },
    }
    return small(tree | CHANCES | dict(changes), roles)


TEN = {"clerk": OWN["clerk"] | {"headcount": 4}, "agent": OWN["agent"] | {"headcount": 4}}


def test_two_processes_that_share_nobody_are_two_scenarios_of_the_same_luck():
    both = simulation.replicate_one(chanced(TEN), "plain", replication=1)[0]
    counter = [{"name": "service", "work": "0.5 h", "conversion": 0.6}]
    contracts = [
        {"name": "offer", "work": "1 h", "thinking": "40 h", "conversion": 0.5},
        {"name": "signature", "work": "1 h", "conversion": 0.4},
    ]
    for channel, product, role, stages in (
        ("walk_in", "lot", "clerk", counter),
        ("site", "supply", "agent", contracts),
    ):
        alone = small(
            {
                "experiment.months": 6,
                "market.stages": stages,
                "market.channels": {channel: TWO["market.channels"][channel] | {
                    "leads_per_month": CHANCES[f"market.channels.{channel}.leads_per_month"]
                }},
                "market.products": {product: {
                    key: value for key, value in TWO["market.products"][product].items() if key != "process"
                }},
            },
            {role: {key: value for key, value in TEN[role].items() if key != "processes"}},
        )  # fmt: skip
        one = simulation.replicate_one(alone, "plain", replication=1)[0]
        mine = both.leads.channel == both.channels.index(channel)
        fate = dict(zip(one.leads.uid, zip(one.leads.state, one.leads.closed, strict=True), strict=True))
        assert len(fate) == mine.sum() > 100
        for uid, state, closed in zip(
            [u for u, m in zip(both.leads.uid, mine, strict=True) if m],
            both.leads.state[mine],
            both.leads.closed[mine],
            strict=True,
        ):
            assert fate[uid][0] == state
            assert fate[uid][1] == pytest.approx(closed, nan_ok=True)


def test_wins_are_products_of_each_process_own_conversions_within_their_standard_error():
    record = simulation.replicate_one(chanced(TEN), "plain", replication=2)[0]
    leads = record.leads
    for channel, chance in ((0, 0.6), (1, 0.5 * 0.4)):
        state = leads.state[(leads.channel == channel) & (leads.state != OPEN)]
        error = math.sqrt(chance * (1 - chance) / len(state))
        assert abs((state == WON).mean() - chance) < 3 * error


def test_the_closed_form_walks_each_process_by_itself():
    flows = workload(chanced(TEN), "plain")
    length = 181 * 24 / 730.5 / 6  # months of the calendar are not of one length
    assert flows.reach == pytest.approx([300, 200, 100], rel=0.05)
    assert flows.deals == pytest.approx(300 * 0.6 + 200 * 0.2, rel=0.05)
    assert flows.roles["clerk"].pieces["sell"] == pytest.approx(300, rel=0.05)
    assert flows.roles["agent"].pieces["sell"] == pytest.approx(300, rel=0.05)
    assert length == pytest.approx(1, rel=0.02)


def test_a_new_process_moves_no_numbers_of_the_others():
    before = simulation.replicate_one(chanced(TEN), "plain", replication=1)[0]
    more = {
        "market.channels.fair": {"kind": "inbound", "leads_per_month": 50, "products": {"tool": 1}},
        "market.products.tool": {"deal": 10, "gross_margin": 0.5, "process": "fair"},
        "market.processes.fair": {"stages": [{"name": "talk", "work": "1 h", "conversion": 0.5}]},
    }
    roles = TEN | {"host": {"headcount": 1, "activities": ["sell"], "processes": ["fair"]}}
    after = simulation.replicate_one(chanced(roles, more), "plain", replication=1)[0]
    there = dict(zip(after.leads.uid, after.leads.state, strict=True))
    assert all(there[uid] == state for uid, state in zip(before.leads.uid, before.leads.state, strict=True))


def test_a_process_by_another_name_than_the_default_changes_nothing():
    plain = {"market.channels.site.leads_per_month": 200, "experiment.months": 3}
    stages = [{"name": "sale", "work": "1 h", "conversion": 0.5}]
    product = {"deal": 100, "gross_margin": 0.5, "repeat": False}
    one = small(plain | {"market.stages": stages})
    other = small(
        plain
        | {
            "market.processes": {"mine": {"stages": stages}},
            "market.products": {"thing": product | {"process": "mine"}},
        }
    )
    first, second = (simulation.replicate_one(each, "plain", replication=0)[0] for each in (one, other))
    assert first.leads.closed.tolist() == pytest.approx(second.leads.closed.tolist(), nan_ok=True)
    assert first.leads.state.tolist() == second.leads.state.tolist()


def test_one_and_two_workers_and_the_store_give_the_same(tmp_path):
    scenario = chanced(TEN, {"experiment.months": 1})
    alone = run_replications(scenario, replications=2, jobs=1).funnel
    with Store(tmp_path / "years.sqlite") as store:
        for jobs in (2, 1):
            again = run_replications(scenario, replications=2, jobs=jobs, store=store).funnel
            pd.testing.assert_frame_equal(again, alone, check_exact=True)


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"market.processes.idle": COUNTER | {"stages": [{"name": "x", "work": "1 h"}]}}, "market.processes.idle",
         "no channel or product goes through the process 'idle'"),
        ({"market.products.lot.process": "conter"}, "market.products.lot.process", "counter"),
        ({"market.channels.site.stages": {"service": {"work": "1 h"}}}, "market.channels.site.stages.service",
         "is a stage of the process 'counter'"),
        ({"market.channels.site.stages": {"ofer": {"work": "1 h"}}}, "market.channels.site.stages.ofer", "offer"),
        ({"market.channels.site.process": "counter"}, "market.channels.site.process", "no `process` here"),
        ({"market.processes.default": COUNTER}, "market.processes.default", "another name"),
        ({"market.processes.counter.stages": [{"name": "offer", "work": "1 h"}]},
         "market.processes.contracts.stages.0.name", "names tell the stages"),
        ({"structures.plain.roles.clerk.processes": ["countr"]}, "structures.plain.roles.clerk.processes.0", "counter"),
        ({"structures.plain.roles.clerk.processes": []}, "structures.plain.roles.clerk.processes",
         "at least one process"),
        ({"structures.plain.roles.agent.processes": ["counter"]}, "structures.plain.roles", "process 'contracts'"),
        ({"structures.plain.roles.agent.activities": [{"activity": "sell", "stages": ["offer"]}, "qualify"]},
         "structures.plain.roles", "signature"),
        ({"structures.plain.roles.clerk.activities": [{"activity": "sell", "stages": ["service", "ofer"]}]},
         "structures.plain.roles.clerk.activities.0.stages.1", "allowed: service"),
        ({"structures.plain.roles.clerk.activities": [{"activity": "sell", "stages": ["offer"]}]},
         "structures.plain.roles.clerk.activities.0.stages.0", "'offer' is a stage of the process 'contracts'"),
        ({"structures.plain.roles.clerk": {"headcount": 1, "activities": [
            {"activity": "sell", "channels": ["walk_in"], "stages": ["offer"]}, "sell"]}},
         "structures.plain.roles.clerk.activities.0.stages.0", "allowed: service"),
        ({"history": {"conversion_by_channel": {"walk_in": {"offer": 0.5}}}},
         "history.conversion_by_channel.walk_in.offer", "'offer' is a stage of the process 'contracts'"),
        ({"history": {"conversion_by_channel": {"walk_in": {"qualify": 0.5}}}},
         "history.conversion_by_channel.walk_in.qualify", "allowed: service"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_one_message(change, path, words):
    with pytest.raises(ScenarioError) as told:
        small(copy.deepcopy(TWO) | change, copy.deepcopy(OWN))
    assert len(told.value.problems) == 1
    assert told.value.problems[0].path == path
    assert words in str(told.value)


def test_a_process_whose_channels_are_switched_off_is_warned_of_unless_something_comes_there():
    def idle(more):
        found = sense(small(copy.deepcopy(TWO) | more, copy.deepcopy(OWN)))
        return [each.path for each in found if "no lead comes to the process" in each.message]

    closed = {"market.channels.site.active": False}
    opened = [{"at": "2026-02-01", "changes": [{"set": {"market.channels.site.active": True}}]}]
    assert idle({}) == []
    assert idle(closed) == ["market.processes.contracts"]
    assert idle(closed | {"interventions": opened, "experiment.months": 3}) == []
    row = {"channel": "site", "stage": "offer", "age": "4 h"}
    assert idle(closed | {"market.initial.pipeline": [row]}) == []
