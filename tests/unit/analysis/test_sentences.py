"""What a comparison says in words can be said again in Russian, with nothing left in English but names."""

import json
import re
from collections.abc import Iterator

import pytest

from simulation.analysis.budget import against_budget
from simulation.analysis.comparison import Comparison, compare
from simulation.analysis.history import check_of
from simulation.report.files import summary
from simulation.report.output_folder import as_json
from simulation.sense.loader import load, load_text
from simulation.texts import Phrase, texts
from tests.cli.conftest import SMALL
from tests.scenarios.test_shipped import SCENARIOS

RU = texts("ru")
NAMES = {"optimise", "seed", "crm", "history", "csv", "vip", "mean"}
"""Words in Latin letters that Russian sentences keep: keys of a scenario and abbreviations."""


def sentences(comparison: Comparison) -> Iterator[str]:
    """Everything that is said of a comparison."""
    yield from comparison.verdict.pieces.values()
    yield from comparison.verdict.assumptions
    yield from (caution.text for caution in comparison.cautions)
    yield from (regime.text for regime in comparison.regimes.values())
    yield from (against_budget(comparison, name).text for name in comparison.structures)
    check = check_of(comparison)
    if check is not None:
        yield from (check.headline, check.verdict)


def given(comparison: Comparison) -> str:
    """What a scenario itself says: its titles, sources and words."""
    return " ".join(
        f"{case.scenario.model_dump_json()} {case.scenario.provenance}" for case in comparison.cases.values()
    )


@pytest.mark.parametrize("months", [2, pytest.param(12, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ["department_of_ten", "start_up", "reorganisation", "retail", "hunters_leave"])
def test_every_sentence_can_be_said_in_russian(name: str, months: int) -> None:
    comparison = compare(load(SCENARIOS / f"{name}.yaml"), replications=2, months=months, jobs=1)
    own = given(comparison)
    for said in filter(None, sentences(comparison)):
        assert isinstance(said, Phrase), said
        russian = RU.again(said)
        assert re.search("[а-яё]{3}", russian), russian
        left = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", russian)} - NAMES
        assert not {word for word in left if word not in own.lower()}, russian


def test_two_files_and_a_failed_year_can_be_told_in_russian() -> None:
    first = load_text(SMALL)
    other = load_text(SMALL, overrides={"market.channels.site.leads_per_month": 200, "experiment.seed": 7})
    comparison = compare({"a": first, "b": other}, replications=2, jobs=1)
    said = [RU.again(caution.text) for caution in comparison.cautions]
    assert any("неодинаков" in text for text in said)
    assert all(isinstance(caution.text, Phrase) for caution in comparison.cautions)


def test_the_own_year_can_be_told_in_russian() -> None:
    made = load_text(SMALL, overrides={"history": {"revenue": 3_000_000, "deals": 20}, "experiment.months": 12})
    check = check_of(compare(made, replications=3, jobs=1))
    assert check is not None
    assert RU.again(check.headline).startswith("Модель даёт") and "выручки в год" in RU.again(check.headline)
    assert RU.again(check.verdict).startswith("Модель ")


def test_files_hold_phrases_as_plain_text(comparison: Comparison) -> None:
    found = json.loads(as_json(summary(comparison)))
    assert found["verdict"]["text"] == comparison.verdict.text
    regime = comparison.to_dict()["structures"]["universal"]["regime"]["text"]
    assert regime == comparison.regimes["universal"].text


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(load_text(SMALL), replications=2, jobs=1)
