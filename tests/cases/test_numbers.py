"""Numbers as people write them: extreme and valid ones, what never comes, growth, ramps that begin at nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from simulation.analysis.assumptions import acting_assumptions
from simulation.analysis.cases import cases_of
from simulation.analysis.measures import measures
from simulation.department import Record, simulate
from simulation.department.work import Desk, Rule
from simulation.expected import workload
from simulation.finance.booking import book
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.world import World
from simulation.written.errors import ScenarioError
from simulation.written.odds import power, shifted
from simulation.written.readers import MONTH, YEAR
from tests import scripted

HERE = Path(__file__).parent


def lived(name: str, replication: int = 0) -> tuple[Scenario, list[Record]]:
    """A case's scenario and the records of its structures."""
    scenario = load(HERE / f"{name}.yaml")
    world = World(scenario, replication)
    return scenario, [simulate(scenario, each, world) for each in scenario.structures]


def refused(text: str) -> str:
    """The one problem for which a scenario is refused."""
    with pytest.raises(ScenarioError) as error:
        load_text(text)
    (problem,) = error.value.problems
    return str(problem)


# --- log-odds and factors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["price-response-overflow", "logodds-10121", "logodds-10321"])
def test_a_shift_of_hundreds_of_log_odds_makes_a_probability_0_or_1(name: str) -> None:
    scenario, records = lived(name)
    for structure, record in zip(scenario.structures, records, strict=True):
        found = measures(record, book(record, scenario), scenario)
        flows = workload(scenario, structure)
        if name == "logodds-10321":  # nobody ever buys more, and everything else goes on
            assert found["deals"] > 0 and flows.deals > 0
        else:
            assert found["deals"] == 0 and flows.deals == pytest.approx(0, abs=1e-9)


def test_what_is_bounded_is_what_it_would_be_to_the_last_digit() -> None:
    assert shifted(0.3, 0.7) == 1 / (1 + 0.7 / 0.3 * math.exp(-0.7))
    assert shifted(0.5, -1000) == pytest.approx(0, abs=1e-300)
    assert shifted(1e-300, -1e308) == 0
    assert shifted(0.5, 1e308) == 1
    assert power(0.5, 3) == 0.125
    assert 0 < power(1e-3, 1e6) < 1e-8 and 1e8 < power(1e3, 1e6) < 1e9


# --- arithmetic with never ------------------------------------------------------------------------------------------


def test_work_that_lasts_longer_than_the_calendar_makes_nobody_busier_than_present() -> None:
    """A person of a millionth of the usual talent sits over one piece of work for longer than any calendar."""
    for replication in range(4):
        _, (record,) = lived("nan-busy", replication)
        assert np.isfinite(record.busy).all() and (record.busy >= 0).all()
        assert (record.busy.sum(axis=1) <= record.present + 1e-6).all()


def test_whoever_lays_down_endless_work_leaves_all_of_it_to_others() -> None:
    """Two thirds of a working year of 10 000 hours are left for the one who takes over, not what the calendar knew."""
    scenario = scripted.small(
        {
            "calendar": {"hours": "09:00-17:00", "lunch": None},
            "market.stages": [{"name": "sale", "work": "10000 working hours"}],
            "experiment.months": 2,
        },
        roles={"seller": {"headcount": 1, "activities": ["sell"], "ownership": "team"}},
    )
    record = scripted.live(scenario, [10.0], absences={0: [(24.0 * 30, 24.0 * 40)]})
    at_work = record.busy[:, record.activities.index("sell")].sum()
    assert at_work == pytest.approx(record.present.sum() - 1.0)  # all hours but the one before the lead came


def test_the_end_value_where_deals_are_worth_nothing_is_nothing() -> None:
    scenario, (record,) = lived("valuation-nan")
    found = measures(record, book(record, scenario), scenario)
    assert found["end_value"] == found["start_value"] == found["profit_with_end_value"] == 0


def test_a_hand_off_that_never_ends_hands_nothing_over() -> None:
    scenario, (record,) = lived("validate-indexerror")
    flows = workload(scenario, "s0")
    assert flows.deals == 0
    assert flows.channels["chan0"].answered > 0
    found = measures(record, book(record, scenario), scenario)
    assert found["qualified"] > 0 and found["deals"] == 0
    # those who have patience are there still, and open
    assert (record.leads.state == 0).any()


def test_a_search_that_never_ends_is_said_in_words() -> None:
    text = (HERE / "f1_same_titles.yaml").read_text()
    scenario = load_text(
        text + "people: {turnover: {per_year: 1}}\n",
        overrides={"structures.seven.roles.universal.recruiting": {"time": "never"}},
    )
    said = " ".join(acting_assumptions(cases_of({"": scenario}, None)))
    assert "never" in said and "inf" not in said.split()


# --- help out -------------------------------------------------------------------------------------------------------


def test_an_overflow_queue_of_nothing_helps_at_once() -> None:
    scenario, (record, _) = lived("overflow-queue-0")
    other = scenario.replace({"structures.one.roles.b.activities.0.overflow.queue": 1})
    again = simulate(other, "one", World(other, 0))
    assert record.leads.closed.tolist() == again.leads.closed.tolist()
    at_once = scenario.replace({"structures.one.roles.b.activities.0.overflow.wait": "0 h"})
    # few leads come, so that the others' queue is short in most years
    assert any((simulate(at_once, "one", World(at_once, year)).busy[1:] > 0).any() for year in range(20))


CROWDED = """
version: 1
calendar: {CALENDAR}
experiment: {start: 2026-01-01, months: 1, begin: new}
market:
  channels: {site: {kind: inbound, leads_per_month: 900, patience: {exponential: 20 h}}}
  products: {thing: {deal: 100, gross_margin: 0.5, repeat: false}}
  qualification: null
  stages: [{name: sale, work: {exponential: 1 h}, conversion: 0.5}]
structures:
  one:
    roles:
      a: {headcount: 1, activities: [sell, collect, paperwork]}
      b: {headcount: 1, activities: [{activity: sell, overflow: {queue: QUEUE, wait: WAIT}}, collect]}
"""


def _whole_queue(desk: Desk, overflow: Rule) -> bool:
    """The rule in one line: all who are patient count, and the first of them must have waited."""
    now = desk.office.env.now
    alive = [job for job in desk.queue if job.deadline >= now]
    if len(alive) < max(1, overflow.queue):
        return False
    return overflow.wait == 0 or desk.office.between(alive[0].ready, now) >= overflow.wait - 1e-9


@pytest.mark.parametrize("calendar", ["around_the_clock: true", "lunch: null"])
@pytest.mark.parametrize("queue", [0, 1, 4, 40])
@pytest.mark.parametrize("wait", ["0 h", "2 h"])
def test_looking_no_further_than_it_must_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, calendar: str, queue: int, wait: str
) -> None:
    text = CROWDED.replace("CALENDAR", calendar).replace("QUEUE", str(queue)).replace("WAIT", wait)
    scenario = load_text(text)
    found = simulate(scenario, "one", World(scenario, 0))
    monkeypatch.setattr(Desk, "needs_help", _whole_queue)
    whole = simulate(scenario, "one", World(scenario, 0))
    assert np.array_equal(found.leads.closed, whole.leads.closed, equal_nan=True)
    assert found.leads.reason.tolist() == whole.leads.reason.tolist()
    assert found.busy.tolist() == whole.busy.tolist()


# --- growth ---------------------------------------------------------------------------------------------------------


def grown(rate: float, growth: float, hours: float) -> float:
    """The integral of a rate a month that is (1 + growth)^t times as much after t years."""
    return rate / MONTH * YEAR * ((1 + growth) ** (hours / YEAR) - 1) / math.log(1 + growth)


def test_fifty_per_cent_more_a_year_is_one_and_a_half_times_as_much_each_year() -> None:
    """58 544 leads in five years, and not the 80 546 of a rate that grows by e^0.5 a year."""
    scenario = load(HERE / "f5_trend.yaml")
    world = World(scenario, 0)
    expected = grown(300, 0.5, world.end)
    assert expected == pytest.approx(58_544, rel=5e-4)
    counts = [len(World(scenario, n).leads("site")) for n in range(4)]
    assert np.mean(counts) == pytest.approx(expected, abs=4 * (expected / 4) ** 0.5)
    assert workload(scenario, "s").channels["site"].leads * world.end / MONTH == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("path", ["market.channels.site.trend_per_year", "market.customers.growth_per_year"])
@pytest.mark.parametrize("value", [-1, "-100 %", -3, 1e300])
def test_growth_that_leaves_less_than_nothing_is_refused(path: str, value: object) -> None:
    with pytest.raises(ScenarioError, match="growth a year: more than -100 %"):
        load(HERE / "f5_trend.yaml", {path: value})
    assert load(HERE / "f5_trend.yaml", {path: "-20 %"}) == load(HERE / "f5_trend.yaml", {path: -0.2})


# --- ramps that begin at nothing ------------------------------------------------------------------------------------


def test_months_of_nothing_at_the_beginning_of_a_ramp_bring_nothing() -> None:
    """Five people of the first day and two more a month, three months of 0 % each: about 117 months of one find."""
    scenario = load(HERE / "f7_ramp_zero.yaml")
    edges = [hours / MONTH for hours in World(scenario, 0).month_edges]
    months = sum(count * max(0.0, edges[-1] - edges[n] - 3) for n, count in enumerate([5, *[2] * 11]))
    found = []
    for replication in range(16):
        record = simulate(scenario, "plan", World(scenario, replication))
        assert not (record.leads.arrived < 3 * MONTH).any()
        found.append(len(record.leads.uid))
    assert months == pytest.approx(117, abs=2)
    # a find takes 730.4 h of a practised person; the months of a ramp are looked at every few days
    assert np.mean(found) == pytest.approx(months, abs=4 * (months / len(found)) ** 0.5)


RAMPED = {"old": {"headcount": 1, "activities": ["sell"]}}


@pytest.mark.parametrize("ownership", ["personal", "team"])
@pytest.mark.parametrize("new_work", ["assigned", "shared"])
def test_whoever_can_do_nothing_of_it_yet_takes_none_of_it(ownership: str, new_work: str) -> None:
    roles = RAMPED | {
        "new": {
            "headcount": 1,
            "activities": ["sell"],
            "ownership": ownership,
            "new_work": new_work,
            "ramp": {"sell": ["0 %", 1]},
        }
    }
    roles["old"] = roles["old"] | {"ownership": ownership, "new_work": new_work}
    scenario = scripted.small({"experiment.months": 3}, roles=roles)
    record = scripted.live(scenario, [2.0 * n + m / 2 for n in range(1000) for m in range(3)][:3000])
    newcomer = [start for person, start, _ in scripted.worked(record) if person == "new-1"]
    assert newcomer and min(newcomer) >= MONTH
    assert min(newcomer) < MONTH + 8 * 24
    before = [person for person, start, _ in scripted.worked(record) if start < MONTH]
    assert set(before) == {"old-1"}


def test_work_that_nobody_can_do_yet_waits_until_somebody_can() -> None:
    for new_work in ("assigned", "shared"):
        roles = {"new": {"headcount": 2, "activities": ["sell"], "new_work": new_work, "ramp": {"sell": [0, 1]}}}
        scenario = scripted.small({"experiment.months": 3}, roles=roles)
        record = scripted.live(scenario, [5.0, 6.0, 7.0])
        starts = [start for _, start, _ in scripted.worked(record)]
        assert len(starts) == 3 and min(starts) >= MONTH and max(starts) < MONTH + 8 * 24


def test_a_leads_owner_who_cannot_do_the_next_step_leaves_it_to_one_who_can() -> None:
    shared = {"activities": ["qualify", "sell"], "ownership": "personal", "new_work": "assigned"}
    roles = {
        "old": {"headcount": 1, **shared},
        "new": {"headcount": 1, **shared, "ramp": {"sell": [0, 0, 0, 1]}},
    }
    scenario = scripted.small({"market.qualification": {"work": "1 h", "true_positive": 1}}, roles=roles)
    record = scripted.live(scenario, [5.0 * n for n in range(1, 21)])
    assert {person for person, *_ in scripted.worked(record, "qualify")} == {"old-1", "new-1"}
    assert [person for person, *_ in scripted.worked(record, "sale")] == ["old-1"] * 20


@pytest.mark.parametrize("ramp", [[0], [0, 0, 0], [0.5, 0, 1], [0, 1, 0]])
def test_a_ramp_that_falls_to_nothing_is_refused_with_what_else_there_is(ramp: Sequence[float]) -> None:
    text = (HERE / "f7_ramp_zero.yaml").read_text().replace("[0, 0, 0, 1]", str(list(ramp)))
    said = refused(text)
    assert "only at the beginning of a ramp" in said and "people.onboarding.training_days" in said


def test_a_proficiency_below_nothing_is_refused_with_what_else_there_is() -> None:
    text = (HERE / "f7_ramp_zero.yaml").read_text()
    assert "people.onboarding.training_days" in refused(text.replace("[0, 0, 0, 1]", "[-1, 1]"))


# --- dates, files, lists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["9999-01-01", "0001-01-01", "0001-02-01", "1899-12-31", "2200-01-01"])
def test_a_start_beyond_all_calendars_is_refused(start: str) -> None:
    text = (HERE / "f5_trend.yaml").read_text().replace("2026-01-01", start)
    assert f"experiment.start: {start} is out of range" in refused(text)


@pytest.mark.parametrize("start", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_start_can_be_simulated(start: str) -> None:
    text = (HERE / "f5_trend.yaml").read_text().replace("2026-01-01", start).replace("months: 60", "months: 2")
    scenario = load_text(text, overrides={"experiment.warm_up": 1})
    record = simulate(scenario, "s", World(scenario, 0))
    assert len(book(record, scenario).frame()) and len(record.leads.uid) > 100


def test_a_name_of_a_file_with_a_zero_in_it_is_refused() -> None:
    assert "is not the name of a file" in refused('extends: "a\\0b"\nversion: 1\n')


@pytest.mark.parametrize("wrong", ["work: 1 apple", "conversion: 7"])
def test_a_list_of_one_wrong_entry_is_told_once(wrong: str) -> None:
    text = (
        (HERE / "f1_same_titles.yaml")
        .read_text()
        .replace("  products:", f"  stages: [{{name: sale, {wrong}}}]\n  products:")
    )
    text = text if "work" in wrong else text.replace("name: sale", "name: sale, work: 1 h")
    assert "market.stages.0." in refused(text)
