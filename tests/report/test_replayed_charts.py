"""Charts of replayed years: who did what, who hands work to whom, how soon leads are answered."""

import sys

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation import plot
from simulation.analysis.comparison import Comparison, simulate
from simulation.analysis.replay import pieces, replay, response_hours, years_of
from simulation.finance.spans import first_day
from simulation.sense.loader import load_text
from simulation.world.world import shared_calendar
from tests.cli.conftest import SMALL


@pytest.fixture
def ax() -> Axes:
    return Figure().add_subplot()


def test_the_bars_of_a_person_are_as_long_as_the_work_done(comparison: Comparison, ax: Axes) -> None:
    """Over both months together, in office hours."""
    for month in (0, 1):
        plot.gantt(comparison, "functional", month, ax=ax)
    drawn = sum(
        float(np.ptp(path.vertices[:, 0]))  # type: ignore[arg-type]
        for bars in ax.collections
        for path in bars.get_paths()
    )
    record, case = replay(comparison, "functional"), comparison.cases["functional"]
    calendar = shared_calendar(case.scenario, first_day(case.scenario), 2)
    found = [piece for piece in pieces(record) if piece.start < record.end]
    worked = sum(calendar.working_at(piece.end) - calendar.working_at(piece.start) for piece in found)
    assert drawn == pytest.approx(worked, rel=0.05)  # what goes over the month's end is drawn in both


def test_every_person_has_a_row_and_the_days_are_office_days(comparison: Comparison, ax: Axes) -> None:
    plot.gantt(comparison, "functional", 1, days=3, ax=ax, lang="en")
    rows = {label.get_text() for label in ax.get_yticklabels()}
    assert rows == {"Hunter 1", "Closer 1", "Farmer 1"}
    assert len(ax.get_xticklabels()) == 3
    with pytest.raises(IndexError, match="months 0 to 1, not 7"):
        plot.gantt(comparison, month=7)


def test_the_diagram_has_every_role_with_its_people(comparison: Comparison, ax: Axes) -> None:
    plot.diagram(comparison, "functional", ax=ax, lang="en")
    shown = {text.get_text().partition("\n")[0] for text in ax.texts}
    assert {"1 × Hunter", "1 × Closer", "1 × Farmer", "Customers"} <= shown
    assert any(" waiting" in text.get_text() for text in ax.texts)


def test_the_curve_is_the_share_answered_within_a_time(comparison: Comparison, ax: Axes) -> None:
    plot.response_times(comparison, years=2, ax=ax)
    waited = np.concatenate([response_hours(replay(comparison, "universal", n)) for n in years_of(comparison, 2)])
    line = ax.lines[0]
    for hours in (1.0, 24.0):
        at = np.searchsorted(np.asarray(line.get_xdata(), dtype=float), hours, side="right") - 1
        assert np.asarray(line.get_ydata())[at] == pytest.approx(np.mean(waited <= hours))


def test_a_role_that_comes_by_a_change_stands_in_the_diagram(ax: Axes) -> None:
    """Nobody farms at first; on a date two people begin to."""
    changes = {
        "structures.functional.roles.farmer.headcount": 0,
        "structures.functional.roles.closer.activities": ["sell", "paperwork", "serve", "collect", "upsell"],
        "structures.functional.roles.closer.headcount": 3,
        "structures.functional.interventions": [
            {"at": "2026-01-20", "changes": [{"move": [{"role": "closer", "to": "farmer", "people": 2}]}]}
        ],
    }
    result = simulate(load_text(SMALL, overrides=changes), ["functional"], replications=1, months=6, jobs=1)
    plot.diagram(result, "functional", ax=ax, lang="en")
    assert {"2 × Farmer", "3 × Closer"} <= {text.get_text().partition("\n")[0] for text in ax.texts}


def test_of_many_people_some_of_each_role_are_shown(monkeypatch: pytest.MonkeyPatch, ax: Axes) -> None:
    # the package has the function of this name
    monkeypatch.setattr(sys.modules["simulation.report.plot.diagram"], "MOST_PEOPLE", 6)
    heads = {f"structures.functional.roles.{role}.headcount": 4 for role in ("hunter", "closer", "farmer")}
    result = simulate(load_text(SMALL, overrides=heads), ["functional"], replications=1, jobs=1)
    plot.gantt(result, "functional", ax=ax, lang="en")
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        *("Hunter 1", "Hunter 2", "Closer 1", "Closer 2", "Farmer 1", "Farmer 2")
    ]
    assert "6 more people are not shown" in ax.get_title(loc="left")


def test_people_in_positions_with_names_stand_first_and_under_their_names(ax: Axes) -> None:
    staff = [{"name": "Eve R. Jr.", "role": "closer"}, {"name": "Anna-Maria", "role": "closer"}]
    changes = {"structures.functional.staff": staff, "structures.functional.roles.closer.headcount": 3}
    changes["structures.functional.roles.closer.turnover_per_year"] = 0.9
    changes["experiment.seed"] = 1  # of whose year one with a name leaves
    changes["people.recruiting.time"] = "3 days"
    result = simulate(load_text(SMALL, overrides=changes), ["functional"], replications=1, months=12, jobs=1)
    plot.gantt(result, "functional", ax=ax, lang="en")
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == ["Hunter 1", "Eve R. Jr.", "Anna-Maria", "Closer 3", "Farmer 1"]
    plot.gantt(result, "functional", month=11, ax=ax, lang="ru")
    later = [label.get_text().rstrip("′") for label in ax.get_yticklabels()]
    assert later[1:3] == ["Eve R. Jr.", "Anna-Maria"] and any(
        label.get_text().startswith(("Eve R. Jr.′", "Anna-Maria′")) for label in ax.get_yticklabels()
    )
