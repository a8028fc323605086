"""Everybody who compares two structures takes the same one for the baseline, and so prints the same sign."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import simulation
from simulation.analysis.unknown import UnknownName
from simulation.cli.program import app
from simulation.scenario.scenario import Scenario
from simulation.study.file import QUESTIONS, carry_out, load_study
from simulation.study.lab import Lab

TEXT = """\
version: 1
title: Dear universals
experiment: {months: 1, replications: 10, baseline: pool}
market:
  channels:
    site: {kind: inbound, leads_per_month: 60}
  products:
    service: {deal: 60 k, gross_margin: 25 %}
  initial: {customers: 20}
structures:
  functional:
    preset: functional
    roles:
      hunter: {headcount: 1, pay: {base: 35 k}}
      closer: {headcount: 1, pay: {base: 35 k}}
      farmer: {headcount: 1, pay: {base: 35 k}}
  pool: {preset: universal_shared_pool, roles: {universal: {headcount: 3, pay: {base: 35 k}}}}
  universal: {preset: universal, roles: {universal: {headcount: 3, pay: {base: 900 k}}}}
"""
NAMED = ["universal", "functional"]
"""The dear ones first, the other way round than in the file, whose own baseline is not among them."""
VARY, BOTH, OF = "inbound=1,1.1", ("inbound=1,1.1", "turnover=1,2"), "hand_off.lead.loss=5%:40%"
INPUT = "hand_off.lead.loss"

TAKES_LONG = {"threshold", "uncertainty", "explain", "sensitivity", "optimise"}


def quick(kinds: Iterable[str]) -> list[Any]:
    """Kinds of study; those that take long are asked where there is time."""
    return [pytest.param(kind, marks=pytest.mark.slow) if kind in TAKES_LONG else kind for kind in kinds]


Asked = dict[str, Any]
Ask = Callable[[Scenario, Lab, Asked], Any]
Said = tuple[str, str, float]
"""The baseline, the other one, and the other less the baseline."""


@pytest.fixture
def scenario() -> Scenario:
    return simulation.load_text(TEXT, "dear.yaml")


def optimised(scenario: Scenario, lab: Lab, asked: Asked) -> Any:
    return simulation.optimise(scenario, heads=3, fresh=5, replications=4, indifference=1e6, lab=lab, **asked)


FACE: dict[str, Ask] = {
    "compare": lambda scenario, lab, asked: simulation.compare(scenario, replications=3, jobs=1, **asked),
    "optimise": optimised,
    "sweep": lambda scenario, lab, asked: simulation.sweep(
        scenario, [simulation.parse_range(scenario, VARY)], replications=3, lab=lab, **asked
    ),
    "map": lambda scenario, lab, asked: simulation.winner_map(
        scenario, *[simulation.parse_range(scenario, text) for text in BOTH], replications=3, lab=lab, **asked
    ),
    "threshold": lambda scenario, lab, asked: simulation.threshold(scenario, OF, lab=lab, **asked),
    "sensitivity": lambda scenario, lab, asked: simulation.sensitivity(
        scenario, inputs=[INPUT], replications=2, lab=lab, **asked
    ),
    "explain": lambda scenario, lab, asked: simulation.explain(
        scenario, replications=2, measurements=False, lab=lab, **asked
    ),
    "uncertainty": lambda scenario, lab, asked: simulation.uncertainty(
        scenario, inputs=[INPUT], samples=20, lab=lab, **asked
    ),
    "transition": lambda scenario, lab, asked: simulation.transitions(scenario, replications=3, lab=lab, **asked),
    "payback": lambda scenario, lab, asked: simulation.paid_back(scenario, replications=3, lab=lab, **asked),
    "horizon": lambda scenario, lab, asked: simulation.horizon(scenario, replications=3, lab=lab, **asked),
}
"""How each kind is asked for in Python."""
COMPARING = [kind for kind in FACE if kind != "optimise"]
BY_PROFIT = ("transition", "payback")
"""Kinds that have no measure to choose, or another one."""
ALONE = ("weak_link", "check")
"""Kinds that compare no structures."""


def said(kind: str, found: Any) -> Said:
    """What a finding says of who is compared with whom."""
    match kind:
        case "compare":
            row = found.differences("profit").iloc[0]
            return row["baseline"], row["structure"], row["mean"]
        case "optimise":  # says who is ahead of whom: the better less the other
            (match,) = found.matches
            ahead, behind, by = match.one, match.other, match.difference.mean
            return (behind, ahead, by) if behind == NAMED[0] else (ahead, behind, -by)
        case "sweep" | "map":
            points = found.points if kind == "sweep" else found.cells
            (other,) = found.terms.others
            assert len({each.contest.differences[other].mean > 0 for each in points}) == 1
            return found.terms.baseline, other, points[0].contest.differences[other].mean
        case "threshold":
            return found.question.terms.baseline, found.question.other, found.curve[0].mean
        case "sensitivity":
            return found.question.baseline, found.question.other, found.base.mean
        case "explain":
            return *found.structures, found.whole.mean
        case "transition":
            ((other, way),) = found.ways.items()
            return found.comparison.baseline, other, way.ahead.mean
        case "payback":
            return found.payback.without, found.payback.with_, found.payback.curve["mean"].iloc[-1]
        case "horizon":
            return said("compare", found.comparison)
    first, second = found.structures
    sign = 1 if found.best == second else -1
    return first, second, sign * found.difference.mean


def test_every_kind_of_question_is_looked_at() -> None:
    assert {*FACE, *ALONE} == set(QUESTIONS)


@pytest.mark.parametrize("kind", quick(FACE))
def test_the_public_face_compares_with_the_first_named(kind: str, scenario: Scenario) -> None:
    baseline, other, difference = said(kind, FACE[kind](scenario, Lab(jobs=1), {"structures": NAMED}))
    assert (baseline, other) == ("universal", "functional")
    assert difference > 1e6  # two months' pay of one of the dear ones, and more


@pytest.mark.parametrize("kind", quick(COMPARING))
def test_the_baseline_that_is_asked_for_turns_every_sign(kind: str, scenario: Scenario) -> None:
    asked = {"structures": NAMED, "baseline": "functional"}
    baseline, other, difference = said(kind, FACE[kind](scenario, Lab(jobs=1), asked))
    assert (baseline, other) == ("functional", "universal")
    assert difference < -1e6


@pytest.mark.slow
@pytest.mark.parametrize("kind", COMPARING)
def test_the_scenario_s_baseline_holds_where_it_is_among_those_named(kind: str, scenario: Scenario) -> None:
    asked = {"structures": ["universal", "pool"]}
    assert said(kind, FACE[kind](scenario, Lab(jobs=1), asked))[:2] == ("pool", "universal")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"structures": ["universal", "functionl"]}, "there is no structure 'functionl'; .*did you mean 'functional'"),
        ({"structures": NAMED, "baseline": "universl"}, "there is no structure 'universl'; .*mean 'universal'"),
        ({"structures": NAMED, "measure": "proft"}, "there is no measure 'proft'; did you mean 'profit'"),
    ],
)
@pytest.mark.parametrize("kind", FACE)
def test_a_name_that_is_not_there_is_told_alike_everywhere(
    kind: str, scenario: Scenario, asked: Asked, message: str
) -> None:
    lab = Lab(jobs=1)
    if "measure" in asked and kind in BY_PROFIT:
        pytest.skip("it has no measure to choose")
    with pytest.raises(UnknownName, match=message):
        FACE[kind](scenario, lab, asked)
    assert lab.simulated == 0


STUDY = f"""\
version: 1
title: All of them
scenario: dear.yaml
structures: [universal, functional]
questions:
  - compare: {{replications: 3}}
  - optimise: {{heads: 3, replications: 4, indifference: 1 mln}}
  - sweep: {{vary: ['{VARY}'], replications: 3}}
  - map: {{x: '{BOTH[0]}', y: '{BOTH[1]}', replications: 3}}
  - threshold: {{of: '{OF}'}}
  - sensitivity: {{inputs: [{INPUT}], replications: 2}}
  - explain: {{replications: 2, measurements: false}}
  - uncertainty: {{samples: 20}}
  - transition: {{replications: 3}}
  - payback: {{replications: 3}}
  - horizon: {{replications: 3}}
"""
KINDS = [kind for kind in FACE if kind != "compare"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("dear.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def study(text: str) -> Any:
    Path("study.yaml").write_text(text, encoding="utf-8")
    return load_study("study.yaml")


@pytest.mark.slow
def test_every_kind_of_a_study_file_compares_with_the_first_named(folder: Path) -> None:
    asked = study(STUDY)
    assert {*(question.kind for question in asked.file.questions), *ALONE} == set(QUESTIONS)
    answers = carry_out(asked, Lab(jobs=1))
    for kind, found in [("compare", answers.comparison), *zip(KINDS, answers.findings, strict=True)]:
        baseline, other, difference = said(kind, found)
        assert (kind, baseline, other) == (kind, "universal", "functional")
        assert difference > 1e6, kind


def test_a_study_s_baseline_holds_for_the_questions_about_it(folder: Path) -> None:
    file = STUDY.replace("structures: [universal, functional]", "baseline: functional").split("questions:")[0]
    questions = "questions:\n  - compare: {}\n  - compare: {structures: [universal, pool]}\n"
    asked = study(file + questions)
    assert [asked.shared(each)["baseline"] for each in asked.file.questions] == ["functional", None]


@pytest.mark.slow
def test_the_level_is_the_scenario_s_in_studies_too(folder: Path) -> None:
    Path("dear.yaml").write_text(TEXT.replace("{months: 1,", "{months: 1, level: 0.8,"), encoding="utf-8")
    questions = f"  - threshold: {{of: '{OF}'}}\n  - compare: {{replications: 2, level: 0.9}}\n"
    answers = carry_out(study(STUDY.split("  - compare")[0] + questions), Lab(jobs=1))
    (found,) = answers.findings
    assert found.question.terms.level == 0.8  # type: ignore[attr-defined]
    assert answers.comparison is not None and answers.comparison.level == 0.9


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "  - explain: {structures: [universal, functionl]}",
            "study.yaml:6: questions.0.explain.structures.1: there is",
        ),
        ("  - threshold: {of: inbound=1:2, baseline: pool}", "questions.0.threshold.baseline: 'pool' is not among"),
        (
            "  - sweep: {vary: ['inbound=1,2'], measure: proft}",
            "questions.0.sweep.measure: there is no measure 'proft'",
        ),
        ("  - sensitivity: {structures: [pool]}", "questions.0.sensitivity.structures: a comparison needs two"),
        ("  - explain: {structures: [pool, universal, functional]}", "two structures are compared here, not 3"),
    ],
)
def test_terms_that_cannot_be_are_told_with_their_line_when_the_file_is_read(
    folder: Path, line: str, message: str
) -> None:
    with pytest.raises(simulation.ScenarioError) as caught:
        study(STUDY.split("  - compare")[0] + line + "\n")
    (problem,) = caught.value.problems
    assert message in str(problem)


FEW = ("--replications", "3")
COMMANDS: dict[str, tuple[str, ...]] = {
    "compare": ("compare", *FEW),
    "optimise": ("optimise", "--heads", "3", "--fresh", "5", "--replications", "4", "--indifference", "1 mln"),
    "sweep": ("sweep", "--vary", VARY, *FEW),
    "map": ("map", "--x", BOTH[0], "--y", BOTH[1], *FEW),
    "threshold": ("threshold", "--of", OF, "--replications", "10"),
    "sensitivity": ("sensitivity", "--input", INPUT, *FEW),
    "explain": ("explain", "--no-measurements", "--replications", "2"),
    "uncertainty": ("compare", "--uncertain", "--samples", "20", *FEW),
}


def called(*words: str) -> Any:
    return CliRunner().invoke(app, [*words, "--jobs", "1", "--no-store"], prog_name="sales-sim")


def written(kind: str) -> Said:
    """What the JSON file of a command says of who is compared with whom."""

    def read(name: str) -> Any:
        return json.loads(Path("out", name).read_text(encoding="utf-8"))

    match kind:
        case "compare":
            found = read("summary.json")["comparison"]
            ((other, measures),) = found["differences"].items()
            return found["baseline"], other, measures["profit"]["mean"]
        case "explain":
            found = read("explanation.json")
            ((baseline, first), (other, second)) = found["means"].items()
            assert found["difference"]["mean"] == pytest.approx(second - first)
            return baseline, other, second - first
        case "sensitivity":
            found = read("sensitivity.json")
            return found["baseline"], found["other"], found["difference"]
        case "sweep" | "map":
            found = read(f"{kind}.json")
            (other,) = [name for name in found["structures"] if name != found["baseline"]]
            point = found["points" if kind == "sweep" else "cells"][0]
            return found["baseline"], other, point["differences"][other]["mean"]
        case "threshold":
            found = read("threshold.json")
            (other,) = [name for name in found["structures"] if name != found["baseline"]]
            return found["baseline"], other, found["curve"][0]["difference"]
    found = read("uncertainty.json")
    baseline, other = found["structures"]
    return baseline, other, found["difference"]["mean"] * (1 if found["best"] == other else -1)


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("kind", quick([kind for kind in COMMANDS if kind != "optimise"]))
def test_every_command_compares_with_the_first_named(kind: str, folder: Path) -> None:
    name, *options = COMMANDS[kind]
    named = [word for structure in NAMED for word in ("--structure", structure)]
    done = called(name, "dear.yaml", *options, *named, "--out", "out", "--quiet")
    assert done.exit_code == 0, done.output
    baseline, other, difference = written(kind)
    assert (baseline, other) == ("universal", "functional")
    assert difference > 1e6


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--structure", "functionl", "error: --structure: there is no structure 'functionl'; allowed: functional, "),
        ("--baseline", "universl", "error: --baseline: there is no structure 'universl'; allowed: functional, "),
        ("--measure", "proft", "error: --measure: there is no measure 'proft'"),
    ],
)
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_command_refuses_a_name_that_is_not_there_alike(
    kind: str, folder: Path, option: str, name: str, message: str
) -> None:
    command, *options = COMMANDS[kind]
    pair = [] if option == "--structure" else ["--structure", "universal"]
    done = called(command, "dear.yaml", *options, "--structure", "functional", *pair, option, name, "--out", "out")
    assert done.exit_code == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("error")]
    assert len(lines) == 1 and lines[0].startswith(message), lines
    assert "did you mean" in lines[0]
    assert not Path("out").exists()
