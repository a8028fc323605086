"""The best split of a line whose revenue is known, and what is said of it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from simulation.analysis.unknown import TermsError
from simulation.study.best_split.answer import FRESH_FROM, optimise, planned
from simulation.study.best_split.candidates import SearchError
from simulation.study.best_split.finding import BestSplit, OneSearch
from simulation.study.best_split.selection import SelectionError
from simulation.study.kind import Finding
from simulation.study.lab import Case, Lab, Step
from simulation.texts import texts
from tests.unit.study.line import engine, line, plain, worth

FEW = {"fresh": 20, "first": 6}


def found(lab: Lab | None = None, **asked: Any) -> BestSplit:
    """The best split of the line without alternatives."""
    return optimise(plain(), lab=lab or Lab(jobs=1, engine=engine), **{**FEW, **asked})


@cache
def usual() -> BestSplit:
    return found(indifference=1000)


def of(result: BestSplit, structure: str = "line") -> OneSearch:
    return next(each for each in result.searches if each.structure == structure)


def heads(result: BestSplit, structure: str = "line") -> tuple[int, ...]:
    winner = of(result, structure).winner
    assert winner is not None
    return tuple(winner.heads.values())


def said(result: BestSplit) -> str:
    return "\n".join(map(str, result.sentences))


def test_the_best_split_is_found_and_compared_with_the_best_of_the_other_structure() -> None:
    result = usual()
    assert heads(result) == (2, 3, 3)
    assert heads(result, "crowd") == (8,)
    (match,) = result.matches
    assert (match.one, match.other) == ("line", "crowd")
    assert match.difference.joint_low <= 8_750 <= match.difference.joint_high  # 100 000 + 250 less 90 000 + 1 500
    assert match.difference.told_apart
    assert said(result).startswith("Line (2 hunters, 3 closers and 3 farmers) is ahead of Crowd (8 universal managers)")


def test_the_numbers_come_from_fresh_years_that_no_search_has_seen() -> None:
    seen: list[int] = []

    class Watched(Lab):
        def measure(self, cases: Any, numbers: Any, measures: Any) -> Any:
            seen.extend(numbers)
            return super().measure(cases, numbers, measures)

    result = found(Watched(jobs=1, engine=engine), indifference=1000)
    fresh = {number for number in seen if number >= FRESH_FROM}
    assert fresh == set(range(FRESH_FROM, FRESH_FROM + 20))
    assert max(number for number in seen if number < FRESH_FROM) < 100
    alone = Lab(jobs=1, engine=engine)
    again = alone.measure([of(result).winner.case], sorted(fresh), ["revenue"])  # type: ignore[union-attr]
    assert of(result).again[0].mean.mean == pytest.approx(again.mean())
    assert of(result).again[0].mean.n == 20


def test_the_error_is_divided_among_the_searches() -> None:
    assert usual().search_level == pytest.approx(0.95)  # one structure has one split only: nothing to search
    limited = planned(plain(), constraints=["plan_met>=50%"])
    assert limited.searches == 4  # two structures, each with the limit and without it
    assert planned(line(), structures=["line"]).searches == 1


def test_splits_that_are_as_good_are_named_with_the_range_of_good_sizes() -> None:
    # four closers lose 4 000: within an indifference zone of 5 000
    result = found(indifference=5000, structures=["line"])
    good = {tuple(each.candidate.heads.values()) for each in of(result).good}
    assert {(2, 3, 3), (2, 4, 2), (2, 2, 4)} == good
    assert of(result).sizes == {"hunter": (2, 2), "closer": (2, 4), "farmer": (2, 4)}
    assert "2 other splits are as good for all that is known" in said(result)
    assert "good sizes are Hunter 2, Closer 2–4 and Farmer 2–4" in said(result)


def test_the_split_of_the_file_is_held_against_the_best() -> None:
    written = next(each for each in of(usual()).again if each.candidate.written)
    assert written.behind is not None
    assert written.behind.joint_low <= worth(2, 3) - worth(3, 3) <= written.behind.joint_high
    assert "the split in the file (3 hunters, 3 closers and 2 farmers) is behind the best by" in said(usual())


@pytest.mark.slow
def test_alternatives_are_chosen_with_the_split() -> None:
    result = optimise(line(), structures=["line"], indifference=1000, lab=Lab(jobs=1, engine=engine), **FEW)
    winner = of(result).winner
    assert winner is not None
    assert (tuple(winner.heads.values()), winner.options) == ((2, 3, 3), ("closers help",))


def test_so_many_people_and_so_much_payroll_may_be_asked_for() -> None:
    assert heads(found(indifference=1000, heads=4, structures=["line"])) == (1, 2, 1)
    result = found(indifference=1000, payroll=9_700.0, structures=["line"])
    assert heads(result) == (2, 3, 1)
    sizes = [point.candidate.people for point in result.frontier]
    assert sizes == [3, 4, 5, 6]
    assert [point.mean.n for point in result.frontier] == [20] * 4
    assert result.frontier[-1].plan_met == of(result).again[0].plan_met


def test_the_search_takes_fewer_runs_than_brute_force() -> None:
    # own luck of 500 against a zone of 60: the nearest rivals take many more years than the others
    result = found(indifference=60, structures=["line"], measure="gross_margin", replications=200)
    assert of(result).selection.ended in ("alone", "zone", "cap")
    assert result.used < result.brute_force or len({each.years for each in of(result).tried}) == 1
    assert result.used == sum(each.years for each in of(result).tried)


def test_a_cap_that_ends_the_search_is_said() -> None:
    result = found(indifference=0.001, replications=6, structures=["line"], heads=8)
    assert of(result).selection.ended == "cap"
    assert "the search stopped at the cap of 6 replications" in said(result)
    assert "With a probability" not in said(result)


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_limit_that_costs_something_says_how_much() -> None:
    result = found(indifference=1000, structures=["line"], constraints=["utilisation.farmer>=-1"])
    assert "costs nothing" in said(result)
    dear = found(indifference=1000, structures=["line"], payroll=12_000.0, constraints=["payroll<=700"])
    (cost,) = of(dear).costs
    assert cost.without is not None and tuple(cost.without.heads.values())[:2] == (2, 3)
    assert cost.cost is not None and cost.cost.joint_low > 0
    assert 'the limit "payroll of at most 700 RUB" costs' in said(dear)


def test_no_split_may_keep_the_limits_and_that_is_an_answer() -> None:
    result = found(indifference=1000, constraints=["revenue>=200 k"])
    assert all(each.winner is None for each in result.searches)
    assert result.matches == ()
    assert "Line: no split keeps the limit: revenue of at least 200 thousand RUB. Nearest comes" in said(result)
    nearest = of(result).nearest
    assert nearest is not None and tuple(nearest.candidate.heads.values()) == (2, 3, 3)


# --- what it is made of -----------------------------------------------------------------------------------------------


def test_it_is_a_finding_with_plain_values_and_tables() -> None:
    result = usual()
    assert isinstance(result, Finding)
    plain_values: Mapping[str, Any] = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert plain_values["structures"]["line"]["winner"]["roles"] == {"hunter": 2, "closer": 3, "farmer": 3}
    tables = result.tables()
    assert len(tables["splits"]) == 22
    assert set(tables["splits"]["state"]) == {"selected", "beaten"}
    assert len(tables["matches"]) == 1


def test_everything_it_says_can_be_said_in_russian() -> None:
    for phrase in found(indifference=5000, constraints=["plan_met>=50%"], replications=8).sentences:
        assert texts("ru").again(phrase) != str(phrase)


def test_the_watch_hears_what_is_searched_and_who_is_ahead() -> None:
    steps: list[Step] = []
    found(Lab(jobs=1, engine=engine, watch=steps.append), indifference=100, structures=["line"])
    assert steps[0].what == "Line: 21 of 21 splits left"
    assert any(step.what == "Line: fresh years" for step in steps)


def test_the_split_of_the_file_is_the_same_run_as_in_a_comparison() -> None:
    scenario = plain()
    lab = Lab(jobs=1, engine=engine)
    lab.measure([Case(scenario, "line")], range(6), ["revenue"])
    before = lab.simulated
    optimise(scenario, structures=["line"], indifference=1000, lab=lab, **FEW)
    fresh = 20 * 2  # winner and the file's split
    assert lab.simulated - before == 21 * 6 - 6 + fresh


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"structures": ["lin"]}, "there is no structure 'lin'; allowed: line, crowd"),
        ({"baseline": "x"}, "there is no structure 'x'"),
        ({"measure": "profitt"}, "did you mean 'profit'?"),
        ({"heads": 8, "payroll": 1.0}, "contradict each other"),
        ({"payroll": -1.0}, "pays nobody"),
        ({"level": 1.0}, "above 0 and below 1"),
        ({"indifference": 0}, "an indifference zone of 0 is none"),
        ({"indifference": "much"}, "revenue: 'much' is not a number"),
        ({"replications": 1}, "a cap of 1 replications is none"),
        ({"fresh": 1}, "1 fresh years compare nothing"),
        ({"constraints": ["revenue"]}, "is no limit"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_simulated(asked: dict[str, Any], said: str) -> None:
    lab = Lab(jobs=1, engine=engine)
    with pytest.raises((SearchError, TermsError), match=said):
        optimise(plain(), lab=lab, **asked)
    assert lab.simulated == 0


def test_a_measure_that_is_no_money_gets_its_zone_from_a_pilot() -> None:
    result = found(measure="plan_attainment", structures=["line"], heads=4, replications=20)
    assert 0 < result.indifference < 0.05
    with pytest.raises(SearchError, match="say what difference matters"):
        found(measure="leads", structures=["line"], heads=4)


def test_years_that_fail_for_all_end_it() -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("broken")

    with pytest.raises(SelectionError):
        found(Lab(jobs=1, engine=broken), structures=["line"])
