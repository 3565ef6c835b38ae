"""What two answers to a drawing have in common and where they part, in words."""

from __future__ import annotations

import numpy as np

from digitpad.core.texts import percent
from digitpad.ui.answer.reading import Reading


def disagree(one: Reading, other: Reading) -> bool:
    """Whether two readings of the same classes disagree; not while one is missing."""
    if one.recognition is None or other.recognition is None or one.classes != other.classes:
        return False
    return one.is_rejected != other.is_rejected or (
        not one.is_rejected and one.answer != other.answer
    )


def difference_in_words(one: Reading, other: Reading, least: float) -> str:
    """How two readings differ; least: the smallest difference of shares that is worth telling.

    Such as "lenet5 reads 7, lenet5-relu reads 1" or "Both read 7. Furthest apart on 9: 0.1 % and
    12.4 %".
    """
    if one.recognition is None or other.recognition is None:
        return "Draw: both read what is on the pad"
    first, second = _names(one, other)
    if one.is_rejected and other.is_rejected:
        return "Both reject it"
    if one.is_rejected or other.is_rejected:
        if one.is_rejected:
            return f"{first} rejects it, {second} reads {other.answer}"
        return f"{second} rejects it, {first} reads {one.answer}"
    if one.classes != other.classes:
        return (
            f"{first} reads {one.answer}; {second}, which tells other things apart, {other.answer}"
        )
    if one.answer != other.answer:
        return f"{first} reads {one.answer}, {second} reads {other.answer}"
    both = f"Both read {one.answer}"
    shares = one.recognition.probabilities, other.recognition.probabilities
    apart = np.abs(shares[0] - shares[1])
    furthest = int(apart.argmax())
    if apart[furthest] < least:
        return f"{both}, and hardly differ"
    words = " and ".join(percent(float(each[furthest])) for each in shares)
    return f"{both}. Furthest apart on {one.classes[furthest]}: {words}"


def pinned_in_words(now: Reading, pinned: Reading) -> str:
    """How what is on the pad is read beside the reading that was pinned."""
    if now.recognition is None:
        return f"Kept: {_said(pinned)}. Draw another, or take a sample"
    if _said(now) == _said(pinned):
        return "Both are rejected" if now.is_rejected else f"Both are read as {now.answer}"
    return f"Above: {_said(now)}. Kept below: {_said(pinned)}"


def _said(reading: Reading) -> str:
    """The answer as it is voiced."""
    return "rejected" if reading.is_rejected else reading.answer


def _names(one: Reading, other: Reading) -> tuple[str, str]:
    """What to call the networks; two of one name are told apart by how they were trained."""
    assert one.info is not None and other.info is not None
    first, second = one.info.network, other.info.network
    if first == second:
        second += f" ({other.info.metadata.get('recipe', 'other weights')})"
    return first, second
