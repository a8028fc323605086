"""Keys that a message names stand behind their titles."""

import pytest

from simulation.scenario.key_words import with_titles
from simulation.texts import texts

RU = texts("ru")


@pytest.mark.parametrize(
    ("said", "titled"),
    [
        ("нужен `quota`", "нужен «личный план на месяц» (`quota`)"),
        ("сценарий с `begin: mature`", "сценарий с «с чего начинают люди: опытные» (`begin: mature`)"),
        ("с `active: false`", "с «включён ли канал: нет» (`active: false`)"),
        ("с `headcount: 0`", "с «должностей: 0» (`headcount: 0`)"),
        ("этапы есть у `sell`", "этапы есть у «продажи» (`sell`)"),
        ("закон ухода (`own_level`)", "закон ухода (`own_level`)"),
        ("нет ключа `kind` (вид канала)", "нет ключа `kind` (вид канала)"),
        ("считает команда `plan`", "считает команда `plan`"),
        ("неизвестный ключ `fitt`", "неизвестный ключ `fitt`"),
        ("скажет `compare`, `onboarding.training_days`", "скажет `compare`, `onboarding.training_days`"),
    ],
)
def test_a_key_is_named_by_its_title(said: str, titled: str) -> None:
    assert with_titles(said, RU) == titled
    assert with_titles(titled, RU) == titled


def test_a_key_with_several_meanings_stays_as_it_is() -> None:
    assert with_titles("дайте `cost`", RU) == "дайте `cost`"
