"""Numbers as people read them."""

import math

import pytest

from simulation.report.numbers import one, plain, scale_of

SPACE = "\N{NO-BREAK SPACE}"


def test_thousands_are_separated() -> None:
    assert plain(1234567.891, 2) == f"1{SPACE}234{SPACE}567.89"


def test_a_language_writes_its_own_point_and_words_and_an_unknown_one_is_written_in_english() -> None:
    assert one("money", 4_820_000, "RUB", "ru_RU") == "4,82 млн ₽"
    assert one("money", 4_820_000, "RUB", "xx") == "4.82 mln RUB"


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("money", 4_820_000.0, "4.82 mln RUB"),
        ("money", -298_600.0, "-299 k RUB"),
        ("money", 9_999.0, f"9{SPACE}999 RUB"),
        ("money", 1.5e9, "1.50 bln RUB"),
        ("share", 0.352, "35.2 %"),
        ("share", 0.0, "0 %"),
        ("hours", 0.25, "15 min"),
        ("hours", 26.5, "26.5 h"),
        ("working hours", 2.0, "2 h"),
        ("days", 41.27, "41.3 days"),
        ("number", 720.0, "720"),
        ("number", 1_234.0, f"1{SPACE}234"),
    ],
)
def test_one_number_is_written_with_its_unit(unit: str, value: float, text: str) -> None:
    assert one(unit, value, "RUB") == text  # type: ignore[arg-type]


def test_what_is_undefined_is_a_dash_and_infinity_is_a_sign() -> None:
    assert one("money", math.nan, "RUB") == "–"
    assert plain(math.inf, signed=True) == "+∞"
    assert plain(-math.inf) == "-∞"


def test_nothing_is_never_written_with_a_minus() -> None:
    assert plain(-0.0004, 2) == "0.00"
    assert plain(-0.0, 0, signed=True) == "0"


def test_a_gain_has_a_plus_where_a_difference_is_shown() -> None:
    scale = scale_of("money", [1.5e6, -2e5], currency="RUB")
    assert scale.text(1.5e6, signed=True) == "+1.50"
    assert scale.text(-2e5, signed=True) == "-0.20"


def test_numbers_of_one_row_share_a_scale_so_that_they_can_be_compared() -> None:
    scale = scale_of("money", [4_820_000, 950_000], [210_000, 190_000], "RUB")
    assert scale.unit == "mln RUB"
    assert (scale.text(4_820_000), scale.text(950_000)) == ("4.82", "0.95")
    assert scale.interval(4_610_000, 5_030_000) == "4.61 … 5.03"


def test_decimals_follow_from_how_sure_the_numbers_are() -> None:
    assert scale_of("number", [720.31], [12.0]).text(720.31) == "720"
    assert scale_of("number", [720.31], [0.7]).text(720.31) == "720.3"
    assert scale_of("share", [0.99994, 0.757], [0.000005, 0.006]).text(0.99994) == "99.99"
    assert scale_of("share", [0.2231], [0.012]).with_unit(0.2231) == "22.3 %"


def test_undefined_and_infinite_numbers_do_not_set_the_scale() -> None:
    scale = scale_of("money", [math.nan, math.inf, 2_000_000], [math.inf, math.nan, 0.0], "RUB")
    assert scale.with_unit(2_000_000) == "2 mln RUB"
    assert scale.interval(math.nan, math.nan) == ""
