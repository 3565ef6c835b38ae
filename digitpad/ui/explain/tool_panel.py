"""What all tools in the drawer share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.session import Session
from digitpad.ui.style.panel import Panel


class ToolPanel(Panel):
    """A tool's panel, which the drawer shows while the tool is open.

    It reads the session, asks the session's client, and listens only from begin() to end(), so that
    a tool that is closed costs nothing. It shows what it has to say in its own box alone; what
    it lays over the pad, the input or the layers is gone after end().

    Attributes:
        session: what is shown.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet; session: what it reads."""
        super().__init__(parent)
        self.session = session

    def begin(self) -> None:
        """It is shown from now on: connect to the session's signals, and show what is there."""

    def end(self) -> None:
        """It is shown no more: disconnect, and take away what lies over other panels."""

    @property
    def is_waiting(self) -> bool:
        """Whether what it is asked for is not there yet."""
        return False

    def go_back(self) -> bool:
        """One step back inside the tool, as Esc asks; whether there was one."""
        return False

    def paint_message(self, painter: QPainter, text: str) -> None:
        """Say in the middle of the panel why there is nothing to show."""
        painter.setPen(QColor(self.theme.quiet))
        painter.setFont(self.sized_font(13))
        margin = 12 * self.unit
        box = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
