"""What is shown adds up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.explain.rounding import in_decimals, largest_terms, rounded

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(NUMBERS, max_size=200), st.integers(0, 6))
def test_shown_terms_add_up_to_the_shown_sum(terms, decimals):
    units, total = rounded(terms, decimals)
    assert int(units.sum()) == total
    assert abs(total - math.fsum(terms) * 10**decimals) <= 0.5 + 1e-6
    off = np.abs(units - np.array(terms) * 10.0**decimals)
    assert (off < 1 + 1e-6).all()


@given(st.lists(NUMBERS, min_size=1, max_size=50), st.integers(1, 10))
def test_the_largest_terms_and_the_others_are_all(terms, count):
    order, others = largest_terms(terms, count)
    assert len(order) == min(count, len(terms)) == len(set(order.tolist()))
    named = [terms[one] for one in order]
    assert math.isclose(math.fsum([*named, others]), math.fsum(terms), abs_tol=1e-6)
    assert [abs(one) for one in named] == sorted(map(abs, named), reverse=True)
    rest = [abs(one) for number, one in enumerate(terms) if number not in order]
    assert max(rest, default=0.0) <= min(map(abs, named))


def test_two_decimals_as_others_round_them_do_not_add_up():
    terms = [0.004, 0.004, 0.004]
    units, total = rounded(terms, 2)
    assert (total, units.tolist()) == (1, [1, 0, 0])


@pytest.mark.parametrize("terms", [[math.nan], [math.inf, -math.inf], [1e300, 1.0]])
def test_what_is_no_number_is_refused(terms):
    with pytest.raises(ValueError, match="finite"):
        rounded(terms, 2)


def test_units_are_written_as_decimal_numbers():
    assert [in_decimals(one, 2) for one in (-7, 0, 5, 123, -1205)] == [
        "-0.07",
        "0.00",
        "0.05",
        "1.23",
        "-12.05",
    ]
    assert in_decimals(-3, 0) == "-3"
