"""What stands around and under each image of the grid."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from digitpad.core.columns import columns_of
from digitpad.core.constants import FIELD
from digitpad.ui.images.answers import UNREAD, Answers
from digitpad.ui.images.grid_geometry import GridGeometry
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.theme import LIGHT, Theme

_CAPTION_PIXELS, _EMPTINESS_PIXELS = 11.5, 15
_CAPTION_GAP = 3
_CAPTION_PLACE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class CellPainter:
    """Paints frames and captions of images; a mistake is framed and marked with what it was read
    as, a rejected image with a question mark.

    Attributes:
        theme: the colours. unit: how much larger than the smallest comfortable size texts are.
        classes: their names.
    """

    def __init__(self) -> None:
        """For the light theme, and no classes."""
        self.theme: Theme = LIGHT
        self.unit = 1.0
        self.classes: tuple[str, ...] = ()
        self._fonts = QFont(), QFont()
        self._large = QFont()

    def set_font(self, font: QFont) -> None:
        """Take the grid's font; to be called anew where the unit is another."""
        plain, bold = self._sized(font, _CAPTION_PIXELS), self._sized(font, _CAPTION_PIXELS)
        bold.setBold(True)
        self._fonts = plain, bold
        self._large = self._sized(font, _EMPTINESS_PIXELS)

    def _sized(self, font: QFont, pixels: float) -> QFont:
        """A font at a size in units, never too small to read."""
        return sized_font(font, pixels, self.unit)

    @property
    def _has_words(self) -> bool:
        """Whether classes have names so long that what an image is and what it was read as need
        a line each."""
        return any(columns_of(name) > 2 for name in self.classes)

    @property
    def widest_caption(self) -> int:
        """How wide the widest caption is, in pixels; 0 without classes."""
        metrics = QFontMetrics(self._fonts[1])
        names = self.classes
        texts = [f"→ {n} ?" if self._has_words else f"{n} → {n} ?" for n in names]
        return max(map(metrics.horizontalAdvance, texts), default=0)

    @property
    def caption_height(self) -> float:
        """How high a caption is, with the gap above it."""
        lines = 2 if self._has_words else 1
        height = lines * QFontMetrics(self._fonts[1]).lineSpacing()
        return height + (_CAPTION_GAP + 1) * self.unit

    def laid_out(self, count: int, width: int, ratio: float) -> tuple[int, GridGeometry]:
        """The side of an image's pixel, and where the cells of so many images lie, all in device
        pixels. width: of the grid, in device pixels; ratio: of these to a pixel."""
        # Images are as large as what is written under them is wide.
        widest = self.widest_caption * ratio
        enlargement = max(1, round(2 * self.unit * ratio), round(widest / FIELD))
        side = FIELD * enlargement
        return enlargement, GridGeometry(
            count=count,
            width=width,
            cell_width=max(side, math.ceil(widest)),
            cell_height=side + math.ceil(self.caption_height * ratio),
            gap=max(4, round(10 * self.unit * ratio)),
        )

    def caption(self, answers: Answers, image: int) -> str:
        """What stands under an image: what it is, and what it was read as where that is
        something else."""
        label, answer = int(answers.labels[image]), int(answers.answers[image])
        if answer in (UNREAD, label):
            return self.classes[label]
        between = "\n" if self._has_words else " "
        return f"{self.classes[label]}{between}→ {self.classes[answer]}"

    def paint(
        self, painter: QPainter, answers: Answers, image: int, cell: QRectF, side: float
    ) -> None:
        """Paint an image's frame and caption. cell: where it lies; side: of its picture, at the
        top of the cell's middle."""
        label, answer = int(answers.labels[image]), int(answers.answers[image])
        is_wrong = answer not in (UNREAD, label)
        is_rejected = answer != UNREAD and not answers.accepted[image]
        frame = QRectF(cell.x() + (cell.width() - side) / 2, cell.y(), side, side)
        width = max(1, round(2 * self.unit)) if is_wrong else 1
        painter.setPen(QPen(QColor(self.theme.accent if is_wrong else self.theme.line), width))
        painter.drawRect(frame.adjusted(-width / 2, -width / 2, width / 2, width / 2))
        painter.setFont(self._fonts[is_wrong])
        painter.setPen(QColor(self.theme.accent if is_wrong else self.theme.quiet))
        under = cell.adjusted(0, side + _CAPTION_GAP * self.unit, 0, 0)
        text = self.caption(answers, image)
        painter.drawText(under, _CAPTION_PLACE, f"{text} ?" if is_rejected else text)

    def paint_selection(self, painter: QPainter, around: QRectF, has_keys: bool) -> None:
        """Frame the selected image's cell; has_keys: the keyboard is at the grid."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.text if has_keys else self.theme.quiet), 2))
        painter.drawRoundedRect(around, 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_chosen(self, painter: QPainter, around: QRectF) -> None:
        """Frame the cell of one of several that are selected, with a tick in its corner: not
        everyone tells the frame's colour."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, side = QColor(self.theme.accent), 15 * self.unit
        inner = around.adjusted(2, 2, -2, -2)
        painter.setPen(QPen(accent, 2.5))
        painter.drawRoundedRect(inner, 5, 5)
        box = QRectF(inner.right() - side, inner.top(), side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.accent_text), 2 * self.unit))
        places = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.28))
        tick = [box.topLeft() + QPointF(x * side, y * side) for x, y in places]
        painter.drawPolyline(QPolygonF(tick))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_emptiness(self, painter: QPainter, box: QRect, text: str) -> None:
        """Say in the middle why there is nothing to show."""
        margin = round(40 * self.unit)
        painter.setFont(self._large)
        painter.setPen(QColor(self.theme.quiet))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(margin, margin, -margin, -margin), flags, text)
