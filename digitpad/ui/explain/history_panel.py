"""The drawing replayed along its length, and what it was read as meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSlider, QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.core.texts import in_sentences
from digitpad.engine.explanations import HISTORY
from digitpad.explain.history import marks_until
from digitpad.explain.questions import HistoryQuestion
from digitpad.explain.results import History
from digitpad.ink.normalize import FIELD, Frame
from digitpad.ink.rasterize import rasterize
from digitpad.ui.explain import history_words as words
from digitpad.ui.explain import why_words
from digitpad.ui.explain.asking_panel import AskingPanel, Subject
from digitpad.ui.explain.history_chart import HistoryChart
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import Theme

STEP_MS = 45
"""How long a step is shown while the drawing is played."""

_LINE, _SLIDER, _GAP = 26, 24, 8
_HANDLE = 15
"""How wide the slider's handle is, as the style sheet has it."""


class HistoryPanel(AskingPanel[History]):
    """Lines of log-odds, and a slider that replays the drawing; all panels follow it.

    While less than the whole is shown, the pad is read-only; what is drawn stays as it is.

    Attributes:
        slider, play_button, chart: what a person works with.
        step: which step of the history is shown.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet."""
        super().__init__(session, parent)
        self._wants_keys = False
        self.chart = HistoryChart(self)
        self.chart.step_wanted.connect(self._stop_and_go)
        self.chart.laid_out.connect(self._arrange)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(_(words.SLIDER))
        self.slider.setToolTip(_(words.SLIDER_TIP))
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.slider.valueChanged.connect(self._show_step)
        self.slider.sliderPressed.connect(self.pause)
        self.play_button = QToolButton(self)
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play_button.setCheckable(True)
        self.play_button.clicked.connect(self.toggle)
        # As they stand: the button over the slider.
        self.setTabOrder(self.play_button, self.slider)
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._play_on)
        self._show_playing()
        self.setAccessibleName(_(words.TITLE))
        self._show_parts()

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self.slider.value()

    @property
    def is_playing(self) -> bool:
        """Whether the drawing is replayed by itself."""
        return self._timer.isActive()

    # Playing.

    def toggle(self) -> None:
        """Play, from the start where all is shown; or stop here."""
        if self.is_playing:
            self.pause()
        elif self.result is not None and not self.trouble:
            if self.step >= self.slider.maximum():
                self.slider.setValue(0)
            self._timer.start()
        self._show_playing()

    def pause(self) -> None:
        """Stop at the step that is shown."""
        self._timer.stop()
        self._show_playing()

    def go_to(self, step: int) -> None:
        """Show the drawing as it was at a step."""
        self.slider.setValue(step)

    def _stop_and_go(self, step: int) -> None:
        self.pause()
        self.go_to(step)

    def _play_on(self) -> None:
        # As fast as it can be read, no faster.
        if self.session.is_reading_due:
            return
        self.go_to(self.step + 1)
        if self.step >= self.slider.maximum():
            self.pause()

    def _show_playing(self) -> None:
        is_playing = self.is_playing
        self.play_button.setText(_(words.PAUSE) if is_playing else _(words.PLAY))
        self.play_button.setToolTip(_(words.PAUSE_TIP) if is_playing else _(words.PLAY_TIP))
        self.play_button.setChecked(is_playing)

    def _show_step(self) -> None:
        """Let the pad show the step, and all that follows the pad; the last one is the drawing
        itself."""
        result, pad = self.result, self.session.pad
        if result is None or self.trouble or not self._is_open or not self.is_current:
            return
        marks = self.subject.marks
        step = self.step
        self.chart.show_step(step)
        if step >= len(result.lengths) - 1:
            pad.end_replay()
            self.session.overlay.clear()
        else:
            shown = marks_until(marks, float(result.lengths[step]))
            pad.replay(lambda scale: rasterize(shown, scale=scale))
            left, top, pixel = (float(one) for one in result.readings.frames[step])
            box = Frame(left, top, pixel).on_ink((0, 0, FIELD, FIELD)) if pixel == pixel else None
            self.session.overlay.show(box=box)
        self.setAccessibleDescription(self.text)
        self.update()

    def go_back(self) -> bool:
        """To the whole drawing first."""
        if self.session.pad.replayed is None:
            return False
        self.pause()
        self.slider.setValue(self.slider.maximum())
        return True

    def begin(self) -> None:
        """Ask, and take the keys once the history is there."""
        self._wants_keys = not self._is_open
        super().begin()

    def end(self) -> None:
        """The pad shows the drawing again."""
        was_open = self._is_open
        self.pause()
        super().end()
        if was_open:
            self.session.pad.end_replay()

    # Asking.

    def _key(self) -> Hashable:
        return self.session.pad.version

    def _may_ask(self) -> bool:
        return self.session.pad.replayed is None and super()._may_ask()

    def _ask(
        self,
        subject: Subject,
        answered: Callable[[History], None],
        refused: Callable[[str], None],
    ) -> str | None:
        question = HistoryQuestion(subject.marks)
        self.session.client.explanations.ask(HISTORY, question, answered, refused)
        return None

    def _took(self, result: History) -> str:
        if result.reason is not None:
            return why_words.no_reason_text(result.reason)
        self.chart.show_history(result, self.subject.classes)
        self.slider.setRange(0, len(result.lengths) - 1)
        self.slider.setValue(self.slider.maximum())
        self.chart.show_step(self.step)
        self._show_parts()
        if self._wants_keys:
            # So that Space plays and arrows step, without a way there by Tab.
            self._wants_keys = False
            self.slider.setFocus()
        return ""

    def _lost(self) -> None:
        self.pause()
        self.session.overlay.clear()
        self._show_parts()

    def _show_parts(self) -> None:
        has_history = self.result is not None and not self.trouble
        for part in (self.chart, self.slider, self.play_button):
            part.setVisible(has_history)
        is_current = has_history and self.is_current
        self.slider.setEnabled(is_current)
        self.play_button.setEnabled(is_current)

    # What it says.

    @property
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""
        if self.result is None:
            return self.trouble
        return in_sentences(self._sentences())

    def _sentences(self) -> list[str]:
        assert self.result is not None
        step = min(self.step, len(self.result.lengths) - 1)
        return [
            words.step_texts(self.result, step, self.subject.classes)[0],
            words.flips_text(self.result, self.subject.classes),
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title and what is said of the step; the chart paints itself."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.trouble or self.result is None:
            self.paint_heading(painter, _(words.TITLE))
            box = QRectF(self.rect())
            self.paint_middle(painter, box, self.trouble or self.status)
            return
        self.paint_heading(painter, _(words.TITLE), tuple(map(_, words.AXIS)))
        room = self.play_button.x() - _GAP * self.unit
        line = QRectF(0, self.title_height + 3 * self.unit, room, 20 * self.unit)
        step = min(self.step, len(self.result.lengths) - 1)
        told = self.paint_longest(
            painter, line, words.step_texts(self.result, step, self.subject.classes), 12.5
        )
        width = painter.fontMetrics().horizontalAdvance(told) + 12 * self.unit
        if self.session.pad.replayed is not None:
            beside = line.adjusted(width, 0, 0, 0)
            self.paint_text(painter, beside, _(words.FRAMED), 12, self.theme.quiet)

    # Keys and places.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and stops."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        self.chart.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.chart.set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put chart, button and slider into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """The slider runs exactly under the lines, the button stands over them."""
        unit = self.unit
        top = round(self.title_height + _LINE * unit)
        foot = round(_SLIDER * unit)
        self.chart.setGeometry(0, top, self.width(), self.height() - top - foot)
        self.play_button.setFont(self.sized_font(12))
        width, height = round(72 * unit), round((_LINE - 2) * unit)
        self.play_button.setGeometry(self.width() - width, round(self.title_height), width, height)
        box = self.chart.scale().box
        # The handle's middle goes from one end of the lines to the other.
        self.slider.setGeometry(
            round(box.x() - _HANDLE / 2),
            self.height() - foot,
            round(box.width() + _HANDLE),
            foot,
        )
