"""A kind of study: what may be asked, whether it can be, how it is answered, and how the answer is shown.

The one shape that commands, study files, the page and the public face read; `kinds` lists all of them. A kind is cheap
to import: whatever is slow is loaded when it is checked or answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args, get_origin, runtime_checkable

from simulation.texts import Phrase, phrase_of

if TYPE_CHECKING:
    import pandas as pd

    from simulation.analysis.precision import Precision
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab


@runtime_checkable
class Finding(Protocol):
    """A finding: plain values, tables, and sentences that each language can say again."""

    @property
    def kind(self) -> str:
        """As its kind of study calls it (`Kind.finding`): 'sweep', 'explanation', …; names its files."""

    @property
    def scenario(self) -> Scenario:
        """What was studied."""

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What it says, the most important first."""

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file; no number is infinite or NaN."""

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tidy tables by the name of their file, without the ending; '' for the only one."""


Names = tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """Something that may be said of a question: an option of the command, and a key of the question in a study file.

    Attributes:
        name: of the key, and of the value that a kind gets.
        type: of one value: str, int, float, bool, a ``Literal``, or ``str | float`` for an amount; `Names` for several.
        help: what it is, as the key of a text.
        default: what a kind gets where it is not given; an empty text or list counts as not given.
        required: whether it has to be given.
        flag: of the command; '--name' when empty.
        metavar: what stands for the value in the help of the command.
        shown: the default in words, as it is or as the key of a text; whether the default itself is shown, when a bool.
        least, most: bounds of a number.
        questions: whether a command takes it several times and asks a question for each.
        place: where it may be said: 'command', 'file', or '' for both.
        variable: of the environment, that has it where the command line does not.
        experiment: whether a command puts it into the experiment of the scenario too, as everything about the years is.
    """

    name: str
    type: Any
    help: str
    default: Any = None
    required: bool = False
    flag: str = ""
    metavar: str | None = None
    shown: str | bool = False
    least: float | None = None
    most: float | None = None
    questions: bool = False
    place: str = ""
    variable: str = ""
    experiment: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of which there is a list; none where anything may be said."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    def among(self, value: Any) -> Any:
        """A value, if it is one of the list, where there is one.

        Raises:
            UnknownName: it is not in the list; the nearest is named.
        """
        from simulation.analysis.unknown import one_of

        return one_of(self.name, value, self.choices) if self.choices and value is not None else value

    @property
    def typed(self) -> str:
        """As it is typed: '--level', '--measurements/--no-measurements'."""
        return self.flag or f"--{self.name.replace('_', '-')}"


STRUCTURES = Option("structures", Names, "option-structures", flag="--structure")
TWO = replace(STRUCTURES, help="option-two", shown="shown-both-where-there-are-two")
BASELINE = Option(
    "baseline", str, "option-baseline", metavar="STRUCTURE", shown="shown-the-scenario-s-else-the-first-named"
)
MEASURE = Option("measure", str, "option-measure", metavar="NAME", shown="shown-the-scenario-s")
LEVEL = Option("level", float, "option-level", shown="shown-the-scenario-s", least=0.5, most=0.9999)
REPLICATIONS = Option("replications", int, "option-replications", shown="shown-the-scenario-s", least=1, most=1_000_000)
SEED = Option(
    "seed", int, "option-seed", shown="shown-the-scenario-s", least=0, most=2**63 - 1, place="command", experiment=True
)
MONTHS = Option(
    "months", int, "option-months", shown="shown-the-scenario-s", least=1, most=240, place="command", experiment=True
)
PRECISION = Option("precision", str, "option-precision", metavar="2%")
"""Of kinds that may go on until an interval is narrow."""
INPUTS = Option(
    "inputs", Names, "option-inputs", flag="--input", metavar="NAME[=low:high]", shown="shown-all-that-have-a-range"
)
"""Of kinds about uncertain inputs."""
SHARED = (STRUCTURES, BASELINE, MEASURE, LEVEL, REPLICATIONS, SEED, MONTHS)
"""What may be said of every question: a kind that has one of the same name has it otherwise."""


class Asked(SimpleNamespace):
    """What somebody asks: the values of a kind's options by name.

    Attributes:
        prepared: what `check` has found out and `answer` needs; None before.
    """

    structures: list[str] | None
    baseline: str | None
    measure: str | None
    level: float | None
    replications: int | None
    prepared: Any = None

    @property
    def shared(self) -> dict[str, Any]:
        """Who is compared with whom, by what and how sure, as every study takes it."""
        return {name: getattr(self, name, None) for name in ("structures", "baseline", "measure", "level")}


@dataclass(frozen=True)
class Mistake:
    """Something that cannot be asked.

    Attributes:
        option: name of the option; '' for all of them together.
        text: what is wrong.
        number: of several values the wrong one.
        allow: what is allowed.
        whole: whether the text names its options by itself, as a command has them.
    """

    option: str
    text: str
    number: int | None = None
    allow: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Size:
    """How much a question simulates.

    Attributes:
        points: scenarios.
        structures: in each.
        years: of each.
        fewer: what makes it smaller, as the key of a text.
        upto: whether the years are the most.
    """

    points: int
    structures: int
    years: int
    fewer: str
    upto: bool = False


Check = Callable[["Scenario", Asked], Iterator[Mistake]]
Answer = Callable[["Scenario", Asked, "Lab"], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of study.

    Attributes:
        name: of its question in a study file; its command has hyphens in it.
        options: what may be said of it, besides what is shared.
        show: where a `report.findings.Showing` of it stands, such as 'study.payback.show:SHOWING'. Only named here: it
            stands to the right, as part of the report.
        finding: the kind of what is found; it names its files.
        function: where it stands in Python, such as 'study.field.sweep:sweep'; the public face has it by its name.
        asks: what a question of a study file asks.
        pair: whether it is about just two structures.
        plan_met: whether the measure may be the share of the years that meet their plan.
        apart: whether its baseline may stand outside of the structures that it is about.
        agree: looks who is compared with whom, where that is not as `terms` has it; raises TermsError.
        without: shared options that it does not have.
        check: what is wrong with a question, as far as it shows before anything is simulated; None: nothing can be but
            who is compared with whom.
        answer: what is found, where the function does not take every option as it is asked for. RuntimeError: nothing
            can be.
        size: how much it simulates, where a command refuses what nobody would wait for.
        beside: what is found beside; it is written, not printed.
    """

    name: str
    options: tuple[Option, ...]
    show: str
    finding: str
    function: str
    asks: str
    pair: bool = False
    plan_met: bool = True
    apart: bool = False
    agree: Callable[[Scenario, Asked], None] | None = None
    without: tuple[str, ...] = ()
    check: Check | None = None
    answer: Answer | None = None
    size: Callable[[Scenario, Asked], Size] | None = None
    beside: Callable[[Any], Sequence[Finding]] | None = None

    @property
    def every(self) -> tuple[Option, ...]:
        """All options: its own, then the shared ones that it does not have otherwise."""
        own = {*self.without, *(each.name for each in self.options)}
        return (*self.options, *(each for each in SHARED if each.name not in own))

    @property
    def command(self) -> str:
        """Name of its command."""
        return self.name.replace("_", "-")

    @property
    def public(self) -> str:
        """Name of its function in the public face."""
        return self.function.partition(":")[2]

    def ask(self, given: Mapping[str, Any]) -> Asked:
        """A question, from values by the names of options; what is empty or missing has its default."""
        values = {each.name: given.get(each.name) for each in self.every}
        empty = {each.name: each.default for each in self.every}
        return Asked(**{name: empty[name] if value in (None, "", (), []) else value for name, value in values.items()})

    def agreed(self, scenario: Scenario, asked: Asked) -> None:
        """Looks who is compared with whom, and by what.

        Raises:
            TermsError: nothing is compared, or something named is not there.
        """
        if self.agree is not None:
            self.agree(scenario, asked)
            return
        from simulation.study.terms import terms

        terms(scenario, **asked.shared, pair=self.pair, plan_met=self.plan_met)

    def mistakes(self, scenario: Scenario, asked: Asked) -> list[Mistake]:
        """What is wrong with a question: with who is compared with whom first."""
        from simulation.analysis.unknown import TermsError

        found = []
        agreed = True
        try:
            self.agreed(scenario, asked)
        except TermsError as error:
            agreed = False
            named = next((each.name for each in self.every if each.typed == f"--{error.term}"), error.term)
            found.append(Mistake(named, error.phrase))
        try:
            for mistake in self.wrong(scenario, asked):
                found.append(mistake)  # what came before an error that has been told already stays
        except TermsError:
            if agreed:
                raise
        return found

    def wrong(self, scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
        """What is wrong with a question but for who is compared with whom."""
        return iter(()) if self.check is None else self.check(scenario, asked)

    def answered(self, scenario: Scenario, asked: Asked, lab: Lab) -> Any:
        """What is found: a finding; of a comparison itself.

        Raises:
            RuntimeError: nothing can be.
            KeyboardInterrupt: it was stopped.
        """
        if self.answer is not None:
            return self.answer(scenario, asked, lab)
        values = {each.name: getattr(asked, each.name) for each in self.every if each.place != "command"}
        return self.python()(scenario, **values, lab=lab)

    def python(self) -> Callable[..., Any]:
        """Its function."""
        found: Callable[..., Any] = _at(self.function)
        return found

    def showing(self) -> Any:
        """How what is found is shown."""
        return _at(self.show)


def _at(place: str) -> Any:
    """What stands at 'study.field.sweep:sweep'."""
    home, _, name = place.partition(":")
    return getattr(import_module(f"simulation.{home}"), name)


def tried(option: str, read: Callable[[], Any], number: int | None = None) -> Iterator[Mistake]:
    """What is wrong with the value of an option, if reading it says that anything is."""
    try:
        read()
    except (ValueError, KeyError) as error:
        yield Mistake(option, phrase_of(error), number)


def ranges_tried(scenario: Scenario, option: str, texts: Sequence[str], alone: bool = False) -> Iterator[Mistake]:
    """What is wrong with 'PATH=low:high:points', one text or several.

    Args:
        scenario: what is varied.
        option: that has them.
        texts: one or more.
        alone: whether a path by itself will do.
    """
    from simulation.study.variation import parse_range, variable

    for number, text in enumerate(texts):
        by_itself = alone and "=" not in text
        yield from tried(option, partial(variable if by_itself else parse_range, scenario, text), number)


def inputs_tried(scenario: Scenario, asked: Asked, pair: bool = False) -> Iterator[Mistake]:
    """What is wrong with the uncertain inputs that are named.

    Raises:
        TermsError: there are no structures that the inputs could be of.
    """
    from simulation.study.question import wanted_inputs
    from simulation.study.terms import terms

    wrong = list(ranges_tried(scenario, "inputs", asked.inputs or (), alone=True))
    yield from wrong
    if not wrong:
        names = terms(scenario, **asked.shared, pair=pair).structures
        yield from tried("inputs", partial(wanted_inputs, scenario, names, asked.inputs))


def narrow(asked: Asked, most: int | None = None) -> Precision | None:
    """How narrow intervals have to be, in place of a number of replications, which then is the most.

    Args:
        asked: has the precision and the replications.
        most: replications at the most where none are asked for; the usual when None.

    Raises:
        ValueError: it cannot be understood.
    """
    from simulation.analysis.precision import MOST, parse_precision

    return parse_precision(asked.precision, (), asked.replications or most or MOST) if asked.precision else None
