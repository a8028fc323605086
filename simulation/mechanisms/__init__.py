"""The mechanisms by which structures differ: one plain module for each, with everything that is its own.

A module holds its keys (the blocks and keys of which the schema is composed) with their neutral values, its rules as
functions of its own block and of numbers, what the closed form takes of it, and what it says of itself (`Mechanism`):
its player in explanations, the hot lines that read it, its measures. Where a rule is hot it stands with the work that
it is a part of (`department`), and the module points there; its luck is a stream of `world`; its words stand in the
catalogues. May use ``written`` and nothing to its right: the schema needs these modules. Start reading at ``coaching``.
"""

from simulation.mechanisms import (
    absence,
    care,
    coaching,
    departure,
    effort,
    filter,
    hand_off,
    hiring,
    interventions,
    onboarding,
    order_of_work,
    others,
    pooling,
    price,
    probation,
    prospecting,
    ramp,
    reach,
    response,
    specialisation,
    switching,
    talent,
    turnover,
    unhappy_customers,
    upsell,
)
from simulation.mechanisms.mechanism import Mechanism

MECHANISMS: tuple[Mechanism, ...] = (
    pooling.MECHANISM,
    specialisation.MECHANISM,
    switching.MECHANISM,
    hand_off.MECHANISM,
    filter.MECHANISM,
    prospecting.MECHANISM,
    care.MECHANISM,
    order_of_work.MECHANISM,
    others.PAPERWORK,
    turnover.MECHANISM,
    hiring.MECHANISM,
    probation.MECHANISM,
    onboarding.MECHANISM,
    ramp.MECHANISM,
    departure.MECHANISM,
    absence.MECHANISM,
    others.PAYROLL,
    coaching.MECHANISM,
    response.MECHANISM,
    reach.MECHANISM,
    unhappy_customers.MECHANISM,
    talent.MECHANISM,
    others.MEETINGS,
    others.AVAILABILITY,
    others.QUESTIONS,
    price.MECHANISM,
    others.LOYALTY,
    upsell.MECHANISM,
    others.LATE_PAYMENT,
    effort.MECHANISM,
    others.PART_TIME,
    interventions.MECHANISM,
    others.SHIFTS,
)
"""In the order of the model's description; what is a rule of its own and no reason of MODEL last."""
