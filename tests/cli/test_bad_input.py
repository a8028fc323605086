"""What a person may get wrong: one clear line for each mistake, exit code 2, nothing written."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, WITHOUT_BUDGET, Run, Write

ROOT = Path(__file__).parents[2]

MISTAKES = {
    "a misspelled key": (
        ("gross_margin", "gros_margin"),
        ":8: ",
        "gros_margin",
        "did you mean 'gross_margin'?",
    ),
    "a wrong unit": (("deal: 60 k", "deal: 60 kg"), ":8: ", "market.products.service.deal", "60 kg"),
    "a negative headcount": (("headcount: 3", "headcount: -3"), ":14: ", "headcount", "-3"),
    "a share above one": (("gross_margin: 25 %", "gross_margin: 1.25"), ":8: ", "gross_margin", "1.25"),
    "an unknown kind of channel": (("kind: inbound", "kind: inbund"), ":6: ", "inbund", "'inbound'"),
    "an unknown preset": (("preset: universal", "preset: univarsal"), ":12: ", "preset", "'universal'"),
    "a list for a mapping": (
        ("{headcount: 3, pay: {base: 35 k}}", "[3]"),
        ":14: ",
        "roles.universal",
        "list",
    ),
    "an unknown version": (("version: 1", "version: 9"), ":1: ", "version", "9"),
    "no zero replications": (("replications: 4", "replications: 0"), ":3: ", "replications", "0"),
    "not YAML": (("version: 1", "version: [1"), ":", "small.yaml", "error: "),
    "a Python tag": (
        ("title: Three sellers", "title: !!python/object/apply:os.system ['touch ran']"),
        ":2: ",
        "",
        "",
    ),
    "a key given twice": (("title: Three sellers", "title: one\ntitle: two"), ":3: ", "title", ""),
}


def refused(result: object, *words: str) -> list[str]:
    """The lines of a refusal, after seeing that it is one."""
    assert result.exit_code == 2, result.output  # type: ignore[attr-defined]
    assert result.stdout == ""  # type: ignore[attr-defined]
    lines: list[str] = result.stderr.splitlines()  # type: ignore[attr-defined]
    assert "Traceback" not in result.stderr  # type: ignore[attr-defined]
    assert all(line.startswith(("error: ", "warning: ")) for line in lines), lines
    assert any(all(word in line for word in words) for line in lines), lines
    return lines


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_file_line_and_what_is_allowed(write: Write, run: Run, mistake: str) -> None:
    change, *words = MISTAKES[mistake]
    file = write(change)
    for command in (["validate"], ["compare", "--out", "results"], ["run", "--out", "results"], ["show"]):
        lines = refused(run(command[0], file, *command[1:]), "small.yaml", *words)
        assert len(lines) == 1, lines
    assert os.listdir() == ["small.yaml"]


def test_a_mistake_in_a_table_of_drawn_inputs_is_told_with_its_line(write: Write, run: Run) -> None:
    file = write(("version: 1", "version: 1\ninputs: {draws: draws.csv}"))
    rows = ["people.switching", *["8 min"] * 11, "-8 min", *["8 min"] * 8]
    Path("draws.csv").write_text("\n".join(rows), encoding="utf-8")
    for command in (["validate"], ["compare", "--out", "results"], ["optimise", "--out", "results"], ["show"]):
        lines = refused(run(command[0], file, *command[1:]), "draws.csv:13: people.switching: row 12: ")
        assert len(lines) == 1, lines
    assert sorted(os.listdir()) == ["draws.csv", "small.yaml"]


def test_every_mistake_of_a_file_is_told_at_once(write: Write, run: Run) -> None:
    file = write(("headcount: 3", "headcount: -3"), ("deal: 60 k", "deal: 60 kg"), ("title:", "titel:"))
    lines = refused(run("compare", file))
    assert [line.split(":")[2] for line in lines] == ["2", "8", "14"]


ONLY_ONE = "    preset: universal\n    roles:\n      universal: {"
SENSELESS: dict[str, tuple[list[tuple[str, str]], str]] = {
    "a stage that no role works on": (
        [(ONLY_ONE, "    roles:\n      universal: {activities: [qualify, serve], ")],
        "'contact'",
    ),
    "a role with no activities": ([(ONLY_ONE, f"{ONLY_ONE}activities: [], ")], "no activities"),
    "a channel with no one to take it": (
        [
            (ONLY_ONE, f"{ONLY_ONE}activities: [qualify, sell, serve], "),
            ("    site:", "    calls: {kind: outbound}\n    site:"),
        ],
        "'calls'",
    ),
    "a seasonality that does not average to one": (
        [("leads_per_month: 100", "leads_per_month: 100, seasonality: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]")],
        "seasonality",
    ),
}


@pytest.mark.parametrize("senseless", SENSELESS)
def test_a_department_that_cannot_work_is_refused(write: Write, run: Run, senseless: str) -> None:
    changes, word = SENSELESS[senseless]
    file = write(*changes)
    refused(run("validate", file), "small.yaml:", word)
    refused(run("compare", file, "--out", "results"), "small.yaml:", word)
    assert os.listdir() == ["small.yaml"]


@pytest.mark.parametrize("text", ["", "   \n", "# only a remark\n", "just words", "- a\n- list\n"])
def test_a_file_without_a_scenario_is_refused(write: Write, run: Run, text: str) -> None:
    file = write()
    file.write_text(text, encoding="utf-8")
    assert len(refused(run("compare", file, "--out", "results"), "small.yaml")) == 1
    assert os.listdir() == ["small.yaml"]


def test_a_file_of_ten_megabytes_is_refused_without_being_read(write: Write, run: Run) -> None:
    file = write()
    file.write_bytes(b"# filler\n" * (10_000_000 // 9))
    refused(run("validate", file), "small.yaml", "larger than")


def test_binary_and_non_utf8_files_are_refused(write: Write, run: Run) -> None:
    file = write()
    for content in (b"\x00\x01\x02", "version: 1\ntitle: Отдел\n".encode("cp1251")):
        file.write_bytes(content)
        assert len(refused(run("validate", file), "small.yaml", "UTF-8")) == 1


def test_a_yaml_bomb_is_refused_before_it_grows(write: Write) -> None:
    file = write()
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    file.write_text("\n".join(["a0: &a0 [lol, lol, lol]", *levels]), encoding="utf-8")
    command = [sys.executable, ROOT / "run.py", "validate", file]
    # the memory is limited, so that a bomb that goes off fails here and not on the machine
    limit = 2 * 1024**3
    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("error: small.yaml:")


def test_a_tag_that_names_python_never_runs(write: Write, run: Run) -> None:
    for tag in ("!!python/object/apply:os.system ['touch ran']", "!!python/name:os.system", "!anything x"):
        refused(run("compare", write(("title: Three sellers", f"title: {tag}"))), "small.yaml:2")
        assert not Path("ran").exists()


def test_files_that_extend_one_another_in_a_circle_are_refused(write: Write, run: Run) -> None:
    write()
    Path("a.yaml").write_text("extends: b.yaml\n", encoding="utf-8")
    Path("b.yaml").write_text("extends: a.yaml\n", encoding="utf-8")
    assert len(refused(run("compare", "a.yaml"), "circle", "a.yaml", "b.yaml")) == 1


def test_a_missing_file_is_told_with_the_nearest_name(write: Write, run: Run) -> None:
    write()
    lines = refused(run("compare", "smal.yaml"), "smal.yaml", "no such file", "small.yaml")
    assert len(lines) == 1


def test_a_folder_is_not_a_scenario(write: Write, run: Run) -> None:
    write()
    Path("folder").mkdir()
    refused(run("run", "folder"), "folder", "directory")


def test_an_unwritable_folder_is_found_before_anything_is_simulated(
    write: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("something was simulated")

    monkeypatch.setattr("simulation.cli.simulations._results", never)
    file = write()
    Path("taken").write_text("a file", encoding="utf-8")
    for out in ("taken", "taken/results", "/proc/nothing/results", "x" * 300):
        lines = refused(run("compare", file, "--out", out), "--out")
        assert len(lines) == 1
        assert ".part" not in lines[0]
    assert refused(run("compare", file, "--out", "taken/results")) == ["error: --out: taken is not a folder"]
    assert sorted(os.listdir()) == ["small.yaml", "taken"]
    assert Path("taken").read_text(encoding="utf-8") == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_folder_without_permission_is_refused(write: Write, run: Run) -> None:
    file = write()
    Path("locked").mkdir(mode=0o500)
    refused(run("compare", file, "--out", "locked/results"), "locked")


def test_a_structure_that_is_not_there_is_told_with_the_nearest_name(write: Write, run: Run) -> None:
    refused(
        run("run", write(), "--structure", "univarsal"),
        "'univarsal'",
        "universal, functional",
        "'universal'?",
    )


@pytest.mark.parametrize(
    ("option", "given", "nearest"),
    [
        ("--structure", "functionl", "functional"),
        ("--baseline", "univarsal", "universal"),
        ("--measure", "proft", "profit"),
        ("--measure", "utilisation.closr", "utilisation.closer"),
        ("--measure", "lost.waitd", "lost.waited"),
    ],
)
def test_compare_tells_the_nearest_name_of_an_unknown_one(
    write: Write, run: Run, option: str, given: str, nearest: str
) -> None:
    words = f"'{given}'", f"did you mean '{nearest}'?"
    assert len(refused(run("compare", write(), option, given, "--out", "results"), option, *words)) == 1
    assert not Path("results").exists()


def test_the_baseline_is_one_of_the_structures_that_are_compared(write: Write, run: Run) -> None:
    other = write(name="other.yaml")
    kept = ["--structure", "small:universal", "--structure", "other:universal"]
    refused(run("compare", write(), other, *kept, "--baseline", "functional"), "--baseline", "small:universal")


def test_one_structure_of_a_file_cannot_be_compared(write: Write, run: Run) -> None:
    refused(run("compare", write(), "--structure", "universal"), "two structures")


def test_a_misspelled_role_of_a_preset_is_told_with_the_nearest_one(write: Write, run: Run) -> None:
    file = write(("universal: {headcount: 3, pay", "universl: {headcount: 3, pay"))
    lines = refused(run("compare", file), "small.yaml:14: ", "roles.universl", "did you mean 'universal'?")
    assert len(lines) == 1


def test_a_single_structure_cannot_be_compared(write: Write, run: Run) -> None:
    file = write()
    file.write_text(SMALL.partition("  functional:")[0], encoding="utf-8")
    refused(run("compare", file, "--out", "results"), "two structures")
    assert not Path("results").exists()


def test_events_need_a_folder(write: Write, run: Run) -> None:
    refused(run("compare", write(), "--events"), "--out")


def test_an_unknown_backend_is_refused(write: Write, run: Run) -> None:
    refused(run("compare", write(), "--backend", "nonsense"), "--backend", "'nonsense'")


@pytest.mark.parametrize(
    "words",
    [
        ["--replications", "0"],
        ["--replications", "many"],
        ["--months", "0"],
        ["--months", "241"],
        ["--seed", "-1"],
        ["--jobs", "0"],
        ["--nonsense"],
    ],
)
def test_a_wrong_option_is_refused(write: Write, run: Run, words: list[str]) -> None:
    result = run("compare", write(), *words)
    assert result.exit_code == 2
    assert words[0] in result.stderr
    assert result.stdout == ""


def test_no_command_prints_the_help_and_an_unknown_one_is_refused(run: Run) -> None:
    assert "compare" in run("--help").stdout
    assert run("compar").exit_code == 2


LAST = "people: {recruiting: {cost: 150 k}}\n"
CHANGES = {
    "a path that may not change": ("set: {calendar.country: US}", "set.calendar.country", "compare two scenarios"),
    "a misspelled path": (
        "set: {market.channels.sitte.leads_per_month: 5}",
        "set.market.channels.sitte.leads_per_month",
        "did you mean 'market.channels.site.leads_per_month'?",
    ),
    "a whole block": ("set: {market.channels.site: {}}", "set.market.channels.site", "a path such as"),
    "a wrong unit": ("set: {people.switching: 5 kg}", "set.people.switching", "5 kg"),
    "a negative headcount": (
        "set: {structures.universal.roles.universal.headcount: -1}",
        "structures.universal.roles.universal.headcount",
        "-1",
    ),
    "nothing after the colon": ("set: {people.switching: }", "set.people.switching", "nothing stands after the colon"),
    "a role that only some structures have": (
        "move: [{role: hunter, to: closer}]",
        "move.0.role",
        "there is no role 'hunter' in 'universal'",
    ),
    "work that nobody does then": (
        "set: {structures.functional.roles.closer.activities: [serve]}",
        "structures.functional.roles",
        "no role works the stage",
    ),
    "an unknown key": ("sett: {people.switching: 0}", "interventions.0.sett", "only `set` takes such keys"),
    "a depth above one": ("dip: {depth: 2, recovery: 1 month}", "dip.depth", "2"),
}


@pytest.mark.parametrize("mistake", CHANGES)
def test_a_change_that_cannot_be_made_is_told_before_anything_is_simulated(
    write: Write, run: Run, mistake: str
) -> None:
    change, *words = CHANGES[mistake]
    file = write((LAST, f"{LAST}interventions:\n  - at: 2026-02-01\n    {change}\n"))
    for command in (["validate"], ["compare", "--out", "results"]):
        lines = refused(run(command[0], file, *command[1:]), "small.yaml:24: ", *words)
        assert len([line for line in lines if line.startswith("error: ")]) <= 5
    assert os.listdir() == ["small.yaml"]


MONEY = {
    "an unknown account": ("budget: {direct: {lines: [{name: a, price: 1, covers: advertising}]}}", "channel_cost"),
    "a line without a price": ("budget: {direct: {lines: [{name: a}]}}", "`price` is missing"),
    "a quantity in text": (
        "budget: {direct: {lines: [{name: a, price: 1, quantity: many}]}}",
        "'many' is not a number",
    ),
    "a plan without a target": ("plan: {measure: revenue}", "`target` is missing"),
    "a seasonality of eleven": (f"plan: {{target: 5, seasonality: [{', '.join('1' * 11)}]}}", "11 given"),
    "a seasonality of nothing": (f"plan: {{target: 5, seasonality: [{', '.join('0' * 12)}]}}", "average to 0"),
    "another currency": ("budget: {direct: {lines: [{name: a, price: 100 USD}]}}", "in the scenario's currency"),
    "a commission above all": (
        "structures: {s: {preset: universal, roles: {universal: {headcount: 1, pay: {commission: {share: 120 %}}}}}}",
        "outside 0..1",
    ),
    "a line that ends first": (
        "budget: {other: {lines: [{name: a, price: 1, start: 2026-05-01, until: 2026-02-01}]}}",
        "ends before it starts",
    ),
    "a line outside of the horizon": (
        "budget: {other: {lines: [{name: a, price: 1, start: 2030-05-01}]}}",
        "which is what is simulated",
    ),
    "a month of results": ("plan: {target: 1 mln, results: {2026-13: [1]}}", "a month is written such as '2026-01'"),
    "weeks without results": ("plan: {target: 1 mln, results: {2026-02: [1]}}", "2026-01: 0 of 5 weeks have a result"),
    "two laws": ("budget: {contributions: 30 %, contributions_of: RU_2026}", "gives the whole law"),
}


@pytest.mark.parametrize("mistake", MONEY)
def test_mistakes_about_money_are_told_in_a_line_each(write: Write, run: Run, mistake: str) -> None:
    text, words = MONEY[mistake]
    file = write()
    kept = SMALL.split("structures:")[0] if text.startswith("structures") else WITHOUT_BUDGET
    file.write_text(f"{kept}{text}\n", encoding="utf-8")
    for command in (["validate"], ["compare", "--out", "results"], ["plan"]):
        lines = refused(run(command[0], file, *command[1:]), "small.yaml:", words)
        assert len([line for line in lines if line.startswith("error: ")]) == 1, lines
    assert os.listdir() == ["small.yaml"]
