"""The film that is shown and the run under way, for all of the window."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.paths import shipped_film, user_folder
from digitpad.nets.needing_torch import has_torch, missing_torch
from digitpad.nets.spec.catalogue import own_class
from digitpad.nets.spec.film import Film, open_film, planned_steps
from digitpad.nets.spec.snapshots import MOST_SNAPSHOTS
from digitpad.ui.shell.session import Session
from digitpad.ui.training.film_columns import FilmColumns, columns_of, columns_under_way
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import RunState, TrainRun

_KEPT_RUNS = 3
"""So many runs' snapshots stay; those of a full run of LeNet-5 are 14 MB."""

_LOOK_MS = 1000
"""In the first epoch new snapshots are looked for this often."""

MakeRun = Callable[[TrainPlan, Path, Path, QObject], TrainRun]


class TrainingDesk(QObject):
    """Owns the training run and the film; lives as long as the window.

    Attributes:
        film: whose snapshots read; None where there is none. shown: its columns and curves.
        run: under way or over, None before the first.

    Signals:
        film_changed (): the film, its columns or its curves.
        run_changed (): the run, or how far it is; at most ten times a second.
        ended (): the run is over.
    """

    film_changed = Signal()
    run_changed = Signal()
    ended = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        home: Path | None = None,
        make_run: MakeRun = TrainRun,
    ) -> None:
        """The shipped film. home: where weights and snapshots go, the user's own folder unless
        told. make_run: makes a run."""
        super().__init__(parent)
        self._home = home or user_folder()
        self._make_run = make_run
        self.film: Film | None = None
        self.shown = FilmColumns()
        self.run: TrainRun | None = None
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self.show_shipped()

    @classmethod
    def of(cls, session: Session) -> TrainingDesk:
        """A session's own desk, made when it is first asked for; the window asks before it closes
        while a run is under way."""
        found = session.findChild(TrainingDesk)
        if isinstance(found, TrainingDesk):
            return found
        made = cls(session)
        session.before_close.append(made.may_close)
        return made

    def may_close(self, asks: bool) -> bool:
        """Whether the window may close; a run under way is ended then, the best so far being kept.

        asks: ask the person where there is one.
        """
        if asks and self.is_training:
            from digitpad.ui.training.leaving import wants_to_stop

            run = self.run
            if run is not None and not wants_to_stop(run):
                return False
        self.close()
        return True

    @property
    def is_training(self) -> bool:
        """Whether a run is under way."""
        return self.run is not None and self.run.is_under_way

    @property
    def is_of_run(self) -> bool:
        """Whether the film is that of the run."""
        return (
            self.run is not None and self.film is not None and self.film.folder == self.run.folder
        )

    def show_shipped(self) -> None:
        """Show the film that comes with Digitpad."""
        folder = shipped_film()
        self.film = None
        if folder is not None:
            with contextlib.suppress(DigitpadError):
                self.film = open_film(folder)
        self.shown = FilmColumns() if self.film is None else columns_of(self.film)
        self.film_changed.emit()

    def start(self, plan: TrainPlan, name: str = "") -> None:
        """Train; the film is that of the run from now on. name: of the weights, the plan's own
        unless told. Raises DigitpadError where the plan makes no sense; a run under way stays."""
        if self.is_training:
            return
        if not has_torch():
            raise missing_torch(_("Training needs PyTorch"))
        plan.settings.quick()  # what does not go together is said here
        out = self._free_name(self._home / "weights", name or plan.title, ".safetensors")
        folder = self._free_name(self._home / "training", out.stem, "")
        self._tidy()
        self._begin(self._make_run(plan, out, folder, self))

    def resume(self) -> None:
        """Go on with the run, which was killed, from its last epoch."""
        run = self.run
        if run is not None and run.can_resume:
            self._begin(self._resume_run(run))

    def _begin(self, run: TrainRun) -> None:
        self.run = run
        run.changed.connect(self.run_changed)
        run.epoch_over.connect(self._look)
        run.ended.connect(self._on_ended)
        run.start()
        self._looking.start()
        self._look()
        self.run_changed.emit()

    def again(self) -> None:
        """Train the same once more, with the same seed."""
        if self.run is not None:
            self.start(self.run.plan, self.run.out.stem)

    def _resume_run(self, run: TrainRun) -> TrainRun:
        return TrainRun(run.plan, run.out, run.folder, self, resumes=True)

    def close(self) -> None:
        """End the run, the best so far being kept."""
        self._looking.stop()
        if self.run is not None:
            self.run.close()

    def _look(self, is_whole: bool = False) -> None:
        """See which snapshots there are."""
        run = self.run
        if run is None:
            return
        net = run.plan.net if own_class(run.plan.net) is not None else ""
        film: Film | None = None
        with contextlib.suppress(DigitpadError):
            film = open_film(run.folder, net, *(() if is_whole else (MOST_SNAPSHOTS,)))
        if is_whole:
            if film is not None:
                self.film, self.shown = film, columns_of(film)
        elif run.steps_per_epoch:
            planned = planned_steps(run.steps_per_epoch, run.epochs)
            self.shown = columns_under_way(planned, run.steps_per_epoch, film, run.history)
            self.film = film
            if run.history:
                self._looking.stop()
        self.film_changed.emit()

    def _on_ended(self) -> None:
        self._looking.stop()
        self._look(is_whole=True)
        run = self.run
        if run is not None and run.state is RunState.FAILED and self.film is None:
            self.show_shipped()
        self.ended.emit()

    def _tidy(self) -> None:
        """Take the snapshots of the oldest runs away."""
        folder = self._home / "training"
        with contextlib.suppress(OSError):
            runs = sorted(
                (one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()),
                key=lambda one: one.stat().st_mtime,
            )
            for old in runs[: max(0, len(runs) - _KEPT_RUNS + 1)]:
                shutil.rmtree(old, ignore_errors=True)

    def _free_name(self, folder: Path, title: str, ending: str) -> Path:
        """A file or a folder that is not there yet, called after a title."""
        stem = re.sub(r"[^\w-]+", "-", title).strip("-").lower()[:60] or "network"
        number, found = 1, folder / f"{stem}{ending}"
        while found.exists() or found.with_suffix(".resume").exists():
            number += 1
            found = folder / f"{stem}-{number}{ending}"
        return found
