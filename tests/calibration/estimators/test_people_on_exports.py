"""Estimators of customers and people on what a CRM would have recorded of simulated years."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import attempts, customers, load, presence, sellers, tenure, work_times
from simulation.calibration.exporting.made import records_of
from simulation.calibration.records import Records
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load as load_file

FOLDER = Path(__file__).parents[3] / "scenarios"
DRAWS = Resampling(draws=60)


@cache
def scenario() -> Scenario:
    return load_file(FOLDER / "department_of_ten.yaml", {"market.initial.customers": 200})


@cache
def year(number: int, structure: str = "universal") -> Records:
    return records_of(scenario(), structure, number)


def test_customers_are_found_in_most_years() -> None:
    """Six years with 200 customers of the first day: of four figures in each nine in ten intervals hold the truth."""
    known = scenario().market.customers
    truth = {
        "orders_per_year": 8766 / known.order_every.mean,
        "order_cv": known.order_cv,
        "order_size": known.order_size,
        "order_rate_cv": known.order_rate_cv,
    }
    hits, asked = 0, 0
    for number in range(6):
        found = customers.estimate(year(number), DRAWS)
        assert found.model.law.regular == 1
        for key, value in truth.items():
            low, high = found.figures[key].interval
            hits += low - 1e-9 <= value <= high + 1e-9
            asked += 1
    assert asked == 24 and hits >= 18, hits


def test_seats_and_office_hours_are_those_of_the_department() -> None:
    for number in range(2):
        found = presence.estimate(year(number), DRAWS)
        heads = scenario().structures["universal"].roles["universal"].headcount
        assert found.model.office.calendar() == {
            "week": ["mon", "tue", "wed", "thu", "fri"],
            "hours": "09:00-18:00",
            "lunch": "13:00-14:00",
        }
        assert 0.75 * heads < found.figures["heads"].value <= 1.02 * heads  # less what is vacant between two people


def test_hours_of_work_are_those_of_the_model() -> None:
    """A piece takes its work over availability, and longer where people are not practised yet, up to half as long."""
    found = work_times.estimate(year(0, "functional"), DRAWS)
    market, available = scenario().market, scenario().people.availability
    for name, work in (("order", market.customers.order_work), ("request", market.customers.request_work)):
        assert 0.95 < found.figures[f"{name}.hours"].value / (work.mean / available) < 1.5
        assert found.figures[f"{name}.cv"].value == pytest.approx(0.7, abs=0.12)


def test_the_load_of_the_log_is_that_of_the_year_but_for_changes_of_work() -> None:
    from simulation.study.lab import Case, Lab

    lab = Lab(jobs=1)
    for structure, roles in (("functional", ("hunter", "closer", "farmer")), ("universal", ("universal",))):
        records = year(0, structure)
        found = load.estimate(records, DRAWS, presence.estimate(records, DRAWS), work_times.estimate(records, DRAWS))
        real = lab.measure([Case(scenario(), structure)], [0], [f"load.{role}" for role in roles])[0, 0]
        for role, value in zip(roles, real, strict=True):
            assert 0.82 * value < found.figures[f"load.{role}"].value < 1.03 * value


def test_short_lists_of_staff_and_few_sellers_say_so() -> None:
    records = year(0)
    assert tenure.estimate(records, DRAWS).notes[0].key in ("people-tenure-few", "people-tenure-law")
    found = sellers.estimate(records, DRAWS)
    assert found.notes[0].key.startswith("people-sellers")
    assert attempts.estimate(records, DRAWS).figures["calls_per_day"].value > 0


def test_sellers_without_talent_are_not_said_to_differ() -> None:
    alike = scenario().replace({"people.talent.sd": 0})
    said = [sellers.estimate(records_of(alike, "universal", number), DRAWS) for number in range(4)]
    assert sum(each.model is not None and each.model.found for each in said) <= 1


def test_the_forecast_of_a_simulated_base_holds() -> None:
    """Orders of the last three months from those of the nine before: the mean of five years within a tenth."""
    ratios = []
    for number in range(5):
        records = year(number)
        split = records.as_of.replace(year=records.as_of.year - 1, month=10)
        known = records.until(split)
        found = customers.estimate(known, DRAWS)
        names = np.unique(known.orders["customer"])
        later = records.orders[(records.orders["placed"] >= str(split)) & records.orders["customer"].isin(names)]
        ahead = found.model.forecast((records.as_of - split).days)
        ratios.append(ahead.repeats.mean() / len(later))
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.1)
