"""The words of the page that not everybody knows: marked where they stand first, explained on hover and at the end.

A term is three texts: `glossary-NAME` (the term), its attribute-like twin `glossary-NAME-forms` (what to look for, with
a star for any ending, separated by commas) and `glossary-NAME-means` (what it means).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from simulation.texts import Texts

TERMS = (
    *("lead", "qualified", "possible-year", "interval", "what-if", "drawn", "end-value", "gross-margin", "payroll"),
    *("win-rate", "hand-off", "ramp", "utilisation", "funnel", "turnover", "unbilled", "break-even", "told-apart"),
    *("baseline", "lifetime-value", "first-deal", "care", "quantile"),
)
"""All terms; of two that stand at one place the longer one is marked."""
_TYPED = re.compile(r"`([^`]+)`")
_UNITS = r"тыс\.|млн|млрд|₽|%|thousand|k|mln|bn|[A-Z]{3}"
_NEAR = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))|(?<=тыс\.|.млн|млрд) (?=₽)|(?<=mln) (?=[A-Z]{{3}})")
"""The space before a unit, at which no line ends."""


@dataclass
class Glossary:
    """The terms of one page.

    Attributes:
        texts: the language.
        found: terms that stand on the page, in the order in which they were met.
    """

    texts: Texts
    found: list[str] = field(default_factory=list)
    _forms: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in TERMS:
            forms = [each.strip() for each in self.texts(f"glossary-{name}-forms").split(",")]
            forms.sort(key=len, reverse=True)
            found = "|".join(re.escape(each).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for each in forms)
            self._forms[name] = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)

    def marked(self, text: str) -> Markup:
        """A text as HTML: terms that were not met before are marked, what is typed stands as code, units stay near."""
        made = Markup()
        for n, piece in enumerate(_TYPED.split(_NEAR.sub("\u00a0", text))):
            made += Markup("<code>{}</code>").format(piece) if n % 2 else self._terms(piece)
        return made

    def _terms(self, text: str) -> Markup:
        spans: list[tuple[int, int, str]] = []
        for name, forms in self._forms.items():
            if name not in self.found and (met := forms.search(text)):
                spans.append((*met.span(), name))
        spans.sort(key=lambda each: (each[0], -each[1]))
        made, at = Markup(), 0
        for begin, end, name in spans:
            if begin < at:  # inside of another term: the next place will do
                continue
            self.found.append(name)
            made += escape(text[at:begin]) + Markup('<a class="term" href="#term-{}" title="{}">{}</a>').format(
                name, self.texts(f"glossary-{name}-means"), text[begin:end]
            )
            at = end
        return made + escape(text[at:])

    @property
    def entries(self) -> list[tuple[str, str, str]]:
        """Name, term and meaning of the terms that were met, by the alphabet."""
        t = self.texts
        found = [(name, t(f"glossary-{name}"), t(f"glossary-{name}-means")) for name in self.found]
        return sorted(found, key=lambda each: each[1].lower())
