"""The catalogue of measures of work: what customers order and what of it is billed, and what is past its due time."""

from __future__ import annotations

from simulation.analysis.measure import Measure

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
