"""What a CRM would have recorded of a simulated year: as much as happened, no more than it could see."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.analysis.unknown import UnknownName
from simulation.calibration.exporting import SimulatedYear, names
from simulation.calibration.exporting import systems as crm
from simulation.calibration.exporting.export import exported
from simulation.calibration.exporting.faults import FAULTS, planted
from simulation.calibration.exporting.layouts import ACTIVITIES, CALLS, HISTORY, NEUTRAL, ORDERS, STAFF
from simulation.calibration.exporting.made import REASON_SHOWN, recorded
from simulation.calibration.exporting.systems import LAYOUTS
from simulation.calibration.records import COLUMNS, Records
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text

SMALL = """
version: 1
title: Shop
currency: RUB
calendar: {country: RU}
experiment: {start: 2025-01-01, months: 8, warm_up: 3, seed: 4}
market:
  channels:
    site: {kind: inbound, leads_per_month: 60, fit: 0.6}
    calls: {kind: outbound, find_probability: 5 %}
  products:
    tool: {deal: {lognormal: {mean: 50 k, cv: 0.5}}, gross_margin: 40 %}
  stages:
    - name: offer
      work: 1 h
      conversion: 0.5
      thinking: {lognormal: {mean: 9 days, cv: 0.7}}
      thinking_lost: {lognormal: {mean: 5 days, cv: 1}}
      silent: 0.3
      expires: 2 months
    - {name: order, work: 1 h, conversion: 0.8, reach: {probability: 0.5, every: 1 day, most: 4, work: 3 min}}
  customers: {order_every: {exponential: 1 month}, churn_per_year: 0.5}
  initial: {customers: 10, pipeline: 8}
structures:
  all: {preset: universal, roles: {universal: {headcount: 4, pay: {base: 30 k}}}}
  apart:
    preset: functional
    roles:
      hunter: {headcount: 2, pay: {base: 30 k}}
      closer: {headcount: 1, pay: {base: 30 k}}
      farmer: {headcount: 1, pay: {base: 30 k}}
"""


@pytest.fixture(scope="module")
def shop() -> Scenario:
    return load_text(SMALL, "shop.yaml", {})


@pytest.fixture(scope="module")
def year(shop: Scenario) -> SimulatedYear:
    return SimulatedYear.of(shop, "apart", 1)


@pytest.fixture(scope="module")
def records(year: SimulatedYear) -> Records:
    return recorded(year)


@pytest.fixture(scope="module")
def whole(year: SimulatedYear) -> Records:
    """With everything from the first hour of the warm-up on."""
    return recorded(year, since=year.world.start)


def test_every_table_has_its_columns_in_their_kinds(records: Records) -> None:
    for name, columns in COLUMNS.items():
        assert {column: str(kind) for column, kind in getattr(records, name).dtypes.items()} == dict(columns), name


def test_as_many_deals_orders_and_works_as_in_the_record(year: SimulatedYear, whole: Records) -> None:
    record, leads = year.record, year.record.leads
    by_robots = leads.reason == REASONS.index("expired")
    before_the_end = ~(np.where(by_robots, leads.closed, year.opening(leads.closed)) >= record.end)
    assert len(whole.deals) == len(leads.arrived)
    for status, state in (("won", WON), ("lost", LOST)):
        assert (whole.deals["status"] == status).sum() == ((leads.state == state) & before_the_end).sum() > 0
    assert (whole.deals["status"] == "open").sum() >= (leads.state == OPEN).sum() > 0
    assert len(whole.activities) == len(record.events)
    gone = ~np.isnan(record.customers.until)[record.orders.customer] & np.isnan(record.orders.billed)
    assert len(whole.orders) == (record.sales.kind == 0).sum() + (~gone).sum()


def test_deals_closed_before_the_records_begin_are_not_there(year: SimulatedYear, records: Records) -> None:
    first = pd.Timestamp(2025, 1, 1)
    assert records.since == date(2025, 1, 1)
    assert records.as_of == date(2025, 9, 1)
    assert not (records.deals["closed"] < first).any()
    assert (records.deals["created"] < first).any(), "those that were open then are"


def test_calls_are_the_attempts_of_the_record(year: SimulatedYear, records: Records) -> None:
    tries = [row for row in year.record.events if row.activity == "order (stage)" and row.start >= year.record.begin]
    assert records.calls["calls"].sum() == year.record.attempts.sum() + len(tries)
    found = (year.record.leads.found & (year.record.leads.arrived >= year.record.begin)).sum()
    assert records.calls["leads"].sum() == found > 0


def test_people_move_cards_in_office_hours(year: SimulatedYear, whole: Records) -> None:
    calendar = year.world.calendar
    first = pd.Timestamp(year.world.start)
    moved = whole.entries.groupby("deal")["entered"].rank(method="first") > 1
    by_people = whole.deals["reason"] != "silent"
    assert not by_people.all(), "a robot closes what nobody has answered"
    for times in (whole.entries["entered"][moved], whole.deals["closed"][by_people].dropna()):
        hours = (times - first) / pd.Timedelta(hours=1)
        hours = hours[hours > 0]
        second = 1 / 3600
        closed_then = [
            h
            for h in hours
            if not (calendar.is_open(h) or calendar.is_open(h - second) or calendar.is_open(h + second))
        ]
        assert len(hours) > 50
        assert not closed_then
    created = (whole.deals["created"] - first) / pd.Timedelta(hours=1)
    assert not all(calendar.is_open(h) for h in created), "enquiries come at night too"


def test_a_card_moves_forward_between_its_creation_and_its_end(whole: Records) -> None:
    deals = whole.deals.set_index("deal")
    entries = whole.entries.join(deals[["created", "closed"]], on="deal")
    assert (entries["entered"] >= entries["created"]).all()
    assert not (entries["entered"] > entries["closed"]).any()
    assert not (entries.groupby("deal")["entered"].diff() < pd.Timedelta(0)).any()
    order = entries["stage"].map({stage: n for n, stage in enumerate(whole.stages)})
    assert not (order.groupby(entries["deal"]).diff() <= 0).any()
    last = entries.groupby("deal")["stage"].last()
    assert (deals["stage"] == last.reindex(deals.index)).all()


def test_the_time_in_a_stage_is_waiting_work_and_thinking(year: SimulatedYear, whole: Records) -> None:
    """The gap from one stage to the next is at least the customer's thinking; the rest is ours."""
    leads = year.record.leads
    entered, thinking = year.entered, year.thinking
    mine = ~leads.initial & ~np.isnan(entered[:, 2])
    gap = entered[mine, 2] - entered[mine, 1]
    assert mine.sum() > 30
    assert (gap >= thinking[mine, 1]).all()
    _, ended, _ = year.work
    free = year.opening(ended[mine, 1] + thinking[mine, 1])
    assert entered[mine, 2] == pytest.approx(free, abs=1e-6)


def test_who_will_say_no_and_has_not_looks_like_everybody(year: SimulatedYear) -> None:
    """An open deal whose customer is silent stays where it was, as one whose customer will say yes."""
    leads = year.record.leads
    thinking = np.flatnonzero((leads.state == OPEN) & ~leads.initial)
    worked = ~np.isnan(year.work[1][thinking, 1]) & np.isnan(year.entered[thinking, 2])
    assert leads.in_vain[thinking][worked].any()
    assert not leads.in_vain[thinking][worked].all()
    assert np.isnan(year.entered[thinking[leads.in_vain[thinking]], 2]).all()


def test_reasons_are_those_that_a_seller_sees() -> None:
    assert set(REASON_SHOWN) == set(REASONS)
    assert REASON_SHOWN["disqualified_fit"] == REASON_SHOWN["disqualified_unfit"]
    assert REASON_SHOWN["unfit"] == REASON_SHOWN["declined"] == REASON_SHOWN["answered_late"]


def test_people_of_the_log_are_those_of_the_list(year: SimulatedYear, whole: Records) -> None:
    assert set(whole.activities["person"]) <= set(whole.staff["person"])
    roles = dict(zip(whole.staff["person"], whole.staff["role"], strict=True))
    for row in year.record.events:
        assert roles[year.person_of[row.person]] == row.role


def test_leads_apart_and_deals_are_the_same_as_together(year: SimulatedYear, whole: Records) -> None:
    apart = recorded(year, since=year.world.start, apart=True)
    assert "qualification" not in apart.stages
    assert set(apart.leads["status"]) == {"open", "qualified", "lost"}
    first_day = year.record.leads.initial.sum()
    assert len(apart.deals) == (apart.leads["status"] == "qualified").sum() + first_day
    assert (apart.deals["status"] == "won").sum() == (whole.deals["status"] == "won").sum()


def test_several_processes_and_named_people_are_told_apart() -> None:
    year = SimulatedYear.of(simulation.load("scenarios/counter_and_contracts.yaml"), "universal", 0)
    made = recorded(year)
    assert set(made.deals["pipeline"]) == {"contracts", "counter"}
    of = made.entries.groupby("pipeline")["stage"].agg(set)
    assert "service" in of["counter"]
    assert "service" not in of["contracts"]


# --- layouts ------------------------------------------------------------------------------------------------------

TEXTS = {
    "neutral": NEUTRAL,
    "history": HISTORY,
    "activities": ACTIVITIES,
    "orders": ORDERS,
    "staff": STAFF,
    "calls": CALLS,
    "pipedrive": crm.PIPEDRIVE,
    "salesforce": crm.SALESFORCE,
    "amocrm": crm.AMOCRM,
}


def test_columns_are_those_of_real_exports() -> None:
    """As the page of records has them; what follows after them is the owner's own."""
    amocrm = (
        "ID, Название сделки, Бюджет, Ответственный, Дата создания сделки, Кем создана сделка, Дата редактирования, "
        "Кем редактирована, Дата закрытия, Теги, Примечание, Примечание 2, Примечание 3, Примечание 4, Примечание 5, "
        "Этап сделки, Воронка, Полное имя контакта, Компания контакта, Ответственный за контакт, Компания, "
        "Рабочий телефон"
    )
    assert ", ".join(crm.AMOCRM[:22]) == amocrm
    assert len(set(crm.AMOCRM)) < len(crm.AMOCRM), "names repeat"
    assert ", ".join(crm.BITRIX24) == (
        "ID, Воронка, Стадия сделки, Название сделки, Тип, Источник, Ответственный, Компания, Контакт, Сумма, Валюта, "
        "Вероятность, Дата начала, Предполагаемая дата закрытия, Повторная сделка, Дата создания, Дата изменения, "
        "Кем создана, Товар, Цена, Количество"
    )
    assert ", ".join(crm.BITRIX24_LEADS[:7]) == (
        "ID, Название лида, Стадия, Источник, Ответственный, Возможная сумма, Валюта"
    )
    assert ", ".join(crm.HUBSPOT) == (
        "Record ID, Deal Name, Pipeline, Deal Stage, Amount, Close Date, Create Date, Deal owner, Deal Type, "
        "Closed Lost Reason, Original Traffic Source"
    )
    assert ", ".join(crm.PIPEDRIVE[:14]) == (
        "Deal - ID, Deal - Title, Deal - Value, Deal - Currency of value, Deal - Stage, Deal - Pipeline, "
        "Deal - Status, Deal - Owner, Deal - Deal created, Deal - Last stage change, Deal - Won time, "
        "Deal - Lost time, Deal - Deal closed on, Deal - Lost reason"
    )
    assert ", ".join(crm.SALESFORCE) == (
        "Opportunity ID, Opportunity Name, From Stage, To Stage, Last Modified, Amount, Close Date, Stage, Created Date"
    )
    assert ", ".join(HISTORY) == "deal, stage, entered, amount, owner, source"
    assert ", ".join(ACTIVITIES[:4]) == "case:concept:name, concept:name, time:timestamp, org:resource"


def content(records: Records, layout: str) -> bytes:
    return LAYOUTS[layout].written(records)[0].content


@pytest.mark.parametrize("layout", TEXTS)
def test_plain_files_have_their_columns_and_a_row_for_each_case(records: Records, layout: str) -> None:
    rows = list(csv.reader(io.StringIO(content(records, layout).decode())))
    assert tuple(rows[0]) == TEXTS[layout]
    assert all(len(row) == len(rows[0]) for row in rows)
    of = {"activities": records.activities, "orders": records.orders, "staff": records.staff, "calls": records.calls}
    entered, closed = len(records.entries), records.deals["closed"].notna().sum()
    if layout == "history":
        assert len(rows) - 1 == entered + closed
    elif layout == "salesforce":
        edits = [row for row in rows[1:] if row[2] == row[3]]
        assert len(rows) - 1 == entered + closed + len(edits)
        assert len(edits) > 10
        assert sum(row[2] == "" for row in rows) == len(records.deals)
    else:
        assert len(rows) - 1 == len(of.get(layout, records.deals)) > 0


def test_amocrm_says_what_is_not_closed(records: Records) -> None:
    rows = list(csv.DictReader(io.StringIO(content(records, "amocrm").decode())))
    assert sum(row["Дата закрытия"] == "не закрыта" for row in rows) == (records.deals["status"] == "open").sum() > 0
    won = sum(row["Этап сделки"] == "Успешно реализовано" for row in rows)
    assert won == (records.deals["status"] == "won").sum()
    old = content(records, "amocrm-cp1251").decode("cp1251")
    assert old.startswith("ID;Название сделки;Бюджет ;")
    with pytest.raises(UnicodeDecodeError):
        content(records, "amocrm-cp1251").decode()


def test_bitrix24_has_one_row_a_product_in_a_table_of_html(records: Records) -> None:
    text = content(records, "bitrix24").decode()
    table = pd.read_html(io.StringIO(text))[0] if _lxml() else None
    assert "<table" in text[:200]
    assert text.count("<tr>") - 1 > len(records.deals)
    if table is not None:
        assert table["ID"].nunique() == len(records.deals)
    rows = content(records, "bitrix24-csv")
    assert rows.startswith(b"\xef\xbb\xbf")
    assert '\\"' in rows.decode("utf-8-sig")
    assert rows.decode("utf-8-sig").startswith('"ID";"Направление";')


def _lxml() -> bool:
    try:
        import lxml  # noqa: F401
    except ImportError:
        return False
    return True


def test_hubspot_has_the_times_at_which_stages_were_entered(records: Records) -> None:
    rows = list(csv.DictReader(io.StringIO(content(records, "hubspot").decode())))
    offers = [row['Date entered "offer (default)"'] for row in rows]
    expected = records.entries[records.entries["stage"] == "offer"]["entered"].dt.strftime("%Y-%m-%d %H:%M")
    assert sorted(filter(None, offers)) == sorted(expected)
    unclosed = [row["Close Date"] for row in rows if row["Deal Stage"] not in ("Closed Won", "Closed Lost")]
    assert all(unclosed), "an open deal has a closing date by default"


def test_xes_has_an_event_for_each_start_and_each_end(records: Records) -> None:
    import xml.etree.ElementTree as ET

    root = ET.fromstring(content(records, "xes"))
    space = {"x": "http://www.xes-standard.org/"}
    assert len(root.findall("x:trace/x:event", space)) == 2 * len(records.activities)


def test_leads_of_bitrix24_are_apart_from_deals(year: SimulatedYear) -> None:
    made = recorded(year, apart=True)
    leads, deals = LAYOUTS["bitrix24-leads"].written(made)
    rows = list(csv.reader(io.StringIO(leads.content.decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == crm.BITRIX24_LEADS
    assert len(rows) - 1 == len(made.leads)
    assert deals.name.startswith("DEAL_")


def test_nothing_of_the_truth_is_in_an_export(shop: Scenario) -> None:
    files = exported(shop, "all", structure="apart")
    outside = {
        (place, file.name): file.content.decode("utf-8-sig", errors="replace")
        for place, file in files
        if place != "truth"
    }
    assert {place for place, _ in outside} == set(LAYOUTS)
    for where, text in outside.items():
        for word in ("unfit", "in_vain", "thinking", "answered_late", "disqualified", "site/", "hunter-1"):
            assert word not in text, (where, word)
    truth = {file.name: file.content.decode() for place, file in files if place == "truth"}
    assert set(truth) == {"truth.json", "scenario.yaml", "leads.csv", "events.csv"}
    assert "in_vain" in truth["leads.csv"]


def test_no_two_people_or_customers_have_one_name() -> None:
    for named in (names.person, names.contact, names.company, names.telephone, names.mail):
        made = [named(number) for number in range(3000)]
        assert len(set(made)) == len(made)
        assert all(any(part in name for part in names.originals()) for name in made)
        assert named(-1) == ""


# --- faults -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_planted_and_told_and_the_same_again(records: Records, fault: str) -> None:
    made, again = planted(records, [fault]), planted(records, [fault])
    assert list(made.told) == [fault]
    assert made.told == again.told
    assert not (made.records.deals.equals(records.deals) and made.records.entries.equals(records.entries))
    pd.testing.assert_frame_equal(made.records.deals, again.records.deals)
    for name, columns in COLUMNS.items():
        assert {c: str(kind) for c, kind in getattr(made.records, name).dtypes.items()} == dict(columns), name
    json.dumps(made.told)


def test_what_faults_do(records: Records) -> None:
    deals = records.deals
    twice = planted(records, ["duplicates"])
    assert len(twice.records.deals) == len(deals) + len(twice.told["duplicates"])
    first = planted(records, ["closed-first"])
    early = first.records.deals[first.records.deals["closed"] < first.records.deals["created"]]
    assert sorted(early["deal"]) == sorted(first.told["closed-first"])
    late = planted(records, ["overwritten"]).records.deals
    assert (late["closed"].dropna() >= deals["closed"].dropna()).all()
    again = planted(records, ["re-entered"])
    counts = again.records.entries.groupby(["deal", "stage"]).size()
    assert set(counts[counts > 1].index.get_level_values("deal")) == set(again.told["re-entered"])
    renamed = planted(records, ["renamed"])
    at = pd.Timestamp(renamed.told["renamed"]["at"])
    new = renamed.records.entries["stage"].str.endswith("(new)")
    assert (new == (renamed.records.entries["entered"] >= at)).all()
    lost = planted(records, ["lost-month"])
    month = pd.Period(lost.told["lost-month"]["month"], "M")
    assert (deals["created"].dt.to_period("M") == month).any()
    assert not (lost.records.deals["created"].dt.to_period("M") == month).any()


# --- the public face ----------------------------------------------------------------------------------------------


def test_files_are_written_by_layout_with_the_truth_apart(shop: Scenario, tmp_path: Path) -> None:
    made = simulation.export_crm(shop, ["hubspot", "staff"], tmp_path, structure="all", faults=["duplicates"])
    assert {path.relative_to(tmp_path).parts[0] for path in made} == {"hubspot", "staff", "truth"}
    told = json.loads((tmp_path / "truth" / "truth.json").read_text(encoding="utf-8"))
    assert told["structure"] == "all"
    assert told["faults"]["duplicates"]


def test_what_there_is_not_is_refused_before_anything_is_written(shop: Scenario, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="hubspot"):
        simulation.export_crm(shop, "hubspt", tmp_path / "out")
    with pytest.raises(UnknownName, match="renamed"):
        simulation.export_crm(shop, "hubspot", tmp_path / "out", faults=["renam"])
    with pytest.raises(UnknownName, match="apart"):
        simulation.export_crm(shop, "hubspot", tmp_path / "out", structure="aparte")
    assert not (tmp_path / "out").exists()
