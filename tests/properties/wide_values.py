"""Values of wide random scenarios: odd names, numbers at the ends of what is allowed, laws of all kinds."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Tree = dict[str, Any]
Draw = st.DrawFn

ODD = (
    "site", "Сайт", "עברית", "a/b", "2/3/3", "../up", "..", "site.ru", "v1.0", "x'y", 'q"q', "con", "a b  c",
    "<b>x</b>", "=1+1", "@cmd", "-5", "+1", "$x^2$", "$\\frac{", "_^_", "[bold]x", "{x}", "%s%d", "a:b", "a-b",
    "a|b", "a;b,c", "x" * 60, "ﷺ", "\u202eabc", "🔥🔥", "Нуль", "null", "true", "1", "2026-01-01", "#hash",
    "&amp;", "*star*", "`tick`", "~", "total", "structure", "customers", "order", "channel:site", "line/x",
    "C:\\x", "résumé", "日本", "́́combining", "\u200bzero", "a\nb", "Universal", "universal",
)  # fmt: skip


def some(*values: Any) -> st.SearchStrategy[Any]:
    """One of these values."""
    return st.sampled_from(values)


def chance(draw: Draw, tenths: int) -> bool:
    """True so often; shrinks to False."""
    return draw(st.integers(0, 9)) >= 10 - tenths


def names(draw: Draw, stem: str, count: int, dots: bool = False) -> list[str]:
    """Different names, odd ones among them; keys have no dots."""
    made: list[str] = []
    for number in range(count):
        name = f"{stem}{number}"
        if chance(draw, 4):
            odd = draw(some(*ODD)).strip()
            name = name if "." in odd and not dots else odd
        while name in made:
            name += "x"
        made.append(name)
    return made


def optional(draw: Draw, tree: Tree, tenths: int, **values: st.SearchStrategy[Any]) -> None:
    """Give some of the keys, each so often."""
    for key, strategy in values.items():
        if chance(draw, tenths):
            tree[key] = draw(strategy)


SHARE = some(0.5, 0, 1, 0.05, 0.95, "35 %", 1e-9, 1 - 1e-12, 1e-300)
RATE = some(5, 0, 1, 20, 60, 0.001, 1e-9)
MONEY = some(100, 0, 1, "25 k", "1.5 mln", 1e-9, 1e12, 0.01)
ODDS = some(0, 0.5, -0.5, 5, -5, 50, -50, 1000, -1000)
FINITE = some("15 min", "0 h", "1 min", "3 h", "1 day", "10 days", "3 months", "5 years", "0.001 h")
ELAPSED = some("1 day", "0 h", "1 min", "3 h", "10 days", "3 months", "5 years", "never", "1 second")
WORKING = some("1 h", "0 h", "1 min", "15 min", "3 h", "2 working days", "100 h", "0.01 h")
SEASON = some([1] * 12, [12] + [0] * 11, [0] * 6 + [2] * 6)
WEEKDAYS = some([1] * 7, [1.4] * 5 + [0] * 2, [7] + [0] * 6)
HOURS = some([1] * 24, [0] * 8 + [1.5] * 16, [0] * 23 + [24])
RHYTHM = st.fixed_dictionaries({}, optional={"weekdays": WEEKDAYS, "hours": HOURS, "holidays": some(0.3, 0, 10)})
BURSTS = st.fixed_dictionaries({"cv": some(0.5, 0, 3), "memory": some(0.4, 0, 0.99), "common": some(0.5, 0, 1)})
ODD_TITLE = some(*ODD)


@st.composite
def laws(draw: Draw, mean: st.SearchStrategy[Any]) -> Any:
    """A time, or a law of it."""
    middle = draw(mean)
    if middle == "never":
        return middle
    cv = some(0.3, 0, 1, 10, 100)
    match draw(st.integers(0, 8)):
        case 4:
            return {"exponential": middle}
        case 5:
            return {draw(some("lognormal", "gamma")): {"mean": middle, "cv": draw(cv)}}
        case 6:
            return {"uniform": {"low": "0 h", "high": middle}}
        case 7:
            return {"weibull": {"mean": middle, "shape": draw(some(1, 0.1, 0.5, 10, 100))}}
        case 8:
            return {"empirical": [middle, "1 h"]}
    return middle
