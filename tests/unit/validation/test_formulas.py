"""The formulas of theory against published tables, against one another, and against equations solved numerically."""

import math

import numpy as np
import pytest

from simulation.validation import formulas

# Mean wait in units of the mean work, by load and number of people.
ERLANG_C = {
    0.50: (1.000, 0.333, 0.158, 0.087, 0.015),
    0.70: (2.333, 0.961, 0.547, 0.357, 0.113),
    0.80: (4.000, 1.778, 1.079, 0.746, 0.286),
    0.85: (5.667, 2.604, 1.623, 1.149, 0.477),
    0.90: (9.000, 4.263, 2.724, 1.969, 0.877),
}
PEOPLE = (1, 2, 3, 4, 8)


@pytest.mark.parametrize(
    ("servers", "offered", "lost"),
    # the usual traffic tables print the offered load at which 1 % or 2 % are lost
    [(1, 0.0101, 0.01), (5, 1.361, 0.01), (10, 4.461, 0.01), (10, 5.084, 0.02), (20, 12.031, 0.01)],
)
def test_erlang_b_gives_the_loss_of_the_traffic_tables(servers: int, offered: float, lost: float) -> None:
    assert formulas.erlang_b(servers, offered) == pytest.approx(lost, rel=2e-3)


def test_erlang_b_is_the_share_of_the_last_state_of_a_truncated_poisson_law() -> None:
    weights = [4.0**n / math.factorial(n) for n in range(5)]
    assert formulas.erlang_b(4, 4.0) == pytest.approx(weights[-1] / sum(weights), rel=1e-12)


@pytest.mark.parametrize("load", ERLANG_C)
def test_waits_of_teams_are_those_of_the_table(load: float) -> None:
    waits = [formulas.mmc_wait(people, load * people, 1.0) for people in PEOPLE]
    assert waits == pytest.approx(ERLANG_C[load], abs=6e-4)


def test_eight_people_split_into_three_groups_wait_four_times_as_long() -> None:
    split = (6 * formulas.mmc_wait(3, 2.4, 1.0) + 2 * formulas.mmc_wait(2, 1.6, 1.0)) / 8
    assert split == pytest.approx(1.253, abs=1e-3)
    assert split / formulas.mmc_wait(8, 6.4, 1.0) == pytest.approx(4.4, abs=0.05)


@pytest.mark.parametrize(("load", "gain"), [(0.5, 0.25), (0.8, 0.16), (0.9, 0.09)])
def test_at_the_break_even_gain_two_dedicated_people_are_as_quick_as_their_pool(load: float, gain: float) -> None:
    assert formulas.pooling_break_even(load) == pytest.approx(gain)
    dedicated = formulas.mmc_wait(1, load, 1 / (1 + gain)) + 1 / (1 + gain)
    assert dedicated == pytest.approx(formulas.mmc_wait(2, 2 * load, 1.0) + 1.0)


@pytest.mark.parametrize(
    ("servers", "lost"),
    [(8, 0.049), (3, 0.120), (2, 0.162), (1, 0.256)],  # patience of two works, load 0.8
)
def test_impatient_leads_are_lost_as_in_the_table(servers: int, lost: float) -> None:
    assert formulas.erlang_a(servers, 0.8 * servers, 1.0, 2.0).lost == pytest.approx(lost, abs=6e-4)


def test_leads_with_endless_patience_wait_as_in_erlang_c() -> None:
    found = formulas.erlang_a(3, 2.4, 1.0, 1e9)
    assert found.wait == pytest.approx(formulas.mmc_wait(3, 2.4, 1.0), rel=1e-6)
    assert found.wait_answered == pytest.approx(found.wait, rel=1e-6)
    assert found.delayed == pytest.approx(formulas.erlang_c(3, 2.4), rel=1e-6)
    assert found.load == pytest.approx(0.8, rel=1e-6)


def test_leads_without_patience_are_lost_as_in_erlang_b() -> None:
    found = formulas.erlang_a(4, 4.0, 1.0, 1e-9)
    assert found.lost == pytest.approx(formulas.erlang_b(4, 4.0), rel=1e-6)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.8), (3, 0.8), (2, 1.5)])
def test_loss_wait_and_work_of_impatient_leads_add_up(servers: int, load: float) -> None:
    found = formulas.erlang_a(servers, load * servers, 1.0, 2.0)
    assert found.lost == pytest.approx(found.wait / 2.0)  # each waiting lead leaves at one over the mean patience
    assert found.load == pytest.approx(load * (1 - found.lost))
    # with exponential patience the mean wait of those who leave is what remains of the mean wait of all
    left = (found.wait - (1 - found.lost) * found.wait_answered) / found.lost
    assert 0 < left < 2.0


def test_the_answered_of_a_single_person_wait_as_the_conditional_law_says() -> None:
    """A direct sum over states for M/M/1+M, in which every lead that waits watches its own patience."""
    rng = np.random.default_rng(7)
    arrivals = np.cumsum(rng.exponential(1 / 0.8, 200_000))
    work, patience = rng.exponential(1.0, 200_000), rng.exponential(2.0, 200_000)
    free, waits = 0.0, []
    for at, needs, limit in zip(arrivals, work, patience, strict=True):
        wait = max(0.0, free - at)
        if wait <= limit:
            waits.append(wait)
            free = at + wait + needs
    found = formulas.erlang_a(1, 0.8, 1.0, 2.0)
    assert np.mean(waits) == pytest.approx(found.wait_answered, rel=0.02)
    assert 1 - len(waits) / 200_000 == pytest.approx(found.lost, rel=0.02)


def test_work_without_spread_halves_the_wait_and_exponential_work_leaves_it() -> None:
    assert formulas.mg1_wait(0.8, 1.0, 1.0) == pytest.approx(formulas.mmc_wait(1, 0.8, 1.0))
    assert formulas.mg1_wait(0.8, 1.0, 0.0) == pytest.approx(formulas.mmc_wait(1, 0.8, 1.0) / 2)


def test_a_vacation_costs_each_lead_the_mean_rest_of_one() -> None:
    assert formulas.vacation_wait(0.6, 1.0, 1.0, 2.0) == pytest.approx(1.5 + 1.0)
    assert formulas.vacation_wait(0.6, 1.0, 1.0, 2.0, 1.0) == pytest.approx(1.5 + 2.0)


def test_the_transform_of_the_wait_has_the_mean_wait_as_its_slope() -> None:
    assert formulas.mm1_wait_transform(0.0, 0.8, 1.0) == pytest.approx(1.0)
    slope = (1 - formulas.mm1_wait_transform(1e-7, 0.8, 1.0)) / 1e-7
    assert slope == pytest.approx(4.0, rel=1e-4)


def test_regular_arrivals_at_half_load_wait_as_the_known_root_says() -> None:
    root = 0.2031878  # of x = exp(-2 (1 - x)), D/M/1 at load 0.5
    assert formulas.gm1_wait(lambda s: math.exp(-2 * s), 0.5, 1.0) == pytest.approx(root / (1 - root), rel=1e-6)


def test_poisson_arrivals_make_the_general_formula_that_of_one_person() -> None:
    found = formulas.gm1_wait(lambda s: formulas.erlang_transform(s, 0.8, 1), 0.8, 1.0)
    assert found == pytest.approx(4.0, rel=1e-9)


def test_priorities_only_share_the_wait_out() -> None:
    """Kleinrock's conservation law: the load-weighted mean wait is that without priorities."""
    rates, works, cvs = (0.2, 0.1, 0.4), (1.0, 2.0, 0.5), (0.7, 1.0, 0.0)
    loads = [rate * work for rate, work in zip(rates, works, strict=True)]
    waits = formulas.cobham_waits(rates, works, cvs)
    second = sum(r * w * w * (1 + c * c) for r, w, c in zip(rates, works, cvs, strict=True))
    without = second / (2 * (1 - sum(loads)))
    assert waits == sorted(waits)
    assert sum(p * w for p, w in zip(loads, waits, strict=True)) == pytest.approx(sum(loads) * without)


def test_one_class_of_priority_is_no_priority() -> None:
    assert formulas.cobham_waits([0.8], [1.0], [0.5])[0] == pytest.approx(formulas.mg1_wait(0.8, 1.0, 0.5))
    assert formulas.cobham_waits_many(3, [2.4], 1.0)[0] == pytest.approx(formulas.mmc_wait(3, 2.4, 1.0))
    first, second = formulas.cobham_waits_many(3, [0.8, 1.6], 1.0)
    assert (0.8 * first + 1.6 * second) / 2.4 == pytest.approx(formulas.mmc_wait(3, 2.4, 1.0))


def test_a_person_who_is_away_now_and_then_takes_as_long_as_the_balance_equations_say() -> None:
    rate, work, up, down = 1.0, 0.5, 20.0, 5.0
    size = 400
    generator = np.zeros((2 * size, 2 * size))  # state n while present, size + n while away
    for n in range(size):
        for here, there, turn in ((n, size + n, 1 / up), (size + n, n, 1 / down)):
            generator[here, there] += turn
            if n + 1 < size:
                generator[here, here + 1] += rate
        if n:
            generator[n, n - 1] += 1 / work
    generator -= np.diag(generator.sum(axis=1))
    generator[:, 0] = 1.0
    shares = np.linalg.solve(generator.T, np.eye(2 * size)[0])
    number = float(shares @ np.tile(np.arange(size), 2))
    assert formulas.breakdown_time(rate, work, up, down) == pytest.approx(number / rate, rel=1e-6)
    assert formulas.breakdown_time(0.8, 1.0, 1e9, 1e-9) == pytest.approx(5.0, rel=1e-6)


@pytest.mark.parametrize(
    "call",
    [
        lambda: formulas.erlang_c(2, 2.0),
        lambda: formulas.mmc_wait(1, 1.1, 1.0),
        lambda: formulas.mg1_wait(1.0, 1.0, 0.5),
        lambda: formulas.cobham_waits([0.5, 0.5], [1.0, 1.0], [1.0, 1.0]),
        lambda: formulas.gm1_wait(lambda s: math.exp(-s), 1.0, 1.0),
        lambda: formulas.breakdown_time(1.0, 0.9, 4.0, 1.0),
        lambda: formulas.mm1_wait_transform(1.0, 1.0, 1.0),
    ],
)
def test_a_load_of_one_or_more_has_no_steady_state(call: object) -> None:
    with pytest.raises(ValueError, match="no steady state"):
        call()  # type: ignore[operator]


def test_the_mean_square_of_the_wait_is_that_of_the_exponential_law_in_mm1() -> None:
    work, load = 0.5, 0.6
    rate, third = load / work, 6 * work**3
    assert formulas.mg1_wait_squared(rate, work, 1.0, third) == pytest.approx(2 * load * (work / (1 - load)) ** 2)
    assert formulas.newest_first_squared(rate, work, 1.0, third) == pytest.approx(2 * load * work**2 / (1 - load) ** 3)


def test_one_kind_of_work_waits_as_in_mg1_and_several_as_the_conservation_law_says() -> None:
    assert formulas.mixed_wait([0.7], [1.0], [0.4]) == pytest.approx(formulas.mg1_wait(0.7, 1.0, 0.4))
    rates, works, spreads = [0.2, 0.1, 0.5], [1.0, 3.0, 0.5], [0.3, 1.0, 0.8]
    loads = [rate * work for rate, work in zip(rates, works, strict=True)]
    waits = formulas.cobham_waits(rates, works, spreads)
    weighted = sum(load * wait for load, wait in zip(loads, waits, strict=True)) / sum(loads)
    assert weighted == pytest.approx(formulas.mixed_wait(rates, works, spreads))


@pytest.mark.parametrize(("interval", "effect"), [(1.0, 1.0), (2.0, 0.5), (0.5, 3.0), (4.0, 4.0)])
def test_a_called_customers_life_is_the_integral_of_the_probability_of_being_there(
    interval: float, effect: float
) -> None:
    hazard, factor, step = 0.3, 0.4, 1e-3
    times = np.arange(0.0, 200.0, step) + step / 2
    cared = (times > interval) & (np.mod(times, interval) < effect)
    there = np.exp(-np.cumsum(np.where(cared, hazard * factor, hazard)) * step)
    found = formulas.cared_for(hazard, factor, interval, effect)
    assert found.life == pytest.approx(there.sum() * step, rel=2e-3)
    assert found.cared == pytest.approx((there * cared).sum() * step, rel=2e-3)
    assert found.calls == pytest.approx(
        there[np.searchsorted(times, np.arange(interval, 199, interval))].sum(), rel=2e-3
    )


def test_calls_without_effect_leave_the_life_as_it_is_and_such_as_keep_for_good_make_it_endless() -> None:
    assert formulas.cared_for(0.2, 1.0, 3.0, 2.0).life == pytest.approx(5.0)
    assert formulas.cared_for(0.2, 0.0, 3.0, 1.0).cared < formulas.cared_for(0.2, 0.0, 3.0, 2.9).cared
    longest = formulas.cared_for(0.2, 0.01, 1.0, 1.0)
    assert longest.life == pytest.approx((1 - math.exp(-0.2)) / 0.2 + math.exp(-0.2) / 0.002)
