"""What a user reads comes from the catalogues: no literal text is shown, printed or written by report and cli."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulation

ROOT = Path(simulation.__file__).parent
SHOWN = {
    *("Text", "Row", "Cell", "Column", "Grid", "Words", "Bullets", "Part", "Panel", "Table", "picture"),
    *("append", "add_row", "add_column", "print", "echo", "show", "say", "data", "refuse", "rule"),
    *("sheet", "title", "line", "put", "write_string", "set_title", "set_xlabel", "set_ylabel", "annotate", "text"),
}
"""What shows its arguments to a user, by its last name."""
TEXT = re.compile(r"[^\W\d_]\S* +\S*[^\W\d_]|[^\W\d_]{2,} $|^ [^\W\d_]{2,}")
"""Words: letters, a space, letters."""
NAMES = {"not bold", "bold yellow", "right header", "total text", "offset points", "axes fraction"}
"""Names of styles and of coordinates."""
REMARKS = {
    f"cli/{name}.py"
    for name in (
        "check",
        "kinds",
        "numbers",
        "outputs",
        "plan",
        "precise",
        "replays",
        "scenarios",
        "session",
        "simulations",
        "study",
        "telling",
        "uncertain",
    )
}
"""Files with remarks of a run and mistakes of a command line, on standard error, that are English still."""
ENGLISH = REMARKS | {"cli/store.py"}
"""Files that still say something in English only (`store` prints what it holds); to be emptied.

A file that has nothing left must go. Single words are not looked for."""


def shown_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Line and literal text of whatever a file shows."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _last_name(node.func) in SHOWN:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                for text in _literals(argument):
                    if text.value not in NAMES and TEXT.search(text.value):
                        yield text.lineno, text.value


def _literals(node: ast.AST) -> Iterator[ast.Constant]:
    """Literal strings in an argument, not those that a call inside of it takes (keys, formats)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif not isinstance(node, (ast.Call, ast.Compare, ast.Subscript)):
        for child in ast.iter_child_nodes(node):
            yield from _literals(child)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


FILES = sorted(path for room in ("report", "cli") for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_literal_text_reaches_a_user(path: Path) -> None:
    found = list(dict.fromkeys(shown_texts(path)))
    if path.relative_to(ROOT).as_posix() in ENGLISH:
        assert found, "it has no literal text any more: take it off the list"
    else:
        assert not found


def test_the_search_finds_what_it_is_for(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text(
        'show("two words")\ntable.add_row("a", [f"{t} of them all"])\nshow(t("key", a="b c"))\n', encoding="utf-8"
    )
    assert [text for _, text in shown_texts(source)] == ["two words", " of them all"]
