"""What stands in the catalogues of texts, read as Fluent reads it."""

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from simulation.texts.catalogue import files_of


class Variables(Visitor):
    """Names of the values that a text needs."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """Values needed by each text of a language; fails where a file cannot be read or a key is there twice."""
    found: dict[str, set[str]] = {}
    for path in files_of(language):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content[:80]!r}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice in {language!r}"
                variables = Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found
