"""What a drawing really is, said in the window and kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.core.constants import NON_DIGIT
from digitpad.core.paths import collection_path
from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.rasterize import rasterize
from digitpad.teaching.collection import Collection
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.stubs import INFO, UNLIKE_ANY, StubClient
from tests.ui.windows import draw, read


@pytest.fixture(autouse=True)
def _own_drawings(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture
def drawn(qtbot, window) -> MainWindow:
    """A window in which a drawing was read as 1."""
    draw(window)
    read(qtbot, window, 1)
    return window


def kept(qtbot, window: MainWindow) -> list:
    """What is in the collection once all is done: entries with their drawings."""
    keeper = window.collection.correcting.keeper
    qtbot.waitUntil(lambda: not keeper.is_working, timeout=PATIENCE_MS)
    with Collection.open() as collection:
        return collection.drawings()


def click(window: MainWindow, words: str) -> None:
    button = next(b for b in window.answer_panel.verbs.buttons if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_one_click_on_right_keeps_the_drawing_whole_as_what_it_was_read_as(qtbot, drawn, tmp_path):
    weights = tmp_path / "w.safetensors"
    weights.write_bytes(b"weights")
    drawn.session.client.ready.emit(replace(INFO, weights_file=str(weights)))
    click(drawn, "Right!")
    ((entry, drawing),) = kept(qtbot, drawn)
    assert (entry.label, entry.reading.answer, entry.is_mistake) == (1, 1, False)
    assert len(entry.reading.network) == 64
    marks = drawn.session.pad.drawing.marks
    assert np.array_equal(rasterize(drawing.marks), rasterize(marks))
    qtbot.waitUntil(lambda: not drawn.collection.offer.isHidden(), timeout=PATIENCE_MS)
    assert drawn.collection.offer.text == "Kept in My drawings: it is a 1."


def test_a_rejection_that_is_right_is_kept_as_no_digit(qtbot, window):
    draw(window)
    read(qtbot, window, 4, rejection=UNLIKE_ANY)
    click(window, "Right!")
    ((entry, _drawing),) = kept(qtbot, window)
    assert (entry.label, entry.is_mistake) == (NON_DIGIT, False)


def test_no_it_is_opens_the_digits_over_the_bars_and_one_click_keeps_it(qtbot, drawn):
    row = drawn.answer_panel.label_row
    assert row.isHidden()
    click(drawn, "No, it is…")
    assert row.isVisible() and drawn.answer_panel.rect().contains(row.geometry())
    QTest.mouseClick(row.buttons[7], Qt.MouseButton.LeftButton)
    assert row.isHidden() and drawn.canvas.hasFocus()
    ((entry, _drawing),) = kept(qtbot, drawn)
    assert (entry.label, entry.reading.answer, entry.is_mistake) == (7, 1, True)
    assert "Wrong: the label is 7" in drawn.answer_panel.answer_text()


def test_a_click_on_the_cross_says_nothing(drawn):
    row = drawn.answer_panel.label_row
    click(drawn, "No, it is…")
    QTest.mouseClick(row.close_button, Qt.MouseButton.LeftButton)
    assert row.isHidden() and drawn.session.label is None and drawn.canvas.hasFocus()


@pytest.mark.parametrize(
    ("key", "label"), [(Qt.Key.Key_0, 0), (Qt.Key.Key_9, 9), (Qt.Key.Key_Minus, NON_DIGIT)]
)
def test_alt_and_a_key_say_it_at_once(qtbot, drawn, key, label):
    QTest.keyClick(drawn, key, Qt.KeyboardModifier.AltModifier)
    ((entry, _drawing),) = kept(qtbot, drawn)
    assert entry.label == label


def test_the_same_drawing_said_again_is_relabelled_and_undo_goes_back_step_by_step(qtbot, drawn):
    correcting = drawn.collection.correcting
    correcting.label(7)
    correcting.label(2)
    ((entry, _drawing),) = kept(qtbot, drawn)
    assert entry.label == 2
    qtbot.waitUntil(lambda: "now" in drawn.collection.offer.text, timeout=PATIENCE_MS)
    correcting.undo()
    ((entry, _drawing),) = kept(qtbot, drawn)
    assert entry.label == 7


def test_undo_takes_it_back_and_what_is_said_then_keeps_it_anew(qtbot, drawn):
    QTest.keyClick(drawn, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    offer = drawn.collection.offer
    qtbot.waitUntil(lambda: not offer.isHidden(), timeout=PATIENCE_MS)
    (undo,) = [b for b in offer.buttons if b.text() == "Undo"]
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert kept(qtbot, drawn) == []
    assert drawn.session.label is None
    drawn.collection.correcting.label(3)
    assert [entry.label for entry, _drawing in kept(qtbot, drawn)] == [3]


def test_another_drawing_is_kept_beside_the_first(qtbot, drawn):
    drawn.collection.correcting.label(7)
    draw(drawn, (40, 40), (200, 200))
    drawn.collection.correcting.label(3)
    assert [entry.label for entry, _drawing in kept(qtbot, drawn)] == [7, 3]


def test_nothing_can_be_said_of_an_empty_pad(qtbot, window):
    for name in ("right", "wrong", "label-7", "not-a-digit"):
        assert not window.actions_by_name[name].isEnabled()
    assert not any(b.isEnabled() for b in window.answer_panel.verbs.buttons if "it is" in b.text())
    window.collection.correcting.label(7)
    assert kept(qtbot, window) == []
    assert "Draw first" in window.notice


def test_a_picture_on_the_pad_is_kept_too(qtbot, window):
    window.actions_by_name["example"].trigger()
    read(qtbot, window, 7)
    click(window, "Right!")
    ((_entry, drawing),) = kept(qtbot, window)
    assert isinstance(drawing.marks[0], PlacedPicture)


def test_only_digits_can_be_kept_and_that_is_said(qtbot, drawn):
    client = drawn.session.client
    assert isinstance(client, StubClient)
    client.ready.emit(replace(INFO, title="Clothes", classes=("shirt", *"123456789")))
    drawn.collection.correcting.label(7)
    assert "Only digits can be kept" in drawn.notice and "Clothes" in drawn.notice
    assert kept(qtbot, drawn) == []


def test_escape_asks_no_more_and_then_takes_the_line_away(qtbot, drawn):
    drawn.actions_by_name["wrong"].trigger()
    assert drawn.collection.correcting.is_asking
    drawn.actions_by_name["back"].trigger()
    assert drawn.answer_panel.label_row.isHidden()
    drawn.collection.correcting.label(7)
    qtbot.waitUntil(lambda: not drawn.collection.offer.isHidden(), timeout=PATIENCE_MS)
    drawn.actions_by_name["back"].trigger()
    assert drawn.collection.offer.isHidden()


def test_who_draws_on_is_asked_no_more(drawn):
    drawn.actions_by_name["wrong"].trigger()
    draw(drawn, (40, 40), (200, 200))
    assert drawn.answer_panel.label_row.isHidden()


def test_teaching_is_offered_where_something_teaches(qtbot, drawn):
    taught = []
    drawn.collection.teach = lambda: taught.append(True)
    drawn.collection.correcting.label(7)
    offer = drawn.collection.offer
    qtbot.waitUntil(lambda: not offer.isHidden(), timeout=PATIENCE_MS)
    (teach,) = [b for b in offer.buttons if "Teach" in b.text()]
    QTest.mouseClick(teach, Qt.MouseButton.LeftButton)
    assert taught == [True] and offer.isHidden()


def test_a_place_that_cannot_be_written_is_said_and_the_window_goes_on(qtbot, drawn):
    collection_path().parent.parent.mkdir(exist_ok=True)
    collection_path().parent.write_text("a file in the way")
    drawn.collection.correcting.label(7)
    qtbot.waitUntil(lambda: "drawings.db" in drawn.notice, timeout=PATIENCE_MS)
    assert drawn.collection.offer.isHidden()
    collection_path().parent.unlink()
    drawn.collection.correcting.label(7)
    assert [entry.label for entry, _drawing in kept(qtbot, drawn)] == [7]


def test_what_was_said_last_is_kept_when_the_window_closes(qtbot, drawn):
    drawn.collection.correcting.label(7)
    drawn.close()
    with Collection.open() as collection:
        assert collection.counts() == {7: 1}


def test_the_window_opens_without_the_database(drawn):
    assert not Path(collection_path()).exists()
