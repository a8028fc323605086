"""What the expectations are made of: sizes, changes, the verdict, the page."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import simulation
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import timeline
from simulation.validation.sense import (
    Check,
    Department,
    Finding,
    Laboratory,
    Years,
    drawn,
    expectations,
    held,
    shipped,
)
from simulation.validation.sense.__main__ import main
from simulation.validation.sense.changes import (
    BETTER,
    as_on_the_first_day,
    beside_itself,
    doubled,
    half_the_work,
    heads_of,
    ladder,
    more_leads,
    renamed,
)
from simulation.validation.sense.checks import looked_at_again, student, together
from simulation.validation.sense.departments import different, loaded, shipped_names
from simulation.validation.sense.expectations import FAMILIES, LEADS, MEANING, SELLERS, sizes_of
from simulation.validation.sense.page import of_the_page, write

ROOT = Path(__file__).parents[2]
TEN = "department_of_ten"


def department(name: str, structure: str, months: int = 1) -> Department:
    return next(each for each in shipped(name, months) if each.structure == structure)


# --- sizes ------------------------------------------------------------------------------------------------------------


def test_a_ladder_adds_one_person_at_a_time_and_passes_through_the_team_itself() -> None:
    heads = {"hunter": 2, "closer": 3, "farmer": 3}
    steps = ladder(heads, 9)
    assert [sum(step.values()) for step in steps] == list(range(3, 10))
    assert heads in steps
    for few, more in zip(steps, steps[1:], strict=False):
        assert sum(more[role] - few[role] for role in heads) == 1
        assert all(more[role] >= few[role] for role in heads)


def test_every_shipped_team_stands_on_its_ladder() -> None:
    for name in shipped_names():
        for each in shipped(name, 1):
            heads = heads_of(each.scenario, each.structure)
            assert heads in ladder(heads, sum(heads.values()))


def test_sizes_are_all_up_to_a_dozen_and_then_double() -> None:
    assert sizes_of(department(TEN, "universal")) == list(range(1, 10))
    assert sizes_of(department(TEN, "functional")) == list(range(3, 10))
    assert sizes_of(department("large_department", "universal")) == [*range(2, 13), 24, 48, 96, 138, 139]


def test_a_team_whose_size_is_looked_at_is_not_changed_on_a_date() -> None:
    scenario = loaded("hiring_policies")
    assert timeline(scenario, "quick_build").scenarios[-1].structures["quick_build"].roles["universal"].headcount == 7
    steady = as_on_the_first_day(scenario, "quick_build")
    assert not steady.structures["quick_build"].interventions
    kept = loaded("crm_rollout")
    assert as_on_the_first_day(kept, "with_crm") is kept


# --- changes ----------------------------------------------------------------------------------------------------------


def test_twice_everything_doubles_people_leads_customers_and_what_changes_on_a_date() -> None:
    scenario = loaded("wholesale")
    twice = doubled(scenario)
    assert twice.market.channels["site"].leads_per_month == 2 * scenario.market.channels["site"].leads_per_month
    assert twice.market.channels["distributor"].orders_per_month == 16
    assert twice.market.initial.customers == 240 and twice.market.initial.pipeline == 60
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            assert twice.structures[name].roles[role].headcount == 2 * spec.headcount
    late = doubled(loaded("hiring_policies"))
    assert timeline(late, "quick_build").scenarios[-1].structures["quick_build"].roles["universal"].headcount == 14
    moved = doubled(loaded("reorganisation"))
    last = timeline(moved, "one_day").scenarios[-1].structures["one_day"].roles
    assert [last[role].headcount for role in ("universal", "hunter", "closer", "farmer")] == [0, 4, 6, 6]


def test_more_leads_cost_no_more_advertising() -> None:
    scenario = loaded(TEN)
    twice = more_leads(scenario, 2)
    assert twice.market.channels["site"].leads_per_month == 240
    assert twice.market.channels["site"].cost == scenario.market.channels["site"].cost
    assert twice.market.channels["calls"] == scenario.market.channels["calls"]


def test_half_the_work_halves_every_law_of_work() -> None:
    scenario = loaded("wholesale")
    half = half_the_work(scenario, "universal").market
    market = scenario.market
    assert [stage.work.mean for stage in half.stages] == [stage.work.mean / 2 for stage in market.stages]
    assert half.channels["calls"].attempt == pytest.approx(market.channels["calls"].attempt / 2)
    assert half.products["staple"].paperwork.mean == market.products["staple"].paperwork.mean / 2
    assert half.customers.payment.reminder_work.mean == market.customers.payment.reminder_work.mean / 2


@pytest.mark.parametrize("what", BETTER)
def test_what_gets_better_changes_something_and_is_a_scenario(what: str) -> None:
    scenario = department(TEN, "functional").scenario
    better = BETTER[what](scenario, "functional")
    assert better != scenario
    assert simulation.replicate_one(better, "functional", events=False)


def test_another_name_leaves_everything_else() -> None:
    scenario = loaded("reorganisation")
    other, name = renamed(scenario, "one_day")
    assert name == "another one_day" and name in other.structures and "one_day" not in other.structures
    last = timeline(other, name).scenarios[-1].structures[name].roles
    assert {role: spec.headcount for role, spec in last.items() if "closer" in role} == {"another closer": 3}
    today, name = renamed(scenario, "never")
    assert today.experiment.today == name
    both, name = beside_itself(scenario, "never")
    assert both.experiment.today == "never" and {name, "never"} <= set(both.structures)
    other, name = renamed(loaded("late_shift"), "by_day")
    assert {row.role for row in other.structures[name].staff} == {"another seller"}


# --- what the people and the leads cost -------------------------------------------------------------------------------


def test_one_seller_more_costs_his_pay_with_contributions_and_his_place() -> None:
    stay = {"structures.universal.roles.universal.turnover_per_year": 0}
    scenario = loaded("start_up").replace(stay | {"experiment.months": 2})
    years = [
        Laboratory(2).observe(scenario.replace({"structures.universal.roles.universal.headcount": n}), "universal")
        for n in (3, 4)
    ]
    # 35 000 with contributions, a telephone and a work place that is written off over three years
    assert years[1].people - years[0].people == pytest.approx([2 * (35_000 * 1.302 + 660 + 25_650 / 36)] * 2)


def test_each_lead_costs_what_the_channel_and_the_budget_say() -> None:
    scenario = loaded("one_off_sales").replace(
        {"experiment.months": 2, "market.channels.site.cost.per_lead": 100, "market.channels.new_homes.active": False}
    )
    record, _ = simulation.replicate_one(scenario, "universal", 0, events=False)
    seen = Laboratory(1).observe(scenario, "universal")
    assert seen.leads == pytest.approx([400 * (~record.leads.initial).sum()])


def test_customers_are_expected_to_order_as_often_as_they_do_when_nobody_is_needed() -> None:
    free = {"market.customers.order_work": "0 h", "market.products.service.paperwork": "0 h", "experiment.months": 4}
    seen = Laboratory(6).observe(loaded(TEN).replace(free), "universal")
    apart = seen.billed - seen.ordered
    assert abs(apart.mean()) < 3 * apart.std(ddof=1) / np.sqrt(6)
    assert seen.ordered.mean() > 200


def test_nobody_is_expected_to_bill_more_than_the_hours_that_there_are() -> None:
    who = "structures.universal.roles.universal"
    one = loaded(TEN).replace({"experiment.months": 2, f"{who}.headcount": 1, f"{who}.turnover_per_year": 0})
    alone = Laboratory(2).observe(one, "universal")
    team = Laboratory(2).observe(loaded(TEN).replace({"experiment.months": 2}), "universal")
    assert (alone.possible < alone.ordered).all() and (team.possible > team.ordered).all()
    # at most 300 h, and at least three an order: half an hour, a request of an hour beside it, papers of 90 minutes
    assert ((alone.possible > 30) & (alone.possible < 110)).all()


# --- the verdict ------------------------------------------------------------------------------------------------------


def finding(mean: float, error: float, years: int = 20, exact: bool = False, lowest: float = -1.0) -> Finding:
    check = Check(SELLERS, "1 → 2 sellers", (), lambda: np.zeros(1), exact=exact)
    return Finding(check, mean, error, lowest, years, 1000.0)


def test_a_mean_on_the_wrong_side_is_met_as_long_as_chance_may_have_done_it() -> None:
    assert finding(5.0, 1.0).holds
    least = student(19)
    assert 3.0 < least < 3.6
    assert finding(-0.99 * least, 1.0).holds
    assert not finding(-1.01 * least, 1.0).holds
    assert finding(0.0, 0.0).holds and not finding(-0.1, 0.0).holds


def test_few_years_have_to_say_it_more_clearly() -> None:
    assert student(4) > student(19) > student(1000) > 3.0


def test_few_years_say_more_together() -> None:
    """Of three years 19 errors would be chance; twelve such expectations know the error better."""
    alone = finding(-6.0, 1.0, years=3)
    assert alone.holds and student(2) > 19
    others = [finding(5.0, 1.0, years=3) for _ in range(11)]
    first, *_ = together([alone, *others])
    assert not first.holds and first.least == pytest.approx(-student(24), abs=1e-5)
    # an error larger than the usual one is taken as it is, and 19 own errors are too many in any case
    large, small, *_ = together([finding(-13.0, 4.0, years=3), finding(-3.0, 0.1, years=3), *others])
    assert large.holds and not small.holds
    assert not together([finding(-30.0, 4.0, years=3), *others])[0].holds
    assert together([finding(0.0, 0.0, exact=True, lowest=0.0)])[0].usual is None


@pytest.mark.parametrize(("mean", "met"), [(-50.0, False), (5.0, True)])
def test_what_is_not_met_in_few_years_is_looked_at_in_many(mean: float, met: bool) -> None:
    check = Check(SELLERS, "leads", ((TEN, "universal"),), lambda _: mean + np.tile([-1.0, 1.0], 6))
    many = SimpleNamespace(observe=lambda *_: SimpleNamespace(revenue=np.ones(12)))
    broken = replace(finding(-391.0, 17.0, years=3), check=check)
    before = [finding(5.0, 1.0, years=3), broken, finding(0.0, 0.0, exact=True)]
    first, again, exact = looked_at_again(before, many)
    assert not broken.holds and (again.years, again.mean, again.holds) == (12, mean, met)
    assert first is before[0] and exact is before[2]
    assert f"leads: {mean / 1000:+.1f} ± 0.0 (12 years)" in write({"ten: universal": [first, again]})


def test_what_has_to_be_equal_has_to_be_equal_in_every_year() -> None:
    assert finding(0.0, 0.0, exact=True, lowest=0.0).holds
    assert not finding(-1e-12, 1.0, exact=True, lowest=-1e-12).holds


def test_a_year_is_simulated_once_for_all_checks() -> None:
    laboratory = Laboratory(2)
    one = department(TEN, "universal")
    for check in expectations(one, sizes=[1, 2], factors=(1.0, 2.0), better=("a higher margin",)):
        held(check, laboratory)
    # as it is, 1 and 2 sellers, twice the leads, margin, twice everything, other names
    assert laboratory.simulated == 2 * 7


def test_a_department_that_gets_worse_with_every_lead_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    one = department(TEN, "universal")
    observe = Laboratory.observe

    def worse(self: Laboratory, scenario: Scenario, structure: str, most: int | None = None) -> Years:
        seen = observe(self, scenario, structure, most)
        return replace(seen, profit=seen.profit - 1e6 * scenario.market.channels["site"].leads_per_month)

    monkeypatch.setattr(Laboratory, "observe", worse)
    laboratory = Laboratory(3)
    found = [held(each, laboratory) for each in expectations(one, sizes=[8], factors=(1.0, 2.0), better=())]
    assert {each.check.family for each in found if not each.holds} >= {LEADS}


# --- departments and the page -----------------------------------------------------------------------------------------


def test_random_departments_are_the_same_each_time_and_differ_from_each_other() -> None:
    one, again, other = drawn(3, 2), drawn(3, 2), drawn(4, 2)
    assert one.scenario == again.scenario and one.structure == again.structure
    assert one.scenario != other.scenario
    assert heads_of(one.scenario, one.structure)


def test_a_structure_that_a_file_only_takes_over_is_looked_at_once() -> None:
    names = {each.name for each in different(d for name in (TEN, "hunters_leave") for d in shipped(name, 12))}
    assert f"{TEN}: universal" in names and "hunters_leave: universal" not in names
    assert "hunters_leave: hunters_30" in names


def test_every_expectation_has_its_heading_and_its_meaning() -> None:
    families = {check.family for check in expectations(department(TEN, "functional"))}
    assert families == set(FAMILIES) == set(MEANING)


def test_the_page_names_what_is_not_met() -> None:
    page = write({"ten: universal": [finding(2_000_000.0, 1000.0), finding(-50_000.0, 1000.0)]})
    assert "**1 of 2 expectations of 1 departments are met.**" in page
    assert "1 → 2 sellers: +2000 ± 1.0; **1 → 2 sellers: -50 ± 1.0** | **NO** |" in page


def test_the_command_prints_the_page_and_says_on_the_way_what_it_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = partial(expectations, sizes=[1, 2, 3], factors=(1.0, 2.0), better=())
    monkeypatch.setattr("simulation.validation.sense.__main__.expectations", few)
    monkeypatch.setattr("simulation.validation.sense.page.MONTHS", 1)
    code = main(["start_up", "--years", "2"])
    printed = capsys.readouterr()
    assert "| start_up: universal | 2 |" in printed.out
    assert "3/3 start_up: hybrid" in printed.err
    assert code == int("**NO**" in printed.out)
    with pytest.raises(SystemExit):
        main(["start-up"])
    assert "'start-up' is not a scenario that ships" in capsys.readouterr().err


def test_the_printed_page_shows_every_department_and_is_met() -> None:
    """docs/sense.md is renewed by hand: it must not fall behind the scenarios."""
    page = (ROOT / "docs/sense.md").read_text("utf-8")
    for name in shipped_names():
        assert all(f"| {each.name} |" in page for each in different(iter(of_the_page(name)[0]))) or name in EXTENDING
    for family in FAMILIES:
        assert f"## {family}\n\n{MEANING[family]}\n" in page
    assert "**NO**" not in page


EXTENDING = {"crm_rollout", "hunters_leave", "reorganisation", "run_off"}
"""Some of whose structures the department of ten has too."""
