"""From a file to a scenario: read, extends, overrides, presets, figures, defaults, validation.

Start reading at ``load``. What each step does to the tree stands in ``source``, ``preset_files`` and
``figures``; what becomes of a validation error stands in ``problems``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from simulation.scenario import preset_files
from simulation.scenario.form_titles import with_keys
from simulation.scenario.office_hours import CalendarSpec
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import set_path
from simulation.sense.draw_checks import draw_problems, without_columns_set
from simulation.sense.intervention_checks import intervention_problems
from simulation.sense.references import reference_problems
from simulation.sense.search_checks import search_problems
from simulation.sense.tables import named_files, the_first, with_tables
from simulation.texts import worded
from simulation.texts.signs import readable, steers
from simulation.written import figures, schema, source
from simulation.written.errors import Problem, ScenarioError
from simulation.written.figures import Figure, Provenance, out_of_order
from simulation.written.problems import in_order, in_users_file, problem_at, references
from simulation.written.readers import DEFAULT_HOURS_PER_DAY
from simulation.written.schema import Slot
from simulation.written.spelling import QuantityError
from simulation.written.tree import OVERRIDE, Node, node
from simulation.written.validating import filled, laid, plain, validated, with_lists

__all__ = ["Provenance", "load", "load_sent", "load_text", "replaced"]


def load(path: str | os.PathLike[str], overrides: Mapping[str, object] | None = None) -> Scenario:
    """Loads a scenario file.

    Args:
        path: a YAML file.
        overrides: values by dotted path, laid upon the file as a file that extends it would be: mappings are
            merged, lists replaced (or one entry set by its index), None removes.

    Raises:
        ScenarioError: with every mistake found; each has file, line, path, value and what is allowed.
    """
    root, files = source.read_file(path)
    root = with_tables(with_keys(root))
    return _overridden(_Written(root, os.fspath(path), files), overrides)


def load_text(text: str, name: str = "<text>", overrides: Mapping[str, object] | None = None) -> Scenario:
    """Loads a scenario from YAML text; ``name`` stands for the file in messages.

    Raises:
        ScenarioError: as ``load``.
    """
    root, files = source.read_string(text, name)
    root = with_tables(root)
    return _overridden(_Written(root, name, files), overrides)


def load_sent(raw: bytes, name: str) -> Scenario:
    """Loads a scenario from the content of a file that somebody has sent, which may name no other file.

    Args:
        raw: YAML, a workbook with the form, or a page of the program.
        name: the file in messages; its ending says whether it is a page.

    Raises:
        ScenarioError: as ``load``, or it names another file.
    """
    source.seen_to_be_short(raw, name)
    root = with_keys(source.tree_in(raw, name))
    for path, there in named_files(root):
        raise ScenarioError(Problem(there.origin.place, there.origin.line, path, worded("sent-names-file")))
    return _overridden(_Written(root, name, (name,)), None)


def replaced(scenario: Scenario, values: Mapping[str, object], *, alternatives: bool = True) -> Scenario:
    """A new scenario with values at dotted paths replaced, checked again from what was written.

    Args:
        scenario: any scenario that was loaded.
        values: as for ``load``.
        alternatives: whether it keeps the alternatives of its searches, each of which is checked too.

    Raises:
        ScenarioError: a path or value that the schema does not allow.
        AttributeError: the scenario was not loaded.
    """
    made = scenario.provenance
    tree = made.tree
    for name in () if alternatives else scenario.search:
        tree = tree.without(f"search.{name}.alternatives")
    written = _Written(tree, made.name, made.files)
    return _build(written.overlaid(values, lambda: scenario))


@dataclass(frozen=True)
class _Written:
    """What was written, before presets and figures are resolved."""

    tree: Node
    name: str
    files: tuple[str, ...]

    def overlaid(self, values: Mapping[str, object], base: Callable[[], Scenario]) -> _Written:
        """The same with values laid upon it; ``base`` gives the lists that only presets and defaults hold."""
        tree = self.tree
        for path, value in values.items():
            if not all(path.split(".")):
                raise ScenarioError(Problem("override", None, path, worded("not-a-dotted-path"), path))
            tree = laid(with_lists(tree, path, base), path, node(plain(value), OVERRIDE))
        return _Written(with_tables(tree), self.name, self.files)


def _overridden(written: _Written, overrides: Mapping[str, object] | None) -> Scenario:
    if not overrides:
        return _build(written)
    return _build(written.overlaid(overrides, lambda: _build(written)))


def _build(written: _Written) -> Scenario:
    """The scenario of what was written; a problem of a preset's value gets the place that names the preset."""
    try:
        return _resolved(written)
    except ScenarioError as error:
        raise ScenarioError(in_order(the_first(in_users_file(error.problems, written.tree)))) from None


def _resolved(written: _Written) -> Scenario:
    """Presets, figures, defaults of blocks that are given in part, validation, provenance."""
    if unsaid := list(_unprintable(written.tree)):
        raise ScenarioError(unsaid)
    tree, found = figures.resolve(preset_files.expand(written.tree), order=False)
    context = {
        "hours_per_day": _hours_per_day(dict(tree.children()).get("calendar")),
        "currency": _currency(dict(tree.children()).get("currency")),
    }
    tree = without_columns_set(_own_searches(tree, written))
    unknown = preset_files.unknown_roles(written.tree)
    tree, scenario = validated(filled(tree, Slot(Scenario)), Scenario, context, unknown)
    if astray := references(reference_problems(scenario), tree):
        raise ScenarioError(astray)
    if wrong := intervention_problems(scenario, tree):
        raise ScenarioError(wrong)
    if scenario.search:
        bare = _Written(written.tree.without("search").without("inputs"), written.name, written.files)
        if wrong := search_problems(scenario, tree, lambda values: _resolved(bare.overlaid(values, lambda: scenario))):
            raise ScenarioError(wrong)
    if wrong := draw_problems(scenario, tree):
        raise ScenarioError(wrong)
    ranges = _in_inside_units(found, tree, scenario)
    origins = {path: str(each.origin) for path, each in tree.walk()}
    title = scenario.title or readable(os.path.basename(written.name).removesuffix(".yaml"))
    scenario._provenance = Provenance(written.name, title, written.files, ranges, origins, written.tree, tree)
    return scenario


def _unprintable(tree: Node) -> Iterator[Problem]:
    """Names and texts with signs that steer a terminal or break a chart instead of being read."""
    for path, each in tree.walk():
        for told, text in (("name-unprintable", path.rsplit(".", 1)[-1]), ("text-unprintable", each.value)):
            if isinstance(text, str) and not text.isprintable() and any(map(steers, text)):
                message = worded(told, text=ascii(text)[:80])
                place, line = each.origin.place, each.origin.line
                yield Problem(place, line, ascii(path)[1:-1], message, allowed=worded("allowed-printable"))


def _own_searches(tree: Node, written: _Written) -> Node:
    """Without searches of another file's structures which the file that extends it has removed."""
    for name, each in search.children() if (search := tree.get("search")) is not None else ():
        inherited = each.origin.place not in written.files[:1] and each.origin != OVERRIDE
        structure = tree.get(f"structures.{name}")
        if inherited and (structure is None or structure.value is None):
            tree = tree.without(f"search.{name}")
    return tree


def _hours_per_day(calendar: Node | None) -> float:
    """Length of a working day by the calendar block; the default where the block is wrong."""
    try:
        given = calendar.plain if calendar is not None else None
        return CalendarSpec.model_validate(given if given is not None else {}).hours_per_day
    except ValidationError:
        return DEFAULT_HOURS_PER_DAY


def _currency(written: Node | None) -> str:
    """The scenario's currency; its default where none is written."""
    given = written.plain if written is not None else None
    return given if isinstance(given, str) else str(Scenario.model_fields["currency"].default)


def _in_inside_units(found: dict[str, Figure], tree: Node, scenario: Scenario) -> dict[str, Figure]:
    """Figures with value and range as numbers in the unit used inside, checked as the value itself is."""
    data = tree.plain
    context = scenario.reading
    result: dict[str, Figure] = {}
    problems: list[Problem] = []
    for path, figure in found.items():
        slot = schema.at(Scenario, data, set_path(scenario, path))
        quantity = slot.quantity if slot is not None else None
        if quantity is None or isinstance(figure.value, (dict, list, date)):
            result[path] = figure
            continue
        try:
            value = quantity.parse(figure.value, context)
            ends = tuple(quantity.parse(end, context) for end in figure.range or ())
        except QuantityError as error:
            allow = worded("allowed-range-each", each=error.allowed)
            problems.append(problem_at(tree, path, worded("in-the-range", reason=error.reason), figure.range, allow))
            continue
        why = out_of_order(figure.value, figure.range or (), (value, *ends)) if ends else ""
        if why:
            problems.append(problem_at(tree, path, why, figure.range, worded("allowed-range")))
        result[path] = Figure(value, (ends[0], ends[1]) if ends else None, figure.source, figure.note)
    if problems:
        raise ScenarioError(in_order(problems))
    return result
