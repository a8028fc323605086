"""A department from exports of a CRM: columns can be put right, nobody is shown, folders are the server's own."""

import re
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from simulation.app.fields import fields_of
from simulation.app.uploads import kept_name
from simulation.app.worker_process import Desk
from simulation.sense.loader import load_text
from simulation.written.errors import ScenarioError
from tests.app.conftest import SMALL

pytest.importorskip("simulation.calibration.calibrate", reason="records are not read here")

HEADINGS = "ID,Deal name,Amount,Responsible,Created,Closed,Status,Source,Contact,Phone"
NAMES = ("Ivanov", "Petrova", "Sidorov")


def export(folder: Path, days: int = 60) -> Path:
    rows = [HEADINGS]
    for n in range(days):
        status = ("open", "won", "lost")[n % 3]
        closed = "" if status == "open" else f"2025-{1 + n // 28:02d}-{1 + n % 28:02d} 15:00"
        name = NAMES[n % 3]
        rows.append(
            f"{n},Deal of {name},{50_000 + 100 * n},{name},2025-{1 + n // 28:02d}-{1 + n % 28:02d} 10:00,{closed},"
            f"{status},site,{name} {n},+7 900 000 00 {n:02d}"
        )
    path = folder / "0-export.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def desk() -> Any:
    near, far = Pipe()
    yield Desk(near, 1)
    near.close()
    far.close()


def test_each_column_can_be_put_right_and_nobody_is_shown(desk: Desk, tmp_path: Path) -> None:
    from simulation.app.records import look

    export(tmp_path)
    html = look(desk, load_text(SMALL), {"folder": str(tmp_path)}, "en")
    assert html.count("<select") == HEADINGS.count(",") + 1
    assert not [name for name in NAMES if name in html]
    assert "900" not in html
    kind = re.search(r'name="c:([a-z]+):Source"', html)
    assert kind is not None
    other = look(desk, load_text(SMALL), {"folder": str(tmp_path), f"c:{kind[1]}:Source": "ignored"}, "en")
    chosen = re.search(r'name="c:[a-z]+:Source".*?value="(\w+)" selected', other, re.DOTALL)
    assert chosen is not None and chosen[1] == "ignored"


def test_what_is_wrong_with_a_file_is_told_by_its_name_alone(desk: Desk, tmp_path: Path) -> None:
    from simulation.app.records import look

    (tmp_path / "0-nothing.csv").write_bytes(b"\x00\x01\x02")
    with pytest.raises(ScenarioError) as refused:
        look(desk, load_text(SMALL), {"folder": str(tmp_path)}, "en")
    assert str(tmp_path) not in str(refused.value) and "0-nothing.csv" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("deals.csv", "deals.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a b$(rm -rf).xlsx", "a_b_rm_-rf.xlsx"),
        (".htaccess", "export.htacc"),
        ("x.csv/../../y", "y"),
        ("", "file"),
    ],
)
def test_a_file_is_kept_under_a_name_of_the_servers_own(name: str, kept: str) -> None:
    assert kept_name(name) == kept


@pytest.mark.slow
def test_a_department_is_made_of_what_a_crm_would_have_exported(desk: Desk, tmp_path: Path) -> None:
    from simulation.app.records import fit
    from simulation.calibration.exporting.export import export_crm

    year = SMALL.replace("months: 2", "months: 12, start: 2024-01-01").replace(
        "leads_per_month: 100", "leads_per_month: 60"
    )
    export_crm(load_text(year), "amocrm", tmp_path / "made")
    folder = tmp_path / "sent"
    folder.mkdir()
    for path in (tmp_path / "made" / "amocrm").iterdir():
        path.rename(folder / f"0-{path.name}")
    html, made = fit(desk, load_text(SMALL), {"folder": str(folder), "margin": "30 %", "pay": "35 000"}, "ru")
    assert made.structures and made.market.channels
    assert "<dt>" in html
    assert made.title == "Как показывают записи"
    leads = next(each for each in fields_of(made) if each.path.endswith(".leads_per_month"))
    assert leads.badge == "records" and "случаев" in leads.source
