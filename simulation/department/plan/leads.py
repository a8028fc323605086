"""The luck and the rates of a stock of leads, as a table."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.department.plan.table import Floats, Ints, column


@dataclass(frozen=True)
class Leads:
    """Leads of one channel and kind: new ones, or those of the first day. Row i of every column is the same lead.

    Step 0 is qualification, s the s-th stage. Where a mechanism is off its luck has a value that does nothing. The
    arrays of luck are those of the World's stock: all structures that ask for the same share them.
    """

    arrived: Floats = column("arrival", "time of arrival; none for finds and those of the first day", "hours")
    product: Ints = column("lead", "which product it asks for")
    deal: Floats = column("product lead", "deal size, by the product that is asked for", "money")
    patience: Floats = column("lead", "patience for the first answer", "hours")
    late: Floats = column("lead", "luck of a late answer: lost where it is not below what is left of the chance")
    fit: Floats = column("lead", "1: fit; 0: it will not buy")
    leave: Floats = column("lead", "uniform whose -ln is the hazard at which the customer leaves")
    work: Floats = column("step lead", "work of the step at pace 1", "working hours")
    decision: Floats = column("step lead", "luck of the decision: passed where it is below the odds", "log-odds")
    question: Floats = column("step lead", "lost to an open question where it is below the risk")
    thinking: Floats = column("step lead", "thinking after the step", "hours")
    thinking_lost: Floats = column("step lead", "from the step to a no", "hours")
    silent: Floats = column("step lead", "luck of a lost one: it never says no where it is below the share")
    silent_share: Floats = column("step", "share of the lost who never say no")
    expires: Floats = column("step", "from the step until an unanswered lead is closed; inf: never", "hours")
    remind_every: Floats = column("step", "from one reminder to a silent one to the next; inf: none", "hours")
    remind: Floats = column("step lead", "work of a reminder at pace 1", "working hours")
    reach: Floats = column("step", "probability that a try reaches the customer")
    reach_every: Floats = column("step", "from a try in vain to the next", "hours")
    reach_most: Ints = column("step", "tries after which it is closed as not reached")
    attempt: Floats = column("step lead", "work of a try to reach the customer at pace 1", "working hours")
    at_once: Floats = column("lead", "1: it is lost as it arrives")
    waits: Floats = column("step lead", "patience before the step", "hours")
    odds: Floats = column("step product", "odds of conversion at proficiency 1", "log-odds")
    risk: Floats = column("step product", "probability that a question is left open")
    true_positive: Floats = column("product", "odds that a fit lead is passed at proficiency 1", "log-odds")
    false_positive: Floats = column("product", "odds that an unfit lead is passed at proficiency 1", "log-odds")
