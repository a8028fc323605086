"""Commands that simulate nothing: validate, show, diff, new, convert, and the pages made from the code."""

import json
from pathlib import Path

import pytest
import yaml

from simulation.scenario.reference import json_schema, reference_markdown
from simulation.sense.loader import load, load_text
from tests.cli.conftest import SMALL, Run, Write

ROOT = Path(__file__).parents[2]


def test_a_valid_scenario_is_called_valid(write: Write, run: Run) -> None:
    result = run("validate", write())
    assert (result.exit_code, result.stdout) == (0, "small.yaml: valid\n")


def test_every_file_is_checked_even_when_the_first_is_wrong(write: Write, run: Run) -> None:
    wrong = write(("deal: 60 k", "deal: 60 kilos"), name="wrong.yaml")
    result = run("validate", wrong, "missing.yaml", write())
    assert result.exit_code == 2
    assert result.stdout == "small.yaml: valid\n"
    first, second = result.stderr.splitlines()
    assert first.startswith("error: wrong.yaml:8: market.products.service.deal: ")
    assert second.startswith("error: missing.yaml: there is no such file")


def test_demand_far_above_capacity_is_a_warning(write: Write, run: Run) -> None:
    result = run("validate", write(("leads_per_month: 100", "leads_per_month: 5000")))
    assert result.exit_code == 0
    assert "warning: small.yaml:" in result.stderr
    assert "demand is far above capacity" in result.stderr
    assert result.stdout.startswith("small.yaml: valid, ")


def test_show_prints_each_value_with_unit_and_origin(write: Write, run: Run) -> None:
    result = run("show", write(), "--under", "market.products.service")
    rows = {line.split()[0]: line.split() for line in result.stdout.splitlines()[1:]}
    assert rows["market.products.service.deal"][1:] == ["60", "000", "RUB", "small.yaml:8"]
    assert rows["market.products.service.gross_margin"][1:4] == ["25", "%", "share"]
    assert rows["market.products.service.price"][-1] == "default"
    assert all(path.startswith("market.products.service.") for path in rows)


def test_show_refuses_a_path_where_nothing_stands(write: Write, run: Run) -> None:
    result = run("show", write(), "--under", "market.prodcts")
    assert result.exit_code == 2
    assert "market.prodcts" in result.stderr


def test_the_resolved_yaml_loads_again_as_the_same_scenario(write: Write, run: Run) -> None:
    file = write()
    result = run("show", file, "--yaml")
    assert load_text(result.stdout).model_dump() == load(file).model_dump()


def test_diff_prints_what_differs_and_nothing_else(write: Write, run: Run) -> None:
    result = run("diff", write(), write(("headcount: 3", "headcount: 4"), name="more.yaml"))
    assert result.exit_code == 0
    head, row = result.stdout.splitlines()
    assert head.split() == ["path", "small.yaml", "more.yaml"]
    assert row.split() == ["structures.universal.roles.universal.headcount", "3", "4"]


def test_diff_of_equal_scenarios_says_so(write: Write, run: Run) -> None:
    assert run("diff", write(), write(name="same.yaml")).stdout == "nothing differs\n"


def test_a_new_scenario_is_valid_and_can_be_compared(tmp_path: Path, write: Write, run: Run) -> None:
    write()
    assert run("new", "mine.yaml").exit_code == 0
    assert run("validate", "mine.yaml").exit_code == 0
    result = run("compare", "mine.yaml", "--replications", 2, "--months", 1)
    assert result.exit_code == 0
    assert "Verdict:" in result.stdout


def test_new_never_overwrites_a_file(write: Write, run: Run) -> None:
    file = write()
    result = run("new", file)
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert file.read_text(encoding="utf-8") == SMALL


def test_new_into_a_folder_that_is_not_there_is_refused(write: Write, run: Run) -> None:
    write()
    result = run("new", "nowhere/mine.yaml")
    assert (result.exit_code, result.stderr) == (2, "error: nowhere/mine.yaml: No such file or directory\n")


def test_the_schema_is_printed_or_written_as_json(write: Write, run: Run) -> None:
    write()
    assert json.loads(run("schema").stdout) == json_schema()
    assert run("schema", "--out", "schema.json").stdout == "wrote schema.json\n"
    assert json.loads(Path("schema.json").read_text(encoding="utf-8")) == json_schema()
    assert sorted(path.name for path in Path().iterdir()) == ["schema.json", "small.yaml"]


def test_the_reference_pages_are_printed(write: Write, run: Run) -> None:
    write()
    assert run("reference").stdout == reference_markdown()
    assert "| `profit` | Profit | money | higher |" in run("measures").stdout


@pytest.mark.parametrize(
    ("command", "page"), [("measures", "docs/measures.md"), ("reference", "docs/scenario-reference.md")]
)
def test_the_pages_in_docs_are_those_that_the_commands_print(run: Run, command: str, page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == run(command).stdout, f"renew {page}: {command} --out {page}"


def test_resolved_yaml_is_plain(write: Write, run: Run) -> None:
    shown = yaml.safe_load(run("show", write(), "--yaml").stdout)
    assert shown["structures"]["universal"]["roles"]["universal"]["headcount"] == 3


def test_the_version_is_printed(run: Run) -> None:
    from simulation.version import __version__

    assert run("--version").stdout == f"{__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    words = run("--help").stdout.split()
    for command in ("run", "compare", "validate", "show", "diff", "new", "schema", "reference", "measures"):
        assert command in words


def test_a_misspelled_path_is_told_with_the_nearest_one(write: Write, run: Run) -> None:
    file = write()
    for given, meant in (
        ("market.chanels", "market.channels"),
        ("markt.chanels.site", "market.channels.site"),
        ("market.channels.site.nothing_like_it", "market.channels.site"),
    ):
        result = run("show", file, "--under", given)
        assert result.exit_code == 2
        assert f"did you mean '{meant}'?" in result.stderr
    assert "did you mean" not in run("show", file, "--under", "zzz").stderr


def test_a_warning_of_a_presets_value_points_to_the_users_file(write: Write, run: Run) -> None:
    file = write(("leads_per_month: 100", "leads_per_month: 2000"))
    file.write_text(file.read_text().partition("  functional:")[0] + "  functional:\n    preset: functional\n")
    lines = [line for line in run("validate", file).stderr.splitlines() if "functional.roles.closer" in line]
    assert len(lines) == 1
    assert lines[0].startswith("warning: small.yaml:16: ")
    assert lines[0].endswith("(by preset functional)")


def test_a_scenario_is_converted_to_a_workbook_and_back(tmp_path: Path, run: Run) -> None:
    form, text = tmp_path / "form.xlsx", tmp_path / "again.yaml"
    assert run("convert", ROOT / "scenarios" / "retail.yaml", form).exit_code == 0
    assert run("convert", form, text).exit_code == 0
    assert run("diff", ROOT / "scenarios" / "retail.yaml", text).stdout == "nothing differs\n"
    again = run("convert", ROOT / "scenarios" / "retail.yaml", form)
    assert again.exit_code == 2 and "form.xlsx" in again.stderr


def test_an_unknown_ending_and_answers_for_a_workbook_are_refused(tmp_path: Path, run: Run) -> None:
    result = run("convert", ROOT / "scenarios" / "retail.yaml", tmp_path / "x.pdf")
    assert result.exit_code == 2 and ".xlsx, .yaml" in result.stderr
    result = run("new", tmp_path / "x.xlsx", "--numbers")
    assert result.exit_code == 2 and not list(tmp_path.iterdir())


def test_new_writes_a_form_to_fill_in(tmp_path: Path, run: Run) -> None:
    result = run("new", tmp_path / "mine.xlsx", "--lang", "ru")
    assert result.exit_code == 0, result.stderr
    assert run("validate", tmp_path / "mine.xlsx").exit_code == 0
