"""Kill the window at random moments of correcting: is every drawing there that it said was kept?

    python benchmarks/keeping.py [--kills 60] [--seed 0] [--windows 2]

Each time so many real windows (offscreen, on one collection) draw, say what each drawing is and
sometimes say it anew, as fast as they can, and print what was acknowledged: what the line under the
network said. After a random while all are killed (SIGKILL) at once. Then the collection is opened:
nothing may have been set aside, and every acknowledged drawing must be there, whole.

Prints the kills, the drawings that were acknowledged and those that were found, and exits with 1
where one is missing.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

LONGEST_WHILE_S = 1.0
_PATIENCE_S = 120.0


def correct(seed: int) -> int:
    """Draw and correct until killed; prints "kept UID LABEL" for each that is acknowledged."""
    from PySide6.QtCore import QTimer

    from digitpad.app import make_application
    from digitpad.core.paths import shipped_weights
    from digitpad.engine.client import RecognizerClient
    from digitpad.ui.shell.main_window import MainWindow

    application = make_application()
    # No recogniser is started: what is said of a drawing is kept without one.
    window = MainWindow(RecognizerClient(shipped_weights(), "cpu"))
    window.show()
    chance, pad, mine = random.Random(seed), window.session.pad, window.collection
    said = [0]

    def draw() -> None:
        pad.clear()
        for _ in range(chance.randint(1, 3)):
            x, y = chance.uniform(20, 260), chance.uniform(20, 260)
            pad.begin("mouse", x, y, 0.5, False)
            for _ in range(chance.randint(2, 60)):
                x, y = x + chance.uniform(-15, 15), y + chance.uniform(-15, 15)
                pad.move("mouse", x, y, chance.random())
            pad.end("mouse", x, y, 0.5)
        say()

    def say() -> None:
        said[0] = chance.randint(0, 9)
        mine.correcting.label(said[0])

    def acknowledged(_text: str) -> None:
        assert mine.correcting.last is not None
        print("kept", mine.correcting.last.uid, said[0], flush=True)
        # Sometimes the same drawing is something else.
        (say if chance.random() < 0.3 else draw)()

    mine.correcting.filed.connect(acknowledged)
    QTimer.singleShot(0, draw)
    return int(application.exec())


class Killing:
    """Windows that correct on one collection in a folder of its own, killed again and again.

    Attributes:
        said: of each acknowledged drawing, by uid, the label that was acknowledged last. kills: of
            windows.
    """

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self.said: dict[str, int] = {}
        self.kills = 0

    def kill(self, windows: int) -> None:
        """Let so many windows correct for a while, and kill them at once."""
        environment = {**os.environ, "XDG_DATA_HOME": str(self._folder)}
        processes = [
            subprocess.Popen(
                [sys.executable, __file__, "--correct", str(self._chance.randrange(1 << 30))],
                stdout=subprocess.PIPE,
                env=environment,
                text=True,
            )
            for _ in range(windows)
        ]
        for process in processes:
            # From the first that is acknowledged on, the kill may come at any moment.
            assert process.stdout is not None
            self._take(process.stdout.readline())
        time.sleep(self._chance.uniform(0.0, LONGEST_WHILE_S))
        for process in processes:
            process.kill()
            self.kills += 1
        for process in processes:
            for line in process.communicate(timeout=_PATIENCE_S)[0].splitlines():
                self._take(line)

    def _take(self, line: str) -> None:
        # The last line may be half written.
        parts = line.split()
        if len(parts) == 3 and parts[0] == "kept":
            self.said[parts[1]] = int(parts[2])

    def missing(self) -> list[str]:
        """What is wrong with the collection now, a line for each; none where all is there."""
        from digitpad.core.paths import collection_path
        from digitpad.teaching.collection import Collection

        os.environ["XDG_DATA_HOME"] = str(self._folder)
        with Collection.open(collection_path()) as collection:
            wrong = [collection.notice] if collection.notice else []
            found = {drawing.uid: drawing for _entry, drawing in collection.drawings()}
            if collection.damaged_rows:
                wrong.append(f"{collection.damaged_rows} drawings are damaged")
        wrong += [f"{uid} is missing" for uid in self.said if uid not in found]
        return wrong + [f"{uid} is empty" for uid, kept in found.items() if not kept.marks]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=60, help="of windows (default: 60)")
    parser.add_argument("--windows", type=int, default=2, help="at once (default: 2)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--correct", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.correct is not None:
        return correct(given.correct)
    with tempfile.TemporaryDirectory() as folder:
        killing = Killing(Path(folder), given.seed)
        wrong: list[str] = []
        while killing.kills < given.kills and not wrong:
            killing.kill(min(given.windows, given.kills - killing.kills))
            wrong = killing.missing()
        print(
            f"{killing.kills} windows killed, {given.windows} at once, seed {given.seed}: "
            f"{len(killing.said):,} drawings were acknowledged, "
            f"{len(killing.said) - sum('missing' in line for line in wrong):,} are there"
        )
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
