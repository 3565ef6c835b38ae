"""The answer, large, and the ten probabilities beneath it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from digitpad.recognition import Recognition, percent
from digitpad.ui.panel import Panel

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Mood(Enum):
    """What the answer panel has to say."""

    RESTING = "resting"
    WAITING = "waiting"
    ANSWERING = "answering"
    DOUBTING = "doubting"


class AnswerPanel(Panel):
    """A card with the answer, how sure it is, the runner-up, and a bar for each class.

    Attributes:
        mood: RESTING on an empty pad, WAITING while the recogniser loads, ANSWERING, or DOUBTING where it looks like
        no digit.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mood = Mood.RESTING
        self._classes: tuple[str, ...] = tuple("0123456789")
        self._recognition: Recognition | None = None
        self._label: str | None = None
        self._is_hopeless = False
        self.setAccessibleName("Answer")

    def set_classes(self, classes: tuple[str, ...]) -> bool:
        """Name the classes, one bar for each; returns whether they are others than before, to which no answer shown
        belongs any more."""
        if classes == self._classes:
            return False
        self._classes = classes
        self.show_nothing()
        return True

    def show_nothing(self) -> None:
        """An empty pad: no answer, bars at rest."""
        self._show(Mood.RESTING, None)

    def show_waiting(self, hopeless: bool = False) -> None:
        """Something is drawn and there is no recogniser yet; hopeless: nor will there be by itself."""
        self._is_hopeless = hopeless
        self._show(Mood.WAITING, None)

    def show_recognition(self, recognition: Recognition, doubting: bool = False) -> None:
        """Show an answer; doubting: say that it looks like no digit, and why, in place of the answer."""
        self._show(Mood.DOUBTING if doubting else Mood.ANSWERING, recognition)

    def show_label(self, label: str | None) -> None:
        """The real class of an example on the pad, to be held against the answer; None where it is not known."""
        self._label = label
        self.update()

    def _show(self, mood: Mood, recognition: Recognition | None) -> None:
        self.mood = mood
        self._recognition = recognition
        self.setAccessibleDescription(self.answer_text())
        self.update()

    def answer_text(self) -> str:
        """What the panel says, in words: for screen readers, tests and the clipboard."""
        if self._recognition is None:
            if self.mood is Mood.WAITING:
                return "There is no recogniser." if self._is_hopeless else "The network is still loading."
            return "Nothing is drawn."
        first, second = self._recognition.ranking[:2]
        shares = self._recognition.probabilities
        text = (
            f"{self._classes[first]}, {percent(shares[first])}; then {self._classes[second]}, {percent(shares[second])}"
        )
        if self.mood is Mood.DOUBTING:
            return f"Not a digit? {self._recognition.reason} ({text})"
        return text

    @property
    def headline(self) -> str:
        """What the panel says largest: the answer, "Not a digit?", or nothing."""
        if self._recognition is None:
            return ""
        return "Not a digit?" if self.mood is Mood.DOUBTING else self._classes[self._recognition.answer]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        margin = 18 * self.unit
        inner = QRectF(self.rect()).adjusted(margin, 10 * self.unit, -margin, -14 * self.unit)
        head = min(inner.height() * 0.40, 250 * self.unit)
        self._paint_answer(painter, QRectF(inner.x(), inner.y(), inner.width(), head))
        self._paint_bars(painter, inner.adjusted(0, head + 6 * self.unit, 0, 0))

    def _paint_answer(self, painter: QPainter, box: QRectF) -> None:
        lines = 24 * self.unit
        glyph = QRectF(box.x(), box.y(), box.width(), box.height() - 2 * lines)
        first_line = QRectF(box.x(), glyph.bottom(), box.width(), lines)
        second_line = first_line.translated(0, lines * 0.92)
        if self._recognition is None:
            painter.setPen(QColor(self.theme.quiet))
            painter.setFont(self.sized_font(14))
            text = "The answer appears here"
            if self.mood is Mood.WAITING:
                text = "Nothing reads it:\nthe recogniser stopped"
                if not self._is_hopeless:
                    text = "Reading as soon as\nthe network is loaded"
            painter.drawText(box, _CENTRE, text)
            return
        ranking, shares = self._recognition.ranking, self._recognition.probabilities
        first, second = ranking[0], ranking[1]
        doubting = self.mood is Mood.DOUBTING
        name = self._classes[first]
        font = self.sized_font(13, bold=True)
        size = min(glyph.height() * 0.98, 190 * self.unit) if not doubting else 24 * self.unit
        if len(name) > 1 and not doubting:
            size = min(size, 1.5 * glyph.width() / len(name))
        font.setPixelSize(max(12, round(size)))
        painter.setFont(font)
        painter.setPen(QColor(self.theme.quiet if doubting else self.theme.text))
        painter.drawText(glyph, _CENTRE, self.headline)
        painter.setFont(self.sized_font(13 if doubting else 17))
        if doubting:
            painter.setPen(QColor(self.theme.quiet))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(
                QRectF(box.x(), glyph.bottom() - lines, box.width(), 3 * lines), flags, self._recognition.reason
            )
            return
        painter.drawText(first_line, _CENTRE, percent(float(shares[first])))
        painter.setFont(self.sized_font(12.5))
        painter.setPen(QColor(self.theme.quiet))
        text = f"then {self._classes[second]}, {percent(float(shares[second]))}"
        if self._label is not None:
            right = self._label == name
            text = f"MNIST's label: {self._label} — {'right' if right else 'wrong'}"
            if not right:
                painter.setPen(QColor(self.theme.warning))
        painter.drawText(second_line, _CENTRE, text)

    def _paint_bars(self, painter: QPainter, box: QRectF) -> None:
        count = max(1, len(self._classes))
        row = box.height() / count
        painter.setFont(self.sized_font(13, bold=True))
        metrics = painter.fontMetrics()
        names = max(metrics.horizontalAdvance(name) for name in self._classes) + 12 * self.unit
        numbers = metrics.horizontalAdvance("> 99.9 %") + 10 * self.unit
        thickness = min(row * 0.46, 16 * self.unit)
        shares = self._recognition.probabilities if self._recognition is not None else None
        best = self._recognition.answer if self._recognition is not None else -1
        for index, name in enumerate(self._classes):
            top = box.y() + index * row
            is_best = index == best and self.mood is Mood.ANSWERING
            painter.setFont(self.sized_font(13, bold=is_best))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QRectF(box.x(), top, names, row), _LEFT, name)
            track = QRectF(box.x() + names, top + (row - thickness) / 2, box.width() - names - numbers, thickness)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.track))
            radius = min(4 * self.unit, thickness / 2)
            painter.drawRoundedRect(track, radius, radius)
            if shares is None:
                continue
            share = float(shares[index])
            if share >= 0.002:
                painter.setBrush(QColor(self.theme.accent if is_best else self.theme.quiet))
                filled = QRectF(track.x(), track.y(), max(track.width() * share, 2.0), track.height())
                rounding = min(radius, filled.width() / 2)
                painter.drawRoundedRect(filled, rounding, rounding)
            painter.setPen(QColor(self.theme.text if is_best else self.theme.quiet))
            painter.drawText(QRectF(track.right(), top, numbers, row), _RIGHT, percent(share))
