"""What is drawn, how it is read and what it is compared with: the state that the window shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, NetworkInfo, Recognition
from digitpad.datasets import DIGITS, DataSet
from digitpad.datasets.of_network import data_set_of
from digitpad.engine.client import RecognizerClient
from digitpad.engine.messages import NETWORK
from digitpad.ink.normalize import FIELD, Frame
from digitpad.ink.pipeline import framed
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices
from digitpad.ui.answer.reading import Label, Reading, label_among
from digitpad.ui.pad.pad_model import PadModel
from digitpad.ui.shell.contrast import Contrast
from digitpad.ui.shell.hints import Hints
from digitpad.ui.shell.known_weights import KnownWeights
from digitpad.ui.shell.overlay import Overlay
from digitpad.ui.shell.selection import Selection
from digitpad.ui.shell.several import SeveralDigits
from digitpad.ui.shell.states import Mode, RecognizerState

REST_MS = 450

Example = tuple[np.ndarray, str]
"""A test image's ink, uint8 (h, w), and the name of its class."""


class Session(QObject):
    """Owns what is shown: from the ink by way of the framed digit to the recogniser's answer, the
    second network's answer, the pinned reading, the label and the unit that is pointed at.

    The newest ink is read whenever Qt has handled all waiting pointer events, so that a fast pen
    never queues up work. A rejection is voiced only when the pen has rested for REST_MS, since a
    half-drawn digit is no digit yet. An answer to what was there before never stands beside a new
    drawing.

    Attributes:
        client: the recogniser's process.
        pad: the drawing and its ink.
        layers: of the network, known before it has loaded where its file says them.
        info, data_set: of the network that has loaded; None, and MNIST, before.
        awaited: what waits for PyTorch, in a sentence; "" where nothing does.
        state, failure: whether there is a network to read with, and why there is none.
        digit, frame: the newest ink as the network reads it, and where its field lies over the
            ink; the frame is None on an empty pad.
        recognition: the answer to the newest digit, or None.
        second, second_recognition: the second network, and its answer. pinned: the reading that is
            kept in view, or None.
        label: the real class of what is on the pad, until it changes. several: the digits on it.
        before_close: each is asked, in their order, whether the window may close, and ends what it
            does; it is given whether it may ask the person.
        selection: the unit that is pointed at or pinned, and the tool that explains. weights: of
            the layers that are taken apart. contrast: the classes that are held against each other.
            overlay: what lies over the pad and the input. hints: what to try first.

    Signals (each says that what it names is not what it was; ask the session for what it is):
        digit_changed: the digit and its frame. label_changed: the label.
        answer_changed: the answer, that there is none, or whether a rejection is voiced;
            second_answer_changed: the same, of the second network alone.
        network_changed: the network that reads: it has loaded, and may be another.
        state_changed: whether there is a network to read with.
        reader_changed: what computes the networks, or what waits for it; they are the same.
        comparison_changed: the second network, the pinned reading, or that there is neither.
        opening_started (str): a network's file of this name is being opened.
        refused (str): it could not be opened; the network before still reads.
        succeeded: what was asked for was done; trouble with an earlier attempt is over.
        said (str): what a person should know, such as why nothing was done.
    """

    digit_changed = Signal()
    answer_changed = Signal()
    second_answer_changed = Signal()
    label_changed = Signal()
    network_changed = Signal()
    state_changed = Signal()
    reader_changed = Signal()
    comparison_changed = Signal()
    opening_started = Signal(str)
    refused = Signal(str)
    succeeded = Signal()
    said = Signal(str)

    def __init__(
        self,
        client: RecognizerClient,
        layers: tuple[LayerInfo, ...] = (),
        next_example: Callable[..., Example] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """next_example: a random test image of the data set of that name, and of a class's number
        where one is given, or DigitpadError; None where there are no test images."""
        super().__init__(parent)
        self.client = client
        self.pad = PadModel(self)
        self.layers = layers
        self.info: NetworkInfo | None = None
        self.data_set: DataSet = data_set_of(None)
        self.state = RecognizerState.LOADING
        self.failure = self.awaited = ""
        self.digit: np.ndarray = np.zeros((FIELD, FIELD), np.float32)
        self.frame: Frame | None = None
        self.recognition: Recognition | None = None
        self.second: NetworkInfo | None = None
        self.second_recognition: Recognition | None = None
        self.pinned: Reading | None = None
        self.label: Label | None = None
        # What is under way is asked, with True where it may ask the person.
        self.before_close: list[Callable[[bool], bool]] = []
        self._next_example = next_example
        self._is_opening_second = self._is_network_wanted = False
        self._read_timer = QTimer(self, singleShot=True, interval=0)
        self._read_timer.timeout.connect(self._read_pad)
        self._rest_timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest_timer.timeout.connect(self.answer_changed)
        self.pad.ink_changed.connect(self._read_timer.start)
        self.pad.stroke_finished.connect(self._rest_timer.start)
        self.selection = Selection(self)
        self.contrast = Contrast(self)
        self.overlay, self.hints = Overlay(self), Hints(self)
        self.weights = KnownWeights(self)
        self.several = SeveralDigits(self)
        self.several.changed.connect(self.answer_changed)
        # A label belongs to an example, which is no longer what is on the pad.
        self.pad.history_changed.connect(lambda: self._set_label(None))
        client.loading_started.connect(self._on_loading)
        client.interrupted.connect(self._on_loading)
        client.ready.connect(self._on_ready)
        client.awaiting.connect(self._on_awaiting)
        client.taken_over.connect(self._on_taken_over)
        client.failed.connect(self._on_failed)
        client.refused.connect(self._on_refused)
        client.recognized.connect(self._on_recognized)
        client.second_ready.connect(self._on_second_ready)
        client.second_recognized.connect(self._on_second_recognized)

    @property
    def is_reading_due(self) -> bool:
        """Whether the ink is newer than the digit."""
        return self._read_timer.isActive()

    @property
    def is_resting(self) -> bool:
        """Whether the pen has lain still for a while, and it is known how many digits it left."""
        is_moving = self.pad.is_drawing or self._rest_timer.isActive()
        return not is_moving and not self.several.is_looking

    @property
    def mode(self) -> Mode:
        """What the drawing is compared with."""
        if self.pinned is not None:
            return Mode.PINNED
        return Mode.SINGLE if self.second is None else Mode.SECOND

    @property
    def reading(self) -> Reading:
        """What is on the pad, as the network reads it."""
        reading = self._reading(self.info, self.recognition)
        return replace(reading, several=self.several.answers)

    @property
    def lower_reading(self) -> Reading | None:
        """What stands in the lower row: the second network's reading, or the pinned one."""
        if self.pinned is not None or self.second is None:
            return self.pinned
        return self._reading(self.second, self.second_recognition)

    def _reading(self, info: NetworkInfo | None, recognition: Recognition | None) -> Reading:
        is_rejected = recognition is not None and not recognition.accepted and self.is_resting
        return Reading(info, self.digit, recognition, is_rejected, label_among(self.label, info))

    # From the ink to the answer.

    def _read_pad(self) -> None:
        """Send what is on the pad to the recogniser, or rest where nothing is."""
        self.digit, self.frame = framed(self.pad.ink, self.data_set.fills_field)
        self.digit_changed.emit()
        if self.frame is None:
            self.client.forget()
            self._drop_answers()
            return
        if self.state is not RecognizerState.READY:
            self._drop_answers()
        self.client.recognize(self.digit)

    def _drop_answers(self) -> None:
        self.recognition = self.second_recognition = None
        self.answer_changed.emit()

    def _on_recognized(self, recognition: Recognition) -> None:
        self.recognition = recognition
        self.answer_changed.emit()

    def flush(self) -> None:
        """Show at once what would be shown after a moment's rest."""
        self._rest_timer.stop()
        self.answer_changed.emit()

    def stop(self) -> None:
        """No timer runs after this."""
        self._read_timer.stop()
        self._rest_timer.stop()
        self.selection.stop()

    # The recogniser and its network.

    def open_network(self, weights: Path, net: str = "", said: OpenChoices = NOTHING_SAID) -> None:
        """Let another network read what is on the pad; net and said as the client takes them."""
        self._is_network_wanted = True
        self.opening_started.emit(weights.name)
        self.client.open_network(weights, net, said)

    def restart(self) -> None:
        """Start the recogniser again."""
        self._is_network_wanted = True
        self.client.start()

    def _on_loading(self) -> None:
        self.state, self.failure = RecognizerState.LOADING, ""
        self.state_changed.emit()
        self._drop_answers()

    def _on_ready(self, info: NetworkInfo) -> None:
        had_frame = self.data_set.fills_field
        had_classes = DIGITS if self.info is None else self.info.classes
        if info.layers != self.layers:
            self.selection.clear()
        self.info, self.layers, self.data_set = info, info.layers, data_set_of(info)
        self.state, self.failure = RecognizerState.READY, ""
        if info.classes != had_classes:
            # No answer shown belongs to these classes.
            self._drop_answers()
        self.state_changed.emit()
        self.network_changed.emit()
        if self.data_set.fills_field != had_frame:
            # The same drawing is another digit to this network.
            self._read_timer.start()
        if self._is_network_wanted:
            self._is_network_wanted = False
            self.succeeded.emit()

    def _on_awaiting(self, what: str) -> None:
        if what != self.awaited:
            self.awaited = what
            self.reader_changed.emit()

    def _on_taken_over(self, role: str, info: NetworkInfo) -> None:
        if role == NETWORK:
            self.info = info
        elif self.second is not None:
            self.second = info
        self.reader_changed.emit()

    def _on_refused(self, message: str) -> None:
        # Only a second network that is still awaited is given up; the one that reads stays.
        self._is_opening_second = self._is_network_wanted = False
        self.refused.emit(message)

    def _on_failed(self, message: str) -> None:
        self.state, self.failure = RecognizerState.FAILED, message
        self.state_changed.emit()
        self._drop_answers()

    # What is put on the pad.

    def put_on_pad(self, ink: np.ndarray, label: str | None = None) -> None:
        """Put an image, uint8 (h, w), on the pad, with the name of its class where it is known."""
        self.pad.place_picture(ink)
        self._set_label(None if label is None else Label(label, self.data_set.title))
        self.succeeded.emit()

    def show_example(self, *of_class: int) -> None:
        """Put a random test image of the network's data set on the pad, with its label; of_class:
        the number of its class, where it shall be of one."""
        if self._next_example is None:
            self.said.emit(_("There are no test images in this installation."))
            return
        try:
            self.put_on_pad(*self._next_example(self.data_set.name, *of_class))
        except DigitpadError as error:
            self.said.emit(str(error))

    def name_drawing(self, name: str, source: str) -> None:
        """Somebody says what is on the pad: the name of its class, "" for none, and who says so."""
        self._set_label(Label(name, source) if name else None)

    def _set_label(self, label: Label | None) -> None:
        if label != self.label:
            self.label = label
            self.label_changed.emit()

    # Comparing.

    @property
    def second_file(self) -> str:
        """The weights file of the second network; "" where there is none."""
        return "" if self.second is None else self.second.weights_file

    def open_second(self, weights: Path, net: str = "") -> None:
        """Read with a second network too, once it has loaded."""
        self._is_opening_second = True
        self.client.open_second(weights, net)

    def pin(self) -> None:
        """Keep what is on the pad in view, as it is read, while another is drawn."""
        if self.recognition is None or self.info is None:
            self.said.emit(_("Draw first, or take a sample: what is read then can be kept."))
            return
        self._close_second()
        # What is kept rests, whatever the pen does.
        self.pinned = replace(self.reading, is_rejected=not self.recognition.accepted)
        self.comparison_changed.emit()

    def leave_comparing(self) -> None:
        """Go back to one reading."""
        self._close_second()
        self.pinned = None
        self.comparison_changed.emit()

    def _close_second(self) -> None:
        if self.second is not None or self._is_opening_second:
            self.client.close_second()
        self._is_opening_second = False
        self.second = self.second_recognition = None

    def _on_second_ready(self, info: NetworkInfo) -> None:
        if self.pinned is not None and not self._is_opening_second:
            # It was given up meanwhile.
            self.client.close_second()
            return
        if self._is_opening_second:
            self._is_opening_second = False
            self.succeeded.emit()
        self.pinned = None
        self.second, self.second_recognition = info, None
        self.comparison_changed.emit()

    def _on_second_recognized(self, recognition: Recognition) -> None:
        if self.second is not None:
            self.second_recognition = recognition
            self.second_answer_changed.emit()
