"""What the verdict names as assumptions that act in some structures only."""

from simulation.analysis.assumptions import acting_assumptions, passes_work_on
from simulation.analysis.cases import Case
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text

TEXT = """
version: 1
market:
  channels: {site: {kind: inbound, leads_per_month: 60}}
  products: {thing: {deal: 1000, gross_margin: 0.3}}
structures:
  universal: {preset: universal}
  functional: {preset: functional}
"""


def cases(scenario: Scenario, *names: str) -> dict[str, Case]:
    return {name: Case(name, scenario, name) for name in names or scenario.structures}


def scenario(*names: str, **changes: object) -> Scenario:
    found = load_text(TEXT, overrides={key.replace("__", "."): value for key, value in changes.items()})
    return found


def test_only_the_conveyor_passes_work_between_roles() -> None:
    structures = scenario().structures
    assert passes_work_on(structures["functional"])
    assert not passes_work_on(structures["universal"])


def test_the_loss_in_hand_offs_is_named_with_its_figures_and_its_structure() -> None:
    words = acting_assumptions(cases(scenario()))
    assert any("15 %" in text and "3 %" in text and "Functional" in text for text in words)


def test_no_loss_is_not_named() -> None:
    words = acting_assumptions(cases(scenario(hand_off__lead__loss=0, hand_off__customer__loss=0)))
    assert not any("hand-off" in text for text in words)


def test_learning_is_named_only_where_it_does_something() -> None:
    assert any("repetitions" in text for text in acting_assumptions(cases(scenario())))
    flat = {"start": 1, "mastery": 1}
    plain = scenario(people__learning={name: flat for name in ("qualify", "sell", "serve")})
    assert not any("repetitions" in text for text in acting_assumptions(cases(plain)))


def test_a_single_structure_hangs_on_no_comparison() -> None:
    assert acting_assumptions(cases(scenario(), "functional")) == ()


# --- figures of people that differ between roles ------------------------------------------------------------------

LEAVING = {
    "people__turnover__per_year": 0.3,
    "structures__universal__roles__universal__turnover_per_year": {"value": 0.45, "source": "own list"},
    "structures__functional__roles__hunter__turnover_per_year": {"value": 0.75, "source": "a survey"},
    "structures__functional__roles__closer__turnover_per_year": 0.4,
    "structures__functional__roles__farmer__turnover_per_year": 0.4,
}
NOBODY_LEAVES = {key: 0 for key in LEAVING}


def named(start: str, **changes: object) -> list[str]:
    return [text for text in acting_assumptions(cases(scenario(**changes))) if text.startswith(start)]


def test_turnover_that_differs_between_the_roles_of_the_structures_is_named_with_its_source() -> None:
    (words,) = named("turnover a year", **LEAVING)
    assert "Hunter 75 %, Closer 40 %, Farmer 40 %" in words
    assert "45 %" in words
    assert "(source: own list; a survey)" in words


def test_the_same_turnover_for_everybody_is_not_named() -> None:
    assert named("turnover a year", **{key: 0.3 for key in LEAVING}) == []


def test_recruiting_and_onboarding_of_a_role_are_named_where_people_leave() -> None:
    own = {
        "structures__functional__roles__hunter__recruiting": {"time": "20 days", "policy": "buffer"},
        "structures__functional__roles__hunter__onboarding": {"training_days": 2, "probation": {"failure": "40 %"}},
    }
    assert "Hunter 20 days" in named("time to find somebody", **LEAVING, **own)[0]
    assert "Hunter ahead" in named("hiring", **LEAVING, **own)[0]
    assert "Hunter 2 working days" in named("training", **LEAVING, **own)[0]
    assert "Hunter 40 %" in named("failing the trial time", **LEAVING, **own)[0]
    assert named("cost of a hire", **LEAVING, **own) == []
    assert named("time to find somebody", **NOBODY_LEAVES, **own) == []


def test_a_law_of_staying_of_its_own_is_named() -> None:
    law = {"structures__functional__roles__hunter__turnover_law": {"kind": "lognormal", "cv": 1}}
    trial = {"people__onboarding__probation__failure": 0}
    assert "Hunter lognormal, Closer Weibull" in named("law of staying", **LEAVING, **law, **trial)[0]
    assert named("law of staying", **LEAVING) == []


def test_one_title_with_two_values_is_told_apart_by_its_structure() -> None:
    made = scenario(**LEAVING).replace(
        {
            "structures.other": {
                "preset": "universal",
                "title": "Other",
                "roles": {"universal": {"turnover_per_year": 0.9}},
            }
        }
    )
    (words,) = [text for text in acting_assumptions(cases(made, "universal", "other")) if text.startswith("turnover")]
    assert "of Other 90 %" in words


# --- what changes in one structure only -----------------------------------------------------------------------------


def changing(*interventions: dict[str, object], **more: object) -> list[str]:
    found = acting_assumptions(cases(scenario(structures__functional__interventions=list(interventions), **more)))
    return [text for text in found if "changes during the run" in text]


def test_what_changes_in_one_structure_only_is_named_with_its_date() -> None:
    roll_out = {"at": "2026-04-01", "crm": {"licence": 10}}
    move = {"at": "2 months", "move": [{"role": "hunter", "to": "closer"}]}
    setting = {"at": "2026-05-04", "set": {"roles.hunter.headcount": 5}}
    (words,) = changing(roll_out, move, setting)
    assert words.startswith("Functional changes during the run: 2026-03-02 1 from hunter to closer")
    assert "2026-04-01 roll-out of a CRM" in words
    assert "2026-05-04 hunter.headcount = 5" in words


def test_a_long_list_of_changes_is_cut_short() -> None:
    steps = [{"title": f"step {n}", "cost": n} for n in range(1, 7)]
    (words,) = changing({"at": "2026-03-02", "every": "week", "changes": steps})
    assert words.endswith("2026-03-16 step 3, 3 more until 2026-04-06")


def test_what_changes_in_every_structure_alike_is_no_assumption() -> None:
    everywhere = [{"at": "2026-04-01", "cost": 10}]
    assert changing(interventions=everywhere) == []
    assert changing(everywhere[0], structures__universal__interventions=everywhere) == []


def test_a_change_of_the_scenario_that_names_a_structure_is_that_structures_own() -> None:
    path = "structures.functional.roles.hunter.headcount"
    (words,) = changing(interventions=[{"at": "2026-04-01", "set": {path: 3}}])
    assert words == "Functional changes during the run: 2026-04-01 hunter.headcount = 3"
