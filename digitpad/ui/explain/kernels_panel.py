"""A layer's kernels, all in one range, beneath its maps; of full connections the weights of each
unit to the units of the next layer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, SignalInstance
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScrollEvent,
    QScrollPrepareEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind, Unit
from digitpad.explain.results import LayerWeights
from digitpad.ui.explain import kernel_words as words
from digitpad.ui.explain.kernel_painting import (
    PlacedSheet,
    paint_ends,
    paint_foot,
    paint_frames,
    paint_names,
)
from digitpad.ui.explain.kernel_sheet import Sheet, kernel_at, kernel_picture, laid_out
from digitpad.ui.explain.kernel_walking import PAGES, STEPS, box_of, first_seen, walked
from digitpad.ui.explain.layer_buttons import LayerButtons
from digitpad.ui.explain.shown_terms import in_digits
from digitpad.ui.explain.squares import end_of
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.network.activation_picture import LINE, activation_colours
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Row
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.scrolling import offer_scrolling
from digitpad.ui.style.square_drawing import draw_squares, indexed

_WEIGHTED = (LayerKind.CONVOLUTION, LayerKind.FULL, LayerKind.DISTANCES, LayerKind.OTHER)
_FOOT = 52


class KernelsPanel(ToolPanel):
    """Kernels as signed colours, a column for each map (or unit), a row for each that it sees.

    The layer before the last, and the last, show the weights between them with a row for each
    answer, so that one sees which units speak for it and which against.

    Attributes:
        layer: the layer whose kernels are shown; None where there is none. buttons: choose it.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing is shown yet; session: whose network and selection it reads."""
        super().__init__(session, parent)
        self.layer: LayerInfo | None = None
        self._row = Row.UPPER
        self._weights: LayerWeights | None = None
        self._kernels: npt.NDArray[np.float32] = np.zeros((0, 0, 1, 1), np.float32)
        self._end, self._first, self._wheel = 1.0, 0, 0
        self._at: tuple[int, int, int, int] | None = None
        self._message = words.trouble_of(None, None, "")
        self._is_waiting = False
        self.buttons = LayerButtons(self, self._choose)
        self._asked: tuple[LayerInfo, Row] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Kernels"))

    def begin(self) -> None:
        """Follow the selection, the network and its weights."""
        for changed in self._signals():
            changed.connect(self._refresh)
        self._asked = None
        self._refresh()

    def end(self) -> None:
        """Follow them no more; nothing is pointed at."""
        for changed in self._signals():
            changed.disconnect(self._refresh)
        self._point(None)

    def _signals(self) -> tuple[SignalInstance, ...]:
        session = self.session
        return session.selection.changed, session.weights.changed, session.network_changed

    @property
    def is_waiting(self) -> bool:
        """Whether the recogniser has been asked for weights that it has not told yet."""
        return self._is_waiting

    @property
    def message(self) -> str:
        """What is said in place of kernels; "" where there are some."""
        return self._message

    @property
    def kernels(self) -> npt.NDArray[np.float32]:
        """What is shown: float32 (columns, rows, height, width)."""
        return self._kernels

    @property
    def is_of_answers(self) -> bool:
        """Whether the rows are the network's answers."""
        layers = self._layers()
        return self.layer is not None and bool(layers) and self.layer == layers[-1]

    def show_layer(self, layer: LayerInfo) -> None:
        """Show the kernels of a layer; of the one before the last, its weights to the last. A layer
        without kernels changes nothing."""
        layers = self._layers()
        if len(layers) > 1 and layer == layers[-2] and len(layer.shape) == 1:
            layer = layers[-1]
        if layer.layer_kind in _WEIGHTED:
            self.layer, self._first, self._at = layer, 0, None
        self._take()

    # What is shown.

    def _layers(self) -> tuple[LayerInfo, ...]:
        info = self.session.selection.info_of(self._row)
        return self.session.layers if info is None else info.layers

    def _refresh(self) -> None:
        selection = self.session.selection
        asked = selection.kernels_of
        if asked is not None and asked != self._asked:
            self._asked = asked
            layer, self._row = asked
            self.show_layer(layer)
            return
        layers = self._layers()
        if self.layer not in layers:
            self.layer = next((one for one in layers if one.layer_kind in _WEIGHTED), None)
            self._first, self._at = 0, None
        self._take()

    def _take(self) -> None:
        """Show the weights of the layer, as far as they are known."""
        weighted = [one for one in self._layers() if one.layer_kind in _WEIGHTED]
        self.buttons.show(weighted, self.layer)
        layer, known, refusal = self.layer, None, ""
        if layer is not None:
            known = self.session.weights.of_layer(layer.name, self._row)
            refusal = self.session.weights.refusal(layer.name, self._row)
        self._is_waiting = layer is not None and known is None and not refusal
        self._message = words.trouble_of(layer, known, refusal)
        if known is not self._weights:
            self._weights, self._at = known, None
            self._kernels = np.zeros((0, 0, 1, 1), np.float32)
            if known is not None and known.kernels.size:
                kernels = known.kernels
                if kernels.shape[2:] == (1, 1):
                    # A column for each unit that speaks, a row for each that it speaks to.
                    kernels = kernels.transpose(1, 0, 2, 3)
                self._kernels = kernels
                self._end = end_of(kernels.astype(np.float64))
        self.setAccessibleDescription(words.heading(layer, known)[0])
        self.update()

    def _choose(self, layer: LayerInfo) -> None:
        self.layer, self._first, self._at = layer, 0, None
        self._take()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self.buttons.arrange()
        super().resizeEvent(event)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.buttons.arrange()

    # Geometry.

    def _box(self) -> QRectF:
        """Where the kernels lie, beside their names."""
        names = self._names_width()
        top = self.title_height + 18 * self.unit
        return QRectF(names, top, self.width() - names, self.height() - top - _FOOT * self.unit)

    def _names_width(self) -> float:
        if self._kernels.shape[1] < 2:
            return 0.0
        return (62 if self.is_of_answers else 48) * self.unit

    def _sheet(self) -> Sheet:
        ratio, box = self.devicePixelRatioF(), self._box()
        count, inputs = self._kernels.shape[:2]
        return laid_out(
            count,
            inputs,
            self._shape(),
            max(1, int(box.width() * ratio)),
            max(1, int(box.height() * ratio)),
            self._first,
        )

    def _placed(self) -> PlacedSheet:
        return PlacedSheet(self._sheet(), self._box(), self.devicePixelRatioF(), self._shape())

    def _shape(self) -> tuple[int, int]:
        """A kernel's rows and columns."""
        return self._kernels.shape[2], self._kernels.shape[3]

    @property
    def _is_matrix(self) -> bool:
        return self._shape() == (1, 1)

    def _row_name(self, row: int) -> str:
        info = self.session.selection.info_of(self._row)
        if self.is_of_answers and info is not None and row < len(info.classes):
            return _(info.classes[row])
        return (_("unit {row}") if self._is_matrix else _("map {row}")).format(row=row + 1)

    def _column_elsewhere(self) -> int | None:
        """The column of the map or unit that is pinned or pointed at."""
        shown = self.session.selection.shown
        if shown is None or self._weights is None:
            return None
        own = self._weights.source if self._is_matrix else self._weights.layer
        return shown.map if shown.layer.name == own else None

    def _words(self, sheet: Sheet) -> tuple[str, ...]:
        """What is pointed at, or how to read the picture, the longest form first."""
        weights = self._weights
        if self._at is None or weights is None:
            more = words.more_words(sheet, len(self._kernels))
            return words.meanings(self.is_of_answers and self._is_matrix, more)
        column, row, top, left = self._at
        number = in_digits(float(self._kernels[column, row, top, left]), 4)
        if self._is_matrix:
            return (words.matrix_words(weights, column, self._row_name(row), number),)
        return (words.weight_words(weights, self._at, number),)

    # Pointer and keys.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which weight is pointed at, and point at its unit in the figure."""
        if not self._kernels.size or self._message:
            return
        at = (event.position() - self._box().topLeft()) * self.devicePixelRatioF()
        self._point(kernel_at(self._sheet(), self._shape(), at.x(), at.y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The same of the weight under the finger."""
        self.mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No weight is pointed at any more."""
        self._point(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch of the wheel shows other columns, where not all have room."""
        delta = event.angleDelta()
        self._wheel += delta.y() or delta.x()
        steps = int(self._wheel / 120)
        self._wheel -= steps * 120
        self._scroll(-steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from weight to weight, with Ctrl from kernel to kernel, Page keys to
        columns that had no room."""
        key = Qt.Key(event.key())
        if not self._kernels.size or self._message:
            super().keyPressEvent(event)
        elif key in PAGES:
            self._scroll(PAGES[key] * self._sheet().columns)
        elif key in STEPS:
            is_far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            sheet = self._sheet()
            at = walked(sheet, self._kernels.shape, self._at, STEPS[key], is_far)
            self._first = first_seen(sheet, at)
            self._point(at)
            announce(self, self.spoken_place())
        else:
            super().keyPressEvent(event)

    def spoken_place(self) -> str:
        """The weight that is pointed at, in words; "" where none is."""
        return "" if self._at is None else self._words(self._sheet())[0]

    def cursor_box(self) -> QRectF | None:
        """The weight that is pointed at."""
        return None if self._at is None else box_of(self._placed(), self._at)

    def event(self, event: QEvent) -> bool:
        """A finger scrolls columns that had no room."""
        if not isinstance(event, (QScrollPrepareEvent, QScrollEvent)) or not self._kernels.size:
            return super().event(event)
        sheet = self._sheet()
        step = self.width() / sheet.columns
        if isinstance(event, QScrollPrepareEvent):
            hidden = len(self._kernels) - sheet.columns
            offer_scrolling(event, self, QPointF(step, 0), sheet.first, hidden)
        else:
            self._scroll(round(event.contentPos().x() / step) - sheet.first)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self._point(None)
        super().focusOutEvent(event)

    def _scroll(self, columns: int) -> None:
        self._first = max(0, self._sheet().first + columns)
        self.update()

    def _point(self, at: tuple[int, int, int, int] | None) -> None:
        if at == self._at:
            return
        self._at = at
        unit = None
        source = self._weights.source if self._weights is not None else ""
        layer = next((one for one in self._layers() if one.name == source), None)
        if at is not None and layer is not None and len(layer.shape) == 1:
            unit = Unit(layer, at[0])
        self.session.selection.point_at(unit, self._row)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heading, legend, names, kernels, and what is pointed at in words."""
        painter = QPainter(self)
        title, details = words.heading(self.layer, self._weights)
        legend = 120 * self.unit
        self.paint_title(painter, title, details, self.width() - legend)
        if self._message or not self._kernels.size:
            self.paint_message(painter, self._message)
            return
        paint_ends(painter, self, self._end, legend)
        placed, sheet = self._placed(), self._sheet()
        picture = kernel_picture(self._kernels, self._end, sheet)
        colours = activation_colours(self.theme)
        colours = [*colours[: LINE + 1], QColor(self.theme.paper).rgba(), colours[-1]]
        draw_squares(painter, placed.box.topLeft(), indexed(picture, colours, placed.ratio))
        names = [self._row_name(row) for row in range(sheet.rows)]
        paint_names(painter, self, placed, names if self._kernels.shape[1] > 1 else [])
        paint_frames(painter, self, placed, self._column_elsewhere(), self._at)
        line = QRectF(0, self.height() - (_FOOT - 1) * self.unit, self.width(), 18 * self.unit)
        paint_foot(painter, self, line, self._words(sheet))
