"""My drawings to files, and from files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad.core.languages import _, ngettext

if TYPE_CHECKING:
    from digitpad.teaching.entries import Entry
    from digitpad.ui.images.drawings_changes import DrawingsChanges
    from digitpad.ui.images.drawings_keeper import DrawingsKeeper

_FILES = "digitpad-strokes (*.json *.json.gz)"


class DrawingsFiles(QObject):
    """Asks for files, and writes drawings to them or brings in theirs.

    Signals:
        said (str): what was done, or why not.
    """

    said = Signal(str)

    def __init__(self, keeper: DrawingsKeeper, changes: DrawingsChanges, window: QWidget) -> None:
        """changes: bring in what files hold. window: over which it is asked."""
        super().__init__(window)
        self._keeper, self._changes, self._window = keeper, changes, window

    def choose_import(self) -> None:
        """Ask for files, and bring in their drawings."""
        names, _kind = QFileDialog.getOpenFileNames(
            self._window, _("Bring in drawings"), "", f"{_FILES};;{_('All files (*)')}"
        )
        if names:
            self._changes.bring_in([Path(name) for name in names])

    def choose_export(self, entries: Sequence[Entry]) -> None:
        """Ask for a file, and write these to it; nothing where there are none."""
        if not entries:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._window, _("Export drawings"), "my-drawings.json", _FILES
        )
        if name:
            path = Path(name)
            self.export(path if path.suffix else path.with_suffix(".json"), entries)

    def export(self, path: Path, entries: Sequence[Entry]) -> None:
        """Write these to a file, oldest first."""
        ids = [entry.id for entry in entries]

        def work(collection: object) -> int:
            from digitpad.teaching.moving import export_drawings

            return export_drawings(collection, path, ids)  # type: ignore[arg-type]  # the keeper's

        def done(n: int) -> None:
            text = ngettext("{n} drawing is in {path}.", "{n} drawings are in {path}.", n)
            self.said.emit(text.format(n=n, path=path))

        self._keeper.do(work, done, self.said.emit)
