"""A study carried out: every question of its file, one after the other, in one laboratory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from simulation.analysis.executor import OtherModelError
from simulation.store import StoreError
from simulation.study.file import BestSplitOf, Compare, MapOf, Question, SensitivityOf, Study, SweepOf, ThresholdOf
from simulation.study.finding import Finding
from simulation.study.variation import VariationError, parse_range, variable
from simulation.written.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from simulation.analysis.comparison import Comparison
    from simulation.study.lab import Lab

OnQuestion = Callable[[int, str], None]


@dataclass(frozen=True)
class Answers:
    """What a study found.

    Attributes:
        study: the study.
        comparison: the comparison, where one was asked for (the last one).
        findings: what the other questions found, in their order.
        problems: of the questions that could not be answered, each with its place in the file.
        interrupted: whether it was stopped (Ctrl-C); the questions behind were not asked then.
    """

    study: Study
    comparison: Comparison | None
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False


def problems_of(study: Study) -> Iterator[Problem]:
    """What is wrong with the questions of a study, as far as it shows before anything is simulated.

    Who is compared with whom, and by what, is checked when the file is read.
    """
    for number, question in enumerate(study.file.questions):
        place, asked = study.place(number), question.asked
        match asked:
            case SweepOf():
                if not asked.vary:
                    yield study.problem(f"{place}.vary", "nothing is varied", "PATH=low:high:points, one or more")
                yield from _ranges(study, f"{place}.vary", asked.vary)
                if asked.precision:
                    yield from _raised(study, f"{place}.precision", partial(_precision, asked))
            case MapOf():
                for key in ("x", "y"):
                    yield from _range(study, f"{place}.{key}", getattr(asked, key))
            case ThresholdOf():
                yield from _range(study, f"{place}.of", asked.of, alone=True)
            case SensitivityOf():
                yield from _ranges(study, f"{place}.inputs", asked.inputs, alone=True)
            case Compare() if asked.precision:
                yield from _raised(study, f"{place}.precision", partial(_precision, asked))
            case BestSplitOf():
                yield from _best_split(study, place, asked)


def _ranges(study: Study, place: str, texts: tuple[str, ...], alone: bool = False) -> Iterator[Problem]:
    for n, text in enumerate(texts):
        yield from _range(study, f"{place}.{n}", text, alone)


def _range(study: Study, place: str, text: str, alone: bool = False) -> Iterator[Problem]:
    """Problems of 'PATH=low:high:points', or of a path by itself."""

    def read() -> None:
        if alone and "=" not in text:
            variable(study.scenario, text)
        else:
            parse_range(study.scenario, text)

    yield from _raised(study, place, read)


def _raised(study: Study, place: str, read: Callable[[], Any]) -> Iterator[Problem]:
    try:
        read()
    except (VariationError, ValueError, KeyError) as error:
        yield study.problem(place, _said(error))


def _best_split(study: Study, place: str, asked: BestSplitOf) -> Iterator[Problem]:
    if asked.heads is not None and asked.payroll is not None:
        yield study.problem(f"{place}.payroll", "heads and payroll contradict each other", "one of them")
    for key in ("payroll", "indifference"):
        if getattr(asked, key) is not None:
            yield from _raised(study, f"{place}.{key}", partial(_money, getattr(asked, key)))


def _money(written: str | float | None) -> float | None:
    from simulation.written.readers import parse_money

    return None if written is None else parse_money(written, {})


def _precision(asked: Compare | SweepOf) -> Any:
    from simulation.analysis.precision import MOST, parse_precision

    return parse_precision(asked.precision, most=asked.replications or MOST)


def _said(error: Exception) -> str:
    """What is wrong; a KeyError by itself would put it in quotation marks."""
    return str(error.args[0]) if type(error) is KeyError and error.args else str(error)


def carry_out(study: Study, lab: Lab, on_question: OnQuestion | None = None) -> Answers:
    """Answers every question of a study; one that fails takes no answer of another with it.

    Args:
        study: what is asked.
        lab: where it is simulated; its store makes a second time fast.
        on_question: called with the number and the kind of each question before its turn.

    Raises:
        ScenarioError: a question cannot be understood (nothing was simulated), or none could be answered.
        KeyboardInterrupt: it was stopped before the first answer; later the answers so far are kept.
    """
    if problems := list(problems_of(study)):
        raise ScenarioError(problems)
    comparison: Comparison | None = None
    findings: list[Finding] = []
    interrupted = False
    for number, question in enumerate(study.file.questions):
        if on_question is not None:
            on_question(number, question.kind)
        try:
            if question.compare is not None:
                compared = _compared(study, question, lab)
                interrupted = compared.runs.partial
                if compared.runs.finished:
                    comparison = compared
                elif not interrupted:
                    problems.append(study.problem(study.place(number), "every replication failed, there is no result"))
            else:
                findings.append(_found(study, question, lab))
        except KeyboardInterrupt:
            interrupted = True
        except Exception as error:  # the answers of the other questions must not be lost with it
            if _of_all(error):
                if comparison is None and not findings:
                    raise
                problems.append(study.problem(study.place(number), f"{_line(error)}; nothing was asked after it"))
                break
            problems += _problems(study, number, error)
        if interrupted:
            break
    if comparison is None and not findings:
        if interrupted:
            raise KeyboardInterrupt
        raise ScenarioError(problems)
    return Answers(study, comparison, tuple(findings), tuple(problems), interrupted)


def _problems(study: Study, number: int, error: Exception) -> Iterator[Problem]:
    """What kept a question from being answered, at its place in the file."""
    place = study.place(number)
    if isinstance(error, ScenarioError):  # of a variant that a question makes: the question's place helps more
        for each in error.problems:
            yield replace(study.problem(place, f"{each.path}: {each.message}"), allowed=each.allowed)
        return
    yield study.problem(place, _line(error))


def _line(error: Exception) -> str:
    """What an error says; where that is for programmers, with the name of its kind."""
    said = _said(error)
    meant = isinstance(error, (VariationError, ValueError, KeyError, RuntimeError, StoreError))
    return said if meant and said else f"{type(error).__name__}: {error}"


def _of_all(error: Exception) -> bool:
    """Whether an error concerns every question: the store, the disk, the workers, or the cluster."""
    of_cluster = type(error).__module__.partition(".")[0] in ("distributed", "concurrent", "asyncio")
    return of_cluster or isinstance(error, (OSError, StoreError, OtherModelError, TimeoutError))


def _compared(study: Study, question: Question, lab: Lab) -> Comparison:
    from simulation.analysis.comparison import compare
    from simulation.study.lab import Step

    asked = question.asked

    def told(done: int, total: int) -> None:
        if lab.watch is not None:
            lab.watch(Step("comparison", done, total))

    return compare(
        study.scenario,
        **study.shared(question),
        replications=asked.replications,
        precision=_precision(asked) if asked.precision else None,
        jobs=lab.jobs,
        backend=lab.backend,
        engine=lab.engine,
        store=lab.store,
        on_done=told,
    )


def _found(study: Study, question: Question, lab: Lab) -> Finding:
    scenario, asked, shared = study.scenario, question.asked, study.shared(question)
    shared |= {"replications": asked.replications, "lab": lab}
    match question.kind:
        case "optimise":
            from simulation.study.optimise import optimise

            if shared["level"] is None:  # the usual probability, which is none of the scenario's
                del shared["level"]
            return optimise(
                scenario,
                heads=asked.heads,
                payroll=_money(asked.payroll),
                constraints=asked.constraints,
                indifference=_money(asked.indifference),
                **shared,
            )
        case "sweep":
            from simulation.study.sweep import sweep

            ranges = [parse_range(scenario, text) for text in asked.vary]
            narrow = _precision(asked) if asked.precision else None
            return sweep(scenario, ranges, design=asked.design, points=asked.points, precision=narrow, **shared)
        case "map":
            from simulation.study.winner_map import winner_map

            x, y = (parse_range(scenario, text) for text in (asked.x, asked.y))
            return winner_map(scenario, x, y, resplit=asked.resplit, **shared)
        case "sensitivity":
            from simulation.study.sensitivity import sensitivity

            inputs = asked.inputs or None
            return sensitivity(scenario, method=asked.method, inputs=inputs, points=asked.points, **shared)
        case "threshold":
            from simulation.study.threshold import threshold

            return threshold(scenario, asked.of, **shared)
        case "explain":
            from simulation.study.explain import explain

            return explain(scenario, measurements=asked.measurements, **shared)
    from simulation.study.uncertainty import uncertainty

    shared.pop("replications")
    return uncertainty(scenario, samples=asked.samples, **shared)
