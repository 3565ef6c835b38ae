"""What all tools in the drawer share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.ui.shell.session import Session
from digitpad.ui.style import announcing
from digitpad.ui.style.panel import Panel

SAYING_MS = 300
"""For so long what is shown stays as it is before it is said: nothing of a slider that moves."""


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
        self._is_opening = False
        # What was said last, and of which drawing.
        self._said, self._said_of = "", -1
        self._saying = QTimer(self, singleShot=True, interval=SAYING_MS)
        self._saying.timeout.connect(self._say_what_it_shows)

    # What it says.

    @property
    def says_changes(self) -> bool:
        """Whether what it shows is said when it changes; not where it changes by itself."""
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """It is opened: what it shows is said once it is there."""
        super().showEvent(event)
        self._is_opening = True
        self._say_soon()

    def setAccessibleDescription(self, description: str, /) -> None:
        """What it shows, in sentences: said when the tool is opened, and when the person has it
        show something else of the same drawing; of another drawing the answer is said alone."""
        super().setAccessibleDescription(description)
        self._say_soon()

    def _say_soon(self) -> None:
        # Of what lies within a tool, the tool speaks.
        if announcing.is_heard() and not isinstance(self.parentWidget(), ToolPanel):
            self._saying.start()

    def _say_what_it_shows(self) -> None:
        if self.is_waiting or not self.isVisible():
            return
        text, drawing = self.accessibleDescription(), self.session.pad.version
        if self._is_opening:
            title = self.accessibleName()
            said = _("{first}. {second}").format(first=title, second=text) if text else title
            announcing.announce(self, said)
        elif self.says_changes and drawing == self._said_of and text != self._said:
            announcing.announce(self, text)
        self._is_opening = False
        self._said, self._said_of = text, drawing

    # Open and closed.

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

    def paint_longest(
        self, painter: QPainter, line: QRectF, forms: Sequence[str], pixels: float
    ) -> str:
        """Write the first of some forms of a text that fits on a line, or the last one smaller;
        returns it."""
        painter.setFont(self.sized_font(pixels))
        advance = painter.fontMetrics().horizontalAdvance
        text = next((form for form in forms if advance(form) <= line.width()), forms[-1])
        painter.setFont(self.fitting_font(text, line.width(), pixels))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return text
