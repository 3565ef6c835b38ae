"""The answer, large, and beneath it what the network gives each class."""

from __future__ import annotations

from enum import Enum

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from digitpad.core.results import Recognition
from digitpad.core.texts import percent, rejection_text
from digitpad.datasets import DIGITS
from digitpad.ui.answer.bars import Bar, paint_bars
from digitpad.ui.style.panel import Panel

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_COMPACT = 380

TOLD_APART = 0.02
"""Shares of two networks that are closer than this are not pointed out as different."""


class PanelState(Enum):
    """What the answer panel has to say."""

    IDLE = "resting"
    WAITING = "waiting"
    ANSWERING = "answering"
    REJECTED = "doubting"


class AnswerPanel(Panel):
    """A card with the answer, how sure it is, the runner-up, and a bar for each class.

    Attributes:
        mood: IDLE on an empty pad, WAITING while the recogniser loads, ANSWERING, or REJECTED
        where it looks like no digit.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = PanelState.IDLE
        self._classes: tuple[str, ...] = DIGITS
        self._recognition: Recognition | None = None
        self._label: str | None = None
        self._label_source = "MNIST"
        self._gives_distances = False
        self._other: np.ndarray | None = None
        self._is_hopeless = False
        self.setAccessibleName("Answer")

    def set_classes(self, classes: tuple[str, ...]) -> bool:
        """Name the classes, one bar for each; returns whether they are others than before, to
        which no answer shown belongs any more."""
        if classes == self._classes:
            return False
        self._classes = classes
        self.show_nothing()
        return True

    def show_nothing(self) -> None:
        """An empty pad: no answer, bars at rest."""
        self._show(PanelState.IDLE, None)

    def show_waiting(self, hopeless: bool = False) -> None:
        """Something is drawn and there is no recogniser yet; hopeless: nor will there be by itself."""
        self._is_hopeless = hopeless
        self._show(PanelState.WAITING, None)

    def show_recognition(self, recognition: Recognition, doubting: bool = False) -> None:
        """Show an answer; doubting: say that it looks like no digit, and why, in place of the
        answer."""
        self._show(PanelState.REJECTED if doubting else PanelState.ANSWERING, recognition)

    def show_label(self, label: str | None, source: str = "MNIST") -> None:
        """The real class of an example on the pad, to be held against the answer, and the data
        set that says so; None where it is not known."""
        self._label, self._label_source = label, source
        self.update()

    def set_distances(self, gives_distances: bool) -> None:
        """Whether the logits are distances with their sign turned, which the bars then show: the
        smallest wins."""
        self._gives_distances = gives_distances
        self.update()

    def show_other(self, probabilities: np.ndarray | None) -> None:
        """Mark on the bars what another network says of the same classes, float32 (classes,); an
        empty array: it has said nothing yet; None: there is no other one, and the bars show what
        they did."""
        self._other = probabilities
        self.update()

    def _show(self, state: PanelState, recognition: Recognition | None) -> None:
        self.state = state
        self._recognition = recognition
        self.setAccessibleDescription(self.answer_text())
        self.update()

    def answer_text(self) -> str:
        """What the panel says, in words: for screen readers, tests and the clipboard."""
        if self._recognition is None:
            if self.state is PanelState.WAITING:
                return (
                    "There is no recogniser."
                    if self._is_hopeless
                    else "The network is still loading."
                )
            return "Nothing is drawn."
        first, second = self._recognition.ranking[:2]
        shares = self._recognition.probabilities
        text = f"{self._classes[first]}, {percent(shares[first])}; then {self._classes[second]}, {percent(shares[second])}"
        if self.state is PanelState.REJECTED:
            return f"Not a digit? {self._why()} ({text})"
        return text

    def _why(self) -> str:
        """Why it is rejected, in words."""
        assert self._recognition is not None
        return rejection_text(self._recognition.rejection, self._classes)

    @property
    def headline(self) -> str:
        """What the panel says largest: the answer, "Not a digit?", or nothing."""
        if self._recognition is None:
            return ""
        return (
            "Not a digit?"
            if self.state is PanelState.REJECTED
            else self._classes[self._recognition.answer]
        )

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        margin = 18 * self.unit
        inner = QRectF(self.rect()).adjusted(margin, 8 * self.unit, -margin, -10 * self.unit)
        is_compact = inner.height() < _COMPACT * self.unit
        head = min(inner.height() * (0.32 if is_compact else 0.4), 250 * self.unit)
        self._paint_answer(painter, QRectF(inner.x(), inner.y(), inner.width(), head), is_compact)
        inner.setTop(inner.y() + head + (2 if is_compact else 4) * self.unit)
        caption = 18 * self.unit
        self._paint_caption(painter, QRectF(inner.x(), inner.y(), inner.width(), caption))
        paint_bars(
            painter, self, inner.adjusted(0, caption, 0, 0), self.bars(), self._widest_number()
        )

    def _paint_answer(self, painter: QPainter, box: QRectF, is_compact: bool) -> None:
        if self._recognition is None:
            self._paint_rest(painter, box)
        elif self.state is PanelState.REJECTED:
            self._paint_doubt(painter, box, is_compact)
        elif is_compact:
            # The answer at the left, what is said of it at its right.
            glyph = QRectF(box.x(), box.y(), 0.46 * box.width(), box.height())
            self._paint_glyph(painter, glyph, self.headline)
            beside = box.adjusted(glyph.width() + 4 * self.unit, 0, 0, 0)
            half = beside.height() / 2
            self._paint_words(
                painter, beside.adjusted(0, 8, 0, -half), beside.adjusted(0, half, 0, -8), _LEFT
            )
        else:
            line = 24 * self.unit
            glyph = box.adjusted(0, 0, 0, -2 * line)
            self._paint_glyph(painter, glyph, self.headline)
            first = QRectF(box.x(), glyph.bottom(), box.width(), line)
            self._paint_words(painter, first, first.translated(0, 0.92 * line), _CENTRE)

    def _paint_rest(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QColor(self.theme.quiet))
        painter.setFont(self.sized_font(14))
        text = "The answer appears here"
        if self.state is PanelState.WAITING:
            text = "Nothing reads it:\nthe recogniser stopped"
            if not self._is_hopeless:
                text = "Reading as soon as\nthe network is loaded"
        painter.drawText(box, _CENTRE, text)

    def _paint_doubt(self, painter: QPainter, box: QRectF, is_compact: bool) -> None:
        assert self._recognition is not None
        title = 34 * self.unit if not is_compact else 24 * self.unit
        above = 0.0 if is_compact else max(0.0, 0.4 * box.height() - title)
        painter.setPen(QColor(self.theme.quiet))
        painter.setFont(
            self.fitting_font(self.headline, box.width(), 17 if is_compact else 24, bold=True)
        )
        painter.drawText(
            QRectF(box.x(), box.y() + above, box.width(), title), _CENTRE, self.headline
        )
        painter.setFont(self.sized_font(11.5 if is_compact else 13))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(0, above + title, 0, 0), flags, self._why())

    def _paint_glyph(self, painter: QPainter, box: QRectF, name: str) -> None:
        """The answer as large as the box allows, a long name of two words on two lines."""
        words = name.split(" ") if len(name) > 8 and " " in name else [name]
        lines = [words[0], " ".join(words[1:])] if len(words) > 1 else [name]
        largest = (
            min(box.height() * (0.98 if len(name) == 1 else 0.62) / len(lines), 190 * self.unit)
            / self.unit
        )
        longest = max(lines, key=len)
        painter.setFont(self.fitting_font(longest, box.width() - 4 * self.unit, largest, bold=True))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box, _CENTRE, "\n".join(lines))

    def _paint_words(
        self, painter: QPainter, first_line: QRectF, second_line: QRectF, flags
    ) -> None:
        """How sure the answer is, and beneath it the runner-up or the real class."""
        assert self._recognition is not None
        ranking, shares = self._recognition.ranking, self._recognition.probabilities
        painter.setPen(QColor(self.theme.text))
        share = percent(float(shares[ranking[0]]))
        painter.setFont(self.fitting_font(share, first_line.width(), 17))
        painter.drawText(first_line, flags, share)
        painter.setPen(QColor(self.theme.quiet))
        runner_up = f"{self._classes[ranking[1]]}, {percent(float(shares[ranking[1]]))}"
        texts = [f"then {runner_up}", runner_up]
        if self._label is not None:
            right = self._label == self._classes[ranking[0]]
            verdict = f"{self._label} — {'right' if right else 'wrong'}"
            texts = [f"{self._label_source}'s label: {verdict}", f"label: {verdict}", verdict]
            if not right:
                painter.setPen(QColor(self.theme.warning))
        painter.setFont(self.sized_font(12.5))
        width = painter.fontMetrics().horizontalAdvance
        text = next((each for each in texts if width(each) <= second_line.width()), texts[-1])
        painter.setFont(self.fitting_font(text, second_line.width(), 12.5))
        painter.drawText(second_line, flags, text)

    def _paint_caption(self, painter: QPainter, box: QRectF) -> None:
        """What the bars show."""
        painter.setPen(QColor(self.theme.quiet))
        numbers = "distance" if self._gives_distances and not self._shows_distances else ""
        painter.setFont(self.fitting_font(f"{self.caption}  {numbers}".rstrip(), box.width(), 11))
        painter.drawText(box, _LEFT, self.caption)
        painter.drawText(box, _RIGHT, numbers)

    def _widest_number(self) -> str:
        return "88.88" if self._gives_distances else "> 99.9 %"

    @property
    def _shows_distances(self) -> bool:
        """Whether the bars are distances; beside another network's they are probabilities, and
        the numbers tell the distances."""
        return self._gives_distances and self._other is None

    @property
    def caption(self) -> str:
        """What the bars show, in words."""
        if self._shows_distances:
            return "Distance to each code: smallest wins"
        if self._other is not None:
            return "Probability  ┃ the other's"
        return "Probability"

    def bars(self) -> list[Bar]:
        """The bars as they are shown, one for each class."""
        if self._recognition is None:
            return [Bar(name) for name in self._classes]
        numbers = self._recognition.probabilities.astype(float)
        lengths = numbers.clip(0, 1)
        words = [percent(number) for number in numbers]
        if self._gives_distances:
            distances = -self._recognition.logits.astype(float)
            words = [_short(distance) for distance in distances]
        if self._shows_distances:
            numbers = distances
            # Not from zero to the longest alone: the smallest must still be seen where all are
            # about alike.
            lengths = (numbers / max(float(numbers.max()), 1e-6)).clip(0, 1)
        best = self._recognition.answer if self.state is PanelState.ANSWERING else -1
        others: list[float | None] = [None] * len(numbers)
        if self._other is not None and len(self._other) == len(numbers):
            apart = np.abs(self._other - numbers) >= TOLD_APART
            others = [
                float(share) if told else None
                for share, told in zip(self._other, apart, strict=True)
            ]
        return [
            Bar(name, float(lengths[index]), words[index], index == best, others[index])
            for index, name in enumerate(self._classes)
        ]


def _short(distance: float) -> str:
    """A distance in few figures."""
    return f"{distance:.0f}" if distance >= 100 else f"{distance:.1f}"
