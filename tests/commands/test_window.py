from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt
from support import PATIENCE_MS

from digitpad.commands import window as window_command
from digitpad.commands.window import has_display, make_application, make_window
from digitpad.errors import DigitpadError
from digitpad.paths import shipped_weights


def test_every_point_that_a_pen_reports_is_wanted(qapp):
    assert not QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents)
    assert not QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_CompressTabletEvents)
    assert QCoreApplication.applicationName() == "digitpad"


def test_a_qt_that_cannot_be_loaded_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    with pytest.raises(DigitpadError, match=r"Qt cannot be loaded .*; digitpad doctor names what is missing"):
        make_application()


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there is always a display here")
def test_a_display_is_one_that_answers(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":987")
    assert not has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert has_display()


def test_the_window_is_whole_before_the_recogniser_has_loaded(qtbot):
    """The panels of the network are laid out from what its file says."""
    window = make_window(shipped_weights(), "cpu", "dark")
    qtbot.addWidget(window)
    window.show()
    assert window.network_view.panel("F6").isVisible() and not window.client.is_ready
    assert window.windowTitle() == "Digitpad"
    with qtbot.waitSignal(window.client.ready, timeout=5 * PATIENCE_MS):
        pass
    window.show_example()
    with qtbot.waitSignal(window.client.recognized, timeout=PATIENCE_MS):
        pass
    window.close()
    assert not window.client.is_ready


def run_without_display(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "digitpad", "--device", "cpu"],
        env={**kept, **environment},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a display here")
def test_without_a_display_a_sample_is_read_unseen_and_its_picture_written(tmp_path):
    run = run_without_display(tmp_path, DISPLAY=":987")
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0].startswith("There is no display here") and lines[1].startswith("The network reads: 7, ")
    assert lines[2] == f"The window's picture: {tmp_path / 'digitpad.png'}"
    with Image.open(tmp_path / "digitpad.png") as picture:
        assert picture.size == (1280, 800)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_ctrl_c_in_the_terminal_ends_the_window(tmp_path):
    code = (
        "import sys; from PySide6.QtCore import QTimer; from digitpad.cli import main\n"
        "import digitpad.commands.window as w; make = w.make_window\n"
        "def told(*a, **k):\n"
        "    window = make(*a, **k); QTimer.singleShot(300, lambda: print('open', flush=True)); return window\n"
        "w.make_window = told; sys.exit(main(['--device', 'cpu']))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout.readline() == "open\n"
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=PATIENCE_MS / 1000) == -signal.SIGINT
        finally:
            process.kill()


def test_the_shipped_weights_stand_in_for_unusable_ones():
    assert window_command._fallback(shipped_weights()) == shipped_weights()
