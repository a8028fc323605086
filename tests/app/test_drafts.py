"""A draft: each change is 'was → is', can be taken back and made again, and a mistake changes nothing."""

import pytest

from simulation.app.drafts import MOST, MOST_VARIANTS, Draft, Drafts
from simulation.app.firms import names, opened
from simulation.app.settling import MOST_STRUCTURES, WHOLE, settle, tried
from simulation.expected import budgeted_payroll
from simulation.sense.loader import load_text
from simulation.sense.written_out import written_out
from simulation.study.variation import headcounts
from simulation.texts import texts
from simulation.written.errors import ScenarioError
from tests.app.conftest import SMALL

LEADS = "market.channels.site.leads_per_month"
SELLERS = "structures.universal.roles.universal.headcount"


@pytest.fixture
def draft() -> Draft:
    return Drafts().open(load_text(SMALL), "small.yaml", "en")


def said(draft: Draft) -> list[str]:
    return [str(words) for change in draft.in_force for words in change.words]


def test_each_change_says_what_was_and_what_is(draft: Draft) -> None:
    settle(draft, [(f"f:{LEADS}", "150"), ("do", f"step|{SELLERS}|+1")])
    assert [words.rpartition(": ")[2] for words in said(draft)] == ["100 → 150", "3 → 4"]
    assert draft.scenario.market.channels["site"].leads_per_month == 150  # type: ignore[union-attr]


def test_undo_and_redo_lead_there_and_back(draft: Draft) -> None:
    states = [draft.scenario]
    for what in (LEADS, SELLERS, "pods", LEADS, "pods"):
        if what == "pods":
            name = "pods" if "pods" not in draft.scenario.structures else ""
            settle(draft, [("do", f"add-structure|{name}" if name else "drop-structure|pods")])
        elif what == SELLERS:
            settle(draft, [("do", f"step|{SELLERS}|-1")])
        else:
            settle(draft, [(f"f:{LEADS}", str(150 + len(states)))])
        states.append(draft.scenario)
    for state in reversed(states[:-1]):
        settle(draft, [("do", "undo")])
        assert draft.scenario == state and written_out(draft.scenario) == written_out(state)
    settle(draft, [("do", "undo")])
    for state in states[1:]:
        settle(draft, [("do", "redo")])
        assert draft.scenario == state and written_out(draft.scenario) == written_out(state)
    settle(draft, [("do", "undo"), (f"f:{LEADS}", "160")])
    settle(draft, [("do", "redo")])  # what was taken back is gone once something else is done
    assert said(draft)[-1].endswith("160") or said(draft)[-1].endswith("2")


def test_every_state_has_a_version_of_its_own(draft: Draft) -> None:
    seen = [draft.version]
    for what in (f"step|{SELLERS}|+1", "undo", "redo", "undo"):
        settle(draft, [("do", what)])
        seen.append(draft.version)
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    ("path", "typed", "why"),
    [
        ("market.channels.site.fit", "25", "25 %"),
        ("market.channels.site.fit", "much", "much"),
        ("market.products.service.deal", "60 USD", "USD"),
        (SELLERS, "-1", "-1"),
        (SELLERS, "2.5", "2.5"),
        ("market.qualification.work.gamma.mean", "5", "unit"),
        (LEADS, "1" * 5_000, "long"),
        (LEADS, "nan", "nan"),
    ],
)
def test_what_cannot_be_taken_stays_beside_its_field(draft: Draft, path: str, typed: str, why: str) -> None:
    settle(draft, [(f"f:{path}", typed)])
    assert why in str(draft.wrong[path].phrase)
    assert draft.wrong[path].typed == typed[:200]
    assert (draft.version, said(draft)) == (1, [])


def test_a_mistake_stays_while_other_fields_change_and_goes_once_it_is_mended(draft: Draft) -> None:
    settle(draft, [("f:market.channels.site.fit", "25"), (f"f:{LEADS}", "120")])
    assert list(draft.wrong) == ["market.channels.site.fit"] and draft.version == 2
    settle(draft, [("f:market.channels.site.fit", "25 %")])
    assert draft.wrong == {}


def test_the_same_number_written_otherwise_is_no_change(draft: Draft) -> None:
    settle(
        draft, [("f:market.products.service.deal", "60 тыс. руб."), ("f:market.products.service.gross_margin", "0.25")]
    )
    assert said(draft) == []


def test_a_figure_that_was_typed_keeps_its_range_and_says_so() -> None:
    draft = Drafts().open(opened("department_of_ten"), "x", "en")
    path = "market.channels.site.leads_per_month"
    settle(draft, [(f"f:{path}", "170")])
    figure = draft.scenario.provenance.figures[path]
    assert (figure.value, figure.range, figure.source) == (170, (80, 170), "typed on the page")
    again = load_text(written_out(draft.scenario), "again")
    assert again.provenance.figures[path].source == "typed on the page"


@pytest.mark.parametrize("preset", ["functional", "hybrid", "pods", "universal_with_administrator"])
def test_a_structure_that_is_added_has_as_many_people_at_their_pay(preset: str) -> None:
    draft = Drafts().open(opened("department_of_ten"), "x", "en")
    assert settle(draft, [("preset", preset), ("do", "add-structure|")])
    name = list(draft.scenario.structures)[-1]
    assert WHOLE not in draft.wrong
    first = next(iter(draft.scenario.structures))
    ours, theirs = (sum(headcounts(draft.scenario, each).values()) for each in (name, first))
    assert ours == theirs
    assert budgeted_payroll(draft.scenario, name) == pytest.approx(budgeted_payroll(draft.scenario, first), rel=0.2)
    settle(draft, [("do", f"drop-structure|{name}")])
    assert name not in draft.scenario.structures


def test_there_is_an_end_to_structures_channels_and_variants(draft: Draft) -> None:
    for _ in range(MOST_STRUCTURES + 3):
        settle(draft, [("preset", "universal"), ("do", "add-structure|")])
    assert len(draft.scenario.structures) == MOST_STRUCTURES and WHOLE in draft.wrong
    for number in range(MOST_VARIANTS + 3):
        settle(draft, [("variant", f"v{number}"), ("do", "save")])
    assert len(draft.variants) == MOST_VARIANTS
    settle(draft, [("variant", "v0"), ("do", "save")])  # in place of the one of that name
    assert len(draft.variants) == MOST_VARIANTS and draft.variants[-1].name == "v0"


def test_channels_come_and_go(draft: Draft) -> None:
    settle(draft, [("do", "add-channel|outbound"), ("do", "add-channel|inbound")])
    assert [channel.kind for channel in draft.scenario.market.channels.values()] == ["inbound", "outbound", "inbound"]
    for name in list(draft.scenario.market.channels):
        settle(draft, [("do", f"drop-channel|{name}")])
    assert len(draft.scenario.market.channels) == 1  # the last one stays


def test_a_variant_is_taken_up_again_as_a_change(draft: Draft) -> None:
    settle(draft, [("variant", "as it was"), ("do", "save")])
    settle(draft, [(f"f:{LEADS}", "150")])
    settle(draft, [("do", "open-variant|as it was")])
    assert draft.scenario is draft.opened
    settle(draft, [("do", "undo")])
    assert draft.scenario.market.channels["site"].leads_per_month == 150  # type: ignore[union-attr]


def test_a_look_while_dragging_leaves_nothing_behind(draft: Draft) -> None:
    made = tried(draft.scenario, [(f"n:{LEADS}", "130")], texts("en"))
    assert made.market.channels["site"].leads_per_month == 130  # type: ignore[union-attr]
    assert draft.version == 1
    with pytest.raises(ScenarioError):
        tried(draft.scenario, [("n:extends", "1")], texts("en"))


def test_drafts_are_forgotten_one_by_one() -> None:
    drafts = Drafts()
    first = drafts.open(load_text(SMALL), "x", "en")
    for _ in range(MOST - 1):
        drafts.open(first.opened, "x", "en")
    assert drafts.get(first.id) is first  # used just now
    drafts.open(first.opened, "x", "en")
    assert drafts.get(first.id) is first and len(drafts) == MOST


@pytest.mark.parametrize("name", names())
def test_every_firm_opens_and_has_its_words(name: str) -> None:
    for language in ("en", "ru"):
        key = f"app-firm-{name.replace('_', '-')}"
        assert key in texts(language) and f"{key}-about" in texts(language)
    assert opened(name).structures
