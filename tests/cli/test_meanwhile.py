"""What is got ready while years are played: piece by piece, and nothing that goes wrong there is seen."""

import sys

from simulation.analysis.cases import cases_of
from simulation.cli.meanwhile import APART, Meanwhile, of_comparison
from simulation.sense.loader import load_text
from tests.cli.conftest import SMALL


def test_pieces_are_done_in_order_and_apart() -> None:
    done: list[str] = []

    def breaks() -> None:
        done.append("breaks")
        raise RuntimeError("told where it is wanted")

    meanwhile = Meanwhile([lambda: done.append("first"), breaks, lambda: done.append("last")])
    seen = []
    for years in range(1, 5 * APART):
        meanwhile.update(years)
        seen.append(len(done))
    assert done == ["first", "breaks", "last"]
    assert [seen.index(count) + 1 for count in (1, 2, 3)] == [APART, 2 * APART, 3 * APART]


def test_the_closed_form_of_a_comparison_is_there_when_it_is_wanted() -> None:
    scenario = load_text(SMALL, "small.yaml")
    meanwhile = of_comparison(cases_of({"": scenario}, None).values(), folder=False)
    for years in range(1, 20 * APART):
        meanwhile.update(years)
    assert "simulation.report.summary" in sys.modules
    known = {what[:2] for what in scenario._worked_out if isinstance(what, tuple) and what[0] == "better split"}
    assert known == {("better split", name) for name in scenario.structures}
