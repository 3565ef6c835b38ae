"""The quiet line in which a hint stands, in the place that it is about."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget
from shiboken6 import isValid

from digitpad.core.languages import _
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel

_PIXELS, _CROSS, _GAP, _PADDING = 11.5, 18, 4, 2
READ_MS = 1_500
"""Whoever passes by in less has not read it."""
_CLOSE = "\N{MULTIPLICATION SIGN}"
_DONE = (QEvent.Type.MouseButtonRelease, QEvent.Type.KeyRelease)
_NOTHING_DONE = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class HintLine(Panel):
    """A hint and a cross that closes it; it goes too when it was followed.

    Attributes:
        close_button: the cross.

    Signals:
        changed: it is shown, or no more: it takes another height.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Without a hint; session: whose hints they are."""
        super().__init__(parent)
        self._session, self._id = session, ""
        self._is_aside = False
        self._watched: list[QWidget] = []
        self._since = QElapsedTimer()
        self._label = QLabel(self)
        self._label.setObjectName("quiet")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("tab")
        self.close_button.setText(_CLOSE)
        self.close_button.setToolTip(_("Close this hint"))
        self.close_button.setAccessibleName(_("Close this hint"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.close_button.clicked.connect(self.finish)
        for changed in (
            session.hints.changed,
            session.pad.history_changed,
            session.selection.changed,
        ):
            changed.connect(self._refresh)
        session.pad.stroke_finished.connect(self._on_stroke)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" where nothing is."""
        return "" if self.isHidden() else self._label.text()

    def show_hint(self, id: str, place: QWidget | None = None) -> None:
        """Show a hint, where it is given. place: in which something is done that follows it."""
        self.end()
        if not self._session.hints.is_given(id):
            return
        self._id = id
        if place is not None and not self._session.hints.is_by_drawing(id):
            self._watched = [place, *place.findChildren(QWidget)]
            for each in self._watched:
                each.installEventFilter(self)
        self._refresh()
        announce(self, self.text)

    def finish(self) -> None:
        """It was followed, or closed: it is not shown again."""
        id, is_shown = self._id, not self.isHidden()
        self.end()
        if is_shown:
            self._session.hints.note(id)

    def leave(self) -> None:
        """Its place is left: it is not shown again, where there was time to read it."""
        if self._was_read:
            self.finish()
        else:
            self.end()

    def end(self) -> None:
        """Show nothing, but the same another time."""
        self._since.invalidate()
        for each in self._watched:
            # A tool makes its controls anew, and deletes those before them.
            if isValid(each):
                each.removeEventFilter(self)
        self._watched = []
        self._id = ""
        self._refresh()

    def stand_aside(self, is_aside: bool) -> None:
        """Be hidden for a while, where the place is; whoever places it knows."""
        if is_aside != self._is_aside:
            self._is_aside = is_aside
            self.blockSignals(True)
            self._refresh()
            self.blockSignals(False)

    def _refresh(self) -> None:
        if not self._id and self.isHidden():
            return
        is_here = self._id and not self._is_aside
        text = self._session.hints.text(self._id) if is_here else ""
        had_keys = self.close_button.hasFocus()
        if text:
            self._label.setText(text)
            self.setAccessibleName(text)
            if not self._since.isValid():
                self._since.start()
        if bool(text) == self.isHidden():
            self.setVisible(bool(text))
            if had_keys:
                self.focusNextChild()
            self.changed.emit()

    @property
    def _was_read(self) -> bool:
        return self._since.isValid() and self._since.elapsed() >= READ_MS

    def _on_stroke(self) -> None:
        if self._was_read and self._session.hints.is_by_drawing(self._id):
            self.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something was done in the hint's place."""
        if event.type() in _DONE and getattr(event, "key", int)() not in _NOTHING_DONE:
            self.finish()
        return False

    # Place.

    def size_for(self, width: int) -> QSize:
        """How much it takes of so much width, and how high it has to be then; nothing where nothing
        is said."""
        if self.isHidden():
            return QSize(0, 0)
        side, gap = round(_CROSS * self.unit), round(_GAP * self.unit)
        metrics = QFontMetrics(self.sized_font(_PIXELS))
        room = max(1, width - side - gap)
        wrap = Qt.TextFlag.TextWordWrap
        box = metrics.boundingRect(0, 0, room, 10_000, wrap, self._label.text())
        # Qt's labels keep a pixel or two to themselves.
        wide = min(width, box.width() + 2 + gap + side)
        return QSize(wide, max(side, box.height() + 2 * round(_PADDING * self.unit)))

    def sizeHint(self) -> QSize:
        """What it takes in a layout, in one line."""
        return self.size_for(10_000)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.updateGeometry()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words and the cross into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        side, gap = round(_CROSS * self.unit), round(_GAP * self.unit)
        self._label.setFont(self.sized_font(_PIXELS))
        self._label.setGeometry(0, 0, max(0, self.width() - side - gap), self.height())
        self.close_button.setFont(self.sized_font(_PIXELS))
        self.close_button.setGeometry(self.width() - side, (self.height() - side) // 2, side, side)
