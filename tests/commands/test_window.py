from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from PIL import Image

from tests.support import PATIENCE_MS


def run_without_display(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "digitpad", "--device", "cpu"],
        env={**kept, **environment},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a display here")
@pytest.mark.parametrize(
    "environment",
    [{"DISPLAY": ":987"}, {"WAYLAND_DISPLAY": "/nowhere/wayland-0", "QT_QPA_PLATFORM": "xcb"}],
)
def test_without_a_display_a_sample_is_read_unseen_and_its_picture_written(tmp_path, environment):
    run = run_without_display(tmp_path, **environment)
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0].startswith("There is no display here") and lines[1].startswith(
        "The network reads: 7, "
    )
    assert lines[2] == f"The window's picture: {tmp_path / 'digitpad.png'}"
    with Image.open(tmp_path / "digitpad.png") as picture:
        assert picture.size == (1280, 800)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_ctrl_c_in_the_terminal_ends_the_window(tmp_path):
    code = (
        "import sys; from PySide6.QtCore import QTimer; from digitpad.cli import main\n"
        "import digitpad.commands.window as w; make = w.make_window\n"
        "def told(*a, **k):\n"
        "    window = make(*a, **k); QTimer.singleShot(300, lambda: "
        "print('open', flush=True)); return window\n"
        "w.make_window = told; sys.exit(main(['--device', 'cpu']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as process:
        assert process.stdout.readline() == "open\n"
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=PATIENCE_MS / 1000) == -signal.SIGINT
        finally:
            process.kill()
