"""Due times: late work comes before all other, the longest overdue first; before that the order of preference holds."""

import pytest

from simulation.department.record import Record
from simulation.scenario.people import ACTIVITIES
from tests.scripted import live, small, spans, worked

QUALIFYING = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1}}
TWO_STAGES = {"market.stages": [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "2 h"}]}
OFFICE = {"calendar": {"hours": "09:00-17:00", "lunch": None}}
CALLS = {"market.channels.calls": {"kind": "outbound", "attempt": "1 h", "find_probability": 0.5}}
BUYER = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "1 h",
    "market.customers.tolerance": "never",
    "market.initial": {"customers": 1},
}
WAYS = [("personal", "assigned"), ("personal", "shared"), ("team", "shared"), ("team", "assigned")]


def one(activities: list, **role: object) -> dict:
    return {"seller": {"headcount": 1, "activities": activities, **role}}


def order(record: Record) -> list[tuple[str, str]]:
    """(last digit of the lead's name, step) of each piece of work, in the order in which they began."""
    return [(row[0][-1], row[1]) for row in sorted(record.events, key=lambda row: row[4])]


# --- before and after the due time ------------------------------------------------------------------------------


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
@pytest.mark.parametrize("due", ["1.5 h", "1.9 h"])
def test_work_past_its_due_time_comes_before_what_is_preferred(due, ownership, new_work):
    roles = one(["sell", "qualify"], due={"qualify": due}, ownership=ownership, new_work=new_work)
    record = live(small(QUALIFYING | TWO_STAGES, roles=roles), [1.0, 1.1, 1.2])
    # the leads of 1.1 and 1.2 are due at 2.6 and 2.7, or at 3.0 and 3.1: when the talk with the first ends at 3 they
    # come before its signing, which is preferred
    assert order(record)[:5] == [("0", "qualify"), ("0", "talk"), ("1", "qualify"), ("2", "qualify"), ("0", "sign")]
    assert spans(record, "qualify") == [(1, 2), (3, 4), (4, 5)]


@pytest.mark.parametrize("rules", [{}, {"due": {"qualify": "never", "sell": "never"}}, {"due": {"qualify": "3.9 h"}}])
def test_before_its_due_time_work_waits_for_its_turn(rules):
    roles = one(["sell", "qualify"], **rules)
    record = live(small(QUALIFYING | TWO_STAGES, roles=roles), [1.0, 1.1, 1.2])
    # without due times nothing but preference decides; of those of 1.1 and 1.2 the last falls due at 5.0 and 5.1
    assert order(record)[:4] == [("0", "qualify"), ("0", "talk"), ("0", "sign"), ("1", "qualify")]
    last = order(record)[4]
    assert last == (("2", "qualify") if rules.get("due", {}).get("qualify") == "3.9 h" else ("1", "talk"))


def test_due_times_that_are_never_reached_change_nothing():
    plain, never = (
        live(small(QUALIFYING | TWO_STAGES, roles=one(["sell", "qualify"], due=due)), [1.0, 1.1, 1.2, 7.0])
        for due in ({}, {"sell": "700 h", "qualify": "700 h"})
    )
    assert plain.events == never.events


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_when_everything_is_due_at_once_work_is_done_first_come_first_served(ownership, new_work):
    roles = one(["sell", "qualify"], due={"sell": 0, "qualify": 0}, ownership=ownership, new_work=new_work)
    record = live(small(QUALIFYING | TWO_STAGES, roles=roles), [1.0, 1.1, 1.2])
    # ready at: the other two leads 1.1 and 1.2, the talks 2, 3, 4, the signings when each of them ends
    assert order(record) == [
        *[(n, "qualify") for n in "012"],
        *[(n, "talk") for n in "012"],
        *[(n, "sign") for n in "012"],
    ]


def test_the_longest_overdue_comes_first_across_activities():
    roles = one(["qualify", "sell", "serve"], due={"serve": "2 h", "qualify": "10 h"})
    changes = QUALIFYING | BUYER
    luck = {"first.order.where": 0.05, "leave": 1e-9}
    # away until 20: a lead of 1.5, due at 11.5, the order of 5, due at 7, a lead of 6, due at 16
    record = live(small(changes, roles=roles), [1.5, 6.0], absences={0: [(0.0, 20.0)]}, luck=luck)
    assert [step for _, step in order(record)][:4] == ["order", "qualify", "qualify", "sale"]
    assert spans(record, "order")[0] == (20, 21)


def test_work_without_a_due_time_is_never_overdue():
    roles = one(["qualify", "sell", "serve"], due={"qualify": "30 min"})
    record = live(small(QUALIFYING | BUYER, roles=roles), [4.5, 5.5, 6.5, 7.5], luck={"first.order.where": 0.05})
    # leads one after the other: the order of 5 waits behind all of them and their sales
    assert spans(record, "order")[0] == (12.5, 13.5)


def test_a_due_time_runs_in_working_time():
    # the order of Thursday 16:00 is due after two working hours, on Friday at 10:00; leads wait for work until 12:30
    roles = one(["sell", "serve"], due={"serve": "2 h"})
    arrivals = [15.5, 15.6, 15.7, 15.8, 15.9]
    record = live(small(OFFICE | BUYER, roles=roles), arrivals, luck={"first.order.where": 0.16})
    assert spans(record, "sale")[1:3] == [(16.5, 24 + 9.5), (24 + 9.5, 24 + 10.5)]
    assert spans(record, "order")[0] == (24 + 10.5, 24 + 11.5)


def test_a_part_timers_work_is_due_in_the_working_time_of_all():
    # half a day each day, 9 to 13. What came on Thursday at 9:15 is due after six hours, at 15:15, and begun on Friday
    roles = one(["sell"], due={"qualify": "6 h"}, hours_per_week="20 h")
    scenario = small(OFFICE | {"market.stages": [{"name": "sale", "work": "4 h"}]}, roles=roles)
    record = live(scenario, [9.0, 9.25])
    assert spans(record) == [(9, 13), (24 + 9, 24 + 13)]
    assert [row[7] for row in record.events] == [0, pytest.approx(24 + 9 - 15.25)]


# --- with other rules -------------------------------------------------------------------------------------------


def test_protected_hours_come_before_work_that_is_overdue():
    roles = one(["sell", "prospect"], due={"qualify": 0}, protected={"prospect": "2 h"})
    record = live(small(OFFICE | CALLS, roles=roles), [1.0, 1.1], attempts=[10_000])
    assert spans(record)[:3] == [(9, 11), (11, 12), (12, 13)]


def test_work_that_falls_due_interrupts_prospecting_that_comes_before_it():
    roles = one(["prospect", "sell"], due={"qualify": "2 h"})
    for ownership, new_work in WAYS:
        roles["seller"] |= {"ownership": ownership, "new_work": new_work}
        record = live(small(CALLS, roles=roles), [1.25], attempts=[10_000])
        # due at 3.25; the attempt in hand then ends at 4
        assert spans(record, "sale") == [(4, 5)]
        assert spans(record, "prospect")[0] == (0, 4)


def test_work_without_a_due_time_never_interrupts_prospecting_that_comes_before_it():
    record = live(small(CALLS, roles=one(["prospect", "sell"])), [1.25], attempts=[10_000])
    assert spans(record, "sale") == []


def test_of_a_team_one_who_prospects_is_called_when_work_falls_due():
    roles = {"seller": {"headcount": 2, "activities": ["prospect", "sell"], "due": {"qualify": "2 h"}}}
    record = live(small(CALLS, roles=roles), [1.25], attempts=[10_000, 10_000])
    assert worked(record, "sale") == [("seller-1", 4, 5)]
    assert [person for person, begin, _ in worked(record, "prospect") if begin == 0] == ["seller-1"]
    assert record.busy[1].sum() == 744  # the other one goes on


def test_work_that_fell_due_in_the_night_interrupts_prospecting_when_the_doors_open():
    roles = one(["prospect", "sell"], due={"qualify": 0})
    changes = OFFICE | {"market.channels.calls": {"kind": "outbound", "attempt": "3 h", "find_probability": 0.5}}
    record = live(small(changes, roles=roles), [20.0], attempts=[10_000])
    # the third attempt, begun on Thursday at 15, ends on Friday at 10
    assert spans(record)[:2] == [(9, 24 + 10), (24 + 10, 24 + 11)]


def test_an_overdue_lead_of_others_is_taken_only_while_their_queue_needs_help():
    changes = {"market.qualification": {"work": "10 h", "true_positive": 1, "false_positive": 1}}
    helping = {"activity": "qualify", "overflow": {"queue": 1, "wait": "3 h"}}
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"]},
        "closer": {"headcount": 1, "activities": ["sell", helping], "due": {"qualify": "1 h"}},
    }
    # the lead of 2 is due at 3, and has waited for three hours at 5
    assert worked(live(small(changes, roles=roles), [1.0, 2.0]), "qualify")[1] == ("closer-1", 5, 15)


@pytest.mark.parametrize(("due", "first"), [({}, "sale"), ({"qualify": "1 h"}, "qualify")])
def test_whoever_helps_takes_an_overdue_lead_of_others_before_own_work(due, first):
    changes = {"market.qualification": {"work": "10 h", "true_positive": 1, "false_positive": 1}}
    helping = {"activity": "qualify", "overflow": {"queue": 1}}
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"]},
        "closer": {"headcount": 1, "activities": ["sell", helping], "due": due},
    }
    record = live(small(changes, roles=roles), [1.0, 2.0, 3.0, 3.5])
    # the closer helps from 2 to 12; then the sale of the first lead waits, and the lead of 3.5, due at 4.5
    closer = [(row[1], row[4]) for row in sorted(record.events, key=lambda row: row[4]) if row[2] == "closer-1"]
    assert closer[:2] == [("qualify", 2), (first, 12)]


def test_what_an_absence_interrupted_goes_on_before_other_overdue_work():
    changes = {"market.stages": [{"name": "sale", "work": "5 h"}]}
    for ownership, new_work in WAYS:
        roles = one(["sell"], due={"qualify": 0}, ownership=ownership, new_work=new_work)
        record = live(small(changes, roles=roles), [1.0, 1.5, 2.5], absences={0: [(2.0, 4.0)]})
        assert spans(record) == [(1, 2), (4, 8), (8, 13), (13, 18)]
        assert [row[0][-1] for row in record.events] == ["0", "0", "1", "2"]


def test_leads_whose_patience_has_ended_are_overdue_for_nobody():
    roles = one(["sell", "qualify"], due={"qualify": "1 h"})
    changes = QUALIFYING | TWO_STAGES | {"market.channels.site.patience": "1.5 h"}
    record = live(small(changes, roles=roles), [1.0, 1.1, 1.2])
    # at 3 the other two have left, at 2.6 and 2.7
    assert order(record) == [("0", "qualify"), ("0", "talk"), ("0", "sign")]
    assert record.leads.closed[1:].tolist() == [2.6, 2.7]


# --- where there is no qualification ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, "talk0 talk1 talk2 sign0 sign1 sign2"),  # one kind of work, first come, first served
        ({"newest_first": ["qualify"]}, "talk0 talk2 talk1 sign0 sign2 sign1"),  # new leads first, the newest of them
        ({"newest_first": ["qualify"], "due": {"sell": 0}}, "talk0 sign0 talk2 sign2 talk1 sign1"),
        ({"due": {"qualify": 0, "sell": 0}}, "talk0 talk1 talk2 sign0 sign1 sign2"),
        ({"due": {"sell": "3 h"}}, "talk0 talk1 talk2 sign0 sign1 sign2"),
    ],
)
def test_the_first_stage_is_the_first_contact_and_the_later_ones_are_selling(rules, expected):
    record = live(small(TWO_STAGES, roles=one(["sell"], **rules)), [1.0, 1.1, 1.2])
    assert " ".join(step + lead for lead, step in order(record)) == expected


def test_with_qualification_the_first_stage_is_selling_like_the_others():
    roles = one(["qualify", "sell"], due={"sell": 0}, newest_first=["qualify"])
    record = live(small(QUALIFYING | TWO_STAGES, roles=roles), [1.0, 1.1, 1.2])
    steps = " ".join(step + lead for lead, step in order(record))
    assert steps == "qualify0 talk0 sign0 qualify2 talk2 sign2 qualify1 talk1 sign1"


# --- what is overdue --------------------------------------------------------------------------------------------


def test_the_event_log_says_how_late_each_piece_of_work_was_begun():
    roles = one(["sell", "qualify"], due={"qualify": "1.5 h"})
    record = live(small(QUALIFYING | TWO_STAGES, roles=roles), [1.0, 1.1, 1.2])
    late = {(row[0][-1], row[1]): row[7] for row in record.events}
    assert late["0", "qualify"] == 0
    assert late["1", "qualify"] == pytest.approx(3 - 2.6)
    assert late["2", "qualify"] == pytest.approx(4 - 2.7)
    assert {hours for (_, step), hours in late.items() if step != "qualify"} == {0}


def test_the_event_log_counts_overdue_hours_of_the_wall():
    # due on Thursday at 16:30, begun on Friday at 9: sixteen and a half hours later
    record = live(small(OFFICE, roles=one(["sell"], due={"qualify": "30 min"})), [16.0, 16.0])
    assert [(row[4], row[7]) for row in record.events] == [(16, 0), (24 + 9, 16.5)]


def test_what_interrupted_work_had_waited_counts_once():
    changes = {"market.stages": [{"name": "sale", "work": "5 h"}]}
    roles = one(["sell"], due={"qualify": 0})
    record = live(small(changes, roles=roles), [1.0, 1.5], absences={0: [(2.0, 4.0)]})
    assert [(row[4], row[7]) for row in record.events] == [(1, 0), (4, 0), (8, 6.5)]


def test_overdue_work_is_looked_at_every_week_and_at_the_end():
    roles = one(["sell"], due={"qualify": "100 h"})
    record = live(small(roles=roles), [10.0, 300.0, 700.0], absences={0: [(0.0, 9999.0)]})
    # due at 110, 400, 800: of the looks at 168, 336, 504 and 672 h the first is late at four, the second at two
    sell = ACTIVITIES.index("sell")
    assert record.overdue.shape == (1, len(ACTIVITIES), 1)
    assert record.overdue[0, sell, 0] == pytest.approx((4 + 2) / 4)
    assert record.overdue.sum() == record.overdue[0, sell, 0]
    assert record.overdue_end[0, sell] == 2
    assert record.overdue_end.sum() == 2


def test_work_in_hand_and_those_who_have_left_are_not_overdue():
    roles = one(["sell"], due={"qualify": "10 h"})
    changes = {"market.stages": [{"name": "sale", "work": "2000 h"}], "market.channels.site.patience": "300 h"}
    record = live(small(changes, roles=roles), [1.0, 2.0])
    # the first is in hand; the second is late at 168 and gone at 302
    assert record.overdue.sum() == pytest.approx(1 / 4)
    assert record.overdue_end.sum() == 0


def test_overdue_work_belongs_to_the_role_that_does_it():
    changes = QUALIFYING | {"experiment.months": 2}
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"]},
        "closer": {"headcount": 1, "activities": ["sell"], "due": {"qualify": "1 h"}},  # handed over: new leads to it
    }
    record = live(small(changes, roles=roles), [1.0, 5.0], absences={1: [(0.0, 1000.0)]})
    # qualified at 2 and 6, late from 3 and 7 on: in all four looks of January, and in February at 840 h of 840 ... 1344
    sell = ACTIVITIES.index("sell")
    assert record.overdue[1, sell].tolist() == [2, pytest.approx(2 / 4)]
    assert record.overdue.sum() == record.overdue[1].sum()
    assert record.overdue_end.sum() == 0
