"""What a measure is called: without a line of costs no command, page or chart speaks of profit."""

from pathlib import Path

import pytest

import simulation
from simulation.analysis.measure_words import BARE, is_bare, measure_term, measure_title
from simulation.intake.starter import starter_text
from simulation.study.question import Question
from simulation.study.terms import term_of, terms
from simulation.texts import say, texts

ROOT = Path(simulation.__file__).parent
COSTS = {"budget.indirect": {"title": "rent", "lines": [{"title": "rent", "price": 100_000, "when": "monthly"}]}}


@pytest.fixture(scope="module")
def bare() -> simulation.Scenario:
    return simulation.load_text(starter_text())


def test_profit_is_the_margin_after_pay_where_no_costs_are_written(bare: simulation.Scenario) -> None:
    assert is_bare([bare])
    full = simulation.load("scenarios/department_of_ten.yaml")
    assert not is_bare([full]) and not is_bare([bare, full])
    for measure in BARE:
        assert measure_title(texts("ru"), measure, bare=True).startswith("Маржа после зарплаты")
        assert measure_title(texts("en"), measure, bare=True).startswith("Margin after pay")
        assert measure_title(texts("ru"), measure, bare=False).startswith("Прибыль")
    assert texts("ru").written(measure_term("profit", bare=True)) == "маржа после зарплаты"
    assert texts("en").written(measure_term("profit", bare=True)) == "margin after pay"
    assert measure_term("revenue", bare=True) == measure_term("revenue", bare=False)


def test_a_study_names_the_measure_as_a_comparison_does(bare: simulation.Scenario) -> None:
    asked = Question(bare, terms(bare), ())
    assert texts("ru").written(asked.named) == "маржа после зарплаты" and asked.bare
    assert texts("ru").written(term_of("profit", simulation.load("scenarios/department_of_ten.yaml"))) == "прибыль"
    assert texts("en").again(say("sweep-nothing", measure=asked.named)).count("margin after pay") == 1


def test_one_file_makes_the_key_of_a_measure() -> None:
    """Whoever makes it elsewhere forgets what profit is called without costs."""
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if 'f"measure-' in path.read_text(encoding="utf-8") or "f'measure-" in path.read_text(encoding="utf-8")
    }
    assert makers == {"analysis/measure_words.py"}
