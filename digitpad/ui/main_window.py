"""The window: puts the parts on their places and connects the pad with the recogniser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QWidget

from digitpad.engine.client import RecognizerClient
from digitpad.errors import DigitpadError
from digitpad.files import write_beside
from digitpad.ink.normalize import Frame, normalize_framed
from digitpad.recognition import LayerFacts, NetworkFacts, Recognition
from digitpad.ui.answer_panel import AnswerPanel
from digitpad.ui.canvas import Canvas
from digitpad.ui.digit_view import DigitView
from digitpad.ui.network_view import NetworkView
from digitpad.ui.notice import Notice
from digitpad.ui.panel import Panel
from digitpad.ui.stage import MINIMUM, arrange
from digitpad.ui.status_line import StatusLine
from digitpad.ui.theme import THEMES, Theme, palette, style_sheet, system_theme
from digitpad.ui.tools import ToolBox, keys_table, make_actions

DOUBT_PAUSE_MS = 450
_TITLE = "Digitpad"

Example = tuple[np.ndarray, str]
"""A test image's ink, uint8 (h, w), and the name of its class."""


class MainWindow(QMainWindow):
    """The drawing pad, the network at work, and the answer.

    The newest drawing is read whenever Qt has handled all waiting pointer events, so that a fast pen never queues up
    work.

    Attributes:
        client: the recogniser's process.
        canvas, digit_view, network_view, answer_panel, status_line: the parts, from left to right.
        recognition: the answer to what is on the pad, or None.
    """

    def __init__(
        self,
        client: RecognizerClient,
        layers: tuple[LayerFacts, ...] = (),
        next_example: Callable[[], Example] | None = None,
        read_picture: Callable[[Path | bytes], np.ndarray] | None = None,
        theme: str | None = None,
    ) -> None:
        """layers: the panels to show until the recogniser tells its own. next_example and read_picture: where test
        images and the ink of opened pictures come from; both may raise DigitpadError. theme: "light" or "dark"; not
        given, the system's."""
        super().__init__()
        self.client = client
        self._next_example = next_example
        self._read_picture = read_picture
        self._theme_name = theme
        self._facts: NetworkFacts | None = None
        self._frame: Frame | None = None
        self._field: tuple[int, int, int, int] | None = None
        self._has_failed = False
        self.recognition: Recognition | None = None

        self.setWindowTitle(_TITLE)
        self.setAcceptDrops(True)
        self.setMinimumSize(*MINIMUM)
        central = self._central = QWidget()
        central.setObjectName("stage")
        central.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(central)
        self.actions_by_name = make_actions(self)
        self.canvas = Canvas(central)
        self.tools = ToolBox(self.actions_by_name, central)
        self.digit_view = DigitView(central)
        self.network_view = NetworkView(central)
        self.answer_panel = AnswerPanel(central)
        self.status_line = StatusLine(central)
        self._notice = Notice(central)
        self._read_timer = QTimer(self, singleShot=True, interval=0)
        self._read_timer.timeout.connect(self._read_drawing)
        self._doubt_timer = QTimer(self, singleShot=True, interval=DOUBT_PAUSE_MS)
        self._doubt_timer.timeout.connect(self._show_recognition)
        self.network_view.show_layers(layers)
        self._connect()
        self._apply_theme()
        self._update_history()
        self.status_line.show_loading()
        self.answer_panel.show_nothing()
        self.canvas.setFocus()

    def _connect(self) -> None:
        self.canvas.ink_changed.connect(self._read_timer.start)
        self.canvas.stroke_finished.connect(self._doubt_timer.start)
        self.canvas.history_changed.connect(self._update_history)
        self.network_view.field_pointed_at.connect(self._outline_field)
        self.tools.width_slider.valueChanged.connect(self.canvas.set_pen_width)
        for name, slot in {
            "pen": lambda: self.canvas.set_erasing(False),
            "eraser": lambda: self.canvas.set_erasing(True),
            "undo": self.canvas.undo,
            "redo": self.canvas.redo,
            "clear": self.canvas.clear,
            "example": self.show_example,
            "open": self._choose_picture,
            "paste": self._paste,
            "copy": self._copy,
            "save": self._choose_file_to_save,
            "weights": self._choose_weights,
            "restart": self.client.start,
            "keys": self._show_keys,
            "quit": self.close,
        }.items():
            self.actions_by_name[name].triggered.connect(slot)
        self.client.loading_started.connect(self._on_loading)
        self.client.ready.connect(self._on_ready)
        self.client.recognized.connect(self._on_recognized)
        self.client.refused.connect(self.show_notice)
        self.client.interrupted.connect(self._on_loading)
        self.client.failed.connect(self._on_failed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply_theme)

    # From the drawing to the answer.

    def _read_drawing(self) -> None:
        """Send what is on the pad to the recogniser, or rest where nothing is."""
        digit, self._frame = normalize_framed(self.canvas.ink)
        self.digit_view.show_digit(digit)
        self._outline_field(self._field)
        if self._frame is None:
            self.client.forget()
            self._show_unread()
            return
        if not self.client.is_ready:
            self._show_unread()
        self.client.recognize(digit)

    def _show_unread(self) -> None:
        """Nothing has read what is on the pad: an answer to what was there before must not stand beside it."""
        self.recognition = None
        self.network_view.show_activations(None)
        if self.canvas.is_empty:
            self.answer_panel.show_nothing()
        else:
            self.answer_panel.show_waiting(hopeless=self._has_failed)
        self.setWindowTitle(_TITLE)

    def _on_recognized(self, recognition: Recognition) -> None:
        self.recognition = recognition
        self.network_view.show_activations(recognition.activations)
        self.status_line.show_time(recognition.milliseconds)
        self._show_recognition()

    def _show_recognition(self) -> None:
        """Show the answer; doubt is voiced only when the pen rests, so that it does not flicker over a half-drawn
        digit."""
        if self.recognition is not None:
            resting = not self.canvas.is_drawing and not self._doubt_timer.isActive()
            self.answer_panel.show_recognition(self.recognition, doubting=resting and not self.recognition.digit_like)
            self.setWindowTitle(f"{self.answer_panel.headline} — {_TITLE}" if resting else _TITLE)

    def _on_loading(self) -> None:
        self._has_failed = False
        self.status_line.show_loading()
        self._show_unread()

    def _on_ready(self, facts: NetworkFacts) -> None:
        self._facts = facts
        self.network_view.show_layers(facts.layers)
        if self.answer_panel.set_classes(facts.classes):
            self._show_unread()
        self.status_line.show_facts(facts)
        self._notice.let_go()

    def _on_failed(self, message: str) -> None:
        self._has_failed = True
        self._show_unread()
        key = self.actions_by_name["restart"].shortcut().toString()
        self.status_line.show_trouble("There is no recogniser: drawing works, reading does not.")
        self.show_notice(f"{message}. Press {key} to start it again.", lasting=True)

    # The pad's actions.

    def _update_history(self) -> None:
        drawing = self.canvas.drawing
        self.actions_by_name["undo"].setEnabled(drawing.can_undo)
        self.actions_by_name["redo"].setEnabled(drawing.can_redo)
        self.actions_by_name["clear"].setEnabled(len(drawing) > 0)
        # The label belonged to an example that is no longer what is on the pad.
        self.answer_panel.show_label(None)

    def show_example(self) -> None:
        """Put a random test image on the pad, with its label beside the answer."""
        if self._next_example is None:
            self.show_notice("There are no test images in this installation.")
            return
        try:
            ink, label = self._next_example()
        except DigitpadError as error:
            self.show_notice(str(error))
            return
        self.canvas.place_picture(ink)
        self.answer_panel.show_label(label)

    def open_picture(self, source: Path | bytes) -> None:
        """Read a picture onto the pad; what cannot be read is said and leaves the pad as it is."""
        if self._read_picture is None:
            return
        try:
            ink = self._read_picture(source)
        except DigitpadError as error:
            self.show_notice(str(error))
            return
        self.canvas.place_picture(ink)

    def _choose_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a picture of a digit", "", "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp);;All files (*)"
        )
        if name:
            self.open_picture(Path(name))

    def _paste(self) -> None:
        self._take_mime(QGuiApplication.clipboard().mimeData(), "The clipboard holds no picture.")

    def _take_mime(self, mime: QMimeData, nothing: str) -> None:
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files and files[0].suffix == ".safetensors":
            self.client.open_network(files[0])
        elif files:
            self.open_picture(files[0])
        elif mime.hasImage() and (content := _png(mime.imageData())):
            self.open_picture(content)
        else:
            self.show_notice(nothing)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_mime(event.mimeData(), "What was dropped is no picture.")

    # The window's own actions.

    def picture(self) -> QPixmap:
        """The window as a picture."""
        return self._central.grab()

    def picture_as_png(self) -> bytes:
        """The window as the content of a PNG file."""
        return _png(self.picture().toImage())

    def settle(self) -> None:
        """Show at once what would be shown after a moment's rest."""
        self._doubt_timer.stop()
        self._show_recognition()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.picture())
        self.show_notice("A picture of the window is on the clipboard.")

    def _choose_file_to_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save a picture of the window", "digitpad.png", "Pictures (*.png)")
        if name:
            try:
                write_beside(Path(name), self.picture_as_png())
            except DigitpadError as error:
                self.show_notice(str(error))

    def _choose_weights(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a network's weights", "", "Weights (*.safetensors);;All files (*)"
        )
        if name:
            self.client.open_network(Path(name))

    def _show_keys(self) -> None:
        rows = "".join(
            f"<tr><td style='padding-right:24px'>{words}</td><td><b>{keys}</b></td></tr>"
            for words, keys in keys_table(self.actions_by_name)
        )
        QMessageBox.information(
            self,
            "Keys and hints",
            f"<table cellspacing='4'>{rows}</table><p>Draw with pen, mouse or finger. "
            "The right mouse button rubs out.<br>"
            "Point at a square of a feature map: what it sees is framed on the input and on the pad.<br>"
            "Drop a picture, or a .safetensors file with other weights, on the window.</p>",
        )

    def show_notice(self, text: str, lasting: bool = False) -> None:
        """Say something that matters now, over the network; it goes by itself unless it is lasting."""
        self._notice.say(text, lasting)

    @property
    def notice(self) -> str:
        """The notice that is shown, or nothing."""
        return "" if self._notice.isHidden() else self._notice.text()

    # Receptive fields.

    def _outline_field(self, field: tuple[int, int, int, int] | None) -> None:
        """Frame on the input and on the pad what a unit sees."""
        self._field = field
        self.digit_view.outline(field)
        if field is None or self._frame is None:
            self.canvas.outline(None)
            return
        left, top, right, bottom = field
        frame = self._frame
        self.canvas.outline(
            QRectF(
                frame.left + left * frame.pixel,
                frame.top + top * frame.pixel,
                (right - left) * frame.pixel,
                (bottom - top) * frame.pixel,
            )
        )

    # Size, theme, end.

    def resizeEvent(self, event: QResizeEvent) -> None:
        stage = arrange(self.width(), self.height())
        for panel, box in (
            (self.canvas, stage.pad),
            (self.tools, stage.tools),
            (self.digit_view, stage.digit),
            (self.network_view, stage.network),
            (self.answer_panel, stage.answer),
            (self.status_line, stage.status),
        ):
            if isinstance(panel, Panel):
                panel.set_unit(stage.unit)
            panel.setGeometry(box)
        self._notice.set_place(stage.network, stage.unit)
        super().resizeEvent(event)

    def _theme(self) -> Theme:
        return THEMES[self._theme_name] if self._theme_name else system_theme()

    def _apply_theme(self) -> None:
        theme = self._theme()
        self.setStyleSheet(style_sheet(theme))
        self.setPalette(palette(theme))
        for panel in (self.canvas, self.tools, self.digit_view, self.network_view, self.answer_panel, self.status_line):
            panel.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        for stopped in (self._read_timer, self._doubt_timer, self._notice):
            stopped.stop()
        self.client.close()
        super().closeEvent(event)


def _png(image: object) -> bytes:
    """An image from the clipboard as the bytes of a PNG file; nothing where it is none."""
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, the call refuses them
    return bytes(content.data())
