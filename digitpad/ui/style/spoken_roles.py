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


class _PaintedWidget(QAccessibleWidget):
    """Of a widget with a ``spoken_role``, as that is now."""

    def role(self) -> QAccessible.Role:
        return self.widget().spoken_role  # type: ignore[attr-defined]

    def text(self, kind: QAccessible.Text, /) -> str:
        said = super().text(kind)
        if kind is not QAccessible.Text.Description:
            return said
        place = getattr(self.widget(), "spoken_place", None)
        return ". ".join(filter(None, [place() if place is not None else "", said]))


def _interface(_class: str, widget: QObject) -> QAccessibleWidget | None:
    if isinstance(widget, QWidget) and hasattr(widget, "spoken_role"):
        return _PaintedWidget(widget, widget.spoken_role)
    return None


def tell_roles() -> None:
    """Have screen readers find the roles; before any of them asks."""
    QAccessible.installFactory(_interface)
