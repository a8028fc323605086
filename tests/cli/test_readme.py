"""The README's lines work as they stand, and the checks run them and nothing else."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)


def test_the_checks_run_the_test_command_of_the_readme() -> None:
    """`.ci/run` takes the command from the README, by the same pattern; it has no copy of its own."""
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -m1 -E '([^']+)' README\.md", script)
    assert pattern is not None
    found = subprocess.run(
        ["grep", "-E", pattern[1], "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len(found) == 1
    assert f"{found[0]}\n" in BLOCKS
    assert "bin/pip install -q -e" not in script
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_first_lines_install_into_a_new_environment() -> None:
    assert all(block.startswith("python3 -m venv .venv && .venv/bin/pip install -q ") for block in BLOCKS[:3])
    assert all(block.count("\n") == 1 for block in BLOCKS[:3])


@pytest.mark.parametrize("command", sorted(set(re.findall(r"run\.py ([a-z]+)", README))))
def test_every_command_of_the_readme_exists(command: str) -> None:
    from typer.main import get_command

    from simulation.cli.program import app

    assert command in get_command(app).commands  # type: ignore[attr-defined]


def test_every_option_of_the_readme_exists() -> None:
    from typer.main import get_command

    from simulation.cli.program import app

    commands = get_command(app).commands.values()  # type: ignore[attr-defined]
    known = {option for command in commands for parameter in command.params for option in parameter.opts}
    described = set(
        re.findall(r"(?<![-\w])(--[a-z][a-z-]+)", README.partition("## Commands")[2].partition("From Python")[0])
    )
    assert described <= known | {"--help"}
    assert len(described) >= 10


def test_every_file_that_the_readme_names_is_there() -> None:
    links = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    names = re.findall(r"(?<![\w/.])((?:scenarios|docs|tests|benchmarks|simulation)/[\w./-]*)", README)
    missing = sorted({name for name in [*links, *names] if not (ROOT / name).exists()})
    assert missing == []


def test_the_interventions_of_the_readme_load_and_change_the_department() -> None:
    import simulation
    from simulation.scenario.timeline import timeline
    from simulation.sense.loader import load_text

    (snippet,) = re.findall(r"```yaml\n(interventions:.*?)```", README, re.DOTALL)
    base = f"version: 1\nextends: {ROOT / 'scenarios' / 'department_of_ten.yaml'}\n"
    roles = "{universal: {roles: {farmer: {preset: farmer, headcount: 0}}}, functional: null}"
    scenario = load_text(f"{base}structures: {roles}\n{snippet}")
    last = timeline(scenario, "universal").scenarios[-1]
    heads = {name: role.headcount for name, role in last.structures["universal"].roles.items()}
    assert (heads["universal"], heads["farmer"]) == (6, 2)
    assert last.market.channels["site"].leads_per_month == 150
    assert simulation.simulate(scenario, replications=1, months=4, jobs=1).runs.finished == 1
