"""What comes into the window from outside and what leaves it: pictures, weights, the window's
own picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.core.languages import _
from digitpad.nets.spec.file_kinds import WEIGHTS_ENDINGS
from digitpad.ui.shell.brought_files import DRAWING_ENDING, FileKind, kind_of
from digitpad.ui.shell.network_files import PROGRAM_ENDING, network_files
from digitpad.ui.shell.notice import done
from digitpad.ui.style.widget_pictures import ENDINGS, PNG, SVG, png

_STROKES_ENDINGS = (".json", ".json.gz")


class Exchange(QObject):
    """Files, clipboard, and what is dropped on the window.

    Signals:
        pictures_brought (object): files, and contents of files, that may hold pictures: a tuple of
            at least one Path or bytes.
        drawing_chosen (object): the Path of a drawing to open.
        weights_chosen (object): the Path of weights to open, or of the Python file of a network.
        said (str): what went wrong, or was done, in words.
    """

    pictures_brought = Signal(object)
    drawing_chosen = Signal(object)
    weights_chosen = Signal(object)
    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """window: on which things are dropped, and over which dialogs open."""
        super().__init__(window)
        self._window = window
        self.folder: Callable[[], Path] = lambda: Path()
        self._last: Path | None = None
        self.welcome(window)

    def welcome(self, window: QWidget) -> None:
        """Take what is dropped on this window too."""
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def open_pictures(self, *sources: Path | bytes) -> None:
        """Bring pictures: files, folders of them, or contents of files."""
        self.pictures_brought.emit(sources)

    def choose_files(self) -> None:
        """Ask for a drawing, or for files of pictures."""
        # Here, so that the window opens sooner without Pillow.
        from digitpad.ink.pictures import ENDINGS

        endings = " ".join(
            f"*{ending} *{ending.upper()}"
            for ending in (DRAWING_ENDING, *_STROKES_ENDINGS, *ENDINGS)
        )
        names, _kind = QFileDialog.getOpenFileNames(
            self._window,
            _("Open a drawing or pictures of digits"),
            str(self._last or self.folder()),
            _("Drawings, pictures and numbers ({endings});;All files (*)").format(endings=endings),
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        if names:
            self._last = Path(names[0]).parent
            self.take_files([Path(name) for name in names])

    def choose_weights(self) -> None:
        """Ask for a file of weights."""
        endings = " ".join(f"*{ending}" for ending in (*WEIGHTS_ENDINGS, PROGRAM_ENDING))
        name, _kind = QFileDialog.getOpenFileName(
            self._window,
            _("Open a network's weights"),
            "",
            _("Networks ({endings});;All files (*)").format(endings=endings),
        )
        if name:
            self.weights_chosen.emit(Path(name))

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData(), _("The clipboard holds no picture."))

    def take(self, mime: QMimeData | None, nothing: str) -> None:
        """Take the files or the picture of what came; nothing: what to say where it is neither."""
        if mime is None:  # as an empty clipboard may be
            self.said.emit(nothing)
            return
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.take_files(files)
        elif mime.hasImage() and (content := png(mime.imageData())):
            self.open_pictures(content)
        else:
            self.said.emit(nothing)

    def take_files(self, files: Sequence[Path]) -> None:
        """Take files that were brought at once, at least one: a network's, a drawing, or
        pictures."""
        networks = network_files(files)
        for file in networks:
            self.weights_chosen.emit(file)
        if networks:
            return
        kind = kind_of(files[0])
        if kind is FileKind.DRAWING:
            self.drawing_chosen.emit(files[0])
        elif kind is FileKind.NETWORK:
            self.weights_chosen.emit(files[0])
        else:
            self.open_pictures(*files)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dropped on the window."""
        if isinstance(event, QDragEnterEvent):
            if event.mimeData().hasImage() or event.mimeData().hasUrls():
                event.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            event.acceptProposedAction()
            self.take(event.mimeData(), _("What was dropped is no picture."))
            return True
        return super().eventFilter(watched, event)

    def copy(self, picture: QPixmap, what: str = "") -> None:
        """Put a picture on the clipboard; what: which it is of; the window for ""."""
        QGuiApplication.clipboard().setPixmap(picture)
        self.said.emit(
            done(_("A picture of {what} is on the clipboard.").format(what=what or _("the window")))
        )

    def save(self, content: Callable[[str], bytes], what: str = "", name: str = "digitpad") -> None:
        """Ask for a file and write a picture to it, taken once the dialog is gone.

        content: the file's, for the ending .png or .svg. what: which the picture is of. name: the
        file's that is proposed, without ending. The name that is given gets the ending that it
        lacks; a folder that is not there is not made.
        """
        kinds = _("Pictures (*{png});;Drawings to enlarge and edit (*{svg})").format(
            png=PNG, svg=SVG
        )
        title = _("Save a picture of {what}").format(what=what or _("the window"))
        named, kind = QFileDialog.getSaveFileName(self._window, title, f"{name}{PNG}", kinds)
        if not named:
            return
        path = Path(named)
        if path.suffix.lower() not in ENDINGS and not path.is_dir():
            path = path.with_name(f"{path.name}{SVG if SVG in kind else PNG}")
            if path.exists() and not self._may_replace(title, path):
                return
        try:
            taken = content(SVG if path.suffix.lower() == SVG else PNG)
            write_beside(path, taken, make_folder=False)
        except DigitpadError as error:
            self.said.emit(str(error))
        else:
            self.said.emit(done(_("The picture is saved: {path}").format(path=path)))

    def _may_replace(self, title: str, path: Path) -> bool:
        """Whether the person agrees: the dialog asked about the name without its ending only."""
        question = QMessageBox.question(
            self._window, title, _("{name} is there. Replace it?").format(name=path.name)
        )
        return question == QMessageBox.StandardButton.Yes
