"""The catalogue of measures: name, title, unit, meaning and direction of each.

Tables, charts and the reference page read it; `measures.py` computes what stands here. A name with a part in
angle brackets, such as `utilisation.<role>`, stands for one measure per role, reason or activity. What is measured of
the staff stands in `staff_catalogue`.
"""

from __future__ import annotations

from dataclasses import replace

from simulation.analysis.business_catalogue import BUSINESS, OF_CHANNEL, OF_PROCESS, OF_PRODUCT, Measure, Unit
from simulation.analysis.staff_catalogue import LEAVING_TITLES, OF_ACTIVITY, OF_ROLE, STAFF, WORK
from simulation.analysis.unknown import unknown
from simulation.finance.ledger import ACCOUNTS

__all__ = ["LEAVING_TITLES", "MEASURES", "REASON_TITLES", "Measure", "Unit", "describe"]

_PERIOD = "leads that arrived or were found in the counted period"
_SELF = "leads that arrived by themselves (not found, not there on the first day)"

_ALL: tuple[Measure, ...] = (
    # leads: what became of those of the period; leads = open_leads + won_leads + all lost.<reason>
    Measure("leads", "Leads", "number", f"All {_PERIOD}; the pipeline of the first day is not among them.", True),
    Measure("leads_found", "Leads found", "number", "Those of the leads that people's attempts found.", True),
    Measure("answered", "Leads answered", "number", "Leads of the period with a first contact by its end.", True),
    Measure(
        "lost_unanswered",
        "Lost unanswered",
        "number",
        "Leads of the period whose patience ended before a first contact.",
        False,
    ),
    Measure("qualified", "Qualified", "number", "Leads of the period that passed qualification by its end.", True),
    Measure("won_leads", "Leads won", "number", "Leads of the period that became a deal by its end.", True),
    Measure("open_leads", "Leads still open", "number", "Leads of the period without an outcome at its end."),
    Measure(
        "win_rate",
        "Win rate of decided leads",
        "share",
        "Won leads over all leads of the period (by arrival) that are decided, won or lost; those still open are shown "
        "beside it (`open_share`).",
        True,
    ),
    Measure(
        "win_rate_arrived",
        "Win rate of arrived leads",
        "share",
        f"The win rate of the {_SELF}, by arrival: what becomes of demand, whatever prospecting finds.",
        True,
    ),
    Measure(
        "open_qualified", "Qualified and still open", "number", "The qualified among the leads still open at its end."
    ),
    Measure("open_share", "Share still open", "share", "Open leads over all leads of the period."),
    Measure(
        "answered_within_15min",
        "Answered within 15 minutes",
        "share",
        f"Of all {_SELF}, also those never answered: share with a first contact within 15 minutes on the "
        "wall clock. Counted are leads that arrived at least that long before the end, so that each outcome "
        "is known.",
        True,
    ),
    Measure(
        "answered_within_1h", "Answered within 1 hour", "share", "The same within one hour on the wall clock.", True
    ),
    Measure(
        "answered_within_1d", "Answered within 1 day", "share", "The same within 24 hours on the wall clock.", True
    ),
    Measure(
        "answered_within_1_working_hour",
        "Answered within 1 working hour",
        "share",
        "The same within one hour of office time.",
        True,
    ),
    Measure(
        "response_hours",
        "Response time",
        "hours",
        f"Mean time from arrival to first contact on the wall clock, among the {_SELF} in the period that "
        "were answered. Leads that left are not in it: read it beside `answered_within_1h`.",
        False,
    ),
    Measure("response_working_hours", "Response time, office time", "working hours", "The same in office time.", False),
    Measure(
        "response_median_hours",
        "Response time, median",
        "hours",
        f"Time by which half of all {_SELF} would be answered if none left before (Kaplan-Meier; leads that "
        "left or still wait are censored); undefined when less than half ever are.",
        False,
    ),
    Measure(
        "cycle_days",
        "Sales cycle",
        "days",
        "Mean time from arrival to deal, among deals closed in the period (not the first day's pipeline).",
        False,
    ),
    Measure("hand_offs", "Hand-offs", "number", "Times that leads of the period changed roles."),
    # sales: by their date in the period, whenever the lead came
    Measure("deals", "Deals", "number", "First deals closed in the period, the first day's pipeline too.", True),
    Measure("orders", "Repeat orders", "number", "Orders of customers served in the period.", True),
    Measure("distributor_orders", "Distributors' orders", "number", "Orders that came through distributors.", True),
    Measure("average_deal", "Average deal", "money", "Mean revenue of a first deal.", True),
    Measure("revenue", "Revenue", "money", "What buyers pay for the sales of the period, after discounts.", True),
    Measure("new_revenue", "Revenue from first deals", "money", "Revenue of first deals.", True),
    Measure("repeat_revenue", "Revenue from repeat orders", "money", "Revenue of customers' orders.", True),
    Measure("distributor_revenue", "Revenue from distributors", "money", "Revenue of distributors' orders.", True),
    # money
    Measure(
        "gross_margin",
        "Gross margin",
        "money",
        "Revenue less the cost of goods, before shares given to channels.",
        True,
    ),
    Measure(
        "payroll",
        "Payroll",
        "money",
        "Base pay, commission and pay per lead of all roles, with the employer's contributions.",
        False,
    ),
    Measure(
        "costs",
        "Other costs",
        "money",
        "All costs other than cost of goods and payroll: channels and shares given to them, material, loyalty, "
        "recruiting, training and severance, CRM and other changes, budget lines, depreciation.",
        False,
    ),
    Measure("profit", "Profit", "money", "Gross margin less payroll and other costs.", True),
    Measure(
        "start_value",
        "Value at the start",
        "money",
        "Value of the customers and the open pipeline that the scenario begins with, expected, at the valuation of "
        "the end value: the same under every structure.",
    ),
    Measure(
        "end_value",
        "End value",
        "money",
        "Value of the customers and the open pipeline at the end, at the scenario's one valuation: gross margin "
        "still to come, before the cost of serving. The value at the start (`start_value`) is not subtracted; it is "
        "the same under every structure.",
        True,
    ),
    Measure(
        "profit_with_end_value",
        "Profit with end value",
        "money",
        "Profit plus the end value. The end value is gross margin before the cost of serving, and the value at the "
        "start (`start_value`) is not subtracted; it is the same under every structure.",
        True,
    ),
    Measure(
        "plan_attainment",
        "Plan attainment",
        "share",
        "What the plan measures over its target for the period; undefined without a plan.",
        True,
    ),
    Measure(
        "cash_end",
        "Cash at the end",
        "money",
        "What came in less what went out in the period, from nothing on its first day. What the customers there on "
        "the first day still owe (receivables) is not in it.",
        True,
    ),
    Measure(
        "cash_low",
        "Lowest cash",
        "money",
        "Lowest balance of cash at any month's end, from nothing. What the customers there on the first day still "
        "owe (receivables) is not in it.",
        True,
    ),
    Measure("receivables_end", "Not yet paid", "money", "Sales of the period that are unpaid at its end.", False),
    Measure("cost_of_goods", "Cost of goods", "money", "What the goods and services sold cost.", False),
    # customers and pipeline
    Measure("customers_end", "Customers at the end", "number", "Customers of repeat products at the end.", True),
    Measure("customers_won", "Customers won", "number", "Customers of repeat products that joined.", True),
    Measure("customers_lost", "Customers lost", "number", "Customers that left in the period.", False),
    Measure("pipeline_end", "Open pipeline", "number", "All leads without an outcome at the end."),
    # the pipeline of the first day: pipeline_start = pipeline_won + pipeline_lost + pipeline_open
    Measure("pipeline_start", "Open on the first day", "number", "Leads that were open on the first counted day."),
    Measure("pipeline_won", "Won of the first day's", "number", "Those of them that became a deal by the end.", True),
    Measure("pipeline_lost", "Lost of the first day's", "number", "Those of them that were lost by the end.", False),
    Measure("pipeline_open", "Still open of the first day's", "number", "Those of them without an outcome at the end."),
    Measure(
        "waiting_end",
        "Work waiting at the end",
        "number",
        "Pieces of work that wait for a person; calls that no client asked for are not counted.",
        False,
    ),
    # people
    Measure(
        "utilisation",
        "Utilisation",
        "share",
        "Hours worked over hours present, of everyone with activities. Prospecting fills the time left; a "
        "newcomer's training is neither.",
    ),
    Measure(
        "load",
        "Load of what is asked for",
        "share",
        "Hours worked on anything but prospecting and care over hours present: what the others' demand takes.",
    ),
    Measure("utilisation.<role>", "Utilisation, <role>", "share", "Utilisation of the people of one role."),
    Measure("load.<role>", "Load of what is asked for, <role>", "share", "Load of the people of one role."),
    Measure(
        "wait.<activity>",
        "Wait before <activity>",
        "hours",
        "Mean time on the wall clock that work of one activity waited until somebody began it; work that nobody "
        "began is not in it.",
        False,
    ),
    Measure(
        "time.<activity>",
        "Time on <activity>",
        "share",
        "Hours on one activity over hours present; `train` comes on top of the hours present.",
    ),
    Measure(
        "time.<role>.<activity>",
        "Time of <role> on <activity>",
        "share",
        "Hours of a role on one activity over its hours present.",
    ),
    Measure("lost.<reason>", "Lost: <reason>", "number", "Leads of the period lost for one reason by its end.", False),
    Measure("account.<account>", "<account>", "money", "Sum on one account of the ledger, costs above zero."),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*_ALL, *WORK, *BUSINESS, *STAFF)}
"""Every measure by name, families with their placeholder in angle brackets."""

VALUES = frozenset({"start_value", "end_value", "profit_with_end_value"})
OF_MONEY = VALUES | frozenset(
    {
        *("revenue", "cost_of_goods", "gross_margin", "payroll", "costs", "profit", "cash_end", "cash_low"),
        *("profitable_months", "months_carried", "receivables_end", "plan_attainment"),
    }
)
"""Measures that take little beside the ledger: a search asks for one of them, and for nothing else."""

REASON_TITLES: dict[str, str] = {
    "unanswered": "nobody answered in time",
    "answered_late": "answered late, interest gone",
    "disqualified_unfit": "rightly sorted out",
    "disqualified_fit": "a good lead dropped",
    "hand_off": "lost between two roles",
    "waited": "waited too long between stages",
    "question": "a question left unanswered",
    "declined": "said no",
    "unfit": "could not buy at all",
    "leaver": "left with the person who held it",
    "expired": "never answered, and closed",
    "declined_at_once": "lost as it came, without any work",
    "not_reached": "never reached, and closed",
}
"""Why leads are lost, in words, by the reasons of `department.record.REASONS`."""

_ACCOUNT_TITLES = {account.name: account for account in ACCOUNTS}


def describe(name: str) -> Measure:
    """The measure of a name, members of families too ('utilisation.closer', 'lost.waited').

    Raises UnknownName for a name that is no measure.
    """
    if name in MEASURES and "<" not in name:
        return MEASURES[name]
    family, _, member = name.partition(".")
    if not member:
        raise unknown("measure", name, MEASURES)
    match family:
        case "utilisation" | "load":
            return _member(f"{family}.<role>", name, {"<role>": member})
        case _ if family in OF_ROLE:
            return _member(f"{family}.<role>", name, {"<role>": member})
        case _ if family in OF_PRODUCT:
            return _member(f"{family}.<product>", name, {"<product>": member})
        case _ if family in OF_CHANNEL:
            return _member(f"{family}.<channel>", name, {"<channel>": member})
        case _ if family in OF_PROCESS:
            return _member(f"{family}.<process>", name, {"<process>": member})
        case "growth":
            kind, _, of = member.partition(".")
            return _member(f"growth.{kind}.<{kind}>", name, {f"<{kind}>": of})
        case "time":
            role, _, activity = member.rpartition(".")
            if role:
                return _member("time.<role>.<activity>", name, {"<role>": role, "<activity>": activity})
            return _member("time.<activity>", name, {"<activity>": activity})
        case _ if family in OF_ACTIVITY:
            return _member(f"{family}.<activity>", name, {"<activity>": member})
        case "lost" if member in REASON_TITLES:
            return _member("lost.<reason>", name, {"<reason>": REASON_TITLES[member]})
        case "account" if member in _ACCOUNT_TITLES:
            account = _ACCOUNT_TITLES[member]
            direction = True if account.group == "revenue" else None if account.group == "cash only" else False
            return Measure(name, account.title, "money", account.meaning, direction)
    raise unknown("measure", name, MEASURES)


def _member(family: str, name: str, words: dict[str, str]) -> Measure:
    title = MEASURES[family].title
    for placeholder, word in words.items():
        title = title.replace(placeholder, word)
    return replace(MEASURES[family], name=name, title=title)
