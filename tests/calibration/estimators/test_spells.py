"""Records as spells: the way of a deal through its stages, and what could be seen of it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimators.spells import (
    NO,
    OPEN,
    YES,
    order_of_stages,
    recorded_since,
    spells,
)
from simulation.calibration.records import Records, table
from tests.calibration.estimators.made import Way, made

DAY = pd.Timedelta(days=1)
FIRST = pd.Timestamp("2026-01-05 10:00")


def of_one(
    entries: list[tuple[str, float]],
    status: str,
    closed: float | None,
    since: date | None = None,
    stages: tuple[str, ...] = ("a", "b", "c"),
) -> list[tuple[str, float, int]]:
    """Stage, days and end of each spell of one deal, in the order of the stages; a second deal makes it a history."""
    rows = [(0, *each) for each in entries] + [(1, "a", 0.0), (1, "b", 1.0)]
    records = Records(
        as_of=date(2026, 3, 1),
        since=since,
        deals=table(
            "deals",
            {
                "deal": [0, 1],
                "created": [FIRST, FIRST],
                "closed": [pd.NaT if closed is None else FIRST + closed * DAY, pd.NaT],
                "status": [status, "open"],
            },
        ),
        entries=table(
            "entries",
            {
                "deal": [row[0] for row in rows],
                "stage": [row[1] for row in rows],
                "entered": [FIRST + row[2] * DAY for row in rows],
            },
        ),
        stages=stages,
    )
    found = spells(records)
    mine = np.flatnonzero(found.deal == 0)
    mine = mine[np.argsort(found.stage[mine], kind="stable")]
    return [(found.stages[found.stage[n]], round(float(found.age[n]) / 24, 6), int(found.end[n])) for n in mine]


def test_a_deal_passes_stage_after_stage() -> None:
    found = of_one([("a", 0), ("b", 2), ("c", 5)], "won", 9)
    assert found == [("a", 2, YES), ("b", 3, YES), ("c", 4, YES)]


def test_a_lost_deal_says_no_in_its_last_stage_and_an_open_one_is_cut_off() -> None:
    assert of_one([("a", 0), ("b", 2)], "lost", 5) == [("a", 2, YES), ("b", 3, NO)]
    last = (pd.Timestamp("2026-03-01") - FIRST) / DAY
    assert of_one([("a", 0), ("b", 2)], "open", None) == [("a", 2, YES), ("b", round(last - 2, 6), OPEN)]


def test_a_stage_that_was_jumped_over_was_passed_in_no_time() -> None:
    assert of_one([("a", 0), ("c", 4)], "lost", 6) == [("a", 4, YES), ("b", 0, YES), ("c", 2, NO)]
    assert of_one([("b", 1), ("c", 4)], "lost", 6) == [("a", 0, YES), ("b", 3, YES), ("c", 2, NO)]
    assert of_one([("a", 0)], "won", 6) == [("a", 6, YES), ("b", 0, YES), ("c", 0, YES)]


def test_going_back_and_coming_again_changes_nothing() -> None:
    found = of_one([("a", 0), ("b", 2), ("a", 3), ("b", 4), ("c", 5)], "won", 9)
    assert found == [("a", 2, YES), ("b", 3, YES), ("c", 4, YES)]


def test_a_closing_before_the_last_entry_takes_no_time() -> None:
    assert of_one([("a", 0), ("b", 2)], "lost", 1)[-1] == ("b", 0, NO)


def test_pipelines_have_stages_of_their_own() -> None:
    rows = [("p", "a", 0), ("p", "b", 1), ("q", "x", 0), ("q", "y", 2)]
    records = Records(
        as_of=date(2026, 3, 1),
        deals=table(
            "deals",
            {
                "deal": [5, 7],
                "created": [FIRST, FIRST],
                "closed": [FIRST + 3 * DAY] * 2,
                "status": ["won", "lost"],
                "pipeline": ["p", "q"],
            },
        ),
        entries=table(
            "entries",
            {
                "deal": [5, 5, 7, 7],
                "pipeline": [row[0] for row in rows],
                "stage": [row[1] for row in rows],
                "entered": [FIRST + row[2] * DAY for row in rows],
            },
        ),
        stages=("a", "b", "x", "y"),
    )
    found = spells(records)
    shown = sorted(
        (found.stages[s], int(d), float(a) / 24) for s, d, a in zip(found.stage, found.deal, found.age, strict=True)
    )
    assert shown == [("a", 0, 1), ("b", 0, 2), ("x", 1, 2), ("y", 1, 1)]
    assert [found.is_last(stage) for stage in range(4)] == [False, True, False, True]


def test_the_order_of_stages_is_found_where_nobody_says_it() -> None:
    drawn = made(np.random.default_rng(1), 200, (Way(0.8), Way(0.7), Way(0.6))).records
    unsaid = Records(as_of=drawn.as_of, deals=drawn.deals, entries=drawn.entries)
    assert order_of_stages(unsaid) == ("a", "b", "c")


def test_closings_that_begin_late_are_noticed_and_complete_ones_are_not() -> None:
    whole = made(np.random.default_rng(2), 800, (Way(0.4, 300, 500),)).records
    assert recorded_since(whole) is None
    late = made(np.random.default_rng(2), 800, (Way(0.4, 300, 500),), since=120)
    since = recorded_since(late.records)
    assert since is not None
    assert abs((since - np.datetime64("2025-05-06")) / np.timedelta64(1, "D")) <= 3
    found = spells(late.records)
    assert np.all(found.age > found.entry)
    assert found.entry.max() > 24 * 20


def test_spells_of_before_the_records_enter_late_or_are_left_out() -> None:
    assert of_one([("a", 0), ("b", 2), ("c", 5)], "won", 9, since=date(2026, 1, 9)) == [("b", 3, YES), ("c", 4, YES)]


def test_cards_of_the_day_on_which_a_crm_was_filled_have_no_age() -> None:
    drawn = made(np.random.default_rng(3), 300).records
    deals = drawn.deals.copy()
    deals.loc[:19, "created"] = pd.Timestamp("2024-12-31 18:00")
    moved = Records(as_of=drawn.as_of, since=date(2025, 1, 1), deals=deals, stages=drawn.stages)
    found = spells(moved)
    assert not np.isin(np.arange(20), found.deal).any()
    assert len(found.deal) == pytest.approx(280, abs=5)
