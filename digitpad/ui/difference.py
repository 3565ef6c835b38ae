"""What two answers to a drawing have in common and where they part, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.recognition import Recognition, percent


@dataclass(frozen=True)
class Reading:
    """An answer and whose it is. name: of the network; classes: what it tells apart; recognition: its answer, or None
    where there is none yet."""

    name: str
    classes: tuple[str, ...]
    recognition: Recognition | None = None

    @property
    def answer(self) -> str:
        """The likeliest class's name; "" where there is no answer."""
        return "" if self.recognition is None else self.classes[self.recognition.answer]


def difference_in_words(one: Reading, other: Reading, least: float) -> str:
    """How two readings differ; least: the smallest difference of shares that is worth telling.

    Such as "lenet5 reads 7, lenet5-relu reads 1" or "Both read 7. Furthest apart on 9: 0.1 % and 12.4 %".
    """
    if one.recognition is None or other.recognition is None:
        return "Draw: both read what is on the pad"
    doubts = [not each.recognition.digit_like for each in (one, other)]  # type: ignore[union-attr]
    if doubts[0] != doubts[1]:
        doubtful, sure = (one, other) if doubts[0] else (other, one)
        return f"{doubtful.name} takes it for no digit, {sure.name} reads {sure.answer}"
    if one.answer != other.answer:
        return f"{one.name} reads {one.answer}, {other.name} reads {other.answer}"
    both = f"Both read {one.answer}"
    if one.classes != other.classes:
        return both
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
        return f"Kept: {kept.answer}. Draw another, or take an example"
    if now.answer == kept.answer:
        return f"Both are read as {now.answer}"
    return f"Above: {now.answer}. Kept below: {kept.answer}"
