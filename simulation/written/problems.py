"""What is allowed at a place of the schema, in words; and from what pydantic finds wrong to problems at a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.texts import Meaning, Phrase, Shortest, Verbatim, joined, phrase_of, say, worded
from simulation.written import schema
from simulation.written.choices import names_of, nearest_name, titles
from simulation.written.errors import MisfitError, Problem, TwoSided
from simulation.written.laws import PARAMETERS
from simulation.written.quantities import told_span
from simulation.written.schema import Slot
from simulation.written.spelling import QuantityError, nearest, quoted
from simulation.written.tree import OVERRIDE, Node, first_step, join

_LIMITS = (("gt", "limit-above"), ("ge", "limit-least"), ("lt", "limit-below"), ("le", "limit-most"))
_PLAIN_TYPES: dict[Any, str] = {
    bool: "allowed-truth",
    int: "allowed-whole",
    float: "allowed-number",
    str: "allowed-text",
    date: "allowed-date",
}
"""Keys of what may be said of a limit, and of a plain type."""


def allowed(slot: Slot, form: bool = False) -> str:
    """What may stand at a place, in words, '' where the schema does not say; as it is typed into a form, or a file."""
    parts: list[Phrase | Verbatim] = []
    as_typed = "-form" if form else ""
    if slot.choices:
        parts += [titles(slot.choices)] if form else [Verbatim(", ".join(str(choice) for choice in slot.choices))]
    if slot.quantity is not None:
        dated = any(variant.annotation is date for variant in slot.variants)
        quantity = worded(slot.quantity.allowed)
        parts.append(worded("allowed-date-or", other=quantity) if dated else quantity)
        if slot.distribution is not None:
            parts.append(worded(f"allowed-distribution{as_typed}"))
        elif slot.entry is not None:
            parts.append(worded("allowed-rows-or-file"))
    elif slot.choices:
        pass
    elif slot.models:
        parts.append(worded("allowed-mapping"))
    elif slot.is_mapping:
        names = allowed(slot.keys, form) if slot.keys is not None and slot.keys.choices else ""
        parts.append(worded("allowed-names-of", names=names) if names else worded("allowed-names"))
    elif slot.entry is not None:
        parts.append(_list(slot, form))
    elif form and any(variant.annotation is bool for variant in slot.variants):
        parts.append(joined((worded("xlsx-yes"), worded("xlsx-no")), ", "))
    else:
        plain = (key for kind, key in _PLAIN_TYPES.items() if any(v.annotation is kind for v in slot.variants))
        parts.extend(map(worded, plain))
    limits = _limits(slot)
    if limits:
        parts.append(limits)
    if slot.takes_null:
        parts.append(worded(f"allowed-or-null{as_typed}"))
    return joined(parts, ", ")


def _list(slot: Slot, form: bool) -> Phrase:
    entry = slot.entry
    inner = allowed(entry, form) if entry is not None and not entry.models else ""
    lengths = _lengths(slot)
    with_semicolons = worded("allowed-list-form") if form else worded("allowed-list")
    listed = worded("allowed-list-of", values=lengths) if lengths else with_semicolons
    return worded("allowed-each", listed=listed, inner=inner) if inner else listed


def _limits(slot: Slot) -> Phrase:
    """'above 0, at most 240' from the bounds beside the type."""
    found = []
    for name, key in _LIMITS:
        for variant in slot.variants:
            for mark in variant.metadata:
                limit = getattr(mark, name, None)
                if limit is not None:
                    shown = limit if slot.quantity is None or limit == 0 else slot.quantity.write(limit)
                    found.append(say(key, limit=_limit(shown)))
    return joined(dict.fromkeys(found), ", ")


def _limit(limit: Any) -> Any:
    """A bound for a sentence: a number or a time as each language writes it."""
    if isinstance(limit, (int, float)):
        return Shortest(limit)
    return told_span(limit) if isinstance(limit, str) else Verbatim(limit)


def _lengths(slot: Slot) -> str:
    """'12' or 'at least 1' from the bounds of a length."""
    least = next((m.min_length for v in slot.variants for m in v.metadata if hasattr(m, "min_length")), None)
    most = next((m.max_length for v in slot.variants for m in v.metadata if hasattr(m, "max_length")), None)
    if least and least == most:
        return worded("lengths", values=least)
    if least and most:
        return worded("lengths-between", least=least, most=most)
    if least:
        return worded("lengths-least", least=least)
    return worded("lengths-most", most=most) if most else ""


_TOO_FAR = re.compile(r"greater_than|less_than|finite_number|multiple_of")
_TOO_MANY = re.compile(r"too_short|too_long|string_pattern")
_BRANCH = re.compile(r"\[key\]$|literal\[|function-(before|after|wrap|plain)\[")  # what pydantic adds to a location
PRESET_HOLDERS = re.compile(r"structures\.[^.]+(\.roles\.[^.]+)?")


def explain(error: ValidationError, root: Node, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Every mistake that a validation found, in the order of the file.

    Args:
        error: what pydantic raised.
        root: the tree that was validated.
        model: the model it was validated against.
    """
    data = root.plain
    problems: list[Problem] = []
    words: dict[str, str] = {}  # by path: what may be written instead of the quantity that is not one
    for each in error.errors(include_url=False):
        if each["type"] == "literal_error" and str(each["loc"][-1]).startswith("literal["):
            words[location(each["loc"], data)] = str(each["ctx"]["expected"]).strip("'")
        else:
            problems.extend(_problems(each, root, data, model))
    problems = [_or_word(p, words[p.path]) if p.path in words else p for p in problems]
    renamed = {join(_parent(p.path), p.suggestion) for p in problems if _key(p) in ("unknown-key", "unknown-key-comma")}
    kept = [p for p in problems if not (_key(p).startswith("key-missing") and p.path in renamed)]
    return in_order(kept)


def _or_word(problem: Problem, word: str) -> Problem:
    near = nearest(problem.value, [word]) if isinstance(problem.value, str) else None
    allow = joined([Verbatim(word), *([problem.allowed] if problem.allowed else [])], ", ")
    return replace(problem, allowed=allow, suggestion=problem.suggestion or near or "")


def _key(problem: Problem) -> str:
    """The key of what is wrong, '' where it comes from elsewhere."""
    return getattr(problem.message, "key", "")


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by file and line, each once."""
    files = {problem.file: index for index, problem in reversed(list(enumerate(problems)))}
    unique = list({str(problem): problem for problem in problems}.values())
    return tuple(sorted(unique, key=lambda p: (files[p.file], p.line or 0)))


def references(found: Iterable[tuple[str, str, object, str]], root: Node) -> tuple[Problem, ...]:
    """Problems of names that lead nowhere and work that nobody does.

    Args:
        found: (dotted path, message, value, allowed) of each, allowed names separated by commas.
        root: the tree that was validated.
    """
    problems = []
    for each in found:
        later = isinstance(each, TwoSided) and _later(root, each[0], each.other[0])
        path, message, value, allow = each.other if isinstance(each, TwoSided) and later else each
        near = nearest(value, allow.split(", ")) if isinstance(value, str) else None
        problems.append(problem_at(root, path, message, value, allow, near or ""))
    return in_order(problems)


def _later(root: Node, path: str, other: str) -> bool:
    """Whether the other side of a contradiction was written later: replaced, or in the file that extends the rest."""
    order = (OVERRIDE.place, root.origin.place)
    ranks = []
    for each in (path, other):
        node = root.get(each)  # None: nobody wrote it
        ranks.append(order.index(node.origin.place) if node is not None and node.origin.place in order else 2)
    return ranks[1] < ranks[0]


def problem_at(
    root: Node, path: str, message: str, value: object = None, allow: str = "", suggestion: str = ""
) -> Problem:
    """A problem at a path, with the place of the nearest value that stands in a file."""
    node, found = root.find(path)
    origin = node.origin
    held = node.value
    of_cell = not isinstance(held, dict) or found == path and (node.is_figure or PARAMETERS.keys() >= held.keys())
    label = origin.label if of_cell else ""
    line, label = origin.blanks.get(path[len(found) :].lstrip("."), (origin.line, label))
    return Problem(origin.place, line, path, message, value, allow, suggestion, label)


def in_form(root: Node, path: str) -> bool:
    """Whether what stands at a path, or is lacking there, belongs into a form."""
    return bool(root.find(path)[0].origin.label)


def in_users_file(problems: Iterable[Problem], written: Node) -> tuple[Problem, ...]:
    """Problems of values that stand in a preset, with the place where the user's file names the preset.

    Args:
        problems: found in the tree with the presets filled in.
        written: the tree as written, where the keys `preset` still stand.
    """
    return tuple(_in_users_file(problem, written) for problem in problems)


def _in_users_file(problem: Problem, written: Node) -> Problem:
    if not problem.file.startswith("preset "):
        return problem
    names: Node | None = None
    tree, rest = written, problem.path
    while rest:
        inside = dict(tree.children())
        step = first_step(inside, rest)
        if step is None:
            break
        key, rest = step
        tree = inside[key]
        names = dict(tree.children()).get("preset", names)
    if names is None:
        return problem
    message = worded("by-preset", message=problem.message, preset=problem.file.removeprefix("preset "))
    return replace(problem, file=names.origin.place, line=names.origin.line, message=message)


def location(loc: tuple[int | str, ...], data: Any) -> str:
    """The dotted path of an error's location: what pydantic adds for unions and keys is left out."""
    path = ""
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        key = str(part)
        if isinstance(data, Mapping) and data.get("kind") == key:
            continue  # the kind of a block, of which there are several
        if _has(data, key) or (last and not _BRANCH.match(key) and isinstance(data, (dict, list))):
            path, data = join(path, key), schema.step(data, key)
    return path


def _has(data: Any, key: str) -> bool:
    if isinstance(data, Mapping):
        return key in data
    return isinstance(data, list) and key.isdigit() and int(key) < len(data)


def _problems(each: Any, root: Node, data: Any, model: type[BaseModel]) -> Iterator[Problem]:
    kind, value, context = each["type"], each["input"], each.get("ctx", {})
    path = location(each["loc"], data)
    if kind == "missing":
        yield _missing(path, root, data, model)
    elif kind == "extra_forbidden":
        yield _unknown(path, root, data, model)
    elif kind in ("union_tag_not_found", "union_tag_invalid"):
        yield _variant(path, root, value, context, schema.at(model, data, path))
    elif kind == "too_short" and len(value) >= context.get("min_length", 0):
        return  # pydantic leaves out the entries that are wrong, each of which is told
    elif kind == "value_error":
        yield from _raised(path, root, value, context.get("error"), str(each["msg"]), schema.at(model, data, path))
    else:
        yield _other(path, root, data, model, each)


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _missing(path: str, root: Node, data: Any, model: type[BaseModel]) -> Problem:
    slot = schema.at(model, data, path)
    key = path.rpartition(".")[2]
    form = in_form(root, path)
    allow = allowed(slot, form) if slot is not None else ""
    message = worded("key-missing", key=key)
    if slot is not None and slot.meaning:
        block = _block(model, data, _parent(path))
        home = next(
            (each for each in (block or model).__mro__ if key in each.__dict__.get("__annotations__", ())), model
        )
        said = slot.meaning.key if isinstance(slot.meaning, Phrase) else f"key-{home.__name__}-{key}"
        meaning = Meaning(said, slot.meaning.rstrip("."))
        message = worded("cell-empty" if form else "key-missing-meaning", key=key, meaning=meaning)
    return problem_at(root, path, message, None, allow, _sibling(root, path))


def _sibling(root: Node, path: str) -> str:
    """The name that an override may have meant where it made a new entry instead of changing one, or ''."""
    entry = _parent(path)
    node = root.get(entry)
    if node is None or node.origin != OVERRIDE:
        return ""
    beside, name = root.get(_parent(entry)), entry.rpartition(".")[2]
    names = [key for key, _ in beside.children() if key != name] if beside is not None else []
    near = nearest(name, names)
    return join(_parent(entry), near) if near else ""


def _unknown(path: str, root: Node, data: Any, model: type[BaseModel]) -> Problem:
    parent, _, key = path.rpartition(".")
    block = _block(model, data, parent)
    keys = list(block.model_fields) if block is not None else []
    if not parent:
        keys.append("extends")
    if PRESET_HOLDERS.fullmatch(parent):
        keys.append("preset")
    if in_form(root, path):
        return problem_at(root, path, worded("cell-beside"))
    message = worded("unknown-key-comma" if key.isdigit() else "unknown-key", key=key)
    return problem_at(root, path, message, None, ", ".join(keys), nearest(key, keys) or "")


def _block(model: type[BaseModel], data: Any, path: str) -> type[BaseModel] | None:
    """The block at a path, None where none stands there."""
    slot = schema.at(model, data, path)
    here: Any = data
    for part in path.split(".") if path else ():
        here = schema.step(here, part)
    return slot.model(here) if slot is not None else None


def _variant(path: str, root: Node, value: Any, context: Mapping[str, Any], slot: Slot | None) -> Problem:
    """A block of which there are several kinds, and whose ``kind`` is missing or unknown."""
    key = str(context.get("discriminator", "kind")).strip("'")
    fields = [kind.model_fields.get(key) for kind in slot.models] if slot is not None else []
    tags = [str(choice) for field in fields if field is not None for choice in Slot.of(field).choices]
    path = join(path, key)
    form = in_form(root, path)
    allow: str = titles(tags) if form else ", ".join(tags)
    tag = value.get(key) if isinstance(value, dict) else None
    if tag is None:
        message = worded("cell-empty-plain" if form else "key-missing", key=key)
        return problem_at(root, path, message, None, allow, _sibling(root, path))
    near = nearest_name(str(tag), names_of(tags)) if form else nearest(str(tag), tags) or ""
    return problem_at(root, path, worded("not-allowed-here", value=quoted(tag)), tag, allow, near)


def _raised(path: str, root: Node, value: Any, error: Any, message: str, slot: Slot | None) -> Iterator[Problem]:
    """Problems of a validator of ours."""
    if isinstance(error, QuantityError):
        allow = error.allowed
        if error.examples:
            examples = joined(map(str, error.examples), ", ")
            allow = worded("allowed-for-example", allowed=allow, examples=examples)
        inner = join(path, error.inner) if error.inner else path
        wrong = root.get(inner)
        yield problem_at(root, inner, error.reason, wrong.plain if wrong else value, allow, error.suggestion or "")
    elif isinstance(error, MisfitError):
        for misfit in error.misfits:
            if misfit.other and _later(root, join(path, misfit.path), join(path, misfit.other.path)):
                misfit = misfit.other
            where = join(path, misfit.path) if misfit.path else path
            yield problem_at(root, where, misfit.message, misfit.value, misfit.allowed, misfit.suggestion)
    else:
        shown = None if isinstance(value, (dict, list)) else value
        allow = "" if slot is None or slot.models else allowed(slot, in_form(root, path))
        yield problem_at(root, path, phrase_of(error) if error is not None else message, shown, allow)


def _other(path: str, root: Node, data: Any, model: type[BaseModel], each: Any) -> Problem:
    kind, value = each["type"], each["input"]
    slot = schema.at(model, data, path)
    last = str(each["loc"][-1]) if each["loc"] else ""
    if slot is not None and last != path.rpartition(".")[2] and value is not None:
        # a short form: what stands here as a word is read as a key of a block
        slot = slot.inside(last) or slot
    names_only = each["loc"] and each["loc"][-1] == "[key]"
    if names_only:
        slot = schema.at(model, data, _parent(path))
        slot = slot.keys if slot is not None else None
    form = in_form(root, path)
    allow = allowed(slot, form) if slot is not None else ""
    choices = [str(choice) for choice in slot.choices] if slot is not None else []
    if value is None:
        message = worded("nothing-after-colon")
    elif _TOO_FAR.search(kind):
        message = worded("out-of-range", value=quoted(value))
    elif _TOO_MANY.search(kind):
        if value == "":
            message = worded("empty-text")
        elif "pattern" in kind:
            message = worded("another-form", value=quoted(value))
        elif isinstance(value, (list, tuple, dict, str)):
            message = worded("too-few-or-many-given", given=len(value))
        else:
            message = worded("too-few-or-many")
    elif isinstance(value, (dict, list)):
        message = worded("no-mapping-here" if isinstance(value, dict) else "no-list-here")
    else:
        message = worded("not-allowed-here", value=quoted(value))
    near: str | None = None
    if isinstance(value, str):
        near = nearest_name(value, names_of(choices)) if form else nearest(value, choices)
    return problem_at(root, path, message, value, allow or str(each["msg"]), near or "")


def misread(root: Node, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Values that pydantic would take for something else: a yes for true, a true for 1, a number for a date.

    Args:
        root: the tree that is validated.
        model: the model it is validated against.
    """
    return tuple(_misread(root, Slot(model), "", root))


def _misread(tree: Node, slot: Slot, path: str, root: Node) -> Iterator[Problem]:
    plain = {key: each.value for key, each in tree.children()}
    for key, each in tree.children():
        deeper = slot.inside(key, plain)
        if deeper is None or deeper.quantity is not None:
            continue
        inner, value = join(path, key), each.value
        kinds = {variant.annotation for variant in deeper.variants}
        if isinstance(value, (dict, list)):
            yield from _misread(each, deeper, inner, root)
        elif value is None or deeper.choices:
            continue
        elif (bool in kinds) != isinstance(value, bool) and kinds & {bool, int, float}:
            allow = allowed(deeper, bool(each.origin.label))
            yield problem_at(root, inner, worded("not-allowed-here", value=quoted(value)), value, allow)
        elif date in kinds and isinstance(value, (bool, int, float)):
            yield problem_at(root, inner, worded("not-a-date", value=quoted(value)), value, allowed(deeper))
