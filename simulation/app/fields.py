"""The figures of a department as fields of a page: what each is called, how it is written, how far it may lie off.

Which figures an owner sees, and in which order, is one list (`SHOWN`); everything else about a field is known at its
key. What somebody types is read as a scenario file is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulation.app.typed import text_of
from simulation.scenario.describe import resolved
from simulation.scenario.path_words import words_for
from simulation.scenario.places import along
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import role_titles
from simulation.texts import LANGUAGES, Phrase, Shortest, Texts, say, texts
from simulation.written import schema
from simulation.written.errors import Problem, ScenarioError
from simulation.written.figures import Figure
from simulation.written.quantities import COUNT, NUMBER, Quantity
from simulation.written.spelling import QuantityError

Badge = Literal["typed", "records", "file", "default"]
SECTIONS = ("people", "channels", "process", "clients", "money", "plan")

NAME = r"[^.]+"
SHOWN: tuple[tuple[str, str, bool], ...] = (
    ("people", rf"structures\.{NAME}\.roles\.{NAME}\.headcount", True),
    ("people", rf"structures\.{NAME}\.roles\.{NAME}\.turnover_per_year", False),
    ("people", r"people\.recruiting\.time(\.\w+\.mean)?", False),
    ("people", r"people\.(recruiting|onboarding|departure|absence)\.\w+", False),
    ("people", r"people\.onboarding\.probation\.failure", False),
    ("people", r"people\.(switching|availability)", False),
    ("people", r"people\.turnover\.(early|overload|notice)", False),
    ("channels", rf"market\.channels\.{NAME}\.(leads_per_month|find_probability|orders_per_month)", True),
    ("channels", rf"market\.channels\.{NAME}\.fit", True),
    ("channels", rf"market\.channels\.{NAME}\.cost\.fixed_per_month", True),
    ("channels", rf"market\.channels\.{NAME}\.(attempt|quality|deal_size|declined_at_once|trend_per_year)", False),
    ("channels", rf"market\.channels\.{NAME}\.cost\.(per_lead|per_attempt)", False),
    ("channels", rf"market\.channels\.{NAME}\.patience(\.\w+\.mean)?", False),
    ("process", r"hand_off\.(lead|customer)\.loss", True),
    ("process", r"market\.qualification\.work(\.\w+\.mean)?", True),
    ("process", r"market\.stages\.\d+\.conversion", True),
    ("process", r"market\.stages\.\d+\.work(\.\w+\.mean)?", False),
    ("process", r"market\.stages\.\d+\.(thinking|patience)(\.\w+\.mean)?", False),
    ("process", r"market\.stages\.\d+\.(question|meetings)", False),
    ("process", r"market\.qualification\.(true_positive|false_positive)", False),
    ("process", r"market\.speed_to_lead\.\w+", False),
    ("process", r"hand_off\.(lead|customer)\.(delay|extra_work|information)", False),
    ("clients", r"market\.initial\.(customers|pipeline)", True),
    ("clients", r"market\.customers\.(order_every(\.\w+\.mean)?|order_size|churn_per_year)", True),
    ("clients", r"market\.customers\.(requests_per_month|growth_per_year|tolerance|late_churn_per_month)", False),
    ("clients", r"market\.customers\.(order_work|request_work)(\.\w+\.mean)?", False),
    ("clients", r"market\.customers\.upsell\.(every|probability|uplift)", False),
    ("clients", r"market\.customers\.payment\.(delay(\.\w+\.mean)?|late_share)", False),
    ("money", rf"market\.products\.{NAME}\.deal(\.\w+\.mean)?", True),
    ("money", rf"market\.products\.{NAME}\.gross_margin", True),
    ("money", rf"structures\.{NAME}\.roles\.{NAME}\.pay\.base", True),
    ("money", r"budget\.indirect\.lines\.\d+\.price", True),
    ("money", rf"structures\.{NAME}\.roles\.{NAME}\.pay\.(commission\.share|bonus\.amount|per_lead)", False),
    ("money", rf"market\.products\.{NAME}\.(paperwork(\.\w+\.mean)?|deal_trend_per_year|price)", False),
    ("money", r"budget\.(contributions|capital\.lines\.\d+\.price|direct\.lines\.\d+\.price)", False),
    ("plan", r"plan\.target", True),
    ("plan", r"experiment\.months", True),
    ("plan", r"experiment\.replications", True),
    ("plan", r"experiment\.(seed|warm_up)", False),
)
"""Section, paths (as a pattern), and whether a figure is shown without unfolding."""
HELPED = (
    *("headcount", "leads_per_month", "find_probability", "fit", "fixed_per_month", "loss", "conversion", "customers"),
    *("pipeline", "order_every", "order_size", "churn_per_year", "deal", "gross_margin", "base", "price", "target"),
    *("months", "replications", "turnover_per_year", "work", "delay", "switching", "quality", "deal_size"),
)
"""Keys that have a word of help (`app-help-KEY`)."""
MOST_WRITTEN = 1_000
"""Letters of a value that is typed."""
RECORDED = re.compile(r"\d{4}-\d\d-\d\d…\d{4}-\d\d-\d\d")
"""What a source says that was estimated from records: from which day to which they go (`calibration-source`)."""
TYPED = "app-source-typed"
"""Key of what stands as the source of a figure that was typed on the page."""


@dataclass(frozen=True)
class Field:
    """A figure on the page.

    Attributes:
        path: where it stands.
        section: of the page.
        main: whether it is shown without unfolding.
        group: path of the block that it is grouped under: a channel, a structure, a stage; '' without.
        title: what it is called inside of its group.
        value: in the unit used inside.
        quantity: how it is read and written.
        whole: whether only whole numbers make sense.
        low, high: ends of its slider.
        badge: where it comes from.
        source: the same in words of whoever wrote it.
        ranged: whether the ends are how far it may be otherwise, and not just a slider's.
    """

    path: str
    section: str
    main: bool
    group: str
    title: Phrase
    value: float
    quantity: Quantity
    whole: bool
    low: float
    high: float
    badge: Badge
    source: str
    ranged: bool

    @property
    def key(self) -> str:
        """Name of its key."""
        return _key(self.path)

    @property
    def counted(self) -> bool:
        """Whether it has a plus and a minus."""
        return self.path.endswith(".headcount")

    @property
    def step(self) -> float:
        """Of its slider: one, two or five of some power of ten; a fiftieth of its way or so."""
        if self.whole:
            return 1.0
        rough = (self.high - self.low) / 50
        if rough <= 0:
            return 1.0
        power = 10.0 ** math.floor(math.log10(rough))
        return next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)

    @property
    def help(self) -> str:
        """Key of its word of help; '' without one."""
        return f"app-help-{self.key.replace('_', '-')}" if self.key in HELPED else ""


def _key(path: str) -> str:
    steps = path.split(".")
    while len(steps) > 1 and (steps[-1] == "mean" or steps[-1] in _LAWS or steps[-1].isdigit()):
        steps.pop()
    return steps[-1]


_LAWS = {"lognormal", "gamma", "exponential", "weibull", "normal", "uniform", "triangular", "empirical", "fixed"}


def shown(path: str) -> tuple[str, bool] | None:
    """Section of a path, and whether it is shown without unfolding; None where it is not shown."""
    return next(((section, main) for section, pattern, main in SHOWN if re.fullmatch(pattern, path)), None)


def fields_of(scenario: Scenario, typed: Iterable[str] = ()) -> list[Field]:
    """The fields of a scenario, in the order of the page.

    Args:
        scenario: the department.
        typed: paths that somebody has changed on the page.
    """
    changed = set(typed)
    tree = scenario.model_dump(mode="json")
    found: list[Field] = []
    for path, value in _single(resolved(scenario), ""):
        place = shown(path)
        if place is None or value is None or isinstance(value, (bool, str)) and not _number(value):
            continue
        made = _field(scenario, tree, path, *place, changed)
        if made is not None:
            found.append(made)
    order = {pattern: n for n, (_, pattern, _) in enumerate(SHOWN)}
    rank = {each.path: next(n for pattern, n in order.items() if re.fullmatch(pattern, each.path)) for each in found}
    groups = {name: n for n, name in enumerate(dict.fromkeys(each.group for each in found))}
    return sorted(
        found, key=lambda each: (rank[each.path] if not each.group else 0, groups[each.group], rank[each.path])
    )


def _number(text: Any) -> bool:
    return isinstance(text, str) and text[:1].isdigit()


def _single(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _single(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _single(inner, f"{path}.{n}")
    else:
        yield path, value


def _field(
    scenario: Scenario, tree: Mapping[str, Any], path: str, section: str, main: bool, changed: set[str]
) -> Field | None:
    slot = schema.at(Scenario, tree, path)
    if slot is None:
        return None
    written = schema.value_at(tree, path)
    quantity = slot.quantity or NUMBER
    try:
        value = quantity.parse(written, _context(scenario))
    except QuantityError:
        return None
    if not math.isfinite(value):
        return None
    whole = quantity is COUNT or (slot.quantity is None and isinstance(written, int))
    figure = scenario.provenance.figures.get(path)
    low, high, ranged = _ends(scenario, path, value, quantity, figure)
    if not _allowed(quantity, low, scenario):
        low = value / 10
    title = words_for(scenario, path) or say("variable-path", path=path)
    if title.key == "key-of":
        title = title.values["title"]
    if path.endswith(".pay.base"):
        structure, role = path.split(".")[1], path.split(".")[3]
        title = say("app-line", name=role_titles(scenario.structures[structure])[role])
    badge, source = _badge(scenario, path, figure, changed)
    if path.startswith("budget.") and path.endswith(".price"):
        name = schema.value_at(tree, path.removesuffix("price") + "name")
        title = say("app-line", name=name)
    return Field(path, section, main, _group(path), title, value, quantity, whole, low, high, badge, source, ranged)


def _allowed(quantity: Quantity, value: float, scenario: Scenario) -> bool:
    try:
        quantity.parse(quantity.write(value), _context(scenario))
    except QuantityError:
        return False
    return True


def _context(scenario: Scenario) -> dict[str, Any]:
    return {"hours_per_day": scenario.calendar.hours_per_day, "currency": scenario.currency}


def _group(path: str) -> str:
    steps = path.split(".")
    if steps[0] == "structures":
        return ".".join(steps[:2] if path.endswith(".pay.base") else steps[:4])
    if path.startswith(("market.channels.", "market.products.")):
        return ".".join(steps[:3])
    return ""


def _ends(
    scenario: Scenario, path: str, value: float, quantity: Quantity, figure: Figure | None
) -> tuple[float, float, bool]:
    """Ends of a slider, and whether somebody has said that the value may lie anywhere between them."""
    if figure is not None and figure.range is not None:
        try:
            low, high = (float(end) for end in figure.range)
            return min(low, value), max(high, value), True
        except (TypeError, ValueError):
            pass
    place = next((step.place for step in reversed(along(scenario, path)) if step.place is not None), None)
    if place is not None and place.facts.plausible is not None:
        _, low, high, _ = place.facts.plausible
        return min(float(low), value), max(float(high), value), True
    low = min(0.0, 2 * value)
    high = max(2 * value, 0.0)
    if quantity.unit == "share":
        high = min(1.0, high) if high else 0.2
    elif high == low:
        high = {"money": 100_000.0, "hours": 48.0, "working hours": 8.0}.get(quantity.unit, 1.0)
    if quantity.unit == "log-odds":
        low, high = min(-1.0, value), max(1.0, value)
    if path == "experiment.months":
        low, high = 1, max(36.0, value)
    if path == "experiment.replications":
        low, high = 20, max(400.0, value)
    return low, high, False


def _badge(scenario: Scenario, path: str, figure: Figure | None, changed: set[str]) -> tuple[Badge, str]:
    source = figure.source if figure is not None else ""
    if path in changed or source in {texts(language)(TYPED) for language in LANGUAGES}:
        return "typed", ""
    if figure is not None and (source.lower().startswith("records") or RECORDED.search(source)):
        return "records", source
    origin = scenario.provenance.origin(path)
    if origin == "default" or origin.startswith("preset "):
        return "default", source
    return "file", source


def written(field: Field, t: Texts, value: float | None = None) -> str:
    """A value as somebody would type it: '35 %', '60 000', '75 min'; it reads as the same number."""
    return text_of(field.quantity, field.value if value is None else value, t)


def unit_of(field: Field, currency: str, t: Texts) -> str:
    """What stands behind a field."""
    unit = field.quantity.unit
    if unit == "money":
        return t.style.currency(currency)
    if field.quantity.clock:
        return t(f"app-unit-{field.quantity.clock}")
    key = f"app-unit-{unit.replace(' ', '-')}"
    return t(key) if key in t else ""


def read(scenario: Scenario, path: str, typed: str) -> tuple[float, Quantity]:
    """What somebody typed for a figure of the page, in the unit used inside, with its quantity.

    Raises:
        ScenarioError: it cannot be read, or the page has no such figure.
    """
    slot, quantity = slot_of(scenario, path)
    if not typed.strip():
        raise ScenarioError(Problem("", None, path, say("app-short-needed")))
    try:
        if len(typed) > MOST_WRITTEN:
            raise QuantityError(say("app-too-long"))
        value = quantity.parse(_plain(typed), _context(scenario))
    except QuantityError as error:
        raise ScenarioError(
            Problem("", None, path, error.reason, typed, error.allowed, error.suggestion or "")
        ) from None
    return value, quantity


def _plain(typed: str) -> object:
    """What YAML would make of it: a bare number is a number."""
    text = typed.strip()
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def slot_of(scenario: Scenario, path: str) -> tuple[schema.Slot, Quantity]:
    """The place of a figure of the page in the schema, and how it is read and written.

    Raises:
        ScenarioError: the page has no such figure.
    """
    tree = scenario.model_dump(mode="json")
    slot = schema.at(Scenario, tree, path) if shown(path) is not None else None
    if slot is None or schema.value_at(tree, path) is None:
        raise ScenarioError(Problem("", None, "", say("app-no-field")))
    return slot, slot.quantity or NUMBER


def as_number(scenario: Scenario, path: str, number: str, t: Texts) -> str:
    """What a slider says, as somebody would type it.

    Raises:
        ScenarioError: it is no number, or the page has no such figure.
    """
    _, quantity = slot_of(scenario, path)
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ScenarioError(Problem("", None, path, say("app-no-number")))
    return text_of(quantity, value, t)


MOST_PLAYED = 100_000
"""People, clients, or leads of a month that the page plays: more is a slip, and would fill the machine's memory."""
_PLAYED = re.compile(r"\.leads_per_month$|^market\.initial\.(customers|pipeline)$|\.headcount$")


def settings(scenario: Scenario, path: str, typed: str, source: str) -> dict[str, Any]:
    """What has to be set in the scenario for a figure that was typed: its range stays, its source becomes `source`.

    Raises:
        ScenarioError: it cannot be read.
    """
    value, quantity = read(scenario, path, typed)
    if value > MOST_PLAYED and _PLAYED.search(path):
        raise ScenarioError(Problem("", None, path, say("app-too-many", most=Shortest(MOST_PLAYED))))
    told = int(value) if quantity is COUNT else quantity.write(value)
    if path.startswith("experiment.") or path.endswith(".headcount"):
        return {path: int(value) if float(value).is_integer() else value}
    figure = scenario.provenance.figures.get(path)
    made: dict[str, Any] = {"value": told, "source": source}
    if figure is not None and figure.range is not None:
        ends = [float(end) for end in figure.range]
        made["range"] = [quantity.write(min(ends[0], value)), quantity.write(max(ends[1], value))]
    return {path: made}


def words_of(scenario: Scenario, path: str, before: str, after: str) -> Phrase:
    """'Positions (Closer, Functional): 3 → 4'."""
    title = words_for(scenario, path) or say("variable-path", path=path)
    return say("app-change", what=title, was=before, now=after)


def current(scenario: Scenario, path: str, t: Texts) -> str | None:
    """A figure of the page as somebody would type it; None where the page has no such figure."""
    try:
        slot, quantity = slot_of(scenario, path)
        value = quantity.parse(schema.value_at(scenario.model_dump(mode="json"), path), _context(scenario))
    except (ScenarioError, QuantityError):
        return None
    return text_of(quantity, value, t)
