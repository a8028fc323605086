"""The verdict: who is best, how sure that is, and when nothing can be said."""

import numpy as np
import pytest

from simulation.analysis.quantiles import proportion_interval
from simulation.analysis.summaries import Table
from simulation.analysis.verdict import Verdict, judge, structural_assumptions
from simulation.scenario.structures import Structure
from simulation.texts import Amount, texts

YEARS = np.random.default_rng(7).normal(1e6, 2e5, 60)
NOISE = np.random.default_rng(8).normal(0, 2e4, (5, 60))


def table(worlds: dict[str, int] | None = None, **profits: object) -> Table:
    columns = {(name, "profit"): np.asarray(values, dtype=float) for name, values in profits.items()}
    years = max(len(values) for values in columns.values())
    return Table(columns, worlds or dict.fromkeys(profits, 0), years)


def verdict(made: Table, **options: object) -> Verdict:
    titles = {name: name.title() for name, _ in made.columns}
    return judge(made, titles, "profit", currency="RUB", **options)  # type: ignore[arg-type]


def test_a_clear_winner_is_named_with_measure_certainty_and_its_conditions() -> None:
    made = verdict(table(universal=YEARS, functional=YEARS + 3e5 + NOISE[0]))
    assert (made.best, made.rival, made.told_apart) == ("functional", "universal", True)
    assert made.confidence > 0.999
    assert made.replications_needed is None
    assert "Functional is best by profit" in made.text
    assert "over 99.9 % sure" in made.text
    assert "joint 95 % interval" in made.text
    assert "given these inputs" in made.text
    share = proportion_interval(len(YEARS), len(YEARS))
    assert f"in 100 % ({100 * share.low:.0f} % to 100 %) of the years." in made.text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_cannot_be_told_apart_says_how_many_years_would_be_needed() -> None:
    made = verdict(table(universal=YEARS, functional=YEARS + 1e3 + NOISE[0] - NOISE[0].mean()))
    assert not made.told_apart
    assert made.contenders == ("functional", "universal")
    # t quantile (about 1.96) and that of a power of 80 %, times sd over the mean difference, squared
    sd = NOISE[0].std(ddof=1)
    assert made.replications_needed == pytest.approx(((1.96 + 0.8416) * sd / 1e3) ** 2, rel=0.02)
    assert "cannot be told apart with 60 replications" in made.text
    assert "replications would be needed" in made.text
    assert "four cases out of five" in made.text
    assert "joint 95 % interval" in made.text


def test_means_that_look_the_same_get_more_digits() -> None:
    made = table(universal=YEARS, functional=YEARS + 10 + NOISE[0] - NOISE[0].mean())
    ahead = verdict(made).pieces["finding"].split("by profit, ")[1].split(" under")[0]
    first, second = ahead.split(" against ")
    usual = [
        texts("en").written(Amount(float(made.of(name, "profit").mean()), "money", "RUB"))
        for name in ("functional", "universal")
    ]
    assert usual[0] == usual[1]
    assert first != second


def test_the_same_result_in_every_year_is_a_tie() -> None:
    made = verdict(table(universal=YEARS, functional=YEARS))
    assert made.tied
    assert not made.told_apart
    assert made.confidence == 0.5
    assert "come out the same in every year" in made.text
    assert "needed" not in made.text


def test_one_year_is_never_enough() -> None:
    made = verdict(table(universal=[1.0], functional=[2.0]))
    assert not made.told_apart
    assert np.isnan(made.confidence)
    assert "one year says nothing about the spread" in made.text


def test_no_year_at_all_says_that_nothing_can_be_said() -> None:
    made = verdict(table(universal=[np.nan, np.nan], functional=[np.nan, np.nan]))
    assert made.best == ""
    assert "nothing can be said" in made.text


def test_a_structure_alone_has_nothing_to_be_compared_with() -> None:
    made = verdict(table(universal=YEARS))
    assert (made.best, made.rival) == ("universal", "")
    assert "nothing to compare" in made.text


def test_among_several_the_confidence_is_a_lower_bound_that_counts_every_rival() -> None:
    shift = 6e3
    two = verdict(table(a=YEARS + shift, b=YEARS + NOISE[0]))
    three = verdict(table(a=YEARS + shift, b=YEARS + NOISE[0], c=YEARS + NOISE[1]))
    assert three.confidence < two.confidence
    assert three.difference is not None and two.difference is not None
    assert three.difference.family == 3  # any of the three pairs might have been the one that is read
    assert three.difference.joint_low < two.difference.joint_low
    assert "at least" in three.text


def test_a_lower_bound_that_is_over_something_says_so_once() -> None:
    made = verdict(table(a=YEARS + 3e5, b=YEARS + NOISE[0], c=YEARS + NOISE[1]))
    assert "It is over 99.9 % sure" in made.text


def test_the_best_must_be_told_apart_from_every_other_one() -> None:
    made = verdict(table(a=YEARS + 3e5, b=YEARS + NOISE[0], c=YEARS + 3e5 + NOISE[1] - NOISE[1].mean() - 100))
    assert made.best == "a"
    assert made.rival == "c"
    assert made.contenders == ("a", "c")
    assert not made.told_apart


def test_among_equals_a_false_winner_is_rare() -> None:
    """With a family of all pairs, five equal structures give a false winner in at most one comparison in twenty."""
    rng = np.random.default_rng(2026)
    found = 0
    for _ in range(300):
        noise = rng.normal(0, 1, (5, 20))
        found += verdict(table(**{f"s{n}": noise[n] for n in range(5)})).told_apart
    assert found / 300 <= 0.05 + 3 * (0.05 * 0.95 / 300) ** 0.5


def test_more_measures_read_together_widen_the_interval() -> None:
    one = verdict(table(a=YEARS, b=YEARS + NOISE[0]))
    many = verdict(table(a=YEARS, b=YEARS + NOISE[0]), measures_read=3)
    assert one.difference is not None and many.difference is not None
    assert many.difference.joint_high > one.difference.joint_high
    assert many.difference.high == one.difference.high


def test_structures_of_different_years_have_no_share_of_years() -> None:
    made = verdict(table({"a": 0, "b": 1}, a=YEARS, b=YEARS + 3e5))
    assert made.difference is not None
    assert np.isnan(made.difference.share_of_years_better)
    assert "of the years" not in made.text


def test_lower_is_better_where_the_measure_says_so() -> None:
    columns = {("a", "payroll"): YEARS, ("b", "payroll"): YEARS + 3e5}
    made = judge(Table(columns, {"a": 0, "b": 0}, 60), {"a": "A", "b": "B"}, "payroll")
    assert made.best == "a"
    assert made.told_apart
    assert made.difference is not None
    assert made.difference.mean == pytest.approx(-3e5)


def test_sampled_inputs_are_not_given_ones() -> None:
    assert "given these inputs" not in verdict(table(a=YEARS, b=YEARS + 3e5), sampled=True).text


def test_the_verdict_names_what_it_hangs_on() -> None:
    made = verdict(table(a=YEARS, b=YEARS + 3e5), assumptions=["B: learns twice as fast"])
    assert "B: learns twice as fast" in made.text
    assert made.assumptions == ("B: learns twice as fast",)


def structure(**values: object) -> Structure:
    role = {"headcount": 1, "activities": ["sell"], "ownership": "personal"} | dict(values.pop("role", {}))  # type: ignore[call-overload]
    return Structure.model_validate({"roles": {"seller": role}} | values)


def test_assumptions_are_what_holds_for_one_structure_only() -> None:
    plain = structure(title="Plain")
    own = structure(title="Own", structural=["sells on Sundays"], role={"ramp": {"sell": [0.5, 1]}, "cover": 0.5})
    words = structural_assumptions({"plain": plain, "own": own})
    assert words == (
        "Own: sells on Sundays",
        "Own: seller has its own ramp for sell",
        "Own: colleagues cover an absent seller at 50 % efficiency",
    )


def test_figures_that_all_structures_share_are_no_assumption() -> None:
    one = structure(title="One", role={"ramp": {"sell": [0.5, 1]}})
    two = structure(title="Two", role={"ramp": {"sell": [0.5, 1]}})
    assert structural_assumptions({"one": one, "two": two}) == ()
    assert structural_assumptions({"one": one}) == ()


def test_two_different_learning_curves_are_assumptions_of_both() -> None:
    one = structure(title="One", role={"learning": {"sell": {"start": 0.5}}})
    two = structure(title="Two", role={"learning": {"sell": {"start": 0.9}}})
    assert len(structural_assumptions({"one": one, "two": two})) == 2
