"""How long it takes from a pointer move over a layer until every frame is painted, and a
unit's card while the pen moves.

    python benchmarks/pointing.py [--moves 600] [--seed 0]

Points at random squares of every layer of a 1280 x 800 window with the real recogniser and a
drawing in it. Without a display it runs offscreen. "Painted" is when nothing waits to be painted
any more; the recogniser is not asked meanwhile, which is checked. Nothing else is waited for, so
that it is the processor's time that is told, on a busy machine too; it is held against a frame of
16 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time

if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from digitpad.app import make_application, make_window

application = make_application()

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from digitpad.commands.screenshot import sample_marks
from digitpad.core.paths import shipped_weights
from digitpad.core.results import Unit
from digitpad.ui.network.unit_marks import unit_box
from digitpad.ui.shell.main_window import MainWindow

FRAME_MS = 16.0
_NONE = Qt.MouseButton.NoButton


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moves", type=int, default=600, help="of the pointer (default: 600)")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    window = make_window(shipped_weights(), "cpu")
    window.resize(1280, 800)
    window.show()
    loop = QEventLoop()
    window.session.client.recognized.connect(lambda _: loop.quit())
    window.session.pad.show_marks(sample_marks())
    loop.exec()
    pause(800)
    rng = np.random.default_rng(arguments.seed)
    say("pointing, from the move to every frame painted", point(window, arguments.moves, rng))
    unit = Unit(window.session.layers[2], 3, 2, 6)
    window.session.selection.pin(unit)
    pause(800)
    say("the card of a pinned unit, anew with an answer", follow(window, arguments.moves))
    window.close()


def point(window: MainWindow, moves: int, rng: np.random.Generator) -> list[float]:
    """Milliseconds of each move to a random square of a random layer."""
    panels = list(window.network_view.panels.values())
    asked: list[object] = []
    window.session.client.recognized.connect(asked.append)
    times = []
    for _ in range(moves):
        panel = panels[rng.integers(len(panels))]
        grid = panel.squares
        index = int(rng.integers(panel.shown.start, panel.shown.stop))
        square = (index, int(rng.integers(grid.rows)), int(rng.integers(grid.columns)))
        at = unit_box(grid, square).center()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            panel.mapToGlobal(at),
            _NONE,
            _NONE,
            Qt.KeyboardModifier.NoModifier,
        )
        started = time.process_time()
        application.sendEvent(panel, event)
        application.processEvents()
        times.append((time.process_time() - started) * 1000)
    assert not asked, "the recogniser was asked"
    return times


def follow(window: MainWindow, answers: int) -> list[float]:
    """Milliseconds in which the card takes an answer and is painted."""
    card = window.drawer.panel
    assert card is not None
    times = []
    for _ in range(answers):
        started = time.process_time()
        card.session.weights.changed.emit()
        card.repaint()
        times.append((time.process_time() - started) * 1000)
    return times


def say(what: str, times: list[float]) -> None:
    """The times in a line."""
    high = float(np.percentile(times, 99))
    print(
        f"{what}, {len(times):,} times: median {statistics.median(times):.1f} ms, "
        f"99th percentile {high:.1f} ms ({high / FRAME_MS:.2f} of a frame of {FRAME_MS:.0f} ms)"
    )


def pause(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
