"""Two readings, one above the other: of one drawing by two networks, or of two drawings."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.client import RecognizerClient
from digitpad.ui.answer.answer_panel import TOLD_APART, AnswerPanel
from digitpad.ui.answer.compare_rows import DifferenceLine, Heading, KeptDigit
from digitpad.ui.answer.difference import Reading, difference_in_words, disagree, kept_in_words
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.style.theme import Theme

_HEADING, _WORDS, _GAP = 24, 30, 6
_KEPT_SHARE = 0.2
_NO_SHARES = np.zeros(0, np.float32)


class Mode(Enum):
    """What is compared: nothing, a second network network, or a reading that was kept."""

    NONE = "none"
    SECOND = "second"
    KEPT = "kept"


class Comparison(QObject):
    """The lower row, the headings, and the line between the rows that says what differs.

    The upper row is the window's own network view and answer panel, which this places while it is
    active.

    Attributes:
        mode: what is compared.
        heading, view, answer: the lower row.
        words: the line between the rows.

    Signals:
        changed (): a comparison began or ended, and all has to be placed anew.
        field_pointed_at (object): as NetworkView's, of the lower row where it reads the same
            drawing.
        network_wanted (QWidget): another network shall be chosen for the upper row, beside this
            heading.
        second_wanted (): another second network shall be chosen.
    """

    changed = Signal()
    field_pointed_at = Signal(object)
    network_wanted = Signal(object)
    second_wanted = Signal()

    def __init__(
        self,
        client: RecognizerClient,
        own_view: NetworkView,
        own_answer: AnswerPanel,
        is_resting: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        """is_resting: whether the pen rests, so that doubt may be voiced."""
        super().__init__(parent)
        self._client = client
        self._own_view, self._own_answer = own_view, own_answer
        self._is_resting = is_resting
        self._own: NetworkInfo | None = None
        self._second: NetworkInfo | None = None
        self._own_recognition: Recognition | None = None
        self._recognition: Recognition | None = None
        self.mode = Mode.NONE
        self._is_opening = False
        self._own_heading, self.heading = Heading(parent), Heading(parent)
        self._own_heading.make_clickable("Another network in the upper row")
        self._own_heading.opened.connect(lambda: self.network_wanted.emit(self._own_heading))
        self.heading.opened.connect(self.second_wanted)
        self.words = DifferenceLine(parent)
        self.view, self.answer, self._kept_digit = (
            NetworkView(parent),
            AnswerPanel(parent),
            KeptDigit(parent),
        )
        self.answer.setAccessibleName("Answer of the other")
        for part in (self.view, self.answer):
            part.hide()
        self.view.field_pointed_at.connect(self._pass_field_on)
        client.second_ready.connect(self._on_second_ready)
        client.second_recognized.connect(self._on_second_recognized)
        client.refused.connect(self._on_refused)

    @property
    def is_active(self) -> bool:
        """Whether two rows are shown."""
        return self.mode is not Mode.NONE

    @property
    def second_file(self) -> str:
        """The weights file of the second network that reads; "" where there is none."""
        return (
            self._second.weights_file
            if self._second is not None and self.mode is Mode.SECOND
            else ""
        )

    # Beginning and ending.

    def start(self, weights: Path) -> None:
        """Read with a second network too; the rows appear once it has loaded."""
        self._is_opening = True
        self._client.open_second(weights)

    def keep(
        self, digit: np.ndarray, recognition: Recognition, label: str | None, source: str
    ) -> None:
        """Keep a reading in the lower row, with its label and the data set that says so, while
        others are drawn."""
        if self._own is None:
            return
        self._close_second()
        self._second, self._recognition = self._own, recognition
        self._kept_digit.show_digit(digit)
        self._show_second_network("Kept: ")
        self.answer.show_label(label, source)
        self._begin(Mode.KEPT)

    def end(self) -> None:
        """Go back to one row."""
        self._close_second()
        self.mode = Mode.NONE
        self._second = self._recognition = None
        self._own_answer.show_other(None)
        self.changed.emit()

    def _close_second(self) -> None:
        if self.mode is Mode.SECOND or self._is_opening:
            self._client.close_second()
        self._is_opening = False

    def _begin(self, mode: Mode) -> None:
        self._is_opening = False
        self.mode = mode
        self.changed.emit()
        self.refresh()

    def _on_second_ready(self, info: NetworkInfo) -> None:
        if self.mode is Mode.KEPT and not self._is_opening:
            # It was given up meanwhile.
            self._client.close_second()
            return
        self._second, self._recognition = info, None
        self._show_second_network("")
        self.answer.show_label(None)
        self._begin(Mode.SECOND)

    def _show_second_network(self, before: str) -> None:
        assert self._second is not None
        self.heading.show_network(self._second, before)
        self.heading.make_clickable("" if before else "Another network to compare with")
        self.view.show_network(self._second)
        self.answer.set_classes(self._second.classes)
        self.answer.set_distances(self._second.gives_distances)

    def _on_refused(self, message: str) -> None:
        # Only a second network that is still awaited is given up; the one that reads stays.
        self._is_opening = False

    # Answers.

    def show_network(self, info: NetworkInfo) -> None:
        """The upper row's network is another."""
        self._own = info
        self._own_heading.show_network(info)
        self.refresh()

    def show_own(self, recognition: Recognition | None) -> None:
        """The upper row's answer, or that there is none to what is on the pad."""
        if recognition is None and self.mode is Mode.SECOND:
            self._recognition = None
        self._own_recognition = recognition
        self.refresh()

    def show_label(self, label: str | None, source: str) -> None:
        """The real class of what is on the pad, where both rows read it."""
        if self.mode is not Mode.KEPT:
            self.answer.show_label(label, source)

    def _on_second_recognized(self, recognition: Recognition) -> None:
        if self.mode is Mode.SECOND:
            self._recognition = recognition
            self.refresh()

    def refresh(self) -> None:
        """Show both answers as they stand."""
        if self._second is None or self._own is None or not self.is_active:
            return
        own, other = self._own_recognition, self._recognition
        self.view.show_activations(None if other is None else other.activations)
        # Doubt waits until the pen rests; what was kept rests.
        resting = self._is_resting()
        own_doubts = own is not None and resting and not own.accepted
        doubts = other is not None and (resting or self.mode is Mode.KEPT) and not other.accepted
        if other is None:
            self.answer.show_nothing()
        else:
            self.answer.show_recognition(other, doubting=doubts)
        is_alike = self._own.classes == self._second.classes and self.mode is Mode.SECOND
        self._own_answer.show_other(_shares(other) if is_alike else None)
        self.answer.show_other(_shares(own) if is_alike else None)
        readings = (
            Reading(self._own.network, self._own.classes, own, own_doubts),
            self._reading_below(other, doubts),
        )
        is_kept = self.mode is Mode.KEPT
        text = kept_in_words(*readings) if is_kept else difference_in_words(*readings, TOLD_APART)
        self.words.say(text, stands_out=disagree(*readings))

    def _reading_below(self, recognition: Recognition | None, doubts: bool) -> Reading:
        assert self._own is not None and self._second is not None
        name = self._second.network
        if name == self._own.network:
            name += f" ({self._second.metadata.get('recipe', 'other weights')})"
        return Reading(name, self._second.classes, recognition, doubts)

    def _pass_field_on(self, field: tuple[float, float, float, float] | None) -> None:
        if self.mode is Mode.SECOND:
            self.field_pointed_at.emit(field)

    # Place and colours.

    def place(self, network: QRect, answer: QRect, unit: float) -> tuple[QRect, QRect]:
        """Put the lower row and the words into these boxes of the window's network and answer;
        returns what is left of them to the upper row."""
        shown = (self._own_heading, self.heading, self.words, self.view, self.answer)
        for part in shown:
            part.setVisible(self.is_active)
            part.set_unit(unit)
        self._kept_digit.setVisible(self.mode is Mode.KEPT)
        self._kept_digit.set_unit(unit)
        if not self.is_active:
            return network, answer
        heading, words, gap = (round(size * unit) for size in (_HEADING, _WORDS, _GAP))
        each = (network.height() - words - 2 * gap) // 2
        upper_network, lower_network = QRect(network), QRect(network)
        upper_network.setHeight(each)
        lower_network.setTop(network.bottom() + 1 - each)
        upper_answer = QRect(answer.x(), upper_network.y(), answer.width(), each)
        lower_answer = QRect(answer.x(), lower_network.y(), answer.width(), each)
        across = answer.right() + 1 - network.x()
        self.words.setGeometry(network.x(), upper_network.bottom() + 1 + gap, across, words)
        for title, box in ((self._own_heading, upper_network), (self.heading, lower_network)):
            title.setGeometry(box.x(), box.y(), box.width(), heading)
            box.setTop(box.top() + heading)
        self.answer.setGeometry(lower_answer)
        if self.mode is Mode.KEPT:
            side = round(min(_KEPT_SHARE * lower_network.width(), lower_network.height() - heading))
            self._kept_digit.setGeometry(lower_network.x(), lower_network.y(), side, side + heading)
            lower_network.setLeft(lower_network.left() + side + round(14 * unit))
        self.view.setGeometry(lower_network)
        return upper_network, upper_answer

    def set_theme(self, theme: Theme) -> None:
        for part in (
            self._own_heading,
            self.heading,
            self.words,
            self.view,
            self.answer,
            self._kept_digit,
        ):
            part.set_theme(theme)


def _shares(recognition: Recognition | None) -> np.ndarray:
    return _NO_SHARES if recognition is None else recognition.probabilities
