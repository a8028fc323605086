"""Hand-off: delay, loss, extra work and lost information between roles. Favours who carries a client through."""

import numpy as np
import pytest

from simulation.department.record import WON
from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import hours, isolated, lost, rising, run, won
from tests.scripted import small

STRUCTURES = {
    "universal": {"roles": {"seller": {"headcount": 4, "activities": ["sell", "serve"]}}},
    "functional": {
        "roles": {
            "opener": {"headcount": 2, "activities": [{"activity": "sell", "stages": ["talk"]}]},
            "closer": {"headcount": 2, "activities": [{"activity": "sell", "stages": ["sign"]}]},
            "farmer": {"headcount": 1, "activities": ["serve"]},
        }
    },
}


def handing(**terms: object) -> Scenario:
    """Leads enough for a tenth of the people's time, so that nobody waits for a person."""
    changes = {
        "market.stages": [
            {"name": "talk", "work": "6 min", "conversion": 0.6},
            {"name": "sign", "work": "6 min", "conversion": 0.5},
        ],
        "market.channels.site.leads_per_month": 700,
        "market.products.thing.deal": {"lognormal": {"mean": 100, "cv": 1}},
        "market.products.thing.repeat": True,
        "experiment.months": 4,
        **{f"hand_off.{key.replace('__', '.')}": value for key, value in terms.items()},
    }
    return isolated(small(changes, structures=STRUCTURES), "hand_off")


def pair(scenario: Scenario):
    return run(scenario, "universal"), run(scenario, "functional")


def test_at_the_neutral_setting_both_structures_win_the_same():
    for scenario in (handing(), isolated(handing(lead__loss=0.5, lead__information=1, lead__extra_work="1 h"))):
        universal, functional = pair(scenario)
        assert won(universal) == won(functional)
        assert hours(universal) == pytest.approx(hours(functional), rel=1e-12)
        assert functional.leads.hand_offs.sum() > 0
        assert not universal.leads.hand_offs.any()


def test_who_hands_nothing_off_does_not_feel_the_terms():
    plain = run(handing(), "universal")
    terms = {"lead__loss": 0.5, "lead__delay": "9 h", "lead__extra_work": "2 h", "lead__information": 2}
    other = run(handing(**terms), "universal")
    assert np.array_equal(plain.leads.closed, other.leads.closed, equal_nan=True)
    assert np.array_equal(plain.busy, other.busy)


def test_loss_takes_its_share_of_the_deals_and_no_other():
    everything = won(run(handing(), "functional"))
    before = everything
    for loss in (0.05, 0.15, 0.4):
        record = run(handing(lead__loss=loss), "functional")
        deals, gone = won(record), lost(record, "hand_off")
        assert set(deals) == set(everything) - gone
        assert set(deals) < set(before)  # who is lost at a small loss is lost at a larger one
        handed = (record.leads.hand_offs > 0).sum() + len(gone)
        assert len(gone) / handed == pytest.approx(loss, abs=4 * (loss * (1 - loss) / handed) ** 0.5)
        before = deals


def test_delay_makes_every_sale_so_much_longer():
    plain = run(handing(), "functional")
    durations = []
    for delay in (4, 24, 100):
        record = run(handing(lead__delay=f"{delay} h"), "functional")
        both = (plain.leads.state == WON) & (record.leads.state == WON)
        longer = (record.leads.closed - plain.leads.closed)[both]
        # apart from a few that meet somebody at work, all take the delay longer
        assert np.median(longer) == pytest.approx(delay, abs=1e-6)
        assert longer.mean() == pytest.approx(delay, abs=0.1)
        durations.append(longer.mean())
    assert rising(durations)


def test_extra_work_is_done_once_for_each_lead_that_is_handed_off():
    plain = hours(run(handing(), "functional"))
    extra = []
    for minutes in (3, 15, 45):
        record = run(handing(lead__extra_work=f"{minutes} min"), "functional")
        handed = int(record.leads.hand_offs.sum())
        extra.append(hours(record) - plain)
        # a lead or two may be under way at the end
        assert extra[-1] == pytest.approx(handed * minutes / 60, abs=3 * (minutes + 6) / 60)
    assert rising([0, *extra])


def test_lost_information_lowers_later_conversion_in_log_odds():
    before = set(won(run(handing(), "functional")))
    for information in (0.2, 0.6, 1.5):
        record = run(handing(lead__information=information), "functional")
        deals = set(won(record))
        assert deals < before
        handed = (record.leads.hand_offs > 0).sum()
        expected = 1 / (1 + np.exp(information))  # of log-odds 0
        assert len(deals) / handed == pytest.approx(expected, abs=4 * (expected * (1 - expected) / handed) ** 0.5)
        before = deals


def test_customers_are_lost_when_they_are_handed_over():
    everybody = len(run(handing(), "functional").customers.uid)
    left = []
    for loss in (0.03, 0.1, 0.3):
        universal, functional = pair(handing(customer__loss=loss))
        assert universal.customers_at[-1] == everybody
        gone = functional.customers.reason.count("hand_off")
        assert functional.customers_at[-1] == everybody - gone
        assert gone / everybody == pytest.approx(loss, abs=4 * (loss * (1 - loss) / everybody) ** 0.5)
        left.append(gone)
    assert rising([0, *left])
