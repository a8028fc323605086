"""What a user reads comes from the catalogues: no literal text is shown, printed, asked or refused with."""

import ast
import re
from collections.abc import Collection, Iterator
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
REFUSED = {
    *("Problem", "Misfit", "MisfitError", "SenseWarning", "QuantityError", "Refusal", "Mistake", "ScenarioError"),
    *("VariationError", "SearchError", "SelectionError", "ClusterError", "StoreError", "TermsError", "UnknownName"),
    *("ValueError", "RuntimeError", "UnreadError", "problem", "problem_at", "unknown", "_refuse", "_unknown"),
    *("mistake", "warn", "tell", "prompt", "Option", "Argument", "Step"),
}
"""What says what is wrong, or what an option is, by its last name."""
SAID = {"message", "why", "reason", "hint", "allow", "allowed", "told", "hints"}
"""Names of what becomes part of a mistake or of a warning."""
OF_PROGRAMMERS = {
    "analysis/break_even.py": "arguments of a function, which no command and no file hands on as they are",
    "analysis/intervals.py": "arguments of a function",
    "analysis/quantiles.py": "arguments of a function",
    "analysis/replay.py": "arguments of a function",
    "analysis/runs.py": "a record that is damaged; the store says so",
    "analysis/verdict.py": "arguments of a function",
    "report/plot/comparison.py": "a chart asked for in Python",
    "report/plot/field.py": "a chart asked for in Python",
    "scenario/calendar.py": "arguments of a function",
    "scenario/neutral.py": "a mechanism named in Python",
    "study/best_split/show.py": "a chart asked for in Python",
    "written/laws.py": "arguments of a function",
    "written/roots.py": "a search for a root that the program gets wrong",
}
"""Files whose mistakes are those of who programs, with the reason; Python says them in English."""


def shown_texts(path: Path, names: Collection[str] = SHOWN) -> Iterator[tuple[int, str]]:
    """Line and literal text of whatever a file shows, or of what it refuses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        shown: list[ast.AST] = []
        if isinstance(node, ast.Call) and _last_name(node.func) in names:
            shown = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Assign) and names is not SHOWN and {_last_name(each) for each in node.targets} & SAID:
            shown = [node.value]
        for argument in shown:
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


SHOWS = sorted(
    [
        *(ROOT / "report").rglob("*.py"),
        *(ROOT / "cli").rglob("*.py"),
        *(ROOT / "app").rglob("*.py"),
        *(ROOT / "study").rglob("show.py"),
    ]
)
REFUSES = sorted(
    path
    for room in (
        *("written", "mechanisms", "scenario", "sense", "intake", "analysis"),
        *("store", "study", "report", "cli", "app"),
    )
    for path in (ROOT / room).rglob("*.py")
)


@pytest.mark.parametrize("path", SHOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_literal_text_reaches_a_user(path: Path) -> None:
    assert not list(dict.fromkeys(shown_texts(path)))


@pytest.mark.parametrize("path", REFUSES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_wrong_is_said_with_words_of_the_catalogues(path: Path) -> None:
    found = list(dict.fromkeys(shown_texts(path, REFUSED)))
    if path.relative_to(ROOT).as_posix() in OF_PROGRAMMERS:
        assert found, "it has no literal text any more: take it off the list"
    else:
        assert not found


def test_the_search_finds_what_it_is_for(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text(
        'show("two words")\ntable.add_row("a", [f"{t} of them all"])\nshow(t("key", a="b c"))\n', encoding="utf-8"
    )
    assert [text for _, text in shown_texts(source)] == ["two words", " of them all"]


def bare_decimals(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of numbers that go into a text with Python's decimal point instead of the language's sign."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _last_name(node.func) in {"worded", "say", "phrase", "t", "words"}:
            for keyword in node.keywords:
                yield from ((each.lineno, ast.unparse(each)) for each in _decimals(keyword.value))


def _decimals(node: ast.AST) -> Iterator[ast.JoinedStr]:
    """Formatted numbers with a decimal point in a value, but those that are `Digits`."""
    if isinstance(node, ast.Call) and _last_name(node.func) == "Digits":
        return
    if isinstance(node, ast.JoinedStr):
        if any(isinstance(each, ast.FormattedValue) and _is_decimal(each) for each in node.values):
            yield node
    else:
        for child in ast.iter_child_nodes(node):
            yield from _decimals(child)


def _is_decimal(value: ast.FormattedValue) -> bool:
    spec = ast.unparse(value.format_spec)[2:-1] if value.format_spec is not None else ""
    return bool(re.search(r"[efg]$", spec)) and not spec.endswith(".0f")


@pytest.mark.parametrize(
    "path",
    sorted(path for path in ROOT.rglob("*.py") if "calibration" not in path.parts),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_numbers_in_texts_have_the_decimal_sign_of_the_language(path: Path) -> None:
    assert not list(bare_decimals(path))


def test_the_search_for_decimals_finds_what_it_is_for(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text(
        'say("a", x=f"{y:.1f}")\n'
        'worded("b", x=Digits(f"{y:g}"), n=f"{y:.0f}", z=f"{y}")\n'
        'worded("c", x=[f"{y:.3g} h"])\n',
        encoding="utf-8",
    )
    assert [text for _, text in bare_decimals(source)] == ["f'{y:.1f}'", "f'{y:.3g} h'"]


def test_the_title_of_a_scenario_is_shown_in_the_language_of_the_page() -> None:
    """Shipped scenarios have titles in both languages; `Texts.title` finds them."""
    bare = re.compile(
        r"(?<!title\()(?<!title=)(?:found|result|reading\.result|field)\.scenario\.(?:provenance\.)?title\b"
    )
    shows = [*(ROOT / "report" / "plot").glob("*.py"), *(ROOT / "report").glob("*.py"), *ROOT.glob("study/*/show.py")]
    left = {
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in shows
        for line in file.read_text(encoding="utf-8").splitlines()
        if bare.search(line) and "history_report" not in line and file.parent.name != "history"
    }
    assert not left
