"""What is changed in a department: sizes, leads, work, and single figures for the better. Each gives a new scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulation.scenario.amending import amended
from simulation.scenario.channels import Arrivals, Distributor, Outbound
from simulation.scenario.customers import Customers
from simulation.scenario.interventions import Change, Intervention
from simulation.scenario.market import DEFAULT, Market, Process
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.stages import Differs, Stage
from simulation.scenario.structures import Structure
from simulation.study.variation import DIALS, headcounts
from simulation.written.distributions import Distribution

Settings = dict[str, Any]
Heads = Mapping[str, int]
Variant = tuple[Scenario, str]
"""A scenario, and the name of one of its structures."""


def _hours(hours: float) -> str:
    """A time as a scenario writes it, elapsed or of work."""
    return f"{hours:.9f} h"


# --- sizes ------------------------------------------------------------------------------------------------------------


def heads_of(scenario: Scenario, structure: str) -> dict[str, int]:
    """Those who sell and serve, by role; roles without people are left out."""
    return {role: count for role, count in headcounts(scenario, structure).items() if count}


def ladder(heads: Heads, most: int) -> list[dict[str, int]]:
    """A team of every size from one person in each role up to `most`, each the one before and one more person.

    The one more goes where the proportions of `heads` leave most room (Sainte-Laguë's divisors), so that the ladder
    passes through `heads` itself and nobody has to change roles on the way.
    """
    team = dict.fromkeys(heads, 1)
    steps = [dict(team)]
    while sum(team.values()) < most:
        team[max(heads, key=lambda role: heads[role] / (2 * team[role] + 1))] += 1
        steps.append(dict(team))
    return steps


def with_heads(scenario: Scenario, structure: str, heads: Heads) -> Scenario:
    """The department with other headcounts."""
    return amended(scenario, {f"structures.{structure}.roles.{role}.headcount": n for role, n in heads.items()})


def as_on_the_first_day(scenario: Scenario, structure: str) -> Scenario:
    """The department of the first day and no other: its size is its size.

    Without those changes on a date that open, close or move positions; and where people come from a structure of today,
    they come from this one.
    """
    if scenario.experiment.begin == "today":
        experiment = scenario.experiment.model_copy(update={"today": structure})
        scenario = scenario.model_copy(update={"experiment": experiment})
    spec = scenario.structures[structure]
    kept = tuple(each for each in spec.interventions if not _moves_people(each))
    if len(kept) == len(spec.interventions):
        return scenario
    return _with_structure(scenario, structure, {"interventions": kept})


def _moves_people(intervention: Intervention) -> bool:
    return any(
        change.move or any(path.endswith(".headcount") for path in change.set)
        for change in (intervention, *intervention.changes)
    )


def _with_structure(scenario: Scenario, structure: str, update: Mapping[str, Any]) -> Scenario:
    spec = scenario.structures[structure].model_copy(update=dict(update))
    return scenario.model_copy(update={"structures": {**scenario.structures, structure: spec}})


# --- everything twice -------------------------------------------------------------------------------------------------


def doubled(scenario: Scenario) -> Scenario:
    """Twice everything: people of every role, leads of every channel, customers and open leads of the first day."""
    values: Settings = {
        f"structures.{structure}.roles.{name}.headcount": 2 * role.headcount
        for structure, spec in scenario.structures.items()
        for name, role in spec.roles.items()
    }
    for name, channel in scenario.market.channels.items():
        place = f"market.channels.{name}"
        if isinstance(channel, Arrivals):
            values[f"{place}.leads_per_month"] = 2 * channel.leads_per_month
        elif isinstance(channel, Distributor):
            values[f"{place}.orders_per_month"] = 2 * channel.orders_per_month
        elif isinstance(channel, Outbound) and channel.contacts is not None:
            values[f"{place}.contacts.size"] = 2 * channel.contacts.size
            values[f"{place}.contacts.refresh_per_month"] = 2 * channel.contacts.refresh_per_month
    values["market.initial.customers"] = scenario.market.initial.base_times(2)
    values["market.initial.pipeline"] = scenario.market.initial.times(2)
    structures = {
        name: spec.model_copy(update={"interventions": tuple(_twice(each) for each in spec.interventions)})
        for name, spec in scenario.structures.items()
    }
    return amended(scenario.model_copy(update={"structures": structures}), values)


_COUNTS = (".headcount", ".leads_per_month", ".orders_per_month", ".contacts.size", ".contacts.refresh_per_month")


def _twice(change: Intervention) -> Intervention:
    """A change on a date that moves twice as many."""
    parts = tuple(_twice_part(each) for each in change.changes)
    whole = _twice_part(change)
    return change.model_copy(update={"set": whole.set, "move": whole.move, "changes": parts})


def _twice_part(change: Change) -> Change:
    values = {p: 2 * v if p.endswith(_COUNTS) and not isinstance(v, str) else v for p, v in change.set.items()}
    moves = tuple(move.model_copy(update={"people": 2 * move.people}) for move in change.move)
    return change.model_copy(update={"set": values, "move": moves})


# --- leads ------------------------------------------------------------------------------------------------------------


def more_leads(scenario: Scenario, factor: float) -> Scenario:
    """So many times the leads of every channel that brings them by itself, at the same fixed cost."""
    return amended(scenario, DIALS["inbound"].settings(scenario, factor))


def has_leads(scenario: Scenario) -> bool:
    """Whether leads come by themselves at all."""
    return any(isinstance(c, Arrivals) and c.leads_per_month > 0 for c in scenario.market.channels.values())


# --- single figures, for the better -----------------------------------------------------------------------------------


def _processes(market: Market) -> list[tuple[str, Market | Process]]:
    """The processes that leads go through, with the path of each."""
    return [("market" if name == DEFAULT else f"market.processes.{name}", market.process(name)) for name in market.sold]


def _stages(market: Market) -> Iterator[tuple[str, Stage]]:
    """Their stages, with the path of each."""
    for path, way in _processes(market):
        yield from ((f"{path}.stages.{number}", stage) for number, stage in enumerate(way.stages))


def _buyers(market: Market) -> list[tuple[str, Customers]]:
    """What customers of theirs do, with the path of each, once."""
    found: dict[str, Customers] = {}
    for path, way in _processes(market):
        found |= (
            {"market.customers": market.customers} if way.customers is None else {f"{path}.customers": way.customers}
        )
    return list(found.items())


def _overrides(market: Market) -> Iterator[tuple[str, Differs]]:
    """What differs at a stage for a channel or a product, with the path of each."""
    for kind, things in (("channels", market.channels), ("products", market.products)):
        for name, thing in things.items():
            yield from ((f"market.{kind}.{name}.stages.{stage}", differs) for stage, differs in thing.stages.items())


def half_the_work(scenario: Scenario, structure: str) -> Scenario:
    """All work takes half the time: calls, sorting, stages, orders, requests, proposals, reminders, papers."""
    market = scenario.market
    laws: dict[str, Distribution] = {}
    for path, stage in _stages(market):
        laws[f"{path}.work"] = stage.work
        if stage.reach:
            laws[f"{path}.reach.work"] = stage.reach.work
        if stage.remind:
            laws[f"{path}.remind.work"] = stage.remind.work
    laws |= {f"{path}.work": differs.work for path, differs in _overrides(market) if differs.work is not None}
    laws |= {f"market.products.{name}.paperwork": product.paperwork for name, product in market.products.items()}
    for path, customers in _buyers(market):
        laws |= {
            f"{path}.order_work": customers.order_work,
            f"{path}.request_work": customers.request_work,
            f"{path}.upsell.work": customers.upsell.work,
            f"{path}.payment.reminder_work": customers.payment.reminder_work,
        }
        if customers.care is not None:
            laws[f"{path}.care.work"] = customers.care.work
    for path, way in _processes(market):
        if way.qualification is not None:
            laws[f"{path}.qualification.work"] = way.qualification.work
    values: Settings = {path: law.scaled(0.5) for path, law in laws.items()}
    for name, channel in market.channels.items():
        if isinstance(channel, Outbound):
            values[f"market.channels.{name}.attempt"] = _hours(channel.attempt / 2)
    return amended(scenario, values)


def answered_sooner(scenario: Scenario, structure: str) -> Scenario:
    """What answers in half the time would do: the decay takes twice as long, leads wait twice as long."""
    market = scenario.market
    values: Settings = {
        f"market.channels.{name}.patience": channel.patience.scaled(2.0)
        for name, channel in market.channels.items()
        if isinstance(channel, Arrivals) and channel.patience.mean < float("inf")
    }
    for path, way in _processes(market):
        if way.speed_to_lead is not None:
            values[f"{path}.speed_to_lead.tau"] = _hours(2 * way.speed_to_lead.tau)
    return amended(scenario, values)


def fewer_quits(scenario: Scenario, structure: str) -> Scenario:
    """Half the turnover of every role."""
    return amended(scenario, DIALS["turnover"].settings(scenario, 0.5))


def shorter_ramps(scenario: Scenario, structure: str) -> Scenario:
    """Everything is learned with half the repetitions, and newcomers' training takes half the days."""
    people = scenario.people
    values: Settings = {
        f"people.learning.{activity}.half_life": getattr(people.learning, activity).half_life / 2
        for activity in ACTIVITIES
    }
    values["people.onboarding.training_days"] = people.onboarding.training_days / 2
    for name, role in scenario.structures[structure].roles.items():
        place = f"structures.{structure}.roles.{name}"
        for activity, curve in role.learning.items():
            values[f"{place}.learning.{activity}.half_life"] = curve.half_life / 2
        for activity, months in role.ramp.items():
            values[f"{place}.ramp.{activity}"] = months[len(months) // 2 :]
    return amended(scenario, values)


def better_conversion(scenario: Scenario, structure: str) -> Scenario:
    """At every stage a tenth of those who were lost go on."""
    market = scenario.market
    chances = {f"{path}.conversion": stage.conversion for path, stage in _stages(market)}
    chances |= {
        f"{path}.conversion": each.conversion for path, each in _overrides(market) if each.conversion is not None
    }
    return amended(scenario, {path: 1 - 0.9 * (1 - chance) for path, chance in chances.items()})


def better_sorting(scenario: Scenario, structure: str) -> Scenario:
    """Half the errors in sorting leads, of both kinds."""
    values: Settings = {}
    for path, way in _processes(scenario.market):
        if way.qualification is not None:
            values[f"{path}.qualification.true_positive"] = 1 - (1 - way.qualification.true_positive) / 2
            values[f"{path}.qualification.false_positive"] = way.qualification.false_positive / 2
    return amended(scenario, values) if values else scenario


def higher_margin(scenario: Scenario, structure: str) -> Scenario:
    """A tenth more margin on every product, at the same price."""
    products = scenario.market.products.items()
    return amended(
        scenario,
        {f"market.products.{name}.gross_margin": min(1.0, 1.1 * product.gross_margin) for name, product in products},
    )


def larger_deals(scenario: Scenario, structure: str) -> Scenario:
    """Deals, and the orders that follow, are a tenth larger."""
    market = scenario.market
    laws = {f"market.products.{name}.deal": product.deal for name, product in market.products.items()}
    laws |= {
        f"market.processes.{name}.deal": each.deal for name, each in market.processes.items() if each.deal is not None
    }
    return amended(scenario, {path: law.scaled(1.1) for path, law in laws.items()})


def loyal_customers(scenario: Scenario, structure: str) -> Scenario:
    """Half the customers' own hazard of leaving."""
    buyers = _buyers(scenario.market)
    return amended(scenario, {f"{path}.churn_per_year": customers.churn_per_year / 2 for path, customers in buyers})


def smooth_hand_offs(scenario: Scenario, structure: str) -> Scenario:
    """Half the delay, the loss and the extra work of every hand-off."""
    values: Settings = {}
    own = scenario.structures[structure].hand_off
    place = "hand_off" if own is None else f"structures.{structure}.hand_off"
    for what in ("lead", "customer"):
        terms = getattr(own or scenario.hand_off, what)
        values[f"{place}.{what}.delay"] = _hours(terms.delay / 2)
        values[f"{place}.{what}.loss"] = terms.loss / 2
        values[f"{place}.{what}.extra_work"] = _hours(terms.extra_work / 2)
    return amended(scenario, values)


def no_switching(scenario: Scenario, structure: str) -> Scenario:
    """Going from one kind of work to another takes no time."""
    return amended(scenario, {"people.switching": "0 h"})


def nobody_ill(scenario: Scenario, structure: str) -> Scenario:
    """Nobody is ever ill."""
    return amended(scenario, {"people.absence.sick_days": 0})


BETTER: dict[str, Callable[[Scenario, str], Scenario]] = {
    "half the work time": half_the_work,
    "a faster answer": answered_sooner,
    "half the quits": fewer_quits,
    "ramps half as long": shorter_ramps,
    "better conversion": better_conversion,
    "a higher margin": higher_margin,
    "better sorting of leads": better_sorting,
    "larger deals": larger_deals,
    "more loyal customers": loyal_customers,
    "smoother hand-offs": smooth_hand_offs,
    "no time lost in switching": no_switching,
    "nobody ill": nobody_ill,
}
"""What never hurts, by its words."""


# --- other names ------------------------------------------------------------------------------------------------------


def renamed(scenario: Scenario, structure: str) -> Variant:
    """The department with other names: of the structure, of its roles, and all titles."""
    other, spec = _other_names(scenario, structure)
    structures = {other if name == structure else name: each for name, each in scenario.structures.items()}
    today = scenario.experiment.today or next(iter(scenario.structures))
    experiment = {"baseline": "", "today": other if today == structure else today}
    return _with(scenario, structures | {other: spec}, experiment), other


def beside_itself(scenario: Scenario, structure: str) -> Variant:
    """The department under other names beside itself, in one scenario."""
    other, spec = _other_names(scenario, structure)
    return _with(scenario, {**scenario.structures, other: spec}, {}), other


def _with(scenario: Scenario, structures: Mapping[str, Structure], experiment: Mapping[str, Any]) -> Scenario:
    changed = scenario.experiment.model_copy(update=dict(experiment))
    return scenario.model_copy(update={"structures": dict(structures), "experiment": changed, "search": {}})


def _other_names(scenario: Scenario, structure: str) -> tuple[str, Structure]:
    spec = scenario.structures[structure]
    called = {role: f"another {role}" for role in spec.roles}
    roles = {
        called[name]: role.model_copy(update={"title": f"Other {role.title or name}"})
        for name, role in spec.roles.items()
    }
    changes = tuple(_renamed(each, called) for each in spec.interventions)
    staff = tuple(row.model_copy(update={"role": called[row.role]}) for row in spec.staff)
    update = {"title": f"Other {spec.title}", "roles": roles, "interventions": changes, "staff": staff}
    return f"another {structure}", spec.model_copy(update=update)


def _renamed(change: Intervention, called: Mapping[str, str]) -> Intervention:
    whole = _renamed_part(change, called)
    parts = tuple(_renamed_part(each, called) for each in change.changes)
    return change.model_copy(update={"set": whole.set, "move": whole.move, "changes": parts})


def _renamed_part(change: Change, called: Mapping[str, str]) -> Change:
    values = {_with_names(path, called): value for path, value in change.set.items()}
    moves = tuple(move.model_copy(update={"role": called[move.role], "to": called[move.to]}) for move in change.move)
    return change.model_copy(update={"set": values, "move": moves})


def _with_names(path: str, called: Mapping[str, str]) -> str:
    for role, name in called.items():
        if path.startswith(f"roles.{role}."):
            return f"roles.{name}.{path.removeprefix(f'roles.{role}.')}"
    return path
