"""What goes wrong in a CRM is noticed and named; a clean year is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from simulation.calibration.readers import Mapping, read
from simulation.calibration.records import Records
from simulation.texts import texts
from tests.calibration.readers import writers
from tests.calibration.readers.writers import STAGES, Deal, put

NAMED = "reading-note-"


def year(count: int = 600, seed: int = 3) -> list[Deal]:
    """A year of deals, a few a day, each through one to three stages."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(count):
        created = datetime(2025, 1, 6, 10) + timedelta(days=350 * number / count, seconds=int(rng.integers(0, 20_000)))
        passed = int(rng.integers(1, 4))
        entered = [created]
        for _ in range(passed - 1):
            entered.append(entered[-1] + timedelta(days=float(rng.exponential(5))))
        status = ["won", "lost", "lost"][number % 3] if number < count - 40 else "open"
        closed = None if status == "open" else entered[-1] + timedelta(days=float(rng.exponential(4)) + 0.01)
        whole = tuple(moment.replace(microsecond=0) for moment in entered)
        ended = None if closed is None else closed.replace(microsecond=0)
        made.append(Deal(number + 1, created, whole, ended, status, 100.0 + number, "Anna", "Rose", "Site"))
    return made


MADE = year()


def keys(records: Records) -> list[str]:
    return [note.key.removeprefix(NAMED) for note in records.notes]


def history(folder: Path, made: list[Deal], change: Callable[[str], str] = str) -> Records:
    return read(put(folder, "history.csv", change(writers.history(made))))


def test_a_clean_year_has_no_remarks(tmp_path: Path) -> None:
    records = history(tmp_path, MADE)
    assert not records.notes and not records.left_out
    listed = read(put(tmp_path, "hubspot.csv", writers.hubspot(MADE)))
    assert not listed.notes and not listed.left_out


def test_a_month_is_lost(tmp_path: Path) -> None:
    kept = [deal for deal in MADE if deal.created.month != 5]
    records = history(tmp_path, kept)
    (note,) = records.notes
    assert note.key == "reading-note-missing" and "between 30 April 2025 and 1 June 2025" in note
    assert "missing" in keys(read(put(tmp_path, "amo.csv", writers.amocrm(kept))))


def test_a_month_is_lost_though_a_few_rows_stand_in_it(tmp_path: Path) -> None:
    """Deals that were typed in after they had been closed have dates in the lost month: every twentieth of June's."""
    kept = [deal for deal in MADE if deal.created.month != 5]
    late = [deal for deal in kept if deal.created.month == 6][3::20]
    moved = [
        replace(deal, created=moment, entered=(moment, *deal.entered[1:]))
        for deal, moment in zip(late, (datetime(2025, 5, day, 12) for day in (9, 16, 25)), strict=False)
    ]
    records = history(tmp_path, [deal for deal in kept if deal not in late] + moved)
    (note,) = [each for each in records.notes if each.key == "reading-note-missing"]
    assert "between 30 April 2025 and 1 June 2025 there is hardly a row" in note
    assert "почти нет строк" in texts("ru").again(note)


def test_a_business_that_grows_and_quiet_weeks_are_no_lost_month(tmp_path: Path) -> None:
    """One deal a week for a quarter, then some a day, and three weeks in which a third as many come."""
    early = [replace(deal, number=9000 + n) for n, deal in enumerate(MADE[:160:12])]
    quiet = [deal for n, deal in enumerate(MADE[160:]) if deal.created.month != 8 or n % 3 == 0]
    assert "missing" not in keys(history(tmp_path, [*early, *quiet]))


def test_a_stage_has_got_another_name(tmp_path: Path) -> None:
    change = datetime(2025, 6, 2)
    rows = [["deal", "stage", "entered"]]
    for deal in MADE:
        for place, moment in enumerate(deal.entered):
            name = "Встреча" if STAGES[place] == "Переговоры" and moment >= change else STAGES[place]
            rows.append([str(deal.number), name, str(moment)])
        if deal.closed:
            rows.append([str(deal.number), deal.status, str(deal.closed)])
    path = put(tmp_path, "h.csv", writers.text(rows))
    records = read(path)
    assert keys(records) == ["joined"]
    assert "Переговоры ends where Встреча begins" in records.notes[0] and "as one" in records.notes[0]
    assert "Переговоры" not in records.stages and len(records.stages) == len(STAGES)
    apart = read(path, mapping=Mapping(rename={"Переговоры": "Переговоры"}))
    assert keys(apart) == ["renamed"] and {"Переговоры", "Встреча"} <= set(apart.stages)
    mended = read(path, mapping=Mapping(rename={"Встреча": "Переговоры"}))
    assert not mended.notes and mended.stages == STAGES


def test_deals_go_back_to_a_stage(tmp_path: Path) -> None:
    rows = [["deal", "stage", "entered"]]
    for deal in MADE:
        for place, moment in enumerate(deal.entered):
            rows.append([str(deal.number), STAGES[place], str(moment)])
        if deal.number % 10 == 0 and len(deal.entered) == 3:
            rows.append([str(deal.number), STAGES[0], str(deal.entered[-1] + timedelta(minutes=1))])
        if deal.closed:
            rows.append([str(deal.number), deal.status, str(deal.closed + timedelta(days=1))])
    records = read(put(tmp_path, "h.csv", writers.text(rows)))
    assert keys(records) == ["again"] and records.stages == STAGES
    count = records.notes[0].values["count"]
    assert count == sum(deal.number % 10 == 0 and len(deal.entered) == 3 for deal in MADE)


def test_a_column_of_a_stage_is_overwritten_when_a_deal_goes_back(tmp_path: Path) -> None:
    back = [
        replace(deal, entered=(deal.entered[2] + timedelta(hours=1), *deal.entered[1:]))
        if len(deal.entered) == 3 and deal.number % 4 == 0
        else deal
        for deal in MADE
    ]
    records = read(put(tmp_path, "hubspot.csv", writers.hubspot(back)))
    assert "overwritten" in keys(records) and records.stages == STAGES


def test_duplicates_are_left_out_and_counted(tmp_path: Path) -> None:
    lines = writers.history(MADE).splitlines()
    records = read(put(tmp_path, "h.csv", "\n".join([*lines, *lines[5:9]])))
    assert [(left.reason.key, left.count) for left in records.left_out] == [("reading-left-duplicate", 4)]
    assert len(records.deals) == len(MADE)
    twice = read(put(tmp_path, "a.csv", writers.amocrm([*MADE, *MADE[:3]])))
    assert len(twice.deals) == len(MADE) and twice.left_out[0].count == 3


def test_deals_that_closed_before_they_were_created_are_left_out(tmp_path: Path) -> None:
    wrong = [
        replace(deal, closed=deal.created - timedelta(days=2)) if deal.closed and deal.number % 50 == 0 else deal
        for deal in MADE
    ]
    count = sum(bool(deal.closed) and deal.number % 50 == 0 for deal in MADE)
    records = read(put(tmp_path, "a.csv", writers.amocrm(wrong)))
    assert [(left.reason.key, left.count) for left in records.left_out] == [("reading-left-closed-before", count)]
    assert len(records.deals) == len(MADE) - count
    listed = read(put(tmp_path, "h.csv", writers.hubspot(wrong)))
    assert listed.left_out[0].count == count
    assert listed.entries["deal"].max() < len(listed.deals)


def test_a_day_without_a_clock_is_no_earlier_than_its_morning(tmp_path: Path) -> None:
    rows = [{"status": "won", "created": "2026-01-13 15:00", "closed": "2026-01-13"}]
    records = read(put(tmp_path, "d.csv", writers.text(rows)))
    assert records.deals["closed"].iloc[0] == records.deals["created"].iloc[0] and not records.left_out


@pytest.mark.parametrize(("field", "named"), [("closed", "closed-at-once"), ("created", "created-at-once")])
def test_many_deals_with_one_day(tmp_path: Path, field: str, named: str) -> None:
    day = datetime(2025, 12, 20, 12) if field == "closed" else datetime(2025, 1, 6, 9)
    made = [
        replace(deal, **{field: day}) if deal.number % 3 == 0 and (field == "created" or deal.closed) else deal
        for deal in MADE
    ]
    made = [deal for deal in made if not deal.closed or deal.closed > deal.created]
    records = read(put(tmp_path, "a.csv", writers.amocrm(made)))
    assert named in keys(records)


def test_a_deal_that_was_opened_again(tmp_path: Path) -> None:
    rows = [["deal", "stage", "entered"], ["1", "Contact", "2026-01-13"], ["1", "Lost", "2026-01-14"]]
    rows += [
        ["1", "Offer", "2026-01-15"],
        ["1", "Won", "2026-01-16"],
        ["2", "Contact", "2026-01-13"],
        ["2", "Lost", "2026-01-14"],
    ]
    records = read(put(tmp_path, "h.csv", writers.text(rows)))
    assert records.deals["status"].tolist() == ["won", "lost"] and "reopened" in keys(records)
    assert records.deals["closed"].iloc[0] == datetime(2026, 1, 16)


def test_a_history_that_begins_in_the_middle(tmp_path: Path) -> None:
    rows = [["Opportunity ID", "From Stage", "To Stage", "Last Modified"], ["1", "Contact", "Offer", "2026-01-13"]]
    rows += [["1", "Offer", "Closed Won", "2026-01-14"], ["2", "", "Contact", "2026-01-14"]]
    records = read(put(tmp_path, "h.csv", writers.text(rows)))
    assert "cut-off" in keys(records)


def test_ends_that_only_sound_so_are_taken_and_told(tmp_path: Path) -> None:
    names = {"won": "Договор подписан", "lost": "Отказ клиента", "open": "Согласование"}
    rows = [
        {"id": d.number, "стадия": names[d.status], "создана": str(d.created), "закрыта": str(d.closed or "")}
        for d in MADE
    ]
    records = read(put(tmp_path, "d.csv", writers.text(rows)))
    assert records.deals["status"].tolist() == [deal.status for deal in MADE]
    assert keys(records)[:2] == ["likely-won", "likely-lost"] and records.stages == ("Согласование",)
    moves = [["deal", "stage", "entered"]]
    for deal in MADE:
        moves += [
            [str(deal.number), "Договор подписан" if n == 1 else STAGES[n], str(t)] for n, t in enumerate(deal.entered)
        ]
        moves += (
            [[str(deal.number), "Paid" if deal.status == "won" else "Declined", str(deal.closed)]]
            if deal.closed
            else []
        )
    records = read(put(tmp_path, "h.csv", writers.text(moves)))
    assert records.deals["status"].tolist() == [deal.status for deal in MADE]
    assert "Договор подписан" in records.stages and "Paid" not in records.stages
    alone = [{"статус": names[d.status], "создана": str(d.created), "закрыта": str(d.closed or "")} for d in MADE]
    assert (read(put(tmp_path, "s.csv", writers.text(alone))).deals["status"] == [d.status for d in MADE]).all()
