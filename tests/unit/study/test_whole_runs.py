"""Kinds of study that need whole runs, or years beside those of a comparison: all of them in one laboratory."""

from pathlib import Path

import pytest

from simulation.sense.loader import load_text
from simulation.store import Store
from simulation.study.kind import Finding, Kind
from simulation.study.kinds import KINDS
from simulation.study.lab import Lab
from simulation.texts import texts
from tests.cli.conftest import SMALL

NAMES = ("weak_link", "transition", "payback", "horizon", "check")
TEXT = SMALL.replace("structures:", "history: {revenue: 20 mln, deals: 100}\nstructures:").replace(
    "months: 2", "months: 1"
)


def kind_called(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def answered(name: str, store: Store | None = None) -> tuple[Finding, Lab]:
    kind, scenario = kind_called(name), load_text(TEXT, "small.yaml")
    asked, lab = kind.ask({"replications": 2}), Lab(jobs=1, store=store)
    assert kind.mistakes(scenario, asked) == []
    return kind.answered(scenario, asked, lab), lab


@pytest.mark.parametrize("name", NAMES)
def test_a_second_time_takes_every_year_from_the_store(name: str, tmp_path: Path) -> None:
    with Store(tmp_path / "years.sqlite", print) as store:
        first, lab = answered(name, store)
        assert store.kept > 0 and store.found == 0
        kept = store.kept
        again, second = answered(name, store)
        assert store.kept == kept and store.found == kept
    assert again.to_dict() == first.to_dict()
    if name != "check":  # which the laboratory does not count
        assert (lab.simulated, lab.reused) == (kept, 0)
        assert (second.simulated, second.reused) == (0, kept)


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_is_shown_in_both_languages(name: str) -> None:
    from simulation.report.findings import showing

    found, _ = answered(name)
    assert isinstance(found, Finding) and found.kind == kind_called(name).finding
    shown = showing(found)
    assert all(list(shown.terminal(found, 80, texts(language))) for language in ("en", "ru"))
    english, russian = (shown.part(found, texts(language)) for language in ("en", "ru"))
    assert english.title != russian.title and len(english.blocks) == len(russian.blocks)
    assert [type(each) for each in found.sentences] and all(frame.size for frame in found.tables().values())


def test_a_run_that_begins_as_today_has_no_way_to_ask_for() -> None:
    kind, scenario = kind_called("transition"), load_text(TEXT, "small.yaml", {"experiment.begin": "today"})
    (mistake,) = kind.mistakes(scenario, kind.ask({}))
    assert "in its figures already" in mistake.text


def test_without_a_last_year_there_is_nothing_to_check() -> None:
    kind = kind_called("check")
    (mistake,) = kind.mistakes(load_text(SMALL, "small.yaml"), kind.ask({}))
    assert "no last year" in mistake.text
