"""What CRM systems write; columns as RECORDS of public files have them, and the traps that those hold."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from simulation.calibration.exporting import names
from simulation.calibration.exporting.layouts import (
    PLAIN,
    File,
    Layout,
    activities,
    by_state,
    calls,
    companies,
    contacts,
    history,
    html_table,
    last_change,
    money,
    neutral,
    orders,
    people,
    separated,
    staff,
    written_as,
    xes,
)
from simulation.calibration.records import Records

DOTTED = "%d.%m.%Y %H:%M:%S"
DOTTED_DAY = "%d.%m.%Y"

AMOCRM = (
    "ID",
    "Название сделки",
    "Бюджет",
    "Ответственный",
    "Дата создания сделки",
    "Кем создана сделка",
    "Дата редактирования",
    "Кем редактирована",
    "Дата закрытия",
    "Теги",
    "Примечание",
    "Примечание 2",
    "Примечание 3",
    "Примечание 4",
    "Примечание 5",
    "Этап сделки",
    "Воронка",
    "Полное имя контакта",
    "Компания контакта",
    "Ответственный за контакт",
    "Компания",
    "Рабочий телефон",
    "Рабочий email",
    "Источник",
    "Причина отказа",
    "utm_source",
    "Источник",
    "utm_source",
)
"""The last ones are the owner's own fields; names repeat."""


def _amocrm_rows(records: Records) -> list[tuple[object, ...]]:
    deals = records.deals
    who, customer = people(deals["owner"]), deals["customer"]
    empty = [""] * len(deals)
    return list(
        zip(
            30_000_001 + deals["deal"],
            [f"Сделка с {name}" for name in companies(customer)],
            money(deals["amount"]),
            who,
            written_as(deals["created"], DOTTED),
            ["Робот"] * len(deals),
            written_as(last_change(records), DOTTED),
            who,
            written_as(deals["closed"], DOTTED, "не закрыта"),
            empty,
            [f"Звонил {name}, просил перезвонить" if n % 5 == 0 else "" for n, name in enumerate(contacts(customer))],
            *[empty] * 4,
            by_state(deals, "Успешно реализовано", "Закрыто и не реализовано"),
            deals["pipeline"],
            contacts(customer),
            companies(customer),
            who,
            companies(customer),
            [names.telephone(number) for number in customer.tolist()],
            [names.mail(number) for number in customer.tolist()],
            deals["channel"],
            deals["reason"],
            deals["channel"],
            empty,
            empty,
            strict=True,
        )
    )


def amocrm(records: Records) -> tuple[File, ...]:
    """Deals of amoCRM: UTF-8 with commas."""
    name = f"amocrm_export_leads_{records.as_of:%Y-%m-%d}.csv"
    return (File(name, separated(AMOCRM, _amocrm_rows(records))),)


def amocrm_old(records: Records) -> tuple[File, ...]:
    """The same as older ones are: cp1251, semicolons, and a space behind `Бюджет`."""
    columns = [f"{column} " if column == "Бюджет" else column for column in AMOCRM]
    name = f"amocrm_export_leads_{records.as_of:%Y-%m-%d}.csv"
    return (File(name, separated(columns, _amocrm_rows(records), delimiter=";", encoding="cp1251")),)


BITRIX24 = (
    "ID",
    "Воронка",
    "Стадия сделки",
    "Название сделки",
    "Тип",
    "Источник",
    "Ответственный",
    "Компания",
    "Контакт",
    "Сумма",
    "Валюта",
    "Вероятность",
    "Дата начала",
    "Предполагаемая дата закрытия",
    "Повторная сделка",
    "Дата создания",
    "Дата изменения",
    "Кем создана",
    "Товар",
    "Цена",
    "Количество",
)
SECOND_PRODUCT = "Доставка"
OLDER = {"Воронка": "Направление"}


def _bitrix_rows(records: Records, overwritten: bool) -> list[tuple[object, ...]]:
    """One row a product of a deal; every third deal has two.

    Args:
        records: the records.
        overwritten: whether closing a deal sets its expected closing date; else that is a week after the creation.
    """
    deals = records.deals
    expected = deals["created"] + pd.Timedelta(days=7)
    if overwritten:
        expected = deals["closed"].fillna(expected)
    changed = last_change(records)
    two = (deals["deal"] % 3 == 0).to_numpy()
    n = np.repeat(np.arange(len(deals)), np.where(two, 2, 1))
    second = np.r_[False, n[1:] == n[:-1]] if len(n) else np.zeros(0, bool)
    twice = two[n]
    part = np.where(twice, np.where(second, 0.1, 0.9), 1.0)

    def each(values: list[str]) -> list[str]:
        return [values[row] for row in n.tolist()]

    def dated(times: pd.Series) -> list[str]:  # with a time or without, in one column
        with_time, without = written_as(times, DOTTED), written_as(times, DOTTED_DAY)
        return [day if row % 4 == 0 else time for row, (time, day) in enumerate(zip(with_time, without, strict=True))]

    owner, product = people(deals["owner"]), deals["product"].tolist()
    return list(
        zip(
            (deals["deal"] + 1).to_numpy()[n],
            each(deals["pipeline"].tolist()),
            each(by_state(deals, "Сделка успешна", "Сделка провалена")),
            each([f"Сделка № {number + 1}" for number in deals["deal"].tolist()]),
            ["Продажа"] * len(n),
            each(deals["channel"].tolist()),
            each(owner),
            each(companies(deals["customer"])),
            each(contacts(deals["customer"])),
            each(money(deals["amount"])),
            [_currency(records)] * len(n),
            each([{"won": "100", "lost": "0"}.get(status, "50") for status in deals["status"]]),
            each(written_as(deals["created"], DOTTED_DAY)),
            each(written_as(expected, DOTTED_DAY)),
            each(["Да" if repeat == 1 else "Нет" for repeat in deals["repeat"].tolist()]),
            each(dated(deals["created"])),
            each(written_as(changed, DOTTED)),
            each(owner),
            [SECOND_PRODUCT if later else product[row] for later, row in zip(second.tolist(), n.tolist(), strict=True)],
            money(pd.Series(np.round(deals["amount"].to_numpy()[n] * part, 2))),
            ["1"] * len(n),
            strict=True,
        )
    )


def _currency(records: Records) -> str:
    return {"RUB": "Российский рубль", "USD": "Доллар США", "EUR": "Евро"}.get(records.currency, records.currency)


def bitrix24(records: Records) -> tuple[File, ...]:
    """Deals of Bitrix24: an HTML table called `.xls`, whose expected closing date is overwritten at closing."""
    name = f"DEAL_{records.as_of:%Y%m%d}_6a1f03c2.xls"
    return (File(name, html_table(BITRIX24, _bitrix_rows(records, overwritten=True))),)


def bitrix24_csv(records: Records) -> tuple[File, ...]:
    """The same as CSV with the older name of the pipeline: closing leaves the expected closing date as it was."""
    columns = [OLDER.get(column, column) for column in BITRIX24]
    rows = _bitrix_rows(records, overwritten=False)
    content = separated(columns, rows, delimiter=";", mark=True, quoting=csv.QUOTE_ALL, backslash=True)
    return (File(f"DEAL_{records.as_of:%Y%m%d}_6a1f03c2.csv", content),)


BITRIX24_LEADS = (
    "ID",
    "Название лида",
    "Стадия",
    "Источник",
    "Ответственный",
    "Возможная сумма",
    "Валюта",
    "Дата создания",
    "Дата изменения",
    "Телефон",
)
LEAD_STAGES = {"open": "Не обработан", "qualified": "Качественный лид", "lost": "Некачественный лид"}


def bitrix24_leads(records: Records) -> tuple[File, ...]:
    """Leads of Bitrix24 before they are deals, and the deals that became of them."""
    leads = records.leads
    status = [
        "В работе" if s == "open" and o >= 0 else LEAD_STAGES[s]
        for s, o in zip(leads["status"], leads["owner"], strict=True)
    ]
    rows = zip(
        leads["lead"] + 1,
        [f"Заявка {names.contact(number)}" for number in leads["lead"].tolist()],
        status,
        leads["channel"],
        people(leads["owner"]),
        money(leads["amount"]),
        [_currency(records)] * len(leads),
        written_as(leads["created"], DOTTED),
        written_as(leads["closed"].fillna(leads["created"]), DOTTED),
        [names.telephone(number) for number in leads["lead"].tolist()],
        strict=True,
    )
    name = f"LEAD_{records.as_of:%Y%m%d}_6a1f03c2.csv"
    content = separated(BITRIX24_LEADS, rows, delimiter=";", mark=True, quoting=csv.QUOTE_ALL, backslash=True)
    return (File(name, content), *bitrix24(records))


HUBSPOT = (
    "Record ID",
    "Deal Name",
    "Pipeline",
    "Deal Stage",
    "Amount",
    "Close Date",
    "Create Date",
    "Deal owner",
    "Deal Type",
    "Closed Lost Reason",
    "Original Traffic Source",
)
"""Then a column `Date entered "<Stage> (<Pipeline>)"` for each stage of each pipeline."""
ENTRY = ("deal", "pipeline", "stage", "entered")
CLOSED_WON, CLOSED_LOST = "Closed Won", "Closed Lost"
TO_THE_MINUTE = "%Y-%m-%d %H:%M"


def hubspot(records: Records) -> tuple[File, ...]:
    """Deals of HubSpot with the times at which they entered their stages: a later entry overwrites an earlier one."""
    deals = records.deals
    month_end = deals["created"] + pd.offsets.MonthEnd(1)  # means nothing: it stands there by default
    when = {
        (deal, pipeline, stage): time
        for deal, pipeline, stage, time in records.entries[["deal", "pipeline", "stage", "entered"]].itertuples(
            index=False
        )
    }
    ended = zip(deals["deal"], deals["pipeline"], deals["status"], deals["closed"], strict=True)
    for deal, pipeline, status, time in ended:
        if status != "open":
            when[deal, pipeline, CLOSED_WON if status == "won" else CLOSED_LOST] = time
    stages = [*records.stages, *(stage for stage in records.entries["stage"].unique() if stage not in records.stages)]
    places = [(p, s) for p in deals["pipeline"].unique() for s in (*stages, CLOSED_WON, CLOSED_LOST)]
    there = {(pipeline, stage) for _, pipeline, stage in when}
    places = [place for place in places if place in there]
    columns = [*HUBSPOT, *(f'Date entered "{stage} ({pipeline})"' for pipeline, stage in places)]
    dates = [
        ["" if pd.isna(t := when.get((deal, *place), pd.NaT)) else f"{t:{TO_THE_MINUTE}}" for deal in deals["deal"]]
        for place in places
    ]
    rows = zip(
        7_700_000_001 + deals["deal"],
        [f"{name} - New Deal" for name in companies(deals["customer"])],
        deals["pipeline"],
        by_state(deals, CLOSED_WON, CLOSED_LOST),
        money(deals["amount"]),
        written_as(deals["closed"].fillna(month_end), TO_THE_MINUTE),
        written_as(deals["created"], TO_THE_MINUTE),
        people(deals["owner"]),
        ["Existing Business" if repeat == 1 else "New Business" for repeat in deals["repeat"].tolist()],
        deals["reason"],
        deals["channel"],
        *dates,
        strict=True,
    )
    name = f"hubspot-crm-exports-all-deals-{records.as_of:%Y-%m-%d}.csv"
    return (File(name, separated(columns, rows, quoting=csv.QUOTE_ALL)),)


PIPEDRIVE = (
    "Deal - ID",
    "Deal - Title",
    "Deal - Value",
    "Deal - Currency of value",
    "Deal - Stage",
    "Deal - Pipeline",
    "Deal - Status",
    "Deal - Owner",
    "Deal - Deal created",
    "Deal - Last stage change",
    "Deal - Won time",
    "Deal - Lost time",
    "Deal - Deal closed on",
    "Deal - Lost reason",
    "Deal - Source channel",
    "Deal - Organization",
)


def pipedrive(records: Records) -> tuple[File, ...]:
    """Deals of Pipedrive: status beside stage, and the last change of the stage alone."""
    deals = records.deals
    moved = deals["deal"].map(records.entries.groupby("deal")["entered"].max()).fillna(deals["created"])
    status = {"open": "Open", "won": "Won", "lost": "Lost"}
    rows = zip(
        deals["deal"] + 1,
        [f"{name} deal" for name in companies(deals["customer"])],
        money(deals["amount"]),
        [records.currency] * len(deals),
        deals["stage"],
        deals["pipeline"],
        [status[each] for each in deals["status"]],
        people(deals["owner"]),
        written_as(deals["created"], PLAIN),
        written_as(moved, PLAIN),
        written_as(deals["closed"].where(deals["status"] == "won"), PLAIN),
        written_as(deals["closed"].where(deals["status"] == "lost"), PLAIN),
        written_as(deals["closed"], PLAIN),
        deals["reason"],
        deals["channel"],
        companies(deals["customer"]),
        strict=True,
    )
    return (File("deals-4100217-18.csv", separated(PIPEDRIVE, rows)),)


SALESFORCE = (
    "Opportunity ID",
    "Opportunity Name",
    "From Stage",
    "To Stage",
    "Last Modified",
    "Amount",
    "Close Date",
    "Stage",
    "Created Date",
)


def salesforce(records: Records) -> tuple[File, ...]:
    """History of opportunities: a row a change of stage; every fourth one has a row where only the amount changed."""
    deals = records.deals
    stages = dict(zip(deals["deal"], by_state(deals, CLOSED_WON, CLOSED_LOST), strict=True))
    entries = {deal: rows for deal, rows in records.entries.groupby("deal")}
    rows: list[tuple[object, ...]] = []
    amounts = money(deals["amount"])
    columns = ("deal", "created", "closed", "customer")
    for amount, (deal, created, closed, customer) in zip(
        amounts, deals[[*columns]].itertuples(index=False), strict=True
    ):
        expected = created + pd.Timedelta(days=30) if pd.isna(closed) else closed
        moves = [] if deal not in entries else list(zip(entries[deal]["stage"], entries[deal]["entered"], strict=True))
        if not pd.isna(closed):
            moves.append((stages[deal], closed))
        before = ""
        for place, (stage, time) in enumerate(moves):
            shared = (amount, _american(expected), stages[deal], _american(created))
            head = (f"0065g00000{deal + 1:05d}AAA", f"{names.company(customer)}-")
            rows.append((*head, before, stage, _american(time, clock=True), *shared))
            if place == 0 and deal % 4 == 0 and len(moves) > 1:
                rows.append((*head, stage, stage, _american(time, clock=True), *shared))
            before = stage
    return (File(f"report{records.as_of:%Y%m%d}.csv", separated(SALESFORCE, rows, quoting=csv.QUOTE_ALL)),)


def _american(time: pd.Timestamp, clock: bool = False) -> str:
    day = f"{time.month}/{time.day}/{time.year}"
    return f"{day}, {(time.hour - 1) % 12 + 1}:{time.minute:02d} {'AM' if time.hour < 12 else 'PM'}" if clock else day


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "neutral": Layout(neutral),
        "history": Layout(history),
        "activities": Layout(activities),
        "xes": Layout(xes),
        "orders": Layout(orders),
        "staff": Layout(staff),
        "calls": Layout(calls),
        "amocrm": Layout(amocrm),
        "amocrm-cp1251": Layout(amocrm_old),
        "bitrix24": Layout(bitrix24),
        "bitrix24-csv": Layout(bitrix24_csv),
        "bitrix24-leads": Layout(bitrix24_leads, apart=True),
        "hubspot": Layout(hubspot),
        "pipedrive": Layout(pipedrive),
        "salesforce": Layout(salesforce),
    }
)
"""Every layout by the name that `--export-crm` knows it by."""
