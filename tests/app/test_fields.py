"""Fields: a value is shown as somebody would type it, and reads as the same number."""

import math
import re

import pytest

from simulation.app import fields, live
from simulation.app.blocks import html_of
from simulation.app.firms import names, opened
from simulation.app.look import LOOKS, next_look
from simulation.app.short import department
from simulation.app.typed import text_of
from simulation.expected import workload
from simulation.report.page.blocks import Bullets, Part, Words
from simulation.scenario.describe import difference
from simulation.sense.loader import load_text
from simulation.texts import texts
from simulation.written.errors import ScenarioError
from tests.app.conftest import SMALL


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", names())
def test_what_is_shown_reads_as_the_same_number(name: str, language: str) -> None:
    scenario, t = opened(name), texts(language)
    found = fields.fields_of(scenario)
    assert len(found) > 40
    for each in found:
        text = fields.written(each, t)
        value, quantity = fields.read(scenario, each.path, text)
        assert value == pytest.approx(each.value, rel=1e-6), (each.path, text)
        for end in (each.low, each.high):
            again, _ = fields.read(scenario, each.path, text_of(quantity, end, t))
            assert again == pytest.approx(end, rel=1e-6, abs=1e-12), (each.path, end)


@pytest.mark.parametrize("name", names())
def test_every_field_can_be_set_to_what_it_is(name: str) -> None:
    scenario, t = opened(name), texts("en")
    values: dict[str, object] = {}
    for each in fields.fields_of(scenario):
        values |= fields.settings(scenario, each.path, fields.written(each, t), "typed")
    for each in difference(scenario, scenario.replace(values)):  # 17.6 % is not 0.176 in the last bit
        assert float(each.first) == pytest.approx(float(each.second), rel=1e-12)


def test_sliders_have_even_steps_and_hold_the_value() -> None:
    for each in fields.fields_of(opened("department_of_ten")):
        assert each.low <= each.value <= each.high and math.isfinite(each.high)
        assert each.step > 0
        mantissa = each.step / 10 ** math.floor(math.log10(each.step) + 1e-9)
        assert round(mantissa, 6) in (1, 2, 5)


def test_badges_say_where_a_figure_comes_from() -> None:
    scenario = opened("department_of_ten")
    badges = {each.path: each.badge for each in fields.fields_of(scenario, {"plan.target"})}
    assert badges["plan.target"] == "typed"
    assert badges["market.channels.site.fit"] == "file"
    assert badges["market.speed_to_lead.floor"] == "default"


def test_every_word_of_help_is_there() -> None:
    keys = {each.help for name in names() for each in fields.fields_of(opened(name)) if each.help}
    assert len(keys) > 15
    for language in ("en", "ru"):
        assert [key for key in keys if key not in texts(language)] == []


def test_the_closed_form_is_the_one_of_everybody() -> None:
    scenario = load_text(SMALL)
    for found in live.expected(scenario):
        flows = workload(scenario, found.name)
        assert {role.title for role in found.roles} <= {"Universal manager", "Hunter", "Closer", "Farmer"}
        assert found.revenue <= 12 * flows.revenue * (1 + 1e-9)
        assert found.costs > found.payroll > 0
        a_unit = found.margin / found.revenue
        assert found.break_even * 12 * a_unit == pytest.approx(found.costs)


def test_more_people_are_less_loaded() -> None:
    scenario = load_text(SMALL)
    more = scenario.replace({"structures.universal.roles.universal.headcount": 6})
    before, after = (live.expected(each)[0].roles[0].load for each in (scenario, more))
    assert after < before


def test_looks_come_at_four_eight_sixteen_and_end_at_the_total() -> None:
    years, seen = 0, []
    while years < 100:
        years = next_look(years, 100)
        seen.append(years)
    assert seen == [*LOOKS, 100]
    assert next_look(0, 3) == 3 and next_look(4, 8) == 8


def test_lines_of_a_budget_stand_in_the_language_of_the_page() -> None:
    t = texts("ru")
    titles = {t.again(each.title) for each in fields.fields_of(opened("department_of_ten")) if "budget." in each.path}
    assert {"аренда", "столы", "мобильная связь"} <= titles
    assert [each for each in titles if each.isascii()] == []


def test_a_field_left_empty_says_that_it_is_needed() -> None:
    with pytest.raises(ScenarioError) as refused:
        fields.read(opened("starter"), "market.channels.site.leads_per_month", "  ")
    (problem,) = refused.value.problems
    assert texts("ru").again(problem.message) == "Это нужно."


@pytest.mark.parametrize("typed", ["сто", "-3", "12O"])
def test_a_rate_is_explained_in_the_language_of_the_page(typed: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        fields.read(opened("starter"), "market.channels.site.leads_per_month", typed)
    (problem,) = refused.value.problems
    allowed = texts("ru").again(problem.allowed)
    assert "в неделю" in allowed and not re.search("[a-z]", allowed) and not problem.suggestion


def test_the_short_form_offers_no_null() -> None:
    wrong = department({"universal": "минус два", "revenue": "много", "deals": "-5"}, texts("ru"))
    assert isinstance(wrong, dict) and "много" in wrong["revenue"]
    assert [said for said in wrong.values() if re.search("[A-Za-z]", said)] == []


def test_an_answer_names_no_key() -> None:
    t = texts("ru")
    part = Part(
        "x", "x", [Words("порядок скажет его `stages`; нужен `quota`, как у `compare`"), Bullets(["`begin: mature`"])]
    )
    found = html_of(part, t)
    assert "`" not in found and "«личный план на месяц»" in found and "begin" not in found


@pytest.mark.parametrize(
    "path",
    [
        "market.channels.site.leads_per_month",
        "market.initial.customers",
        "structures.universal.roles.universal.headcount",
    ],
)
def test_a_slip_of_a_few_zeros_does_not_fill_the_memory(path: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        fields.settings(opened("starter"), path, "1 000 000 000", "typed")
    assert "100 000" in texts("ru").again(refused.value.problems[0].message).replace("\xa0", " ")
    assert fields.settings(opened("starter"), path, "500", "typed")


def test_the_short_form_refuses_a_slip_of_a_few_zeros_too() -> None:
    wrong = department({"leads_a_month": "1 000 000 000", "customers_start": "1 000 000 000"}, texts("ru"))
    assert isinstance(wrong, dict)
    assert "не больше" in wrong["leads_a_month"] and "не больше" in wrong["customers_start"]
