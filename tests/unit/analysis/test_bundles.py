"""Jobs are bundled by how long they take, and what comes out does not depend on it."""

import numpy as np
import pytest

from simulation.analysis import executor
from simulation.analysis.bundles import Bundles
from simulation.analysis.executor import Job, Workers, outcomes
from simulation.analysis.runs import Failure
from tests import records

SELLERS = {"headcount": 3, "activities": ["qualify", "sell", "serve", "prospect"]}
FEW_AND_MANY = {
    "structures.other": {"roles": {"seller": SELLERS}},
    "experiment.months": 1,
    "market.channels.site.leads_per_month": 60,
}


def sizes(bundles, each=None):
    """Lengths of the bundles when every run takes so many seconds; nothing is known of the first."""
    found = []
    for some in bundles:
        found.append(len(some))
        if each is not None:
            bundles.took(len(some), each * len(some))
    return found


def test_every_job_is_in_one_bundle_in_its_order():
    bundles = Bundles([1] * 1000, workers=2)
    rows = []
    for some in bundles:
        rows += some
        bundles.took(len(some), 0.003 * len(some))
    assert rows == list(range(1000))


def test_a_bundle_of_short_years_is_as_long_as_asked_for():
    found = sizes(Bundles([1] * 1000, workers=2, seconds=0.2), each=0.01)
    assert found[0] == 1
    assert max(found) == 20


def test_a_year_longer_than_a_bundle_goes_alone():
    assert set(sizes(Bundles([2] * 40, workers=2, seconds=0.2), each=0.3)) == {1}


def test_nothing_is_bundled_before_anything_is_known():
    assert sizes(Bundles([1] * 9, workers=2)) == [1] * 9


def test_structures_count_as_runs_of_their_own():
    bundles = Bundles([4] * 100, workers=1, seconds=0.2)
    bundles.took(1, 0.01)
    assert len(next(iter(bundles))) == 5  # twenty runs of a hundredth of a second


def test_the_last_jobs_are_shared_among_all_workers():
    bundles = Bundles([1] * 100, workers=4, seconds=0.2)
    bundles.took(1, 0.0001)
    found = sizes(bundles)
    assert sum(found) == 100
    assert found[0] == 100 // 8
    assert found[-1] == 1


def test_one_slow_start_does_not_keep_bundles_short():
    bundles = Bundles([1] * 100, workers=1, seconds=0.2)
    bundles.took(1, 2.0)
    bundles.took(1, 0.01)
    assert len(next(iter(bundles))) == 20


@pytest.fixture(scope="module")
def jobs():
    scenario = records.scenario(FEW_AND_MANY)
    other = scenario.replace({"structures.other.roles.seller.headcount": 4})
    return [Job(each, tuple(each.structures), number) for each in (scenario, other) for number in range(6)]


def columns(jobs, workers):
    """Everything that comes of the jobs, by place."""
    found = {}
    for place, outcome in outcomes(jobs, workers):
        assert not isinstance(outcome, Failure), outcome.traceback
        found[place] = [(run.structure, run.measures, run.tables) for run in outcome]
    return [found[place] for place in range(len(jobs))]


@pytest.mark.parametrize("seconds", [0.0, 10.0], ids=["one by one", "all that can"])
def test_results_do_not_depend_on_the_bundles(jobs, seconds, monkeypatch):
    alone = columns(jobs, Workers(1))
    made = []

    def bundles(runs, workers):
        made.append(Bundles(runs, workers, seconds))
        return made[-1]

    monkeypatch.setattr(executor, "Bundles", bundles)
    np.testing.assert_equal(columns(jobs, Workers(2)), alone)
    assert made


def test_a_failure_in_a_bundle_leaves_the_others(jobs):
    def engine(scenario, structure, world, events):
        if world.replication == 3:
            raise RuntimeError("no such year")
        return executor.default_engine()(scenario, structure, world, events)

    found = dict(outcomes(jobs[:6], Workers(2, backend="threading", engine=engine)))
    assert [place for place, outcome in found.items() if isinstance(outcome, Failure)] == [3]
    assert sorted(found) == [*range(6)]
