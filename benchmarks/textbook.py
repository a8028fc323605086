"""A sales line written the textbook way in SimPy: the yardstick for the speed of the engine. Pinned, not tuned.

Leads arrive by Poisson and pass three stages in a row. A stage has a few people who work around the clock,
each on one lead at a time, first come, first served. A lead that has waited at a stage for as long as its
patience goes away. Everything that is random is drawn beforehand, so another engine fed the same
:class:`Inputs` has to give the same :class:`Outcome`.

The form is the one of every SimPy tutorial: a process per lead, a ``PriorityResource`` per stage, a request
that races a timeout (``request | timeout``). With the figures below a year of 36 500 leads holds about 97
000 activities.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import simpy

HOURS_PER_YEAR = 8760.0
LEADS_PER_YEAR = 36_500
LEADS_PER_HOUR = LEADS_PER_YEAR / HOURS_PER_YEAR
SERVERS = (4, 4, 4)
WORK_HOURS = (0.85, 0.90, 0.95)
"""Mean work time per stage: a stage is offered 0.88 of its capacity and is busy 0.83 of the time."""
PATIENCE_HOURS = (9.0, 9.0, 9.0)
"""Mean patience per stage: 5 to 6 % of the leads leave at each."""


@dataclass(frozen=True)
class Inputs:
    """Everything random of one run: gaps between arrivals; per stage the work and the patience of each lead.

    All in hours.
    """

    gaps: list[float]
    work: list[list[float]]
    patience: list[list[float]]

    @property
    def arrivals(self) -> list[float]:
        """Arrival times in hours: running sums of the gaps, to the bit the times that :func:`run` sees."""
        return list(accumulate(self.gaps))


@dataclass(frozen=True)
class Outcome:
    """What came of it: per stage activities done, leads lost and hours waited (also by those lost)."""

    done: tuple[int, ...]
    lost: tuple[int, ...]
    waited: tuple[float, ...]

    @property
    def activities(self) -> int:
        """Activities done at all stages together."""
        return sum(self.done)

    @property
    def waiting(self) -> float:
        """Hours waited at all stages together."""
        return sum(self.waited)


def inputs(
    seed: int,
    n: int = LEADS_PER_YEAR,
    *,
    leads_per_hour: float = LEADS_PER_HOUR,
    work_hours: Sequence[float] = WORK_HOURS,
    patience_hours: Sequence[float] = PATIENCE_HOURS,
) -> Inputs:
    """Draw n leads with exponential gaps, work times and patience, for as many stages as means are given.

    Raises ValueError unless work and patience have one mean per stage.
    """
    if len(work_hours) != len(patience_hours):
        raise ValueError(f"{len(work_hours)} stages have work times but {len(patience_hours)} have patience")
    rng = np.random.default_rng(seed)
    return Inputs(
        gaps=rng.exponential(1.0 / leads_per_hour, n).tolist(),
        work=[rng.exponential(mean, n).tolist() for mean in work_hours],
        patience=[rng.exponential(mean, n).tolist() for mean in patience_hours],
    )


def run(given: Inputs, servers: Sequence[int] = SERVERS, until: float | None = None) -> Outcome:
    """Simulate the line until the last lead is gone, or until so many hours have passed.

    At the horizon, work in hand is not done, and those who still wait have neither waited nor been lost.
    Raises ValueError unless there is one number of servers per stage of the inputs.
    """
    if len(servers) != len(given.work):
        raise ValueError(f"{len(given.work)} stages need as many numbers of servers, not {len(servers)}")
    env = simpy.Environment()
    stages = [simpy.PriorityResource(env, capacity=count) for count in servers]
    done, lost, waited = [0] * len(stages), [0] * len(stages), [0.0] * len(stages)

    def lead(number: int) -> Generator[simpy.Event, object, None]:
        for k, stage in enumerate(stages):
            came = env.now
            with stage.request(priority=0) as request:
                yield request | env.timeout(given.patience[k][number])
                waited[k] += env.now - came
                if not request.triggered:
                    lost[k] += 1
                    return
                yield env.timeout(given.work[k][number])
                done[k] += 1

    def market() -> Generator[simpy.Event, object, None]:
        for number, gap in enumerate(given.gaps):
            yield env.timeout(gap)
            env.process(lead(number))

    env.process(market())
    env.run(until)
    return Outcome(tuple(done), tuple(lost), tuple(waited))
