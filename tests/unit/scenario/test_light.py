"""What is loaded without the front of its package is the same as what the package has."""

import subprocess
import sys

import pytest
import scipy.special

from simulation.written import special
from simulation.written.light import without_front


@pytest.mark.parametrize("name", special.__all__)
def test_a_special_function_is_scipys_own(name):
    assert getattr(special, name) is getattr(scipy.special, name)


def ran(code):
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_the_whole_package_can_be_had_afterwards():
    found = ran(
        "import sys; from simulation.written import special; print('scipy.special' in sys.modules)\n"
        "import scipy.stats; print(scipy.special.ndtri is special.ndtri, callable(scipy.special.factorial))"
    )
    assert found == ["False", "True", "True"]


def test_one_country_is_loaded_and_others_can_be_had_afterwards():
    found = ran(
        "import sys; from simulation.scenario.office_hours import public_holidays as of\n"
        "print(len(of('RU', None, 2026, 2026)[0]) > 10, 'holidays.countries.france' in sys.modules)\n"
        "print(len(of('FR', None, 2026, 2026)[0]) > 10, 'holidays.countries' in sys.modules)\n"
        "import holidays.countries; print(len(holidays.country_holidays('DE', years=2026)) > 5)"
    )
    assert found == ["True", "False", "True", "False", "True"]


def test_a_package_that_is_loaded_stays_as_it_is():
    before = sys.modules["scipy.special"]
    with without_front("scipy.special"):
        assert sys.modules["scipy.special"] is before
    assert sys.modules["scipy.special"] is before


def test_a_package_that_is_not_there_is_said():
    with pytest.raises(ModuleNotFoundError), without_front("scipy.not_there.at_all"):
        pass
