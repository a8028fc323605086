"""What a value is called: the title of its key, and the names on its way."""

import pytest

from simulation.scenario.path_words import words_for
from simulation.scenario.places import held
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.study.variation import variable
from simulation.texts import texts
from tests.unit.scenario.examples import SMALL

MORE = """
  line:
    preset: functional
    hand_off: {lead: {loss: 0.2}}
    roles: {closer: {due: {sell: 2 h}, cover: 0.5}}
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_text(SMALL + MORE.strip("\n"))


@pytest.mark.parametrize(
    ("path", "english", "russian"),
    [
        ("people.switching", "time lost at a change of activity", "потери времени на переключение"),
        ("market.channels.site.fit", "share of leads that can buy (site)", "доля лидов, способных купить (сайт)"),
        ("market.stages.0.conversion", "conversion at the stage “contact”", "конверсия этапа «контакт»"),
        ("people.learning.sell.start", "proficiency of a beginner (selling)", "умение новичка (продажи)"),
        ("hand_off.lead.loss", "leads lost in a hand-off", "потери лидов при передаче"),
        (
            "structures.line.hand_off.lead.loss",
            "leads lost in a hand-off (Functional)",
            "потери лидов при передаче (Функциональная)",
        ),
        (
            "structures.line.roles.closer.due.sell",
            "time until the next step of an open lead is due (Closer, Functional)",
            "срок следующего шага по открытому лиду (Клоузер, Функциональная)",
        ),
    ],
)
def test_a_value_is_called_by_its_key_and_the_names_on_the_way(
    scenario: Scenario, path: str, english: str, russian: str
) -> None:
    words = words_for(scenario, path)
    assert words == english
    assert words is not None and texts("ru").again(words) == russian


def test_the_mean_of_a_law_is_called_as_the_value_and_other_parameters_are_not(scenario: Scenario) -> None:
    assert words_for(scenario, "people.recruiting.time.lognormal.mean") == "time to fill a position"
    assert words_for(scenario, "people.recruiting.time.lognormal.cv") is None


def test_what_is_no_path_has_no_words(scenario: Scenario) -> None:
    assert words_for(scenario, "people.nothing.more") is None
    assert words_for(scenario, "nothing") is None


def test_every_key_that_a_scenario_holds_has_words(scenario: Scenario) -> None:
    for place, _ in held(scenario):
        words = words_for(scenario, place.path)
        assert words is not None and texts("ru").again(words), place.path


def test_a_verb_after_a_title_knows_whether_it_stands_in_the_plural(scenario: Scenario) -> None:
    assert variable(scenario, "structures.line.hand_off.lead.loss").many
    assert variable(scenario, "inbound").many
    assert not variable(scenario, "people.switching").many
