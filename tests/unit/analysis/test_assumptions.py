"""What the verdict names as assumptions that act in some structures only."""

from simulation.analysis.assumptions import acting_assumptions, passes_work_on
from simulation.analysis.cases import Case
from simulation.scenario.loader import load_text
from simulation.scenario.scenario import Scenario

TEXT = """
version: 1
market:
  channels: {site: {kind: inbound, leads_per_month: 60}}
  products: {thing: {deal: 1000, gross_margin: 0.3}}
structures:
  universal: {preset: universal}
  functional: {preset: functional}
"""


def cases(scenario: Scenario, *names: str) -> dict[str, Case]:
    return {name: Case(name, scenario, name) for name in names or scenario.structures}


def scenario(*names: str, **changes: object) -> Scenario:
    found = load_text(TEXT, overrides={key.replace("__", "."): value for key, value in changes.items()})
    return found


def test_only_the_conveyor_passes_work_between_roles() -> None:
    structures = scenario().structures
    assert passes_work_on(structures["functional"])
    assert not passes_work_on(structures["universal"])


def test_the_loss_in_hand_offs_is_named_with_its_figures_and_its_structure() -> None:
    words = acting_assumptions(cases(scenario()))
    assert any("15 %" in text and "3 %" in text and "Functional" in text for text in words)


def test_no_loss_is_not_named() -> None:
    words = acting_assumptions(cases(scenario(hand_off__lead__loss=0, hand_off__customer__loss=0)))
    assert not any("hand-off" in text for text in words)


def test_learning_is_named_only_where_it_does_something() -> None:
    assert any("repetitions" in text for text in acting_assumptions(cases(scenario())))
    flat = {"start": 1, "mastery": 1}
    plain = scenario(people__learning={name: flat for name in ("qualify", "sell", "serve")})
    assert not any("repetitions" in text for text in acting_assumptions(cases(plain)))


def test_a_single_structure_hangs_on_no_comparison() -> None:
    assert acting_assumptions(cases(scenario(), "functional")) == ()
