"""Records in, a scenario out: read, asked whether it is one regime, estimated, assembled, corrected by simulated years.

Start reading at ``calibrate``. Nothing is written here but by ``Calibration.write``; commands write through a folder
that gives files their names at the end.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from simulation.calibration import unknowable
from simulation.calibration.adapt import estimated
from simulation.calibration.assemble import DRAWS_FILE, SCENARIO_FILE, Assembled, Judged
from simulation.calibration.backtest import Backtest
from simulation.calibration.estimates import LEAST_DEALS, Estimate, Figure, Resampling
from simulation.calibration.estimators import load
from simulation.calibration.estimators.checks import Check
from simulation.calibration.estimators.spells import closed_with_dates
from simulation.calibration.facts import Correction, Facts
from simulation.calibration.pilot import corrected, loaded
from simulation.calibration.records import Records
from simulation.calibration.sources import Files, needed, read_files
from simulation.calibration.structures import present
from simulation.calibration.waits import Told as Bounded
from simulation.calibration.waits import told_by_stages
from simulation.scenario.scenario import Scenario
from simulation.texts import Day, Percent, Phrase, Verbatim, joined, say, worded
from simulation.version import __version__
from simulation.written.readers import Context, parse_amount, parse_share
from simulation.written.spelling import QuantityError

CALIBRATION_FILE, MAPPING_FILE = "calibration.json", "mapping.yaml"
SECONDS = 8.0
"""That may be spent on what knowing more is worth."""
Told = Callable[[Phrase, int, int], None]
STEPS = 4
OF_FRONT = ("regime", "division")
"""Estimators whose notes stand above everything."""


@dataclass(frozen=True)
class Calibration:
    """What was made of records.

    Attributes:
        records: that were read.
        mapping: what each column was taken for, as YAML; '' where no file was read.
        facts: what they say.
        estimates: what each estimator found, by its name.
        checks: what the fits let expect of the records, beside what they show.
        made: the scenario, its draws and tables.
        correction: what simulated years changed in it.
        unknown: what no record tells.
        broken: the day on which the regime broke, where it did; only what came after was fitted.
        seconds: it took.
        tested: the back-test, where there was one.
    """

    records: Records
    mapping: str
    facts: Facts
    estimates: Mapping[str, Estimate]
    checks: tuple[Check, ...]
    made: Assembled
    correction: Correction
    unknown: tuple[unknowable.Unknown, ...]
    broken: date | None = None
    seconds: float = 0.0
    tested: Backtest | None = None

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, without draws."""
        return self.made.scenario()

    @property
    def sentences(self) -> tuple[Phrase, ...]:
        """What a reader must know, the most important first."""
        return tuple(dict.fromkeys((*self.headlines, *self.remarks)))

    @property
    def headlines(self) -> tuple[Phrase, ...]:
        """What stands above everything: cautions, how far to trust it, what was read, how people work now."""
        records, facts = self.records, self.facts
        told = [] if self.broken is None else [say("calibration-broken", day=Day(self.broken))]
        if self.estimates["stages"].model is None:
            told.insert(0, say("calibration-few", count=closed_with_dates(records), least=LEAST_DEALS))
        if self.tested is not None:
            told += self.tested.sentences
        deals = records.deals
        told.append(
            say(
                "calibration-read",
                deals=len(deals),
                open=int((deals["status"] == "open").sum()),
                files=list(records.files or facts.files),
                since=Day(facts.since),
                until=Day(facts.as_of),
            )
        )
        if len(self.made.tree["structures"]) == 1:
            told.append(say("calibration-alone"))
        regime = self.estimates.get("regime")
        told += [note for note in (regime.notes if regime is not None else ())]
        if facts.people.load is None or facts.people.load.kept is not None:
            told.append(say("calibration-load-judged"))
        if "division" in self.estimates:
            told += self.estimates["division"].notes
        return tuple(dict.fromkeys(told))

    @property
    def remarks(self) -> tuple[Phrase, ...]:
        """What else there is to know: of the reading, and of each estimator."""
        records, told = self.records, []
        if records.left_out:
            told.append(say("calibration-left-out", count=sum(each.count for each in records.left_out)))
        told += records.notes
        told += [note for name, each in self.estimates.items() if name not in OF_FRONT for note in each.notes]
        return tuple(each for each in dict.fromkeys(told) if each not in self.headlines)

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure by its estimator and key."""
        return {f"{name}.{key}": each for name, found in self.estimates.items() for key, each in found.figures.items()}

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "version": __version__,
            "files": list(self.records.files),
            "as_of": self.facts.as_of.isoformat(),
            "since": self.facts.since.isoformat(),
            "broken": None if self.broken is None else self.broken.isoformat(),
            "trust": "untested" if self.tested is None else self.tested.trust,
            "sentences": [str(each) for each in self.sentences],
            "figures": {name: _figure(each) for name, each in self.figures.items()},
            "correction": {
                "log_odds": list(map(float, self.correction.odds)),
                **{key: list(map(float, getattr(self.correction, key))) for key in ("days", "before", "ahead")},
                "amount": float(self.correction.amount),
                "load": None if self.correction.load is None else float(self.correction.load),
            },
            "checks": [asdict(each) for each in self.checks],
            "unknown": [each.to_dict() for each in self.unknown],
            "left_out": [
                {"file": each.file, "reason": str(each.reason), "count": each.count, "lines": list(each.lines)}
                for each in self.records.left_out
            ],
            "backtest": None if self.tested is None else self.tested.to_dict(),
            "seconds": round(self.seconds, 1),
        }

    def write(self, reserve: Callable[[str], Path], language: str = "en") -> None:
        """Writes the scenario with its draws, `calibration.json` and `mapping.yaml`.

        Args:
            reserve: gives the path to write a file of a name to.
            language: of comments and sources in the scenario.
        """
        trust: dict[str, Any] = {}
        if self.tested is not None:
            trust = {"trust": self.tested.trust, "missed": self.tested.missed}
        self.made.write(reserve, language, **trust)
        reserve(CALIBRATION_FILE).write_text(as_json(self.to_dict()), encoding="utf-8")
        if self.mapping:
            reserve(MAPPING_FILE).write_text(self.mapping, encoding="utf-8")


def as_json(value: Any) -> str:
    """JSON in which what is undefined or infinite is null."""
    return json.dumps(_plain(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _figure(figure: Figure) -> dict[str, Any]:
    low, high = figure.interval
    return {
        "value": figure.value,
        "low": low,
        "high": high,
        "cases": figure.cases,
        "method": str(figure.way),
        "unit": figure.unit,
        "kept": None if figure.kept is None else str(figure.kept),
    }


def calibrate(
    files: Files,
    as_of: date | str | None = None,
    *,
    mapping: Any = None,
    margin: float | str | None = None,
    pay: float | str | None = None,
    country: str | None = None,
    draws: int | None = None,
    seed: int = 1,
    worth: bool = True,
    on_done: Told | None = None,
) -> Calibration:
    """A scenario from records, every figure with its interval and source, and joint draws of all of them.

    Args:
        files: files as `readers.read` takes them, or records.
        as_of: day on whose morning the records end.
        mapping: what columns mean, or the file that says it.
        margin: gross margin, where the owner knows it: 0.25, '25 %'.
        pay: base pay of a seller a month: 60000, '60 k', '60 тыс. руб.'.
        country: whose public holidays are days off.
        draws: of the bootstrap; 200 when None.
        seed: of all luck.
        worth: whether simulated years are asked what knowing more is worth.
        on_done: told what is done, how much of it, and of how much.

    Raises:
        ImportError: a package of the extra `calibrate` is not installed.
        ScenarioError: a file cannot be read or understood.
        ValueError: no deal is closed, or none is won; or the margin or the pay is no such amount, or in another
            currency than the records.
    """
    needed()
    began = time.perf_counter()
    judged = Judged(_typed("margin", margin, parse_share), _typed("pay", pay, parse_amount), country=country)

    def tell(key: str, step: int, steps: int = STEPS) -> None:
        if on_done is not None:
            on_done(say(f"calibration-progress-{key}"), step, steps)

    tell("read", 0)
    if isinstance(files, Records):
        records, used = files, ""
    else:
        records, used = read_files(files, as_of, mapping, lambda part: tell("read", part, 100))
    _typed("pay", pay, parse_amount, {"currency": records.currency})
    tell("fit", 1)
    resampling = Resampling(seed) if draws is None else Resampling(seed, draws)
    found = estimated(records, resampling)
    tell("pilot", 2)
    facts, waiting = with_waiting(found.facts(defaults=True, worked=True), records, judged, resampling)
    made, correction = corrected(facts, judged, seed=seed)
    tell("worth", 3)
    unknown = _worth(made.scenario()) if worth else unknowable.unpriced()
    tell("worth", STEPS)
    return Calibration(
        records,
        used,
        facts,
        {**found.found, **waiting},
        found.checks,
        made,
        correction,
        unknown,
        found.broken,
        time.perf_counter() - began,
    )


def _typed(
    name: str,
    value: float | str | None,
    read: Callable[[object, Context | None], float],
    context: Context | None = None,
) -> float | None:
    """What an owner gives beside the records, as people write it.

    Raises:
        ValueError: it cannot be read; the option is named.
    """
    if value is None or value == "":
        return None
    try:
        return read(value, context)
    except QuantityError as error:
        raise ValueError(joined((Verbatim(f"--{name}"), error.phrase), ": ")) from None


def with_waiting(
    facts: Facts, records: Records, judged: Judged, resampling: Resampling
) -> tuple[Facts, dict[str, Estimate]]:
    """Facts with a load of the sellers in every case: of a log, else of how long leads waited, else as it is judged.

    Where no log tells it, the share of leads that were answered within a day does (`load.find`), as far as it
    identifies the load; else how long deals stay in their stages, as far as that bounds it (`waits.told_by_stages`).
    Where nothing does, it stays judged, with draws over its whole range, so that a comparison runs over it.

    Returns:
        The facts, and the estimate of the load by its name, where waiting was asked.
    """
    known = facts.people.load
    if known is not None and known.kept is None or all(each.work is not None for each in facts.stages):
        return facts, {}
    asked: dict[str, Estimate] = {}
    figure = None
    seen = [each for each in load.moments_of(records) if each.measure == load.WITHIN]
    if seen:
        part = min(max((facts.as_of - facts.since).days / 365.25, 0.05), 1.0)
        told = load.find(lambda at: loaded(facts, judged, at), present(facts), seen, part=part, resampling=resampling)
        figure = Figure("load", told.value, told.draws, len(records.deals), "calibration-method-waiting", "share")
        kept = None if told.identified else say("calibration-load-untold")
        asked["load"] = Estimate("load", {"load": replace(figure, kept=kept)}, told.notes, told)
        figure = figure if told.identified else None
    if figure is None and (bounded := told_by_stages(facts, judged, resampling.seed)) is not None:
        figure, note = _bounded(bounded, judged, resampling)
        before = asked["load"].notes if "load" in asked else ()
        asked["load"] = Estimate("load", {"load": figure}, (*before, note), bounded)
    if figure is None:
        drawn = np.array([resampling.generator("load", r).uniform(*judged.load_range) for r in range(resampling.draws)])
        figure = Figure("load", judged.load, drawn, kept=say("calibration-judged-work"))
    return replace(facts, people=replace(facts.people, load=figure)), asked


def _bounded(told: Bounded, judged: Judged, resampling: Resampling) -> tuple[Figure, Phrase]:
    """The load with draws over what the times in stages leave of it, and what is said of that."""
    low, high = judged.load_range
    most = min(max(told.most, 0.15), 1.1)
    least = told.least if told.least else min(low, 0.6 * most)
    drawn = np.array([resampling.generator("load", r).uniform(least, most) for r in range(resampling.draws)])
    value = told.value if told.least else min(judged.load, (least + most) / 2)
    said = {"stage": told.stage, "least": Percent(least), "most": Percent(most)}
    figure = Figure("load", value, drawn, told.years, "calibration-method-stage-time", "share")
    if told.least:
        return figure, worded("calibration-load-found", value=Percent(value), **said)
    return replace(figure, kept=say("calibration-load-bounded")), worded("calibration-load-at-most", **said)


def _worth(scenario: Scenario) -> tuple[unknowable.Unknown, ...]:
    """What knowing more is worth, at as many points as there is time for; without it where a year takes too long."""
    from simulation.analysis.cases import replicate_one

    for number in range(2):  # the first one prepares what all years share
        began = time.process_time()
        replicate_one(scenario, next(iter(scenario.structures)), number, events=False)
    year = time.process_time() - began
    samples = int(SECONDS / max(len(scenario.structures) * unknowable.YEARS_EACH * year, 1e-3))
    if samples < unknowable.LEAST // 2:
        return unknowable.unpriced()
    return unknowable.priced(scenario, min(max(samples, unknowable.LEAST), unknowable.MOST))


def with_backtest(folder: Path, found: Backtest) -> dict[str, str] | None:
    """The files of a calibration in a folder with what a back-test found put into them; None where there is none.

    Returns:
        New text by name of file: `scenario.yaml` with its trust, `calibration.json` with the scores.
    """
    scenario, told = folder / SCENARIO_FILE, folder / CALIBRATION_FILE
    if not (scenario.is_file() and told.is_file() and (folder / DRAWS_FILE).is_file()):
        return None
    lines = scenario.read_text(encoding="utf-8").splitlines()
    inside, made = False, []
    for line in lines:
        inside = line.startswith("inputs:") or (inside and line.startswith((" ", "#")))
        if inside and line.startswith("  missed:"):
            continue
        if inside and line.startswith("  trust:"):
            made += [f"  trust: {found.trust}"]
            made += [f"  missed: {found.missed:.3f}"] if math.isfinite(found.missed) else []
            continue
        made.append(line)
    known = json.loads(told.read_text(encoding="utf-8"))
    known |= {"trust": found.trust, "backtest": found.to_dict()}
    known["sentences"] = [str(found.sentence), *known.get("sentences", [])]
    return {SCENARIO_FILE: "\n".join(made) + "\n", CALIBRATION_FILE: as_json(known)}
