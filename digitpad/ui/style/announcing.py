"""What is said to screen readers, and when: nothing while the pen moves."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid

_POLITENESS = QAccessible.AnnouncementPoliteness


class _Hush:
    """What is not said yet, since the pen moves.

    Attributes:
        is_drawing: whether it does; a method of who knows, held weakly. waiting: what is to be
            said or set once it rests, the newest of each kind for each widget, in order.
    """

    def __init__(self) -> None:
        self.is_drawing: weakref.WeakMethod[Callable[[], bool]] | None = None
        self.waiting: dict[tuple[QWidget, str], Callable[[], None]] = {}

    @property
    def holds(self) -> bool:
        known = None if self.is_drawing is None else self.is_drawing()
        return known is not None and isValid(getattr(known, "__self__", None)) and known()

    def say(self, widget: QWidget, kind: str, does: Callable[[], None]) -> None:
        """Say something now, or once the pen rests."""
        self.waiting.pop((widget, kind), None)
        if self.holds:
            self.waiting[widget, kind] = does
        else:
            does()


_hush = _Hush()


def is_heard() -> bool:
    """Whether a screen reader, or the like, listens."""
    return QAccessible.isActive()


def hush_while(is_drawing: Callable[[], bool]) -> None:
    """Say nothing while this is so, in place of what was asked before; a method, held weakly."""
    _hush.is_drawing = weakref.WeakMethod(is_drawing)


def speak_up() -> None:
    """The pen rests: say what was held back."""
    waiting, _hush.waiting = _hush.waiting, {}
    for (widget, _kind), does in waiting.items():
        if isValid(widget):
            does()


def announce(widget: QWidget, text: str, assertive: bool = False, waits: bool = True) -> None:
    """Say a text, wherever the focus is; nothing for "", or where nobody listens.

    widget: what it is about. assertive: something went wrong, and is said at once, in place of what
    is being said. waits: until the pen rests, with only the newest of a widget's texts said then;
    what keys do with the pen itself does not.
    """
    if not text or not is_heard():
        return
    if assertive or not waits:
        _send(widget, text, assertive)
    else:
        _hush.say(widget, "announcement", lambda: _send(widget, text, False))


def tell(label: QLabel, text: str, assertive: bool = False) -> None:
    """Write a text on a label, and say it where it is another than before."""
    if text != label.text():
        label.setText(text)
        announce(label, text, assertive)


def name(widget: QWidget, text: str) -> None:
    """Call a widget so, which screen readers are told of."""
    # Not by a method of the widget's, which may come here.
    is_new = text != widget.accessibleName()
    _set(widget, "name", is_new, lambda: QWidget.setAccessibleName(widget, text))


def describe(widget: QWidget, text: str) -> None:
    """Say so of a widget, which screen readers are told of."""
    is_new = text != widget.accessibleDescription()
    _set(widget, "description", is_new, lambda: QWidget.setAccessibleDescription(widget, text))


def _set(widget: QWidget, kind: str, is_new: bool, does: Callable[[], None]) -> None:
    if not is_new:
        # What waits would undo it.
        _hush.waiting.pop((widget, kind), None)
    elif is_heard():
        _hush.say(widget, kind, does)
    else:
        # Where nobody listens nothing is noise.
        does()


def _send(widget: QWidget, text: str, assertive: bool) -> None:
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(_POLITENESS.Assertive if assertive else _POLITENESS.Polite)
    QAccessible.updateAccessibility(event)
