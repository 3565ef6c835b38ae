"""The window of My drawings: all that was kept, by label, by mistake, newest first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import _
from digitpad.core.paths import collection_path
from digitpad.ui.images.browser_style import browser_style
from digitpad.ui.images.drawing_detail import DrawingDetail
from digitpad.ui.images.drawings_bar import DrawingsBar
from digitpad.ui.images.drawings_changes import DrawingsChanges
from digitpad.ui.images.drawings_files import DrawingsFiles
from digitpad.ui.images.drawings_grid import DrawingsGrid
from digitpad.ui.images.drawings_reading import DrawingsReading
from digitpad.ui.images.drawings_shown import DrawingChoice, ShownDrawings
from digitpad.ui.images.drawings_words import (
    EMPTY,
    LOADING,
    TITLE,
    drawing_in_words,
    privacy_in_words,
    totals_in_words,
)
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import tell
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.screen import COMFORTABLE, MUCH_ROOM, SMALLEST, fitted_to_screen, unit_of
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import Theme

if TYPE_CHECKING:
    from digitpad.ink.kept_drawing import KeptDrawing
    from digitpad.teaching.entries import Entry
    from digitpad.ui.images.drawings_keeper import DrawingsKeeper

_DETAIL_HEIGHT = 128


class DrawingsSheet(QWidget):
    """The kept drawings in a grid; those that are selected, one or several, are relabelled, deleted
    and exported, one is put on the pad.

    Attributes:
        reading: what the network at work reads them as.
        shown: what there is. choice: which of it is shown. grid, bar, detail: show it.
        changes: what was done here, to be taken back. files: asks for files.

    Signals:
        drawing_chosen (Entry, KeptDrawing): a drawing for the pad.
        teaching_wanted (): the network shall be taught.
    """

    drawing_chosen = Signal(object, object)
    teaching_wanted = Signal()

    def __init__(self, keeper: DrawingsKeeper, session: Session, theme: Theme) -> None:
        """keeper: of the drawings, which are followed while the window is open. session: whose
        network reads them."""
        super().__init__()
        self._keeper = keeper
        self.shown = ShownDrawings(())
        self.choice = DrawingChoice()
        self.reading = DrawingsReading(session, self)
        self.changes = DrawingsChanges(keeper, self)
        self.files = DrawingsFiles(keeper, self.changes, self)
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"{_(TITLE)} — Digitpad")
        ScreenFollowing(self, SMALLEST)
        self.title_label, self.totals_label = QLabel(_(TITLE)), QLabel()
        self.privacy_label = QLabel(privacy_in_words(_path(keeper)))
        self.title_label.setObjectName("title")
        for label in (self.totals_label, self.privacy_label):
            label.setObjectName("quiet")
        for label in (self.title_label, self.totals_label, self.privacy_label):
            # A long text is cut rather than that the window grows with it.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.privacy_label.setToolTip(self.privacy_label.text())
        self.bar = DrawingsBar(self)
        self.grid = DrawingsGrid()
        self.grid.setAccessibleName(_(TITLE))
        self.detail = DrawingDetail()
        self._layout = QVBoxLayout(self)
        for part in (self.title_label, self.totals_label, self.privacy_label, self.bar):
            self._layout.addWidget(part)
        self._layout.addWidget(self.grid, 1)
        self._layout.addWidget(self.detail)
        ctrl = Qt.KeyboardModifier.ControlModifier
        self._keys: dict[QKeyCombination, Callable[[], object]] = {
            QKeyCombination(ctrl, Qt.Key.Key_Z): self.changes.undo,
            QKeyCombination(ctrl, Qt.Key.Key_I): self.files.choose_import,
            QKeyCombination(ctrl, Qt.Key.Key_E): self.export,
            QKeyCombination(Qt.Key.Key_Delete): self.delete,
        }
        self._connect()
        self.set_theme(theme)
        self._renew()
        self.resize(fitted_to_screen(self, COMFORTABLE))
        self.grid.setFocus()

    def _connect(self) -> None:
        self._keeper.changed.connect(self._renew)
        self.reading.changed.connect(self._renew)
        self._keeper.said.connect(self.say)
        self.bar.choice_changed.connect(self.choose)
        self.grid.selection_changed.connect(self._show_selected)
        self.bar.several_button.toggled.connect(self._select_several)
        self.grid.image_chosen.connect(lambda _image: self.put_on_pad())
        self.detail.relabelled.connect(self.relabel)
        self.detail.pad_button.clicked.connect(self.put_on_pad)
        self.detail.delete_button.clicked.connect(self.delete)
        self.changes.said.connect(self.say)
        self.changes.changed.connect(self._show_undo)
        self.bar.undo_button.clicked.connect(self.changes.undo)
        self.bar.import_button.clicked.connect(self.files.choose_import)
        self.bar.export_button.clicked.connect(self.export)
        self.files.said.connect(self.say)
        self.grid.menu_actions = [
            self._menu_action(self.detail.pad_button, self.put_on_pad),
            self._menu_action(self.detail.delete_button, self.delete),
            self._menu_action(self.bar.export_button, self.export),
        ]
        self.bar.teach_button.clicked.connect(self.teaching_wanted)

    def _menu_action(self, button: QToolButton, does: Callable[[], object]) -> QAction:
        action = QAction(button.text(), self)
        action.triggered.connect(lambda: does())
        return action

    # What is there.

    def show_again(self, can_teach: bool = False) -> None:
        """Open the window, or bring it to the front. can_teach: whether something teaches."""
        self.bar.teach_button.setVisible(can_teach)
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what is kept."""
        super().showEvent(event)
        self._keeper.watch()
        self.reading.read(self.shown.entries)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no more."""
        super().hideEvent(event)
        self._keeper.unwatch()
        self.reading.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """No animation goes on."""
        self.grid.stop()
        super().closeEvent(event)

    @property
    def current(self) -> Entry | None:
        """The selected drawing; of several the one that was selected last."""
        at = self.grid.current
        return None if at is None else self.shown.entries[at]

    @property
    def selected(self) -> list[Entry]:
        """The selected drawings, as they are shown."""
        return [self.shown.entries[number] for number in self.grid.selected]

    def _select_several(self, takes: bool) -> None:
        """Whether each click selects one more."""
        self.grid.takes_several = takes
        if not takes:
            self.grid.select_several(())

    def _renew(self) -> None:
        """Show what is kept now: the selected drawings stay so, or the one in their place."""
        before, places = self.current, self.grid.shown.tolist()
        several = [entry.id for entry in self.selected] if self.grid.has_several else []
        at = places.index(self.grid.current) if self.grid.current in places else 0
        top = self.grid.verticalScrollBar().value()
        entries = sorted(self._keeper.entries.values(), key=lambda one: (one.created, one.id))
        now = {} if self.choice.as_kept else self.reading.answers
        self.shown = shown = ShownDrawings(entries, now)
        if self.isVisible():
            self.reading.read(shown.entries)
        self.grid.show_images(shown.digits, shown.classes, shown.answers, self.describe)
        self.bar.show_counts(shown.counts())
        chosen = shown.chosen(self.choice)
        by_id = {entry.id: number for number, entry in enumerate(shown.entries)}
        number = None if before is None else by_id.get(before.id)
        if number is None or number not in chosen:
            number = int(chosen[min(at, len(chosen) - 1)]) if len(chosen) else None
        self.grid.current = number
        self.grid.select_several([by_id[each] for each in several if each in by_id])
        self.grid.show_chosen(chosen)
        self.grid.scroll_to(top)
        self._show_totals()
        self._show_selected()

    def describe(self, number: int) -> str:
        """A drawing in words."""
        entry = self.shown.entries[number]
        return drawing_in_words(entry, self.reading.answers.get(entry.id))

    def choose(self, choice: DrawingChoice) -> None:
        """Show the drawings of a choice; in another order from the top."""
        is_reordered = choice.order is not self.choice.order
        is_other = choice.as_kept != self.choice.as_kept
        self.choice = choice
        if is_other:
            self._renew()
        self.bar.show_choice(choice)
        self.bar.show_counts(self.shown.counts())
        self.grid.show_chosen(self.shown.chosen(choice), from_top=is_reordered)
        self._show_totals()

    def _show_totals(self) -> None:
        shown, n = self.shown, len(self.shown.entries)
        network = "" if self.choice.as_kept or not self.reading.answers else self.reading.network
        self.totals_label.setText(totals_in_words(n, shown.labelled, shown.mistakes, network))
        if not self._keeper.is_loaded:
            self.grid.say(_(LOADING))
        else:
            self.grid.say(_(EMPTY) if not n else _("Nothing fits. Esc shows all of them."))
        self.detail.setVisible(n > 0)
        self.bar.export_button.setEnabled(len(self.grid.shown) > 0)
        self.bar.teach_button.setEnabled(n > 0)
        self._show_undo()

    def _show_undo(self) -> None:
        self.bar.undo_button.setEnabled(self.changes.can_undo)

    def _show_selected(self) -> None:
        entries = self.selected
        if len(entries) > 1:
            self.detail.show_several(entries)
        else:
            entry = entries[0] if entries else None
            self.detail.show_entry(entry, self.reading.answers.get(entry.id) if entry else None)

    def say(self, text: str) -> None:
        """Say what was done, or why not, in place of the totals until something changes."""
        tell(self.totals_label, text)
        self.totals_label.setToolTip(text)

    # What is done.

    def relabel(self, label: int) -> None:
        """Give the selected drawings another label."""
        others = [entry for entry in self.selected if entry.label != label]
        if others:
            self.changes.relabel(others, label)

    def delete(self) -> None:
        """Take the selected drawings out."""
        if entries := self.selected:
            self.changes.delete(entries)

    def export(self) -> None:
        """Write the selected drawings to a file, where there are several, or all that are shown."""
        numbers = self.grid.shown.tolist()
        several = self.selected if len(self.selected) > 1 else []
        self.files.choose_export(several or [self.shown.entries[number] for number in numbers])

    def put_on_pad(self) -> None:
        """Put the selected drawing on the pad."""
        entry = self.current
        if entry is None:
            return

        def put(drawing: KeptDrawing) -> None:
            self.drawing_chosen.emit(entry, drawing)

        self._keeper.do(lambda collection: collection.drawing(entry.id), put, self.say)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit says what the selected drawings are, "-" that they are none, Delete takes them
        out; Ctrl+Z, Ctrl+I and Ctrl+E are the buttons'. Escape lets go of several, then shows all;
        where all are shown it closes, as the system's keys do."""
        if event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.key() == Qt.Key.Key_Escape:
            if self.grid.has_several:
                self.grid.select_several(())
            elif self.choice.is_everything:
                self.close()
            else:
                self.choose(self.choice.everything)
        elif (does := self._keys.get(event.keyCombination())) is not None:
            does()
        elif event.text() and event.text() in DIGITS:
            self.relabel(DIGITS.index(event.text()))
        elif event.text() == "-":
            self.relabel(NON_DIGIT)
        else:
            super().keyPressEvent(event)

    # Size and theme.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts and gaps grow with the window."""
        unit = unit_of(self.width(), self.height(), MUCH_ROOM)
        margin = round(18 * unit)
        self._layout.setContentsMargins(margin, round(12 * unit), margin, round(14 * unit))
        self._layout.setSpacing(round(7 * unit))
        for panel in (self.bar, self.grid, self.detail):
            panel.set_unit(unit)
        for label, pixels, bold in (
            (self.title_label, 16, True),
            (self.totals_label, 13, False),
            (self.privacy_label, 12, False),
        ):
            label.setFont(sized_font(self.font(), pixels, unit, bold))
        # Texts come and go without moving what is below them.
        self.totals_label.setFixedHeight(round(20 * unit))
        self.detail.setFixedHeight(round(_DETAIL_HEIGHT * unit))
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(style_sheet(theme) + browser_style(theme))
        self.setPalette(palette(theme))
        for panel in (self.bar, self.grid, self.detail):
            panel.set_theme(theme)


def _path(keeper: DrawingsKeeper) -> Path:
    return keeper.path or collection_path()
