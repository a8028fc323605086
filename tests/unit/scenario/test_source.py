"""Reading of files: extends, figures, and files that cannot be read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulation.written.errors import Problem, ScenarioError
from simulation.written.figures import Figure
from simulation.written.source import LARGEST, SourceTree, read
from simulation.written.tree import Node, Origin


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def tree(folder: Path, text: str) -> SourceTree:
    return read(write(folder, "file.yaml", text))


def problem(path: Path) -> Problem:
    """The only problem of a refused file."""
    with pytest.raises(ScenarioError) as caught:
        read(path)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def test_every_value_knows_its_file_and_line(tmp_path: Path) -> None:
    read_tree = tree(tmp_path, "version: 1\nmarket:\n  channels:\n    - a\n    - b\n\ntitle: x\n")
    name = str(tmp_path / "file.yaml")
    assert read_tree.marks["version"] == (name, 1)
    assert read_tree.marks["market.channels"] == (name, 3)
    assert read_tree.marks["market.channels.1"] == (name, 5)
    assert read_tree.marks["title"] == (name, 7)
    assert read_tree.origins["title"] == f"{name}:7"
    assert read_tree.data == {"version": 1, "market": {"channels": ["a", "b"]}, "title": "x"}
    assert read_tree.files == (name,)


# files that cannot be read


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"# " + b"x" * 10_000_000)
    assert "larger than 1 MB" in problem(path).message
    path.write_bytes(b"a: 1\n# " + b"x" * (LARGEST - 7))
    assert read(path).data == {"a": 1}


def test_a_missing_file_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    write(tmp_path, "client.yaml", "a: 1")
    found = problem(tmp_path / "cleint.yaml")
    assert "no such file" in found.message
    assert found.suggestion == str(tmp_path / "client.yaml")
    assert problem(tmp_path / "nowhere" / "x.yaml").suggestion == ""


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "directory" in problem(tmp_path).message


def test_a_file_that_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "regular file" in problem(tmp_path / "pipe.yaml").message


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "closed.yaml", "a: 1")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "permission denied" in problem(path).message


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"title: \xcf\xf0\xe8\xe2\xe5\xf2", "UTF-8"),  # Windows-1251
        ("version: 1".encode("utf-16"), "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    ],
)
def test_a_file_that_is_not_utf8_is_refused(raw: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(raw)
    assert words in problem(path).message


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbfversion: 1")
    assert read(path).data == {"version": 1}


# extends


def test_extends_merges_mappings_replaces_lists_and_keeps_each_origin(tmp_path: Path) -> None:
    base = write(tmp_path, "base/base.yaml", "a: {x: 1, y: 2}\nlist: [1, 2, 3]\nkeep: me\n")
    child = write(tmp_path, "child.yaml", "extends: base/base.yaml\na: {y: 3, z: 4}\nlist: [9]\n")
    read_tree = read(child)
    assert read_tree.data == {"a": {"x": 1, "y": 3, "z": 4}, "list": [9], "keep": "me"}
    assert read_tree.origins["a.x"] == f"{base}:1"
    assert read_tree.origins["a.y"] == f"{child}:2"
    assert read_tree.origins["keep"] == f"{base}:3"
    assert read_tree.files == (str(child), str(base))


def test_extends_goes_on_through_a_chain_relative_to_each_file(tmp_path: Path) -> None:
    write(tmp_path, "a/one.yaml", "v: 1\nw: 1\nu: 1")
    write(tmp_path, "a/two.yaml", "extends: one.yaml\nw: 2\nu: 2")
    three = write(tmp_path, "three.yaml", "extends: a/two.yaml\nu: 3")
    assert read(three).data == {"v": 1, "w": 2, "u": 3}


def test_null_takes_an_inherited_key_away(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "a: {x: 1, y: 2}\nb: null")
    root = read(write(tmp_path, "child.yaml", "extends: base.yaml\na: {x: null}\nc: null")).root
    inherited, own = root.get("a.x"), root.get("c")
    assert inherited is not None and inherited.removes
    assert own is not None and not own.removes  # nothing was inherited that it could take away


def test_a_circle_of_extends_is_refused_with_the_circle(tmp_path: Path) -> None:
    a = write(tmp_path, "a.yaml", "version: 1\nextends: b.yaml")
    b = write(tmp_path, "b.yaml", "extends: c.yaml")
    c = write(tmp_path, "c.yaml", "x: 1\nextends: a.yaml")
    found = problem(a)
    assert f"{a} -> {b} -> {c} -> {tmp_path}/a.yaml" in found.message
    assert (found.file, found.line, found.path) == (str(c), 2, "extends")
    own = write(tmp_path, "own.yaml", "extends: ./own.yaml")
    assert "circle" in problem(own).message


def test_extends_of_a_missing_file_points_to_the_line_that_asked(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "a: 1")
    child = write(tmp_path, "child.yaml", "a: 1\nextends: basis.yaml")
    found = problem(child)
    assert (found.file, found.line) == (str(child), 2)
    assert "basis.yaml: there is no such file" in found.message


@pytest.mark.parametrize("written", ["[a.yaml, b.yaml]", "{a: 1}", "5", "''"])
def test_extends_takes_one_file_name(written: str, tmp_path: Path) -> None:
    found = problem(write(tmp_path, "child.yaml", f"extends: {written}"))
    assert found.allowed == "one file name"


def test_a_long_chain_of_extends_is_refused(tmp_path: Path) -> None:
    for n in range(30):
        write(tmp_path, f"{n}.yaml", f"extends: {n + 1}.yaml")
    assert "more than 20 files" in problem(tmp_path / "0.yaml").message


def test_another_law_replaces_an_inherited_distribution_and_the_same_law_changes_it(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "a: {exponential: 3 h}\nb: {lognormal: {mean: 3 h, cv: 1}}")
    child = write(
        tmp_path,
        "child.yaml",
        "extends: base.yaml\na: {uniform: {low: 0, high: 1 h}}\nb: {lognormal: {cv: 2}}",
    )
    assert read(child).data == {
        "a": {"uniform": {"low": 0, "high": "1 h"}},
        "b": {"lognormal": {"mean": "3 h", "cv": 2}},
    }


# figures


def test_a_figure_is_replaced_by_its_value_and_kept_with_its_path(tmp_path: Path) -> None:
    text = "a:\n  b: {value: 0.15, range: [0.05, 0.40], source: 'CRM, 2025', note: rough}\n  c: {value: 3 h}\n"
    read_tree = tree(tmp_path, text)
    assert read_tree.data == {"a": {"b": 0.15, "c": "3 h"}}
    assert read_tree.figures["a.b"] == Figure(0.15, (0.05, 0.40), "CRM, 2025", "rough")
    assert read_tree.figures["a.c"] == Figure("3 h")
    assert read_tree.marks["a.b"][1] == 2


def test_figures_may_stand_in_lists_and_inside_distributions(tmp_path: Path) -> None:
    text = "a: [1, {value: 2, source: x}]\nb: {gamma: {mean: {value: 30 min, range: [10 min, 1 h]}, cv: 1}}"
    read_tree = tree(tmp_path, text)
    assert read_tree.data == {"a": [1, 2], "b": {"gamma": {"mean": "30 min", "cv": 1}}}
    assert read_tree.figures["b.gamma.mean"].range == ("10 min", "1 h")
    assert read_tree.figures["a.1"].source == "x"


def test_a_mapping_that_only_happens_to_have_a_value_is_no_figure(tmp_path: Path) -> None:
    text = "a: {value: 1, other: 2}\nproducts: {value: {price: 3}}\nchannels: {value: {x: 1}, source: {x: 2}}"
    read_tree = tree(tmp_path, text)
    assert read_tree.figures == {}
    assert read_tree.data["products"] == {"value": {"price": 3}}
    assert read_tree.data["channels"]["source"] == {"x": 2}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{value: 1, range: [2, 3]}", "does not contain"),
        ("{value: 1, range: [3, 0]}", "low end above"),
        ("{value: 1, range: 3}", "not two values"),
        ("{value: 1, range: [0, 1, 2]}", "not two values"),
        ("{value: 1, range: [[0], 2]}", "not two values"),
        ("{value: 1, range: [low, high]}", "not numbers of one kind"),
        ("{value: 30 min, range: [1, 2]}", "not numbers of one kind"),
        ("{value: 2 h, range: [30 min, 60 min]}", "does not contain"),
        ("{value: 35 %, range: [40 %, 50 %]}", "does not contain"),
        ("{value: 1, source: [a, b]}", "not a text"),
    ],
)
def test_a_range_must_be_two_values_around_the_value(written: str, words: str, tmp_path: Path) -> None:
    found = problem(write(tmp_path, "file.yaml", f"a: 1\nb: {written}"))
    assert words in found.message
    assert found.line == 2
    assert found.path.startswith("b.")


def test_a_plain_value_takes_the_place_of_an_inherited_figure_with_its_range(tmp_path: Path) -> None:
    write(
        tmp_path,
        "base.yaml",
        "a: {value: 1, range: [0, 2], source: s}\nb: {value: 1, range: [0, 2], source: s}\nc: {value: 1}",
    )
    child = write(tmp_path, "child.yaml", "extends: base.yaml\na: 5\nb: {value: 6, source: t}\nc: {range: [0, 3]}")
    read_tree = read(child)
    assert read_tree.data == {"a": 5, "b": 6, "c": 1}
    assert read_tree.figures == {"b": Figure(6, None, "t"), "c": Figure(1, (0, 3))}


def test_a_problem_reads_as_one_line() -> None:
    found = Problem(
        "client.yaml",
        12,
        "market.channels.site.kind",
        "'inbond' is not allowed here",
        "inbond",
        "inbound, outbound",
        "inbound",
    )
    assert str(found) == (
        "client.yaml:12: market.channels.site.kind: 'inbond' is not allowed here; "
        "allowed: inbound, outbound; did you mean 'inbound'?"
    )


class Unwalked(list[Node]):
    """A list whose entries may be asked for by their numbers only."""

    def __iter__(self) -> Iterator[Node]:
        raise AssertionError("walked")


def test_an_entry_of_a_long_list_is_found_by_its_number_alone() -> None:
    here = Origin("own")
    rows = Unwalked([Node({"age": Node(n, here)}, here) for n in range(3)])
    table = Node({"rows": Node(rows, here)}, here)
    row = table.get("rows.2.age")
    assert row is not None and row.value == 2
    assert [table.find(path)[1] for path in ("rows.3.age", "rows.02", "rows.x", "rows.1.no")] == [
        *["rows"] * 3,
        "rows.1",
    ]
