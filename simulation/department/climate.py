"""What changes cost and bring day by day: work goes slower while a change is digested, and a CRM is taken up."""

from __future__ import annotations

from collections.abc import Generator
from math import exp
from typing import TYPE_CHECKING

from simulation.department.steps import QUALIFY
from simulation.written.readers import DAY

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.scenario.interventions import Crm, Dip

GENTLE = 1e-6  # a dip below this share of the pace is over
MOST = 0.95  # share of the pace that changes can take at most


def adoption(crm: Crm, hours: float) -> float:
    """Share of use so many hours after the begin of a roll-out that succeeds: a logistic curve to its ceiling."""
    if hours < 0:
        return 0.0
    if crm.spread <= 0:
        return crm.ceiling if hours >= crm.midpoint else 0.0
    return crm.ceiling / (1.0 + exp(min(700.0, (crm.midpoint - hours) / crm.spread)))


def dipped(dips: list[tuple[Dip, float]], now: float, hours: float) -> float:
    """Share of the pace that open changes take, mean over the coming hours.

    `dips` are (dip, time of the change). One dip alone takes depth * exp(-t / recovery); of several the deepest is
    multiplied by (sum / deepest) ** exponent.
    """
    shares = []
    exponent = 1.0
    for dip, since in dips:
        if dip.recovery <= 0 or dip.depth == 0:
            continue
        begin, end = (now - since) / dip.recovery, (now - since + hours) / dip.recovery
        share = dip.depth * (exp(-begin) - exp(-end)) * dip.recovery / hours
        if share > GENTLE:
            shares.append(share)
            exponent = max(exponent, dip.exponent)
    if not shares:
        return 0.0
    deepest = max(shares)
    return min(MOST, deepest * (sum(shares) / deepest) ** exponent)


class Climate:
    """Factors on the hours of work by step, renewed at midnight while anything is under way."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.failed = False  # whether a roll-out failed
        self.log: list[tuple[float, float]] = []  # time, share of use of the CRM
        self._dips: list[tuple[Dip, float]] = []
        self._tools: list[tuple[Crm, float, bool]] = []  # roll-out, its begin, whether it fails
        self._alive = False
        self.effort = 0.0  # share by which everybody works faster, being behind the plan

    def try_harder(self, effort: float) -> None:
        """From now on everybody works faster by this share."""
        if effort != self.effort:
            self.effort = effort
            self._renew()

    def change(self, dip: Dip) -> None:
        """A change has been made: people need time to get used to it."""
        self._dips.append((dip, self.department.env.now))
        self._begin()

    def roll_out(self, crm: Crm) -> None:
        """A CRM is rolled out from now on; whether it fails is the World's."""
        luck = self.department.world.crm_luck(len(self._tools))
        fails = luck < crm.failure
        self.failed = self.failed or fails
        self._tools.append((crm, self.department.env.now, fails))
        self._begin()

    def _begin(self) -> None:
        self._renew()
        if not self._alive:
            self._alive = True
            self.department.env.start(self._daily())

    def _daily(self) -> Generator[float, None, None]:
        env = self.department.env
        yield DAY - env.now % DAY
        while True:
            self._renew()
            if not self._tools and not self._dips:
                self._alive = False
                return
            yield DAY

    def _renew(self) -> None:
        """Take all factors anew, mean over the time until midnight."""
        department = self.department
        now = department.env.now
        hours = DAY - now % DAY
        self._dips = [(dip, at) for dip, at in self._dips if _open(dip, now - at)]
        slow = 1.0 / (1.0 - dipped(self._dips, now, hours)) / (1.0 + self.effort)
        steps = department.steps
        ease = [slow] * len(steps)
        hand_off = departure = 1.0
        used = 0.0
        for crm, begin, fails in self._tools:
            share = 0.0 if fails else adoption(crm, now + hours / 2 - begin)
            used = max(used, share)
            ease[QUALIFY] *= 1.0 - crm.answer * share
            ease[steps.paperwork] *= 1.0 - crm.paperwork * share
            for step in (steps.order, steps.request):
                ease[step] *= 1.0 - crm.service * share
            hand_off *= 1.0 - crm.hand_off * share
            departure *= 1.0 - crm.departure * share
        changed = department.terms.ease != ease or department.terms.attempt_ease != slow
        department.terms.ease[:] = ease
        department.terms.attempt_ease = slow
        if changed:
            for person in department.people:
                person.repace(now)
        department.flow.losses = department.customers.losses = hand_off
        department.departures.kept = departure
        if self._tools:
            self.log.append((now, used))


def _open(dip: Dip, age: float) -> bool:
    return dip.recovery > 0 and dip.depth * exp(-age / dip.recovery) > GENTLE
