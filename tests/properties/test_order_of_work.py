"""The order of work on random scenarios: limits hold, nobody idles beside work, nobody is called too often."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.department import Department, run, simulate
from simulation.department.leads import LeadFlow
from simulation.floor.choice import OBJECTS
from simulation.scenario.neutral import neutralise
from simulation.world import World
from simulation.written.readers import MONTH
from tests.properties.scenarios import examples, load, scenarios, trees


@examples(60)
@given(trees(), st.integers(1, 4))
def test_nobody_ever_has_more_open_leads_in_hand_than_the_limit(tree, most):
    tree["market"]["initial"]["pipeline"] = 0  # which comes on top
    for role in tree["structures"]["s0"]["roles"].values():
        if not role["support"]:
            role["most_open"] = most
    scenario = load(tree)
    department = Department(scenario, "s0", World(scenario, 0), floor=OBJECTS)
    keep = LeadFlow.keep

    def kept(self, lead, taker=None):
        keep(self, lead, taker)
        for crew in department.workforce.crews:
            finds = any(duty.activity == "prospect" for duty in crew.duties)
            held = [person.in_hand for person in crew.people]
            assert min(held, default=0) >= 0
            if crew.personal:  # a find in hand when the limit is reached still comes in
                assert max(held, default=0) <= most + finds
            else:
                assert sum(held) <= most * len(crew.people)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(LeadFlow, "keep", kept)
        run(department)
    counted = [lead.keeper for lead in department.flow.leads if lead.keeper is not None]
    for person in department.workforce.all_workers:
        assert person.in_hand == counted.count(person)


@examples(60)
@given(scenarios())
def test_nobody_is_idle_while_there_is_work_that_he_may_begin(scenario):
    department = Department(scenario, "s0", World(scenario, 0), floor=OBJECTS)
    run(department)
    now = department.env.now
    for crew in department.workforce.crews:
        for person in crew.idle:
            if person.office.open and person.away_from > now:
                for level in person.levels:
                    waits = any(job.deadline >= now and job.waiting for queue in level.queues for job in queue)
                    assert not waits or (level.guard is not None and not level.guard.allows(person))


@examples(40)
@given(trees())
def test_no_customer_is_called_more_often_than_the_role_seeks_to(tree):
    scenario = load(tree)
    care = scenario.market.customers.care
    roles = scenario.structures["s0"].roles.values()
    doing = [role for role in roles if any(duty.activity == "care" for duty in role.activities)]
    if care is None or not doing:
        return
    rate = max(care.most_per_month if role.care_per_month is None else role.care_per_month for role in doing)
    called: dict[str, list[tuple[float, float, str]]] = {}
    for case, step, _, _, start, end, outcome, _ in simulate(scenario, "s0", World(scenario, 0), events=True).events:
        if step == "care":
            called.setdefault(case, []).append((start, end, outcome))
    for rows in called.values():
        for before, after in zip(sorted(rows), sorted(rows)[1:], strict=False):
            assert before[2] == "interrupted" or after[0] - before[1] >= MONTH / rate - 1e-6


@examples(30)
@given(trees())
def test_due_times_that_never_come_are_no_due_times(tree):
    for role in tree["structures"]["s0"]["roles"].values():
        role.pop("due", None)
    plain = load(tree)
    for role in tree["structures"]["s0"]["roles"].values():
        if not role["support"]:
            role["due"] = dict.fromkeys(("qualify", "sell", "serve", "care"), "never")
    never = load(tree)
    one, other = (simulate(each, "s0", World(each, 0), events=True) for each in (plain, never))
    assert one.events == other.events
    assert not other.overdue.any() and not other.overdue_end.any()


@examples(30)
@given(scenarios())
def test_at_its_neutral_setting_nothing_is_late_limited_or_out_of_turn(scenario):
    neutral = neutralise(scenario, "order_of_work", "care")
    record = simulate(neutral, "s0", World(neutral, 0), events=True)
    assert not record.overdue.any() and not record.overdue_end.any()
    assert {row[7] for row in record.events} <= {0.0}
    assert not any(row[1] == "care" for row in record.events)
    assert np.isfinite(record.busy).all()
