"""The picture on the pad: which it is, how it is read, and what of it is taken."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import _
from digitpad.ink.apart import PadPart
from digitpad.ink.drawing import Mark, PlacedPicture
from digitpad.ink.parts import Box
from digitpad.ui.images.brought import BroughtPicture, Source, bring, read_again
from digitpad.ui.images.picture_worker import Worker
from digitpad.ui.shell.session import Session

_MOST_REMEMBERED = 16
_BRINGING, _READING = "bringing", "reading"


class PadPictures(QObject):
    """Reads pictures that are brought, puts them on the pad, and lets them be read otherwise: in a
    box, inverted, or one of several digits alone.

    Each opening of the view is at most one step of undo. The view opens by itself where a picture
    is read with a doubt. The last few pictures are known again where undo or redo brings them back.

    Attributes:
        worker: reads the pictures.
        is_open: the picture on the pad is being looked at.
        box: where the person wants it read, in its pixels; None for all of it.
        is_box_empty: nothing was found in that box, so that what was read before still stands.

    Signals:
        changed: the picture on the pad, how it is read, or whether it is looked at.
        several_brought (object): the files and contents that were brought, where there are several.
        said (str): why there is nothing to show.
    """

    changed = Signal()
    several_brought = Signal(object)
    said = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """session: whose pad the pictures are put on."""
        super().__init__(parent)
        self.worker = Worker(self)
        self.is_open = False
        self.box: Box | None = None
        self.is_box_empty = False
        self._session = session
        self._of_mark: OrderedDict[PlacedPicture, BroughtPicture] = OrderedDict()
        self._names: OrderedDict[object, tuple[str, ...]] = OrderedDict()
        self._last: BroughtPicture | None = None
        # The mark that the step to be amended put on the pad, and what is shown again on cancel.
        self._own: PlacedPicture | None = None
        self._before: BroughtPicture | None = None
        self._is_own_new = False
        self._is_fresh = False
        session.several.parts_of_picture = self._parts_of
        session.several.changed.connect(self._on_several)
        session.network_changed.connect(self._on_network_changed)
        session.selection.tool_changed.connect(self._make_way)
        session.pad.history_changed.connect(self._on_history)

    @property
    def shown(self) -> BroughtPicture | None:
        """The picture on the pad, also beneath strokes; None where there is none."""
        marks = self._session.pad.drawing.marks
        first = marks[0] if marks else None
        return self._of_mark.get(first) if isinstance(first, PlacedPicture) else None

    @property
    def names(self) -> tuple[str, ...]:
        """What its several digits are read as, "?" where rejected; () where it is one digit, or
        that is not known yet."""
        shown = self.shown
        return () if shown is None else self._names.get(shown.read, ())

    # Bringing.

    def bring(self, sources: Sequence[Source]) -> None:
        """Read what is brought, and put it on the pad where it is one picture."""
        solid = self._session.data_set.fills_field
        self.worker.ask(_BRINGING, lambda: bring(sources, solid), self._take, self.said.emit)

    def _take(self, brought: BroughtPicture | tuple[Source, ...]) -> None:
        if isinstance(brought, tuple):
            self.several_brought.emit(brought)
        else:
            self.put(brought)

    def put(self, picture: BroughtPicture) -> None:
        """Put a picture that is read on the pad, as one step."""
        from digitpad.ink.pictures import Doubt

        self._close()
        mark = self._remember(picture)
        self._session.pad.show_marks([mark])
        self._own, self._before, self._is_own_new = mark, picture, False
        self._is_fresh = True
        self._session.succeeded.emit()
        # Whether there are several digits is for the network to say, too.
        if any(doubt is not Doubt.SEVERAL for doubt in picture.read.doubts):
            self._open(picture)
        self.changed.emit()

    # Looking at it.

    def toggle(self) -> None:
        """Look at the picture on the pad, or end looking."""
        shown = self.shown
        if self.is_open:
            self.accept()
        elif shown is None:
            self.said.emit(_("No picture is on the pad. Open one, drop one here, or paste one."))
        else:
            self._own, self._before, self._is_own_new = None, shown, True
            self._open(shown)
            self.changed.emit()

    def _open(self, picture: BroughtPicture) -> None:
        self.is_open, self._is_fresh = True, False
        self.box, self.is_box_empty = picture.box, False

    @property
    def is_changed(self) -> bool:
        """Whether it is read otherwise than before one began to look at it."""
        return self._before is not None and self.shown is not self._before

    def accept(self) -> None:
        """End looking; the picture stays as it is read now."""
        self._close()
        self.changed.emit()

    def cancel(self) -> None:
        """End looking; the picture is read as it was before."""
        before, own, is_new = self._before, self._own, self._is_own_new
        pad = self._session.pad
        is_changed = self.is_changed
        self._close()
        if is_changed and before is not None and own is not None and pad.drawing.marks == (own,):
            if is_new:
                pad.undo()
            else:
                pad.amend_marks([self._remember(before)])
        self.changed.emit()

    def _close(self) -> None:
        self.worker.drop(_READING)
        self.is_open = self._is_fresh = False
        self.box, self.is_box_empty = None, False
        self._own = self._before = None

    # Reading it otherwise.

    def read_in(self, box: Box | None) -> None:
        """Read it in a box of its pixels; None for all of it."""
        shown = self.shown
        if shown is not None:
            self.box = box
            self._read(shown, box, shown.light_ink)

    def invert(self) -> None:
        """Take what is lighter than its ground for ink where what is darker was, or the other way
        round."""
        shown = self.shown
        if shown is not None:
            self._read(shown, self.box, not shown.read.light_ink)

    def take(self, number: int | None) -> None:
        """Put one of its digits alone on the pad, counted from 0, or with None all of them; nothing
        where there is none of that number."""
        shown = self.shown
        if shown is None or number == shown.taken:
            return
        if number is None or 0 <= number < len(self.names):
            self._show(shown.taking(number))

    def _read(self, shown: BroughtPicture, box: Box | None, light_ink: bool | None) -> None:
        def failed(why: str) -> None:
            self.is_box_empty = True
            self.changed.emit()

        self.worker.ask(_READING, lambda: read_again(shown, box, light_ink), self._show, failed)
        self.changed.emit()

    def _show(self, picture: BroughtPicture) -> None:
        self.is_box_empty = False
        mark = self._remember(picture)
        pad = self._session.pad
        if self._own is not None and pad.drawing.marks == (self._own,):
            pad.amend_marks([mark])
        else:
            pad.show_marks([mark])
        self._own = mark
        self.changed.emit()

    # What is known of the pad.

    def _remember(self, picture: BroughtPicture) -> PlacedPicture:
        mark = picture.mark()
        self._of_mark[mark] = picture
        if len(self._of_mark) > _MOST_REMEMBERED:
            self._of_mark.popitem(last=False)
        return mark

    def _parts_of(self, mark: Mark) -> tuple[PadPart, ...] | None:
        picture = self._of_mark.get(mark) if isinstance(mark, PlacedPicture) else None
        if picture is None:
            return None
        return tuple(
            replace(part, alone=self._taking(picture, number))
            for number, part in enumerate(picture.parts())
        )

    def _taking(self, picture: BroughtPicture, number: int) -> Callable[[], list[Mark]]:
        return lambda: [self._remember(picture.taking(number))]

    def _on_several(self) -> None:
        shown, reading = self.shown, self._session.reading
        is_alone = len(self._session.pad.drawing.marks) == 1
        if shown is None or shown.taken is not None or not is_alone:
            return
        self._names[shown.read] = reading.several_names
        if len(self._names) > _MOST_REMEMBERED:
            self._names.popitem(last=False)
        if self._is_fresh and reading.several:
            self._open(shown)
        self.changed.emit()

    def _make_way(self) -> None:
        """What is explained lies where the picture does."""
        if self.is_open and self._session.selection.tool:
            self.accept()

    def _on_network_changed(self) -> None:
        # What another network called them.
        if self._names:
            self._names.clear()
            self.changed.emit()

    def _on_history(self) -> None:
        shown = self.shown
        if shown is not self._last:
            self._last = shown
            if shown is None:
                self._close()
            self.changed.emit()

    def stop(self) -> None:
        """Nothing is read after this."""
        self.worker.stop()
