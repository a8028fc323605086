"""People leave: when, with which notice, what becomes of the work in their hands, and who comes instead."""

from math import exp, inf, isnan
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from simulation.department.attrition import MEMORY, Contagion, Reviews
from simulation.department.customers import Sale
from simulation.department.plan.lives import Variable
from simulation.department.record import LEAVING, LOST, ORDER, REASONS, WON, Record
from simulation.mechanisms.tenure_law import Lognormal
from tests.scripted import live, small, spans, worked

STAYS = 1e-9  # luck of somebody who does not leave within the year
HAZARD = 8.766  # leavers a year: 0.001 an hour
PEOPLE: dict[str, Any] = {
    "people.turnover": {
        "per_year": HAZARD,
        "early": 1,
        "overload": 0,
        "missed_earnings": 0,
        "usual_overload": 0,
        "usual_missed": 0,
        "notice": "20 h",
    },
    "people.onboarding": {"training_days": 0, "mentor": "0 h", "head": "0 h", "probation": {"failure": 0}},
    "people.recruiting": {"time": "50 h"},
    "people.departure": {"reassign_after": "10 h", "leads_lost": 0, "customers_lost": 0},
}
ONE = {"seller": {"headcount": 1, "activities": ["sell"]}}
TWO = {"seller": {"headcount": 2, "activities": ["sell"], "ownership": "personal", "new_work": "assigned"}}
STAGES = [{"name": "talk", "work": "1 h", "thinking": "200 h"}, {"name": "sign", "work": "1 h"}]
REPEAT = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "1 h",
    "market.customers.tolerance": "never",
}


def thresholds(*hours: float) -> list[float]:
    """Luck with which people in the first seats give notice after so many hours; nan: never."""
    return [STAYS if isnan(h) else exp(-h / 1000) for h in hours]


def lived(
    hours: list[float],
    arrivals: list[float] = [],  # noqa: B006
    changes: dict[str, Any] | None = None,
    roles: Any = None,
    **luck: Any,
) -> Record:
    scenario = small(PEOPLE | (changes or {}), roles=roles or ONE)
    given = {"people/threshold.0": thresholds(*hours), "people/threshold.1": STAYS} | luck
    return live(scenario, arrivals, luck=given)


def test_with_a_constant_hazard_notice_is_given_when_its_integral_reaches_the_threshold() -> None:
    staff = lived([100.0]).staff
    assert staff.notice[0] == pytest.approx(100)
    assert staff.end[0] == pytest.approx(120)
    assert LEAVING[staff.reason[0]] == "quit"


def test_the_search_begins_with_the_notice_and_the_seat_is_empty_until_it_ends() -> None:
    record = lived([100.0])
    vacancies = record.vacancies
    assert (vacancies.searched[0], vacancies.opened[0], vacancies.filled[0]) == pytest.approx((100, 120, 150))
    assert record.staff.begin[1] == pytest.approx(150)
    assert record.staff.hire.tolist() == [0, 1]
    assert record.staffed[0, 0] == pytest.approx(1 - 30 / 744)


def test_a_short_search_ends_when_the_seat_is_empty() -> None:
    assert lived([100.0], changes={"people.recruiting": {"time": "5 h"}}).staff.begin[1] == pytest.approx(120)


def test_where_nobody_is_ever_found_the_seat_stays_empty() -> None:
    record = lived([100.0], changes={"people.recruiting": {"time": "never"}})
    assert len(record.staff.seat) == 1
    assert np.isnan(record.vacancies.filled[0])


def test_searches_in_batches_begin_on_fixed_dates() -> None:
    record = lived([100.0], changes={"people.recruiting": {"time": "50 h", "policy": "batch", "every": "300 h"}})
    assert (record.vacancies.searched[0], record.vacancies.filled[0]) == pytest.approx((300, 350))


def test_a_buffer_is_one_person_more_and_fills_the_gap() -> None:
    record = lived([100.0, np.nan], changes={"people.recruiting": {"time": "never", "policy": "buffer", "buffer": 1}})
    assert record.positions[0, 0] == 1
    assert record.staffed[0, 0] == pytest.approx(1 + 120 / 744)


def test_people_work_through_their_notice_and_the_next_one_goes_on_with_the_rest() -> None:
    record = lived([100.0], [110, 118], {"market.stages": [{"name": "sale", "work": "5 h"}]})
    # the second is begun at 118, laid down at 120, and taken up at 150 with three hours left
    assert [row[0] for row in worked(record)] == ["seller-1", "seller-1", "seller-1.1"]
    assert np.ravel(spans(record)) == pytest.approx([110, 115, 118, 120, 150, 153])
    assert record.leads.closed.tolist() == pytest.approx([115, 153])


def test_the_work_that_waits_with_a_leaver_goes_to_a_colleague_after_the_delay() -> None:
    record = lived([100.0, np.nan], [101, 101, 121], {"market.stages": STAGES}, TWO)
    # each has a lead that thinks until 302; the third lead comes when only the second person is there
    assert [row[0] for row in worked(record, "talk")] == ["seller-1", "seller-2", "seller-2"]
    assert {row[0] for row in worked(record, "sign")} == {"seller-2"}
    assert (record.leads.state == WON).all()


def test_leads_are_lost_with_whoever_had_all_their_contacts() -> None:
    lost = {"people.departure": {"reassign_after": "10 h", "leads_lost": 0.6, "customers_lost": 0}}
    for luck, state in ((0.59, LOST), (0.61, WON)):
        record = lived([100.0, np.nan], [1], {"market.stages": STAGES} | lost, TWO, **{"departure.0": luck})
        assert record.leads.state[0] == state
        if state == LOST:
            assert REASONS[record.leads.reason[0]] == "leaver"
            assert record.leads.closed[0] == pytest.approx(130)


def test_a_lead_that_nobody_has_touched_is_only_given_on() -> None:
    lost = {"people.departure": {"reassign_after": "10 h", "leads_lost": 1, "customers_lost": 0}}
    slow = {"market.stages": [{"name": "sale", "work": "60 h"}]}
    record = lived([100.0, np.nan], [90, 90, 90], slow | lost, TWO)
    # the first two are in hand, the third waits with the first person until 130
    assert sorted(REASONS[reason] for reason in record.leads.reason) == ["", "", ""]


def test_customers_go_to_a_colleague_or_are_lost_in_proportion_to_the_contacts() -> None:
    roles = {"seller": TWO["seller"] | {"activities": ["sell", "serve"]}}
    for saved, luck, reason in ((0.25, 0.29, "leaver"), (0.25, 0.31, ""), (0.0, 0.31, "leaver")):
        departure = {"reassign_after": "10 h", "leads_lost": 0, "customers_lost": 0.4, "colleague_saves": saved}
        changes = REPEAT | {"people.departure": departure}
        record = lived([100.0, np.nan], [1], changes, roles, **{"customer.departure.0": luck})
        assert record.customers.reason == [reason]
        if not reason:
            assert worked(record, "order")[-1][0] == "seller-2"


def test_a_crm_keeps_some_of_what_would_go_with_a_leaver() -> None:
    roles = {"seller": TWO["seller"] | {"activities": ["sell", "serve"]}}
    for saves, reason in ((0.5, ""), (0.0, "leaver")):
        crm = {"ceiling": 1, "midpoint": "0 h", "spread": "0 h", "failure": 0, "departure": saves}
        changes = REPEAT | {"people.departure.customers_lost": 0.4, "interventions": [{"at": "1 day", "crm": crm}]}
        record = lived([100.0, np.nan], [1], changes, roles, **{"customer.departure.0": 0.29})
        assert record.customers.reason == [reason]


def test_a_successor_takes_over_and_holds_less() -> None:
    departure = {"reassign_after": "10 h", "leads_lost": 0, "customers_lost": 0.4, "clients_to": "successor"}
    roles = {"seller": TWO["seller"] | {"activities": ["sell", "serve"]}}
    changes = REPEAT | {"people.departure": departure}
    record = lived([100.0, np.nan], [1], changes, roles, **{"customer.departure.0": 0.31})
    assert record.customers.reason == ["leaver"]
    assert record.customers.until[0] == pytest.approx(150)  # when the newcomer comes
    record = lived([100.0, np.nan], [1], changes, roles, **{"customer.departure.0": 0.41})
    assert worked(record, "order")[-1][0] == "seller-1.1"


def test_orders_fall_by_the_leavers_share_of_the_contacts_and_recover() -> None:
    departure = {"leads_lost": 0, "customers_lost": 0, "orders_fall": 0.4, "orders_recover": "400 h"}
    roles = {"hunter": ONE["seller"], "farmer": TWO["seller"] | {"activities": ["serve"]}}
    changes = REPEAT | {"people.departure": departure | {"reassign_after": "10 h"}}
    record = lived([np.nan, 110.0, np.nan], [1], changes, roles)
    # the hunter won it, the first farmer has served one order: half of the contacts go with him at 140
    worked_at = record.orders.worked[:6]
    assert worked_at == pytest.approx([103, 203, 303, 403, 503, 603])
    fall = 0.4 / 2 * np.maximum(0, 540 - worked_at) / 400 * (worked_at > 140)
    assert record.orders.worth[:6] == pytest.approx(100 * (1 - fall))


def test_without_colleagues_the_work_waits_for_whoever_comes() -> None:
    one = {"seller": TWO["seller"] | {"headcount": 1}}
    record = lived([100.0], [125, 130], roles=one)
    assert {row[0] for row in worked(record)} == {"seller-1.1"}
    assert np.ravel(spans(record)) == pytest.approx([150, 151, 151, 152])


def test_each_newcomer_goes_on_with_what_was_left_in_the_own_role() -> None:
    personal = {"headcount": 1, "ownership": "personal", "new_work": "assigned"}
    channels = {"one": "site", "two": "fair"}
    roles = {n: personal | {"activities": [{"activity": "sell", "channels": [c]}]} for n, c in channels.items()}
    changes = {"market.stages": STAGES, "market.channels.fair": {"kind": "inbound", "leads_per_month": 0}}
    scenario = small(PEOPLE | changes, roles=roles)
    luck = {"people/threshold.0": thresholds(100.0, 110.0), "people/threshold.1": STAYS}
    record = live(scenario, {"site": [1.0], "fair": [1.0]}, luck=luck)
    assert worked(record, "sign") == [("one-1.1", 202, 203), ("two-1.1", 202, 203)]


def test_where_a_role_is_no_more_others_who_know_its_customers_save_some() -> None:
    departure = {"customers_lost": 0.4, "colleague_saves": 0.25, "reassign_after": "0 h"}
    roles = {name: TWO["seller"] | {"headcount": 1, "activities": ["sell", "serve"]} for name in ("seller", "farmer")}
    closed = [{"at": "10 days", "set": {"structures.plain.roles.seller.headcount": 0}}]
    changes = REPEAT | {"people.departure": departure, "interventions": closed}
    for luck, reason in ((0.29, "leaver"), (0.31, "")):
        record = lived([np.nan, np.nan], [1], changes, roles, **{"customer.departure.0": luck})
        assert (worked(record)[0][0], record.customers.reason) == ("seller-1", [reason])
    assert {row[0] for row in worked(record, "order") if row[1] > 240} == {"farmer-1"}


def test_reminders_of_a_leaver_are_still_sent() -> None:
    roles = {"seller": TWO["seller"] | {"activities": ["sell", "collect"]}}
    payment = {"market.customers.payment": {"delay": "200 h", "late_share": 1, "reminder_work": "1 h"}}
    record = lived([100.0, np.nan], [1], payment, roles)
    assert worked(record, "collect") == [("seller-2", 202, 203)]


def test_the_effort_towards_the_next_find_passes_on() -> None:
    roles = {"hunter": {"headcount": 1, "activities": ["prospect", "sell"]}}
    changes = PEOPLE | {
        "market.channels": {"calls": {"kind": "outbound", "attempt": "1 h", "patience": "never"}},
        "people.recruiting": {"time": "50 h"},
    }
    luck = {"people/threshold.0": thresholds(100.0), "people/threshold.1": STAYS}
    record = live(small(changes, roles=roles), {}, attempts=[200], luck=luck)
    # 120 attempts by the first, empty from 120 to 150, then the other eighty
    assert record.leads.arrived.tolist() == pytest.approx([230])


# 0.001 an hour in the first 100 h, nothing until 200 h, then 0.002
PIECES = {"kind": "piecewise", "own_level": True, "until": ["100 h", "200 h"], "hazards": [HAZARD, 0, 2 * HAZARD]}
IN_PIECES = {"people.turnover": PEOPLE["people.turnover"] | {"per_year": 0, "law": PIECES, "notice": "0 h"}}


def test_by_a_law_in_pieces_notice_is_given_when_its_integral_reaches_the_threshold() -> None:
    assert lived([60.0], [], IN_PIECES).staff.end[0] == pytest.approx(60)
    assert lived([150.0], [], IN_PIECES).staff.end[0] == pytest.approx(200 + 50 / 2)


def spiked(spent: float, changes: dict[str, Any], spike: dict[str, Any]) -> float:
    """When whoever leaves after so many thousandths of the hazard does so, under a spike."""
    made = small(PEOPLE | changes, structures={"plain": {"roles": ONE, "interventions": [spike]}})
    luck = {"people/threshold.0": thresholds(spent), "people/threshold.1": STAYS}
    return float(live(made, [], luck=luck).staff.end[0])


def test_factors_are_laid_upon_a_law_in_pieces() -> None:
    spike = {"at": "50 h", "attrition_spike": {"factor": 2, "lasts": "165 h"}}
    ends = [spiked(spent, IN_PIECES, spike) for spent in (110.0, 190.0, 250.0)]
    # 50 by 50 h, 150 by 100 h, nothing until 200 h, 60 more by 215 h, then 2 an hour
    assert ends == pytest.approx([50 + 60 / 2, 200 + 40 / 4, 215 + 40 / 2])


def test_factors_are_laid_upon_a_lognormal_law() -> None:
    law = {"kind": "lognormal", "own_level": True, "mean": "400 h", "cv": 0.8}
    turnover = PEOPLE["people.turnover"] | {"per_year": 0, "law": law, "notice": "0 h"}
    spike = {"at": "100 h", "attrition_spike": {"factor": 3, "lasts": "80 h"}}
    found = Lognormal(400.0, 0.8)
    early, late = found.spent(100.0), found.spent(180.0)
    for end, spent in (
        (150.0, early + 3 * (found.spent(150.0) - early)),
        (300.0, found.spent(300.0) + 2 * (late - early)),
    ):
        assert spiked(1000 * spent, {"people.turnover": turnover}, spike) == pytest.approx(end)


def test_overload_raises_the_hazard_from_the_second_review_on() -> None:
    turnover = PEOPLE["people.turnover"] | {"overload": 1, "notice": "0 h"}
    busy = {"people.turnover": turnover, "market.stages": [{"name": "sale", "work": "5000 h"}], "experiment.months": 3}
    # 672 h at 0.001, then twice as fast
    assert lived([872.0], [0.0], busy).staff.end[0] == pytest.approx(672 + 100)
    assert lived([872.0], [], busy).staff.end[0] == pytest.approx(872)


def test_missed_earnings_raise_the_hazard_after_twelve_weeks() -> None:
    roles = {
        "seller": {
            "headcount": 1,
            "activities": ["sell"],
            "pay": {"base": 50, "commission": {"share": 0.5, "of": "revenue"}},
        }
    }
    turnover = PEOPLE["people.turnover"] | {"missed_earnings": 1, "notice": "0 h"}
    changes = {"people.turnover": turnover, "experiment.months": 6, "market.channels.site.leads_per_month": 1}
    # on target: 50 + 0.5 x 100 a month; nothing is sold, half is missed
    assert lived([3000.0], [], changes, roles).staff.end[0] == pytest.approx(2016 + (3000 - 2016) / 1.5, abs=1)


def test_pressure_as_usual_leaves_the_hazard_as_stated_and_less_lowers_it() -> None:
    turnover = PEOPLE["people.turnover"] | {"overload": 1, "usual_overload": 0.25, "notice": "0 h"}
    changes = {"people.turnover": turnover, "market.stages": [{"name": "sale", "work": "5000 h"}]}
    changes["experiment.months"] = 3
    # from 672 h on: fully loaded 2 / 1.25, idle 1 / 1.25
    assert lived([872.0], [0.0], changes).staff.end[0] == pytest.approx(672 + 200 / 1.6)
    assert lived([872.0], [], changes).staff.end[0] == pytest.approx(672 + 200 / 0.8)
    as_usual = changes | {"people.turnover": turnover | {"usual_overload": 1}}
    assert lived([872.0], [0.0], as_usual).staff.end[0] == pytest.approx(872)


def test_earnings_missed_as_usual_leave_the_hazard_as_stated() -> None:
    pay = {"base": 50, "commission": {"share": 0.5, "of": "revenue"}}
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "pay": pay}}
    turnover = PEOPLE["people.turnover"] | {"missed_earnings": 1, "usual_missed": 0.5, "notice": "0 h"}
    changes = {"people.turnover": turnover, "experiment.months": 6, "market.channels.site.leads_per_month": 1}
    assert lived([3000.0], [], changes, roles).staff.end[0] == pytest.approx(3000)


def test_who_gets_no_commission_misses_no_earnings_and_stays_no_longer_for_it() -> None:
    turnover = PEOPLE["people.turnover"] | {"missed_earnings": 1, "usual_missed": 0.25, "notice": "0 h"}
    roles = {"seller": ONE["seller"] | {"pay": {"base": 50}}}
    assert lived([3000.0], [], {"people.turnover": turnover, "experiment.months": 6}, roles).staff.end[0] == 3000


@pytest.mark.parametrize(
    "rule",
    [
        {"draw": 60},  # 0.5 x 100 on target: never more than the draw, which is paid without a sale
        {"attainment_of": "person", "quota": 1000, "threshold": 0.5},  # a tenth of the quota brings nothing
    ],
)
def test_who_gets_without_a_sale_what_he_gets_on_target_misses_nothing(rule: dict[str, Any]) -> None:
    pay = {"base": 50, "commission": {"share": 0.5, **rule}}
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "pay": pay}}
    turnover = PEOPLE["people.turnover"] | {"missed_earnings": 1, "notice": "0 h"}
    changes = {"people.turnover": turnover, "experiment.months": 6, "market.channels.site.leads_per_month": 1}
    assert lived([3000.0], [], changes, roles).staff.end[0] == pytest.approx(3000)


@pytest.mark.parametrize(
    ("initial", "age", "limit", "counts"),
    [(False, 10, 10, True), (False, 11, 10, False), (True, 0, 10, False), (True, 99, inf, True)],
)
def test_orders_count_as_earned_as_long_as_they_are_paid_for(
    initial: bool, age: float, limit: float, counts: bool
) -> None:
    reviews = object.__new__(Reviews)
    reviews._customers = cast(Any, SimpleNamespace(bought_since=lambda row: (initial, 5.0)))
    sale = Sale(5.0 + age, ORDER, -1, 0, 0, 0, 0, 1.0, 1.0)
    assert reviews._counts(Variable(0.1, False, True, True, limit, 0.0, inf), sale) is counts
    assert not reviews._counts(Variable(0.1, False, True, False, limit, 0.0, inf), sale)


CATCHING = {"people.turnover": PEOPLE["people.turnover"] | {"contagion": 2, "notice": "0 h"}}


def test_leaving_is_catching_where_the_scenario_says_so() -> None:
    roles = {"seller": {"headcount": 2, "activities": ["sell"]}}
    never = CATCHING | {"people.recruiting": {"time": "never"}}
    record = lived([100.0, 600.0], [], never, roles)
    # the next review is at 168: the only colleague has left, 100 h of a hazard of 0.001 let expect a tenth of him
    assert np.sort(record.staff.end)[1] == pytest.approx(168 + (600 - 168) / (3 / 1.2))


def test_one_of_two_colleagues_who_goes_weighs_half() -> None:
    roles = {"seller": {"headcount": 3, "activities": ["sell"]}}
    record = lived([100.0, 268.0, np.nan], [], CATCHING | {"people.recruiting": {"time": "never"}}, roles)
    # of the two one has gone at 168, where a tenth of him and 0.168 of the other were expected
    assert np.sort(record.staff.end)[1] == pytest.approx(168 + 100 / ((1 + 2 / 2) / (1 + 2 * 0.268 / 2)))


def test_who_left_is_forgotten_after_three_months() -> None:
    catching = Contagion()
    catching.goes(0)
    for now, factor in ((168.0, 3.0), (MEMORY, 3.0), (MEMORY + 1, 1.0)):
        catching.recall(now)
        assert catching.factor(seat=1, colleagues=1, strength=2.0) == factor


def test_nobody_is_unsettled_by_his_own_predecessor() -> None:
    record = lived([100.0], [], CATCHING | {"experiment.months": 2}, **{"people/threshold.1": exp(-0.3)})
    assert record.staff.end[:2] == pytest.approx([100, 150 + 300])


def test_who_stays_where_fewer_go_than_expected_stays_longer() -> None:
    roles = {"seller": {"headcount": 2, "activities": ["sell"]}}
    record = lived([400.0, np.nan], [], CATCHING, roles)
    # every week the other one's expected leaving grows by 0.168
    spent, end = 0.0, 0.0
    for week in range(9):
        factor = 1 / (1 + 2 * 0.168 * week)
        if spent + 0.168 * factor >= 0.4:
            end = week * 168 + (0.4 - spent) / factor / 0.001
            break
        spent += 0.168 * factor
    assert record.staff.end[0] == pytest.approx(end)


def test_the_account_of_expected_leavers_says_what_raises_them() -> None:
    turnover = PEOPLE["people.turnover"] | {"overload": 1, "notice": "0 h"}
    spike = [{"at": "0 h", "attrition_spike": {"factor": 2, "lasts": "1 month"}}]
    stages = {"market.stages": [{"name": "sale", "work": "5000 h"}]}
    scenario = small(PEOPLE | stages | {"people.turnover": turnover, "interventions": spike}, roles=ONE)
    record = live(scenario, [0.0], luck={"people/threshold.0": STAYS})
    stated, overload, earnings, contagion, changes = record.expected[0]
    # 744 h of a hazard of 0.001, doubled by the spike of 730.5 h, from 672 h on twice over by the load
    assert stated == pytest.approx(0.744)
    both, load_alone = 0.001 * (730.5 - 672), 0.001 * 13.5
    assert stated + overload + changes == pytest.approx(2 * 0.672 + 4 * both + 2 * load_alone)
    assert overload == pytest.approx(1.5 * both + load_alone)
    assert (earnings, contagion) == (0, 0)


def test_nobody_works_outside_the_time_in_the_firm() -> None:
    record = lived([100.0], list(range(0, 300, 7)))
    assert all(end <= 120 + 1e-9 or start >= 150 - 1e-9 for start, end in spans(record))
