"""Laws of staying from records: lognormal, piecewise and a table, against formulas, and what is no such law."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import lognorm

from simulation.mechanisms.probation import Probation
from simulation.mechanisms.tenure_forms import LognormalForm, PiecewiseForm, TableForm
from simulation.mechanisms.tenure_law import Lognormal, Stepwise, TenureLaw, mean_tenure, stay
from simulation.mechanisms.turnover import Turnover
from simulation.sense.checks import sense
from simulation.sense.loader import load_text
from simulation.study.variation import DIALS
from simulation.written.errors import ScenarioError
from simulation.written.readers import MONTH, YEAR
from tests.properties.scenarios import examples

LOGNORMAL = {"kind": "lognormal", "cv": 1.2}
PIECEWISE = {"kind": "piecewise", "until": ["3 months", "1 year"], "hazards": [1.2, 0, 0.4]}
TABLE = {"kind": "table", "at": ["3 months", "6 months", "1 year", "2 years"], "stay": [0.8, 0.7, 0.55, 0.4]}
FORMS = (LOGNORMAL, PIECEWISE, TABLE)


def law(form: dict[str, object], per_year: float) -> TenureLaw:
    found = Turnover.model_validate({"law": form}).tenures(per_year, Probation(failure=0))
    assert found is not None
    return found


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["kind"])
@pytest.mark.parametrize("per_year", [0.3, 0.7])
def test_leavers_a_year_are_one_over_the_integral_of_the_survivors(form: dict[str, object], per_year: float) -> None:
    found = law(form, per_year)
    whole, _ = quad(lambda x: math.exp(x - found.spent(math.exp(x))), 0, math.log(found.tenure(50)), limit=2000)
    assert YEAR / (whole + 1) == pytest.approx(per_year, rel=1e-5)  # in the first hour nearly nobody quits
    assert mean_tenure(found, Probation(failure=0)) == pytest.approx(YEAR / per_year, rel=1e-10)


def test_a_lognormal_is_the_one_of_the_books() -> None:
    found, sigma = Lognormal(14 * MONTH, 1.2), math.sqrt(math.log1p(1.44))
    book = lognorm(sigma, scale=14 * MONTH / math.sqrt(2.44))
    assert found.spent(book.median()) == pytest.approx(math.log(2))
    for tenure in (1.0, MONTH, YEAR, 300 * YEAR):
        assert found.spent(tenure) == pytest.approx(-book.logsf(tenure), rel=1e-9)


def test_a_table_goes_through_its_shares_and_beyond_them_at_the_last_hazard() -> None:
    found = TableForm.model_validate(TABLE).at_own_level()
    shares = stay(found, None, np.array([3.0, 6, 12, 24]) * MONTH)
    assert shares.tolist() == pytest.approx([0.8, 0.7, 0.55, 0.4])
    assert math.exp(-found.spent(3 * YEAR)) == pytest.approx(0.4 * 0.4 / 0.55)


def test_pieces_stay_where_they_are_and_their_hazards_keep_their_ratios() -> None:
    found = law(PIECEWISE, 0.4)
    assert isinstance(found, Stepwise)
    assert found.ends == (3 * MONTH, 12 * MONTH)
    assert found.hazards[0] / found.hazards[2] == pytest.approx(3) and found.hazards[1] == 0


def test_pieces_by_hand() -> None:
    """0.001 an hour for 100 h, nothing for 100 h, then 0.002."""
    found = Stepwise((100.0, 200.0), (0.001, 0.0, 0.002))
    assert [found.spent(t) for t in (-1.0, 0.0, 50.0, 150.0, 225.0)] == pytest.approx([0, 0, 0.05, 0.1, 0.15])
    assert [found.tenure(h) for h in (0.0, 0.05, 0.1, 0.15)] == pytest.approx([0, 50, 100, 225])
    kept = math.exp(-0.1)
    assert found.mean == pytest.approx((1 - kept) / 0.001 + 100 * kept + kept / 0.002)


LAWS: st.SearchStrategy[TenureLaw] = st.one_of(
    st.builds(Lognormal, st.floats(100, 50_000), st.floats(0.05, 5)),
    st.builds(
        lambda widths, hazards, last: Stepwise(tuple(np.cumsum(widths)), (*hazards[: len(widths)], last)),
        st.lists(st.floats(1, 5000), min_size=1, max_size=5),
        st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e-2)), min_size=5, max_size=5),
        st.floats(1e-6, 1e-2),
    ),
)


@given(LAWS, st.floats(0, 20_000), st.floats(0.001, 20))
@examples(400)
def test_the_tenure_at_which_the_rest_is_spent_is_the_inverse_from_any_tenure_on(
    found: TenureLaw, tenure: float, rest: float
) -> None:
    """As the reviews ask it: what has been spent, and so much more, whatever the factors were before."""
    before = found.spent(tenure)
    later = found.tenure(before + rest)
    assert found.spent(later) == pytest.approx(before + rest, rel=1e-9)
    assert later >= tenure * (1 - 1e-9)
    assert found.spent(later * 1.01) >= found.spent(later)


@given(LAWS, st.floats(0.1, 3))
@examples(200)
def test_any_pieces_are_brought_to_a_level_that_they_can_have(found: TenureLaw, factor: float) -> None:
    if isinstance(found, Stepwise) and found.hazards[0] > 0:
        assert found.with_mean(found.mean * factor).mean == pytest.approx(found.mean * factor, rel=1e-9)
        assert found.with_mean(found.mean).hazards == pytest.approx(found.hazards, rel=1e-8)


def test_simulated_tenures_stay_as_the_law_says() -> None:
    luck = np.random.default_rng(1).exponential(size=40_000)
    for form in FORMS:
        found = law(form, 0.5)
        tenures = np.array([found.tenure(each) for each in luck])
        for months in (6, 12, 24):
            share = math.exp(-found.spent(months * MONTH))
            error = math.sqrt(share * (1 - share) / luck.size)
            assert (tenures > months * MONTH).mean() == pytest.approx(share, abs=4 * error), (form, months)


# --- in a scenario -----------------------------------------------------------------------------------------------

TEXT = """
version: 1
market:
  channels: {line: {kind: inbound, leads_per_month: 1}}
  products: {thing: {deal: 1, gross_margin: 1, repeat: false}}
people:
  onboarding: {probation: {failure: 0}}
structures:
  team:
    roles:
      one: {headcount: 1, activities: [qualify, sell, paperwork, collect]}
      two: {headcount: 1, activities: [qualify, sell, paperwork, collect], turnover_per_year: 0.3}
"""
LAW = "people.turnover.law"
ONE = "structures.team.roles.one"


def rates(**changes: object) -> tuple[float, float]:
    """Leavers a year of the two roles, of the laws themselves."""
    from simulation.scenario.structures import tenures_of, turnover_per_year

    scenario = load_text(TEXT, overrides={path.replace("__", "."): value for path, value in changes.items()})
    one, two = scenario.structures["team"].roles.values()
    for role in (one, two):
        found, rate = tenures_of(scenario.people, role), turnover_per_year(scenario.people, role)
        assert YEAR / found.mean == pytest.approx(rate) if found is not None else rate == 0
    return turnover_per_year(scenario.people, one), turnover_per_year(scenario.people, two)


def test_the_level_is_the_roles_own_or_the_laws_or_the_peoples() -> None:
    own = LOGNORMAL | {"own_level": True, "mean": "2 years"}
    assert rates(people__turnover__law=LOGNORMAL) == (0, 0.3)
    assert rates(people__turnover__law=LOGNORMAL, people__turnover__per_year=0.7) == (0.7, 0.3)
    assert rates(people__turnover__law=own) == pytest.approx((0.5, 0.3))
    assert rates(**{ONE.replace(".", "__") + "__turnover_law": own}) == pytest.approx((0.5, 0.3))


def test_the_dial_of_turnover_turns_a_level_of_its_own_too() -> None:
    scenario = load_text(TEXT, overrides={LAW: LOGNORMAL | {"own_level": True, "mean": "2 years"}})
    made = DIALS["turnover"].settings(scenario, 2)
    assert made[f"{ONE}.turnover_per_year"] == pytest.approx(1.0)
    assert scenario.replace(made).structures


def test_a_level_that_nobody_reads_is_told() -> None:
    own = {LAW: LOGNORMAL | {"own_level": True, "mean": "2 years"}}
    read = [each.path for each in sense(load_text(TEXT, overrides=own))]
    unread = [each.path for each in sense(load_text(TEXT, overrides=own | {f"{ONE}.turnover_per_year": 0.4}))]
    assert LAW in unread and LAW not in read


BAD: dict[str, tuple[dict[str, object], str, str]] = {
    "trial": ({LAW: LOGNORMAL, "people.onboarding.probation.failure": 0.2}, "probation.failure", "counted twice"),
    "levels": (
        {LAW: LOGNORMAL | {"own_level": True, "mean": "1 year"}, "people.turnover.per_year": 0.5},
        "people.turnover",
        "write only one",
    ),
    "mean": ({LAW: LOGNORMAL | {"own_level": True}}, LAW, "needs a mean tenure"),
    "kind": ({LAW: {"kind": "lognormall", "cv": 1}}, f"{LAW}.kind", "lognormal"),
    "cv": ({LAW: {"kind": "lognormal", "cv": -1}}, f"{LAW}.cv", "above zero"),
    "pieces": ({LAW: PIECEWISE | {"hazards": [1, 2]}}, LAW, "2 hazards for 3 pieces"),
    "last": ({LAW: PIECEWISE | {"hazards": [1, 2, 0]}}, LAW, "the last one is above 0"),
    "rising": ({LAW: PIECEWISE | {"until": ["1 year", "3 months"]}}, LAW, "`until` are above 0"),
    "rows": ({LAW: TABLE | {"stay": [0.8]}}, LAW, "1 shares in `stay` for 4 tenures"),
    "falling": ({LAW: TABLE | {"stay": [0.8, 0.9, 0.5, 0.4]}}, LAW, "`stay` rises"),
    "gone": ({LAW: TABLE | {"stay": [0.8, 0.7, 0.5, 0]}}, LAW, "last share of `stay`"),
    "flat": ({LAW: TABLE | {"stay": [0.8, 0.7, 0.5, 0.5]}}, LAW, "last share of `stay`"),
    "safe": (
        {f"{ONE}.turnover_law": PIECEWISE | {"hazards": [0, 1, 1]}, f"{ONE}.turnover_per_year": 5},
        f"{ONE}.turnover_law",
        "nobody quits in the first 3 months",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_law_of_staying_is_refused_once_with_its_place(name: str) -> None:
    changes, path, reason = BAD[name]
    with pytest.raises(ScenarioError) as refused:
        load_text(TEXT, overrides=changes)
    (problem,) = refused.value.problems
    assert path in problem.path
    assert reason in str(refused.value)


def test_the_forms_are_values() -> None:
    """What the laws are remembered by."""
    made: Callable[[], tuple[object, ...]] = lambda: (  # noqa: E731
        LognormalForm.model_validate(LOGNORMAL),
        PiecewiseForm.model_validate(PIECEWISE),
        TableForm.model_validate(TABLE),
    )
    assert made() == made() and hash(made()) == hash(made())
