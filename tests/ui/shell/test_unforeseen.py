from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import Qt, qWarning
from PySide6.QtGui import QGuiApplication

from digitpad.core.log import log_file
from digitpad.ui.shell.unforeseen import Unforeseen, report
from tests.ui.windows import draw


@pytest.fixture
def unforeseen(qtbot, window, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    one = Unforeseen("1", lambda: window)
    one.install()
    yield one
    one.uninstall()
    if one.dialog is not None:
        one.dialog.close()


def raise_in(unforeseen: Unforeseen, text: str) -> None:
    try:
        raise RuntimeError(text)
    except RuntimeError:
        sys.excepthook(*sys.exc_info())


def test_it_is_said_with_versions_and_text_to_copy_and_the_window_goes_on(
    qtbot, window, unforeseen, tmp_path
):
    raise_in(unforeseen, f"no such thing in {tmp_path}/secret")
    qtbot.waitUntil(lambda: unforeseen.dialog is not None)
    dialog = unforeseen.dialog
    text = dialog.text.toPlainText()
    assert "Digitpad" in text and "Qt " in text and "RuntimeError: no such thing" in text
    assert "~/secret" in text and str(tmp_path) not in text
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: unforeseen.dialog is None)
    assert window.isVisible()
    assert "RuntimeError: no such thing in ~/secret" in log_file().read_text()


def test_what_comes_again_and_again_is_said_once(qtbot, unforeseen):
    for _ in range(5):
        raise_in(unforeseen, "again")
    qtbot.waitUntil(lambda: unforeseen.dialog is not None)
    unforeseen.dialog.accept()
    raise_in(unforeseen, "again")
    qtbot.wait(20)
    assert unforeseen.dialog is None
    assert log_file().read_text().count("RuntimeError: again") == 6


def test_another_thread_s_trouble_is_said_too(qtbot, unforeseen):
    def fail() -> None:
        raise ValueError("in the background")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: unforeseen.dialog is not None)
    assert "in the background" in unforeseen.dialog.text.toPlainText()


def test_what_qt_warns_of_is_logged(unforeseen):
    unforeseen.begin_log()
    qWarning("something about a font")
    assert "Qt: something about a font" in log_file().read_text()


def test_it_works_without_a_place_for_the_log(qtbot, window, monkeypatch, tmp_path, capfd):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    one = Unforeseen("1", lambda: window)
    one.install()
    raise_in(one, "no log")
    qtbot.waitUntil(lambda: one.dialog is not None)
    one.dialog.accept()
    one.uninstall()
    assert one.log_folder is None and "RuntimeError: no log" in capfd.readouterr().err


def test_a_report_is_of_bounded_length():
    assert len(report("1", "x" * 100_000)) <= 20_000


def test_what_happens_is_logged_and_nothing_of_what_is_drawn(window, unforeseen):
    unforeseen.begin_log()
    unforeseen.follow(window)
    draw(window)
    window.session.client.become_ready()
    window.session.client.interrupted.emit("it was killed")
    window.show_notice("The drawing is saved: a.digitpad")
    told = log_file().read_text()
    for said in ("lenet5 reads on cpu", "the recogniser ended: it was killed", "a.digitpad"):
        assert said in told
    assert len(told.splitlines()) == 4
