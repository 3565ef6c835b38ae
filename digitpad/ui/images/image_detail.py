"""One test image, large, with what it is, what it was read as and how probable each class was."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.constants import FIELD
from digitpad.core.languages import _
from digitpad.core.texts import percent
from digitpad.ui.answer.bars import Bar, paint_bars
from digitpad.ui.images.answers import ImageInfo
from digitpad.ui.images.words import image_in_words
from digitpad.ui.style.panel import LEFT, Panel
from digitpad.ui.style.square_drawing import draw_squares
from digitpad.ui.style.theme import Theme, ink_table

_COLUMN_ROWS = 5
_WIDEST_NUMBER = "> 99.9 %"


class ImageDetail(Panel):
    """A strip with the selected image, a bar for each class, and a button that puts the image on
    the pad.

    Attributes:
        pad_button: the button, disabled where no image is selected.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """No image is selected."""
        super().__init__(parent)
        self._info: ImageInfo | None = None
        self._classes: tuple[str, ...] = ()
        self._colours = ink_table(self.theme)
        self.pad_button = QToolButton(self)
        self.pad_button.setText(_("Put it\non the pad"))
        self.pad_button.setAccessibleName(_("Put it on the pad"))
        self.pad_button.setToolTip(
            _(
                "Put the selected image on the pad (Enter, or a double click).\nThe pad "
                "lays it out anew, as it does drawings, so that a close call may be read\n"
                "otherwise there."
            )
        )
        self.pad_button.setEnabled(False)
        self.setAccessibleName(_("The selected image"))
        self.setAccessibleDescription(self.text)

    def show_image(self, info: ImageInfo | None, classes: tuple[str, ...]) -> None:
        """Show an image; None shows none."""
        self._info, self._classes = info, classes
        self.setAccessibleDescription(self.text)
        self.pad_button.setEnabled(info is not None)
        self.update()

    @property
    def text(self) -> str:
        """What the strip says, in words."""
        return (
            _("No image is selected.")
            if self._info is None
            else image_in_words(self._info, self._classes)
        )

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.pad_button.setFont(self.sized_font(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button at the right edge."""
        metrics = self.pad_button.fontMetrics()
        words = max(map(metrics.horizontalAdvance, self.pad_button.text().split("\n")))
        width = max(round(92 * self.unit), words + round(14 * self.unit))
        height = round(56 * self.unit)
        margin = round(16 * self.unit)
        self.pad_button.setGeometry(
            QRect(self.width() - margin - width, (self.height() - height) // 2, width, height)
        )
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card: image, words and bars, or what to do where none is selected."""
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
            hint = _(
                "Choose an image to see how it was read. Enter or a double click puts it "
                "on the pad."
            )
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, hint)
            return
        picture = self._paint_digit(painter, self._info, inner)
        words_width = min(inner.width() * 0.24, 260 * self.unit)
        words = QRectF(picture.right() + 14 * self.unit, inner.y(), words_width, inner.height())
        self._paint_words(painter, self._info, words)
        bars = QRectF(inner)
        bars.setLeft(words.right() + 16 * self.unit)
        bars.setRight(self.pad_button.x() - 20 * self.unit)
        self._paint_bars(painter, bars)

    def _paint_digit(self, painter: QPainter, info: ImageInfo, inner: QRectF) -> QRectF:
        """The image at whole device pixels; returns where it lies."""
        ratio = self.devicePixelRatioF()
        cell = max(1, int(inner.height() * ratio / FIELD))
        side = cell * FIELD / ratio
        left = round(inner.x() * ratio) / ratio
        top = round((inner.y() + (inner.height() - side) / 2) * ratio) / ratio
        levels = np.ascontiguousarray(info.digit)
        image = QImage(levels.data, FIELD, FIELD, levels.strides[0], QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        box = QRectF(left, top, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        draw_squares(painter, box, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return box

    def _paint_words(self, painter: QPainter, info: ImageInfo, box: QRectF) -> None:
        """What the image is and what it was read as, line by line, in the middle of the box."""
        theme, name = self.theme, self._classes[info.label]
        lines: list[tuple[str, float, bool, str]] = [
            (_("Image {number:,}").format(number=info.number), 11.5, False, theme.quiet)
        ]
        ranking = info.ranking
        if not ranking:
            lines += [(name, 20, True, theme.text), (_("not yet read"), 13, False, theme.quiet)]
        elif ranking[0] == info.label:
            lines += [(name, 20, True, theme.text), (_("read rightly"), 13, False, theme.text)]
        else:
            lines += [
                (f"{name} → {self._classes[ranking[0]]}", 20, True, theme.accent),
                (_("Right would be {name}.").format(name=name), 13, False, theme.text),
            ]
        if not info.accepted:
            lines.append((_("It would be rejected."), 12, False, theme.warning))
        heights = [line[1] * 1.5 * self.unit for line in lines]
        top = box.y() + (box.height() - sum(heights)) / 2
        for (text, pixels, bold, colour), height in zip(lines, heights, strict=True):
            # Long names take smaller letters before they are cut.
            painter.setFont(self.fitting_font(text, box.width(), pixels, bold=bold))
            painter.setPen(QColor(colour))
            cut = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(box.width()) + 1
            )
            painter.drawText(QRectF(box.x(), top, box.width() + 2, height), LEFT, cut)
            top += height

    def bars(self) -> list[Bar]:
        """The bars as they are shown, one for each class; none where the image is not yet read.

        The answer and the right class stand out by their names, the answer by its colour where it
        is a mistake."""
        if self._info is None or self._info.probabilities is None:
            return []
        label, best = self._info.label, self._info.ranking[0]
        return [
            Bar(
                name,
                min(max(float(share), 0.0), 1.0),
                percent(float(share)),
                wins=index == best != label,
                is_named=index in (best, label),
            )
            for index, (name, share) in enumerate(
                zip(self._classes, self._info.probabilities, strict=True)
            )
        ]

    def _likeliest(self, bars: list[Bar]) -> list[Bar]:
        """As many as a column holds, in the order of the classes, the right one among them."""
        assert self._info is not None
        first = [n for n in self._info.ranking if n != self._info.label][: _COLUMN_ROWS - 1]
        return [bars[number] for number in sorted({self._info.label, *first})]

    def _paint_bars(self, painter: QPainter, box: QRectF) -> None:
        """A bar for each class, five to a column."""
        bars = self.bars()
        columns = -(-len(bars) // _COLUMN_ROWS)
        if not columns:
            return
        gap = 20 * self.unit
        metrics = QFontMetricsF(self.sized_font(13, bold=True))
        longest = max(self._classes, key=metrics.horizontalAdvance)
        needed = metrics.horizontalAdvance(longest) + metrics.horizontalAdvance(_WIDEST_NUMBER)
        if columns * (needed + 2 * gap) > box.width() + gap:
            # Beside large letters there is room for the likeliest and the right one alone.
            bars, columns = self._likeliest(bars), 1
        width = (box.width() - gap * (columns - 1)) / columns
        rows = min(_COLUMN_ROWS, len(bars))
        for column in range(columns):
            part = bars[column * _COLUMN_ROWS : (column + 1) * _COLUMN_ROWS]
            left = box.x() + column * (width + gap)
            height = box.height() * len(part) / rows
            where = QRectF(left, box.y(), width, height)
            paint_bars(painter, self, where, part, _WIDEST_NUMBER, longest)
