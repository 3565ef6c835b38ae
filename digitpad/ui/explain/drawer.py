"""The drawer over the window's lower part, in which one tool at a time explains."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.explain.hint_line import HintLine
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.session import Session
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme

_SHARE, _LEAST, _MOST = 0.4, 230, 330
_LARGEST_SHARE = 0.62
_LEAST_LEFT = 150
_GAP, _ROW, _MARGIN = 14, 30, 14
_LOOKS = (
    *((12.5, 20, False), (12, 14, False), (11, 12, False), (11, 12, True)),
    *((10, 10, True), (9, 9, True), (9, 8, True), (9, 4, True), (9, 2, True)),
)
"""How the tools' names are written, the first that fits: their size, the room around each, and
whether those that have a short form take it."""
_LEAST_PIXELS, _TWO_ROWS = 11, 270
"""Smaller names lie in two rows in a drawer that is as high as this, in units."""
_CLOSE = "\N{MULTIPLICATION SIGN}"


class Drawer(Panel):
    """A row of the tools' names, and under it the panel of the one that is open.

    It is hidden while no tool is open. Panels are made when they are first opened, and stay.

    Attributes:
        hint: under the panel, what to try first with the tool.

    Signals:
        keys_left: the part of it that had the keys is about to be hidden.
    """

    keys_left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Closed; session: whose selection says which tool is open."""
        super().__init__(parent)
        self._session = session
        self._panels: dict[str, ToolPanel] = {}
        self._open = ""
        self._buttons = {tool.id: self._button(_(tool.title)) for tool in TOOLS}
        for tool in TOOLS:
            button = self._buttons[tool.id]
            button.setCheckable(True)
            key = QKeySequence(tool.key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{_(tool.tip)} ({key})")
            button.clicked.connect(lambda _on=False, id=tool.id: self._choose(id))
        self._close_button = self._button(_CLOSE)
        self._close_button.setToolTip(_("Close (Esc)"))
        self._close_button.setAccessibleName(_("Close"))
        self._close_button.clicked.connect(self._close)
        self.hint = HintLine(session, self)
        self.hint.changed.connect(self._arrange)
        self.setAccessibleName(_("Explanations"))
        self.hide()
        session.selection.tool_changed.connect(self._on_tool_changed)

    def _button(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("tab")
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    @property
    def buttons(self) -> dict[str, QToolButton]:
        """The tools' names as buttons, by their ids."""
        return dict(self._buttons)

    @property
    def close_button(self) -> QToolButton:
        """Closes the drawer."""
        return self._close_button

    @property
    def panel(self) -> ToolPanel | None:
        """The panel of the tool that is open; None where none is."""
        return self._panels.get(self._open)

    @property
    def open_tool(self) -> str:
        """The id of the tool that is open; nothing where none is."""
        return self._open

    def _close(self) -> None:
        """Close the tool, and let go of what it was about."""
        self._session.selection.open_tool("")
        self._session.selection.unpin()

    def go_back(self) -> bool:
        """One step back inside the tool, or close it; whether there was anything to close."""
        panel = self.panel
        if panel is None:
            return False
        if not panel.go_back():
            self._session.selection.open_tool("")
        return True

    def split(self, stage: QRect, unit: float) -> tuple[QRect, QRect]:
        """What is left of the network's box above the drawer, and the drawer's own; the whole and
        an empty one while it is closed, an empty one and the whole where texts are so large that
        not both have room. unit: of texts and gaps."""
        if not self._open:
            return stage, QRect()
        height = min(max(_SHARE * stage.height(), _LEAST * unit), _MOST * unit)
        height = min(height, _LARGEST_SHARE * stage.height())
        drawer = QRect(stage)
        drawer.setTop(stage.bottom() + 1 - round(height))
        left = QRect(stage)
        left.setBottom(drawer.top() - 1 - round(_GAP * unit))
        if left.height() < _LEAST_LEFT * unit:
            # Beside texts this large there is room for one of both.
            return QRect(), stage
        return left, drawer

    def _choose(self, tool: str) -> None:
        # Qt has turned the button by itself.
        self._session.selection.open_tool(tool)
        self._show_checked()

    def _show_checked(self) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == self._open)

    def _on_tool_changed(self) -> None:
        before, wanted = self.panel, self._session.selection.tool
        keys = self.window().focusWidget()
        if keys is not None and (
            (before is not None and before.isAncestorOf(keys))
            or (not wanted and self.isAncestorOf(keys))
        ):
            self.keys_left.emit()
        self.hint.leave()
        if before is not None:
            before.end()
            before.hide()
        made = self._panels.get(wanted)
        if made is None:
            for tool in TOOLS:
                if tool.id == wanted:
                    made = self._panels[wanted] = tool.make(self._session, self)
                    made.set_theme(self.theme)
                    made.set_unit(self.unit)
        self._open = wanted if made is not None else ""
        self._show_checked()
        self.setVisible(made is not None)
        if made is not None:
            self._arrange()
            made.show()
            made.begin()
            self.raise_()
            self.hint.show_hint(wanted, made)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        self.hint.set_theme(theme)
        for panel in self._panels.values():
            panel.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.hint.set_unit(unit)
        for panel in self._panels.values():
            panel.set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the names and the panel into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """The names in a row, as large as fit, the panel beneath; in two rows where large letters
        leave room for that alone."""
        unit, margin, row = self.unit, round(_MARGIN * self.unit), round(_ROW * self.unit)
        tabs = list(self._buttons.values())
        lines = [[*tabs, self._close_button]]
        pixels, widths = self._fitting_look(lines, self.width() - margin)
        if pixels < _LEAST_PIXELS and self.height() >= _TWO_ROWS * unit:
            half = -(-len(tabs) // 2)
            lines = [[*tabs[:half], self._close_button], tabs[half:]]
            pixels, widths = self._fitting_look(lines, self.width() - margin)
        top = round(5 * unit)
        for line in lines:
            left = margin // 2
            for button in line:
                button.setFont(self.sized_font(pixels))
                button.setGeometry(left, top, widths[button], row - round(5 * unit))
                left += widths[button]
            top += row - round(4 * unit)
        close = self._close_button
        close.move(self.width() - margin // 2 - close.width(), close.y())
        panel = self.panel
        if panel is not None:
            inner = self.rect().adjusted(margin, top + round(unit), -margin, -round(8 * unit))
            hint = self.hint.size_for(inner.width())
            panel.setGeometry(inner.adjusted(0, 0, 0, -hint.height()))
            # It takes a little of the margin beneath, too.
            top = inner.bottom() + 1 - hint.height() + round(4 * unit)
            self.hint.setGeometry(QRect(QPoint(inner.x(), top), hint))

    def _fitting_look(
        self, lines: list[list[QToolButton]], room: int
    ) -> tuple[float, dict[QToolButton, int]]:
        """The size of the names, and how wide each button is, in the first look that fits."""
        for pixels, padding, is_short in _LOOKS:
            for tool in TOOLS:
                name = _(tool.short if is_short and tool.short else tool.title)
                self._buttons[tool.id].setText(name)
            metrics = QFontMetrics(self.sized_font(pixels, bold=True))
            widths = {
                button: metrics.horizontalAdvance(button.text()) + round(padding * self.unit)
                for line in lines
                for button in line
            }
            if all(sum(widths[button] for button in line) <= room for line in lines):
                break
        return pixels, widths

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card that the tool lies on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
