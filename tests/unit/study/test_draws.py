"""Inputs drawn together: replication r lives with row r modulo the rows, the same under every structure."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import yaml

import simulation
from simulation.analysis.cases import replicate_one, run_replications
from simulation.analysis.comparison import compare, simulate
from simulation.analysis.doubt import parts_by_row
from simulation.analysis.identity import fingerprints
from simulation.analysis.runs import Runs
from simulation.department.record import Record
from simulation.scenario.amending import drawn
from simulation.scenario.describe import resolved, show
from simulation.scenario.scenario import Scenario
from simulation.sense.checks import sense
from simulation.sense.loader import load, load_text
from simulation.store import Store
from simulation.study.best_split.answer import optimise
from simulation.study.best_split.candidates import Rule, candidates
from simulation.study.lab import Case, Lab
from simulation.study.uncertainty.answer import uncertainty
from simulation.study.variation import VariationError
from simulation.texts import texts
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.scripted import small
from tests.unit.study.toy import CHANCE, TEXT, engine, sale

ROWS = 24
LOSSES = tuple(round(0.05 + 0.01 * row, 2) for row in range(ROWS))
SHIPPED = Path(__file__).parents[3] / "scenarios" / "draws" / "department_of_ten.yaml"


def with_losses(losses: tuple[object, ...] = LOSSES, more: str = "") -> Scenario:
    return load_text(f"{TEXT}\ninputs: {{draws: {{hand_off.lead.loss: {list(losses)}}}}}\n{more}", "toy.yaml")


def paid(bases: tuple[float, ...] | None) -> Scenario:
    """A month in which nothing happens but that two structures pay one person each."""
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "pay": {"base": 1000}}}
    changes: dict[str, object] = {}
    if bases is not None:
        columns = {f"structures.{name}.roles.seller.pay.base": list(bases) for name in ("one", "two")}
        changes["inputs"] = {"draws": columns}
    return small(changes, structures={name: {"roles": roles} for name in ("one", "two")})


def test_a_replication_has_its_row_and_the_row_after_the_last_is_the_first() -> None:
    scenario = with_losses()
    assert [drawn(scenario, n).hand_off.lead.loss for n in (0, 1, ROWS - 1, ROWS, 5 * ROWS + 1)] == [
        LOSSES[0], LOSSES[1], LOSSES[-1], LOSSES[0], LOSSES[1]
    ]  # fmt: skip
    assert scenario.hand_off.lead.loss == 0.15  # the closed form keeps what is written
    assert drawn(scenario, 1) is drawn(scenario, ROWS + 1) and drawn(scenario, 1).inputs is None
    plain = load_text(TEXT)
    assert drawn(plain, 7) is plain


def test_what_is_resolved_holds_the_table_and_needs_no_file() -> None:
    scenario = load(SHIPPED)
    assert scenario.inputs is not None and scenario.inputs.rows == 40
    text = yaml.safe_dump(resolved(scenario), sort_keys=False, allow_unicode=True)
    assert load_text(text) == scenario
    rows = {row.path: row for row in show(scenario) if row.path.startswith("inputs.")}
    shown = rows["inputs.draws.people.switching"]
    assert (shown.unit, shown.origin.rpartition("/")[2]) == ("working time", "judged.csv:1")


def test_what_is_set_from_outside_is_no_longer_drawn() -> None:
    scenario = load(SHIPPED)
    assert scenario.inputs is not None
    fixed = scenario.replace({"hand_off.lead.loss": 0.2})
    assert fixed.inputs is not None
    assert set(scenario.inputs.columns) - set(fixed.inputs.columns) == {"hand_off.lead.loss"}
    assert {drawn(fixed, n).hand_off.lead.loss for n in range(40)} == {0.2}
    assert with_losses().replace({"hand_off.lead.loss": 0.2}).inputs is None


def test_both_structures_live_with_the_same_row_of_the_same_year() -> None:
    met: dict[tuple[float, float], set[str]] = {}

    def noted(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
        luck = float(world.streams.uniforms("toy", 1)[0])
        met.setdefault((luck, made_for.hand_off.lead.loss), set()).add(structure)
        return engine(made_for, structure, world, events)

    runs = run_replications(with_losses(), replications=2 * ROWS, jobs=1, engine=noted)
    names = set(runs.structures)
    assert len(met) == 2 * ROWS and all(each == names for each in met.values())
    luck = {n: float(World(with_losses(), n).streams.uniforms("toy", 1)[0]) for n in range(2 * ROWS)}
    assert met.keys() == {(luck[n], LOSSES[n % ROWS]) for n in range(2 * ROWS)}


def test_the_variance_between_years_is_that_of_the_inputs_where_nothing_else_happens() -> None:
    """Profit is linear in the pay, so its variance over the rows is the slope squared times that of the pay."""
    bases = tuple(float(1000 + 37 * row % 500) for row in range(20))
    at = [
        simulate(paid(None).replace({"structures.one.roles.seller.pay.base": base}), ["one"], replications=1, jobs=1)
        for base in (1000.0, 2000.0)
    ]
    slope = (at[1].mean("one", "profit") - at[0].mean("one", "profit")) / 1000.0
    assert slope < -0.9
    result = simulate(paid(bases), replications=40, jobs=1)
    years = result.runs.values("one", "profit")
    assert years.var(ddof=0) == pytest.approx(slope**2 * np.var(bases))
    assert (result.runs.values("two", "profit") == years).all()
    doubt = parts_by_row(years, 20, 0.95, 1)
    assert doubt is not None and doubt.share == 1.0 and doubt.chance == 0.0
    (said, _) = (each for each in result.cautions if each.code == "drawn")
    assert "100 % is ignorance of the drawn inputs" in said.text


def test_the_doubt_about_a_difference_is_divided_as_the_formula_says() -> None:
    scenario = with_losses()
    found = compare(scenario, measure="revenue", replications=10 * ROWS, jobs=1, engine=engine)
    years = found.runs.values("other", "revenue") - found.runs.values("pair", "revenue")
    doubt = parts_by_row(years, ROWS, 0.95, 1)
    assert doubt is not None
    ignorance, chance = 40000.0**2 * np.var(LOSSES, ddof=1), CHANCE**2 / 3
    # 10 years a row: the mean of a row is known to chance / 10, the chance from 24 * 9 degrees of freedom
    assert doubt.ignorance == pytest.approx(ignorance, rel=0.02)
    assert doubt.chance == pytest.approx(chance, rel=4 * np.sqrt(0.8 / (ROWS * 9)))  # a uniform law: kurtosis 1.8
    given = found.verdict.pieces["given"]
    assert "ignorance of the inputs" in given and "незнание вводных" in texts("ru").again(given)
    few = compare(scenario, measure="revenue", replications=ROWS, jobs=1, engine=engine).verdict.pieces["given"]
    assert f"{2 * ROWS} replications" in few and str(2 * ROWS) in texts("ru").again(few)


def test_the_search_for_the_best_split_says_how_much_of_the_doubt_the_draws_are() -> None:
    def split(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
        return sale(made_for, structure, world, other=made_for.structures[structure].roles["clerk"].pay.base == 51)

    scenario = with_losses().replace({"structures.other.roles.clerk.pay.base": 51})  # splits have names of their own
    found = optimise(scenario, measure="revenue", fresh=3 * ROWS, lab=Lab(jobs=1, engine=split))
    doubt = found.matches[0].doubt
    assert doubt is not None and doubt in found.sentences
    assert "is ignorance of the inputs" in doubt and "незнание вводных" in texts("ru").again(doubt)
    plain = optimise(load_text(TEXT), measure="revenue", fresh=5, lab=Lab(jobs=1, engine=engine))
    assert plain.matches[0].doubt is None


def test_rows_whose_year_failed_are_left_out_of_the_doubt() -> None:
    years = pd.Series(np.tile(np.arange(20.0), 2)).drop([3])
    doubt = parts_by_row(years, 20, 0.95, 1)
    assert doubt is not None and doubt.share == 1.0
    assert doubt.ignorance == pytest.approx(np.var(np.delete(np.arange(20.0), 3), ddof=1))
    assert parts_by_row(years.loc[:30], 20, 0.95, 1) is None


def test_uncertainty_takes_the_rows_as_its_points() -> None:
    scenario = with_losses()
    lab = Lab(jobs=1, engine=engine)
    found = uncertainty(scenario, measure="revenue", years_each=3, lab=lab)
    assert (found.points, found.years_each, lab.simulated) == (ROWS, 3, 2 * 3 * ROWS)
    assert [each.name for each in found.inputs] == ["hand_off.lead.loss"]
    np.testing.assert_allclose(found.inputs[0].quantile(found.ranks[:, 0]), LOSSES)
    runs = run_replications(scenario, replications=3 * ROWS, jobs=1, engine=engine)
    nested = runs.values("pair", "revenue").to_numpy().reshape(3, ROWS).T
    np.testing.assert_array_equal(found.values[:, :, found.structures.index("pair")], nested)
    assert found.doubt.ignorance == pytest.approx(40000.0**2 * np.var(LOSSES, ddof=1), rel=0.05)
    assert found.measurements[0].explains > 0.99
    assert any("drawn together" in each for each in found.sentences)
    with pytest.raises(VariationError):
        uncertainty(scenario, inputs=["people.switching"], lab=lab)
    assert uncertainty(scenario, measure="revenue", samples=20, lab=lab).points == 20


def frames_equal(one: Runs, other: Runs) -> None:
    pd.testing.assert_frame_equal(one.replications, other.replications, check_exact=True)
    pd.testing.assert_frame_equal(one.months, other.months, check_exact=True)


def real() -> Scenario:
    """A month of real work whose leads are drawn."""
    leads = [60.0 + row for row in range(20)]
    changes = {
        "market.channels.site.leads_per_month": 70,
        "inputs": {"draws": {"market.channels.site.leads_per_month": leads}},
    }
    roles = {"seller": {"headcount": 1, "activities": ["sell"]}}
    return small(changes, structures={name: {"roles": roles} for name in ("one", "two")})


def test_workers_and_store_change_nothing_in_whatever_order(tmp_path: Path) -> None:
    scenario = real()
    alone = run_replications(scenario, replications=24, jobs=1)
    frames_equal(run_replications(scenario, replications=24, jobs=2), alone)
    with Store(tmp_path / "years.sqlite") as store:
        run_replications(scenario, ["two"], 4, jobs=1, store=store, first=20)  # the last ones first, one structure
        run_replications(scenario, replications=7, jobs=2, store=store)
        frames_equal(run_replications(scenario, replications=24, jobs=1, store=store), alone)
        before = store.found
        frames_equal(run_replications(scenario, replications=24, jobs=2, store=store), alone)
        assert store.found - before == 48
    number = 21  # row 1
    record, _ = replicate_one(scenario, "one", number, events=False)
    assert len(record.leads.arrived) == alone.values("one", "leads")[number]


def test_the_key_holds_the_row_and_nothing_else_of_the_table() -> None:
    scenario, other = with_losses(), with_losses((*LOSSES[:-1], 0.9))
    assert fingerprints(drawn(scenario, 0), ["pair"]) == fingerprints(drawn(other, 0), ["pair"])
    assert fingerprints(drawn(scenario, ROWS - 1), ["pair"]) != fingerprints(drawn(other, ROWS - 1), ["pair"])
    as_row = load_text(TEXT, overrides={"hand_off.lead.loss": LOSSES[3]})
    assert fingerprints(drawn(scenario, 3), ["pair"]) == fingerprints(as_row, ["pair"])
    assert fingerprints(scenario, ["pair"]) != fingerprints(other, ["pair"])


def test_the_laboratory_plays_the_rows_too_and_remembers_them() -> None:
    scenario = with_losses()
    runs = run_replications(scenario, replications=30, jobs=1, engine=engine)
    lab = Lab(jobs=1, engine=engine)
    cases = [Case(scenario, name) for name in runs.structures]
    numbers = [*range(29, 9, -1), *range(10)]
    values = lab.measure(cases, numbers, ["revenue"])[:, :, 0]
    for n, name in enumerate(runs.structures):
        np.testing.assert_array_equal(values[n], runs.values(name, "revenue")[numbers])
    before = lab.simulated
    lab.measure(cases, numbers, ["profit"])
    assert lab.simulated == before


def test_a_split_that_is_searched_has_the_rows_of_its_structure() -> None:
    wide = load(SHIPPED)
    found = candidates(wide, ["functional"], Rule(4, None, "functional"))["functional"]
    assert {drawn(each.case.scenario, 3).hand_off.lead.loss for each in found} == {drawn(wide, 3).hand_off.lead.loss}
    bases = [float(30_000 + row) for row in range(20)]
    column = "structures.functional.roles.hunter.pay.base"
    own = load(SHIPPED.parents[1] / SHIPPED.name, {"inputs": {"draws": {column: bases}}})
    assert own.inputs is not None and column in own.inputs.columns
    for each in candidates(own, ["functional"], Rule(5, None, "functional"))["functional"]:
        roles = drawn(each.case.scenario, 3).structures[each.case.structure].roles
        assert roles["hunter"].pay.base == bases[3]
        assert {name: roles[name].headcount for name in each.heads} == dict(each.heads)


def header(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def at_line(number: int, old: str, new: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        lines = text.splitlines()
        assert old in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new, 1)
        return "\n".join(lines) + "\n"

    return changed


TABLE = "hand_off.lead.loss,people.switching\n" + "".join(f"{loss},8 min\n" for loss in LOSSES)


@pytest.mark.parametrize(
    ("change", "line", "path", "said", "near"),
    [
        (header("lead.loss", "lead.los"), 1, "hand_off.lead.los", "no path", "hand_off.lead.loss"),
        (header("hand_off.lead.loss", "market.channels.sit.leads_per_month"), 1,
         "market.channels.sit.leads_per_month", "no path", "market.channels.site.leads_per_month"),
        (header("hand_off.lead.loss", "experiment.seed"), 1, "experiment.seed", "cannot be drawn", ""),
        (header("hand_off.lead.loss", "structures.pair.roles.seller.headcount"), 1,
         "structures.pair.roles.seller.headcount", "cannot be drawn", ""),
        (at_line(4, "0.07", "1.07"), 4, "hand_off.lead.loss", "row 3: 1.07 is outside", ""),
        (at_line(4, "0.07", "nan"), 4, "hand_off.lead.loss", "row 3: ", ""),
        (at_line(4, "0.07", "inf"), 4, "hand_off.lead.loss", "row 3: ", ""),
        (at_line(9, "8 min", "soon"), 9, "people.switching", "row 8: ", ""),
        (at_line(6, "0.09", ""), 6, "hand_off.lead.loss", "row 5: there is no value", ""),
        (lambda text: "".join(text.splitlines(True)[:20]), 1, "inputs.draws.hand_off.lead.loss", "19 rows", ""),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_is_refused_with_line_and_path(
    tmp_path: Path, change: Callable[[str], str], line: int, path: str, said: str, near: str
) -> None:
    (tmp_path / "draws.csv").write_text(change(TABLE), encoding="utf-8")
    (tmp_path / "toy.yaml").write_text(f"{TEXT}\ninputs: {{draws: draws.csv}}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "toy.yaml")
    problem = caught.value.problems[0]
    assert (problem.file, problem.line, problem.path) == (str(tmp_path / "draws.csv"), line, path)
    assert said in problem.message and problem.suggestion == near
    assert problem.message != texts("ru").again(problem.message)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "no such file"),
        ("twice.csv", TABLE.replace("people.switching", "hand_off.lead.loss"), "there twice"),
        ("wide.csv", TABLE.replace("0.07,8 min", "0.07,8 min,9"), "line 4 has 3 cells"),
        ("gap.csv", TABLE.replace("0.07,8 min", ""), "line 4 has 0 cells"),
        ("lines.csv", TABLE.replace("8 min", '"8\nmin"', 1), "several lines"),
        ("unnamed.csv", TABLE.replace("people.switching", " "), "no name"),
        ("empty.csv", "", "no column"),
        ("any.parquet", TABLE, "pyarrow"),
    ],
)
def test_a_file_that_is_no_table_is_refused_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str | None, said: str
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    text = f"{TEXT}\ninputs:\n  draws: {name}\n"
    (tmp_path / "toy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "toy.yaml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.path) == (
        str(tmp_path / "toy.yaml"), text[: text.index("draws")].count("\n") + 1, "inputs.draws"
    )  # fmt: skip
    assert said in problem.message


def test_parquet_is_read_where_the_package_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a stand-in: the package is no part of the program."""
    stand_in = ModuleType("pyarrow")
    table = SimpleNamespace(to_pydict=lambda: {"hand_off.lead.loss": [*LOSSES[:-1], 2.0]})
    stand_in.parquet = SimpleNamespace(read_table=lambda name: table)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyarrow", stand_in)
    (tmp_path / "toy.yaml").write_text(f"{TEXT}\ninputs: {{draws: any.parquet}}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "toy.yaml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.path) == (str(tmp_path / "any.parquet"), None, "hand_off.lead.loss")
    assert f"row {ROWS}: 2.0 is outside" in problem.message


def test_a_real_parquet_file_is_read_as_the_same_table_in_csv(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet is an extra: `.[parquet]`")
    table = pd.DataFrame({"hand_off.lead.loss": LOSSES, "people.switching": ["8 min"] * ROWS})
    table.to_csv(tmp_path / "any.csv", index=False)
    arrow = sys.modules["pyarrow"].table({name: list(table[name]) for name in table})
    parquet.write_table(arrow, tmp_path / "any.parquet")
    (tmp_path / "no.parquet").write_text("no table", encoding="utf-8")
    found = {}
    for name in ("any.csv", "any.parquet", "no.parquet"):
        (tmp_path / "toy.yaml").write_text(f"{TEXT}\ninputs: {{draws: {name}}}\n", encoding="utf-8")
        if name == "no.parquet":
            with pytest.raises(ScenarioError, match="no.parquet"):
                load(tmp_path / "toy.yaml")
        else:
            found[name] = [drawn(load(tmp_path / "toy.yaml"), number) for number in range(ROWS)]
    assert found["any.csv"] == found["any.parquet"]


def test_fewer_rows_than_replications_are_noted() -> None:
    scenario = with_losses().replace({"experiment.replications": ROWS + 1})
    assert [each.path for each in sense(scenario) if "drawn inputs" in each.message] == ["inputs.draws"]
    assert not [each for each in sense(with_losses()) if each.path == "inputs.draws"]


def test_the_shipped_example_runs_from_the_public_face() -> None:
    found = simulation.compare(SHIPPED, replications=2, months=1, jobs=1)
    assert found.runs.finished == 2 and "drawn from 40 rows" in found.verdict.text
