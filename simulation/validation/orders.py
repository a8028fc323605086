"""Systems with several kinds of work: an order of preference, work given out in turn, a conveyor, late answers."""

from __future__ import annotations

from simulation.scenario.scenario import Scenario
from simulation.validation import formulas
from simulation.validation.checks import SPREAD, Check, System, Year, cv, heads, rate, spread, work
from simulation.validation.formulas import mmc_wait
from simulation.written.readers import MONTH

# --- order of preference ----------------------------------------------------------------------------------------

CHANNELS = ("referral", "site", "promotion")


def _preference(number: int, team: bool) -> Check:
    channel = CHANNELS[number]

    def theory(s: Scenario) -> float:
        rates = [rate(s, name) for name in CHANNELS]
        if team:
            return formulas.cobham_waits_many(heads(s, "seller"), rates, work(s))[number]
        return formulas.cobham_waits(rates, [work(s)] * 3, [cv(s)] * 3)[number]

    formula = "W₀ / ((1 − σₖ₋₁)(1 − σₖ))"
    return Check(f"mean wait of `{channel}`, h", formula, "Cobham 1954", theory, lambda year: year.only.wait(channel))


PREFERENCES = System(
    "order of preference",
    "M/G/1 with non-preemptive priorities",
    "preferences",
    tuple(_preference(number, team=False) for number in range(3)),
)
PREFERENCES_TEAM = System(
    "order of preference, a team",
    "M/M/3 with non-preemptive priorities",
    "preferences_team",
    tuple(_preference(number, team=True) for number in range(3)),
)


def _requests(s: Scenario) -> tuple[float, float, float]:
    """Rate an hour, mean work and coefficient of variation of all customers' requests."""
    spec = s.market.customers
    per_hour = spec.requests_per_month * s.market.initial.base / MONTH
    return per_hour, spec.request_work.mean, spread(spec.request_work)


def _waits(s: Scenario, leads_first: bool) -> dict[str, float]:
    """Mean wait of leads and of requests, hours."""
    kinds = {"leads": (rate(s), work(s), cv(s)), "requests": _requests(s)}
    order = ("leads", "requests") if leads_first else ("requests", "leads")
    rates, works, spreads = zip(*(kinds[name] for name in order), strict=True)
    return dict(zip(order, formulas.cobham_waits(rates, works, spreads), strict=True))


SERVE_OR_SELL = System(
    "customers or leads first",
    "M/G/1 with non-preemptive priorities, two kinds of work",
    "serve_or_sell",
    (
        Check(
            "customers first: wait of requests, h (`wait.serve`)",
            "W₀ / (1 − ρ₁)",
            "Cobham 1954",
            lambda s: _waits(s, leads_first=False)["requests"],
            lambda year: year["customers_first"].measures["wait.serve"],
        ),
        Check(
            "customers first: wait of leads, h (`wait.sell`)",
            "W₀ / ((1 − ρ₁)(1 − ρ₁ − ρ₂))",
            "Cobham 1954",
            lambda s: _waits(s, leads_first=False)["leads"],
            lambda year: year["customers_first"].measures["wait.sell"],
        ),
        Check(
            "leads first: wait of leads, h (`response_hours`)",
            "W₀ / (1 − ρ₂)",
            "Cobham 1954",
            lambda s: _waits(s, leads_first=True)["leads"],
            lambda year: year["leads_first"].measures["response_hours"],
        ),
        Check(
            "leads first: wait of requests, h (`wait.serve`)",
            "W₀ / ((1 − ρ₂)(1 − ρ₁ − ρ₂))",
            "Cobham 1954",
            lambda s: _waits(s, leads_first=True)["requests"],
            lambda year: year["leads_first"].measures["wait.serve"],
        ),
        Check(
            "share of time on requests (`time.manager.serve`)",
            "ρ₁",
            "arithmetic",
            lambda s: _requests(s)[0] * _requests(s)[1],
            lambda year: year["leads_first"].measures["time.manager.serve"],
        ),
    ),
)

# --- due times, and the newest first ----------------------------------------------------------------------------


def _mixed(s: Scenario) -> float:
    """Mean wait of leads and of requests alike, in the order of arrival, hours."""
    kinds = ((rate(s), work(s), cv(s)), _requests(s))
    rates, works, spreads = zip(*kinds, strict=True)
    return formulas.mixed_wait(rates, works, spreads)


def _due(**times: str) -> dict[str, object]:
    """The same due times in both structures; `qualify` is a lead's first contact."""
    return {f"structures.{name}.roles.manager.due": times for name in ("customers_first", "leads_first")}


def _in_turn(structure: str, kind: str) -> Check:
    what = {"serve": "requests", "sell": "leads"}[kind]
    return Check(
        f"{structure.replace('_', ' ')}: wait of {what}, h (`wait.{kind}`)",
        "W₀ / (1 − ρ)",
        "Khinchine 1932",
        _mixed,
        lambda year: year[structure].measures[f"wait.{kind}"],
    )


FIRST_COME = System(
    "everything due at once",
    "M/G/1, two kinds of work in the order of arrival",
    "serve_or_sell",
    tuple(_in_turn(structure, kind) for structure in ("customers_first", "leads_first") for kind in ("serve", "sell")),
    _due(serve="0 h", qualify="0 h"),
)


def _weighted(structure: str) -> Check:
    def observe(year: Year) -> float:
        measures = year[structure].measures
        serve, sell = measures["time.manager.serve"], measures["time.manager.sell"]
        return (serve * measures["wait.serve"] + sell * measures["wait.sell"]) / (serve + sell)

    return Check(
        f"{structure.replace('_', ' ')}: wait weighted by load, h",
        "Σ ρᵢ Wᵢ / ρ = W₀ / (1 − ρ)",
        "Kleinrock 1965",
        _mixed,
        observe,
    )


CONSERVATION = System(
    "some work due before other",
    "Conservation law of M/G/1",
    "serve_or_sell",
    (_weighted("customers_first"), _weighted("leads_first")),
    _due(serve="3 h", qualify="45 min"),
)


def _third(s: Scenario) -> float:
    """E[S³] of the work of the first stage, which is exponential."""
    assert abs(cv(s) - 1) < 1e-12
    return 6 * work(s) ** 3


NEWEST_FIRST = System(
    "newest first",
    "M/M/1, last come, first served",
    "one_person",
    (
        Check(
            "mean wait, h (`response_hours`)",
            "ρ s / (1 − ρ)",
            "Takács 1963",
            lambda s: mmc_wait(1, rate(s), work(s)),
            lambda year: year.only.measures["response_hours"],
        ),
        Check(
            "mean square of the wait, h²",
            "E[W²] of first come, first served / (1 − ρ)",
            "Takács 1963",
            lambda s: formulas.newest_first_squared(rate(s), work(s), cv(s), _third(s)),
            lambda year: year.only.wait_squared("line"),
            SPREAD,
        ),
        Check(
            "share answered at once",
            "1 − ρ",
            "Takács 1963",
            lambda s: 1 - rate(s) * work(s),
            lambda year: year.only.answered_at_once("line"),
        ),
    ),
    {"structures.one.roles.seller.newest_first": ["qualify"], "market.channels.line.leads_per_month": "24 a day"},
)

# --- other ways to queue ----------------------------------------------------------------------------------------


def _wait_in_turn(s: Scenario) -> float:
    people = heads(s, "seller")
    return formulas.gm1_wait(lambda t: formulas.erlang_transform(t, rate(s), people), rate(s) / people, work(s))


IN_TURN = System(
    "leads given out in turn",
    "E₂/M/1",
    "in_turn",
    (
        Check(
            "mean wait, h (`response_hours`)",
            "s x / (1 − x), x = A((1 − x) / s)",
            "Kendall 1953",
            _wait_in_turn,
            lambda year: year.only.measures["response_hours"],
        ),
    ),
)


def _station(s: Scenario, stage: int) -> float:
    """Mean wait before a stage: an M/M/c whose arrivals are those that all stages before it let through."""
    arrivals = rate(s)
    for before in s.market.stages[:stage]:
        arrivals *= before.conversion
    role = list(s.structures["line"].roles)[stage]
    return mmc_wait(heads(s, role), arrivals, work(s, stage))


def _whole_way(s: Scenario) -> float:
    """Mean time from the arrival to the deal of those who get there, days."""
    hours = sum(_station(s, n) + work(s, n) + stage.thinking.mean for n, stage in enumerate(s.market.stages))
    return hours / 24


CONVEYOR = System(
    "conveyor",
    "Jackson network: M/M/1 → M/M/∞ → M/M/2 → M/M/1, with losses between",
    "conveyor",
    (
        Check(
            "wait for the hunter, h (`response_hours`)",
            "W(M/M/1)",
            "Jackson 1957",
            lambda s: _station(s, 0),
            lambda year: year.only.measures["response_hours"],
        ),
        Check(
            "wait for the finisher after the closer, h (event log)",
            "W(M/M/1), arrivals λ p₁ p₂",
            "Jackson 1957",
            lambda s: _station(s, 2),
            lambda year: year.only.wait_between("close", "finish"),
        ),
        Check(
            "thinking and wait for a closer after the hunter, h (event log)",
            "thinking + W(M/M/2), arrivals λ p₁",
            "Jackson 1957",
            lambda s: s.market.stages[0].thinking.mean + _station(s, 1),
            lambda year: year.only.wait_between("find", "close"),
        ),
        Check(
            "time from arrival to deal, days (`cycle_days`)",
            "Σ (W + s) + thinking",
            "Jackson 1957",
            _whole_way,
            lambda year: year.only.measures["cycle_days"],
        ),
        Check(
            "share of the closers' time worked (`utilisation.closer`)",
            "λ p₁ s₂ / 2",
            "arithmetic",
            lambda s: rate(s) * s.market.stages[0].conversion * work(s, 1) / heads(s, "closer"),
            lambda year: year.only.measures["utilisation.closer"],
        ),
    ),
    events=True,
)


def _late(s: Scenario) -> float:
    decay = s.market.speed_to_lead
    assert decay is not None
    return decay.floor + (1 - decay.floor) * formulas.mm1_wait_transform(1 / decay.tau, rate(s), work(s))


LATE_ANSWERS = System(
    "late answers",
    "M/M/1 with decay of conversion by the wait",
    "late_answers",
    (
        Check(
            "win rate (`win_rate`)",
            "f + (1 − f) E[exp(−W / τ)]",
            "derived",
            _late,
            lambda year: year.only.measures["win_rate"],
        ),
    ),
)

ORDERS: tuple[System, ...] = (
    PREFERENCES,
    PREFERENCES_TEAM,
    SERVE_OR_SELL,
    FIRST_COME,
    CONSERVATION,
    NEWEST_FIRST,
    IN_TURN,
    CONVEYOR,
    LATE_ANSWERS,
)
