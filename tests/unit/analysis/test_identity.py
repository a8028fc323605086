"""What a replication depends on, and what it does not: equal fingerprints must mean equal years."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from simulation.analysis.executor import played
from simulation.analysis.identity import fingerprints
from simulation.analysis.runs import Run
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.written.laws import PARAMETERS, Distribution
from tests import records
from tests.unit.store.shelves import same

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(set((ROOT / "scenarios").glob("*.yaml")) - {ROOT / "scenarios" / "large_department.yaml"})
# a year of 120 sellers takes ten seconds and depends on nothing else
ABOUT_RESULTS = {"title", "description", "locale", "history", "search"}
EXPERIMENT = {"seed", "replications", "measure", "baseline", "level"}


def shipped(name: str) -> Scenario:
    return load(ROOT / "scenarios" / f"{name}.yaml")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every single value with the way to it; nothing (null) and what is empty are values too."""
    inner = vars(value) if isinstance(value, BaseModel) else value
    if isinstance(value, Distribution):
        inner = {name: each for name, each in vars(value).items() if name in ("mean", *PARAMETERS[value.law])}
        if value.law not in ("constant", "exponential") and "mean" not in PARAMETERS[value.law]:
            del inner["mean"]  # it follows from the others
    if isinstance(inner, dict) and inner:
        for key, each in inner.items():
            yield from leaves(each, (*path, key))
    elif isinstance(inner, (list, tuple)) and inner:
        for place, each in enumerate(inner):
            yield from leaves(each, (*path, place))
    else:
        yield path, value


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with one value replaced, unchecked: a fingerprint does not ask what makes sense."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(value, BaseModel):
        return value.model_copy(update={key: changed(getattr(value, key), rest, new)})
    if isinstance(value, dict):
        return {k: changed(each, rest, new) if k == key else each for k, each in value.items()}
    return type(value)(changed(each, rest, new) if n == key else each for n, each in enumerate(value))


def other(value: Any) -> Any:
    """Another value of the same kind, as near as a number can be."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value * (1 + 2**-50) if value else 5e-324
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, str):
        return f"{value}x"
    return 1.5 if value is None else value  # nothing where something might be; what is empty stays


def matters(scenario: Scenario, path: tuple[Any, ...], structure: str) -> bool:
    """Whether a run of the structure reads what stands there."""
    if path[0] in ABOUT_RESULTS or (path[0] == "experiment" and path[1] in EXPERIMENT):
        return False
    if path[0] != "structures":
        return True
    if path[1] == scenario.experiment.today and scenario.experiment.begin == "today":
        return path[2] != "title"
    return path[1] == structure and path[2] != "title"


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # the other value need not be allowed there
@pytest.mark.parametrize(("name", "structure"), [("department_of_ten", "functional"), ("reorganisation", "one_a_week")])
def test_every_value_that_a_run_reads_is_in_the_fingerprint_and_no_other(name: str, structure: str) -> None:
    scenario = shipped(name)
    before = fingerprints(scenario, [structure])[structure]
    wrong, seen = [], 0
    for path, value in leaves(scenario):
        new = other(value)
        if (type(new) is type(value) and new == value) or path == ("experiment", "today"):  # that names a structure
            continue
        seen += 1
        after = fingerprints(changed(scenario, path, new), [structure])[structure]
        if (after != before) != matters(scenario, path, structure):
            wrong.append(path)
    assert wrong == []
    assert seen > 500


def test_what_speaks_about_results_is_not_in_the_fingerprint() -> None:
    scenario = records.scenario(
        {
            "structures.other": {
                "roles": {"seller": {"headcount": 2, "activities": ["qualify", "sell", "serve", "prospect"]}}
            },
            "history": {"revenue": 1000},
        }
    )
    before = fingerprints(scenario, ["pair"])
    for path, value in [
        (("title",), "Another"),
        (("description",), "Another"),
        (("locale",), "ru"),
        (("history",), None),
        (("experiment", "seed"), 99),
        (("experiment", "replications"), 7),
        (("experiment", "measure"), "revenue"),
        (("experiment", "baseline"), "other"),
        (("experiment", "level"), 0.9),
        (("structures", "pair", "title"), "Another"),
        (("structures",), {"pair": scenario.structures["pair"]}),
        (("structures",), {"other": scenario.structures["other"], "pair": scenario.structures["pair"]}),
    ]:
        assert fingerprints(changed(scenario, path, value), ["pair"]) == before, path


def test_a_structure_may_be_called_as_it_likes() -> None:
    scenario = shipped("department_of_ten")
    renamed = scenario.model_copy(update={"structures": {"x": scenario.structures["functional"]}})
    assert fingerprints(renamed, ["x"])["x"] == fingerprints(scenario, ["functional"])["functional"]
    (one,) = year(renamed, ("x",))
    (two,) = year(scenario, ("functional",))
    assert same(replace(one, structure="functional"), two)


def test_the_order_of_roles_is_in_the_fingerprint() -> None:
    scenario = shipped("department_of_ten")
    roles = scenario.structures["functional"].roles
    turned = changed(scenario, ("structures", "functional", "roles"), dict(reversed(roles.items())))
    assert fingerprints(turned, ["functional"]) != fingerprints(scenario, ["functional"])


TODAY = "experiment: {start: 2026-01-01, months: 12, replications: 4, seed: 1, begin: today, today: pair}"


def begun_today(today: str = "pair") -> Scenario:
    text = records.BASE.replace(
        "experiment: {start: 2026-01-01, months: 12, replications: 4, seed: 1}", TODAY.replace("today: pair", today)
    )
    assert "begin: today" in text
    return load_text(
        text + "  other:\n    roles:\n      seller: {headcount: 3, activities: [qualify, sell, serve, prospect]}\n",
        "hand-made.yaml",
    )


def test_where_people_come_from_today_is_in_the_fingerprint_of_every_structure() -> None:
    scenario = begun_today("today: pair")
    before = fingerprints(scenario, ["pair", "other"])
    seller = ("structures", "pair", "roles", "seller", "headcount")
    more = fingerprints(changed(scenario, seller, 9), ["pair", "other"])
    assert all(more[name] != before[name] for name in before)
    elsewhere = fingerprints(changed(scenario, ("experiment", "today"), "other"), ["pair", "other"])
    assert all(elsewhere[name] != before[name] for name in before)
    first = fingerprints(changed(scenario, ("experiment", "today"), ""), ["pair", "other"])
    assert first == before  # the first one, which is `pair`
    assert before["pair"] != before["other"]
    alone = ("structures", "other", "roles", "seller", "headcount")
    assert fingerprints(changed(scenario, alone, 9), ["pair"])["pair"] == before["pair"]


CHANGE = {"at": "2 months", "set": {"roles.seller.pay.base": 200}}


def test_interventions_are_in_the_fingerprint() -> None:
    plain, with_change = records.scenario(), records.scenario({"structures.pair.interventions": [CHANGE]})
    for_all = records.scenario({"interventions": [{"at": "2 months", "set": {"hand_off.lead.loss": "10 %"}}]})
    later = records.scenario({"interventions": [{"at": "3 months", "set": {"hand_off.lead.loss": "10 %"}}]})
    prints = [fingerprints(each, ["pair"])["pair"] for each in (plain, with_change, for_all, later)]
    assert len(set(prints)) == 4


@pytest.mark.parametrize("own", [True, False], ids=["of the structure", "of the scenario"])
def test_two_structures_that_look_alike_are_kept_apart_where_a_change_may_name_one(own: bool) -> None:
    change = {"at": "2 months", "set": {"structures.pair.roles.seller.pay.base": 200}}
    scenario = records.scenario({"interventions": [change]})
    pair = scenario.structures["pair"]
    if own:
        pair = pair.model_copy(update={"interventions": scenario.interventions})
        scenario = scenario.model_copy(update={"interventions": ()})
    twins = scenario.model_copy(update={"structures": {"pair": pair, "twin": pair}})
    found = fingerprints(twins, ["pair", "twin"])
    assert found["pair"] != found["twin"]


def test_an_unknown_structure_is_refused() -> None:
    with pytest.raises(KeyError, match="there is no structure .*; allowed: pair"):
        fingerprints(records.scenario(), ["nonsense"])


def test_a_fingerprint_stays_after_the_way_to_a_worker() -> None:
    scenario = shipped("department_of_ten")
    again = pickle.loads(pickle.dumps(scenario))
    assert again is not scenario
    assert fingerprints(again, again.structures) == fingerprints(scenario, scenario.structures)


def year(scenario: Scenario, names: tuple[str, ...]) -> list[Run]:
    made = played(scenario, names, 0, False)
    assert isinstance(made, list), made
    return made


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_structures_with_equal_fingerprints_have_the_same_year_beside_whatever_others(file: Path) -> None:
    scenario = load(file)
    months = min(scenario.experiment.months, 3)
    scenario = changed(scenario, ("experiment", "months"), months)
    names = tuple(scenario.structures)[-2:]
    today = scenario.experiment.today or next(iter(scenario.structures))
    needed = {names[-1], today} if scenario.experiment.begin == "today" else {names[-1]}
    alone = changed(scenario, ("structures",), {name: scenario.structures[name] for name in sorted(needed)})
    alone = changed(alone, ("experiment", "today"), today if len(needed) > 1 else "")
    alone = changed(alone, ("title",), "Another")
    alone = changed(alone, ("locale",), "ru")
    alone = changed(alone, ("history",), None)
    assert fingerprints(alone, names[-1:]) == fingerprints(scenario, names[-1:])
    beside = year(scenario, names)[-1]
    assert same(year(alone, names[-1:])[0], beside)


def test_of_the_history_a_run_depends_on_its_days_alone() -> None:
    scenario = shipped("department_of_ten")
    days = {"from": "2026-03", "to": "2026-04", "deals": 5}
    (plain,), (spring,), (more,) = (
        fingerprints(scenario.replace({"history": history}), ["functional"]).values()
        for history in ({"deals": 5}, days, days | {"lost": 9})
    )
    (summer,) = fingerprints(scenario.replace({"history": days | {"to": "2026-05"}}), ["functional"]).values()
    assert plain == fingerprints(scenario, ["functional"])["functional"]
    assert spring == more and len({plain, spring, summer}) == 3
