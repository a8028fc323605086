"""Golden results: what each shipped scenario gives in a few replications, kept in readable files beside this one.

`python -m tests.golden.renew` writes them anew, after a change of the model that is meant to change results, and says
what moved. With names of scenarios it renews only those: `python -m tests.golden.renew wholesale`.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import yaml

import simulation

SCENARIOS = Path(__file__).parents[2] / "scenarios"
GOLDEN = Path(__file__).parent
REPLICATIONS = 2
MOST_MONTHS = 12
FEWER_MONTHS = {"large_department": 3}  # a year of a hundred and sixty people takes long
TOLERANCE = 1e-9  # relative
MEASURES = (
    "leads",
    "leads_found",
    "answered",
    "lost_unanswered",
    "qualified",
    "deals",
    "orders",
    "win_rate",
    "revenue",
    "gross_margin",
    "payroll",
    "costs",
    "profit",
    "end_value",
    "plan_attainment",
    "customers_end",
    "customers_lost",
    "pipeline_end",
    "answered_within_1h",
    "answered_within_1d",
    "response_hours",
    "response_working_hours",
    "cycle_days",
    "utilisation",
)
HEADER = """\
# Means of a few replications of scenarios/{name}.yaml under this version of the model, to the last digit.
# Written by `python -m tests.golden.renew`; renewed only when a change of the model is meant to change results.
"""


def shipped() -> list[str]:
    """Names of the scenarios that ship."""
    return sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


def results(name: str) -> dict[str, Any]:
    """What a shipped scenario gives now: version, seed, replications, months, means by structure and measure."""
    scenario = simulation.load(SCENARIOS / f"{name}.yaml")
    months = min(scenario.experiment.months, FEWER_MONTHS.get(name, MOST_MONTHS))
    found = simulation.simulate(scenario, replications=REPLICATIONS, months=months, jobs=1)
    if len(found.runs.failures):
        raise RuntimeError(f"{name}: a replication failed: {found.runs.failures.to_string()}")
    return {
        "model_version": simulation.__version__,
        "seed": scenario.experiment.seed,
        "replications": REPLICATIONS,
        "months": months,
        "structures": {
            structure: {measure: float(summaries[measure].mean) for measure in MEASURES}
            for structure, summaries in found.summaries.items()
        },
    }


def kept(name: str) -> dict[str, Any]:
    """The golden result of a scenario; empty where none is kept."""
    path = GOLDEN / f"{name}.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}


def written(name: str, result: dict[str, Any]) -> str:
    """A golden file's text; every number can be read back to the last bit."""
    return HEADER.format(name=name) + yaml.safe_dump(result, sort_keys=False)


def same(a: float, b: float) -> bool:
    """Whether two means agree to the tolerance; undefined agrees with undefined."""
    return math.isclose(a, b, rel_tol=TOLERANCE) or (math.isnan(a) and math.isnan(b))


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What differs between two golden results, one line each."""
    found = [
        f"{key}: {before.get(key)} -> {now[key]}"
        for key in ("model_version", "seed", "replications", "months")
        if before.get(key) != now[key]
    ]
    old, new = before.get("structures", {}), now["structures"]
    found += [f"{name}: gone" for name in old if name not in new]
    found += [f"{name}: new" for name in new if name not in old]
    for name in new:
        if name in old:
            found += [f"{name}: {measure} is no longer kept" for measure in old[name] if measure not in new[name]]
            found += [
                f"{name}.{measure}: {old[name].get(measure, 'absent')} -> {value}"
                for measure, value in new[name].items()
                if measure not in old[name] or not same(old[name][measure], value)
            ]
    return found


def main(names: list[str]) -> int:
    """Renew the golden results of some scenarios, of all without a name; returns the exit code."""
    unknown = [name for name in names if name not in shipped()]
    if unknown:
        print(f"no such scenario: {', '.join(unknown)}; there are {', '.join(shipped())}", file=sys.stderr)
        return 2
    for name in names or shipped():
        result = results(name)
        changes = differences(kept(name), result)
        (GOLDEN / f"{name}.yaml").write_text(written(name, result), "utf-8")
        print(f"{name}: {'as before' if not changes else f'{len(changes)} differences'}")
        for change in changes:
            print(f"  {change}")
    if not names:
        for path in GOLDEN.glob("*.yaml"):
            if path.stem not in shipped():
                path.unlink()
                print(f"{path.stem}: no longer ships, removed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
