"""One attempt at a run, with one batch and on one device: epochs, checkpoints, and an end that
loses nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import load, split
from digitpad.nets.devices import DeviceChoice
from digitpad.training.checkpoints import checkpoint_path, save_checkpoint
from digitpad.training.data.mixture import joined, sources_for, validation_for
from digitpad.training.data.sources import DigitSource
from digitpad.training.events import (
    CheckpointFailed,
    CheckpointSaved,
    Listener,
    RunFinished,
    RunStarted,
    RunStopped,
    SourceShare,
    SynthesisStarted,
    TrainingEvent,
    TrainingResult,
    WeightsMoved,
)
from digitpad.training.failures import in_a_line
from digitpad.training.interrupts import undisturbed
from digitpad.training.measuring import Score, measure
from digitpad.training.process_group import ProcessGroup
from digitpad.training.progress import is_over
from digitpad.training.recipes import departures
from digitpad.training.record import best_network, record
from digitpad.training.saving import place_weights, rescue_weights
from digitpad.training.settings import TrainingSettings
from digitpad.training.trainer import Trainer


class StoppedError(DigitpadError):
    """The run was stopped from outside; its message says what is saved and how to go on.

    result: what it had come to.
    """

    def __init__(self, message: str, result: TrainingResult) -> None:
        """message: one line."""
        super().__init__(message)
        self.result = result


@dataclass(frozen=True)
class Task:
    """What train() was asked for beside the settings, as it has them."""

    out: Path
    data: Path | None = None
    strokes: tuple[Path, ...] = ()
    replace: bool = False
    command: str = ""
    patience: int | None = None


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that was read: its file, and what it holds."""

    path: Path
    fingerprint: str
    state: dict[str, Any]


@dataclass(frozen=True)
class _Stage:
    """What there is once the digits are there."""

    trainer: Trainer
    held: Sequence[DigitSource]
    """What is held back, by its sources."""
    synthesis_s: float
    """How long the digits took to make."""


class Attempt:
    """One attempt at a run."""

    def __init__(
        self,
        task: Task,
        settings: TrainingSettings,
        resumed: Checkpoint | None,
        choice: DeviceChoice,
        group: ProcessGroup,
        events: Listener,
    ) -> None:
        """As train() has them; nothing is loaded yet."""
        self._task, self._settings, self._resumed = task, settings, resumed
        self._choice, self._group, self._events = choice, group, events
        self._stage: _Stage | None = None
        # The newest file to go on from, and the epoch that it has; None before there is one.
        self._saved: tuple[Path, int] | None = None
        if resumed is not None:
            history = resumed.state.get("history")
            self._saved = resumed.path, len(history) if isinstance(history, list) else 0

    def run(self) -> TrainingResult:
        """Train to the end, and write the weights.

        Raises DigitpadError for what a person can mend, KeyboardInterrupt, after which stopped()
        saves, and what memory that does not suffice for the first epoch raises.
        """
        self._stage = stage = self._prepared()
        trainer = stage.trainer
        try:
            self._events(self._started(trainer))
            while not is_over(trainer.history, self._settings.epochs, self._task.patience):
                trainer.run_epoch()
                self._save(trainer)
            if not self._group.is_first:
                self._group.wait()
                return self._result(trainer)
            score = self._test_score(trainer)
        except Exception as error:
            if trainer.best is None:
                raise
            with undisturbed(raise_after=False):
                raise self._failed(stage, error) from error
        with undisturbed(raise_after=False):
            try:
                result = self._finished(stage, score)
            except Exception as error:
                raise self._failed(stage, error) from error
            self._events(RunFinished(result))
        self._group.wait()
        return result

    def stopped(self) -> StoppedError:
        """What to raise after an interrupt, wherever it came; the best weights, and a checkpoint
        that is behind, are written first."""
        with undisturbed(raise_after=False):
            trainer = self._stage.trainer if self._stage else None
            if self._stage is None or trainer is None or trainer.best is None:
                return self.stopped_abruptly()
            if not self._group.is_first:
                return StoppedError("stopped", self._result(trainer))
            said, weights = self._rescued(self._stage)
            result = self._result(trainer, weights)
            self._tell(RunStopped(result))
            return StoppedError(
                _("stopped after epoch {epoch}; {said}").format(
                    epoch=trainer.epochs_done, said=said
                ),
                result,
            )

    def stopped_abruptly(self) -> StoppedError:
        """The same where no epoch is over, or where another interrupt came into the saving: says
        what there is, and writes nothing."""
        if self._saved is not None:
            said = _(
                "stopped; epoch {epoch} is the last in {path}; go on with --resume {path}"
            ).format(epoch=self._saved[1], path=self._saved[0])
        else:
            said = _("stopped before the first epoch was over; there is nothing to save yet")
        trainer = self._stage.trainer if self._stage else None
        return StoppedError(said, self._result(trainer))

    def _prepared(self) -> _Stage:
        """The digits loaded, made and split, and a trainer for them, moved on to the checkpoint."""
        settings = self._settings
        training = load(settings.dataset, self._task.data)
        learning, validation = split(training) if settings.holds_back else split(training, 0)
        if settings.styles != "none":
            self._events(SynthesisStarted())
        started_s = time.perf_counter()
        sources = sources_for(settings, learning, self._task.strokes)
        held = validation_for(settings, validation)
        synthesis_s = time.perf_counter() - started_s
        validating = joined(held, "validation")
        trainer = Trainer(
            settings, sources, validating, self._choice.device, self._events, self._group
        )
        if self._resumed is not None:
            _restore(trainer, self._resumed)
        return _Stage(trainer, held, synthesis_s)

    def _started(self, trainer: Trainer) -> RunStarted:
        return RunStarted(
            settings=self._settings,
            epochs_done=trainer.epochs_done,
            device=self._choice.device.type,
            device_report=self._choice.report,
            sources=tuple(SourceShare(name, count) for name, count in trainer.source_counts),
            processes=self._group.size,
            departures=tuple(departures(self._settings)),
            history=trainer.history,
            weights=trainer.weights,
        )

    def _save(self, trainer: Trainer) -> None:
        """Write the checkpoint of an epoch; where that fails, say so and train on."""
        if not self._group.is_first:
            return
        path, epoch = checkpoint_path(self._task.out), trainer.epochs_done
        event: TrainingEvent = CheckpointSaved(epoch, path)
        with undisturbed():
            try:
                save_checkpoint(
                    path, self._settings.as_record(), trainer.fingerprint(), trainer.state()
                )
                self._saved = path, epoch
            except DigitpadError as error:
                before = self._saved[1] if self._saved else None
                event = CheckpointFailed(epoch, str(error), before)
        self._events(event)

    def _test_score(self, trainer: Trainer) -> Score:
        """How well the best weights read the test set, which nothing else has read."""
        test = DigitSource.of("test", load(self._settings.dataset, self._task.data, "test"))
        return measure(best_network(trainer), test.digits, test.labels)

    def _finished(self, stage: _Stage, score: Score) -> TrainingResult:
        """The weights written with their whole record, the checkpoint gone."""
        weights, moved = self._placed(stage, score)
        if moved is not None:
            self._tell(moved)
        checkpoint_path(self._task.out).unlink(missing_ok=True)
        self._saved = None
        return self._result(stage.trainer, weights, score)

    def _placed(self, stage: _Stage, score: Score | None) -> tuple[Path, WeightsMoved | None]:
        """Write the best weights; where, and what to say where that is not the place asked for."""
        best, out = stage.trainer.best, self._task.out
        assert best is not None
        metadata = record(stage.trainer, stage.held, score, self._task.command, stage.synthesis_s)
        try:
            taken, reason = place_weights(out, best, metadata, self._task.replace)
        except DigitpadError as error:
            taken = rescue_weights(out, best, metadata)
            return taken, WeightsMoved(taken, str(error), is_spared=False)
        return taken, WeightsMoved(taken, reason, is_spared=True) if reason else None

    def _failed(self, stage: _Stage, error: Exception) -> DigitpadError:
        """What to raise after an error, the best weights and the checkpoint being written."""
        reason = in_a_line(error)
        if not self._group.is_first:
            return DigitpadError(reason)
        told = _("{first}; {second}").format(first=reason, second=self._rescued(stage)[0])
        return DigitpadError(told)

    def _rescued(self, stage: _Stage) -> tuple[str, Path | None]:
        """Write the best weights and, where it is behind, the checkpoint; what is where, and how to
        go on, in words, and the weights' file.

        The test set stays unread: a run that goes on may still choose.
        """
        trainer = stage.trainer
        if self._saved is None or self._saved[1] < trainer.epochs_done:
            self._save_silently(trainer)
        report = trainer.progress.best_report
        best = _("what it has learnt")
        if report is not None and report.validation_accuracy is not None:
            best = _("the best so far, {share:.2%} of the validation digits,").format(
                share=report.validation_accuracy
            )
        weights: Path | None = None
        try:
            weights, moved = self._placed(stage, None)
        except (DigitpadError, OSError) as error:
            said = _("{best} could not be written ({error})").format(best=best, error=error)
        else:
            said = _("{best} is in {weights}").format(best=best, weights=weights) + (
                f" ({moved.reason})" if moved else ""
            )
        if self._saved is None:
            return _("{said}; no checkpoint could be written, so it cannot go on").format(
                said=said
            ), weights
        path, epoch = self._saved
        way = (
            _("{said}; go on with --resume {path}")
            if epoch == trainer.epochs_done
            else _("{said}; go on with --resume {path}, which has epoch {epoch}")
        )
        return way.format(said=said, path=path, epoch=epoch), weights

    def _save_silently(self, trainer: Trainer) -> None:
        """_save() where nobody may be listening any more, and nothing may come in between."""
        events, self._events = self._events, lambda event: None
        try:
            self._save(trainer)
        finally:
            self._events = events

    def _tell(self, event: TrainingEvent) -> None:
        """Tell an event where a listener that fails must not undo what was saved."""
        try:
            self._events(event)
        except Exception:
            return

    def _result(
        self,
        trainer: Trainer | None,
        weights: Path | None = None,
        score: Score | None = None,
    ) -> TrainingResult:
        """What a run has come to."""
        history = trainer.history if trainer else ()
        report = trainer.progress.best_report if trainer else None
        return TrainingResult(
            settings=self._settings,
            history=history,
            best_epoch=report.epoch if report else None,
            validation_accuracy=report.validation_accuracy if report else None,
            validation_n=trainer.validation_n if trainer else 0,
            test_accuracy=score.accuracy if score else None,
            test_n=score.n if score else 0,
            seconds=sum(past.seconds for past in history),
            weights=weights,
            checkpoint=self._saved[0] if self._saved else None,
        )


def _restore(trainer: Trainer, checkpoint: Checkpoint) -> None:
    """Move a trainer on to a checkpoint; raises DigitpadError where it is damaged, or of a run with
    other digits."""
    path = checkpoint.path
    if checkpoint.fingerprint != trainer.fingerprint():
        raise DigitpadError(
            _("{path} was trained on other digits; name the same ones or start anew").format(
                path=path
            )
        )
    try:
        trainer.restore(checkpoint.state)
    except ValueError as error:
        raise DigitpadError(
            _("{path} cannot be gone on with: its {error}; train from the start").format(
                path=path, error=error
            )
        ) from error
    except (AttributeError, IndexError, KeyError, TypeError, OverflowError, RuntimeError) as error:
        raise DigitpadError(
            _("{path} is damaged; train from the start").format(path=path)
        ) from error
