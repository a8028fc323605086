"""Bad input of clocks, processes, first-day lists, customers, arrivals, hours, tries, the past, draws and pay.

Each mistake is told with file, line and path, and says in both languages what is allowed.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulation.sense.loader import load
from simulation.texts import texts
from simulation.written.errors import Problem, ScenarioError

Tree = dict[str, Any]

BASE: Tree = {
    "version": 1,
    "experiment": {"start": "2026-01-01", "months": 12},
    "calendar": {"hours": "09:00-18:00"},
    "market": {
        "channels": {
            "site": {"kind": "inbound", "leads_per_month": 60, "products": {"service": 1}},
            "shop": {"kind": "inbound", "leads_per_month": 60, "products": {"lot": 1}},
            "dealer": {"kind": "distributor", "orders_per_month": 2},
        },
        "products": {
            "service": {"deal": "60 k", "gross_margin": "25 %"},
            "lot": {"deal": "6 k", "gross_margin": "25 %", "process": "counter"},
        },
        "stages": [
            {"name": "needs", "work": "1 h", "conversion": 0.5, "thinking": "3 days", "expires": "1 month"},
            {"name": "offer", "work": "1 h", "conversion": 0.5, "thinking": "3 days"},
            {"name": "contract", "work": "1 h", "conversion": 0.8},
        ],
        "processes": {"counter": {"stages": [{"name": "service", "work": "30 min", "conversion": 0.6}]}},
        "customers": {"order_every": {"exponential": "1 month"}},
        "initial": {"channel": "site"},
    },
    "people": {"onboarding": {"probation": {"failure": 0}}, "turnover": {"per_year": 0.3}},
    "structures": {
        "universal": {
            "preset": "universal",
            "roles": {"universal": {"headcount": 4, "pay": {"base": "35 k"}}},
        }
    },
}
STAGES, SITE = "market.stages", "market.channels.site"
PIPELINE, BUYERS = "market.initial.pipeline", "market.initial.customers"
ROLE, STAFF = "structures.universal.roles.universal", "structures.universal.staff"
PAY, LAW = f"{ROLE}.pay.commission", "people.turnover.law"
LEAD = {"channel": "site", "stage": "offer", "age": "3 days"}
BUYER = {"orders": 2, "last_order": "1 month", "age": "1 year"}
SEAT = {"name": "Olga", "role": "universal"}
DRAWS = [1.0 + n / 100 for n in range(30)]


def put(tree: Tree, path: str, value: object) -> Tree:
    """A copy of the tree with a value at a dotted path."""
    key, _, rest = path.partition(".")
    if isinstance(tree, list):
        return [put(each, rest, value) if rest and n == int(key) else value if n == int(key) else each
                for n, each in enumerate(tree)]  # fmt: skip
    return {**tree, key: put(tree.get(key, {}), rest, value) if rest else value}


MISTAKES: list[tuple[Tree, str]] = [
    # clocks of the stages, reminders, tries
    ({f"{STAGES}.0.conversion": 1.4}, f"{STAGES}.0.conversion"),
    ({f"{STAGES}.0.thinking": "never"}, f"{STAGES}.0.thinking"),
    ({f"{STAGES}.0.thinking_lost": "never"}, f"{STAGES}.0.thinking_lost"),
    ({f"{STAGES}.0.thinking_lost": "sam"}, f"{STAGES}.0.thinking_lost"),
    ({f"{STAGES}.0.silent": 2}, f"{STAGES}.0.silent"),
    ({f"{STAGES}.0.silent": "often"}, f"{STAGES}.0.silent"),
    ({f"{STAGES}.0.expires": "0 h"}, f"{STAGES}.0.expires"),
    ({f"{STAGES}.2.expires": "1 month"}, f"{STAGES}.2.expires"),
    ({f"{STAGES}.0.remind": {}}, f"{STAGES}.0.remind"),
    ({f"{STAGES}.0.silent": 0.3, f"{STAGES}.0.remind": {"every": "0 h"}}, f"{STAGES}.0.remind.every"),
    ({f"{STAGES}.0.remind": "weekly"}, f"{STAGES}.0.remind"),
    ({f"{STAGES}.0.reach": {"probability": 0}}, f"{STAGES}.0.reach.probability"),
    ({f"{STAGES}.0.reach": {"most": 0}}, f"{STAGES}.0.reach.most"),
    ({f"{STAGES}.0.reach": {"every": "never"}}, f"{STAGES}.0.reach.every"),
    ({f"{STAGES}.0.reach": {"evry": "1 day"}}, f"{STAGES}.0.reach.evry"),
    ({f"{STAGES}.1.name": "needs"}, f"{STAGES}.1.name"),
    ({f"{SITE}.declined_at_once": -0.1}, f"{SITE}.declined_at_once"),
    # processes
    ({f"{SITE}.process": "countr"}, f"{SITE}.process"),
    ({"market.products.lot.process": "countr"}, "market.products.lot.process"),
    ({"market.processes.default": {"stages": [{"name": "x", "work": "1 h"}]}}, "market.processes.default"),
    ({"market.processes.tender": {"stages": [{"name": "x", "work": "1 h"}]}}, "market.processes.tender"),
    ({"market.processes.counter.stages": []}, "market.processes.counter.stages"),
    ({"market.processes.counter.stages.0.name": "offer"}, "market.processes.counter.stages.0.name"),
    (
        {"market.processes.counter.stages": [{"name": "a", "work": "1 h"}, {"name": "a", "work": "1 h"}]},
        "market.processes.counter.stages.1.name",
    ),
    ({"market.processes.counter.deal": -5}, "market.processes.counter.deal"),
    ({f"{SITE}.stages": {"service": {"work": "1 h"}}}, f"{SITE}.stages.service"),
    ({f"{SITE}.stages": {"nedes": {"work": "1 h"}}}, f"{SITE}.stages.nedes"),
    ({f"{SITE}.stages": {"needs": {"conversion": 7}}}, f"{SITE}.stages.needs.conversion"),
    ({f"{SITE}.stages": {"needs": {"thinking": "never"}}}, f"{SITE}.stages.needs.thinking"),
    ({"market.channels.shop.process": "default"}, "market.channels.shop.process"),
    ({"market.channels.dealer.process": "counter"}, "market.channels.dealer.process"),
    ({"market.channels.dealer.stages": {"needs": {"work": "1 h"}}}, "market.channels.dealer.stages"),
    ({f"{ROLE}.processes": []}, f"{ROLE}.processes"),
    ({f"{ROLE}.processes": ["countr"]}, f"{ROLE}.processes.0"),
    ({f"{ROLE}.processes": ["counter"]}, "structures.universal.roles"),
    # lists of the first day
    ({PIPELINE: [LEAD | {"channel": "sit"}]}, f"{PIPELINE}.0.channel"),
    ({PIPELINE: [LEAD | {"channel": "dealer"}]}, f"{PIPELINE}.0.channel"),
    ({PIPELINE: [LEAD | {"stage": "ofer"}]}, f"{PIPELINE}.0.stage"),
    ({PIPELINE: [LEAD | {"process": "counter"}]}, f"{PIPELINE}.0.process"),
    ({PIPELINE: [LEAD | {"owner": "nobody"}]}, f"{PIPELINE}.0.owner"),
    ({PIPELINE: [LEAD | {"age": "2 months"}]}, f"{PIPELINE}.0.age"),
    ({PIPELINE: [LEAD | {"age": "-1 day"}]}, f"{PIPELINE}.0.age"),
    ({PIPELINE: [LEAD | {"amount": 0}]}, f"{PIPELINE}.0.amount"),
    ({PIPELINE: [LEAD | {"count": 0}]}, f"{PIPELINE}.0.count"),
    ({PIPELINE: [LEAD | {"aeg": 0}]}, f"{PIPELINE}.0.aeg"),
    ({PIPELINE: [{"channel": "site", "stage": "offer"}]}, f"{PIPELINE}.0.age"),
    ({PIPELINE: "leads.csv"}, PIPELINE),
    ({PIPELINE: {"file": "no-such.csv"}}, f"{PIPELINE}.file"),
    ({PIPELINE: {"file": "broken.csv"}}, f"{PIPELINE}.file"),
    ({PIPELINE: {"file": "twice.csv"}}, f"{PIPELINE}.file"),
    ({PIPELINE: {"file": 5}}, f"{PIPELINE}.file"),
    ({PIPELINE: {"file": "lacking.csv"}}, PIPELINE),
    ({PIPELINE: {"file": "unknown.csv"}}, PIPELINE),
    ({PIPELINE: {"fiel": "leads.csv"}}, f"{PIPELINE}.fiel"),
    ({BUYERS: [BUYER | {"last_order": "2 years"}]}, f"{BUYERS}.0.last_order"),
    ({BUYERS: [BUYER | {"orders": 0}]}, f"{BUYERS}.0.last_order"),
    ({BUYERS: [BUYER | {"orders": -1}]}, f"{BUYERS}.0.orders"),
    ({BUYERS: [BUYER | {"channel": "sit"}]}, f"{BUYERS}.0.channel"),
    ({BUYERS: [BUYER | {"channel": "dealer"}]}, f"{BUYERS}.0.channel"),
    ({BUYERS: [BUYER | {"product": "servce"}]}, f"{BUYERS}.0.product"),
    ({BUYERS: {"file": "no-such.csv"}}, f"{BUYERS}.file"),
    ({"market.initial.channel": "dealer", BUYERS: 5}, "market.initial.channel"),
    ({"market.initial.oldest": "0 h"}, "market.initial.oldest"),
    # customers who differ
    ({"market.customers.order_rate_cv": -0.5}, "market.customers.order_rate_cv"),
    ({"market.customers.churn_cv": 6}, "market.customers.churn_cv"),
    ({"market.customers.size_rate_correlation": 1}, "market.customers.size_rate_correlation"),
    ({"market.customers.drop_out": {"probability": 0.1}}, "market.customers.drop_out.probability"),
    (
        {"market.customers.churn_per_year": 0, "market.customers.drop_out": {"probability": 0.5, "cv": 1}},
        "market.customers.drop_out.cv",
    ),
    # arrivals and bursts, sizes
    ({f"{SITE}.arrivals": {"weekdays": [1] * 6}}, f"{SITE}.arrivals.weekdays"),
    ({f"{SITE}.arrivals": {"hours": [1] * 25}}, f"{SITE}.arrivals.hours"),
    ({f"{SITE}.arrivals": {"weekdays": [-1, 3, 1, 1, 1, 1, 1]}}, f"{SITE}.arrivals.weekdays.0"),
    ({f"{SITE}.arrivals": {"holidays": -1}}, f"{SITE}.arrivals.holidays"),
    (
        {f"{SITE}.arrival_hours": "working hours", f"{SITE}.arrivals": {"holidays": 0.5}},
        f"{SITE}.arrivals",
    ),
    ({f"{SITE}.bursts": {"cv": -1}}, f"{SITE}.bursts.cv"),
    ({f"{SITE}.bursts": {"memory": 1}}, f"{SITE}.bursts.memory"),
    ({f"{SITE}.bursts": {"common": 2}}, f"{SITE}.bursts.common"),
    (
        {"market.products.lot.deal": {"empirical": {"values": [1, 2], "weights": [1]}}},
        "market.products.lot.deal.empirical.weights",
    ),
    ({"market.products.lot.deal_trend_per_year": "-100 %"}, "market.products.lot.deal_trend_per_year"),
    # how long people stay
    ({LAW: {"kind": "gamma"}}, f"{LAW}.kind"),
    ({LAW: {"kind": "lognormal", "cv": 0}}, f"{LAW}.cv"),
    ({"people.turnover.per_year": 0, LAW: {"kind": "lognormal", "cv": 1, "own_level": True}}, f"{LAW}.mean"),
    (
        {LAW: {"kind": "lognormal", "cv": 1, "own_level": True, "mean": "2 years"}},
        "people.turnover.per_year",
    ),
    ({LAW: {"kind": "piecewise", "until": ["1 year"], "hazards": [1]}}, f"{LAW}.hazards"),
    ({LAW: {"kind": "piecewise", "until": ["1 year"], "hazards": [1, 0]}}, f"{LAW}.hazards"),
    ({LAW: {"kind": "piecewise", "until": ["1 year", "1 year"], "hazards": [1, 1, 1]}}, f"{LAW}.until"),
    ({LAW: {"kind": "table", "at": ["1 year"], "stay": [0.5, 0.4]}}, f"{LAW}.stay"),
    ({LAW: {"kind": "table", "at": ["1 year", "2 years"], "stay": [0.5, 0.6]}}, f"{LAW}.stay"),
    ({LAW: {"kind": "table", "at": ["1 year", "2 years"], "stay": [0.5, 0.5]}}, f"{LAW}.stay"),
    (
        {LAW: {"kind": "lognormal", "cv": 1}, "people.onboarding.probation.failure": 0.1},
        "people.onboarding.probation.failure",
    ),
    (
        {
            LAW: {"kind": "piecewise", "until": ["3 years"], "hazards": [0, 1]},
            "people.turnover.per_year": 2,
        },
        LAW,
    ),
    ({f"{ROLE}.turnover_law": {"kind": "lognormal"}}, f"{ROLE}.turnover_law.cv"),
    # people's hours
    ({f"{ROLE}.hours": "9 to 6"}, f"{ROLE}.hours"),
    ({f"{ROLE}.hours": "09:00-25:00"}, f"{ROLE}.hours"),
    ({f"{ROLE}.hours": "09:00-09:00"}, f"{ROLE}.hours"),
    ({f"{ROLE}.week": []}, f"{ROLE}.week"),
    ({f"{ROLE}.week": ["mon", "mon"]}, f"{ROLE}.week"),
    ({f"{ROLE}.week": ["monn", "day"]}, f"{ROLE}.week.1"),
    ({f"{ROLE}.hours_per_week": "20 h", f"{ROLE}.week": ["mon"]}, f"{ROLE}.hours_per_week"),
    ({f"{ROLE}.hours_per_week": "90 h"}, f"{ROLE}.hours_per_week"),
    ({f"{ROLE}.shifts": [{"people": 5, "hours": "12:00-21:00"}]}, f"{ROLE}.shifts"),
    ({f"{ROLE}.shifts": [{"people": 0}]}, f"{ROLE}.shifts.0.people"),
    ({f"{ROLE}.shifts": [{"hours": "12:00-21:00"}]}, f"{ROLE}.shifts.0.people"),
    ({STAFF: [SEAT | {"role": "unversal"}]}, f"{STAFF}.0.role"),
    ({STAFF: [SEAT | {"name": " "}]}, f"{STAFF}.0.name"),
    ({STAFF: [SEAT, SEAT]}, f"{STAFF}.1.name"),
    ({STAFF: [SEAT | {"name": f"s{n}"} for n in range(5)]}, f"{STAFF}.4"),
    ({STAFF: [SEAT | {"hired": "2026-02-01"}]}, f"{STAFF}.0.hired"),
    ({STAFF: [SEAT | {"hired": 20250101}]}, f"{STAFF}.0.hired"),
    ({STAFF: [SEAT | {"hired": "last year"}]}, f"{STAFF}.0.hired"),
    ({STAFF: [SEAT | {"base": -1}]}, f"{STAFF}.0.base"),
    ({STAFF: [SEAT | {"week": ["mon"]}], f"{ROLE}.hours_per_week": "20 h"}, f"{STAFF}.0"),
    ({STAFF: [SEAT | {"repetitions": {"meet": 5}}]}, f"{STAFF}.0.repetitions.meet"),
    ({STAFF: [SEAT | {"repetitions": {"cook": 5}}]}, f"{STAFF}.0.repetitions.cook"),
    ({STAFF: [SEAT | {"repetitions": {"sell": 5}}], f"{ROLE}.ramp": {"sell": [0.5]}}, f"{STAFF}.0.repetitions.sell"),
    # the past
    ({"history": {"from": "2025-01"}}, "history.to"),
    ({"history": {"to": "2025-01"}}, "history.from"),
    ({"history": {"from": "2025-03", "to": "2025-01"}}, "history.to"),
    ({"history": {"from": "2025-W60", "to": "2025-12"}}, "history.from"),
    ({"history": {"from": "1990-01", "to": "2025-12"}}, "history.to"),
    ({"history": {"from": "2046-01", "to": "2046-03"}}, "history.to"),
    ({"history": {"from": "2045-12", "to": "2046-01"}}, "history.to"),
    ({"history": {"from": "2025-01", "to": "2025-06", "revenue_by_month": [1] * 12}}, "history.revenue_by_month"),
    ({"history": {"deals": 3, "deals_first_day": 4}}, "history.deals_first_day"),
    ({"history": {"cycle_p50": 30, "cycle_p90": 20}}, "history.cycle_p90"),
    ({"history": {"conversion": {"nedes": 0.5}}}, "history.conversion.nedes"),
    ({"history": {"conversion": {"needs": 5}}}, "history.conversion.needs"),
    ({"history": {"conversion_by_channel": {"dealer": {"needs": 0.5}}}}, "history.conversion_by_channel.dealer"),
    ({"history": {"conversion_by_channel": {"site": {"service": 0.5}}}}, "history.conversion_by_channel.site.service"),
    # inputs that are drawn together
    ({"inputs": {}}, "inputs.draws"),
    ({"inputs": {"draws": {}}}, "inputs.draws"),
    ({"inputs": {"draws": "no-such.csv"}}, "inputs.draws"),
    ({"inputs": {"draws": "broken.csv"}}, "inputs.draws"),
    ({"inputs.draws": {f"{SITE}.leads_per_month": [1, 2]}}, f"inputs.draws.{SITE}.leads_per_month"),
    ({"inputs.draws": {"market.chanels.site.fit": DRAWS}}, "market.chanels.site.fit"),
    ({"inputs.draws": {"market.stages.needs.conversion": DRAWS}}, "market.stages.needs.conversion"),
    ({"inputs.draws": {"experiment.months": DRAWS}}, "experiment.months"),
    ({"inputs.draws": {f"{SITE}.leads_per_month": [None, *DRAWS]}}, f"{SITE}.leads_per_month"),
    ({"inputs.draws": {f"{SITE}.fit": [7, *DRAWS[:1] * 29]}}, f"{SITE}.fit"),
    # pay
    ({PAY: {"tiers": [{"above": 1, "factor": 2}, {"above": 1, "factor": 3}]}}, f"{PAY}.tiers"),
    ({PAY: {"tiers": [{"above": 1}]}}, f"{PAY}.tiers.0.factor"),
    ({PAY: {"tiers": [{"above": 1, "factor": 2}], "accelerator": 2}}, f"{PAY}.accelerator"),
    ({PAY: {"tiers_are": "clif"}}, f"{PAY}.tiers_are"),
    ({PAY: {"attainment_of": "person"}}, f"{PAY}.quota"),
    ({PAY: {"quota": "100 k"}}, f"{PAY}.attainment_of"),
    ({PAY: {"attainment_of": "person", "quota": 0}}, f"{PAY}.quota"),
    ({PAY: {"attainment_of": "person", "quota": 5, "quota_ramp": [2]}}, f"{PAY}.quota_ramp.0"),
    ({PAY: {"every": "week"}}, f"{PAY}.every"),
    ({PAY: {"cap": 10, "draw": 20}}, f"{PAY}.cap"),
    ({PAY: {"draw": -1}}, f"{PAY}.draw"),
    ({PAY: {"clawback_months": 1.5}}, f"{PAY}.clawback_months"),
    ({PAY: {"repeat_months": -2}}, f"{PAY}.repeat_months"),
    ({"budget": {"contributions_of": "Germany"}}, "budget.contributions_of"),
    ({"budget": {"contributions_base": 100}}, "budget.contributions_above"),
    ({"budget": {"contributions_of": "RU_2026", "contributions": 0.3}}, "budget.contributions_of"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables that are broken, each in its way."""
    made = tmp_path_factory.mktemp("scenario")
    (made / "broken.csv").write_text("channel,stage,age\nsite,offer\n")
    (made / "twice.csv").write_text("channel,stage,stage\nsite,offer,offer\n")
    (made / "lacking.csv").write_text("channel,stage\nsite,offer\n")
    (made / "unknown.csv").write_text("channel,stage,age,colour\nsite,offer,3 days,red\n")
    return made


def refused(folder: Path, changes: Tree) -> tuple[Problem, ...]:
    tree = BASE
    for path, value in changes.items():
        tree = put(tree, path, value)
    file = folder / "mine.yaml"
    file.write_text(yaml.safe_dump(tree, sort_keys=False))
    with pytest.raises(ScenarioError) as found:
        load(file)
    return found.value.problems


def test_without_a_mistake_the_scenario_is_read(folder: Path) -> None:
    (folder / "right.yaml").write_text(yaml.safe_dump(BASE))
    load(folder / "right.yaml")


@pytest.mark.parametrize(("changes", "path"), MISTAKES, ids=[f"{n}-{path}" for n, (_, path) in enumerate(MISTAKES)])
def test_a_mistake_says_where_it_is_and_what_is_allowed(folder: Path, changes: Tree, path: str) -> None:
    problems = refused(folder, changes)
    assert path in [problem.path for problem in problems]
    for problem in problems:
        assert Path(problem.file).parent == folder and problem.line is not None
        assert problem.allowed, str(problem)
        russian = texts("ru").again(problem.phrase)
        assert "allowed: " in str(problem) and "допустимо: " in russian
        assert re.search("[а-я]{3}", texts("ru").again(problem.message)), russian


def test_a_name_in_place_of_a_number_gets_the_entry_of_that_name(folder: Path) -> None:
    """The first stage is called needs, the second one offer."""
    for written, meant in (("needs", "0"), ("ofer", "1"), ("xyz", None)):
        (problem,) = refused(folder, {"inputs.draws": {f"{STAGES}.{written}.conversion": DRAWS}})
        assert problem.suggestion == (f"{STAGES}.{meant}.conversion" if meant else "")
        assert "0 (needs), 1 (offer), 2 (contract)" in problem.allowed
