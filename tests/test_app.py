from __future__ import annotations

import argparse
import socket
import sys

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from digitpad import app
from digitpad.app import has_display, make_application, make_window
from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from tests.nets.reads import opened_files
from tests.support import PATIENCE_MS


@pytest.fixture(autouse=True)
def undressed(qapp):
    """The application looks afterwards as it did before: a window dresses it in its theme."""
    colours, sheet = qapp.palette(), qapp.styleSheet()
    yield
    qapp.setPalette(colours)
    qapp.setStyleSheet(sheet)


def test_every_point_that_a_pen_reports_is_wanted(qapp):
    assert not QCoreApplication.testAttribute(
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents
    )
    assert not QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_CompressTabletEvents)
    assert QCoreApplication.applicationName() == "digitpad"


def test_a_qt_that_cannot_be_loaded_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    with pytest.raises(
        DigitpadError, match=r"Qt cannot be loaded .*; digitpad doctor names what is missing"
    ):
        make_application()


@pytest.fixture
def bare(monkeypatch):
    """An environment that names no display."""
    if sys.platform in ("darwin", "win32"):
        pytest.skip("there is always a display here")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return monkeypatch


def test_a_display_is_one_that_answers(bare):
    assert not has_display()
    bare.setenv("DISPLAY", ":987")
    assert not has_display()
    bare.setenv("QT_QPA_PLATFORM", "offscreen")
    assert has_display()


@pytest.mark.parametrize(
    ("platform", "is_there"),
    [
        ("xcb", False),
        ("xcb:anything", False),
        ("wayland", False),
        ("wayland-egl", False),
        ("wayland;xcb", False),
        ("nonsense", False),
        ("wayland;offscreen", True),
        ("offscreen:size=3", True),
        ("minimal", True),
    ],
)
@pytest.mark.parametrize("display", [None, ":987"])
def test_a_chosen_platform_is_a_display_only_where_its_server_answers(
    bare, platform, is_there, display
):
    bare.setenv("QT_QPA_PLATFORM", platform)
    if display is not None:
        bare.setenv("DISPLAY", display)
    assert has_display() == is_there


def test_a_platform_is_believed_in_where_qt_keeps_its_files_elsewhere(bare):
    bare.setattr(app, "_PLATFORM_FILES", "nowhere/*")
    bare.setenv("QT_QPA_PLATFORM", "eglfs")
    assert has_display()


def test_a_wayland_display_is_one_that_listens(bare, tmp_path):
    bare.chdir(tmp_path)  # a socket's path may not be long
    bare.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    bare.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not has_display()
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind("wayland-7")
        assert not has_display()
        compositor.listen()
        assert has_display()
        bare.setenv("WAYLAND_DISPLAY", str(tmp_path / "wayland-7"))
        bare.setenv("XDG_RUNTIME_DIR", "")
        assert has_display()
        bare.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert not has_display()
    bare.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not has_display()  # its socket is left behind, and nobody listens
    (tmp_path / "wayland-7").rename(tmp_path / "wayland-0")
    bare.delenv("WAYLAND_DISPLAY")
    bare.setenv("XDG_SESSION_TYPE", "wayland")
    assert not has_display()


def test_an_x_server_stands_in_for_a_wayland_display_that_is_gone(bare):
    bare.setattr(app, "_x_server_answers", lambda: True)
    bare.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert has_display()


def test_the_window_is_whole_before_the_recogniser_has_loaded(qtbot):
    """The panels of the network are laid out from what its file says."""
    window = make_window(shipped_weights(), "cpu", "dark")
    qtbot.addWidget(window)
    window.show()
    assert window.network_view.panel("F6").isVisible() and not window.session.client.is_ready
    assert window.windowTitle() == "Digitpad"
    with qtbot.waitSignal(window.session.client.ready, timeout=5 * PATIENCE_MS):
        pass
    window.session.show_example()
    with qtbot.waitSignal(window.session.client.recognized, timeout=PATIENCE_MS):
        pass
    window.close()
    assert not window.session.client.is_ready


def test_a_start_reads_the_header_of_one_file_once(qtbot, monkeypatch):
    reads = opened_files(monkeypatch)
    parser = argparse.ArgumentParser()
    add_network_arguments(parser)
    for words in ([], ["--weights", str(shipped_weights())]):
        chosen = chosen_network(parser.parse_args(words))
        window = make_window(chosen.weights, "cpu", "dark", chosen.net, chosen.record)
        qtbot.addWidget(window)
        assert window.network_view.panel("F6") is not None
    assert len(reads) == 2 and max(reads) < 10_000


def test_the_shipped_weights_stand_in_for_unusable_ones():
    assert app._fallback(shipped_weights()) == shipped_weights()
