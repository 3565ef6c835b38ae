"""A unit's trace in shown digits: what is shown adds up to what is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from digitpad.core.languages import _
from digitpad.explain.results import StepKind, TraceStep, UnitTrace
from digitpad.explain.rounding import in_decimals, largest_terms, rounded
from digitpad.ui.style.panel import MINUS

DECIMALS, EXACT_DECIMALS = 2, 6


@dataclass(frozen=True)
class Token:
    """A number of the arithmetic line with what it is called, such as ("bias", "+0.65")."""

    name: str
    number: str


@dataclass(frozen=True)
class ShownTerms:
    """A trace as it is shown.

    numbers: of the maps (or units) that are shown, by their places in the trace's sums, in rising
    order; texts: their sums, in the same order. parts: of a single map, or a pooled block, its
    products or shares, row by row, which add up to its sum. others: how many are not shown one by
    one; others_text: what they are together, "" where there are none. tokens: what becomes of the
    sum: in their order the sum itself, bias, scale, additions, and last what they are together.
    function: the activation function by name, "" where there is none; before, value: the number
    that goes into it, and the unit's value.
    """

    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    parts: tuple[str, ...]
    others: int
    others_text: str
    tokens: tuple[Token, ...]
    function: str
    before: str
    value: str


def signed_decimals(units: int, decimals: int) -> str:
    """A number of units of the last decimal with its sign, minus as typeset."""
    text = in_decimals(units, decimals).replace("-", MINUS)
    return text if units < 0 else f"+{text}"


def in_digits(number: float, decimals: int) -> str:
    """A number with its sign and so many decimals; NaN and infinity by their names."""
    if math.isnan(number):
        return "NaN"
    text = f"{number:+.{decimals}f}".replace("inf", "\N{INFINITY}").replace("-", MINUS)
    # Nothing is no negative number.
    return text if any(digit in text for digit in "123456789N\N{INFINITY}") else f"+{text[1:]}"


def shown_terms(trace: UnitTrace, most: int, decimals: int) -> ShownTerms:
    """A trace's terms as they are shown: at most ``most`` maps one by one, the largest of them, and
    the others together. Raises ValueError where a number is not finite."""
    numbers, groups, others = _groups(trace, most)
    single = [part for group in groups for part in group]
    steps = [step for step in trace.steps if step.kind is not StepKind.ACTIVATION]
    # Bias and additions are terms like the maps; a scale begins a new sum.
    first = next((at for at, step in enumerate(steps) if step.kind is StepKind.SCALE), len(steps))
    units, total = rounded([*single, *(step.term for step in steps[:first])], decimals)
    own, at = [], 0
    for group in groups:
        own.append(int(units[at : at + len(group)].sum()))
        at += len(group)
    tokens = [Token(_sum_name(trace), signed_decimals(sum(own), decimals))]
    for step, one in zip(steps[:first], units[at:], strict=True):
        tokens.append(Token(_step_name(step), signed_decimals(int(one), decimals)))
    rest = steps[first:]
    # Several sums are told more shortly.
    together = "=" if rest else _("together")
    while rest:
        if first:
            tokens.append(Token(together, signed_decimals(total, decimals)))
        scale, first = rest[0], 1
        length = next(
            (at for at, step in enumerate(rest) if at and step.kind is StepKind.SCALE), len(rest)
        )
        terms = [scale.before * scale.factor, *(step.term for step in rest[:length])]
        scaled, total = rounded(terms, decimals)
        factor = in_digits(scale.factor, max(decimals, 3)).lstrip("+")
        tokens.append(Token(f"\N{MULTIPLICATION SIGN} {factor} =", _text(scaled[0], decimals)))
        for step, one in zip(rest[:length], scaled[1:], strict=True):
            tokens.append(Token(_step_name(step), _text(one, decimals)))
        rest = rest[length:]
    if steps:
        tokens.append(Token(together, signed_decimals(total, decimals)))
    has_function = len(steps) < len(trace.steps)
    texts = [signed_decimals(one, decimals) for one in own]
    has_parts = len(groups) == 1 and not others
    return ShownTerms(
        numbers,
        tuple(texts[: len(numbers)]),
        tuple(_text(one, decimals) for one in units[:at]) if has_parts else (),
        others,
        texts[-1] if others else "",
        tuple(tokens),
        trace.steps[-1].function if has_function else "",
        signed_decimals(total, decimals),
        in_digits(trace.value, decimals) if has_function else signed_decimals(total, decimals),
    )


def _groups(trace: UnitTrace, most: int) -> tuple[tuple[int, ...], list[list[float]], int]:
    """Which maps are shown, what each adds (of a single one all its products), behind them the
    others together; and how many these are."""
    if trace.pooled is not None:
        pooled = trace.pooled
        shares = [pooled.value] if pooled.is_max else [float(one) for one in pooled.shares.flat]
        return (), [shares], 0
    if trace.sums is None:
        return (), [], 0
    sums = trace.sums.sums
    if len(sums) == 1:
        return (0,), [[float(one) for one in trace.sums.products.flat]], 0
    if len(sums) <= most:
        return tuple(range(len(sums))), [[float(one)] for one in sums], 0
    places, rest = largest_terms(sums, most)
    numbers = tuple(sorted(int(place) for place in places))
    return numbers, [*([float(sums[one])] for one in numbers), [rest]], len(sums) - most


def _text(units: np.int64, decimals: int) -> str:
    return signed_decimals(int(units), decimals)


def _sum_name(trace: UnitTrace) -> str:
    if trace.pooled is not None:
        return _("largest") if trace.pooled.is_max else _("average")
    if trace.sums is not None and trace.sums.is_distance:
        return _("squares")
    if (
        trace.sums is not None
        and trace.sums.patches.shape[1:] != (1, 1)
        and len(trace.sums.maps) > 1
    ):
        return _("map sums")
    return _("sum")


def _step_name(step: TraceStep) -> str:
    return step.layer if step.kind is StepKind.ADDITION else _("bias")
