"""YAML text to a tree: words as people mean them, and everything that is no scenario."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from simulation.written.errors import Problem, ScenarioError
from simulation.written.yamltext import read_text


def plain(text: str) -> Any:
    return read_text(text, "file.yaml").plain


def problem(text: str) -> Problem:
    """The only problem of a refused text."""
    with pytest.raises(ScenarioError) as caught:
        read_text(text, "file.yaml")
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


# YAML as people mean it


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("09:00", "09:00"),
        ("1:30:00", "1:30:00"),
        ("09:00-18:00", "09:00-18:00"),
        ("2026-05-04", date(2026, 5, 4)),
        ("010", 10),
        ("25_000", 25000),
        ("25 000", "25 000"),
        ("-5", -5),
        ("1e6", 1e6),
        ("1.5", 1.5),
        (".5", 0.5),
        ("35 %", "35 %"),
        ("0x1F", "0x1F"),
        ("'5'", "5"),
        ("!!str 5", "5"),
        ("~", None),
        ("", None),
    ],
)
def test_words_are_what_people_mean_by_them(written: str, value: object) -> None:
    read_value = plain(f"key: {written}")["key"]
    assert read_value == value
    assert type(read_value) is type(value)


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert plain("1: a\ntrue: b\nNO: c\n2026-01-01: d") == {
        "1": "a",
        "true": "b",
        "NO": "c",
        "2026-01-01": "d",
    }


def test_anchors_and_merge_keys_are_understood() -> None:
    text = "a: &a {p: 1, q: 2}\nb: {<<: *a, q: 3}\nc: *a\nd: {<<: [*a, {r: 4, p: 5}]}"
    read_tree = plain(text)
    assert read_tree["b"] == {"p": 1, "q": 3}
    assert read_tree["c"] == {"p": 1, "q": 2}
    assert read_tree["d"] == {"p": 1, "q": 2, "r": 4}


# what is no scenario file


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nx: !!python/object/apply:os.system ['touch pwned']", 2),
        ("a: 1\nb: 2\nx: !!python/name:os.system", 3),
        ("x: !!python/module:os", 1),
        ("!!python/object/new:os.system [id]", 1),
        ("!!python/tuple x: 1", 1),
        ("x: !mine {a: 1}", 1),
        ("x: !!binary aGk=", 1),
        ("x: !!set {a, b}", 1),
    ],
)
def test_tags_never_run_and_are_refused_with_file_and_line(
    text: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = problem(text)
    assert (found.file, found.line) == ("file.yaml", line)
    assert "tag" in found.message or "mapping of keys" in found.message
    assert not (tmp_path / "pwned").exists()


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    found = problem("a:\n  b: 1\n  c: 2\n  b: 3")
    assert (found.line, found.path) == (4, "a.b")
    assert "first in line 2" in found.message


def bomb(width: int, depth: int) -> str:
    names = "abcdefghijklmnop"[: depth + 1]
    rows = [f"a: &a [{','.join('x' * width)}]"]
    rows += [f"{b}: &{b} [{','.join([f'*{a}'] * width)}]" for a, b in pairwise(names)]
    return "\n".join(rows)


def test_a_yaml_bomb_is_stopped_before_it_is_expanded() -> None:
    found = problem(bomb(9, 12))  # nine to the thirteenth values in 500 bytes
    assert "aliases" in found.message
    assert found.file == "file.yaml"


def test_honest_aliases_are_not_taken_for_a_bomb() -> None:
    assert len(plain(bomb(5, 3))["d"]) == 5


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: {c: *a}}"])
def test_an_alias_of_itself_is_refused(text: str) -> None:
    assert "refers to the block that it stands in" in problem(text).message


@pytest.mark.parametrize("text", ["a: " + "[" * 300_000, "a: " + "{a: " * 100_000, "a: " + "[" * 60 + "]" * 60])
def test_deep_nesting_is_refused(text: str) -> None:
    assert "nested deeper" in problem(text).message


def test_too_many_values_are_refused() -> None:
    assert "more than 100000 values" in problem("a: [" + "1," * 250_000 + "]").message


@pytest.mark.parametrize("text", ["", "   \n\n", "# only a comment\n", "---\n", "~"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert "empty" in problem(text).message


@pytest.mark.parametrize("text", ["- a\n- b", "just words", "42"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    assert "mapping of keys to values" in problem(text).message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1", 3),
        ("a: 1\n\tb: 2", 2),
        ("a: b: c", 1),
        ("a: 1\n---\nb: 2", 2),
        ("a: *nothing", 1),
        ("a: 'open", 1),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    found = problem(text)
    assert "not valid YAML" in found.message
    assert found.line == line


def test_control_characters_are_refused() -> None:
    assert "character" in problem("a: 1\nb: \x01").message


@pytest.mark.parametrize("text", ["? [a]\n: 1", "? {a: 1}\n: 1", "'': 1"])
def test_a_key_that_is_no_word_is_refused(text: str) -> None:
    assert "key" in problem(text).message


def test_a_key_with_a_dot_is_refused_because_paths_are_dotted() -> None:
    assert "dot" in problem("a.b: 1").message


@pytest.mark.parametrize("text", ["d: 2026-02-30", "d: 2026-13-01", "n: " + "9" * 6000, "n: !!int many"])
def test_a_date_or_number_that_does_not_exist_is_refused(text: str) -> None:
    assert "is not a" in problem(text).message
