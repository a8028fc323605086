"""Thresholds as charts, in the terminal and on the page."""

import io
from functools import cache

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from simulation.report.findings import showing
from simulation.report.grid import Grid
from simulation.report.page.blocks import Bullets, Picture, Words
from simulation.report.page.write import findings_page
from simulation.scenario.scenario import Scenario
from simulation.study.threshold.answer import Threshold, threshold
from simulation.study.threshold.show import segments
from simulation.texts import texts
from tests.unit.study.formulas import Formulas, scenario

KINDS = {
    "one": ("hand_off.lead.loss=5%:40%", None),
    "none": ("hand_off.lead.loss=25%:40%", None),
    "open": ("hand_off.lead.loss=5%:20%", None),
    "flat": ("people.switching=0 h:30 min", lambda made_for, structure: 0.0),
    "two": ("hand_off.lead.delay=0 h:3 days", lambda made_for, structure: _bowl(made_for, structure)),
    "team": ("team=4:14", lambda made_for, structure: _heads(made_for, structure)),
}


def _bowl(made_for: Scenario, structure: str) -> float:
    share = made_for.hand_off.lead.delay / 72
    return 3e6 * (share - 0.2) * (share - 0.7) if structure == "functional" else 0.0


def _heads(made_for: Scenario, structure: str) -> float:
    people = sum(role.headcount for role in made_for.structures["functional"].roles.values())
    return 1e5 * (people - 7.5) if structure == "functional" else 0.0


@cache
def made(kind: str) -> Threshold:
    """A finding of each kind, made once."""
    of, rule = KINDS[kind]
    return threshold(scenario(), of, lab=Formulas(rule=rule) if rule else Formulas())


def chart(kind: str, language: str = "en") -> Figure:
    (figure,) = showing(made(kind)).charts(made(kind), texts(language)).values()
    return figure


def letters(figure: Figure) -> str:
    """All that is written upon a figure."""
    return " ".join(each.get_text() for each in figure.findobj(Text)).replace("\n", " ")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_and_stands_on_the_page(kind: str, language: str) -> None:
    figure = chart(kind, language)
    figure.savefig(io.BytesIO(), format="png")
    part = showing(made(kind)).part(made(kind), texts(language))
    assert part.key == "threshold"
    assert isinstance(part.blocks[0], Words) and part.blocks[0].text == texts(language).again(made(kind).sentences[0])
    assert any(isinstance(block, Bullets) for block in part.blocks)
    assert any(isinstance(block, Picture) for block in part.blocks)
    page = findings_page([made(kind)], language)
    assert part.title.partition(":")[0] in page


def test_the_winner_is_named_on_each_side_and_the_root_with_its_interval() -> None:
    said = letters(chart("one"))
    assert "Functional is better" in said and "Universal is better" in said
    assert "% (" in said and "Leads lost in a hand-off" in said
    assert "лучше «Функциональная»" in letters(chart("one", "ru"))


def test_the_stretches_fill_the_range_in_order() -> None:
    for kind in KINDS:
        found = made(kind)
        shown = segments(found)
        assert shown[0][0] == found.question.low and shown[-1][1] == found.question.high
        assert all(one[1] == two[0] for one, two in zip(shown, shown[1:], strict=False))
    assert [sign for _, _, sign in segments(made("one"))] == [1, 0, -1]
    assert [sign for _, _, sign in segments(made("two"))] == [1, 0, -1, 0, 1]
    assert [sign for _, _, sign in segments(made("none"))] == [-1]
    assert [sign for _, _, sign in segments(made("flat"))] == [0]
    assert [sign for _, _, sign in segments(made("open"))] == [1, 0]


def test_the_axis_has_one_unit() -> None:
    (strip,) = (axes for axes in chart("two").axes if axes.get_xlabel())
    ticks = [each.get_text() for each in strip.get_xticklabels()]
    assert ticks == ["0 days", "0.5 days", "1 days", "1.5 days", "2 days", "2.5 days", "3 days"]
    assert "10 min" in letters(chart("flat"))


def test_the_table_has_a_row_for_each_value_looked_at_and_says_who_is_better() -> None:
    (grid,) = (b for b in showing(made("one")).part(made("one"), texts("en")).blocks if isinstance(b, Grid))
    assert len(grid.rows) == len(made("one").curve)
    assert grid.rows[0].cells[-1].text == "Functional"
    assert grid.rows[-1].cells[-1].text == "Universal"
    assert "95 % interval" in grid.header[1] and "RUB" in grid.header[1]


def test_the_terminal_says_it_and_lists_the_values() -> None:
    from rich.console import Console

    console = Console(file=io.StringIO(), width=200)
    for each in showing(made("one")).terminal(made("one"), 200, texts("en")):
        console.print(each)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Formulas: Leads lost in a hand-off" in text
    assert str(made("one").sentences[0]) in text
    assert "Functional" in text and "40.0 %" in text
