"""A small comparison, made once: what the reports are made of."""

from collections.abc import Callable
from functools import cache

import pytest

from simulation.analysis.comparison import Comparison, compare
from simulation.report.page.write import page
from simulation.sense.loader import load_text
from tests.cli.conftest import SMALL


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    """Two structures of the small scenario over eight replications of two months, with their events."""
    text = SMALL.replace("deal: 60 k", "deal: {value: 60 k, range: [40 k, 90 k], source: 'price list'}")
    scenario = load_text(text, "small.yaml")
    return compare(scenario, replications=8, jobs=1, events=True)


@pytest.fixture(scope="session")
def page_in(comparison: Comparison) -> Callable[[str], str]:
    """Its page in a language, with all charts."""
    return cache(lambda language: page(comparison, language, command=["run.py", "compare", "small.yaml"]))
