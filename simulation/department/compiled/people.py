"""People at work on the compiled floor: what lives ask of somebody, handed on to the kernel."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from simulation.department.arrangement import Arrangement
from simulation.department.departures import Departures
from simulation.department.employees import Employee, Place
from simulation.department.hours import Hours
from simulation.department.person import Person
from simulation.department.plan.hours import Working
from simulation.department.skills import Ramp, Skill, at_tenure
from simulation.department.work import Crew, Terms, Worker
from simulation.floor.choice import Kernel

_REFRESHED = (
    "_gap",
    "_keep",
    "proficiency",
    "pace",
    "shift",
    "sharp",
    "size",
    "hold",
    "growth",
    "able",
    "availability",
)
"""What changes of a skill while somebody works, in the order of `Kernel.skill_now`."""


def values_of(skill: Skill) -> tuple[float, ...]:
    """A skill in the order of `Kernel.skill`."""
    effects = skill.effects
    return (
        skill.able,
        skill.learns,
        skill._plain,
        skill.proficiency,
        skill.pace,
        skill.shift,
        skill.sharp,
        skill.size,
        skill.hold,
        skill.growth,
        skill.availability,
        skill.talent,
        skill._mastery,
        skill._base,
        skill._keep,
        skill._gap,
        effects.speed,
        effects.conversion,
        effects.filter,
        effects.deal_size,
        effects.retention,
        effects.growth,
    )


class CompiledPerson(Person):
    """Somebody at work, who is a row of the kernel."""

    __slots__ = ("_kernel", "_skills", "number")

    def __init__(
        self, kernel: Kernel, employee: Employee, place: Place, crew: Crew, skills: list[Skill | None], office: object
    ) -> None:
        self.name = employee.seat.name if employee.hire == 0 else f"{employee.seat.name}.{employee.hire}"
        self.employee = employee
        self.crew = crew
        self.gone = False
        self.office = office  # type: ignore[assignment]
        self.place = place
        self._kernel = kernel
        self.number: int = kernel.person(crew.row, place.number, self.office.number)  # type: ignore[attr-defined]
        self.skills = skills

    @property
    def skills(self) -> list[Skill | None]:
        """The skills as they are now."""
        self.refresh()
        return self._skills

    @skills.setter
    def skills(self, skills: list[Skill | None]) -> None:
        self._skills = skills
        for activity, skill in enumerate(skills):
            self._kernel.skill(self.number, activity, None if skill is None else values_of(skill))

    def refresh(self) -> None:
        """Let the skills be as they are in the kernel."""
        for activity, skill in enumerate(self._skills):
            if skill is not None:
                for name, value in zip(_REFRESHED, self._kernel.skill_now(self.number, activity), strict=True):
                    setattr(skill, name, value)

    # --- what lives ask ---------------------------------------------------------------------------------------

    def slow_down(self, speed: float) -> None:
        """Learn at a share of the usual speed from now on."""
        self._kernel.slow_down(self.number, speed)

    def set_availability(self, availability: float) -> None:
        """Take over a changed share of free time."""
        self._kernel.set_availability(self.number, availability)

    def at_tenure(self, months: float) -> bool:
        """Explicit ramps go by months of tenure; whether the person can do more kinds of work than before."""
        skills = self.skills
        more = at_tenure(skills, months)
        for activity, skill in enumerate(skills):
            if isinstance(skill, Ramp):
                self._kernel.set_proficiency(self.number, activity, skill.proficiency)
        return more

    def worth(self, tasks: list[tuple[int, float, float]]) -> float:
        """Proficiency relative to a practised colleague of the same talent: by activity, weight and his level."""
        share, skills, proficiency = 0.0, self._skills, self._kernel.proficiency
        for activity, weight, level in tasks:
            skill = skills[activity]
            share += weight if skill is None else weight * proficiency(self.number, activity) / (level * skill.talent)
        return share

    def meets(self, step: int, hours: float, duty: int) -> None:
        """Have a meeting, or give hours to others."""
        self._kernel.meets(self.number, step, hours, duty)

    def lives_through(self, away: list[tuple[float, float]]) -> None:
        """Be away and come back, until the person leaves the firm."""
        if away:
            self._kernel.career(self.number, away)

    @property
    def away_from(self) -> float:
        """Begin of the present or next absence."""
        return float(self._kernel.away_from(self.number))

    @away_from.setter
    def away_from(self, when: float) -> None:
        self._kernel.set_away_from(self.number, when)

    @property
    def settled(self) -> bool:
        """Whether a leaver's work was given to others."""
        return bool(self._kernel.is_settled(self.number))

    @settled.setter
    def settled(self, settled: bool) -> None:
        raise AttributeError("the kernel settles")

    @property
    def prospects_now(self) -> bool:
        """Whether attempts are in hand."""
        return bool(self._kernel.prospects_now(self.number))

    @property
    def free(self) -> bool:
        """Whether the person has no work in hand."""
        return bool(self._kernel.is_free(self.number))

    def look_for_work(self) -> None:
        """Take the first piece of work in the order of preference, or be idle. Only for somebody without work."""
        self._kernel.look_for_work(self.number)

    def repace(self, now: float, size: float = 1.0) -> None:
        """The pace has changed: what is left of what is in hand follows."""
        self._kernel.repace(self.number)

    def demanded(self, now: float) -> float:
        """Hours that the place has seen of work that somebody asked for, until now: no prospecting, no care."""
        return float(self._kernel.demanded(self.number))

    def keep_hours(self, office: object, now: float) -> None:
        """Work other hours from now on; what is in hand is laid down, and goes on in them."""
        self._kernel.keep_hours(self.number, office.number)  # type: ignore[attr-defined]
        self.office = office  # type: ignore[assignment]

    def set_terms(self, terms: Terms) -> None:
        """Take over changed terms of work."""
        self._kernel.set_terms(self.number)


class CompiledTerms(Terms):
    """What holds for everybody who works here; the kernel is told."""

    kernel: Kernel

    def renew(self, ease: list[float], attempt_ease: float) -> bool:
        """From now on other factors hold; whether that changes anything."""
        changed = super().renew(ease, attempt_ease)
        if changed:
            self.kernel.set_ease(ease, attempt_ease)
        return changed

    def adopt(self, working: Working) -> None:
        """Take over what the plan has."""
        from simulation.department.compiled.order import whole

        super().adopt(working)
        self.kernel.working(self.availability, self.switching, whole(working.group), whole(working.activity))


class CompiledHours(Hours):
    """Who works when."""

    kernel: Kernel

    def wake(self) -> None:
        """Let those who are idle look for work."""
        self.kernel.wake()


class CompiledArrangement(Arrangement):
    """Gives the people of a department their queues."""

    kernel: Kernel

    def settle_in(self, person: Person) -> None:
        """Let a person be one of its crew, with queues in the crew's order of preference."""
        crew = person.crew
        if person not in crew.people:
            crew.people.append(person)
        if person not in self._workforce.people:
            self._workforce.people.append(person)
            self._workforce.all_workers.append(person)
        self.kernel.settle_in(_number(person), crew.row)

    def can_do_more(self, person: Person) -> None:
        """Somebody's first months without proficiency in an activity are over."""
        self.kernel.can_do_more(_number(person))

    def prepare_prospecting(self) -> None:
        """Which channels each crew works at."""
        crews: dict[int, list[int]] = {number: [] for number in range(len(self._blueprint.channels))}
        for crew in self._workforce.crews:
            for numbers in crew.prospects.values():
                for number in numbers:
                    crews[number].append(crew.row)
        for number, rows in crews.items():
            self.kernel.crews_at(number, rows)

    def deal_out(self, crew: Crew) -> None:
        """Give out the work that waited for somebody to come."""
        self.kernel.deal_out(crew.row)

    def reorganise(self) -> None:
        """Duties have changed: draw all tables anew, and let everything that waits wait where it belongs now."""
        kernel = self.kernel
        waiting: list[tuple[float, int]] = kernel.at_desks()
        here = [_number(person) for person in self._workforce.all_workers if not person.settled]
        for number in here:
            waiting += kernel.at_person(number)
            if kernel.prospects_now(number):
                kernel.stop(number)
        banded = bool(self._blueprint.bands)
        self._blueprint.draw(self._rules.scenario)
        self.prepare_prospecting()
        for number in here:
            kernel.follow_new_order(number)
            kernel.furnish(number)
            kernel.becomes_idle(number)
        if banded or self._blueprint.bands:
            kernel.classify()
        for _, job in sorted(waiting, key=lambda row: row[0]):
            if kernel.is_waiting(job):
                kernel.lay_again([job])


class CompiledDepartures(Departures):
    """Gives the work of leavers to others."""

    kernel: Kernel

    def _out_of_work(self, worker: Person, now: float) -> None:
        """Somebody works here no longer."""
        self.kernel.leaves(_number(worker))
        worker.crew.people.remove(worker)
        worker.gone = True

    def hand_over(self, worker: Person, heirs: Iterable[Worker], known: bool) -> None:
        """Some of the leads and customers are lost; the rest is shared out among the heirs in turn."""
        spec = self._rule
        saved = 1.0 - (spec.colleague_saves if known else 0.0)
        rule = (
            spec.leads_lost,
            spec.customers_lost,
            saved,
            self.kept,
            spec.orders_fall,
            inf if spec.orders_recover == inf else spec.orders_recover,
        )
        self.kernel.hand_over(_number(worker), [_number(heir) for heir in heirs], rule)

    def _hand_over_book(self, worker: Person) -> None:
        """Leads and customers that the person does not look after any more go through a hand-off between roles."""
        self.kernel.hand_over_book(_number(worker))

    def _settle(self, worker: Person, heirs: Iterable[Worker]) -> None:
        """Let everything that waits for the leaver wait with the heirs, from now on too."""
        self.kernel.settled(_number(worker), [_number(heir) for heir in heirs])

    def change_role(self, worker: Person, place: Place, crew: Crew, skills: list[Skill | None]) -> None:
        """Somebody goes to another crew with all skills; what the new role does not do is handed over."""
        assert isinstance(worker, CompiledPerson)
        kernel, number = self.kernel, worker.number
        has_place(kernel, place)
        waiting = kernel.change_role(number, place.number, crew.row)
        worker.crew.people.remove(worker)
        worker.place, worker.crew = place, crew
        worker.refresh()  # what was laid down has taught him something, also where the skill is kept
        worker.skills = skills
        kernel.follow_new_order(number)
        self._arrangement.settle_in(worker)
        self._leading.slow_down(worker)
        kernel.release(number)
        self._hand_over_book(worker)
        kernel.lay_again(waiting)
        self._arrangement.deal_out(crew)


def _number(person: Worker) -> int:
    """The row of a person in the kernel."""
    assert isinstance(person, CompiledPerson)
    return person.number


def has_place(kernel: Kernel, place: Place) -> None:
    """Let the kernel have a place; those before it are of people whose work is not simulated."""
    while kernel.places < place.number:
        kernel.place(0)
    if kernel.places == place.number:
        kernel.place(place.role)
