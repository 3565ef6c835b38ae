"""Whether several digits are on the pad, and which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from digitpad.engine.requests import MOST_SOON, READ_PARTS, BatchAnswer
from digitpad.ink.apart import PadPart, parts_of_drawing
from digitpad.ink.drawing import Mark
from digitpad.ink.segmentation import are_digits

if TYPE_CHECKING:
    from digitpad.ui.shell.session import Session


@dataclass(frozen=True, eq=False)
class SeveralDigit:
    """One of several digits on the pad, read alone.

    part: where it lies, and how to take it. answer: the likeliest class. accepted: False where the
    network would reject it.
    """

    part: PadPart
    answer: int
    accepted: bool


class SeveralDigits(QObject):
    """Looks for digits that stand apart once the pen rests and what is on the pad is read, and has
    the recogniser read each; while the pen moves it does nothing.

    Attributes:
        found: the digits in reading order; none where there is but one, or none is known yet.
        is_looking: the parts are being read: whether it is one digit is not known yet.
        parts_of_picture: the digits of a picture that alone is on the pad, () where it is one
            digit; None for any other mark, whose ink is looked at.

    Signals:
        changed: what is found, or that nothing is.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """session: what is on the pad, and how the whole is read."""
        super().__init__(session)
        self.found: tuple[SeveralDigit, ...] = ()
        self.is_looking = False
        self.parts_of_picture: Callable[[Mark], tuple[PadPart, ...] | None] = lambda mark: None
        self._session = session
        self._is_known = False
        self._search = 0
        session.pad.ink_changed.connect(self._forget)
        session.network_changed.connect(self._forget)
        session.answer_changed.connect(self._look)

    @property
    def answers(self) -> tuple[int | None, ...]:
        """The classes of what is found, None for what the network rejects."""
        return tuple(one.answer if one.accepted else None for one in self.found)

    def take(self, number: int) -> None:
        """Leave one of the digits found alone on the pad, counted from 0, as one step of undo;
        nothing where there is none of that number."""
        if 0 <= number < len(self.found):
            self._session.pad.show_marks(self.found[number].part.alone())

    def _forget(self) -> None:
        # With every move of the pen.
        if self._is_known:
            self._is_known = self.is_looking = False
            self.found = ()
            self._search += 1

    def _look(self) -> None:
        session = self._session
        if session.recognition is None:
            # What was asked before may have ended with the recogniser.
            self._forget()
        elif session.pad.replayed is not None:
            # What is shown for a while is no drawing of its own.
            return
        elif not self._is_known and session.is_resting and not session.is_reading_due:
            self._is_known = True
            # Clothes have parts, and a labelled example is one digit by its label.
            is_one = session.data_set.fills_field or session.label is not None
            parts = () if is_one else self._parts()
            if len(parts) > 1:
                self.is_looking = True
                self._read(self._search, parts, [])

    def _parts(self) -> tuple[PadPart, ...]:
        pad = self._session.pad
        marks = pad.drawing.marks
        if len(marks) == 1 and (parts := self.parts_of_picture(marks[0])) is not None:
            return parts
        return parts_of_drawing(marks, pad.ink)

    def _read(self, search: int, parts: tuple[PadPart, ...], read: list[SeveralDigit]) -> None:
        """Have the parts read that are not read yet, a few at a time, and tell of all in the
        end."""
        asked = parts[len(read) : len(read) + MOST_SOON]
        digits = np.rint([255 * part.digit for part in asked]).astype(np.uint8)

        def take(answer: BatchAnswer) -> None:
            answers = answer.probabilities.argmax(axis=1)
            for part, one, accepted in zip(asked, answers, answer.accepted, strict=True):
                read.append(SeveralDigit(part, int(one), bool(accepted)))
            if search != self._search:
                return
            if len(read) < len(parts):
                self._read(search, parts, read)
            else:
                self._tell(read)

        def refused(why: str) -> None:
            if search == self._search:
                self._tell([])

        self._session.client.ask(READ_PARTS, digits, take, refused)

    def _tell(self, read: list[SeveralDigit]) -> None:
        self.is_looking = False
        whole = self._session.recognition
        accepted = [one.accepted for one in read]
        # A scribble beside a digit is said to be one; two scribbles are not said to be digits.
        if whole is not None and any(accepted) and are_digits(whole.accepted, accepted):
            self.found = tuple(read)
        self.changed.emit()
