"""Your own year first: `check`, `new --numbers`, and what `compare` repeats of it."""

from pathlib import Path

import pytest
import yaml

import simulation
from simulation.analysis.history import check_history
from simulation.expected import workload
from simulation.sense.checks import sense
from simulation.sense.loader import load
from tests.cli.conftest import SMALL, Run, Write

LAST = "people: {recruiting: {cost: 150 k}}\n"
ANSWERS = {
    "title": "Ours",
    "built": "universal",
    "people": {"universal": 6, "head": 1},
    "base_pay": "40 k",
    "revenue": "24 mln",
    "deals": 70,
    "average_deal": "60 k",
    "orders": 400,
    "gross_margin": "30 %",
    "customers_start": 100,
    "customers_end": 110,
    "customers_lost": 50,
    "leads_per_month": {"site": 90},
    "qualified_per_quarter": 110,
    "proposals_per_quarter": 70,
    "leavers_in_two_years": 4,
}


def with_history(history: str) -> tuple[str, str]:
    return LAST, f"{LAST}history: {{{history}}}\n"


def lived(year: int) -> dict[str, float]:
    """What one simulated year of the small department brings."""
    scenario = simulation.load(Path("small.yaml"))
    result = simulation.simulate(scenario, ["universal"], replications=year + 1, months=12, jobs=1)
    values = result.runs.replications.set_index("replication").loc[year]
    return {key: float(values[key]) for key in ("revenue", "deals", "orders", "customers_lost", "customers_end")}


@pytest.mark.slow  # tests/unit/analysis/test_history.py looks at many such years
def test_a_year_of_the_model_itself_fits_and_one_with_half_the_revenue_does_not(write: Write) -> None:
    write()
    year = lived(3)
    scenario = simulation.load(Path("small.yaml"))
    mine = {key: round(value) for key, value in year.items()}
    fitting = check_history(scenario.replace({"history": mine}), "universal", replications=20, jobs=1)
    assert fitting.fits
    less = mine | {"revenue": mine["revenue"] // 2}
    broken = check_history(scenario.replace({"history": less}), "universal", replications=20, jobs=1)
    assert not broken.fits
    (row,) = [each for each in broken.rows if each.key == "revenue"]
    assert row.ratio == pytest.approx(2 * row.mean / year["revenue"], rel=0.01)
    assert any(text.startswith("Revenue: ") for text in broken.advice)


def test_check_says_how_well_the_year_is_reproduced(write: Write, run: Run) -> None:
    file = write(with_history("revenue: 500 mln, leads_per_month: {site: 90}"))
    result = run("check", file, "--replications", 4, "--jobs", 1)
    assert result.exit_code == 0
    text = result.stdout.replace("\n", " ")
    assert "you had 500 mln RUB" in text and "does not fit your year" in text
    quiet = run("check", file, "--replications", 4, "--jobs", 1, "--quiet").stdout
    assert len(quiet.splitlines()) == 1 and "you had 500 mln RUB" in quiet


def test_compare_repeats_it_above_its_verdict(write: Write, run: Run) -> None:
    file = write(with_history("revenue: 500 mln"), ("months: 2", "months: 12"))
    lines = run("compare", file, "--replications", 3).stdout.splitlines()
    own = next(n for n, line in enumerate(lines) if line.startswith("Your own year, "))
    assert own < next(n for n, line in enumerate(lines) if line.startswith("Verdict: "))


def test_a_history_that_contradicts_itself_or_the_market_is_refused(write: Write, run: Run) -> None:
    for history, words in (
        ("revenue_by_month: [1, 2, 3]", "revenue_by_month"),
        ("leads_per_month: {sitte: 5}", "site"),
        ("customers_start: 5, customers_won: 1, customers_lost: 0, customers_end: 9", "customers_end"),
        ("deals: many", "deals"),
    ):
        result = run("check", write(with_history(history)))
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr and "small.yaml:22" in result.stderr


def test_check_needs_a_history(write: Write, run: Run) -> None:
    result = run("check", write())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "history" in result.stderr and "Traceback" not in result.stderr


# --- new --numbers ---------------------------------------------------------------------------------------------------


def test_a_scenario_made_from_numbers_loads_makes_sense_and_reproduces_them(write: Write, run: Run) -> None:
    write()
    Path("answers.yaml").write_text(yaml.safe_dump(ANSWERS), encoding="utf-8")
    assert run("new", "mine.yaml", "answers.yaml", "--numbers", "--closed-form").exit_code == 0
    scenario = load("mine.yaml")
    assert not [warning for warning in sense(scenario) if warning.level == "error"]
    flows = workload(scenario, next(iter(scenario.structures)))
    assert 12 * flows.deals == pytest.approx(70, rel=0.15)
    assert 12 * flows.orders == pytest.approx(400, rel=0.15)
    assert scenario.history is not None and scenario.history.deals == 70
    assert scenario.structures[next(iter(scenario.structures))].roles["universal"].headcount == 6


def test_the_questions_are_answered_at_the_keyboard_and_nonsense_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from simulation.cli.program import app

    monkeypatch.chdir(tmp_path)
    answers = "Ours\n\nsomehow\n" + "\n" * 60  # the third question knows three answers
    result = CliRunner().invoke(app, ["new", "mine.yaml", "--numbers", "--closed-form"], input=answers)
    assert result.exit_code == 0, result.output
    assert result.output.count("How is it built today") == 2
    assert "Ours" in Path("mine.yaml").read_text(encoding="utf-8")


def test_wrong_answers_and_a_file_that_exists_are_refused(write: Write, run: Run) -> None:
    write()
    Path("answers.yaml").write_text(yaml.safe_dump(ANSWERS | {"deals": "many"}), encoding="utf-8")
    result = run("new", "mine.yaml", "answers.yaml", "--numbers", "--closed-form")
    assert result.exit_code == 2 and "deals" in result.stderr and not Path("mine.yaml").exists()
    result = run("new", "small.yaml", "answers.yaml", "--numbers", "--closed-form")
    assert result.exit_code == 2 and "exists already" in result.stderr
    assert Path("small.yaml").read_text(encoding="utf-8") == SMALL


def test_the_share_answered_in_time_and_the_overhead_decide_how_busy_people_are(write: Write, run: Run) -> None:
    """By the closed form: the fewer leads are answered within a day, the busier people are."""
    write()
    loads = {}
    for share in (0.7, 0.5):
        told = ANSWERS | {"answered_within_day": share, "overhead_hours_per_week": 8}
        Path("answers.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
        file = f"mine{share}.yaml"
        assert run("new", file, "answers.yaml", "--numbers", "--closed-form").exit_code == 0
        scenario = load(file)
        assert scenario.people.availability == pytest.approx(0.8)
        loads[share] = workload(scenario, "universal").roles["universal"].load
        text = Path(file).read_text(encoding="utf-8")
        assert f"{share:.0%} of the leads were answered within a day" in text and "a guess" not in text
        assert 12 * workload(scenario, "universal").deals == pytest.approx(70, rel=0.15)
    assert loads[0.5] > loads[0.7] + 0.05


def test_too_much_overhead_or_answers_without_leads_are_refused(write: Write, run: Run) -> None:
    write()
    calls = {"leads_per_month": {}, "calls_per_day": 60, "leads_found_per_month": 90, "answered_within_day": 0.5}
    for more, words in (({"overhead_hours_per_week": 39}, "28 at most"), (calls, "answered within a day")):
        Path("answers.yaml").write_text(yaml.safe_dump(ANSWERS | more), encoding="utf-8")
        result = run("new", "mine.yaml", "answers.yaml", "--numbers", "--closed-form")
        assert (result.exit_code, result.stdout) == (2, "") and words in result.stderr
        assert not Path("mine.yaml").exists()


@pytest.mark.slow  # a minute: eight loads, and five rounds
def test_simulated_years_find_the_load_from_the_share_answered_in_time(write: Write, run: Run) -> None:
    write()
    Path("answers.yaml").write_text(yaml.safe_dump(ANSWERS | {"answered_within_day": 0.55}), encoding="utf-8")
    result = run("new", "mine.yaml", "answers.yaml", "--numbers", "--jobs", 1)
    assert result.exit_code == 0, result.stderr
    assert "simulated years" in result.stdout + result.stderr
    assert "found: 55% of the leads were answered within a day" in Path("mine.yaml").read_text(encoding="utf-8")
    assert 0.4 < workload(load("mine.yaml"), "universal").roles["universal"].load < 1.0
