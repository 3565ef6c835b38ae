"""What two answers to a drawing have in common and where they part, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.core.results import Recognition
from digitpad.core.texts import percent


@dataclass(frozen=True)
class Reading:
    """An answer and whose it is. name: of the network; classes: what it tells apart;
    recognition: its answer, or None where there is none yet; doubts: whether it is voiced that
    it looks like none of them."""

    name: str
    classes: tuple[str, ...]
    recognition: Recognition | None = None
    doubts: bool = False

    @property
    def answer(self) -> str:
        """The likeliest class's name; "" where there is no answer."""
        return "" if self.recognition is None else self.classes[self.recognition.answer]

    @property
    def said(self) -> str:
        """The answer as it is voiced."""
        return "no digit" if self.doubts else self.answer


def disagree(one: Reading, other: Reading) -> bool:
    """Whether two readings of the same classes disagree; not while one is missing."""
    if one.recognition is None or other.recognition is None or one.classes != other.classes:
        return False
    return one.doubts != other.doubts or (not one.doubts and one.answer != other.answer)


def difference_in_words(one: Reading, other: Reading, least: float) -> str:
    """How two readings differ; least: the smallest difference of shares that is worth telling.

    Such as "lenet5 reads 7, lenet5-relu reads 1" or "Both read 7. Furthest apart on 9: 0.1 % and
    12.4 %".
    """
    if one.recognition is None or other.recognition is None:
        return "Draw: both read what is on the pad"
    if one.doubts and other.doubts:
        return "Both take it for no digit"
    if one.doubts or other.doubts:
        doubtful, sure = (one, other) if one.doubts else (other, one)
        return f"{doubtful.name} takes it for no digit, {sure.name} reads {sure.answer}"
    if one.classes != other.classes:
        return f"{one.name} reads {one.answer}; {other.name}, which tells other things apart, {other.answer}"
    if one.answer != other.answer:
        return f"{one.name} reads {one.answer}, {other.name} reads {other.answer}"
    both = f"Both read {one.answer}"
    shares = one.recognition.probabilities, other.recognition.probabilities
    apart = np.abs(shares[0] - shares[1])
    furthest = int(apart.argmax())
    if apart[furthest] < least:
        return f"{both}, and hardly differ"
    words = " and ".join(percent(float(each[furthest])) for each in shares)
    return f"{both}. Furthest apart on {one.classes[furthest]}: {words}"


def kept_in_words(now: Reading, kept: Reading) -> str:
    """How what is on the pad is read beside the reading that was kept."""
    if now.recognition is None:
        return f"Kept: {kept.said}. Draw another, or take an example"
    if now.said == kept.said:
        return f"Both are read as {now.said}"
    return f"Above: {now.said}. Kept below: {kept.said}"
