"""Proficiency of people in activities, and what follows from it; the rules are those of `department.skills`."""

import cython
from cython.cimports.libc.math import exp, fabs, log
from cython.cimports.libc.math import pow as raised_to

from simulation.floor.layout import (
    FloorP,
    SkillP,
)
from simulation.floor.names import (
    ACTIVITIES,
    MOST_ODDS,
    MOST_RAISED,
)


def skill_of(floor: FloorP, person: cython.int, activity: cython.int) -> SkillP:
    """A person's skill in an activity; `there` says whether proficiency has an effect."""
    return floor.skills + (person * ACTIVITIES + activity)


def bounded(shift: cython.double, most: cython.double) -> cython.double:
    """A shift that is not too large to reckon with."""
    low: cython.double = most if not shift < most else shift
    return low if low > -most else -most


def power(base: cython.double, exponent: cython.double) -> cython.double:
    """`base ** exponent` for a base above 0, within what can be reckoned with."""
    if exponent == 1.0:
        return base
    raised: cython.double = exponent * log(base)
    if fabs(raised) > MOST_RAISED:
        return exp(bounded(raised, MOST_RAISED))
    return raised_to(base, exponent)


def set_proficiency(skill: SkillP, proficiency: cython.double) -> cython.void:
    """Take over a proficiency and what follows from it."""
    skill.proficiency = proficiency
    skill.able = proficiency > 0.0
    if not skill.able:
        skill.pace = 0.0
        return
    skill.pace = skill.availability * (proficiency if skill.speed == 1.0 else power(proficiency, skill.speed))
    if skill.plain:
        return
    logarithm: cython.double = log(proficiency)
    shift: cython.double = skill.conversion * logarithm
    sharp: cython.double = skill.filter * logarithm
    size: cython.double = skill.deal_size * logarithm
    if fabs(shift) < MOST_RAISED and fabs(sharp) < MOST_RAISED and fabs(size) < MOST_RAISED:
        skill.shift = shift
        skill.sharp = sharp
        skill.size = size
    else:
        skill.shift = bounded(shift, MOST_ODDS)
        skill.sharp = bounded(sharp, MOST_ODDS)
        skill.size = bounded(size, MOST_RAISED)
    if skill.retention != 0.0:
        skill.hold = power(proficiency, skill.retention)
    if skill.uplift != 0.0:
        skill.growth = power(proficiency, skill.uplift)


def practise(skill: SkillP) -> cython.void:
    """One more repetition."""
    skill.gap *= skill.keep
    set_proficiency(skill, (skill.mastery - skill.gap) * skill.talent)


def practise_often(skill: SkillP, repetitions: cython.double) -> cython.void:
    """Many repetitions at once (attempts)."""
    if skill.learns:
        skill.gap *= raised_to(skill.keep, repetitions)
        set_proficiency(skill, (skill.mastery - skill.gap) * skill.talent)


def slow_down(floor: FloorP, person: cython.int, speed: cython.double) -> cython.void:
    """Learn at a share of the usual speed from now on."""
    skill: SkillP
    k: cython.int
    for k in range(ACTIVITIES):
        skill = skill_of(floor, person, k)
        if skill.there:
            skill.keep = skill.base if speed == 1.0 else raised_to(skill.base, speed)


def set_availability(floor: FloorP, person: cython.int, availability: cython.double) -> cython.void:
    """Take over a changed share of free time."""
    skill: SkillP
    k: cython.int
    for k in range(ACTIVITIES):
        skill = skill_of(floor, person, k)
        if skill.there:
            skill.availability = availability
            set_proficiency(skill, skill.proficiency)
