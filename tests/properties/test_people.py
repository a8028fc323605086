"""What always holds when people come, learn and leave and departments change on a date, on random scenarios."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.department import Department, Record, run
from simulation.department.record import LEAVING, LOST, OPEN
from simulation.floor.choice import OBJECTS
from simulation.scenario.neutral import neutralise
from simulation.world import World
from tests.properties.scenarios import examples, load
from tests.properties.staffing import people_trees
from tests.properties.test_neutrality import in_january, same_but_for_dates

ROUNDING = 1e-6
LEFT = [LEAVING.index(name) for name in ("quit", "probation", "laid_off", "closed")]


def lived(tree: dict) -> tuple[Department, Record]:
    """The first structure's year, with its event log."""
    scenario = load(tree)
    department = Department(scenario, "s0", World(scenario, 0), True, OBJECTS)
    return department, run(department)


@given(people_trees())
@examples(35)
def test_each_lead_ends_in_one_state_and_those_lost_have_one_reason(tree: dict) -> None:
    _, record = lived(tree)
    leads = record.leads
    assert ((leads.reason > 0) == (leads.state == LOST)).all()
    assert not (~np.isnan(leads.closed) & (leads.state == OPEN)).any()
    assert len(set(leads.uid)) == len(leads.uid)


@given(people_trees())
@examples(35)
def test_nobody_does_two_things_at_once_or_works_before_coming_or_after_leaving(tree: dict) -> None:
    department, record = lived(tree)
    work: dict[str, list[tuple[float, float]]] = {}
    for _, _, person, _, start, end, *_ in record.events:
        work.setdefault(person, []).append((start, end))
    spells: dict[int, list] = {}
    for spell in department.workforce.spells:
        spells.setdefault(id(spell.employee), []).append(spell)
    for mine in spells.values():
        employee = mine[0].employee
        worker = department.workforce.worker(employee)
        if worker is None:
            continue
        done = sorted(work.get(worker.name, []))
        assert all(a[1] <= b[0] + ROUNDING for a, b in zip(done, done[1:], strict=False))
        begin = max(employee.trained, min(spell.begin for spell in mine))
        end = min([spell.end for spell in mine if spell.reason in LEFT], default=np.inf)
        assert all(begin - ROUNDING <= start and finish <= end + ROUNDING for start, finish in done)


@given(people_trees())
@examples(35)
def test_a_seat_holds_one_person_at_a_time_who_works_no_more_than_present(tree: dict) -> None:
    _, record = lived(tree)
    staff = record.staff
    for seat in np.unique(staff.seat):
        rows = np.flatnonzero(staff.seat == seat)
        rows = rows[np.argsort(staff.begin[rows], kind="stable")]
        assert (staff.end[rows[:-1]] <= staff.begin[rows[1:]]).all()
    assert (record.present >= -ROUNDING).all() and (record.busy >= -ROUNDING).all()
    train = record.activities.index("train")
    worked = record.busy.sum(axis=1) - record.busy[:, train]
    # a job in hand at a month's end belongs to the month in which its hours lie, so months may be compared
    assert (worked <= record.present + ROUNDING).all()


@given(people_trees())
@examples(35)
def test_nothing_waits_with_a_leaver_whose_work_was_given_to_others(tree: dict) -> None:
    department, _ = lived(tree)
    for person in department.workforce.all_workers:
        if person.gone and person.settled:
            assert not any(person.own)


@given(people_trees())
@examples(35)
def test_what_somebody_holds_is_noted_as_a_look_at_everything_would_find_it(tree: dict) -> None:
    scenario = load(tree)
    department = Department(scenario, "s0", World(scenario, 0), floor=OBJECTS)
    departures, flow, base = department.departures, department.flow, department.customers
    leads_of, customers_of = departures.leads_of, departures.customers_of

    def leads(worker):
        found = [*leads_of(worker)]
        assert found == [lead for lead in flow.leads if lead.state == OPEN and lead.owner is worker]
        return iter(found)

    def customers(worker):
        found = [*customers_of(worker)]
        assert found == [each for each in base.customers if worker in each.hands or each.holder is worker]
        return iter(found)

    departures.leads_of, departures.customers_of = leads, customers
    run(department)
    if flow.notes_hands:
        for worker in department.workforce.all_workers:
            if not worker.settled:
                leads(worker)
                customers(worker)


@given(people_trees())
@examples(35)
def test_customers_are_those_of_the_first_day_and_those_won_less_those_lost(tree: dict) -> None:
    _, record = lived(tree)
    customers = record.customers
    for edge, there in zip(record.month_edges[1:], record.customers_at, strict=True):
        joined = (customers.since <= edge).sum()
        gone = (customers.until <= edge).sum()
        assert there == joined - gone


@given(people_trees())
@examples(40)
def test_where_nobody_leaves_and_no_position_is_added_none_is_empty(tree: dict) -> None:
    tree["people"]["turnover"] |= {"per_year": 0, "law": {"kind": "weibull"}}
    tree["people"]["recruiting"]["policy"] = "react"
    tree["experiment"]["begin"] = "new"
    for structure in tree["structures"].values():
        structure["interventions"] = []
        for role in structure["roles"].values():
            role.pop("turnover_per_year", None)
    _, record = lived(tree)
    assert not len(record.vacancies.seat)
    assert np.allclose(record.staffed, record.positions)
    assert (record.staff.reason == 0).all()


@given(people_trees())
@examples(20)
def test_a_year_lived_again_is_the_same_year(tree: dict) -> None:
    (_, one), (_, other) = lived(tree), lived(tree)
    assert one.events == other.events
    assert one.sales.revenue.tolist() == other.sales.revenue.tolist()
    assert one.staff.begin.tolist() == other.staff.begin.tolist()


@given(people_trees(count=2))
@examples(30)
def test_the_same_person_sits_in_the_same_seat_of_every_structure(tree: dict) -> None:
    scenario = load(tree)
    world = World(scenario, 0)
    people: dict[tuple[int, int], float] = {}
    for name in scenario.structures:
        department = Department(scenario, name, world)
        run(department)
        for spell in department.workforce.spells:
            key = (spell.employee.seat.luck, spell.employee.hire)
            assert people.setdefault(key, spell.employee.threshold) == spell.employee.threshold


@st.composite
def finished_with_people(draw: st.DrawFn) -> dict:
    """Two structures whose people come and go, with leads that are all finished within the year."""
    return in_january(draw, draw(people_trees(count=2, least=1)))


@given(finished_with_people())
@examples(25)
def test_with_every_mechanism_neutral_people_make_no_difference_either(tree: dict) -> None:
    same_but_for_dates(neutralise(load(tree)))
