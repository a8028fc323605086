"""Effort: as much faster as the plan so far is missing."""

import pytest

from simulation.mechanisms.effort import faster


@pytest.mark.parametrize(
    ("reached", "planned", "share"), [(0, 10, 0.4), (5, 10, 0.2), (10, 10, 0), (20, 10, 0), (0, 0, 0), (-5, 10, 0.4)]
)
def test_people_work_faster_in_proportion_to_what_is_missing(reached: float, planned: float, share: float) -> None:
    assert faster(0.4, reached, planned) == pytest.approx(share)
