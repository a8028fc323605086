"""The neutral setting of every mechanism, in one place, by name.

A mechanism is one of the ways in which a structure can make a difference: hand-offs, practice, pooling and so
on. It is neutral when it favours no structure over another. `NEUTRAL` maps its name to the values, at dotted
paths, that make it so in every structure of a scenario; ``neutralise`` applies them. With all of them neutral
any two structures that do all the work, given time, win the same leads with the same hours, which
tests/properties/test_neutrality.py holds. What an intervention sets on its date holds from then on all the same, unless
`interventions` are neutral too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulation.scenario.market import Distributor, Outbound
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role

Settings = dict[str, object]


def neutralise(scenario: Scenario, *names: str) -> Scenario:
    """A new scenario with mechanisms neutral: those named, or all of them without a name.

    Raises:
        ValueError: there is no mechanism of such a name.
        AttributeError: the scenario was not loaded from a file or text.
    """
    values: Settings = {}
    for name in names or tuple(NEUTRAL):
        if name not in NEUTRAL:
            raise ValueError(f"there is no mechanism {name!r}; there are {', '.join(NEUTRAL)}")
        values |= NEUTRAL[name](scenario)
    return scenario.replace(values)


def _roles(scenario: Scenario) -> Iterator[tuple[str, Role]]:
    """Every role with its path."""
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            yield f"structures.{name}.roles.{role}", spec


def _learning(scenario: Scenario) -> Iterator[str]:
    """The path of every learning curve: the people's, and those that a role has instead."""
    for activity in ACTIVITIES:
        yield f"people.learning.{activity}"
    for path, role in _roles(scenario):
        for activity in role.learning:
            yield f"{path}.learning.{activity}"


def _own(scenario: Scenario, block: str) -> list[str]:
    """The path of a block of the people's, and of those that roles have instead."""
    own = [f"{path}.{block}" for path, role in _roles(scenario) if getattr(role, block) is not None]
    return [f"people.{block}", *own]


def _pooling(scenario: Scenario) -> Settings:
    """One queue for all of a role; the split into roles itself cannot be switched off."""
    values: Settings = {f"structures.{name}.pods": 1 for name in scenario.structures}
    for path, role in _roles(scenario):
        if not role.support:
            values |= {f"{path}.ownership": "team", f"{path}.new_work": "shared"}
    return values


def _specialisation(scenario: Scenario) -> Settings:
    """Repetitions change nothing: a beginner is worth as much as a master."""
    return {f"{path}.{key}": 1 for path in _learning(scenario) for key in ("start", "mastery")}


def _ramp(scenario: Scenario) -> Settings:
    """Explicit ramps are flat."""
    return {f"{path}.ramp.{activity}": [1] for path, role in _roles(scenario) for activity in role.ramp}


def _hand_off(scenario: Scenario) -> Settings:
    """A hand-off takes no time, loses nothing and makes no work."""
    own = [name for name, structure in scenario.structures.items() if structure.hand_off is not None]
    places = ["hand_off", *(f"structures.{name}.hand_off" for name in own)]
    return {
        f"{place}.{what}.{key}": 0
        for place in places
        for what in ("lead", "customer")
        for key in ("delay", "loss", "extra_work", "information")
    }


def _filter(scenario: Scenario) -> Settings:
    """Whoever qualifies sorts without a mistake."""
    values: Settings = {f"{path}.effects.filter": 0 for path in _learning(scenario) if path.endswith(".qualify")}
    if scenario.market.qualification is not None:
        values |= {"market.qualification.true_positive": 1, "market.qualification.false_positive": 0}
    return values


def _drift(scenario: Scenario) -> Settings:
    """No work is discretionary: leads come by themselves or not at all."""
    return {
        f"market.channels.{name}.active": False
        for name, channel in scenario.market.channels.items()
        if isinstance(channel, Outbound)
    }


def _order_of_work(scenario: Scenario) -> Settings:
    """The order of preference holds whatever has waited how long, the oldest first, for any number of open leads."""
    values: Settings = {}
    for path, role in _roles(scenario):
        values |= {f"{path}.due.{activity}": "never" for activity in role.due}
        if role.newest_first:
            values[f"{path}.newest_first"] = []
        if role.most_open is not None:
            values[f"{path}.most_open"] = None
    return values


def _care(scenario: Scenario) -> Settings:
    """Nobody calls a customer who has not asked for anything."""
    called = any(duty.activity == "care" for _, role in _roles(scenario) for duty in role.activities)
    return {"market.customers.care": None} if called and scenario.market.customers.care is not None else {}


def _paperwork(scenario: Scenario) -> Settings:
    """No papers."""
    return {f"market.products.{name}.paperwork": 0 for name in scenario.market.products}


def _meetings(scenario: Scenario) -> Settings:
    """No meetings."""
    return {f"{path}.meetings": 0 for path, _ in _roles(scenario)}


def _absence(scenario: Scenario) -> Settings:
    """Nobody is ever away."""
    return {"people.absence.vacation_days": 0, "people.absence.sick_days": 0}


def _payroll(scenario: Scenario) -> Settings:
    """Nobody is paid."""
    keys = ("base", "commission.share", "per_lead")
    values: Settings = {f"{path}.pay.{key}": 0 for path, _ in _roles(scenario) for key in keys}
    return values | {"people.departure.severance": 0}


def _response(scenario: Scenario) -> Settings:
    """A late answer or a late next step loses nobody."""
    values: Settings = {"market.speed_to_lead": None}
    for name, channel in scenario.market.channels.items():
        if not isinstance(channel, Distributor):
            values[f"market.channels.{name}.patience"] = "never"
    for index in range(len(scenario.market.stages)):
        values[f"market.stages.{index}.patience"] = "never"
    return values


def _questions(scenario: Scenario) -> Settings:
    """No question is left unanswered."""
    return {f"market.products.{name}.questions": 0 for name in scenario.market.products}


def _price_response(scenario: Scenario) -> Settings:
    """List prices, to which neither new buyers nor old customers have an answer."""
    keys = {"price": 1, "price_response": 0, "price_orders": 0, "price_churn": 0}
    return {f"market.products.{name}.{key}": value for name in scenario.market.products for key, value in keys.items()}


def _loyalty(scenario: Scenario) -> Settings:
    """No structure has a loyalty programme."""
    return {
        f"structures.{name}.loyalty": None
        for name, structure in scenario.structures.items()
        if structure.loyalty is not None
    }


def _upsell(scenario: Scenario) -> Settings:
    """No opportunity to sell customers more, which some structures would not take."""
    return {"market.customers.upsell.every": "never"}


def _turnover(scenario: Scenario) -> Settings:
    """Nobody quits."""
    own = [f"{path}.turnover_per_year" for path, role in _roles(scenario) if role.turnover_per_year is not None]
    return dict.fromkeys(["people.turnover.per_year", *own], 0)


def _recruiting(scenario: Scenario) -> Settings:
    """An empty position is filled at once and for nothing; nobody is kept in reserve."""
    keys: Settings = {"policy": "react", "time": "0 h", "cost": 0}
    return {f"{path}.{key}": value for path in _own(scenario, "recruiting") for key, value in keys.items()}


def _probation(scenario: Scenario) -> Settings:
    """Nobody fails the trial time."""
    return {f"{path}.probation.failure": 0 for path in _own(scenario, "onboarding")}


def _onboarding(scenario: Scenario) -> Settings:
    """A newcomer works from the first day, costs nothing and takes nobody's time; learning is another mechanism."""
    keys = ("training_days", "mentor", "head", "cost")
    return {f"{path}.{key}": 0 for path in _own(scenario, "onboarding") for key in keys}


def _departure(scenario: Scenario) -> Settings:
    """Whoever leaves takes nothing along, and others go on with the work at once."""
    keys = ("reassign_after", "leads_lost", "customers_lost", "orders_fall")
    return {f"people.departure.{key}": 0 for key in keys}


def _coaching(scenario: Scenario) -> Settings:
    """Nobody leads, and nobody needs to be led."""
    values: Settings = {"people.coaching.learning": 0, "people.coaching.conversion": 0}
    return values | {f"{path}.leads": None for path, role in _roles(scenario) if role.leads is not None}


def _part_time(scenario: Scenario) -> Settings:
    """Everybody gives the whole working time."""
    return {f"{path}.hours_per_week": None for path, role in _roles(scenario) if role.hours_per_week is not None}


def _interventions(scenario: Scenario) -> Settings:
    """Nothing changes during the run."""
    own = [f"structures.{name}.interventions" for name, each in scenario.structures.items() if each.interventions]
    return dict.fromkeys(["interventions", *own], [])


NEUTRAL: dict[str, Callable[[Scenario], Settings]] = {
    "pooling": _pooling,
    "specialisation": _specialisation,
    "ramp": _ramp,
    "talent": lambda scenario: {"people.talent.sd": 0},
    "switching": lambda scenario: {"people.switching": 0},
    "hand_off": _hand_off,
    "filter": _filter,
    "drift": _drift,
    "care": _care,
    "order_of_work": _order_of_work,
    "paperwork": _paperwork,
    "meetings": _meetings,
    "absence": _absence,
    "availability": lambda scenario: {"people.availability": 1},
    "payroll": _payroll,
    "response": _response,
    "questions": _questions,
    "price_response": _price_response,
    "loyalty": _loyalty,
    "upsell": _upsell,
    "late_payment": lambda scenario: {"market.customers.payment.late_share": 0},
    "effort": lambda scenario: {} if scenario.plan is None else {"plan.effort": 0},
    "turnover": _turnover,
    "recruiting": _recruiting,
    "probation": _probation,
    "onboarding": _onboarding,
    "departure": _departure,
    "coaching": _coaching,
    "part_time": _part_time,
    "interventions": _interventions,
    "unhappy_customers": lambda scenario: {"market.customers.late_churn_per_month": 0},
}
"""Mechanism to the values at dotted paths that make it neutral in every structure of a scenario."""
