"""What somebody meets who works in a notebook: short texts, public names, and what to do instead."""

import pytest

import simulation


@pytest.fixture(scope="module")
def scenario() -> simulation.Scenario:
    return simulation.load("scenarios/department_of_ten.yaml")


def test_dir_shows_the_public_names_only() -> None:
    import simulation.study.kinds  # a package that was imported is no public name

    shown = dir(simulation)
    assert set(simulation.__all__) <= set(shown)
    assert "study" not in shown and "import_module" not in shown and "_HOMES" not in shown
    assert all(hasattr(simulation, name) for name in shown)


@pytest.mark.parametrize(
    ("wrong", "right"), [("compar", "compare"), ("treshold", "threshold"), ("Scenrio", "Scenario")]
)
def test_a_wrong_name_gets_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(AttributeError, match=f"did you mean '{right}'"):
        getattr(simulation, wrong)


def test_a_value_that_does_not_change_says_how_to_make_another(scenario: simulation.Scenario) -> None:
    with pytest.raises(AttributeError, match=r"scenario\.replace\("):
        scenario.currency = "USD"  # type: ignore[misc]
    with pytest.raises(AttributeError, match=r"scenario\.replace\("):
        scenario.market.channels["site"].leads_per_month = 3  # type: ignore[union-attr, assignment]
    assert scenario.currency == "RUB"


def test_a_wrong_attribute_gets_the_nearest(scenario: simulation.Scenario) -> None:
    comparison = simulation.compare(scenario, replications=2)
    result = simulation.simulate(scenario, replications=2)
    for value, wrong, right in (
        (scenario, "markt", "market"),
        (scenario.market, "chanels", "channels"),
        (scenario.structures["universal"], "role", "roles"),
        (comparison, "verdit", "verdict"),
        (comparison, "tittles", "titles"),
        (result, "sumaries", "summaries"),
        (result.runs, "replication", "replications"),
        (comparison.verdict, "bst", "best"),
    ):
        with pytest.raises(AttributeError) as caught:
            getattr(value, wrong)
        assert str(caught.value).endswith(f"has no '{wrong}'; did you mean '{right}'?")
        assert not hasattr(value, wrong)
    with pytest.raises(AttributeError, match=r"^a Scenario has no 'zzz'$"):
        scenario.zzz  # type: ignore[attr-defined] # noqa: B018


def test_a_result_that_does_not_change_says_how_to_get_another(scenario: simulation.Scenario) -> None:
    comparison = simulation.compare(scenario, replications=2)
    for value, name in ((comparison, "titles"), (comparison.verdict, "best"), (comparison.runs, "seed")):
        with pytest.raises(AttributeError, match=r"use scenario\.replace\("):
            setattr(value, name, "x")


def test_what_a_property_lacks_is_said_by_the_property() -> None:
    from dataclasses import dataclass

    from simulation.written.spelled import spelled

    @spelled
    @dataclass(frozen=True)
    class Value:
        one: int

        @property
        def two(self) -> int:
            return self.three  # type: ignore[attr-defined]

    with pytest.raises(AttributeError, match="has no 'three'"):
        Value(1).two  # noqa: B018


def test_values_show_themselves_in_a_line(scenario: simulation.Scenario) -> None:
    comparison = simulation.compare(scenario, replications=2)
    for value in (scenario, comparison, comparison.verdict, simulation.simulate(scenario, replications=2)):
        assert len(repr(value)) <= 300
        assert "\n" not in repr(value)
    assert "Department of ten" in repr(scenario)
    assert "2 replications" in repr(comparison)
    for block in (scenario.market, scenario.people, scenario.structures["universal"]):
        assert len(repr(block)) <= 300


@pytest.mark.parametrize(("language", "words"), [("en", "Universal"), ("ru", "Универсальная")])
def test_values_show_themselves_in_a_notebook(scenario: simulation.Scenario, language: str, words: str) -> None:
    spoken = scenario.replace({"locale": language})
    comparison = simulation.compare(spoken, replications=3)
    shown = {
        "scenario": spoken._repr_html_(),
        "comparison": comparison._repr_html_(),
        "result": simulation.simulate(spoken, replications=2)._repr_html_(),
    }
    for html in shown.values():
        assert words in html and "<table>" in html and f'lang="{language}"' in html
        assert "<script" not in html and "structure(" not in html
    assert "120" in shown["scenario"]  # leads of the site
    verdict = comparison.verdict
    assert str(verdict.pieces["finding"])[:20] in verdict._repr_html_()


def test_nothing_else_shows_itself() -> None:
    with pytest.raises(TypeError, match="no form of its own"):
        simulation.html(3)
