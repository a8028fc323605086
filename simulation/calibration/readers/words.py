"""Words as systems write them: headings made alike, how a deal stands, yes and no."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_ACCENTS = re.compile("([A-Za-z])[\u0300-\u036f]+")
_SEPARATED = re.compile(r"[\s_\u200b\ufeff]+")


@lru_cache(maxsize=100_000)
def alike(text: str) -> str:
    """A heading or word as it is compared: small letters without accents, ё = е, one space, no sign at the end."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    if not text.isascii():  # Fáze is faze; й keeps its sign
        text = unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", unicodedata.normalize("NFD", text)))
    return _SEPARATED.sub(" ", text.lower().replace("ё", "е")).strip(" *:;.\"'")


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """A name as it is compared: small letters, ё = е, one space."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().replace("ё", "е").split())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a heading."""
    return tuple(re.findall(r"[^\W_]+", alike(text)))


WON = (
    "won", "closed won", "closedwon", "win", "success", "successful", "deal won", "closed as won",
    "успешно реализовано", "сделка успешна", "сделка заключена", "успешна", "успех", "успешно", "выиграна",
    "выиграно", "выигран", "выигранные", "закрыто успешно", "успешно закрыто", "успешно закрыта", "продажа", "продано",
    "закрыта успешно", "сделка выиграна", "завершено успешно", "успешно завершено", "сделка закрыта успешно",
    "ganado", "ganada", "gewonnen", "gagne", "gagné", "vyhrany", "vyhraný", "vyhrano", "vyhráno", "ganho", "виграно",
)  # fmt: skip
LOST = (
    "lost", "closed lost", "closedlost", "deal lost", "lose", "failed", "rejected", "closed as lost", "abandoned",
    "закрыто и не реализовано", "сделка провалена", "провалена", "провал", "проиграна", "проиграно", "проигран",
    "проигрыш", "отказ", "отказались", "закрыто неуспешно", "неуспешно", "не реализовано", "потеряна", "потеряно",
    "анализ причины провала", "закрыта неуспешно", "сделка проиграна", "неуспех", "сделка закрыта неуспешно",
    "perdido", "perdida", "verloren", "perdu", "prohrany", "prohraný", "prohrano", "prohráno", "програно",
)  # fmt: skip
OPEN = (
    "open", "in progress", "active", "opened", "pending", "engaging", "prospecting", "открыта", "открыто", "открытая",
    "в работе", "открытые", "активна", "в процессе", "новая", "abierto", "offen", "ouvert", "otevreny", "otevřený",
    "otevreno", "otevřeno", "aberto", "відкрито", "not closed", "не закрыта",
)  # fmt: skip
DELETED = ("deleted", "удалена", "удалено", "удаленная", "smazany", "smazáno")
QUALIFIED = (
    "qualified", "converted", "качественный лид", "создать на основании", "сконвертирован", "конвертирован",
    "преобразован", "квалифицирован", "сконвертированный",
)  # fmt: skip
JUNK = ("junk", "unqualified", "некачественный лид", "disqualified", "не квалифицирован", "спам", "spam", "lost")


def _known(*groups: tuple[str, tuple[str, ...]]) -> dict[str, str]:
    return {alike(word): status for status, words in groups for word in words}


STATUSES = _known(("open", OPEN), ("won", WON), ("lost", LOST), ("deleted", DELETED))
LEAD_STATUSES = {**_known(("lost", LOST), ("qualified", QUALIFIED), ("qualified", WON), ("lost", JUNK))}


def ended(word: str) -> str:
    """'won' or 'lost' where the name of a stage says that a deal has ended there, else ''."""
    known = STATUSES.get(alike(word), "")
    if known in ("won", "lost"):
        return known
    bare = alike(re.sub(r"\([^()]*\)\s*$", "", word))  # Closed Won (Sales Pipeline)
    known = STATUSES.get(bare, "")
    return known if known in ("won", "lost") else ""


_LIKELY_LOST = re.compile(
    r"\b(lost|loses?|reject\w*|declin\w*|cancel\w*|abandon\w*|fail\w*|dead|unqualif\w*|no deal|not interested"
    r"|отказ\w*|провал\w*|проигр\w*|не реализ\w*|отмен\w*|потеря\w*|неуспе\w*|некачеств\w*|не купил\w*)"
)
_LIKELY_WON = re.compile(
    r"\b(won|wins?|signed|paid|purchased?|sold|success\w*|closed deal|deal closed|contract signed|delivered"
    r"|успе[шх]\w*|оплачен\w*|оплата получена|выигр\w*|продан\w*|подписан\w*|заключен\w*"
    r"|отгружен\w*|куплен\w*|купил\w*)"
)


def likely_end(word: str) -> str:
    """'won' or 'lost' where a word sounds like an end, else ''; asked only where no word is known to be that end."""
    text = alike(word)
    return "lost" if _LIKELY_LOST.search(text) else "won" if _LIKELY_WON.search(text) else ""


YES = frozenset({"да", "yes", "y", "true", "1", "д", "истина", "повторная", "повторный", "existingbusiness"}) | {
    "existing business", "existing customer", "existing", "renewal", "upsell", "repeat", "повторная продажа",
}  # fmt: skip
NO = frozenset(
    {"нет", "no", "n", "false", "0", "н", "ложь", "новая", "newbusiness", "new business", "new", "первичная"}
)
NO |= {"new customer", "первичный", "новый"}


def repeated(word: str) -> float:
    """1 for a deal of somebody who had bought before, 0 for a first one, NaN where the word does not say it."""
    text = alike(word)
    return 1.0 if text in YES else 0.0 if text in NO else float("nan")
