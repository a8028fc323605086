"""The weak link: paired with the years of the result, and named only where it can be told from nothing."""

from dataclasses import replace

import pytest

from simulation.analysis.comparison import simulate
from simulation.analysis.intervals import PairedDifference
from simulation.analysis.results import Result
from simulation.sense.loader import load_text
from simulation.study.lab import Lab
from simulation.study.weak_link.answer import Link, WeakLink, weak_link
from simulation.texts import texts
from tests.cli.conftest import SMALL


@pytest.fixture(scope="module")
def result() -> Result:
    return simulate(load_text(SMALL, "small.yaml"), replications=3, jobs=1)


def test_each_link_is_the_difference_in_the_same_years(result: Result) -> None:
    found = weak_link(result, "functional", lab=Lab(jobs=1))
    assert {link.name for link in found.people} == {"Hunter", "Closer", "Farmer"}
    assert len(found.conversions) == 5
    for link in (found.people[0], found.conversions[-1]):
        again = simulate(result.scenario.replace({link.path: link.value}), ["functional"], replications=3, jobs=1)
        gained = again.runs.values("functional", "profit") - result.runs.values("functional", "profit")
        assert link.difference.mean == pytest.approx(gained.mean())
        assert link.difference.family == 8


def test_links_are_ranked_by_what_they_add(result: Result) -> None:
    for links in (
        weak_link(result, "universal", lab=Lab(jobs=1)).people,
        weak_link(result, "universal", lab=Lab(jobs=1)).conversions,
    ):
        means = [link.difference.mean for link in links]
        assert means == sorted(means, reverse=True)


def difference(mean: float, half: float) -> PairedDifference:
    low, high = mean - half, mean + half
    return PairedDifference(mean, low, high, low, high, 1.0, 9, 0.5, 0.2, 0.8, 0.0, 0.5, 1.0, 0.95, 3)


def links(*values: tuple[str, float, float]) -> tuple[Link, ...]:
    return tuple(Link("person", name, name, 1.0, difference(mean, half)) for name, mean, half in values)


def test_it_is_named_only_when_it_can_be_told_from_nothing() -> None:
    def told(*values: tuple[str, float, float]) -> str:
        return WeakLink("one", links(*values), (), 9).text

    assert told(("closer", 5, 1), ("hunter", 1, 1)) == "The weak link is closer: one more closer adds most."
    assert "not told apart from hunter" in told(("closer", 5, 2), ("hunter", 4, 2))
    assert "cannot be told from nothing" in told(("closer", 5, 6))
    assert told(("closer", -5, 1)) == "No person more adds profit."


def test_points_of_conversion_are_spoken_of_as_such() -> None:
    point = replace(links(("proposal", 5, 1))[0], kind="conversion")
    assert WeakLink("one", (), (point,), 9).text.startswith("The weak link is proposal: one more point of conversion")


def test_an_unknown_structure_is_refused(result: Result) -> None:
    with pytest.raises(KeyError, match="allowed: universal, functional"):
        weak_link(result, "nobody")


def test_a_page_says_in_its_language_what_could_not_be_tried() -> None:
    said = WeakLink("one", links(("Closer", 5, 2), ("Hunter", 4, 2)), (), 9, (("Farmer", "2 pods"),)).text
    assert str(said).endswith("adds most (not told apart from Hunter). One more Farmer cannot be tried: 2 pods.")
    russian = texts("ru").again(said)
    assert "Слабое звено" in russian and "нельзя: 2 pods." in russian
    assert not {"One", "most", "told"} & set(russian.split())
