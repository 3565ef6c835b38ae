"""How soon the window can be drawn on, how soon it answers, and whether it ever stands still while
the network loads.

    python benchmarks/window_start.py [--runs 7]

Prints ratios measured in one run, medians over pairs taken in turn: the window against an empty
QWidget, the first answer against ``python -c "import torch"``. Without a display it runs offscreen.
Every process is fresh; file caches are warm after the first pair, which is not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

_EMPTY = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time() - float(sys.argv[1]))
            application.quit()
        return False
widget, watch = QWidget(), Watch()
widget.installEventFilter(watch)
widget.resize(1280, 800)
widget.show()
application.exec()
"""

_WINDOW = """
import sys, time
started = float(sys.argv[1])
from digitpad.app import make_application, make_window
from digitpad.core.paths import shipped_weights
application = make_application()
window = make_window(shipped_weights(), "cpu")
from PySide6.QtCore import QEvent, QObject, QTimer
from digitpad.commands.screenshot import sample_marks
class Watch(QObject):
    painted = None
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.painted is None:
            self.painted = time.time() - started
            QTimer.singleShot(0, lambda: window.session.pad.show_marks(sample_marks()))
        return False
watch = Watch()
window.canvas.installEventFilter(watch)
stalls, last = [], [None]
def beat():
    now = time.perf_counter()
    if last[0] is not None and watch.painted is not None:
        stalls.append(now - last[0])
    last[0] = now
pulse = QTimer(interval=1)
pulse.timeout.connect(beat)
pulse.start()
def answered(recognition):
    print(watch.painted, time.time() - started, max(stalls))
    window.close()
    application.quit()
window.session.client.recognized.connect(answered)
window.resize(1280, 800)
window.show()
application.exec()
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="counted pairs (default: 7)")
    runs = parser.parse_args().runs
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    empties, torches, painted, answers, stalls = [], [], [], [], []
    for run in range(runs + 1):
        empty = float(_run(_EMPTY))
        first_paint, first_answer, stall = (float(number) for number in _run(_WINDOW).split())
        started = time.time()
        subprocess.run([sys.executable, "-c", "import torch"], check=True)
        torch = time.time() - started
        if run:
            for series, value in (
                (empties, empty),
                (painted, first_paint),
                (answers, first_answer),
                (stalls, stall),
            ):
                series.append(value)
            torches.append(torch)
    _say("window painted and drawable / empty QWidget painted", painted, empties)
    _say("first answer / python -c 'import torch'", answers, torches)
    print(
        f"longest stall of the window while the network loads: median "
        f"{statistics.median(stalls) * 1000:.0f} ms, "
        f"worst {max(stalls) * 1000:.0f} ms of {runs} starts"
    )


def _run(code: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", code, str(time.time())], check=True, capture_output=True, text=True
    )
    return finished.stdout.strip()


def _say(what: str, measured: list[float], against: list[float]) -> None:
    ratio = statistics.median(a / b for a, b in zip(measured, against, strict=True))
    print(
        f"{what}: {ratio:.2f} (medians {statistics.median(measured):.2f} s / "
        f"{statistics.median(against):.2f} s, "
        f"{len(measured)} pairs)"
    )


if __name__ == "__main__":
    main()
