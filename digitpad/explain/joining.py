"""The parts of an attribution, put together; nothing here needs torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitpad.core.constants import FIELD
from digitpad.explain.questions import WhyQuestion
from digitpad.explain.results import Attribution, AttributionPart, NoReason


def attribution_refusal(question: WhyQuestion) -> Attribution | None:
    """The answer to a question that nothing need be asked for, since there is no explanation."""
    if question.digit.any():
        return None
    empty = np.zeros((FIELD, FIELD), np.float32)
    part = AttributionPart(empty, empty, 0.0, 0.0, 0, NoReason.EMPTY)
    return join_attribution(question, [part])


def join_attribution(question: WhyQuestion, parts: Sequence[AttributionPart]) -> Attribution:
    """The answer to a question out of all parts of its path, of which there is at least one."""
    failed = next((part for part in parts if part.reason is not None), None)
    last = parts[-1] if failed is None else failed
    ink = np.zeros((FIELD, FIELD))
    for part in parts if failed is None else ():
        ink += part.ink
    return Attribution(
        question.first,
        question.second,
        last.margin,
        ink.astype(np.float32),
        float(ink.sum()),
        last.paper_part,
        parts[0].missing if failed is None else last.missing,
        sum(part.midpoints for part in parts),
        question.is_random,
        last.reason,
    )
