"""What two answers to a drawing have in common and where they part, in words."""

from __future__ import annotations

import numpy as np

from digitpad.core.languages import _
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
        return _("Draw: both read what is on the pad")
    first, second = _names(one, other)
    if one.is_rejected and other.is_rejected:
        return _("Both reject it")
    if one.is_rejected or other.is_rejected:
        if one.is_rejected:
            return _("{first} rejects it, {second} reads {answer}").format(
                first=first, second=second, answer=other.answer
            )
        return _("{second} rejects it, {first} reads {answer}").format(
            second=second, first=first, answer=one.answer
        )
    if one.classes != other.classes:
        return _(
            "{first} reads {answer}; {second}, which tells other things apart, {other}"
        ).format(first=first, answer=one.answer, second=second, other=other.answer)
    if one.answer != other.answer:
        return _("{first} reads {answer}, {second} reads {other}").format(
            first=first, answer=one.answer, second=second, other=other.answer
        )
    both = _("Both read {answer}").format(answer=one.answer)
    shares = one.recognition.probabilities, other.recognition.probabilities
    apart = np.abs(shares[0] - shares[1])
    furthest = int(apart.argmax())
    if apart[furthest] < least:
        return _("{both}, and hardly differ").format(both=both)
    upper, lower = (percent(float(each[furthest])) for each in shares)
    return _("{both}. Furthest apart on {name}: {upper} and {lower}").format(
        both=both, name=one.classes[furthest], upper=upper, lower=lower
    )


def pinned_in_words(now: Reading, pinned: Reading) -> str:
    """How what is on the pad is read beside the reading that was pinned."""
    if now.recognition is None:
        return _("Kept: {said}. Draw another, or take a sample").format(said=_said(pinned))
    if _said(now) == _said(pinned):
        return (
            _("Both are rejected")
            if now.is_rejected
            else _("Both are read as {answer}").format(answer=now.answer)
        )
    return _("Now: {now}. Kept: {kept}").format(now=_said(now), kept=_said(pinned))


def _said(reading: Reading) -> str:
    """The answer as it is voiced."""
    return _("rejected") if reading.is_rejected else reading.answer


def _names(one: Reading, other: Reading) -> tuple[str, str]:
    """What to call the networks; two of one name are told apart by how they were trained."""
    assert one.info is not None and other.info is not None
    first, second = one.info.network, other.info.network
    if first == second:
        second += f" ({other.info.metadata.get('recipe') or _('other weights')})"
    return first, second
