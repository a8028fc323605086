"""The words of the form: titles in drop-downs, defaults that can be typed, lists, laws, and what is said of others."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import simulation
from simulation.intake.starter import starter_text
from simulation.intake.workbook_form import workbook_form
from simulation.scenario import preset_files
from simulation.scenario.form_titles import told_by
from simulation.scenario.places import places
from simulation.texts import LANGUAGES, Phrase, texts
from simulation.written.choices import (
    LawError,
    from_words,
    in_all_languages,
    in_words,
    law_title,
    meant,
    names_of,
    nearest_name,
    parameter_title,
    title_of,
)
from simulation.written.laws import PARAMETERS
from simulation.written.workbook import FIRST_ROW, HEADS, LIST, NUMBERS, listed

AT = {head: column for column, head in enumerate(HEADS, 1)}
RU = texts("ru")


def form(language: str = "ru", text: str | None = None) -> openpyxl.Workbook:
    scenario = simulation.load_text(text or texts(language).again(starter_text()))
    return openpyxl.load_workbook(io.BytesIO(workbook_form(scenario, language)))


def cells(book: openpyxl.Workbook, head: str) -> dict[str, Any]:
    """What stands in a column, by the keys of the rows."""
    return {
        str(sheet.cell(row, AT["key"]).value): sheet.cell(row, AT[head]).value
        for sheet in book.worksheets
        for row in range(FIRST_ROW + 1, sheet.max_row + 1)
        if sheet.cell(row, AT["key"]).value
    }


def filled(folder: Path, values: dict[str, Any], language: str = "ru", text: str | None = None) -> Path:
    """A form with some cells changed."""
    book = form(language, text)
    left = dict(values)
    for sheet in book.worksheets:
        for row in range(FIRST_ROW + 1, sheet.max_row + 1):
            if (key := sheet.cell(row, AT["key"]).value) in left:
                sheet.cell(row, AT["value"]).value = left.pop(key)
    assert not left
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def refused(folder: Path, values: dict[str, Any]) -> str:
    """What is said of a form in Russian."""
    with pytest.raises(simulation.ScenarioError) as caught:
        simulation.load(filled(folder, values))
    return RU.again(caught.value.phrase)


def offered() -> list[tuple[str, tuple[Any, ...]]]:
    """What each key may be, by its place."""
    found = [(place.path, place.slot.choices) for place in places() if place.slot.choices]
    found += [(place.path, place.slot.entry.words) for place in places() if place.slot.entry and place.slot.entry.words]
    found += [(place.path, each) for place in places() for each in told_by(place.slot).values()]
    return [(path, choices) for path, choices in found if not path.startswith("search.")]


@pytest.mark.parametrize(("path", "choices"), offered(), ids=lambda value: value if isinstance(value, str) else "")
def test_each_value_of_a_key_has_a_title_that_no_other_one_of_it_has(path: str, choices: tuple[Any, ...]) -> None:
    names = names_of(choices)
    for key, titles in names.items():
        assert isinstance(title_of(key), Phrase), f"{path}: {key} has no title"
        assert all(meant(title, names) == key for title in (*titles, key, key.upper()))


def test_laws_and_parameters_and_presets_have_titles() -> None:
    for law, parameters in PARAMETERS.items():
        assert law == "empirical" or isinstance(law_title(law), Phrase)
        assert all(
            isinstance(parameter_title(name), Phrase) for name in parameters if name not in ("values", "weights")
        )
    for kind in ("structures", "roles"):
        every = [title for titles in preset_files.titled(kind).values() for title in titles]
        assert len(every) == len(set(every))


@pytest.mark.parametrize("word", ["партнёр", "партнер", " ПАРТНЕР ", "partner", "Partner"])
def test_a_title_of_either_language_and_the_key_are_read(word: str, tmp_path: Path) -> None:
    new = {"market.channels.new_1.kind": word, "market.channels.new_1.leads_per_month": 5}
    for language in LANGUAGES:
        scenario = simulation.load(filled(tmp_path, new, language))
        assert scenario.market.channels["new_1"].kind == "partner"
        assert scenario.provenance.tree.get("market.channels.new_1.kind").plain == "partner"  # type: ignore[union-attr]


def test_a_word_that_is_no_title_is_told_with_the_nearest_and_the_label(tmp_path: Path) -> None:
    said = refused(tmp_path, {"market.channels.site.kind": "входящи"})
    assert "market.channels.site.kind («вид канала (сайт)»): здесь не допускается 'входящи'" in said
    assert "допустимо: входящий, исходящий, партнёр, дистрибьютор" in said
    assert "имелось в виду 'входящий'?" in said
    said = refused(tmp_path, {"experiment.begin": "новичик"})
    assert "допустимо: опытные, как сегодня, новички; возможно, имелось в виду 'новички'?" in said
    said = refused(tmp_path, {"structures.new_1.preset": "смешаная"})
    assert "имелось в виду 'Смешанная'?" in said


def test_what_is_lacking_or_does_not_belong_is_said_by_its_label(tmp_path: Path) -> None:
    assert "(«цель года»): не заполнено: цель года" in refused(tmp_path, {"plan.target": None})
    said = refused(tmp_path, {"market.channels.site.kind": "исходящий"})
    assert "(«лидов в месяц (сайт)»): здесь этого не указывают; оставьте ячейку пустой" in said
    said = refused(tmp_path, {"structures.universal.roles.universal.support": "дда"})
    assert "допустимо: да, нет" in said


def test_titles_mean_nothing_in_yaml() -> None:
    text = str(starter_text()).replace("kind: inbound", "kind: входящий")
    with pytest.raises(simulation.ScenarioError, match="allowed: inbound, outbound, partner, distributor"):
        simulation.load_text(text)


def test_names_of_what_the_scenario_declares_are_read_by_their_titles(tmp_path: Path) -> None:
    text = str(starter_text()).replace("months: 12", "months: 12\n  baseline: functional")
    book = form("ru", text)
    assert cells(book, "value")["experiment.baseline"] == "Функциональная"
    scenario = simulation.load(filled(tmp_path, {"experiment.baseline": "функциональная"}, "ru", text))
    assert scenario.experiment.baseline == "functional"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_default_can_be_typed_as_it_is_shown(language: str, tmp_path: Path) -> None:
    shown = {key: said for key, said in cells(form(language), "default").items() if said}
    none = texts(language)("xlsx-none")
    empty = cells(form(language), "value")
    typed = {key: said for key, said in shown.items() if said != none and empty[key] is None}
    assert len(typed) > 50
    assert typed["hand_off.lead.loss"] == "15 %" and typed["hand_off.customer.loss"] == "3 %"
    ownership = texts(language).again(title_of("personal"))
    assert typed["structures.universal.roles.universal.ownership"] == ownership
    del typed["people.departure.customers_lost"]  # 17.6 / 100 is not 0.176 to the last bit
    typed = {key: said for key, said in typed.items() if not key.startswith("market.customers.care.")}  # off, if empty
    scenario = simulation.load(filled(tmp_path, typed, language))
    plain = simulation.load_text(texts(language).again(starter_text()))
    assert scenario == plain


def test_a_default_that_is_a_law_is_said_in_words() -> None:
    shown = cells(form("ru"), "default")
    assert shown["market.channels.site.patience"] == "экспоненциальное: среднее 14 дней"
    assert shown["people.recruiting.time"] == "логнормальное: среднее 49 дней; коэффициент вариации 0,5"
    assert shown["experiment.level"] == "95 %"
    assert shown["experiment.measure"] == "прибыль"
    assert shown["market.channels.site.arrival_hours"] == "круглосуточно"


def test_no_row_of_the_russian_form_has_an_english_word() -> None:
    book = form("ru")
    for head in ("label", "unit", "default", "allowed"):
        for key, said in cells(book, head).items():
            words = str(said or "")
            for known in ("{file: ИМЯ}", "RUB", "CRM", "VIP", *(["en"] if key == "locale" else [])):
                words = words.replace(known, "")
            assert not any("a" <= letter.lower() <= "z" for letter in words), (key, said)
            assert "new_1" not in words


@given(
    st.sampled_from(["exponential", "lognormal", "gamma", "weibull", "uniform", "triangular", "constant"]),
    st.lists(st.integers(1, 500).map(lambda n: n / 4), min_size=3, max_size=3),
    st.sampled_from(LANGUAGES),
)
def test_a_law_in_words_is_read_as_it_was(law: str, numbers: list[float], language: str) -> None:
    written = {law: {name: f"{number!r} days" for name, number in zip(PARAMETERS[law], numbers, strict=False)}}
    said = in_words(written, texts(language))
    assert said is not None
    again = from_words(said)
    assert again is not None
    assert list(again) == [law] and list(again[law]) == list(written[law])
    for name, number in zip(PARAMETERS[law], numbers, strict=False):
        assert float(str(again[law][name]).split()[0].replace(",", ".")) == number


def test_a_law_that_is_not_whole_is_told() -> None:
    assert from_words("логнормальное: 10 дней; 0,5") == {"lognormal": {"mean": "10 дней", "cv": "0,5"}}
    assert from_words("09:00") is None and from_words("10 дней") is None
    with pytest.raises(LawError, match="needs more parameters"):
        from_words("lognormal: mean 10 days")
    with pytest.raises(LawError) as caught:
        from_words("экспоненциальное: средне 10 дней")
    assert caught.value.near == "среднее"


def test_a_list_is_read_with_semicolons_commas_and_either_decimal_sign() -> None:
    assert listed("1,05; 1; 0,9", NUMBERS) == [1.05, 1, 0.9]
    assert listed("1,05, 1, 0,9", NUMBERS) == [1.05, 1, 0.9]
    assert listed("1.05 1 0.9", NUMBERS) == [1.05, 1, 0.9]
    assert listed("пн, вт,ср", LIST) == ["пн", "вт", "ср"]
    assert listed("a, b; c;", LIST) == ["a, b", "c"]


def test_days_of_the_week_and_what_people_do_are_lists_of_titles(tmp_path: Path) -> None:
    scenario = simulation.load("scenarios/late_shift.yaml")
    shown = cells(openpyxl.load_workbook(io.BytesIO(workbook_form(scenario, "ru"))), "value")
    assert shown["calendar.week"] == "пн; вт; ср; чт; пт; сб"
    assert shown["structures.by_day.roles.seller.activities"].startswith("заказы и обращения; сбор оплаты; продажи")
    assert shown["market.channels.site.seasonality"].startswith("1,05; 1; 0,9; 0,85")


def test_the_nearest_name_is_looked_for_among_titles_and_keys() -> None:
    names = names_of(("inbound", "outbound"))
    assert nearest_name("исходящи", names) == "исходящий"
    assert nearest_name("inbund", names) == "inbound"
    assert nearest_name("xyz", names) == ""
    assert in_all_languages(title_of("inbound")) == ("inbound", "входящий")
