"""How many years of each variant are enough: intervals as narrow as asked at every one of them."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.analysis.differences import Table
from simulation.analysis.precision import FIRST, Precision, PrecisionReport, next_total, precision_of
from simulation.scenario.scenario import Scenario
from simulation.study.lab import PLAN_MET, Case, Lab
from simulation.study.terms import Terms
from simulation.study.variation import VariationError
from simulation.texts import say, worded


def precise_enough(
    made: Sequence[Scenario], agreed: Terms, precision: Precision, lab: Lab, currency: str = ""
) -> PrecisionReport:
    """Simulates variants until the difference of every structure from the baseline is known so well at each of them.

    What was simulated is remembered by the laboratory, so that asking it again costs nothing.

    Args:
        made: the variants.
        agreed: what is compared.
        precision: how narrow the intervals have to be; its measures are left aside, the one that decides counts.
        lab: where it is simulated.
        currency: of money.

    Raises:
        VariationError: `plan_met` decides, which has no half-width in a unit of its own.
    """
    if agreed.measure == PLAN_MET:
        raise VariationError(worded("precision-of-share-or", plan_met=PLAN_MET))
    wanted = Precision(precision.share, precision.amount, (), precision.most)
    worlds = dict.fromkeys(agreed.structures, 0)
    total = min(FIRST, wanted.most)
    while True:
        lab.what = say("precision-progress", years=total)
        cases = [Case(each, name) for each in made for name in agreed.structures]
        values = lab.measure(cases, range(total), [agreed.measure])[:, :, 0]
        values = values.reshape(len(made), len(agreed.structures), total)
        reports = [
            precision_of(
                Table(
                    {(name, agreed.measure): row for name, row in zip(agreed.structures, table, strict=True)},
                    worlds,
                    total,
                ),
                wanted,
                structures=agreed.structures,
                baseline=agreed.baseline,
                measure=agreed.measure,
                level=agreed.level,
                currency=currency,
            )
            for table in values
        ]
        whole = PrecisionReport(wanted, total, tuple(one for each in reports for one in each.intervals), currency)
        more = next_total(whole)
        if more is None:
            return whole
        total = more
