"""Yes, no and silence take different times: `thinking_lost`, `silent`, `expires`, and leads declined at once."""

from math import inf
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from simulation.analysis.valuation import end_value, leads_value
from simulation.department import Record, simulate
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.expected import open_at_age, pipeline_in_vain, pipeline_occupancy, workload
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.scripted import hours, live, small, spans, worked
from tests.unit.department.test_turnover import TWO as TWO_PEOPLE
from tests.unit.department.test_turnover import lived

EXPIRED = REASONS.index("expired")


def stages(**talk: Any) -> dict[str, Any]:
    """Two stages: after the first a customer thinks ten hours about a yes."""
    first = {"name": "talk", "work": "1 h", "thinking": "10 h", "conversion": 0.5} | talk
    return {"market.stages": [first, {"name": "sign", "work": "1 h"}]}


def fate(record: Record) -> list[tuple[str, float, int]]:
    """(reason, time of closing, stages passed) of each lead."""
    leads = record.leads
    return [
        (REASONS[why], at, stage)
        for why, at, stage in zip(leads.reason, leads.closed, leads.stage.tolist(), strict=True)
    ]


# --- by hand ------------------------------------------------------------------------------------------------------


def test_a_no_takes_its_own_time_and_a_silent_one_is_closed_when_it_expires():
    changes = stages(thinking_lost="30 h", silent=0.2, expires="100 h")
    luck = {"stage.talk.decision": [0.4, 0.6, 0.7], "stage.talk.silent": [0.1, 0.21, 0.19]}
    record = live(small(changes), [1.0, 50.0, 100.0], luck=luck)
    assert fate(record) == [("", 13, 2), ("declined", 51 + 30, 0), ("expired", 101 + 100, 0)]
    assert record.leads.state.tolist() == [WON, LOST, LOST]


def test_a_no_by_the_law_of_a_yes_has_luck_of_its_own():
    law = {"empirical": ["10 h", "20 h"]}
    luck = {"stage.talk.decision": [0.6, 0.6], "stage.talk.thinking": 0.9, "stage.talk.thinking_lost": [0.1, 0.9]}
    record = live(small(stages(thinking=law, thinking_lost="same")), [1.0, 50.0], luck=luck)
    assert record.leads.closed.tolist() == [2 + 10, 51 + 20]


def test_whose_yes_or_no_would_come_too_late_is_closed_before():
    changes = stages(thinking={"empirical": ["10 h", "60 h"]}, thinking_lost="40 h", expires="40 h")
    luck = {"stage.talk.decision": [0.4, 0.4, 0.6], "stage.talk.thinking": [0.1, 0.9, 0.5]}
    record = live(small(changes), [1.0, 50.0, 100.0], luck=luck)
    assert fate(record) == [("", 13, 2), ("expired", 51 + 40, 0), ("declined", 101 + 40, 0)]


def test_the_silent_stay_open_where_nothing_expires():
    record = live(small(stages(silent=1)), [1.0], luck={"stage.talk.decision": 0.6})
    assert record.leads.state.tolist() == [OPEN]
    assert np.isnan(record.leads.closed).all()


def test_open_questions_and_hidden_unfitness_are_told_as_late_as_a_no():
    late = {"name": "sale", "work": "1 h", "question": 0.3, "thinking_lost": "7 h"}
    record = live(small({"market.stages": [late]}), [1.0, 9.0], luck={"stage.sale.question": [0.2, 0.4]})
    assert fate(record) == [("question", 9, 0), ("", 10, 1)]
    changes = {"market.stages": [late | {"question": 0}], "market.channels.site.fit": 0.5}
    record = live(small(changes), [1.0], luck={"fit": 0.6})
    assert fate(record) == [("unfit", 9, 0)]


def test_leads_that_are_declined_at_once_cost_nobody_any_time():
    changes = {"market.channels.site.declined_at_once": 0.3}
    record = live(small(changes), [1.0, 5.0], luck={"at_once": [0.29, 0.31]})
    assert fate(record) == [("declined_at_once", 1, 0), ("", 6, 1)]
    assert spans(record) == [(5, 6)]
    assert np.isnan(record.leads.answered).tolist() == [True, False]


def test_the_clocks_do_not_touch_who_is_won():
    def won(**talk: Any) -> list[str]:
        scenario = small(stages(**talk) | {"market.channels.site.leads_per_month": 300})
        leads = simulate(scenario, "plain", World(scenario, 0)).leads
        return [leads.uid[row] for row in np.flatnonzero(leads.state == WON)]

    assert won() == won(thinking_lost="same", silent=0.3) == won(thinking_lost={"exponential": "90 h"}, silent=1)


# --- until it shows, a no is like a yes ---------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "begins"), [({"thinking_lost": "20 h"}, 22), ({"silent": 1, "expires": "50 h"}, 52)])
@pytest.mark.parametrize("ownership", ["personal", "team"])
def test_an_open_lead_is_in_hand_until_its_no_is_said(late, begins, ownership):
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "most_open": 1, "ownership": ownership}}
    scenario = small(stages(**late), roles=roles)
    record = live(scenario, [1.0, 3.0], luck={"stage.talk.decision": 0.6})
    assert spans(record) == [(1, 2), (begins, begins + 1)]


@pytest.mark.parametrize("luck", [0.59, 0.61])
def test_it_is_lost_with_a_leaver_as_one_that_thinks_about_a_yes_is(luck):
    lost = {"people.departure": {"reassign_after": "10 h", "leads_lost": 0.6, "customers_lost": 0}}
    changes = stages(thinking="200 h", thinking_lost="200 h") | lost
    yes, no = (
        lived([100.0, np.nan], [1], changes, TWO_PEOPLE, **{"departure.0": luck, "stage.talk.decision": decision})
        for decision in (0.4, 0.6)
    )
    if luck < 0.6:
        assert fate(yes)[0] == fate(no)[0] == ("leaver", pytest.approx(130), 1)
    else:
        assert (yes.leads.state[0], fate(no)[0]) == (WON, ("declined", 202, 0))


@pytest.mark.parametrize("luck", [0.29, 0.31])
def test_it_is_handed_over_as_one_that_thinks_about_a_yes_is(luck):
    roles = {
        "one": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
        "two": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign"]}]},
    }
    changes = stages(thinking_lost="30 h") | {"hand_off.lead": {"loss": 0.3, "delay": "5 h", "extra_work": "0 h"}}
    record = live(small(changes, roles=roles), [1.0], luck={"stage.talk.decision": 0.6, "hand_off.2": luck})
    if luck < 0.3:
        assert fate(record) == [("hand_off", 2, 1)]
    else:
        assert (fate(record), record.leads.hand_offs[0]) == ([("declined", 32, 0)], 1)


def test_an_open_lead_that_is_lost_already_is_worth_nothing_at_the_end():
    scenario = small(stages(silent=1, conversion=0.5))
    arrivals = [1.0, 735.0]
    record = live(scenario, arrivals, luck={"stage.talk.decision": [0.6, 0.4]})
    assert record.leads.state.tolist() == [OPEN, OPEN]
    assert end_value(record, scenario) == leads_value(record, scenario, np.array([1])) > 0


# --- reminders ----------------------------------------------------------------------------------------------------

SILENT = {"silent": 1, "expires": "100 h", "remind": {"every": "30 h", "work": "2 h"}}
NO_LUCK = {"stage.talk.decision": 0.6}


def test_a_silent_lead_takes_time_for_reminders_until_it_is_closed():
    record = live(small(stages(**SILENT)), [1.0], luck=NO_LUCK)
    assert spans(record) == [(1, 2), (32, 34), (62, 64), (92, 94)]
    assert fate(record) == [("expired", 102, 0)]
    often = SILENT | {"remind": {"every": "50 h", "work": "2 h"}}  # the second would fall on the end
    assert spans(live(small(stages(**often)), [1.0], luck=NO_LUCK)) == [(1, 2), (52, 54)]


def test_who_says_no_is_not_reminded():
    changes = stages(**SILENT | {"silent": 0.5, "thinking_lost": "90 h"})
    record = live(small(changes), [1.0], luck=NO_LUCK | {"stage.talk.silent": 0.6})
    assert spans(record) == [(1, 2)]


@pytest.mark.parametrize(("ownership", "who", "begins"), [("personal", "seller-1", 70), ("team", "seller-2", 32)])
def test_the_owner_reminds_or_anybody_of_the_team(ownership, who, begins):
    roles = {"seller": {"headcount": 2, "activities": ["sell"], "ownership": ownership, "new_work": "shared"}}
    changes = stages(**SILENT)
    changes["market.stages"][0]["work"] = {"empirical": ["1 h", "39 h"]}
    # the first lead's owner is at the third lead from 31 to 70, the other one free
    luck = {"stage.talk.decision": [0.6, 0.4, 0.6], "stage.talk.work": [0.1, 0.1, 0.9]}
    record = live(small(changes, roles=roles), [1.0, 29.5, 31.0], luck=luck)
    assert next(row for row in worked(record) if row[2] - row[1] == 2) == (who, begins, begins + 2)


def test_a_reminder_that_nobody_got_round_to_is_dropped_when_the_lead_is_closed():
    changes = stages(**SILENT)
    changes["market.stages"][0]["work"] = {"empirical": ["1 h", "300 h"]}
    record = live(small(changes), [1.0, 3.0], luck=NO_LUCK | {"stage.talk.work": [0.1, 0.9]})
    assert spans(record)[:2] == [(1, 2), (3, 303)]
    assert all(begin > 303 for begin, _ in spans(record)[2:])  # those of the second lead


def test_no_limit_of_open_leads_keeps_anybody_from_reminding():
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "most_open": 2, "ownership": "personal"}}
    changes = stages(**SILENT)
    changes["market.stages"][0]["work"] = {"empirical": ["1 h", "39 h"]}
    luck = NO_LUCK | {"stage.talk.work": [0.1, 0.9]}
    record = live(small(changes, roles=roles), [1.0, 31.0, 33.0], luck=luck)
    assert spans(record)[:4] == [(1, 2), (31, 70), (70, 72), (92, 94)]


def test_an_heir_reminds_after_the_owner_has_left():
    record = lived([100.0, np.nan], [1], stages(**SILENT | {"expires": "500 h"}), TWO_PEOPLE, **NO_LUCK)
    assert [row[0] for row in worked(record)][:6] == ["seller-1"] * 4 + ["seller-2"] * 2


def test_the_closed_form_counts_the_hours_of_reminders():
    late = {"thinking": YES, "silent": Q, "expires": "100 h", "conversion": P, "work": "1 min"}
    changes = stages(**late, remind={"every": "30 h", "work": "1 min"})
    changes |= {"market.channels.site.leads_per_month": 1000, "experiment.months": 12}
    changes["market.stages"][1]["work"] = "0 h"
    scenario = small(changes)
    asked = 1000 * (1 - P) * Q * 3
    assert workload(scenario, "plain").roles["seller"].hours["sell"] == pytest.approx((1000 + asked) / 60)
    record = simulate(scenario, "plain", World(scenario, 0))
    pieces = hours(record, "sell") * 60 - len(record.leads.uid)
    expected = asked * 12 * (1 - 50 / (365 * 24))  # those of the last hours come after the end
    assert pieces == pytest.approx(expected, abs=4 * 3 * (expected / 3) ** 0.5)


# --- against closed forms -----------------------------------------------------------------------------------------

YES, NO = {"exponential": "150 h"}, {"exponential": "60 h"}
SLOW, QUICK = {"lognormal": {"mean": "200 h", "cv": 1.2}}, {"lognormal": {"mean": "80 h", "cv": 0.6}}
P, Q = 0.4, 0.3
CLOCKS = [(YES, NO, inf), (YES, NO, 300.0), (SLOW, QUICK, inf), (SLOW, QUICK, 300.0), (YES, QUICK, 200.0)]


def below(law: dict[str, Any], t: float) -> float:
    """Share of a law's values up to t hours, by its textbook formula."""
    if t == inf:
        return 1.0
    if "exponential" in law:
        return 1 - np.exp(-t / float(law["exponential"].split()[0]))
    mean, cv = float(law["lognormal"]["mean"].split()[0]), law["lognormal"]["cv"]
    s2 = np.log(1 + cv**2)
    return float(ndtr((np.log(t / mean) + s2 / 2) / s2**0.5)) if t > 0 else 0.0


def observed(yes: Any, no: Any, expires: float, months: int = 12) -> Record:
    """A year in which everybody is worked at once; `qualified` is the end of the first stage's work."""
    late = {"thinking": yes, "thinking_lost": no, "silent": Q, "conversion": P, "work": "0 h"}
    late["expires"] = "never" if expires == inf else f"{expires} h"
    changes = {"market.channels.site.leads_per_month": 1000, "experiment.months": months}
    two = [{"name": "talk", **late}, {"name": "sign", "work": "0 h"}]
    scenario = small(changes | {"market.stages": two})
    return simulate(scenario, "plain", World(scenario, 0))


@pytest.mark.parametrize(("yes", "no", "expires"), CLOCKS)
def test_the_chance_of_a_yes_falls_with_the_age_of_an_open_lead_as_a_mixture_of_two_clocks_says(yes, no, expires):
    record = observed(yes, no, expires)
    leads = record.leads
    seen = leads.qualified < record.end - 3000  # whose yes has come, if it ever comes
    took = np.where(leads.state == OPEN, inf, leads.closed - leads.qualified)[seen]
    won = (leads.state == WON)[seen]
    chances = []
    for age in (0.0, 30.0, 100.0, 190.0):
        still = took > age if age else np.full(len(took), True)
        yes_left = P * (below(yes, expires) - below(yes, age))
        chance = yes_left / (P * (1 - below(yes, age)) + (1 - P) * (Q + (1 - Q) * (1 - below(no, age))))
        assert won[still].mean() == pytest.approx(chance, abs=4 * (chance * (1 - chance) / still.sum()) ** 0.5)
        chances.append(chance)
    if expires < inf:
        assert chances[-1] < chances[1]


@pytest.mark.parametrize(("yes", "no", "expires"), CLOCKS)
def test_aalen_and_johansen_find_the_inputs_in_what_is_recorded(yes, no, expires):
    record = observed(yes, no, expires)
    leads = record.leads
    took = np.where(leads.state == OPEN, record.end, leads.closed) - leads.qualified
    kinds = {
        "yes": leads.state == WON,
        "no": leads.reason == REASONS.index("declined"),
        "gone": leads.reason == EXPIRED,
    }
    shut = leads.state != OPEN
    order = np.argsort(took, kind="stable")
    at_risk = len(took) - np.arange(len(took))
    free = np.cumprod(1 - shut[order] / at_risk)  # still open after each moment
    before = np.concatenate(([1.0], free[:-1]))
    for t in (20.0, 60.0, 150.0, 199.0, 301.0):
        upto, last = took[order] <= t, min(t, expires)
        found = {kind: (before * (of & shut)[order] / at_risk)[upto].sum() for kind, of in kinds.items()}
        inputs = {"yes": P * below(yes, last), "no": (1 - P) * (1 - Q) * below(no, last)}
        inputs["gone"] = 1 - sum(inputs.values()) if t >= expires else 0.0
        for kind, share in inputs.items():
            followed = (leads.qualified < record.end - t).sum()
            assert found[kind] == pytest.approx(share, abs=4 * (share * (1 - share) / followed) ** 0.5), (kind, t)


def test_the_closed_form_counts_who_is_declined_at_once_and_whose_yes_comes_too_late():
    late = stages(thinking=YES, thinking_lost=NO, silent=Q, expires="200 h", conversion=P)
    changes = late | {"market.channels.site.leads_per_month": 100, "market.channels.site.declined_at_once": 0.2}
    flows = workload(small(changes), "plain")
    site = flows.channels["site"]
    assert (site.leads, site.answered) == pytest.approx((100, 80))
    assert flows.reach == pytest.approx([80, 80 * P * below(YES, 200)], rel=1e-6)
    assert flows.deals == pytest.approx(flows.reach[1])


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("thinking_lost", "-1 h", "is negative"),
        ("thinking_lost", "sme", "did you mean 'same'"),
        ("thinking_lost", {"lognormal": {"mean": "1 h"}}, "lognormal needs cv"),
        ("thinking_lost", "never", "`silent` is the share of those who never say no"),
        ("silent", 1.5, "outside 0..1"),
        ("silent", -0.1, "outside 0..1"),
        ("expires", "-1 h", "is negative"),
        ("expires", 0, "above 0"),
        ("expires", "5 h", "nothing can expire"),
        ("remind", {"every": "5 h"}, "nobody is silent at this stage"),
    ],
)
def test_a_clock_that_cannot_be_is_refused_in_one_message(key, value, why):
    with pytest.raises(ScenarioError) as caught:
        small(stages(**{"thinking": "0 h", key: value}))
    (problem,) = caught.value.problems
    assert problem.path == f"market.stages.0.{key}"
    assert why in str(problem)
    assert problem.line is not None
    assert problem.allowed


def test_a_share_of_leads_above_one_is_refused():
    with pytest.raises(ScenarioError, match=r"market\.channels\.site\.declined_at_once: 2 is outside 0\.\.1"):
        small({"market.channels.site.declined_at_once": 2})


# --- the pipeline of the first day --------------------------------------------------------------------------------

SLOW = {
    "thinking": {"lognormal": {"mean": "1000 h", "cv": 0.8}},
    "thinking_lost": {"exponential": "1500 h"},
    "silent": 0.4,
    "expires": "2500 h",
}


def test_the_pipeline_of_the_first_day_is_as_many_as_are_open_by_littles_law():
    scenario = small(stages(**SLOW))
    sigma = np.log(1 + 0.8**2) ** 0.5
    z = (np.log(2500 / 1000) + sigma**2 / 2) / sigma
    in_time = ndtr(z)
    hours_open = {
        "yes": 0.5 * (1000 * ndtr(z - sigma) + 24 * in_time),  # and a day for the work of the next stage
        "late": 0.5 * (1 - in_time) * 2500,
        "no": 0.5 * 0.6 * 1500 * (1 - np.exp(-2500 / 1500)),
        "silent": 0.5 * 0.4 * 2500,
    }
    total = 24 + sum(hours_open.values())
    yes, vain = pipeline_occupancy(scenario), pipeline_in_vain(scenario)
    assert yes == pytest.approx(np.array([24, hours_open["yes"]]) / total, rel=1e-3)
    assert vain[0] == pytest.approx(np.array([hours_open[name] for name in ("late", "no", "silent")]) / total, rel=1e-3)
    assert not vain[1].any()  # the last stage says so at once: it has clocks of its own
    assert yes.sum() + vain.sum() == pytest.approx(1)


def test_who_could_not_buy_at_all_is_lost_at_the_last_stage_and_among_those_who_have_not_said_so() -> None:
    """Half come to the last stage; half of them would say yes, two in five of whom are fit: four in five are lost."""
    changes = stages() | {"market.channels.site.fit": 0.4}
    changes["market.stages"][1] |= {"conversion": 0.5, "thinking_lost": "30 h", "silent": 0.2, "expires": "100 h"}
    scenario = small(changes)
    lost = 0.5 * 0.8 * np.array([0, 0.8 * 30, 0.2 * 100])
    total = 24 + 0.5 * 34 + lost.sum()
    assert pipeline_in_vain(scenario)[1] == pytest.approx(lost / total)
    # of those who have stood there for twenty hours, ten of them since the last stage's work
    assert open_at_age(scenario.market, "site", "thing", 1, np.array([20.0]))[:, 0] == pytest.approx(
        [0, 0, 0, 0, 0.5 * 0.8 * 0.8, 0.5 * 0.8 * 0.2]
    )


def test_without_clocks_the_pipeline_has_nobody_who_is_lost_already():
    assert not pipeline_in_vain(small(stages())).any()


def test_a_steady_department_begun_with_its_own_pipeline_wins_as_many_in_each_of_the_first_weeks_as_later():
    rate, years, weeks = 2000.0, 4, 17
    quick = {"work": "1 min"}
    changes = stages(**SLOW, **quick)
    changes["market.stages"][1] |= quick
    bare = small(changes)
    talk = bare.market.stages[0]
    new = 24 / pipeline_occupancy(bare)[0]  # hours that a lead is open, with a day of work for each stage
    there = round(rate / 730.5 * new)
    changes |= {"market.initial": {"pipeline": there}, "market.channels.site.leads_per_month": rate}
    roles = {"seller": {"headcount": 8, "activities": ["sell"]}}
    scenario = small(changes | {"experiment.months": 4}, roles=roles)
    expected = rate * 168 / 730.5 * 0.5 * talk.in_time
    won, ends, closed = np.zeros(weeks), [], np.zeros(weeks)
    for replication in range(years):
        leads = simulate(scenario, "plain", World(scenario, replication)).leads
        for counts, state in ((won, WON), (closed, LOST)):
            counts += np.histogram(leads.closed[leads.state == state], weeks, (0, 168 * weeks))[0]
        ends.append((leads.state == OPEN).sum())
    assert won / years == pytest.approx(np.full(weeks, expected), abs=4 * (expected / years) ** 0.5)
    lost = rate * 168 / 730.5 - expected
    assert closed / years == pytest.approx(np.full(weeks, lost), abs=4 * (lost / years) ** 0.5 + 0.03 * lost)
    assert np.mean(ends) == pytest.approx(there, rel=0.03)


@pytest.mark.parametrize(
    ("luck", "told"),
    [
        (0.3, ("declined", 0.6 * 30.0)),
        (0.999, ("expired", 0.6 * 100.0)),
    ],
)
def test_who_is_lost_on_the_first_day_says_so_or_expires_later(luck, told):
    # half say yes in ten hours; of the lost four in five say no after thirty, the others never
    changes = stages(thinking_lost="30 h", silent=0.2, expires="100 h") | {"market.initial": {"pipeline": 1}}
    weights = np.cumsum([24, 0.5 * 34, 0, 0.5 * 0.8 * 30, 0.5 * 0.2 * 100])
    place = (weights[2] + luck * (weights[4] - weights[2])) / weights[4]
    record = live(small(changes), luck={"pipeline.stage": place, "pipeline.where": 0.6})
    assert [(why, at) for why, at, _ in fate(record)] == [(told[0], pytest.approx(told[1]))]
    assert record.leads.initial.all()
    assert record.busy.sum() == 0


def test_the_silent_of_the_first_day_ask_for_the_reminders_still_due():
    remind = {"every": "30 h", "work": "1 h"}
    changes = stages(silent=1, expires="100 h", remind=remind) | {"market.initial": {"pipeline": 1}}
    # open for 40 h already: reminded at 30, again at 60 and 90, and closed at 100
    record = live(small(changes), luck={"pipeline.stage": 0.999, "pipeline.where": 0.6})
    assert fate(record)[0][:2] == ("expired", pytest.approx(60))
    assert spans(record) == [(pytest.approx(20), pytest.approx(21)), (pytest.approx(50), pytest.approx(51))]
