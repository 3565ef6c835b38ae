from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.engine.explanations import PIECES, WHY
from digitpad.engine.messages import NETWORK, SECOND
from digitpad.explain.results import NoReason
from digitpad.ui.explain import why_words as words
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.shell.states import Row
from digitpad.ui.style.theme import DARK
from tests.support import PATIENCE_MS
from tests.ui.explain.explaining import drawn, explanations, opened, read_as_seven
from tests.ui.explain.samples import BAR_AND_STEM, attribution, pieces
from tests.ui.pointers import Mouse
from tests.ui.stubs import recognition
from tests.ui.windows import draw, on_screen


@pytest.fixture
def panel(qtbot, window):
    """Why, of a drawing that is read as a 7, then a 1."""
    drawn(qtbot, window)
    return opened(qtbot, window, "why")


def test_w_asks_why_the_answer_leads_the_runner_up(qtbot, window):
    drawn(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_W)
    asked = explanations(window)
    (row, question, *_) = asked.questions[-1]
    assert row is WHY and (question.first, question.second) == (7, 1) and not question.is_random
    assert (question.digit == window.session.digit).all()
    panel = window.drawer.panel
    assert panel.ink.status == words.COMPUTING
    asked.answer(attribution())
    assert panel.ink.status == "" and "7 leads 1 by 9.4" in panel.text
    QTest.keyClick(window, Qt.Key.Key_W)
    assert not window.drawer.isVisible() and window.session.overlay.on_pad is None


def test_the_button_under_the_answer_asks_too(qtbot, window):
    drawn(qtbot, window)
    (button,) = [one for one in window.answer_panel.verbs.buttons if one.text() == "Why?"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert explanations(window).questions and button.isChecked()


def test_a_click_on_a_bar_asks_for_that_digit(qtbot, window):
    drawn(qtbot, window)
    bars = window.answer_panel.class_choice
    row = bars.height() / 10
    Mouse(bars).draw((20, 3.5 * row))
    question = explanations(window).newest
    assert (question.first, question.second) == (7, 3)
    explanations(window).answer(attribution(second=3))
    assert window.drawer.panel.ink.title() == "Why 7, not 3?"
    # The top one's own bar asks for the runner-up.
    Mouse(bars).draw((20, 7.5 * row))
    question = explanations(window).newest
    assert (question.first, question.second) == (7, 1)


def test_ink_is_coloured_on_the_input_and_on_the_pad(qtbot, window, panel, seen):
    plain_pad, plain_input = seen(window.canvas), seen(window.digit_view)
    explanations(window).answer(attribution())
    overlay = window.session.overlay
    assert overlay.on_pad is overlay.on_input is not None
    pad, digit = seen(window.canvas), seen(window.digit_view)
    assert (pad != plain_pad).any() and (digit != plain_input).any()
    is_orange = (digit[..., 0] > 180) & (digit[..., 2] < 90)
    assert is_orange.any()
    window.session.selection.open_tool("")
    assert (seen(window.canvas) == plain_pad).all()


def test_missing_ink_colours_paper_and_is_called_a_guess(qtbot, window, panel):
    explanations(window).answer(attribution())
    count = len(explanations(window).questions)
    QTest.mouseClick(panel.buttons[WhyMode.MISSING], Qt.MouseButton.LeftButton)
    # The same answer holds both.
    assert len(explanations(window).questions) == count
    tint = window.session.overlay.on_input
    assert tint.colours_paper and tint.values[20, 5] < 0
    assert "first-order guess" in panel.text and "for 1" in panel.text


def test_random_weights_are_another_question(qtbot, window, panel):
    explanations(window).answer(attribution())
    panel.choose(WhyMode.RANDOM)
    assert explanations(window).newest.is_random and panel.ink.status == words.COMPUTING
    explanations(window).answer(attribution(is_random=True))
    assert "shuffled" in panel.text
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert panel.mode is WhyMode.INK and window.drawer.isVisible()
    assert not explanations(window).newest.is_random


def test_it_waits_for_the_pen_and_keeps_the_last_picture_meanwhile(qtbot, window, panel):
    explanations(window).answer(attribution())
    count = len(explanations(window).questions)
    mouse = Mouse(window.canvas)
    mouse.press(on_screen(window, (60, 60)))
    mouse.move(on_screen(window, (60, 120)))
    assert panel.ink.result is not None and panel.ink.status == words.WAITS_FOR_PEN
    assert window.session.overlay.on_pad is None
    # Nor does another picture of the drawing before lie over the new one.
    panel.choose(WhyMode.MISSING)
    panel.choose(WhyMode.INK)
    assert window.session.overlay.on_pad is None
    qtbot.waitUntil(lambda: not window.session.is_reading_due, timeout=PATIENCE_MS)
    assert len(explanations(window).questions) == count
    mouse.release(on_screen(window, (60, 120)))
    read_as_seven(qtbot, window)
    assert len(explanations(window).questions) == count + 1
    assert panel.ink.result is not None and panel.ink.status == words.COMPUTING


def test_an_answer_to_what_was_there_before_is_not_shown(qtbot, window, panel):
    late = explanations(window).questions[-1]
    draw(window, (40, 40), (60, 240))
    read_as_seven(qtbot, window)
    late[2](attribution(second=3, margin=1.0, ink_part=1.0, paper_part=0.0))
    assert panel.ink.result is None
    explanations(window).answer(attribution())
    assert "9.4" in panel.text


def test_what_does_not_add_up_is_warned_of(window, panel):
    explanations(window).answer(attribution(margin=9.9))
    assert "Take it with care" in panel.text


@pytest.mark.parametrize("reason", [NoReason.NO_GRADIENT, NoReason.NOT_FINITE, NoReason.BY_CHANCE])
def test_why_there_is_no_explanation_stands_where_it_would(window, panel, reason):
    explanations(window).answer(attribution())
    panel.choose(WhyMode.RANDOM)
    explanations(window).answer(attribution(reason=reason))
    assert panel.text == words.no_reason_text(reason)
    assert window.session.overlay.on_pad is None


def test_logits_that_are_no_numbers_are_said_at_once(qtbot, window):
    drawn(qtbot, window, logits=np.full(10, np.nan, np.float32))
    panel = opened(qtbot, window, "why")
    assert panel.text == words.NOT_FINITE and not explanations(window).questions


def test_an_empty_pad_says_what_to_do(qtbot, window):
    panel = opened(qtbot, window, "why")
    assert panel.text == words.NOTHING_YET
    drawn(qtbot, window)
    explanations(window).answer(attribution())
    assert "9.4" in panel.text
    window.session.pad.clear()
    assert panel.text == words.NOTHING_YET and window.session.overlay.on_pad is None


def test_a_recogniser_that_dies_or_refuses_leaves_a_line(qtbot, window, panel):
    explanations(window).refuse("the recogniser ended 5 times over it: killed")
    assert "killed" in panel.text
    window.session.client.failed.emit("it cannot be started")
    assert panel.text == words.NO_RECOGNISER
    # The pad draws on.
    draw(window)
    assert not window.session.pad.is_empty


def test_one_class_has_nothing_to_lead(qtbot, window):
    window.session.client.become_ready(classes=("0",))
    window.session.pad.show_marks(list(pieces().pieces[0].stroke and [pieces().pieces[0].stroke]))
    panel = opened(qtbot, window, "why")
    qtbot.waitUntil(lambda: panel.text != "", timeout=PATIENCE_MS)
    assert panel.text == words.ONE_CLASS


def test_another_network_is_asked_anew(qtbot, window, panel):
    explanations(window).answer(attribution())
    count = len(explanations(window).questions)
    window.session.client.become_ready(weights_file="/some/where/other.safetensors")
    assert len(explanations(window).questions) == count + 1


def test_pieces_take_the_place_of_the_ink(qtbot, window, panel):
    explanations(window).answer(attribution())
    QTest.mouseClick(panel.buttons[WhyMode.PIECES], Qt.MouseButton.LeftButton)
    assert explanations(window).questions[-1][0] is PIECES
    assert panel.pieces.isVisible() and not panel.ink.isVisible()


@pytest.mark.parametrize("mode", WhyMode)
@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (1600, 1000)])
def test_everything_has_its_place(qtbot, window, panel, size, mode):
    window.resize(*size)
    explanations(window).answer(attribution())
    panel.choose(mode)
    if mode is WhyMode.PIECES:
        explanations(window).answer(pieces())
    elif mode is WhyMode.RANDOM:
        explanations(window).answer(attribution(is_random=True))
    window.drawer.set_theme(DARK)
    qtbot.wait(1)
    boxes = [button.geometry() for button in panel.buttons.values()]
    for number, box in enumerate(boxes):
        assert panel.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[:number])
    for button in panel.buttons.values():
        words_width = button.fontMetrics().horizontalAdvance(button.text())
        assert words_width + 4 <= button.width()
    if mode is WhyMode.PIECES:
        assert not any(box.intersects(panel.pieces.picture.geometry()) for box in boxes)


def test_pen_mouse_and_keys_reach_every_mode(qtbot, window, panel):
    explanations(window).answer(attribution())
    panel.buttons[WhyMode.MISSING].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.buttons[WhyMode.MISSING], Qt.Key.Key_Space)
    assert panel.mode is WhyMode.MISSING


def test_only_the_upper_of_two_readings_is_asked_about(qtbot, window):
    drawn(qtbot, window)
    session = window.session
    session.pin()
    drawn(qtbot, window, BAR_AND_STEM[:1])
    assert window.answer_panel.class_choice.isVisible()
    assert not window.comparison.answer.class_choice.isVisible()


def test_it_begins_with_the_ink_each_time(window, panel):
    panel.choose(WhyMode.RANDOM)
    window.session.selection.open_tool("")
    count = len(explanations(window).questions)
    window.session.selection.open_tool("why")
    assert panel.mode is WhyMode.INK and len(explanations(window).questions) == count + 1
    assert not explanations(window).newest.is_random


def test_the_lower_one_of_two_networks_is_asked_by_its_bars(qtbot, window):
    drawn(qtbot, window)
    session, asked = window.session, explanations(window)
    session.client.second_ready.emit(replace(session.info, title="The other"))
    lower = window.comparison.answer.class_choice
    assert not lower.isVisibleTo(window.comparison.answer)
    session.client.second_recognized.emit(recognition(3, second=2))
    Mouse(lower).draw((20, 4.5 * lower.height() / 10))
    row, question, *_ = asked.questions[-1]
    assert (row, question.first, question.second, asked.roles[-1]) == (WHY, 3, 4, SECOND)
    panel = window.drawer.panel.ink
    asked.answer(attribution(first=3, second=4))
    assert panel.title() == "Why 3, not 4?" and panel.network_names == ("The other",)
    # Its pieces too.
    window.drawer.panel.choose(WhyMode.PIECES)
    assert asked.questions[-1][0] is PIECES and asked.roles[-1] == SECOND
    # A bar of the upper one goes back up.
    upper = window.answer_panel.class_choice
    Mouse(upper).draw((20, 9.5 * upper.height() / 10))
    assert asked.questions[-1][0] is PIECES and asked.roles[-1] == NETWORK
    window.drawer.panel.choose(WhyMode.INK)
    row, question, *_ = asked.questions[-1]
    assert (question.first, question.second, asked.roles[-1]) == (7, 9, NETWORK)
    # With the second network goes its question.
    Mouse(lower).draw((20, 0.5 * lower.height() / 10))
    assert session.contrast.row is Row.LOWER
    session.leave_comparing()
    assert session.contrast.row is Row.UPPER and asked.roles[-1] == NETWORK


def test_while_torch_is_loaded_for_it_the_panel_says_so(qtbot, window, panel):
    window.session.client.awaiting.emit("To say why takes PyTorch")
    assert "PyTorch is being loaded for this" in panel.ink.status
    window.session.client.awaiting.emit("")
    assert panel.ink.status and "PyTorch" not in panel.ink.status
