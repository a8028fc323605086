"""Choices of a structure: what makes several of them equal."""

from simulation.scenario.choices import ORDERS, common_policy, in_order, settled
from simulation.scenario.search import POLICIES
from simulation.scenario.structures import Structure


def structure(*orders: list[str]) -> Structure:
    roles = {f"r{n}": {"headcount": 1, "activities": order} for n, order in enumerate(orders)}
    return Structure.model_validate({"roles": roles})


def test_the_common_order_is_the_named_one_that_moves_least() -> None:
    for name, order in ORDERS.items():
        assert common_policy([structure([*order]), structure([*order[:3]])], "order") == name
    one_off = [*ORDERS["deals"]]
    one_off[0], one_off[1] = one_off[1], one_off[0]
    assert common_policy([structure(one_off), structure(["sell", "paperwork"])], "order") == "deals"


def test_where_a_choice_can_be_left_out_it_is_left_out_by_all() -> None:
    drawn = [structure(["qualify", "sell"]), structure(["sell", "serve"])]
    for choice, names in POLICIES.items():
        assert common_policy(drawn, choice) == "none" or "none" not in names


def test_a_policy_that_two_share_is_settled_in_each() -> None:
    hunter = structure(["prospect", "qualify"])
    # clients, deals and papers put a hunter's work in the same order; each of them changes what is drawn
    assert {str(settled(hunter, "order", name)) for name in ORDERS} == {
        "{'roles.r0.activities': ['qualify', 'prospect']}"
    }
    assert settled(structure(["qualify", "prospect"]), "order", "papers") == {}


def test_what_is_in_no_order_comes_before_all_others() -> None:
    assert in_order(["sell", "meet", "serve"], "clients") == ["meet", "serve", "sell"]
