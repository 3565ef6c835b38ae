"""A run that is steered from outside, on any system alike: by lines on its standard input."""

from __future__ import annotations

import _thread
import os
import threading

from digitpad.training import steering_words
from digitpad.training.events import StepsTrained, TrainingEvent

_LOOK_S = 0.2
_LONGEST = 4096


class Steering:
    """A listener that holds the run up after a step while it is paused, and stops it as Ctrl-C
    does: the best so far is saved.

    That nobody can steer it any more, its input being at an end, is a stop too.
    """

    def __init__(self, source: int) -> None:
        """source: what is read from, a file descriptor; by a thread, from now on."""
        self._source = source
        self._goes_on = threading.Event()
        self._goes_on.set()
        threading.Thread(target=self._follow, daemon=True).start()

    @property
    def is_paused(self) -> bool:
        """Whether the run waits, or will after its next step."""
        return not self._goes_on.is_set()

    def __call__(self, event: TrainingEvent) -> None:
        """Wait while the run is paused."""
        if isinstance(event, StepsTrained):
            # In small pieces: on Windows a longer wait is not interrupted.
            while not self._goes_on.wait(_LOOK_S):
                pass

    def _follow(self) -> None:
        """Take what comes; not by a file object, whose lock would hold up the process's end."""
        rest = b""
        while True:
            try:
                taken = os.read(self._source, _LONGEST)
            except OSError:
                taken = b""
            if not taken:
                self._stop()
                return
            *lines, rest = (rest + taken).split(b"\n")
            rest = rest[-_LONGEST:]
            for line in lines:
                match line.strip().decode(errors="replace"):
                    case steering_words.PAUSE:
                        self._goes_on.clear()
                    case steering_words.CONTINUE:
                        self._goes_on.set()
                    case steering_words.STOP:
                        self._stop()
                        return

    def _stop(self) -> None:
        self._goes_on.set()
        _thread.interrupt_main()
