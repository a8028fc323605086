"""One person is one number, however two systems write his name; two people are two."""

import pytest

from simulation.calibration.readers.raw import Column
from simulation.calibration.readers.registry import People


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (
            ["Сергеева Анна Петровна", "Анна Сергеева", "сергеева  А. П.", "А. Сергеева", "АННА СЕРГЕЕВА"],
            [0, 0, 0, 0, 0],
        ),
        (["Анна Сергеева", "Пётр Сергеев", "Петр Сергеев"], [0, 1, 1]),
        (["Анна Сергеева", "Алла Сергеева", "А. Сергеева"], [0, 1, 2]),
        (["Анна", "Анна Сергеева", "Анна Ким"], [0, 1, 2]),
        (["Сергеева Анна Петровна", "Сергеева Анна Ивановна", "Анна Сергеева"], [0, 1, 2]),
        (["Smith, John", "John Smith", "J. Smith", "Jane Smith"], [0, 0, 0, 1]),
        (["Manager 1", "Manager 2", "12", "13"], [0, 1, 2, 3]),
        (["Анна Ким", "Анна Ким 2", "Анна Ким (3)"], [0, 1, 2]),
        (["А. Б.", "Анна Белова"], [0, 1]),
    ],
)
def test_names(names: list[str], numbers: list[int]) -> None:
    people = People()
    assert people.of(Column.of(names)).tolist() == numbers
    assert people.known(Column.of(names)).tolist() == numbers and len(people) == len(set(numbers))
