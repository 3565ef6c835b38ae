"""What comes into the window from outside and what leaves it: pictures, weights, the window's
own picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.nets.spec.file_kinds import WEIGHTS_ENDINGS
from digitpad.ui.shell.network_files import PROGRAM_ENDING, network_files


class Exchange(QObject):
    """Files, clipboard, and what is dropped on the window.

    Signals:
        pictures_brought (object): files, and contents of files, that may hold pictures: a tuple of
            at least one Path or bytes.
        weights_chosen (object): the Path of weights to open, or of the Python file of a network.
        said (str): what went wrong, or was done, in words.
    """

    pictures_brought = Signal(object)
    weights_chosen = Signal(object)
    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """window: on which things are dropped, and over which dialogs open."""
        super().__init__(window)
        self._window = window
        self.welcome(window)

    def welcome(self, window: QWidget) -> None:
        """Take what is dropped on this window too."""
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def open_pictures(self, *sources: Path | bytes) -> None:
        """Bring pictures: files, folders of them, or contents of files."""
        self.pictures_brought.emit(sources)

    def choose_picture(self) -> None:
        """Ask for files of pictures."""
        # Here, so that the window opens sooner without Pillow.
        from digitpad.ink.pictures import ENDINGS

        endings = " ".join(f"*{ending} *{ending.upper()}" for ending in ENDINGS)
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            "Open pictures of digits",
            "",
            f"Pictures and numbers ({endings});;All files (*)",
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        if names:
            self.open_pictures(*map(Path, names))

    def choose_weights(self) -> None:
        """Ask for a file of weights."""
        endings = " ".join(f"*{ending}" for ending in (*WEIGHTS_ENDINGS, PROGRAM_ENDING))
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open a network's weights", "", f"Networks ({endings});;All files (*)"
        )
        if name:
            self.weights_chosen.emit(Path(name))

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData(), "The clipboard holds no picture.")

    def take(self, mime: QMimeData | None, nothing: str) -> None:
        """Take the files or the picture of what came; nothing: what to say where it is neither."""
        if mime is None:  # as an empty clipboard may be
            self.said.emit(nothing)
            return
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        networks = network_files(files)
        for file in networks:
            self.weights_chosen.emit(file)
        if networks:
            return
        if files:
            self.open_pictures(*files)
        elif mime.hasImage() and (content := png(mime.imageData())):
            self.open_pictures(content)
        else:
            self.said.emit(nothing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dropped on the window."""
        if isinstance(event, QDragEnterEvent):
            if event.mimeData().hasImage() or event.mimeData().hasUrls():
                event.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            event.acceptProposedAction()
            self.take(event.mimeData(), "What was dropped is no picture.")
            return True
        return super().eventFilter(watched, event)

    def copy(self, picture: QPixmap) -> None:
        """Put a picture of the window on the clipboard."""
        QGuiApplication.clipboard().setPixmap(picture)
        self.said.emit("A picture of the window is on the clipboard.")

    def save(self, picture: Callable[[], QPixmap]) -> None:
        """Ask for a file and write the window's picture to it, taken once the dialog is gone.

        The name gets .png where it lacks it; a folder that is not there is not made.
        """
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save a picture of the window", "digitpad.png", "Pictures (*.png)"
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != ".png" and not path.is_dir():
            path = path.with_name(f"{path.name}.png")
            if path.exists() and not self._may_replace(path):
                return
        try:
            write_beside(path, png(picture().toImage()), make_folder=False)
        except DigitpadError as error:
            self.said.emit(str(error))
        else:
            self.said.emit(f"The picture is saved: {path}")

    def _may_replace(self, path: Path) -> bool:
        """Whether the person agrees: the dialog asked about the name without its ending only."""
        question = QMessageBox.question(
            self._window, "Save a picture of the window", f"{path.name} is there. Replace it?"
        )
        return question == QMessageBox.StandardButton.Yes


def png(image: object) -> bytes:
    """An image as the content of a PNG file; nothing where it is none."""
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, the call refuses them
    return bytes(content.data())
