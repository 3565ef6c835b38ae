"""Watch it learn: the snapshots of a training read the drawing, beside the curves of the run."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSlider, QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.nets.spec.film import CurvePoint
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState
from digitpad.ui.style.theme import Theme
from digitpad.ui.training import film_words as words
from digitpad.ui.training.film_answers import FilmAnswers
from digitpad.ui.training.film_chart import FilmChart
from digitpad.ui.training.film_columns import Column
from digitpad.ui.training.film_player import FilmPlayer
from digitpad.ui.training.run_actions import RunActions
from digitpad.ui.training.run_buttons import RunButtons
from digitpad.ui.training.train_run import RunState
from digitpad.ui.training.training_desk import TrainingDesk

STEP_MS = 350
"""How long a snapshot is shown while the film plays."""

_LINE, _SLIDER, _GAP = 26, 22, 6
_HANDLE = 15
"""How wide the slider's handle is, as the style sheet has it."""


class FilmPanel(ToolPanel):
    """A strip of answers, the curves, a slider over the snapshots, and the run's buttons.

    Attributes:
        chart, slider: what a person works with.
        desk: whose film and run are shown. answers: what its snapshots read; player: has one of
            them read in place of the network.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet."""
        super().__init__(session, parent)
        self.desk = TrainingDesk.of(session)
        self.player = FilmPlayer(session)
        self.answers = FilmAnswers(session, self.desk)
        self.answers.changed.connect(self._show_answers)
        self._is_open = False
        self._at: CurvePoint | None = None
        self._buttons_left, self._has_title = 0.0, True
        self._doing = RunActions(session, self.desk, self.player)
        self._doing.began.connect(self.pause)
        self._row = RunButtons(
            self,
            {
                "play": self.toggle,
                "use": self._doing.use,
                "compare": self._doing.compare,
                "hold": self._doing.hold,
                "stop": self._doing.stop,
                "again": self._doing.again,
                "shipped": self.desk.show_shipped,
                "train": self.train,
            },
        )
        self.chart = FilmChart(self)
        self.chart.column_wanted.connect(self._stop_and_go)
        self.chart.pointed.connect(self._point)
        self.chart.laid_out.connect(self._arrange)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(_(words.SLIDER))
        self.slider.setToolTip(_(words.SLIDER_TIP))
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.slider.setPageStep(4)
        self.slider.valueChanged.connect(self._slide)
        self.slider.sliderPressed.connect(self._press)
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._play_on)
        self.setAccessibleName(_(words.TITLE))
        self._show_film()

    @property
    def buttons(self) -> dict[str, QToolButton]:
        """By their names; those that make sense now are visible."""
        return dict(self._row.by_name)

    # Open and closed.

    def begin(self) -> None:
        """Read what is on the pad with all snapshots, now and whenever it is another."""
        if self._is_open:
            return
        self._is_open = True
        desk = self.desk
        desk.film_changed.connect(self._show_film)
        desk.run_changed.connect(self._show_run)
        desk.ended.connect(self._show_run)
        self.player.changed.connect(self._show_moment)
        self.answers.begin()
        self._show_film()
        self.slider.setFocus()

    def end(self) -> None:
        """The network reads again that did before; a run goes on."""
        if not self._is_open:
            return
        self._is_open = False
        self.pause()
        self.answers.end()
        desk = self.desk
        desk.film_changed.disconnect(self._show_film)
        desk.run_changed.disconnect(self._show_run)
        desk.ended.disconnect(self._show_run)
        self.player.leave()
        self.player.changed.disconnect(self._show_moment)

    def go_back(self) -> bool:
        """To the network that read before, first."""
        if not self.player.is_open:
            return False
        self.pause()
        self.player.leave()
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether snapshots are still to read what is on the pad, or one is being opened."""
        return self._is_open and (self.answers.is_waiting or self.player.is_busy)

    # What is shown.

    def _there(self) -> list[int]:
        """The columns whose snapshots are there."""
        columns = self.desk.shown.columns
        return [number for number, one in enumerate(columns) if one.snapshot is not None]

    def _show_answers(self) -> None:
        self.chart.show_answers(self.answers.answers, self.answers.shares)
        self._tell()

    def _show_film(self) -> None:
        shown = self.desk.shown
        self.chart.show_columns(shown)
        there = self._there()
        self.slider.blockSignals(True)
        was_last = self.slider.value() == self.slider.maximum()
        self.slider.setRange(0, max(0, len(there) - 1))
        if was_last or not self.player.is_open:
            self.slider.setValue(self.slider.maximum())
        self.slider.blockSignals(False)
        for part in (self.chart, self.slider):
            part.setVisible(bool(there) or bool(shown.columns))
        self._show_run()
        self._show_moment()
        self.answers.ask()

    def _show_moment(self) -> None:
        """Mark the snapshot that reads."""
        file = self.player.shown
        chosen = next(
            (
                number
                for number, one in enumerate(self.desk.shown.columns)
                if one.snapshot is not None and one.snapshot.path == file
            ),
            None,
        )
        self.chart.choose(chosen if file is not None else None)
        self._tell()

    def _show_run(self) -> None:
        """The buttons that make sense now."""
        if self._row.show_state(self.desk, len(self._there()) > 1, self.is_playing):
            self._arrange()
        self._tell()

    def _point(self, point: CurvePoint | None) -> None:
        self._at = point
        self.update()

    def _column(self) -> Column | None:
        """The column whose snapshot reads."""
        file = self.player.shown
        for one in self.desk.shown.columns:
            if one.snapshot is not None and one.snapshot.path == file:
                return one
        return None

    @property
    def lines(self) -> list[str]:
        """What is said over the chart, the longest form first."""
        column, film, run = self._column(), self.desk.film, self.desk.run
        if self._at is not None:
            return words.point_texts(self._at)
        if column is not None:
            number = self.desk.shown.columns.index(column)
            return words.moment_texts(column, *self.answers.of(number))
        if run is not None and (run.is_under_way or self.desk.is_of_run or film is None):
            return words.run_texts(run)
        if run is not None and run.state is RunState.FAILED:
            return [run.message]
        if film is None:
            return [_(words.NO_FILM)]
        if self.session.pad.is_empty:
            return [_(words.DRAW)]
        return [_(words.SLIDE), _(words.SLIDE_SHORT)]

    @property
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""
        columns, answers = self.desk.shown.columns, self.answers.answers
        if len(answers) != len(columns) or not any(answers):
            return self.lines[0]
        return words.told_with_strip(self.lines[0], answers, columns)

    @property
    def says_changes(self) -> bool:
        """Not while a run goes on, whose figures change by the second, nor of a point of the
        curves, which the chart tells."""
        run = self.desk.run
        return self._at is None and (run is None or not run.is_under_way)

    def _tell(self) -> None:
        self.setAccessibleDescription(self.text)
        self.update()

    # Playing.

    @property
    def is_playing(self) -> bool:
        """Whether one snapshot after the other reads by itself."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play, from the first where the last is shown; or stop here."""
        if self.is_playing:
            self.pause()
        elif self.slider.maximum() > 0:
            is_at_end = self.slider.value() >= self.slider.maximum()
            if is_at_end:
                self.slider.setValue(0)
            else:
                self._slide()
            self._timer.start()
        self._show_run()

    def pause(self) -> None:
        """Stop at the snapshot that is shown."""
        self._timer.stop()
        self._show_run()

    def go_to(self, number: int) -> None:
        """Have the snapshot of this number read, counted among those that are there."""
        if self.slider.value() == number:
            self._slide()
        self.slider.setValue(number)

    def _stop_and_go(self, column: int) -> None:
        self.pause()
        self.go_to(self._there().index(column))

    def _press(self) -> None:
        self.pause()
        self._slide()

    def _play_on(self) -> None:
        # As fast as it can be read, no faster.
        if self.player.is_busy:
            return
        if self.slider.value() >= self.slider.maximum():
            self.pause()
        else:
            self.slider.setValue(self.slider.value() + 1)

    def _slide(self) -> None:
        """Have the snapshot under the slider read."""
        self.chart.point_nowhere()
        film, there = self.desk.film, self._there()
        if not self._is_open or film is None or self.slider.value() >= len(there):
            return
        snapshot = self.desk.shown.columns[there[self.slider.value()]].snapshot
        if snapshot is not None and self.session.state is RecognizerState.READY:
            self.player.show(snapshot.path, film.net)

    # The run.

    def train(self, net: str = "") -> None:
        """Ask what to train, and start; net: what is proposed, by its name."""
        self._doing.train(self.window(), self.sized_font(13), net)

    # Keys, painting, places.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and stops."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title and what is said; the chart paints itself."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        details = words.title_details(self.desk.film, self.desk.run, self.lines)
        if self._has_title:
            self.paint_title(painter, _(words.TITLE), details, self._buttons_left)
        line = QRectF(0, self.title_height + self.unit, self.width(), 22 * self.unit)
        if self.chart.isVisibleTo(self):
            self.paint_longest(painter, line, self.lines, 12.5)
        else:
            self.paint_message(painter, self.lines[0])

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
        """Put chart, buttons and slider into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """The buttons end the title's line, the slider runs exactly under the columns."""
        unit = self.unit
        title = QFontMetricsF(self.sized_font(13.5, bold=True)).horizontalAdvance(_(words.TITLE))
        self._buttons_left = self._row.arrange(self.width() - title - 2 * _GAP * unit)
        # The drawer's row names the tool already.
        self._has_title = self._buttons_left >= title + _GAP * unit
        top, foot = round(self.title_height + _LINE * unit), round(_SLIDER * unit)
        self.chart.setGeometry(0, top, self.width(), max(0, self.height() - top - foot))
        there = self._there()
        first, last = (there[0], there[-1]) if there else (0, 0)
        left, end = self.chart.along(first), self.chart.along(last)
        self.slider.setGeometry(
            round(left - _HANDLE / 2),
            self.height() - foot,
            max(_HANDLE, round(end - left + _HANDLE)),
            foot,
        )
        self.update()
