"""What must always hold, whatever the scenario and the structure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.department import Department, Record, simulate
from simulation.department import run as lived
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.floor.choice import OBJECTS
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests.properties.holds import began
from tests.properties.scenarios import Tree, examples, load, scenarios, trees

DEAL, ORDER, DISTRIBUTOR = 0, 1, 2
EPS = 1e-7  # hours


def run(scenario: Scenario, replication: int = 0) -> Record:
    return simulate(scenario, "s0", World(scenario, replication), events=True)


def activity_of(record: Record, step: str) -> str:
    """The activity that a step of the event log belongs to."""
    if step in record.stages:
        return "sell"
    return {"order": "serve", "request": "serve"}.get(step, step)


@examples(40)
@given(scenarios())
def test_each_lead_ends_in_exactly_one_state(scenario):
    record = run(scenario)
    leads, sales = record.leads, record.sales
    assert set(leads.state.tolist()) <= {OPEN, WON, LOST}
    assert len(set(leads.uid)) == len(leads.uid)
    assert np.array_equal(leads.reason > 0, leads.state == LOST)
    assert not (leads.in_vain & (leads.state == WON)).any()
    assert np.array_equal(np.isnan(leads.closed), leads.state == OPEN)
    # won exactly when there is one deal of it, at the time it was closed and of its size
    deals = sales.kind == DEAL
    assert sorted(sales.lead[deals].tolist()) == np.flatnonzero(leads.state == WON).tolist()
    assert np.array_equal(leads.closed[sales.lead[deals]], sales.time[deals])
    assert np.array_equal(leads.size[sales.lead[deals]], sales.revenue[deals])
    assert leads.fit[leads.state == WON].all()
    for row in np.flatnonzero(leads.state == WON).tolist():
        market, names = scenario.market, (record.channels[leads.channel[row]], record.products[leads.product[row]])
        process = market.process_of(*names)
        assert leads.stage[row] == market.stages_before(process) + len(market.process(process).stages)
    assert (leads.stage <= len(record.stages)).all()


@examples(40)
@given(scenarios())
def test_what_happens_to_a_lead_happens_in_its_order(scenario):
    record = run(scenario)
    leads = record.leads
    unanswered = leads.reason == REASONS.index("unanswered")
    assert np.isnan(leads.answered[unanswered]).all()
    answered = leads.answered == leads.answered
    assert (leads.answered >= leads.arrived)[answered].all()
    for later, earlier in ((leads.qualified, leads.answered), (leads.closed, leads.qualified)):
        both = (later == later) & (earlier == earlier)
        assert (later >= earlier - EPS)[both].all()
    assert (leads.closed[leads.closed == leads.closed] <= record.end).all()
    assert ((leads.arrived >= 0) & (leads.arrived < record.end)).all()
    assert (leads.hand_offs >= 0).all()


@examples(40)
@given(scenarios())
def test_nobody_works_two_things_at_once(scenario):
    record = run(scenario)
    by_person: dict[str, list[tuple[float, float]]] = {}
    for _, _, person, _, start, end, *_ in record.events:
        assert 0 <= start <= end <= record.end
        by_person.setdefault(person, []).append((start, end))
    for spans in by_person.values():
        spans.sort()
        assert all(one[1] <= other[0] + EPS for one, other in zip(spans, spans[1:], strict=False))


@examples(40)
@given(scenarios())
def test_no_lead_is_worked_by_two_at_once(scenario):
    record = run(scenario)
    steps = {name: number for number, name in enumerate(("qualify", *record.stages))}
    by_lead: dict[str, list[tuple[float, float, int]]] = {}
    for case, step, _, _, start, end, *_ in record.events:
        if step in steps:
            by_lead.setdefault(case, []).append((start, end, steps[step]))
    for rows in by_lead.values():
        rows.sort()
        for one, other in zip(rows, rows[1:], strict=False):
            assert one[1] <= other[0] + EPS
            assert one[2] <= other[2]


@examples(40)
@given(scenarios())
def test_nobody_works_outside_working_time(scenario):
    record = run(scenario)
    calendar = World(scenario, 0).calendar
    for *_, start, end, outcome, _ in record.events:
        assert calendar.is_open(start)
        # it ends inside working time or with it, unless an absence that begins in the night cut it short
        assert end == start or calendar.next_open(np.nextafter(end, 0)) < end or outcome == "interrupted"


@examples(40)
@given(scenarios())
def test_nobody_works_during_an_absence(scenario):
    world = World(scenario, 0)
    record = simulate(scenario, "s0", world, events=True)
    seats: dict[str, int] = {}
    for name, role in scenario.structures["s0"].roles.items():
        for n in range(0 if role.support else role.headcount):
            seats[f"{name}-{n + 1}"] = len(seats)
    absences = {person: world.crowd.absences(seat, world.end) for person, seat in seats.items()}
    for _, _, person, _, start, end, *_ in record.events:
        for begin, finish in absences[person]:
            assert end <= begin + EPS or start >= finish - EPS


@examples(40)
@given(scenarios())
def test_nobody_is_busy_for_longer_than_present(scenario):
    record = run(scenario)
    assert (record.busy >= -EPS).all()
    assert (record.busy.sum(axis=1) <= record.present + EPS).all()
    hours = np.diff([World(scenario, 0).calendar.working_at(float(edge)) for edge in record.month_edges])
    assert (record.present <= hours + EPS).all()


@examples(40)
@given(scenarios())
def test_busy_hours_are_those_of_the_event_log(scenario):
    record = run(scenario)
    calendar = World(scenario, 0).calendar
    roles = [name for name, role in scenario.structures["s0"].roles.items() if not role.support]
    people = [f"{name}-{n + 1}" for name in roles for n in range(scenario.structures["s0"].roles[name].headcount)]
    logged = np.zeros((len(people), len(ACTIVITIES)))
    last = np.full(len(people), record.begin)
    for _, step, person, _, start, end, *_ in record.events:
        if end > record.begin:
            seat = people.index(person)
            hours = calendar.working_between(max(start, record.begin), end)
            logged[seat, ACTIVITIES.index(activity_of(record, step))] += hours
            last[seat] = max(last[seat], end)
    busy = record.busy.sum(axis=2)[: len(people)]
    # what was in hand at the end is not in the log: at most one piece of work of each person
    in_hand = busy - logged
    assert (in_hand >= -EPS).all()
    assert ((in_hand > EPS).sum(axis=1) <= 1).all()
    left = np.array([calendar.working_between(float(at), record.end) for at in last])
    assert (in_hand.sum(axis=1) <= left + EPS).all()


@examples(40)
@given(scenarios())
def test_customers_are_the_first_and_the_won_less_those_who_left(scenario):
    record = run(scenario)
    people, leads = record.customers, record.leads
    repeat = np.array([scenario.market.products[name].repeat for name in record.products])
    won = (leads.state == WON) & repeat[leads.product]
    assert len(people.uid) == len(set(people.uid)) == began(record, scenario) + won.sum()
    assert sorted(people.since[~people.initial].tolist()) == sorted(leads.closed[won].tolist())
    left = people.until == people.until
    assert [reason != "" for reason in people.reason] == left.tolist()
    assert (people.until[left] >= people.since[left]).all()
    assert (people.until[left] <= record.end).all()
    for month, edge in enumerate(record.month_edges[1:]):
        there = (people.since <= edge) & ~(people.until <= edge)
        assert record.customers_at[month] == there.sum()
    assert record.customers_at[-1] == began(record, scenario) + won.sum() - left.sum()


@examples(40)
@given(scenarios())
def test_nobody_orders_who_is_no_customer(scenario):
    record = run(scenario)
    sales, people = record.sales, record.customers
    orders = sales.kind == ORDER
    buyer = sales.customer[orders]
    assert (buyer >= 0).all()
    assert (sales.time[orders] >= people.since[buyer]).all()
    assert not (sales.time[orders] > people.until[buyer] + EPS).any()
    assert (sales.revenue >= 0).all()
    assert (sales.paid >= sales.time - EPS).all()


@examples(40)
@given(trees())
def test_without_leads_pipeline_and_distributor_there_is_no_deal(tree):
    tree["market"]["channels"] = {
        name: spec | {"active": False} if spec["kind"] in ("outbound", "distributor") else spec | {"leads_per_month": 0}
        for name, spec in tree["market"]["channels"].items()
    }
    tree["market"]["initial"]["pipeline"] = 0
    record = run(load(tree))
    assert len(record.leads.uid) == 0
    assert not (record.sales.kind == DEAL).any()
    assert not (record.sales.kind == DISTRIBUTOR).any()
    if not tree["market"]["initial"]["customers"]:
        assert len(record.sales.time) == 0


def without_people(tree: Tree) -> Tree:
    for structure in tree["structures"].values():
        for role in structure["roles"].values():
            role["headcount"] = 0
    return tree


@examples(40)
@given(trees(), st.sampled_from(["20 h", {"exponential": "100 h"}]))
def test_without_people_every_lead_that_can_lose_patience_is_lost(tree, patience):
    for spec in tree["market"]["channels"].values():
        if spec["kind"] in ("inbound", "partner"):
            spec |= {"patience": patience, "declined_at_once": 0}
    scenario = load(without_people(tree))
    record = run(scenario)
    leads = record.leads
    world = World(scenario, 0)
    ends = np.full(len(leads.uid), np.inf)
    for row, uid in enumerate(leads.uid):
        if not leads.initial[row]:
            channel = uid.split("/")[0]
            stock = world.leads(channel)
            names = {stock.uid(i): i for i in range(len(stock))}
            laws = {"patience": scenario.market.channels[channel].patience}
            way = scenario.market.way(channel, record.products[leads.product[row]])
            if way.qualification is None:  # the first stage is the first contact
                laws[f"stage.{way.stages[0].name}.patience"] = way.stages[0].patience
            own = [
                law.mean if law.is_constant else stock.column(name, law.quantile)[names[uid]]
                for name, law in laws.items()
            ]
            ends[row] = leads.arrived[row] + min(own)
    arrived = ~leads.initial
    gone = arrived & (ends < record.end)
    assert np.array_equal(leads.reason == REASONS.index("unanswered"), gone)
    assert leads.closed[gone] == pytest.approx(ends[gone])
    assert (leads.state[arrived & ~gone] == OPEN).all()
    assert not (leads.state == WON).any()
    assert record.events == []
    assert record.attempts.sum() == 0


@examples(40)
@given(scenarios())
def test_counts_of_the_record_agree(scenario):
    record = run(scenario)
    assert (record.waiting >= 0).all()
    assert (record.attempts >= 0).all()
    assert record.activities_done == sum(1 for row in record.events if row[6] != "interrupted")
    if scenario.experiment.warm_up == 0:
        done = {name: 0 for name in ACTIVITIES}
        for _, step, *_, outcome, _ in record.events:
            if outcome != "interrupted":
                done[activity_of(record, step)] += 1
        for number, name in enumerate(ACTIVITIES):
            if name != "prospect":
                assert record.repetitions[:, number].sum() == done[name]
        assert record.repetitions[:, ACTIVITIES.index("prospect")].sum() == record.attempts.sum()
        assert record.qualified_by.sum() <= np.isfinite(record.leads.qualified).sum()


@examples(40)
@given(trees())
def test_nobody_waits_for_an_idle_person(tree):
    tree["calendar"] = {"around_the_clock": True}
    scenario = load(tree)
    department = Department(scenario, "s0", World(scenario, 0), floor=OBJECTS)
    lived(department)
    end = department.world.end
    for person in department.workforce.people:
        if person.free and person.away_from > end:
            for level in person.levels:
                # help may be needed only later, or only while more wait
                if level.guard is None:
                    assert not any(job.deadline >= end for queue in level.queues for job in queue)
