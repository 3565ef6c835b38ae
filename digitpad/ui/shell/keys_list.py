"""The list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.style.mnemonics import plain
from digitpad.ui.style.screen import SMALLEST, fitted_to_screen

_HINTS = (
    N_("Draw with pen, mouse or finger. The right mouse button rubs out."),
    N_("Point at a square of a layer: its value stands in the title, what it sees is framed."),
    N_(
        "Click a square to see where its number comes from. Arrow keys go on from "
        "it, with Ctrl to another map, Page keys to a layer."
    ),
    N_(
        "Double-click a layer, or press Tab and Enter, to see it large; the wheel "
        "shows maps that had no room."
    ),
    N_("Alt+0 to Alt+9 say which digit is on the pad; it is kept in My drawings."),
    N_("While presenting (F11), arrow and Page keys, a swipe or a click on a name walk."),
    N_(
        "Drop pictures, a folder of them, or weights of your own (and their .py "
        "file) on the window."
    ),
)


class KeysDialog(QDialog):
    """The list of keys in a dialog of its own, as wide as its lines; it scrolls where it would be
    higher than the smallest window.

    Attributes:
        text: what it says, as a label.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """parent: the window that it opens over."""
        super().__init__(parent)
        self.setWindowTitle(_("Keys and hints"))
        self.text = QLabel(keys_text())
        self.text.setTextFormat(Qt.TextFormat.RichText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        scrolled = QScrollArea()
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(self.text)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled)
        layout.addWidget(buttons)
        inside = self.text.sizeHint()
        margins = layout.contentsMargins()
        bar = scrolled.verticalScrollBar().sizeHint().width()
        wanted = QSize(
            inside.width() + bar + margins.left() + margins.right(),
            inside.height() + buttons.sizeHint().height() + 3 * margins.top(),
        )
        self.resize(fitted_to_screen(self, wanted.boundedTo(SMALLEST)))


def keys_table() -> list[tuple[str, str]]:
    """(words, keys) of every action."""
    return [
        (plain(_(row.text)).rstrip("…"), f"  {_('or')}  ".join(map(_native, row.keys)))
        for row in ACTIONS
        if row.is_listed
    ]


def keys_text() -> str:
    """All keys in two columns, and what else is good to know, as the simple HTML that Qt shows."""
    table = keys_table()
    half = -(-len(table) // 2)
    rows = zip(table[:half], [*table[half:], ("", "")], strict=False)
    lines = "".join(f"<tr>{_cells(left)}{_cells(right)}</tr>" for left, right in rows)
    hints = "<br>".join(map(_, _HINTS))
    return f"<table cellspacing='2'>{lines}</table><p style='white-space:pre'>{hints}</p>"


def _cells(entry: Sequence[str]) -> str:
    words, keys = map(escape, entry)
    return (
        f"<td style='padding-right:18px'>{words}</td>"
        f"<td style='padding-right:30px'><b>{keys}</b></td>"
    )


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
