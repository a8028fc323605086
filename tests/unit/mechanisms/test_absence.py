"""Absence: how many days people are away, and that they are away one time at once."""

import numpy as np
import pytest

from simulation.mechanisms.absence import YEAR_DAYS, Absence, from_then_on
from simulation.written.readers import DAY, YEAR


def luck(what: str, count: int) -> np.ndarray:
    return np.random.default_rng(len(what)).random(count)


def away(absence: Absence, years: int) -> list[tuple[float, float]]:
    return from_then_on(absence.drawn(years * YEAR, luck), 0.0)


def test_each_year_has_its_days_of_vacation_in_parts() -> None:
    spells = away(Absence(vacation_days=28, vacation_part_days=14, sick_days=0), 10)
    assert [(end - begin) / DAY for begin, end in spells] == [14] * 20


def test_sick_days_come_out_in_the_mean() -> None:
    years = 400
    days = sum(end - begin for begin, end in away(Absence(vacation_days=0, sick_days=8), years)) / DAY
    spells = years * 8 / 5
    assert days / years == pytest.approx(8, abs=4 * 8 * (2 / spells) ** 0.5)


def test_times_away_do_not_overlap_and_begin_within_the_time() -> None:
    spells = away(Absence(vacation_days=60, sick_days=60), 5)
    assert all(end <= begin for (_, end), (begin, _) in zip(spells, spells[1:], strict=False))
    assert all(begin < 5 * YEAR for begin, _ in spells)
    assert from_then_on(Absence().drawn(2 * YEAR, luck), YEAR)[0][0] >= YEAR


def test_presence_is_what_vacation_and_sick_days_leave() -> None:
    absence = Absence(vacation_days=YEAR_DAYS / 4, sick_days=YEAR_DAYS / 2)
    assert absence.presence == pytest.approx(3 / 8)


def test_neutral_nobody_is_away() -> None:
    nobody = Absence(vacation_days=0, sick_days=0)
    assert (away(nobody, 3), nobody.presence) == ([], 1)
