"""Texts in two languages: the same keys, the same values, and each with its own numbers."""

import datetime as dt
import pickle
from pathlib import Path
from typing import Any

import pytest

import simulation.texts
from simulation.scenario import preset_files
from simulation.texts import (
    LANGUAGES,
    Amount,
    Count,
    Day,
    Interval,
    Month,
    Percent,
    Sure,
    joined,
    language_of,
    say,
    shortened,
    texts,
)
from simulation.texts.catalogue import files_of, title_key
from tests.catalogues import messages

FOLDER = Path(simulation.texts.__file__).parent
GAP = "\N{NO-BREAK SPACE}"


def test_no_text_is_missing_in_any_language() -> None:
    english = messages("en")
    for language in LANGUAGES:
        other = {key for key in messages(language) if not key.startswith(("title-", "measure-"))}
        assert other == {key for key in english if not key.startswith(("title-", "measure-"))}, language
        assert len(files_of(language)) == len(files_of("en"))
        assert sorted(path.name for path in (FOLDER / language).glob("*.ftl")) == sorted(
            path.name for path in (FOLDER / "en").glob("*.ftl")
        )


def test_no_language_asks_for_a_value_that_the_english_text_does_not_get() -> None:
    english = messages("en")
    for language in LANGUAGES:
        for key, names in messages(language).items():
            assert names <= english.get(key, set()), (language, key)


def test_sources_of_turnover_that_a_verdict_quotes_from_presets_are_said_in_russian() -> None:
    for name in preset_files.names("roles"):
        turnover = preset_files.preset("roles", name).plain.get("turnover_per_year")
        if isinstance(turnover, dict):
            assert title_key(turnover["source"]) in texts("ru"), name
    said = say("assumed-figure-sourced", what="x", said="y", sources=joined(["judgement", "our CRM"], "; "))
    assert said.endswith("(source: judgement; our CRM)")
    assert texts("ru").again(said).endswith("(источник: оценка; our CRM)")


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (Amount(3.1e6, "money", "RUB"), "3.10 mln RUB", "3,10 млн ₽"),
        (Amount(-45_300, "money", "RUB"), "-45.3 thousand RUB", "-45,3 тыс. ₽"),
        (Amount(1250.0), f"1{GAP}250", f"1{GAP}250"),
        (Amount(2.5, "hours"), "2.5 h", "2,5 ч"),
        (Amount(0.042, "share"), "4.2 %", "4,2 %"),
        (Percent(0.42), "42 %", "42 %"),
        (Percent(0.9999), "> 99.9 %", "> 99,9 %"),
        (Percent(1.0), "100 %", "100 %"),
        (Percent(float("inf")), "∞", "∞"),
        (Sure(0.9999), "over 99.9 %", "больше 99,9 %"),
        (Sure(0.871), "about 87 %", "около 87 %"),
        (Interval(0.64e6, 1.02e6, "money", "EUR"), "640 thousand EUR to 1.02 mln EUR", "от 640 тыс. € до 1,02 млн €"),
        (Count(1234), f"1{GAP}300", f"1{GAP}300"),
        (Day(dt.date(2026, 3, 2)), "2 March 2026", "2 марта 2026"),
        (Month(dt.date(2026, 3, 2)), "Mar 2026", "март 2026"),
        (["a", "b", "c"], "a, b and c", "a, b и c"),
        (["a"], "a", "a"),
        ([], "", ""),
    ],
)
def test_each_language_writes_values_in_its_own_way(value: Any, english: str, russian: str) -> None:
    assert texts("en").written(value) == english
    assert texts("ru").written(value) == russian


def test_a_phrase_is_english_and_can_be_said_again() -> None:
    phrase = say("from-to", low=Amount(0.5, "share"), high=say("sure-over", share="1"))
    assert phrase == "50 % to over 1"
    assert texts("ru").again(phrase) == "от 50 % до больше 1"
    assert texts("ru").again(pickle.loads(pickle.dumps(phrase))) == "от 50 % до больше 1"
    assert texts("ru").again("just words") == "just words"


def test_what_is_missing_is_said() -> None:
    with pytest.raises(KeyError, match="there is no text 'nothing'"):
        texts("en")("nothing")
    with pytest.raises(ValueError, match="high"):
        texts("ru")("from-to", low=1)
    with pytest.raises(ValueError, match="there are no texts in 'fr'; allowed: en, ru"):
        texts("fr")


def test_a_locale_has_the_language_that_there_is() -> None:
    assert [language_of(name) for name in ("ru", "ru_RU", "ru-RU", "en_GB", "de")] == ["ru", "ru", "ru", "en", "en"]


def test_a_value_of_thousands_of_letters_is_said_whole() -> None:
    name = "длинное имя { $what } " * 2_000
    for language in LANGUAGES:
        said = texts(language)("left-out", what=name, why="x" * 1_500)
        assert name in said and "x" * 1_500 in said and "\ue000" not in said
    inside = say("left-out", what=say("left-out-chart", name=name), why=name)
    assert texts("ru").again(inside).count(name) == 2


def test_a_name_is_shortened_where_there_is_no_room_for_it() -> None:
    assert shortened("Hunters", 7) == "Hunters"
    assert shortened("Hunters and farmers", 9) == "Hunters…"


def test_a_sentence_that_ends_with_an_abbreviation_has_one_full_stop() -> None:
    said = {
        value: texts("ru")("history-mean", value=value) for value in ("30 дн..", "30 дн.. Ещё", "1...", "../a.yaml")
    }
    assert list(said.values()) == [f"в среднем {left}" for left in ("30 дн.", "30 дн. Ещё", "1...", "../a.yaml")]
