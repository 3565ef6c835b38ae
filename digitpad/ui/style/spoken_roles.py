"""What screen readers find of widgets that paint themselves: what each is, and where its cursor
is.

Such a widget has a ``spoken_role``. One with a cursor has a method ``spoken_place``, which gives in
words where that is, "" for nowhere; it announces this itself where keys move it, and never puts it
into its description: readers say what changes there a second time.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from digitpad.core.languages import _

_QT = "PySide6."


class _PaintedWidget(QAccessibleWidget):
    """Of a widget with a ``spoken_role``, as that is now, or of a window without one."""

    def role(self) -> QAccessible.Role:
        return getattr(self.widget(), "spoken_role", QAccessible.Role.Window)

    def text(self, kind: QAccessible.Text, /) -> str:
        if kind is not QAccessible.Text.Description:
            return super().text(kind)
        widget = self.widget()
        place = widget.spoken_place() if hasattr(widget, "spoken_place") else ""
        # Without a description Qt gives the tool tip, which tells of where the pointer is.
        said = widget.accessibleDescription() if place else super().text(kind)
        return (
            _("{first}. {second}").format(first=place, second=said)
            if place and said
            else place or said
        )


def _interface(_class: str, widget: QObject) -> QAccessibleWidget | None:
    if not isinstance(widget, QWidget):
        return None
    # What is no more than a widget to Qt, and stands alone, is a window; menus are Qt's own.
    kind = type(widget)
    is_ours = not kind.__module__.startswith(_QT)
    is_window = is_ours and kind.__bases__[0] is QWidget and widget.isWindow()
    return _PaintedWidget(widget) if is_window or hasattr(widget, "spoken_role") else None


def tell_roles() -> None:
    """Have screen readers find the roles; before any of them asks."""
    QAccessible.installFactory(_interface)
