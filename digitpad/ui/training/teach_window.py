"""The window that teaches the network a person's own drawings: how far it is, what it won and what
it cost, and whether to keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.languages import _
from digitpad.core.paths import collection_path
from digitpad.teaching.figures import Verdict
from digitpad.teaching.messages import Stage, TaughtAnswer, TeachingRequest
from digitpad.teaching.words import verdict_line
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import tell
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.screen import fitted_to_screen, unit_of
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import Theme
from digitpad.ui.style.wrapping import WrappingRow
from digitpad.ui.training.teach_process import TeachProcess, teaching_command
from digitpad.ui.training.teach_table import TeachTable
from digitpad.ui.training.teach_words import (
    begun_lines,
    lesson_line,
    look_of,
    share_of_all,
    stage_line,
    taught_line,
    title_of,
)

_ROOM = (760, 490)
"""So many units it keeps, as unit_of says: the table has room beside its words and buttons."""
_SIZE = QSize(860, 640)
_WHOLE = 1_000


class Step(Enum):
    """TEACHING: the process works. TAUGHT: the table is shown. LESSON: that of the lesson without
    replay, which cannot be kept. KEPT: it was kept, and reads. OVER: nothing came of it."""

    TEACHING = "teaching"
    TAUGHT = "taught"
    LESSON = "lesson"
    KEPT = "kept"
    OVER = "over"


class TeachWindow(QWidget):
    """Teaches when it is opened; what was taught reads only once it is kept. Drawing goes on
    meanwhile, and the network that reads is never a half-taught one.

    Attributes:
        step: where it is. process: teaches. table: the figures. keep_button, forget_button,
            lesson_button, versions_button: what can be done.

    Signals:
        changed (): the step, or how far the process is.
        version_kept (Path): a version was written, and shall read from now on.
        versions_wanted (): the list of versions shall be shown.
    """

    changed = Signal()
    version_kept = Signal(object)
    versions_wanted = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        command: Callable[[], Sequence[str]] = teaching_command,
        drawings: Callable[[], Path] = collection_path,
        folder: Path | None = None,
    ) -> None:
        """session: whose network is taught. command: as TeachProcess takes it. drawings: the
        collection's file. folder: where versions are written, the user's own unless told."""
        super().__init__()
        self._session, self._drawings, self._folder = session, drawings, folder
        self.step = Step.OVER
        self._answer: TaughtAnswer | None = None
        self.process = TeachProcess(self, command)
        self.process.progressed.connect(self._show_progress)
        self.process.taught.connect(self._on_taught)
        self.process.kept.connect(self._on_kept)
        self.process.refused.connect(self._on_refused)
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        ScreenFollowing(self, QSize(620, 460))
        self.title_label, self.about_label, self.verdict_label = QLabel(), QLabel(), QLabel()
        self.title_label.setObjectName("title")
        self.about_label.setObjectName("quiet")
        self.verdict_label.setObjectName("verdict")
        for label in (self.title_label, self.about_label, self.verdict_label):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.bar = QProgressBar()
        self.bar.setRange(0, _WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the teaching is"))
        self.table = TeachTable()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("table")
        self._scroll.setWidget(self.table)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keep_button = self._button(self.keep)
        self.forget_button = self._button(self.forget)
        self.lesson_button = self._button(self.show_lesson)
        self.versions_button = self._button(self.versions_wanted.emit)
        self.again_button = self._button(self.begin)
        self._layout = QVBoxLayout(self)
        for part in (self.title_label, self.about_label, self.bar):
            self._layout.addWidget(part)
        self._layout.addWidget(self._scroll, 1)
        self._layout.addWidget(self.verdict_label)
        self._buttons = WrappingRow()
        for button in (self.versions_button, self.lesson_button):
            self._buttons.addWidget(button)
        self._buttons.add_spring()
        for button in (self.again_button, self.forget_button, self.keep_button):
            self._buttons.addWidget(button)
        self._layout.addLayout(self._buttons)
        self.set_theme(theme)
        self.resize(fitted_to_screen(self, _SIZE))

    def _button(self, does: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: does())
        return button

    # What is done.

    def show_again(self) -> None:
        """Open the window and teach, or bring it to the front with what it shows."""
        if self.isVisible() and self.step in (Step.TEACHING, Step.TAUGHT, Step.LESSON):
            self.raise_()
        else:
            self.begin()
            self.show()
        self.activateWindow()

    def begin(self) -> None:
        """Teach the network that reads what is in My drawings now."""
        self._teach(without_replay=False)

    def show_lesson(self) -> None:
        """Teach the same without replay, to see all else forgotten; it is thrown away."""
        self._teach(without_replay=True)

    def _teach(self, without_replay: bool) -> None:
        info = self._session.info
        self._answer, self._is_lesson = None, without_replay
        self.table.show_table(None)
        if info is None:
            self._end(_("The network is still loading. Teach it once it reads."))
            return
        self.step = Step.TEACHING
        title, about = begun_lines(_(info.title), without_replay)
        self.title_label.setText(title)
        self.about_label.setText(about)
        self.verdict_label.setText(stage_line(Stage.LOADING))
        self.bar.setValue(0)
        choice = self._session.client.choice
        self._show_buttons()
        self.process.teach(
            TeachingRequest(choice.weights, choice.net, self._drawings(), without_replay)
        )

    def keep(self) -> None:
        """Keep what was taught, against the verdict too; it reads from then on."""
        if self.step is Step.TAUGHT and self._answer is not None:
            self.keep_button.setEnabled(False)
            self.process.keep(self._answer.table.verdict is not Verdict.KEEP, self._folder)

    def forget(self) -> None:
        """Stop the teaching, or throw away what was taught; the network stays as it is."""
        if self.step is Step.TEACHING:
            self.process.stop()
        self.close()

    # What is told.

    def _show_progress(self, stage: Stage, share: float) -> None:
        self.bar.setValue(round(_WHOLE * share_of_all(stage, share)))
        tell(self.verdict_label, stage_line(stage))
        self.changed.emit()

    def _on_taught(self, answer: TaughtAnswer) -> None:
        self._answer = answer
        self.step = Step.LESSON if self._is_lesson else Step.TAUGHT
        table = answer.table
        self.table.show_table(table)
        self._scroll.verticalScrollBar().setValue(0)
        tell(self.about_label, taught_line(answer, self._is_lesson))
        if self._is_lesson:
            tell(self.verdict_label, lesson_line(table))
        else:
            tell(self.verdict_label, verdict_line(table))
        self._show_buttons()
        first = self.keep_button if self._is_worth_it else self.forget_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self, path: Path) -> None:
        self.step = Step.KEPT
        tell(self.title_label, _("Kept: the network that was taught reads now"))
        self.verdict_label.setText(
            _("To go back, open Versions: the network that it was taught from is still there.")
        )
        self._show_buttons()
        self.forget_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.version_kept.emit(path)

    def _on_refused(self, why: str) -> None:
        if self.step is Step.TAUGHT:
            # It could not be written, and may be elsewhere, or later.
            tell(self.verdict_label, why, assertive=True)
            self.keep_button.setEnabled(True)
            return
        self._end(why)

    def _end(self, why: str) -> None:
        self.step = Step.OVER
        self.title_label.setText(_("Nothing was taught"))
        self.about_label.setText(_("The network is as it was."))
        tell(self.verdict_label, why, assertive=True)
        self._show_buttons()
        self.forget_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_worth_it(self) -> bool:
        return (
            self.step is Step.TAUGHT
            and self._answer is not None
            and self._answer.table.verdict is Verdict.KEEP
        )

    def _show_buttons(self) -> None:
        step, is_worth_it = self.step, self._is_worth_it
        # Told where the window stands in the background, too.
        self.setWindowTitle(title_of(step is Step.KEPT, step in (Step.TAUGHT, Step.LESSON)))
        self._scroll.setAccessibleName(self.windowTitle())
        self.bar.setVisible(step is Step.TEACHING)
        self.keep_button.setVisible(step is Step.TAUGHT)
        self.keep_button.setEnabled(True)
        self.keep_button.setText(_("Keep") if is_worth_it else _("Keep it all the same"))
        self.keep_button.setObjectName("main" if is_worth_it else "")
        self.forget_button.setText(
            {
                Step.TEACHING: _("Stop"),
                Step.TAUGHT: _("Forget it"),
            }.get(step, _("Close"))
        )
        self.forget_button.setObjectName("" if is_worth_it or step is Step.TEACHING else "main")
        self.lesson_button.setText(_("The lesson: without replay"))
        self.lesson_button.setToolTip(
            _("Teach what it misread alone, see what is forgotten, and throw it away")
        )
        self.lesson_button.setVisible(step in (Step.TAUGHT, Step.KEPT))
        self.versions_button.setText(_("Versions…"))
        self.versions_button.setToolTip(_("All that was kept: go back, or compare two"))
        self.versions_button.setVisible(step is not Step.TEACHING)
        self.again_button.setText(_("Teach it properly") if step is Step.LESSON else _("Try again"))
        self.again_button.setVisible(step in (Step.LESSON, Step.OVER))
        for button in (self.keep_button, self.forget_button):
            # The style of a name is taken when the name changes.
            button.style().unpolish(button)
            button.style().polish(button)
        self.changed.emit()

    # The window.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Escape forgets, which is the safe way."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QToolButton):
                focused.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.forget()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was not kept is forgotten; the process stays ready for the next time."""
        if self.process.is_busy:
            self.process.stop()
        self.step = Step.OVER
        self.changed.emit()
        super().closeEvent(event)

    def stop(self) -> None:
        """End all of it."""
        self.process.stop()
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts and gaps grow with the window."""
        unit = unit_of(self.width() * 1.35, self.height() * 1.2, _ROOM)
        margin = round(18 * unit)
        self._layout.setContentsMargins(margin, round(14 * unit), margin, round(14 * unit))
        self._layout.setSpacing(round(9 * unit))
        self._buttons.setSpacing(round(9 * unit))
        self.table.set_unit(unit)
        self.bar.setFixedHeight(round(10 * unit))
        buttons = (
            self.keep_button,
            self.forget_button,
            self.lesson_button,
            self.versions_button,
            self.again_button,
        )
        sizes: list[tuple[QWidget, float, bool]] = [
            (self.title_label, 19, True),
            (self.about_label, 12.5, False),
            (self.verdict_label, 15, True),
            *((button, 13.5, False) for button in buttons),
        ]
        for part, pixels, bold in sizes:
            part.setFont(sized_font(self.font(), pixels, unit, bold))
        for button in buttons:
            button.setFixedHeight(round(38 * unit))
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(style_sheet(theme) + look_of(theme))
        self.setPalette(palette(theme))
        self.table.set_theme(theme)
