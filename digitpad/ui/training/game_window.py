"""The window of the game: a task, the pad, and what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from digitpad.core.constants import DIGITS
from digitpad.core.languages import N_, _, ngettext
from digitpad.core.results import Recognition
from digitpad.ink.drawing import Mark
from digitpad.ui.answer.reading import Label
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.shell.correcting import weights_of
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState
from digitpad.ui.style.announcing import announce, tell
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.screen import COMFORTABLE, SMALLEST, fitted_to_screen, unit_of
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.theme import Theme
from digitpad.ui.training.game import Game, Round, Seen, Step
from digitpad.ui.training.game_sheet import GameSheet
from digitpad.ui.training.game_style import game_style

_READY = N_("I have drawn it!")
_NEXT = N_("Next")
_SEE = N_("See all ten")
_AGAIN = N_("Play again")
_KEPT = N_("They are kept")
_CLEAR = N_("Start over")
_RETRY = N_("Try again")
_HINT = N_("Draw here")


class GameWindow(QWidget):
    """Asks for ten digits, one after the other, on a pad of its own that is the window's pad: what
    is drawn is read and shown there too. What was on the pad before comes back at the end.

    Everything is done by one large button, Enter or Space, and by drawing. Space is the pen's while
    the pad has its crosshair out.

    Attributes:
        game: the rounds. step: what it waits for. canvas: the pad. main_button, clear_button,
            keep_button: what can be done. sheet: the ten at the end.

    Signals:
        keeping_wanted (object, object): the rounds to keep, and the weights that read each.
    """

    keeping_wanted = Signal(object, object)

    def __init__(self, session: Session, theme: Theme) -> None:
        """session: reads what is drawn."""
        super().__init__()
        self._session = session
        self.game = Game()
        self.step = Step.DRAWING
        self._before: tuple[tuple[Mark, ...], Label | None] | None = None
        self._old: Recognition | None = None
        self._weights: list[Path] = []
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Draw a digit — Digitpad"))
        ScreenFollowing(self, SMALLEST)
        self.task_label, self.progress_label, self.said_label = QLabel(), QLabel(), QLabel()
        self.task_label.setObjectName("title")
        self.progress_label.setObjectName("quiet")
        for label in (self.task_label, self.said_label):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.canvas = Canvas(session.pad, self)
        self.canvas.hint = _(_HINT)
        key_pen = self.canvas.key_pen
        key_pen.leaves = lambda key: key == Qt.Key.Key_Space and not key_pen.is_shown
        self.sheet = GameSheet(self)
        self.main_button, self.clear_button = self._button(), self._button()
        self.keep_button = self._button()
        self.main_button.setObjectName("main")
        self._layout = QVBoxLayout(self)
        for part in (self.progress_label, self.task_label):
            self._layout.addWidget(part)
        self._layout.addWidget(self.canvas, 1)
        self._layout.addWidget(self.sheet, 1)
        self._layout.addWidget(self.said_label)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        for button in (self.clear_button, self.keep_button, self.main_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout.addLayout(self._buttons)
        self.main_button.clicked.connect(self.go_on)
        self.clear_button.clicked.connect(self.start_over)
        self.keep_button.clicked.connect(self.keep)
        self.sheet.choice_changed.connect(self._show_keeping)
        session.digit_changed.connect(self._on_digit)
        session.answer_changed.connect(self._on_answer)
        session.state_changed.connect(self._on_answer)
        session.pad.ink_changed.connect(self._show_buttons)
        self.set_theme(theme)
        self.resize(fitted_to_screen(self, COMFORTABLE))

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return button

    # The game.

    def show_again(self) -> None:
        """Open the window with a new game, or bring one that goes on to the front."""
        if not self.isVisible():
            self.begin()
        self.show()
        self.raise_()
        self.activateWindow()

    def begin(self, seed: int | None = None) -> None:
        """Begin a new game; seed: of its order."""
        pad = self._session.pad
        pad.finish()
        if self._before is None:
            self._before = pad.drawing.marks, self._session.label
        self.game, self._weights = Game(seed), []
        self._show_task()

    def _show_task(self) -> None:
        self.step = Step.DRAWING
        self._session.pad.clear()
        tell(self.said_label, "")
        if self._session.reading.classes != DIGITS:
            tell(self.said_label, _("Choose a network that reads digits first (N)."))
        self._show()
        announce(self, _("{name}: {text}").format(name=self._progress(), text=self._task()))
        self.canvas.setFocus()

    @property
    def _may_retry(self) -> bool:
        """Whether what was just told of is no success, and may be drawn once more."""
        return self.step is Step.TOLD and self.game.rounds[-1].seen is not Seen.AS_ASKED

    def start_over(self) -> None:
        """Take the drawing away, to draw this digit again; also once it was read as another."""
        if self._may_retry:
            self.game.take_back()
            self._weights.pop()
            self._show_task()
        elif self.step in (Step.DRAWING, Step.READING):
            self._session.pad.clear()
            self.step = Step.DRAWING
            self._show()
            self.canvas.setFocus()

    def go_on(self) -> None:
        """What the large button does: have the drawing read, the next digit, the end, again."""
        if self.step is Step.DRAWING and self._may_be_read:
            self._session.pad.finish()
            self.step = Step.READING
            self._show()
            self._on_answer()
        elif self.step is Step.TOLD:
            if self.game.is_over:
                self._end()
            else:
                self._show_task()
        elif self.step is Step.OVER:
            self.begin()

    @property
    def _may_be_read(self) -> bool:
        session = self._session
        return not session.pad.is_empty and session.reading.classes == DIGITS

    def _on_digit(self) -> None:
        # The answer that is there is one to what was drawn before.
        self._old = self._session.recognition

    def _on_answer(self) -> None:
        session = self._session
        if self.step is not Step.READING:
            return
        recognition = session.recognition
        if session.state is not RecognizerState.READY or recognition is None:
            is_failed = session.state is RecognizerState.FAILED
            tell(
                self.said_label,
                _("It cannot read now. Close this and press F5.")
                if is_failed
                else _("One moment: it is still waking up."),
            )
            return
        if recognition is self._old or session.is_reading_due:
            return
        self._weights.append(weights_of(session))
        text = self.game.take(
            Round(
                self.game.wanted,
                session.pad.drawing.marks,
                recognition.answer,
                recognition.accepted,
            )
        )
        self.step = Step.TOLD
        tell(self.said_label, text)
        self._show()
        self.main_button.setFocus()

    def _end(self) -> None:
        self.step = Step.OVER
        self._session.pad.clear()
        self.sheet.show_rounds(self.game.rounds)
        tell(self.said_label, self.game.verdict())
        self._show_keeping()
        self._show()
        self.main_button.setFocus()

    def _show_keeping(self) -> None:
        count = len(self.sheet.chosen)
        text = ngettext("Keep {n} in My drawings", "Keep {n} in My drawings", count)
        self.keep_button.setText(text.format(n=count))
        self.keep_button.setEnabled(count > 0)

    def keep(self) -> None:
        """Keep those that are chosen on the sheet, with the digits that were asked for."""
        if self.step is Step.OVER and (chosen := self.sheet.chosen):
            self.keep_button.setEnabled(False)
            self.keeping_wanted.emit(
                tuple(self.game.rounds[number] for number in chosen),
                tuple(self._weights[number] for number in chosen),
            )

    def show_kept(self, trouble: str = "") -> None:
        """The ten are kept, or why they are not."""
        self.keep_button.setEnabled(bool(trouble))
        if trouble:
            tell(self.said_label, trouble)
        else:
            self.keep_button.setText(_(_KEPT))

    # What is shown.

    def _show(self) -> None:
        is_over = self.step is Step.OVER
        self.canvas.setVisible(not is_over)
        self.sheet.setVisible(is_over)
        self.clear_button.setVisible(not is_over)
        self.keep_button.setVisible(is_over)
        # What was told of is not drawn on.
        self.canvas.setEnabled(self.step is Step.DRAWING)
        self.task_label.setText(_("Here are your digits") if is_over else self._task())
        self.progress_label.setText("" if is_over else self._progress())
        self._show_buttons()

    def _task(self) -> str:
        if self.step is Step.TOLD:
            return _("Your {digit}").format(digit=DIGITS[self.game.rounds[-1].wanted])
        return self.game.task()

    def _progress(self) -> str:
        n = len(self.game.rounds) + (self.step is not Step.TOLD)
        return _("{n} of {count}").format(n=n, count=len(DIGITS))

    def _show_buttons(self) -> None:
        is_end = self.step is Step.TOLD and self.game.is_over
        words = {
            Step.DRAWING: _READY,
            Step.READING: _READY,
            Step.TOLD: _SEE if is_end else _NEXT,
            Step.OVER: _AGAIN,
        }
        self.main_button.setText(_(words[self.step]))
        is_drawing = self.step is Step.DRAWING
        self.main_button.setEnabled(
            self.step in (Step.TOLD, Step.OVER) or (is_drawing and self._may_be_read)
        )
        may_clear = self.step in (Step.DRAWING, Step.READING) and not self._session.pad.is_empty
        self.clear_button.setText(_(_RETRY if self.step is Step.TOLD else _CLEAR))
        self.clear_button.setEnabled(may_clear or self._may_retry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do what the large button does, Delete starts over, Escape ends."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.keep_button.hasFocus():
                self.keep()
            elif self.clear_button.hasFocus():
                self.start_over()
            else:
                self.go_on()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.start_over()
        elif key == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.step is Step.DRAWING:
            if len(self._session.pad.drawing):
                self._session.pad.undo()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was on the pad before comes back."""
        before, self._before = self._before, None
        if before is not None:
            marks, label = before
            self._session.pad.show_marks(list(marks))
            if label is not None:
                self._session.name_drawing(label.name, label.source)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts and gaps grow with the window."""
        unit = unit_of(self.width(), self.height())
        margin = round(18 * unit)
        self._layout.setContentsMargins(margin, round(10 * unit), margin, round(14 * unit))
        self._layout.setSpacing(round(6 * unit))
        self._buttons.setSpacing(round(12 * unit))
        self.sheet.set_unit(unit)
        sizes: Sequence[tuple[QWidget, float, bool]] = (
            (self.task_label, 34, True),
            (self.progress_label, 13, False),
            (self.said_label, 20, False),
            (self.main_button, 18, True),
            (self.clear_button, 15, False),
            (self.keep_button, 15, False),
        )
        for part, pixels, bold in sizes:
            part.setFont(sized_font(self.font(), pixels, unit, bold))
        for button in (self.main_button, self.clear_button, self.keep_button):
            button.setFixedHeight(round(48 * unit))
            button.setMinimumWidth(round(150 * unit))
        # What is said comes without moving what is above it.
        self.said_label.setFixedHeight(round(56 * unit))
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(game_style(theme))
        self.setPalette(palette(theme))
        self.canvas.set_theme(theme)
        self.sheet.set_theme(theme)
