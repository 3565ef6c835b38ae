"""One test image, large, with what it is, what it was read as and how probable each class was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.results import percent
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme, ink_table

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SIDE = 28
_COLUMN_ROWS = 5


@dataclass(frozen=True)
class ImageFacts:
    """A test image and its answer.

    number: counted from 1; digit: uint8 (28, 28), 255 = ink; label: its class; probabilities:
    float32 (classes,), or None where it is not yet read; accepted: False where it would be turned
    away.
    """

    number: int
    digit: np.ndarray
    label: int
    probabilities: np.ndarray | None = None
    accepted: bool = True

    @property
    def ranking(self) -> list[int]:
        """The classes, likeliest first; none where it is not yet read."""
        return (
            []
            if self.probabilities is None
            else [int(i) for i in np.argsort(-self.probabilities, kind="stable")]
        )

    def in_words(self, classes: tuple[str, ...]) -> str:
        """What it is and what it was read as, such as "Image 248: 4, read as 2 (61.0 %), then 4
        (38.2 %)"."""
        start = f"Image {self.number:,}: {classes[self.label]}"
        if self.probabilities is None:
            return f"{start}, not yet read"
        shares = [
            f"{classes[i]} ({percent(float(self.probabilities[i]))})" for i in self.ranking[:2]
        ]
        text = f"{start}, read as {', then '.join(shares)}"
        return text if self.accepted else f"{text}; it would be rejected"


class ImageDetail(Panel):
    """A strip with the selected image, a bar for each class, and a button that puts the image on
    the pad.

    Attributes:
        pad_button: the button, disabled where no image is selected.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: ImageFacts | None = None
        self._classes: tuple[str, ...] = ()
        self._colours = ink_table(self.theme)
        self.pad_button = QToolButton(self)
        self.pad_button.setText("Put it\non the pad")
        self.pad_button.setAccessibleName("Put it on the pad")
        self.pad_button.setToolTip(
            "Put the selected image on the pad (Enter, or a double click).\n"
            "The pad lays it out anew, as it does drawings, so that a close call may be read otherwise there."
        )
        self.pad_button.setEnabled(False)
        self.setAccessibleName("The selected image")
        self.setAccessibleDescription(self.text)

    def show_image(self, info: ImageFacts | None, classes: tuple[str, ...]) -> None:
        """Show an image; None shows none."""
        self._info, self._classes = info, classes
        self.setAccessibleDescription(self.text)
        self.pad_button.setEnabled(info is not None)
        self.update()

    @property
    def text(self) -> str:
        """What the strip says, in words."""
        return "No image is selected." if self._info is None else self._info.in_words(self._classes)

    def set_theme(self, theme: Theme) -> None:
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def set_unit(self, unit: float) -> None:
        super().set_unit(unit)
        self.pad_button.setFont(self.sized_font(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, height = round(92 * self.unit), round(56 * self.unit)
        margin = round(16 * self.unit)
        self.pad_button.setGeometry(
            QRect(self.width() - margin - width, (self.height() - height) // 2, width, height)
        )
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        inner = QRectF(self.rect()).adjusted(
            14 * self.unit, 9 * self.unit, -14 * self.unit, -9 * self.unit
        )
        if self._info is None:
            painter.setFont(self.sized_font(13))
            painter.setPen(QColor(self.theme.quiet))
            inner.setRight(self.pad_button.x())
            hint = "Choose an image to see how it was read. Enter or a double click puts it on the pad."
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, hint)
            return
        picture = self._paint_digit(painter, self._info, inner)
        words_width = min(inner.width() * 0.30, 260 * self.unit)
        words = QRectF(picture.right() + 14 * self.unit, inner.y(), words_width, inner.height())
        self._paint_words(painter, self._info, words)
        bars = QRectF(inner)
        bars.setLeft(words.right() + 16 * self.unit)
        bars.setRight(self.pad_button.x() - 20 * self.unit)
        if self._info.probabilities is not None:
            self._paint_bars(painter, self._info, self._info.probabilities, bars)

    def _paint_digit(self, painter: QPainter, info: ImageFacts, inner: QRectF) -> QRectF:
        """The image at whole device pixels; returns where it lies."""
        ratio = self.devicePixelRatioF()
        cell = max(1, int(inner.height() * ratio / _SIDE))
        side = cell * _SIDE / ratio
        left = round(inner.x() * ratio) / ratio
        top = round((inner.y() + (inner.height() - side) / 2) * ratio) / ratio
        levels = np.ascontiguousarray(info.digit)
        image = QImage(levels.data, _SIDE, _SIDE, levels.strides[0], QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        box = QRectF(left, top, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawImage(box, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return box

    def _paint_words(self, painter: QPainter, info: ImageFacts, box: QRectF) -> None:
        theme, name = self.theme, self._classes[info.label]
        lines: list[tuple[str, float, bool, str]] = [
            (f"Image {info.number:,}", 11.5, False, theme.quiet)
        ]
        ranking = info.ranking
        if not ranking:
            lines += [(name, 20, True, theme.text), ("not yet read", 13, False, theme.quiet)]
        elif ranking[0] == info.label:
            lines += [(name, 20, True, theme.text), ("read rightly", 13, False, theme.text)]
        else:
            lines += [
                (f"{name} → {self._classes[ranking[0]]}", 20, True, theme.accent),
                (f"Right would be {name}.", 13, False, theme.text),
            ]
        if not info.accepted:
            lines.append(("It would be rejected.", 12, False, theme.warning))
        heights = [pixels * 1.5 * self.unit for _, pixels, _, _ in lines]
        top = box.y() + (box.height() - sum(heights)) / 2
        for (text, pixels, bold, colour), height in zip(lines, heights, strict=True):
            font = self.sized_font(pixels, bold=bold)
            # Long names take smaller letters before they are cut.
            advance = QFontMetricsF(font).horizontalAdvance(text)
            if advance > box.width():
                font.setPixelSize(max(9, int(font.pixelSize() * max(0.65, box.width() / advance))))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            cut = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(box.width()) + 1
            )
            painter.drawText(QRectF(box.x(), top, box.width() + 2, height), _LEFT, cut)
            top += height

    def _paint_bars(
        self, painter: QPainter, info: ImageFacts, shares: np.ndarray, box: QRectF
    ) -> None:
        """A bar for each class, five to a column."""
        columns = -(-len(self._classes) // _COLUMN_ROWS)
        gap = 20 * self.unit
        width = (box.width() - gap * (columns - 1)) / columns
        row = box.height() / min(_COLUMN_ROWS, len(self._classes))
        thickness = min(row * 0.42, 12 * self.unit)
        painter.setFont(self.sized_font(12.5, bold=True))
        metrics = painter.fontMetrics()
        names = max(metrics.horizontalAdvance(name) for name in self._classes) + 8 * self.unit
        numbers = metrics.horizontalAdvance("> 99.9 %") + 6 * self.unit
        best = info.ranking[0]
        for index, name in enumerate(self._classes):
            column, line = divmod(index, _COLUMN_ROWS)
            left, top = box.x() + column * (width + gap), box.y() + line * row
            painter.setFont(self.sized_font(12.5, bold=index in (best, info.label)))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QRectF(left, top, names, row), _LEFT, name)
            track = QRectF(
                left + names, top + (row - thickness) / 2, width - names - numbers, thickness
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.track))
            radius = thickness / 2.5
            painter.drawRoundedRect(track, radius, radius)
            share = float(shares[index])
            if share >= 0.002:
                is_wrong = index == best != info.label
                painter.setBrush(QColor(self.theme.accent if is_wrong else self.theme.quiet))
                filled = QRectF(track.x(), track.y(), max(track.width() * share, 2.0), thickness)
                painter.drawRoundedRect(
                    filled, min(radius, filled.width() / 2), min(radius, filled.width() / 2)
                )
            painter.setFont(self.sized_font(11.5))
            painter.setPen(
                QColor(self.theme.text if index in (best, info.label) else self.theme.quiet)
            )
            painter.drawText(QRectF(track.right(), top, numbers, row), _RIGHT, percent(share))
