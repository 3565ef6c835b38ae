"""A message over the window that matters now."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from digitpad.ui.style.announcing import announce

NOTICE_MS = 9_000
_LONGEST_TEXT = 600
_WIDTH = 560
_DONE = "✓ "


def done(text: str) -> str:
    """What is said where something was done, so that it looks unlike what went wrong."""
    return f"{_DONE}{text}"


class Notice(QLabel):
    """A line or a few at the foot of a box, in front of what is there.

    It goes by itself unless it is lasting, on a click, and wherever dismiss() is called: on Esc and
    when what it told of is over.

    Signals:
        said (str): what it tells of now.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self._box = QRect()
        self._unit = 1.0
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self.hide)
        self.setObjectName("notice")
        # It may quote the names of files, which may look like markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def say(self, text: str, lasting: bool = False) -> None:
        """Show a text."""
        self.setText(text[:_LONGEST_TEXT])
        self.setProperty("done", text.startswith(_DONE))
        # The style of a property is taken when it changes.
        self.style().unpolish(self)
        self.style().polish(self)
        self.said.emit(self.text())
        self._place()
        self.show()
        self.raise_()
        text = self.text()
        announce(self, text.removeprefix(_DONE), assertive=not text.startswith(_DONE))
        self._timer.stop()
        if not lasting:
            self._timer.start()

    def dismiss(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes it away."""
        self.dismiss()

    def stop(self) -> None:
        """No timer runs after this."""
        self._timer.stop()

    def set_place(self, box: QRect, unit: float) -> None:
        """Where it may be, and how much larger than the smallest comfortable size texts are."""
        self._box, self._unit = box, unit
        font = self.font()
        font.setPixelSize(round(13 * unit))
        self.setFont(font)
        self._place()

    def _place(self) -> None:
        width = min(self._box.width(), round(_WIDTH * self._unit))
        height = self.heightForWidth(width)
        left = self._box.left() + (self._box.width() - width) // 2
        self.setGeometry(left, self._box.bottom() - height - 6, width, height)
