"""The card of a unit: where the number in a square comes from."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import N_, _
from digitpad.core.results import NetworkInfo, Recognition, Unit
from digitpad.core.texts import class_names
from digitpad.explain.inputs import activations_of
from digitpad.explain.results import LayerWeights, NoReason, SoftmaxTrace, StepKind, UnitTrace
from digitpad.explain.traces import trace_softmax, trace_unit
from digitpad.ui.explain.activation_curve import paint_curve
from digitpad.ui.explain.arithmetic import arithmetic_height, paint_arithmetic
from digitpad.ui.explain.shown_terms import DECIMALS, EXACT_DECIMALS, ShownTerms, in_digits
from digitpad.ui.explain.softmax_table import paint_softmax, softmax_rows, softmax_words
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.explain.unit_body import (
    paint_list,
    paint_maps,
    paint_pooled,
    paint_single,
    terms_that_fit,
)
from digitpad.ui.explain.unit_words import rim_words, shared_words, trace_words, unit_name, why_not
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState, Row
from digitpad.ui.style.panel import LEFT

_HINT = N_("Point at a square of a layer, and click it to see where its number comes from.")
_OFF = 1e-3


class UnitCard(ToolPanel):
    """The pinned unit, or else the one that is pointed at, taken apart; it follows the pen.

    Attributes:
        exact: the button that shows six decimals.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing is shown yet; session: whose selection, answer and weights it reads."""
        super().__init__(session, parent)
        self._unit: Unit | None = None
        self._weights: LayerWeights | None = None
        self._trace: UnitTrace | None = None
        self._softmax: SoftmaxTrace | None = None
        self._classes: tuple[str, ...] = ()
        self._is_distance = self._is_waiting = False
        self._message = _(_HINT)
        self.exact = QToolButton(self)
        self.exact.setObjectName("foot")
        self.exact.setText(_("exact"))
        self.exact.setToolTip(_("Six decimals"))
        self.exact.setCheckable(True)
        self.exact.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.exact.toggled.connect(lambda _on: self.update())
        self.setAccessibleName(_("A unit taken apart"))

    def begin(self) -> None:
        """Follow the selection, the answers and the weights."""
        for changed in self._signals():
            changed.connect(self._refresh)
        self._refresh()

    def end(self) -> None:
        """Follow them no more."""
        for changed in self._signals():
            changed.disconnect(self._refresh)

    def _signals(self) -> tuple[SignalInstance, ...]:
        session = self.session
        return (
            session.selection.changed,
            session.answer_changed,
            session.second_answer_changed,
            session.weights.changed,
            session.state_changed,
        )

    def go_back(self) -> bool:
        """Let go of the pinned unit."""
        if self.session.selection.pinned is None:
            return False
        self.session.selection.unpin()
        return True

    @property
    def trace(self) -> UnitTrace | None:
        """What is shown; None where there is nothing to show yet."""
        return self._trace

    @property
    def is_waiting(self) -> bool:
        """Whether the recogniser has been asked for weights that it has not told yet."""
        return self._is_waiting

    @property
    def message(self) -> str:
        """What is said in place of a trace; "" where there is one."""
        return self._message

    @property
    def decimals(self) -> int:
        """How many decimals are shown."""
        return EXACT_DECIMALS if self.exact.isChecked() else DECIMALS

    # What is shown.

    def _refresh(self) -> None:
        selection = self.session.selection
        is_pinned = selection.pinned is not None
        unit = selection.pinned if is_pinned else selection.unit
        row = selection.pinned_row if is_pinned else selection.row
        before, self._unit = self._unit, unit
        self._is_waiting = False
        if unit is None:
            self._say(_(_HINT))
            return
        info = selection.info_of(row)
        lower = row is Row.LOWER
        recognition = self.session.second_recognition if lower else self.session.recognition
        self._weights = self.session.weights.of_map(unit.layer.name, unit.map, row)
        if self.session.state is RecognizerState.FAILED:
            self._say(_("There is no recogniser: {failure}").format(failure=self.session.failure))
        elif info is None or recognition is None:
            self._say(_("Draw something: the card shows how this number comes about."))
        elif self._weights is None:
            why = self.session.weights.refusal(unit.layer.name, row)
            self._is_waiting = not why
            self._say(why or _("Waiting for the weights of {name} …").format(name=unit.layer.name))
        else:
            self._take(unit, before, info, recognition, self._weights)

    def _take(
        self,
        unit: Unit,
        before: Unit | None,
        info: NetworkInfo,
        recognition: Recognition,
        weights: LayerWeights,
    ) -> None:
        try:
            given = activations_of(recognition, self.session.digit, info, weights)
            trace = trace_unit(unit, weights, given)
        except (KeyError, IndexError, ValueError):
            self._say(why_not(NoReason.NOT_TAKEN_APART, unit.layer, ""))
            return
        # While the pen moves the answer may be to the digit before the newest.
        is_newer = abs(trace.value - trace.shown) > _OFF * max(1.0, abs(trace.shown))
        if is_newer and weights.source == "" and unit == before and not self.session.is_resting:
            return
        is_last = unit.layer.name == info.layers[-1].name
        self._softmax = trace_softmax(recognition, info) if is_last else None
        self._classes = class_names(info.classes) if is_last else ()
        self._is_distance = info.gives_distances
        if trace.reason is not None:
            self._say(why_not(trace.reason, unit.layer, trace.operation))
            return
        self._trace, self._message = trace, ""
        self.setAccessibleDescription(trace_words(unit_name(unit, self._classes), trace))
        self.update()

    def _say(self, text: str) -> None:
        self._trace = None
        if text != self._message:
            self._message = text
            self.setAccessibleDescription(text)
        self.update()

    # Painting.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button into its corner."""
        self._place_button()
        super().resizeEvent(event)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._place_button()

    def _place_button(self) -> None:
        self.exact.setFont(self.sized_font(11))
        size = self.exact.sizeHint()
        self.exact.setGeometry(
            self.width() - size.width(), 0, size.width(), round(self.title_height)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the unit's name, how its value comes about, and the value."""
        painter = QPainter(self)
        self.exact.setVisible(self._trace is not None)
        if self._unit is not None:
            self._paint_heading(painter, self._unit)
        if self._trace is None or self._unit is None or self._weights is None:
            self.paint_message(painter, self._message)
            return
        try:
            self._paint_trace(painter, self._unit, self._trace, self._weights)
        except ValueError:
            self.paint_message(painter, why_not(NoReason.NOT_FINITE, self._unit.layer, ""))

    def _paint_heading(self, painter: QPainter, unit: Unit) -> None:
        is_pinned = self.session.selection.pinned is not None
        hint = "" if is_pinned else _("a click keeps it")
        details = [hint]
        if self._trace is not None:
            value = f"= {in_digits(self._trace.shown, self.decimals)}"
            extra = ""
            if self._weights is not None and self._trace.sums is not None:
                inputs = self._weights.kernels.shape[1]
                extra = shared_words(unit, self._weights, inputs)
            rest = " · ".join(filter(None, [extra, hint]))
            details = [f"{value} · {rest}", f"{value} · {hint}" if hint else value, value]
            if not rest:
                details = [value]
        room = self.exact.x() - 8 * self.unit if self._trace is not None else self.width()
        self.paint_title(painter, unit_name(unit, self._classes), details, room)

    def _paint_trace(
        self, painter: QPainter, unit: Unit, trace: UnitTrace, weights: LayerWeights
    ) -> None:
        terms = trace.sums if trace.sums is not None else trace.pooled
        note = rim_words(terms, weights) if terms is not None else ""
        note_height = 17 * self.unit if note else 0.0
        kind = unit.layer.layer_kind
        whole = QRectF(self.rect()).adjusted(0, self.title_height + 4 * self.unit, 0, -note_height)
        # The lines of arithmetic need the numbers, and what is above them what they leave.
        first = terms_that_fit(self, whole, trace, kind, self.decimals)[0]
        end = self._end_words(first, unit)
        lines = arithmetic_height(self, self.width(), first.tokens, end)
        box = whole.adjusted(0, 0, 0, -lines)
        left = self._paint_side(painter, box, trace, unit)
        shown, columns = terms_that_fit(self, left, trace, kind, self.decimals)
        if trace.pooled is not None:
            paint_pooled(painter, self, left, trace.pooled, shown, self.decimals)
        elif trace.sums is not None and columns is None:
            is_map = len(unit.layer.shape) == 3
            name = N_("{source} map {number}") if is_map else N_("{source} unit {number}")
            paint_list(painter, self, left, trace, shown, self.decimals, name)
        elif trace.sums is not None and len(trace.sums.maps) == 1:
            paint_single(painter, self, left, trace.sums, shown, self.decimals)
        elif columns is not None:
            paint_maps(painter, self, left, trace, shown, columns, kind)
        if note:
            painter.setFont(self.fitting_font(note, self.width(), 11))
            painter.setPen(QColor(self.theme.quiet))
            painter.drawText(QRectF(0, box.bottom(), self.width(), 17 * self.unit), LEFT, note)
        foot = QRectF(0, self.height() - lines, self.width(), lines)
        paint_arithmetic(painter, self, foot, shown.tokens, end)

    def _paint_side(self, painter: QPainter, box: QRectF, trace: UnitTrace, unit: Unit) -> QRectF:
        """The softmax, or the activation's curve, at the right where there is room; returns what
        is left."""
        softmax = self._softmax
        if softmax is not None and softmax.reason is None and box.width() > 500 * self.unit:
            width = min(0.52 * box.width(), 310 * self.unit)
            side = QRectF(box.right() - width, box.y(), width, box.height())
            rows = softmax_rows(softmax, self._classes, max(self.decimals, 4), self._is_distance)
            if len(rows) * 11 * self.unit <= side.height():
                paint_softmax(painter, self, side, rows, unit.map)
                return box.adjusted(0, 0, -width - 18 * self.unit, 0)
        last = trace.steps[-1] if trace.steps else None
        if last is not None and last.kind is StepKind.ACTIVATION and box.width() > 380 * self.unit:
            width = min(0.24 * box.width(), box.height() - 18 * self.unit, 150 * self.unit)
            side = QRectF(box.right() - width, box.y() + 4 * self.unit, width, box.height())
            painter.save()
            paint_curve(painter, self, side, last)
            painter.restore()
            return box.adjusted(0, 0, -width - 16 * self.unit, 0)
        return box

    def _end_words(self, shown: ShownTerms, unit: Unit) -> str:
        """What the activation, or the softmax, makes of the total; "" where there is neither."""
        if self._softmax is not None:
            return self._softmax_words(self._softmax, unit.map)
        return f"{shown.function}({shown.before}) = {shown.value}" if shown.function else ""

    def _softmax_words(self, softmax: SoftmaxTrace, number: int) -> str:
        if softmax.reason is NoReason.NOT_A_SOFTMAX:
            return _("its share is no softmax")
        return "" if softmax.reason else softmax_words(softmax, number, max(self.decimals, 4))
