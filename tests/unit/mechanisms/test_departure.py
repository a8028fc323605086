"""Departure: what a leaver takes along goes with the share of the contacts that was his."""

import pytest

from simulation.mechanisms.departure import Departure, share_of

SPEC = Departure(leads_lost=0.4, customers_lost=0.2, colleague_saves=0.25, orders_fall=0.5)


def test_the_share_of_the_contacts_is_counted() -> None:
    assert share_of(["a", "b", "a", "c"], "a", 1.0) == 0.5
    assert share_of(["b"], "a", 1.0) == 0
    assert (share_of([], "a", 1.0), share_of([], "a", 0.0)) == (1, 0)


def test_what_is_lost_goes_with_the_share_and_with_what_a_tool_leaves() -> None:
    assert SPEC.lead_lost(0.5, 1.0) == pytest.approx(0.2)
    assert SPEC.lead_lost(0.5, 0.1) == pytest.approx(0.02)
    assert SPEC.fall(0.5, 0.4) == pytest.approx(0.1)


def test_a_colleague_who_was_there_before_saves_a_part_of_the_customers() -> None:
    assert SPEC.customer_lost(1.0, 1.0, known=False) == pytest.approx(0.2)
    assert SPEC.customer_lost(1.0, 1.0, known=True) == pytest.approx(0.15)


def test_neutral_nothing_is_lost() -> None:
    nothing = Departure(leads_lost=0, customers_lost=0, orders_fall=0)
    assert (nothing.lead_lost(1, 1), nothing.customer_lost(1, 1, False), nothing.fall(1, 1)) == (0, 0, 0)
