"""The marks that are asked of forecasts, on records of a department that goes on as it was."""

from __future__ import annotations

import pytest

from simulation.validation.forecasts import marks, steady, tested


@pytest.mark.slow
def test_forecasts_of_a_department_that_goes_on_as_it_was_earn_their_marks() -> None:
    """Two exports, four dates each. The rules are met by chance too: their error may be smaller by a tenth."""
    found = tested(steady(), "universal", range(2), 60)
    told = {each.name: each for each in marks(found)}
    for name, each in told.items():
        if name.startswith("error"):
            assert each.value <= 1.1, name
        else:
            assert each.passed, (name, each.value)
    assert found.trust in ("level", "direction")
