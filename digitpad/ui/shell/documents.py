"""The drawing as a document: opened, saved, and never lost without asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QStandardPaths, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _, ngettext
from digitpad.ink.drawing import Mark
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ui.shell.brought_files import DRAWING_ENDING
from digitpad.ui.shell.document_view import DocumentView
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.shell.notice import done
from digitpad.ui.shell.session import Session
from digitpad.ui.style.widget_pictures import SVG

if TYPE_CHECKING:
    from digitpad.ui.shell.settings_store import SettingsStore

_Button = QMessageBox.StandardButton


class Documents(QObject):
    """What file the drawing is in, and whether it has changed since.

    A drawing that is in no file is a scratch: it is never asked about while the window's journal
    keeps it. To open or to begin anew is one step of undo, so that nothing is lost by it. Whoever
    clears a pad that its file holds, or puts a sample, a picture or any other drawing in its place,
    has done with that file, and what is on the pad next is a scratch; undone, it is that file's
    again. Where the file does not hold it, it stays open, so that closing asks; but a drawing that
    has nothing of what a file holds never takes its place unasked.

    Attributes:
        file: that the drawing was opened from or saved to last; None for a scratch.
        recent_menu: the files that were opened or saved before.
        is_kept: says whether what is drawn is kept without saving, by the window's journal.

    Signals:
        changed (): the file, or whether the drawing has changed since it was saved.
        noted (str, object): the file, "" for none, and the marks that it holds now.
        said (str): what was done, or went wrong, in words.
    """

    changed = Signal()
    noted = Signal(str, object)
    said = Signal(str)

    def __init__(self, session: Session, exchange: Exchange, window: QWidget) -> None:
        """window: over which dialogs open."""
        super().__init__(window)
        self._session, self._exchange, self._window = session, exchange, window
        self.file: Path | None = None
        self.is_kept: Callable[[], bool] = lambda: True
        self._saved: tuple[Mark, ...] = ()
        self._opened = KeptDrawing(())
        self._store: SettingsStore | None = None
        self._told = ("", False)
        self._left: tuple[Path | None, tuple[Mark, ...], KeptDrawing] | None = None
        self.view = DocumentView(session)
        self.view.said.connect(self.said)
        self.recent_menu = QMenu(window)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        session.pad.history_changed.connect(self._on_history)
        exchange.drawing_chosen.connect(self.open)
        exchange.folder = self._folder

    def use_settings(self, store: SettingsStore) -> None:
        """Keep the files that were opened or saved there."""
        self._store = store

    @property
    def name(self) -> str:
        """The file's name; "" for a scratch."""
        return "" if self.file is None else self.file.name

    @property
    def is_changed(self) -> bool:
        """Whether the drawing is not what its file holds; False for a scratch."""
        return self.file is not None and self._session.pad.drawing.marks != self._saved

    @property
    def is_saved(self) -> bool:
        """Whether a file holds what is on the pad."""
        return self.file is not None and not self.is_changed

    @property
    def _is_another(self) -> bool:
        """Whether nothing of what the file holds is on the pad any more."""
        marks = self._session.pad.drawing.marks
        return bool(self._saved) and not any(mark in self._saved for mark in marks)

    @property
    def held(self) -> tuple[Path | None, tuple[Mark, ...], KeptDrawing]:
        """The file, the marks that it holds, and all that was read from it: for a window that
        takes this one's place."""
        return self.file, self._saved, self._opened

    @held.setter
    def held(self, held: tuple[Path | None, tuple[Mark, ...], KeptDrawing]) -> None:
        self.file, self._saved, self._opened = held
        self._tell()

    # Opening.

    def begin_anew(self) -> None:
        """An empty pad that is in no file."""
        if self.may_go_on():
            self._session.pad.clear()
            self._take(None, KeptDrawing(()))

    def open(self, file: Path) -> None:
        """Put a file's drawing on the pad, as one step."""
        # Here, so that the window opens sooner.
        from digitpad.ink.strokes_file import read_drawings

        if not self.may_go_on():
            return
        file = file.absolute()
        try:
            drawings = read_drawings(file)
            if not drawings:
                raise DigitpadError(_("{file} holds no drawing.").format(file=file))
        except DigitpadError as error:
            self.said.emit(str(error))
            return
        kept = drawings[0]
        self._session.pad.show_marks(list(kept.marks))
        # Of many drawings one cannot be saved in their place.
        self._take(file if len(drawings) == 1 else None, kept)
        if kept.label is not None and kept.label != NON_DIGIT:
            self._session.name_drawing(DIGITS[kept.label], _("the file"))
        self._note_recent(file)
        if len(drawings) > 1:
            n = len(drawings)
            self.said.emit(
                ngettext(
                    "{name} holds {n} drawing; the first is on the pad.",
                    "{name} holds {n} drawings; the first is on the pad.",
                    n,
                ).format(name=file.name, n=f"{n:,}")
            )
        self.view.show(kept, file.name)

    def restore(self, file: str, saved: tuple[Mark, ...]) -> None:
        """The drawing that was brought back was last saved in this file, "" for none, as these
        marks."""
        self.file, self._saved = (Path(file) if file else None), saved
        self._opened, self._left = KeptDrawing(()), None
        self._tell()

    def _on_history(self) -> None:
        """Leave a file when another drawing takes the place of the one that it holds, or none does,
        and be back when that is undone."""
        marks = self._session.pad.drawing.marks
        was_saved = not self._told[1]
        if self.file is not None and was_saved and self._is_another:
            left = self.held
            self._take(None, KeptDrawing(()))
            self._left = left
        elif self._left is not None and self.file is None and marks == self._left[1]:
            self.file, self._saved, self._opened = self._left
            self._left = None
            self.noted.emit(str(self.file), self._saved)
            self._tell()
        else:
            self._tell()

    def _take(self, file: Path | None, kept: KeptDrawing) -> None:
        """The drawing on the pad is now what this file holds."""
        self._left = None
        self.file, self._opened = file, kept
        self._saved = self._session.pad.drawing.marks
        self.noted.emit("" if file is None else str(file), self._saved)
        self._tell()

    def _tell(self) -> None:
        told = self.name, self.is_changed
        if told != self._told:
            self._told = told
            self.changed.emit()

    # Saving.

    def save(self) -> bool:
        """Write the drawing to its file, or to one that is asked for; returns whether it was."""
        if self.file is None or self._is_another:
            return self.save_as()
        return self._write(self.file)

    def save_as(self) -> bool:
        """Ask for a file and write the drawing to it; returns whether it was written."""
        new = self._folder() / f"{self._proposed()}{DRAWING_ENDING}"
        named, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("Save the drawing"),
            str(new if self.file is None or self._is_another else self.file),
            _("Drawings (*{ending})").format(ending=DRAWING_ENDING),
        )
        if not named:
            return False
        file = Path(named).absolute()
        if not file.suffix and not file.is_dir():
            file = file.with_name(f"{file.name}{DRAWING_ENDING}")
            if file.exists() and not self._may_replace(file):
                return False
        return self._write(file)

    def _may_replace(self, file: Path) -> bool:
        """Whether the person agrees: the dialog asked about the name without its ending only."""
        asked = QMessageBox.question(
            self._window,
            _("Save the drawing"),
            _("{name} is there. Replace it?").format(name=file.name),
        )
        return asked == _Button.Yes

    def _folder(self) -> Path:
        """Where a new file is proposed: beside the one before, else among the person's
        documents."""
        recent = () if self._store is None else self._store.values.recent
        beside = next((Path(one).parent for one in recent if Path(one).parent.is_dir()), None)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return beside or Path(QStandardPaths.writableLocation(documents))

    def _proposed(self) -> str:
        """The name that is proposed, without ending."""
        answer = self._session.reading.answer
        is_name = answer.isalnum() and not self._session.pad.is_empty
        return f"drawing-{answer}" if is_name else "drawing"

    def _write(self, file: Path) -> bool:
        from digitpad.ink.strokes_file import write_drawings

        marks = self._session.pad.drawing.marks
        opened = KeptDrawing(()) if self._is_another else self._opened
        kept = replace(
            opened,
            marks=marks,
            label=self._label(),
            reading=self.view.reading(),
            view=self.view.values(),
            made=opened.made or datetime.now().astimezone(),
        )
        try:
            write_drawings(file, [kept])
        except DigitpadError as error:
            self.said.emit(str(error))
            return False
        self._take(file, kept)
        self._note_recent(file)
        self.said.emit(done(_("The drawing is saved: {file}").format(file=file)))
        return True

    def _label(self) -> int | None:
        """What the drawing really is, where somebody said so: of the one that is on the pad, or,
        where nothing else is said, of the one that was opened and not changed."""
        label = self._session.label
        if label is not None and label.name in DIGITS:
            return DIGITS.index(label.name)
        return self._opened.label if self._session.pad.drawing.marks == self._saved else None

    def save_picture(self) -> None:
        """Ask for a file and write a picture of the drawing alone to it."""
        name = self.file.stem if self.file is not None else self._proposed()
        self._exchange.save(self._picture, _("the drawing"), name)

    def _picture(self, ending: str) -> bytes:
        # Here, so that the window opens sooner.
        from digitpad.ink.drawing_picture import drawing_png, drawing_svg

        marks = self._session.pad.drawing.marks
        if ending == SVG:
            return drawing_svg(marks, self.name or self._session.reading.answer)
        return drawing_png(marks)

    # Asking.

    def may_go_on(self) -> bool:
        """Whether another drawing may take this one's place: it is asked only where a file does not
        hold what has changed."""
        return not self.is_changed or self._ask(
            _("Save the changes to {name}?").format(name=self.name)
        )

    def may_end(self) -> bool:
        """Whether the window may close; as may_go_on, and asked of a scratch too where nothing
        keeps it."""
        if self.file is None and len(self._session.pad.drawing) and not self.is_kept():
            return self._ask(_("Save the drawing? It is not kept otherwise."))
        return self.may_go_on()

    def _ask(self, question: str) -> bool:
        # Nobody means to save an empty pad by pressing Enter.
        is_empty = not len(self._session.pad.drawing)
        answer = QMessageBox.question(
            self._window,
            "Digitpad",
            question,
            _Button.Save | _Button.Discard | _Button.Cancel,
            _Button.Cancel if is_empty else _Button.Save,
        )
        if answer == _Button.Save:
            return self.save()
        return answer == _Button.Discard

    # Files that were opened or saved before.

    def choose_recent(self) -> None:
        """Ask which of them shall be opened, in a menu where the pointer or the keyboard is."""
        inside = self._window.rect()
        at = self._window.mapFromGlobal(QCursor.pos())
        place: QPoint = at if inside.contains(at) else inside.center()
        self.recent_menu.popup(self._window.mapToGlobal(place))

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        files = [] if self._store is None else [Path(one) for one in self._store.values.recent]
        if not files:
            self.recent_menu.addAction(_("Nothing was opened or saved yet")).setEnabled(False)
        names = [file.name for file in files]
        for file in files:
            # Files of one name are told apart by their folders; "&" would be a key.
            text = str(file) if names.count(file.name) > 1 else file.name
            action = self.recent_menu.addAction(text.replace("&", "&&"))
            action.setToolTip(str(file))
            action.triggered.connect(partial(self._open_recent, file))

    def _open_recent(self, file: Path) -> None:
        if file.exists():
            self._exchange.take_files([file])
            return
        if self._store is not None:
            self._store.drop_recent(file)
        self.said.emit(_("{file} is not there any more.").format(file=file))

    def _note_recent(self, file: Path) -> None:
        if self._store is not None:
            self._store.note_recent(file)
