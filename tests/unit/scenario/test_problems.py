"""Mistakes in a scenario: each is named with file, line, path, what is allowed and the nearest name."""

import pickle
from pathlib import Path

import pytest

from simulation.sense.loader import load, load_text
from simulation.written.errors import Problem, ScenarioError
from tests.unit.scenario.examples import SMALL, problems, small

SITE = "market.channels.site"
LAW = "{onboarding: {probation: {failure: 0}}, turnover: {law: {kind: lognormal, cv: 1, own_level: true}}}"
MANAGER = "structures.universal.roles.manager"


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "words"),
    [
        ("kind: inbound", "kind: inbond", 7, f"{SITE}.kind", "did you mean 'inbound'?"),
        ("kind: inbound", "fit: 1", 6, f"{SITE}.kind", "allowed: inbound, outbound, partner, distributor"),
        ("patience:", "patence:", 9, f"{SITE}.patence", "did you mean 'patience'?"),
        ("mean: 3 days", "mean: 3", 9, f"{SITE}.patience.exponential.mean", "3 has no unit"),
        ("mean: 3 days", "mean: 3 working days", 9, f"{SITE}.patience.exponential.mean", "elapsed time"),
        ("mean: 3 days", "men: 3 days", 9, f"{SITE}.patience", "did you mean 'mean'?"),
        ("exponential: {mean: 3 days}", "lognormal: {mean: 3 days, cv: -1}", 9, f"{SITE}.patience.lognormal.cv", "100"),
        ("title: Small", f"people: {LAW}", 2, "people.turnover.law.mean", "needs a mean tenure"),
        ("title: Small", "history: {from: 2026-W60, to: 2026-12}", 2, "history.from", "2026-W10"),
        ("title: Small", "history: {cycle_p50: 0}", 2, "history.cycle_p50", "above 0"),
        ("patience:", "bursts: {cv: -1}\n      patience:", 9, f"{SITE}.bursts.cv", "negative"),
        ("exponential:", "exponental:", 9, f"{SITE}.patience", "did you mean 'exponential'?"),
        ("1 working day", "1 day", 14, "market.products.service.paperwork", "working time"),
        ("1 working day", "-1 h", 14, "market.products.service.paperwork", "negative"),
        ("headcount: 8", "headcount: -8", 19, f"{MANAGER}.headcount", "-8 is negative"),
        ("headcount: 8", "headcount: 7.5", 19, f"{MANAGER}.headcount", "not whole"),
        ("headcount: 8", "headcount: true", 19, f"{MANAGER}.headcount", "not a number"),
        ("headcount: 8", "headcount: eight", 19, f"{MANAGER}.headcount", "not a number"),
        ("        headcount: 8\n", "", 18, f"{MANAGER}.headcount", "`headcount` is missing"),
        ("qualify, sell", "qualfy, sell", 20, f"{MANAGER}.activities.2", "did you mean 'qualify'?"),
        ("[serve, collect, qualify, sell, paperwork, upsell]", "[]", 18, MANAGER, "no activities"),
        ("pay: {base: 35 000}", "pay: 35 000", 21, f"{MANAGER}.pay", "a mapping of keys"),
        ("base: 35 000", "base: '35,000'", 21, f"{MANAGER}.pay.base", "one way only"),
        ("base: 35 000", "base: 35,000", 21, f"{MANAGER}.pay.000", "a comma ends a value"),
        ("pay: {base", "support: yes\n        pay: {base", 21, f"{MANAGER}.support", "allowed: true, false"),
        ("pay: {base", "support: 0\n        pay: {base", 21, f"{MANAGER}.support", "allowed: true, false"),
        (
            "pay: {base",
            "protected: {sel: 1 h}\n        pay: {base",
            21,
            f"{MANAGER}.protected.sel",
            "did you mean 'sell'?",
        ),
        ("title: Small", "title: 5", 2, "title", "a text"),
        ("title: Small", "title:", 2, "title", "nothing stands after the colon"),
        ("title: Small", "titel: Small", 2, "titel", "did you mean 'title'?"),
        ("version: 1", "version: 2", 1, "version", "allowed: 1"),
        ("title: Small", "experiment: {months: 0}", 2, "experiment.months", "at least 1, at most 240"),
        ("title: Small", "experiment: {months: 12.5}", 2, "experiment.months", "a whole number"),
        ("title: Small", "experiment: {replications: true}", 2, "experiment.replications", "a whole number"),
        ("title: Small", "experiment: {start: 86400}", 2, "experiment.start", "date"),
        ("title: Small", "experiment: {start: tomorrow}", 2, "experiment.start", "date"),
        ("title: Small", "experiment: {measure: profits}", 2, "experiment.measure", "did you mean 'profit'?"),
        ("title: Small", "plan: {target: 1, seasonality: [1, 1]}", 2, "plan.seasonality", "2 given"),
        ("country: RU", "contry: RU", 3, "calendar.contry", "did you mean 'country'?"),
        ("hours: 09:00-18:00", "hours: 9 to 6", 3, "calendar.hours", "09:00-18:00"),
    ],
)
def test_a_mistake_is_named_with_file_line_path_and_what_is_allowed(
    old: str, new: str, line: int, path: str, words: str
) -> None:
    (problem,) = problems(lambda: small(old, new))
    assert (problem.file, problem.line, problem.path) == ("small.yaml", line, path)
    assert words in str(problem)


def test_an_unknown_key_names_the_valid_ones() -> None:
    (problem,) = problems(lambda: small("base: 35 000", "bse: 35 000"))
    assert problem.allowed == "base, commission, bonus, vacation, per_lead"
    assert problem.suggestion == "base"
    (problem,) = problems(lambda: small("headcount: 8", "headcount: 8\n        prset: closer"))
    assert problem.suggestion == "preset"
    (problem,) = problems(lambda: small("title:", "extend:"))
    assert problem.suggestion == "extends"


def test_a_misspelled_required_key_is_one_problem_and_not_two() -> None:
    (problem,) = problems(lambda: small("headcount: 8", "headcont: 8"))
    assert problem.suggestion == "headcount"


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace("headcount: 8", "headcount: -1").replace("title", "titel").replace("25 %", "2500 %")
    found = problems(lambda: load_text(text, "small.yaml"))
    assert [problem.line for problem in found] == [2, 13, 19]


def test_a_mistake_in_an_inherited_file_is_reported_where_it_stands(tmp_path: Path) -> None:
    base, child = tmp_path / "base.yaml", tmp_path / "child.yaml"
    base.write_text(SMALL.replace("cv: 1", "cv: -1"), encoding="utf-8")
    child.write_text("extends: base.yaml\ntitle: Child\n", encoding="utf-8")
    (problem,) = problems(lambda: load(child))
    assert (problem.file, problem.line) == (str(base), 12)


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "words"),
    [
        (
            "qualify, sell, ",
            "qualify, ",
            17,
            "structures.universal.roles",
            "no role works the stage 'contact'",
        ),
        ("qualify, sell, ", "sell, ", 17, "structures.universal.roles", "nobody answers and qualifies leads"),
        (
            "title: Small",
            "experiment: {baseline: universl}",
            2,
            "experiment.baseline",
            "did you mean 'universal'?",
        ),
        (
            "patience:",
            "products: {servce: 1}\n      patience:",
            9,
            f"{SITE}.products.servce",
            "allowed: service",
        ),
        (
            "qualify, sell,",
            "qualify, {activity: sell, stages: [needs, closng]}, sell,",
            20,
            f"{MANAGER}.activities.3.stages.1",
            "did you mean 'closing'?",
        ),
    ],
)
def test_a_name_that_leads_nowhere_and_work_that_nobody_does_are_found(
    old: str, new: str, line: int, path: str, words: str
) -> None:
    found = problems(lambda: small(old, new))
    assert (found[0].file, found[0].line, found[0].path) == ("small.yaml", line, path)
    assert words in str(found[0])


def test_a_channel_that_nobody_takes_is_found() -> None:
    calls = "calls: {kind: outbound}\n    site:"
    (problem,) = problems(lambda: small("site:", calls))
    assert "nobody prospects in channel 'calls'" in problem.message


def test_an_error_carries_its_problems_through_a_pickle() -> None:
    found = problems(lambda: small("version: 1", "version: 2"))
    again = pickle.loads(pickle.dumps(ScenarioError(found)))
    assert again.problems == found
    assert isinstance(again.problems[0], Problem)


@pytest.mark.parametrize("text", ["", "- a", "x: !!python/object/apply:os.system [id]", "a: [1", "version: 1"])
def test_what_is_no_scenario_is_a_scenario_error(text: str) -> None:
    assert problems(lambda: load_text(text))


def test_text_above_the_limit_is_refused() -> None:
    assert "longer than" in problems(lambda: load_text("#" * 2_000_000))[0].message
