"""Hand-off: what is lost in it, what a lead bears of it, and how long its customer waits for it."""

from dataclasses import dataclass
from math import inf

import pytest

from simulation.mechanisms.hand_off import Handover

DEAR = Handover(loss=0.2, delay="24 h", extra_work="30 min", information=0.5)
FREE = Handover(loss=0, delay="0 h", extra_work="0 h", information=0)


@dataclass
class Lead:
    extra: float = 0.0
    shift: float = 0.0


def test_a_share_is_lost_and_a_tool_keeps_a_part_of_the_loss_off() -> None:
    assert DEAR.loses(0.19, kept=1.0)
    assert not DEAR.loses(0.21, kept=1.0)
    assert not DEAR.loses(0.19, kept=0.5)


def test_a_lead_bears_each_of_its_hand_offs() -> None:
    lead = Lead()
    DEAR.burden(lead, kept=1.0)
    DEAR.burden(lead, kept=0.5)
    assert (lead.extra, lead.shift) == pytest.approx((1.0, -0.75))


def test_a_customer_who_thinks_longer_than_the_hand_off_takes_does_not_wait_for_it() -> None:
    assert DEAR.passed(waits=True) == (0.8, 24)
    assert DEAR.passed(waits=False) == (0.8, 0)
    assert Handover(delay="never").passed(waits=False) == (1, inf)


def test_neutral_a_hand_off_costs_nothing() -> None:
    lead = Lead()
    FREE.burden(lead, 1.0)
    assert FREE.is_free
    assert (lead, FREE.passed(waits=True)) == (Lead(), (1, 0))
    assert not FREE.loses(0.0, 1.0)
    assert not DEAR.is_free
