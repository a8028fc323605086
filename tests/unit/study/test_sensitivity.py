"""What the answer hangs on, where the true answer is known."""

import numpy as np
import pytest

from simulation.sense.loader import load_text
from simulation.study.lab import Lab
from simulation.study.sensitivity.answer import sensitivity
from simulation.study.sensitivity.ranges import Morris, Sobol
from simulation.study.sensitivity.shares import SHARES
from simulation.study.sensitivity.tornado import Tornado
from simulation.study.variation import VariationError
from tests.unit.study.toy import CHANCE, INPUTS, chaotic, difference, engine, toy

LEADS, LOSS, SWITCHING = INPUTS


def ask(method: str = "tornado", **how: object) -> Tornado | Morris | Sobol:
    made = {"inputs": INPUTS, "measure": "revenue", "lab": Lab(jobs=1, engine=engine)} | how
    return sensitivity(toy(), method=method, **made)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def tornado() -> Tornado:
    found = ask(replications=6)
    assert isinstance(found, Tornado)
    return found


def test_a_tornado_is_ordered_by_swing(tornado: Tornado) -> None:
    assert [bar.input.name for bar in tornado.bars] == [LOSS, LEADS, SWITCHING]
    assert [bar.moves for bar in tornado.bars] == [True, True, False]


def test_effects_are_differences_in_the_same_years_and_so_free_of_chance(tornado: Tornado) -> None:
    loss, leads, switching = tornado.bars
    stands = difference(10.0, 0.15)
    assert loss.low.effect.mean == pytest.approx(difference(10.0, 0.05) - stands)
    assert loss.high.effect.mean == pytest.approx(difference(10.0, 0.40) - stands)
    assert leads.swing.mean == pytest.approx(difference(20.0, 0.15) - difference(5.0, 0.15))
    assert switching.swing.mean == 0.0
    assert loss.low.effect.sd == pytest.approx(0.0, abs=1e-6)
    assert 0 < tornado.base.sd < CHANCE
    assert abs(tornado.base.mean - stands) < CHANCE


def test_the_winner_changes_only_where_it_does(tornado: Tornado) -> None:
    assert [bar.flips for bar in tornado.bars] == [True, False, False]
    assert [end.flips for end in tornado.bars[0].ends] == [False, True]
    said = [str(each) for each in tornado.sentences]
    assert said[0].startswith("The answer hangs most on leads lost in a hand-off: from 5 % to 40 %")
    assert any("at 40 % pair is ahead" in text for text in said)


def test_where_no_input_changes_the_winner_it_is_said() -> None:
    found = ask(inputs=[LEADS, SWITCHING], replications=4)
    assert any(said.key == "sensitivity-no-flip" for said in found.sentences)


def test_only_the_inputs_that_move_most_get_all_years() -> None:
    found = ask(replications=14, top=1)
    assert isinstance(found, Tornado)
    assert [bar.years for bar in found.bars] == [14, 10, 10]
    assert found.bars[0].input.name == LOSS
    assert found.base.n == 14
    assert any(said.key == "sensitivity-how-tornado" for said in found.sentences)


def test_a_range_of_the_user_replaces_that_of_the_scenario() -> None:
    found = ask(inputs=[f"{LOSS}=10%:20%"], replications=2)
    assert isinstance(found, Tornado)
    [bar] = found.bars
    assert (bar.low.value, bar.high.value) == (0.10, 0.20)
    assert bar.input.given == "user" and not bar.flips


def test_elementary_effects_are_those_of_the_function() -> None:
    found = ask("morris", points=6, replications=2)
    assert isinstance(found, Morris)
    effects = {each.input.name: each for each in found.effects}
    # a step of two thirds in rank moves leads up by what their law does: all effects up, all of loss down
    assert effects[LEADS].mu == pytest.approx(effects[LEADS].size)
    assert effects[LOSS].mu == pytest.approx(-effects[LOSS].size)
    assert effects[SWITCHING].size == 0.0 and not effects[SWITCHING].shown
    assert effects[LOSS].shown and effects[LOSS].floor < 0.01 * effects[LOSS].size
    law = effects[LOSS].input.quantile(np.array([0.0, 1 / 3, 2 / 3, 1.0]))
    steps = 40000.0 * np.array([law[2] - law[0], law[3] - law[1]]) / (2 / 3)
    assert steps.min() - 1e-6 <= effects[LOSS].size <= steps.max() + 1e-6


@pytest.mark.slow
def test_shares_of_the_variance_are_those_of_the_function() -> None:
    found = ask("sobol", points=64, replications=2)
    assert isinstance(found, Sobol)
    shares = {each.input.name: each for each in found.indices}

    def variance(name: str, slope: float) -> float:
        low, value, high = (getattr(shares[name].input, end) for end in ("low", "value", "high"))
        return slope**2 * (low**2 + value**2 + high**2 - low * value - low * high - value * high) / 18

    parts = {LOSS: variance(LOSS, 40000.0), LEADS: variance(LEADS, 100.0)}
    whole = sum(parts.values())
    for name, part in parts.items():  # additive: by itself is all
        share = shares[name]
        for found_share, low, high in (
            (share.first, share.first_low, share.first_high),
            (share.total, share.total_low, share.total_high),
        ):
            assert abs(found_share - part / whole) < 0.75 * (high - low) + 0.01
    assert shares[SWITCHING].total == pytest.approx(0.0, abs=1e-9)
    assert found.sd == pytest.approx(np.sqrt(whole), rel=0.15)


RANGES = ("people.switching=120 s:122 s", f"{LOSS}=0.15:0.30")
"""Two seconds of switching, and a doubling of the loss in hand-offs."""


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_two_seconds_of_switching_are_nothing_beside_a_doubling_of_the_loss(method: str) -> None:
    """Each value of an input has other luck, so that two seconds move a year as much as anything does."""
    points, years = {"sobol": (32, 8), "morris": (10, 4)}[method]
    found = ask(method, inputs=RANGES, points=points, replications=years, lab=Lab(jobs=1, engine=chaotic))
    rows = {row["input"]: row for row in found.rows}
    assert (rows[SWITCHING]["shown"], rows[LOSS]["shown"]) == (False, True)
    size = "total" if method == "sobol" else "mu_star"
    assert rows[SWITCHING][size] < rows[SWITCHING]["floor"]
    if method == "sobol":
        shares = [row[name] for row in rows.values() for name in SHARES]
        assert min(shares) >= 0.0 and max(shares) <= 1.0
        assert rows[SWITCHING]["total_low"] == 0.0 and rows[LOSS]["total_high"] == 1.0
        assert isinstance(found, Sobol)
        law = found.inputs[0].quantile((np.arange(1000) + 0.5) / 1000)
        assert found.sd == pytest.approx(40000.0 * law.std(), rel=0.35)
    else:
        assert rows[SWITCHING][size] < 0.2 * rows[LOSS][size]


FIRM = """
version: 1
title: Three sellers
experiment: {start: 2026-04-01, months: 6, replications: 30, seed: 3}
market:
  channels: {site: {kind: inbound, leads_per_month: 90}}
  products: {service: {deal: 60 k, gross_margin: 25 %}}
  initial: {customers: 10, pipeline: 20}
structures:
  universal:
    preset: universal
    roles: {universal: {headcount: 3, pay: {base: 35 k}}}
  functional: {preset: functional}
"""


@pytest.mark.slow
@pytest.mark.parametrize(("method", "points"), [("sobol", 16), ("morris", 8)])
def test_in_a_simulated_department_too(method: str, points: int) -> None:
    inputs = ["people.switching=300 s:302 s", f"{LOSS}=35%:70%"]
    how = {"inputs": inputs, "measure": "deals", "points": points, "replications": 3, "lab": Lab(jobs=1)}
    found = sensitivity(load_text(FIRM, "firm.yaml"), method=method, **how)  # type: ignore[arg-type]
    rows = {row["input"]: row for row in found.rows}
    assert (rows[SWITCHING]["shown"], rows[LOSS]["shown"]) == (False, True)
    size = "total" if method == "sobol" else "mu_star"
    assert rows[SWITCHING][size] < 0.05 * rows[LOSS][size]


def test_where_chance_explains_the_variance_no_share_is_known() -> None:
    found = ask("sobol", inputs=RANGES[:1], points=16, replications=2, lab=Lab(jobs=1, engine=chaotic))
    assert isinstance(found, Sobol)
    [only] = found.indices
    assert found.sd == 0.0 and not only.shown
    assert (only.total, only.total_low, only.total_high, only.floor) == (0.0, 0.0, 1.0, 1.0)
    assert found.sentences[0].key == "sensitivity-sobol-none"


def test_no_two_rows_of_sobol_and_no_two_ways_of_morris_share_a_year() -> None:
    for method, points in (("sobol", 16), ("morris", 4)):
        seen: dict[tuple[float, float], set[int]] = {}

        def watched(made, structure, world, events, seen=seen):  # type: ignore[no-untyped-def]
            at = (made.market.channels["site"].leads_per_month, made.hand_off.lead.loss)
            seen.setdefault(at, set()).add(world.replication)
            return engine(made, structure, world, events)

        ask(method, inputs=INPUTS[:2], points=points, replications=2, lab=Lab(jobs=1, engine=watched))
        assert set().union(*seen.values()) == set(range(2 * points))
        if method == "sobol":
            assert {len(years) for years in seen.values()} == {2}


def test_sobol_varies_the_inputs_that_a_first_look_shows_to_move_most() -> None:
    found = ask("sobol", points=16, replications=2, top=1)
    assert isinstance(found, Sobol)
    assert [each.input.name for each in found.indices] == [LOSS]
    assert {each.name for each in found.held} == {LEADS, SWITCHING}


@pytest.mark.slow
def test_the_same_seed_gives_the_same_answer() -> None:
    for method in ("morris", "sobol"):
        points = 16 if method == "sobol" else 4
        first, second = (ask(method, points=points, replications=2).to_dict() for _ in range(2))
        assert first == second


def test_where_nothing_moves_the_difference_it_is_said() -> None:
    for method, key in (
        ("tornado", "sensitivity-none"),
        ("morris", "sensitivity-morris-none"),
        ("sobol", "sensitivity-sobol-none"),
    ):
        points = {"tornado": None, "morris": 4, "sobol": 16}[method]
        found = ask(method, inputs=[SWITCHING], points=points, replications=2)
        assert found.sentences[0].key == key


@pytest.mark.parametrize(
    ("method", "how", "message"),
    [
        ("tornado", {"points": 5}, "has no points"),
        ("tornado", {"replications": 1}, "too few"),
        ("tornado", {"top": 0}, "too few"),
        ("morris", {"points": 3}, "too few"),
        ("morris", {"top": 3}, "varies all"),
        ("sobol", {"points": 24}, "no power of two"),
        ("sobol", {"replications": 1}, "too few"),
        ("guess", {}, "no method"),
        ("tornado", {"structures": ["pair"]}, "two structures"),
    ],
)
def test_what_cannot_be_asked_is_refused(method: str, how: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ask(method, **how)


def test_an_input_without_a_range_is_refused() -> None:
    with pytest.raises(VariationError, match="has no range"):
        ask(inputs=["market.customers.order_size"])
    with pytest.raises(VariationError, match="one value only"):
        ask(inputs=[f"{LOSS}=0.1,0.1"])
