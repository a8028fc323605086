"""Who does which stages today, by the owners along the stages and the roles of the list of staff."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.calibration.adapt import estimated
from simulation.calibration.assemble import Judged, assemble
from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import division
from simulation.calibration.exporting import records_of
from simulation.calibration.pilot import loaded
from simulation.calibration.records import Records, table
from simulation.expected import workload
from simulation.texts import texts

DRAWS = Resampling(draws=30)
FOLDER = Path(__file__).parents[3] / "scenarios"


@cache
def year() -> Records:
    """A year of hunters, closers and farmers."""
    return records_of(simulation.load(FOLDER / "department_of_ten.yaml"), "functional")


def with_owners(records: Records, owner: np.ndarray) -> Records:
    return replace(records, entries=records.entries.assign(owner=np.asarray(owner, np.int64)))


def test_roles_are_found_with_the_stages_that_their_people_do() -> None:
    found = division.estimate(year(), DRAWS)
    hunter, closer, farmer = found.model.roles
    assert (hunter.name, hunter.stages) == ("hunter", ("qualification",)) and hunter.prospects
    assert (closer.name, closer.stages) == ("closer", year().stages[1:]) and not closer.prospects
    assert (farmer.name, farmer.stages, farmer.serves) == ("farmer", (), True)
    share = found.figures["share.closer.needs"]
    assert share.value == 1 and share.cases > 100 and share.draws is not None
    said = " ".join(found.notes)
    assert "hunter – qualification" in said and "head and system_administrator" in said
    assert "hunter – qualification" in texts("ru").again(found.notes[0])


def test_a_stage_that_two_roles_share_is_done_by_both_and_a_deputy_does_not_make_a_role() -> None:
    """A third of a stage's entries are the closers', then a twentieth: within the error of counting."""
    rng = np.random.default_rng(3)
    entries = year().entries
    role = dict(year().staff.drop_duplicates("person", keep="last")[["person", "role"]].itertuples(index=False))
    people = {
        name: np.array([p for p, r in role.items() if r == name and p in set(entries["owner"])])
        for name in ("hunter", "closer")
    }
    for part, both in ((0.33, True), (0.05, False)):
        taken = (entries["stage"] == "qualification") & (rng.random(len(entries)) < part) & (entries["owner"] >= 0)
        owner = np.where(taken, rng.choice(people["closer"], len(entries)), entries["owner"])
        found = division.estimate(with_owners(year(), owner), DRAWS)
        closer = next(each for each in found.model.roles if each.name == "closer")
        assert ("qualification" in closer.stages) is both
        figure = found.figures["share.closer.qualification"]
        error = np.sqrt(part * (1 - part) / figure.cases)
        assert figure.value == pytest.approx(part, abs=4 * error)
        assert figure.draws.std() == pytest.approx(error, rel=0.8)


def test_where_the_owner_is_that_of_the_whole_deal_it_says_that_roles_cannot_be_told() -> None:
    """The last owner at each row: closers then seem to do the first stage of every deal that they have had."""
    entries = year().entries
    last = entries[entries["owner"] >= 0].groupby("deal")["owner"].last()
    found = division.estimate(with_owners(year(), entries["deal"].map(last).fillna(-1).to_numpy()), DRAWS)
    assert found.model is None and "keeps one owner" in found.notes[0] and "hunter" in found.notes[0]


def test_without_owners_or_without_roles_or_with_one_role_everybody_does_everything() -> None:
    none = division.estimate(with_owners(year(), np.full(len(year().entries), -1)), DRAWS)
    assert none.model is None and "does not name who had a deal" in none.notes[0]
    plain = replace(year(), staff=table("staff", {"person": year().staff["person"], "role": [""] * len(year().staff)}))
    assert division.estimate(plain, DRAWS).notes == ()
    rng = np.random.default_rng(1)
    owner = np.where(
        year().entries["owner"] >= 0, rng.choice(year().entries["owner"].unique()[1:], len(year().entries)), -1
    )
    mixed = division.estimate(with_owners(year(), owner), DRAWS)
    assert mixed.model is None and "does all stages" in mixed.notes[0] and mixed.figures


def test_the_scenario_has_the_present_structure_beside_universals_and_stages_with_one_payroll() -> None:
    facts = estimated(year(), DRAWS).facts()
    scenario = assemble(facts, Judged(pay=60_000)).scenario()
    assert list(scenario.structures) == ["now", "universal", "functional"]
    now = scenario.structures["now"].roles
    assert [each.headcount for each in now.values()] == [2, 3, 3]
    assert now["hunter"].activities[0].stages == ("qualification",)
    assert now["closer"].activities[0].stages == (*year().stages[1:], "signing")
    assert {each.activity for each in now["farmer"].activities} >= {"serve", "collect", "upsell"}
    payrolls = {
        sum(role.headcount * role.pay.base for role in each.roles.values()) for each in scenario.structures.values()
    }
    assert payrolls == {8 * 60_000}
    found = simulation.compare(scenario, replications=2, months=1, jobs=1)
    assert found.runs.finished == 2
    unlogged = replace(facts, stages=tuple(replace(each, work=None) for each in facts.stages))
    roles = workload(loaded(unlogged, Judged(), 0.5), "now").roles.values()
    assert sum(each.demand for each in roles) / sum(each.capacity for each in roles) == pytest.approx(0.5, abs=0.05)


def test_a_role_in_the_records_language_is_kept_as_it_is_called() -> None:
    words = {"hunter": "Лидогенератор", "closer": "Продавец (ведущий)", "farmer": "Менеджер сопровождения"}
    staff = year().staff.assign(role=year().staff["role"].map(lambda each: words.get(each, each)))
    work = table("activities")  # without a log the name alone says who looks after customers
    facts = estimated(replace(year(), staff=staff, activities=work, calls=table("calls")), DRAWS).facts()
    assert [each.name for each in facts.people.present] == list(words.values())
    text = assemble(facts).text("ru", files=False)
    assert "Как работают сейчас" in text
    scenario = assemble(facts).scenario()
    roles = scenario.structures["now"].roles
    assert list(roles) == ["Лидогенератор", "Продавец ведущий", "Менеджер сопровождения"]
    assert roles["Продавец ведущий"].title == "Продавец (ведущий)"
    assert any(each.activity == "serve" for each in roles["Менеджер сопровождения"].activities)
    assert isinstance(facts.people.present[2].heads.value, float) and not pd.isna(facts.people.present[2].heads.value)
