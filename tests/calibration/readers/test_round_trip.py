"""What is exported of a simulated year in a layout and read again is the year, as far as the layout tells it."""

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.exporting import SimulatedYear
from simulation.calibration.exporting.faults import planted
from simulation.calibration.exporting.made import recorded
from simulation.calibration.exporting.names import originals
from simulation.calibration.exporting.systems import LAYOUTS
from simulation.calibration.readers import Mapping, Reading, guess, reading
from simulation.calibration.records import COLUMNS, Records
from simulation.sense.loader import load_text
from tests.calibration.test_exporting import SMALL


@pytest.fixture(scope="module")
def year() -> SimulatedYear:
    return SimulatedYear.of(load_text(SMALL, "shop.yaml", {}), "apart", 1)


@pytest.fixture(scope="module")
def kept(year: SimulatedYear) -> dict[bool, Records]:
    """Without and with leads apart from deals."""
    return {apart: recorded(year, None, apart) for apart in (False, True)}


def read_again(folder: Path, layouts: tuple[str, ...], records: Records, mapping: Mapping | None = None) -> Reading:
    """Records through the files of some layouts."""
    paths = []
    for layout in layouts:
        for file in LAYOUTS[layout].written(records):
            path = folder / layout / file.name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(file.content)
            paths.append(path)
    return reading(paths, as_of=records.as_of, mapping=mapping)


def same_numbers(one: pd.Series, other: pd.Series) -> bool:
    """Whether two columns of numbers tell the same rows apart."""
    pairs = pd.DataFrame({"one": one.to_numpy(), "other": other.to_numpy()}).drop_duplicates()
    unknown = (pairs["one"] < 0) == (pairs["other"] < 0)
    return bool(unknown.all() and pairs["one"].is_unique and pairs["other"].is_unique)


def to_the(unit: str, times: pd.Series) -> np.ndarray:
    return times.to_numpy().astype(f"datetime64[{unit}]")


DEALS = {
    "neutral": "pipeline stage channel owner amount customer product reason",
    "history": "stage channel owner amount entries",
    "amocrm": "pipeline channel owner amount customer reason open-stage",
    "amocrm-cp1251": "pipeline channel owner amount customer reason open-stage",
    "bitrix24": "pipeline channel owner amount customer product repeat open-stage currency days",
    "bitrix24-csv": "pipeline channel owner amount customer product repeat open-stage currency days",
    "bitrix24-leads": "pipeline channel owner amount customer product repeat open-stage currency days",
    "hubspot": "pipeline stage channel owner amount repeat reason minutes entries pipelines",
    "pipedrive": "pipeline stage channel owner amount customer reason currency",
    "salesforce": "stage amount minutes entries",
}
"""What each layout tells of a deal besides its dates and how it stands."""


@pytest.mark.parametrize("layout", DEALS)
def test_deals(tmp_path: Path, kept: dict[bool, Records], layout: str) -> None:
    written, told = kept[LAYOUTS[layout].apart], DEALS[layout].split()
    got = read_again(tmp_path, (layout,), written).records
    deals, truth = got.deals, written.deals
    unit = "D" if "days" in told else "m" if "minutes" in told else "s"
    assert deals["status"].tolist() == truth["status"].tolist()
    assert np.array_equal(to_the(unit, deals["created"]), to_the(unit, truth["created"]))
    unit = "m" if "minutes" in told else "s"
    assert np.array_equal(to_the(unit, deals["closed"]), to_the(unit, truth["closed"]), equal_nan=True)
    for column in ("pipeline", "stage", "channel", "product", "reason"):
        if column in told:
            assert deals[column].tolist() == truth[column].tolist(), column
    if "open-stage" in told:
        still = (truth["status"] == "open").to_numpy()
        assert deals["stage"][still].tolist() == truth["stage"][still].tolist()
    for column in ("owner", "customer"):
        if column in told:
            assert same_numbers(deals[column], truth[column]), column
    for column in ("amount", "repeat"):
        if column in told:
            np.testing.assert_array_equal(deals[column], truth[column])
    if "entries" in told:
        assert got.entries["deal"].tolist() == written.entries["deal"].tolist()
        assert got.entries["stage"].tolist() == written.entries["stage"].tolist()
        assert np.array_equal(to_the(unit, got.entries["entered"]), to_the(unit, written.entries["entered"]))
        assert got.stages == written.stages and got.has_history
        if "pipelines" in told:
            assert got.entries["pipeline"].tolist() == written.entries["pipeline"].tolist()
    assert got.currency == ("RUB" if "currency" in told else "")
    assert got.as_of == written.as_of
    edits = {"reading-left-no-change"} if layout == "salesforce" else set()
    assert {left.reason.key for left in got.left_out} == edits


def test_leads_apart_from_deals(tmp_path: Path, kept: dict[bool, Records]) -> None:
    written = kept[True]
    leads = read_again(tmp_path, ("bitrix24-leads",), written).records.leads
    for column in ("status", "channel"):
        assert leads[column].tolist() == written.leads[column].tolist()
    for column in ("created", "closed"):
        pd.testing.assert_series_equal(leads[column], written.leads[column])
    assert same_numbers(leads["owner"], written.leads["owner"])


@pytest.mark.parametrize("layout", ["activities", "xes"])
def test_a_log_of_work(tmp_path: Path, kept: dict[bool, Records], layout: str) -> None:
    columns = ["activity", "completed", "started"]
    log = read_again(tmp_path, (layout,), kept[False]).records.activities.sort_values([*columns, "person"])
    truth = kept[False].activities.sort_values(columns)
    assert len(log) == len(truth)
    for column in columns:
        assert log[column].tolist() == truth[column].tolist()
    counts = [table.groupby("person").size().sort_values().tolist() for table in (log, truth)]
    assert counts[0] == counts[1]


def test_orders_staff_and_calls(tmp_path: Path, kept: dict[bool, Records]) -> None:
    written = kept[False]
    got = read_again(tmp_path, ("orders", "staff", "calls"), written).records
    assert same_numbers(got.orders["customer"], written.orders["customer"])
    assert got.orders["amount"].tolist() == written.orders["amount"].tolist()
    assert np.array_equal(to_the("D", got.orders["placed"]), to_the("D", written.orders["placed"]))
    assert got.staff["role"].tolist() == written.staff["role"].tolist()
    for column in ("hired", "left"):
        assert np.array_equal(got.staff[column], written.staff[column], equal_nan=True)
    assert same_numbers(got.calls["person"], written.calls["person"])
    pd.testing.assert_frame_equal(got.calls.drop(columns="person"), written.calls.drop(columns="person"))
    people = pd.concat([got.staff["person"], got.calls["person"]], ignore_index=True)
    assert same_numbers(people, pd.concat([written.staff["person"], written.calls["person"]], ignore_index=True))


TOGETHER = ("neutral", "history", "orders", "staff", "calls", "activities")


def test_all_tables_together_are_the_records(tmp_path: Path, kept: dict[bool, Records]) -> None:
    written = kept[False]
    got = read_again(tmp_path, TOGETHER, written).records
    for table, columns in COLUMNS.items():
        one, other = getattr(got, table), getattr(written, table)
        assert len(one) == len(other), table
        for column, kind in columns.items():
            if column == "repeat" or (table, column) == ("orders", "placed"):  # not told; told to the day
                continue
            if column in ("person", "owner", "customer"):
                assert same_numbers(one[column], other[column]), (table, column)
            else:
                assert one[column].dtype == kind and one[column].equals(other[column]), (table, column)
    customers = [
        pd.concat([each.deals["customer"], each.orders["customer"]], ignore_index=True) for each in (got, written)
    ]
    assert same_numbers(*customers)
    tables = ("staff", "calls", "activities")
    people = [
        pd.concat(
            [each.deals["owner"], each.entries["owner"], *(getattr(each, t)["person"] for t in tables)],
            ignore_index=True,
        )
        for each in (got, written)
    ]
    assert same_numbers(*people)
    assert got.stages == written.stages and not got.left_out
    assert not [note for note in got.notes if "list without" in note]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_what_was_invented_is_in_any_output(tmp_path: Path, kept: dict[bool, Records], layout: str) -> None:
    got = read_again(tmp_path, (layout,), kept[LAYOUTS[layout].apart])
    told = [getattr(got.records, table).to_csv() for table in COLUMNS] + [
        repr(got.records.left_out),
        repr(got.records.notes),
    ]
    told += [repr(asdict(file)) for file in got.files] + [got.mapping.text]
    told += [repr(asdict(guess(path))) for path in sorted((tmp_path / layout).iterdir())]
    whole = "\n".join(told)
    assert not [piece for piece in originals() if piece in whole]


FOUND = {
    ("history", "duplicates"): None,
    ("history", "re-entered"): "reading-note-again",
    ("hubspot", "re-entered"): None,
    ("history", "renamed"): "reading-note-joined",
    ("history", "lost-month"): "reading-note-missing",
    ("amocrm", "lost-month"): "reading-note-missing",
    ("amocrm", "duplicates"): "reading-left-duplicate",
    ("bitrix24", "duplicates"): "reading-left-duplicate",
    ("hubspot", "duplicates"): "reading-left-duplicate",
    ("amocrm", "overwritten"): "reading-note-closed-at-once",
    ("history", "overwritten"): "reading-note-closed-at-once",
    ("amocrm", "closed-first"): "reading-left-closed-before",
    ("hubspot", "closed-first"): "reading-left-closed-before",
}
"""What is said of a fault in a layout; None: the layout does not hold it, or mends it."""


@pytest.mark.parametrize(("layout", "fault"), FOUND)
def test_planted_faults_are_named(tmp_path: Path, kept: dict[bool, Records], layout: str, fault: str) -> None:
    made = planted(kept[False], (fault,))
    clean = read_again(tmp_path, (layout,), kept[False]).records
    got = read_again(tmp_path, (layout,), made.records).records
    keys = {note.key for note in got.notes} | {left.reason.key for left in got.left_out}
    before = {note.key for note in clean.notes} | {left.reason.key for left in clean.left_out}
    assert keys - before == ({FOUND[layout, fault]} - {None})
    if fault == "duplicates" and layout != "bitrix24":  # where a row more changes which dates have a clock
        pd.testing.assert_frame_equal(got.deals, clean.deals)
    if fault == "closed-first":
        assert got.left_out[0].count == len(made.told[fault])


def test_stages_that_got_other_names_are_joined_and_the_mapping_may_keep_them_apart(
    tmp_path: Path, kept: dict[bool, Records]
) -> None:
    """The planted fault 'stage names changed': all of them on one day, with deals on their way."""
    written = kept[False]
    renamed = planted(written, ("renamed",)).records
    clean = read_again(tmp_path, ("history",), written).records
    got = read_again(tmp_path, ("history",), renamed)
    names = {stage: f"{stage} (new)" for stage in clean.stages}
    assert dict(got.mapping.rename) == names and got.records.stages == tuple(names.values())
    assert got.records.entries["stage"].tolist() == [names[each] for each in clean.entries["stage"]]
    again = read_again(tmp_path, ("history",), renamed, got.mapping)  # what is written beside the result is the same
    assert again.records.entries.equals(got.records.entries)
    first, *others = clean.stages
    apart = replace(got.mapping, rename={**got.mapping.rename, first: first})
    kept_apart = read_again(tmp_path, ("history",), renamed, apart).records
    assert {first, names[first]} <= set(kept_apart.stages) and not set(others) & set(kept_apart.stages)
    (said,) = [note for note in kept_apart.notes if note.key == "reading-note-renamed"]
    assert first in said


def test_stages_that_got_other_names_are_put_right_by_the_mapping(tmp_path: Path, kept: dict[bool, Records]) -> None:
    written = kept[False]
    renamed = planted(written, ("renamed",)).records
    mapping = Mapping(rename={f"{stage} (new)": stage for stage in written.stages})
    got = read_again(tmp_path, ("history",), renamed, mapping).records
    assert got.entries["stage"].tolist() == written.entries["stage"].tolist() and got.stages == written.stages
