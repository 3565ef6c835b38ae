"""Between the session and the parts that show what it holds: the layers, the answer, the pad's
hint."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import N_, _
from digitpad.ui.answer.answer_panel import AnswerPanel, PanelState
from digitpad.ui.explain.tools import WHY_TOOL
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.digit_view import DigitView
from digitpad.ui.shell.hints import SQUARES
from digitpad.ui.shell.outlining import Outlines
from digitpad.ui.shell.selecting import connect_view
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.shares import shares_beside
from digitpad.ui.shell.states import RecognizerState, Row

_ABSENT = {
    RecognizerState.LOADING: PanelState.WAITING,
    RecognizerState.READY: PanelState.IDLE,
    RecognizerState.FAILED: PanelState.FAILED,
}


_HINTS = {
    "digit": N_("Draw a digit"),
    "garment": N_("Draw a garment"),
    "character": N_("Draw a character"),
}


class Showing(QObject):
    """Shows the session's network, its activations and its answer, and tells it what is done there.

    Signals:
        headline_changed (str): the answer in a word while the pen rests, or nothing.
    """

    headline_changed = Signal(str)

    def __init__(
        self,
        session: Session,
        canvas: Canvas,
        digit_view: DigitView,
        network_view: NetworkView,
        answer_panel: AnswerPanel,
    ) -> None:
        """Follows the session at once; show() shows what it holds already."""
        super().__init__(canvas)
        self._session = session
        self._canvas, self._digit_view = canvas, digit_view
        self._network_view, self._answer_panel = network_view, answer_panel
        session.answer_changed.connect(self._show_activations)
        session.network_changed.connect(self.show_network)
        for changed in (
            session.answer_changed,
            session.second_answer_changed,
            session.label_changed,
            session.network_changed,
            session.comparison_changed,
        ):
            changed.connect(self.show_answer)
        connect_view(network_view, session.selection, Row.UPPER)
        session.hints.changed.connect(self._show_hint)
        outlines = Outlines(session, canvas, digit_view)
        answer_panel.digit_choice.digit_taken.connect(session.several.take)
        answer_panel.digit_choice.digit_pointed_at.connect(outlines.outline_digit)
        answer_panel.class_choice.class_asked.connect(self._ask_why)

    def show_answer(self) -> None:
        """Show the answer, or why there is none."""
        session = self._session
        absent = PanelState.IDLE if session.pad.is_empty else _ABSENT[session.state]
        beside = shares_beside(session, Row.UPPER)
        self._answer_panel.show_reading(session.reading, absent, beside)
        is_said = session.recognition is not None and session.is_resting
        self.headline_changed.emit(self._answer_panel.headline if is_said else "")

    def show_network(self) -> None:
        """Show the layers, and ask for what the network reads."""
        data_set = self._session.data_set
        self._network_view.show_layers(self._session.layers, self._session.reading.classes)
        # Panels that were made anew know nothing of what is selected.
        self._session.selection.changed.emit()
        self._show_activations()
        self._digit_view.set_filling(data_set.fills_field)
        self._canvas.hint = _(_HINTS[data_set.noun])
        self._canvas.update()

    def _show_activations(self) -> None:
        recognition = self._session.recognition
        self._network_view.show_activations(
            None if recognition is None else recognition.activations
        )

    def _show_hint(self) -> None:
        self._network_view.say_squares(self._session.hints.is_given(SQUARES))

    def _ask_why(self, class_: int) -> None:
        """Explain why the answer is not this class."""
        self._session.contrast.ask(class_)
        self._session.selection.open_tool(WHY_TOOL)
