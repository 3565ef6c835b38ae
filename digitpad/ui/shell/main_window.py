"""The window: puts the parts on their places and connects the pad with the recogniser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.results import InstalledNetwork, LayerInfo, NetworkInfo, Recognition
from digitpad.datasets import LabelledDigits
from digitpad.datasets.of_network import data_set_of
from digitpad.engine.client import RecognizerClient
from digitpad.ink.normalize import Frame
from digitpad.ink.pipeline import framed
from digitpad.ui.answer.answer_panel import AnswerPanel
from digitpad.ui.answer.compare import Comparison
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.digit_view import DigitView
from digitpad.ui.shell.exchange import Exchange, png
from digitpad.ui.shell.network_dialogs import NetworkDialogs
from digitpad.ui.shell.notice import Notice
from digitpad.ui.shell.status_line import StatusLine
from digitpad.ui.shell.tools import ToolBox, keys_text, make_actions
from digitpad.ui.shell.window_layout import MINIMUM, arrange
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import THEMES, Theme, palette, style_sheet, system_theme

DOUBT_PAUSE_MS = 450
_TITLE = "Digitpad"

Example = tuple[np.ndarray, str]
"""A test image's ink, uint8 (h, w), and the name of its class."""


class MainWindow(QMainWindow):
    """The drawing pad, the network at work, and the answer.

    The newest drawing is read whenever Qt has handled all waiting pointer events, so that a fast
    pen never queues up work.

    Attributes:
        client: the recogniser's process.
        canvas, digit_view, network_view, answer_panel, status_line: the parts, from left to right.
        comparison: the second row, beneath the network and the answer.
        doors: to other networks and to the test images.
        recognition: the answer to what is on the pad, or None.
    """

    def __init__(
        self,
        client: RecognizerClient,
        layers: tuple[LayerInfo, ...] = (),
        next_example: Callable[[str], Example] | None = None,
        read_picture: Callable[[Path | bytes], np.ndarray] | None = None,
        theme: str | None = None,
        installed: Callable[[], Sequence[InstalledNetwork]] = tuple,
        load_images: Callable[[str], LabelledDigits] | None = None,
    ) -> None:
        """layers: the panels to show until the recogniser tells its own. next_example: a random
        test image of the data set of that name; load_images: all of them; read_picture: the ink
        of an opened picture; all three may raise DigitpadError. theme: "light" or "dark"; not
        given, the system's. installed: the networks to choose from."""
        super().__init__()
        self.client = client
        self._next_example = next_example
        self._theme_name = theme
        self._info: NetworkInfo | None = None
        self._data_set = data_set_of(None)
        self._digit = np.zeros((28, 28), np.float32)
        self._frame: Frame | None = None
        self._field: tuple[float, float, float, float] | None = None
        self._has_failed = False
        self._label: str | None = None
        self.recognition: Recognition | None = None

        self.setWindowTitle(_TITLE)
        self.setAcceptDrops(True)
        self.setMinimumSize(*MINIMUM)
        central = self._central = QWidget()
        central.setObjectName("stage")
        central.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(central)
        self.actions_by_name = make_actions(self)
        self.exchange = Exchange(self, read_picture)
        self.canvas = Canvas(central)
        self.tools = ToolBox(self.actions_by_name, central)
        self.digit_view = DigitView(central)
        self.network_view = NetworkView(central)
        self.answer_panel = AnswerPanel(central)
        self.comparison = Comparison(
            client, self.network_view, self.answer_panel, self._is_resting, central
        )
        self.dialogs = NetworkDialogs(client, installed, load_images, self, central)
        self.status_line = StatusLine(central, self.actions_by_name)
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
        self.comparison.field_pointed_at.connect(self._outline_field)
        self.comparison.changed.connect(self._on_comparison_changed)
        self.comparison.network_wanted.connect(self.dialogs.choose_network)
        self.comparison.second_wanted.connect(self.choose_second)
        self.tools.width_slider.valueChanged.connect(self.canvas.set_pen_width)
        self.exchange.picture_read.connect(self.canvas.place_picture)
        self.exchange.weights_chosen.connect(self.open_weights)
        self.exchange.said.connect(self.show_notice)
        self.dialogs.network_chosen.connect(lambda network: self.open_weights(network.weights))
        self.dialogs.second_chosen.connect(lambda network: self.comparison.start(network.weights))
        self.dialogs.image_chosen.connect(self.put_on_pad)
        self.dialogs.said.connect(self.show_notice)
        for name, slot in {
            "pen": lambda: self.canvas.set_erasing(False),
            "eraser": lambda: self.canvas.set_erasing(True),
            "undo": self.canvas.undo,
            "redo": self.canvas.redo,
            "clear": self.canvas.clear,
            "example": self.show_example,
            "open": self.exchange.choose_picture,
            "paste": self.exchange.paste,
            "copy": lambda: self.exchange.copy(self.picture()),
            "save": lambda: self.exchange.save(self.picture),
            "networks": lambda: self.dialogs.choose_network(self.status_line.network_button),
            "about": self.dialogs.about.toggle,
            "compare": self.compare,
            "second": self.choose_second,
            "keep": self.keep_reading,
            "browse": self.dialogs.browse,
            "back": self.go_back,
            "weights": self.exchange.choose_weights,
            "restart": self.client.start,
            "keys": self._show_keys,
            "quit": self.close,
        }.items():
            self.actions_by_name[name].triggered.connect(slot)
        self.client.loading_started.connect(self._on_loading)
        self.client.ready.connect(self._on_ready)
        self.client.recognized.connect(self._on_recognized)
        self.client.refused.connect(self.show_notice)
        self.client.refused.connect(self.status_line.leave_opening)
        self.client.interrupted.connect(self._on_loading)
        self.client.failed.connect(self._on_failed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply_theme)

    # From the drawing to the answer.

    def _read_drawing(self) -> None:
        """Send what is on the pad to the recogniser, or rest where nothing is."""
        self._digit, self._frame = framed(self.canvas.ink, self._data_set.fills_field)
        self.digit_view.show_digit(self._digit)
        self._outline_field(self._field)
        if self._frame is None:
            self.client.forget()
            self._show_unread()
            return
        if not self.client.is_ready:
            self._show_unread()
        self.client.recognize(self._digit)

    def _show_unread(self) -> None:
        """Nothing has read what is on the pad: an answer to what was there before must not stand
        beside it."""
        self.recognition = None
        self.network_view.show_activations(None)
        if self.canvas.is_empty:
            self.answer_panel.show_nothing()
        else:
            self.answer_panel.show_waiting(hopeless=self._has_failed)
        self.comparison.show_own(None)
        self.setWindowTitle(_TITLE)

    def _on_recognized(self, recognition: Recognition) -> None:
        self.recognition = recognition
        self.network_view.show_activations(recognition.activations)
        self.status_line.show_time(recognition.milliseconds)
        self._show_recognition()

    def _is_resting(self) -> bool:
        """Whether the pen has lain still for a while."""
        return not self.canvas.is_drawing and not self._doubt_timer.isActive()

    def _show_recognition(self) -> None:
        """Show the answer; doubt is voiced only when the pen rests, so that it does not flicker
        over a half-drawn digit."""
        if self.recognition is not None:
            resting = self._is_resting()
            self.answer_panel.show_recognition(
                self.recognition, doubting=resting and not self.recognition.accepted
            )
            self.comparison.show_own(self.recognition)
            self.setWindowTitle(f"{self.answer_panel.headline} — {_TITLE}" if resting else _TITLE)

    def _on_loading(self) -> None:
        self._has_failed = False
        self.status_line.show_loading()
        self._show_unread()

    def _on_ready(self, info: NetworkInfo) -> None:
        before, self._info = self._data_set, info
        self._data_set = data_set_of(info)
        self.network_view.show_network(info)
        if self.answer_panel.set_classes(info.classes):
            self._show_unread()
        self.answer_panel.set_distances(info.gives_distances)
        self.dialogs.show_network(info)
        self.comparison.show_network(info)
        self.status_line.show_info(info)
        self.digit_view.set_filling(self._data_set.fills_field)
        self.canvas.hint = f"Draw a {self._data_set.noun}"
        self.canvas.update()
        if before.fills_field != self._data_set.fills_field:
            # The same drawing is another digit to this network.
            self._read_timer.start()
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
        self._show_label(None)

    def show_example(self) -> None:
        """Put a random test image of the network's data set on the pad, with its label beside
        the answer."""
        if self._next_example is None:
            self.show_notice("There are no test images in this installation.")
            return
        try:
            self.put_on_pad(*self._next_example(self._data_set.name))
        except DigitpadError as error:
            self.show_notice(str(error))

    def put_on_pad(self, ink: np.ndarray, label: str) -> None:
        """Put an image, uint8 (h, w), on the pad, with the name of its class beside the answer."""
        self.canvas.place_picture(ink)
        self._show_label(label)

    def _show_label(self, label: str | None) -> None:
        self._label = label
        self.answer_panel.show_label(label, self._data_set.title)
        self.comparison.show_label(label, self._data_set.title)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.exchange.take(event.mimeData(), "What was dropped is no picture.")

    # Networks.

    def open_weights(self, weights: Path) -> None:
        """Let another network read what is on the pad."""
        self.status_line.show_opening(weights.name)
        self.client.open_network(weights)

    def compare(self) -> None:
        """Choose a second network to read the drawing too, or leave comparing."""
        if self.comparison.is_active:
            self.comparison.end()
        else:
            self.actions_by_name["compare"].setChecked(False)  # until there is something to compare
            self.choose_second()

    def choose_second(self) -> None:
        """Choose the second network, or another one."""
        button = (
            self.comparison.heading
            if self.comparison.second_file
            else self.status_line.button("compare")
        )
        self.dialogs.choose_second(button, self.comparison.second_file)

    def keep_reading(self) -> None:
        """Keep what is on the pad in view, as it is read, while another is drawn."""
        if self.recognition is None:
            self.show_notice("Draw first, or take an example: what is read then can be kept.")
            return
        self.comparison.keep(self._digit, self.recognition, self._label, self._data_set.title)

    def _on_comparison_changed(self) -> None:
        compare = self.actions_by_name["compare"]
        compare.setChecked(self.comparison.is_active)
        compare.setText("Leave comparing" if self.comparison.is_active else "Compare…")
        self._place_parts()

    def go_back(self) -> None:
        """One step back: close the card, show all layers again, leave comparing."""
        enlarged = [
            view for view in (self.network_view, self.comparison.view) if view.enlarged is not None
        ]
        if not self.dialogs.about.isHidden():
            self.dialogs.about.toggle()
        elif enlarged:
            enlarged[0].toggle_size(str(enlarged[0].enlarged))
        elif self.comparison.is_active:
            self.comparison.end()

    # The window's own actions.

    def picture(self) -> QPixmap:
        """The window as a picture."""
        return self._central.grab()

    def picture_as_png(self) -> bytes:
        """The window as the content of a PNG file."""
        return png(self.picture().toImage())

    def settle(self) -> None:
        """Show at once what would be shown after a moment's rest."""
        self._doubt_timer.stop()
        self._show_recognition()

    def _show_keys(self) -> None:
        QMessageBox.information(self, "Keys and hints", keys_text(self.actions_by_name))

    def show_notice(self, text: str, lasting: bool = False) -> None:
        """Say something that matters now, over the network; it goes by itself unless it is lasting."""
        self._notice.say(text, lasting)

    @property
    def notice(self) -> str:
        """The notice that is shown, or nothing."""
        return "" if self._notice.isHidden() else self._notice.text()

    # Receptive fields.

    def _outline_field(self, field: tuple[float, float, float, float] | None) -> None:
        """Frame on the input and on the pad what a unit sees."""
        self._field = field
        self.digit_view.outline(field)
        if field is None or self._frame is None:
            self.canvas.outline(None)
        else:
            self.canvas.outline(QRectF(*self._frame.on_ink(field)))

    # Size, theme, end.

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_parts()
        super().resizeEvent(event)

    def _place_parts(self) -> None:
        stage = arrange(self.width(), self.height())
        network, answer = self.comparison.place(stage.network, stage.answer, stage.unit)
        for panel, box in (
            (self.canvas, stage.pad),
            (self.tools, stage.tools),
            (self.digit_view, stage.digit),
            (self.network_view, network),
            (self.answer_panel, answer),
            (self.status_line, stage.status),
        ):
            if isinstance(panel, Panel):
                panel.set_unit(stage.unit)
            panel.setGeometry(box)
        self.dialogs.place(stage.network, stage.unit)
        self._notice.set_place(stage.network, stage.unit)

    def _theme(self) -> Theme:
        return THEMES[self._theme_name] if self._theme_name else system_theme()

    def _apply_theme(self) -> None:
        theme = self._theme()
        self.setStyleSheet(style_sheet(theme))
        self.setPalette(palette(theme))
        parts = (
            self.canvas,
            self.tools,
            self.digit_view,
            self.network_view,
            self.answer_panel,
            self.status_line,
        )
        for part in (*parts, self.comparison, self.dialogs):
            part.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        for stopped in (self._read_timer, self._doubt_timer, self._notice):
            stopped.stop()
        self.dialogs.close()
        self.client.close()
        super().closeEvent(event)
