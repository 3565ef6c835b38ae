"""The person says what a drawing really is, and it is kept in My drawings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import _
from digitpad.ui.images.drawings_keeper import DrawingsKeeper
from digitpad.ui.shell.session import Session

if TYPE_CHECKING:
    from digitpad.ink.drawing import Mark
    from digitpad.ink.kept_drawing import KeptDrawing
    from digitpad.teaching.collection import Collection
    from digitpad.teaching.entries import Entry


@dataclass(frozen=True)
class _Filed:
    """What was done last. before: the label that the drawing had. is_new: it was not kept yet."""

    entry: Entry
    label: int
    before: int | None
    is_new: bool


class Correcting(QObject):
    """Files what is on the pad with a label, and takes that back.

    A drawing that was filed and is still on the pad is given another label, not filed twice.

    Attributes:
        keeper: My drawings. is_asking: whether the person is asked what the drawing is.

    Signals:
        asking_changed: is_asking. said (str): why nothing can be filed.
        filed (str): in one line, what was done; undo() takes it back. undone (str): in one line,
            that it was taken back.
    """

    asking_changed = Signal()
    said = Signal(str)
    filed = Signal(str)
    undone = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Nothing is filed yet."""
        super().__init__(parent)
        self._session = session
        self.keeper = DrawingsKeeper(self)
        self.keeper.said.connect(self.said)
        self.is_asking = False
        self._version = 0
        self._on_pad: Entry | None = None
        self._last: _Filed | None = None
        # In the keeper's thread alone: which state of the pad was kept last, and as what.
        self._newest: tuple[int, Entry] | None = None
        session.pad.history_changed.connect(self._on_other_drawing)

    @property
    def last(self) -> Entry | None:
        """What was filed last, as it was when it was filed first; None where that was undone."""
        return None if self._last is None else self._last.entry

    # What is asked.

    def ask(self) -> None:
        """Ask what the drawing is, or ask no more; says why where it cannot be filed."""
        if self.is_asking:
            self.stop_asking()
        elif self._may_file():
            self.is_asking = True
            self.asking_changed.emit()

    def stop_asking(self) -> bool:
        """Ask no more; returns whether it was asked."""
        was_asking, self.is_asking = self.is_asking, False
        if was_asking:
            self.asking_changed.emit()
        return was_asking

    def _may_file(self) -> bool:
        session = self._session
        if session.pad.is_empty:
            self.said.emit(_("Draw first; then say what it is."))
        elif session.reading.classes != DIGITS:
            self.said.emit(
                _(
                    "Only digits can be kept in My drawings, and {title} tells other things "
                    "apart. Choose a network that reads digits (N)."
                ).format(title=_(session.info.title) if session.info else "")
            )
        elif session.several.answers:
            self.said.emit(_("Several digits stand apart. Choose one of them first, then say it."))
        else:
            return True
        return False

    # What is said.

    def confirm(self) -> None:
        """The answer is right: a digit, or that it is none."""
        recognition = self._session.recognition
        if not self._may_file():
            return
        if recognition is None:
            self.said.emit(_("Nothing is read yet; say what it is instead (C)."))
            return
        self.label(recognition.answer if recognition.accepted else NON_DIGIT)

    def label(self, label: int) -> None:
        """What is on the pad is this: 0 to 9, or NON_DIGIT. Nothing is blocked meanwhile."""
        if not self._may_file():
            return
        self.stop_asking()
        self._session.pad.finish()
        version, known = self._version, self._on_pad
        kept, weights = self._drawing(label), weights_of(self._session)
        self._session.name_drawing(DIGITS[label] if label >= 0 else "", _("My drawings"))

        def work(collection: Collection) -> _Filed:
            # What a click before this one kept, which may have been filed meanwhile.
            entry = known
            if entry is None and self._newest is not None and self._newest[0] == version:
                entry = self._newest[1]
            if entry is not None and entry.id in (found := collection.relabel([entry.id], label)):
                # It may have been deleted meanwhile.
                collection.restore([entry.id])
                return _Filed(entry, label, found[entry.id], is_new=False)
            new = collection.add(self._with_digest(kept, weights))
            self._newest = version, new
            return _Filed(new, label, None, is_new=True)

        self.keeper.do(work, lambda filed: self._on_filed(filed, version))

    def _drawing(self, label: int) -> KeptDrawing:
        """What is on the pad, to be kept."""
        recognition, marks = self._session.recognition, self._session.pad.drawing.marks
        if recognition is None:
            return drawing_to_keep(marks, label)
        return drawing_to_keep(marks, label, recognition.answer, recognition.accepted)

    def _with_digest(self, kept: KeptDrawing, weights: Path) -> KeptDrawing:
        if kept.reading is None:
            return kept
        reading = replace(kept.reading, network=self.keeper.digest(weights))
        return replace(kept, reading=reading)

    def _on_filed(self, filed: _Filed, version: int) -> None:
        self._last = filed
        if version == self._version:
            self._on_pad = filed.entry
        self.filed.emit(_in_words(filed))

    def file_all(
        self,
        drawings: Sequence[KeptDrawing],
        weights: Sequence[Path],
        told: Callable[[str], None],
    ) -> None:
        """File several drawings, all or none, each read by the weights of a file. told: called
        with "" once they are kept, or with why they are not."""

        def work(collection: Collection) -> None:
            pairs = zip(drawings, weights, strict=True)
            collection.add_all([self._with_digest(kept, read_by) for kept, read_by in pairs])

        self.keeper.do(work, lambda _none: told(""), told)

    def undo(self) -> None:
        """Take back what was filed last; nothing happens where that was done already."""
        filed, self._last = self._last, None
        if filed is None:
            self.said.emit(_("There is nothing to take back."))
            return
        number = filed.entry.id
        if filed.is_new:
            if self._on_pad is not None and self._on_pad.id == number:
                self._on_pad = None
            self._session.name_drawing("", "")
            done = _("Taken back: the drawing is not kept.")

            def work(collection: Collection) -> None:
                self._newest = None
                collection.delete([number])

            self.keeper.do(work, lambda _none: self.undone.emit(done))
        else:
            done = _("Taken back: it has its label of before.")
            before = {number: filed.before}
            self.keeper.do(
                lambda c: c.restore_labels(before), lambda _labels: self.undone.emit(done)
            )

    def put_on_pad(self, entry: Entry, drawing: KeptDrawing) -> None:
        """Put a kept drawing on the pad; what is said of it then changes its label."""
        self._session.pad.show_marks(list(drawing.marks))
        self._on_pad = entry
        if entry.label is not None and entry.label >= 0:
            self._session.name_drawing(DIGITS[entry.label], _("My drawings"))

    def _on_other_drawing(self) -> None:
        self._version += 1
        self._on_pad = None
        self.stop_asking()

    def stop(self) -> None:
        """Finish what is under way."""
        self.keeper.stop()


def weights_of(session: Session) -> Path:
    """The file of the network that reads; none has the empty name."""
    return Path(session.info.weights_file if session.info is not None else "")


def drawing_to_keep(
    marks: tuple[Mark, ...], label: int, answer: int | None = None, accepted: bool = True
) -> KeptDrawing:
    """A drawing of this moment with its label. answer: what it was read as, None where nothing."""
    from uuid import uuid4

    from digitpad.ink.kept_drawing import KeptDrawing, Reading

    reading = None if answer is None else Reading(answer, accepted)
    now = datetime.now(timezone.utc).astimezone()
    return KeptDrawing(marks, label, made=now, reading=reading, uid=uuid4().hex)


def _in_words(filed: _Filed) -> str:
    if filed.label == NON_DIGIT:
        if filed.is_new:
            return _("Kept in My drawings: not a digit.")
        return _("It is not a digit now, in My drawings.")
    digit = DIGITS[filed.label]
    if filed.is_new:
        return _("Kept in My drawings: it is a {digit}.").format(digit=digit)
    return _("It is a {digit} now, in My drawings.").format(digit=digit)
