"""Loading: presets, overrides, figures, defaults, origins, and errors that say where and what."""

import pickle
from pathlib import Path

import pytest
import yaml

from simulation.intake.starter import starter_text
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import timeline
from simulation.sense.loader import load, load_text
from simulation.written.distributions import Distribution
from simulation.written.figures import Figure
from tests.unit.scenario.examples import SMALL, problems, small

SITE = "market.channels.site"
MANAGER = "structures.universal.roles.manager"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_loaded_scenario_holds_plain_numbers_in_the_units_used_inside() -> None:
    scenario = small()
    site, service = scenario.market.channels["site"], scenario.market.products["service"]
    assert site.patience == Distribution.exponential(72.0)
    assert service.gross_margin == 0.25
    assert service.paperwork == Distribution.constant(9.0)  # a working day of this calendar, without lunch
    assert scenario.structures["universal"].roles["manager"].pay.base == 35_000.0


def test_a_working_day_follows_the_calendar_of_the_scenario() -> None:
    paperwork = small("lunch: null", "lunch: 13:00-14:00").market.products["service"].paperwork
    assert paperwork == Distribution.constant(8.0)
    around = small("lunch: null", "around_the_clock: true").market.products["service"].paperwork
    assert around == Distribution.constant(24.0)


def test_figures_reach_the_provenance_in_the_units_used_inside() -> None:
    figures = small().provenance.figures
    assert figures[f"{SITE}.leads_per_month"] == Figure(60.0, (40.0, 90.0), "CRM, 2025")
    assert figures["market.products.service.gross_margin"] == Figure(0.25, (0.2, 0.3), "owner", "rough")
    durations = small("mean: 3 days", "mean: {value: 3 days, range: [12 h, 1 week]}").provenance.figures
    assert durations[f"{SITE}.patience.exponential.mean"] == Figure(72.0, (12.0, 168.0))


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("range: [0.26, 30 %]", "does not contain"),
        ("range: [30 %, 0.2]", "low end above"),
        ("range: [0.1, 130 %]", "outside 0..1"),
        ("range: [a, b]", "is not a number"),
        ("range: 3", "not two values"),
    ],
)
def test_a_range_is_checked_as_the_value_is(new: str, words: str) -> None:
    (problem,) = problems(lambda: small("range: [0.2, 30 %]", new))
    assert words in problem.message
    assert (problem.file, problem.line) == ("small.yaml", 13)
    assert problem.path.startswith("market.products.service.gross_margin")


def test_a_wrong_value_of_a_figure_is_named_before_its_range() -> None:
    (problem,) = problems(lambda: small("value: 25 %", "value: 140 %"))
    assert "'140 %' is outside 0..1" in problem.message


# origins


def test_each_value_knows_whether_it_stands_in_a_file_a_preset_or_nowhere(tmp_path: Path) -> None:
    base = write(tmp_path, "base.yaml", SMALL)
    text = "extends: base.yaml\nmarket: {channels: {site: {leads_per_month: 70}}}\n"
    text += "structures: {functional: {preset: functional, roles: {closer: {headcount: 4}}}}\n"
    child = write(tmp_path, "child.yaml", text)
    scenario = load(child, {f"{SITE}.fit": "90 %"})
    origin = scenario.provenance.origin
    assert origin(f"{SITE}.leads_per_month") == f"{child}:2"
    assert origin(f"{SITE}.kind") == f"{base}:7"
    assert origin(f"{SITE}.fit") == "override"
    assert origin(f"{SITE}.quality") == "default"
    assert origin("structures.functional.roles.closer.headcount") == f"{child}:3"
    assert origin("structures.functional.roles.farmer.headcount") == "preset functional"
    assert origin("structures.functional.roles.hunter.activities") == "preset hunter"
    assert origin("people.switching") == "default"
    assert scenario.provenance.files == (str(child), str(base))
    assert scenario.provenance.origins[f"{SITE}.kind"] == f"{base}:7"
    assert scenario.provenance.title == "Small"


def test_a_scenario_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, "client.yaml", SMALL.replace("title: Small\n", ""))
    assert load(path).provenance.title == "client"


def test_a_scenario_survives_the_way_to_a_worker_with_its_provenance() -> None:
    scenario = small()
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert again.provenance == scenario.provenance
    assert again.replace({f"{SITE}.fit": 0.5}).market.channels["site"].fit == 0.5


def test_a_scenario_is_immutable() -> None:
    with pytest.raises(AttributeError, match=r"does not change.*scenario\.replace"):
        small().title = "Other"


# defaults of blocks that are given in part


def test_a_block_given_in_part_keeps_its_other_defaults() -> None:
    default = small().people.learning.prospect
    scenario = small("structures:", "people: {learning: {prospect: {start: 0.5}}}\nstructures:")
    assert scenario.people.learning.prospect == default.model_copy(update={"start": 0.5})
    half_life = "people.learning.prospect.half_life"
    assert scenario.provenance.origin(half_life) == "default"
    assert default.half_life != scenario.people.learning.serve.half_life


def test_another_law_does_not_mix_with_the_default_one() -> None:
    scenario = small("patience: {exponential: {mean: 3 days}}", "patience: {gamma: {mean: 1 day, cv: 1}}")
    assert scenario.market.channels["site"].patience == Distribution.gamma(24, 1)


def test_null_switches_a_block_off_where_null_is_a_value_and_takes_away_what_is_inherited(
    tmp_path: Path,
) -> None:
    assert small().market.qualification is not None
    assert small("  products:", "  qualification: null\n  products:").market.qualification is None
    write(tmp_path, "base.yaml", SMALL)
    text = "extends: base.yaml\ncalendar: {country: null}\nmarket: {channels: {site: {patience: null}}}"
    child = load(write(tmp_path, "child.yaml", text))
    assert child.calendar.country is None
    assert child.market.channels["site"].patience == Distribution.exponential(14 * 24)  # the default again
    text = "extends: base.yaml\nmarket: {channels: {site: null, fair: {kind: inbound, leads_per_month: 5}}}"
    assert set(load(write(tmp_path, "child.yaml", text)).market.channels) == {"fair"}


def test_a_null_that_takes_nothing_away_is_a_missing_value() -> None:
    (problem,) = problems(lambda: small("patience: {exponential: {mean: 3 days}}", "quality:"))
    assert (problem.line, problem.path) == (9, f"{SITE}.quality")


# overrides


def test_replace_gives_a_new_scenario_checked_from_what_was_written() -> None:
    scenario = small()
    other = scenario.replace({f"{SITE}.leads_per_month": 80, f"{MANAGER}.headcount": 9})
    assert (
        other.market.channels["site"].leads_per_month,
        other.structures["universal"].roles["manager"].headcount,
    ) == (80, 9)
    assert scenario.market.channels["site"].leads_per_month == 60
    assert other.provenance.origin(f"{SITE}.leads_per_month") == "override"
    assert f"{SITE}.leads_per_month" not in other.provenance.figures
    assert (
        other.replace({f"{SITE}.leads_per_month": 60, f"{MANAGER}.headcount": 8}).model_dump() == scenario.model_dump()
    )


def test_replace_converts_working_days_anew_when_the_calendar_changes() -> None:
    other = small().replace({"calendar.hours": "09:00-13:00"})
    assert other.market.products["service"].paperwork == Distribution.constant(4.0)


def test_replace_reaches_into_lists_of_files_presets_and_defaults() -> None:
    scenario = load_text(SMALL + "  f: {preset: functional}\n")
    other = scenario.replace(
        {
            "market.stages.1.conversion": 0.5,
            f"{MANAGER}.activities.1": "meet",
            "structures.f.roles.hunter.activities.0": "qualify",
        }
    )
    assert [s.conversion for s in other.market.stages][1] == 0.5
    assert [s.name for s in other.market.stages] == [s.name for s in scenario.market.stages]
    assert other.structures["universal"].roles["manager"].activities[1].activity == "meet"
    assert other.provenance.origin("market.stages.0.conversion") == "default"
    assert other.provenance.origin("market.stages.1.conversion") == "override"


def test_replace_merges_mappings_replaces_lists_and_takes_away_with_none() -> None:
    scenario = small()
    other = scenario.replace(
        {
            f"{SITE}.cost": {"per_lead": "1 k"},
            f"{MANAGER}.activities": ["qualify", "sell", "serve", "paperwork"],
        }
    )
    assert other.market.channels["site"].cost.per_lead == 1000
    assert len(other.structures["universal"].roles["manager"].activities) == 4
    assert other.replace({f"{SITE}.cost.per_lead": None}).market.channels["site"].cost.per_lead == 0
    assert scenario.replace({"market.speed_to_lead": None}).market.speed_to_lead is None


def test_replace_takes_values_of_python_and_numpy() -> None:
    import numpy as np

    scenario = small()
    values = {
        f"{SITE}.patience": Distribution.exponential(5.0),
        f"{MANAGER}.headcount": np.int64(3),
        f"{SITE}.fit": np.float64(0.5),
    }
    other = scenario.replace(values)
    assert other.market.channels["site"].patience == Distribution.exponential(5.0)
    assert other.structures["universal"].roles["manager"].headcount == 3
    assert other.market.channels["site"].fit == 0.5
    again = scenario.replace({"market.customers": scenario.market.customers})
    assert again.market.customers == scenario.market.customers


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("experiment.mesure", "profit", "did you mean 'measure'"),
        ("market.channels.sit.leads_per_month", 3, "did you mean 'market.channels.site'"),
        (f"{SITE}.leads_per_month", "many", "not a rate"),
        (f"{MANAGER}.activities.9", "sell", "an index from 0 to 5"),
        ("market..x", 1, "not a dotted path"),
        ("", 1, "not a dotted path"),
        ("title.x", 1, "override: title"),
    ],
)
def test_an_override_that_fits_nowhere_is_refused(path: str, value: object, words: str) -> None:
    for make in (lambda: small().replace({path: value}), lambda: load_text(SMALL, overrides={path: value})):
        found = problems(make)
        assert words in str(found[0])
        assert found[0].file == "override"


def test_a_scenario_made_in_python_has_no_provenance() -> None:
    scenario = Scenario.model_validate(
        yaml.safe_load(
            SMALL.replace("{value: 60, range: [40, 90], source: 'CRM, 2025'}", "60").replace(
                "{value: 25 %, range: [0.2, 30 %], source: owner, note: rough}", "25 %"
            )
        )
    )
    with pytest.raises(AttributeError, match="not loaded"):
        _ = scenario.provenance


def test_the_starter_loads_cleanly_and_fits_about_a_screen() -> None:
    scenario = load_text(starter_text(), "my.yaml")
    assert set(scenario.structures) == {"universal", "functional"}
    assert scenario.provenance.figures
    assert len(starter_text().splitlines()) <= 60
    assert max(map(len, starter_text().splitlines())) <= 120
    assert starter_text().count("#") >= 10


def test_what_the_starter_shows_behind_a_remark_works_without_the_sign() -> None:
    lines = starter_text().replace("\n# interventions:", "\ninterventions:").replace("\n#   - {", "\n  - {")
    scenario = load_text(lines)
    assert len(scenario.interventions) == 1
    paid = timeline(scenario, "universal").scenarios[-1].structures["universal"].roles["universal"].pay.base
    assert paid == 45_000
