"""From files to a scenario: what is written, in which language, what is refused, and that nothing is left half done."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

import simulation
from simulation.calibration import sources
from simulation.calibration.adapt import after, estimated, facts_of
from simulation.calibration.assemble import Judged
from simulation.calibration.calibrate import Calibration, with_backtest, with_waiting
from simulation.calibration.estimates import Estimate, Resampling
from simulation.calibration.exporting import records_of
from simulation.calibration.exporting.export import export_crm
from simulation.calibration.pilot import loaded
from simulation.calibration.records import Records, table
from simulation.calibration.unknowable import NAMES, Unknown, priced, unpriced
from simulation.cli.program import app
from simulation.expected import workload
from simulation.report.calibration.page import backtest_page, calibration_page
from simulation.sense.loader import load_text
from simulation.study.lab import Lab
from simulation.texts import LANGUAGES, say, texts

TEXT = """
version: 1
title: Small
currency: RUB
experiment: {start: 2025-01-01, months: 10, warm_up: 2}
market:
  channels:
    site: {kind: inbound, leads_per_month: 90}
    friends: {kind: inbound, leads_per_month: 25, quality: 0.5}
  qualification: null
  speed_to_lead: null
  stages:
    - {name: talk, work: 1 h, conversion: 0.6, thinking: {lognormal: {mean: 4 days, cv: 0.8}}, thinking_lost: {lognormal: {mean: 8 days, cv: 1}}, patience: never, question: 0}
    - {name: offer, work: 1 h, conversion: 0.5, thinking: {lognormal: {mean: 9 days, cv: 0.8}}, thinking_lost: {lognormal: {mean: 14 days, cv: 1}}, patience: never, question: 0}
    - {name: contract, work: 1 h, conversion: 0.9, patience: never, question: 0}
  products: {service: {deal: {lognormal: {mean: 60 k, cv: 1}}, gross_margin: 30 %, repeat: false}}
structures:
  universal: {preset: universal, roles: {universal: {headcount: 4, activities: [sell, paperwork]}}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the history of a simulated year as a CRM would export it."""
    folder = tmp_path_factory.mktemp("crm")
    export_crm(load_text(TEXT, "small.yaml"), "history", folder)
    return folder


@pytest.fixture(scope="module")
def known() -> Records:
    return records_of(load_text(TEXT, "small.yaml"), "universal")


@pytest.fixture(scope="module")
def found(known: Records) -> Calibration:
    told: list[tuple[str, int, int]] = []
    made = simulation.calibrate(known, worth=False, draws=40, on_done=lambda *step: told.append(step))
    assert told[0][1] == 0 and told[-1][1] == told[-1][2]
    return made


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_figures_are_near_those_of_the_truth(found: Calibration) -> None:
    facts = found.facts
    assert [each.name for each in facts.stages] == ["talk", "offer", "contract"]
    for stage, truth, days in zip(facts.stages, (0.6, 0.5, 0.9), (4, 9, None), strict=True):
        error = max(stage.share.draws.std(), 0.01)  # type: ignore[union-attr]
        assert abs(stage.share.value - truth) < 5 * error + 0.03  # practised sellers convert a little more
        assert days is None or stage.yes.mean.value > days  # type: ignore[union-attr]  # waiting and work are in it
    rates = {each.name: each.per_month for each in facts.channels}
    for name, truth in (("site", 90), ("friends", 25)):
        low, high = rates[name].interval
        assert low * 0.85 < truth < high * 1.15
    assert facts.people.sellers.value == pytest.approx(4, abs=1) and facts.customers is None
    assert found.scenario.market.initial.rows and sum(row.count for row in found.scenario.market.initial.rows) == len(
        facts.open
    )


def test_what_is_written_runs_and_says_what_no_record_tells(found: Calibration, tmp_path: Path) -> None:
    found.write(lambda name: tmp_path / name, "ru")
    scenario = simulation.load(tmp_path / "scenario.yaml")
    assert scenario.inputs is not None and scenario.inputs.rows == 40 and scenario.inputs.trust == "untested"
    result = simulation.compare(scenario, replications=2, months=1, jobs=1)
    assert result.runs.finished == 2
    told = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert told["trust"] == "untested" and {each["name"] for each in told["unknown"]} >= {n for n, _, _ in NAMES}
    figure = told["figures"]["stages.talk.share"]
    assert figure["low"] < figure["value"] < figure["high"] and figure["method"] == "Aalen–Johansen"
    assert told["checks"] and told["sentences"]


def test_pages_say_it_in_both_languages_and_need_no_other_file(found: Calibration) -> None:
    for language in LANGUAGES:
        page = calibration_page(found, language)
        assert texts(language)("calibration-unknown") in page and "http" not in page.split("</style>")[1]
        for each in found.unknown:
            assert texts(language).again(each.how).replace("'", "&#39;") in page
        body = page.split("</style>")[1]
        assert body.count(f">{texts(language)('calibration-page-said')}<") == 1  # and not in the appendix once more
        for key in ("answer", "figures", "unknown"):  # a table stands in front, and not only a sentence
            assert "<table" in body.split(f'<section id="{key}"')[1].split("</section>")[0]
        if language == "ru":
            told = html.unescape(re.sub("<[^>]+>", " ", body.split('<section id="remarks"')[1].split("</section>")[0]))
            assert not re.search(r"\d\.\d|\d{4}-\d\d", told), told


def test_a_back_test_is_scored_told_and_kept_beside_the_scenario(
    found: Calibration, known: Records, tmp_path: Path
) -> None:
    tested = simulation.backtest(known, splits=2, horizon="4w", years=20)
    assert len(tested.splits) == 2 and tested.scores["weekly_wins"].cases == 8
    assert {"wins", "open_wins", "new_wins", "open_end", "cycle_p50", "channel:site"} <= set(tested.scores)
    assert with_backtest(tmp_path, tested) is None
    found.write(lambda name: tmp_path / name)
    for name, text in (with_backtest(tmp_path, tested) or {}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    scenario = simulation.load(tmp_path / "scenario.yaml")
    assert scenario.inputs is not None and scenario.inputs.trust == tested.trust
    assert scenario.inputs.missed == pytest.approx(tested.missed, abs=1e-3)
    told = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert told["backtest"]["trust"] == tested.trust and told["sentences"][0] == str(tested.sentence)
    # a second one takes the place of the first
    again = with_backtest(tmp_path, replace(tested, trust="neither"))
    assert (
        again is not None and again["scenario.yaml"].count("trust:") == 1 and "trust: neither" in again["scenario.yaml"]
    )
    for language in LANGUAGES:
        page = html.unescape(re.sub("<[^>]+>", "", backtest_page(tested, language)))  # terms are marked there
        assert _spaced(texts(language).again(tested.sentence)) in _spaced(page)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def test_the_commands_write_everything_and_a_second_run_the_same(made: Path, tmp_path: Path) -> None:
    file = made / "history" / "history.csv"
    names: list[set[str]] = []
    for folder in ("one", "two"):
        done = run(
            "calibrate",
            file,
            "--out",
            tmp_path / folder,
            "--no-worth",
            "--lang",
            "ru",
            "--margin",
            "0.4",
            "--pay",
            "70000",
        )
        assert done.exit_code == 0, done.output
        names.append({path.name for path in (tmp_path / folder).iterdir()})
    assert names[0] == names[1] >= {
        "scenario.yaml", "draws.parquet", "calibration.json", "mapping.yaml", "pipeline.csv",
        "report.en.html", "report.html",
    }  # fmt: skip
    one, two = ((tmp_path / name / "scenario.yaml").read_text(encoding="utf-8") for name in ("one", "two"))
    assert one == two and "число владельца" in one
    scenario = simulation.load(tmp_path / "one" / "scenario.yaml")
    assert scenario.market.products["product"].gross_margin == 0.4
    assert scenario.structures["universal"].roles["universal"].pay.base == 70_000
    done = run("calibrate", file, "--mapping", tmp_path / "one" / "mapping.yaml", "--no-worth", "--quiet")
    assert done.exit_code == 0 and done.stdout == ""


def test_the_command_of_the_back_test_puts_its_trust_into_the_scenario(made: Path, tmp_path: Path) -> None:
    file = made / "history" / "history.csv"
    assert run("calibrate", file, "--out", tmp_path, "--no-worth", "--quiet").exit_code == 0
    done = run("backtest", file, "--splits", 1, "--horizon", "4w", "--years", 20, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert {"backtest.json", "backtest.html", "backtest.ru.html"} <= {path.name for path in tmp_path.iterdir()}
    assert "trust: untested" not in (tmp_path / "scenario.yaml").read_text(encoding="utf-8")
    assert "Trust" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("calibrate", "missing.csv"), "missing.csv"),
        (("calibrate", "FILE", "--as-of", "tomorrow"), "--as-of: 'tomorrow' is no date"),
        (("calibrate", "FILE", "--margin", "30"), "--margin: '30' is outside 0..1"),
        (("backtest", "FILE", "--horizon", "8d"), "--horizon: '8d' is no number of weeks"),
        (("backtest", "FILE", "--horizon", "40w"), "too short for a back-test"),
        (("calibrate", "FILE", "--as-of", "2025-01-03"), "none of 67 deals was won"),
    ],
)
def test_what_cannot_be_done_is_one_message_and_nothing_is_written(
    made: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    file = made / "history" / "history.csv"
    given = [str(file) if word == "FILE" else str(tmp_path / word) if word == "missing.csv" else word for word in words]
    done = run(*given, "--out", tmp_path / "out")
    assert done.exit_code == 2, done.output
    assert said in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_missing_package_is_named_with_the_command_that_brings_it(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "find_spec", lambda name: None if name == "pyarrow" else object())
    for command in ("calibrate", "backtest"):
        done = run(command, made / "history" / "history.csv", "--out", tmp_path / "out")
        assert done.exit_code == 1 and not (tmp_path / "out").exists()
        assert "pyarrow" in done.stderr and "pip install" in done.stderr and len(done.stderr.splitlines()) == 1
    with pytest.raises(ImportError, match="pip install"):
        simulation.calibrate(made / "history" / "history.csv")


def test_only_packages_that_run_are_asked_for() -> None:
    """What the tests alone compare with need not be installed to calibrate."""
    texts = [path.read_text(encoding="utf-8") for path in Path(simulation.__file__).parent.rglob("*.py")]
    for name in sources.NEEDED:
        assert any(f"import {name}" in text for text in texts), name


def test_a_run_that_is_stopped_leaves_nothing_behind(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulation.calibration.calibrate.corrected", stopped)
    done = run("calibrate", made / "history" / "history.csv", "--out", tmp_path / "out")
    assert done.exit_code == 130 and not (tmp_path / "out").exists()


def test_records_after_a_break_keep_their_numbers(known: Records) -> None:
    late = after(known, date(2025, 6, 1))
    assert late.since == date(2025, 6, 1) and late.deals["deal"].tolist() == list(range(len(late.deals)))
    assert not (late.deals["closed"] < np.datetime64("2025-06-01")).any()
    assert set(late.entries["deal"]) <= set(late.deals["deal"])
    one = late.entries.merge(late.deals, on="deal")
    assert (one["entered"] >= one["created"]).mean() > 0.99  # entries still belong to their deals


def test_a_channel_without_a_lead_since_the_records_begin_is_inside_of_its_range(known: Records) -> None:
    late = after(known, date(2025, 6, 1))
    old = late.deals["created"] < np.datetime64("2025-06-01")
    deals = late.deals.assign(channel=late.deals["channel"].where(~old, "fair"))
    told = {each.name: each for each in facts_of(replace(late, deals=deals), Resampling(draws=40)).channels}
    low, high = told["fair"].per_month.interval
    assert old.any() and told["fair"].per_month.cases == 0 and low < told["fair"].per_month.value < high


def test_a_change_is_fitted_after_it_and_widened(known: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.calibration.estimators import regime

    real = regime.estimate

    def broken(day: date) -> Callable[..., Estimate]:
        def estimate(records: Records, resampling: Resampling, arrivals: Estimate | None = None) -> Estimate:
            found = real(records, resampling, arrivals)
            return replace(found, model=replace(found.model, day=day, verdict="broken"))

        return estimate

    monkeypatch.setattr(regime, "estimate", broken(date(2025, 5, 1)))
    found = estimated(known, Resampling(draws=20))
    assert found.broken == date(2025, 5, 1) and found.facts().since == date(2025, 5, 1)
    assert found.facts().widen > 1
    monkeypatch.setattr(regime, "estimate", broken(date(2025, 10, 1)))
    late = estimated(known, Resampling(draws=20))
    assert late.broken is None and late.facts().widen > 1  # too little has come since


def test_too_few_deals_are_refused() -> None:
    from simulation.calibration.records import table

    with pytest.raises(ValueError, match="40"):
        facts_of(
            Records(as_of=date(2025, 6, 1), deals=table("deals", {"deal": [0], "status": np.array(["won"], object)}))
        )


def test_what_no_record_tells_has_its_way_to_measure_it_and_a_worth(found: Calibration) -> None:
    listed = unpriced()
    assert all(isinstance(each, Unknown) and each.title and each.how for each in listed)
    lab = Lab(jobs=1)
    scenario = found.scenario.replace({"experiment.months": 1})
    told = priced(scenario, 20, lab)
    worth = [each.worth for each in told if each.worth is not None]
    assert len(worth) == len(NAMES) and worth == sorted(worth, reverse=True) and min(worth) >= 0
    assert {each.name for each in told} == {each.name for each in listed}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fewer draws where files are calibrated: what is tested here is not their number."""
    from simulation.calibration import calibrate as module

    monkeypatch.setattr(module, "Resampling", lambda seed=1, draws=40: Resampling(seed, draws))
    yield


def test_without_a_log_a_comparison_runs_over_the_whole_judged_load(
    known: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The load is in the draws too, so that the doubt about it travels into the verdict."""
    from simulation.calibration import calibrate as module

    monkeypatch.setattr(module, "told_by_stages", lambda *of: None)  # customers think for long in every stage
    quiet = replace(known, activities=table("activities"))
    made = simulation.calibrate(quiet, worth=False, draws=60)
    load = made.facts.people.load
    assert load is not None and load.kept is not None and load.draws is not None
    low, high = Judged().load_range
    assert low <= load.draws.min() < low + 0.1 and high - 0.1 < load.draws.max() <= high
    works = [made.made.columns[name] for name in made.made.columns if name.endswith(".work.gamma.mean")]
    assert works and all(len(set(column)) > 30 for column in works)
    assert say("calibration-load-judged") in made.sentences


def test_waiting_tells_the_load_as_far_as_it_can(known: Records) -> None:
    """Leads that are answered within a day seldomer mean a higher load, or that it is not told and stays judged."""
    every = facts_of(known, Resampling(draws=20))
    bare = replace(
        every,
        stages=tuple(replace(stage, work=None) for stage in every.stages),
        people=replace(every.people, load=None),
    )
    facts, asked = with_waiting(bare, known, Judged(), Resampling(draws=20))
    told = asked["load"]
    assert told.model.years > 0 and facts.people.load is not None and facts.people.load.draws is not None
    if told.model.identified:
        assert facts.people.load.kept is None and facts.people.load.value == told.model.value
    else:
        assert facts.people.load.kept is not None and facts.people.load.value == Judged().load
    assert loaded(bare, Judged(), 0.4) != loaded(bare, Judged(), 0.8)
    for at in (0.4, 0.8):
        assert workload(loaded(bare, Judged(), at), "universal").roles["universal"].load == pytest.approx(at, abs=0.03)
