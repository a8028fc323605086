"""Points of a design and their values in words."""

import pytest

from simulation.study.points import crossing, named, scenarios_at, told
from simulation.study.variation import VariationError, variable
from simulation.texts import texts
from tests.unit.study import formulas

SCENARIO = formulas.scenario()
LOSS, TEAM, INBOUND = (variable(SCENARIO, name) for name in ("hand_off.lead.loss", "team", "inbound"))


def written(name: str, values: list[float], language: str = "en") -> list[str]:
    return [texts(language).written(each) for each in told(variable(SCENARIO, name), values, "RUB")]


def test_each_point_has_its_scenario() -> None:
    one, two = scenarios_at(SCENARIO, (LOSS, TEAM), [(0.1, 6.0), (0.25, 9.0)])
    assert (one.hand_off.lead.loss, two.hand_off.lead.loss) == (0.1, 0.25)
    assert two.structures["universal"].roles["universal"].headcount == 9
    assert [role.headcount for role in two.structures["functional"].roles.values()] == [3, 3, 3]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("market.stages.0.thinking_lost", "market.stages.0.thinking_lost has no value in the scenario"),
        ("market.stages.0.reach.probability", "market.stages.0.reach has no value in the scenario"),
        (
            "market.customers.order_every",
            "allowed: market.customers.order_every.exponential.mean$",
        ),
        ("market.customers.order_every.mean", "did you mean 'market.customers.order_every.exponential.mean'"),
        (
            "market.stages.neds.silent",
            r"in market.stages .* 1 \(needs\).*; did you mean 'market.stages.1.silent'",
        ),
        ("market", "market is not a number, so it cannot be varied$"),
    ],
)
def test_what_has_no_value_to_vary_is_told_with_what_has(name: str, message: str) -> None:
    with pytest.raises(VariationError, match=message):
        variable(SCENARIO, name)


def test_a_point_without_a_scenario_is_named() -> None:
    with pytest.raises(
        VariationError, match=r"no scenario at hand_off.lead.loss=1.5: .*outside 0..1; allowed: a share"
    ):
        scenarios_at(SCENARIO, (LOSS,), [(0.1,), (1.5,)])
    with pytest.raises(VariationError, match="no scenario at team=2: 2 people cannot fill 3 roles"):
        scenarios_at(SCENARIO, (TEAM,), [(6.0,), (2.0,)])


def test_two_variables_that_set_the_same_value_are_refused() -> None:
    leads = variable(SCENARIO, "market.channels.site.leads_per_month")
    with pytest.raises(VariationError, match="inbound and market.channels.site.leads_per_month both set"):
        scenarios_at(SCENARIO, (INBOUND, leads), [(1.0, 90.0)])


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("hand_off.lead.loss", [0.05, 0.1, 0.4], ["5 %", "10 %", "40 %"]),
        ("hand_off.lead.loss", [0.05, 0.1375, 0.225], ["5.0 %", "13.8 %", "22.5 %"]),
        ("inbound", [0.0, 0.25, 0.5], ["0.00", "0.25", "0.50"]),
        ("team", [6.0, 8.0], ["6", "8"]),
        ("hand_off.lead.delay", [2.0, 24.0], ["2.0 h", "24.0 h"]),
        ("people.recruiting.cost", [45_000.0, 140_000.0], ["45.0 thousand RUB", "140 thousand RUB"]),
    ],
)
def test_values_have_as_few_digits_as_tell_them_apart(name: str, values: list[float], words: list[str]) -> None:
    assert written(name, values) == words


def test_a_point_reads_as_a_scenario_writes_it() -> None:
    assert named({LOSS: 0.25, TEAM: 9.0}) == "hand_off.lead.loss=0.25, team=9"


def test_a_difference_is_zero_where_the_straight_line_is() -> None:
    assert crossing((1.0, 3.0), (-1.0, 3.0)) == pytest.approx(1.5)
    assert crossing((1.0, 3.0), (0.0, 3.0)) == 1.0
    assert crossing((1.0, 3.0), (1.0, 3.0)) is None
    assert crossing((1.0, 3.0), (0.0, 0.0)) is None
