"""Several pictures brought at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from digitpad.engine.requests import MOST_SOON, READ_PICTURES, BatchAnswer
from digitpad.ui.images.picture_sheet import PictureSheet
from digitpad.ui.images.picture_words import reading_in_words, sheet_picture_in_words
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.choices import info_of
from tests.ui.hearing import said_of
from tests.ui.papers import FOUR, TWO, ink_of, paper, saved
from tests.ui.stubs import StubClient
from tests.ui.windows import dropped


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with a 4, a 4 and 2, and what is no picture, in the order of their names."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    saved(folder, "a.png", paper(ink_of(FOUR)))
    saved(folder, "b.png", paper(ink_of(FOUR, TWO)))
    (folder / "c.png").write_text("seven")
    return folder


@pytest.fixture
def show(qtbot, window) -> Callable[..., PictureSheet]:
    """Drop files on the window and wait until all are read."""

    def shown(*paths: Path) -> PictureSheet:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        with qtbot.waitSignal(window.pictures.on_pad.several_brought, timeout=PATIENCE_MS):
            assert dropped(window, mime)
        sheet = window.pictures.sheet
        assert sheet is not None
        qtbot.waitUntil(lambda: not sheet.reading.is_reading, timeout=PATIENCE_MS)
        return sheet

    return shown


def client(window: MainWindow) -> StubClient:
    assert isinstance(window.session.client, StubClient)
    return window.session.client


def answer(window: MainWindow, *classes: int, rejected: tuple[int, ...] = ()) -> None:
    """Answer the oldest question that is not answered with these, one for each digit."""
    row, asked, answered, _ = client(window).questions.pop(0)
    assert row is READ_PICTURES and len(asked) == len(classes)
    accepted = [number not in rejected for number in range(len(classes))]
    answered(BatchAnswer(np.eye(10, dtype=np.float32)[list(classes)], np.array(accepted)))


def told(sheet: PictureSheet) -> list[str]:
    """What stands under each picture."""
    classes = sheet.reading.classes
    return [reading_in_words(picture, classes) for picture in sheet.reading.pictures]


def click(sheet: PictureSheet, number: int) -> None:
    place = sheet.grid.box(number).center().toPoint()
    QTest.mouseClick(sheet.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_folder_is_shown_with_what_each_picture_is_read_as(window, show, folder):
    sheet = show(folder)
    assert sheet.isVisible() and window.session.pad.is_empty
    assert [picture.name for picture in sheet.reading.pictures] == ["a.png", "b.png", "c.png"]
    assert told(sheet) == ["…", "…", "cannot be read"]
    answer(window, 4)
    answer(window, 8, 4, 2, rejected=(0,))
    assert told(sheet) == ["4", "42", "cannot be read"]
    assert sheet.totals == "3 pictures, 1 cannot be read"


def test_strokes_of_one_digit_and_what_is_rejected_are_told_as_such(window, show, folder):
    sheet = show(folder)
    answer(window, 4, rejected=(0,))
    answer(window, 8, 4, 2, rejected=(1,))
    assert told(sheet)[:2] == ["4 ?", "8"]
    words = [
        sheet_picture_in_words(one, sheet.reading.classes, "digit")
        for one in sheet.reading.pictures
    ]
    assert words[:2] == ["a.png: 4. Not a digit?", "b.png: 8"]
    assert "c.png is no picture that can be read" in words[2]


def test_a_click_puts_one_on_the_pad_as_if_it_had_come_alone(qtbot, window, show, folder):
    sheet = show(folder)
    for number, name in ((1, "b.png"), (0, "a.png")):
        click(sheet, number)
        qtbot.waitUntil(
            lambda name=name: getattr(window.pictures.on_pad.shown, "name", "") == name,
            timeout=PATIENCE_MS,
        )
    assert len(window.session.pad.drawing._undo) == 2
    click(sheet, 2)
    assert "c.png is no picture" in window.notice and window.pictures.on_pad.shown.name == "a.png"


def test_keys_choose_too(qtbot, window, show, folder):
    sheet = show(folder)
    qtbot.keyClick(sheet.grid, Qt.Key.Key_End)
    assert sheet.grid.current == 2 and "c.png" in said_of(sheet.grid)
    qtbot.keyClick(sheet.grid, Qt.Key.Key_Left)
    qtbot.keyClick(sheet.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pictures.on_pad.shown is not None, timeout=PATIENCE_MS)
    assert window.pictures.on_pad.shown.name == "b.png"
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(sheet.grid, Qt.Key.Key_Escape)
    assert sheet.isHidden() and sheet.reading.pictures == []


def test_rows_of_numbers_are_a_picture_each(window, show, tmp_path):
    rows = np.stack([ink_of(FOUR)[::10, ::10]] * (MOST_SOON + 1))
    np.save(tmp_path / "rows.npy", rows)
    sheet = show(tmp_path / "rows.npy")
    names = [picture.name for picture in sheet.reading.pictures]
    assert names[0] == "rows.npy[0]" and len(names) == MOST_SOON + 1
    answer(window, *[4] * MOST_SOON)
    answer(window, 7)
    assert told(sheet) == ["4"] * MOST_SOON + ["7"]
    click(sheet, MOST_SOON)
    assert window.pictures.on_pad.shown.name == f"rows.npy[{MOST_SOON}]"


def test_another_network_reads_them_anew_and_clothes_are_read_as_clothes(
    qtbot, window, show, folder
):
    sheet = show(folder)
    answer(window, 4)
    late = client(window).questions.pop()[2]
    client(window).become_ready()
    assert told(sheet)[:2] == ["…", "…"]
    late(BatchAnswer(np.eye(10, dtype=np.float32)[[1, 1, 1]], np.array([True] * 3)))
    assert told(sheet)[:2] == ["…", "…"]
    answer(window, 5, 8, 4, 2)
    assert told(sheet)[:2] == ["5", "42"]
    client(window).ready.emit(info_of("lenet5-sigmoid"))
    qtbot.waitUntil(
        lambda: sheet.reading.solid and not sheet.reading.is_reading, timeout=PATIENCE_MS
    )
    assert [len(one.digits) for one in sheet.reading.pictures[:2]] == [1, 1]


def test_other_pictures_take_the_place_of_those_before(qtbot, window, show, folder):
    sheet = show(folder)
    click(sheet, 2)
    assert show(folder / "a.png", folder / "b.png") is sheet
    assert sheet.grid.current is None and len(sheet.reading.pictures) == 2


def test_more_may_be_dropped_on_the_sheet(qtbot, window, show, folder):
    sheet = show(folder)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / "b.png"))])
    assert dropped(sheet, mime)
    qtbot.waitUntil(lambda: window.pictures.on_pad.shown is not None, timeout=PATIENCE_MS)
    assert window.pictures.on_pad.shown.name == "b.png"


def test_pointing_tells_the_name_and_the_trouble(qtbot, window, show, folder):
    sheet = show(folder)
    place = sheet.grid.box(2).center().toPoint()
    viewport = sheet.grid.viewport()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    assert "c.png is no picture" in QToolTip.text()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(0, 0), viewport.mapToGlobal(QPoint(0, 0)))
    QApplication.sendEvent(viewport, event)
    QToolTip.hideText()


@pytest.mark.parametrize("size", [(420, 320), (1600, 1000)])
def test_all_cells_are_painted_and_reached_by_scrolling(qtbot, window, show, tmp_path, seen, size):
    np.save(tmp_path / "rows.npy", np.stack([ink_of(FOUR)[::10, ::10]] * 60))
    sheet = show(tmp_path / "rows.npy")
    sheet.resize(*size)
    assert len(np.unique(seen(sheet.grid))) > 50
    qtbot.keyClick(sheet.grid, Qt.Key.Key_End)
    last = sheet.grid.box(59)
    assert sheet.grid.viewport().rect().contains(last.toAlignedRect().adjusted(1, 1, -1, -1))
    assert sheet.grid.picture_at(last.center().toPoint()) == 59


def test_the_window_takes_its_sheet_along(window, show, folder):
    sheet = show(folder)
    window.close()
    assert sheet.isHidden()
