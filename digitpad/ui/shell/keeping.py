"""The window's journal: what is drawn is there again after an end that nobody meant."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.files import why_not
from digitpad.core.languages import _
from digitpad.ink.drawing import Drawing, Mark
from digitpad.ink.journal import ASIDE, ENDING, Journal, Kept, read_journal
from digitpad.ink.journal_records import NewerVersionError
from digitpad.ui.pad.pad_model import PadModel
from digitpad.ui.shell.offer_bar import Deed, OfferBar

REST_MS = 2_000
"""A pen that was up for so long rests, so that the disk may be waited for."""
KEPT_ENDING = ".kept"
"""Of the journal of a drawing that was on the pad when the window closed."""
_MOST_KEPT = 5
_MOST_LOOKED_AT = 200


@dataclass
class _Found:
    """What an end nobody meant left behind.

    journal: to go on with; None where it can be read but not written, as on a full disk. file:
    where what was drawn lies.
    """

    kept: Kept
    journal: Journal | None
    file: Path


class Keeping(QObject):
    """Writes a journal of the pad, and brings back what an earlier one holds.

    Attributes:
        journal: that is being written; None before begin(), and where none can be.

    Signals:
        restored (str, object): a drawing was brought back that was last saved in this file, "" for
            none, and the marks that are in it.
        said (str): something to say in the window.
    """

    restored = Signal(str, object)
    said = Signal(str)

    def __init__(self, pad: PadModel, folder: Path, bar: OfferBar, parent: QObject) -> None:
        """folder: of the journals; it may not exist yet. bar: says what was brought back, and
        offers what was not."""
        super().__init__(parent)
        self._pad, self._folder, self._bar = pad, folder, bar
        self.journal: Journal | None = None
        self._offered: _Found | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        pad.history_changed.connect(self._rest.start)

    @property
    def is_on(self) -> bool:
        """Whether what is drawn is being written down."""
        return self.journal is not None and self.journal.is_on

    def begin(self, may_restore: bool = True) -> None:
        """Look for a drawing that an end nobody meant left behind, and begin to write.

        It is put on the pad at once where there was one such end and may_restore says so, and
        offered where there were several in a row, or something is on the pad already.
        """
        found, ends, trouble = self._left_behind()
        if trouble:
            self.said.emit(trouble)
        if found is None:
            self._write_anew()
            return
        undo, __ = self._pad.drawing.history
        if ends < 2 and may_restore and not undo:
            self._adopt(found)
            self._bar.offer(
                _("Digitpad did not end as it should. Your drawing is back."),
                [Deed(_("Keep it"), lambda: None), Deed(_("Start empty"), self.start_empty)],
            )
            self._pad.stroke_finished.connect(self._bar_answered)
            return
        self._offered = found
        self._write_anew()
        self._bar.offer(
            _("Digitpad did not end as it should. What was drawn then is not lost.")
            if ends < 2
            else _("Digitpad did not end as it should, twice in a row. The drawing is not lost."),
            [
                Deed(_("Bring it back"), self._take_offered),
                Deed(_("Leave it"), self._leave_offered),
            ],
            self._leave_offered,
        )

    def _bar_answered(self) -> None:
        """Who draws on has kept it."""
        self._pad.stroke_finished.disconnect(self._bar_answered)
        if self._offered is None:
            self._bar.dismiss()

    def _left_behind(self) -> tuple[_Found | None, int, str]:
        """The newest journal that nobody writes and that holds something, how many ends in a row
        nobody meant, and what to say of those that cannot be read."""
        ends, trouble = 0, ""
        for path in _newest_first(self._folder, ENDING):
            try:
                found = _found(path)
            except (DigitpadError, NewerVersionError, OSError) as error:
                trouble = _said_of(path, error)
                continue
            if found is None:
                continue
            kept = found.kept
            ends = max(ends, kept.starts)
            if kept.damage:
                trouble = _(
                    "The end of what was drawn could not be read; what there was is kept in {file}."
                ).format(file=kept.aside or found.file)
            if not kept.is_empty:
                return found, ends, trouble
            if found.journal is not None:
                found.journal.discard()
        return None, ends, trouble

    # The journal that is written.

    def _write_anew(self) -> None:
        """Begin a journal of what is on the pad now."""
        try:
            self.journal = Journal.create(self._folder)
        except OSError as error:
            self.journal = None
            self._say_off(why_not(error))
            return
        drawing = self._pad.drawing
        if len(drawing) or drawing.can_undo or drawing.can_redo:
            self.journal.begin_with(drawing, self._say_off)
        else:
            self.journal.follow(drawing, self._say_off)

    def _say_off(self, why: str) -> None:
        self.said.emit(
            _(
                "What you draw is not written down, so it is lost if the program breaks down "
                "({why}). Save what you want to keep."
            ).format(why=why)
        )

    def _adopt(self, found: _Found) -> None:
        """Go on with an earlier drawing, and with its journal where that can be written."""
        kept, self.journal = found.kept, found.journal
        self._pad.start(kept.drawing)
        if self.journal is not None:
            self.journal.follow(kept.drawing, self._say_off)
        else:
            self._write_anew()
        self.restored.emit(kept.document, kept.saved)

    def _on_rest(self) -> None:
        if self.journal is not None and not self._pad.is_drawing:
            self.journal.rest()

    def note_document(self, file: str, marks: tuple[Mark, ...]) -> None:
        """The drawing is what this file holds now; "" for no file."""
        if self.journal is not None:
            self.journal.note_document(file, marks)

    def handed_over(self, pad: PadModel, bar: OfferBar, parent: QObject) -> Keeping:
        """The same journal for another pad, which has the same drawing; this one writes no more."""
        self._rest.stop()
        self._pad.history_changed.disconnect(self._rest.start)
        other = Keeping(pad, self._folder, bar, parent)
        other.journal, self.journal = self.journal, None
        other._offered, self._offered = self._offered, None
        if other.journal is not None:
            other.journal.follow(pad.drawing, other._say_off)
        if other._offered is not None:
            other._leave_offered()
        return other

    # What was left behind.

    def start_empty(self) -> None:
        """Begin with nothing on the pad; what was on it can be brought back."""
        if self.journal is not None:
            self._retire(self.journal)
        self._pad.start(Drawing())
        self._write_anew()
        self.restored.emit("", ())

    def _take_offered(self) -> None:
        if self._offered is None:
            return
        found, self._offered = self._offered, None
        if self._pad.drawing.can_undo or self._pad.drawing.can_redo:
            self._pad.show_marks(list(found.kept.drawing.marks))
            if found.journal is not None:
                found.journal.discard()
            return
        if self.journal is not None:
            self.journal.discard()
        self._adopt(found)

    def _leave_offered(self) -> None:
        if self._offered is not None and self._offered.journal is not None:
            self._retire(self._offered.journal)
        self._offered = None

    def bring_back(self) -> None:
        """Put the newest drawing on the pad that was on it when a window closed, as a step of its
        own; the next one, where it is asked for again."""
        for path in _newest_first(self._folder, KEPT_ENDING):
            try:
                kept = read_journal(path)
            except (DigitpadError, NewerVersionError, OSError) as error:
                self.said.emit(_said_of(path, error))
                continue
            self._pad.show_marks(list(kept.drawing.marks))
            with contextlib.suppress(OSError):
                path.unlink()
            return
        self.said.emit(_("There is no earlier drawing to bring back."))

    def _retire(self, journal: Journal) -> None:
        """Keep a journal that is at its end for bring_back(), and only the newest of them."""
        journal.let_go()
        with contextlib.suppress(OSError):
            journal.path.replace(journal.path.with_suffix(KEPT_ENDING))
            for old in _newest_first(self._folder, KEPT_ENDING)[_MOST_KEPT:]:
                old.unlink()

    def end(self, is_saved: bool) -> None:
        """The window closes, as it was meant to. is_saved: what is on the pad is in a file."""
        self._rest.stop()
        self._leave_offered()
        if self.journal is None:
            return
        if len(self._pad.drawing) and not is_saved:
            self._retire(self.journal)
        else:
            self.journal.discard()
        self.journal = None


def _found(path: Path) -> _Found | None:
    """What a journal holds that nobody writes; None where somebody does. One that can be read but
    not written is kept for bring_back(). Raises as read_journal does."""
    try:
        taken = Journal.take(path)
    except OSError:
        kept, file = read_journal(path), path
        with contextlib.suppress(OSError):
            file = path.replace(path.with_suffix(KEPT_ENDING))
        return _Found(kept, None, file)
    return None if taken is None else _Found(taken[1], taken[0], path)


def _newest_first(folder: Path, ending: str) -> list[Path]:
    """The files with an ending, the one that was written last first."""

    def age(path: Path) -> int:
        try:
            return -path.stat().st_mtime_ns
        except OSError:
            return 0

    try:
        return sorted(islice(folder.glob(f"*{ending}"), _MOST_LOOKED_AT), key=age)
    except OSError:
        return []


def _said_of(path: Path, error: Exception) -> str:
    """Set aside a journal that cannot be read; what to say of it."""
    aside = path.with_suffix(ASIDE)
    try:
        path.replace(aside)
    except OSError:
        aside = path
    if isinstance(error, NewerVersionError):
        return _(
            "What was drawn was written by a newer Digitpad, which can bring it back; it is kept "
            "in {file}."
        ).format(file=aside)
    return _("What was drawn could not be read; it is kept in {file}.").format(file=aside)
