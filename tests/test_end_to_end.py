"""A person at the window: a real X server, a real pointer and real keys, the answer read from
the window's title."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.core.processes import python_code
from digitpad.teaching.collection import Collection
from digitpad.ui.shell.window_layout import MENU_BAR, arrange
from tests.support import PATIENCE_MS, is_alive
from tests.ui.typed_digits import SLANTED, parsed

WIDTH, HEIGHT = 1280, 800
_MISSING = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="X servers without a screen are Linux's"),
    pytest.mark.skipif(
        bool(_MISSING) and not os.environ.get("CI"),
        reason=f"not installed here: {' and '.join(_MISSING)}",
    ),
]


@contextmanager
def x_server() -> Iterator[str]:
    """The name of an X server of our own."""
    assert not _MISSING, f"the end-to-end test needs {' and '.join(_MISSING)}"
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1400x1000x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


class Person:
    """Someone who sees the window of a running Digitpad and moves the pointer over it."""

    def __init__(self, display: str, process: subprocess.Popen, errors: Path) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self._process = process
        self._errors = errors
        self.window = ""
        self.window = self._wait_for(
            lambda: self.xdotool(
                "search", "--onlyvisible", "--pid", str(process.pid), "--name", "Digitpad"
            ).split()
        )[0]
        self.xdotool("windowmove", self.window, "0", "0")
        self.xdotool("windowsize", self.window, str(WIDTH), str(HEIGHT))
        geometry = f"WIDTH={WIDTH}\nHEIGHT={HEIGHT}"
        self._wait_for(
            lambda: geometry in self.xdotool("getwindowgeometry", "--shell", self.window)
        )
        # There is no window manager here to give the keys to the window.
        self.xdotool("windowfocus", "--sync", self.window)

    def _wait_for(self, what: Callable[[], Any]) -> Any:
        """What a call gives, once that is something."""
        end = time.monotonic() + 3 * PATIENCE_MS / 1000
        while not (found := what()):
            if time.monotonic() > end or self._process.poll() is not None:
                errors = self._errors.read_text()
                pytest.fail(
                    f"its title is {self.title!r}, its exit status {self._process.poll()}; {errors}"
                )
            time.sleep(0.02)  # what is waited for is in other processes and sends no signal
        return found

    def xdotool(self, *arguments: str) -> str:
        run = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return run.stdout

    @property
    def title(self) -> str:
        return self.xdotool("getwindowname", self.window).strip() if self.window else ""

    def draw(self, stroke: np.ndarray, begins: bool = True, lifts: bool = True) -> None:
        """Move the pointer along a stroke, in pad units, its button held; begins, lifts: whether
        the button goes down first and up at last."""
        pad = arrange(WIDTH, HEIGHT - MENU_BAR).pad.translated(0, MENU_BAR)
        on_screen = np.rint(stroke * pad.width() / 280 + [pad.x(), pad.y()]).astype(int)
        first, *others = on_screen.tolist()
        moves = [
            word
            for x, y in others
            for word in ("mousemove", "--window", self.window, str(x), str(y))
        ]
        start = [
            "mousemove",
            "--window",
            self.window,
            str(first[0]),
            str(first[1]),
            *(("mousedown", "1") if begins else ()),
        ]
        self.xdotool(*start, *moves, *(("mouseup", "1") if lifts else ()))

    def press(self, *keys: str) -> None:
        self.xdotool("key", *keys)

    def draw_by_keys(self, strokes: Sequence[str], x: int = 140, y: int = 140) -> None:
        """Draw strokes of tests.ui.typed_digits with arrow keys and Space; the crosshair is in the
        middle of the pad, or at x and y."""
        words: list[str] = []

        def go(way: str, far: int) -> None:
            nonlocal x, y
            *held, last = (_ARROWS[letter] for letter in way)
            steps = [("key", f"shift+{last[0]}", 40)] * (far // 40)
            steps += [("key", last[0], 4)] * (far % 40 // 4)
            for key, across, down in held:
                words.extend(("keydown", key))
                x, y = x + 4 * across, y + 4 * down
            for word, key, step in steps:
                words.extend((word, key))
                for _key, across, down in (*held, last):
                    x, y = x + step * across, y + step * down
            for key, _across, _down in held:
                words.extend(("keyup", key))

        for stroke in strokes:
            (left, top), moves = parsed(stroke)
            go("R" if left > x else "L", abs(left - x))
            go("D" if top > y else "U", abs(top - y))
            words.extend(("key", "space"))
            for way, far in moves:
                go(way, far)
            words.extend(("key", "space"))
        self.xdotool(*words)

    def turns_to(self, title: str) -> None:
        """Give the keys to the window of this title; to the first one for none."""
        window = self.window
        if title:
            names = ("search", "--onlyvisible", "--name", f"^{title} — Digitpad")
            window = self._wait_for(lambda: self.xdotool(*names).split())[0]
        self.xdotool("windowfocus", "--sync", window)

    def sees(self, condition: Callable[[], object]) -> None:
        """Wait until it is so."""
        self._wait_for(condition)

    def reads(self, pattern: str) -> None:
        """Wait until the title says so."""
        self._wait_for(lambda: re.fullmatch(pattern, self.title))


def been_here_before(config: Path) -> None:
    """Let a configuration folder be of somebody whom the first steps are not shown."""
    settings = config / "digitpad" / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\nversion=1\n")


_ARROWS = {
    "L": ("Left", -1, 0),
    "R": ("Right", 1, 0),
    "U": ("Up", 0, -1),
    "D": ("Down", 0, 1),
}
"""The name of a key, and where it leads."""


def kept_in(folder: Path) -> dict[int | None, int]:
    """How many drawings of each label the window has kept."""
    with Collection(folder / "digitpad" / "drawings.db") as mine:
        return mine.counts()


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def dense(stroke: np.ndarray, step: float = 6.0) -> np.ndarray:
    """The stroke with as many points as a hand's motion has."""
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    at = np.arange(0, lengths[-1] + step, step).clip(max=lengths[-1])
    return np.stack([np.interp(at, lengths, stroke[:, i]) for i in (0, 1)], axis=1)


def test_digits_drawn_with_the_pointer_are_read(display, drawings, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    # Nobody listens there, as on a desktop without accessibility, which is no trouble.
    nowhere = f"unix:path={tmp_path / 'no-bus'}"
    environment |= {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": nowhere}
    environment |= {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("DATA", "CONFIG", "STATE")}
    environment.pop("WAYLAND_DISPLAY", None)
    been_here_before(tmp_path)
    errors = tmp_path / "errors"
    with errors.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "digitpad"], env=environment, stderr=stream, cwd=tmp_path
        )
    try:
        person = Person(display, process, errors)
        person.reads("Digitpad")
        for digit in (7, 1, 0):
            # The first is drawn while the network loads.
            for stroke in drawings[digit]:
                person.draw(dense(stroke))
            person.reads(f"{digit} — Digitpad")
            person.press("Delete")
            person.reads("Digitpad")
        # By the letters of the menus, and by keys.
        person.press("alt+e", "u")
        person.reads("0 — Digitpad")
        # With the keys alone: by arrows, and a sample by its digit.
        person.press("Delete")
        person.draw_by_keys(SLANTED[4])
        person.reads("4 — Digitpad")
        person.press("2")
        person.reads("2 — Digitpad")
        # The sample, the strokes, and that all was cleared.
        for _ in range(1 + len(SLANTED[4]) + 1):
            person.press("ctrl+z")
        person.reads("0 — Digitpad")
        # It is corrected, corrected anew, and taken back.
        for keys, labels in (("alt+6", {6: 1}), ("alt+0", {0: 1}), ("alt+BackSpace", {6: 1})):
            person.press(keys)
            person.sees(lambda labels=labels: kept_in(tmp_path) == labels)
        recognisers = children_of(process.pid)
        assert recognisers
        person.press("F10", "q")
        assert process.wait(timeout=60) == 0
        assert not any(is_alive(pid) for pid in recognisers)
        assert errors.read_text() == ""
    finally:
        process.kill()
        process.wait()


_WITH_SMALL_REPLAY = """
from digitpad.core import processes
from digitpad.ui.training import teach_process
serve = '''
import sys
from digitpad.teaching.replay import ReplaySizes
from digitpad.teaching.server import serve
sys.exit(serve(ReplaySizes(150, 100, 40, 150, 100, 50), nice=0))
'''
teach_process.teaching_command = lambda: processes.python_code(serve)
import sys
from digitpad.cli import main
sys.exit(main([]))
"""


def test_a_person_corrects_teaches_reads_again_and_goes_back(display, drawings, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environment |= {"DISPLAY": display}
    environment |= {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("DATA", "CONFIG", "STATE")}
    environment.pop("WAYLAND_DISPLAY", None)
    been_here_before(tmp_path)
    errors = tmp_path / "errors"
    with errors.open("wb") as stream:
        process = subprocess.Popen(
            python_code(_WITH_SMALL_REPLAY), env=environment, stderr=stream, cwd=tmp_path
        )
    try:
        person = Person(display, process, errors)
        for stroke in drawings[7]:
            person.draw(dense(stroke))
        person.reads("7 — Digitpad")
        # This person's 1 looks like that.
        person.press("alt+1")
        person.sees(lambda: kept_in(tmp_path) == {1: 1})
        person.press("ctrl+l")
        # It is not kept by itself, since other people's 7s look like that too.
        person.turns_to("Taught")
        person.press("Tab")
        person.press("Return")
        person.turns_to("Kept")
        person.press("Escape")
        person.turns_to("")
        person.reads("1 — Digitpad")
        person.press("ctrl+h")
        person.turns_to("Versions")
        person.press("Down")
        person.press("Return")
        person.press("Escape")
        person.turns_to("")
        person.reads("7 — Digitpad")
        person.press("ctrl+q")
        assert process.wait(timeout=60) == 0
        said = errors.read_text().replace("This plugin does not support raise()", "").strip()
        assert said == ""
    finally:
        process.kill()
        process.wait()
