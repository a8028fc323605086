"""Words for the values that scenarios give ranges to, so that sentences need no paths.

Free names in a path (a channel, a product, a role) are said by their titles; a path without words here is said as it
stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulation.scenario.titles import channel_titles, product_titles, role_titles, structure_titles
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

_LAW = r"(?:\.\w+\.mean)?$"
"""The mean of a law, or a fixed value in its place."""
_WORDS = {
    r"market\.channels\.(?P<channel>.+)\.leads_per_month$": "input-channel-leads",
    r"market\.channels\.(?P<channel>.+)\.fit$": "input-channel-fit",
    r"market\.channels\.(?P<channel>.+)\.quality$": "input-channel-quality",
    r"market\.channels\.(?P<channel>.+)\.deal_size$": "input-channel-deal-size",
    r"market\.channels\.(?P<channel>.+)\.find_probability$": "input-channel-find",
    r"market\.channels\.(?P<channel>.+)\.cost\.fixed_per_month$": "input-channel-cost",
    r"market\.products\.(?P<product>[^.]+)\.deal" + _LAW: "input-product-deal",
    r"market\.products\.(?P<product>[^.]+)\.gross_margin$": "input-product-margin",
    r"market\.products\.(?P<product>[^.]+)\.price_response$": "input-product-price-buyers",
    r"market\.products\.(?P<product>[^.]+)\.price_orders$": "input-product-price-orders",
    r"market\.products\.(?P<product>[^.]+)\.price_churn$": "input-product-price-churn",
    r"market\.products\.(?P<product>[^.]+)\.paperwork" + _LAW: "input-product-paperwork",
    r"market\.qualification\.work" + _LAW: "input-qualification-work",
    r"market\.qualification\.true_positive$": "input-true-positive",
    r"market\.qualification\.false_positive$": "input-false-positive",
    r"market\.stages\.(?P<stage>[^.]+)\.work" + _LAW: "input-stage-work",
    r"market\.stages\.(?P<stage>[^.]+)\.conversion$": "input-stage-conversion",
    r"market\.customers\.order_every" + _LAW: "input-order-every",
    r"market\.customers\.order_size$": "input-order-size",
    r"market\.customers\.requests_per_month$": "input-requests",
    r"market\.customers\.payment\.late_share$": "input-late-share",
    r"market\.initial\.customers$": "input-initial-customers",
    r"market\.initial\.pipeline$": "input-initial-pipeline",
    r"hand_off\.customer\.delay" + _LAW: "input-customer-delay",
    r"hand_off\.customer\.extra_work" + _LAW: "input-customer-work",
    r"people\.recruiting\.time" + _LAW: "input-recruiting-time",
    r"people\.recruiting\.cost$": "input-recruiting-cost",
    r"people\.onboarding\.training_days$": "input-training-days",
    r"people\.onboarding\.cost$": "input-onboarding-cost",
    r"people\.onboarding\.probation\.failure$": "input-probation-failure",
    r"people\.turnover\.per_year$": "input-turnover",
    r"structures\.(?P<structure>[^.]+)\.roles\.(?P<role>[^.]+)\.turnover_per_year$": "input-role-turnover",
    r"structures\.(?P<structure>[^.]+)\.roles\.(?P<role>[^.]+)\.due\.(?P<activity>\w+)$": "input-role-due",
    r"structures\.(?P<structure>[^.]+)\.roles\.(?P<role>[^.]+)\.most_open$": "input-role-most-open",
    r"structures\.(?P<structure>[^.]+)\.roles\.(?P<role>[^.]+)\.care_per_month$": "input-role-care",
    r"market\.customers\.care\.wanted_per_month$": "input-care-wanted",
    r"market\.customers\.care\.most_per_month$": "input-care-most",
    r"market\.customers\.care\.churn$": "input-care-churn",
    r"market\.customers\.care\.order_size$": "input-care-orders",
    r"market\.customers\.care\.work" + _LAW: "input-care-work",
}


def words_for(scenario: Scenario, path: str) -> Phrase | None:
    """What a value is called in sentences; None where there are no words for it."""
    for pattern, key in _WORDS.items():
        found = re.match(pattern, path)
        if found:
            return say(key, **{kind: _title(scenario, kind, found.groupdict()) for kind in found.groupdict()})
    return None


def _title(scenario: Scenario, kind: str, names: dict[str, str]) -> str:
    """The title of what a free name stands for, else the name."""
    name = names[kind]
    match kind:
        case "channel":
            titles = channel_titles(scenario.market)
        case "product":
            titles = product_titles(scenario.market)
        case "structure":
            titles = structure_titles(scenario)
        case "role":
            structure = scenario.structures.get(names["structure"])
            titles = role_titles(structure) if structure else {}
        case _:
            stages = scenario.market.stages
            return stages[int(name)].name if name.isdigit() and int(name) < len(stages) else name
    return titles.get(name, name)
