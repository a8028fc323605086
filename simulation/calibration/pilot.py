"""Simulated years against the records: what to write so that they come out as the records show.

In a scenario nobody's stage lasts as its law of thinking says: leads wait for a seller, who then works. Nor does a
stage convert as it is written: practised sellers convert a little more, leavers lose leads. A few simulated years say
by how much, stage by stage, and the scenario is written with that taken off (`assemble.Correction`): the simulated
method of moments with as many moments as figures, solved by repetition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.cases import replicate_one
from simulation.calibration.assemble import Assembled, Judged, assemble
from simulation.calibration.facts import Correction, Facts, Floats, OpenDeals
from simulation.calibration.forms import logit
from simulation.calibration.structures import present
from simulation.department.record import LOST, OPEN, WON, Record
from simulation.department.steps import logged_as
from simulation.expected import workload
from simulation.scenario.scenario import Scenario
from simulation.world import World

ROUNDS, LEADS, MOST_YEARS = 3, 6_000, 12
"""Rounds of correction; simulated leads a round, and years at the most."""
LEAST_MONTHS = 3
"""Months of a round, where leads are many."""
LEAST_WORK, MOST_WORK = 0.1, 5.0
"""Bounds of the factor on the hours of work in one step, where other work asks for more than the load, or for all."""
STEP_OF_ATTEMPT = (0.5, 2.0)
"""Bounds of one step to the length of an attempt: more leads take the time in which they are sought."""
LEAST_ATTEMPT, MOST_ATTEMPT = 1 / 60, 20.0
"""Bounds of the hours of an attempt to find a lead."""
LEAST_LOAD = 0.2
"""Load below which waiting is nights and weekends."""


@dataclass(frozen=True)
class Seen:
    """What simulated years show, stage by stage of the records.

    Attributes:
        passed: leads that went on, shape (stages,).
        lost: leads that the stage lost, those who do not show it yet too.
        days: days of wait and work in the stage, as a card shows them; of the last one with the signing.
        before: of them those before the customer thinks.
        amount: mean size of a won deal over the mean of the law.
        attempts: to find leads, a month.
        pieces: of work in the stage, shape (stages,).
        hours: of selling in all.
        years: simulated.
    """

    passed: Floats
    lost: Floats
    days: Floats
    before: Floats
    amount: float
    attempts: float
    pieces: Floats
    hours: float
    years: int


def corrected(
    facts: Facts,
    judged: Judged,
    *,
    months: int = 12,
    rounds: int = ROUNDS,
    seed: int = 1,
    weeks_only: bool = False,
) -> tuple[Assembled, Correction]:
    """The scenario whose simulated years have the shares, clocks and amounts of the facts.

    Args:
        facts: what the records say.
        judged: what they do not.
        months: horizon of the scenario.
        rounds: of simulated years; none leaves the scenario as it is.
        seed: of the simulated years.
        weeks_only: as in `assemble`.
    """
    tried = _trying(facts, judged, weeks_only)
    # how many leads come is known: what seeking them takes is no part of the load
    coming = _trying(replace(facts, channels=tuple(replace(each, calls=None) for each in facts.channels)), judged)
    correction = with_load(facts, judged, Correction.none(len(facts.stages)), coming)
    correction = with_attempts(facts, correction, tried)
    for _ in range(rounds):
        correction = _better(facts, judged, correction, look(tried(correction), len(facts.stages), seed))
        correction = with_load(facts, judged, correction, coming)
    return assemble(facts, judged, correction, months=months, weeks_only=weeks_only), correction


def loaded(facts: Facts, judged: Judged, at: float) -> Scenario:
    """The scenario in which today's sellers have a load (share of their time that work asks for)."""
    unknown = replace(facts, people=replace(facts.people, load=None))
    tried, supposed = _trying(unknown, replace(judged, load=at)), replace(judged, load=at)
    return tried(with_load(unknown, supposed, Correction.none(len(facts.stages)), tried)).scenario()


def _trying(facts: Facts, judged: Judged, weeks_only: bool = False) -> Callable[[Correction], Assembled]:
    """Makes drafts for simulated years: of large departments less of a year, open deals that are alike in one row."""
    leads = 12 * sum(each.per_month.value for each in facts.channels)
    few = int(np.clip(round(12 * LEADS / max(leads, 1.0)), LEAST_MONTHS, 12))
    alike = replace(facts, open=grouped(facts.open))

    def tried(correction: Correction) -> Assembled:
        return assemble(alike, judged, correction, months=few, weeks_only=weeks_only, draft=True)

    return tried


def grouped(deals: tuple[OpenDeals, ...]) -> tuple[OpenDeals, ...]:
    """Open deals of one channel, stage and day of age in one row, without their amounts."""
    counts = Counter((each.channel, each.stage, round(each.age)) for each in deals for _ in range(each.count))
    return tuple(OpenDeals(channel, stage, float(age), count=count) for (channel, stage, age), count in counts.items())


def with_load(
    facts: Facts, judged: Judged, correction: Correction, made: Callable[[Correction], Assembled]
) -> Correction:
    """The hours of work at which the sellers have the load that the records tell, else the judged one."""
    if all(stage.work is not None for stage in facts.stages):
        return correction
    load = facts.people.load
    wanted = load.value if load is not None and load.kept is None else judged.load
    wanted = wanted if correction.load is None else min(wanted, correction.load)
    tried: list[tuple[float, float]] = []
    for _ in range(2):  # demand is a straight line in the hours of work: two points tell it
        roles = workload(made(correction).scenario(), present(facts)).roles.values()
        capacity = sum(each.capacity for each in roles)
        now = sum(each.demand for each in roles) / capacity if capacity > 0 else np.inf
        if not 0 < now < np.inf:
            return correction
        tried.append((correction.work, now))
        work = correction.work * wanted / now
        (first, low), (second, high) = tried[0], tried[-1]
        if abs(high - low) > 1e-6:
            work = second + (wanted - high) * (second - first) / (high - low)
        # customers, papers and stages with a log ask for their hours whatever the others take
        correction = replace(correction, work=min(max(work, LEAST_WORK * second), MOST_WORK * second))
    return correction


def with_attempts(facts: Facts, correction: Correction, made: Callable[[Correction], Assembled]) -> Correction:
    """The length of an attempt at which, by the closed form, as many are made as the records show."""
    wanted = sum(each.calls.attempts.value for each in facts.channels if each.calls is not None)
    for _ in range(2 if wanted > 0 else 0):
        roles = workload(made(correction).scenario(), present(facts)).roles.values()
        now = sum(each.pieces.get("prospect", 0.0) for each in roles)
        length = correction.attempt * float(np.clip(now / wanted, *STEP_OF_ATTEMPT))
        correction = replace(correction, attempt=min(max(length, LEAST_ATTEMPT), MOST_ATTEMPT))
    return correction


def _better(facts: Facts, judged: Judged, correction: Correction, seen: Seen) -> Correction:
    """The next correction: the difference of the log-odds, where enough leads tell; the days as they came."""
    odds, days, before = list(correction.odds), list(correction.days), list(correction.before)
    shares = wanted_shares(facts)
    for n in range(len(facts.stages)):
        decided = seen.passed[n] + seen.lost[n]
        if decided >= 50 and seen.passed[n] > 0:
            wanted = shares[n]
            off = float(logit(wanted) - logit((seen.passed[n] + 0.5) / (decided + 1.0)))
            noise = 1.0 / (decided * max(wanted * (1 - wanted), 0.01))
            odds[n] += off * max(0.0, 1.0 - noise / off**2) if off else 0.0  # not more than luck is left alone
            odds[n] = min(max(odds[n], -3.0), 3.0)
        if np.isfinite(seen.days[n]):
            days[n], before[n] = max(float(seen.days[n]), 0.0), max(float(seen.before[n]), 0.0)
    # where leads wait longer than they stay in the records, people are less busy than was judged
    slow = [each.yes.mean.value / seen.days[n] for n, each in enumerate(facts.stages) if each.yes and seen.days[n] > 0]
    load = correction.load
    if slow and min(slow) < 1.0 and (facts.people.load is None or facts.people.load.kept is not None):
        load = max((load or judged.load) * max(min(slow), 0.6), LEAST_LOAD)
    amount = correction.amount / seen.amount if np.isfinite(seen.amount) and seen.amount > 0 else correction.amount
    wanted_attempts = sum(each.calls.attempts.value for each in facts.channels if each.calls is not None)
    # what is made in a month is what time is left over the length of one
    step = float(np.clip(seen.attempts / wanted_attempts, *STEP_OF_ATTEMPT)) if wanted_attempts > 0 else 1.0
    length = correction.attempt * step
    return replace(
        correction,
        odds=tuple(odds),
        days=tuple(days),
        before=tuple(before),
        ahead=_ahead(facts, days),
        load=load,
        work=correction.work * _longer(facts, seen),
        amount=min(max(amount, 0.7), 1.4),
        attempt=min(max(length, LEAST_ATTEMPT), MOST_ATTEMPT),
    )


def _longer(facts: Facts, seen: Seen) -> float:
    """Hours that a log has of the work of simulated years, by what these worked: a scenario adds switching to it."""
    hours = [stage.work.mean.value for stage in facts.stages if stage.work is not None]
    if len(hours) < len(facts.stages) or seen.hours <= 0 or not seen.pieces.any():
        return 1.0
    return float(np.clip(seen.pieces @ hours / seen.hours, 0.5, 1.5))


def _ahead(facts: Facts, days: list[float]) -> tuple[float, ...]:
    """What is left of wait and work where a stage of the records is shorter: the stages before it are, by as much."""
    ahead, over = [0.0] * len(days), 0.0
    for n in range(len(days) - 1, -1, -1):
        yes = facts.stages[n].yes
        room = max((yes.mean.value if yes is not None else 0.0) - days[n], 0.0)
        ahead[n] = min(over, room)
        over = over - ahead[n] + max(days[n] - (yes.mean.value if yes is not None else days[n]), 0.0)
    return tuple(ahead)


def wanted_shares(facts: Facts) -> list[float]:
    """Share of each stage over all channels, where some have their own: by the leads that come so far."""
    flows, found = {each.name: each.per_month.value for each in facts.channels}, []
    for stage in facts.stages:
        own = {name: stage.by_channel[name].value if name in stage.by_channel else stage.share.value for name in flows}
        whole = sum(flows.values())
        passed = {name: flow * own[name] for name, flow in flows.items()}
        found.append(sum(passed.values()) / whole if whole > 0 else stage.share.value)
        flows = passed
    return found


def look(made: Assembled, stages: int, seed: int) -> Seen:
    """Simulate years as they work now, and count."""
    scenario = made.scenario().replace({"experiment.seed": seed})
    passed, lost, weights, pieces = (np.zeros(stages) for _ in range(4))
    hours = 0.0
    spent = np.zeros((2, stages))
    sizes: list[float] = []
    tried = months = 0.0
    expected = _mean_sizes(scenario)
    done = leads = 0
    while done < MOST_YEARS and (leads < LEADS or done < 2):
        record, _ = replicate_one(scenario, next(iter(scenario.structures)), done)
        world = World(scenario, done)
        for n in range(stages):
            went, stayed = decided(record, n + 1)
            passed[n] += went
            lost[n] += stayed
        done_in = Counter(row.activity for row in record.events)
        pieces += [done_in[logged_as(name)] for name in record.stages[:stages]]
        hours += float(record.busy[:, record.activities.index("sell")].sum())
        waits = waited(scenario, world, record)
        known = np.isfinite(waits).all(axis=0)
        spent += np.where(known, waits, 0.0).sum(axis=1) / 24
        weights += known.sum(axis=0)
        won = (record.leads.state == WON) & ~record.leads.initial
        sizes += (record.leads.size[won] / expected[record.leads.channel[won]]).tolist()
        leads += len(record.leads.arrived)
        tried += float(record.attempts.sum())
        months += scenario.experiment.months
        done += 1
    mean = float(np.mean(sizes)) if len(sizes) >= 200 else float("nan")
    with np.errstate(invalid="ignore"):
        before, after = np.where(weights >= 10, spent / np.maximum(weights, 1), np.nan)
    return Seen(passed, lost, before + after, before, mean, tried / months, pieces, hours, done)


def decided(record: Record, step: int) -> tuple[int, int]:
    """Leads that went on from a step, and that it lost; those who say so later among them.

    Not those of the first day, of whom many have been lost before and only show it now.
    """
    leads = record.leads
    fresh = ~leads.initial
    silent = (leads.state == OPEN) & leads.in_vain
    at = leads.stage
    # a stage of `n` has passed n stages; who has been lost in silence stands one step further until it shows
    stood = np.where(leads.state == WON, len(record.stages), at)
    beyond = np.where(silent, stood - 1, stood)
    went = int((fresh & (beyond >= step)).sum())
    lost = ((leads.state == LOST) & (at == step - 1)) | (silent & (at == step))
    return went, int((fresh & lost).sum())


def waited(scenario: Scenario, world: World, record: Record) -> Floats:
    """Hours of wait and work of each lead in each stage of the records, before and after the customer thinks.

    A card comes into a stage when the customer has agreed and somebody is there to see it: nights and days off after
    the thinking are of the stage in which he thought. After that of the last stage comes the signing.

    Returns:
        Shape (2, leads, stages), NaN where a lead did not pass; leads of the first day are left out.
    """
    from simulation.calibration.exporting.year import SimulatedYear

    year = SimulatedYear(scenario, world, record)
    worked, leads = record.leads.entered, record.leads  # [lead, n + 1]: the end of the work of stage n
    thinking = year.thinking[:, 1:-1]
    agreed = worked[:, 2:] + thinking
    came = np.column_stack([worked[:, 1], np.where(thinking > 0, year.opening(agreed), agreed)])
    came[:, -1] = np.where(leads.state == WON, leads.closed, np.nan)
    found = np.stack([worked[:, 2:] - came[:, :-1], came[:, 1:] - agreed])
    found[:, leads.initial] = np.nan
    return found


def _mean_sizes(scenario: Scenario) -> Floats:
    """Mean size of a deal by channel as the laws have it."""
    product = next(iter(scenario.market.products.values()))
    return np.array([product.deal.mean * each.deal_size for each in scenario.market.channels.values()])
