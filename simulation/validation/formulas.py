"""Formulas of queueing theory in closed form: what a department that is simple enough must reproduce.

Rates are per hour and times in hours (any one unit will do). ``servers`` are people who take work from one queue, first
come, first served. Every formula of a queue without impatience raises ValueError when the load is not below one: there
is no steady state then.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def erlang_b(servers: int, offered: float) -> float:
    """Share of arrivals lost when nobody waits, by the recursion B(c) = aB(c-1) / (c + aB(c-1)), B(0) = 1.

    ``offered`` is arrival rate times mean work. Holds for any law of the work. Source: Erlang (1917).
    """
    blocked = 1.0
    for c in range(1, servers + 1):
        blocked = offered * blocked / (c + offered * blocked)
    return blocked


def erlang_c(servers: int, offered: float) -> float:
    """Probability that an arrival has to wait in M/M/c: B / (1 - load (1 - B)). Source: Erlang (1917)."""
    load = _stable(offered / servers)
    blocked = erlang_b(servers, offered)
    return blocked / (1.0 - load * (1.0 - blocked))


def mmc_wait(servers: int, rate: float, work: float) -> float:
    """Mean wait in M/M/c: C(c, a) * work / (c - a), with a = rate * work. Source: Erlang (1917)."""
    offered = rate * work
    return erlang_c(servers, offered) * work / (servers - offered)


def mmc_answered_within(limit: float, servers: int, rate: float, work: float) -> float:
    """Share of arrivals that wait at most ``limit`` in M/M/c: 1 - C(c, a) exp(-(c - a) limit / work)."""
    offered = rate * work
    return 1.0 - erlang_c(servers, offered) * math.exp(-(servers - offered) * limit / work)


def mg1_wait(rate: float, work: float, cv: float) -> float:
    """Mean wait in M/G/1: load * work * (1 + cv^2) / (2 (1 - load)). Source: Pollaczek (1930), Khinchine (1932)."""
    load = _stable(rate * work)
    return load * work * (1.0 + cv * cv) / (2.0 * (1.0 - load))


def mg1_wait_squared(rate: float, work: float, cv: float, third: float) -> float:
    """Mean square of the wait in M/G/1, first come, first served: 2 W^2 + rate * E[S^3] / (3 (1 - load)).

    ``third`` is E[S^3]. Source: Takács (1962).
    """
    wait = mg1_wait(rate, work, cv)
    return 2.0 * wait * wait + rate * third / (3.0 * (1.0 - rate * work))


def newest_first_squared(rate: float, work: float, cv: float, third: float) -> float:
    """The same when the newest of those who wait is taken first: 1 / (1 - load) times as much, at the same mean wait.

    Source: Takács (1963).
    """
    return mg1_wait_squared(rate, work, cv, third) / (1.0 - rate * work)


def mixed_wait(rates: Sequence[float], works: Sequence[float], cvs: Sequence[float]) -> float:
    """Mean wait per class of one server that takes all classes in the order of arrival: W_0 / (1 - load).

    W_0 = sum of rate * E[S^2] / 2. By the conservation law the load-weighted mean of the classes' waits is the same in
    whatever order they are taken, as long as nobody looks at how long a piece of work will take or breaks one off.
    Source: Kleinrock (1965).
    """
    residual = sum(r * w * w * (1.0 + cv * cv) / 2.0 for r, w, cv in zip(rates, works, cvs, strict=True))
    return residual / (1.0 - _stable(sum(r * w for r, w in zip(rates, works, strict=True))))


def vacation_wait(rate: float, work: float, cv: float, vacation: float, vacation_cv: float = 0.0) -> float:
    """Mean wait in M/G/1 whose server fills idle time with vacations: that of M/G/1 plus E[V^2] / (2 E[V]).

    The server takes one vacation after the other while nobody waits. Source: Fuhrmann & Cooper (1985).
    """
    return mg1_wait(rate, work, cv) + vacation * (1.0 + vacation_cv**2) / 2.0


def mm1_wait_transform(s: float, rate: float, work: float) -> float:
    """E[exp(-s W)] of the wait W in M/M/1: 1 - load + load * d / (d + s), where d = 1 / work - rate."""
    load = _stable(rate * work)
    drift = 1.0 / work - rate
    return 1.0 - load + load * drift / (drift + s)


def gm1_wait(transform: Callable[[float], float], rate: float, work: float) -> float:
    """Mean wait in GI/M/1: work * x / (1 - x), where x is the root in (0, 1) of x = A((1 - x) / work).

    ``transform`` is A(s) = E[exp(-s T)] of the time T between arrivals, whose mean is 1 / rate. Source: Kendall (1953).
    """
    _stable(rate * work)
    x, following = 0.0, transform(1.0 / work)
    while following - x > 1e-15:  # rises to the smallest root
        x, following = following, transform((1.0 - following) / work)
    return work * x / (1.0 - x)


def erlang_transform(s: float, rate: float, phases: int) -> float:
    """E[exp(-s T)] of a sum of exponential times: (rate / (rate + s)) ** phases. Every n-th of Poisson arrivals."""
    return (rate / (rate + s)) ** phases


def cobham_waits(rates: Sequence[float], works: Sequence[float], cvs: Sequence[float]) -> list[float]:
    """Mean wait per class of one server with non-preemptive priorities; the first class goes first.

    W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), where W_0 = sum of rate * E[S^2] / 2 over all classes and s_k is the load of
    classes 1 ... k. Source: Cobham (1954).
    """
    residual = sum(r * w * w * (1.0 + cv * cv) / 2.0 for r, w, cv in zip(rates, works, cvs, strict=True))
    waits, before = [], 0.0
    for rate, work in zip(rates, works, strict=True):
        until = _stable(before + rate * work)
        waits.append(residual / ((1.0 - before) * (1.0 - until)))
        before = until
    return waits


def cobham_waits_many(servers: int, rates: Sequence[float], work: float) -> list[float]:
    """The same for several servers and one exponential law of work. Source: Cobham (1954).

    W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), where W_0 = C(c, a) * work / c.
    """
    residual = erlang_c(servers, sum(rates) * work) * work / servers
    waits, before = [], 0.0
    for rate in rates:
        until = _stable(before + rate * work / servers)
        waits.append(residual / ((1.0 - before) * (1.0 - until)))
        before = until
    return waits


@dataclass(frozen=True)
class ErlangA:
    """What M/M/c with exponential patience comes to.

    Attributes:
        lost: share of arrivals that leave before their turn.
        wait: mean wait of all arrivals, those who leave too.
        wait_answered: mean wait of those who are answered.
        delayed: share of arrivals that find all servers busy.
        load: share of the servers' time that is worked.
    """

    lost: float
    wait: float
    wait_answered: float
    delayed: float
    load: float


def erlang_a(servers: int, rate: float, work: float, patience: float) -> ErlangA:
    """M/M/c+M from its birth-and-death process, whatever the load. Source: Palm (1957); Garnett et al. (2002).

    An arrival that finds k before it in the queue is answered with probability cm / (cm + (k+1)t), where m = 1 / work
    and t = 1 / patience, and if so after a sum of exponential times with rates cm + jt, j = 1 ... k+1. The states are
    summed until their weight is below rounding.
    """
    serve, leave = 1.0 / work, 1.0 / patience
    weights = [1.0]
    while len(weights) <= servers or weights[-1] > 1e-18 * sum(weights):
        n = len(weights)
        weights.append(weights[-1] * rate / (min(n, servers) * serve + max(0, n - servers) * leave))
    total = sum(weights)
    queue = sum((n - servers) * w for n, w in enumerate(weights) if n > servers) / total
    working = sum(min(n, servers) * w for n, w in enumerate(weights)) / total
    full, time, answered = servers * serve, 0.0, 0.0
    waited = 0.0
    for n, weight in enumerate(weights):
        share = weight / total
        if n >= servers:
            step = n - servers + 1
            time += 1.0 / (full + step * leave)
            share *= full / (full + step * leave)
            waited += share * time
        answered += share
    delayed = sum(weights[servers:]) / total
    return ErlangA(1.0 - answered, queue / rate, waited / answered, delayed, working / servers)


def breakdown_time(rate: float, work: float, up: float, down: float) -> float:
    """Mean time in M/M/1 whose server is away now and then and then goes on where it stopped.

    ``up`` and ``down`` are the means of the exponential times present and away; the server leaves whether it works or
    not. With l = rate, m = 1 / work, f = 1 / up, r = 1 / down the numbers in the system have the generating functions
    U(z) = m U_0 / (m - lz - flz / (l(1-z) + r)) while the server is present and D(z) = f U(z) / (l(1-z) + r) while
    it is away. The mean time is (U'(1) + D'(1)) / l, where U(1) = r / (f + r). Source: White & Christie (1958).
    """
    fail, repair, serve = 1.0 / up, 1.0 / down, 1.0 / work
    present = repair / (fail + repair)
    _stable(rate * work / present)
    slack = serve - rate - fail * rate / repair
    up_slope = present * (rate + fail * rate / repair + fail * rate * rate / repair**2) / slack
    down_slope = fail * up_slope / repair + fail * present * rate / repair**2
    return (up_slope + down_slope) / rate


@dataclass(frozen=True)
class CaredFor:
    """What becomes of customers who are called at regular intervals.

    Attributes:
        life: mean time until they leave.
        cared: mean time of it in which the last call has its effect.
        calls: mean number of calls.
    """

    life: float
    cared: float
    calls: float


def cared_for(hazard: float, factor: float, interval: float, effect: float) -> CaredFor:
    """Customers whose hazard of leaving is ``factor`` times as large for a time ``effect`` after each call.

    The first call comes an interval after they have become customers, and then one follows every interval. With
    D = min(effect, interval) a cycle is survived with probability q = exp(-h (f D + T - D)); life and cared time are
    integrals of the probability of being there, summed over the cycles as a geometric series.
    """
    covered = min(effect, interval)
    first = math.exp(-hazard * interval)
    kept = math.exp(-hazard * factor * covered)
    within = (1.0 - kept) / (hazard * factor) if factor else covered
    after = kept * (1.0 - math.exp(-hazard * (interval - covered))) / hazard
    survived = kept * math.exp(-hazard * (interval - covered))
    calls = first / (1.0 - survived)
    return CaredFor((1.0 - first) / hazard + calls * (within + after), calls * within, calls)


def pooling_break_even(load: float) -> float:
    """Gain in speed at which two dedicated M/M/1 are as quick (time in system) as their pool: load * (1 - load).

    From 1 / (1 + g - load) = 1 / (1 - load^2) in units of mean work; ``load`` is that of the pool.
    """
    return load * (1.0 - load)


def _stable(load: float) -> float:
    if load >= 1.0:
        raise ValueError(f"a load of {load:g} is not below one: there is no steady state")
    return load
