from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.explain.results import NoReason
from digitpad.ink.drawing import PlacedPicture
from digitpad.ui.explain import pieces_words, why_words
from digitpad.ui.explain.pieces_picture import piece_at
from digitpad.ui.explain.pieces_tint import middle_of
from digitpad.ui.explain.why_words import WhyMode
from tests.ui.explain.explaining import drawn, explanations, opened, read_as_seven, tap
from tests.ui.explain.samples import BAR_AND_STEM, pieces
from tests.ui.pointers import NONE, Mouse
from tests.ui.windows import draw, on_screen

SEVEN = tuple(BAR_AND_STEM)


@pytest.fixture
def panel(qtbot, window):
    """The pieces of a drawing that is read as a 7, then a 1."""
    drawn(qtbot, window)
    why = opened(qtbot, window, "why")
    why.choose(WhyMode.PIECES)
    explanations(window).answer(pieces())
    return why.pieces


def place(panel, number: int) -> tuple[float, float]:
    """A piece's middle in its picture."""
    x, y = middle_of(panel.result.pieces[number])
    square = panel.picture._square()
    unit = square.width() / 280
    return square.x() + x * unit, square.y() + y * unit


def test_pointing_tells_both_parts_of_what_the_lead_loses(panel):
    assert pieces_words.HINT in panel.text and "7 leads 1 by 9.4." in panel.text
    Mouse(panel.picture).move(place(panel, 0), NONE)
    assert (
        "Without this piece alone the lead falls from 9.4 to 3.1: its ink 4.8, the shift of the "
        "drawing 1.5." in panel.text
    )
    Mouse(panel.picture).move(place(panel, 1), NONE)
    assert "It would be read as 1." in panel.text
    Mouse(panel.picture).move((1, 1), NONE)
    assert pieces_words.HINT in panel.text


def test_pointing_at_the_pad_tells_of_the_same_piece(window, panel):
    x, y = middle_of(panel.result.pieces[0])
    Mouse(window.canvas).move(on_screen(window, (x, y)), NONE)
    assert panel.picture.current == 0 and len(window.session.pad.drawing) == len(SEVEN)


def test_a_click_takes_a_piece_away_and_another_brings_it_back(qtbot, window, panel):
    session = window.session
    whole = session.pad.ink.copy()
    Mouse(panel.picture).draw(place(panel, 0))
    assert panel.removed == {0} and explanations(window).newest.removed == (0,)
    assert session.pad.ink.sum() < whole.sum()
    qtbot.waitUntil(lambda: not session.is_reading_due)
    # All follows the pad: the digit that is read is what is left.
    assert (window.session.client.asked[-1] == session.digit).all()
    explanations(window).answer(pieces(whole=pieces().anew[:1]))
    assert "Without the piece that is taken away 7 leads 1 by 3.1." in panel.text
    assert pieces_words.TAKEN in panel.text
    Mouse(panel.picture).draw(place(panel, 0))
    assert not panel.removed and (session.pad.ink == whole).all()
    assert session.pad.drawing.marks == SEVEN


def test_a_tap_on_the_pad_takes_the_piece_there_and_a_stroke_draws(window, panel):
    x, y = middle_of(panel.result.pieces[0])
    Mouse(window.canvas).draw(on_screen(window, (x, y)))
    assert panel.removed == {0} and window.session.pad.drawing.marks == SEVEN
    explanations(window).answer(pieces())
    tap(window, window.canvas, on_screen(window, (x, y)))
    assert not panel.removed and window.session.pad.drawing.marks == SEVEN
    draw(window, (x, y), (x + 30, y + 40))
    assert len(window.session.pad.drawing) == len(SEVEN) + 1
    window.session.selection.open_tool("")
    draw(window, (x, y))
    assert len(window.session.pad.drawing) == len(SEVEN) + 2


def test_escape_brings_all_back_before_it_leaves(qtbot, window, panel):
    whole = window.session.pad.ink.copy()
    for number in (0, 2):
        panel.take(number)
        explanations(window).answer(pieces())
    assert panel.removed == {0, 2}
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not panel.removed and (window.session.pad.ink == whole).all()
    assert window.drawer.panel.mode is WhyMode.PIECES


def test_closing_the_tool_brings_all_back(window, panel):
    whole = window.session.pad.ink.copy()
    panel.take(0)
    window.session.selection.open_tool("")
    assert (window.session.pad.ink == whole).all() and window.session.pad.replayed is None


def test_the_pen_draws_on_the_whole_drawing_at_once(qtbot, window, panel):
    panel.take(0)
    draw(window, (40, 200), (60, 240))
    pad = window.session.pad
    assert pad.replayed is None and len(pad.drawing) == len(SEVEN) + 1
    read_as_seven(qtbot, window)
    assert explanations(window).newest.removed == () and not panel.removed


def test_keys_walk_along_the_pieces_and_take_them(window, panel):
    picture = panel.picture
    picture.setFocus(Qt.FocusReason.TabFocusReason)
    assert picture.current == 0
    QTest.keyClick(picture, Qt.Key.Key_Right)
    assert picture.current == 1 and "It would be read as 1." in panel.text
    QTest.keyClick(picture, Qt.Key.Key_Left)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.current == len(panel.result.pieces) - 1
    QTest.keyClick(picture, Qt.Key.Key_Space)
    assert panel.removed == {picture.current}


def test_a_finger_takes_a_piece(qtbot, window, panel):
    tap(window, panel.picture, place(panel, 0))
    assert panel.removed == {0}


def test_pieces_are_coloured_on_the_pad_too(window, panel, seen):
    pad = seen(window.canvas)
    is_blue = (pad[..., 2] > 150) & (pad[..., 0] < 100)
    is_orange = (pad[..., 0] > 180) & (pad[..., 2] < 90)
    # The second piece loses most and is orange; those that gain are a little blue.
    assert is_orange.any() and not is_blue.all()


def test_a_picture_is_cut_into_patches(qtbot, window):
    ink = np.zeros((280, 280), np.uint8)
    ink[40:240, 120:160] = 255
    picture = PlacedPicture.fitted(ink)
    drawn(qtbot, window, (picture,))
    why = opened(qtbot, window, "why")
    why.choose(WhyMode.PIECES)
    explanations(window).answer(pieces((picture,)))
    panel = why.pieces
    assert pieces_words.HINT_PATCHES in panel.text
    Mouse(panel.picture).draw(place(panel, 0))
    assert panel.removed == {0} and "patch" in pieces_words.HINT_PATCHES


def test_a_dot_cannot_be_taken_apart(window, panel):
    panel.take(0)
    explanations(window).answer(pieces(reason=NoReason.TOO_LITTLE))
    assert panel.text == why_words.no_reason_text(NoReason.TOO_LITTLE)
    assert not panel.picture.isVisible()


def test_the_nearest_piece_is_pointed_at():
    found = pieces().pieces
    assert all(piece_at(found, *middle_of(piece)) == n for n, piece in enumerate(found))
    assert piece_at(found, 5, 5) == -1
