"""Every mechanism says all that there is to say of one, and what it points at is there."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from simulation import mechanisms
from simulation.analysis.catalogue import MEASURES
from simulation.mechanisms import MECHANISMS
from simulation.mechanisms.mechanism import Mechanism
from simulation.scenario.neutral import NEUTRAL
from simulation.scenario.places import places
from simulation.texts import LANGUAGES, texts

MODEL = (Path(__file__).parents[3] / "docs" / "model.md").read_text(encoding="utf-8")
each = pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.name)


def named(path: str) -> object:
    """What a dotted name in `simulation` stands for."""
    parts = path.split(".")
    for many in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(["simulation", *parts[:many]]))
        except ModuleNotFoundError:
            continue
        for name in parts[many:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(path)


def test_every_neutral_setting_of_the_schema_is_a_mechanism() -> None:
    assert sorted(mechanism.name for mechanism in MECHANISMS) == sorted(NEUTRAL)


def test_every_module_has_a_mechanism_of_the_list_or_is_part_of_one_that_has() -> None:
    said = {id(mechanism) for mechanism in MECHANISMS}
    modules = {
        each.name: importlib.import_module(f"simulation.mechanisms.{each.name}")
        for each in pkgutil.iter_modules(mechanisms.__path__)
    }
    whole = [each for each in modules.values() if said & {id(value) for value in vars(each).values()}]
    read = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in whole)
    parts = [name for name, module in modules.items() if module not in whole]
    assert [name for name in parts if f"from simulation.mechanisms.{name} import" not in read] == []


def test_every_module_has_a_test_of_its_own() -> None:
    tested = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    for module in pkgutil.iter_modules(mechanisms.__path__):
        if module.name not in ("mechanism", "others"):
            assert f"from simulation.mechanisms.{module.name} import" in tested, module.name


@each
def test_its_neutral_values_stand_at_keys_of_the_schema(mechanism: Mechanism) -> None:
    neutral = [place.facts.neutral for place in places() if place.facts.neutral]
    assert [setting for setting in neutral if setting.mechanism == mechanism.name]


@each
def test_its_rule_is_there(mechanism: Mechanism) -> None:
    assert mechanism.rule
    for path in mechanism.rule:
        assert named(path) is not None


@each
def test_the_closed_form_has_it_or_it_is_said_why_not(mechanism: Mechanism) -> None:
    assert bool(mechanism.closed_form) != bool(mechanism.left_out)
    if mechanism.closed_form:
        assert named(mechanism.closed_form) is not None


@each
def test_its_measures_are_measures(mechanism: Mechanism) -> None:
    assert set(mechanism.measures) <= set(MEASURES)


@each
def test_its_player_has_a_title_and_a_meaning(mechanism: Mechanism) -> None:
    for language in LANGUAGES:
        said = texts(language)
        assert said(f"mechanism-{mechanism.player}")
        assert said(f"mechanism-{mechanism.player}-means")


@each
def test_the_docs_describe_it(mechanism: Mechanism) -> None:
    paragraphs = [" ".join(text.split()) for text in MODEL.split("\n\n")]
    neutral = [
        name
        for text in paragraphs
        for says in re.findall(r"[Nn]eutral: ([^.;]*)", text)
        for name in re.findall(r"`(\w+)`", says)
    ]
    assert mechanism.name in neutral
