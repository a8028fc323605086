"""The closed form over the dated timeline: people, pay, ramps and terms as they are in each part of the run.

A part ends where something changes. In each the structure is solved as it stands then (`flows.Solver`), with the people
who are there by then and what they have practised (`staff`), with the customers that the part before has left and with
what is left on the lists of contacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulation.expected.flows import Held, Situation, Solver, carers
from simulation.expected.office_time import office_time
from simulation.expected.output import repetitions
from simulation.expected.proficiency import Masteries
from simulation.expected.result import Monthly, Part, Workload, mean_of
from simulation.expected.staff import Staff, is_practised, moves_at
from simulation.expected.steady import practice, steady
from simulation.scenario.channels import Distributor, Outbound
from simulation.scenario.duties import LeadClass
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import Timeline, timeline
from simulation.written.readers import MONTH

_FIRST_PASSES, _PASSES = 3, 2


def workload(scenario: Scenario, structure: str) -> Workload:
    """Expected flows and loads of a structure in closed form, mean over the horizon with all that changes in it.

    As ``steady``, but with positions, pay, market and terms of every date (interventions), with people who are hired
    and trained then, and with newcomers of the first day who ramp (`experiment.begin`). Where nothing changes and
    everybody has practised, it is ``steady`` itself.

    Raises:
        KeyError: there is no such structure.
        ValueError: unknown public holidays, an interval of zero, or product weights that are all zero.
    """
    return scenario.once(("dated workload", structure), lambda: _dated(scenario, structure))


def _dated(scenario: Scenario, structure: str) -> Workload:
    time = office_time(scenario)
    line = timeline(scenario, structure)
    if is_practised(scenario, structure) and (len(line.begins) == 1 or line.begins[1] >= time.end):
        return mean_of([Part(time.begin, time.end, scenario, steady(scenario, structure))])
    run = _Run(scenario, structure)
    parts = [
        part for begin, end, now in spans(line, time.begin, time.end) for part in [run.through(line, begin, end, now)]
    ]
    return mean_of([part for part in parts if part.begin >= time.begin])


def spans(line: Timeline, begin: float, end: float) -> Iterator[tuple[float, float, Scenario]]:
    """The parts of a run with the scenario in force in each; the warm-up (before `begin`) has parts of its own."""
    if begin > 0:
        yield from line.spans(0.0, begin)
    yield from line.spans(begin, end)


class _Run:
    """What one part of a run leaves to the next."""

    def __init__(self, scenario: Scenario, structure: str) -> None:
        self._structure = structure
        self._staff = Staff(scenario, structure)
        self._now = scenario
        self._held: Held | None = None
        self._pace: Monthly = practice(scenario, structure)
        self._cared = carers(scenario.structures[structure])
        self._passes = _FIRST_PASSES
        channels = scenario.market.channels.items()
        self._contacts = {
            name: float(spec.contacts.size)
            for name, spec in channels
            if isinstance(spec, Outbound) and spec.contacts is not None
        }
        self._since: dict[str, float] = {}

    def _hand_over(self, gone: Mapping[str, float]) -> None:
        """Customers of people who are not in their role any more go to whoever takes them."""
        if self._held is None:
            return
        held: dict[tuple[LeadClass, str, int], tuple[float, float]] = {}
        for (lead, server, kind), (count, volume) in self._held.items():
            share = gone.get(server, 0.0)
            for key, part in (((lead, server, kind), 1 - share), ((lead, "", kind), share)):
                if part > 0:
                    before = held.get(key, (0.0, 0.0))
                    held[key] = (before[0] + part * count, before[1] + part * volume)
        self._held = held

    def through(self, line: Timeline, begin: float, end: float, scenario: Scenario) -> Part:
        """Go through a part of the run."""
        name = self._structure
        if scenario is not self._now:
            gone = self._staff.change(scenario, moves_at(line, begin), begin)
            self._hand_over(gone)
            self._now = scenario
        channels = scenario.market.channels
        for key, spec in channels.items():
            if isinstance(spec, Distributor) and spec.active:
                self._since.setdefault(key, begin)
        months, lists = (end - begin) / MONTH, {}
        for key, spec in channels.items():
            if isinstance(spec, Outbound):
                book = spec.contacts
                lists[key] = float("inf") if book is None else (self._contacts[key] + book.fresh(begin, end)) / months
        roles = [key for key, role in scenario.structures[name].roles.items() if not role.support]
        people = {key: self._staff.at_work(key, begin, end) for key in roles}
        situation = Situation(people, self._held, lists, self._since)
        time = office_time(scenario, (begin, end))
        cared = {key: self._cared.get(key, 1.0) for key in carers(scenario.structures[name])}
        for _ in range(self._passes):
            masteries: Masteries = self._staff.masteries(scenario, self._pace, begin, end)
            solver = Solver(scenario, name, masteries, time, cared, situation)
            flows = solver.solve()
            self._pace, cared = repetitions(flows), solver.cared
        self._staff.advance(self._pace, begin, end)
        for key in self._contacts:
            self._contacts[key] = max(0.0, (lists[key] - flows.channels[key].attempts) * months)
        self._held, self._cared, self._passes = solver.held, cared, _PASSES
        return Part(begin, end, scenario, flows)
