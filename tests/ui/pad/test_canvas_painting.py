from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.canvases import agrees_with_its_marks, shown
from tests.ui.colours import rgb, share_of
from tests.ui.pointers import LEFT, RIGHT, Mouse


def test_what_is_drawn_is_seen_at_once_and_in_its_place(canvas, seen):
    assert share_of(seen(canvas), LIGHT.ink) == 0
    mouse = Mouse(canvas)
    mouse.press((60, 200))
    mouse.move((200, 200))
    picture = seen(canvas)
    assert np.array_equal(picture[200, 130], rgb(LIGHT.ink)) and np.array_equal(
        picture[100, 130], rgb(LIGHT.paper)
    )
    mouse.release((200, 200))
    canvas.pad.clear()
    assert share_of(seen(canvas), LIGHT.ink) == 0


def test_painting_only_what_changed_leaves_nothing_behind(canvas, seen):
    """Stroke by stroke, and the same marks painted at once: the same picture."""
    mouse = Mouse(canvas)
    rng = np.random.default_rng(0)
    for button in (LEFT, LEFT, RIGHT, LEFT):
        mouse.press(tuple(rng.uniform(20, 260, 2)), button)
        for _ in range(6):
            mouse.move(tuple(rng.uniform(20, 260, 2)), button)
            seen(canvas)
        mouse.release(tuple(rng.uniform(20, 260, 2)), button)
    piece_by_piece = seen(canvas)
    canvas.update()
    assert np.array_equal(piece_by_piece, seen(canvas))


def test_the_drawing_stays_when_the_window_grows_even_in_the_middle_of_a_stroke(qtbot, seen):
    canvas = shown(qtbot, PAD_SIZE, PAD_SIZE)
    mouse = Mouse(canvas)
    mouse.draw((40, 60), (240, 60))
    mouse.press((40, 200))
    mouse.move((140, 200))
    canvas.resize(560, 560)
    before = canvas.pad.ink.copy()
    picture = seen(canvas)
    for x, y in ((280, 120), (200, 400)):
        assert np.array_equal(picture[y, x], rgb(LIGHT.ink))
    assert np.array_equal(canvas.pad.ink, before)
    mouse.move((480, 400))
    mouse.release((480, 400))
    assert canvas.pad.drawing.marks[1].points[-1, :2].tolist() == [
        240,
        200,
    ] and agrees_with_its_marks(canvas)
    assert np.array_equal(seen(canvas)[400, 440], rgb(LIGHT.ink))


def test_the_hint_is_there_on_an_empty_pad_only(canvas, seen):
    def middle() -> np.ndarray:
        return seen(canvas)[120:160, 60:220]

    hinted = middle()
    assert share_of(hinted, LIGHT.paper, 0) < 1
    Mouse(canvas).press((20, 20))
    assert share_of(middle(), LIGHT.paper, 0) == 1
    Mouse(canvas).release((20, 20))
    canvas.pad.undo()
    assert np.array_equal(middle(), hinted)


def test_the_corners_of_the_sheet_are_round(qtbot, seen):
    canvas = shown(qtbot, PAD_SIZE, PAD_SIZE)
    canvas.pad.place_picture(np.full((28, 28), 255, np.uint8))
    picture = seen(canvas)
    y, x = np.indices((12, 12))
    outside = np.hypot(12 - x - 0.5, 12 - y - 0.5) > 13
    for corner in (picture, picture[::-1], picture[:, ::-1], picture[::-1, ::-1]):
        ground = corner[0, 0]
        assert (corner[:12, :12][outside] == ground).all() and not np.array_equal(
            ground, rgb(LIGHT.ink)
        )


def test_the_theme_colours_paper_and_ink(canvas, seen):
    Mouse(canvas).draw((40, 140), (240, 140))
    canvas.set_theme(DARK)
    picture = seen(canvas)
    assert np.array_equal(picture[140, 140], rgb(DARK.ink)) and np.array_equal(
        picture[60, 140], rgb(DARK.paper)
    )


def test_an_outline_is_shown_over_the_drawing_and_taken_away(canvas, seen):
    plain = seen(canvas)
    canvas.outline(QRectF(60, 40, 50, 80))
    framed = seen(canvas)
    changed = np.argwhere((framed != plain).any(axis=2))
    assert share_of(framed, LIGHT.accent, 90) > share_of(plain, LIGHT.accent, 90)
    # (row, column) from the top left corner of the box to the bottom right, as wide as its line
    assert (
        np.abs(changed.min(axis=0) - [40, 60]).max() <= 2
        and np.abs(changed.max(axis=0) - [120, 110]).max() <= 2
    )
    canvas.outline(None)
    assert np.array_equal(seen(canvas), plain)


def test_an_outline_that_moves_leaves_nothing_behind(canvas, seen):
    Mouse(canvas).draw((60, 60), (200, 90), (120, 220))
    for box in (
        QRectF(60, 40, 50, 80),
        QRectF(64.5, 41.2, 50, 80),
        QRectF(-30, -20, 400, 90),
        QRectF(100, 100, 1, 1),
        QRectF(400, 400, 20, 20),
    ):
        canvas.outline(box)
        moved = seen(canvas)
        canvas.update()
        assert np.array_equal(moved, seen(canvas))
