"""Study files: what is read, and what is refused with its line."""

import re
from pathlib import Path

import pytest

from simulation.study.file import carry_out, load_study, problems_of
from simulation.study.lab import Lab
from simulation.texts import texts
from simulation.written.errors import ScenarioError
from tests import records
from tests.cli.conftest import SMALL

STUDY = """\
version: 1
title: A study
scenario: small.yaml
questions:
  - compare: {replications: 3}
  - sweep: {vary: ['hand_off.lead.loss=5%:40%:3'], replications: 2}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = STUDY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def said(path: Path) -> list[str]:
    try:
        study = load_study(path)
    except ScenarioError as error:
        return [str(each).replace(str(path), "study.yaml") for each in error.problems]
    return [str(each).replace(str(path), "study.yaml") for each in problems_of(study)]


def test_the_shipped_studies_can_be_carried_out() -> None:
    paths = sorted((Path(__file__).parents[3] / "scenarios" / "studies").glob("*.yaml"))
    assert paths
    for path in paths:
        assert list(problems_of(load_study(path))) == []
        assert load_study(path).file.title


def test_the_scenario_lies_beside_the_study_and_takes_its_values(folder: Path) -> None:
    path = written(folder, ("questions:", "seed: 7\nmonths: 3\nset: {people.switching: 15 min}\nquestions:"))
    study = load_study(path)
    assert study.scenario.experiment.seed == 7
    assert study.scenario.experiment.months == 3
    assert study.scenario.people.switching == 0.25


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("small.yaml", "smal.yaml"), "study.yaml:3: scenario: there is no scenario 'smal.yaml' beside this file"),
        (("3}\n", "0}\n"), "study.yaml:5: questions.0.compare.replications"),
        (("compare:", "compair:"), "unknown key `compair`"),
        (("loss=5%", "los=5%"), "did you mean 'hand_off.lead.loss'?"),
        (("5%:40%:3", "40%:5%:3"), "study.yaml:6: questions.1.sweep.vary.0"),
        (("{replications: 3}", "{measure: proft}"), "did you mean 'profit'?"),
        (("{replications: 3}", "{structures: [universl]}"), "questions.0.compare.structures.0"),
        (("{replications: 3}", "{precision: tiny}"), "questions.0.compare.precision: 'tiny' is not a number"),
        (("compare: {replications: 3}", "{compare: {}, explain: {}}"), "here is `compare` and `explain`"),
        (("questions:", "set: {people.switchin: 1 min}\nquestions:"), "did you mean"),
        (("questions:", "seed: -1\nquestions:"), "study.yaml:4: seed"),
        (("version: 1", "version: 2"), "study.yaml:1: version"),
        (("vary: ['hand_off.lead.loss=5%:40%:3']", "vary: []"), "questions.1.sweep.vary: nothing is varied"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_nearest_name(folder: Path, change: tuple[str, str], text: str) -> None:
    found = said(written(folder, change))
    assert found
    assert any(text in line for line in found), found


def test_a_key_that_is_missing_is_told_in_the_language_asked_for(folder: Path) -> None:
    sweep = "sweep: {vary: ['hand_off.lead.loss=5%:40%:3'], replications: 2}"
    for change in (("version: 1\n", ""), (sweep, "threshold: {replications: 20}")):
        with pytest.raises(ScenarioError) as caught:
            load_study(written(folder, change))
        lines = [texts("ru").again(problem.phrase) for problem in caught.value.problems]
        assert not [line for line in lines if re.search("[a-z]{3,} [a-z]{2,} [a-z]{2,}", line)], lines


def test_questions_are_answered_in_their_order(folder: Path) -> None:
    asked: list[tuple[int, str]] = []
    lab = Lab(jobs=1, engine=records.engine)
    answers = carry_out(load_study(written(folder)), lab, lambda n, kind: asked.append((n, kind)))
    assert asked == [(0, "compare"), (1, "sweep")]
    assert answers.comparison is not None
    assert answers.comparison.runs.finished == 3
    assert [finding.kind for finding in answers.findings] == ["sweep"]


def test_the_studys_structures_and_measure_hold_where_a_question_has_none(folder: Path) -> None:
    path = written(
        folder,
        ("questions:", "baseline: functional\nmeasure: revenue\nquestions:"),
        ("{replications: 3}", "{replications: 2, measure: deals}"),
    )
    comparison = carry_out(load_study(path), Lab(jobs=1, engine=records.engine)).comparison
    assert comparison is not None
    assert (comparison.baseline, comparison.measure) == ("functional", "deals")


def test_nothing_is_simulated_where_a_later_question_is_wrong(folder: Path) -> None:
    lab = Lab(jobs=1, engine=records.engine)
    with pytest.raises(ScenarioError):
        carry_out(load_study(written(folder, ("loss=5%", "los=5%"))), lab)
    assert lab.simulated == 0
