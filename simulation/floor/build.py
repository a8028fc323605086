"""Puts the modules of the kernel together: one translation unit, so that the compiler sees all of it.

The modules are Python. On the way to C every function becomes one of C that needs no interpreter, names of numbers
become the numbers, and with ``CHECKED`` each row that is asked for by its number is checked to be there.
"""

from __future__ import annotations

import ast
import os
from pathlib import Path

CHECKED = "SALES_SIM_FLOOR_CHECKED"
"""Environment variable: 1 checks every number of a row while the kernel runs."""

MODULES = (
    *("names", "records", "layout", "clock", "draws", "luck", "skills", "queues", "work", "people", "pieces", "days"),
    *("prospecting", "arrivals", "leads", "customer", "customers", "sales", "departures", "reviews"),
    *("kernel", "kernel_rules", "kernel_order", "kernel_people", "kernel_week", "kernel_record"),
)
"""In the order in which they stand in the unit; the class that the host sees, `Kernel`, is one there."""
_HERE = Path(__file__).parent
_DIRECTIVES = (
    "# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, "
    "initializedcheck=False, infer_types=False, embedsignature=False, binding=False"
)
_OF_C = ("cfunc", "nogil", "exceptval")


def source() -> str:
    """The kernel as one module for Cython."""
    trees = [ast.parse((_HERE / f"{name}.py").read_text(encoding="utf-8")) for name in MODULES]
    numbers = numbers_of(trees)
    body: list[ast.stmt] = []
    known: set[str] = set()
    classes: dict[str, ast.ClassDef] = {}
    for tree in trees:
        for part in tree.body:
            if _is_local(part) or _is_text(part) or _is_number(part, numbers):
                continue
            if isinstance(part, ast.Import | ast.ImportFrom):
                written = ast.unparse(part)
                if written in known:
                    continue
                known.add(written)
            if isinstance(part, ast.ClassDef) and part.name in classes:
                classes[part.name].body += part.body[1:]
                continue
            if isinstance(part, ast.ClassDef):
                classes[part.name] = part
            if isinstance(part, ast.FunctionDef) and part.returns and not part.decorator_list:
                part.decorator_list = [_decorator(name) for name in _OF_C]
            body.append(part)
    unit = ast.Module(body=body, type_ignores=[])
    if os.environ.get(CHECKED) == "1":
        unit = _Checked().visit(unit)
    unit = _Numbers(numbers).visit(unit)
    return f"{_DIRECTIVES}\n{ast.unparse(ast.fix_missing_locations(unit))}\n"


def _decorator(name: str) -> ast.expr:
    return ast.parse("cython.exceptval(check=False)" if name == "exceptval" else f"cython.{name}", mode="eval").body


def _is_local(part: ast.stmt) -> bool:
    return isinstance(part, ast.ImportFrom) and (part.module or "").split(".")[0] in ("simulation", "__future__")


def _is_text(part: ast.stmt) -> bool:
    return isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)


def numbers_of(trees: list[ast.Module]) -> dict[str, int | float]:
    """Names in capitals that stand for a number in any module."""
    found: dict[str, int | float] = {}
    for tree in trees:
        for part in tree.body:
            if isinstance(part, ast.Assign) and len(part.targets) == 1:
                target, value = part.targets[0], part.value
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and target.id.isupper():
                    found[target.id] = value.value  # type: ignore[assignment]
                elif isinstance(target, ast.Tuple):
                    names = [each.id for each in target.elts if isinstance(each, ast.Name)]
                    found |= zip(names, _values(value), strict=True)
    return found


def _values(value: ast.expr) -> list[int]:
    """What a tuple of names is set to: a range, or a tuple of numbers."""
    if isinstance(value, ast.Call):
        return list(range(*(ast.literal_eval(each) for each in value.args)))
    return list(ast.literal_eval(value))


def _is_number(part: ast.stmt, numbers: dict[str, int | float]) -> bool:
    if not isinstance(part, ast.Assign):
        return False
    target = part.targets[0]
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return isinstance(first, ast.Name) and first.id in numbers


class _Numbers(ast.NodeTransformer):
    """Writes numbers for their names."""

    def __init__(self, numbers: dict[str, int | float]) -> None:
        self._numbers = numbers

    def visit_Name(self, node: ast.Name) -> ast.expr:  # noqa: N802
        if isinstance(node.ctx, ast.Load) and node.id in self._numbers:
            return ast.Constant(self._numbers[node.id])
        return node


class _Checked(ast.NodeTransformer):
    """Checks the number of each row of a table of the floor before it is used."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:  # noqa: N802
        self.generic_visit(node)
        if _of_floor(node.value) and not isinstance(node.slice, ast.Slice):
            assert isinstance(node.value, ast.Attribute)
            node.slice = _checked(node.value.attr, node.slice)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.op, ast.Add) and _of_floor(node.left):
            assert isinstance(node.left, ast.Attribute)
            node.right = _checked(node.left.attr, node.right)
        return node


_TABLES = {
    *("offices", "queues", "jobs", "readers", "desks", "lines", "people", "skills", "spells", "places", "quests"),
    *("tables", "stocks", "series", "arrivals", "latest", "leads", "hands", "waits", "dents", "customers", "terms"),
    *("sales", "placed", "crews", "channels", "places_read", "windows", "quest_of", "employees", "laws", "events"),
    "readings",
}


def _of_floor(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "floor"
        and node.attr in _TABLES
    )


def _checked(table: str, row: ast.expr) -> ast.expr:
    name = ast.Attribute(ast.Name("floor", ast.Load()), f"{table}_count", ast.Load())
    return ast.Call(ast.Name("within", ast.Load()), [ast.Name("floor", ast.Load()), row, name], [])
