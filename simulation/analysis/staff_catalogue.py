"""Measures of people and of their work: staff, turnover, coaching, load, time.

Here too: the catalogue of measures of work: what customers order and what of it is billed, and what is past its due
time.
"""

from __future__ import annotations

from simulation.analysis.business_catalogue import Measure, Unit

LEAVING_TITLES: dict[str, str] = {
    "quit": "quit",
    "probation": "failed the trial time",
    "laid_off": "laid off",
    "closed": "stays in the firm, the position is closed",
}
"""Why people leave, in words, by the reasons of `department.record.LEAVING`."""

RAISED_TITLES: dict[str, str] = {
    "overload": "overload",
    "earnings": "missed earnings",
    "contagion": "colleagues who left",
    "changes": "changes",
}
"""What makes more people leave than stated, by the columns of `department.record.EXPECTED` after the first."""

_ESTIMATE = "an estimate at the average; compare with a turnover of 0 for the truth"
_WORTH = (
    "what deals and orders leave (gross margin less shares of channels and commission with contributions) for each "
    "week of a practised person"
)

# name, title, unit, meaning, direction; each of them stands for the whole department and for each role
_BOTH: tuple[tuple[str, str, Unit, str, bool | None], ...] = (
    ("positions", "Positions", "number", "Mean number of positions, filled or not.", None),
    (
        "headcount",
        "People employed",
        "number",
        "Mean number of people employed, those in training and on notice too; above the positions where people are "
        "hired ahead.",
        None,
    ),
    (
        "effective_headcount",
        "Effective headcount",
        "number",
        "Mean number of people employed, each weighted by proficiency relative to his full one; in training 0.",
        True,
    ),
    (
        "vacancy",
        "Vacancy",
        "share",
        "Share of the time of positions in which nobody held them; who is hired ahead fills an empty one of his role.",
        False,
    ),
    (
        "training_share",
        "Time in training",
        "share",
        "Share of the employed time spent in a newcomer's training.",
        False,
    ),
    (
        "ramp_share",
        "Time in ramp",
        "share",
        "Share of the employed time of people who are trained and below 90 % of a practised colleague.",
        False,
    ),
    ("leavers", "Leavers", "number", "People who left the firm; not those who moved to another role.", False),
    (
        "leavers_stated",
        "Leavers as stated",
        "number",
        "Leavers whom the stated turnover lets expect under the usual pressure, of the very people who were there: "
        "hazards of quitting by tenure, until the notice, and those who fail probation. In the long run the stated "
        "turnover for each filled position; practised people quit less often than newcomers.",
        None,
    ),
    ("turnover_rate", "Turnover a year", "share", "Leavers for each year of a filled position.", False),
)

OF_ROLE = {name for name, *_ in _BOTH} | {"months_to_proficiency", "ramp_months"}
"""Families by role that are measured of the staff."""

STAFF: tuple[Measure, ...] = (
    *(Measure(name, title, unit, meaning, better) for name, title, unit, meaning, better in _BOTH),
    Measure("hires", "Hires", "number", "Newcomers whose first day lies in the period."),
    *(
        Measure(f"leavers_by.{reason}", f"Leavers: {words}", "number", "Leavers of the period for one reason.", False)
        for reason, words in LEAVING_TITLES.items()
    ),
    *(
        Measure(
            f"leavers_raised.{name}",
            f"More leavers by {words}",
            "number",
            "Leavers expected beyond `leavers_stated` for one reason; below zero: fewer, where the pressure is less "
            "than usual. Where several act at once their product is divided by their logarithms. Leavers = as stated + "
            "raised + laid off + luck.",
            False,
        )
        for name, words in RAISED_TITLES.items()
    ),
    Measure(
        "tenure_months", "Tenure, months", "number", "Mean time in the firm of those employed at the end, months.", True
    ),
    Measure(
        "customers_lost_leaver",
        "Customers lost with leavers",
        "number",
        "Customers that left in the period because the person who held them left the firm.",
        False,
    ),
    Measure(
        "head_load",
        "Load of the heads",
        "share",
        "Hours of leading that people ask for over the hours that heads can give; above 1 some go without. Undefined "
        "where nobody leads; months without any head in the position are left out.",
    ),
    Measure("coached", "Coaching given", "share", "Share of the coaching that people get; 1 where nobody leads.", True),
    Measure(
        "crm_adoption", "Use of the CRM", "share", "Mean share of use of the CRM over the period; 0 without.", True
    ),
    *(
        Measure(f"{name}.<role>", f"{title}, <role>", unit, f"Of one role: {meaning[0].lower()}{meaning[1:]}", better)
        for name, title, unit, meaning, better in _BOTH
    ),
    Measure(
        "months_to_proficiency.<role>",
        "Months to proficiency, <role>",
        "number",
        "Mean months from a newcomer's first day until 90 % of a practised colleague's proficiency, of those of the "
        "period who were seen "
        "to reach it, each weighted by the fall of the Kaplan-Meier curve (who left before or is not there yet is "
        "censored). It leans to the short side where ramps are long against the horizon; undefined where nobody "
        "reached it.",
        False,
    ),
    Measure(
        "ramp_months.<role>",
        "Months to proficiency at this pace, <role>",
        "number",
        "Months that a beginner would need to 90 % of a practised colleague's proficiency, both at the pace at which "
        "the role's people worked in the period, from the learning curves and explicit ramps; nobody has to be hired "
        "to see it. Undefined "
        "beyond 60 months.",
        False,
    ),
    # what turnover costs; separation, recruiting and training are booked, the rest is estimated
    Measure(
        "turnover_cost",
        "Cost of turnover",
        "money",
        "Sum of the six lines `turnover_cost.<line>` (Darmon 1990). What replaces people counts, growth does not. "
        f"Vacancy, skill and clients are each {_ESTIMATE}.",
        False,
    ),
    Measure(
        "turnover_cost.separation", "Turnover: separation", "money", "Severance of those who were laid off.", False
    ),
    Measure("turnover_cost.recruiting", "Turnover: recruiting", "money", "Cash cost of finding replacements.", False),
    Measure(
        "turnover_cost.training",
        "Turnover: training",
        "money",
        "Courses of replacements, base pay with contributions of their time in training, and of the colleagues' hours "
        "with them; a head's hours are the head's job and are not in it.",
        False,
    ),
    Measure(
        "turnover_cost.vacancy",
        "Turnover: vacancy, net",
        "money",
        f"Weeks of empty positions of roles with activities times {_WORTH}, less the base pay with contributions that "
        f"was saved; below zero where it saved more. Only positions that were filled before; {_ESTIMATE}.",
        False,
    ),
    Measure(
        "turnover_cost.skill",
        "Turnover: skill of newcomers",
        "money",
        "Weeks that trained replacements fall short of a practised colleague until they reach 90 %, summed week by "
        f"week, times the same worth of a week; {_ESTIMATE}.",
        False,
    ),
    Measure(
        "turnover_cost.clients",
        "Turnover: clients",
        "money",
        "Customers and open leads that were lost with leavers, at the valuation of the end value: gross margin still "
        f"to come, beyond the period too; {_ESTIMATE}.",
        False,
    ),
    # administrators: papers taken from those who sell
    Measure(
        "freed_hours",
        "Papers done by administrators",
        "working hours",
        "Hours of papers and reminders done by roles that do nothing else with leads or customers, where others do.",
    ),
    Measure(
        "freed_worth",
        "Worth of the freed time",
        "money",
        "Those hours times what deals and orders leave (as in `turnover_cost.vacancy`) for each hour of work with "
        "leads and customers: an average, and an upper bound where demand and not time is short.",
        True,
    ),
    Measure("administrator_cost", "Pay of administrators", "money", "Pay of those roles with contributions.", False),
    Measure(
        "administrator_pays_from",
        "An administrator pays from sellers",
        "number",
        "Number of people who work with leads and customers from which one administrator pays: the pay of one over "
        "what the hours of papers and reminders that one of them causes are worth. "
        "Where demand is short it takes more. Undefined without one.",
        False,
    ),
)


WORK: tuple[Measure, ...] = (
    Measure("orders_placed", "Orders placed", "number", "Orders that customers placed in the period."),
    Measure(
        "ordered_revenue",
        "Ordered",
        "money",
        "Revenue of the orders placed in the period, those cancelled later too. Billed in the period, whenever it was "
        "ordered: `repeat_revenue`.",
    ),
    Measure(
        "cancelled_revenue",
        "Ordered and taken back",
        "money",
        "Revenue of the orders placed in the period whose customer left before they were billed.",
        False,
    ),
    Measure(
        "billed_share",
        "Orders billed",
        "share",
        "Share of the revenue ordered in the period that was served, with its papers done, and billed by its end. What "
        "a customer who left took back is not.",
        True,
    ),
    Measure(
        "billing_days",
        "Days from order to bill",
        "days",
        "Mean time on the wall clock from placing an order to its bill, among the orders billed in the period. Orders "
        "that still wait are not in it: read it beside `unbilled_end`.",
        False,
    ),
    Measure(
        "billing_median_days",
        "Days from order to bill, median",
        "days",
        "Time by which half of all orders placed in the period would be billed if nobody took any back "
        "(Kaplan-Meier; orders that wait or were taken back are censored); undefined when less than half ever are.",
        False,
    ),
    Measure(
        "unbilled",
        "Orders not billed",
        "number",
        "Orders of customers that wait to be served or for their papers, mean over the period. An order waits until it "
        "is billed or its customer has left.",
        False,
    ),
    Measure("unbilled_end", "Orders not billed at the end", "number", "The same at the end of the period.", False),
    Measure("unbilled_revenue", "Revenue not billed", "money", "Their revenue, mean over the period.", False),
    Measure(
        "unbilled_revenue_end", "Revenue not billed at the end", "money", "The same at the end of the period.", False
    ),
    Measure(
        "unbilled_revenue_end.<activity>",
        "Not billed at the end, waits for <activity>",
        "money",
        "The part of it that waits for one activity: `serve`, or `paperwork` once it is served.",
        False,
    ),
    Measure(
        "unbilled_days.<activity>",
        "Days it has waited for <activity>",
        "days",
        "How long the orders that wait for one activity at the end have waited for it by then, mean.",
        False,
    ),
    Measure(
        "overdue",
        "Overdue work",
        "number",
        "Pieces of work past their due time that wait for a person, mean over the period, seen once a week.",
        False,
    ),
    Measure("overdue_end", "Overdue work at the end", "number", "The same at the end of the period.", False),
    Measure(
        "overdue.<activity>",
        "Overdue: <activity>",
        "number",
        "Overdue work of one activity, mean over the period; only of activities that have a due time.",
        False,
    ),
    Measure(
        "overdue_end.<activity>",
        "Overdue at the end: <activity>",
        "number",
        "The same at the end of the period.",
        False,
    ),
)

OF_ACTIVITY = {"wait", "unbilled_revenue_end", "unbilled_days", "overdue", "overdue_end"}
"""Families of measures with one member for each activity."""
