"""What a screen reader finds of a widget."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from digitpad.ui.style.spoken_roles import tell_roles


def role_of(widget: QWidget) -> QAccessible.Role:
    """What it is to a screen reader."""
    return QAccessible.queryAccessibleInterface(widget).role()


def said_of(widget: QWidget) -> str:
    """What a screen reader says of it, besides its name."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def named(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


tell_roles()
