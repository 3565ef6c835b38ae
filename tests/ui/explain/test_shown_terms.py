from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.explain.results import MapTerms, PooledTerms, StepKind, TraceStep, UnitTrace
from digitpad.ui.explain.shown_terms import ShownTerms, in_digits, shown_terms
from digitpad.ui.style.panel import MINUS

numbers = st.floats(-50, 50)


def value(text: str) -> Decimal:
    return Decimal(text.replace(MINUS, "-"))


def map_terms(patches: np.ndarray, kernels: np.ndarray) -> MapTerms:
    count, height, width = patches.shape
    return MapTerms(
        "S2",
        np.arange(count),
        np.arange(height),
        np.arange(width),
        patches,
        kernels,
        np.zeros((height, width), bool),
        (patches * kernels).sum(axis=(1, 2)),
    )


def trace_of(sums: MapTerms | None, steps: list[TraceStep], **more: object) -> UnitTrace:
    total = steps[-1].after if steps else float(sums.sums.sum())
    return UnitTrace(
        "C3", 3, 2, 6, total, sums, steps=tuple(steps), total=total, value=total, **more
    )


def steps_of(number: float, *made: tuple[StepKind, float, float]) -> list[TraceStep]:
    steps = []
    for kind, factor, term in made:
        after = number * factor + term
        steps.append(TraceStep(kind, number, after, term, factor, "C1"))
        number = after
    return steps


def adds_up(shown: ShownTerms) -> bool:
    """Whether what is shown adds up, from the maps' sums to what they are together."""
    sums = [*shown.texts, shown.others_text] if shown.others else list(shown.texts)
    if len(sums) > 1 and sum(map(value, sums)) != value(shown.tokens[0].number):
        return False
    if shown.parts and sum(map(value, shown.parts)) != value(shown.tokens[0].number):
        return False
    total = Decimal(0)
    for token in shown.tokens:
        if token.name in ("together", "="):
            if value(token.number) != total:
                return False
        elif "=" in token.name:
            total = value(token.number)
        else:
            total += value(token.number)
    return True


@given(
    st.lists(numbers, min_size=1, max_size=40),
    st.lists(
        st.tuples(st.sampled_from([StepKind.BIAS, StepKind.SCALE, StepKind.ADDITION]), numbers),
        max_size=4,
    ),
    st.integers(1, 12),
    st.sampled_from([2, 6]),
)
def test_what_is_shown_adds_up_to_what_is_shown(terms, made, most, decimals):
    sums = map_terms(np.array(terms)[:, None, None], np.ones((len(terms), 1, 1)))
    steps = steps_of(
        float(sums.sums.sum()),
        *((kind, 1.7 if kind is StepKind.SCALE else 1.0, term) for kind, term in made),
    )
    shown = shown_terms(trace_of(sums, steps), most, decimals)
    assert adds_up(shown), shown
    assert len(shown.numbers) + shown.others == len(terms)
    if made and made[-1][0] is not StepKind.SCALE:
        assert shown.tokens[-1].name in ("together", "=")


@given(st.integers(0, 2**32 - 1))
def test_the_products_of_a_single_map_add_up_to_its_sum(seed):
    rng = np.random.default_rng(seed)
    sums = map_terms(rng.normal(size=(1, 5, 5)), rng.normal(size=(1, 5, 5)))
    steps = steps_of(float(sums.sums.sum()), (StepKind.BIAS, 1.0, 0.4812))
    shown = shown_terms(trace_of(sums, steps), 8, 2)
    assert len(shown.parts) == 25 and adds_up(shown)


def test_the_sketch_adds_up():
    given_ = np.array([-1.577, 1.006, 0.536, 0.187, 0.184, 0.094])
    sums = map_terms(given_[:, None, None], np.ones((6, 1, 1)))
    steps = steps_of(float(given_.sum()), (StepKind.BIAS, 1.0, 0.65))
    shown = shown_terms(trace_of(sums, steps), 8, 2)
    assert [value(text) for text in shown.texts][:2] == [Decimal("-1.58"), Decimal("1.01")]
    assert adds_up(shown) and shown.before == "+1.08"


def test_the_largest_terms_are_shown_and_the_others_are_told_together():
    terms = np.array([0.1, -3.0, 0.2, 2.0, 0.05])
    sums = map_terms(terms[:, None, None], np.ones((5, 1, 1)))
    shown = shown_terms(trace_of(sums, []), 2, 2)
    assert (
        shown.numbers == (1, 3)
        and shown.others == 3
        and value(shown.others_text) == Decimal("0.35")
    )


def test_shares_of_an_average_add_up_and_a_maximum_is_its_winner():
    patch = np.array([[0.333, 0.333], [0.333, 0.111]])
    ordinary = (np.arange(2), np.arange(2), patch, np.zeros((2, 2), bool))
    average = PooledTerms("C1", 0, *ordinary, patch / 4, False, np.zeros((2, 2), bool))
    shown = shown_terms(UnitTrace("S2", 0, 0, 0, 0.2775, pooled=average, value=0.2775), 8, 2)
    assert len(shown.parts) == 4 and adds_up(shown)
    largest = PooledTerms("C1", 0, *ordinary, np.zeros((2, 2)), True, patch == 0.333)
    shown = shown_terms(UnitTrace("S2", 0, 0, 0, 0.333, pooled=largest, value=0.333), 8, 2)
    assert shown.tokens[0].name == "largest" and shown.tokens[0].number == "+0.33"


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_cannot_be_added_up(bad):
    sums = map_terms(np.array([bad, 1.0])[:, None, None], np.ones((2, 1, 1)))
    with pytest.raises(ValueError):
        shown_terms(trace_of(sums, []), 8, 2)


@pytest.mark.parametrize(
    "number, text",
    [(0.786, "+0.79"), (-0.001, "+0.00"), (np.nan, "NaN"), (-np.inf, f"{MINUS}\N{INFINITY}")],
)
def test_numbers_have_their_sign(number, text):
    assert in_digits(number, 2) == text
