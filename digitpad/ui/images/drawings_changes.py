"""What is done to My drawings in their window, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import _, ngettext
from digitpad.core.texts import in_sentences
from digitpad.ui.images.drawings_shown import label_name

if TYPE_CHECKING:
    from digitpad.teaching.collection import Collection
    from digitpad.teaching.entries import Entry
    from digitpad.teaching.moving import BroughtIn
    from digitpad.ui.images.drawings_keeper import DrawingsKeeper

_MOST_STEPS = 200
_Work = Callable[["Collection"], object]


class DrawingsChanges(QObject):
    """Relabels, deletes and brings in drawings, and takes that back step by step.

    Signals:
        said (str): what was done, or why not. changed (): whether there is something to take back.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(self, keeper: DrawingsKeeper, parent: QObject | None = None) -> None:
        """Nothing was done yet."""
        super().__init__(parent)
        self._keeper = keeper
        self._steps: list[_Work] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._steps)

    def relabel(self, entries: Sequence[Entry], label: int) -> None:
        """Give drawings, at least one, another label; one step takes all of it back."""
        n, ids = len(entries), [entry.id for entry in entries]
        text = ngettext(
            "It was {before}; it is {now} now.", "{n} drawings are labelled {now} now.", n
        )
        before = label_name(entries[0].label)
        text = text.format(before=before, now=label_name(label), n=n)

        def done(labels: dict[int, int | None]) -> None:
            self._did(text, lambda collection: collection.restore_labels(labels))

        self._keeper.do(lambda c: c.relabel(ids, label), done, self.said.emit)

    def delete(self, entries: Sequence[Entry]) -> None:
        """Take drawings out; one step brings all of them back."""

        def done(ids: list[int]) -> None:
            text = ngettext(
                "The drawing is deleted. Undo brings it back.",
                "{n} drawings are deleted. Undo brings them back.",
                len(ids),
            )
            self._did(text.format(n=len(ids)), lambda collection: collection.restore(ids))

        wanted = [entry.id for entry in entries]
        self._keeper.do(lambda c: c.delete(wanted), done, self.said.emit)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Bring in the drawings of files: of all or of none."""

        def work(collection: Collection) -> BroughtIn:
            from digitpad.teaching.moving import import_drawings

            return import_drawings(collection, paths)

        def done(brought: BroughtIn) -> None:
            n, ids = len(brought.entries), [entry.id for entry in brought.entries]
            text = ngettext("{n} drawing was brought in.", "{n} drawings were brought in.", n)
            text = text.format(n=n)
            if brought.known:
                there = ngettext("{n} was there already.", "{n} were there already.", brought.known)
                text = in_sentences((text, there.format(n=brought.known)))
            if ids:
                self._did(text, lambda collection: collection.delete(ids))
            else:
                self.said.emit(text)

        self._keeper.do(work, done, self.said.emit)

    def undo(self) -> None:
        """Take back what was done last; nothing happens where nothing was."""
        if not self._steps:
            return
        step = self._steps.pop()
        self.changed.emit()
        self._keeper.do(step, lambda _: self.said.emit(_taken_back()), self.said.emit)

    def _did(self, text: str, take_back: _Work) -> None:
        self._steps.append(take_back)
        del self._steps[:-_MOST_STEPS]
        self.said.emit(text)
        self.changed.emit()


def _taken_back() -> str:
    return _("Taken back.")
