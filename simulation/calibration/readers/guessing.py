"""What the columns of a table mean: exact names, whole words, the last import's choice; and which table it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulation.calibration.readers.vocabulary import ENTERED, IGNORED, LAYOUTS, PRIVATE, SYSTEMS, Layout
from simulation.calibration.readers.words import alike, words_of

_PREFIX = re.compile(r"^([^-–:]{2,25}?)\s+[-–]\s+(?=\S)")
_ENTERED = re.compile(
    r"^(?:date entered|дата входа(?: на| в)?(?: этап| стадию)?|дата попадания (?:на|в)(?: этап| стадию)?|"
    r"datum vstupu do|date d'entree|fecha de ingreso en?)\s+[\"'«“](.+?)[\"'»”](?:\s.*)?$",
    re.IGNORECASE,
)
_IN_PIPELINE = re.compile(r"^(.*\S)\s*\(([^()]*)\)$")


@dataclass(frozen=True)
class Guess:
    """What a table is taken for.

    Attributes:
        layout: the kind of table.
        system: the system that wrote it ('amocrm', …), or ''.
        meanings: the meaning of each column, '' where it has none.
        how: for each column 'mapping', 'exact', 'words', 'last' or ''.
        missing: groups of meanings of which none was found.
    """

    layout: Layout
    system: str
    meanings: tuple[str, ...]
    how: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    score: float

    def holds(self, meaning: str) -> str:
        """What stands in a column of a meaning; '' where it has none."""
        return self.layout.holds(meaning) if meaning else ""


def bare(headers: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Headings without the prefix that most of them have ('Deal - Stage'), and the prefix."""
    found = [_PREFIX.match(header) for header in headers]
    counts = Counter(match[1] for match in found if match)
    if not counts:
        return tuple(headers), ""
    prefix, count = counts.most_common(1)[0]
    if count < max(3, 0.5 * len(headers)):
        return tuple(headers), ""
    return tuple(h[m.end() :] if m and m[1] == prefix else h for h, m in zip(headers, found, strict=True)), prefix


def recognised(cells: Sequence[str]) -> int:
    """How many of some cells are headings that some table has by their exact names; 'no' in ten cells is one."""
    names = _every_name()
    headers, _ = bare([cell for cell in cells if cell])
    found = len({alike(header) for header in headers} & names)
    return found + sum(bool(_ENTERED.match(header.strip())) for header in headers)


def heads(records: Sequence[Sequence[str]]) -> int:
    """Which of the first records has the headings: the one with most of the known ones, else the first that is wide."""
    counts = [recognised([cell.strip() for cell in cells]) for cells in records]
    most = max(counts, default=0)
    if most >= 2:
        return counts.index(most)
    widest = max(sum(bool(cell.strip()) for cell in cells) for cells in records)
    wide = [n for n, cells in enumerate(records) if sum(bool(cell.strip()) for cell in cells) >= max(2, widest * 0.5)]
    return wide[0] if wide else 0


@lru_cache
def _every_name() -> frozenset[str]:
    names = {alike(name) for layout in LAYOUTS.values() for _, known in layout.meanings.values() for name in known}
    return frozenset(names | {alike(name) for known in PRIVATE.values() for name in known})


@lru_cache
def _names(layout: str) -> tuple[dict[str, list[str]], list[tuple[frozenset[str], str]]]:
    """Meanings by exact name, in their order; and by the words of a name, the longest first."""
    exact: dict[str, list[str]] = {}
    loose: list[tuple[frozenset[str], str]] = []
    every = {m: known for m, (_, known) in LAYOUTS[layout].meanings.items()}
    for meaning, known in [*every.items(), *PRIVATE.items()]:
        for name in known:
            exact.setdefault(alike(name), []).append(meaning)
            if len(alike(name)) > 3 and alike(name) not in _LOOSE:
                loose.append((frozenset(words_of(name)), meaning))
    own = set(every)
    # what is never kept comes first among equals: 'phone of the manager' is a telephone
    loose.sort(key=lambda each: (-len(each[0]), each[1] in own and each[1] not in _EARLY))
    return exact, loose


_LOOSE = frozenset({"name", "type", "date", "time", "дата", "время", "value", "total", "deal", "сделка", "тип",
    "номер"}) | {
    "start", "end", "начало", "конец", "case", "имя", "title", "город", "city", "opened", "closed", "сумма",
    "source", "to",
    "before", "after", "lead", "лид", "event", "order", "mail", "note", "web", "user", "rep", "agent", "account",
    "result",
    "company", "компания", "клиент", "customer", "client", "contact", "контакт", "сотрудник", "менеджер", "manager",
    "created",
    "закрыт", "закрыта", "создан", "создана", "заказ", "счет", "day", "день", "calls", "left", "id", "job", "label",
    "index",
}  # fmt: skip
"""Names that mean too little to be found among other words."""
_LOOSE -= {"сумма", "source", "менеджер", "manager", "компания", "company", "клиент", "customer", "контакт", "contact"}
_EARLY = frozenset[str]()


def of_layout(
    headers: Sequence[str], layout: Layout, fixed: Mapping[str, str], last: Mapping[str, str], filled: Collection[int]
) -> Guess:
    """What the columns mean if the table is of a kind.

    Args:
        headers: headings, each once.
        layout: the kind of table.
        fixed: meanings that the user's mapping gives, by heading.
        last: meanings of the last import, by heading; for columns that have no known name.
        filled: the columns in which something stands; of two columns of one meaning the filled one is taken.
    """
    exact, loose = _names(layout.name)
    short, prefix = bare(headers)
    meanings, how = [""] * len(headers), [""] * len(headers)
    taken: set[str] = set()

    def take(place: int, meaning: str, by: str) -> None:
        meanings[place], how[place] = meaning, by
        if meaning not in PRIVATE and meaning != IGNORED:
            taken.add(meaning)

    for place, header in enumerate(headers):
        if header in fixed:
            take(place, fixed[header], "mapping")
    if layout.name == "deals":
        for place, header in enumerate(headers):
            if not how[place] and (entered := stage_of(header)):
                take(place, ENTERED + entered, "exact")
    order = sorted(range(len(headers)), key=lambda place: place not in filled)
    ranks = sorted(
        (rank, position, place)
        for position, place in enumerate(order)
        if not how[place]
        for rank in [_rank(exact, layout, alike(short[place]))]
        if rank is not None
    )
    for _, _, place in ranks:
        for meaning in exact.get(alike(short[place]), ()):
            if meaning not in taken:
                take(place, meaning, "exact")
                break
    for place in order:
        if how[place]:
            continue
        there = set(words_of(short[place]))
        for words, meaning in loose:
            if words <= there and meaning not in taken:
                take(place, meaning, "words")
                break
    for place, header in enumerate(headers):
        if not how[place] and header in last and last[header] not in taken:
            take(place, last[header], "last")
    missing = tuple(group for group in layout.needs if not taken & set(group))
    system = system_of(headers, layout.name, prefix)
    score = sum(
        layout.marks.get(meaning, 0.2) * (0.6 if by == "words" else 1.0)
        for meaning, by in zip(meanings, how, strict=True)
        if meaning and meaning not in PRIVATE and meaning != IGNORED
    )
    if system:
        score += 4
    if "mapping" in how:  # the user speaks of this kind
        score += 4
    return Guess(layout, system, tuple(meanings), tuple(how), missing, score - 10 * len(missing))


def _rank(exact: Mapping[str, list[str]], layout: Layout, header: str) -> int | None:
    """How early a heading stands among the names of its meaning; None where it is no name."""
    ranks = []
    for meaning in exact.get(header, ()):
        known = PRIVATE[meaning] if meaning in PRIVATE else layout.meanings[meaning][1]
        ranks.append([alike(name) for name in known].index(header))
    return min(ranks, default=None)


def stage_of(header: str) -> str:
    """The stage of a column `Date entered "Stage (Pipeline)"`, with its pipeline; '' for any other."""
    found = _ENTERED.match(header.strip().replace('""', '"'))
    return found[1].strip() if found else ""


def stage_and_pipeline(name: str) -> tuple[str, str]:
    """'Stage (Pipeline)' in its two parts; the second is '' where there is none."""
    found = _IN_PIPELINE.match(name)
    return (found[1], found[2]) if found else (name, "")


def system_of(headers: Sequence[str], layout: str, prefix: str) -> str:
    """The system whose headings these are, or ''."""
    there = {alike(header) for header in bare(headers)[0]}
    if prefix and layout == "deals":
        return "pipedrive"
    for system, (kind, groups) in SYSTEMS.items():
        if kind == layout and groups and all(there & {alike(name) for name in group} for group in groups):
            return system
    if layout == "deals" and any(stage_of(header) for header in headers):
        return "hubspot"
    return ""


def best(
    headers: Sequence[str],
    chosen: str | None,
    fixed: Mapping[str, Mapping[str, str]],
    last: Mapping[str, Mapping[str, str]],
    filled: Collection[int],
) -> Guess:
    """The kind of table that the headings fit best, or the chosen one.

    Args:
        headers: headings, each once.
        chosen: the kind that the user said, or None.
        fixed: meanings by kind and heading that the user's mapping gives.
        last: the same of the last import.
        filled: the columns in which something stands.
    """
    layouts = [LAYOUTS[chosen]] if chosen else list(LAYOUTS.values())
    guesses = [
        of_layout(headers, layout, fixed.get(layout.name, {}), last.get(layout.name, {}), filled) for layout in layouts
    ]
    return max(guesses, key=lambda guess: guess.score)
