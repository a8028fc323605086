"""Numbers in plain English."""

import math

import pytest

from simulation.analysis.verdict import told_apart_amounts
from simulation.texts import Amount, Count, Percent, Sure, texts

write = texts("en").written


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (3_104_000, "money", "3.10 mln RUB"),
        (-24_300, "money", "-24.3 thousand RUB"),
        (512.4, "money", "512 RUB"),
        (0.42, "share", "42 %"),
        (0.031, "share", "3.1 %"),
        (3.25, "hours", "3.2 h"),
        (41.26, "days", "41.3 days"),
        (12.0, "number", "12"),
        (12.5, "number", "12.5"),
        (math.nan, "money", "undefined"),
    ],
)
def test_an_amount_has_three_figures_and_its_unit(value: float, unit: str, text: str) -> None:
    assert write(Amount(value, unit, "RUB")) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(("share", "text"), [(0.03, "3 %"), (1.04 - 1, "4 %"), (0.005, "0.5 %"), (1.71, "171 %")])
def test_a_per_cent_has_a_decimal_only_where_it_says_something(share: float, text: str) -> None:
    assert write(Percent(share)) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.9981, "99.8 %"),
        (0.99996, "> 99.9 %"),
        (0.0002, "< 0.1 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (1.004, "100 %"),
    ],
)
def test_a_per_cent_is_none_or_all_only_where_it_is_exactly_so(share: float, text: str) -> None:
    assert write(Percent(share)) == text


def test_two_amounts_get_the_digits_that_tell_them_apart() -> None:
    assert tuple(map(write, told_apart_amounts(3_104_000, 3_101_000, "money", "RUB"))) == (
        "3.104 mln RUB",
        "3.101 mln RUB",
    )
    assert tuple(map(write, told_apart_amounts(0.4212, 0.4209, "share"))) == ("42.12 %", "42.09 %")
    assert tuple(map(write, told_apart_amounts(3e6, 4e6, "money"))) == ("3.00 mln", "4.00 mln")
    assert tuple(map(write, told_apart_amounts(3e6, 3e6, "money"))) == ("3.00 mln", "3.00 mln")


def test_certainty_is_never_a_hundred_per_cent() -> None:
    assert write(Sure(1.0)) == "over 99.9 %"
    assert write(Sure(0.995)) == "about 99.5 %"
    assert write(Sure(0.87)) == "about 87 %"
    assert write(Sure(0.0)) == "under 0.1 %"
    assert write(Sure(0.004)) == "about 0.4 %"


def test_names_are_listed_as_one_says_them() -> None:
    assert [write(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_an_estimated_number_is_rounded_up() -> None:
    assert [write(Count(n)) for n in (7, 31, 214, 3021)] == ["7", "31", "220", "3\N{NO-BREAK SPACE}100"]
