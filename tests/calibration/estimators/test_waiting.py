"""The seller's part of a time in stage and the customer's."""

import numpy as np
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import stages
from simulation.calibration.estimators.spells import NO, OPEN, YES, spells
from simulation.calibration.estimators.waiting import taken_apart
from simulation.calibration.records import Records, table
from tests.calibration.estimators.made import Way, made

WAYS = (Way(0.7, 200, 100), Way(0.5, 300, 150))


def with_log(seed: int, deals: int, unanswered: float = 0.0) -> tuple[Records, np.ndarray]:
    """Records whose every spell begins with a wait of 20 h on average and an hour of work, some lost before it."""
    rng = np.random.default_rng(seed)
    drawn = made(rng, deals, WAYS).records
    of = spells(drawn)
    wait = rng.exponential(20, len(of.deal))
    begun = of.begun + (wait * 3600).astype("timedelta64[s]")
    done = begun + np.timedelta64(3600, "s")
    end = of.begun + np.round(of.age * 3600).astype("timedelta64[s]")
    there = (done <= end) & ~((of.end == NO) & (rng.random(len(of.deal)) < unanswered))
    log = table(
        "activities",
        {
            "case": of.deal[there],
            "activity": ["work"] * int(there.sum()),
            "started": begun[there],
            "completed": done[there],
        },
    )
    return Records(
        as_of=drawn.as_of, deals=drawn.deals, entries=drawn.entries, stages=drawn.stages, activities=log
    ), there


def test_waits_and_the_customers_part_add_up() -> None:
    records, there = with_log(1, 800)
    of = spells(records)
    found = taken_apart(of, records)
    assert found is not None
    assert np.array_equal(~np.isnan(found.wait), there)
    assert len(found.customer.deal) == there.sum() + int((~there & (of.end == YES)).sum())
    worked = np.flatnonzero(there)
    rows = {(int(of.deal[n]), int(of.stage[n])): n for n in worked}
    for n in range(len(found.customer.deal)):
        key = int(found.customer.deal[n]), int(found.customer.stage[n])
        if key in rows:
            whole = rows[key]
            assert found.customer.age[n] == pytest.approx(of.age[whole] - found.wait[whole] - 1, abs=0.01)


def test_who_was_lost_before_any_work_was_not_answered() -> None:
    records, _ = with_log(2, 3000, unanswered=0.5)
    figures = stages.estimate(records, Resampling(draws=20)).figures
    assert figures["a.unanswered"].value == pytest.approx(0.5 * 0.3 / (0.5 * 0.3 + 0.85), abs=0.06)
    assert figures["a.wait.mean"].value == pytest.approx(20, rel=0.12)
    # of those worked on, all who say yes and half of the others
    assert figures["a.worked.share"].value == pytest.approx(0.7 / 0.85, abs=0.05)
    assert figures["a.worked.gap_yes.mean"].value < figures["a.gap_yes.mean"].value - 15


def test_without_a_log_of_this_work_nothing_is_taken_apart() -> None:
    drawn = made(np.random.default_rng(3), 300, WAYS).records
    assert taken_apart(spells(drawn), drawn) is None
    few = table("activities", {"case": [0], "activity": ["x"], "started": drawn.deals["created"][:1]})
    records = Records(as_of=drawn.as_of, deals=drawn.deals, entries=drawn.entries, stages=drawn.stages, activities=few)
    assert taken_apart(spells(records), records) is None
    assert stages.estimate(records, Resampling(draws=5)).model.worked == {}


def test_an_open_deal_that_waits_for_the_seller_has_no_customers_part() -> None:
    records, there = with_log(4, 500)
    of = spells(records)
    waiting = (of.end == OPEN) & ~there
    found = taken_apart(of, records)
    assert waiting.any()
    keys = set(zip(found.customer.deal.tolist(), found.customer.stage.tolist(), strict=True))
    assert not keys & set(zip(of.deal[waiting].tolist(), of.stage[waiting].tolist(), strict=True))
