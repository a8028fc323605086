"""The stock of leads: columns and series by lead, extended in place."""

import numpy as np
import pytest

from simulation.world import Stock, Streams
from simulation.world.stock import GROW, Law, Of, Upset
from simulation.world.streams import BLOCK


def finds(count: int = 0, seed: int = 1) -> Stock:
    return Stock.of(Streams(seed, 0), "calls", "found", count)


def test_a_column_has_one_number_for_each_lead_from_its_own_strip_and_ordinal():
    streams = Streams(1, 0)
    stock = Stock(streams, "site", ["0", "1"], np.array([1, 0, 1, 0]), np.array([4, 0, 0, 7]), [1.0, 2.0, 3.0, 4.0])
    low, high = streams.uniforms("lead/site/0/fit", 8), streams.uniforms("lead/site/1/fit", 5)
    assert stock.column("fit") == [high[4], low[0], high[0], low[7]]
    assert [stock.uid(i) for i in range(4)] == ["site/1/4", "site/0/0", "site/1/0", "site/0/7"]


def test_a_column_goes_through_its_transform_and_is_kept():
    stock = finds(5)
    plain = stock.column("fit")
    doubled = stock.column("fit", lambda u: 2 * u, "doubled")
    assert doubled == [2 * u for u in plain]
    assert stock.column("fit") is plain
    assert stock.column("fit", lambda u: 2 * u, "doubled") is doubled


def test_columns_grow_in_place_and_keep_what_they_had():
    stock = finds(3)
    plain, doubled = stock.column("fit"), stock.column("fit", lambda u: 2 * u, "doubled")
    before = list(plain), list(doubled)
    stock.ensure(10)
    assert len(stock) >= 3 + GROW
    assert len(plain) == len(doubled) == len(stock)
    assert (plain[:3], doubled[:3]) == before
    stock.ensure(1000)
    assert len(plain) == len(doubled) == len(stock) >= 1000
    assert (plain[:3], doubled[:3]) == before
    assert doubled == [2 * u for u in plain]
    assert stock.column("fit") is plain


@pytest.mark.parametrize("steps", [(1, 2, 3, 200), (64, 65), (1000,)])
def test_a_stock_that_grew_is_the_stock_that_was_large_at_once(steps):
    grown, large = finds(), finds(2000)
    for count in steps:
        grown.ensure(count)
        grown.column("deal")
    n = max(steps)
    assert grown.column("deal")[:n] == large.column("deal")[:n]
    assert [grown.uid(i) for i in range(n)] == [large.uid(i) for i in range(n)]
    assert all(
        np.array_equal(grown.series("order", i, block), large.series("order", i, block))
        for i in (0, n - 1)
        for block in (0, 3)
    )


def test_to_ensure_fewer_changes_nothing():
    stock = finds(7)
    column = stock.column("fit")
    stock.ensure(7)
    stock.ensure(0)
    assert len(stock) == len(column) == 7


def test_a_series_of_a_lead_keeps_its_numbers_when_the_stock_grows():
    stock = finds(4)
    before = [stock.series("order", i, block).copy() for i in range(4) for block in range(3)]
    stock.ensure(500)
    after = [stock.series("order", i, block) for i in range(4) for block in range(3)]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    assert all(len(row) == BLOCK for row in after)


def test_leads_blocks_and_series_have_numbers_of_their_own():
    stock = finds(20)
    drawn = [
        number
        for name in ("order", "request")
        for i in range(20)
        for block in range(3)
        for number in stock.series(name, i, block).tolist()
    ]
    assert len(set(drawn)) == len(drawn)


def test_numbers_stand_by_ordinal_across_blocks():
    stock = finds(3)
    gaps = stock.drawn(Of.ORDER_GAP, Law(lambda u: 10 * u))
    expected = [10 * u for block in range(3) for u in stock.series("customer.order.gap", 1, block).tolist()]
    assert [gaps.at(1, n) for n in (40, *range(3 * BLOCK))] == [expected[40], *expected]


def test_numbers_go_on_while_the_stock_grows():
    grown, large = finds(3), finds(500)
    draws, others = (stock.drawn(Of.CARE_WORK, Law(lambda u: 10 * u)) for stock in (grown, large))
    found = [draws.at(2, n) for n in range(5)]
    grown.ensure(300)
    found += [draws.at(2, n) for n in range(5, 2 * BLOCK)] + [draws.at(299, 0)]
    assert found == [others.at(2, n) for n in range(2 * BLOCK)] + [others.at(299, 0)]


def test_customers_of_the_first_day_have_the_same_numbers_as_if_asked_one_by_one():
    base = Stock.of(Streams(1, 0), "site", "base", 6)
    gaps = base.drawn(Of.REQUEST_GAP, Law(lambda u: -u))
    for i in (4, 0, 5):
        drawn = [-u for block in (0, 1) for u in base.series("customer.request.gap", i, block).tolist()]
        assert [gaps.at(i, n) for n in range(20)] == drawn[:20]


def test_the_first_sale_has_a_number_of_its_own_and_the_others_those_of_the_orders():
    stock = finds(3)
    late = stock.drawn(Of.LATE, Law(lambda u: u))
    assert [late.of_sale(i, 0) for i in range(3)] == stock.column("deal.late")
    assert [late.of_sale(2, n) for n in range(1, 20)] == [late.at(2, n) for n in range(1, 20)]
    papers = stock.drawn(Of.PAPERWORK + 2, Law(lambda u: u))  # of the third product: the same uniforms
    assert papers.at(0, 5) == stock.series("customer.paperwork", 0, 0)[5]


def test_changed_laws_make_other_numbers_of_the_same_uniforms():
    stock = finds(3)
    plain, doubled = stock.drawn(Of.PAYMENT, Law(lambda u: u)), stock.drawn(Of.PAYMENT, Law(lambda u: 2 * u, "doubled"))
    assert doubled.at(1, 7) == 2 * plain.at(1, 7)
    assert stock.drawn(Of.PAYMENT, Law(lambda u: u)) is plain


def test_upsets_are_numbered_in_a_stream_of_each_kind():
    streams, stock = Streams(1, 0), finds(3)
    names = {
        Upset.HAND_OFF: "hand_off",
        Upset.DEPARTURE: "departure",
        Upset.MOVED: "moved",
        Upset.CUSTOMER_HAND_OFF: "customer.hand_off",
        Upset.CUSTOMER_DEPARTURE: "customer.departure",
    }
    assert list(names) == list(Upset)
    for what, name in names.items():
        for n in range(3):
            drawn = streams.uniforms(f"lead/calls/found/{name}", 500, n).tolist()
            assert [stock.upset(what, i, n) for i in range(3)] == drawn[:3]
    stock.ensure(500)
    assert [stock.upset(Upset.MOVED, i, 2) for i in (499, 256, 0)] == [
        streams.uniforms("lead/calls/found/moved", 1, 2, i)[0] for i in (499, 256, 0)
    ]


def test_a_column_is_one_array_for_all_who_ask():
    stock = finds(3)
    column = stock.column("fit")
    array = stock.array(column)
    assert array.tolist() == column
    assert stock.stacked([None, column, [4, 5, 6]], 1.0).tolist() == [[1.0] * 3, column, [4, 5, 6]]
    assert stock.stacked([None, column], 1.0) is stock.stacked([None, stock.column("fit")], 1.0)
    stock.ensure(100)
    assert stock.array(column).tolist() == column


def test_channels_strips_and_replications_have_leads_of_their_own():
    stocks = [
        finds(50),
        Stock.of(Streams(1, 0), "calls", "pipeline", 50),
        Stock.of(Streams(1, 0), "visits", "found", 50),
        Stock.of(Streams(1, 1), "calls", "found", 50),
        Stock.of(Streams(2, 0), "calls", "found", 50),
    ]
    drawn = [number for stock in stocks for number in stock.column("fit")]
    assert len(set(drawn)) == len(drawn)
