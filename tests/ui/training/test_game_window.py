"""The game, played with mouse, keys and finger."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.core.paths import collection_path
from digitpad.teaching.collection import Collection
from digitpad.ui.answer.reading import Label
from digitpad.ui.training.game import Step
from digitpad.ui.training.game_window import GameWindow
from tests.support import PATIENCE_MS
from tests.ui.pointers import Mouse, touch_screen
from tests.ui.stubs import INFO, UNLIKE_ANY
from tests.ui.typed_digits import Typist
from tests.ui.windows import draw, read


@pytest.fixture(autouse=True)
def _own_drawings(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture
def game(qtbot, window) -> GameWindow:
    window.actions_by_name["game"].trigger()
    game = window.collection.game
    qtbot.waitUntil(game.isActiveWindow, timeout=PATIENCE_MS)
    game.begin(seed=0)
    return game


def play(qtbot, window, game: GameWindow, answer: int, **changes: object) -> None:
    """Draw what is wanted, say so, and let it be read as this."""
    side = game.canvas.sheet().width()
    Mouse(game.canvas).draw(*[(side * 0.3, side * 0.3), (side * 0.6, side * 0.7)])
    read(qtbot, window, answer, **changes)
    QTest.mouseClick(game.main_button, Qt.MouseButton.LeftButton)
    assert game.step is Step.TOLD


def test_a_round_is_drawn_read_and_told_by_mouse(qtbot, window, game):
    wanted = game.game.wanted
    assert game.task_label.text() == f"Draw a {wanted}!" and game.progress_label.text() == "1 of 10"
    assert not game.main_button.isEnabled(), "nothing is drawn yet"
    play(qtbot, window, game, wanted)
    assert str(wanted) in game.said_label.text()
    assert game.main_button.text() == "Next" and game.main_button.hasFocus()
    QTest.mouseClick(game.main_button, Qt.MouseButton.LeftButton)
    assert game.step is Step.DRAWING and window.session.pad.is_empty
    assert game.progress_label.text() == "2 of 10"


def test_keys_do_it_all(qtbot, window, game):
    draw_on(game)
    read(qtbot, window, 3)
    QTest.keyClick(game, Qt.Key.Key_Delete)
    assert window.session.pad.is_empty
    draw_on(game)
    read(qtbot, window, 3)
    QTest.keyClick(game, Qt.Key.Key_Return)
    assert game.step is Step.TOLD
    QTest.keyClick(game.main_button, Qt.Key.Key_Space)
    assert game.step is Step.DRAWING
    QTest.keyClick(game, Qt.Key.Key_Return)
    assert game.step is Step.DRAWING, "nothing is drawn yet"
    QTest.keyClick(game, Qt.Key.Key_Escape)
    assert not game.isVisible()


def test_space_is_the_pens_once_arrows_have_the_crosshair_out(qtbot, window, game):
    game.canvas.setFocus()
    typist, pad = Typist(game.canvas), window.session.pad
    typist.press(Qt.Key.Key_7)
    assert pad.is_empty, "the game draws nothing for anyone"
    typist.draw(("100,60 R80 D160",))
    assert len(pad.drawing) == 1 and game.step is Step.DRAWING
    read(qtbot, window, 7)
    # A pointer puts the crosshair away, and Space goes on as ever.
    draw_on(game)
    read(qtbot, window, 7)
    typist.press(Qt.Key.Key_Space)
    assert game.step is Step.TOLD


def draw_on(game: GameWindow) -> None:
    side = game.canvas.sheet().width()
    Mouse(game.canvas).draw((side * 0.3, side * 0.3), (side * 0.6, side * 0.7))


def test_a_finger_presses_the_button(qtbot, window, game):
    draw_on(game)
    read(qtbot, window, 3)
    button = game.main_button
    middle = QPoint(button.width() // 2, button.height() // 2)
    QTest.touchEvent(button, touch_screen()).press(0, middle, button).commit()
    QTest.touchEvent(button, touch_screen()).release(0, middle, button).commit()
    qtbot.waitUntil(lambda: game.step is Step.TOLD, timeout=PATIENCE_MS)


def test_it_waits_for_the_answer_to_this_drawing(qtbot, window, game):
    draw_on(game)
    read(qtbot, window, 3)
    game.go_on()
    game.go_on()
    draw_on(game)
    qtbot.waitUntil(lambda: not window.session.is_reading_due, timeout=PATIENCE_MS)
    game.go_on()
    window.session.answer_changed.emit()
    assert game.step is Step.READING, "the answer that is there is one to the drawing before"
    read(qtbot, window, 8)
    assert game.step is Step.TOLD and game.game.rounds[-1].answer == 8


def test_ten_are_told_of_at_the_end_and_kept_with_their_labels(qtbot, window, game):
    for number in range(10):
        wanted = game.game.wanted
        rejected = {"rejection": UNLIKE_ANY} if number == 2 else {}
        play(qtbot, window, game, (wanted + (number == 1)) % 10, **rejected)
        game.go_on()
    assert game.step is Step.OVER and "8 of 10 were read" in game.said_label.text()
    assert game.sheet.accessibleDescription().count("✓") == 8
    assert not collection_path().exists(), "nothing is kept unasked"
    QTest.mouseClick(game.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: game.keep_button.text() == "They are kept", timeout=PATIENCE_MS)
    assert not game.keep_button.isEnabled()
    with Collection.open() as collection:
        assert collection.counts() == dict.fromkeys(range(10), 1)
        assert sum(entry.is_mistake for entry in collection.all()) == 2
    game.go_on()
    assert game.step is Step.DRAWING and game.progress_label.text() == "1 of 10"
    for _ in range(10):
        play(qtbot, window, game, 3)
        game.go_on()
    assert game.keep_button.isEnabled() and game.keep_button.text().startswith("Keep")


def test_one_that_was_read_as_another_may_be_drawn_again(qtbot, window, game):
    wanted = game.game.wanted
    play(qtbot, window, game, (wanted + 1) % 10)
    assert game.clear_button.text() == "Try again" and game.clear_button.isEnabled()
    QTest.mouseClick(game.clear_button, Qt.MouseButton.LeftButton)
    assert game.step is Step.DRAWING and game.game.wanted == wanted and not game.game.rounds
    play(qtbot, window, game, wanted)
    assert not game.clear_button.isEnabled(), "it was read as asked"


def test_what_is_left_out_on_the_sheet_is_not_kept(qtbot, window, game):
    for _ in range(10):
        play(qtbot, window, game, game.game.wanted)
        game.go_on()
    first, third = (game.game.rounds[n].wanted for n in (0, 2))
    box = game.sheet.boxes()[2].center().toPoint()
    QTest.mouseClick(game.sheet, Qt.MouseButton.LeftButton, pos=box)
    assert game.keep_button.text() == "Keep 9 in My drawings"
    game.sheet.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Space):
        QTest.keyClick(game.sheet, key)
    assert game.sheet.chosen == (1, 3, 4, 5, 6, 7, 8, 9) and game.step is Step.OVER
    assert game.sheet.text.count("left out") == 2
    QTest.mouseClick(game.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: game.keep_button.text() == "They are kept", timeout=PATIENCE_MS)
    with Collection.open() as collection:
        assert set(collection.counts()) == set(range(10)) - {first, third}


def test_that_they_cannot_be_kept_is_said_and_can_be_tried_again(qtbot, window, game):
    for _ in range(10):
        play(qtbot, window, game, 3)
        game.go_on()
    collection_path().parent.write_text("a file in the way")
    game.keep()
    qtbot.waitUntil(lambda: "drawings.db" in game.said_label.text(), timeout=PATIENCE_MS)
    collection_path().parent.unlink()
    QTest.mouseClick(game.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: game.keep_button.text() == "They are kept", timeout=PATIENCE_MS)


def test_what_was_on_the_pad_comes_back_with_its_label(window):
    draw(window)
    window.session.name_drawing("4", "the file")
    before = window.session.pad.ink.copy()
    window.actions_by_name["game"].trigger()
    game = window.collection.game
    assert window.session.pad.is_empty
    draw_on(game)
    game.close()
    assert np.array_equal(window.session.pad.ink, before)
    assert window.session.label == Label("4", "the file")


def test_a_network_of_other_things_is_said(window):
    window.session.client.ready.emit(replace(INFO, classes=("shirt", *"123456789")))
    window.actions_by_name["game"].trigger()
    game = window.collection.game
    assert "reads digits" in game.said_label.text()
    draw_on(game)
    assert not game.main_button.isEnabled()


def test_who_waits_for_the_network_is_told(qtbot, window, game):
    draw_on(game)
    qtbot.waitUntil(lambda: not window.session.is_reading_due, timeout=PATIENCE_MS)
    window.session.client.loading_started.emit()
    game.go_on()
    assert "waking up" in game.said_label.text()
    window.session.client.failed.emit("it stopped")
    assert "F5" in game.said_label.text()


def test_a_screen_reader_hears_the_task_and_what_was_seen(qtbot, window, game, heard):
    game.begin(seed=0)
    play(qtbot, window, game, game.game.wanted)
    assert heard[0].startswith("1 of 10: Draw a ")
    # Once the pen rests.
    qtbot.waitUntil(lambda: heard[-1] == game.said_label.text(), timeout=PATIENCE_MS)
