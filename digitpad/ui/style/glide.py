"""Scrolling that glides to where it is bound."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QPropertyAnimation
from PySide6.QtWidgets import QScrollBar, QStyle, QWidget

GLIDE_MS = 130


def motion_ms(widget: QWidget) -> int:
    """How long a part of a window may move, in milliseconds; 0 where the person wants nothing to
    move."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return widget.style().styleHint(hint, None, widget)


class Glide(QObject):
    """Moves a scroll bar, at once or over a moment in which further moves add up."""

    def __init__(self, bar: QScrollBar, parent: QObject | None = None) -> None:
        """bar: what is moved."""
        super().__init__(parent)
        self._bar = bar
        self._motion = QPropertyAnimation(bar, b"value", self)
        self._motion.setDuration(GLIDE_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)

    @property
    def bound(self) -> int:
        """Where it will be at rest."""
        is_moving = self._motion.state() == QPropertyAnimation.State.Running
        return int(self._motion.endValue()) if is_moving else self._bar.value()

    def go(self, value: int) -> None:
        """Glide there, or as far as the bar goes."""
        value = min(max(value, self._bar.minimum()), self._bar.maximum())
        self._motion.stop()
        self._motion.setStartValue(self._bar.value())
        self._motion.setEndValue(value)
        self._motion.start()

    def jump(self, value: int) -> None:
        """Be there at once."""
        self._motion.stop()
        self._bar.setValue(value)

    def stop(self) -> None:
        """No animation runs after this."""
        self._motion.stop()
