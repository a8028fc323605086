"""Systems with one kind of work that waits: one person, a team, a pool, leads that leave."""

from __future__ import annotations

from simulation.scenario.scenario import Scenario
from simulation.validation import formulas
from simulation.validation.checks import Check, System, Year, cv, heads, rate, work
from simulation.validation.formulas import erlang_a, mg1_wait, mmc_answered_within, mmc_wait

QUARTER = 0.25  # hours

# --- one queue --------------------------------------------------------------------------------------------------

ONE_PERSON = System(
    "one person",
    "M/M/1",
    "one_person",
    (
        Check(
            "mean wait, h (`response_hours`)",
            "ρ s / (1 − ρ)",
            "Erlang 1917",
            lambda s: mmc_wait(1, rate(s), work(s)),
            lambda year: year.only.measures["response_hours"],
        ),
        Check(
            "answered within 15 minutes (`answered_within_15min`)",
            "1 − ρ exp(−(1 − ρ) t / s)",
            "Erlang 1917",
            lambda s: mmc_answered_within(QUARTER, 1, rate(s), work(s)),
            lambda year: year.only.measures["answered_within_15min"],
        ),
        Check(
            "share answered at once",
            "1 − ρ",
            "Erlang 1917",
            lambda s: 1 - rate(s) * work(s),
            lambda year: year.only.answered_at_once("line"),
        ),
        Check(
            "mean time to the deal, days (`cycle_days`)",
            "s / (1 − ρ)",
            "Erlang 1917",
            lambda s: (mmc_wait(1, rate(s), work(s)) + work(s)) / 24,
            lambda year: year.only.measures["cycle_days"],
        ),
        Check(
            "share of time worked (`utilisation`)",
            "ρ = λ s",
            "arithmetic",
            lambda s: rate(s) * work(s),
            lambda year: year.only.measures["utilisation"],
        ),
    ),
)


def _general(name: str, law: dict[str, object] | str, title: str) -> System:
    return System(
        name,
        title,
        "one_person",
        (
            Check(
                "mean wait, h (`response_hours`)",
                "ρ s (1 + cv²) / (2 (1 − ρ))",
                "Khinchine 1932",
                lambda s: mg1_wait(rate(s), work(s), cv(s)),
                lambda year: year.only.measures["response_hours"],
            ),
        ),
        {"market.stages.0.work": law},
    )


CONSTANT = _general("constant work", "30 min", "M/D/1")
GAMMA = _general("gamma work", {"gamma": {"mean": "30 min", "cv": 0.5}}, "M/G/1, gamma work, cv 0.5")
LOGNORMAL = _general("lognormal work", {"lognormal": {"mean": "30 min", "cv": 1.2}}, "M/G/1, lognormal work, cv 1.2")

# --- teams ------------------------------------------------------------------------------------------------------


def _team(*channels: str) -> Check:
    """The wait of one group, or of several alike that are taken together."""
    return Check(
        f"mean wait of {' and '.join(f'`{channel}`' for channel in channels)}, h",
        "C(c, a) s / (c − a)",
        "Erlang 1917",
        lambda s: mmc_wait(heads(s, channels[0], "split"), rate(s, channels[0]), work(s)),
        lambda year: sum(year["split"].wait(channel) for channel in channels) / len(channels),
        0.04,
    )


def _all_together(s: Scenario) -> tuple[int, float]:
    return heads(s, "everyone", "pooled"), sum(rate(s, channel) for channel in s.market.channels)


def _pool_wait(s: Scenario) -> float:
    servers, arrivals = _all_together(s)
    return mmc_wait(servers, arrivals, work(s))


def _split_wait(s: Scenario) -> float:
    waits = {c: mmc_wait(heads(s, c, "split"), rate(s, c), work(s)) for c in s.market.channels}
    return sum(rate(s, c) * wait for c, wait in waits.items()) / sum(rate(s, c) for c in waits)


TEAMS = System(
    "teams",
    "M/M/c, split and pooled",
    "split_or_pooled",
    (
        _team("north", "south"),
        _team("east"),
        Check(
            "mean wait of a pool of eight, h (`response_hours`)",
            "C(c, a) s / (c − a)",
            "Erlang 1917",
            _pool_wait,
            lambda year: year["pooled"].measures["response_hours"],
        ),
        Check(
            "share answered at once by the pool",
            "1 − C(c, a)",
            "Erlang 1917",
            lambda s: 1 - formulas.erlang_c(_all_together(s)[0], _all_together(s)[1] * work(s)),
            lambda year: 1 - sum(_delayed(year)) / sum(_counts(year)),
        ),
        Check(
            "mean wait split 3/3/2 over mean wait pooled",
            "Σ λᵢ Wᵢ / (λ W)",
            "derived",
            lambda s: _split_wait(s) / _pool_wait(s),
            lambda year: year["split"].measures["response_hours"] / year["pooled"].measures["response_hours"],
        ),
    ),
)


def _counts(year: Year) -> list[float]:
    run = year["pooled"]
    return [float(run.of_channel(channel).sum()) for channel in run.record.channels]


def _delayed(year: Year) -> list[float]:
    run = year["pooled"]
    at_once = [run.answered_at_once(channel) for channel in run.record.channels]
    return [count * (1 - share) for count, share in zip(_counts(year), at_once, strict=True)]


BREAK_EVEN = System(
    "break-even of specialisation",
    "2 × M/M/1 against M/M/2",
    "break_even",
    (
        Check(
            "gain in speed of the dedicated, as the scenario has it",
            "g* = ρ (1 − ρ)",
            "derived",
            lambda s: formulas.pooling_break_even(rate(s, "north") * work(s)),
            lambda year: year.scenario.structures["dedicated"].roles["north"].learning["sell"].mastery - 1,
        ),
        Check(
            "time in the system, dedicated over pooled",
            "1 at g*",
            "derived",
            lambda s: 1.0,
            lambda year: year["dedicated"].time_in_system() / year["pooled"].time_in_system(),
        ),
        Check(
            "wait for the first answer, dedicated over pooled",
            "W(M/M/1, s / (1 + g)) / W(M/M/2, s)",
            "derived",
            lambda s: mmc_wait(1, rate(s, "north"), work(s) / _pace(s)) / mmc_wait(2, 2 * rate(s, "north"), work(s)),
            lambda year: year["dedicated"].measures["response_hours"] / year["pooled"].measures["response_hours"],
        ),
    ),
)


def _pace(s: Scenario) -> float:
    return s.structures["dedicated"].roles["north"].learning["sell"].mastery


# --- impatience -------------------------------------------------------------------------------------------------


def _theory(s: Scenario, channel: str) -> formulas.ErlangA:
    patience = s.market.channels[channel].patience.mean
    return erlang_a(heads(s, channel), rate(s, channel), work(s), patience)


def _impatient(channel: str) -> tuple[Check, ...]:
    source = "Garnett et al. 2002"
    return (
        Check(
            f"team `{channel}`: share lost unanswered",
            "θ E[Q] / λ",
            source,
            lambda s: _theory(s, channel).lost,
            lambda year: year.only.unanswered(channel),
        ),
        Check(
            f"team `{channel}`: mean wait of the answered, h",
            "Σ πₙ P(answered from n) E[W from n]",
            source,
            lambda s: _theory(s, channel).wait_answered,
            lambda year: year.only.wait(channel),
        ),
    )


IMPATIENT = System(
    "impatient leads",
    "M/M/c+M (Erlang A)",
    "impatient",
    (
        *(check for channel in ("one", "two", "three", "eight", "flooded") for check in _impatient(channel)),
        Check(
            "team `two`: mean wait of all, those who leave too, h",
            "E[Q] / λ",
            "Palm 1957",
            lambda s: _theory(s, "two").wait,
            lambda year: year.only.time_until_gone("two"),
        ),
        Check(
            "team `two`: share of time worked (`utilisation.two`)",
            "λ (1 − lost) s / c",
            "Palm 1957",
            lambda s: _theory(s, "two").load,
            lambda year: year.only.measures["utilisation.two"],
        ),
    ),
)

NO_WAITING = System(
    "no patience",
    "M/G/c/c (Erlang B)",
    "no_waiting",
    (
        Check(
            "share lost unanswered",
            "B(c, a)",
            "Erlang 1917",
            lambda s: formulas.erlang_b(heads(s, "seller"), rate(s) * work(s)),
            lambda year: year.only.unanswered("line"),
        ),
    ),
)

QUEUES: tuple[System, ...] = (ONE_PERSON, CONSTANT, GAMMA, LOGNORMAL, TEAMS, BREAK_EVEN, IMPATIENT, NO_WAITING)
