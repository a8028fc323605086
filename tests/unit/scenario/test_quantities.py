"""What a person writes for a quantity, and the number that is left inside."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from simulation.texts import texts
from simulation.written import quantities as q
from simulation.written import readers
from simulation.written.quantities import Quantity, told_elapsed


def read(kind: Any, value: object, hours_per_day: float | None = None) -> Any:
    context = None if hours_per_day is None else {"hours_per_day": hours_per_day}
    return TypeAdapter(kind).validate_python(value, context=context)


def refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    return str(caught.value.errors()[0]["msg"])


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("30 min", 0.5),
        ("30min", 0.5),
        ("1 minute", 1 / 60),
        ("90 sec", 0.025),
        ("4 h", 4.0),
        ("4 hours", 4.0),
        ("1 hr", 1.0),
        ("2 days", 48.0),
        ("1 day", 24.0),
        ("1 week", 168.0),
        ("3 months", 2191.5),
        ("1 quarter", 2191.5),
        ("1 year", 8766.0),
        ("1.5 h", 1.5),
        ("1,5 h", 1.5),
        ("1 000 h", 1000.0),
        ("1 h 30 min", 1.5),
        ("1 day and 6 h", 30.0),
        (" 2  Days ", 48.0),
        ("never", math.inf),
        (0, 0.0),
        ("0", 0.0),
    ],
)
def test_elapsed_time_is_read_in_the_units_a_person_writes(text: object, hours: float) -> None:
    assert read(q.Elapsed, text) == pytest.approx(hours, rel=1e-15)


@pytest.mark.parametrize("value", [30, 4.5, "30", -1])
def test_a_bare_number_for_a_duration_says_that_a_unit_is_needed(value: object) -> None:
    for kind in (q.Elapsed, q.Working):
        message = refusal(kind, value)
        assert "has no unit" in message
        assert "'30 min'" in message


def test_elapsed_time_refuses_working_time_and_says_so() -> None:
    for text in ("4 working hours", "2 working days"):
        assert "this key is in elapsed time" in refusal(q.Elapsed, text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("30 min", 0.5),
        ("30 working minutes", 0.5),
        ("4 h", 4.0),
        ("4 working hours", 4.0),
        ("2 working days", 18.0),
        ("1 working day 1 h", 10.0),
        (0, 0.0),
    ],
)
def test_working_time_counts_working_days_by_the_calendar(text: object, hours: float) -> None:
    assert read(q.Working, text, hours_per_day=9) == hours


def test_a_working_day_has_eight_hours_where_nothing_is_known_of_the_calendar() -> None:
    assert read(q.Working, "2 working days") == 16.0


@pytest.mark.parametrize("text", ["2 days", "1 week", "3 months", "2 working weeks", "1 year"])
def test_working_time_refuses_calendar_time_and_says_so(text: str) -> None:
    assert "this key takes working time" in refusal(q.Working, text)


def test_work_that_never_ends_is_refused() -> None:
    assert "not an amount of work" in refusal(q.Working, "never")
    assert "allowed" in refusal(q.Working, math.inf)


@pytest.mark.parametrize("text", ["-3 h", "1 h -30 min"])
def test_a_negative_duration_is_refused(text: str) -> None:
    assert "negative" in refusal(q.Elapsed, text)


def test_a_misspelled_unit_gets_the_nearest_one() -> None:
    assert "did you mean 'hours'?" in refusal(q.Elapsed, "4 huors")
    assert "did you mean 'month'?" in refusal(q.PerMonth, "4 a mnth")


@pytest.mark.parametrize(
    "text", ["", "soon", "4", "h", "4 h later", "4 h 5", "09:00", "1e400 h", "9" * 500, "1e306 years"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    refusal(q.Elapsed, text)


@pytest.mark.parametrize(
    ("value", "share"),
    [("35 %", 0.35), ("35%", 0.35), (0.35, 0.35), ("0.35", 0.35), ("7 percent", 0.07), (1, 1.0), (0, 0.0)],
)
def test_a_share_is_read_in_per_cent_or_as_a_fraction(value: object, share: float) -> None:
    assert read(q.Share, value) == share


@pytest.mark.parametrize("value", [1.01, -0.1, 35, "150 %", "-5 %", math.nan, math.inf])
def test_a_share_outside_nought_to_one_is_refused(value: object) -> None:
    message = refusal(q.Share, value)
    assert "between 0 and 1" in message
    assert "'35 %'" in message


@pytest.mark.parametrize(
    ("value", "money"),
    [
        ("1.5 mln", 1_500_000.0),
        ("1,5 млн", 1_500_000.0),
        ("300 k", 300_000.0),
        ("300k", 300_000.0),
        ("25 000", 25_000.0),
        ("25\u00a0000", 25_000.0),
        ("25\u202f000,50", 25_000.5),
        ("1,250,000", 1_250_000.0),
        ("1,250,000.75", 1_250_000.75),
        ("2 bn", 2e9),
        ("300 тыс.", 300_000.0),
        ("1 млрд", 1e9),
        ("-5 k", -5000.0),
        (2.9, 2.9),
        ("1e6", 1e6),
    ],
)
def test_money_is_read_as_a_person_writes_it(value: object, money: float) -> None:
    assert read(q.Money, value) == money


def test_a_comma_that_could_mean_two_things_is_refused() -> None:
    assert "one way only" in refusal(q.Money, "25,000")


@pytest.mark.parametrize(
    ("value", "money"),
    [
        ("60 тыс. руб.", 60_000.0),
        ("40к", 40_000.0),
        ("100 т.р.", 100_000.0),
        ("200 000 ₽", 200_000.0),
        ("200\u00a0000\u202f₽", 200_000.0),
        ("1,5 млн руб", 1_500_000.0),
        ("₽ 25 000", 25_000.0),
        ("100 RUB", 100.0),
        ("300 р.", 300.0),
        ("-5 тыс. рублей", -5_000.0),
    ],
)
def test_money_may_name_the_currency_of_the_scenario(value: str, money: float) -> None:
    assert readers.parse_money(value, {"currency": "RUB"}) == money
    assert read(q.Money, value) == money


def test_money_in_another_currency_than_the_scenario_is_refused() -> None:
    for value in ("$100", "100 USD", "1.5 mln $", "20 евро"):
        with pytest.raises(readers.QuantityError, match="but the scenario counts in RUB"):
            readers.parse_money(value, {"currency": "RUB"})
    assert readers.parse_money("$1,200,000", {"currency": "USD"}) == 1_200_000


@pytest.mark.parametrize("value", ["руб", "25 банан", "12 тыс. кг руб", "млн"])
def test_what_is_no_amount_stays_none_with_a_currency(value: str) -> None:
    refusal(q.Money, value)


def test_a_bare_25_where_a_share_is_meant_is_answered_with_the_percentage() -> None:
    assert "did you mean '25 %'?" in refusal(q.Share, 25)
    assert "did you mean '2.5 %'?" in refusal(q.Share, "2,5")
    assert "did you mean" not in refusal(q.Share, 250)
    assert "did you mean" not in refusal(q.Share, "120 %")
    assert "did you mean" not in refusal(q.Share, -5)


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("30 мин", 0.5),
        ("4 часа", 4.0),
        ("2 дня", 48.0),
        ("1 ч 30 мин", 1.5),
        ("3 нед.", 504.0),
        ("2 года", 2 * 8766.0),
        ("6 мес.", 6 * 730.5),
    ],
)
def test_times_are_read_in_russian_too(value: str, hours: float) -> None:
    assert read(q.Elapsed, value) == pytest.approx(hours)


def test_working_times_rates_and_shares_are_read_in_russian_too() -> None:
    assert read(q.Working, "2 рабочих дня", 8) == 16
    assert read(q.Working, "1 рабочий час") == 1
    assert read(q.PerMonth, "720 в год") == pytest.approx(60)
    assert read(q.PerMonth, "60 в месяц") == 60
    assert read(q.Share, "35 процентов") == pytest.approx(0.35)
    assert read(q.Elapsed, "никогда") == float("inf")


def test_an_amount_cannot_be_negative_but_money_can() -> None:
    assert read(q.Money, "-5 k") == -5000
    assert "negative" in refusal(q.Amount, "-5 k")


@pytest.mark.parametrize(
    ("value", "per_month"),
    [
        (60, 60),
        ("60", 60),
        ("60 a month", 60),
        ("60 per month", 60),
        ("60/month", 60),
        ("720 a year", 60),
        ("180 a quarter", 60),
    ],
)
def test_a_rate_is_converted_from_the_period_that_is_written(value: object, per_month: float) -> None:
    assert read(q.PerMonth, value) == pytest.approx(per_month, rel=1e-15)
    assert read(q.PerYear, value) == pytest.approx(per_month if value in (60, "60") else 12 * per_month, rel=1e-15)


def test_a_rate_per_day_is_counted_in_days_of_the_calendar() -> None:
    assert read(q.PerMonth, "2 a day") == pytest.approx(2 * 730.5 / 24)


@pytest.mark.parametrize("value", [-1, "-60 a month", "a lot", "60 a fortnight", math.nan, math.inf, "60 h"])
def test_what_is_no_rate_is_refused(value: object) -> None:
    refusal(q.PerMonth, value)


@pytest.mark.parametrize(("value", "count"), [(0, 0), (8, 8), (8.0, 8), ("8", 8), ("1 000", 1000)])
def test_a_count_is_a_whole_number(value: object, count: int) -> None:
    result = read(q.Count, value)
    assert result == count
    assert isinstance(result, int)


def test_a_count_that_is_negative_or_not_whole_is_refused() -> None:
    assert "negative" in refusal(q.Count, -1)
    assert "not whole" in refusal(q.Count, 2.5)


def test_positive_and_nonnegative_numbers_refuse_what_they_say() -> None:
    assert "above zero" in refusal(q.Positive, 0)
    assert "negative" in refusal(q.NonNegative, -0.1)
    assert read(q.NonNegative, 0) == 0.0
    assert read(q.LogOdds, "-0.3") == -0.3


ALL = (
    q.Elapsed,
    q.Working,
    q.Share,
    q.Money,
    q.Amount,
    q.PerMonth,
    q.PerYear,
    q.Count,
    q.Positive,
    q.NonNegative,
    q.Number,
)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("value", [True, False, None, [], {}, b"1", "true", math.nan, 10**400])
def test_nothing_but_numbers_and_texts_is_a_quantity(kind: Any, value: object) -> None:
    message = refusal(kind, value)
    assert "allowed" in message
    assert "for example" in message


class Everything(BaseModel):
    """One field of each kind."""

    model_config = ConfigDict(frozen=True)
    elapsed: q.Elapsed
    working: q.Working
    share: q.Share
    money: q.Money
    rate: q.PerMonth
    count: q.Count
    perhaps: q.Elapsed | None = None


finite = st.floats(min_value=0, max_value=1e7, allow_nan=False)


@settings(max_examples=200, deadline=None)
@given(finite, finite, st.floats(0, 1), st.floats(-1e12, 1e12), finite, st.integers(0, 10**9))
def test_what_is_dumped_as_text_reads_back_as_exactly_the_same(
    elapsed: float, working: float, share: float, money: float, rate: float, count: int
) -> None:
    made = Everything.model_validate(
        {
            "elapsed": q.ELAPSED.write(elapsed),
            "working": q.WORKING.write(working),
            "share": share,
            "money": money,
            "rate": rate,
            "count": count,
        }
    )
    assert (made.elapsed, made.working) == (elapsed, working)
    assert Everything.model_validate(made.model_dump(mode="json"), context={"hours_per_day": 7}) == made
    assert made.model_dump()["elapsed"] == elapsed


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0.5, "30 min"), (4.0, "4 h"), (48.0, "2 days"), (2191.5, "3 months"), (math.inf, "never"), (0.0, 0)],
)
def test_a_duration_is_written_in_the_largest_unit_that_fits(hours: float, text: object) -> None:
    assert q.ELAPSED.write(hours) == text


def test_every_quantity_tells_editors_its_unit_and_gives_examples_that_it_reads() -> None:
    marks = [value for value in vars(q).values() if isinstance(value, Quantity)]
    assert len(marks) == 15
    for mark in marks:
        schema = mark.json_schema()
        assert schema["unit"] and schema["anyOf"]
        for example in mark.examples:
            mark.parse(example, {})
    assert (q.ELAPSED.json_schema()["clock"], q.WORKING.json_schema()["clock"]) == ("elapsed", "working")


@pytest.mark.parametrize(
    ("hours", "english", "russian"),
    [
        (24, "1 day", "1 день"),
        (72, "3 days", "3 дня"),
        (240, "10 days", "10 дней"),
        (1.5 * 730.5, "1.5 months", "1,5 месяца"),
    ],
)
def test_an_elapsed_time_is_told_in_every_language(hours: float, english: str, russian: str) -> None:
    told = told_elapsed(hours)
    assert (told, texts("ru").again(told)) == (english, russian)
    assert (told_elapsed(0), told_elapsed(math.inf)) == ("0", "never")
