"""Fewer than forty closed deals: defaults that say so, beside what can be estimated; refusals where nothing can."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.calibration.calibrate import Calibration
from simulation.calibration.defaults import WON, WON_RANGE
from simulation.calibration.exporting import records_of
from simulation.calibration.records import Records
from simulation.report.calibration.page import calibration_page
from simulation.sense.loader import load_text
from tests.calibration.test_calibrate import TEXT

FEW = {
    "experiment.months": 2,
    "experiment.warm_up": 0,
    "market.channels.site.leads_per_month": 12,
    "market.channels.friends.leads_per_month": 8,
}


@cache
def few() -> Records:
    return records_of(load_text(TEXT, "small.yaml").replace(FEW), "universal")


@cache
def found() -> Calibration:
    return simulation.calibrate(few(), worth=False, draws=40)


def test_stages_have_marked_defaults_and_the_rest_is_estimated() -> None:
    closed = int((few().deals["status"] != "open").sum())
    assert 20 < closed < 40
    text = found().made.text(files=False)
    assert text.count(f"default, too few records ({closed})") >= 3 * 3  # share, mean and spread of three stages
    facts = found().facts
    assert [each.name for each in facts.stages] == ["talk", "offer", "contract"]
    product = np.prod([each.share.value for each in facts.stages])
    assert product == pytest.approx(WON)
    drawn = np.prod([each.share.draws for each in facts.stages if each.share.draws is not None], axis=0)
    assert WON_RANGE[0] <= drawn.min() < 0.15 < 0.3 < drawn.max() <= WON_RANGE[1]
    rate = next(each.per_month for each in facts.channels if each.name == "site")
    assert rate.kept is None and rate.draws is not None and rate.interval[0] < 12 < rate.interval[1]
    assert len(facts.open) == int((few().deals["status"] == "open").sum()) > 0
    assert simulation.compare(found().scenario, replications=2, months=1, jobs=1).runs.finished == 2


def test_a_caution_stands_first_in_both_languages() -> None:
    assert found().sentences[0].key == "calibration-few"
    english, russian = (calibration_page(found(), language) for language in ("en", "ru"))
    assert "Caution: only" in english and "and 40 are needed" in english
    assert "Осторожно: закрыт" in russian


def test_with_a_single_closed_deal_of_a_list_it_still_says_what_it_can() -> None:
    deals = few().deals
    won = deals.index[deals["status"] == "won"][0]
    others = deals.assign(status="open", closed=pd.NaT, reason="")
    others.loc[won, ["status", "closed"]] = ["won", deals.loc[won, "closed"]]
    one = replace(few(), deals=others.astype(deals.dtypes.to_dict()), entries=few().entries[:0])
    told = simulation.calibrate(one, worth=False, draws=20)
    assert [each.name for each in told.facts.stages] == ["deal"]
    assert told.facts.stages[0].share.value == pytest.approx(WON) and "only one deal is" in told.sentences[0]


def test_too_few_people_to_divide_are_told_that_a_second_structure_is_theirs_to_write() -> None:
    made = found().made
    one = {"universal": made.tree["structures"]["universal"]}
    alone = replace(found(), made=replace(made, tree={**made.tree, "structures": one}))
    keys = [each.key for each in alone.sentences]
    assert "calibration-alone" in keys and "calibration-alone" not in [each.key for each in found().sentences]


@pytest.mark.parametrize(("status", "why"), [("open", "are open"), ("lost", "was won")])
def test_only_open_and_only_lost_deals_are_refused(status: str, why: str) -> None:
    deals = few().deals
    if status == "open":
        deals = deals.assign(status="open", closed=pd.NaT)
    else:
        deals = deals.assign(status=deals["status"].replace({"won": "lost"}))
    with pytest.raises(ValueError, match=why):
        simulation.calibrate(replace(few(), deals=deals.astype(few().deals.dtypes.to_dict())), worth=False, draws=20)
