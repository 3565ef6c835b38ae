"""The snapshots of a film, loaded once, and what they read; in the recogniser's process."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.engine.films import FilmQuestion, FilmReading
from digitpad.nets.digit_reader import DigitReader
from digitpad.nets.needing_torch import NeedsTorchError
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.spec.snapshots import snapshot_name

_LOADING_S = 0.06
"""So long a request loads, then it answers with those that are there, so that no drawing waits."""

_MOST_PARAMETERS = 16_000_000
"""Of all snapshots of a film together."""

_State = tuple[int, int]


class FilmReader:
    """Reads digits with the snapshots of one film, those of the last that was asked for."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._film: tuple[Path, str] | None = None
        self._loaded: dict[int, tuple[_State, DigitReader | None]] = {}

    def read(self, question: FilmQuestion, is_plain: bool = False) -> FilmReading:
        """What the snapshots make of a digit; those that take longer to load than fits now are
        waited for.

        is_plain: PyTorch is not loaded. A snapshot that is gone or damaged reads nothing. Raises
        DigitpadError where together they are too large to be at hand, and NeedsTorchError where
        they cannot be read without PyTorch.
        """
        self._load(question, is_plain)
        started_s = time.perf_counter()
        rows: list[npt.NDArray[np.float32] | None] = []
        for step in question.steps:
            reader = self._loaded[step][1] if step in self._loaded else None
            rows.append(None if reader is None else _probabilities(reader, question.digit))
        classes = next((len(row) for row in rows if row is not None), 1)
        # Snapshots of several runs in one folder may tell other classes apart.
        is_read = np.array([row is not None and len(row) == classes for row in rows])
        found = np.zeros((len(rows), classes), np.float32)
        for place, row in enumerate(rows):
            if row is not None and is_read[place]:
                found[place] = row
        waiting = sum(step not in self._loaded for step in question.steps)
        return FilmReading(found, is_read, waiting, (time.perf_counter() - started_s) * 1000)

    def _load(self, question: FilmQuestion, is_plain: bool) -> None:
        """Load what is not at hand or has changed, as much as there is time for, and let go of what
        is not asked for."""
        film = question.folder, question.net
        if film != self._film:
            self._film, self._loaded = film, {}
        self._loaded = {
            step: found
            for step, found in self._loaded.items()
            if step in question.steps and found[0] == _state(question.folder / snapshot_name(step))
        }
        until = time.perf_counter() + _LOADING_S
        for step in question.steps:
            if step in self._loaded:
                continue
            path = question.folder / snapshot_name(step)
            state = _state(path)
            try:
                reader: DigitReader | None = _opened(path, question.net, is_plain)
            except NeedsTorchError:
                raise
            except DigitpadError:
                reader = None
            if reader is not None and (
                reader.info.parameters * len(question.steps) > _MOST_PARAMETERS
            ):
                raise DigitpadError(
                    _(
                        "{n} snapshots of {parameters:,} parameters are too large to read side by "
                        "side; open one alone"
                    ).format(n=len(question.steps), parameters=reader.info.parameters)
                )
            self._loaded[step] = state, reader
            if time.perf_counter() > until:
                return


def _opened(path: Path, net: str, is_plain: bool) -> DigitReader:
    """A snapshot, read without PyTorch where that can be."""
    try:
        return PlainReader(path, net)
    except NeedsTorchError:
        if is_plain:
            raise
    from digitpad.nets.recognizer import Recognizer

    return Recognizer(path, "cpu", net)


def _probabilities(reader: DigitReader, digit: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What a network makes of a digit (28, 28): float32 (classes,); all classes alike where its
    answer is no numbers."""
    logits = reader.logits(digit[None])[0].astype(np.float64)
    if not reader.info.gives_sigmoids and np.isfinite(logits).all():
        # No snapshot has a temperature: that is found once a run is over.
        logits = np.exp(logits - logits.max())
        logits /= logits.sum()
    if not np.isfinite(logits).all():
        logits = np.full_like(logits, 1 / len(logits))
    return logits.clip(0, 1).astype(np.float32)


def _state(path: Path) -> _State:
    """What tells whether a file is the same still."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
