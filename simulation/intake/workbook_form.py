"""A scenario as a workbook for an owner who does not write YAML: what `new --xlsx` and `convert` write.

One sheet for each part of the scenario, one row for each value that is written, with its name, unit, what is allowed,
range and source; what may be written besides stands in folded rows with its default. The place of each value stands in
a hidden column, by which `simulation.written.workbook` reads the sheet again. YAML stays the source of truth: a
workbook that is read gives the same scenario as the YAML from which it was written.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml
from pydantic_core import PydanticUndefined

from simulation.intake.form_entries import SHEETS, Entry, entries, is_truth
from simulation.scenario import preset_files
from simulation.scenario.describe import told, unit_of
from simulation.scenario.editor_schema import short_default
from simulation.scenario.path_words import words_for
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, product_titles, structure_titles
from simulation.texts import Texts, language_of, texts
from simulation.written.problems import allowed
from simulation.written.quantities import Quantity, told_span
from simulation.written.schema import Slot
from simulation.written.spelling import QuantityError
from simulation.written.tree import Node
from simulation.written.workbook import FIRST_ROW, FLOW, HEADS, HIDDEN, LONGEST, MARK, NUMBER, TEXT, key_of

NAMED = {"baseline": "structures", "channel": "channels", "product": "products"}
"""Keys that take a name which is declared elsewhere in the scenario, and where."""
WIDTHS = {"label": 64, "value": 22, "unit": 18, "check": 22, "default": 16, "allowed": 40, "low": 10, "high": 10}
OTHER_WIDTH = 24
LIMITS = {"share": (0, 1), "money": (None, None), "per month": (0, None), "per year": (0, None)}
"""Limits by unit, where a number is typed."""


def workbook_form(scenario: Scenario, language: str | None = None) -> bytes:
    """A scenario as an .xlsx workbook.

    Args:
        scenario: as it was loaded.
        language: 'en' or 'ru'; that of its locale when None.

    Raises:
        AttributeError: the scenario was not loaded.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        writer = _Writer(book, scenario, texts(language or language_of(scenario.locale)))
        tree = scenario.provenance.tree
        made = [name for name, keys in SHEETS.items() if writer.sheet(name, entries(scenario, tree, keys))]
        writer.check(made)
    return target.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, scenario: Scenario, words: Texts) -> None:
        self.book, self.scenario, self.t = book, scenario, words
        tint, line = "#E8EEF4", {"valign": "top", "text_wrap": True}
        typed = {"valign": "top", "bg_color": "#FFF8DC", "border": 1, "border_color": "#C8C8C8", "align": "left"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({"bold": True, "bottom": 1, "bg_color": tint, **line})
        self.section = book.add_format({"bold": True, "bg_color": tint, "valign": "top"})
        self.text = book.add_format(line)
        self.faint = book.add_format({"font_color": "#707070", "valign": "top"})
        self.wrong = book.add_format({"font_color": "#B00020", "bold": True, **line})
        self.typed = book.add_format(typed)
        self.share = book.add_format({**typed, "num_format": "0.####%"})
        self.money = book.add_format({**typed, "num_format": "#,##0.####"})
        self.names: Mapping[str, Sequence[str]] = {
            "structures": list(structure_titles(scenario)),
            "channels": list(channel_titles(scenario.market)),
            "products": list(product_titles(scenario.market)),
        }

    def sheet(self, name: str, rows: Sequence[Entry]) -> bool:
        """One sheet; nothing where there are no rows."""
        if not rows:
            return False
        sheet = self.book.add_worksheet(self.t(name)[:31])
        sheet.write_string(0, 0, f"{self.scenario.provenance.title}: {self.t(name)}", self.title)
        for column, head in enumerate(HEADS):
            sheet.write_string(1, column, head)
            width = WIDTHS.get(head, OTHER_WIDTH)
            sheet.set_column(column, column, width, None, {"hidden": head in HIDDEN})
            sheet.write_string(2, column, "" if head in HIDDEN else self.t(f"xlsx-{head}"), self.header)
        sheet.write_string(1, len(HEADS), MARK)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(len(HEADS), len(HEADS), None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.outline_settings(True, False)
        row, section = FIRST_ROW, ""
        for entry in rows:
            head = self._section(entry)
            if head != section:
                sheet.write_string(row, 0, head, self.section)
                section, row = head, row + 1
            row = self._row(sheet, row, entry)
        return True

    def _section(self, entry: Entry) -> str:
        """What stands above the rows of a block: its title, with the name of the entry."""
        path = entry.path[: 3 if len(entry.path) > 3 else max(1, len(entry.path) - 1)]
        head = self._words(".".join(map(str, path))) or str(path[-1])
        return f"{head}: {path[2] + 1}" if len(path) > 2 and isinstance(path[2], int) else head

    def _words(self, dotted: str) -> str:
        said = words_for(self.scenario, dotted)
        return self.t.again(said) if said is not None else ""

    def _label(self, entry: Entry) -> str:
        said = self._words(entry.dotted)
        if said:
            return said
        if entry.path[-1] == "preset":
            return self.t("xlsx-preset")
        dotted = [".".join(map(str, entry.path[:-depth])) for depth in (1, 2)]
        above = self._words(dotted[0]) or self._words(dotted[1])
        parameter = f"xlsx-parameter-{entry.path[-1]}"
        own = self.t(parameter) if parameter in self.t else str(entry.path[-1])
        return f"{above}: {own}" if above else own

    def _row(self, sheet: Any, row: int, entry: Entry) -> int:
        """Writes one row, and the rest of a long value below it; returns the next row."""
        kind, cell, form = self._cell(entry.value, entry.slot)
        parts = [cell[at : at + LONGEST] for at in range(0, len(cell), LONGEST)] if isinstance(cell, str) else [cell]
        for number, part in enumerate(parts or [""]):
            self._line(sheet, row, entry, f"{kind}+" if number else kind, part, form)
            row += 1
        return row

    def _line(self, sheet: Any, row: int, entry: Entry, kind: str, cell: Any, form: Any) -> None:
        at = {head: column for column, head in enumerate(HEADS)}
        quantity = entry.slot.quantity if entry.slot is not None else None
        sheet.write_string(row, at["label"], self._label(entry), self.text)
        _put(sheet, row, at["value"], cell, form)
        if entry.slot is not None:
            unit = unit_of(entry.slot, self.scenario.currency)
            sheet.write_string(row, at["unit"], self.t.again(told(unit)), self.text)
            sheet.write_string(row, at["allowed"], self.t.again(allowed(entry.slot)), self.faint)
            sheet.write_string(row, at["default"], self._default(entry.slot), self.faint)
        for head, end in (("low", entry.low), ("high", entry.high)):
            _put(sheet, row, at[head], *self._cell(end, entry.slot)[1:])
        for head, words in (("source", entry.source), ("note", entry.note)):
            sheet.write_string(row, at[head], words, self.typed)
        sheet.write_string(row, at["kind"], kind)
        sheet.write_string(row, at["key"], key_of(entry.path))
        must = entry.slot is not None and entry.slot.required and entry.value is not None
        sheet.write_number(row, at["must"], int(must))
        for head, limit in zip(("least", "most"), _limits(quantity), strict=True):
            if limit is not None:
                sheet.write_number(row, at[head], limit)
        sheet.write_formula(row, at["check"], self._check(row), self.wrong, "")
        choices = self._choices(entry)
        if choices and len(",".join(choices)) <= 250:
            told_wrong = {"error_title": self.t("xlsx-choices"), "error_message": ", ".join(choices)[:250]}
            sheet.data_validation(
                row, at["value"], row, at["value"], {"validate": "list", "source": choices, **told_wrong}
            )
        if entry.value is None:
            sheet.set_row(row, None, None, {"level": 1, "hidden": True})

    def _check(self, row: int) -> str:
        """The formula beside a value: what is wrong with it, as far as a sheet can tell."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        cell = {head: xl_rowcol_to_cell(row, column, col_abs=True) for column, head in enumerate(HEADS)}
        empty, outside, turned = (self.t(f"xlsx-check-{each}") for each in ("empty", "outside", "turned"))
        value, least, most = cell["value"], cell["least"], cell["most"]
        beyond = f'OR(AND({least}<>"",{value}<{least}),AND({most}<>"",{value}>{most}))'
        ends = f"AND(ISNUMBER({cell['low']}),ISNUMBER({cell['high']}),{cell['low']}>{cell['high']})"
        return (
            f'=IF(AND({cell["must"]}=1,{value}=""),"{empty}",IF(AND(ISNUMBER({value}),{beyond}),"{outside}",'
            f'IF({ends},"{turned}","")))'
        )

    def _default(self, slot: Slot) -> str:
        default = slot.default
        if default is PydanticUndefined or slot.required or default in ({}, (), [], "", None):
            return ""
        if isinstance(default, bool):
            return self.t("xlsx-yes" if default else "xlsx-no")
        return str(short_default(default))

    def _choices(self, entry: Entry) -> list[str]:
        if entry.path[-1] == "preset":
            return list(preset_files.names("roles" if "roles" in entry.path else "structures"))
        if entry.slot is None:
            return []
        if is_truth(entry.slot):
            return [self.t("xlsx-yes"), self.t("xlsx-no")]
        if entry.slot.choices and entry.slot.quantity is None:
            return [str(each) for each in entry.slot.choices]
        named = NAMED.get(str(entry.path[-1]))
        return list(self.names[named]) if named else []

    def _cell(self, node: Node | None, slot: Slot | None) -> tuple[str, Any, Any]:
        """Kind, content and format of a value's cell."""
        quantity = slot.quantity if slot is not None else None
        form = {"share": self.share, "money": self.money}.get(quantity.unit if quantity else "", self.typed)
        if node is None:
            return (NUMBER if quantity or slot is None or not _is_word(slot) else TEXT), None, form
        value = node.value
        if value is None:
            return NUMBER, self.t("xlsx-none"), form
        if isinstance(value, bool):
            return NUMBER, self.t("xlsx-yes" if value else "xlsx-no"), form
        if isinstance(value, str):
            return self._text(value, slot, quantity, form)
        if isinstance(value, (int, float)) and float(f"{value:.16G}") == value:
            return NUMBER, value, form
        if isinstance(value, date):
            return FLOW, value.isoformat(), form
        return FLOW, _flow(node.plain), form

    def _text(self, value: str, slot: Slot | None, quantity: Quantity | None, form: Any) -> tuple[str, Any, Any]:
        if quantity is None:
            return (TEXT, value, form) if value else (f"{TEXT} empty", "", form)
        if quantity.unit in ("share", "money"):
            try:
                number = quantity.parse(value, self.scenario.reading)
            except QuantityError:
                return FLOW, _flow(value), form
            if float(f"{number:.16G}") == number:
                return NUMBER, number, form
        if quantity.clock:
            said, reading = self.t.again(told_span(value)), self.scenario.reading
            if said != value and quantity.parse(value, reading) == _parsed(quantity, said, reading):
                return NUMBER, said, form
        return NUMBER, value, form

    def check(self, sheets: Sequence[str]) -> None:
        """The sheet that says how to fill the form in, and how many cells of each sheet need a look."""
        from xlsxwriter.utility import quote_sheetname, xl_col_to_name

        sheet = self.book.add_worksheet(self.t("xlsx-check-sheet")[:31])
        sheet.set_column(0, 0, 70)
        sheet.set_column(1, 1, 24)
        sheet.write_string(0, 0, self.t("xlsx-check-sheet"), self.title)
        sheet.write_string(2, 0, self.t("xlsx-check-sheet-name"), self.header)
        sheet.write_string(2, 1, self.t("xlsx-check-count"), self.header)
        column = xl_col_to_name(HEADS.index("check"))
        for row, name in enumerate(sheets, 3):
            place = quote_sheetname(self.t(name)[:31])
            sheet.write_string(row, 0, self.t(name), self.text)
            rows = f"{place}!{column}{FIRST_ROW + 1}:{column}5000"
            sheet.write_formula(row, 1, f'=COUNTIF({rows},"?*")', self.text, 0)
        row = len(sheets) + 4
        for number, line in enumerate(self.t("xlsx-how").splitlines()):
            sheet.write_string(row + number, 0, line, self.text)


def _parsed(quantity: Quantity, text: str, reading: Mapping[str, object]) -> float | None:
    try:
        return quantity.parse(text, reading)
    except QuantityError:
        return None


def _is_word(slot: Slot) -> bool:
    return any(each.annotation is str for each in slot.variants) and not slot.choices


def _limits(quantity: Quantity | None) -> tuple[float | None, float | None]:
    """The least and the most that a typed number may be."""
    if quantity is None:
        return None, None
    if quantity.unit in LIMITS:
        return LIMITS[quantity.unit]
    return (0, None) if quantity.allowed in ("allowed-count", "allowed-nonnegative") else (None, None)


def _put(sheet: Any, row: int, column: int, cell: Any, form: Any) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, form)
    else:
        sheet.write_string(row, column, str(cell), form)


def _flow(value: Any) -> str:
    """A value as YAML in one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("...").strip()
