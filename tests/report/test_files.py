"""The folder of results: what stands in each file, and that it can be read again."""

import json
import math
import warnings
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from matplotlib.figure import Figure

from simulation.analysis.comparison import Comparison, compare, simulate
from simulation.report import files
from simulation.report.output_folder import OutputFolder, as_json
from simulation.report.plot.style import save
from simulation.scenario import describe
from simulation.sense.loader import load, load_text
from simulation.version import __version__
from tests.cli.conftest import SMALL
from tests.conftest import leave_out_painting

pytestmark = pytest.mark.usefixtures("unpainted")

PROMISED = {
    *("leads", "answered", "lost_unanswered", "qualified", "deals", "win_rate", "revenue", "gross_margin", "payroll"),
    *("costs", "profit", "plan_attainment", "customers_end", "customers_lost", "pipeline_end", "end_value"),
    *("answered_within_1h", "answered_within_1d", "response_hours", "response_working_hours", "cycle_days"),
    "utilisation",
}


@pytest.fixture(scope="module")
def folder(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = OutputFolder(tmp_path_factory.mktemp("results"))
    with pytest.MonkeyPatch.context() as patch:
        leave_out_painting(patch)
        files.write(comparison, target, ["sales-sim", "compare", "small.yaml"])
    return target.path


@pytest.fixture(scope="module")
def summary(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return loaded


def test_the_summary_holds_the_documented_keys(summary: dict[str, Any]) -> None:
    assert list(summary) == [
        *("schema_version", "scenario", "title", "currency", "seed", "replications", "months"),
        *("floors", "structures", "cautions", "precision", "comparison", "verdict"),
    ]
    assert {key: summary[key] for key in list(summary)[:7]} == {
        "schema_version": 2,
        "scenario": "small.yaml",
        "title": "Three sellers",
        "currency": "RUB",
        "seed": 2026,
        "replications": 8,
        "months": 2,
    }
    assert list(summary["structures"]) == ["universal", "functional"]
    for structure in summary["structures"].values():
        assert set(structure["measures"]) >= PROMISED
        for values in structure["measures"].values():
            assert list(values) == [
                *("mean", "low", "high", "sd", "p05", "p50", "p95"),
                *("p05_low", "p05_high", "p50_low", "p50_high", "p95_low", "p95_high"),
            ]
    assert summary["comparison"]["baseline"] == "universal"
    assert list(summary["comparison"]["differences"]) == ["functional"]
    for values in summary["comparison"]["differences"]["functional"].values():
        assert list(values) == [
            *("mean", "low", "high", "joint_low", "joint_high"),
            *("share_of_years_better", "share_of_years_better_low", "share_of_years_better_high"),
            *("share_of_years_tied", "confidence_mean_better"),
        ]
    assert list(summary["verdict"]) == ["measure", "best", "confidence", "text"]


def test_the_summary_says_what_the_replications_say(summary: dict[str, Any], folder: Path) -> None:
    years = pd.read_csv(folder / "replications.csv").set_index(["structure", "replication"])
    for structure, found in summary["structures"].items():
        for measure, values in found["measures"].items():
            column = years.loc[structure, measure].dropna()
            if len(column):
                assert values["mean"] == pytest.approx(column.mean(), rel=1e-9, abs=1e-9)
                assert values["p50"] == pytest.approx(column.median(), rel=1e-9, abs=1e-9)
            else:
                assert values["mean"] is None
    profit = years["profit"].unstack("structure")
    difference = summary["comparison"]["differences"]["functional"]["profit"]
    gains = profit["functional"] - profit["universal"]
    assert difference["mean"] == pytest.approx(gains.mean())
    assert difference["share_of_years_better"] == pytest.approx((gains > 0).mean())
    assert difference["joint_low"] < difference["low"] < difference["mean"] < difference["joint_high"]


def test_a_measure_without_a_value_is_null_in_json_and_empty_in_csv(summary: dict[str, Any], folder: Path) -> None:
    # the small scenario has no plan
    assert set(summary["structures"]["universal"]["measures"]["plan_attainment"].values()) == {None}
    assert pd.read_csv(folder / "replications.csv")["plan_attainment"].isna().all()


def test_every_year_and_month_has_its_row(folder: Path) -> None:
    years, months = pd.read_csv(folder / "replications.csv"), pd.read_csv(folder / "months.csv")
    assert list(years.columns[:2]) == ["structure", "replication"]
    assert len(years) == 2 * 8
    assert list(months.columns[:3]) == ["structure", "replication", "month"]
    assert sorted(set(months["month"])) == ["2026-01-01", "2026-02-01"]
    assert len(months) == 2 * 8 * 2
    sums = months.groupby(["structure", "replication"])["profit"].sum().to_numpy()
    np.testing.assert_allclose(sums, years.set_index(["structure", "replication"])["profit"].sort_index().to_numpy())


def test_the_event_log_is_in_the_form_of_process_mining(folder: Path, comparison: Comparison) -> None:
    log = pd.read_csv(folder / "events.csv", parse_dates=["start_timestamp", "time:timestamp"])
    assert list(log.columns) == [
        *("case:concept:name", "concept:name", "org:resource", "org:role"),
        *("start_timestamp", "time:timestamp", "outcome", "overdue_hours", "structure", "replication"),
    ]
    assert comparison.runs.events is not None
    assert len(log) == len(comparison.runs.events)
    assert (log["time:timestamp"] >= log["start_timestamp"]).all()
    assert log["start_timestamp"].min() >= pd.Timestamp(comparison.scenario.experiment.start)
    assert set(log["org:role"].dropna()) <= {"universal", "hunter", "closer", "farmer"}
    # a case is of one structure and one year: the same lead elsewhere is another case
    assert (log.groupby("case:concept:name")["structure"].nunique() == 1).all()
    assert (log.groupby("case:concept:name")["replication"].nunique() == 1).all()


def test_the_resolved_scenario_loads_and_is_the_one_that_was_run(folder: Path, comparison: Comparison) -> None:
    again = load(folder / "scenario.resolved.yaml")
    assert again.model_dump() == comparison.scenario.model_dump()
    plain = yaml.safe_load((folder / "scenario.resolved.yaml").read_text(encoding="utf-8"))
    assert plain["experiment"]["replications"] == 8


def test_a_description_of_several_lines_ends_without_an_empty_one() -> None:
    scenario = load_text(
        SMALL.replace("title: Three sellers\n", "title: T\ndescription: |\n  One.\n  Two.\n"), "d.yaml"
    )
    assert scenario.description.endswith("\n")
    rows = files.inputs({"scenario.resolved.yaml": scenario}).set_index("path")
    assert rows.loc["description", "value"] == "One.\nTwo."


def test_inputs_name_origin_range_and_source_of_every_value(folder: Path) -> None:
    rows = pd.read_csv(folder / "inputs.csv").set_index("path")
    deal = rows.loc["market.products.service.deal"]
    assert (deal["low"], deal["high"], deal["source"]) == (40_000, 90_000, "price list")
    assert str(deal["origin"]).startswith("small.yaml:")
    assert rows.loc["market.products.service.price", "origin"] == "default"


def test_the_run_is_described_so_that_it_can_be_made_again(folder: Path) -> None:
    made = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert made["version"] == __version__
    assert pd.Timestamp(made["date"]).tzinfo is not None
    assert made["command"] == ["sales-sim", "compare", "small.yaml"]
    assert (made["seed"], made["replications_finished"], made["partial"]) == (2026, 8, False)
    assert set(made["regimes"]) == {"universal", "functional"}
    assert [each["code"] for each in made["cautions"]].count("few") == 1


def test_the_picture_is_a_png(folder: Path) -> None:
    assert (folder / "comparison.png").read_bytes().startswith(b"\x89PNG")


def test_one_structure_has_a_summary_without_a_comparison(comparison: Comparison, tmp_path: Path) -> None:
    result = simulate(comparison.scenario, ["functional"], replications=2, jobs=1)
    found = files.summary(result)
    assert (found["comparison"], found["verdict"]) == (None, None)
    assert list(found["structures"]) == ["functional"]
    files.write(result, OutputFolder(tmp_path), [])
    assert not (tmp_path / "comparison.png").exists()


def test_one_year_says_nothing_about_the_spread_and_is_written_all_the_same(
    comparison: Comparison, tmp_path: Path
) -> None:
    files.write(compare(comparison.scenario, replications=1, jobs=1), OutputFolder(tmp_path), [])
    found = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    profit = found["structures"]["universal"]["measures"]["profit"]
    assert profit["mean"] is not None
    assert (profit["low"], profit["high"], profit["sd"]) == (None, None, None)


def test_an_error_while_writing_leaves_the_folder_as_it_was(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "summary.json").write_text("old", encoding="utf-8")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "run_itself", broken)
    with pytest.raises(OSError, match="No space"):
        files.write(comparison, OutputFolder(tmp_path), [])
    assert [path.name for path in tmp_path.iterdir()] == ["summary.json"]
    assert (tmp_path / "summary.json").read_text(encoding="utf-8") == "old"


def test_plain_json_has_no_words_that_json_does_not_know() -> None:
    text = as_json({"a": math.nan, "b": [math.inf, np.float64(1.5), np.int64(2)], "c": np.bool_(True), "d": "Отдел"})
    assert json.load(StringIO(text)) == {"a": None, "b": [None, 1.5, 2], "c": True, "d": "Отдел"}
    assert "Отдел" in text


def test_several_scenarios_are_kept_each(comparison: Comparison, tmp_path: Path) -> None:
    text = yaml.safe_dump(describe.resolved(comparison.scenario))
    other = load_text(text, "other.yaml")
    both = compare([comparison.scenario, other], replications=2, months=1, jobs=1)
    files.write(both, OutputFolder(tmp_path), [])
    assert {"scenario.resolved.yaml", "scenario-2.resolved.yaml"} <= {path.name for path in tmp_path.iterdir()}
    assert set(pd.read_csv(tmp_path / "inputs.csv")["scenario"]) == {"small.yaml", "other.yaml"}


def test_letters_that_the_font_lacks_are_no_noise(tmp_path: Path) -> None:
    figure = Figure()
    figure.suptitle("\N{CJK UNIFIED IDEOGRAPH-65E5} & Co")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in ("png", "svg"):
            save(figure, tmp_path / f"chart.{kind}", kind, dpi=50)
