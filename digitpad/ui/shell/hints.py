"""What to try first, said once: each hint until it was followed or closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import N_, _
from digitpad.ui.shell.selection import KERNELS_TOOL, UNIT_TOOL

if TYPE_CHECKING:
    from digitpad.ui.shell.session import Session

SQUARES, COMPARE, IMAGES = "squares", "compare", "images"
"""The hints of the figure, of two rows and of the test images; the others are called as their
tools."""


def _always(session: Session) -> bool:
    return True


def _has_ink(session: Session) -> bool:
    return not session.pad.is_empty


def _has_unit(session: Session) -> bool:
    return session.selection.pinned is not None and _has_ink(session)


@dataclass(frozen=True)
class Hint:
    """A hint.

    id: its name in the settings. text: a sentence; "" where it is told by what shows it.
    by_drawing: whether a stroke follows it; otherwise something is done in the place where it
    stands. fits: whether there is what it is about; without, the place says itself what to do.
    """

    id: str
    text: str
    by_drawing: bool = False
    fits: Callable[[Session], bool] = _always


HINTS = (
    Hint(SQUARES, ""),
    Hint(COMPARE, N_("Draw another digit, and see whether the two still agree."), True, _has_ink),
    Hint(IMAGES, N_("Press “Mistakes only” to see what the network gets wrong.")),
    Hint(UNIT_TOOL, N_("Draw on: all these numbers follow the pen."), True, _has_unit),
    Hint(KERNELS_TOOL, N_("Point at a square to see its number.")),
    Hint("why", N_("Press “Pieces” to try without parts of it."), fits=_has_ink),
    Hint("history", N_("Drag the slider to see it piece by piece."), fits=_has_ink),
    Hint("normalisation", N_("Draw it small: it is made as large as before."), True, _has_ink),
    Hint("sweeps", N_("Point at a curve to see the changed drawing."), fits=_has_ink),
)
"""All hints. A place that says for good what can be done there has none."""

_BY_ID = {hint.id: hint for hint in HINTS}


class Hints(QObject):
    """Which hints were followed or closed. None is given before begin(): tests, benchmarks and
    pictures of the window are of somebody who knows it.

    Attributes:
        seen: the ids of those that are not given any more.

    Signals:
        changed: others are given. noted (object): seen has grown or was emptied, a tuple of ids.
    """

    changed = Signal()
    noted = Signal(object)

    def __init__(self, session: Session) -> None:
        """None is given."""
        super().__init__(session)
        self._session = session
        self.seen: tuple[str, ...] = ()
        self._is_on = self._is_quiet = False
        session.selection.changed.connect(self._look_at_pinned)

    def begin(self, seen: Iterable[str]) -> None:
        """Give all but those that were seen."""
        self._is_on = True
        ids = set(seen)
        self.seen = tuple(hint.id for hint in HINTS if hint.id in ids)
        self.changed.emit()

    def begin_anew(self) -> None:
        """Give all of them again."""
        self.begin(())
        self.noted.emit(())

    def be_quiet(self, is_quiet: bool) -> None:
        """Give none for a while, as long as something else is said for the first time."""
        if is_quiet != self._is_quiet:
            self._is_quiet = is_quiet
            self.changed.emit()

    def is_given(self, id: str) -> bool:
        """Whether a hint is given."""
        return self._is_due(id) and not self._is_quiet

    def _is_due(self, id: str) -> bool:
        return self._is_on and id in _BY_ID and id not in self.seen

    def text(self, id: str) -> str:
        """What a hint says; "" where it is not given, or there is not yet what it is about."""
        is_said = self.is_given(id) and _BY_ID[id].fits(self._session)
        return _(_BY_ID[id].text) if is_said else ""

    def is_by_drawing(self, id: str) -> bool:
        """Whether a stroke follows a hint."""
        return id in _BY_ID and _BY_ID[id].by_drawing

    def note(self, id: str) -> None:
        """A hint was followed, said or not, or closed."""
        if self._is_due(id):
            self.seen = tuple(hint.id for hint in HINTS if hint.id in (*self.seen, id))
            self.noted.emit(self.seen)
            self.changed.emit()

    def _look_at_pinned(self) -> None:
        if self._session.selection.pinned is not None:
            self.note(SQUARES)
