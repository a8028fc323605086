"""Names of estimated figures in words: 'deal: share that goes on' in place of 'stages.deal.share'."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from simulation.calibration.estimators.spells import WHOLE
from simulation.calibration.estimators.work_times import ALL
from simulation.report.numbers import plain
from simulation.texts import Texts, Verbatim

PATTERNS: tuple[tuple[str, str], ...] = (
    (r"regime\.(?P<what>\w+)\.factor", "regime"),
    (r"stages\.(?P<of>.+)\.gap_(?P<what>yes|no)\.(?P<kind>mean|cv|at_once)", "clock"),
    (r"stages\.(?P<of>.+)\.(?P<what>share|silent|expires|unanswered)", "stage"),
    (r"stages\.(?P<of>.+)\.wait\.mean", "waiting"),
    (r"arrivals\.common", "common"),
    (r"arrivals\.(?P<of>.*)\.bursts\.(?P<what>cv|memory)", "bursts"),
    (r"arrivals\.(?P<of>.*)\.weekdays\.(?P<number>\d+)", "weekday"),
    (r"arrivals\.(?P<of>.*)\.hours\.(?P<number>\d+)", "hour"),
    (r"arrivals\.(?P<of>.*)\.seasonality\.(?P<number>\d+)", "month"),
    (r"arrivals\.(?:(?P<of>.*)\.)?(?P<what>leads_per_month|holidays|trend_per_year)", "arrivals"),
    (r"pipeline\.open\.count", "open"),
    (r"pipeline\.open\.(?P<what>wins|left)\.(?P<number>\d+)_weeks", "ahead"),
    (r"amounts\.amount\.(?P<what>mean|cv|heaped|drift|lost_to_won)", "amount"),
    (r"amounts\.amount\.(?P<of>.+)\.factor", "amount-channel"),
    (r"presence\.(?P<what>names|heads|days_per_week)", "presence"),
    (r"presence\.hours\.(?P<what>begin|end)", "office"),
    (r"presence\.heads\.(?P<of>.+)", "heads"),
    (r"sellers\.(?P<what>log_odds_sd|talent\.sd|ramp)", "sellers"),
    (r"sellers\.ramp\.(?P<number>\d+)", "ramp"),
    (r"customers\.season\.(?P<number>\d+)", "orders-month"),
    (r"division\.share\.(?P<role>[^.]+)\.(?P<of>.+)", "division"),
    (r"tenure\.stay\.(?P<number>\d+)", "stay"),
    (r"tenure\.per_year", "leaving"),
    (r"tenure\.per_year\.(?P<of>.+)", "leaving-role"),
    (r"load\.load", "load"),
    (r"load\.load\.(?P<of>.+)", "load-role"),
    (r"work(?:_times)?\.week\.(?P<role>[^.]+)\.(?P<of>.+)", "week-of"),
    (r"work(?:_times)?\.week\.(?P<of>.+)", "week"),
    (r"work(?:_times)?\.hours", "pieces"),
    (r"work(?:_times)?\.(?P<of>.+)\.(?P<what>hours|cv|people_sd)", "work"),
    (r"attempts\.(?:reach\.)?(?P<what>probability|most|calls_per_day|calls_per_month|find_probability)", "attempts"),
    (r"attempts\.channel\.find", "attempts-channel"),
    (r"attempts\.reached\.(?P<number>\d+)", "reached"),
)
"""What the key of a figure looks like, and the text that says it."""
WORKED = ".worked"
"""Behind the name of a stage: the customer's part of it alone."""
UNITS = ("hours", "days", "share", "a year", "hours a week")
"""Units that are words of a language."""
MONEY = "money"
"""What an estimator calls an amount in the currency of the records."""


def figure_words(name: str, t: Texts, channels: Collection[str] = (), stages: Collection[str] = ()) -> str:
    """What a figure is, in words; its key where there are none for it.

    Args:
        name: key of the figure, that of its estimator first.
        t: the language.
        channels: names of the channels, which may stand behind that of a stage.
        stages: names of the stages; where none is called so, 'deal' is all of them together.
    """
    for pattern, key in PATTERNS:
        found = re.fullmatch(pattern, name)
        if found:
            given = {field: each or "" for field, each in found.groupdict().items()}
            values: dict[str, Any] = {n: each.replace("_", "-").replace(".", "-") for n, each in given.items()}
            # names of the records stay as they are
            if "role" in given:
                values["role"] = Verbatim(_of(given["role"], (), stages, t))
            if "of" in given:
                values["of"] = Verbatim(_of(given["of"], channels, stages, t))
            if "number" in given:
                values["number"] = int(given["number"]) + (key == "weekday")
            return t(f"calibration-name-{key}", **values)
    words = f"calibration-name-{name.replace('.', '-').replace('_', '-')}"
    return t(words) if words in t else name


def _of(name: str, channels: Collection[str], stages: Collection[str], t: Texts) -> str:
    """A stage, with the channel that stands behind it."""
    for channel in sorted(channels, key=len, reverse=True):
        if channel and name.endswith(f".{channel}"):
            stage = _of(name[: -len(channel) - 1], (), stages, t)
            return t("calibration-name-within", stage=Verbatim(stage), channel=Verbatim(channel))
    if name.endswith(WORKED) and name not in stages:
        return t("calibration-name-worked", stage=Verbatim(_of(name.removesuffix(WORKED), (), stages, t)))
    if name == WHOLE and WHOLE not in stages:
        return t("calibration-name-whole")
    return t("calibration-name-all") if name in ("", ALL) else name


def unit_words(unit: str, t: Texts) -> str:
    """A unit in words of a language; itself where it is none ('RUB'), nothing of money in no known currency."""
    if unit == MONEY:
        return ""
    return t(f"calibration-unit-{unit.replace(' ', '-')}") if unit in UNITS else unit


def span_words(low: str, high: str, t: Texts) -> str:
    """A judged range as a language writes it; '' where there is none."""
    return f"{_quantity(low, t)} … {_quantity(high, t)}" if low else ""


def _quantity(given: str, t: Texts) -> str:
    number, _, unit = given.partition(" ")
    told = plain(float(number), len(number.partition(".")[2]), t.language)
    return t(f"calibration-quantity-{unit}", number=told) if unit in ("h", "min", "days") else f"{told} {unit}".strip()
