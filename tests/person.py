"""A person at the window of a running Digitpad: a real X server, real keys, a real pointer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.ui.shell.window_layout import MENU_BAR, arrange
from tests.support import PATIENCE_MS
from tests.ui.typed_digits import parsed

WIDTH, HEIGHT = 1280, 800
NOT_HERE = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
"""What is not installed of what it takes."""


@contextmanager
def x_server() -> Iterator[str]:
    """The name of an X server of our own."""
    assert not NOT_HERE, f"the end-to-end test needs {' and '.join(NOT_HERE)}"
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


@contextmanager
def window_manager(display: str, folder: Path) -> Iterator[None]:
    """openbox on a display, with the settings that it has at first: it places windows and gives
    them the keys. folder: of settings that there are not."""
    environment = {**os.environ, "DISPLAY": display, "XDG_CONFIG_HOME": str(folder)}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    asks = ["xdotool", "get_num_desktops"]
    end = time.monotonic() + PATIENCE_MS / 1000
    try:
        while subprocess.run(asks, env=environment, capture_output=True).returncode:
            assert time.monotonic() < end and manager.poll() is None, "openbox did not start"
            time.sleep(0.02)
        yield
    finally:
        manager.terminate()
        manager.wait(timeout=60)


class Person:
    """Someone who sees the window of a running Digitpad and moves the pointer over it, and to whom
    no window manager is of help."""

    def __init__(self, display: str, process: subprocess.Popen, errors: Path) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self._process = process
        self._errors = errors
        self.window = ""
        self._find_window()

    def _find_window(self) -> None:
        self.window = self._wait_for(
            lambda: self.xdotool(
                "search", "--onlyvisible", "--pid", str(self._process.pid), "--name", "Digitpad"
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


class Typist(Person):
    """Someone with nothing but a keyboard, at whichever window the window manager gives the keys
    to."""

    def _find_window(self) -> None:
        self.is_at(".*Digitpad")

    @property
    def title(self) -> str:
        return self.xdotool("getactivewindow", "getwindowname").strip()

    def is_at(self, title: str) -> None:
        """Wait until the window of this title has the keys."""
        self.reads(title)

    def writes(self, text: str) -> None:
        """Type letters."""
        self.xdotool("type", "--delay", "1", "--", text)


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


def dense(stroke: np.ndarray, step: float = 6.0) -> np.ndarray:
    """The stroke with as many points as a hand's motion has."""
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    at = np.arange(0, lengths[-1] + step, step).clip(max=lengths[-1])
    return np.stack([np.interp(at, lengths, stroke[:, i]) for i in (0, 1)], axis=1)
