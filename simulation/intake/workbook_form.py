"""A scenario as a workbook for an owner who does not write YAML: what `new --xlsx` and `convert` write.

One sheet for each part of the scenario, one row for each value that is written, with its name, unit, what is allowed,
range and source; what may be written besides stands in folded rows with its default. The place of each value stands in
a hidden column, by which `simulation.written.workbook` reads the sheet again. YAML stays the source of truth: a
workbook that is read gives the same scenario as the YAML from which it was written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from simulation.intake.form_entries import SHEETS, Entry, entries
from simulation.intake.form_words import FormWords, Offer
from simulation.scenario.scenario import Scenario
from simulation.texts import Texts, language_of, shortened, texts
from simulation.written.quantities import Quantity
from simulation.written.workbook import FIRST_ROW, HEADS, HIDDEN, LONGEST, MARK, key_of

WIDTHS = {"label": 64, "value": 22, "unit": 18, "check": 22, "default": 16, "allowed": 60, "low": 10, "high": 10}
OTHER_WIDTH = 24
FIRST_OFFER = 8
"""Column of the sheet of checks in which the first list of a drop-down stands."""
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
        self.book, self.title_of_all, self.t = book, words.again(scenario.provenance.title), words
        tint, line = "#E8EEF4", {"valign": "top", "text_wrap": True}
        typed = {"valign": "top", "bg_color": "#FFF8DC", "border": 1, "border_color": "#C8C8C8", "align": "left"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({"bold": True, "bottom": 1, "bg_color": tint, **line})
        self.section = book.add_format({"bold": True, "bg_color": tint, "valign": "top"})
        self.text = book.add_format(line)
        self.faint = book.add_format({"font_color": "#707070", **line})
        self.wrong = book.add_format({"font_color": "#B00020", "bold": True, **line})
        self.typed = book.add_format(typed)
        self.share = book.add_format({**typed, "num_format": "0.####%"})
        self.money = book.add_format({**typed, "num_format": "#,##0.####"})
        self.words = FormWords(scenario, words)
        self.offers: dict[tuple[str, ...], int] = {}

    def sheet(self, name: str, rows: Sequence[Entry]) -> bool:
        """One sheet; nothing where there are no rows."""
        if not rows:
            return False
        sheet = self.book.add_worksheet(self.t(name)[:31])
        sheet.write_string(0, 0, f"{self.title_of_all}: {self.t(name)}", self.title)
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
        row, below = FIRST_ROW, dict[str, list[Entry]]()
        for entry in rows:
            below.setdefault(self.words.section(entry), []).append(entry)
        for head, inside in below.items():
            sheet.write_string(row, 0, head, self.section)
            row += 1
            for entry in inside:
                row = self._row(sheet, row, entry)
        return True

    def _row(self, sheet: Any, row: int, entry: Entry) -> int:
        """Writes one row, and the rest of a long value below it; returns the next row."""
        kind, cell = self.words.cell(entry.value, entry)
        parts = [cell[at : at + LONGEST] for at in range(0, len(cell), LONGEST)] if isinstance(cell, str) else [cell]
        for number, part in enumerate(parts or [""]):
            self._line(sheet, row, entry, f"{kind}+" if number else kind, part)
            row += 1
        return row

    def _line(self, sheet: Any, row: int, entry: Entry, kind: str, cell: Any) -> None:
        at = {head: column for column, head in enumerate(HEADS)}
        quantity = entry.slot.quantity if entry.slot is not None else None
        form = {"share": self.share, "money": self.money}.get(quantity.unit if quantity else "", self.typed)
        sheet.write_string(row, at["label"], self.words.label(entry), self.text)
        _put(sheet, row, at["value"], cell, form)
        if entry.slot is not None:
            sheet.write_string(row, at["unit"], self.words.unit(entry.slot), self.text)
            sheet.write_string(row, at["default"], self.words.default(entry), self.faint)
        sheet.write_string(row, at["allowed"], self.words.allowed(entry), self.faint)
        for head, end in (("low", entry.low), ("high", entry.high)):
            _put(sheet, row, at[head], self.words.cell(end, entry).held, form)
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
        self._drop_down(sheet, row, at["value"], self.words.offer(entry))
        if entry.value is None:
            sheet.set_row(row, None, None, {"level": 1, "hidden": True})

    def _drop_down(self, sheet: Any, row: int, column: int, offer: Offer) -> None:
        """Offers titles; they stand hidden on the sheet of checks, since one may hold a comma."""
        from xlsxwriter.utility import xl_range_abs

        if not offer.titles:
            return
        place = FIRST_OFFER + self.offers.setdefault(offer.titles, len(self.offers))
        cells = xl_range_abs(0, place, len(offer.titles) - 1, place)
        options = {
            "validate": "list",
            "source": f"={self._check_sheet}!{cells}",
            "error_title": self.t("xlsx-choices")[:32],
            "error_message": shortened(", ".join(offer.titles), 250),
            "error_type": "warning" if offer.open else "stop",
        }
        sheet.data_validation(row, column, row, column, options)

    @property
    def _check_sheet(self) -> str:
        from xlsxwriter.utility import quote_sheetname

        return str(quote_sheetname(self.t("xlsx-check-sheet")[:31]))

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
        for titles, place in self.offers.items():
            for number, title in enumerate(titles):
                sheet.write_string(number, FIRST_OFFER + place, title)
        if self.offers:
            last = FIRST_OFFER + len(self.offers) - 1
            sheet.set_column(FIRST_OFFER, last, None, None, {"hidden": True})


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
