"""The sheet in which an owner changes prices, leads and heads, and sees the closed-form plan move.

Formulas alone, simpler than `simulation.expected` and equal to it where nothing is changed and there is time for
everything: leads, work, sales and pay grow in proportion; who has too little time does the same share of everything.
Nothing varies and nobody waits there, so the sheet shows the direction and the load, and the simulation the money.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from simulation.expected import RoleLoad, RolePay, Workload, budgeted_pay, workload
from simulation.report.book import Book, Sheet
from simulation.report.reading import Reading
from simulation.scenario.people import DISCRETIONARY
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, role_titles

BEFORE_SALE = ("qualify", "sell", "meet", "paperwork")
"""Work that grows with the leads; the rest grows with the customers."""
MONTHS = 12


@dataclass
class _Plan:
    """The cells of one structure while its block is written."""

    heads: dict[str, str] = field(default_factory=dict)
    loads: list[str] = field(default_factory=list)
    pay: list[str] = field(default_factory=list)


def what_if_sheet(book: Book, reading: Reading) -> None:
    """Prices, leads and heads to change, and load, revenue, margin and payroll that follow, a block a structure."""
    t, scenario = reading.texts, reading.scenarios[0] if reading.scenarios else reading.result.scenario
    book.formats.setdefault(
        "typed", book.workbook.add_format({"num_format": "#,##0.##", "bg_color": "#FFF8DC", "border": 1})
    )
    book.formats.setdefault(
        "typed-share", book.workbook.add_format({"num_format": "0%", "bg_color": "#FFF8DC", "border": 1})
    )
    sheet = book.sheet(t("book-what-if"))
    sheet.title(t("book-what-if-title"), t("book-what-if-remark"))
    top = sheet.row + 1
    sheet.line(["", t("book-what-if-yours"), t("book-what-if-now")], ["header", "right header"])
    flows = {
        name: workload(reading.result.cases[name].scenario, reading.result.cases[name].key)
        for name in reading.structures
    }
    leads = _leads(sheet, scenario, next(iter(flows.values())))
    sheet.put(0, t("book-what-if-price"))
    sheet.put(1, 1.0, "typed-share")
    sheet.put(2, 1.0, "share")
    price = _cell(sheet, 1)
    sheet.row += 2
    for name in reading.structures:
        case = reading.result.cases[name]
        pay = budgeted_pay(case.scenario, case.key, flows[name])
        titles = role_titles(case.scenario.structures[case.key])
        sheet.line([reading.title(name), t("book-what-if-yours"), t("book-what-if-now")], ["header", "right header"])
        _block(sheet, flows[name], pay, titles, leads, price)
        sheet.row += 1
    sheet.finish((top, 1))


def _cell(sheet: Sheet, column: int, row: int | None = None) -> str:
    return str(xl_rowcol_to_cell(sheet.row if row is None else row, column, row_abs=True, col_abs=True))


def _leads(sheet: Sheet, scenario: Scenario, flows: Workload) -> dict[str, tuple[str, float]]:
    """Rows of leads a month by channel; the cell and the present number of each."""
    titles = channel_titles(scenario.market)
    found = {}
    for name, flow in flows.channels.items():
        if flow.leads <= 0:
            continue
        sheet.put(0, sheet.book.words("book-what-if-leads", channel=sheet.book.words.title(titles[name])))
        sheet.put(1, round(flow.leads, 6), "typed")
        sheet.put(2, flow.leads, "number")
        found[name] = (_cell(sheet, 1), round(flow.leads, 6))
        sheet.row += 1
    return found


def _block(
    sheet: Sheet,
    flows: Workload,
    pay: dict[str, RolePay],
    titles: dict[str, str],
    leads: dict[str, tuple[str, float]],
    price: str,
) -> None:
    t, plan = sheet.book.words, _Plan()
    growth, old = _growth(flows, leads), flows.old_customers / flows.customers if flows.customers > 0 else 0.0
    later = f"({old!r}+{1 - old!r}*({growth}))"
    for role, each in flows.roles.items():
        sheet.put(0, t("book-what-if-heads", role=t.title(titles[role])))
        sheet.put(1, each.headcount, "typed")
        sheet.put(2, each.headcount, "number")
        plan.heads[role] = _cell(sheet, 1)
        sheet.row += 1
    for role, each in flows.roles.items():
        before = sum(h for name, h in each.hours.items() if name in BEFORE_SALE) + each.switching
        after = sum(h for name, h in each.hours.items() if name not in BEFORE_SALE and name not in DISCRETIONARY)
        room = f"{plan.heads[role]}*{each.capacity / each.headcount if each.headcount else 0.0!r}"
        text = f"=IF({room}>0,({before!r}*({growth})+{after!r}*{later})/({room}),0)"
        _line(sheet, t("book-what-if-load", role=t.title(titles[role])), text, _load(each), "share")
        plan.loads.append(_cell(sheet, 1, sheet.row - 1))
    for role, paid in pay.items():
        cell = plan.heads.get(role)
        if paid.total:
            text = f"={paid.total / MONTHS!r}" + (f"*{cell}/{paid.positions!r}" if cell and paid.positions else "")
            _line(sheet, t("book-what-if-pay", role=t.title(titles[role])), text, paid.total / MONTHS, "money")
            plan.pay.append(_cell(sheet, 1, sheet.row - 1))
    busiest = f"MAX({','.join([*plan.loads, '0'])})"
    done = min(1.0, *(1 / each for each in map(_load, flows.roles.values()) if each > 1), 1.0)
    _line(sheet, t("book-what-if-done"), f"=MIN(1,1/MAX({busiest},0.000001))", done, "share")
    share = _cell(sheet, 1, sheet.row - 1)
    first, repeated = flows.new_revenue, flows.order_revenue + flows.distributor_revenue
    sold = (first + repeated) * done
    text = f"={share}*{price}*({first!r}*({growth})+{repeated!r}*{later})"
    _line(sheet, t("book-what-if-revenue"), text, sold, "money")
    revenue = _cell(sheet, 1, sheet.row - 1)
    cost = 1 - flows.margin / flows.revenue if flows.revenue else 0.0
    _line(sheet, t("book-gross-margin"), f"={revenue}*(1-{cost!r}/{price})", sold * (1 - cost), "money")
    margin = _cell(sheet, 1, sheet.row - 1)
    whole = sum(each.total for each in pay.values()) / MONTHS
    _line(sheet, t("book-payroll"), f"=-({'+'.join(plan.pay) or '0'})", -whole, "money")
    _line(
        sheet,
        t("book-what-if-left"),
        f"={margin}+{_cell(sheet, 1, sheet.row - 1)}",
        sold * (1 - cost) - whole,
        "total",
    )


def _load(role: RoleLoad) -> float:
    """Demand over capacity of a role, as the sheet has it."""
    return role.demand / role.capacity if role.capacity else 0.0


def _growth(flows: Workload, leads: dict[str, tuple[str, float]]) -> str:
    """How many times as many first deals the leads bring, as a formula: each channel by what a lead of it brings."""
    deals = {name: flows.channels[name].deals for name in leads if name in flows.channels}
    whole = sum(deals.values())
    if whole <= 0:
        return "1"
    return "+".join(f"{deals[name] / whole!r}*{leads[name][0]}/{leads[name][1]!r}" for name in deals if deals[name])


def _line(sheet: Sheet, label: str, formula: str, value: float, style: str) -> None:
    """A row with a formula, and beside it what it is as long as nothing is changed."""
    sheet.put(0, label, "total text" if style == "total" else "text")
    sheet.formula(1, formula, value, style)
    sheet.put(2, value, style)
    sheet.row += 1
