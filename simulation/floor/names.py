"""Names of the kernel's numbers: kinds of events, jobs and luck, states and reasons, bounds."""

# cython: part of the kernel

URGENT, NORMAL = range(2)
"""Classes of events: doors of the office, and what somebody who has left does no more, come before all else."""

(
    BELL,
    ARRIVES,
    COMES_BACK,
    SHOWS,
    ROOM_AGAIN,
    REMINDS,
    PAST_DUE,
    MAY_HELP,
    ORDERS,
    REQUESTS,
    REVIEWS,
    FALLS_DUE,
    OPENS,
    CLOSES,
    GOES_AWAY,
    IS_BACK,
    NOTICE,
) = range(17)
"""Kinds of events."""

(LEAD, NUDGE, MEETING, REQUEST, ORDER, CARE_CALL, PROPOSAL, DEAL_PAPERS, ORDER_PAPERS, DUNNING) = range(10)
"""Kinds of jobs; a nudge is a word to a lead that is silent, a dunning a reminder of a payment."""

OPEN, WON, LOST = range(3)
"""States of a lead, as in `department.record`."""
(
    _NOT_LOST,
    UNANSWERED,
    ANSWERED_LATE,
    DISQUALIFIED_UNFIT,
    DISQUALIFIED_FIT,
    LOST_IN_HAND_OFF,
    WAITED,
    QUESTION,
    DECLINED,
    UNFIT,
    LEAVER,
    EXPIRED,
    DECLINED_AT_ONCE,
    NOT_REACHED,
) = range(14)
"""Why a lead was lost, as in `department.record`."""
STAYS, CHURN, IN_HAND_OFF, WITH_LEAVER = range(4)
"""Why a customer has left."""
DEAL, REORDER, DISTRIBUTED = range(3)
"""Kinds of sales."""

ACTIVITIES = 11
PROSPECT, CARE = 0, 10
"""Activities, as in `scenario.people`; `tests/unit/floor` compares these numbers."""
QUALIFY = 0
"""Step of the first contact."""
NO_GUARD, ROOM, HELP = range(3)
"""What guards a line of the order of preference."""

HAND_OFF, DEPARTURE, MOVED, CUSTOMER_HAND_OFF, CUSTOMER_DEPARTURE, UPSETS = range(6)
"""Streams of upsets, and how many there are."""
(
    ORDER_GAP,
    ORDER_WORK,
    ORDER_SIZE,
    REQUEST_GAP,
    REQUEST_WORK,
    UPSELL_GAP,
    UPSELL_WORK,
    UPSELL_DECISION,
    CARE_WORK,
    PAYMENT,
    LATE,
    REMINDER,
    DROP_OUT,
    PAPERWORK,
) = range(14)
"""Streams of a customer's numbers; papers of product p are stream PAPERWORK + p."""

(DONE, INTERRUPTED, HAS_LEFT, BOUGHT_MORE, DECLINES, NO_FIND, FOUND, GOES_ON, IS_WON, NO_ANSWER, IS_LOST) = range(11)
"""How a piece of work ended, for the event log; IS_LOST + reason for a lost lead."""

NO_MEMORY, NO_ROOM, TWICE_IN_A_QUEUE, NO_LUCK = range(1, 5)
"""What can go wrong."""

(AS_IT_IS, CONSTANT, TABLED, EVEN, TRIANGULAR, OF_A_LIST, WEIGHED, BELOW) = range(8)
"""Kinds of laws: the uniform itself, one number, what `written.laws` has, 1 for uniforms below a share."""

CONTACTS = 12
SPARE = 256
MONTH = 730.5
LONGEST = 1e6
SHIFT_BREAK = 6.0
SLACK = 1e-9
MOST_RAISED = 20.0
MOST_ODDS = 700.0
