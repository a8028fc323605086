"""Pooling: its keys say who takes the next piece of work; neutral, whoever is free."""

from simulation.mechanisms.pooling import MECHANISM
from simulation.scenario.neutral import neutralise
from simulation.sense.loader import load_text

PODS = """
version: 1
market:
  channels: {site: {kind: inbound, leads_per_month: 60}}
  products: {service: {deal: 60 k, gross_margin: 0.25}}
structures:
  pods: {preset: pods}
  alone: {preset: universal, roles: {universal: {ownership: personal, new_work: assigned}}}
"""


def test_neutral_there_is_one_queue_from_which_whoever_is_free_takes_the_next() -> None:
    written = load_text(PODS)
    assert written.structures["pods"].pods > 1
    assert written.structures["alone"].roles["universal"].ownership == "personal"
    for structure in neutralise(written, MECHANISM.name).structures.values():
        assert structure.pods == 1
        assert {(role.ownership, role.new_work) for role in structure.roles.values()} == {("team", "shared")}
