"""The list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.shell.action_row import WITHIN, Group
from digitpad.ui.shell.actions import rows_of_group
from digitpad.ui.style.fitting_scroll import FittingDialog
from digitpad.ui.style.mnemonics import plain
from digitpad.ui.style.screen import fitted_to_screen, screen_of

_AROUND = 40
"""What the dialog has beside its text at most, in pixels."""
_HINTS = (
    N_("F10, or Alt with the letter that is underlined, opens the menus; Esc leaves them."),
    N_("Draw with pen, mouse or finger. The right mouse button rubs out."),
    N_(
        "At the pad, arrow keys move a crosshair, with Shift ten times as far; Space puts the pen "
        "down and up."
    ),
    N_("At the pad, 0 to 9 draw a sample of themselves, another one each time."),
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


class _KeysScroll(QScrollArea):
    """Scrolls by Home and End too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow and Page keys scroll a line and a page, Home and End all the way."""
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class KeysDialog(FittingDialog):
    """The list of keys in a dialog of its own, as large as its lines; it scrolls where the
    screen has no room for all of them.

    Attributes:
        text: what it says, as a label.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """parent: the window that it opens over."""
        super().__init__(parent)
        self.setWindowTitle(_("Keys and hints"))
        self.text = QLabel(keys_text())
        screen = screen_of(self if parent is None else parent)
        room = fitted_to_screen(self, screen.availableGeometry().size(), screen)
        if self.text.sizeHint().width() + _AROUND > room.width():
            self.text.setText(keys_text(columns=1))
            self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        scrolled = _KeysScroll()
        scrolled.setFrameShape(_KeysScroll.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(self.text)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled)
        layout.addWidget(buttons)
        inside = self.text.sizeHint()
        if self.text.wordWrap():
            inside = QSize(room.width(), self.text.heightForWidth(room.width() - _AROUND))
        margins = layout.contentsMargins()
        bar = scrolled.verticalScrollBar().sizeHint().width()
        wanted = QSize(
            inside.width() + bar + margins.left() + margins.right(),
            inside.height() + buttons.sizeHint().height() + 3 * margins.top(),
        )
        self.resize(wanted.boundedTo(room))
        # Arrow and page keys scroll at once.
        scrolled.setAccessibleName(self.windowTitle())
        scrolled.setFocus()


def keys_table() -> dict[str, list[tuple[str, str]]]:
    """(words, keys) of every action that has keys, by the menus that they are in, in order."""
    table: dict[str, list[tuple[str, str]]] = {}
    for group in Group:
        if group.menu in WITHIN:
            continue
        for row in rows_of_group(group):
            if row.is_listed:
                menu = plain(_(group.menu.value))
                keys = f"  {_('or')}  ".join(map(_native, row.keys))
                table.setdefault(menu, []).append((plain(_(row.text)).rstrip("…"), keys))
    return table


def keys_text(columns: int = 2) -> str:
    """All keys by menu in one or two columns, and what else is good to know, as the simple HTML
    that Qt shows."""
    blocks = [[(menu, ""), *entries] for menu, entries in keys_table().items()]
    first, second = min(
        ((blocks[:cut], blocks[cut:]) for cut in range(1, len(blocks))),
        key=lambda halves: max(sum(map(len, half)) for half in halves),
    )
    halves = (first, second) if columns > 1 else (blocks,)
    cells = "".join(f"<td>{_column(half)}</td>" for half in halves)
    hints = "<br>".join(map(_, _HINTS))
    space = "pre" if columns > 1 else "normal"
    # In line with the columns.
    look = f"white-space:{space}; margin-left:4px"
    return f"<table><tr>{cells}</tr></table><p style='{look}'>{hints}</p>"


def _column(blocks: Sequence[Sequence[tuple[str, str]]]) -> str:
    """Menus one beneath the other, each with its name over its keys."""
    lines = "".join(map(_block, blocks))
    return f"<table cellspacing='2'>{lines}</table>"


def _block(entries: Sequence[tuple[str, str]]) -> str:
    (menu, _nothing), *rows = entries
    lines = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f"<tr><td colspan='2' style='padding-top:5px'><b>{escape(menu)}</b></td></tr>{lines}"


def _cells(entry: tuple[str, str]) -> str:
    words, keys = map(escape, entry)
    return f"<td style='padding-right:18px'>{words}</td><td style='padding-right:30px'>{keys}</td>"


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
