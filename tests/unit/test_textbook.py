"""The yardstick of the benchmark is itself right: against Erlang A, and against a run without any events."""

import heapq
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.textbook import (
    HOURS_PER_YEAR,
    LEADS_PER_HOUR,
    PATIENCE_HOURS,
    SERVERS,
    WORK_HOURS,
    Inputs,
    Outcome,
    inputs,
    run,
)


def erlang_a(arrival: float, service: float, leaving: float, servers: int) -> tuple[float, float]:
    """Share of leads lost and mean number waiting in M/M/c+M, from its birth and death equations (Palm
    1957).

    Rates per hour: a state k is left downwards at min(k, c)*service + max(0, k - c)*leaving. In the steady
    state the lost per hour are leaving*waiting.
    """
    weights = [1.0]
    for k in range(1, 600):
        weights.append(weights[-1] * arrival / (min(k, servers) * service + max(0, k - servers) * leaving))
    waiting = sum(max(0, k - servers) * weight for k, weight in enumerate(weights)) / sum(weights)
    return leaving * waiting / arrival, waiting


def line_by_recursion(given: Inputs, servers: tuple[int, ...]) -> Outcome:
    """The same line without a simulator: with first come, first served a lead's wait is known when it
    comes.

    It is the time until the first server is free of those before it who stay (Kiefer & Wolfowitz 1955, with
    those skipped whose patience is shorter than their wait).
    """
    done, lost, waited = [], [], []
    queue = list(enumerate(given.arrivals))
    for k, count in enumerate(servers):
        free = [0.0] * count
        leaving, waits, gone = [], [], 0
        for number, came in sorted(queue, key=lambda lead: lead[1]):
            begin = max(came, free[0])
            if begin > came + given.patience[k][number]:
                gone += 1
                waits.append(given.patience[k][number])
                continue
            end = begin + given.work[k][number]
            heapq.heapreplace(free, end)
            leaving.append((number, end))
            waits.append(begin - came)
        done.append(len(leaving))
        lost.append(gone)
        waited.append(math.fsum(waits))
        queue = leaving
    return Outcome(tuple(done), tuple(lost), tuple(waited))


def test_the_first_stage_loses_and_waits_as_erlang_a_says():
    # arrivals are the only link between the stages, so the first one can be run alone
    years, n = 12, 3000
    lost, waiting = [], []
    for seed in range(years):
        given = inputs(seed, n, work_hours=WORK_HOURS[:1], patience_hours=PATIENCE_HOURS[:1])
        outcome = run(given, SERVERS[:1])
        lost.append(outcome.lost[0] / n)
        waiting.append(outcome.waited[0] / n * LEADS_PER_HOUR)
    for found, expected in zip(
        (lost, waiting),
        erlang_a(LEADS_PER_HOUR, 1 / WORK_HOURS[0], 1 / PATIENCE_HOURS[0], SERVERS[0]),
        strict=True,
    ):
        error = np.std(found, ddof=1) / math.sqrt(years)
        assert error < 0.1 * expected
        assert np.mean(found) == pytest.approx(expected, abs=3.5 * error)


@pytest.mark.parametrize(("seed", "servers"), [(1, SERVERS), (2, (3, 5, 4)), (3, (8, 1, 2))])
def test_the_line_gives_the_answers_of_a_recursion_without_events(seed, servers):
    given = inputs(seed, 2500)
    found, expected = run(given, servers), line_by_recursion(given, servers)
    assert (found.done, found.lost) == (expected.done, expected.lost)
    assert found.waited == pytest.approx(expected.waited, rel=1e-9)


def test_every_lead_is_done_or_lost_and_the_next_stage_gets_those_done():
    n = 2000
    outcome = run(inputs(7, n))
    for came, done, lost in zip((n, *outcome.done[:-1]), outcome.done, outcome.lost, strict=True):
        assert came == done + lost
    assert outcome.activities == sum(outcome.done)
    assert outcome.waiting == pytest.approx(sum(outcome.waited))


def test_nobody_is_lost_with_enough_people_and_all_are_with_work_that_never_ends():
    given = inputs(4, 500)
    assert run(given, (500, 500, 500)).lost == (0, 0, 0)
    stuck = Inputs(given.gaps, [[math.inf] * 500], given.patience[:1])
    assert run(stuck, (2,), until=HOURS_PER_YEAR).lost == (498,)


def test_a_run_stops_at_its_horizon():
    given = inputs(5, 1000)
    half = run(given, until=given.arrivals[500])
    assert 0 < half.activities < run(given).activities


def test_a_year_has_the_size_that_the_benchmark_states():
    # a twentieth of a year holds 1825 leads; the losses of a short run vary by a few per cent
    outcome = run(inputs(6, 1825))
    assert outcome.activities * 20 == pytest.approx(97_000, rel=0.05)
    worked = [sum(times) for times in inputs(6, 1825).work]
    for hours, count in zip(worked, SERVERS, strict=True):
        assert 0.8 < hours / (1825 / LEADS_PER_HOUR) / count < 1.05


def test_the_same_seed_gives_the_same_inputs_and_unequal_stages_are_refused():
    assert inputs(8, 50) == inputs(8, 50)
    assert inputs(8, 50) != inputs(9, 50)
    with pytest.raises(ValueError, match="stages"):
        inputs(8, 50, work_hours=(1.0,))
    with pytest.raises(ValueError, match="servers"):
        run(inputs(8, 50), (1, 1))


@pytest.mark.parametrize("name", ["run", "forms", "staff", "scale", "against"])
def test_a_benchmark_says_what_it_measures_and_what_each_option_is(name: str) -> None:
    script = Path(__file__).parents[2] / "benchmarks" / f"{name}.py"
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=True)
    options = done.stdout.partition("\noptions:\n")[2]
    assert len(done.stdout.partition("usage")[2].splitlines()) > 4
    for line in re.findall(r"^  (--.*(?:\n {10,}.*)*)", options, re.MULTILINE):
        assert re.search(r"(\s{2,}|\n\s+)[a-z(].*", line), f"{name}: {line}"
