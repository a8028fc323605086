"""Exports of a CRM, orders, lists of staff and logs of work, read into `Records`, whatever wrote them.

`read` gives the records, `reading` tells besides what each column was taken for, `guess` looks at a file first; `kinds`
and `meanings` say what may be chosen. A file goes through `content` (what it is), `delimited`, `sheets` or `markup` (a
table of words), `guessing` (what its columns mean), `part` (times and amounts), `deals`, `histories` or `others`
(tables), `joining` (numbers in place of names) and `faults`. Nothing is printed. Start with `reading`.
"""

from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.problems import RecordsError
from simulation.calibration.readers.reading import Reading, guess, read, reading
from simulation.calibration.readers.report import ReadColumn, ReadFile
from simulation.calibration.readers.vocabulary import kinds, meanings

__all__ = [
    "Mapping",
    "ReadColumn",
    "ReadFile",
    "Reading",
    "RecordsError",
    "guess",
    "kinds",
    "meanings",
    "read",
    "reading",
]
