"""Uncertain inputs: ranges that the keys of the schema state, beside those of a scenario."""

from simulation.scenario.places import places
from simulation.sense.loader import load_text
from simulation.study.question import inputs_of, plausible
from tests.unit.scenario.examples import SMALL


def test_the_ranges_of_the_schema_have_an_order_without_gaps_and_hold_their_defaults() -> None:
    scenario = load_text(SMALL)
    ranges = plausible(scenario)
    assert [each.rank for each in ranges.values()] == list(range(1, len(ranges) + 1))
    assert all(each.low < each.high and each.source for each in ranges.values())
    for each in inputs_of(scenario):
        assert each.low <= each.value <= each.high
        if each.given == "facts":
            stated = ranges[each.name]
            assert (each.low, each.high) == (stated.low, stated.high), each.name  # the default lies inside
    at_keys = {each.facts.plausible for each in places()} - {None}
    assert at_keys <= set(ranges.values())


def test_what_a_scenario_leaves_out_is_no_input() -> None:
    without = load_text(SMALL, overrides={"market.customers.care": None})
    assert not [name for name in plausible(without) if ".care." in name]
