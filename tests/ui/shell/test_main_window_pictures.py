from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from digitpad.ui.answer.reading import Label
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.stubs import StubClient
from tests.ui.windows import draw, dropped, read


def test_a_test_image_comes_with_its_label_which_goes_with_the_next_change(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.session.label == Label("7", "MNIST") and window.session.pad.ink[5, 5] == 255
    read(qtbot, window, 7)
    draw(window)
    assert window.session.label is None
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.label is None


def test_an_installation_without_test_images_says_so(qtbot, window, examples):
    draw(window)
    examples.clear()
    window.session.show_example()
    assert window.notice == "MNIST is not here; put the four files somewhere"
    assert len(window.session.pad.drawing) == 1
    plain = MainWindow(StubClient())
    qtbot.addWidget(plain)
    plain.session.show_example()
    assert "no test images" in plain.notice


@pytest.fixture
def picture(tmp_path) -> Path:
    """A dark bar on white paper."""
    image = QImage(120, 120, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(54, 66):
        for y in range(20, 100):
            image.setPixel(x, y, 0xFF000000)
    path = tmp_path / "bar.png"
    assert image.save(str(path))
    return path


def test_a_picture_is_opened_onto_the_pad_and_undo_brings_the_drawing_back(
    qtbot, window, picture, monkeypatch
):
    draw(window)
    drawn = window.session.pad.ink.copy()
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *arguments, **options: ([str(picture)], "")
    )
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.pictures.on_pad.shown is not None, timeout=PATIENCE_MS)
    rows, columns = np.nonzero(window.session.pad.ink > 127)
    assert np.ptp(rows) > 3 * np.ptp(columns) and abs(columns.mean() - 140) < 5
    window.actions_by_name["undo"].trigger()
    assert np.array_equal(window.session.pad.ink, drawn)


def test_a_picture_that_cannot_be_read_is_said_and_leaves_the_drawing(qtbot, window, tmp_path):
    draw(window)
    marks = window.session.pad.drawing.marks
    (tmp_path / "text.png").write_text("seven")
    (tmp_path / "nothing").mkdir()
    for source, words in (
        (tmp_path / "text.png", "no picture"),
        (tmp_path / "nothing", "no pictures"),
        (tmp_path / "no", "not exist"),
    ):
        window.exchange.open_pictures(source)
        qtbot.waitUntil(lambda words=words: words in window.notice, timeout=PATIENCE_MS)
        assert window.session.pad.drawing.marks == marks


def test_a_cancelled_dialogue_changes_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *arguments, **options: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *arguments, **options: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments, **options: ("", ""))
    for name in ("open", "weights", "save", "save-as", "picture", "window"):
        window.actions_by_name[name].trigger()
    assert (
        window.session.pad.is_empty and window.session.client.opened == [] and window.notice == ""
    )


def test_a_picture_is_pasted(qtbot, window, picture):
    QGuiApplication.clipboard().setImage(QImage(str(picture)))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.pictures.on_pad.shown is not None, timeout=PATIENCE_MS)
    assert len(window.session.pad.drawing) == 1 and window.session.pad.ink[140, 140] == 255
    QGuiApplication.clipboard().setText("seven")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (
        window.notice == "The clipboard holds no picture." and len(window.session.pad.drawing) == 1
    )


def test_pictures_and_weights_are_dropped_on_the_window(qtbot, window, picture, tmp_path):
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(picture))])
    image = QMimeData()
    image.setImageData(QImage(str(picture)))
    for mime, name in ((files, "bar.png"), (image, "")):
        assert dropped(window, mime)
        qtbot.waitUntil(
            lambda name=name: getattr(window.pictures.on_pad.shown, "name", None) == name,
            timeout=PATIENCE_MS,
        )
        assert window.session.pad.ink[140, 140] == 255
    weights = QMimeData()
    weights.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.safetensors"))])
    assert dropped(window, weights)
    examined = [choice.weights for choice in window.session.client.examined]
    assert examined == [tmp_path / "other.safetensors"] and window.notice == ""


def test_other_things_dropped_are_rejected_or_said_to_be_no_picture(window):
    text = QMimeData()
    text.setText("seven")
    assert not dropped(window, text)
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/seven.png")])
    dropped(window, link)
    assert window.notice == "What was dropped is no picture." and window.session.pad.is_empty


def test_weights_are_opened_from_a_dialogue(qtbot, window, monkeypatch):
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *arguments, **options: ("/a/b.safetensors", "")
    )
    qtbot.keyClick(
        window,
        Qt.Key.Key_O,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    (choice,) = window.session.client.examined
    assert choice.weights == Path("/a/b.safetensors")


def test_a_picture_of_the_window_is_copied_and_saved(window, tmp_path, monkeypatch):
    window.actions_by_name["copy"].trigger()
    assert QGuiApplication.clipboard().image().size() == window.size()
    out = tmp_path / "window.png"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *arguments, **options: (str(out), "")
    )
    window.actions_by_name["window"].trigger()
    assert QImage(str(out)).size() == window.size()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *arguments, **options: (str(tmp_path), "")
    )
    window.actions_by_name["window"].trigger()
    assert "is a directory" in window.notice
