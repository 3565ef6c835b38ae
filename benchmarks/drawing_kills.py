"""Kill the window at random moments of drawing: is all there that was drawn, but for the stroke
under the pen?

    python benchmarks/drawing_kills.py [--kills 200] [--seed 0]

Each time a real window in a process of its own (offscreen) is drawn on with mouse events, by pen
and eraser, with undo, redo, clearing and placed pictures between, as fast as it can, and tells of
each change once it is made. After a random while the process is killed (SIGKILL). Then its journal
is read: the drawing and its history must be, to the bit, those after the last change that was told,
or after the one that was being made.

Prints the kills and the changes that were told, and exits with 1 where more than the stroke under
the pen is missing. Needs a system that forks.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np

from digitpad.core.paths import shipped_weights
from digitpad.ink.drawing import Drawing, PlacedPicture
from digitpad.ink.journal import Journal

LONGEST_WHILE_S = 1.5
MOST_CHANGES = 300
_PATIENCE_S = 120.0


def open_window() -> Any:
    """A real window that can be drawn on; no recogniser is started."""
    from digitpad.app import make_application
    from digitpad.engine.client import RecognizerClient
    from digitpad.ui.shell.main_window import MainWindow

    application = make_application()
    window = MainWindow(RecognizerClient(shipped_weights(), "cpu"), theme="light")
    window.resize(1280, 800)
    window.show()
    application.processEvents()
    window.application = application
    return window


def change(window: Any, chance: random.Random) -> None:
    """One random change of the drawing."""
    pad, kind = window.session.pad, chance.random()
    if kind < 0.12:
        pad.undo()
    elif kind < 0.18:
        pad.redo()
    elif kind < 0.22:
        pad.clear()
    elif kind < 0.25:
        ink = np.random.default_rng(chance.randrange(99)).integers(0, 256, (28, 28), np.uint8)
        pad.place_picture(ink)
    else:
        pad.set_erasing(chance.random() < 0.2)
        draw(window, chance)


def draw(window: Any, chance: random.Random) -> None:
    """A stroke by the mouse."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    side = window.canvas.width()
    at = QPointF(chance.uniform(0, side), chance.uniform(0, side))

    def send(kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        where = window.canvas.mapToGlobal(at)
        event = QMouseEvent(kind, at, where, button, held, Qt.KeyboardModifier.NoModifier)
        window.application.sendEvent(window.canvas, event)

    send(QEvent.Type.MouseButtonPress, left, left)
    for _ in range(chance.randint(0, 40)):
        at += QPointF(chance.uniform(-12, 12), chance.uniform(-12, 12))
        send(QEvent.Type.MouseMove, none, left)
    send(QEvent.Type.MouseButtonRelease, left, none)


def digest(drawing: Drawing) -> str:
    """What a drawing is, with its history."""
    told = hashlib.sha256()
    undo, redo = drawing.history
    for part in (drawing.marks, *(part for step in (*undo, *redo) for part in step)):
        told.update(f"{len(part)} of {len(undo)}, {len(redo)};".encode())
        for mark in part:
            if isinstance(mark, PlacedPicture):
                told.update(mark.ink.tobytes())
            else:
                told.update(mark.points.tobytes() + f"{mark.width} {mark.erases}".encode())
    return told.hexdigest()


def in_child(does: Callable[[int], None]) -> tuple[int, int]:
    """Start a process that does this; its number, and what it writes its bytes to."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    os.close(read)
    try:
        does(write)
    finally:
        os._exit(0)


def expected(seed: int) -> list[str]:
    """The digests after no change, one, two ..., from a process of its own."""

    def tell(write: int) -> None:
        window, chance = open_window(), random.Random(seed)
        os.write(write, digest(window.session.pad.drawing).encode())
        for _ in range(MOST_CHANGES):
            change(window, chance)
            os.write(write, digest(window.session.pad.drawing).encode())

    child, read = in_child(tell)
    with os.fdopen(read, "rb") as stream:
        held = stream.read().decode()
    os.waitpid(child, 0)
    return [held[at : at + 64] for at in range(0, len(held), 64)]


def killed(seed: int, folder: Path, chance: random.Random) -> int:
    """Draw in a process, kill it after a random while; how many changes it told of."""

    def tell(write: int) -> None:
        window, own = open_window(), random.Random(seed)
        window.lifetime.keep(folder)
        os.write(write, b"-")
        for _ in range(MOST_CHANGES):
            change(window, own)
            os.write(write, b".")
            window.application.processEvents()
        time.sleep(_PATIENCE_S)

    child, read = in_child(tell)
    os.read(read, 1)
    time.sleep(chance.uniform(0, LONGEST_WHILE_S))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as stream:
        return len(stream.read())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    # Once, so that each process has only to open its window.
    import digitpad.engine.client
    import digitpad.ui.shell.keeping
    import digitpad.ui.shell.main_window  # noqa: F401

    chance, wanted = random.Random(arguments.seed), expected(arguments.seed)
    told = lost = 0
    for _ in range(arguments.kills):
        with tempfile.TemporaryDirectory() as folder:
            changes = killed(arguments.seed, Path(folder), chance)
            (path,) = Path(folder).glob("*.journal")
            got = Journal.take(path)
            assert got is not None, "the lock of a killed process is held"
            journal, kept = got
            journal.let_go()
        found = digest(kept.drawing)
        told += changes
        if found not in wanted[changes : changes + 2]:
            lost += 1
            print(f"lost: {changes} changes were told, but another drawing is there")
        if kept.damage:
            lost += 1
            print(f"damaged: {kept.damage}")
    print(
        f"{arguments.kills} kills at random moments, seed {arguments.seed}, {told:,} changes told: "
        f"{lost} lost more than the stroke under the pen"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
