"""The curves of a run in a file, drawn anew after each epoch."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.core.languages import _
from digitpad.training.curves import curves_svg
from digitpad.training.events import (
    EpochFinished,
    EpochReport,
    Listener,
    ListenerFailed,
    RunStarted,
    TrainingEvent,
    ignore,
)


class CurvePlot:
    """A listener: writes loss and accuracy of all epochs so far as SVG, beside and moved into
    place.

    Where the file cannot be written it says so once, and writes no more; training goes on.
    """

    def __init__(self, path: Path, events: Listener = ignore) -> None:
        """events: told where writing fails. Raises DigitpadError, before hours of training, where
        the name does not end in .svg or nothing can be written there."""
        if path.suffix.lower() != ".svg":
            raise DigitpadError(
                _("{path} is not called a picture in SVG; name it curves.svg or so").format(
                    path=path
                )
            )
        self._path, self._events = path, events
        self._title = ""
        self._history: list[EpochReport] = []
        self._has_failed = False
        write_beside(path, curves_svg(()).encode())

    def __call__(self, event: TrainingEvent) -> None:
        """Draw what an event tells, or pass over it."""
        match event:
            case RunStarted(settings=settings, history=history):
                self._title = _("{network}, {dataset}, seed {seed}").format(
                    network=settings.network, dataset=settings.dataset, seed=settings.seed
                )
                self._history = list(history)
                self._draw()
            case EpochFinished(report=report):
                self._history.append(report)
                self._draw()

    def _draw(self) -> None:
        if self._has_failed:
            return
        try:
            write_beside(self._path, curves_svg(self._history, self._title).encode())
        except DigitpadError as error:
            self._has_failed = True
            self._events(ListenerFailed(_("no more curves: {error}").format(error=error)))
