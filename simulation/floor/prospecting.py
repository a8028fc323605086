"""Prospecting: attempts at an outbound channel until the next find; the rules are those of `department.prospecting`."""

import cython
from cython.cimports.libc.math import INFINITY, ceil
from cython.cimports.libc.math import floor as floored

from simulation.floor.arrivals import (
    find,
)
from simulation.floor.clock import (
    at,
    between,
    finish,
)
from simulation.floor.days import (
    noted,
)
from simulation.floor.layout import (
    ChannelP,
    CrewP,
    FloorP,
    NotedP,
    OfficeP,
    PersonP,
    PlaceP,
    QuestP,
    SkillP,
    append,
    fail,
)
from simulation.floor.luck import (
    attempts_to_find,
)
from simulation.floor.names import (
    BELL,
    FOUND,
    NO_FIND,
    NO_ROOM,
    PROSPECT,
)
from simulation.floor.people import (
    ends,
    has_room,
    idle_no_more,
    pace_at,
    prospects,
    prospects_no_more,
    protected_until,
)
from simulation.floor.pieces import (
    idle_ones_look,
)
from simulation.floor.skills import (
    practise_often,
    skill_of,
)


def attempts_so_far(floor: FloorP, person: PersonP, now: cython.double) -> cython.double:
    """Attempts of this stretch until now, the one in hand in part."""
    quest: QuestP = floor.quests + person.quest
    spent: cython.double = between(floor.offices + person.office, person.timed, now) - person.lead_in
    if not quest.attempt > 0.0:
        return person.made
    return person.made + (spent if spent > 0.0 else 0.0) * quest.pace / quest.attempt


def new_quest(floor: FloorP, number: cython.int) -> cython.int:
    """The attempts towards the next find of a channel that nobody works on."""
    channel: ChannelP = floor.channels + number
    q: cython.int
    k: cython.int
    if channel.released.count > 0:
        q = channel.released.rows[0]
        channel.released.count -= 1
        for k in range(channel.released.count):
            channel.released.rows[k] = channel.released.rows[k + 1]
        return q
    if floor.quests_count >= floor.quests_room:
        fail(floor, NO_ROOM, -1, floor.quests_count)
        return 0
    q = floor.quests_count
    floor.quests_count += 1
    quest: QuestP = floor.quests + q
    quest.channel = number
    quest.ordinal = channel.next
    channel.next += 1
    quest.granted = 0
    quest.attempt = channel.attempt
    quest.pace = 1.0
    quest.redrawn = 0
    quest.remaining = attempts_to_find(floor, number, quest.ordinal, 0)
    return q


def grant(floor: FloorP, p: cython.int, duty: cython.int, in_window: cython.double) -> cython.int:
    """A stretch of attempts: to the find, the list's end, or the end of a protected window; -1 when there is none."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    channel: ChannelP
    quest: QuestP
    wanted: cython.double
    most: cython.double
    k: cython.int
    c: cython.int
    q: cython.int
    for k in range(crew.channels_of[duty], crew.channels_of[duty + 1]):
        c = crew.channels[k]
        channel = floor.channels + c
        q = floor.quest_of[p * floor.channels_count + c]
        wanted = INFINITY if q < 0 else cython.cast(cython.double, floor.quests[q].remaining)
        if channel.attempt > 0.0 and in_window < INFINITY:
            most = ceil(in_window / channel.attempt - 1e-9)
            if not most > 1.0:
                most = 1.0
            if most < wanted:
                wanted = most
        if (channel.left if channel.left < wanted else wanted) < 1.0:
            continue
        if q < 0:
            q = new_quest(floor, c)
            floor.quest_of[p * floor.channels_count + c] = q
        quest = floor.quests + q
        if quest.remaining < wanted:
            wanted = cython.cast(cython.double, quest.remaining)
        if channel.left < wanted:
            wanted = channel.left
        quest.granted = cython.cast(cython.longlong, wanted)
        channel.left -= quest.granted
        return q
    return -1


def begin_attempts(floor: FloorP, p: cython.int, now: cython.double, duty: cython.int) -> cython.bint:
    """Begin or go on with attempts until the next find, the list's end, the window's end or an absence."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    office: OfficeP = floor.offices + person.office
    if crew.most_open < INFINITY and not has_room(floor, p):
        return False
    pace: cython.double = pace_at(floor, p, PROSPECT) / floor.attempt_ease
    group: cython.int = floor.group_of[PROSPECT]
    lead_in: cython.double = 0.0 if person.last == -1 or person.last == group else floor.switching
    window: cython.double = protected_until(floor, p, now) if crew.windows_count > 0 else now
    in_window: cython.double = (between(office, now, window) - lead_in) * pace if window > now else INFINITY
    q: cython.int = grant(floor, p, duty, in_window)
    if q < 0:
        return False
    quest: QuestP = floor.quests + q
    length: cython.double = quest.attempt / pace
    hours: cython.double = lead_in + quest.granted * length
    until: cython.double = finish(office, now, hours)
    fits: cython.longlong
    if until > person.away_from:
        fits = cython.cast(cython.longlong, floored((between(office, now, person.away_from) - lead_in) / length + 1e-9))
        if fits < 0:
            fits = 0
        floor.channels[quest.channel].left += quest.granted - fits
        quest.granted = fits
        if fits == 0:
            return False
        hours = lead_in + fits * length
        until = finish(office, now, hours)
        if person.away_from < until:
            until = person.away_from
    idle_no_more(floor, p)
    if window <= now:
        prospects(floor, p, duty)
    quest.pace = pace
    person.made = 0.0
    person.lead_in = lead_in
    person.activity = PROSPECT
    person.last = group
    person.overdue = 0.0
    person.quest = q
    person.since = now
    person.timed = now
    hours = ends(floor, person, now, until, hours)
    floor.places[person.place].busy[PROSPECT] += hours
    at(floor, person.until, BELL, p, person.version)
    return True


def give_back(floor: FloorP, q: cython.int, attempts: cython.longlong) -> cython.void:
    """Attempts that will not be made after all in this stretch."""
    quest: QuestP = floor.quests + q
    channel: ChannelP = floor.channels + quest.channel
    quest.granted -= attempts
    dry: cython.bint = channel.left < 1.0
    channel.left += attempts
    if dry and attempts != 0:
        tell(floor, quest.channel)


def tell(floor: FloorP, number: cython.int) -> cython.void:
    """Let those who are idle and prospect at a channel look again."""
    channel: ChannelP = floor.channels + number
    k: cython.int = 0
    while k < channel.crews.count:
        idle_ones_look(floor, channel.crews.rows[k])
        k += 1


def attempts_made(floor: FloorP, p: cython.int, now: cython.double) -> cython.void:
    """The granted attempts are made: the last one finds a lead where none remain."""
    person: PersonP = floor.people + p
    place: PlaceP = floor.places + person.place
    q: cython.int = person.quest
    quest: QuestP = floor.quests + q
    channel: ChannelP = floor.channels + quest.channel
    skill: SkillP = skill_of(floor, p, PROSPECT)
    made: cython.longlong = quest.granted
    found: cython.bint
    row: NotedP
    person.quest = -1
    prospects_no_more(floor, p)
    place.stretches += 1
    place.repetitions[PROSPECT] += made
    if skill.there:
        practise_often(skill, cython.cast(cython.double, made))
    quest.remaining -= made
    channel.attempts += made
    found = quest.remaining <= 0
    if found:
        floor.quest_of[p * floor.channels_count + quest.channel] = -1
        find(floor, channel.table, quest.ordinal, p)
    if floor.logs:
        row = noted(floor, p, -1, now, FOUND if found else NO_FIND)
        if row != cython.NULL:
            row.kind = -1
            row.stock = quest.channel
            row.i = quest.ordinal


def redraw(floor: FloorP, q: cython.int, before: cython.longlong) -> cython.void:
    """The chance of a find has changed: what is left to it is drawn anew, each time from a number of its own."""
    quest: QuestP = floor.quests + q
    quest.redrawn += 1
    quest.remaining = before + attempts_to_find(floor, quest.channel, quest.ordinal, quest.redrawn)


def release(floor: FloorP, p: cython.int) -> cython.void:
    """Others go on with what is left of a leaver's attempts."""
    c: cython.int
    q: cython.int
    for c in range(floor.channels_count):
        q = floor.quest_of[p * floor.channels_count + c]
        if q >= 0:
            append(floor, cython.address(floor.channels[c].released), q)
            floor.quest_of[p * floor.channels_count + c] = -1
