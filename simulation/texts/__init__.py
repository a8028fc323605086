"""What the program says, in the languages that it speaks: one catalogue of texts for each, and how each writes numbers.

A catalogue is a folder of Fluent files (`en/`, `ru/`), read as one with those that kinds of study have in their own
folders. `texts(language)` fills in a text by its key;
`say(key, …)` is the English text, which remembers its key and values, so that a report can say the same in another
language; `worded(key, …)` is the same about what somebody wrote: mistakes, warnings, remarks. Numbers, dates and
names of currencies follow Babel's locale data. It knows nothing of the model: everything may import it. Start with
`catalogue`.
"""

from simulation.texts.catalogue import (
    LANGUAGES,
    Phrase,
    Texts,
    joined,
    language_of,
    lines,
    phrase_of,
    say,
    shortened,
    texts,
    verbatim,
    worded,
)
from simulation.texts.values import (
    Amount,
    Count,
    Day,
    Inside,
    Interval,
    Meaning,
    Month,
    Percent,
    Shortest,
    Sure,
    Term,
    Verbatim,
)

__all__ = [
    "LANGUAGES",
    "Amount",
    "Count",
    "Day",
    "Inside",
    "Interval",
    "Meaning",
    "Month",
    "Percent",
    "Phrase",
    "Shortest",
    "Sure",
    "Texts",
    "Term",
    "Verbatim",
    "joined",
    "language_of",
    "lines",
    "phrase_of",
    "say",
    "shortened",
    "texts",
    "verbatim",
    "worded",
]
