"""How soon the window can be drawn on, how soon it answers, whether it ever stands still while the
network loads, how much memory it takes, and how soon `digitpad predict` has read a picture.

    python benchmarks/window_start.py [--runs 7]

Prints ratios measured in one run, medians over pairs taken in turn: the window against an empty
QWidget, the first answer against the painted window and against ``python -c "import torch"``, and
``digitpad predict`` of one picture against the latter. The first answer is to a drawing that is on
the pad as soon as it is painted. Memory is that of window and recogniser together once it has
answered (resident, what they share counted twice; Linux). Without a display it runs offscreen.
Every process is fresh; file caches are warm after the first pair, which is not counted. Modules
have their bytecode, as pip leaves them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
def megabytes(pid):
    try:
        lines = open(f"/proc/{pid}/smaps_rollup").readlines()
    except OSError:
        return float("nan")
    return sum(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1000
def answered(recognition):
    import os
    taken = time.time() - started
    children = open(f"/proc/self/task/{os.getpid()}/children").read().split() if os.path.exists(
        "/proc/self/task") else []
    memory = megabytes("self") + sum(map(megabytes, children))
    print(watch.painted, taken, max(stalls), memory)
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
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    empties, torches, predictions, windows = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        picture = _picture(Path(folder))
        for run in range(runs + 1):
            empty = float(_run(_EMPTY))
            window = [float(number) for number in _run(_WINDOW).split()]
            torch = _seconds("-c", "import torch")
            prediction = _seconds("-m", "digitpad", "predict", str(picture))
            if run:
                empties.append(empty)
                windows.append(window)
                torches.append(torch)
                predictions.append(prediction)
    painted, answers, stalls, memory = (list(series) for series in zip(*windows, strict=True))
    _say("window painted and drawable / empty QWidget painted", painted, empties)
    _say("first answer / window painted", answers, painted)
    _say("first answer / python -c 'import torch'", answers, torches)
    _say("digitpad predict ONE.png / python -c 'import torch'", predictions, torches)
    print(
        f"longest stall of the window while the network loads: median "
        f"{statistics.median(stalls) * 1000:.0f} ms, "
        f"worst {max(stalls) * 1000:.0f} ms of {runs} starts"
    )
    print(f"memory of window and recogniser: median {statistics.median(memory):.0f} MB")


def _picture(folder: Path) -> Path:
    """A picture of a drawn digit."""
    from PIL import Image

    from digitpad.commands.screenshot import sample_marks
    from digitpad.ink.rasterize import rasterize

    path = folder / "digit.png"
    Image.fromarray(255 - rasterize(sample_marks())).save(path)
    return path


def _seconds(*arguments: str) -> float:
    """How long Python takes with these arguments."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


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
