"""People who come and leave, one mechanism at a time: more of it does more, and neutral is exactly nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulation.department import Record
from simulation.department.record import EXPECTED
from simulation.expected import months_to_proficiency
from simulation.mechanisms.tenure_law import TenureLaw
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import tenures_of
from simulation.scenario.timeline import timeline
from simulation.sense.loader import load, load_text
from simulation.world import World
from tests.mechanisms.isolation import MONTH, isolated, rising, runs

TEN = Path(__file__).parents[2] / "scenarios" / "department_of_ten.yaml"
YEARS = 4
SHORT = {"structures.universal.roles.universal.headcount": 4}  # people are short, so that every hour counts


@pytest.fixture(scope="module")
def ten() -> Scenario:
    return load(TEN)


def mean(scenario: Scenario, what: Callable[[Record], float], structure: str = "universal") -> float:
    return float(np.mean([what(record) for record in runs(scenario, structure, YEARS)]))


def revenue(record: Record) -> float:
    return float(record.sales.revenue.sum())


def same(one: Record, other: Record) -> bool:
    return (
        one.sales.revenue.tolist() == other.sales.revenue.tolist()
        and one.leads.closed.tolist() == pytest.approx(other.leads.closed.tolist(), nan_ok=True, abs=0)
        and np.array_equal(one.busy, other.busy)
    )


def of_roles(scenario: Scenario, key: str, value: object) -> dict[str, object]:
    return {
        f"structures.{name}.roles.{role}.{key}": value
        for name, structure in scenario.structures.items()
        for role, spec in structure.roles.items()
        if not spec.support
    }


# --- turnover and vacancy --------------------------------------------------------------------------------------------


def test_the_more_people_leave_the_emptier_the_positions_and_the_less_is_sold(ten: Scenario) -> None:
    alone = isolated(ten, "turnover", "recruiting", "response").replace(SHORT | {"people.turnover.early": 1})
    doses = [alone.replace(of_roles(alone, "turnover_per_year", rate)) for rate in (1, 2.5, 6)]
    assert rising([-mean(dose, lambda r: float(r.staffed.sum())) for dose in doses])
    assert rising([-mean(dose, revenue) for dose in doses])
    nobody = alone.replace(of_roles(alone, "turnover_per_year", 0))
    assert mean(nobody, revenue) > mean(doses[0], revenue)


def test_without_turnover_the_rest_of_staffing_changes_nothing(ten: Scenario) -> None:
    bare = isolated(ten)
    full = isolated(ten, "recruiting", "probation", "onboarding", "departure")
    assert same(runs(bare, "universal")[0], runs(full, "universal")[0])


def test_the_longer_the_search_the_emptier_the_positions(ten: Scenario) -> None:
    alone = isolated(ten, "turnover", "recruiting", "response").replace(of_roles(ten, "turnover_per_year", 1.5))
    doses = [alone.replace({"people.recruiting.time": f"{days} days"}) for days in (0, 40, 120)]
    filled = [mean(dose, lambda r: float(r.staffed.sum() / r.positions.sum())) for dose in doses]
    # the notice of two weeks is part of the search
    assert filled[0] == pytest.approx(1.0)
    assert rising([-share for share in filled])


# --- pressure --------------------------------------------------------------------------------------------------------

ONLY_PEOPLE = """
version: 1
title: Nothing but people
experiment: {start: 2026-01-01, months: 60, begin: new}
calendar: {around_the_clock: true}
market:
  channels: {line: {kind: inbound, leads_per_month: 0}}
  products: {thing: {deal: 1, gross_margin: 1, repeat: false}}
people:
  turnover: {per_year: 1, overload: 0, missed_earnings: 0, notice: 0 h}
structures:
  team: {roles: {seller: {headcount: 1, activities: [qualify, sell]}}}
"""


def expected(records: list[Record], column: str) -> np.ndarray:
    """Leavers who were expected, of each year, by what raised them."""
    return np.array([record.expected[:, EXPECTED.index(column)].sum() for record in records])


def ratio(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """A ratio of sums and its standard error."""
    share = float(part.sum() / whole.sum())
    return share, float(np.std(part - share * whole, ddof=1) * len(whole) ** 0.5 / whole.sum())


def years_of_people(people: int, contagion: float, years: int) -> list[Record]:
    changes = {"structures.team.roles.seller.headcount": people, "people.turnover.contagion": contagion}
    return runs(load_text(ONLY_PEOPLE, overrides=changes), "team", years)


SOME = [(40, 6, 8)]
OTHERS = [pytest.param(*each, marks=pytest.mark.slow) for each in ((2, 2, 100), (10, 6, 32), (40, 2, 8))]


@pytest.mark.parametrize(("people", "contagion", "years"), [*SOME, *OTHERS])
def test_catching_makes_leavers_bunch_and_not_more(people: int, contagion: float, years: int) -> None:
    """At 2 and 6 a leaver brings a third and six tenths of another one, and as many fewer leave by themselves."""
    records = years_of_people(people, contagion, years)
    more, error = ratio(expected(records, "contagion"), expected(records, "stated"))
    assert error < 0.04
    assert abs(more) < 0.03 + 2 * error
    left = np.array([float((record.staff.reason > 0).sum()) for record in records])
    calm = np.array([float((record.staff.reason > 0).sum()) for record in years_of_people(people, 0, years)])
    assert left.var() > (1.15 if contagion == 2 else 1.6) * calm.var()


def test_one_person_catches_nothing() -> None:
    calm, catching = (np.concatenate([r.staff.end for r in years_of_people(1, strength, 5)]) for strength in (0, 6))
    assert np.array_equal(calm, catching, equal_nan=True)


def test_the_account_of_leavers_adds_up(ten: Scenario) -> None:
    """What was expected, with all that raises it, is what comes out but for luck: its mean is nothing."""
    harder = {"people.turnover.contagion": 4, "people.turnover.overload": 2, "people.turnover.notice": "0 h"}
    spike: dict[str, object] = {"at": "6 months", "attrition_spike": {"factor": 3, "lasts": "3 months"}}
    scenario = with_changes(ten.replace(of_roles(ten, "turnover_per_year", 1.5) | harder | SHORT), spike)
    records = runs(scenario, "universal", 8)
    left = np.array([float(((r.staff.reason > 0) & (r.staff.reason < 3)).sum()) for r in records])
    luck = left - sum(expected(records, column) for column in EXPECTED)
    assert abs(luck.mean()) < 2.5 * luck.std(ddof=1) / len(luck) ** 0.5
    parts = {column: expected(records, column).mean() for column in EXPECTED}
    assert parts["overload"] > 0.1
    assert parts["changes"] > 0.5
    assert parts["contagion"] > 0.1  # others raise the leavers, and contagion adds to it
    assert parts["earnings"] == 0  # nobody's pay depends on sales


def test_overload_as_usual_leaves_the_turnover_as_stated(ten: Scenario) -> None:
    alone = isolated(ten, "turnover", "recruiting", "response").replace(of_roles(ten, "turnover_per_year", 1) | SHORT)
    doses = [
        runs(alone.replace({"people.turnover.overload": 2, "people.turnover.usual_overload": usual}), "universal", 2)
        for usual in (0.9, 0.3, 0)
    ]
    assert rising([float(expected(dose, "overload").sum()) for dose in doses])
    off = runs(alone.replace({"people.turnover.overload": 0}), "universal", 2)
    assert not expected(off, "overload").any()


# --- laws from records -----------------------------------------------------------------------------------------------

FORMS: list[dict[str, object]] = [
    {"kind": "weibull"},
    {"kind": "lognormal", "cv": 1.2},
    {"kind": "lognormal", "cv": 1.2, "own_level": True, "mean": "14 months"},
    {"kind": "piecewise", "until": ["3 months", "1 year"], "hazards": [2, 0.5, 1]},
    {"kind": "table", "at": ["3 months", "6 months", "1 year", "2 years"], "stay": [0.8, 0.7, 0.55, 0.4]},
    {"kind": "table", "at": ["3 months", "1 year"], "stay": [0.8, 0.55], "own_level": True},
]


def renewals(law: TenureLaw, months: int) -> float:
    """Leavers expected of one position that is always filled, from a newcomer on: m = F + F' * m, in days."""
    gone = -np.expm1([-law.spent(24.0 * day) for day in range(round(months * MONTH / 24) + 1)])
    leave, found = np.diff(gone), np.zeros(len(gone))
    for day in range(1, len(gone)):
        found[day] = gone[day] + leave[:day] @ (found[day - 1 :: -1] + found[day:0:-1]) / 2
    return float(found[-1])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form['kind']}{'-own' * ('own_level' in form)}")
def test_people_stay_and_leave_as_the_law_says(form: dict[str, object]) -> None:
    """Survival of all who were hired early enough to be seen so long, and leavers against the renewal equation."""
    months, seats, years = 48, 40, 6
    changes = {
        "experiment.months": months,
        "people.tenure": 0,
        "people.recruiting.time": 0,
        "people.onboarding": {"training_days": 0, "probation": {"failure": 0}},
        "people.turnover.per_year": 0 if "own_level" in form else 0.8,
        "people.turnover.law": form,
        "structures.team.roles.seller.headcount": seats,
    }
    scenario = load_text(ONLY_PEOPLE, overrides=changes)
    law = tenures_of(scenario.people, scenario.structures["team"].roles["seller"])
    assert law is not None
    records = runs(scenario, "team", years)
    hired = np.concatenate([record.staff.hired for record in records])
    end = np.concatenate([np.where(r.staff.reason > 0, r.staff.end, np.inf) for r in records])
    for after in (6, 12, 24):
        seen = hired <= (months - after) * MONTH
        stayed = np.exp(-law.spent(after * MONTH))
        error = (stayed * (1 - stayed) / seen.sum()) ** 0.5
        assert (end - hired > after * MONTH)[seen].mean() == pytest.approx(stayed, abs=3 * error), after
    left = np.concatenate([np.bincount(r.staff.seat[r.staff.reason > 0], minlength=seats) for r in records])
    assert left.mean() == pytest.approx(renewals(law, months), abs=3 * left.std(ddof=1) / len(left) ** 0.5)


# --- newcomers -------------------------------------------------------------------------------------------------------


def test_training_takes_time_from_work(ten: Scenario) -> None:
    alone = isolated(ten, "turnover", "onboarding").replace(of_roles(ten, "turnover_per_year", 1.5))
    doses = [alone.replace({"people.onboarding.training_days": days}) for days in (0, 10, 40)]
    assert rising([mean(dose, lambda r: float(r.training.sum())) for dose in doses])
    assert rising([-mean(dose, lambda r: float(r.present.sum())) for dose in doses])


def test_a_trial_time_that_more_fail_makes_more_hires(ten: Scenario) -> None:
    """Turnover counts all kinds of leavers, so failing takes the place of quitting: hires hardly change, reasons do."""
    alone = isolated(ten, "turnover", "probation").replace(of_roles(ten, "turnover_per_year", 1.2))
    doses = [alone.replace({"people.onboarding.probation.failure": share}) for share in (0, 0.2, 0.5)]
    failed = [mean(dose, lambda r: float((r.staff.reason == 2).sum())) for dose in doses]
    assert failed[0] == 0
    assert rising(failed)


def test_a_narrow_role_ramps_sooner(ten: Scenario) -> None:
    """The article: specialists are found and trained sooner. It emerges from how often each activity is repeated."""
    universal = months_to_proficiency(ten, "universal")["universal"]
    assert all(
        months_to_proficiency(ten, "functional")[role] < 0.8 * universal for role in ("hunter", "closer", "farmer")
    )


def test_newcomers_who_learn_make_turnover_dearer(ten: Scenario) -> None:
    leaving = {"specialisation": 0.0, "none": 0.0}
    for name, keep in (("specialisation", ("specialisation",)), ("none", ())):
        alone = isolated(ten, "turnover", "response", *keep).replace(SHORT)
        calm, often = (alone.replace(of_roles(ten, "turnover_per_year", rate)) for rate in (0, 1.5))
        leaving[name] = 1 - mean(often, revenue) / mean(calm, revenue)
    assert leaving["specialisation"] > leaving["none"] + 0.02


# --- heads -----------------------------------------------------------------------------------------------------------


def test_the_narrower_the_span_the_less_is_sold(ten: Scenario) -> None:
    alone = isolated(ten, "coaching")
    paths = [f"structures.{name}.roles.head.leads.span" for name in ten.structures]
    doses = [alone.replace(dict.fromkeys(paths, span)) for span in (8, 4, 2)]
    assert rising([-mean(dose, revenue) for dose in doses])
    assert [runs(dose, "universal")[0].coached[0] for dose in doses] == pytest.approx([1, 0.5, 0.25])
    wide = alone.replace(dict.fromkeys(paths, 100))
    assert same(runs(wide, "universal")[0], runs(isolated(ten), "universal")[0])


def test_more_kinds_of_roles_load_the_head_more(ten: Scenario) -> None:
    alone = isolated(ten, "coaching")
    assert runs(alone, "functional")[0].head_load[0] > runs(alone, "universal")[0].head_load[0]


# --- administrators --------------------------------------------------------------------------------------------------


def test_an_administrator_frees_selling_time(ten: Scenario) -> None:
    alone = isolated(ten, "paperwork", "response")
    helped = alone.replace(
        {
            "structures.universal.roles.administrator": {"preset": "administrator", "headcount": 2},
            "structures.universal.roles.universal.activities": ["serve", "qualify", "sell", "upsell", "prospect"],
        }
    )
    by_seller = [
        mean(s, lambda r: float(r.busy[r.seat_role == r.roles.index("universal")][:, 6].sum())) for s in (alone, helped)
    ]
    assert by_seller[0] > 1000
    assert by_seller[1] == 0
    assert mean(helped, revenue) > mean(alone, revenue)


# --- changes ---------------------------------------------------------------------------------------------------------


def with_changes(scenario: Scenario, *changes: dict[str, object]) -> Scenario:
    return scenario.replace({"structures.universal.interventions": list(changes)})


def test_the_deeper_the_dip_the_less_is_sold_and_none_is_nothing(ten: Scenario) -> None:
    alone = isolated(ten, "response")
    doses = [
        with_changes(alone, {"at": "1 month", "dip": {"depth": depth, "recovery": "3 months"}})
        for depth in (0.1, 0.3, 0.6)
    ]
    assert rising([-mean(dose, revenue) for dose in doses])
    flat = with_changes(alone, {"at": "1 month", "dip": {"depth": 0, "recovery": "3 months"}})
    assert same(runs(flat, "universal")[0], runs(alone, "universal")[0])


def test_the_sharper_the_spike_the_more_leave(ten: Scenario) -> None:
    alone = isolated(ten, "turnover").replace(of_roles(ten, "turnover_per_year", 0.6))
    doses = [
        with_changes(alone, {"at": "1 month", "attrition_spike": {"factor": factor, "lasts": "6 months"}})
        for factor in (1, 3, 8)
    ]
    left = [mean(dose, lambda r: float((r.staff.reason == 1).sum())) for dose in doses]
    assert rising(left)
    assert left[0] == mean(alone, lambda r: float((r.staff.reason == 1).sum()))


def test_the_more_a_crm_is_used_the_less_time_papers_take(ten: Scenario) -> None:
    alone = isolated(ten, "paperwork")
    crm = {"midpoint": "0 h", "spread": "0 h", "failure": 0, "paperwork": 0.3, "answer": 0, "service": 0, "hand_off": 0}
    doses = [with_changes(alone, {"at": "0 h", "crm": crm | {"ceiling": use}}) for use in (0, 0.5, 1)]
    papers = [mean(dose, lambda r: float(r.busy[:, 6].sum() / r.repetitions[:, 6].sum())) for dose in doses]
    assert papers == pytest.approx([papers[0], 0.85 * papers[0], 0.7 * papers[0]], rel=0.02)
    assert same(runs(doses[0], "universal")[0], runs(alone, "universal")[0])


def test_a_change_that_sets_what_already_holds_changes_nothing(ten: Scenario) -> None:
    same_again = {"roles.universal.headcount": 8, "market.channels.site.leads_per_month": 120}
    alone = isolated(ten, "response", "hand_off")
    assert same(
        runs(with_changes(alone, {"at": "2 months", "set": same_again}), "universal")[0], runs(alone, "universal")[0]
    )


def test_a_change_of_the_market_adds_or_removes_leads_and_renumbers_nobody(ten: Scenario) -> None:
    day = 24.0 * 59
    for rate in (60, 240):
        change = {"at": "2026-03-01", "set": {"market.channels.site.leads_per_month": rate}}
        changed = ten.replace({"interventions": [change]})
        line = timeline(changed, "universal")
        specs = tuple((begin, s.market.channels["site"]) for begin, s in zip(line.begins, line.scenarios, strict=True))
        before, after = World(ten, 0).leads("site"), World(changed, 0).leads("site", specs)
        one = {before.uid(i): before.arrivals[i] for i in range(len(before))}
        other = {after.uid(i): after.arrivals[i] for i in range(len(after))}
        fewer, more = (one, other) if rate == 240 else (other, one)
        assert fewer.items() <= more.items()
        assert {uid for uid in more if uid not in fewer and more[uid] < day} == set()
        assert len(more) > 1.4 * len(fewer)


def test_any_other_change_leaves_the_world_as_it_was(ten: Scenario) -> None:
    change = {"at": "2026-03-01", "set": {"roles.universal.headcount": 5, "roles.universal.ownership": "team"}}
    changed = with_changes(ten, change)
    one, other = World(ten, 0), World(changed, 0)
    after, before = runs(changed, "universal")[0], runs(ten, "universal")[0]

    def arrived(record: Record) -> list[str]:
        return sorted(uid for uid, found in zip(record.leads.uid, record.leads.found, strict=True) if not found)

    assert arrived(after) == arrived(before)
    assert one.leads("site").arrivals == other.leads("site").arrivals
