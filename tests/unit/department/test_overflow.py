"""Overflow: another role helps while the queue is long, or once work has waited long."""

import pytest

from tests.scripted import live, small, worked

QUALIFYING = {"market.qualification": {"work": "10 h", "true_positive": 1, "false_positive": 1}}


def team(queue: int = 1, wait: str = "0 h", first: str = "sell", **hunter: object) -> dict:
    return {
        "hunter": {"headcount": 1, "activities": ["qualify"], **hunter},
        "closer": {
            "headcount": 1,
            "activities": [first, {"activity": "qualify", "overflow": {"queue": queue, "wait": wait}}],
        },
    }


def answered(arrivals: list[float], **rules: object) -> list[tuple[str, float]]:
    record = live(small(QUALIFYING, roles=team(**rules)), arrivals)
    return [(person, start) for person, start, _ in worked(record, "qualify")]


def test_others_help_as_soon_as_work_waits_when_the_queue_is_one():
    assert answered([1.0, 2.0, 3.0]) == [("hunter-1", 1), ("closer-1", 2), ("hunter-1", 11)]


def test_others_do_not_take_work_that_the_first_role_is_free_for():
    assert answered([1.0, 12.0, 23.0]) == [("hunter-1", 1), ("hunter-1", 12), ("hunter-1", 23)]


@pytest.mark.parametrize("queue", [1, 2, 3])
def test_others_help_when_so_many_wait(queue):
    found = answered([1.0, 2.0, 3.0, 4.0, 5.0], queue=queue)
    # the hunter has the first until 11; the closer begins when `queue` leads wait, with the oldest
    assert found[1] == ("closer-1", 1 + queue)


def test_others_stop_helping_when_the_queue_is_short_again():
    found = answered([1.0, 2.0, 3.0, 4.0], queue=2)
    # at 3 two wait and the closer takes the lead of 2; one more comes at 4. At 11 the hunter takes the lead of 3;
    # at 13 the closer is free, but only one waits, so that it waits for the hunter
    assert found == [("hunter-1", 1), ("closer-1", 3), ("hunter-1", 11), ("hunter-1", 21)]


def test_others_help_with_work_that_has_waited_so_long():
    assert answered([1.0, 2.0], wait="3 h") == [("hunter-1", 1), ("closer-1", 5)]
    assert answered([1.0, 9.5], wait="3 h") == [("hunter-1", 1), ("hunter-1", 11)]


def test_one_who_was_busy_when_the_work_came_helps_when_it_has_waited_long():
    # the closer sells from 11 to 12 the lead qualified first; the lead of 11.5 waits for the hunter until 21
    record = live(small(QUALIFYING, roles=team(wait="3 h")), [1.0, 10.5, 11.5])
    assert ("closer-1", 14.5) in [(person, start) for person, start, _ in worked(record, "qualify")]


def test_helping_comes_at_its_place_in_the_order_of_preference():
    stages = [{"name": "sale", "work": "4 h"}]
    roles = team()
    # both a sale and a lead wait at 11: the closer prefers the sale
    record = live(small(QUALIFYING | {"market.stages": stages}, roles=roles), [1.0, 2.0, 3.0, 4.0])
    closer = [row[1] for row in sorted(record.events, key=lambda row: row[4]) if row[2] == "closer-1"]
    assert closer[:4] == ["qualify", "sale", "sale", "qualify"]


def test_a_prospector_stops_to_help_when_work_has_waited_long():
    changes = QUALIFYING | {
        "market.channels.calls": {"kind": "outbound", "attempt": "30 min", "find_probability": 0.5},
    }
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify", "sell"]},
        "caller": {
            "headcount": 1,
            "activities": [{"activity": "qualify", "overflow": {"queue": 1, "wait": "3 h"}}, "prospect"],
        },
    }
    record = live(small(changes, roles=roles), [1.0, 2.0])
    # the lead of 2 has waited three hours at 5; the attempt in hand at that moment is finished first
    assert ("caller-1", pytest.approx(5, abs=0.5)) in [
        (person, start) for person, start, _ in worked(record, "qualify")
    ]


def test_the_impatient_who_have_left_are_not_counted():
    changes = QUALIFYING | {"market.channels.site.patience": "2 h"}
    record = live(small(changes, roles=team(queue=2)), [1.0, 2.0, 4.5])
    # the lead of 2 has left at 4, so that only one waits at 4.5
    assert [person for person, _, _ in worked(record, "qualify")] == ["hunter-1"]


def test_one_who_helped_keeps_the_client_if_it_is_its_work_too():
    record = live(small(QUALIFYING, roles=team()), [1.0, 2.0])
    assert record.leads.hand_offs.tolist() == [1, 0]
    assert {row[2] for row in record.events if row[0] == "site/0/1"} == {"closer-1"}
