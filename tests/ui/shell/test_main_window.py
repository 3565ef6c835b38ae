from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from digitpad.core.results import Unit
from digitpad.engine.client import RecognizerClient
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ui.answer.answer_panel import PanelState
from digitpad.ui.shell import main_window as main_window_module
from digitpad.ui.shell.keys_list import KeysDialog
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.notice import Notice
from digitpad.ui.style.screen import SMALLEST, screen_of
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.colours import share_of
from tests.ui.pointers import Mouse, Pen
from tests.ui.stubs import INFO, LAYERS, UNLIKE_ANY, StubClient, recognition
from tests.ui.windows import asked, draw, on_screen, read

# From the pen to the answer.


def test_what_is_drawn_is_asked_as_the_network_wants_it(qtbot, window):
    draw(window)
    digit = asked(qtbot, window, 1)
    assert np.array_equal(digit, drawing_to_digit(window.session.pad.drawing.marks))
    assert np.array_equal(window.digit_view._levels, np.rint(digit * 255))


def test_it_is_read_while_the_pen_moves(qtbot, window):
    mouse = Mouse(window.canvas)
    mouse.press(on_screen(window, (60, 60)))
    first = asked(qtbot, window, 1)
    mouse.move(on_screen(window, (200, 200)))
    assert not np.array_equal(asked(qtbot, window, 2), first)
    assert window.session.pad.is_drawing
    window.session.client.recognized.emit(recognition(1))
    assert window.answer_panel.headline == "1"
    mouse.release(on_screen(window, (200, 200)))


def test_many_moves_at_once_ask_once(qtbot, window):
    mouse = Mouse(window.canvas)
    mouse.press(on_screen(window, (60, 60)))
    for x in range(61, 200):
        mouse.move(on_screen(window, (x, 60)))
    asked(qtbot, window, 1)
    assert len(window.session.client.asked) == 1
    mouse.release(on_screen(window, (200, 60)))


def test_the_answer_reaches_every_panel(qtbot, window, seen):
    draw(window)
    read(qtbot, window, 7, share=0.92, second=2)
    assert window.session.recognition.answer == 7
    assert window.answer_panel.answer_text() == "7, 92.0 %; then 2, 8.0 %"
    assert window.network_view.panel("C3").value_at((0, 0, 0)) == pytest.approx(0.7)
    assert window.status_line.text.endswith("CPU · 0.7 ms")
    assert share_of(seen(window.answer_panel), LIGHT.accent) > 0


def test_an_empty_pad_is_not_read(qtbot, window, seen):
    assert window.session.client.asked == [] and window.answer_panel.state is PanelState.IDLE
    draw(window)
    read(qtbot, window, 7)
    window.session.pad.clear()
    qtbot.waitUntil(lambda: window.session.recognition is None, timeout=PATIENCE_MS)
    assert len(window.session.client.asked) == 1 and window.session.client.forgotten >= 1
    assert window.answer_panel.answer_text() == "Nothing is drawn."
    assert window.network_view.panel("C1").value_at((0, 0, 0)) is None
    assert not window.digit_view._levels.any()
    assert share_of(seen(window.answer_panel), LIGHT.accent) == 0


def test_a_pad_rubbed_clean_is_not_read(qtbot, window):
    draw(window, (140, 140))
    read(qtbot, window, 1)
    Mouse(window.canvas).draw(
        on_screen(window, (120, 140)),
        on_screen(window, (160, 140)),
        button=Qt.MouseButton.RightButton,
    )
    qtbot.waitUntil(lambda: window.session.recognition is None, timeout=PATIENCE_MS)
    assert window.answer_panel.state is PanelState.IDLE


def test_a_single_dot_is_asked(qtbot, window):
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.rect().center())
    assert asked(qtbot, window, 1).max() == 1


def test_a_pen_draws_in_the_window_too(qtbot, window):
    Pen(window.canvas).draw((60, 60, 0.2), (120, 200, 0.9))
    assert asked(qtbot, window, 1).any() and len(window.session.pad.drawing) == 1


# The title says the answer.


def test_the_title_carries_the_answer_once_the_pen_rests(qtbot, window, at_rest):
    assert window.windowTitle() == "Digitpad"
    mouse = Mouse(window.canvas)
    mouse.press(on_screen(window, (60, 60)))
    read(qtbot, window, 7)
    assert window.windowTitle() == "Digitpad"
    mouse.release(on_screen(window, (60, 60)))
    at_rest(window)
    assert window.windowTitle() == "7 — Digitpad"
    window.session.client.recognized.emit(recognition(4, rejection=UNLIKE_ANY))
    assert window.windowTitle() == "Not a digit? — Digitpad"
    window.session.pad.clear()
    qtbot.waitUntil(lambda: window.windowTitle() == "Digitpad", timeout=PATIENCE_MS)


# Rejection.


def test_a_rejection_waits_until_the_pen_rests(qtbot, window, at_rest):
    rejected = {"rejection": UNLIKE_ANY}
    mouse = Mouse(window.canvas)
    mouse.press(on_screen(window, (60, 60)))
    read(qtbot, window, 4, **rejected)
    assert window.answer_panel.state is PanelState.ANSWERING
    mouse.release(on_screen(window, (60, 60)))
    read(qtbot, window, 4, **rejected)
    assert window.answer_panel.state is PanelState.ANSWERING
    at_rest(window)
    assert window.answer_panel.state is PanelState.REJECTED
    assert "unlike any digit" in window.answer_panel.answer_text()
    mouse.press(on_screen(window, (60, 60)))
    read(qtbot, window, 4, **rejected)
    assert window.answer_panel.state is PanelState.ANSWERING
    mouse.release(on_screen(window, (60, 60)))


def test_what_is_opened_is_rejected_at_once(qtbot, window):
    window.session.show_example()
    read(qtbot, window, 4, rejection=UNLIKE_ANY)
    assert window.answer_panel.state is PanelState.REJECTED


def test_flushing_shows_a_rejection_without_waiting(qtbot, window):
    draw(window)
    read(qtbot, window, 4, rejection=UNLIKE_ANY)
    window.session.flush()
    assert window.answer_panel.state is PanelState.REJECTED


# The recogniser comes and goes.


def test_while_it_loads_drawing_works_and_waits(qtbot):
    window = MainWindow(StubClient(), LAYERS, theme="light")
    qtbot.addWidget(window)
    window.show()
    assert "loading" in window.status_line.text and window.answer_panel.state is PanelState.IDLE
    draw(window)
    qtbot.waitUntil(lambda: window.answer_panel.state is PanelState.WAITING, timeout=PATIENCE_MS)
    assert len(window.session.client.asked) == 1
    window.session.client.become_ready()
    assert window.status_line.text.startswith("LeNet-5 · 61,706 parameters · 99.32 %")
    window.session.client.recognized.emit(recognition(1))
    assert window.answer_panel.headline == "1"


def test_an_answer_to_an_earlier_drawing_never_stands_beside_a_newer_one(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    window.session.client.is_up = False
    window.session.client.interrupted.emit("the recogniser is started again: it ended")
    assert window.answer_panel.state is PanelState.WAITING and "loading" in window.status_line.text
    assert window.network_view.panel("C1").value_at((0, 0, 0)) is None
    draw(window, (200, 60), (200, 200))
    asked(qtbot, window, 2)
    assert window.answer_panel.state is PanelState.WAITING and window.windowTitle() == "Digitpad"
    window.session.client.become_ready()
    window.session.client.recognized.emit(recognition(4))
    assert window.answer_panel.headline == "4"


def test_a_recogniser_that_failed_is_said_and_can_be_started_again_by_a_key(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    window.session.client.is_up = False
    window.session.client.failed.emit("the recogniser stopped 4 times: no memory")
    assert window.notice == "the recogniser stopped 4 times: no memory. Press F5 to start it again."
    assert "There is no recogniser" in window.status_line.text
    assert window.answer_panel.answer_text() == "There is no recogniser."
    marks = window.session.pad.drawing.marks
    draw(window, (200, 60), (200, 200))
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.session.client.starts == 1 and window.session.pad.drawing.marks[0] is marks[0]
    assert window.answer_panel.answer_text() == "The network is still loading."


def test_weights_that_were_refused_are_said_and_the_network_stays(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    window.session.client.refused.emit("x.safetensors is damaged")
    assert window.notice == "x.safetensors is damaged"
    assert window.answer_panel.headline == "7" and window.status_line.text.startswith("LeNet-5")


def test_a_network_with_other_classes_takes_over(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    window.session.client.become_ready(classes=tuple("abcdefghij"), title="Letters")
    assert window.session.recognition is None and window.status_line.text.startswith("Letters")
    read(qtbot, window, 7)
    assert window.answer_panel.headline == "h"


# Keys and buttons.


def test_undo_redo_and_clear_by_keys(qtbot, window):
    actions = window.actions_by_name
    assert not any(actions[name].isEnabled() for name in ("undo", "redo", "clear"))
    draw(window)
    draw(window, (200, 60), (200, 200))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.pad.drawing) == 1 and actions["redo"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.pad.drawing) == 2 and not actions["redo"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert (
        window.session.pad.is_empty
        and not actions["clear"].isEnabled()
        and actions["undo"].isEnabled()
    )


def test_pen_eraser_and_width_by_keys(qtbot, window):
    draw(window)
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        qtbot.keyClick(window, key)
    assert window.session.pad.pen_width == 23 == window.tools.width_slider.value()
    qtbot.keyClick(window, Qt.Key.Key_E)
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_P)
    draw(window)
    assert [(mark.erases, mark.width) for mark in window.session.pad.drawing.marks] == [
        (False, 20),
        (True, 28),
        (False, 23),
    ]


def test_the_list_of_keys_is_shown(qtbot, window):
    shown = []
    window.resize(SMALLEST)

    def close() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, KeysDialog):
            shown.append((box.text.text(), box.size()))
            box.accept()
        else:
            QTimer.singleShot(10, close)

    QTimer.singleShot(0, close)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    text, size = shown[0]
    assert "Undo" in text and "Ctrl+Z" in text
    room = screen_of(window).availableGeometry().size()
    assert size.boundedTo(room) == size


def test_quit_closes_the_window_and_its_recogniser(qtbot, window):
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible() and window.session.client.closed == 1
    assert not window.session.is_reading_due and window.session.is_resting


# Receptive fields.


def test_pointing_at_a_unit_frames_what_it_sees_on_the_input_and_on_the_pad(qtbot, window):
    draw(window)
    asked(qtbot, window, 1)
    window.network_view.unit_pointed_at.emit(Unit(LAYERS[0], 0, row=8, column=6))
    frame = window.session.frame
    expected = QRectF(
        frame.left + 4 * frame.pixel, frame.top + 6 * frame.pixel, 5 * frame.pixel, 5 * frame.pixel
    )
    assert window.digit_view._field == (4, 6, 9, 11) and window.canvas._outlined == expected
    # It follows the drawing.
    draw(window, (40, 40), (260, 260))
    asked(qtbot, window, 2)
    assert window.canvas._outlined != expected
    window.network_view.unit_pointed_at.emit(None)
    assert window.digit_view._field is None and window.canvas._outlined is None


def test_on_an_empty_pad_only_the_input_is_framed(window):
    window.network_view.unit_pointed_at.emit(Unit(LAYERS[0], 0, row=8, column=6))
    assert window.digit_view._field == (4, 6, 9, 11) and window.canvas._outlined is None


# Size and theme.


@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (3840, 2160)])
def test_the_parts_lie_apart_at_every_size(window, size):
    window.resize(*size)
    parts = [
        window.canvas,
        window.tools,
        window.digit_view,
        window.network_view,
        window.answer_panel,
        window.status_line,
    ]
    for i, part in enumerate(parts):
        assert window.centralWidget().rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[:i])
    assert window.taking.pixmap().size() == window.size()


def test_the_window_is_never_smaller_than_its_parts_can_be(window):
    window.resize(100, 100)
    assert window.size() == window.minimumSize() == SMALLEST.boundedTo(window.size())


def test_the_theme_follows_the_system_and_a_chosen_one_stays(qtbot, monkeypatch, seen):
    windows = [MainWindow(StubClient(), LAYERS, theme=theme) for theme in (None, "light")]
    for window in windows:
        qtbot.addWidget(window)
        window.show()
    monkeypatch.setattr(main_window_module, "system_theme", lambda: DARK)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert (
        share_of(seen(windows[0]), DARK.ground) > 0.3
        and share_of(seen(windows[0]), LIGHT.ground) < 0.01
    )
    assert share_of(seen(windows[1]), LIGHT.ground) > 0.3
    assert windows[0].palette().window().color().name() == DARK.ground


def test_the_window_closes_while_everything_is_under_way(qtbot, window):
    Mouse(window.canvas).press(on_screen(window, (60, 60)))
    window.show_notice("something")
    window.close()
    assert window.session.client.closed == 1
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))


# With a recogniser in another process.


def test_from_the_pen_to_the_answer_through_a_process_that_dies_between(
    qtbot, fake_recognizer, at_rest
):
    fake = fake_recognizer("dies-asked", "steady")
    client = RecognizerClient(Path("net.safetensors"), "cpu", command=fake.command)
    window = MainWindow(client, LAYERS, theme="light")
    qtbot.addWidget(window)
    window.show()
    client.start()
    draw(window)
    qtbot.waitUntil(lambda: window.session.recognition is not None, timeout=PATIENCE_MS)
    at_rest(window)
    # It reads the digit's first pixel, which is paper.
    assert window.windowTitle() == "0 — Digitpad"
    assert len(fake.journal("pid")) == 2 and len(window.session.pad.drawing) == 1
    window.close()
    assert not client.is_ready and INFO.title in window.status_line.text


# What is said.


def test_what_went_wrong_goes_on_escape_on_a_click_and_with_the_next_success(qtbot, window):
    def fail() -> None:
        window.session.client.refused.emit("x.safetensors is damaged")
        assert window.notice == "x.safetensors is damaged"

    def open_another() -> None:
        window.session.open_network(Path("y.safetensors"))
        assert window.notice != ""  # it has not succeeded yet
        window.session.client.become_ready(title="Another")

    notice = window.findChild(Notice)
    for over in (
        lambda: qtbot.keyClick(window, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(notice, Qt.MouseButton.LeftButton),
        window.session.show_example,
        open_another,
        lambda: window.session.put_on_pad(window.session.pad.ink + 255),
    ):
        fail()
        over()
        assert window.notice == ""


def test_escape_takes_a_message_away_before_anything_beneath_it(qtbot, window):
    window.dialogs.about.toggle()
    window.show_notice("something")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.notice == "" and window.dialogs.about.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.dialogs.about.isHidden()


def test_a_message_outlasts_the_network_that_stands_in_for_the_one_refused(window):
    window.session.client.refused.emit("x.safetensors is damaged")
    window.session.client.loading_started.emit()
    window.session.client.become_ready()
    assert window.notice == "x.safetensors is damaged"


def test_no_message_is_in_the_windows_picture(window):
    before = window.taking.content("window", ".png")
    window.show_notice("x.safetensors is damaged", lasting=True)
    assert window.taking.content("window", ".png") == before
    assert window.notice == "x.safetensors is damaged"
