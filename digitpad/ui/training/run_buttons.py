"""The buttons of a film and its run: those that make sense now, in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from digitpad.core.languages import _
from digitpad.ui.style.panel import Panel
from digitpad.ui.training import film_words as words
from digitpad.ui.training.train_run import RunState
from digitpad.ui.training.training_desk import TrainingDesk

_SIZES = ((12, 18), (11.5, 14), (11, 12), (10, 12), (9, 11))
_GAP, _HEIGHT = 4, 24

_TEXTS = {
    "play": (_(words.PLAY), _(words.PLAY_TIP)),
    "use": (words.USE, words.USE_TIP),
    "compare": (words.COMPARE, words.COMPARE_TIP),
    "hold": (words.HOLD, words.HOLD_TIP),
    "stop": (words.STOP, words.STOP_TIP),
    "again": (words.AGAIN, words.AGAIN_TIP),
    "shipped": (words.SHIPPED, words.SHIPPED_TIP),
    "train": (words.TRAIN, words.TRAIN_TIP),
}


class RunButtons:
    """A row of buttons at the right end of a panel's first line.

    Attributes:
        by_name: play, use, compare, hold, stop, again, shipped, train.
    """

    def __init__(self, panel: Panel, does: Mapping[str, Callable[[], object]]) -> None:
        """does: what each does, by its name."""
        self._panel = panel
        self.by_name: dict[str, QToolButton] = {}
        for name, (text, tip) in _TEXTS.items():
            button = QToolButton(panel)
            button.setText(_(text))
            button.setToolTip(_(tip))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: does[name]())
            self.by_name[name] = button

    def show_state(self, desk: TrainingDesk, has_film: bool, is_playing: bool) -> bool:
        """Show those that make sense; whether they are others, or are called otherwise, than
        before. has_film: there are several snapshots to play."""
        run, is_training = desk.run, desk.is_training
        is_done = run is not None and run.state is RunState.FINISHED
        is_paused = run is not None and (run.state is RunState.PAUSED or run.can_resume)
        is_running = run is not None and run.state in (RunState.RUNNING, RunState.PAUSED)
        wanted = {
            "play": has_film and not is_training,
            "use": is_done,
            "compare": is_done,
            "hold": is_running or is_paused,
            "stop": is_training,
            "again": run is not None and not is_training,
            "shipped": run is not None and not is_training and desk.is_of_run,
            "train": not is_training,
        }
        before = self._looks()
        for name, is_shown in wanted.items():
            self.by_name[name].setVisible(is_shown)
        self._rename("hold", *((words.GO_ON, words.GO_ON_TIP) if is_paused else _TEXTS["hold"]))
        self._rename("play", _(words.PAUSE) if is_playing else _(words.PLAY), _(words.PLAY_TIP))
        self.by_name["stop"].setEnabled(run is not None and run.state is not RunState.STOPPING)
        return self._looks() != before

    def _looks(self) -> list[tuple[bool, str]]:
        every = self.by_name.values()
        return [(button.isVisibleTo(self._panel), button.text()) for button in every]

    def _rename(self, name: str, text: str, tip: str) -> None:
        self.by_name[name].setText(_(text))
        self.by_name[name].setToolTip(_(tip))

    def arrange(self, room: float) -> float:
        """Put those that are shown into the last so many pixels of the panel, in the largest
        letters whose words fit; returns where they begin."""
        panel, unit = self._panel, self._panel.unit
        shown = [one for one in self.by_name.values() if one.isVisibleTo(panel)]
        right = float(panel.width())
        widths: list[float] = []
        for pixels, padding in _SIZES:
            for button in shown:
                button.setFont(panel.sized_font(pixels))
            widths = [
                button.fontMetrics().horizontalAdvance(button.text()) + padding * unit
                for button in shown
            ]
            if sum(widths) + _GAP * unit * len(widths) <= room:
                break
        for button, width in reversed(list(zip(shown, widths, strict=True))):
            right -= width
            button.setGeometry(int(right), 0, round(width), round(_HEIGHT * unit))
            right -= _GAP * unit
        return right
