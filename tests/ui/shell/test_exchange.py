from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from digitpad.ink.pictures import ENDINGS
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.style.widget_pictures import png


@pytest.fixture
def exchange(qtbot) -> Exchange:
    window = QWidget()
    qtbot.addWidget(window)
    return Exchange(window)


@pytest.fixture
def heard(exchange) -> list[tuple[str, object]]:
    """What was signalled: (name, what)."""
    noted: list[tuple[str, object]] = []
    for name in ("pictures_brought", "weights_chosen", "said"):
        getattr(exchange, name).connect(lambda what, name=name: noted.append((name, what)))
    return noted


@pytest.fixture
def picked(monkeypatch) -> list[str]:
    """The file that a person names in each dialogue; "" for none."""
    names = [""]
    for dialogue in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, dialogue, lambda *arguments, **options: (names[-1], ""))
    monkeypatch.setattr(
        QFileDialog,
        "getOpenFileNames",
        lambda *arguments, **options: ([name for name in names[-1:] if name], ""),
    )
    return names


def files(*names: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name) for name in names])
    return mime


def red(side: int = 3) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


@pytest.mark.parametrize("name", ["net.safetensors", "best_model.pth", "NET.PT"])
def test_weights_that_are_dropped_are_opened(exchange, heard, name):
    exchange.take(files(f"/some/{name}", "/some/other.png"), "nothing")
    assert heard == [("weights_chosen", Path(f"/some/{name}"))]


def test_all_files_that_are_dropped_are_brought(exchange, heard):
    exchange.take(files("/some/seven.png", "/some/folder"), "nothing")
    assert heard == [("pictures_brought", (Path("/some/seven.png"), Path("/some/folder")))]


def test_an_image_without_a_file_is_read_too(exchange, heard):
    mime = QMimeData()
    mime.setImageData(red())
    exchange.take(mime, "nothing")
    assert [name for name, _ in heard] == ["pictures_brought"]


@pytest.mark.parametrize("url", ["", "https://example.org/seven.png"])
def test_what_is_neither_is_said(exchange, heard, url):
    mime = QMimeData()
    mime.setText("seven")
    if url:
        mime.setUrls([QUrl(url)])
    exchange.take(mime, "That is no picture.")
    assert heard == [("said", "That is no picture.")]


def test_pasting_takes_the_clipboard(exchange, heard):
    QGuiApplication.clipboard().setText("seven")
    exchange.paste()
    QGuiApplication.clipboard().setImage(red())
    exchange.paste()
    assert [name for name, _ in heard] == ["said", "pictures_brought"]


def test_a_file_is_asked_for_and_none_is_taken_where_none_is_named(exchange, heard, picked):
    exchange.choose_files()
    exchange.choose_weights()
    assert heard == []
    picked.append("/some/net.pth")
    exchange.choose_weights()
    picked.append("/some/seven.png")
    exchange.choose_files()
    assert [name for name, _ in heard] == ["weights_chosen", "pictures_brought"]


def test_files_are_asked_for_where_the_last_lay(exchange, monkeypatch):
    asked: list[str] = []

    def ask(_window, _title, folder, *rest, **options):
        asked.append(folder)
        return ["/other/seven.png"], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    exchange.folder = lambda: Path("/some")
    exchange.choose_files()
    exchange.choose_files()
    assert asked == ["/some", "/other"]


def test_the_dialogue_offers_every_kind_of_file_that_is_read(exchange, monkeypatch):
    offered: list[str] = []

    def ask(parent, title, folder, kinds, **options) -> tuple[list[str], str]:
        offered.append(kinds)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    exchange.choose_files()
    assert all(f"*{ending} " in offered[0] + " " for ending in ENDINGS[:-1])
    assert "*.TIFF" in offered[0]


def test_the_windows_picture_is_copied_and_saved(exchange, heard, picked, tmp_path):
    pixmap = QPixmap.fromImage(red())
    exchange.copy(pixmap)
    assert QGuiApplication.clipboard().image().pixelColor(1, 1) == Qt.GlobalColor.red
    assert "clipboard" in str(heard.pop()[1])
    exchange.save(lambda ending: pytest.fail("no file was named"))
    picked.append(str(tmp_path / "window.png"))
    exchange.save(lambda ending: png(pixmap.toImage()))
    assert QImage(picked[-1]).size() == pixmap.size()
    # It says that it did, and where.
    assert heard == [("said", f"✓ The picture is saved: {picked[-1]}")]


@pytest.mark.parametrize(
    ("named", "written"),
    [("seven", "seven.png"), ("seven.jpg", "seven.jpg.png"), ("a.PNG", "a.PNG")],
)
def test_a_name_without_its_ending_gets_it(exchange, heard, picked, tmp_path, named, written):
    picked.append(str(tmp_path / named))
    exchange.save(lambda ending: png(red()))
    assert [path.name for path in tmp_path.iterdir()] == [written]
    assert heard == [("said", f"✓ The picture is saved: {tmp_path / written}")]


@pytest.mark.parametrize(
    ("named", "kind", "written"),
    [
        ("seven", "Drawings (*.svg)", "seven.svg"),
        ("seven.SVG", "Pictures (*.png)", "seven.SVG"),
        ("seven.png", "Drawings (*.svg)", "seven.png"),
    ],
)
def test_the_ending_says_which_format_and_where_there_is_none_the_dialogs_choice(
    exchange, heard, monkeypatch, tmp_path, named, kind, written
):
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *arguments: (str(tmp_path / named), kind)
    )
    exchange.save(str.encode, "C3", "digitpad-C3")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        (written, Path(written).suffix.lower())
    ]
    assert heard == [("said", f"✓ The picture is saved: {tmp_path / written}")]


@pytest.mark.parametrize("agrees", [True, False])
def test_a_file_of_the_completed_name_is_replaced_only_by_consent(
    exchange, heard, picked, tmp_path, monkeypatch, agrees
):
    (tmp_path / "seven.png").write_bytes(b"mine")
    picked.append(str(tmp_path / "seven"))
    button = QMessageBox.StandardButton.Yes if agrees else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *arguments: button)
    exchange.save(lambda ending: png(red()))
    assert ((tmp_path / "seven.png").read_bytes() != b"mine") == agrees == bool(heard)


def test_saving_makes_no_folder(exchange, heard, picked, tmp_path):
    picked.append(str(tmp_path / "new" / "window.png"))
    exchange.save(lambda ending: png(red()))
    assert list(tmp_path.iterdir()) == []
    assert len(heard) == 1 and "cannot be written" in str(heard[0][1])


def test_an_empty_clipboard_is_said(exchange, heard):
    exchange.take(None, "The clipboard holds no picture.")
    assert heard == [("said", "The clipboard holds no picture.")]


def test_a_picture_that_cannot_be_saved_is_said(exchange, heard, picked, tmp_path):
    (tmp_path / "file").touch()
    picked.append(str(tmp_path / "file" / "window.png"))
    exchange.save(lambda ending: png(red()))
    assert heard and heard[0][0] == "said" and "window.png" in str(heard[0][1])


@pytest.mark.parametrize("nothing", [None, "text", QImage()])
def test_what_is_no_image_has_no_content(nothing):
    assert png(nothing) == b""


def test_an_image_becomes_a_png_file():
    assert png(red()).startswith(b"\x89PNG")
