"""Figures of a calibration are told in words of both languages, and no key is left."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from simulation.calibration.backtest import against
from simulation.calibration.estimates import Estimate, Figure
from simulation.calibration.estimators.customers import FIGURES
from simulation.calibration.unknowable import NAMES, Unknown
from simulation.report.calibration.tables import _ordered, _worth
from simulation.report.calibration.words import figure_words, span_words, unit_words
from simulation.texts import LANGUAGES, say, texts

KEYS = (
    *(f"regime.{what}.factor" for what in ("conversion", "arrivals", "clocks", "amounts")),
    *(f"stages.deal.gap_{end}.{kind}" for end in ("yes", "no") for kind in ("mean", "cv", "at_once")),
    *(f"stages.needs.site.{what}" for what in ("share", "silent", "expires", "unanswered", "wait.mean")),
    "arrivals.common",
    *(
        f"arrivals.site.{what}"
        for what in ("leads_per_month", "trend_per_year", "holidays", "bursts.cv", "bursts.memory")
    ),
    *(f"arrivals.site.{what}" for what in ("weekdays.0", "hours.23", "seasonality.12")),
    *(f"pipeline.open.{what}" for what in ("count", "wins.4_weeks", "left.26_weeks")),
    *(f"amounts.amount.{what}" for what in ("mean", "cv", "heaped", "drift", "lost_to_won", "site.factor")),
    *(f"presence.{what}" for what in ("names", "heads", "heads.hunter", "days_per_week", "hours.begin", "hours.end")),
    *(f"sellers.{what}" for what in ("log_odds_sd", "talent.sd", "ramp", "ramp.2")),
    *(f"customers.{what}" for what in (*FIGURES, "order_cv", "order_mean", "order_size", "size_rate_correlation")),
    "customers.season.3",
    *(f"tenure.{what}" for what in ("stay.6", "per_year", "per_year.hunter")),
    *(f"load.{what}" for what in ("load", "load.hunter")),
    *(f"work_times.{what}" for what in ("hours", "talk.hours", "talk.cv", "talk.people_sd", "week.hunter.talk")),
    *(
        f"attempts.{what}"
        for what in ("reach.probability", "reach.most", "reached.2", "calls_per_day", "find_probability")
    ),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_words(language: str) -> None:
    t = texts(language)
    told = [figure_words(key, t, ["site"], ["needs"]) for key in KEYS]
    assert len(set(told)) == len(told)
    for key, words in zip(KEYS, told, strict=True):
        assert words != key and not re.search(r"_|gap|\.\w|\{|^calibration-", words), (key, words)
        assert language == "en" or re.search("[а-яё]", words), (key, words)
    assert unit_words("RUB", t) == "RUB"


def test_a_channel_stands_behind_its_stage() -> None:
    t = texts("en")
    assert figure_words("stages.v. 2.gap_yes.mean.site.share", t, ["site"]).startswith("v. 2.gap_yes.mean, site: share")
    assert figure_words("stages.deal.share", t) == "the whole way: share that goes on"
    assert figure_words("stages.deal.share", t, stages=["deal"]) == "deal: share that goes on"


@pytest.mark.parametrize(("verdict", "first"), [("stable", "b.x"), ("broken", "regime.conversion.factor")])
def test_the_strongest_change_of_a_stable_year_does_not_stand_first(verdict: str, first: str) -> None:
    figure = Figure("conversion.factor", 2.0)

    class Found:
        figures: dict[str, Any] = {"regime.conversion.factor": figure, "b.x": figure}
        estimates = {"regime": Estimate("regime", model=SimpleNamespace(verdict=verdict))}

    ordered: Iterator[tuple[str, Figure]] = _ordered(Found())  # type: ignore[arg-type]
    assert next(ordered)[0] == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worth_of_nothing_is_not_one_that_was_not_asked(language: str) -> None:
    t = texts(language)
    unasked, nothing = t("calibration-worth-unasked"), t("calibration-worth-nothing")
    assert _worth(Unknown("cover"), "RUB", t) == (unasked, "")
    assert _worth(Unknown("learning", worth=0.0, worth_high=0.0), "RUB", t) == (nothing, "")
    told, upto = _worth(Unknown("learning", worth=0.2, worth_high=2_000.0), "RUB", t)
    assert told == nothing and "2" in upto
    told, upto = _worth(Unknown("learning", worth=1_000.0, worth_high=2_000.0), "RUB", t)
    assert told not in (unasked, nothing) and "1" in told and upto


def test_judged_ranges_are_written_as_a_language_does() -> None:
    told = [span_words(span.split(":")[0], span.split(":")[1], texts("ru")) for _, _, span in NAMES]
    assert told == ["5 % … 40 %", "2 ч … 3 дн.", "0 … 1,6", "0 мин … 15 мин", "0,1 … 0,6"]
    assert span_words("2 h", "3 days", texts("en")) == "2 h … 3 days" and span_words("", "", texts("en")) == ""


def test_a_rule_that_is_better_is_not_said_to_be_saved_on() -> None:
    worse, better = (say("calibration-baseline-last-weeks", **against(each)) for each in (-0.14, 0.14))
    assert str(worse).startswith("The error of a forecast is 14 % larger than")
    assert texts("ru").again(worse).startswith("Ошибка прогноза на 14 % больше, чем")
    assert "14 % smaller" in str(better) and "14 % меньше" in texts("ru").again(better)


@pytest.mark.parametrize("language", LANGUAGES)
def test_leads_of_no_named_channel_have_words_too(language: str) -> None:
    t = texts(language)
    for what in ("leads_per_month", "trend_per_year", "bursts.cv", "bursts.memory", "weekdays.0", "hours.23"):
        words = figure_words(f"arrivals..{what}", t, [""])
        assert ".." not in words and "_" not in words, words
        assert words != figure_words(f"arrivals.site.{what}", t, ["site"])
    assert unit_words("money", t) == ""
