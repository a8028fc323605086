"""Price: new buyers answer it at the last stage of a sale, old customers by what they order and by leaving.

A price is a factor of the list price, for which deal sizes, conversions, orders and hazards of leaving are stated.
"""

from __future__ import annotations

from math import exp, log

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Neutral, key

MECHANISM = Mechanism(
    "price_response",
    "other",
    ("department.lead_table.LeadTable", "department.customers.Customers.order_size"),
    "expected.odds.stage_passed",
    measures=("average_deal", "gross_margin"),
)
NO_ANSWER = "price-no-answer"
ANSWER = "price-answer"
"""Keys of what is said where a price changes and nobody knows what the market does."""
PRICE = key(
    1,
    "Price as a factor of the list price; costs stay. List price is the price for which deal sizes, conversions, "
    "orders and hazards of leaving are stated.",
    changes=True,
    neutral=Neutral("price_response", 1),
    drives={"average_deal": "+3", "gross_margin": "+2"},
)
PRICE_RESPONSE = key(
    0,
    "New buyers: change in the log-odds of conversion at the last stage per per cent of price (-0.03: dearer sells "
    "less); 0 refuses a price change.",
    changes=True,
    neutral=Neutral("price_response", 0),
)
PRICE_ORDERS = key(
    -1.2,
    "Old customers and distributors: elasticity of the volume that they order. An order of -1.2 has 1.1 ** -1.2 = "
    "89 % of its volume at a price of 1.1; 0: they order as before.",
    "judgement: -0.3 to -2.6; mean of 1,851 elasticities, mostly of brands, -2.62 (Bijmolt, van Heerde, Pieters "
    "2005); contracts bind business customers",
    changes=True,
    neutral=Neutral("price_response", 0),
)
PRICE_CHURN = key(
    0.01,
    "Old customers: rise of the logarithm of their own hazard of leaving per per cent of price (0.01: about one "
    "per cent per per cent, and as much less when it is cheaper); 0: nobody leaves for the price.",
    "judgement: 0-0.03",
    le=1,
    changes=True,
    neutral=Neutral("price_response", 0),
)
"""The keys of a product."""


def buying(price: float, response: float) -> float:
    """What is added at a price to a new buyer's log-odds of conversion at the last stage."""
    return response * (price - 1) * 100


def volume(price: float, elasticity: float) -> float:
    """Volume of an old customer's order at a price, as a factor of the one at list price."""
    return _bounded_exp(elasticity * log(price))


def leaving(price: float, churn: float) -> float:
    """Factor on an old customer's own hazard of leaving at a price."""
    return _bounded_exp(churn * 100 * (price - 1))


def _bounded_exp(exponent: float) -> float:
    """exp, of an exponent that stays within what a float can hold."""
    return exp(min(max(exponent, -300.0), 300.0))
