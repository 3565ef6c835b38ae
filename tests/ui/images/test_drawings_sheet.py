"""The window of My drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from digitpad.core.constants import NON_DIGIT
from digitpad.core.paths import collection_path
from digitpad.engine.requests import MOST_SOON, READ_DRAWINGS
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing, Reading
from digitpad.ink.rasterize import rasterize
from digitpad.ink.strokes_file import read_drawings
from digitpad.teaching.collection import Collection
from digitpad.ui.images.drawings_sheet import DrawingsSheet
from digitpad.ui.images.drawings_shown import LABELS, DrawingChoice
from digitpad.ui.style.theme import DARK
from tests.support import PATIENCE_MS
from tests.ui.hearing import said_of
from tests.ui.pointers import Finger, quick_fingers
from tests.ui.pointers import rest as rest_finger
from tests.ui.stubs import INFO
from tests.ui.windows import draw, read

NO_KEY = Qt.KeyboardModifier.NoModifier
STROKE = Stroke.through([(60, 60), (200, 62), (120, 230)], 23)
SEVEN = KeptDrawing((STROKE,), 7, reading=Reading(1))
THREE = KeptDrawing((STROKE, Stroke.through([(60, 60)], 40, erases=True)), 3, reading=Reading(3))
NONE = KeptDrawing((STROKE,), NON_DIGIT, reading=Reading(4, accepted=False))


@pytest.fixture(autouse=True)
def _own_drawings(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture
def open_sheet(qtbot, window):
    """Open the window of these drawings, oldest first."""

    def opened(*drawings: KeptDrawing) -> DrawingsSheet:
        with Collection.open() as collection:
            for drawing in drawings:
                collection.add(drawing)
        window.actions_by_name["drawings"].trigger()
        sheet = window.collection.sheet
        qtbot.waitUntil(sheet.isActiveWindow, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: len(sheet.shown.entries) == len(drawings), timeout=PATIENCE_MS)
        rest(qtbot, sheet)
        return sheet

    return opened


def rest(qtbot, sheet: DrawingsSheet) -> None:
    qtbot.waitUntil(lambda: not sheet._keeper.is_working, timeout=PATIENCE_MS)


def labels(sheet: DrawingsSheet) -> list[int | None]:
    """Of what is shown, in its order."""
    return [sheet.shown.entries[number].label for number in sheet.grid.shown]


def on_disk() -> list[int | None]:
    with Collection.open() as collection:
        return [entry.label for entry in collection.all()]


def press(sheet: DrawingsSheet, key: Qt.Key, **more: Qt.KeyboardModifier) -> None:
    QTest.keyClick(sheet.grid, key, **more)


def test_without_drawings_it_says_how_one_gets_here_and_where_they_stay(open_sheet):
    sheet = open_sheet()
    assert "“Right!” or “No, it is…” keeps it here" in sheet.grid._emptiness
    assert str(collection_path()) in sheet.privacy_label.text()
    assert "stay on this machine" in sheet.privacy_label.text()
    assert sheet.detail.isHidden() and not sheet.bar.export_button.isEnabled()


def test_all_are_shown_newest_first_with_counts_and_mistakes(open_sheet):
    sheet = open_sheet(SEVEN, THREE, NONE, SEVEN)
    assert labels(sheet) == [7, NON_DIGIT, 3, 7]
    assert sheet.totals_label.text().startswith("4 drawings are kept. 2 were read")
    assert [b.text() for b in sheet.bar.labels if b.isEnabled()] == [
        "All 4",
        "3: 1",
        "7: 2",
        "no digit: 1",
    ]
    assert sheet.grid.caption(sheet.grid.shown[0]) == "7\n→ 1"
    assert "It was taken for a 1." in sheet.describe(sheet.grid.shown[0])


def test_buttons_choose_by_label_and_by_mistake_and_escape_shows_all(open_sheet):
    sheet = open_sheet(SEVEN, THREE, NONE, replace(SEVEN, reading=Reading(7)))
    QTest.mouseClick(sheet.bar.labels[8], Qt.MouseButton.LeftButton)
    assert labels(sheet) == [7, 7]
    QTest.mouseClick(sheet.bar.mistakes_button, Qt.MouseButton.LeftButton)
    assert labels(sheet) == [7] and sheet.choice == DrawingChoice(7, mistakes_only=True)
    press(sheet, Qt.Key.Key_Escape)
    assert len(labels(sheet)) == 4 and sheet.isVisible()
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_digits_key_relabels_and_undo_takes_it_back(qtbot, open_sheet):
    sheet = open_sheet(SEVEN, THREE)
    assert sheet.current.label == 3, "the newest is selected"
    press(sheet, Qt.Key.Key_8)
    rest(qtbot, sheet)
    assert labels(sheet) == [8, 7] and sheet.current.label == 8
    assert sheet.detail.label_buttons[8].isChecked()
    press(sheet, Qt.Key.Key_Minus)
    rest(qtbot, sheet)
    assert labels(sheet) == [NON_DIGIT, 7]
    for expected in ([8, 7], [3, 7]):
        QTest.mouseClick(sheet.bar.undo_button, Qt.MouseButton.LeftButton)
        rest(qtbot, sheet)
        assert labels(sheet) == expected
    assert not sheet.bar.undo_button.isEnabled()


def test_a_click_in_the_strip_relabels(qtbot, open_sheet):
    sheet = open_sheet(SEVEN)
    QTest.mouseClick(sheet.detail.label_buttons[2], Qt.MouseButton.LeftButton)
    rest(qtbot, sheet)
    assert labels(sheet) == on_disk() == [2]


def test_delete_takes_out_selects_the_next_and_comes_back(qtbot, open_sheet):
    sheet = open_sheet(SEVEN, THREE, NONE)
    press(sheet, Qt.Key.Key_Right)
    assert sheet.current.label == 3
    press(sheet, Qt.Key.Key_Delete)
    rest(qtbot, sheet)
    assert labels(sheet) == [NON_DIGIT, 7] and sheet.current.label == 7
    press(sheet, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, sheet)
    assert labels(sheet) == [NON_DIGIT, 3, 7]
    for _ in range(3):
        press(sheet, Qt.Key.Key_Delete)
        rest(qtbot, sheet)
    assert labels(sheet) == on_disk() == [] and sheet.current is None
    press(sheet, Qt.Key.Key_Delete)


def test_a_drawing_goes_on_the_pad_whole_and_what_is_said_of_it_relabels_it(
    qtbot, open_sheet, window
):
    sheet = open_sheet(THREE)
    press(sheet, Qt.Key.Key_Return)
    pad = window.session.pad
    qtbot.waitUntil(lambda: len(pad.drawing) == 2, timeout=PATIENCE_MS)
    assert np.array_equal(pad.ink, rasterize(THREE.marks))
    read(qtbot, window, 5)
    window.collection.correcting.label(5)
    rest(qtbot, sheet)
    assert labels(sheet) == on_disk() == [5]


def test_what_is_kept_meanwhile_comes_in(qtbot, open_sheet, window):
    sheet = open_sheet(SEVEN)
    draw(window)
    window.collection.correcting.label(4)
    qtbot.waitUntil(lambda: labels(sheet) == [4, 7], timeout=PATIENCE_MS)
    assert sheet.current.label == 7, "what was selected stays so"


def test_what_is_shown_is_exported_and_brought_in_elsewhere(
    qtbot, open_sheet, tmp_path, monkeypatch
):
    sheet = open_sheet(SEVEN, THREE)
    out = tmp_path / "mine.json"
    sheet.choose(DrawingChoice(label=LABELS.index(7)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    QTest.mouseClick(sheet.bar.export_button, Qt.MouseButton.LeftButton)
    rest(qtbot, sheet)
    assert [kept.label for kept in read_drawings(out)] == [7]
    assert sheet.totals_label.text() == f"1 drawing is in {out}."
    sheet.delete()
    rest(qtbot, sheet)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(out)], ""))
    QTest.mouseClick(sheet.bar.import_button, Qt.MouseButton.LeftButton)
    rest(qtbot, sheet)
    assert on_disk() == [7, 3]
    sheet.changes.undo()
    rest(qtbot, sheet)
    assert on_disk() == [3]


def test_a_file_that_cannot_be_brought_in_is_said(qtbot, open_sheet, tmp_path):
    sheet = open_sheet(SEVEN)
    sheet.changes.bring_in([tmp_path / "none.json"])
    rest(qtbot, sheet)
    assert "does not exist" in sheet.totals_label.text() and on_disk() == [7]


def test_a_drawing_without_a_label_and_a_thousand_of_one_are_fine(qtbot, open_sheet, window):
    sheet = open_sheet(replace(SEVEN, label=None))
    assert "no label: 1" in [b.text() for b in sheet.bar.labels if not b.isHidden()]
    dot = Stroke.through([(140, 140)])
    many = [KeptDrawing((dot,), 7, uid=f"d{n}", reading=Reading(1)) for n in range(1_000)]
    sheet._keeper.do(lambda collection: collection.add_all(many))
    rest(qtbot, sheet)
    assert len(labels(sheet)) == 1_001 and sheet.bar.labels[8].text() == "7: 1000"


def test_teaching_is_offered_where_something_teaches(open_sheet, window):
    window.collection.teach = None
    assert open_sheet(SEVEN).bar.teach_button.isHidden()
    taught = []
    window.collection.teach = lambda: taught.append(True)
    window.actions_by_name["drawings"].trigger()
    button = window.collection.sheet.bar.teach_button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taught == [True]


def test_they_are_read_by_the_network_at_work_and_anew_by_another(qtbot, open_sheet, window):
    sheet = open_sheet(SEVEN, THREE, *[replace(SEVEN, label=None)] * MOST_SOON)
    client = window.session.client
    row, digits, *_ = client.questions[-1]
    assert row is READ_DRAWINGS and len(digits) == MOST_SOON
    assert np.array_equal(digits[0], sheet.shown.entries[0].digit)
    client.answer_batch(7, 3, *[1] * (MOST_SOON - 2))
    assert len(client.questions[-1][1]) == 2, "then the rest is asked for"
    client.answer_batch(1, 1)
    qtbot.waitUntil(lambda: "LeNet-5 reads 2 of 2 as" in sheet.totals_label.text())
    assert sheet.shown.mistakes == 0
    assert sheet.describe(0).endswith("It was taken for a 1. Now it is read as a 7.")
    sheet.choose(DrawingChoice(as_kept=True))
    assert sheet.shown.mistakes == 1 and "when it was kept" in sheet.totals_label.text()
    asked = len(client.questions)
    client.ready.emit(replace(INFO, title="Other"))
    assert len(client.questions) == asked + 1 and sheet.reading.answers == {}
    sheet.choose(DrawingChoice())
    client.answer_batch(*[2] * MOST_SOON)
    qtbot.waitUntil(lambda: "Other reads" in sheet.totals_label.text())


def test_a_network_of_other_things_is_not_asked(open_sheet, window):
    client = window.session.client
    client.ready.emit(replace(INFO, classes=("shirt", *"123456789")))
    sheet = open_sheet(SEVEN)
    assert client.questions == [] and sheet.shown.mistakes == 1


@pytest.mark.parametrize("size", [(800, 560), (1600, 1000)])
def test_all_of_it_has_room(qtbot, open_sheet, size):
    sheet = open_sheet(SEVEN, NONE, replace(SEVEN, label=None))
    sheet.resize(*size)
    sheet.set_theme(DARK)
    qtbot.wait(1)
    buttons = [b for b in sheet.bar.labels if not b.isHidden()]
    buttons += [sheet.bar.mistakes_button, sheet.bar.export_button]
    for button in buttons:
        box = button.geometry().translated(sheet.bar.pos())
        assert sheet.rect().contains(box)
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()
    for button in (*sheet.detail.label_buttons.values(), sheet.detail.delete_button):
        assert sheet.detail.rect().contains(button.geometry())


def click(sheet: DrawingsSheet, place: int, held: Qt.KeyboardModifier = NO_KEY) -> None:
    """On the drawing at a place of the grid."""
    at = sheet.grid.box(place).center().toPoint()
    QTest.mouseClick(sheet.grid.viewport(), Qt.MouseButton.LeftButton, held, at)


def tap(sheet: DrawingsSheet, place: int) -> None:
    at = sheet.grid.box(place).center()
    Finger(sheet.grid.viewport()).tap((at.x(), at.y()))


def places(sheet: DrawingsSheet) -> list[int]:
    """Where the selected drawings are in the grid."""
    shown = sheet.grid.shown.tolist()
    return [shown.index(one) for one in sheet.grid.selected]


SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_several_are_selected_by_mouse(open_sheet):
    sheet = open_sheet(*[SEVEN] * 6)
    assert places(sheet) == [0]
    click(sheet, 2, CTRL)
    assert places(sheet) == [0, 2]
    click(sheet, 0, CTRL)
    assert places(sheet) == [2]
    click(sheet, 4, SHIFT)
    assert places(sheet) == [0, 1, 2, 3, 4]
    click(sheet, 3)
    assert places(sheet) == [3] and not sheet.grid.has_several
    click(sheet, 5, SHIFT)
    assert places(sheet) == [3, 4, 5]
    assert "3 drawings are selected." in sheet.detail.text
    assert not sheet.detail.pad_button.isEnabled() and sheet.detail.delete_button.isEnabled()


def test_several_are_selected_by_keys(open_sheet):
    sheet = open_sheet(*[SEVEN] * 6)
    press(sheet, Qt.Key.Key_Right)
    for _ in range(2):
        press(sheet, Qt.Key.Key_Right, modifier=SHIFT)
    assert places(sheet) == [1, 2, 3]
    press(sheet, Qt.Key.Key_Left, modifier=SHIFT)
    assert places(sheet) == [1, 2]
    for _ in range(3):
        press(sheet, Qt.Key.Key_Right, modifier=CTRL)
    press(sheet, Qt.Key.Key_Space, modifier=CTRL)
    assert places(sheet) == [1, 2, 5]
    press(sheet, Qt.Key.Key_Left)
    assert places(sheet) == [4]
    press(sheet, Qt.Key.Key_A, modifier=CTRL)
    assert places(sheet) == [0, 1, 2, 3, 4, 5]
    press(sheet, Qt.Key.Key_Escape)
    assert places(sheet) == [4] and sheet.isVisible()


def test_a_screen_reader_hears_how_many_are_selected(open_sheet, heard):
    sheet = open_sheet(*[SEVEN] * 4)
    sheet.grid.setFocus()
    heard.clear()
    press(sheet, Qt.Key.Key_Right, modifier=SHIFT)
    assert len(heard) == 2 and heard[1] == "2 drawings are selected."
    assert said_of(sheet.grid) == f"{heard[0]}. {heard[1]}"
    press(sheet, Qt.Key.Key_Right)
    assert len(heard) == 3 and "selected" not in heard[2]


def test_several_are_selected_by_touch(open_sheet, qtbot):
    sheet = open_sheet(*[SEVEN] * 6)
    with quick_fingers():
        Finger(sheet.bar.several_button).tap()
        for place in (2, 4, 5, 4):
            tap(sheet, place)
        assert places(sheet) == [0, 2, 5]
        at = sheet.grid.box(1).center()
        finger = Finger(sheet.grid.viewport())
        finger.press((at.x(), at.y()))
        rest_finger()
        finger.release((at.x(), at.y()))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert "Delete" in [action.text() for action in menu.actions()]
        menu.close()
        Finger(sheet.bar.several_button).tap()
        assert len(places(sheet)) == 1
        tap(sheet, 3)
        assert places(sheet) == [3]


def test_what_is_done_is_done_to_all_that_are_selected_and_taken_back_at_once(
    qtbot, open_sheet, tmp_path, monkeypatch
):
    sheet = open_sheet(SEVEN, THREE, NONE, SEVEN, THREE)
    click(sheet, 1)
    click(sheet, 3, SHIFT)
    assert [entry.label for entry in sheet.selected] == [7, NON_DIGIT, 3]
    press(sheet, Qt.Key.Key_5)
    rest(qtbot, sheet)
    assert labels(sheet) == [3, 5, 5, 5, 7] and places(sheet) == [1, 2, 3]
    assert sheet.totals_label.text() == "3 drawings are labelled 5 now."
    assert sheet.detail.label_buttons[5].isChecked()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "m.json"), ""))
    press(sheet, Qt.Key.Key_E, modifier=CTRL)
    rest(qtbot, sheet)
    assert [kept.label for kept in read_drawings(tmp_path / "m.json")] == [5, 5, 5]
    press(sheet, Qt.Key.Key_Delete)
    rest(qtbot, sheet)
    assert labels(sheet) == [3, 7] and not sheet.grid.has_several and len(places(sheet)) == 1
    assert "3 drawings are deleted" in sheet.totals_label.text()
    for expected in ([3, 5, 5, 5, 7], [3, 7, NON_DIGIT, 3, 7]):
        press(sheet, Qt.Key.Key_Z, modifier=CTRL)
        rest(qtbot, sheet)
        assert labels(sheet) == expected
