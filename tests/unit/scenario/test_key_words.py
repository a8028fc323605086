"""Keys that a message names stand behind their titles."""

import pytest

from simulation.scenario.key_words import with_titles, without_keys
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


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("нужен `quota`", "нужен «личный план на месяц»"),
        ("сценарий с `begin: mature`", "сценарий с «с чего начинают люди: опытные»"),
        ("закон ухода (`own_level`)", "закон ухода"),
        ("скажет `compare`", "скажет «compare»"),
        ("дайте `cost`", "дайте «cost»"),
        ("ничего о ключах", "ничего о ключах"),
    ],
)
def test_who_writes_no_keys_reads_titles_alone(said: str, plain: str) -> None:
    assert without_keys(said, RU) == plain
