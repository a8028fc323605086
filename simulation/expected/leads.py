"""The way of a lead through a structure in closed form: who works it, how far it comes, what it brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from simulation.expected.attendance import doors_of
from simulation.expected.customers import CustomerLoad
from simulation.expected.odds import passes_qualification, stage_converts, stage_passed
from simulation.expected.office_time import Doors, OfficeTime
from simulation.expected.proficiency import Masteries
from simulation.expected.rates import band, size_growth
from simulation.expected.tally import Tally
from simulation.scenario.channels import Arrivals
from simulation.scenario.duties import LeadClass, classes_of, first_duty, product_shares, takers
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import in_shifts
from simulation.scenario.structures import Structure

Holders = dict[tuple[str, int], tuple[float, float]]
"""Leads by (role that holds them, hand-offs so far): (fit, unfit)."""


class LeadPath:
    """Flows that follow from leads, for one structure; nobody waits for a free person."""

    def __init__(
        self,
        scenario: Scenario,
        structure: Structure,
        masteries: Masteries,
        time: OfficeTime,
        customers: CustomerLoad,
    ) -> None:
        self._scenario = scenario
        self._in_shifts = in_shifts(structure)
        self._market = scenario.market
        self._first = {name: self._market.stages_before(name) for name in self._market.sold}
        self._structure = structure
        self._masteries = masteries
        self._time = time
        self._customers = customers
        self._terms = scenario.passing(structure).lead

    def _doors(self, roles: Iterable[str]) -> Doors | None:
        """When anybody of these roles is at work; None: in the office's working time."""
        return doors_of(self._scenario, self._structure, roles, self._time) if self._in_shifts else None

    def of_lead(self, channel: str, finder: str = "") -> Tally:
        """What one lead a month of a channel brings a month, arriving by itself or found by a role."""
        tally = Tally()
        tally[("leads", channel)] = 1.0
        shares = product_shares(self._market, channel)
        for lead in classes_of(self._market, self._structure, channel):
            grown = size_growth(self._market, channel, lead.product, self._time)
            share, size = band(self._market, lead, grown)
            if share > 0:
                self._walk(tally, lead, finder, shares[lead.product] * share, (size, grown))
        return tally

    def _walk(self, tally: Tally, lead: LeadClass, finder: str, rate: float, sized: tuple[float, float]) -> None:
        market, roles = self._market.way(lead.channel, lead.product), self._structure.roles
        first = market.stages[0].name if market.qualification is None else None
        activity: Activity = "sell" if market.qualification is None else "qualify"
        if finder and first_duty(roles[finder], activity, lead, first):
            entry = {finder: 1.0}
        else:
            entry = takers(self._structure, activity, lead, first)
        if not entry:
            return
        if not finder:
            spec = market.channels[lead.channel]
            arriving = spec if isinstance(spec, Arrivals) else None
            in_office = arriving is not None and arriving.arrival_hours == "working hours"
            rate *= 1 - (arriving.declined_at_once if arriving else 0.0)
            rhythm, doors = arriving.arrivals if arriving else None, self._doors(entry)
            rate *= self._time.still_there(spec.patience, 0.0, in_office, rhythm, doors)
        tally[("answered", lead.channel)] += rate
        holders: Holders = {}
        for role, share in entry.items():
            holders[(role, 0)] = self._qualified(tally, lead, role, rate * share)
        reach = market.stages[0].reach if market.qualification is None else None
        known = 1.0 if reach is None else reach.reached  # without qualification the first talk shows who is qualified
        for fit, unfit in holders.values():
            tally[("qualified", lead.channel)] += known * (fit + unfit)
            tally[("qualified_fit", lead.channel)] += known * fit
        for stage in range(len(market.stages)):
            holders = self._handed_on(tally, lead, holders, stage)
            holders = self._worked(tally, lead, holders, stage)
        for (role, _), (fit, _unfit) in holders.items():
            if fit > 0:
                tally[("deals", lead.channel)] += fit
                tally[("deals_by", role)] += fit
                size, grown = sized
                tally.add(self._customers.of_deals(lead, role, size * self._masteries(role, "sell").size, grown), fit)

    def _qualified(self, tally: Tally, lead: LeadClass, role: str, rate: float) -> tuple[float, float]:
        """Fit and unfit leads that a role passes on, of so many first contacts."""
        rules = self._market.way(lead.channel, lead.product).qualification
        if rules is None:
            fit, unfit = passes_qualification(self._market, lead.channel, lead.product)
        else:
            skill = self._masteries(role, "qualify")
            fit, unfit = passes_qualification(self._market, lead.channel, lead.product, skill.sharp)
            tally.work(role, "qualify", rate, rate * rules.work.mean / skill.pace)
            tally[("passed_by", role)] += rate * (fit + unfit)
        return rate * fit, rate * unfit

    def _handed_on(self, tally: Tally, lead: LeadClass, holders: Holders, stage: int) -> Holders:
        """The leads that are there when a stage begins, with whoever works it."""
        market, terms = self._market.way(lead.channel, lead.product), self._terms
        spec = market.stages[stage]
        in_office = stage == 0 or market.stages[stage - 1].thinking.mean == 0
        result: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for (role, count), (fit, unfit) in holders.items():
            if first_duty(self._structure.roles[role], "sell", lead, spec.name):
                receivers, stay, delay, more = {role: 1.0}, 1.0, 0.0, 0
            else:
                receivers = takers(self._structure, "sell", lead, spec.name)
                (stay, delay), more = terms.passed(in_office), 1
                tally[("lost_in_hand_off",)] += (fit + unfit) * terms.loss
            stay *= self._time.still_there(spec.patience, delay, in_office, doors=self._doors(receivers))
            for receiver, share in receivers.items():
                there = result[(receiver, count + more)]
                there[0] += fit * share * stay
                there[1] += unfit * share * stay
                if more:
                    reading = (fit + unfit) * share * stay * terms.extra_work
                    tally.work(receiver, "sell", 0.0, reading / self._masteries(receiver, "sell").pace)
        return {key: (fit, unfit) for key, (fit, unfit) in result.items()}

    def _worked(self, tally: Tally, lead: LeadClass, holders: Holders, stage: int) -> Holders:
        """The leads that a stage leads on."""
        stages = self._market.way(lead.channel, lead.product).stages
        spec, number = stages[stage], self._first[lead.process] + stage
        work, last = spec.work.mean, stage == len(stages) - 1
        reach = spec.reach
        reminders = spec.silent * spec.reminders((self._time.end - self._time.begin) / 2)
        result: Holders = {}
        for (role, count), (fit, unfit) in holders.items():
            skill = self._masteries(role, "sell")
            talks = fit + unfit
            if reach is not None:
                tries, talks = talks * reach.tries, talks * reach.reached
                tally[("tries", role, "sell")] += tries - talks
                tally.work(role, "sell", 0.0, tries * reach.work.mean / skill.pace)
            tally[("reach", number)] += talks
            tally.work(role, "sell", talks, talks * work / skill.pace)
            shift = skill.odds - self._terms.information * count
            passed = stage_passed(self._market, lead.channel, lead.product, stage, shift)
            result[(role, count)] = (fit * passed, unfit * passed)
            if reminders > 0 and spec.remind is not None:
                yes = stage_converts(self._market, lead.channel, lead.product, stage, shift)
                silent = reminders * (1.0 if reach is None else reach.reached)
                pieces = silent * (fit + unfit - yes * (fit if last else fit + unfit))
                tally.work(role, "sell", pieces, pieces * spec.remind.work.mean / skill.pace)
        return result
