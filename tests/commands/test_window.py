from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys

import pytest
from PIL import Image

from digitpad.cli import main
from digitpad.commands import window
from digitpad.core import languages
from digitpad.core.paths import shipped_weights
from digitpad.ui.shell.settings import Settings
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


@pytest.mark.parametrize(
    ("argument", "status", "says"),
    [
        ("gone.digitpad", 1, "gone.digitpad does not exist"),
        ("./gone", 1, "gone does not exist"),
        ("nosuch", 2, "there is no command"),
    ],
)
def test_a_file_that_is_not_there_is_told_from_a_command_that_is_none(
    tmp_path, monkeypatch, capsys, argument, status, says
):
    monkeypatch.chdir(tmp_path)
    try:
        got = main([argument])
    except SystemExit as ended:
        got = ended.code
    assert got == status and says in capsys.readouterr().err


def test_weights_that_are_named_alone_are_as_if_weights_had_named_them(tmp_path):
    mine = tmp_path / "mine"
    mine.write_bytes(shipped_weights().read_bytes())
    drawing = tmp_path / "a.digitpad"
    drawing.write_text("")
    for file, opened, weights in ((mine, None, mine), (drawing, drawing, None)):
        given = argparse.Namespace(file=file, weights=None)
        assert window._file_to_open(given) == opened and given.weights == weights


def test_a_language_in_the_settings_that_there_is_not_is_said_and_english_taken():
    languages.set_language("zh_CN")
    said = window._take_language(argparse.Namespace(lang=None), Settings(language="xx"))
    assert "“xx”" in said and "\n" not in said and languages.language() == "en"
    assert window._take_language(argparse.Namespace(lang="en"), Settings(language="xx")) == ""


def test_without_a_home_folder_nothing_is_written_down(monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert window._journals() is None


def test_the_network_that_read_last_reads_again_or_its_absence_is_said(tmp_path):
    given = argparse.Namespace(weights=None, net="", mean=None, std=None, side=None, fit="", set="")
    for kept, name in (("lenet5-relu", "lenet5-relu"), (str(shipped_weights()), "lenet5")):
        chosen, trouble = window._remembered_network(given, Settings(network=kept))
        assert chosen.weights.stem == name and trouble == ""
    chosen, trouble = window._remembered_network(given, Settings(network=str(tmp_path / "x.pth")))
    assert chosen.weights.stem == "lenet5" and "x.pth" in trouble and "\n" not in trouble
