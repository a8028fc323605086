"""Each shipped scenario gives what it gave before, to nine digits, until the golden results are renewed."""

import math

import pytest
import yaml

import simulation
from tests.golden.renew import GOLDEN, MEASURES, SCENARIOS, differences, kept, results, same, shipped, written

RENEW = "if that is meant, renew with: python -m tests.golden.renew"


LARGE = {"large_department"}
"""A quarter of the work of all, which is compared where there is time; tests/scenarios runs it for some months."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in LARGE else name for name in shipped()]
)
def test_a_shipped_scenario_gives_its_golden_result(name: str) -> None:
    golden = kept(name)
    assert golden, f"no golden result is kept for {name}; {RENEW} {name}"
    changes = differences(golden, results(name))
    assert not changes, "\n".join([*changes, RENEW])


def test_every_golden_result_belongs_to_a_shipped_scenario() -> None:
    assert {path.stem for path in GOLDEN.glob("*.yaml")} == set(shipped())


NOBODY_SELLS = {("run_off", "all_stay"), ("run_off", "three_stay")}


@pytest.mark.parametrize("name", shipped())
def test_a_golden_result_holds_plausible_measures_of_every_structure(name: str) -> None:
    golden = kept(name)
    assert list(golden["structures"]) == list(simulation.load(SCENARIOS / f"{name}.yaml").structures)
    for structure, means in golden["structures"].items():
        assert tuple(means) == MEASURES
        assert means["leads"] > 0 and means["revenue"] > 0
        assert (means["deals"] > 0) == ((name, structure) not in NOBODY_SELLS)
        assert 0 < means["utilisation"] < 1 + 1e-9


def test_a_golden_file_is_read_back_to_the_last_bit() -> None:
    structures = {"one": {"profit": 1 / 3, "cycle_days": math.nan, "leads": 1e22}}
    result = {
        "model_version": "1",
        "seed": 1,
        "replications": 2,
        "months": 12,
        "structures": structures,
    }
    again = yaml.safe_load(written("any", result))
    assert again["structures"]["one"]["profit"] == 1 / 3
    assert not differences(result, again)


def test_a_difference_in_the_eighth_digit_is_seen_and_one_in_the_eleventh_is_not() -> None:
    assert same(100.0, 100.0 * (1 + 1e-11))
    assert not same(100.0, 100.0 * (1 + 1e-8))
    assert not same(math.nan, 1.0)


def test_differences_name_the_structure_and_the_measure() -> None:
    head = {"model_version": "1", "seed": 1, "replications": 2, "months": 12}
    before = {**head, "structures": {"a": {"profit": 1.0}, "b": {"profit": 1.0}}}
    now = {**head, "model_version": "2", "structures": {"a": {"profit": 2.0}, "c": {"profit": 1.0}}}
    assert differences(before, now) == [
        "model_version: 1 -> 2",
        "b: gone",
        "c: new",
        "a.profit: 1.0 -> 2.0",
    ]
    assert differences({}, now)[0] == "model_version: None -> 2"
