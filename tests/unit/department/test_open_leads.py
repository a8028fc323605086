"""Open leads of the first day as a list has them: each is drawn given that it is still open at its age."""

import copy
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from simulation.analysis.identity import fingerprints
from simulation.analysis.valuation import start_value
from simulation.department import Record, simulate
from simulation.department.record import LOST, OPEN, WON
from simulation.expected import lead_value, mean_deal
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.validation.sense.changes import doubled
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.scripted import live, small, spans, worked
from tests.unit.department.test_clocks import CLOCKS, SLOW, P, Q, below, fate, stages
from tests.unit.department.test_processes import TWO as TWO_WAYS

LATE = stages(thinking_lost="30 h", silent=0.2, expires="100 h")
"""Half say yes after ten hours; of the others four in five say no after thirty, one never, to be closed after 100."""


def rows(*of: dict[str, Any]) -> dict[str, Any]:
    """Open leads of the site that wait to sign, unless a row says otherwise."""
    return {"market.initial": {"pipeline": [{"channel": "site", "stage": "sign"} | row for row in of]}}


# --- by hand ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "which", "told"),
    [
        # of those open after four hours 50 in 100 will say yes, 40 no, 10 nothing
        (4, 0.49, ("", 7)),
        (4, 0.51, ("declined", 26)),
        (4, 0.89, ("declined", 26)),
        (4, 0.91, ("expired", 96)),
        # after twelve every yes has been said: 40 in 50 will say no
        (12, 0.01, ("declined", 18)),
        (12, 0.81, ("expired", 88)),
        # after thirty nobody is left but the silent
        (40, 0.01, ("expired", 60)),
    ],
)
def test_a_lead_goes_on_as_those_who_are_still_open_at_its_age(age, which, told):
    record = live(small(LATE | rows({"age": f"{age} h"})), luck={"pipeline.which": which})
    assert fate(record)[0][:2] == told
    assert record.leads.initial.all()


@pytest.mark.parametrize(
    ("which", "told"),
    [(0.49, ("", 1)), (0.51, ("declined", 18)), (0.91, ("expired", 88))],
)
def test_who_answered_while_nobody_could_see_it_is_due(which, told):
    """Of age twelve, seen open at eight: the yes that came after ten waits for us, noes come as they would have."""
    record = live(small(LATE | rows({"age": "12 h", "unseen": "4 h"})), luck={"pipeline.which": which})
    assert fate(record)[0][:2] == told


def test_a_lead_that_nobody_ever_saw_is_as_new():
    record = live(small(LATE | rows({"age": "3 h", "unseen": "1 day"})), luck={"pipeline.which": 0.49})
    assert fate(record)[0][:2] == ("", 8)


def test_who_should_not_be_open_any_more_waits_for_us():
    record = live(small(stages() | rows({"age": "12 h"})), luck={"pipeline.which": 0.99})
    assert fate(record) == [("", 1, 2)]  # everybody has answered within ten hours


@pytest.mark.parametrize(
    ("age", "which", "told"),
    [
        (4, 0.5, ("", 7)),  # still thinking about the first stage
        # after ten hours the last one was worked on, and half were lost there: four in five say so after thirty
        (20, 0.79, ("declined", 20)),
        (20, 0.81, ("expired", 90)),
        (60, 0.01, ("expired", 50)),
        (105, 0.5, ("expired", 5)),
    ],
)
def test_what_the_last_stage_has_lost_and_nobody_knows_yet_is_among_those_who_stand_there(age, which, told):
    changes = stages() | rows({"age": f"{age} h"})
    remind = {"every": "40 h", "work": "1 h"}
    changes["market.stages"][1] |= {"conversion": 0.5, "thinking_lost": "30 h", "silent": 0.2, "expires": "100 h"}
    changes["market.stages"][1]["remind"] = remind
    record = live(small(changes), luck={"pipeline.which": which, "stage.sign.decision": 0.4})
    assert fate(record)[0][:2] == (told[0], pytest.approx(told[1]))
    if age == 60:
        assert spans(record) == [(pytest.approx(30), pytest.approx(31))]  # lost at ten: reminded at 50, and at 90


def test_a_list_of_nobody_is_an_empty_start():
    assert small(rows()).market.initial.rows == () and not len(live(small(rows())).leads.uid)


def test_at_the_first_stage_a_lead_is_due_whatever_its_age():
    record = live(
        small(LATE | rows({"stage": "talk", "age": "2 years", "count": 2})), luck={"stage.talk.decision": 0.4}
    )
    assert spans(record, "talk") == [(0, 1), (1, 2)]
    assert list(record.leads.uid) == ["site/pipeline/0", "site/pipeline/1"]


def test_the_silent_ask_for_the_reminders_still_due():
    changes = stages(silent=1, expires="100 h", remind={"every": "30 h", "work": "1 h"}) | rows({"age": "40 h"})
    record = live(small(changes), luck={"pipeline.which": 0.9})
    assert spans(record) == [(20, 21), (50, 51)]  # reminded at 30, again at 60 and 90
    assert fate(record)[0][:2] == ("expired", 60)


def test_an_amount_is_the_size_of_the_deal_and_touches_nobody_elses():
    changes = LATE | rows({"age": "4 h", "amount": 700}, {"age": "4 h"}, {"age": "4 h", "amount": 300})
    changes["interventions"] = [{"at": "2 h", "set": {"market.channels.site.quality": 0.1}}]  # tables are made anew
    scenario = small(
        changes, structures={name: {"roles": {"seller": {"headcount": 1, "activities": ["sell"]}}} for name in "ab"}
    )
    world = World(scenario, 0)
    for structure in "ab":
        record = simulate(scenario, structure, world)
        assert record.leads.size.tolist() == [700, 100, 300]


TWO = {"seller": {"headcount": 2, "activities": ["sell"], "ownership": "personal"}}


@pytest.mark.parametrize(
    ("owners", "who"),
    [
        (["seller-2", "seller-2"], ["seller-2", "seller-2"]),
        (["seller-1", "seller-2"], ["seller-1", "seller-2"]),
        (["seller", "seller"], ["seller-1", "seller-2"]),  # in turn
    ],
)
def test_an_open_lead_is_its_owners(owners, who):
    changes = stages() | rows(*({"age": "4 h", "owner": owner} for owner in owners))
    assert [row[0] for row in worked(live(small(changes, roles=TWO)))] == who


def test_an_owner_of_another_structure_is_nobody_here():
    structures = {"one": {"roles": TWO}, "two": {"roles": {"closer": TWO["seller"]}}}
    changes = stages() | rows({"age": "4 h", "owner": "closer-2"}, {"age": "4 h", "owner": "closer-2"})
    scenario = small(changes, structures=structures)
    assert {row[0] for row in worked(live(scenario, structure="one"))} == {"seller-1", "seller-2"}
    assert {row[0] for row in worked(live(scenario, structure="two"))} == {"closer-2"}


@pytest.mark.parametrize(("luck", "told"), [(0.2, ("hand_off", 0)), (0.4, ("", 21))])
def test_people_of_today_hand_over_what_they_do_no_longer(luck, told):
    """As customers: the seat keeps its leads, unless its role in the new structure does not do their next step."""
    structures = {
        "now": {"roles": {"seller": {"headcount": 2, "activities": ["sell"]}}},
        "then": {
            "roles": {
                "opener": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
                "closer": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign"]}]},
            }
        },
    }
    changes = stages() | rows({"age": "4 h", "owner": "seller-1"}, {"age": "4 h", "owner": "seller-2"})
    changes |= {"experiment.begin": "today", "experiment.today": "now"}
    changes |= {"hand_off.lead": {"loss": 0.3, "delay": "20 h", "extra_work": "0 h"}}
    scenario = small(changes, structures=structures)
    assert [why for why, *_ in fate(live(scenario, structure="now", luck={"moved": luck}))] == ["", ""]
    moved = fate(live(scenario, structure="then", luck={"moved.0": luck}))
    assert moved[1][:2] == ("", 7)  # the closer had it before
    assert moved[0][:2] == told


def test_sizes_that_nobody_sells_are_missed_from_the_stage_on_at_which_they_stand():
    def refused(stage: str) -> list[str]:
        least = {"activity": "sell", "stages": ["talk"], "deal_from": 50, "deal_below": 500}
        roles = {"seller": {"headcount": 1, "activities": [least, {"activity": "sell", "stages": ["sign"]}]}}
        try:
            small(stages() | rows({"age": "4 h", "amount": 700, "stage": stage}), roles=roles)
        except ScenarioError as error:
            return [str(problem) for problem in error.problems]
        return []

    assert refused("sign") == []
    (told,) = refused("talk")
    assert "'talk'" in told and "500" in told


def in_two_processes(*of: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(TWO_WAYS) | {"market.initial": {"pipeline": list(of)}}


def test_a_stage_says_which_process_a_lead_goes_through_and_so_what_it_asks_for():
    changes = in_two_processes(
        {"channel": "site", "process": "contracts", "stage": "signature", "age": "4 h", "count": 2},
        {"channel": "site", "stage": "service", "age": "4 h"},
    )
    changes["market.channels"]["site"]["products"] = {"lot": 5, "supply": 1}
    record = live(small(changes, {"seller": {"headcount": 3, "activities": ["qualify", "sell"]}}))
    assert record.leads.closed.tolist() == [7, 7, 0.5]  # six of ten hours of thinking are left, then an hour of work
    assert record.leads.size.tolist() == [900, 900, 100]


@pytest.mark.parametrize(
    ("row", "key", "near"),
    [
        ({"channel": "site", "stage": "service"}, "stage", "allowed: offer, signature"),
        ({"channel": "walk_in", "process": "counter", "stage": "offer"}, "stage", "allowed: service"),
        ({"channel": "site", "process": "contract", "stage": "offer"}, "process", "did you mean 'contracts'"),
        ({"channel": "walk_in", "process": "contracts", "stage": "service"}, "process", "allowed: counter"),
    ],
)
def test_a_stage_of_another_process_is_refused(row, key, near):
    with pytest.raises(ScenarioError) as caught:
        small(in_two_processes(row | {"age": "4 h"}), {"seller": {"headcount": 1, "activities": ["qualify", "sell"]}})
    (problem,) = caught.value.problems
    assert problem.path == f"market.initial.pipeline.0.{key}" and near in str(problem)


# --- against closed forms -----------------------------------------------------------------------------------------

AGES, MANY = (0.0, 30.0, 100.0, 190.0), 4000


def drawn_open(yes: Any, no: Any, expires: float) -> tuple[Scenario, Record]:
    """Many leads of each age, at a stage with two clocks, which everybody works on at once."""
    late = {"thinking": yes, "thinking_lost": no, "silent": Q, "conversion": P, "work": "0 h"}
    late["expires"] = "never" if expires == inf else f"{expires} h"
    changes = {"market.stages": [{"name": "talk", **late}, {"name": "sign", "work": "0 h"}], "experiment.months": 12}
    scenario = small(changes | rows(*({"age": f"{age} h", "count": MANY} for age in AGES)))
    return scenario, simulate(scenario, "plain", World(scenario, 0))


@pytest.mark.parametrize(("yes", "no", "expires"), CLOCKS)
def test_outcomes_and_times_are_those_of_a_mixture_of_two_clocks_given_open(yes, no, expires):
    _, record = drawn_open(yes, no, expires)
    leads = record.leads
    for number, age in enumerate(AGES):
        mine = slice(number * MANY, (number + 1) * MANY)
        closed, won = leads.closed[mine], leads.state[mine] == WON
        there = P * (1 - below(yes, age)) + (1 - P) * (Q + (1 - Q) * (1 - below(no, age)))
        for later in (10.0, 60.0, 105.0, 400.0, 4000.0):
            upto = min(age + later, expires)
            chances = {
                "won": P * (below(yes, upto) - below(yes, age)) / there,
                "no": (1 - P) * (1 - Q) * (below(no, upto) - below(no, age)) / there,
            }
            found = {"won": won & (closed <= later), "no": ~won & (closed <= later) & (closed < expires - age)}
            for kind, chance in chances.items():
                error = 4 * (chance * (1 - chance) / MANY) ** 0.5
                assert found[kind].mean() == pytest.approx(chance, abs=error + 1e-9), (age, later, kind)
        if expires < inf:
            assert (leads.state[mine] != OPEN).all() and closed.max() == pytest.approx(expires - age)


def test_the_value_at_the_start_is_that_of_leads_that_are_still_open():
    late = stages(thinking={"exponential": "150 h"}, thinking_lost={"exponential": "60 h"}, silent=Q, conversion=P)
    late["market.stages"][1]["conversion"] = 0.6
    listed = rows({"age": "100 h", "count": 3}, {"age": "0 h", "amount": 40}, {"stage": "talk", "age": "9 h"})
    scenario = small(late | listed)
    margin, yes = 0.5 * 0.6, P * np.exp(-100 / 150)
    goes_on = yes / (yes + (1 - P) * (Q + (1 - Q) * np.exp(-100 / 60)))
    first, then = lead_value(scenario) / mean_deal(scenario.market, "site", "thing")
    assert (first, then) == pytest.approx((margin * P, margin))
    # a new one at the second stage is one in P of those who come out of the first
    assert start_value(scenario) == pytest.approx(3 * 100 * margin * goes_on + 40 * margin * P + 100 * margin * P)
    twice = doubled(scenario)
    assert start_value(twice) == pytest.approx(2 * start_value(scenario))


ENDS = {"conversion": 0.6, "thinking_lost": {"exponential": "500 h"}, "silent": 0.3, "expires": "1500 h"}


@pytest.mark.parametrize("end", [{}, ENDS])
def test_a_steady_department_begun_with_its_own_open_leads_wins_as_many_in_each_of_the_first_weeks_as_later(end):
    rate, weeks, years = 2000.0, 12, 3
    quick, roles = {"work": "1 min"}, {"seller": {"headcount": 8, "activities": ["sell"]}}
    changes = stages(**SLOW, **quick) | {"market.channels.site.leads_per_month": rate}
    changes["market.stages"][1] |= quick | end
    long = small(changes | {"experiment.months": 7}, roles=roles)
    before = simulate(long, "plain", World(long, 0))
    ages = before.end - before.leads.entered[:, 2]  # since they came to the second stage
    there = (before.leads.state == OPEN) & (ages < (4000 if end else 2500))
    waiting = (before.leads.state == OPEN) & np.isnan(ages)
    listed = [{"age": f"{age:.3f} h"} for age in ages[there]] + [{"stage": "talk", "age": "1 h"}] * int(waiting.sum())
    scenario = small(changes | {"experiment.months": 3} | rows(*listed), roles=roles)
    won, lost = np.zeros(weeks), np.zeros(weeks)
    for replication in range(1, years + 1):
        leads = simulate(scenario, "plain", World(scenario, replication)).leads
        for counts, state in ((won, WON), (lost, LOST)):
            counts += np.histogram(leads.closed[leads.state == state], weeks, (0, 168 * weeks))[0] / years
    expected = rate * 168 / 730.5 * 0.5 * long.market.stages[0].in_time * end.get("conversion", 1)
    # the list is one draw of a steady department: its own chance does not shrink with the years
    assert won == pytest.approx(np.full(weeks, expected), abs=4 * (expected * (1 + 1 / years)) ** 0.5)
    gone = rate * 168 / 730.5 - expected
    assert lost == pytest.approx(np.full(weeks, gone), abs=4 * (gone * (1 + 1 / years)) ** 0.5)


# --- the file -----------------------------------------------------------------------------------------------------

TABLE = "channel,stage,age,amount,owner,count\nsite,sign,4 h,,seller,2\nsite,talk,0 h,500,,\n"


def in_files(folder: Path, table: str | None, file: Any = "open.csv") -> Path:
    scenario = small(LATE, roles=TWO)
    tree = scenario.provenance.tree.plain
    tree["market"]["initial"] = {"pipeline": {"file": file} if isinstance(file, str) else file}
    if file == "plain":
        tree["market"]["initial"] = {"pipeline": "open.csv"}
    if table is not None:
        (folder / "open.csv").write_text(table, encoding="utf-8")
    (folder / "mine.yaml").write_text(yaml.dump(tree, sort_keys=False), encoding="utf-8")
    return folder / "mine.yaml"


def test_a_file_is_read_as_the_same_list_and_a_year_depends_on_what_it_holds(tmp_path: Path) -> None:
    scenario = load(in_files(tmp_path, TABLE))
    listed = rows({"age": "4 h", "owner": "seller", "count": 2}, {"stage": "talk", "age": "0 h", "amount": 500})
    same = small(LATE | listed, roles=TWO)
    assert scenario.market.initial.rows == same.market.initial.rows
    assert scenario.replace({"market.initial.channel": "site"}).market.initial.rows == same.market.initial.rows
    key = fingerprints(scenario, ["plain"])
    assert key == fingerprints(same, ["plain"])
    assert key != fingerprints(load(in_files(tmp_path, TABLE.replace("500", "501"))), ["plain"])
    assert load(tmp_path / "mine.yaml", {"market.initial.pipeline": 7}).market.initial.pipeline == 7


def header(old: str, new: str) -> Callable[[str], str]:
    return lambda table: table.replace(old, new)


@pytest.mark.parametrize(
    ("change", "line", "path", "said", "near"),
    [
        (header("sign,4 h", "sing,4 h"), 2, "0.stage", "no stage 'sing'", "sign"),
        (header("site,talk", "sight,talk"), 3, "1.channel", "no channel 'sight'", "site"),
        (header("seller", "sellr"), 2, "0.owner", "no structure has a role or a seat 'sellr'", "seller"),
        (header("seller", "seller-3"), 2, "0.owner", "no structure has a role or a seat 'seller-3'", "seller-2"),
        (header("4 h", "100 h"), 2, "0.age", "after 'talk'", ""),
        (header("4 h", "-4 h"), 2, "0.age", "negative", ""),
        (header("4 h", "4"), 2, "0.age", "unit", ""),
        (header("500", "0"), 3, "1.amount", "0 is out of range", ""),
        (header("500", "-5"), 3, "1.amount", "negative", ""),
        (header("seller,2", "seller,0"), 2, "0.count", "0 is out of range", ""),
        (header("seller,2", "seller,1.5"), 2, "0.count", "1.5", ""),
        (header("sign,4 h", ",4 h"), 2, "0.stage", "the key `stage` is missing", ""),
        (header("channel,stage,age", "channel,stage,aeg"), 1, "", "'aeg'", "age"),
        (header("amount", "size"), 1, "", "'size'", ""),
        (lambda table: "channel,stage\nsite,sign\n", 1, "", "no column 'age'", ""),
    ],
)  # fmt: skip
def test_a_list_that_does_not_fit_is_refused_with_the_line_of_its_row(
    tmp_path: Path, change: Callable[[str], str], line: int, path: str, said: str, near: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(in_files(tmp_path, change(TABLE)))
    (problem,) = caught.value.problems
    where = "market.initial.pipeline" + (f".{path}" if path else "")
    assert (problem.file, problem.line, problem.path) == (str(tmp_path / "open.csv"), line, where)
    assert said in str(problem) and problem.suggestion == near
    assert problem.allowed


def test_of_a_column_that_is_wrong_in_every_row_the_first_few_are_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(in_files(tmp_path, TABLE + "site,sign,4,,,\n" * 500))
    assert [problem.line for problem in caught.value.problems] == list(range(4, 24))


@pytest.mark.parametrize(
    ("file", "path", "said", "near"),
    [
        ("opn.csv", ".file", "no such file", "open.csv"),
        ("", ".file", "not the name of a file", ""),
        ({"fil": "open.csv"}, ".fil", "unknown key `fil`", "file"),
        ({"file": 3}, ".file", "3 is not the name of a file", ""),
        ({}, ".file", "not the name of a file", ""),
        (-1, "", "-1", ""),
        ("plain", "", "'open.csv' is not allowed here", "{file: open.csv}"),
        ("open.csv", "", "", ""),
    ],
)
def test_a_file_that_is_not_there_is_refused_where_it_is_named(tmp_path, file, path, said, near):
    written = in_files(tmp_path, TABLE, file)
    if not said:
        assert load(written).market.initial.rows
        return
    with pytest.raises(ScenarioError) as caught:
        load(written)
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == (str(written), f"market.initial.pipeline{path}")
    assert problem.line is not None and said in str(problem) and problem.suggestion.endswith(near)


# --- several processes ----------------------------------------------------------------------------------------------


def test_a_listed_lead_asks_for_what_its_process_sells_and_is_at_the_stage_that_its_channel_comes_to() -> None:
    path = Path(__file__).parents[3] / "scenarios" / "counter_and_contracts.yaml"
    listed = [
        {"channel": "site", "stage": "offer", "age": "3 days", "count": 4, "owner": "universal-2"},
        {"channel": "walk_in", "stage": "service", "age": "1 h"},
    ]
    mixed = {"site": {"small_lot": 1, "supply": 1}}
    few = {"market.channels.site.products": mixed["site"], "market.initial.pipeline": listed, "experiment.months": 1}
    scenario = load(path, overrides=few)
    record = simulate(scenario, "universal", World(scenario, 0))
    there = record.leads.initial
    assert [record.products[n] for n in record.leads.product[there]] == ["supply"] * 4 + ["small_lot"]
    steps = [stage.name for stage in scenario.market.sale]
    assert (record.leads.stage[there][:4] >= steps.index("offer")).all()
    assert start_value(scenario) > start_value(load(path, overrides=few | {"market.initial.pipeline": 0}))
    with pytest.raises(ScenarioError, match="service"):
        load(
            path,
            overrides=few | {"market.initial.pipeline": [listed[0] | {"channel": "exhibition", "stage": "service"}]},
        )
