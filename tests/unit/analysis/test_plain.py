"""The answer in plain words: act, measure first, or it makes no difference; and how often 'act' was wrong."""

import numpy as np
import pandas as pd
import pytest

from simulation.analysis.cases import cases_of
from simulation.analysis.comparison import compare
from simulation.analysis.plain import MATTERS, people_of, plain
from simulation.analysis.results import Comparison
from simulation.analysis.runs import Runs
from simulation.expected import budgeted_payroll
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import texts
from tests.cli.conftest import SMALL

LEVEL = 0.95


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_text(SMALL, "small.yaml")


def compared(scenario: Scenario, differences: np.ndarray, measure: str = "profit", base: float = 5e6) -> Comparison:
    """Functional is ahead of universal by these sums, year by year."""
    years = len(differences)
    luck = np.random.default_rng(1).normal(base, base / 5, years)
    rows = [
        {"structure": name, "replication": n, "profit": 0.0, "profit_with_end_value": 0.0, measure: value}
        for name, values in (("universal", luck), ("functional", luck + differences))
        for n, value in enumerate(values)
    ]
    none = pd.DataFrame()
    names = ("universal", "functional")
    runs = Runs(pd.DataFrame(rows), none, none, none, none, None, none, names, 1, years, partial=False)
    cases = cases_of({"": scenario}, ["universal", "functional"])
    return Comparison(cases, runs, LEVEL, baseline="universal", measure=measure)


def noise(mean: float, sd: float, years: int = 50, seed: int = 3) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(0, 1, years)
    return mean + sd * (drawn - drawn.mean()) / drawn.std(ddof=1)


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_who_is_told_apart_may_be_acted_on(scenario: Scenario) -> None:
    made = compared(scenario, noise(400_000, 500_000))
    found = plain(made)
    assert found.act == "yes"
    assert said(found.headline).startswith("Functional is ahead of Universal by 400 thousand RUB of profit")
    count = int((made.values.of("functional", "profit") > made.values.of("universal", "profit")).sum())
    assert f"Functional does better in {count} of 50 years." in said(found.sure)
    assert "Functional (" in found.next and "in place of Universal" in found.next
    difference = made.verdict.difference
    assert difference is not None and found.stake == pytest.approx(difference.joint_high)


def test_who_is_ahead_by_chance_is_to_be_measured_first(scenario: Scenario) -> None:
    found = plain(compared(scenario, noise(100_000, 3e6)))
    assert found.act == "measure"
    assert "may be chance" in found.headline and "not yet" in found.sure
    assert "replications" not in found.headline + found.sure + found.next


def test_where_little_is_at_stake_it_makes_no_difference_and_says_at_most_how_much(scenario: Scenario) -> None:
    matters = MATTERS * budgeted_payroll(scenario, "universal") * scenario.experiment.months / 12
    made = compared(scenario, noise(0.02 * matters, 0.5 * matters))
    found = plain(made)
    assert found.act == "same" and found.stake < matters
    assert said(found.sure).startswith("It makes no difference: at most ± ")


def test_years_that_are_all_the_same_make_no_difference(scenario: Scenario) -> None:
    found = plain(compared(scenario, np.zeros(10)))
    assert found.act == "same" and "not one of them differs" in found.sure


def test_one_year_is_no_reason_to_act(scenario: Scenario) -> None:
    found = plain(compared(scenario, np.array([1e6])))
    assert found.act == "measure" and "one year" in found.sure


def test_whoever_is_built_is_named_by_role(scenario: Scenario) -> None:
    case = cases_of({"": scenario}, ["functional"])["functional"]
    roles = case.structure.roles
    counted = {role for role in ("hunter", "closer", "farmer") if roles[role].headcount}
    assert people_of(case).count("×") == len(counted)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_answer_can_be_said(scenario: Scenario, language: str) -> None:
    t = texts(language)
    for differences in (noise(4e5, 5e5), noise(-4e5, 5e5), noise(1e5, 3e6), noise(10, 1e3), np.zeros(5), np.ones(1)):
        found = plain(compared(scenario, differences))
        for phrase in (found.headline, found.sure, found.next):
            assert t.again(phrase) and "???" not in t.again(phrase)
    russian = t.again(found.headline) if language == "ru" else ""
    assert all(word not in russian for word in ("Universal", "ahead", "profit"))


@pytest.mark.parametrize("truth", [0.0, 0.1, 0.3])
def test_what_may_be_acted_on_after_20_years_is_seldom_reversed_by_200(scenario: Scenario, truth: float) -> None:
    """Fifty seeds of skewed years: 'act' after 20 and the other one ahead after 200 in at most one of 20."""
    reversed_, contradicted = 0, 0
    for seed in range(50):
        drawn = np.random.default_rng((8, seed)).lognormal(0.0, 0.8, 200)
        differences = 1e6 * (drawn - np.exp(0.32) + truth)
        early, late = (plain(compared(scenario, differences[:years])) for years in (20, 200))
        if early.act == "yes":
            ahead = np.sign(differences[:20].mean())
            reversed_ += bool(np.sign(differences.mean()) != ahead)
            contradicted += late.act == "yes" and bool(np.sign(differences.mean()) != ahead)
    assert contradicted == 0
    assert reversed_ <= 0.05 * 50


@pytest.mark.slow
def test_what_may_be_acted_on_after_20_simulated_years_is_seldom_reversed(scenario: Scenario) -> None:
    """Fifty times 20 years of a department whose structures are close, against 200 other years and against all.

    The years are simulated, of disjoint replications: what 50 owners with the same file and other seeds would be told.
    """
    every = compare(scenario, replications=1200, jobs=1)
    differences = every.values.of("functional", "profit") - every.values.of("universal", "profit")
    assert 0 < abs(differences.mean()) < differences.std(ddof=1)  # close: 20 years do not always tell
    truth, sure, reversed_, contradicted = np.sign(differences.mean()), 0, 0, 0
    later = plain(compared(scenario, differences[1000:]))
    for block in differences[:1000].reshape(50, 20):
        if plain(compared(scenario, block)).act == "yes":
            sure += 1
            reversed_ += bool(np.sign(block.mean()) != truth)
            contradicted += later.act == "yes" and bool(np.sign(block.mean()) != np.sign(differences[1000:].mean()))
    assert 5 < sure < 50
    assert reversed_ <= 0.05 * 50
    assert contradicted <= 0.05 * 50
