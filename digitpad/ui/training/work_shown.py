"""What is at work beside the window, a training or a teaching, in a word at the window's foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import N_, _
from digitpad.ui.explain.tools import FILM_TOOL
from digitpad.ui.shell.notice import done
from digitpad.ui.shell.session import Session
from digitpad.ui.training.teaching_desk import TeachingDesk

if TYPE_CHECKING:
    from digitpad.ui.training.training_desk import TrainingDesk

TRAINING, TEACHING = "training", "teaching"
_TRAINED = N_(
    "The training of {title} is done. Watch it learn (L) shows it; “Use it” lets it read."
)
_FAILED = N_("The training of {title} ended without a network: {why}")
_TAUGHT = N_("It is taught. Look at what it won and lost, then keep or forget it (Ctrl+L).")


class WorkShown(QObject):
    """Says how far a training and a teaching are, and that they are over where nobody looks.

    Signals:
        changed (str, str): of TRAINING or TEACHING, and what is to be said of it; "" for nothing.
        said (str): that it is over.
    """

    changed = Signal(str, str)
    said = Signal(str)

    def __init__(self, session: Session, teaching: TeachingDesk) -> None:
        """session: whose drawer shows the training; teaching: has the window that teaches."""
        super().__init__(session)
        self._session, self._teaching = session, teaching
        self._desk: TrainingDesk | None = None
        self._is_trained_unseen = False
        self._was_teaching = False
        session.selection.tool_changed.connect(self._on_tool)
        teaching.changed.connect(self._show_teaching)

    def open(self, work: str) -> None:
        """Open what shows this work."""
        if work == TEACHING:
            self._teaching.teach()
            return
        self._session.selection.open_tool(FILM_TOOL)

    # Training.

    @property
    def _is_film_open(self) -> bool:
        return self._session.selection.tool == FILM_TOOL

    def _on_tool(self) -> None:
        if not self._is_film_open:
            return
        if self._desk is None:
            # Here, so that the pad opens sooner; a training is begun in this tool alone.
            from digitpad.ui.training.training_desk import TrainingDesk

            self._desk = TrainingDesk.of(self._session)
            self._desk.run_changed.connect(self._show_training)
            self._desk.ended.connect(self._on_trained)
        self._is_trained_unseen = False
        self._show_training()

    def _show_training(self) -> None:
        from digitpad.ui.training.film_words import work_text

        run = None if self._desk is None else self._desk.run
        text = "" if run is None else work_text(run)
        self.changed.emit(TRAINING, _("trained: look") if self._is_trained_unseen else text)

    def _on_trained(self) -> None:
        run = None if self._desk is None else self._desk.run
        if run is not None and not self._is_film_open:
            self._is_trained_unseen = run.weights is not None
            title = _(run.plan.title)
            if self._is_trained_unseen:
                self.said.emit(done(_(_TRAINED).format(title=title)))
            else:
                self.said.emit(_(_FAILED).format(title=title, why=run.message))
        self._show_training()

    # Teaching.

    def _show_teaching(self) -> None:
        window = self._teaching.window
        if window is None:
            return
        from digitpad.ui.training.teach_window import Step

        is_taught = window.step in (Step.TAUGHT, Step.LESSON)
        if is_taught and self._was_teaching and not window.isActiveWindow():
            self.said.emit(done(_(_TAUGHT)))
        self._was_teaching = window.step is Step.TEACHING
        text = _("taught: look") if is_taught else ""
        self.changed.emit(TEACHING, _("teaching …") if self._was_teaching else text)
