"""Prints how well estimators find what is true: `python -m simulation.validation.recovery [KIND …] [--exports 50]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from simulation.calibration.estimates import Estimate
from simulation.calibration.records import Records
from simulation.validation.recovery.decision import CASES, CLEAR, agreement
from simulation.validation.recovery.kinds import KINDS
from simulation.validation.recovery.runs import Recovered, families, recover


def rows(found: Iterable[Recovered]) -> list[str]:
    """A line a figure: truth, exports, coverage, bias with its standard error, mean width of the interval.

    `ratio` is that width by the one that the spread of what was found would have: 1 where intervals are as wide as they
    should be.
    """
    lines = []
    for each in found:
        mark = " " if each.sure else "!"
        width = sum(each.widths) / len(each.widths) if each.widths else float("nan")
        lines.append(
            f"{mark} {each.key:44.44} {each.truth:12.5g} {len(each.held):4d} {each.kept:4d} "
            f"{100 * each.coverage:6.0f} % "
            f"{100 * each.bias:+7.1f} ± {100 * each.error:4.1f} % {width:10.4g} {each.breadth:6.2f}"
        )
    return lines


HEAD = f"  {'figure':44} {'truth':>12} {'n':>4} {'kept':>4} {'covered':>8} {'bias':>16} {'width':>10} {'ratio':>6}"


def main(arguments: list[str]) -> int:
    """Prints the tables; 1 where a family of figures is not covered."""
    parser = argparse.ArgumentParser(prog="simulation.validation.recovery", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=[])
    parser.add_argument("--exports", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--decisions", type=int, default=0, help="exports of each decision; nothing else is done then")
    parser.add_argument("--years", type=int, default=100, help="years that tell the truth of clocks")
    asked = parser.parse_args(arguments)
    if asked.decisions:
        for case in CASES:
            best, sure, drawn = agreement(case, range(asked.first, asked.first + asked.decisions))
            clear = "clear" if sure >= CLEAR else "not clear"
            agreed = sum(each == best for each in drawn)
            told = f"{best} is best in {100 * sure:.0f} % of the years ({clear})"
            print(f"{case.name}: {told}, and in {agreed} of {len(drawn)} recovered scenarios", flush=True)
        return 0
    everything: list[Recovered] = []
    for name in asked.kinds or KINDS:
        kind = KINDS[name]
        exports = range(asked.first, asked.first + asked.exports)
        truth = kind.truth(asked.years)
        verdicts: Counter[str] = Counter()

        def judged(_: int, __: Records, estimates: Mapping[str, Estimate], verdicts: Counter[str] = verdicts) -> None:
            if "regime" in estimates:
                verdicts[estimates["regime"].model.verdict] += 1

        found = recover(kind, truth, exports, asked.draws, judged)
        print(f"{name}: {asked.exports} exports\n{HEAD}", *rows(found.values()), "", sep="\n", flush=True)
        if verdicts:
            told = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
            print(f"  regime ({kind.regime or 'not asked'} in truth): {told}\n", flush=True)
        everything += found.values()
    print("All kinds together, by what the figures are")
    for family, members in families(everything).items():
        held = [each for one in members for each in one.held]
        print(f"  {family:44} {len(held):5d} intervals, {100 * sum(held) / max(len(held), 1):5.1f} % hold the truth")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
