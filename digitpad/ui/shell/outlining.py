"""Between the session and the pad with the input beneath it: what is framed and tinted there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF

from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.digit_view import DigitView
from digitpad.ui.shell.session import Session


class Outlines(QObject):
    """Frames on the pad and on the input what a unit sees, and lays over both what explains
    them."""

    def __init__(self, session: Session, canvas: Canvas, digit_view: DigitView) -> None:
        """Follows the session at once."""
        super().__init__(canvas)
        self._session = session
        self._canvas, self._digit_view = canvas, digit_view
        session.digit_changed.connect(self._show_digit)
        session.selection.changed.connect(self._outline_field)
        session.overlay.changed.connect(self._show_overlay)

    def outline_digit(self, number: int) -> None:
        """Frame one of several digits on the pad; none for -1."""
        found = self._session.several.found
        if 0 <= number < len(found):
            left, top, right, bottom = found[number].part.box
            self._canvas.outline(QRectF(left, top, right - left, bottom - top))
        else:
            self._outline_field()

    def _show_digit(self) -> None:
        self._digit_view.show_digit(self._session.digit)
        self._outline_field()

    def _outline_field(self) -> None:
        selection = self._session.selection
        self._digit_view.outline(selection.field)
        on_pad = selection.field_on_pad or self._session.overlay.box
        self._canvas.outline(None if on_pad is None else QRectF(*on_pad))

    def _show_overlay(self) -> None:
        overlay = self._session.overlay
        self._canvas.show_tint(overlay.on_pad)
        self._digit_view.show_tint(overlay.on_input)
        self._outline_field()
