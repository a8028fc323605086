"""What a practised structure does as it stands on the first day: what people bring along, and newcomers grow to."""

from __future__ import annotations

from simulation.expected.flows import Solver, carers
from simulation.expected.office_time import office_time
from simulation.expected.output import repetitions
from simulation.expected.proficiency import Masteries
from simulation.expected.result import Monthly, Workload
from simulation.scenario.scenario import Scenario
from simulation.written.readers import MONTH

_PASSES = 4


def steady(scenario: Scenario, structure: str) -> Workload:
    """Expected flows and loads of a structure as it stands on the first day, for people who have practised it.

    Queues, late answers and unhappy customers are left out: nobody waits for a free person (only for open
    doors). Proficiency is the mean over the people's tenure in the middle of the horizon. New work goes as
    ``takers`` says. What changes during the run is not known here, ``dated.workload`` does.

    Raises:
        KeyError: there is no such structure.
        ValueError: unknown public holidays, an interval of zero, or product weights that are all zero.
    """
    return scenario.once(("steady workload", structure), lambda: _steady(scenario, structure))


def _steady(scenario: Scenario, structure: str) -> Workload:
    spec = scenario.structures[structure]
    time = office_time(scenario)
    later = (time.begin + time.end) / 2 / MONTH
    masteries, cared = Masteries(), carers(spec)
    for _ in range(_PASSES):
        solver = Solver(scenario, structure, masteries, time, cared)
        result = solver.solve()
        masteries, cared = Masteries.of_tenure(scenario.people, spec.roles, repetitions(result), later), solver.cared
    return result


def practice(scenario: Scenario, structure: str) -> Monthly:
    """Repetitions that one person makes a month in a practised structure, by role and activity.

    Attempts are the repetitions of `prospect`, stages those of `sell`. Raises as ``steady``.
    """
    return repetitions(steady(scenario, structure))
