"""Pictures in the window: brought, looked at, read otherwise, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from digitpad.ink.drawing import PlacedPicture
from digitpad.ui.images import picture_words as words
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.papers import FOUR, TWO, ink_of, paper, saved
from tests.ui.pointers import Mouse
from tests.ui.stubs import UNLIKE_ANY
from tests.ui.windows import draw, dropped, read


@pytest.fixture
def drop(qtbot, window) -> Callable[[Path], None]:
    """Drop a file on the window and wait until it is on the pad."""

    def drop_file(path: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        assert dropped(window, mime)
        qtbot.waitUntil(
            lambda: getattr(window.pictures.on_pad.shown, "name", None) == path.name,
            timeout=PATIENCE_MS,
        )

    return drop_file


@pytest.fixture
def four(tmp_path) -> Path:
    return saved(tmp_path, "four.png", paper(ink_of(FOUR)))


@pytest.fixture
def both(tmp_path) -> Path:
    return saved(tmp_path, "both.png", paper(ink_of(FOUR, TWO)))


@pytest.fixture
def several(qtbot, window, drop, both) -> MainWindow:
    """A window with a picture of a 4 and a 2 on its pad, read as such."""
    drop(both)
    read(qtbot, window, 8, rejection=UNLIKE_ANY)
    window.session.client.answer_batch(4, 2)
    return window


def steps(window: MainWindow) -> int:
    return len(window.session.pad.drawing._undo)


def waits(qtbot, window: MainWindow, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=PATIENCE_MS)


def test_a_clear_picture_is_read_without_ado_and_can_be_looked_at(qtbot, window, drop, four):
    assert window.pictures.chip.isHidden()
    drop(four)
    read(qtbot, window, 4)
    assert window.pictures.chip.isVisible() and window.pictures.card.isHidden()
    qtbot.mouseClick(window.pictures.chip, Qt.MouseButton.LeftButton)
    assert window.pictures.card.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_O)
    assert window.pictures.card.isHidden() and steps(window) == 1


def test_the_chip_goes_with_the_picture_and_comes_back_with_it(qtbot, window, drop, four):
    drop(four)
    draw(window)
    assert window.pictures.chip.isVisible()
    window.session.pad.clear()
    assert window.pictures.chip.isHidden()
    window.session.pad.undo()
    assert window.pictures.chip.isVisible()
    window.session.show_example()
    assert window.pictures.chip.isHidden()


def test_without_a_picture_it_is_said_how_to_bring_one(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_O)
    assert "No picture is on the pad" in window.notice and window.pictures.card.isHidden()


def test_a_doubtful_picture_opens_by_itself(qtbot, window, drop, tmp_path):
    grey = paper(ink_of(FOUR))[:, 90:]
    drop(saved(tmp_path, "cut.png", grey))
    assert window.pictures.card.isVisible()
    assert window.pictures.card.hint.startswith("The digit reaches the picture's edge.")


def test_several_digits_open_it_and_a_click_takes_one(qtbot, several):
    card = several.pictures.card
    assert card.isVisible() and card.hint == "Several digits: 4 and 2. Click the one to read."
    # There is nothing to keep yet, and nothing to go back to.
    cancel, done = (card.button(name) for name in ("Cancel", "Done"))
    assert not cancel.isVisible() and done.text() == "Close"
    assert several.answer_panel.headline == "42"
    box = card.view.box_on_screen(several.pictures.on_pad.shown.read.digits[1])
    Mouse(card.view).draw(box.center().toTuple())
    assert several.pictures.on_pad.shown.taken == 1 and card.hint.startswith("Only this 2 is read.")
    assert cancel.isVisible() and done.text() == "Done"
    read(qtbot, several, 2)
    assert several.answer_panel.headline == "2"
    # It is the same step as the picture's.
    assert steps(several) == 1
    Mouse(card.view).draw(box.center().toTuple())
    assert several.pictures.on_pad.shown.taken is None


def test_strokes_that_are_one_digit_open_nothing(qtbot, window, drop, both):
    drop(both)
    read(qtbot, window, 8)
    window.session.client.answer_batch(4, 2, accepted=(True, False))
    assert window.pictures.card.isHidden() and window.pictures.on_pad.names == ()


def test_a_digit_taken_under_the_answer_is_known_as_the_pictures(qtbot, several):
    qtbot.keyClick(several, Qt.Key.Key_Escape)
    qtbot.mouseClick(several.answer_panel.digit_choice.buttons[0], Qt.MouseButton.LeftButton)
    assert several.pictures.on_pad.shown.taken == 0 and several.pictures.chip.isVisible()
    several.session.pad.undo()
    assert several.pictures.on_pad.shown.taken is None and several.pictures.on_pad.names == (
        "4",
        "2",
    )


def test_a_box_is_read_while_it_is_drawn(qtbot, several):
    view = several.pictures.card.view
    whole = several.session.pad.ink.copy()
    box = view.box_on_screen(several.pictures.on_pad.shown.read.digits[0]).adjusted(-8, -8, 8, 8)
    mouse = Mouse(view)
    mouse.press(box.topLeft().toTuple())
    mouse.move(box.center().toTuple())
    mouse.move(box.bottomRight().toTuple())
    waits(qtbot, several, lambda: several.pictures.on_pad.shown.box is not None)
    mouse.release(box.bottomRight().toTuple())
    waits(qtbot, several, lambda: several.pictures.on_pad.shown.box == several.pictures.on_pad.box)
    assert len(several.pictures.on_pad.shown.read.digits) == 1
    assert not np.array_equal(several.session.pad.ink, whole) and steps(several) == 1
    qtbot.mouseClick(several.pictures.card.button(words.WHOLE), Qt.MouseButton.LeftButton)
    waits(qtbot, several, lambda: several.pictures.on_pad.shown.box is None)
    assert np.array_equal(several.session.pad.ink, whole)


def test_a_box_with_nothing_in_it_is_said_and_leaves_the_pad(qtbot, several):
    before = several.session.pad.ink.copy()
    several.pictures.on_pad.read_in((0, 0, 30, 30))
    waits(qtbot, several, lambda: several.pictures.on_pad.is_box_empty)
    assert several.pictures.card.hint.startswith("Nothing is drawn there.")
    assert np.array_equal(several.session.pad.ink, before)


def test_it_is_inverted_and_back(qtbot, window, drop, four):
    drop(four)
    before = window.session.pad.ink.copy()
    qtbot.keyClick(window, Qt.Key.Key_O)
    invert = window.pictures.card.button(words.INVERT)
    for is_light in (True, False):
        qtbot.mouseClick(invert, Qt.MouseButton.LeftButton)
        waits(
            qtbot,
            window,
            lambda is_light=is_light: window.pictures.on_pad.shown.read.light_ink is is_light,
        )
    assert np.array_equal(window.session.pad.ink, before)


@pytest.mark.parametrize("is_reopened", [False, True])
def test_escape_brings_back_how_it_was_read(qtbot, several, is_reopened):
    if is_reopened:
        several.pictures.on_pad.accept()
        several.pictures.on_pad.toggle()
    before, count = several.session.pad.ink.copy(), steps(several)
    qtbot.keyClick(several.pictures.card.view, Qt.Key.Key_Space)
    assert not np.array_equal(several.session.pad.ink, before)
    qtbot.keyClick(several, Qt.Key.Key_Escape)
    assert several.pictures.card.isHidden() and np.array_equal(several.session.pad.ink, before)
    assert steps(several) == count and several.pictures.on_pad.shown is not None


def test_enter_keeps_it_as_one_step_of_its_own(qtbot, several):
    several.pictures.on_pad.accept()
    whole = several.session.pad.ink.copy()
    qtbot.keyClick(several, Qt.Key.Key_O)
    for _ in range(2):
        qtbot.keyClick(several.pictures.card.view, Qt.Key.Key_Space)
    qtbot.keyClick(several.pictures.card.view, Qt.Key.Key_Return)
    assert several.pictures.card.isHidden() and several.pictures.on_pad.shown.taken == 1
    assert steps(several) == 2 and several.canvas.hasFocus()
    several.session.pad.undo()
    assert np.array_equal(several.session.pad.ink, whole)


def test_strokes_on_the_picture_are_never_lost_to_it(qtbot, several):
    draw(several)
    marks = several.session.pad.drawing.marks
    assert isinstance(marks[0], PlacedPicture) and len(marks) == 2
    qtbot.keyClick(several.pictures.card.view, Qt.Key.Key_Space)
    assert len(several.session.pad.drawing.marks) == 1
    several.session.pad.undo()
    assert several.session.pad.drawing.marks == marks
    draw(several)
    qtbot.keyClick(several, Qt.Key.Key_Escape)
    assert len(several.session.pad.drawing.marks) == 3


def test_digits_of_strokes_on_a_picture_are_not_the_pictures(qtbot, window, drop, four):
    drop(four)
    draw(window, (250, 60), (250, 220))
    qtbot.waitUntil(lambda: not window.session._rest_timer.isActive(), timeout=PATIENCE_MS)
    read(qtbot, window, 8, rejection=UNLIKE_ANY)
    window.session.client.answer_batch(4, 1)
    assert window.answer_panel.headline == "41"
    assert window.pictures.on_pad.names == () and window.pictures.card.isHidden()


def test_another_network_calls_the_digits_anew(qtbot, several):
    several.session.client.become_ready()
    assert several.pictures.on_pad.names == ()
    read(qtbot, several, 8, rejection=UNLIKE_ANY)
    several.session.client.answer_batch(9, 2)
    assert several.pictures.on_pad.names == ("9", "2")


def test_the_picture_makes_way_for_what_explains(qtbot, several):
    several.session.selection.open_tool("why")
    assert several.pictures.card.isHidden() and several.drawer.isVisible()
    assert several.pictures.on_pad.shown is not None


def test_a_picture_comes_whatever_is_done_meanwhile(qtbot, several, four):
    several.pictures.on_pad.bring([four])
    several.pictures.on_pad.accept()
    several.session.pad.clear()
    waits(qtbot, several, lambda: several.pictures.on_pad.shown is not None)
    assert several.pictures.on_pad.shown.name == "four.png"


def test_a_picture_that_is_gone_is_looked_at_no_more(several):
    several.session.pad.undo()
    assert several.pictures.card.isHidden() and several.pictures.on_pad.shown is None
    several.pictures.on_pad.invert()
    several.pictures.on_pad.read_in(None)
    several.pictures.on_pad.take(0)
    several.pictures.on_pad.cancel()
    assert several.session.pad.is_empty


def test_the_card_lies_over_the_network_and_covers_neither_pad_nor_answer(several):
    card = several.pictures.card.geometry()
    for part in (several.canvas, several.answer_panel, several.digit_view, several.status_line):
        assert not card.intersects(part.geometry())
    chip = several.pictures.chip.geometry()
    assert several.canvas.geometry().contains(chip)
    for size in ((800, 560), (1920, 1080)):
        several.resize(*size)
        for button in several.pictures.card._buttons.values():
            assert several.pictures.card.rect().contains(button.geometry())
            words_width = button.fontMetrics().horizontalAdvance(button.text())
            assert words_width <= button.width() - 4
        boxes = [button.geometry() for button in several.pictures.card._buttons.values()]
        assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)


def test_only_the_last_pictures_are_known_again(qtbot, window, drop, four):
    drop(four)
    first = window.pictures.on_pad.shown
    for _ in range(20):
        window.pictures.on_pad.put(first)
    assert len(window.pictures.on_pad._of_mark) == 16
    for _ in range(20):
        window.session.pad.undo()
    assert window.pictures.on_pad.shown is None and not window.session.pad.is_empty


def test_an_image_is_pasted(qtbot, window, four):
    QApplication.clipboard().setImage(QImage(str(four)))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    waits(qtbot, window, lambda: window.pictures.on_pad.shown is not None)
    window.pictures.on_pad.toggle()
    assert window.pictures.card._name == "A picture without a name"
