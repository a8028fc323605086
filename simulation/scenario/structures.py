"""Structures: who does what, who owns what, what comes first. A structure is a list of roles."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from simulation.mechanisms.absence import COVER
from simulation.mechanisms.care import CARE_PER_MONTH
from simulation.mechanisms.coaching import LEADS, Leading
from simulation.mechanisms.hand_off import OWN_HAND_OFF, HandOff
from simulation.mechanisms.hiring import RECRUITING, Recruiting
from simulation.mechanisms.onboarding import ONBOARDING, Onboarding
from simulation.mechanisms.order_of_work import DUE, MOST_OPEN, NEWEST_FIRST, of_work_that_waits
from simulation.mechanisms.pooling import NEW_WORK, OWNERSHIP, PODS
from simulation.mechanisms.ramp import RAMP
from simulation.mechanisms.specialisation import Learning
from simulation.mechanisms.tenure_forms import TenureForm
from simulation.mechanisms.tenure_law import TenureLaw
from simulation.mechanisms.turnover import TURNOVER_LAW, TURNOVER_PER_YEAR
from simulation.scenario.customers import LoyaltyProgramme
from simulation.scenario.interventions import Intervention
from simulation.scenario.office_hours import Span, Week
from simulation.scenario.pay import Pay
from simulation.scenario.people import Activity, People
from simulation.scenario.shifts import FIXED, NamedSeat, Shift, has_own_hours
from simulation.texts import worded
from simulation.written.base import ANOTHER, NAME, OF_PEOPLE, Block, Neutral, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import (
    Amount,
    Count,
    Due,
    PerMonth,
    PerYear,
    Proficiency,
    Share,
    Working,
)


class Overflow(Block):
    """When a role helps out: only while the others' queue is long."""

    queue: Count = key(1, "Helps while at least so many wait; 0 is as 1: at once.")
    wait: Working = key("0 h", "Helps only with work that has waited at least so long, working time.")


class Duty(Block):
    """One activity of a role, with the part of it that the role does."""

    activity: Activity = required("The activity.")
    stages: tuple[str, ...] | None = key(None, "Only these stages (`sell`); all when empty.")
    channels: tuple[str, ...] | None = key(None, "Only leads and customers of these channels; all when empty.")
    products: tuple[str, ...] | None = key(None, "Only these products; all when empty.")
    deal_from: Amount | None = key(None, "Only leads and customers of at least this deal size.")
    deal_below: Amount | None = key(None, "Only leads and customers below this deal size.")
    overflow: Overflow | None = key(None, "Only when others' queue is long; null: always.")


def _duty(value: Any) -> Any:
    return {"activity": value} if isinstance(value, str) else value


_ROLE = "fixed-role"


class Role(Block):
    """A role of a structure."""

    title: str = key("", "Name in reports; the key itself when empty.", changes=NAME)
    headcount: Count = required("Positions in the role.", changes=True)
    activities: tuple[Annotated[Duty, BeforeValidator(_duty)], ...] = key(
        (), "Activities it may do, in order of preference.", changes=True
    )
    processes: tuple[str, ...] | None = key(
        None, "Only leads and customers of these processes (`default`: the market's own); null: of all.", changes=True
    )
    support: bool = key(
        False, "true: works on no lead or customer and only costs (head, system administrator).", changes=_ROLE
    )
    outsourced: bool = key(
        False, "true: people of another firm; `per: seat` lines of the budget do not count them.", changes=_ROLE
    )
    ownership: Literal["personal", "team"] = OWNERSHIP
    new_work: Literal["assigned", "shared"] = NEW_WORK
    cover: Share = COVER
    protected: dict[Activity, Working] = key({}, "First hours of each working day kept for an activity.", changes=True)
    due: dict[Activity, Due] = DUE
    newest_first: tuple[Activity, ...] = NEWEST_FIRST
    most_open: Count | None = MOST_OPEN
    care_per_month: PerMonth | None = CARE_PER_MONTH
    meetings: Working = key(
        "0 h", "Meetings a week, of each person (activity `meet`).", changes=True, neutral=Neutral("meetings", 0)
    )
    pay: Pay = key({}, "Pay of one person.", changes=True)
    learning: dict[Activity, Learning] = key(
        {}, "Learning curves of this role instead of the people's.", changes=OF_PEOPLE
    )
    ramp: dict[Activity, tuple[Proficiency, ...]] = RAMP
    turnover_per_year: PerYear | None = TURNOVER_PER_YEAR
    turnover_law: TenureForm | None = TURNOVER_LAW
    recruiting: Recruiting | None = RECRUITING
    onboarding: Onboarding | None = ONBOARDING
    leads: Leading | None = LEADS
    hours_per_week: Working | None = key(
        None,
        "Hours a week that each person gives to the role (an owner who sells); null: all working time.",
        gt=0,
        changes=FIXED,
        neutral=Neutral("part_time", None),
    )
    hours: Span | None = key(
        None,
        "Hours of the day of its people, as 12:00-21:00, inside the office's or not; null: the office's.",
        changes=FIXED,
        neutral=Neutral("shifts", None),
    )
    week: Week | None = key(
        None, "Days of the week of its people; null: the office's.", changes=FIXED, neutral=Neutral("shifts", None)
    )
    shifts: tuple[Shift, ...] = key(
        (),
        "Parts of the role with hours of their own, in the order of its positions; further ones work the role's hours.",
        changes=FIXED,
        neutral=Neutral("shifts", ()),
    )
    stays: bool = key(
        False,
        "true: whoever's position is closed stays in the firm (an owner): clients are handed over, not lost.",
        changes=_ROLE,
    )

    @property
    def is_led(self) -> bool:
        """Whether a head has to give time to its people."""
        return self.leads is None and not (self.support or self.outsourced or self.stays)

    @model_validator(mode="after")
    def _consistent(self) -> "Role":
        if self.support and self.activities:
            raise ValueError(worded("support-activities"))
        if not self.support and not self.activities:
            raise ValueError(worded("role-no-activities"))
        both = sorted(set(self.learning) & set(self.ramp))
        if both:
            raise ValueError(worded("curve-and-ramp", both=both[0]))
        named = {duty.activity for duty in self.activities}
        for name in ("protected", "learning", "ramp"):
            extra = sorted(set(getattr(self, name)) - named)
            if extra:
                raise ValueError(worded("names-no-activity", name=name, extra=extra[0]))
        if self.hours_per_week is not None and has_own_hours(self):
            raise MisfitError(Misfit("hours_per_week", worded("hours-twice"), None, worded("allowed-hours-once")))
        of_work_that_waits(due=self.due, newest_first=self.newest_first)
        if "train" in named:
            raise ValueError(worded("train-not-chosen"))
        if self.meetings and "meet" not in named:
            raise ValueError(worded("meetings-need-meet"))
        return self


class Structure(Block):
    """One way to build the department."""

    title: str = key("", "Name in reports; the key itself when empty.", changes=NAME)
    roles: dict[str, Role] = required("The roles by name.", min_length=1, new="new-role")
    pods: Annotated[Count, Field(ge=1)] = PODS
    hand_off: HandOff | None = OWN_HAND_OFF
    loyalty: LoyaltyProgramme | None = key(
        None, "Loyalty programme; null: none.", changes=True, neutral=Neutral("loyalty", None)
    )
    staff: tuple[NamedSeat, ...] = key(
        (),
        "Named positions of the first day: hours, pay, date of hire, repetitions so far; the others stay nameless.",
        changes=FIXED,
        neutral=Neutral("shifts", ()),
    )
    interventions: tuple[Intervention, ...] = key(
        (), "What changes in this structure during the run.", changes=ANOTHER, neutral=Neutral("interventions", ())
    )
    structural: tuple[str, ...] = key(
        (),
        "Assumptions that differ from the other structures, in words; the verdict names them.",
        changes="fixed-verdict",
    )


def turnover_per_year(people: People, role: Role) -> float:
    """Leavers a year for each filled position of a role: its own, or the law's level, or the people's."""
    if role.turnover_per_year is not None:
        return role.turnover_per_year
    stated = tenure_form(people, role).per_year
    return people.turnover.per_year if stated is None else stated


def tenure_form(people: People, role: Role) -> TenureForm:
    """The form of the law by which people of a role stay."""
    return people.turnover.law if role.turnover_law is None else role.turnover_law


def tenures_of(people: People, role: Role) -> TenureLaw | None:
    """The hazard of quitting by tenure in a role; None where nobody leaves."""
    probation = onboarding_of(people, role).probation
    return people.turnover.tenures(turnover_per_year(people, role), probation, role.turnover_law)


def recruiting_of(people: People, role: Role) -> Recruiting:
    """How positions of a role are filled."""
    return people.recruiting if role.recruiting is None else role.recruiting


def onboarding_of(people: People, role: Role) -> Onboarding:
    """How newcomers of a role begin."""
    return people.onboarding if role.onboarding is None else role.onboarding
