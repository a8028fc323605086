"""Every command and snippet of the documentation works as it stands, and every file that it names is there."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import simulation
from simulation.sense.loader import load_text
from simulation.study.file import load_study, problems_of
from simulation.written.yamltext import read_text
from tests.cli.conftest import SMALL, Run

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
KINDS = {"sh", "python", "yaml", "json", "nginx", ""}
GENERATED = {"scenario-reference.md", "measures.md"}
"""Made by commands from the code; other tests hold them."""
ELSEWHERE = (
    "run.py app",  # a server that goes on until somebody ends it: tests/app
    "sales-sim app",
    "pip install",
    "-m simulation.validation",
    "-m tests.golden.renew",
    "benchmarks/run.py",
    "uv run",
    "jupyter",
    "run.py study",
)
"""Commands that install or take minutes: they are run by hand, by the checks, or by tests of their own."""


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of each fenced block."""
    for found in FENCE.finditer(page.read_text(encoding="utf-8")):
        yield found[1], found[2]


def commands(page: Path) -> list[str]:
    """Lines of the page's shell blocks that call the program, without remarks."""
    lines = [
        line.partition("  #")[0].strip() for kind, text in blocks(page) if kind == "sh" for line in text.splitlines()
    ]
    return [line for line in lines if line and not any(words in line for words in ELSEWHERE)]


YEARS = ("--replications", "2", "--jobs", "1")
SHORT = (*YEARS, "--months", "1")
CHEAP = dict.fromkeys(("run", "compare", "optimise", "map", "sweep", "sensitivity"), SHORT)
CHEAP["optimise"] += ("--fresh", "2")
CHEAP |= {"threshold": (*SHORT, "--replications", "10"), "explain": (*SHORT, "--no-measurements")}
"""What each command is given here besides, so that it takes seconds."""


STUDIES = ("optimise", "threshold", "map", "sweep", "sensitivity", "explain")
"""Commands that search: they are run where they are described, and other pages show the same ones."""


def _run_there() -> set[tuple[str, ...]]:
    return {tuple(shlex.split(line)[2:4]) for line in commands(ROOT / "docs" / "studies.md")}


RUN_THERE = _run_there()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_of_a_kind_that_is_run(page: Path) -> None:
    assert {kind for kind, _ in blocks(page)} <= KINDS
    for line in commands(page):
        words = shlex.split(line)
        assert Path(words[0]).name in ("python", "python3") and words[1] == "run.py", line


TRANSLATED = {"README.ru.md": ("README.md", " --lang ru")}
"""Pages that show the commands of another one, and what they add to them."""


@pytest.mark.parametrize("page", TRANSLATED)
def test_a_translated_page_shows_the_same_commands(page: str) -> None:
    original, added = TRANSLATED[page]
    theirs = [line.removesuffix(added) for line in commands(ROOT / page)]
    assert sorted(theirs) == sorted(commands(ROOT / original))


LONG = {"studies.md", "tutorial.md", "scale.md", "calibration-from-records.md", "calibration-from-records.ru.md"}
"""Pages whose commands take a minute: they are run where there is time, with the pictures that they draw."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[pytest.mark.slow, pytest.mark.painted] if page.name in LONG else [])
        for page in PAGES
        if commands(page) and page.name not in TRANSLATED
    ],
    ids=lambda page: page.name,
)
def test_the_commands_of_a_page_work_one_after_the_other(
    page: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with two replications on one core, in a folder that holds nothing but the scenarios."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    for line in commands(page):
        words = shlex.split(re.sub(r" --replications \d+", "", line))[2:]
        if words[0] in STUDIES and page.name != "studies.md":
            assert tuple(words[:2]) in RUN_THERE, f"docs/studies.md has no such command: {line}"
            continue
        result = run(*words, *CHEAP.get(words[0], ()))
        assert result.exit_code == 0, (line, result.stderr)
        if "--out" in words and "--export-crm" not in words:
            assert (tmp_path / words[words.index("--out") + 1] / "report.html").is_file()


SNIPPETS = [(page, text) for page in PAGES for kind, text in blocks(page) if kind == "python"]


@pytest.mark.parametrize(("page", "text"), SNIPPETS, ids=[page.name for page, _ in SNIPPETS])
def test_the_python_of_a_page_runs(page: Path, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(SMALL, encoding="utf-8")
    exec(compile(re.sub(r"replications=\d{2,}", "replications=2, jobs=1", text), page.name, "exec"), {})


DATED = "interventions:"
"""How the snippet begins that goes with one structure only; tests/cli/test_readme.py runs it."""
FRAGMENTS = [
    (page, text)
    for page in PAGES
    for kind, text in blocks(page)
    if kind == "yaml" and page.name not in GENERATED and not text.startswith(DATED)
]


@pytest.mark.parametrize(("page", "text"), FRAGMENTS, ids=[page.name for page, _ in FRAGMENTS])
def test_the_yaml_of_a_page_is_a_part_of_a_scenario_or_a_study(page: Path, text: str, tmp_path: Path) -> None:
    """Laid upon the department of ten, whose roles the snippets speak of."""
    part = read_text(text, page.name).plain
    assert isinstance(part, dict)
    if "questions" in part:
        study = tmp_path / "studies" / "study.yaml"
        study.parent.mkdir()
        study.write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / "scenarios", tmp_path, dirs_exist_ok=True)
        assert list(problems_of(load_study(study))) == []
        return
    names = set(simulation.Scenario.model_fields)
    assert set(part) <= names, set(part) - names
    base = {"version": 1, "extends": str(ROOT / "scenarios" / "department_of_ten.yaml")}
    if page.name == "tutorial.md":
        base["extends"] = ""
    made = load_text(SMALL if page.name == "tutorial.md" else yaml.safe_dump(base), overrides=flat(part))
    assert made.structures


def flat(part: dict[str, object], path: str = "") -> dict[str, object]:
    """Values at dotted paths; lists, and blocks of one line, as they are."""
    found: dict[str, object] = {}
    for key, value in part.items():
        if isinstance(value, dict) and any(isinstance(each, dict) for each in value.values()):
            found |= flat(value, f"{path}{key}.")
        else:
            found[f"{path}{key}"] = value
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [ROOT / page.parent / name for name in re.findall(r"\]\(((?!http)[^)#]+)(?:#[^)]*)?\)", text)]
    named = re.findall(r"(?<![\w/.*-])((?:scenarios|docs|tests|benchmarks|notebooks|simulation)/[\w./-]*\w)", text)
    missing = [str(path) for path in linked if not path.exists()]
    missing += [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_every_parameter_and_neutral_setting_of_the_model_page_exists() -> None:
    from simulation.scenario.neutral import NEUTRAL

    text = (ROOT / "docs/model.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs/scenario-reference.md").read_text(encoding="utf-8")
    named = {
        name for names in re.findall(r"[Nn]eutral:\s+((?:`\w+`(?:,\s+)?)+)", text) for name in re.findall(r"\w+", names)
    }
    assert named == set(NEUTRAL)
    roots = tuple(f"{name}." for name in simulation.Scenario.model_fields)
    for path in re.findall(r"`([a-z_]+(?:\.[a-z_*]+)+)`", text):
        if path.startswith(roots):
            key = path.rstrip(".*").rpartition(".")[2]
            assert f"`{key}`" in reference or f".{key}`" in reference, path
