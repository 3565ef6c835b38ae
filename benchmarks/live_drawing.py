"""How long from a pointer event until every panel is painted, and what the window costs in memory and at rest.

    python benchmarks/live_drawing.py [--drawings 60] [--strokes 10000] [--seed 0]

Draws generated digits with real mouse events on a 1280 x 800 window with the real recogniser. Without a display it runs offscreen.
"Painted" is when the answer that belongs to the event has come and the pad, the input, all layers and the bars have been painted.
Times are compared with painting the same window once as a whole, measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time

if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from digitpad.commands.window import make_application, make_window
from digitpad.ink.pen_styles import PenStyles
from digitpad.paths import shipped_weights
from digitpad.ui.main_window import MainWindow

FRAME_MS = 16.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drawings", type=int, default=60, help="digits drawn for the times (default: 60)")
    parser.add_argument("--strokes", type=int, default=10_000, help="strokes drawn for the memory (default: 10,000)")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    application = make_application()
    window = make_window(shipped_weights(), "cpu")
    window.resize(1280, 800)
    window.show()
    _wait_for(window.client.ready)
    drawings = _drawings(arguments.drawings, arguments.seed)
    # The first answers load what is loaded lazily.
    for strokes in drawings[:5]:
        _draw_timed(window, strokes)
    times = [time_ms for strokes in drawings for time_ms in _draw_timed(window, strokes)]
    whole = statistics.median(_repaint(window) for _ in range(25))
    middle, high, worst = (float(np.percentile(times, q)) for q in (50, 99, 100))
    print(f"pointer event to all panels painted, {len(times):,} events of {len(drawings)} digits: "
          f"median {middle:.1f} ms, 99th percentile {high:.1f} ms, worst {worst:.1f} ms")
    print(f"  99th percentile / a frame of {FRAME_MS:.0f} ms: {high / FRAME_MS:.2f}; "
          f"median / one repaint of the whole window ({whole:.1f} ms): {middle / whole:.2f}")
    before = _resident_mb()
    many = _drawings(400, arguments.seed + 1)
    drawn = 0
    while drawn < arguments.strokes:
        for strokes in many:
            for stroke in strokes:
                _draw(window, stroke)
                application.processEvents()
            drawn += len(strokes)
            window.clear()
            if drawn >= arguments.strokes:
                break
        if drawn <= 2 * sum(len(s) for s in many) and before is not None:
            # Undo's memory is full by now, and what is loaded lazily is there.
            before = _resident_mb() if drawn < 1_500 else before
    after = _resident_mb()
    print(f"resident memory of the window's process: {before:.0f} MB; after {drawn:,} strokes {after - before:+.1f} MB")
    used = time.process_time()
    _pause(5_000)
    used = time.process_time() - used
    print(f"at rest for 5 s: {used * 1000:.1f} ms of processor time, {used / 5:.2%} of one core")
    window.close()


def _drawings(count: int, seed: int) -> list[list[np.ndarray]]:
    styles = PenStyles.load()
    rng = np.random.default_rng(seed)
    return [[stroke.points[:, :2] for stroke in styles.draw_digit(rng).strokes] for _ in range(count)]


class _PaintWatch(QObject):
    """Notes which widgets were painted."""

    def __init__(self, widgets: list[QObject]) -> None:
        super().__init__()
        self.missing: set[QObject] = set()
        self._widgets = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def expect_all(self) -> None:
        self.missing = set(self._widgets)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.missing.discard(watched)
        return False


def _send(window: MainWindow, kind: QEvent.Type, point: np.ndarray) -> None:
    from PySide6.QtWidgets import QApplication

    sheet = window.canvas.sheet()
    position = QPointF(sheet.x() + point[0] / 280 * sheet.width(), sheet.y() + point[1] / 280 * sheet.height())
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    where = window.canvas.mapToGlobal(position)
    QApplication.sendEvent(window.canvas, QMouseEvent(kind, position, where, button, pressed, Qt.KeyboardModifier.NoModifier))


def _draw(window: MainWindow, points: np.ndarray) -> None:
    _send(window, QEvent.Type.MouseButtonPress, points[0])
    for point in points[1:]:
        _send(window, QEvent.Type.MouseMove, point)
    _send(window, QEvent.Type.MouseButtonRelease, points[-1])


def _draw_timed(window: MainWindow, strokes: list[np.ndarray]) -> list[float]:
    """Milliseconds for each pointer event that changed the ink."""
    from PySide6.QtWidgets import QApplication

    layers = [window.network_view.panel(name) for name in ("C1", "S2", "C3", "S4", "C5", "F6")]
    watch = _watch(window, [window.canvas, window.digit_view, window.answer_panel, *layers])
    times = []
    window.clear()
    QApplication.processEvents()
    for points in strokes:
        _send(window, QEvent.Type.MouseButtonPress, points[0])
        for point in points[1:]:
            answers = _answers(window)
            ink = window.canvas.ink.sum(dtype=np.int64)
            watch.expect_all()
            started = time.perf_counter()
            _send(window, QEvent.Type.MouseMove, point)
            if window.canvas.ink.sum(dtype=np.int64) == ink:
                continue
            while watch.missing or answers.count == answers.seen:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
                if answers.count > answers.seen and watch.missing:
                    QApplication.processEvents()
            times.append((time.perf_counter() - started) * 1000)
            answers.seen = answers.count
        _send(window, QEvent.Type.MouseButtonRelease, points[-1])
        QApplication.processEvents()
        _pause(20)
    return times


_WATCHES: dict[int, _PaintWatch] = {}


def _watch(window: MainWindow, widgets: list[QObject]) -> _PaintWatch:
    return _WATCHES.setdefault(id(window), _PaintWatch(widgets) if id(window) not in _WATCHES else _WATCHES[id(window)])


class _Answers:
    """Counts the answers that came."""

    def __init__(self) -> None:
        self.count = 0
        self.seen = 0

    def add(self, recognition: object) -> None:
        self.count += 1


_COUNTS: dict[int, _Answers] = {}


def _answers(window: MainWindow) -> _Answers:
    if id(window) not in _COUNTS:
        _COUNTS[id(window)] = _Answers()
        window.client.recognized.connect(_COUNTS[id(window)].add)
    counted = _COUNTS[id(window)]
    counted.seen = counted.count
    return counted


def _repaint(window: MainWindow) -> float:
    started = time.perf_counter()
    window.picture()
    return (time.perf_counter() - started) * 1000


def _wait_for(signal: object) -> None:
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())
    loop.exec()


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _resident_mb() -> float:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
