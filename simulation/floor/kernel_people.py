"""What lives ask of people: who comes, works, learns, leaves, or has another role."""

import cython
from cython.cimports.libc.math import INFINITY
from cython.cimports.libc.stdlib import calloc, free
from cython.cimports.libc.string import memset

from simulation.floor.arrivals import (
    class_of,
    size_of,
)
from simulation.floor.days import (
    await_absence,
    stop,
    wake,
)
from simulation.floor.departures import (
    change_role,
    deal_out,
    follow_new_order,
    furnish,
    hand_over_all,
    hand_over_book,
    lay_again,
    leaves,
    look_what_he_can,
    settle_in,
    settled,
    what_waits,
)
from simulation.floor.layout import (
    CustomerP,
    FloorP,
    LeadP,
    PersonP,
    PlaceP,
    SkillP,
    grown,
)
from simulation.floor.names import (
    ACTIVITIES,
)
from simulation.floor.people import (
    becomes_idle,
    is_free,
    look_for_work,
)
from simulation.floor.pieces import (
    repace,
)
from simulation.floor.prospecting import (
    release,
)
from simulation.floor.queues import (
    take_out,
    waiting,
)
from simulation.floor.records import (
    Person,
    Place,
    Skill,
    Spell,
)
from simulation.floor.reviews import (
    demanded,
    meets,
)
from simulation.floor.skills import (
    set_availability,
    set_proficiency,
    skill_of,
    slow_down,
)


class Kernel:
    """More of the kernel: `build` puts it together."""

    # --- people ----------------------------------------------------------------------------------------------

    def place(self, role: cython.int):
        """A new place; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.places = cython.cast(
            PlaceP,
            grown(floor, floor.places, floor.places_count, cython.address(floor.places_room), 16, cython.sizeof(Place)),
        )
        self._check()
        floor.places_count += 1
        memset(floor.places + (floor.places_count - 1), 0, cython.sizeof(Place))
        floor.places[floor.places_count - 1].role = role
        return floor.places_count - 1

    def person(self, crew: cython.int, place: cython.int, office: cython.int):
        """Somebody who will work here; the number. `settle_in` gives him queues."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        floor.people = cython.cast(
            PersonP,
            grown(
                floor, floor.people, floor.people_count, cython.address(floor.people_room), 16, cython.sizeof(Person)
            ),
        )
        floor.skills = cython.cast(
            SkillP,
            grown(
                floor,
                floor.skills,
                floor.skills_count,
                cython.address(floor.skills_room),
                16 * ACTIVITIES,
                cython.sizeof(Skill),
            ),
        )
        floor.quest_of = cython.cast(
            cython.p_int,
            grown(
                floor,
                floor.quest_of,
                floor.quest_of_count,
                cython.address(floor.quest_of_room),
                16 * floor.channels_count + 1,
                cython.sizeof(cython.int),
            ),
        )
        self._check()
        number: cython.int = floor.people_count
        floor.people_count += 1
        floor.quest_of_count += floor.channels_count
        for k in range(floor.channels_count):
            floor.quest_of[floor.quest_of_count - 1 - k] = -1
        floor.skills_count += ACTIVITIES
        memset(floor.skills + (floor.skills_count - ACTIVITIES), 0, ACTIVITIES * cython.sizeof(Skill))
        person: PersonP = floor.people + number
        memset(person, 0, cython.sizeof(Person))
        person.crew = crew
        person.place = place
        person.office = office
        person.job = -1
        person.quest = -1
        person.helps_at = -1
        person.last = -1
        person.heir = -1
        person.idle_before = -1
        person.idle_after = -1
        person.prospecting = -1
        person.window_day = -1
        person.away_from = INFINITY
        self._check()
        return number

    def skill(self, p: cython.int, activity: cython.int, values):
        """A skill as the host has it, or None; `values` in the order of `SKILL`."""
        skill: SkillP = skill_of(cython.address(self.floor), p, activity)
        if values is None:
            skill.there = False
            return
        (
            skill.able,
            skill.learns,
            skill.plain,
            skill.proficiency,
            skill.pace,
            skill.shift,
            skill.sharp,
            skill.size,
            skill.hold,
            skill.growth,
            skill.availability,
            skill.talent,
            skill.mastery,
            skill.base,
            skill.keep,
            skill.gap,
            skill.speed,
            skill.conversion,
            skill.filter,
            skill.deal_size,
            skill.retention,
            skill.uplift,
        ) = values
        skill.there = True

    def skill_now(self, p: cython.int, activity: cython.int):
        """What has changed of a skill: gap, keep, proficiency, pace, shift, sharp, size, hold, growth, able, availability."""
        skill: SkillP = skill_of(cython.address(self.floor), p, activity)
        return (
            skill.gap,
            skill.keep,
            skill.proficiency,
            skill.pace,
            skill.shift,
            skill.sharp,
            skill.size,
            skill.hold,
            skill.growth,
            bool(skill.able),
            skill.availability,
        )

    def proficiency(self, p: cython.int, activity: cython.int):
        """Somebody's proficiency in an activity."""
        return skill_of(cython.address(self.floor), p, activity).proficiency

    def set_proficiency(self, p: cython.int, activity: cython.int, proficiency: cython.double):
        """Take over a proficiency."""
        set_proficiency(skill_of(cython.address(self.floor), p, activity), proficiency)

    def slow_down(self, p: cython.int, speed: cython.double):
        """Learn at a share of the usual speed from now on."""
        slow_down(cython.address(self.floor), p, speed)

    def set_availability(self, p: cython.int, availability: cython.double):
        """Take over a changed share of free time."""
        set_availability(cython.address(self.floor), p, availability)

    def set_terms(self, p: cython.int):
        """Take over changed terms of work."""
        person: PersonP = self.floor.people + p
        if person.last >= 0:
            person.last = self.floor.group_of[person.activity]

    def settle_in(self, p: cython.int, crew: cython.int):
        """Let somebody be one of a crew, with queues in its order of preference."""
        settle_in(cython.address(self.floor), p, crew)
        self._check()

    def furnish(self, p: cython.int):
        """Give somebody the queues of his crew anew."""
        furnish(cython.address(self.floor), p)
        self._check()

    def can_do_more(self, p: cython.int):
        """Somebody's first months without proficiency in an activity are over."""
        floor: FloorP = cython.address(self.floor)
        look_what_he_can(floor, p)
        deal_out(floor, floor.people[p].crew)
        if floor.people[p].idle:
            look_for_work(floor, p)
        self._check()

    def deal_out(self, crew: cython.int):
        """Give out the work that waited for somebody to come."""
        deal_out(cython.address(self.floor), crew)
        self._check()

    def career(self, p: cython.int, spells):
        """Let somebody be away and come back; `spells`: begin and end of each absence, in a row."""
        floor: FloorP = cython.address(self.floor)
        person: PersonP = floor.people + p
        count: cython.int = len(spells)
        floor.spells = cython.cast(
            cython.pointer(Spell),
            grown(
                floor,
                floor.spells,
                floor.spells_count,
                cython.address(floor.spells_room),
                count + 1,
                cython.sizeof(Spell),
            ),
        )
        self._check()
        person.spells = floor.spells_count
        person.spells_count = count
        person.spell = 0
        for begin_, end in spells:
            floor.spells_count += 1
            floor.spells[floor.spells_count - 1].begin = begin_
            floor.spells[floor.spells_count - 1].end = end
        await_absence(floor, p)
        self._check()

    def away_from(self, p: cython.int):
        """Begin of the present or next absence."""
        return self.floor.people[p].away_from

    def set_away_from(self, p: cython.int, when: cython.double):
        """Begin of the present or next absence."""
        self.floor.people[p].away_from = when

    def is_free(self, p: cython.int):
        """Whether somebody has no work in hand."""
        return bool(is_free(cython.address(self.floor), p))

    def prospects_now(self, p: cython.int):
        """Whether attempts are in hand."""
        return self.floor.people[p].quest >= 0

    def demanded(self, p: cython.int):
        """Hours that the place has seen of work that somebody asked for, until now: no prospecting, no care."""
        return demanded(cython.address(self.floor), p)

    def look_for_work(self, p: cython.int):
        """Take the first piece of work; only for somebody without work."""
        look_for_work(cython.address(self.floor), p)
        self._check()

    def repace(self, p: cython.int):
        """The pace has changed: what is left of what is in hand follows."""
        repace(cython.address(self.floor), p, 1.0)
        self._check()

    def keep_hours(self, p: cython.int, office: cython.int):
        """Work other hours from now on; what is in hand is laid down, and goes on in them."""
        floor: FloorP = cython.address(self.floor)
        if floor.people[p].office == office:
            return
        if not is_free(floor, p):
            stop(floor, p, floor.now)
        floor.people[p].office = office
        self._check()

    def meets(self, p: cython.int, step: cython.int, hours: cython.double, duty: cython.int):
        """Somebody has a meeting, or hours for others."""
        meets(cython.address(self.floor), p, step, hours, duty)
        self._check()

    def wake(self):
        """Let those who are idle look for work."""
        wake(cython.address(self.floor))
        self._check()

    # --- leaving ---------------------------------------------------------------------------------------------

    def leaves(self, p: cython.int):
        """Somebody works here no longer."""
        leaves(cython.address(self.floor), p)
        self._check()

    def hand_over(self, p: cython.int, heirs, rule):
        """Some of a leaver's leads and customers are lost; the rest is shared out among the heirs in turn."""
        floor: FloorP = cython.address(self.floor)
        count: cython.int = len(heirs)
        people: cython.p_int = cython.cast(cython.p_int, calloc(count + 1, cython.sizeof(cython.int)))
        k: cython.int
        for k in range(count):
            people[k] = heirs[k]
        lead_lost, customer_lost, saved, kept, fall, recover = rule
        hand_over_all(floor, p, people, count, lead_lost, customer_lost, saved, kept, fall, recover)
        free(people)
        self._check()

    def hand_over_book(self, p: cython.int):
        """Leads and customers that somebody does not look after any more go through a hand-off between roles."""
        hand_over_book(cython.address(self.floor), p)
        self._check()

    def settled(self, p: cython.int, heirs):
        """Let everything that waits for a leaver wait with the heirs, from now on too."""
        first: cython.int = heirs[0] if heirs else -1
        settled(cython.address(self.floor), p, cython.address(first), 1 if first >= 0 else 0)
        self._check()

    def is_settled(self, p: cython.int):
        """Whether a leaver's work was given to others."""
        return bool(self.floor.people[p].settled)

    def change_role(self, p: cython.int, place: cython.int, crew: cython.int):
        """Somebody goes to another crew; what waited for him."""
        floor: FloorP = cython.address(self.floor)
        base: cython.int = change_role(floor, p, place, crew)
        k: cython.int
        waiting_ = [floor.scratch[k] for k in range(base, floor.scratch_count)]
        floor.scratch_count = base
        self._check()
        return waiting_

    def follow_new_order(self, p: cython.int):
        """The duties of the crew have changed."""
        follow_new_order(cython.address(self.floor), p)

    def release(self, p: cython.int):
        """Others go on with what is left of somebody's attempts."""
        release(cython.address(self.floor), p)

    def lay_again(self, jobs):
        """Let jobs wait with whoever does them now."""
        floor: FloorP = cython.address(self.floor)
        for number in jobs:
            lay_again(floor, number)
            self._check()

    def at_desks(self):
        """Take all work that waits at desks out of them, with the time since when it is ready."""
        floor: FloorP = cython.address(self.floor)
        d: cython.int
        number: cython.int
        found = []
        for d in range(floor.desks_count):
            if floor.desks[d].dead:
                continue
            while floor.queues[floor.desks[d].queue].first >= 0:
                number = take_out(floor, floor.queues[floor.desks[d].queue].first)
                found.append((floor.jobs[number].ready, number))
        return found

    def at_person(self, p: cython.int):
        """The same of what waits for somebody."""
        floor: FloorP = cython.address(self.floor)
        base: cython.int = floor.scratch_count
        k: cython.int
        what_waits(floor, p)
        found = [(floor.jobs[floor.scratch[k]].ready, floor.scratch[k]) for k in range(base, floor.scratch_count)]
        floor.scratch_count = base
        return found

    def stop(self, p: cython.int):
        """Lay down what is in hand."""
        stop(cython.address(self.floor), p, self.floor.now)
        self._check()

    def becomes_idle(self, p: cython.int):
        """Whoever is there and has nothing in hand is idle."""
        floor: FloorP = cython.address(self.floor)
        if is_free(floor, p) and floor.people[p].away_from > floor.now:
            becomes_idle(floor, p)

    def is_waiting(self, number: cython.int):
        """Whether there is still somebody who waits for a job."""
        floor: FloorP = cython.address(self.floor)
        return bool(waiting(floor, floor.jobs + number))

    def classify(self):
        """The bands of deal sizes have changed."""
        floor: FloorP = cython.address(self.floor)
        row: cython.int
        lead: LeadP
        customer: CustomerP
        for row in range(floor.leads_count):
            lead = floor.leads + row
            lead.cls = class_of(
                floor,
                floor.tables[lead.table].channel,
                lead.product,
                size_of(floor, floor.tables + lead.table, lead.product, lead.i, lead.arrived),
            )
        for row in range(floor.customers_count):
            customer = floor.customers + row
            customer.cls = class_of(floor, customer.channel, customer.product, customer.size)
