"""Every text that the code asks for is there, gets just the values that it needs, and can be said in each language."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import simulation
from simulation.scenario.places import places
from simulation.texts import LANGUAGES, Day, Verbatim, joined, phrase_of, texts, verbatim, worded
from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import allowed
from simulation.written.spelling import QuantityError
from tests.catalogues import messages

ROOT = Path(simulation.__file__).parent
SAYS = {"worded", "say", "phrase", "commented"}
"""Functions that take the key of a text and its values; of `commented` it comes second."""
ENGLISH = messages("en")


def asked() -> Iterator[tuple[str, ast.expr, ast.Call]]:
    """Where texts are asked for: place, key and call."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "func", None)
            if isinstance(node, ast.Call) and isinstance(name, ast.Name) and name.id in SAYS and node.args:
                key = node.args[name.id == "commented"]
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", key, node


ASKED = [(place, key, call) for place, key, call in asked() if isinstance(key, (ast.Constant, ast.JoinedStr))]


def test_every_text_that_is_asked_for_is_there_with_its_values() -> None:
    keyed = [(place, key.value, call) for place, key, call in ASKED if isinstance(key, ast.Constant)]
    keyed = [(place, key, call) for place, key, call in keyed if re.fullmatch(r"[a-z][\w-]*", str(key))]
    assert len(keyed) > 400
    for place, key, call in keyed:
        given = {each.arg for each in call.keywords}
        assert key in ENGLISH, f"{place}: there is no text {key!r}"
        if None not in given:
            assert given >= ENGLISH[key], f"{place}: {key!r}"


def test_texts_whose_key_is_put_together_are_there() -> None:
    for place, key, _ in ASKED:
        if isinstance(key, ast.JoinedStr):
            form = "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in key.values)
            assert any(re.fullmatch(form, each) for each in ENGLISH), f"{place}: {form}"


def test_why_a_value_may_not_change_is_a_text() -> None:
    for place in places():
        for why in (place.facts.changes, place.facts.new):
            assert why is True or not why or why in ENGLISH, place.path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [1, 2, 5, "a 'name'"])
def test_every_text_can_be_said_with_any_value(language: str, value: object) -> None:
    t = texts(language)
    for key, names in messages(language).items():
        said = t(key, **{name: verbatim(value) for name in names})
        assert said and "{" not in re.sub(r"\{\w+\??:|\{[\w ]+:.*\}", "", said), key


def test_what_somebody_typed_is_no_title_that_could_be_translated() -> None:
    assert texts("ru").again("Hunter") == "Хантер"
    assert texts("ru").again(worded("no-structure", name="Hunter")) == "нет структуры Hunter"
    assert texts("ru").again(joined((Verbatim("Hunter"), worded("interrupted")), ": ")) == "Hunter: прервано"


def test_a_mistake_is_said_whole_in_the_other_language() -> None:
    problem = Problem("a.yaml", 3, "market", worded("unknown-key", key="fitt"), None, "fit, cost", "fit")
    assert str(problem) == "a.yaml:3: market: unknown key `fitt`; allowed: fit, cost; did you mean 'fit'?"
    assert texts("ru").again(problem.phrase) == (
        "a.yaml:3: market: неизвестный ключ `fitt`; допустимо: fit, cost; возможно, имелось в виду 'fit'?"
    )
    assert str(ScenarioError(problem)) == str(problem)


def test_an_exception_says_what_it_was_raised_with() -> None:
    assert texts("ru").again(phrase_of(ValueError(worded("nothing-sold")))) == "за весь год ничего не продано"
    assert phrase_of(KeyError("plain words")) == "plain words"
    error = QuantityError(
        worded("read-no-unit", value="'3'"), worded("allowed-working"), ("30 min",), "min", "gamma.mean"
    )
    assert str(error) == (
        "gamma.mean: '3' has no unit; allowed: working time in min, working hours or working days; "
        "for example '30 min'; did you mean 'min'?"
    )
    assert texts("ru").again(error.phrase) == (
        "gamma.mean: у '3' нет единицы измерения; допустимо: рабочее время в мин, рабочих часах или рабочих днях; "
        "например '30 min'; возможно, имелось в виду 'min'?"
    )


def test_numbers_of_a_message_have_the_decimal_sign_of_each_language() -> None:
    said = worded("out-of-range", value=0.125)
    assert said.startswith("0.125 ") and texts("ru").again(said).startswith("0,125 ")
    typed = worded("out-of-range", value="'0.125'")
    assert texts("ru").again(typed).startswith("'0.125' ")


def test_a_limit_is_written_as_each_language_does() -> None:
    slot = next(place.slot for place in places() if place.path == "experiment.level")
    assert str(allowed(slot)).endswith("above 0.5, below 1")
    assert texts("ru").again(allowed(slot)).endswith("больше 0,5, меньше 1")


def test_a_russian_text_has_no_english_decimals_but_in_what_is_typed_into_yaml() -> None:
    """Inside of brackets and backticks a comma would end the value."""
    left = {
        (path.name, line)
        for path in (ROOT / "texts" / "ru").glob("*.ftl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<![\d.])\d+\.\d+(?![\d.])", re.sub(r"\[.*?\]|\{.*?\}|`.*?`|--\S+ \S+", "", line))
    }
    assert {line.partition(" = ")[0] for _, line in left if not line.startswith("title-")} <= {
        "allowed-tiers",  # rows of YAML
        "price-answer",
        "not-a-number-comma",
        "allowed-distribution",
        "reading-allowed-amounts",  # both ways
    }


def test_a_day_in_a_remark_is_written_as_each_language_does() -> None:
    said = worded("calibration-split-left-out", day=Day(date(2026, 3, 2)), why="x")
    assert said.startswith("2 March 2026") and texts("ru").again(said).startswith("2 марта 2026")
