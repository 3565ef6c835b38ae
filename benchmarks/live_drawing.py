"""How long from a pointer event until every panel is painted, and what the window costs in memory
and at rest.

    python benchmarks/live_drawing.py [--drawings 60] [--strokes 10000] [--seed 0]
                                      [--journal | --card]

Draws generated digits with mouse events on a 1280 x 800 window with the real recogniser. Without a
display it runs offscreen. "Painted" is when the answer that belongs to the event has come and the
pad, the input, all layers and the bars have been painted. Times are held against a frame of 16 ms
and against one repaint of the whole window in the same run.

--journal: measure nothing but what the journal costs. Every digit is drawn twice, with and without
one, in turn; told are the times of moves and of pen-ups, each of them until all is painted.

--card: measure nothing but what the card of a pinned unit costs. Every digit is drawn twice, with
the card open and closed, in turn; what is painted includes the card.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from digitpad.app import make_application, make_window

application = make_application()

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from digitpad.core.paths import shipped_weights
from digitpad.core.results import Unit
from digitpad.handwriting.pen_styles import shipped_styles
from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.shell.main_window import MainWindow

FRAME_MS = 16.0
_WARM_UP_STROKES = 800
_PRESS, _MOVE, _RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)
_LAYERS = ("C1", "S2", "C3", "S4", "C5", "F6", "output")


class Hand(QObject):
    """Draws on a window with mouse events, and knows when what it drew has been answered and
    painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        layers = [window.network_view.panel(name) for name in _LAYERS]
        self._panels = [window.canvas, window.digit_view, window.answer_panel, *layers]
        self._unpainted: set[QObject] = set()
        self._card: QObject | None = None
        self._answers = 0
        self.pen_ups: list[float] = []
        for panel in self._panels:
            panel.installEventFilter(self)
        window.session.client.recognized.connect(self._count_answer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._unpainted.discard(watched)
        return False

    def watch_card(self, card: QObject | None) -> None:
        """The card is painted too; None: there is none."""
        if self._card is not None:
            self._card.removeEventFilter(self)
        self._card = card
        if card is not None:
            card.installEventFilter(self)

    def _count_answer(self, recognition: object) -> None:
        # Only what is painted after the answer shows it.
        self._answers += 1
        self._unpainted = {*self._panels[2:], *([self._card] if self._card is not None else [])}

    def send(self, kind: QEvent.Type, point: np.ndarray) -> None:
        """One mouse event at a point in pad units."""
        sheet = self._window.canvas.sheet()
        unit = sheet.width() / PAD_SIZE
        position = QPointF(sheet.x() + point[0] * unit, sheet.y() + point[1] * unit)
        held = Qt.MouseButton.NoButton if kind == _RELEASE else Qt.MouseButton.LeftButton
        button = Qt.MouseButton.NoButton if kind == _MOVE else Qt.MouseButton.LeftButton
        where = self._window.canvas.mapToGlobal(position)
        event = QMouseEvent(kind, position, where, button, held, Qt.KeyboardModifier.NoModifier)
        application.sendEvent(self._window.canvas, event)

    def draw(self, points: np.ndarray) -> None:
        """A whole stroke."""
        self.send(_PRESS, points[0])
        for point in points[1:]:
            self.send(_MOVE, point)
        self.send(_RELEASE, points[-1])

    def draw_timed(self, strokes: list[np.ndarray]) -> list[float]:
        """Draw a digit; milliseconds from each pointer move that changed the ink until all was
        painted."""
        times = []
        self._window.session.pad.clear()
        pause(10)
        for points in strokes:
            self.send(_PRESS, points[0])
            pause(10)
            for point in points[1:]:
                inked = self._window.session.pad.ink.copy()
                answers = self._answers
                started = time.perf_counter()
                self.send(_MOVE, point)
                if np.array_equal(inked, self._window.session.pad.ink):
                    continue
                while self._answers == answers or self._unpainted:
                    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
                times.append((time.perf_counter() - started) * 1000)
            started = time.perf_counter()
            self.send(_RELEASE, points[-1])
            application.processEvents()
            self.pen_ups.append((time.perf_counter() - started) * 1000)
            pause(10)
        return times


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--drawings", type=int, default=60, help="digits drawn for the times (default: 60)"
    )
    parser.add_argument(
        "--strokes", type=int, default=10_000, help="strokes drawn for the memory (default: 10,000)"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--journal", action="store_true", help="measure the journal's cost alone")
    parser.add_argument("--card", action="store_true", help="measure an open card's cost alone")
    arguments = parser.parse_args()
    window = make_window(shipped_weights(), "cpu")
    window.resize(1280, 800)
    window.show()
    loop = QEventLoop()
    window.session.client.ready.connect(lambda _: loop.quit())
    loop.exec()
    hand = Hand(window)
    if arguments.journal:
        say_journal(window, hand, digits(arguments.drawings, arguments.seed))
        window.close()
        return
    if arguments.card:
        say_card(window, hand, digits(arguments.drawings, arguments.seed))
        window.close()
        return
    say_times(window, hand, digits(arguments.drawings, arguments.seed))
    say_memory(window, hand, arguments.strokes, digits(400, arguments.seed + 1))
    say_rest()
    window.close()


def say_times(window: MainWindow, hand: Hand, drawings: list[list[np.ndarray]]) -> None:
    """The time from pointer event to paint."""
    for strokes in drawings[:5]:
        hand.draw_timed(strokes)
    times = [milliseconds for strokes in drawings for milliseconds in hand.draw_timed(strokes)]
    whole = statistics.median(repaint(window) for _ in range(25))
    middle, high, worst = (float(np.percentile(times, q)) for q in (50, 99, 100))
    print(
        f"pointer event to all panels painted, {len(times):,} events of {len(drawings)} digits: "
        f"median {middle:.1f} ms, 99th percentile {high:.1f} ms, worst {worst:.1f} ms"
    )
    print(
        f"  99th percentile / a frame of {FRAME_MS:.0f} ms: {high / FRAME_MS:.2f}; "
        f"median / one repaint of the whole window ({whole:.1f} ms): {middle / whole:.2f}"
    )


def say_journal(window: MainWindow, hand: Hand, drawings: list[list[np.ndarray]]) -> None:
    """What writing a journal costs."""
    moves: dict[bool, list[float]] = {True: [], False: []}
    pen_ups: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as folder:
        window.lifetime.keep(Path(folder))
        drawing = window.session.pad.drawing
        writes = drawing.told
        assert writes is not None
        for strokes in drawings[:5]:
            hand.draw_timed(strokes)
        for number, strokes in enumerate(drawings):
            for is_kept in (True, False) if number % 2 else (False, True):
                drawing.told = writes if is_kept else None
                hand.pen_ups = []
                moves[is_kept] += hand.draw_timed(strokes)
                pen_ups[is_kept] += hand.pen_ups
        drawing.told = writes
    for what, times in (("moves", moves), ("pen-ups", pen_ups)):
        kept, plain = (np.percentile(times[each], (50, 99)) for each in (True, False))
        print(
            f"{what}, {len(times[True]):,} with a journal and {len(times[False]):,} without, of "
            f"{len(drawings)} digits: median {kept[0]:.2f} / {plain[0]:.2f} ms, "
            f"99th percentile {kept[1]:.2f} / {plain[1]:.2f} ms: {kept[1] / plain[1]:.2f}"
        )


def say_card(window: MainWindow, hand: Hand, drawings: list[list[np.ndarray]]) -> None:
    """What the card of a pinned unit costs while the pen moves."""
    selection = window.session.selection
    unit = Unit(window.session.layers[2], 3, 2, 6)
    times: dict[bool, list[float]] = {True: [], False: []}
    for strokes in drawings[:5]:
        hand.draw_timed(strokes)
    for number, strokes in enumerate(drawings):
        for is_open in (True, False) if number % 2 else (False, True):
            if is_open:
                selection.pin(unit)
            else:
                selection.unpin()
                selection.open_tool("")
            pause(200)
            hand.watch_card(window.drawer.panel if is_open else None)
            times[is_open] += hand.draw_timed(strokes)
    shown, plain = (np.percentile(times[each], (50, 99)) for each in (True, False))
    print(
        f"pointer event to all panels painted, {len(times[True]):,} events with a card and "
        f"{len(times[False]):,} without, of {len(drawings)} digits: median {shown[0]:.1f} / "
        f"{plain[0]:.1f} ms: {shown[0] / plain[0]:.2f}; 99th percentile {shown[1]:.1f} / "
        f"{plain[1]:.1f} ms: {shown[1] / plain[1]:.2f}"
    )


def say_memory(
    window: MainWindow, hand: Hand, strokes: int, drawings: list[list[np.ndarray]]
) -> None:
    """The resident memory, and how it grows; undo's memory is filled before the growth is
    counted."""
    draw_many(window, hand, _WARM_UP_STROKES, drawings)
    before = resident_mb()
    drawn = draw_many(window, hand, strokes, drawings)
    print(
        f"resident memory of the window's process: {before:.0f} MB; "
        f"after {drawn:,} more strokes {resident_mb() - before:+.1f} MB"
    )


def draw_many(
    window: MainWindow, hand: Hand, strokes: int, drawings: list[list[np.ndarray]]
) -> int:
    """Draw digit after digit, clearing between them, until so many strokes are drawn; returns
    how many were."""
    drawn = 0
    while drawn < strokes:
        for drawing in drawings:
            for points in drawing:
                # A hurried pen reports few points; what is kept and painted is the same.
                hand.draw(points[::6] if len(points) > 12 else points)
                application.processEvents()
            window.session.pad.clear()
            drawn += len(drawing)
            if drawn >= strokes:
                break
    pause(500)
    return drawn


def say_rest() -> None:
    """What the window costs while nothing happens."""
    used = time.process_time()
    pause(10_000)
    used = time.process_time() - used
    print(f"at rest for 10 s: {used * 1000:.1f} ms of processor time, {used / 10:.3%} of one core")


def digits(count: int, seed: int) -> list[list[np.ndarray]]:
    """Generated digits, as strokes of points in pad units."""
    rng = np.random.default_rng(seed)
    styles = shipped_styles()
    return [
        [stroke.points[:, :2] for stroke in styles.draw_digit(rng).strokes] for _ in range(count)
    ]


def repaint(window: MainWindow) -> float:
    """Milliseconds to paint the whole window once."""
    started = time.perf_counter()
    window.grab()
    return (time.perf_counter() - started) * 1000


def pause(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def resident_mb() -> float:
    """The resident memory of this process in megabytes; nan where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
