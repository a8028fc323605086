"""Prospecting: how many attempts a find needs, and how a list of contacts runs dry and refills."""

from math import inf

import numpy as np
import pytest

from simulation.mechanisms.prospecting import ContactList, attempts_needed, most_attempts
from simulation.written.readers import MONTH

LIST = ContactList(size=100, refresh_per_month="30 a month")


def test_a_find_needs_one_over_its_probability_attempts_in_the_mean() -> None:
    attempts = attempts_needed(np.random.default_rng(3).random(20_000), 0.1)
    assert attempts.min() == 1
    assert np.mean(attempts) == pytest.approx(10, abs=4 * 90**0.5 / 20_000**0.5)


def test_a_likelier_find_never_needs_more_attempts() -> None:
    needed = [attempts_needed(np.array([0.01, 0.3, 0.99]), probability) for probability in (0.01, 0.1, 0.5, 0.999)]
    assert (np.diff(needed, axis=0) <= 0).all()
    assert (needed[-1] == 1).all()


def test_a_list_refills_every_month_up_to_its_size() -> None:
    assert LIST.refilled(0.0) == 30
    assert LIST.refilled(90.0) == 100
    assert LIST.refilled(120.0) == 120  # contacts that came back beyond its size stay


def test_the_first_month_brings_no_new_contacts() -> None:
    assert LIST.fresh(0.0, MONTH) == 0
    assert LIST.fresh(0.0, 3 * MONTH) == pytest.approx(60)
    assert LIST.fresh(MONTH, 3 * MONTH) == pytest.approx(60)
    assert most_attempts(LIST, 2 * MONTH) == pytest.approx(65)
    assert most_attempts(None, MONTH) == inf
