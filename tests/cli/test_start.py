"""What a command loads: nothing that only draws, writes or counts afterwards before its first year."""

import subprocess
import sys
from pathlib import Path

import pytest

SCENARIO = Path(__file__).parents[2] / "scenarios" / "department_of_ten.yaml"
FIRST = """
import simulation.world.world as it
def first(*_):
    print(*sys.modules, file=sys.__stdout__, flush=True)
    os._exit(0)
it.World.__init__ = first
"""
LAST = "import atexit; atexit.register(lambda: print(*sys.modules, file=sys.__stdout__))"
NEVER = {"matplotlib", "jinja2", "openpyxl", "xlsxwriter", "formulas", "dask", "distributed", "scipy.stats"}


UNTIL_THE_FIRST_YEAR = {
    *NEVER,
    *("pandas", "rich.console", "joblib", "concurrent.futures.process", "simulation.report"),
    *("scipy.special", "scipy.optimize", "numpy.f2py", "numpy.testing", "numpy.ma", "holidays.countries"),
}


@pytest.mark.parametrize(
    ("until", "absent"),
    [(FIRST, UNTIL_THE_FIRST_YEAR), (LAST, NEVER)],
    ids=["its first year", "its verdict"],
)
def test_compare_loads_until_then_what_it_needs(until, absent):
    code = f"import os, sys\n{until}\nfrom simulation.cli import main\nmain()"
    words = ["compare", SCENARIO, "--no-store", "--jobs", "1", "--replications", "2", "--months", "1"]
    found = subprocess.run([sys.executable, "-c", code, *map(str, words)], check=True, capture_output=True, text=True)
    loaded = {*found.stdout.splitlines()[-1].split()}
    assert "simulation.department.person" in loaded
    assert not loaded & absent
