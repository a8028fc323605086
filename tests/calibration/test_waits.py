"""The load from the time in stages: told where a stage is a wait, bounded where it is hardly more, else not told."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import simulation
from simulation.calibration.adapt import Estimated, estimated
from simulation.calibration.assemble import Judged
from simulation.calibration.calibrate import with_waiting
from simulation.calibration.estimates import Resampling
from simulation.calibration.exporting import records_of
from simulation.calibration.facts import Facts
from simulation.calibration.pilot import corrected
from simulation.calibration.records import Records, table
from simulation.calibration.waits import told_by_stages
from simulation.expected import workload
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.validation.recovery.decision import CASES
from tests.calibration.test_calibrate import TEXT

DRAWS = Resampling(draws=40)


def department(heads: int) -> Scenario:
    return load_text(TEXT, "small.yaml").replace({"structures.universal.roles.universal.headcount": heads})


@cache
def year(heads: int, number: int = 0) -> Records:
    return records_of(department(heads), "universal", number)


@cache
def found(heads: int, number: int = 0) -> Estimated:
    """What is found without a log of work."""
    return estimated(replace(year(heads, number), activities=table("activities")), DRAWS)


def test_a_stage_that_is_nothing_but_a_wait_tells_the_load() -> None:
    """The contract has no thinking. Of six years of two loads, five intervals at least hold the truth."""
    held, values = 0, {}
    for heads in (2, 3):
        truth = workload(department(heads), "universal").roles["universal"].load
        for number in range(3):
            told = told_by_stages(found(heads, number).facts(), Judged())
            assert told is not None and told.stage == "contract" and 0 < told.least < told.value < told.most
            held += told.least <= truth <= told.most
            values.setdefault(heads, []).append(told.value)
    assert held >= 5 and np.mean(values[2]) > np.mean(values[3]) + 0.1


def test_it_goes_into_the_scenario_with_its_interval_and_is_said() -> None:
    records = replace(year(2), activities=table("activities"))
    facts, asked = with_waiting(found(2).facts(), records, Judged(), DRAWS)
    load = facts.people.load
    assert load is not None and load.kept is None and load.draws is not None
    told = asked["load"].model
    assert told.least <= load.draws.min() < load.value < load.draws.max() <= told.most
    (note,) = asked["load"].notes
    assert note.key == "calibration-load-found" and "In contract deals stay hardly longer" in note
    made, _ = corrected(facts, Judged())
    roles = workload(made.scenario(), "universal").roles
    assert roles["universal"].load == pytest.approx(load.value, abs=0.05)


def slow(facts: Facts, days: float) -> Facts:
    """Facts in which nobody goes on before so many days."""
    return replace(facts, stages=tuple(replace(each, soon=(days, 2 * days)) for each in facts.stages))


def test_where_customers_think_everywhere_the_judged_range_stays() -> None:
    facts = slow(found(3).facts(), 20.0)
    assert told_by_stages(facts, Judged()) is None
    with_load, asked = with_waiting(facts, replace(year(3), activities=table("activities")), Judged(), DRAWS)
    load = with_load.people.load
    assert load is not None and load.kept is not None and load.value == Judged().load and "load" not in asked
    unknown = replace(facts, stages=tuple(replace(each, soon=()) for each in facts.stages))
    assert told_by_stages(unknown, Judged()) is None


def test_where_half_think_for_long_only_the_upper_end_is_told() -> None:
    """A quarter goes on as soon as it may, half after ten days only: that is no wait."""
    facts = found(3).facts()
    contract = replace(facts.stages[-1], soon=(facts.stages[-1].soon[0], 10.0))
    told = told_by_stages(replace(facts, stages=(*facts.stages[:-1], contract)), Judged())
    assert told is not None and told.least == 0 and told.most < 1.0
    few = replace(year(3), activities=table("activities"))
    with_load, asked = with_waiting(replace(facts, stages=(*facts.stages[:-1], contract)), few, Judged(), DRAWS)
    load = with_load.people.load
    assert load is not None and load.kept is not None and load.draws is not None and load.draws.max() <= told.most
    assert asked["load"].notes[-1].key == "calibration-load-at-most"


def test_with_a_log_the_clocks_are_those_of_the_customer_alone() -> None:
    """Thinking is told from the end of the work on, so no simulated wait before it comes off it."""
    facts = estimated(year(2), DRAWS).facts(worked=True)
    talk, offer, _ = facts.stages
    assert talk.alone and offer.alone and talk.yes is not None and offer.yes is not None
    whole = found(2).facts()
    for stage, bare, truth in ((talk, whole.stages[0], 4.0), (offer, whole.stages[1], 9.0)):
        assert stage.yes is not None and bare.yes is not None and stage.yes.mean.draws is not None
        error = float(stage.yes.mean.draws.std())
        assert abs(stage.yes.mean.value - truth) < 4 * error + 0.5  # an answer waits for the next opening
        assert stage.yes.mean.value < bare.yes.mean.value
        assert stage.share.value > bare.share.value  # of those whom nobody came to none went on
    made, correction = corrected(facts, Judged(), rounds=1)
    for n, truth in ((0, 4.0), (1, 9.0)):
        yes = facts.stages[n].yes
        assert yes is not None and yes.mean.draws is not None
        thinking = made.scenario().market.stages[n].thinking.mean / 24
        # only what the answer waits until somebody sees it comes off, and what the stages behind are too short for
        taken = correction.days[n] - correction.before[n] + correction.ahead[n]
        assert thinking == pytest.approx(yes.mean.value - taken, rel=0.01) and taken < correction.days[n]
        assert abs(thinking - truth) < 4 * float(yes.mean.draws.std()) + 0.3


@pytest.mark.slow
def test_a_busy_department_gives_back_what_its_stages_convert() -> None:
    """Half again as much work as time: leads pile up, and who was never worked on is no loss of the stage.

    The truth is .5 for the site and more for recommendations, .7 and .9 behind it; four standard errors of the draws.
    """
    case = next(each for each in CASES if each.name == "busy")
    made = simulation.calibrate(records_of(case.scenario, "now", 1), worth=False, draws=40)
    assert made.facts.patient and made.scenario.market.channels["site"].patience.mean == np.inf
    market = made.scenario.market
    truths = (case.scenario.market.stages[0].conversion, 0.7, 0.9)
    for stage, fact, truth in zip(market.stages, made.facts.stages, truths, strict=False):
        assert fact.share.draws is not None
        assert abs(stage.conversion - truth) < 4 * float(fact.share.draws.std()) + 0.05
    assert max(map(abs, made.correction.odds)) < 0.3
