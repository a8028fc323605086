"""What `optimise` may try stands in the scenario and is checked when it is loaded."""

from pathlib import Path

import pytest

from simulation.analysis.identity import fingerprints
from simulation.scenario.describe import resolved
from simulation.sense.loader import load, load_text
from simulation.written.errors import ScenarioError
from tests.unit.scenario.examples import SMALL


def searched(text: str) -> str:
    """The small scenario with a search of its structure."""
    return f"{SMALL}\nsearch:\n{text}"


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        load_text(searched(text), "s.yaml")
    return [str(problem) for problem in error.value.problems]


OPTIONS = """\
  universal:
    roles: {manager: [1, 4]}
    alternatives:
      - title: Cover
        options:
          - {title: nobody}
          - {title: half, set: {roles.manager.cover: 50 %}}
"""


def test_a_search_says_ranges_and_alternatives() -> None:
    search = load_text(searched(OPTIONS)).search["universal"]
    assert search.roles == {"manager": (1, 4)}
    assert [option.title for option in search.alternatives[0].options] == ["nobody", "half"]


def test_without_a_block_there_is_none() -> None:
    assert load_text(SMALL).search == {}


def test_a_search_changes_no_run() -> None:
    bare, with_search = load_text(SMALL), load_text(searched(OPTIONS))
    assert fingerprints(bare, ["universal"]) == fingerprints(with_search, ["universal"])


def test_a_resolved_search_can_be_loaded_again() -> None:
    scenario = load_text(searched(OPTIONS))
    assert "search" in resolved(scenario)
    assert scenario.replace({"experiment.seed": 5}).search == scenario.search


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  univrsal: {}\n", "there is no structure 'univrsal'; allowed: universal; did you mean 'universal'?"),
        ("  universal: {roles: {manger: [1, 2]}}\n", "did you mean 'manager'?"),
        ("  universal: {roles: {manager: [3, 1]}}\n", "the least headcount 3 is above the most, 1"),
        ("  universal: {roles: {manager: [3]}}\n", "too few or too many values (1 given)"),
        ("  universal: {rols: {}}\n", "unknown key `rols`"),
        (
            OPTIONS.replace("roles.manager.cover: 50 %", "roles.manager.cuver: 50 %"),
            "search.universal.alternatives.0.options.1.set.roles.manager.cuver: unknown key `cuver`",
        ),
        (OPTIONS.replace("50 %", "half"), "'half' is not a number"),
        (
            OPTIONS.replace("roles.manager.cover: 50 %", "roles.manager.headcount: 3"),
            "the search counts this role itself",
        ),
        (OPTIONS.replace("title: half", "title: nobody"), "two options have the same title"),
        (
            OPTIONS.replace("roles.manager.cover: 50 %", "roles.manager.activities: [serve]"),
            "with this option `structures.universal.roles` is wrong",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(text: str, said: str) -> None:
    found = problems(text)
    assert any(said in each for each in found), found
    assert all(each.startswith("s.yaml:") for each in found)


def test_an_option_may_bring_a_role() -> None:
    text = OPTIONS.replace("roles.manager.cover: 50 %", "roles.administrator: {preset: administrator, headcount: 1}")
    assert load_text(searched(text)).search["universal"].alternatives


def test_a_search_of_a_structure_that_an_extending_file_removes_goes_with_it(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(searched(OPTIONS), encoding="utf-8")
    child = "extends: base.yaml\nstructures:\n  universal: null\n  other: {preset: universal}\n"
    (tmp_path / "child.yaml").write_text(child, encoding="utf-8")
    assert load(tmp_path / "child.yaml").search == {}
