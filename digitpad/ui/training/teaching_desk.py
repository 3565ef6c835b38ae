"""What the window has of teaching: it opens what teaches, and what was kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.paths import collection_path
from digitpad.core.weights_record import TAUGHT
from digitpad.ui.images.drawings_keeper import DrawingsKeeper
from digitpad.ui.shell.network_words import is_taught
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import LIGHT, Theme

if TYPE_CHECKING:
    from digitpad.teaching.collection import Collection
    from digitpad.ui.training.teach_window import TeachWindow
    from digitpad.ui.training.versions_window import VersionsWindow


class TeachingDesk(QObject):
    """Opens the windows that teach and that list versions, and has the session read with what is
    chosen there.

    Attributes:
        window: teaches; versions: lists what was kept; None before they are opened. command: how
            the process that teaches is started, in place of this installation's. drawings: the
            collection's file, and folder: where versions lie, in place of the person's own.

    Signals:
        changed (): what the window that teaches is at. renamed (): a version has another name.
    """

    changed = Signal()
    renamed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        """Nothing is opened yet."""
        super().__init__(parent)
        self._session = session
        self._theme: Theme = LIGHT
        self.window: TeachWindow | None = None
        self.versions: VersionsWindow | None = None
        self.command: Callable[[], Sequence[str]] | None = None
        self.drawings: Path | None = None
        self.folder: Path | None = None
        self._keeper: DrawingsKeeper | None = None
        session.network_changed.connect(self._tell_older)

    def teach(self) -> TeachWindow:
        """Open the window that teaches, which begins, or bring it to the front."""
        if self.window is None:
            # Here, so that the pad opens sooner.
            from digitpad.ui.training.teach_process import teaching_command
            from digitpad.ui.training.teach_window import TeachWindow

            self.window = TeachWindow(
                self._session,
                self._theme,
                self.command or teaching_command,
                self._collection_path,
                self.folder,
            )
            self.window.changed.connect(self.changed)
            self.window.version_kept.connect(self._use)
            self.window.versions_wanted.connect(self.show_versions)
        self.window.show_again()
        return self.window

    def show_versions(self) -> VersionsWindow:
        """Open the window of versions, or bring it to the front."""
        if self.versions is None:
            from digitpad.teaching.versions import list_versions
            from digitpad.ui.training.versions_window import VersionsWindow

            self.versions = VersionsWindow(
                self._session,
                self._theme,
                lambda: drawings_digest(self._collection_path()),
                lambda: list_versions(self.folder),
            )
            self.versions.use_wanted.connect(self._use)
            self.versions.compare_wanted.connect(self._session.open_second)
            self.versions.renamed.connect(lambda _weights: self.renamed.emit())
        self.versions.show_again()
        return self.versions

    def _collection_path(self) -> Path:
        return self.drawings or collection_path()

    def _use(self, weights: Path) -> None:
        self._session.open_network(weights)

    def _tell_older(self) -> None:
        """Say of a taught network that reads from now on that drawings were kept since."""
        info = self._session.info
        if info is None or not is_taught(info):
            return
        # Here, so that the pad opens sooner.
        from digitpad.teaching.versions import parse_teaching

        try:
            taught = parse_teaching(info.metadata[TAUGHT]).drawings
        except ValueError:
            # The network reads nevertheless; the window of versions says what is wrong.
            return
        if self._keeper is None:
            self._keeper = DrawingsKeeper(self, self._collection_path())
            self._keeper.said.connect(self._session.said)
        # That they cannot be read is said where they are wanted.
        tell = partial(self._tell_changed, info.weights_file, taught)
        self._keeper.do(_digest_of, tell, failed=lambda line: None)

    def _tell_changed(self, weights_file: str, taught: str, digest: str) -> None:
        """Say it where that network still reads, and the drawings are others than taught."""
        info = self._session.info
        if info is None or info.weights_file != weights_file or digest == taught:
            return
        self._session.said.emit(
            _(
                "This network is older than your drawings: what you kept has changed since "
                "it was taught. Ctrl+L teaches it again."
            )
        )

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        for window in (self.window, self.versions):
            if window is not None:
                window.set_theme(theme)

    def stop(self) -> None:
        """Close what is open, and end the process that teaches."""
        if self.window is not None:
            self.window.stop()
        if self.versions is not None:
            self.versions.stop()
        if self._keeper is not None:
            self._keeper.stop()


def drawings_digest(path: Path) -> str:
    """What tells the drawings of a collection as they are now from what a version was taught; ""
    where they cannot be read."""
    from digitpad.teaching.collection import Collection

    try:
        with Collection.open(path) as collection:
            return _digest_of(collection)
    except DigitpadError:
        return ""


def _digest_of(collection: Collection) -> str:
    """The digest of all drawings of a collection."""
    from digitpad.teaching.own_drawings import digest_of_drawings

    return digest_of_drawings(collection.all())
