"""Care: calls to customers who asked for nothing, who makes them, how often, and what they do to leaving and orders."""

from math import inf, log

import pytest

from simulation.sense.loader import load_text
from simulation.written.errors import ScenarioError
from tests.scripted import BASE, live, small, spans, worked

MONTH, YEAR = 730.5, 8766.0
QUIET = {
    "people.onboarding": {"training_days": 0, "mentor": "0 h", "head": "0 h", "probation": {"failure": 0}},
    "people.recruiting": {"time": "0 h"},
    "people.departure": {"reassign_after": "0 h", "leads_lost": 0, "customers_lost": 0},
}
CARE = {"work": "1 h", "wanted_per_month": 1, "most_per_month": 2, "churn": 0.5, "order_size": 0.1, "harm": 0}
BASE_OF_ONE = {
    "market.products.thing.repeat": True,
    "market.initial": {"customers": 1},
    "experiment.months": 12,
}
FARMER = {"farmer": {"headcount": 1, "activities": ["serve", "sell", "care"]}}


def caring(changes: dict | None = None, roles: dict | None = None, **care: object):
    return small(BASE_OF_ONE | {"market.customers.care": CARE | care} | (changes or {}), roles=roles or FARMER)


def called(first: float, interval: float, end: float = YEAR, work: float = 1.0) -> list[float]:
    """When calls begin that are sought so long after one another, counted from the end of each."""
    times = []
    while first < end:
        times.append(first)
        first += work + interval
    return times


def leaves(contacts: list[tuple[float, float]], own: float, factor: float, threshold: float) -> float:
    """When the integral of the hazard reaches the threshold; it is `factor` of the own one in the spans `contacts`."""
    edges = sorted({0.0, *(edge for span in contacts for edge in span), inf})
    spent = 0.0
    for begin, end in zip(edges, edges[1:], strict=False):
        hazard = own * (factor if any(a <= begin < b for a, b in contacts) else 1.0)
        if spent + hazard * (end - begin) >= threshold:
            return begin + (threshold - spent) / hazard
        spent += hazard * (end - begin)
    return inf


# --- when, how often, by whom -----------------------------------------------------------------------------------


def test_who_has_time_calls_as_often_as_customers_put_up_with():
    record = live(caring(), luck={"customer.first.care": 0.2})
    # the first within half a month, at a time of its own; the next half a month after the end of each
    assert [begin for begin, _ in spans(record, "care")] == pytest.approx(
        called(0.2 * MONTH / 2, MONTH / 2, record.end)
    )


def test_a_role_may_call_less_often():
    roles = {"farmer": {"headcount": 1, "activities": ["serve", "sell", "care"], "care_per_month": 0.5}}
    record = live(caring(roles=roles), luck={"customer.first.care": 0.2})
    assert [begin for begin, _ in spans(record, "care")] == pytest.approx(
        called(0.2 * MONTH * 2, MONTH * 2, record.end)
    )


def test_a_new_customer_is_called_a_whole_interval_after_the_deal():
    record = live(caring({"market.initial": {"customers": 0}}), [1.0])
    assert [begin for begin, _ in spans(record, "care")] == pytest.approx(called(2 + MONTH / 2, MONTH / 2, record.end))


def test_customers_of_the_first_day_are_not_all_called_at_the_same_time():
    record = live(caring({"market.initial": {"customers": 3}}), luck={"customer.first.care": [0.1, 0.5, 0.9]})
    first = [begin for begin, _ in spans(record, "care")][:3]
    assert first == pytest.approx([share * MONTH / 2 for share in (0.1, 0.5, 0.9)])


def test_calls_come_at_their_place_in_the_order_of_preference():
    changes = {"market.channels.calls": {"kind": "outbound", "attempt": "1 h", "find_probability": 0.5}}
    roles = {"seller": {"headcount": 1, "activities": ["sell", "care", "prospect"]}}
    at = 0.2 * MONTH / 2
    record = live(caring(changes, roles), [at - 0.5], attempts=[100_000], luck={"customer.first.care": 0.2})
    # the attempt in hand ends at 73; then the sale, and only then the call that came up at 73.05
    assert spans(record, "sale") == [(73, 74)]
    assert spans(record, "care")[0] == (74, 75)


def test_nobody_calls_where_it_is_nobodys_work_or_care_is_switched_off():
    assert spans(live(caring(roles={"farmer": {"headcount": 1, "activities": ["serve", "sell"]}})), "care") == []
    off = small(BASE_OF_ONE | {"market.customers.care": None}, roles=FARMER)
    assert spans(live(off), "care") == []


def test_a_personal_client_is_called_by_its_holder_and_a_teams_by_whoever_is_free():
    found = {}
    for ownership, new_work in (("personal", "assigned"), ("team", "shared")):
        roles = {
            "seller": {
                "headcount": 2,
                "activities": ["sell", "serve", "care"],
                "ownership": ownership,
                "new_work": new_work,
            }
        }
        scenario = caring({"market.initial": {"customers": 0}}, roles)
        record = live(scenario, [1.0, 1.5, 5.0])
        by_case: dict[str, set[str]] = {}
        for case, _, person, *_ in record.events:
            by_case.setdefault(case, set()).add(person)
        found[ownership] = by_case
    assert found["personal"] == {"site/0/0": {"seller-1"}, "site/0/1": {"seller-2"}, "site/0/2": {"seller-1"}}
    assert any(len(people) == 2 for people in found["team"].values())


def test_after_a_hand_over_those_call_who_look_after_the_client():
    roles = {
        "closer": {"headcount": 1, "activities": ["sell"]},
        "farmer": {"headcount": 1, "activities": ["serve", "care"], "care_per_month": 1},
    }
    changes = {
        "market.initial": {"customers": 0},
        "hand_off.customer": {"loss": 0, "delay": "5 h", "extra_work": "2 h"},
    }
    record = live(caring(changes, roles), [1.0])
    # reading oneself in belongs to serving: the call itself takes its hour
    assert worked(record, "care")[:2] == [
        ("farmer-1", pytest.approx(2 + MONTH), pytest.approx(3 + MONTH)),
        ("farmer-1", pytest.approx(3 + 2 * MONTH), pytest.approx(4 + 2 * MONTH)),
    ]


def test_a_leavers_clients_are_called_by_the_colleague_who_takes_them_over():
    roles = {
        "seller": {
            "headcount": 2,
            "activities": ["sell", "serve", "care"],
            "ownership": "personal",
            "new_work": "assigned",
        }
    }
    dismissal = [{"at": "1000 h", "set": {"roles.seller.headcount": 1}}]
    changes = QUIET | BASE_OF_ONE | {"market.initial": {"customers": 0}, "market.customers.care": CARE}
    scenario = small(changes, structures={"plain": {"roles": roles, "interventions": dismissal}})
    record = live(scenario, [1.0, 1.25])
    calls = [(row[0], row[2], row[4]) for row in record.events if row[1] == "care"]
    before = {person for _, person, begin in calls if begin < 1000}
    after = {person for _, person, begin in calls if begin > 1000}
    assert before == {"seller-1", "seller-2"}
    assert len(after) == 1
    for case in ("site/0/0", "site/0/1"):  # no call is missed
        begun = [begin for name, _, begin in calls if name == case]
        expected = called(begun[0], MONTH / 2, record.end)
        assert begun == pytest.approx(expected, abs=3)  # of two at the same time one waits for the other


def test_calls_wait_for_somebody_who_makes_them():
    roles = {
        "seller": {"headcount": 1, "activities": ["sell", "serve"]},
        "farmer": {"headcount": 0, "activities": ["care"]},
    }
    hired = [{"at": "2000 h", "set": {"roles.farmer.headcount": 1}}]
    scenario = small(
        QUIET | BASE_OF_ONE | {"market.customers.care": CARE},
        structures={"plain": {"roles": roles, "interventions": hired}},
    )
    record = live(scenario, luck={"customer.first.care": 0.2})
    begun = [begin for begin, _ in spans(record, "care")]
    assert begun[0] == pytest.approx(2000)
    assert begun == pytest.approx(called(2000, MONTH / 2, record.end))


# --- what a call does -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wanted", "most"), [(1, 1), (1, 2), (2, 2), (4, 4), (3, 30)])
@pytest.mark.parametrize("rate", [None, 0.5, 1, 3])
def test_the_hazard_is_lower_from_a_call_until_the_next_one_is_wanted(wanted, most, rate):
    role = FARMER["farmer"] | ({} if rate is None else {"care_per_month": rate})
    sought = most if rate is None else rate
    changes = {"market.customers.churn_per_year": 2}
    scenario = caring(changes, {"farmer": role}, wanted_per_month=wanted, most_per_month=most)
    record = live(scenario, luck={"customer.first.care": 0.2, "customer.leave": 0.4})
    ends = [begin + 1 for begin in called(0.2 * MONTH / sought, MONTH / sought)]
    welcome = [end for n, end in enumerate(ends) if n == 0 or sought <= most]  # sooner brings nothing, without harm
    last = -inf
    effective = []
    for end in ends:
        if end - last >= MONTH / most - 1e-6:
            effective.append((end, end + MONTH / wanted))
        last = end
    assert sought > most or len(effective) == len(welcome)
    expected = leaves(effective, 2 / YEAR, 0.5, -log(0.4))
    assert record.customers.until[0] == pytest.approx(expected, rel=1e-9)


def test_more_calls_than_are_wanted_bring_nothing_more():
    until = []
    for rate in (1.01, 2, 3):
        roles = {"farmer": FARMER["farmer"] | {"care_per_month": rate}}
        record = live(
            caring({"market.customers.churn_per_year": 2}, roles, most_per_month=3),
            luck={"customer.first.care": 1e-9, "customer.leave": 0.4},
        )
        until.append(record.customers.until[0])
    # cared for all the time from the end of the first call on: but for the first hour half of the hazard
    covered = 1 + (-log(0.4) - 2 / YEAR) / (1 / YEAR)
    assert until == pytest.approx([covered] * 3, rel=1e-6)


def test_a_call_too_soon_after_the_last_one_does_harm_where_that_is_so():
    roles = {"farmer": FARMER["farmer"] | {"care_per_month": 10}}
    changes = {"market.customers.churn_per_year": 2}
    scenario = caring(changes, roles, wanted_per_month=1, most_per_month=5, harm=0.4)
    record = live(scenario, luck={"customer.first.care": 0.2, "customer.leave": 0.4})
    first, second = called(0.2 * MONTH / 10, MONTH / 10)[:2]
    # the first is welcome for a tenth of a month; from the second on the hazard is that of a customer who is annoyed
    pleasant = leaves([(first + 1, second + 1)], 2 / YEAR, 0.5, inf)
    assert pleasant == inf
    spent = (2 / YEAR) * (first + 1) + (1 / YEAR) * (second - first)
    expected = second + 1 + (-log(0.4) - spent) / (2.8 / YEAR)
    assert record.customers.until[0] == pytest.approx(expected, rel=1e-9)


def test_care_and_waiting_act_on_the_hazard_each_by_itself():
    # the own hazard is halved while the customer is cared for; that of waiting beyond the tolerance comes on top of it
    changes = {
        "market.customers.churn_per_year": 1,
        "market.customers.late_churn_per_month": 1,
        "market.customers.tolerance": "10 h",
        "market.customers.order_every": "300 h",
        "market.customers.order_work": "1 h",
    }
    roles = {
        "farmer": {"headcount": 1, "activities": ["care", "sell"]},
        "clerk": {"headcount": 0, "activities": ["serve"]},
    }
    scenario = caring(changes, roles, most_per_month=1)
    luck = {"customer.first.care": 0.2, "customer.leave": 0.5, "first.order.where": 1 / 3}
    record = live(scenario, luck=luck)
    own, late = 1 / YEAR, 1 / MONTH
    called_until = 0.2 * MONTH + 1
    assert called_until > 110  # the order of 100 waits too long from 110 on, and is never served
    spent = own * 110 + (own + late) * (called_until - 110)
    expected = called_until + (log(2) - spent) / (own / 2 + late)
    assert expected < called_until + MONTH
    assert record.customers.until[0] == pytest.approx(expected, rel=1e-9)


def test_orders_are_larger_while_the_customer_is_cared_for():
    changes = {"market.customers.order_every": "300 h", "market.customers.order_work": "0 h"}
    roles = {"farmer": FARMER["farmer"] | {"care_per_month": 0.5}}
    record = live(caring(changes, roles), luck={"customer.first.care": 0.2, "first.order.where": 0.5})
    calls = [begin + 1 for begin in called(0.4 * MONTH, 2 * MONTH, record.end)]
    for time, revenue in zip(record.sales.time, record.sales.revenue, strict=True):
        cared = any(end < time < end + MONTH for end in calls)
        assert revenue == pytest.approx(110 if cared else 100)
    assert {round(revenue) for revenue in record.sales.revenue} == {100, 110}


def test_a_customer_who_is_annoyed_orders_as_one_who_is_not_called():
    changes = {"market.customers.order_every": "300 h", "market.customers.order_work": "0 h"}
    roles = {"farmer": FARMER["farmer"] | {"care_per_month": 10}}
    record = live(caring(changes, roles, most_per_month=5, harm=0.4), luck={"first.order.where": 0.9})
    assert record.sales.revenue.tolist() == pytest.approx([100] * len(record.sales.time))


def test_a_customer_who_has_left_is_called_no_more():
    record = live(caring({"market.customers.churn_per_year": 12}), luck={"customer.leave": 0.5})
    left = record.customers.until[0]
    assert left < 900
    assert all(begin < left for begin, _ in spans(record, "care"))


# --- a change during the run ------------------------------------------------------------------------------------


def intervened(interventions: list, care: dict | None = CARE, **changes: object):
    everything = QUIET | BASE_OF_ONE | {"market.customers.care": care} | changes
    return small(everything, structures={"plain": {"roles": FARMER, "interventions": interventions}})


def test_care_that_is_switched_off_does_nothing_more_from_then_on():
    changes = {"market.customers.churn_per_year": 2, "market.customers.order_every": "70 h"}
    scenario = intervened([{"at": "500 h", "set": {"market.customers.care": None}}], **changes)
    record = live(scenario, luck={"customer.first.care": 0.2, "customer.leave": 0.4, "first.order.where": 0.5})
    assert [begin for begin, _ in spans(record, "care")] == pytest.approx([0.1 * MONTH, 1 + 0.6 * MONTH])
    covered = [(0.1 * MONTH + 1, 500.0)]
    assert record.customers.until[0] == pytest.approx(leaves(covered, 2 / YEAR, 0.5, -log(0.4)), rel=1e-9)
    assert {round(r) for t, r in zip(record.sales.time, record.sales.revenue, strict=True) if t > 500} == {100}


def test_care_that_is_switched_on_begins_within_a_month():
    scenario = intervened([{"at": "2000 h", "set": {"market.customers.care": CARE}}], care=None)
    record = live(scenario, luck={"customer.first.care": 0.2})
    begun = [begin for begin, _ in spans(record, "care")]
    assert 2000 <= begun[0] <= 2000 + MONTH
    assert begun == pytest.approx(called(begun[0], MONTH / 2, record.end))
    assert {round(end - begin, 9) for begin, end in spans(record, "care")} == {1}


def test_care_that_is_changed_acts_as_it_is_now():
    better = CARE | {"churn": 0.8, "work": "2 h"}
    changes = {"market.customers.churn_per_year": 2}
    scenario = intervened([{"at": "500 h", "set": {"market.customers.care": better}}], **changes)
    record = live(scenario, luck={"customer.first.care": 0.2, "customer.leave": 0.8})
    begin = 0.1 * MONTH + 1  # covered all the time from then on
    spent = 2 / YEAR * begin + 1 / YEAR * (500 - begin)
    assert record.customers.until[0] == pytest.approx(500 + (-log(0.8) - spent) / (0.4 / YEAR), rel=1e-9)
    assert [round(end - begin, 9) for begin, end in spans(record, "care")][:4] == [1, 1, 2, 2]


def test_a_role_that_calls_more_often_from_a_date_on():
    scenario = intervened([{"at": "500 h", "set": {"roles.farmer.care_per_month": 1}}])
    record = live(scenario, luck={"customer.first.care": 0.2})
    begun = [begin for begin, _ in spans(record, "care")]
    # what was arranged stays; from then on the new interval holds
    assert begun[:4] == pytest.approx(
        [0.1 * MONTH, 1 + 0.6 * MONTH, 2 + 1.1 * MONTH, 3 + 2.1 * MONTH],
    )


# --- bad input --------------------------------------------------------------------------------------------------


def test_what_is_wanted_is_not_too_many():
    assert BASE["market"]["customers"].get("care") is None
    with pytest.raises(ScenarioError, match="`most_per_month` is below `wanted_per_month`"):
        caring(wanted_per_month=3, most_per_month=2)


def test_the_defaults_are_moderate():
    scenario = load_text(
        "version: 1\nmarket:\n  channels: {site: {kind: inbound, leads_per_month: 1}}\n"
        "  products: {thing: {deal: 1 k, gross_margin: 0.3}}\nstructures: {it: {preset: universal}}\n"
    )
    care = scenario.market.customers.care
    assert care is not None
    assert (care.wanted_per_month, care.most_per_month, care.churn, care.order_size, care.harm) == (1, 3, 0.15, 0.03, 0)
