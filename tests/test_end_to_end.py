"""A person at the window: a real X server, a real pointer and real keys, the answer read from
the window's title."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad.core.processes import python_code
from digitpad.teaching.collection import Collection
from tests.person import NOT_HERE, Person, been_here_before, dense, x_server
from tests.support import is_alive
from tests.ui.typed_digits import SLANTED

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="X servers without a screen are Linux's"),
    pytest.mark.skipif(
        bool(NOT_HERE) and not os.environ.get("CI"),
        reason=f"not installed here: {' and '.join(NOT_HERE)}",
    ),
]


@pytest.fixture
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


def kept_in(folder: Path) -> dict[int | None, int]:
    """How many drawings of each label the window has kept."""
    with Collection(folder / "digitpad" / "drawings.db") as mine:
        return mine.counts()


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


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
