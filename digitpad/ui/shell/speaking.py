"""The answer, said to screen readers once the pen rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from digitpad.core.languages import _
from digitpad.ui.answer.answer_panel import AnswerPanel
from digitpad.ui.shell.comparison import Comparison
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState
from digitpad.ui.style import announcing

SETTLING_MS = 150
"""How long nothing of an answer may change before it is said: a second network and the verdict
come right behind it."""


class Speaking(QObject):
    """Says each answer once, in the words of its panel, and nothing while the pen moves.

    An answer is said where it is to the newest ink, the pen rests, and the window is the one that
    is worked in; what was said last is not said again.
    """

    def __init__(self, session: Session, panel: AnswerPanel, comparison: Comparison) -> None:
        """panel: shows the answer. comparison: and what another network says, or another drawing
        was read as."""
        super().__init__(panel)
        self._session, self._panel, self._comparison = session, panel, comparison
        self._said = panel.answer_text()
        self._version = session.pad.version
        self._before: tuple[object, object] = (None, None)
        self._timer = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._timer.timeout.connect(self._say)
        session.digit_changed.connect(self._on_digit)
        for changed in (
            session.answer_changed,
            session.second_answer_changed,
            session.label_changed,
            session.comparison_changed,
        ):
            changed.connect(self._settle)
        announcing.hush_while(self._is_drawing)

    def stop(self) -> None:
        """No timer runs after this."""
        self._timer.stop()

    def _is_drawing(self) -> bool:
        return not self._session.is_resting

    def _on_digit(self) -> None:
        # The answers that are there are those to what was drawn before.
        self._before = self._session.recognition, self._session.second_recognition

    def _settle(self) -> None:
        if announcing.is_heard():
            if self._session.is_resting:
                announcing.speak_up()
            self._timer.start()

    def _say(self) -> None:
        session, text = self._session, self._text()
        if not text or not session.is_resting or not self._panel.window().isActiveWindow():
            return
        drawing = session.pad.version
        if (drawing, text) != (self._version, self._said):
            is_empty_still = session.pad.is_empty and text == self._said
            self._version, self._said = drawing, text
            if not is_empty_still:
                announcing.announce(self._panel, text)

    def _text(self) -> str:
        """What is to be said now; "" where the answer is still to come."""
        session = self._session
        if session.is_reading_due or session.client.is_reading:
            return ""
        if session.recognition is None:
            # That there is no recogniser is said where that happens.
            is_loading = session.state is RecognizerState.LOADING
            return self._panel.answer_text() if session.pad.is_empty or is_loading else ""
        if session.recognition is self._before[0]:
            return ""
        text = self._panel.answer_text()
        if not self._comparison.is_active:
            return text
        other = session.second_recognition
        if session.second is not None and (other is None or other is self._before[1]):
            return ""
        return _("{first}. {second}").format(first=text, second=self._comparison.words.text)
